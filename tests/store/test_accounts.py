"""Accounts, and the offices that they serve as these are now."""

from __future__ import annotations

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation
from bot.store.unit_of_work import Store
from tests.builders import CARDIFF, LEEDS, NOW, keep_offices, make_account, make_office, make_scope


@pytest.mark.parametrize("handle", ["JCPinLeeds", "jcpinleeds", "@JCPINLEEDS", " @JCPinLeeds "])
def test_an_account_is_found_by_its_handle_in_any_case(each_store: Store, handle: str) -> None:
    account = make_account(nation=Nation.WALES, language=Language.WELSH)
    with each_store.unit_of_work() as work:
        work.accounts.put(account, make_scope())
        assert work.accounts.get(handle) == account


def test_an_account_that_is_not_ours_is_not_found(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        for look in (work.accounts.get, work.accounts.get_scope, work.accounts.get_settings, work.accounts.resume):
            with pytest.raises(NotFound, match='no account "JCPinHull"'):
                look("JCPinHull")


def test_one_handle_is_one_account(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.accounts.put(make_account("JCPinLeeds"), make_scope(LEEDS))
        work.accounts.put(make_account("@jcpinleeds", name="Leeds"), make_scope(CARDIFF))
        assert [(account.handle, account.name) for account in work.accounts.find_all()] == [("jcpinleeds", "Leeds")]
        assert work.accounts.get_scope("JCPinLeeds") == make_scope(CARDIFF)


def test_the_offices_of_an_account_follow_its_scope(each_store: Store) -> None:
    scope = make_scope(LEEDS, districts=["South Wales"], nations=[Nation.SCOTLAND])
    cardiff = make_office(CARDIFF, nation=Nation.WALES, district="South Wales")
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office(), cardiff, make_office("bradford")])
        work.accounts.put(make_account(), scope)
        work.accounts.put(make_account("Empty"), make_scope())
        assert work.accounts.get("JCPinLeeds").offices == (CARDIFF, LEEDS)
        assert work.accounts.get_scope("JCPinLeeds") == scope
        keep_offices(work, [make_office("glasgow", nation=Nation.SCOTLAND)])
        assert [account.offices for account in work.accounts.find_all()] == [(), (CARDIFF, "glasgow", LEEDS)]


def test_an_account_is_paused_and_resumed(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.accounts.put(make_account(), make_scope())
        work.accounts.pause("jcpinleeds", by="Ann", at=NOW, reason="wrong answers")
        work.accounts.put(make_account(name="Renamed"), make_scope())
        paused = work.accounts.get("JCPinLeeds")
        assert (paused.is_paused, paused.pause_reason) == (True, "wrong answers")
        work.accounts.resume("JCPinLeeds")
        assert work.accounts.get("JCPinLeeds") == make_account(name="Renamed")


def test_settings_of_an_account_are_kept(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.accounts.put(make_account(), make_scope())
        assert work.accounts.get_settings("JCPinLeeds") == {}
        work.accounts.set_settings("JCPinLeeds", {"opens_at": "10:00", "days": [1, 2]})
        assert work.accounts.get_settings("@jcpinleeds") == {"opens_at": "10:00", "days": [1, 2]}
