"""Every journey of the console by keyboard alone, on a phone and at a desk: `Keyboard` looks at each step of it. Those
with many pages change from one to the other as they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope
from bot.jobcentre.phrase import PhraseState
from bot.services import closures
from bot.store.records import Role
from bot.store.repositories.statistics import Tally
from tests.browser.desk import ConsoleServer, heading
from tests.browser.keyboard import Somebody
from tests.builders import LEEDS, keep_conversation, keep_miss, make_closure, make_scope
from tests.console.conftest import NOW, PASSWORD, PEOPLE
from tests.console.test_inbox import waits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("keyboard")]

PREVIEW = "See what people will be told"
AREA = "Jobcentre in Leeds (JCPinLeeds)"
ALL_OF_LEEDS = Scope(accounts=frozenset({"JCPinLeeds"}))
NOON = NOW.replace(hour=12, minute=0)
PARK_PLACE, SOUTHERN_HOUSE = "Leeds Park Place", "Leeds Southern House"


def held(console: ConsoleServer, closure_id: str = "C1") -> Closure:
    with console.store.unit_of_work(write=False) as work:
        return work.closures.get(closure_id)


def publish(console: ConsoleServer, scope: Scope, end: datetime | None = NOW + timedelta(days=1)) -> Closure:
    with console.store.unit_of_work() as work:
        draft = make_closure(cause=Cause.WEATHER, scope=scope, period=Period(NOW, end))
        return closures.publish(work, draft, by=PEOPLE[Role.EDITOR], at=NOW)


def test_the_tab_key_comes_to_everything_and_is_caught_nowhere(somebody: Somebody, console: ConsoleServer) -> None:
    waits(console.store)
    keys = somebody(Role.ADMINISTRATOR)
    for path in ("closures/new?like=snow", "hours/new", "inbox/1/"):
        keys.page.goto(f"./{path}")
        there = keys.walk("Tab")
        assert there == keys.stops(), path
        assert keys.walk("Shift+Tab") == there[::-1], path


# Signing in


def test_signing_in_with_mistakes_and_with_codes(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(None)
    page, name = keys.page, keys.page.get_by_label("Your name")
    password = page.get_by_label("Password", exact=True)

    def give(secret: str) -> None:
        keys.write(name, PEOPLE[Role.EDITOR])
        keys.write(password, secret)

    give("not this one")
    keys.go(page.get_by_role("button", name="Show password"))
    page.keyboard.press("Space")
    expect(password).to_have_attribute("type", "text")
    keys.press("Sign in")
    keys.mend("The name or the password is not right")
    expect(name).to_be_focused()
    give(PASSWORD)
    keys.enter()
    expect(heading(page)).to_have_text("Today")
    keys.follow("One-time codes")
    codes = pyotp.TOTP(page.locator("code").inner_text())
    keys.press("Use codes")
    keys.mend("Enter the code")
    keys.write(page.get_by_label("Code"), codes.at(console.clock.now))
    keys.enter()
    keys.expect_told("From now on you need a code")
    keys.press("Sign out")
    console.clock.now += timedelta(minutes=1)
    give(PASSWORD)
    keys.enter()
    keys.mend("Enter your code")
    keys.write(password, PASSWORD)
    keys.write(page.get_by_label("One-time code"), "000000")
    keys.enter()
    keys.mend("That code is not right")
    keys.write(password, PASSWORD)
    keys.write(page.get_by_label("One-time code"), codes.at(console.clock.now))
    keys.press("Sign in")
    expect(heading(page)).to_have_text("Today")


def test_somebody_is_added_invited_changed_and_shut_out(somebody_turning: Somebody, console: ConsoleServer) -> None:
    chief, new = somebody_turning(Role.ADMINISTRATOR), somebody_turning(None)
    chief.open("People")
    chief.press("Add somebody")
    chief.press("Save")
    chief.mend("Enter a name")
    chief.page.keyboard.type("Leeds duty manager")
    chief.choose(chief.page.get_by_label("Adviser: also answers people"))
    chief.tick(chief.page.get_by_label("Jobcentre in Leeds"))
    chief.press("Save")

    def link() -> str:
        field = chief.page.get_by_label("Link")
        chief.go(field)
        chief.page.keyboard.press("Control+A")
        return str(chief.page.evaluate("document.activeElement.value.slice(0, document.activeElement.selectionEnd)"))

    def choose_password(secret: str) -> None:
        new.page.goto(link())
        new.write(new.page.get_by_label("Password", exact=True), "snow")
        new.enter()
        new.mend("12 characters")
        new.page.keyboard.type(secret)
        new.press("Save and sign in")
        expect(heading(new.page)).to_have_text("Today")

    choose_password(PASSWORD)
    chief.open("People")
    chief.follow("Leeds duty manager")
    chief.choose(chief.page.get_by_label("Editor: also changes"))
    chief.tick(chief.page.get_by_label("Jobcentre in Leeds"))
    chief.press("Save")
    chief.expect_told("Leeds duty manager: saved")
    with console.store.unit_of_work(write=False) as work:
        changed = work.staff.get("Leeds duty manager")
    assert (changed.role, changed.accounts) == (Role.EDITOR, ())
    chief.follow("Leeds duty manager")
    chief.press("Make a link for a new password")
    choose_password("carrot-window-quilt-9")
    chief.open("People")
    chief.follow("Leeds duty manager")
    chief.press("Shut out")
    chief.expect_told("is shut out")
    new.page.reload()
    expect(heading(new.page)).to_have_text("Sign in")


# Today


def test_a_watch_is_started_confirmed_one_by_one_and_ended(somebody: Somebody, console: ConsoleServer) -> None:
    keys = somebody(Role.EDITOR)
    keys.press("Start a watch")
    keys.press("Start watching")
    keys.mend("Enter at least one office")
    keys.tick(keys.page.get_by_label(AREA))
    keys.select(keys.page.get_by_label("Why?"), "Flooding")
    keys.choose(keys.page.get_by_label("At midday"))
    keys.press("Start watching")
    expect(heading(keys.page)).to_have_text("Being watched: flooding")
    keys.open("Today")
    keys.press(f"Open as usual at {PARK_PLACE}")
    keys.expect_told(f"{PARK_PLACE}: open as usual")
    keys.go(keys.page.get_by_role("link", name="Flooding"))
    keys.enter()
    keys.press(f"Open as usual at {SOUTHERN_HOUSE}")
    keys.expect_told(f"{SOUTHERN_HOUSE}: open as usual")
    with console.store.unit_of_work(write=False) as work:
        assert set(work.closures.get_watch("W1").confirmed) == {"leeds-park-place", "leeds-southern-house"}
    keys.press("End the watch")
    keys.expect_told("The watch has ended")


def test_the_assistant_is_paused_and_answers_again(somebody: Somebody, console: ConsoleServer) -> None:
    keys = somebody(Role.EDITOR)
    keys.press("Pause the assistant")
    keys.select(keys.page.get_by_label("Where?"), AREA)
    keys.press("Pause it")
    keys.mend("Say why")
    keys.page.keyboard.type("It gives the wrong hours")
    keys.enter()
    keys.expect_told("The assistant is paused")
    with console.store.unit_of_work(write=False) as work:
        assert work.accounts.get("JCPinLeeds").is_paused
    keys.press("Let it answer again on JCPinLeeds")
    keys.expect_told("The assistant answers again on JCPinLeeds")
    with console.store.unit_of_work(write=False) as work:
        assert not work.accounts.get("JCPinLeeds").is_paused


# Closures


def test_offices_are_picked_by_name(somebody: Somebody, console: ConsoleServer) -> None:
    keys = somebody(Role.EDITOR)
    page, picked = keys.page, keys.page.locator(".console-picked__one")
    keys.follow("Flood")
    others, options = page.get_by_label("Others"), page.locator(".console-picker [role=option]:visible")
    keys.write(others, "lee")
    expect(options.first).to_have_text("Leeds, all 2 offices")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(others).to_be_focused()
    keys.write(others, "leeds")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(picked).to_have_count(1)
    keys.write(others, "dund")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    expect(picked).to_have_count(2)
    keys.go(picked.first.get_by_role("button"))
    page.keyboard.press("Space")
    expect(picked).to_have_count(1)
    expect(others).to_be_focused()
    keys.choose(page.get_by_label("Moved", exact=True))
    instead = page.get_by_label("Office to go to instead")
    keys.press(PREVIEW)
    keys.mend("Enter this too")
    expect(instead).to_be_focused()
    for beginning in ("southern", "park pl"):
        keys.write(instead, beginning)
        expect(options.first).to_be_visible()
        page.keyboard.press("Enter")
    expect(picked).to_have_count(2)
    keys.press(PREVIEW)
    keys.press("Publish")
    keys.expect_told("Published")
    assert held(console).scope == Scope(offices=frozenset({"dundee-wellgate"}))
    assert (held(console).effect, held(console).moved_to) == (Effect.MOVED, "leeds-park-place")


def test_offices_are_closed_opened_again_in_part_and_told_at_once(somebody: Somebody, console: ConsoleServer) -> None:
    keys = somebody(Role.EDITOR)
    keys.follow("Snow or ice")
    keys.tick(keys.page.get_by_label(AREA))
    keys.choose(keys.page.get_by_label("At midday"))
    keys.press(PREVIEW)
    keys.press("Publish")
    keys.expect_told("Published")
    assert (held(console).scope, held(console).period.end) == (ALL_OF_LEEDS, NOON)
    keys.press("Reopen some offices")
    keys.press("Reopen them")
    keys.mend("Choose at least one office")
    keys.tick(keys.page.get_by_label(PARK_PLACE))
    keys.press("Reopen them")
    keys.expect_told(f"{PARK_PLACE}: open as usual again")
    assert held(console).scope.excluding == {LEEDS}
    keys.press("End it now")
    keys.expect_told("Ended")
    assert held(console).withdrawn_at == console.clock.now, "what ends as it begins never was"


def test_a_closure_is_changed_extended_undone_copied_and_withdrawn(somebody: Somebody, console: ConsoleServer) -> None:
    publish(console, ALL_OF_LEEDS, NOON)
    keys = somebody(Role.EDITOR)
    page = keys.page
    keys.open("Closures")
    keys.follow("Closed: bad weather")
    keys.press("Change or extend")
    keys.choose(page.get_by_label("Urgent help only"))
    keys.set_day(page.get_by_label("End date"), date(2026, 11, 23))
    keys.press(PREVIEW)
    keys.press("Publish")
    keys.expect_told("Changed")
    assert held(console).effect is Effect.URGENT_ONLY
    assert held(console).period.end == NOON + timedelta(days=3)
    keys.press("Undo the last change")
    keys.expect_told("Undone")
    assert (held(console).effect, held(console).period.end) == (Effect.CLOSED, NOON)
    keys.press("Copy")
    keys.tick(page.get_by_label(AREA))
    keys.write(page.get_by_label("Others"), SOUTHERN_HOUSE)
    keys.press(PREVIEW)
    keys.press("Go back and change it")
    keys.select(page.get_by_label("Why?"), "Flooding")
    keys.press(PREVIEW)
    keys.press("Publish")
    keys.expect_told("Published")
    copied = held(console, "C2")
    assert (copied.cause, copied.scope) == (Cause.FLOOD, Scope(offices=frozenset({"leeds-southern-house"})))
    keys.press("Withdraw")
    keys.press("Withdraw")
    keys.mend("Say why")
    page.keyboard.type("The wrong office")
    keys.enter()
    keys.expect_told("Withdrawn")
    assert held(console, "C2").withdrawn_at == console.clock.now


def test_of_two_versions_the_second_person_chooses(somebody: Somebody, console: ConsoleServer) -> None:
    shown = publish(console, ALL_OF_LEEDS)
    keys = somebody(Role.EDITOR)
    keys.open("Closures")
    keys.follow("Closed: bad weather")
    keys.press("Change or extend")
    with console.store.unit_of_work() as work:
        theirs = replace(shown, effect=Effect.URGENT_ONLY)
        closures.amend(work, "C1", theirs, by="Bo", at=NOW, expected_version=shown.version)
    keys.choose(keys.page.get_by_label("Appointments only"))
    keys.press(PREVIEW)
    expect(heading(keys.page)).to_contain_text("Somebody else changed C1")
    keys.go(keys.page.get_by_role("button", name="Keep theirs"))
    keys.press("Use mine instead")
    keys.press("Publish")
    keys.expect_told("Changed")
    assert held(console).effect is Effect.APPOINTMENTS_ONLY


# Offices


def test_an_office_is_found_mended_and_named(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(Role.EDITOR)
    page = keys.page
    keys.open("Offices")
    keys.write(page.get_by_label("Name, town, postcode or district"), "ls1 2")
    keys.enter()
    keys.follow(PARK_PLACE)
    keys.press("Change its details")
    keys.write(page.get_by_label("Phone number"), "12")
    keys.press("Save")
    keys.mend("phone number")
    keys.write(page.get_by_label("Phone number"), "0800 169 0190")
    keys.tick(page.get_by_role("group", name="What is there").get_by_role("checkbox").first)
    keys.choose(page.get_by_label("Perhaps not at this address"))
    keys.press("Save")
    keys.expect_told("Saved")
    with console.store.unit_of_work(write=False) as work:
        office = work.offices.get(LEEDS)
    assert (office.phone, office.status.value) == ("0800 169 0190", "check")
    keys.follow("Change other names")
    keys.press("Add it")
    keys.mend("Enter a name")
    page.keyboard.type("The Leeds dole office")
    keys.choose(page.get_by_label("A nickname"))
    keys.press("Add it")
    keys.expect_told("Added")
    with console.store.unit_of_work(write=False) as work:
        assert "The Leeds dole office" in work.offices.get(LEEDS).alternate_names
    keys.press("Remove The Leeds dole office")
    keys.expect_told("The Leeds dole office is removed")


def test_hours_are_changed(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(Role.EDITOR)
    page = keys.page
    page.goto(f"./hours/new?office={LEEDS}")
    keys.choose(page.get_by_label("Different from day to day"))
    keys.write(page.get_by_label("Wednesday"), "later")
    keys.press("See what changes")
    keys.mend("")
    keys.choose(page.get_by_label("The same from Monday to Friday"))
    keys.write(page.get_by_label("Monday to Friday", exact=True), "10am to 4pm")
    keys.choose(page.get_by_label("Confirmed: somebody there has said so"))
    keys.press("See what changes")
    keys.press("Publish")
    keys.expect_told("Published")
    with console.store.unit_of_work(write=False) as work:
        hours = work.offices.facts([LEEDS], NOW, NOW + timedelta(days=7))[LEEDS].hours_on(NOW.date())
    assert hours
    assert [(span.opens_at, span.closes_at) for span in hours.week[0]] == [(600, 960)]
    assert hours.certainty.value == "confirmed"


def test_a_closed_day_and_an_account(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(Role.ADMINISTRATOR)
    page = keys.page
    keys.open("Offices")
    keys.follow("Closed and open days")
    keys.press("Add a day")
    keys.press(PREVIEW)
    keys.mend("Enter a day")
    keys.set_day(page.get_by_label("Which day?"), date(2026, 12, 4))
    keys.write(page.get_by_label("Which offices?"), PARK_PLACE)
    page.keyboard.press("Enter")
    keys.write(page.get_by_label("What is it called?"), "staff training day")
    keys.press(PREVIEW)
    keys.press("Publish")
    keys.expect_told("Published")
    with console.store.unit_of_work(write=False) as work:
        (said,) = work.offices.find_staff_days(NOW.date())
    assert (said.staff_day.day, said.staff_day.title) == (date(2026, 12, 4), "staff training day")
    keys.press(f"Withdraw Friday 4 December, {PARK_PLACE}")
    keys.expect_told("Withdrawn")
    keys.open("Offices")
    keys.follow("Accounts and the areas they serve")
    keys.press("Add an account")
    keys.write(page.get_by_label("Handle"), "@JCPinWakefield")
    keys.write(page.get_by_label("Name that people know"), "Jobcentre in Wakefield")
    keys.press("Save")
    keys.mend("at least one office")
    page.keyboard.type("Wakefield")
    page.keyboard.press("Enter")
    keys.press("Save")
    keys.expect_told("JCPinWakefield serves 1 office")


# What else is kept


def test_a_contact_is_changed_checked_added_and_removed(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(Role.EDITOR)
    page = keys.page
    keys.open("Contacts")
    keys.select(page.get_by_label("Topic"), "Universal Credit")
    keys.press("Show")
    keys.go(page.get_by_role("row", name="0800 328 5644").first.get_by_role("link"))
    keys.enter()
    keys.press("Change it")
    keys.choose(page.get_by_label("Only as a link to its page"))
    keys.press("Save")
    keys.expect_told("Saved")
    keys.press("I have checked it today")
    keys.expect_told("checked today")
    keys.open("Contacts")
    keys.press("Add a contact")
    keys.select(page.get_by_label("What people ask about"), "Access to Work")
    keys.press("Save")
    keys.mend("")
    keys.write(page.get_by_label("Number, link or address"), "0800 121 7479")
    keys.write(page.get_by_label("What it is for"), "Access to Work, second line")
    keys.choose(page.get_by_role("group", name="May it be said?").get_by_label("Said", exact=True))
    keys.press("Save")
    keys.expect_told("Added")
    keys.press("Remove it")
    keys.press("Remove it")
    keys.expect_told("Removed: Access to Work, second line")
    with console.store.unit_of_work(write=False) as work:
        done = [event.action for event in work.audit.find(subject_type="contact", limit=4)]
    assert done == ["remove", "add", "check", "change"]


REGISTER = """id,name,status,nation,address,postcode
leeds-park-place,Leeds Park Place,open,england,1 New Street,LS1 2SL
otley,Otley,open,england,2 High Street,LS21 1AA
"""


def test_a_file_is_imported(somebody_turning: Somebody, console: ConsoleServer) -> None:
    keys = somebody_turning(Role.EDITOR)
    keys.open("Offices")
    keys.follow("Import and export")
    keys.go(keys.page.get_by_role("main").get_by_role("link", name="Offices", exact=True))
    keys.enter()
    keys.press("See what would change")
    keys.mend("Choose a file")
    keys.go(keys.page.get_by_label("File", exact=True))
    keys.page.get_by_label("File", exact=True).set_input_files(
        {"name": "offices.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()}
    )
    keys.press("See what would change")
    keys.go(keys.page.locator("summary").first)
    keys.page.keyboard.press("Enter")
    keys.press("Import: 2 changes")
    keys.expect_told("1 added, 1 changed")
    with console.store.unit_of_work(write=False) as work:
        assert work.offices.get("otley").postcode == "LS21 1AA"


def test_the_history_and_the_insights_are_searched(somebody_turning: Somebody, console: ConsoleServer) -> None:
    with console.store.unit_of_work() as work:
        work.statistics.add(Tally(NOW.date(), 8, "JCPinLeeds", "office_open", "answered", LEEDS, 1_200))
    for name in ("wakefield", "norwich"):
        publish(console, make_scope(name))
    keys = somebody_turning(Role.VIEWER)
    page = keys.page
    keys.open("History")
    keys.go(page.locator("summary"))
    page.keyboard.press("Space")
    keys.write(page.get_by_label("Office"), "Nowhere")
    keys.press("Search")
    keys.mend("There is no office called Nowhere")
    keys.write(page.get_by_label("Office"), "Wakefield")
    keys.select(page.get_by_label("What it is about"), "Closures and watches")
    keys.set_day(page.get_by_label("From"), date(2026, 11, 1))
    keys.press("Search")
    expect(page.locator(".console-history__one")).to_have_count(1)
    keys.open("Insights")
    keys.select(page.get_by_label("When"), "28 days")
    keys.select(page.get_by_label("Account"), "JCPinLeeds")
    keys.press("Show")
    expect(page.get_by_role("rowheader", name="Is an office open?")).to_be_visible()
    keys.go(page.locator("summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Questions by hour of the day")).to_be_visible()


def test_a_message_becomes_a_training_phrase(somebody_turning: Somebody, console: ConsoleServer) -> None:
    with console.store.unit_of_work() as work:
        keep_miss(work, keep_conversation(work, "miss", account="JCPinLeeds"))
    first, second = somebody_turning(Role.ADMINISTRATOR), somebody_turning(Role.EDITOR)
    first.open("Insights")
    first.follow("Messages not understood")
    first.follow("wat bout the thing")
    first.press("Make a training phrase")
    first.press("See what is learnt from it")
    first.mend("Choose what the person wanted")
    first.page.keyboard.type("What an office has")
    first.press("See what is learnt from it")
    first.press("Send it for a second look")
    first.mend("read every word")
    first.page.keyboard.press("Space")
    first.press("Send it for a second look")
    first.expect_told("Proposed")
    second.open("Insights")
    second.follow("Messages not understood")
    second.follow("Training phrases")
    second.follow("wat bout the thing")
    second.press("Accept")
    second.mend("read every word")
    second.page.keyboard.press("Space")
    second.press("Accept")
    second.expect_told("Accepted")
    with console.store.unit_of_work(write=False) as work:
        assert work.phrases.count()[PhraseState.ACCEPTED] == 1


def test_the_clock_of_practice_is_set_and_everything_begins_again(
    somebody_turning: Somebody, practising: ConsoleServer
) -> None:
    keys = somebody_turning(Role.EDITOR)
    page = keys.page
    keys.open("Practice")
    keys.press("Set the clock")
    keys.mend("Choose a time")
    keys.choose(page.get_by_label("Another time"))
    keys.set_day(page.get_by_label("Day", exact=True), date(2026, 12, 24))
    keys.set_time(page.get_by_label("Time", exact=True), time(7, 30))
    keys.press("Set the clock")
    keys.expect_told("It is 7:30am on Thursday 24 December now")
    publish(practising, ALL_OF_LEEDS)
    keys.press("Begin again")
    keys.expect_told("Everything is as on the first day")
    with practising.store.unit_of_work(write=False) as work:
        assert work.closures.find() == []
