"""Our accounts, as staff keep them."""

from __future__ import annotations

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.office import Nation
from bot.services import accounts
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, LEEDS, NOW, keep_offices, make_office, make_scope


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


def keep(work: UnitOfWork) -> None:
    welsh = [make_office(name, nation=Nation.WALES, district="Wales") for name in ("bangor", "caernarfon")]
    keep_offices(work, [make_office(), *welsh])


def add(work: UnitOfWork, handle: str = "@JCPinGwynedd", *offices: str, name: str = "Gwynedd") -> None:
    scope = make_scope(*(offices or ("bangor", LEEDS, "caernarfon")))
    accounts.add(work, handle, name, scope, Language.WELSH, **SAYS)


def test_an_account_is_of_the_nation_of_most_of_its_offices(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        add(work)
        account = work.accounts.get("jcpingwynedd")
        assert (account.handle, account.nation, account.language) == ("JCPinGwynedd", Nation.WALES, Language.WELSH)
        assert account.offices == ("bangor", "caernarfon", LEEDS)


def test_adding_it_again_changes_it_and_keeps_its_pause(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        add(work)
        accounts.pause(work, "JCPinGwynedd", reason="snow", **SAYS)
        add(work, "JCPinGwynedd", "bangor", name="Gwynedd a Môn")
        account = work.accounts.get("JCPinGwynedd")
        assert (account.name, account.offices, account.is_paused) == ("Gwynedd a Môn", ("bangor",), True)
        events = work.audit.find(subject_type="account")
        assert [event.action for event in events] == ["change", "pause", "add"]
        assert (events[0].before or {})["name"] == "Gwynedd"


@pytest.mark.parametrize(
    ("handle", "office", "says"),
    [
        ("two words", LEEDS, "is not a handle"),
        ("", LEEDS, "is not a handle"),
        ("x" * 41, LEEDS, "is not a handle"),
        ("JCPinX", "bangr", "did you mean bangor"),
    ],
)
def test_what_cannot_be_an_account_is_refused(store: Store, handle: str, office: str, says: str) -> None:
    with store.unit_of_work() as work:
        keep(work)
        with pytest.raises((BadInput, NotFound), match=says):
            add(work, handle, office)


def test_a_pause_of_all_accounts_and_its_end(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        add(work, "JCPinA")
        add(work, "JCPinB")
        accounts.pause(work, "jcpina", reason="test", **SAYS)
        assert [a.handle for a in accounts.pause(work, None, reason="all", **SAYS)] == ["JCPinB"]
        assert [a.is_paused for a in work.accounts.find_all()] == [True, True]
        with pytest.raises(Conflict, match="every account is paused already"):
            accounts.pause(work, None, reason="again", **SAYS)
        assert len(accounts.resume(work, None, by="Bo", at=NOW + HOUR)) == 2
        with pytest.raises(Conflict, match="no account is paused"):
            accounts.resume(work, None, **SAYS)
        with pytest.raises(Conflict, match="JCPinA is not paused"):
            accounts.resume(work, "JCPinA", **SAYS)


def test_a_near_handle_is_suggested_and_a_reason_is_needed(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        add(work)
        with pytest.raises(NotFound, match="did you mean JCPinGwynedd"):
            accounts.pause(work, "@JCPinGwyned", reason="x", **SAYS)
        with pytest.raises(BadInput, match="--reason"):
            accounts.pause(work, "JCPinGwynedd", reason=" ", **SAYS)


def test_nothing_to_pause(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(NotFound, match="accounts add"):
        accounts.pause(work, None, reason="x", **SAYS)
