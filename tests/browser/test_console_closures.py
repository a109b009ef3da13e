"""A snowy morning in the console, in a real browser: on a phone, and without a script at a desk too.
By keyboard alone: `test_console_keyboard`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.assistant.turn import Assistant
from bot.jobcentre.closure import Cause, Closure, Effect, Scope
from bot.jobcentre.conversation import Incoming
from bot.services import closures
from bot.services.knowledge import Knowledge
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.assistant.worlds import DATABASE, environment, real_engine, responses, trained_model
from tests.browser.desk import DESK, PHONE, ConsoleServer, Member, error_summary, heading, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]

PREVIEW = "See what people will be told"
LEEDS = "Jobcentre in Leeds (JCPinLeeds)"
PARK_PLACE, SOUTHERN_HOUSE = "Leeds Park Place", "Leeds Southern House"
AT_MOST = 8
"""Actions that a duty manager needs to close all offices of Leeds."""

WITHOUT = {"java_script_enabled": False}
ways = pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": PHONE, **WITHOUT}, {"viewport": DESK, **WITHOUT}],
    ids=["phone", "phone without a script", "desk without a script"],
)


@dataclass
class Hand:
    """Somebody at a page, whose actions are counted: one for each tap, and for each field filled in."""

    page: Page
    actions: int = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.page.wait_for_load_state()
        self.actions += 1


def held(console: ConsoleServer, closure_id: str = "C1") -> Closure:
    with console.store.unit_of_work(write=False) as work:
        return work.closures.get(closure_id)


def fill_in_snow(page: Page) -> None:
    page.get_by_role("link", name="Snow or ice").click()
    page.get_by_label(LEEDS).check()
    page.get_by_label("At midday").check()


def publish_snow(page: Page) -> None:
    fill_in_snow(page)
    press(page, PREVIEW)
    press(page, "Publish")
    expect(heading(page)).to_have_text("Closed: bad weather")


@pytest.fixture
def ask(console: ConsoleServer) -> Callable[[str, datetime], str]:
    """What the assistant replies, from the database that the console writes to."""
    with console.store.unit_of_work(write=False) as work:
        url = str(work.connection.engine.url)
    with environment(**{DATABASE: url}):
        assistant = Assistant(
            Knowledge(Store(url)), real_engine(url, trained_model()), responses(), lambda: console.clock.now
        )
    asked: list[str] = []

    def say(words: str, at: datetime) -> str:
        asked.append(words)
        number = str(len(asked))
        incoming = Incoming(
            account="JCPinLeeds", sender=number, message_id=number, channel="x", text=words, sent_at=at, at=at
        )
        with environment(**{DATABASE: url}):
            outcome = assistant.answer(incoming)
        assert outcome is not None
        return outcome.reply or ""

    return say


def test_all_of_leeds_is_closed_until_noon_in_a_few_actions_and_the_next_answer_knows(
    member: Member, console: ConsoleServer, ask: Callable[[str, datetime], str]
) -> None:
    english, welsh = "Is Leeds Park Place open today?", "Ydy Canolfan Byd Gwaith Leeds Park Place ar agor heddiw?"
    assert "weather" not in ask(english, console.clock.now)
    page = member(Role.EDITOR)
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Snow or ice"))
    hand.tap(page.get_by_label(LEEDS))
    hand.tap(page.get_by_label("At midday"))
    hand.tap(page.get_by_role("button", name=PREVIEW))
    expect(page.get_by_role("main")).to_contain_text("because of the weather")
    expect(page.get_by_role("main").locator("[lang=cy]").first).to_contain_text("oherwydd y tywydd")
    hand.tap(page.get_by_role("button", name="Publish"))
    assert hand.actions <= AT_MOST
    closure = held(console)
    assert (closure.cause, closure.effect) == (Cause.WEATHER, Effect.CLOSED)
    assert closure.scope == Scope(accounts=frozenset({"JCPinLeeds"}))
    assert closure.period.end == console.clock.now.replace(hour=12, minute=0)
    assert closure.message == "Check again before you travel."
    assert closure.message_cy == "Gwiriwch eto cyn teithio."
    told = ask(english, console.clock.now)
    assert "because of the weather" in told
    assert "midday" in told
    assert "oherwydd y tywydd" in ask(welsh, console.clock.now)


@ways
def test_a_closure_is_reopened_in_part_changed_undone_and_ended(
    member: Member, console: ConsoleServer, options: dict[str, object]
) -> None:
    page = member(Role.EDITOR, **options)
    publish_snow(page)
    press(page, "Reopen some offices")
    press(page, "Reopen them")
    expect(error_summary(page)).to_contain_text("Choose at least one office")
    page.get_by_label(PARK_PLACE).check()
    press(page, "Reopen them")
    expect(page.get_by_text(f"{PARK_PLACE}: open as usual again")).to_be_visible()
    assert held(console).scope.excluding == {"leeds-park-place"}
    press(page, "Change or extend")
    expect(page.get_by_label("End time")).to_have_value("12:00")
    page.get_by_label("At the end of today").check()
    press(page, PREVIEW)
    press(page, "Publish")
    assert held(console).period.end == console.clock.now.replace(hour=0, minute=0) + timedelta(days=1)
    press(page, "Undo the last change")
    assert held(console).period.end == console.clock.now.replace(hour=12, minute=0)
    console.clock.now += timedelta(minutes=40)
    press(page, "End it now")
    expect(page.get_by_text("Over", exact=True)).to_be_visible()
    assert held(console).period.end == console.clock.now


@ways
def test_a_closure_is_withdrawn_with_a_reason_and_copied(
    member: Member, console: ConsoleServer, options: dict[str, object]
) -> None:
    page = member(Role.EDITOR, **options)
    publish_snow(page)
    press(page, "Withdraw")
    press(page, "Withdraw")
    expect(error_summary(page)).to_contain_text("Say why")
    page.get_by_label("Why?").fill("The wrong offices")
    press(page, "Withdraw")
    expect(page.get_by_text("The wrong offices")).to_be_visible()
    assert held(console).withdrawn_at == console.clock.now
    press(page, "Copy")
    expect(page.get_by_label(LEEDS)).to_be_checked()
    page.get_by_label(LEEDS).uncheck()
    page.get_by_label("Others").fill(SOUTHERN_HOUSE)
    press(page, PREVIEW)
    press(page, "Publish")
    copied = held(console, "C2")
    assert copied.scope == Scope(offices=frozenset({"leeds-southern-house"}))
    assert copied.message_cy == "Gwiriwch eto cyn teithio."


def test_of_two_who_change_one_closure_the_second_sees_both_versions(member: Member, console: ConsoleServer) -> None:
    mine, theirs = member(Role.EDITOR), member(Role.ADMINISTRATOR, viewport=DESK)
    publish_snow(mine)
    for page in (mine, theirs):
        page.goto("./closures/C1/amend")
    theirs.get_by_label("Urgent help only").check()
    press(theirs, PREVIEW)
    press(theirs, "Publish")
    mine.get_by_label("Appointments only").check()
    press(mine, PREVIEW)
    expect(heading(mine)).to_contain_text("Somebody else changed C1")
    for version in ("Urgent help only", "Appointments only"):
        expect(mine.get_by_text(version)).to_be_visible()
    assert held(console).effect is Effect.URGENT_ONLY
    press(mine, "Use mine instead")
    press(mine, "Publish")
    assert held(console).effect is Effect.APPOINTMENTS_ONLY
    with console.store.unit_of_work(write=False) as work:
        assert [version.closure.effect for version in work.closures.versions("C1")] == [
            *(Effect.CLOSED, Effect.URGENT_ONLY, Effect.APPOINTMENTS_ONLY)
        ]


# What a script makes nicer


def test_offices_are_found_while_somebody_types(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    page.goto("./closures/new?like=snow")
    others, options = page.get_by_label("Others"), page.locator(".console-picker").get_by_role("option")
    others.fill("lee")
    expect(options.first).to_have_text("Leeds, all 2 offices")
    expect(options.filter(has_text=SOUTHERN_HOUSE)).to_be_visible()
    options.filter(has_text=SOUTHERN_HOUSE).click()
    expect(others).to_have_value("")
    others.press_sequentially("park pl")
    expect(options).to_have_text([PARK_PLACE])
    others.press("Enter")
    picked = page.locator(".console-picked__one")
    expect(picked).to_have_text([f"{SOUTHERN_HOUSE}×", f"{PARK_PLACE}×"])
    page.get_by_role("button", name=f"Remove {SOUTHERN_HOUSE}").click()
    expect(picked).to_have_count(1)
    expect(page.get_by_text(f"{SOUTHERN_HOUSE} is removed")).to_be_attached()
    expect(others).to_be_focused()
    others.press_sequentially("Atlantis")
    others.press("Enter")
    expect(heading(page)).to_have_text("New closure")
    press(page, PREVIEW)
    expect(error_summary(page)).to_contain_text("There is no office, area or district called Atlantis")
    page.get_by_role("button", name="Remove Atlantis").click()
    press(page, PREVIEW)
    expect(page.get_by_label(PARK_PLACE)).to_be_checked()


def test_what_was_typed_is_there_after_going_back(member: Member) -> None:
    page = member(Role.EDITOR)
    fill_in_snow(page)
    page.get_by_label("Others").fill("dundee")
    page.get_by_role("option").first.click()
    page.get_by_label("Note for staff").fill("The caretaker has the keys")
    picked = page.locator(".console-picked__one").inner_text()
    press(page, PREVIEW)
    page.go_back()
    expect(page.get_by_label(LEEDS)).to_be_checked()
    expect(page.get_by_label("At midday")).to_be_checked()
    expect(page.locator(".console-picked__one")).to_have_text(picked.replace("\n", ""))
    expect(page.get_by_label("Note for staff")).to_have_value("The caretaker has the keys")
    page.goto("./closures/new?like=snow")
    expect(page.get_by_label("Note for staff")).to_have_value("")
    page.get_by_label("Note for staff").fill("The caretaker has the keys")
    press(page, "Sign out")
    expect(heading(page)).to_have_text("Sign in")
    assert page.evaluate("sessionStorage.length") == 0, "nothing is left for whoever signs in next"


def test_a_long_list_of_offices_is_filtered_and_what_is_out_of_sight_still_counts(
    member: Member, console: ConsoleServer
) -> None:
    page = member(Role.EDITOR)
    page.goto("./closures/new?like=snow&where=England")
    press(page, PREVIEW)
    page.locator("summary").filter(has_text="untick any").click()
    boxes = page.locator("input[name=ticked]")
    total = boxes.count()
    page.get_by_label("Find an office in this list").fill("park place")
    expect(boxes.locator("visible=true")).to_have_count(1)
    page.get_by_label(PARK_PLACE).uncheck()
    press(page, "Publish")
    with console.store.unit_of_work(write=False) as work:
        offices = closures.find_offices(work, held(console))
    assert held(console).scope.excluding == {"leeds-park-place"}
    assert len(offices) == total - 1


@pytest.mark.parametrize("has_script", [True, False], ids=["with a script", "without"])
def test_a_choice_reveals_what_it_needs(member: Member, has_script: bool) -> None:
    page = member(Role.EDITOR, java_script_enabled=has_script)
    page.goto("./closures/new")
    opens = page.get_by_label("Opens at")
    expect(opens).to_be_hidden()
    page.get_by_label("Opens late").check()
    expect(opens).to_be_visible()
    page.get_by_label("Closes early").check()
    expect(opens).to_be_hidden()


def test_a_closure_is_printed_with_its_offices_and_without_buttons(member: Member) -> None:
    page = member(Role.EDITOR)
    publish_snow(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Leeds Southern House", exact=True)).to_be_visible()
    expect(heading(page)).to_be_visible()
    expect(page.locator(".govuk-button").locator("visible=true")).to_have_count(0)
