"""What members of staff do in the console, in a real browser, on a phone. At a desk too, by keyboard alone:
`test_console_keyboard`."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from bot.store.records import Role
from tests.browser.desk import ConsoleServer, Member, error_summary, heading, press, sign_in
from tests.console.conftest import PASSWORD, PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]

MANAGER = "Leeds duty manager"
LEEDS = "Jobcentre in Leeds (JCPinLeeds)"
PARK_PLACE, SOUTHERN_HOUSE = "Leeds Park Place", "Leeds Southern House"


def test_nobody_sees_a_page_without_signing_in(member: Member) -> None:
    page = member(None)
    page.goto("./closures/new?like=snow")
    expect(heading(page)).to_have_text("Sign in")
    sign_in(page, PEOPLE[Role.EDITOR])
    expect(heading(page)).to_have_text("New closure")


def test_somebody_is_invited_chooses_a_password_and_uses_codes(member: Member, console: ConsoleServer) -> None:
    administrator = member(Role.ADMINISTRATOR)
    administrator.goto("./people/")
    press(administrator, "Add somebody")
    administrator.get_by_label("Name").fill(MANAGER)
    administrator.get_by_label("Editor").check()
    administrator.get_by_label("Jobcentre in Leeds").check()
    press(administrator, "Save")
    link = administrator.get_by_label("Link").input_value()
    page = member(None)
    page.goto(link)
    expect(heading(page)).to_have_text(f"Choose a password, {MANAGER}")
    page.get_by_label("Password", exact=True).fill("snow")
    press(page, "Save and sign in")
    expect(error_summary(page)).to_contain_text("12 characters")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Save and sign in")
    expect(heading(page)).to_have_text("Today")
    page.get_by_role("link", name="One-time codes").click()
    codes = pyotp.TOTP(page.locator("code").inner_text())
    page.get_by_label("Code").fill(codes.at(console.clock.now))
    press(page, "Use codes")
    press(page, "Sign out")
    console.clock.now += timedelta(minutes=1)
    sign_in(page, MANAGER)
    expect(error_summary(page)).to_contain_text("Enter your code")
    page.get_by_label("One-time code").fill(codes.at(console.clock.now))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(heading(page)).to_have_text("Today")
    page.goto("./closures/new")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    expect(page.get_by_label(LEEDS)).to_be_visible()


def test_a_watch_is_started_and_an_office_confirmed_with_one_tap(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    press(page, "Start a watch")
    press(page, "Start watching")
    expect(error_summary(page)).to_contain_text("Enter at least one office")
    page.get_by_label(LEEDS).check()
    press(page, "Start watching")
    expect(heading(page)).to_have_text("Being watched: bad weather")
    page.goto("./")
    expect(page.get_by_text("2 offices still not known")).to_be_visible()
    press(page, f"Open as usual at {PARK_PLACE}")
    expect(heading(page)).to_have_text("Today")
    expect(page.get_by_text(f"{PARK_PLACE}: open as usual")).to_be_visible()
    expect(page.get_by_text("One office still not known")).to_be_visible()
    with console.store.unit_of_work(write=False) as work:
        assert set(work.closures.get_watch("W1").confirmed) == {"leeds-park-place"}
    page.goto("./watches/W1")
    press(page, "Close one office not known")
    press(page, "See what people will be told")
    press(page, "Publish")
    page.goto("./watches/W1")
    expect(page.get_by_role("link", name=f"Closed at {SOUTHERN_HOUSE}")).to_be_visible()
    press(page, "End the watch")
    expect(page.get_by_text("The watch has ended")).to_be_visible()


def test_the_assistant_is_paused_with_a_reason_and_answers_again(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    press(page, "Pause the assistant")
    page.get_by_label("Where?").select_option("JCPinLeeds")
    press(page, "Pause it")
    expect(error_summary(page)).to_contain_text("Say why")
    expect(page.get_by_label("Where?")).to_have_value("JCPinLeeds")
    page.get_by_label("Why?").fill("It gives the wrong hours")
    press(page, "Pause it")
    expect(page.get_by_text("The assistant is paused on JCPinLeeds: It gives the wrong hours")).to_be_visible()
    with console.store.unit_of_work(write=False) as work:
        assert [account.handle for account in work.accounts.find_all() if account.is_paused] == ["JCPinLeeds"]
    press(page, "Let it answer again on JCPinLeeds")
    expect(page.get_by_text("The assistant answers again on JCPinLeeds")).to_be_visible()
    expect(page.get_by_text("is paused")).to_have_count(0)


def test_roles_change_passwords_are_forgotten_and_somebody_is_shut_out(member: Member) -> None:
    administrator, viewer = member(Role.ADMINISTRATOR), member(Role.VIEWER)
    expect(viewer.get_by_role("button", name="New closure")).to_have_count(0)
    administrator.goto("./people/")
    administrator.get_by_role("link", name=PEOPLE[Role.VIEWER]).click()
    administrator.get_by_label("Editor").check()
    press(administrator, "Save")
    viewer.goto("./")
    if heading(viewer).inner_text() == "Sign in":
        sign_in(viewer, PEOPLE[Role.VIEWER])
    expect(viewer.get_by_role("button", name="New closure")).to_be_visible()
    administrator.get_by_role("link", name=PEOPLE[Role.VIEWER]).click()
    press(administrator, "Make a link for a new password")
    viewer.goto(administrator.get_by_label("Link").input_value())
    viewer.get_by_label("Password", exact=True).fill("carrot-window-quilt-9")
    press(viewer, "Save and sign in")
    expect(heading(viewer)).to_have_text("Today")
    administrator.goto("./people/")
    administrator.get_by_role("link", name=PEOPLE[Role.VIEWER]).click()
    press(administrator, "Shut out")
    viewer.goto("./closures/")
    expect(heading(viewer)).to_have_text("Sign in")
    sign_in(viewer, PEOPLE[Role.VIEWER], "carrot-window-quilt-9")
    expect(error_summary(viewer)).to_contain_text("not right")
