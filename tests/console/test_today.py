"""Today: what stands on the board, and what can be done from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Flask

from bot.console.desk import EXTENSION
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Effect, Period
from bot.services import closures
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.builders import make_closure, make_watch
from tests.console.conftest import NOW, Clock
from tests.console.visitor import Visitor


def test_a_quiet_day_says_so(editor: Visitor) -> None:
    page = editor.get("/")
    assert "Nothing is closed or different." in page.main
    assert "as usual" in page.main


def test_closures_now_and_soon_are_told_apart(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        for office, starts in (("wakefield", NOW), ("norwich", NOW + timedelta(days=2))):
            period = Period(starts, starts + timedelta(hours=4))
            closures.publish(work, make_closure(office, period=period), by="Ann", at=NOW)
    page = editor.get("/")
    assert page.main.index("Now") < page.main.index("Wakefield") < page.main.index("In the next 7 days")
    # The other one may not be at its address any more.
    assert "2 offices of 41 not as usual." in page.main


def test_an_uncertain_day_is_decided_with_one_tap(editor: Visitor, staffed: Store) -> None:
    page = editor.get("/")
    assert "Monday 30 November 2026, St Andrew’s Day, Scotland" in page.main
    button = next(b for b in page.soup.find_all("button") if b.get_text().startswith("Open on Monday 30 November"))
    editor.press(page, button.get_text(" ", strip=True), {})
    with staffed.unit_of_work(write=False) as work:
        (said,) = work.offices.find_staff_days()
    assert said.staff_day.is_open
    assert "30 November" not in editor.get("/").main


def test_the_assistant_is_paused_and_answers_again(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/pause"), "Pause it", {"account": "JCPinLeeds", "reason": ""})
    assert page.errors == ["Say why: it stands in the history"]
    page = editor.press(page, "Pause it", {"account": "JCPinLeeds", "reason": "wrong answers about snow"})
    assert "paused on JCPinLeeds: wrong answers about snow" in page.main
    with staffed.unit_of_work(write=False) as work:
        assert work.accounts.get("JCPinLeeds").is_paused
    editor.press(page, "Let it answer again on JCPinLeeds")
    with staffed.unit_of_work(write=False) as work:
        assert not work.accounts.get("JCPinLeeds").is_paused


def test_a_watched_office_is_confirmed_with_one_tap(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        period = Period(NOW, NOW + timedelta(hours=8))
        closures.watch(work, make_watch("wakefield", period=period), by="Ann", at=NOW)
    page = editor.get("/")
    assert "One office still not known." in page.main
    page = editor.press(page, "Open as usual at Wakefield")
    assert "All are known." in page.main


def test_a_closure_past_its_review_is_marked(editor: Visitor, staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        review = datetime(2026, 11, 20, 8, tzinfo=LONDON)
        closure = make_closure("wakefield", period=Period(NOW), review_by=review, effect=Effect.CLOSED)
        closures.publish(work, closure, by="Ann", at=NOW)
    assert "Look at it again" not in editor.get("/").main
    clock.now = review
    assert "Look at it again" in editor.get("/").main


def test_accounts_paused_for_one_reason_answer_again_together(editor: Visitor, staffed: Store) -> None:
    editor.press(editor.get("/pause"), "Pause it", {"account": "JCPinPlymouth", "reason": "no power"})
    page = editor.press(editor.get("/pause"), "Pause it", {"account": "all", "reason": "wrong answers"})
    assert "paused on JCPinPlymouth: no power" in page.main
    others = "JCPinDundee, JCPinGwynedd, JCPinLeeds, JCPinManchester"
    assert f"paused on {others}: wrong answers" in page.main
    page = editor.press(page, f"Let it answer again on {others}")
    with staffed.unit_of_work(write=False) as work:
        assert [account.handle for account in work.accounts.find_all() if account.is_paused] == ["JCPinPlymouth"]


def test_administrators_know_of_a_missing_mail_server(app: Flask, signed_in: Callable[[Role], Visitor]) -> None:
    administrator, editor = signed_in(Role.ADMINISTRATOR), signed_in(Role.EDITOR)
    assert "There is no mail server" not in administrator.get("/").main
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], can_mail=False)
    assert "There is no mail server, so nobody can be told at night" in administrator.get("/").main
    assert "There is no mail server" not in editor.get("/").main
