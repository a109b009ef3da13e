"""What staff keep, in a real browser, on a phone: offices and their hours, days, names and accounts; contacts, files,
the history, insights; and the clock of practice. At a desk too, by keyboard alone: `test_console_keyboard`."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.jobcentre.hours import OpeningHours
from bot.services import closures
from bot.services.offices import find_in
from bot.store.records import Role
from bot.store.repositories.statistics import Tally
from tests.browser.axe import violations
from tests.browser.desk import ConsoleServer, Member, error_summary, hand_in, heading, press
from tests.builders import LEEDS, make_closure, make_scope
from tests.console.conftest import NOW, PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]

PREVIEW = "See what people will be told"
LINE = "uc-phone"


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def told(page: Page) -> str:
    """What the page says was done."""
    return page.locator(".govuk-notification-banner__content").inner_text()


def open_page(page: Page, name: str) -> None:
    """By the navigation, which a phone folds away."""
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("navigation", name="Console").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def hours_on(console: ConsoleServer, day: date, office_id: str = LEEDS) -> OpeningHours:
    with console.store.unit_of_work(write=False) as work:
        found = work.offices.facts([office_id], NOW, NOW + timedelta(days=30))[office_id].hours_on(day)
    assert found
    return found


# Offices


def test_an_office_is_found_and_its_hours_change_from_a_day(member: Member, console: ConsoleServer) -> None:
    before = hours_on(console, NOW.date())
    page = member(Role.EDITOR)
    open_page(page, "Offices")
    page.get_by_label("Name, town, postcode or district").fill("ls1 2")
    press(page, "Find")
    follow(page, "Leeds Park Place")
    press(page, "Change its hours")
    page.get_by_label("Different from day to day").check()
    page.get_by_label("Wednesday").fill("10am to 12:30pm and 1:30pm to 5pm")
    page.get_by_label("On another day").check()
    page.get_by_label("First day").fill("2026-12-01")
    press(page, "See what changes")
    expect(page.get_by_role("main")).to_contain_text("from 1 December 2026")
    expect(page.get_by_role("main").locator("[lang=cy]").first).not_to_be_empty()
    assert hours_on(console, date(2026, 12, 2)) == before, "a preview keeps nothing"
    press(page, "Publish")
    expect(heading(page)).to_have_text("Leeds Park Place")
    assert "Published" in told(page)
    assert hours_on(console, date(2026, 11, 30)).week == before.week
    changed = hours_on(console, date(2026, 12, 2)).week
    assert [(span.opens_at, span.closes_at) for span in changed[2]] == [(600, 750), (810, 1020)]
    assert changed[3] == before.week[3]


def test_a_closed_day_is_seen_before_it_counts_and_taken_back(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    open_page(page, "Offices")
    follow(page, "Closed and open days")
    page.get_by_role("link", name="Say otherwise for Tuesday 29 December, England, Wales").click()
    expect(page.get_by_label("Which day?")).to_have_value("2026-12-29")
    press(page, PREVIEW)
    expect(page.get_by_role("main")).to_contain_text("will be closed on Tuesday 29 December 2026")
    press(page, "Publish")
    expect(page.get_by_role("rowheader", name="Tuesday 29 December 2026: closed")).to_be_visible()
    press(page, "Withdraw Tuesday 29 December, England, Wales")
    expect(page.get_by_text("Staff have said nothing of days to come")).to_be_visible()


def test_another_name_is_added_and_removed(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    page.goto(f"./offices/{LEEDS}")
    follow(page, "Change other names")
    press(page, "Add it")
    expect(error_summary(page)).to_contain_text("Enter a name")
    page.get_by_label("Name", exact=True).fill("The Leeds dole office")
    page.get_by_label("A nickname").check()
    press(page, "Add it")
    with console.store.unit_of_work(write=False) as work:
        assert "The Leeds dole office" in work.offices.get(LEEDS).alternate_names
    press(page, "Remove The Leeds dole office")
    with console.store.unit_of_work(write=False) as work:
        assert "The Leeds dole office" not in work.offices.get(LEEDS).alternate_names


def test_an_account_is_added_and_its_area_grows(member: Member, console: ConsoleServer) -> None:
    page = member(Role.ADMINISTRATOR)
    open_page(page, "Offices")
    follow(page, "Accounts and the areas they serve")
    press(page, "Add an account")
    page.get_by_label("Handle").fill("@JCPinWakefield")
    page.get_by_label("Name that people know").fill("Jobcentre in Wakefield")
    page.locator("#where").fill("Wakefield")
    press(page, "Save")
    assert "JCPinWakefield serves 1 office" in told(page)
    follow(page, "JCPinWakefield")
    page.locator("#where").fill("Norwich")
    press(page, "Save")
    with console.store.unit_of_work(write=False) as work:
        served = work.accounts.get_scope("JCPinWakefield")
        assert {"wakefield", "norwich"} <= {office.id for office in find_in(work, served)}


# Contacts


def test_a_contact_is_changed_checked_added_and_removed(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    open_page(page, "Contacts")
    page.get_by_label("Topic").select_option("universal_credit")
    press(page, "Show")
    page.get_by_role("row", name="0800 328 5644").first.get_by_role("link").click()
    press(page, "Change it")
    page.get_by_label("Only as a link to its page").check()
    press(page, "Save")
    expect(page.get_by_role("definition").filter(has_text="Only as a link")).to_be_visible()
    press(page, "I have checked it today")
    assert "checked today" in told(page)
    open_page(page, "Contacts")
    press(page, "Add a contact")
    page.get_by_label("What people ask about").select_option("access_to_work")
    page.get_by_label("Number, link or address").fill("0800 121 7479")
    page.get_by_label("What it is for").fill("Access to Work, second line")
    page.get_by_role("group", name="May it be said?").get_by_label("Said", exact=True).check()
    press(page, "Save")
    expect(heading(page)).to_have_text("Access to Work, second line")
    press(page, "Remove it")
    press(page, "Remove it")
    assert "Removed: Access to Work, second line" in told(page)
    with console.store.unit_of_work(write=False) as work:
        done = [event.action for event in work.audit.find(subject_type="contact", limit=4)]
    assert done == ["remove", "add", "check", "change"]


def test_those_due_are_checked_from_the_list(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    with console.store.unit_of_work() as work:
        held = work.contacts.get(LINE)
        work.contacts.put(type(held)(**{**vars(held), "last_checked": date(2026, 1, 1)}))
    open_page(page, "Contacts")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Due")
    first.get_by_role("button").click()
    expect(page.get_by_text("Universal Credit: checked today")).to_be_visible()
    expect(page.get_by_text("Due", exact=True)).to_have_count(0)


# Files

REGISTER = """id,name,status,nation,address,postcode
leeds-park-place,Leeds Park Place,open,england,1 New Street,LS1 2SL
otley,Otley,open,england,2 High Street,LS21 1AA
"""


def test_a_file_is_seen_row_by_row_before_it_counts(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    hand_in(page, REGISTER)
    expect(page.get_by_role("main")).to_contain_text("becomes 1 New Street")
    with console.store.unit_of_work(write=False) as work:
        assert work.offices.find(["otley"]) == [], "a preview keeps nothing"
    press(page, "Import: 2 changes")
    assert "1 added, 1 changed" in told(page)
    with console.store.unit_of_work(write=False) as work:
        assert work.offices.get("otley").postcode == "LS21 1AA"


def test_a_file_with_a_bad_row_says_which(member: Member, console: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    hand_in(page, REGISTER + "pudsey,Pudsey,open,france,3 High Street,LS28 1AA\n")
    refused = page.locator("details", has_text="Refused: 1")
    expect(refused).to_have_attribute("open", "")
    expect(refused).to_contain_text("pudsey")
    press(page, "Do not import it")
    assert "Nothing was changed" in told(page)


@pytest.mark.register
@pytest.mark.slow
def test_the_whole_register_is_imported_through_the_page(
    member: Member, console: ConsoleServer, register_offices: str
) -> None:
    page = member(Role.EDITOR)
    hand_in(page, register_offices)
    page.get_by_role("button", name="Import: ").click()
    expect(page.locator("caption").first).to_contain_text("639 offices")
    page.goto("./")
    with console.store.unit_of_work(write=False) as work:
        running = [office for office in work.offices.find_all() if office.is_running]
    expect(page.locator(".console-map circle")).to_have_count(len(running))
    assert violations(page) == []


@pytest.fixture
def register_offices() -> str:
    from tests.register import register_folder

    return (register_folder() / "jobcentres.csv").read_text(encoding="utf-8")


# History and insights


def rows_of(page: Page, link: str) -> list[list[str]]:
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    with Path(started.value.path()).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_history_is_searched_and_taken_away(member: Member, console: ConsoleServer) -> None:
    with console.store.unit_of_work() as work:
        for name in ("wakefield", "norwich"):
            closures.publish(work, make_closure(name), by=PEOPLE[Role.EDITOR], at=NOW)
    page = member(Role.VIEWER)
    open_page(page, "History")
    page.get_by_text("Search the history").click()
    page.get_by_label("Office").fill("Nowhere")
    press(page, "Search")
    expect(error_summary(page)).to_contain_text("There is no office called Nowhere")
    page.get_by_label("Office").fill("Wakefield")
    page.get_by_label("What it is about").select_option("closures")
    press(page, "Search")
    expect(page.locator(".console-history__one")).to_have_count(1)
    found = rows_of(page, "Download as CSV")
    assert len(found) == 2
    assert "closed Wakefield" in found[1][3]


def test_insights_are_looked_at_and_taken_away(member: Member, console: ConsoleServer) -> None:
    with console.store.unit_of_work() as work:
        work.statistics.add(Tally(NOW.date(), 8, "JCPinLeeds", "office_open", "answered", LEEDS, 1_200))
        work.statistics.add(Tally(NOW.date(), 9, "JCPinLeeds", "jobs", "answered", "", 4))
    page = member(Role.VIEWER)
    open_page(page, "Insights")
    page.get_by_label("Account").select_option("JCPinLeeds")
    press(page, "Show")
    expect(page.get_by_role("rowheader", name="Is an office open?")).to_be_visible()
    expect(page.get_by_text("Work and training")).to_have_count(0)
    found = rows_of(page, "Download as CSV")
    assert any("1200" in ",".join(row).replace(",", "") for row in found)
    assert not any("4" in row for row in found), "small numbers stay here"


# Practice


def test_the_clock_of_practice_is_set(member: Member, practising: ConsoleServer) -> None:
    page = member(Role.EDITOR)
    open_page(page, "Practice")
    press(page, "Set the clock")
    expect(error_summary(page)).to_contain_text("Choose a time")
    assert violations(page) == []
    page.get_by_label("Another time").check()
    page.get_by_role("textbox", name="Day").fill("2026-12-24")
    page.get_by_role("textbox", name="Time").fill("07:30")
    press(page, "Set the clock")
    assert "It is 7:30am on Thursday 24 December now" in told(page)
    expect(page.get_by_role("complementary", name="Practice")).to_contain_text("7:30am on Thursday 24 December")
    assert violations(page) == []
    with practising.store.unit_of_work() as work:
        closures.publish(work, make_closure(scope=make_scope(LEEDS)), by="Ann", at=NOW)
    press(page, "Begin again")
    with practising.store.unit_of_work(write=False) as work:
        assert work.closures.find() == []
