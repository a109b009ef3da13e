"""The inbox in real browsers: it keeps itself fresh, loses nothing that is typed, and needs neither mouse nor
script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.jobcentre.handoff import HandoffReason
from bot.services import handoffs
from bot.store.records import Role
from tests.browser.axe import violations
from tests.browser.desk import DESK, PHONE, ConsoleServer, Member, sign_in
from tests.browser.steps import look
from tests.builders import keep_incoming
from tests.console.conftest import NOW, PEOPLE
from tests.console.test_inbox import waits

State = Callable[[Page, ConsoleServer], None]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
SOUNDS = """
    window.sounds = 0
    const Real = window.AudioContext
    window.AudioContext = class extends Real { constructor () { super(); window.sounds += 1 } }
"""


def writes(console: ConsoleServer, number: int, text: str) -> None:
    """The person of that conversation writes again."""
    with console.store.unit_of_work() as work:
        keep_incoming(work, work.conversations.get(work.handoffs.get(number).conversation_id), text)


def claimed(console: ConsoleServer, by: Role = Role.ADVISER, text: str = "I want a person") -> int:
    number = waits(console.store, text)
    with console.store.unit_of_work() as work:
        handoffs.claim(work, number, by=PEOPLE[by], at=NOW)
    return number


# Fresh


def test_a_new_message_comes_without_losing_what_is_typed(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.goto(f"./inbox/{number}/")
    box = page.get_by_label("Your reply")
    box.fill("Good mor")
    box.press("End")
    before = page.locator("#thread li").first.evaluate_handle("(one) => one")
    writes(console, number, "are you still there?")
    look(page)
    expect(page.locator("#thread li")).to_have_count(2)
    expect(page.locator(".console-fresh__told")).to_have_text("The person has written.")
    expect(box).to_be_focused()
    page.keyboard.type("ning")
    expect(box).to_have_value("Good morning")
    assert before.evaluate("(one) => one.isConnected"), "what was there is not read out again"


def test_a_page_finds_news_by_itself(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.clock.install()
    page.goto(f"./inbox/{number}/")
    writes(console, number, "hello?")
    page.clock.run_for(4_500)
    expect(page.locator("#thread li")).to_have_count(2)


def test_the_list_changes_under_the_fingers_and_the_focus_stays(member: Member, console: ConsoleServer) -> None:
    number = waits(console.store, "first")
    page = member(Role.ADVISER, viewport=DESK)
    page.goto("./inbox/")
    link = page.locator(f'a[href="/inbox/{number}/"]')
    link.focus()
    waits(console.store, "second", minutes=20)
    look(page)
    expect(page.locator(".console-queue__link")).to_have_count(2)
    expect(link).to_be_focused()


def test_who_takes_it_over_is_told_while_another_writes(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.goto(f"./inbox/{number}/")
    page.get_by_label("Your reply").fill("Hello")
    with console.store.unit_of_work() as work:
        handoffs.release(work, number, by=PEOPLE[Role.EDITOR], at=NOW, is_lead=True)
        handoffs.claim(work, number, by=PEOPLE[Role.EDITOR], at=NOW)
    look(page)
    expect(page.locator(".console-fresh__told")).to_have_text(f"{PEOPLE[Role.EDITOR]} has this conversation.")
    expect(page.get_by_label("Your reply")).to_have_value("Hello")


def test_who_is_given_a_conversation_can_answer_at_once(member: Member, console: ConsoleServer) -> None:
    number = claimed(console, Role.EDITOR)
    page = member(Role.ADVISER)
    page.goto(f"./inbox/{number}/")
    page.get_by_label("New note").fill("Rang the of")
    with console.store.unit_of_work() as work:
        editor, adviser = PEOPLE[Role.EDITOR], PEOPLE[Role.ADVISER]
        handoffs.reassign(work, number, to=adviser, by=editor, at=NOW)
    look(page)
    expect(page.get_by_label("Your reply")).to_be_visible()
    expect(page.get_by_label("New note")).to_have_value("Rang the of")


def test_a_console_that_is_away_is_told_and_found_again(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.clock.install()
    page.goto(f"./inbox/{number}/")
    page.route("**/live", lambda route: route.abort())
    for _ in range(3):
        page.clock.run_for(10_000)
        page.wait_for_timeout(50)
    told = page.locator(".console-fresh__told")
    expect(told).to_contain_text("The console cannot be reached")
    page.unroute("**/live")
    writes(console, number, "hello?")
    page.clock.run_for(61_000)
    expect(page.locator("#thread li")).to_have_count(2)
    expect(told).not_to_contain_text("cannot be reached")


def test_what_is_typed_outlives_the_session(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.goto(f"./inbox/{number}/")
    page.get_by_label("Your reply").fill("A long reply, nearly done")
    console.clock.now += timedelta(hours=2)
    look(page)
    expect(page.locator(".console-fresh__told")).to_contain_text("You are signed out")
    page.get_by_role("button", name="Send the reply").click()
    page.goto(f"./inbox/{number}/")
    sign_in(page, PEOPLE[Role.ADVISER])
    expect(page.get_by_label("Your reply")).to_have_value("A long reply, nearly done")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#thread li")).to_have_count(2)
    expect(page.get_by_label("Your reply")).to_have_value("")
    expect(page).not_to_have_url(re.compile("done"))
    page.reload()
    expect(page.get_by_label("Your reply")).to_have_value("")


def test_signing_out_leaves_nothing_that_was_typed(member: Member, console: ConsoleServer) -> None:
    number = claimed(console)
    page = member(Role.ADVISER)
    page.goto(f"./inbox/{number}/")
    page.get_by_label("Your reply").fill("secret")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "secret" not in page.evaluate("JSON.stringify(sessionStorage)")


# Urgent ones


def test_a_new_urgent_one_marks_the_title_and_sounds_where_that_is_wanted(
    member: Member, console: ConsoleServer
) -> None:
    page = member(Role.ADVISER)
    page.add_init_script(SOUNDS)
    page.goto("./inbox/")
    waits(console.store, "a", HandoffReason.CRISIS)
    look(page)
    expect(page).to_have_title("(1 urgent) Waiting, inbox – Jobcentre Assistant staff console")
    expect(page.locator(".console-fresh__told")).to_have_text("A new urgent conversation is waiting.")
    assert page.evaluate("sounds") == 0, "off until it is switched on"
    page.get_by_text("Sound and keyboard").click()
    page.get_by_label("A sound for new urgent conversations").check()
    assert page.evaluate("sounds") == 1, "to hear what it is like"
    number = claimed(console, text="c")
    page.goto(f"./inbox/{number}/")
    waits(console.store, "b", HandoffReason.THREAT)
    look(page)
    expect(page).to_have_title("(2 urgent) Asked for a person, conversation 2 – Jobcentre Assistant staff console")
    assert page.evaluate("sounds") == 1
    page.reload()
    assert page.evaluate("sounds") == 0, "only new ones"


# Without a script, and for everybody


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_whole_journey_without_a_script(member: Member, console: ConsoleServer, size: dict[str, int]) -> None:
    number = waits(console.store, "hello")
    page = member(Role.ADVISER, viewport=size, java_script_enabled=False)
    page.goto("./inbox/")
    expect(page.get_by_text("Sound and keyboard")).to_be_hidden()
    page.get_by_role("button", name="Take the next one").click()
    writes(console, number, "anybody?")
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("#thread li")).to_have_count(2)
    page.get_by_label("Your reply").fill("Good morning")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#thread li").last).to_contain_text("Good morning")
    page.get_by_label("Give it back to the assistant").check()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("The assistant answers again in this conversation")).to_be_visible()


def _list(page: Page, console: ConsoleServer) -> None:
    waits(console.store, "w" * 300)
    waits(console.store, "x", HandoffReason.CRISIS)
    page.goto("./inbox/?view=all")


def _tools(page: Page, console: ConsoleServer) -> None:
    page.goto("./inbox/")
    page.get_by_text("Sound and keyboard").click()


def _conversation(page: Page, console: ConsoleServer) -> None:
    number = claimed(console, text="w" * 300 + " [phone number removed]")
    page.goto(f"./inbox/{number}/")


def _refused(page: Page, console: ConsoleServer) -> None:
    _conversation(page, console)
    page.get_by_label("Your reply").fill("QQ123456C")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()


def _crisis(page: Page, console: ConsoleServer) -> None:
    number = waits(console.store, "x", HandoffReason.CRISIS)
    page.goto(f"./inbox/{number}/")
    page.locator(".console-plan__step").first.click()


def _warned(page: Page, console: ConsoleServer) -> None:
    number = claimed(console)
    page.goto(f"./inbox/{number}/")
    page.get_by_text("Canned replies").click()
    page.get_by_label("Your reply").fill("I promise that your claim will be paid tomorrow.")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("Look at this before you send it")).to_be_visible()


def _several(page: Page, console: ConsoleServer) -> None:
    for text in "ab":
        waits(console.store, text)
    page.goto("./inbox/")
    for box in page.locator(".console-tick").all():
        box.check()
    page.get_by_role("button", name="Answer the ticked ones together").click()


def _others(address: str) -> State:
    def visit(page: Page, console: ConsoleServer) -> None:
        claimed(console)
        page.goto(address)

    visit.__name__ = address
    return visit


STATES = [
    *(_list, _tools, _conversation, _refused, _crisis, _warned, _several),
    *map(_others, ("./inbox/blocked", "./inbox/1/block", "./inbox/canned/", "./inbox/canned/1", "./inbox/settings/")),
    *map(_others, ("./inbox/settings/all", "./insights/answering/")),
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_./"))
def test_nothing_is_in_anybodys_way(member: Member, console: ConsoleServer, state: State) -> None:
    page = member(Role.ADMINISTRATOR if state.__name__.startswith("./") else Role.ADVISER)
    state(page, console)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert violations(page) == [], f"at {size['width']} pixels"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
