"""Signing in: passwords, links to choose one, one-time codes, and what stops guessing."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from bot.services import staff
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.conftest import PASSWORD, PEOPLE, Clock
from tests.console.visitor import Visitor

ANN = PEOPLE[Role.EDITOR]


def try_to_sign_in(visitor: Visitor, name: str, password: str, code: str = "", status: int = 401) -> str:
    page = visitor.press(
        visitor.get("/sign-in"), "Sign in", {"name": name, "password": password, "code": code}, status=status
    )
    return page.errors[0] if page.errors else page.heading


@pytest.mark.parametrize("name", [ANN, "Nobody At All"])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(stranger: Visitor, name: str) -> None:
    told = {try_to_sign_in(stranger, name, "wrong") for _ in range(staff.TRIES + 1)}
    assert told == {"The name or the password is not right. After 5 wrong tries, wait 15 minutes"}


def test_names_are_the_same_in_any_case(stranger: Visitor) -> None:
    assert try_to_sign_in(stranger, f" {ANN.upper()} ", PASSWORD, status=200) == "Today"


def test_after_five_wrong_tries_even_the_right_password_waits(stranger: Visitor, clock: Clock) -> None:
    for _ in range(staff.TRIES):
        assert "not right" in try_to_sign_in(stranger, ANN, "wrong")
    clock.now += staff.LOCKED_FOR - timedelta(seconds=1)
    assert "not right" in try_to_sign_in(stranger, ANN, PASSWORD)
    clock.now += timedelta(seconds=1)
    assert try_to_sign_in(stranger, ANN, PASSWORD, status=200) == "Today"


def test_many_names_from_one_address_are_stopped_too(stranger: Visitor) -> None:
    for number in range(20):
        try_to_sign_in(stranger, f"name {number}", "wrong")
    assert try_to_sign_in(stranger, ANN, PASSWORD, status=429) == "Too many tries"


def test_somebody_shut_out_is_out_at_once(editor: Visitor, staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        staff.change(work, ANN, Role.EDITOR, (), False, by="test", at=clock.now)
    assert editor.get("/").heading == "Sign in"
    assert "not right" in try_to_sign_in(editor, ANN, PASSWORD)


def test_a_link_chooses_a_password_once(stranger: Visitor, staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
    page = stranger.get(f"/invitation/{secret}")
    assert page.heading == f"Choose a password, {ANN}"
    page = stranger.press(page, "Save and sign in", {"password": "short"})
    assert page.errors == ["Password must be 12 characters or more"]
    page = stranger.press(page, "Save and sign in", {"password": "password1234"})
    assert "too easy to guess" in page.errors[0]
    assert stranger.press(page, "Save and sign in", {"password": "lantern-oboe-drizzle"}).heading == "Today"
    assert stranger.get(f"/invitation/{secret}", status=404).heading == "This link does not work"
    assert "not right" in try_to_sign_in(stranger, ANN, PASSWORD)


def test_a_link_lasts_a_week(stranger: Visitor, staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
    clock.now += staff.INVITATION_LASTS - timedelta(seconds=1)
    stranger.get(f"/invitation/{secret}")
    clock.now += timedelta(seconds=1)
    stranger.get(f"/invitation/{secret}", status=404)


def test_a_new_password_ends_other_sessions(editor: Visitor, stranger: Visitor, staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
    page = stranger.get(f"/invitation/{secret}")
    stranger.press(page, "Save and sign in", {"password": "lantern-oboe-drizzle"})
    assert editor.get("/").heading == "Sign in"


def test_codes_are_asked_for_once_they_are_set_up(editor: Visitor, stranger: Visitor, clock: Clock) -> None:
    page = editor.get("/codes")
    key = page.soup.select_one(".console-key")
    assert key is not None
    codes = pyotp.TOTP(key.get_text())
    page = editor.press(page, "Use codes", {"code": "000000"})
    assert page.errors == ["Enter the code that your app shows now"]
    assert editor.press(page, "Use codes", {"code": codes.at(clock.now)}).heading == "Today"

    assert try_to_sign_in(stranger, ANN, PASSWORD, status=200) == "Enter your code"
    assert "not right" in try_to_sign_in(stranger, ANN, PASSWORD, "123456", status=200)
    used = codes.at(clock.now)
    assert "not right" in try_to_sign_in(stranger, ANN, PASSWORD, used, status=200), "a code works once"
    clock.now += timedelta(seconds=60)
    code = codes.at(clock.now)
    assert try_to_sign_in(stranger, ANN, PASSWORD, f"{code[:3]} {code[3:]}", status=200) == "Today"


def test_passwords_codes_and_links_are_not_in_the_history_or_the_log(
    stranger: Visitor, staffed: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
    page = stranger.get(f"/invitation/{secret}")
    stranger.press(page, "Save and sign in", {"password": "lantern-oboe-drizzle"})
    with staffed.unit_of_work(write=False) as work:
        told = repr(work.audit.find()) + repr(work.staff.get(ANN)) + caplog.text
    assert secret not in told
    assert "lantern" not in told
