"""Limits are counted before a call, kept, and corrected by what the channel tells."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.services import quotas
from bot.services.quotas import Limit
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import NOW

QUARTER = timedelta(minutes=15)
ACCOUNT = Limit("JCPinLeeds", "send, 15 minutes", 5, QUARTER, reserved=1)
APP = Limit(quotas.ALL, "send, 24 hours", 8, timedelta(days=1), reserved=2)


def take(work: UnitOfWork, *limits: Limit, at: datetime = NOW, urgent: bool = True) -> datetime | None:
    return quotas.take(work, limits or [ACCOUNT], at=at, may_use_reserve=urgent)


def taken(work: UnitOfWork, *limits: Limit, at: datetime = NOW, urgent: bool = True) -> int:
    """How many calls there are until one has to wait."""
    return next(number for number in range(100) if take(work, *limits, at=at, urgent=urgent))


def left(work: UnitOfWork, account: str = "JCPinLeeds") -> list[int]:
    return [quota.remaining for quota in work.quotas.find([account])]


def test_so_many_calls_and_then_a_wait_until_the_stretch_is_over(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        assert taken(work) == 5
        until = take(work)
        assert until is not None
        assert QUARTER <= until - NOW <= QUARTER + quotas.MARGIN
        assert take(work, at=until - timedelta(seconds=1)) == until
        assert taken(work, at=until) == 5


def test_the_last_ones_are_for_what_must_not_wait(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        assert taken(work, urgent=False) == 4
        assert taken(work, urgent=True) == 1


def test_nothing_is_taken_of_one_limit_where_another_is_used_up(each_store: Store) -> None:
    york = Limit("JCPinYork", "send, 15 minutes", 5, QUARTER)
    with each_store.unit_of_work() as work:
        assert taken(work, ACCOUNT, APP) == 5
        assert taken(work, york, APP) == 3
        assert left(work, "JCPinYork") == [2]
        assert left(work, quotas.ALL) == [0]


def test_what_was_taken_outlives_the_piece_of_work(each_store: Store) -> None:
    for _ in range(3):
        with each_store.unit_of_work() as work:
            take(work)
    with each_store.unit_of_work() as work:
        assert taken(work) == 2


def test_a_call_that_was_never_made_is_given_back(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        take(work, ACCOUNT, APP)
        quotas.give_back(work, [ACCOUNT, APP])
        quotas.give_back(work, [ACCOUNT, APP])
        assert (left(work), left(work, quotas.ALL)) == ([5], [8])


@pytest.mark.parametrize(
    ("remaining", "is_exact", "expected"),
    [(1, False, 1), (1, True, 1), (5, False, 3), (5, True, 5)],
    ids=["less", "less, exactly", "more, and others are on their way", "more, exactly"],
)
def test_what_the_channel_tells_corrects_the_count(
    each_store: Store, remaining: int, is_exact: bool, expected: int
) -> None:
    with each_store.unit_of_work() as work:
        take(work)
        take(work)
        ends = NOW + QUARTER
        quotas.learn(work, ACCOUNT, number=5, remaining=remaining, resets_at=ends, at=NOW, is_exact=is_exact)
        assert left(work) == [expected]


def test_another_limit_than_ours_is_learned_with_its_reserve(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        quotas.learn(work, ACCOUNT, number=50, remaining=50, resets_at=NOW + QUARTER, at=NOW, is_exact=True)
        assert taken(work, urgent=False) == 40


def test_a_refusal_empties_it_until_the_time_told(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        quotas.exhaust(work, ACCOUNT, until=NOW + timedelta(minutes=3))
        until = take(work)
        assert until is not None
        assert until >= NOW + timedelta(minutes=3)
        assert take(work, at=until) is None
