"""Every page of the console in a real browser, looked at by axe on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Why
from bot.services import accounts, canned_replies, closures, handoffs, offices, phrases, staff
from bot.store.records import CannedReply, Role
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store, UnitOfWork
from tests.browser.axe import too_small, violations
from tests.browser.desk import DESK, PHONE, Member, error_summary, hand_in, heading, press
from tests.builders import (
    LEEDS,
    keep_conversation,
    keep_miss,
    keep_phrase,
    make_closure,
    make_hours,
    make_scope,
    make_watch,
)
from tests.console.conftest import NOW, PEOPLE, copied
from tests.console.test_inbox import waits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
HANDLE = "JCPinTheWholeOfWestYorkshireAndHull"
PREVIEW = "See what people will be told"
WHAT_CHANGES = "See what changes"

# Every address

PAGES = {
    "today.board": ["/"],
    "today.pause": ["/pause"],
    "closures.index": ["/closures/", "/closures/?q=zzz"],
    "closures.new": ["/closures/new", "/closures/new?like=snow"],
    "closures.show": ["/closures/C1", "/closures/C2"],
    "closures.amend": ["/closures/C1/amend"],
    "closures.reopen": ["/closures/C1/reopen"],
    "closures.withdraw": ["/closures/C1/withdraw"],
    "watches.new": ["/watches/new"],
    "watches.show": ["/watches/W3"],
    "offices.index": ["/offices/", "/offices/?q=leeds", "/offices/?q=zzz"],
    "offices.show": [f"/offices/{LEEDS}", "/offices/wakefield", "/offices/cardiff-charles-street"],
    "offices.change": [f"/offices/{LEEDS}/change"],
    "offices.names": [f"/offices/{LEEDS}/names"],
    "hours.new": ["/hours/new", f"/hours/new?office={LEEDS}"],
    "days.index": ["/days/"],
    "days.new": ["/days/new"],
    "accounts.index": ["/accounts/"],
    "accounts.new": ["/accounts/new"],
    "accounts.change": [f"/accounts/{HANDLE}"],
    "contacts.index": ["/contacts/", "/contacts/?topic=zzz"],
    "contacts.show": ["/contacts/uc-phone", "/contacts/uc-account"],
    "contacts.new": ["/contacts/new"],
    "contacts.change": ["/contacts/uc-phone/change"],
    "contacts.remove": ["/contacts/uc-account/remove"],
    "imports.index": ["/imports/"],
    "imports.new": ["/imports/offices", "/imports/names", "/imports/contacts"],
    "imports.preview": ["/imports/offices/preview"],
    "history.index": ["/history/", "/history/?who=zzz", "/history/?first=2026-13-01&office=zzz"],
    "insights.index": ["/insights/", f"/insights/?account={HANDLE}"],
    "misses.index": ["/insights/not-understood/", "/insights/not-understood/?why=said"],
    "misses.show": ["/insights/not-understood/1", "/insights/not-understood/2", "/insights/not-understood/3"],
    "phrases.index": ["/insights/phrases/", "/insights/phrases/?state=accepted", "/insights/phrases/?state=rejected"],
    "phrases.new": ["/insights/phrases/of/2"],
    "phrases.show": ["/insights/phrases/1", "/insights/phrases/2"],
    "inbox.index": ["/inbox/"],
    "conversations.show": ["/inbox/1/"],
    "blocked.index": ["/inbox/blocked"],
    "blocked.ask": ["/inbox/1/block"],
    "together.index": ["/inbox/together/?of=1&of=2"],
    "canned.index": ["/inbox/canned/"],
    "canned.new": ["/inbox/canned/new"],
    "canned.change": ["/inbox/canned/1"],
    "desk_settings.index": ["/inbox/settings/"],
    "desk_settings.change": [f"/inbox/settings/{HANDLE}"],
    "answering.index": ["/insights/answering/"],
    "people.index": ["/people/"],
    "people.new": ["/people/new"],
    "people.change": ["/people/1"],
    "practice.index": ["/practice/"],
    "open_data.index": ["/open/"],
    "sign_in.codes": ["/codes"],
    "errors": ["/no-such-page", "/closures/C99"],
}
"""The addresses at which each page is looked at."""
NOBODYS = {"sign_in.form": ["/sign-in"], "sign_in.invitation": ["/invitation/no-such-secret"]}
"""Pages for who is not signed in."""
FILES = {
    *("assets", "static", "contacts.export", "offices.export", "offices.export_names", "history.export"),
    *("insights.download", "answering.download", "inbox.refresh", "conversations.refresh"),
    *("open_data.offices", "open_data.alerts", "open_data.closures", "open_data.closures_cy"),
}
"""What is no page: files, and parts that a script fetches."""


BUTTONS = "button, .govuk-button, .govuk-input, .govuk-select"


def test_every_address_is_looked_at(app: Flask) -> None:
    views = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = (PAGES.keys() | NOBODYS.keys() | FILES) - {"errors"}
    assert sorted(views - looked_at) == [], "say in PAGES where these are looked at"
    assert sorted(looked_at - views) == [], "these are no more"


def keep_much(store: Store) -> None:
    """Something of everything, with long names."""
    by = {"by": PEOPLE[Role.EDITOR], "at": NOW}
    with store.unit_of_work() as work:
        closures.publish(
            work, make_closure(scope=make_scope(districts={"West Yorkshire"}), message=f"{LONG} " * 2), **by
        )
        closures.publish(work, make_closure("norwich", note="n" * 200), **by)
        closures.watch(work, make_watch("wakefield", "norwich"), **by)
        offices.set_hours(work, make_scope(LEEDS), make_hours("Mo-Fr 09:00-12:30,13:30-17:00; Sa 10:00-12:00"), **by)
        offices.say_day(work, date(2026, 12, 4), make_scope(LEEDS), title=f"{LONG} day", is_open=False, **by)
        served = make_scope(districts={"West Yorkshire"})
        accounts.add(work, HANDLE, f"Jobcentres by {LONG}", served, accounts.get(work, "JCPinLeeds").language, **by)
        accounts.pause(work, "JCPinLeeds", reason=f"wrong answers about {LONG}", **by)
        staff.add(work, f"Mair {LONG}", Role.EDITOR, [HANDLE], **by)
        staff.invite(work, PEOPLE[Role.VIEWER], **by)
        for hour, kind in ((8, "office_open"), (13, "individual_case"), (23, "closure_appointment")):
            work.statistics.add(Tally(NOW.date(), hour, HANDLE, kind, "answered", LEEDS, 40 + hour))
    for text in (LONG, f"{LONG} too"):
        waits(store, text)
    with store.unit_of_work() as work:
        handoffs.claim(work, 2, **by)
        canned_replies.put(work, CannedReply(LONG, "{office}: {hours}"), **by)
        keep_misses(work, by)


def keep_misses(work: UnitOfWork, by: dict[str, Any]) -> None:
    """One whose phrase needs a second look, one that is free, one of X, and an accepted phrase."""
    account = {"account": "JCPinLeeds"}
    waiting = keep_miss(work, keep_conversation(work, "miss-1", **account), f"{LONG} [postcode removed] " * 6)
    keep_phrase(work, waiting, f"{{place}} {LONG}")
    keep_miss(work, keep_conversation(work, "miss-2", **account), f"wat bout {LONG}")
    keep_miss(work, keep_conversation(work, "miss-3", channel="x", **account), why=Why.SAID, kinds=[Kind.OFFICE_OPEN])
    accepted = keep_phrase(work, keep_miss(work, keep_conversation(work, "miss-4", **account)), "is the thing {day}")
    phrases.accept(work, accepted.id, from_x=False, **by)


@pytest.fixture(scope="module")
def busy_template(staffed_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a busy day: it is kept once, and copied for each test."""
    file = tmp_path_factory.mktemp("busy") / "jobcentre.db"
    file.write_bytes(staffed_template.read_bytes())
    store = Store(f"sqlite:///{file}")
    keep_much(store)
    store.close()
    return file


@pytest.fixture
def staffed(busy_template: Path, tmp_path: Path) -> Iterator[Store]:
    yield from copied(busy_template, tmp_path)


def look_at(page: Page, path: str = "") -> list[str]:
    """What is in anybody's way on this page, or that one, on a phone and at a desk."""
    if path:
        page.goto(f".{path}")
    expect(heading(page)).to_have_count(1)
    found = [f"{page.url}: less than 44 pixels: {one}" for one in too_small(page, BUTTONS)]
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += [f"{page.url}, {size['width']} pixels: {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{page.url}: {wide} pixels wide on {size['width']}"] if wide > size["width"] else []
    return found


@pytest.mark.parametrize("part", sorted({view.split(".")[0] for view in PAGES}))
def test_nothing_is_in_anybodys_way(member: Member, part: str) -> None:
    page = member(Role.ADMINISTRATOR)
    found = []
    for view in PAGES:
        if view == "imports.preview" and part == "imports":
            hand_in(page, "id,name,status,nation,address,postcode\nx,X,?,wales,1 High Street,CF10 1AA\n")
        if view.split(".")[0] == part:
            found += [wrong for path in PAGES[view] for wrong in look_at(page, path)]
    assert found == []


def test_nothing_is_in_the_way_of_somebody_new(member: Member) -> None:
    page = member(None)
    assert [wrong for paths in NOBODYS.values() for path in paths for wrong in look_at(page, path)] == []


def _no_file(page: Page) -> None:
    page.goto("./imports/offices")
    press(page, "See what would change")
    expect(error_summary(page)).to_contain_text("Choose a file")


def _hours(page: Page) -> None:
    page.goto(f"./hours/new?office={LEEDS}")
    press(page, WHAT_CHANGES)
    expect(heading(page)).to_have_text("What changes")


def _no_hours(page: Page) -> None:
    page.goto("./hours/new")
    page.get_by_label("Different from day to day").check()
    press(page, WHAT_CHANGES)
    expect(error_summary(page)).to_be_visible()


def _day(page: Page) -> None:
    page.goto("./days/new")
    page.get_by_label("Which day?").fill("2026-12-29")
    page.get_by_label("What is it called?").fill("extra closing day")
    page.locator("#where").fill("England")
    press(page, PREVIEW)
    expect(heading(page)).to_have_text("What people will be told")


def _no_day(page: Page) -> None:
    page.goto("./days/new")
    press(page, PREVIEW)
    expect(error_summary(page)).to_be_visible()


def _no_contact(page: Page) -> None:
    page.goto("./contacts/new")
    press(page, "Save")
    expect(error_summary(page)).to_be_visible()


def _no_account(page: Page) -> None:
    page.goto("./accounts/new")
    press(page, "Save")
    expect(error_summary(page)).to_be_visible()


def _bad_office(page: Page) -> None:
    page.goto(f"./offices/{LEEDS}/change")
    page.get_by_label("Postcode").fill("LS1")
    press(page, "Save")
    expect(error_summary(page)).to_be_visible()


def _phrase(page: Page) -> None:
    page.goto("./insights/phrases/of/2")
    page.get_by_label("What did the person want?").select_option("ask_hours")
    page.get_by_label("The phrase").fill("wat bout {place} {day}, is it like tesco")
    press(page, "See what is learnt from it")
    expect(heading(page)).to_have_text("What is learnt from it")


def _no_phrase(page: Page) -> None:
    page.goto("./insights/phrases/of/2")
    press(page, "See what is learnt from it")
    expect(error_summary(page)).to_be_visible()


def _history_search(page: Page) -> None:
    page.goto("./history/")
    page.get_by_text("Search the history").click()


STATES = [_no_file, _hours, _no_hours, _day, _no_day, _no_contact, _no_account, _bad_office, _phrase, _no_phrase]
STATES += [_history_search]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_nothing_is_in_anybodys_way_on_the_way(member: Member, state: Callable[[Page], None]) -> None:
    page = member(Role.ADMINISTRATOR)
    state(page)
    assert look_at(page) == []
