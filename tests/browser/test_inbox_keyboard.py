"""The inbox by keyboard alone, on a phone and at a desk: `Keyboard` looks at each step of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState
from bot.services import canned_replies, checklists
from bot.store.records import CannedReply, Role
from tests.browser.desk import ConsoleServer, heading
from tests.browser.keyboard import Keyboard, Somebody
from tests.console.conftest import NOW, PEOPLE
from tests.console.test_inbox import waits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("keyboard")]


def handoff(console: ConsoleServer, number: int) -> Handoff:
    with console.store.unit_of_work(write=False) as work:
        return work.handoffs.get(number)


def take(keys: Keyboard) -> None:
    """The first that waits, from the inbox."""
    keys.open("Inbox")
    keys.press("Take the next one")


def test_a_conversation_is_taken_noted_and_answered(somebody: Somebody, console: ConsoleServer) -> None:
    number = waits(console.store, "hello")
    with console.store.unit_of_work() as work:
        canned_replies.put(work, CannedReply("Journal", "Write it in your journal."), by="test", at=NOW)
    keys = somebody(Role.ADVISER)
    page, reply = keys.page, keys.page.get_by_label("Your reply")
    keys.open("Inbox")
    keys.go(page.get_by_role("link", name=f"conversation {number}"))
    keys.enter()
    keys.press("Take this conversation")
    expect(page.locator("#standing")).to_be_focused()
    assert handoff(console, number).assignee == PEOPLE[Role.ADVISER]
    keys.press("Keep the note")
    keys.mend("note")
    page.keyboard.type("Rang the office")
    keys.press("Keep the note")
    expect(page.get_by_role("heading", name="Notes")).to_be_focused()
    expect(page.get_by_text("Rang the office")).to_be_visible()
    keys.go(page.locator("summary").filter(has_text="Canned replies"))
    page.keyboard.press("Enter")
    keys.select(page.get_by_label("Reply", exact=True), "Journal (English only)")
    keys.press("Put it into the reply")
    expect(reply).to_be_focused()
    expect(reply).to_have_value("Write it in your journal.")
    page.keyboard.press("Control+A")
    page.keyboard.type("I promise that your claim will be paid tomorrow.")
    keys.press("Send the reply")
    expect(page.locator("#warnings")).to_be_focused()
    keys.press("Send it anyway")
    expect(page.locator("#thread li").last).to_be_focused()
    expect(page.locator("#thread li").last).to_contain_text("I promise")
    keys.press("Put it back in the queue")
    keys.expect_told("It waits again")
    assert handoff(console, number).state is HandoffState.OPEN


def test_conversations_are_given_returned_and_resolved(somebody: Somebody, console: ConsoleServer) -> None:
    numbers = [waits(console.store, text, minutes=minutes) for text, minutes in (("a", 30), ("b", 20), ("c", 10))]
    keys = somebody(Role.ADVISER)
    page = keys.page
    take(keys)
    keys.go(page.locator("summary").filter(has_text="Give it to somebody"))
    page.keyboard.press("Space")
    keys.press("Give it to them")
    keys.mend("Choose who")
    keys.select(page.get_by_label("Who is to have it?"), PEOPLE[Role.EDITOR])
    keys.press("Give it to them")
    keys.expect_told(f"{PEOPLE[Role.EDITOR]} has this conversation now")
    for way in ("Give it back to the assistant", "It is dealt with"):
        take(keys)
        keys.press("End it")
        keys.mend("Choose how it ends")
        keys.choose(page.get_by_label(way))
        keys.write(page.get_by_label("Last note"), "All is well")
        keys.press("End it")
        keys.expect_told("Dealt with" if "dealt" in way else "The assistant answers again")
    given, returned, resolved = (handoff(console, number) for number in numbers)
    assert given.assignee == PEOPLE[Role.EDITOR]
    assert {returned.state, resolved.state} == {HandoffState.RESOLVED}
    assert returned.resolution != resolved.resolution


def test_somebody_is_blocked_and_unblocked(somebody: Somebody, console: ConsoleServer) -> None:
    waits(console.store)
    keys = somebody(Role.ADVISER)
    take(keys)
    keys.go(keys.page.locator("summary").filter(has_text="or block"))
    keys.page.keyboard.press("Enter")
    keys.follow("Block this person")
    keys.press("Block this person")
    keys.expect_told("Blocked")
    keys.press("Unblock")
    keys.expect_told("Unblocked")
    expect(keys.page.get_by_text("Nobody is blocked.")).to_be_visible()


def test_several_are_answered_together(somebody: Somebody, console: ConsoleServer) -> None:
    numbers = [waits(console.store, text) for text in "ab"]
    keys = somebody(Role.ADVISER)
    page = keys.page
    keys.open("Inbox")
    for number in numbers:
        keys.tick(page.get_by_role("checkbox", name=f"conversation {number}"))
    keys.press("Answer the ticked ones together")
    keys.press("Send it to 2 people")
    keys.mend("")
    page.keyboard.type("The office opens at 10am today.")
    keys.press("Send it to 2 people")
    keys.expect_told("Sent to 2")
    assert {handoff(console, number).assignee for number in numbers} == {PEOPLE[Role.ADVISER]}


def test_the_plan_for_a_crisis_is_ticked(somebody: Somebody, console: ConsoleServer) -> None:
    number = waits(console.store, "x", HandoffReason.CRISIS)
    keys = somebody(Role.ADVISER)
    take(keys)
    step = keys.page.locator(".console-plan__step").first
    keys.go(step)
    keys.enter("Space")
    expect(step).to_be_focused()
    expect(step).to_have_attribute("aria-pressed", "true")
    with console.store.unit_of_work(write=False) as work:
        assert [bool(one.by) for one in checklists.find(work, number)].count(True) == 1


def test_shortcuts_are_there_and_can_be_switched_off(somebody: Somebody, console: ConsoleServer) -> None:
    first, second = waits(console.store, "a", minutes=20), waits(console.store, "b", minutes=10)
    keys = somebody(Role.ADVISER)
    page = keys.page
    keys.open("Inbox")
    page.keyboard.press("j")
    expect(page.locator(f'a[href="/inbox/{first}/"]')).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f'a[href="/inbox/{second}/"]')).to_be_focused()
    page.keyboard.press("k")
    keys.enter()
    keys.enter("t")
    expect(page.get_by_text("You have this conversation.", exact=True)).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("not a trick: jknti")
    expect(page.get_by_label("Your reply")).to_have_value("not a trick: jknti")
    keys.enter("Control+Enter")
    expect(page.locator("#thread li")).to_have_count(2)
    page.keyboard.press("n")
    expect(page.get_by_label("New note")).to_be_focused()
    keys.go(page.locator("summary").filter(has_text="Sound and keyboard"))
    page.keyboard.press("Enter")
    keys.tick(page.get_by_label("Keyboard shortcuts"))
    page.keyboard.press("i")
    expect(page.get_by_label("Keyboard shortcuts")).to_be_focused()
    keys.tick(page.get_by_label("Keyboard shortcuts"))
    keys.enter("i")
    expect(heading(page)).to_have_text("Inbox")
