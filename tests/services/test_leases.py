"""One process speaks for an account at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services import leases
from bot.services.leases import LASTS, LostLease
from bot.store.unit_of_work import Store
from tests.builders import NOW
from tests.store.queries import recorded

BOTH = ("JCPinLeeds", "JCPinYork")


def take(store: Store, by: str, *accounts: str, after: timedelta = timedelta()) -> set[str]:
    with store.unit_of_work() as work:
        return leases.take(work, accounts or BOTH, channel="x", by=by, at=NOW + after)


def test_who_comes_first_has_them(each_store: Store) -> None:
    assert take(each_store, "one", "JCPinLeeds") == {"JCPinLeeds"}
    assert take(each_store, "two") == {"JCPinYork"}
    assert take(each_store, "one") == {"JCPinLeeds"}


def test_those_of_a_killed_process_are_free_after_a_while(each_store: Store) -> None:
    take(each_store, "one")
    assert take(each_store, "two", after=LASTS - timedelta(seconds=1)) == set()
    assert take(each_store, "two", after=LASTS) == set(BOTH)


def test_who_renews_keeps_them(each_store: Store) -> None:
    take(each_store, "one")
    take(each_store, "one", after=LASTS / 2)
    assert take(each_store, "two", after=LASTS) == set()


def test_those_given_back_are_free_at_once(each_store: Store) -> None:
    take(each_store, "one")
    with each_store.unit_of_work() as work:
        leases.release(work, BOTH, channel="x", by="two")
        leases.release(work, ["JCPinLeeds"], channel="x", by="one")
    assert take(each_store, "two") == {"JCPinLeeds"}


@pytest.mark.parametrize(("by", "after"), [("two", timedelta()), ("one", LASTS)], ids=["another's", "over"])
def test_who_has_it_no_more_may_keep_nothing(each_store: Store, by: str, after: timedelta) -> None:
    take(each_store, "one")
    with each_store.unit_of_work() as work, pytest.raises(LostLease):
        leases.check(work, "JCPinLeeds", channel="x", by=by, at=NOW + after)


def test_many_accounts_are_taken_in_as_many_questions_as_one(store: Store) -> None:
    asked = []
    for names in (["A"], [f"JCP{number}" for number in range(95)]):
        with store.unit_of_work() as work, recorded(store) as queries:
            assert leases.take(work, names, channel="x", by="one", at=NOW) == set(names)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 3


def test_each_channel_has_its_own(each_store: Store) -> None:
    take(each_store, "one")
    with each_store.unit_of_work() as work:
        assert leases.take(work, BOTH, channel="other", by="two", at=NOW) == set(BOTH)
