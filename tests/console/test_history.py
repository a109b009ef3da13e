"""The history: plain sentences of every change, searched, turned over and taken away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.console.changes import Teller
from bot.console.pages import history as page_module
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Period
from bot.jobcentre.conversation import Language
from bot.jobcentre.hours import Certainty
from bot.jobcentre.office import Nation
from bot.services import accounts, closures, contacts, files, handoffs, history, offices, places, retention, staff
from bot.services.files import harmless
from bot.services.history import Wanted
from bot.store.records import Role
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    HOUR,
    keep_conversation,
    make_closure,
    make_hours,
    make_scope,
    make_watch,
)
from tests.console.conftest import NOW, PEOPLE, Clock
from tests.console.visitor import Visitor

NOON = datetime(2026, 11, 20, 12, tzinfo=LONDON)
SignedIn = Callable[[Role], Visitor]


def publish(work: UnitOfWork, *named: str, **fields: Any) -> Closure:
    defaults = {"cause": Cause.WEATHER, "period": Period(NOW, NOON)}
    return closures.publish(work, make_closure(*named, **{**defaults, **fields}), by="Ann", at=NOW)


def amend(work: UnitOfWork, held: Closure, at: datetime = NOW + HOUR, **fields: Any) -> None:
    changed = {**{name: getattr(held, name) for name in held.__dataclass_fields__}, **fields}
    closures.amend(work, held.id, Closure(**changed), by="Ann", at=at)


def told(store: Store) -> list[str]:
    """The latest stroke first."""
    with store.unit_of_work(write=False) as work:
        teller = Teller(work.offices.find_all())
        return [teller.tell(change) for change in history.find(work, Wanted()).found]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({}, "Ann closed Wakefield until midday because of bad weather", id="until a time of the day"),
        pytest.param(
            {"period": Period(NOW, datetime(2026, 11, 21, tzinfo=LONDON)), "cause": Cause.OTHER},
            "Ann closed Wakefield for the rest of the day",
            id="the rest of the day, without a cause",
        ),
        pytest.param(
            {"period": Period(datetime(2026, 11, 23, tzinfo=LONDON), datetime(2026, 11, 25, tzinfo=LONDON))},
            "Ann closed Wakefield from Monday 23 November until the end of Tuesday 24 November because of bad weather",
            id="whole days to come",
        ),
        pytest.param(
            {"period": Period(NOW), "review_by": NOON, "effect": Effect.APPOINTMENTS_ONLY, "cause": Cause.POWER},
            "Ann kept Wakefield for appointments only until further notice because of a power cut",
            id="until further notice",
        ),
        pytest.param(
            {"effect": Effect.LATE_OPENING, "opens_at": 11 * 60},
            "Ann had Wakefield open late at 11am until midday because of bad weather",
            id="late",
        ),
        pytest.param(
            {"effect": Effect.MOVED, "moved_to": "norwich"},
            "Ann sent people of Wakefield to Norwich until midday because of bad weather",
            id="moved",
        ),
        pytest.param(
            {"period": Period(NOW - 3 * HOUR, NOW - HOUR)},
            "Ann closed Wakefield from 4:30am until 6:30am because of bad weather, and recorded it afterwards",
            id="told afterwards",
        ),
    ],
)
def test_a_closure_is_told_in_one_sentence(staffed: Store, fields: dict[str, Any], says: str) -> None:
    with staffed.unit_of_work() as work:
        publish(work, "wakefield", **fields)
    assert told(staffed)[0] == says


def test_many_offices_are_counted_and_their_area_named(staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        scope = make_scope(districts={"West Yorkshire"}, excluding={"wakefield"})
        publish(work, scope=scope)
        publish(work, scope=make_scope(accounts={"JCPinManchester"}))
        publish(work, scope=make_scope(nations={Nation.SCOTLAND}))
    assert [line.split(" until")[0] for line in told(staffed)[:3]] == [
        "Ann closed 7 offices in Scotland",
        "Ann closed 4 offices in the area of JCPinManchester",
        "Ann closed 7 offices in West Yorkshire, but not Wakefield",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(
            lambda work, held: amend(work, held, scope=make_scope("wakefield")),
            "Ann changed “closed for Norwich and Wakefield”: reopened Norwich",
            id="an office is taken out",
        ),
        pytest.param(
            lambda work, held: amend(work, held, period=Period(NOW, datetime(2026, 11, 20, 15, tzinfo=LONDON))),
            "Ann changed “closed for Norwich and Wakefield”: now until 3pm",
            id="extended",
        ),
        pytest.param(
            lambda work, held: amend(work, held, period=Period(NOW, NOW + HOUR)),
            "Ann ended “closed for Norwich and Wakefield”",
            id="ended",
        ),
        pytest.param(
            lambda work, held: closures.withdraw(work, held.id, by="Ann", at=NOW + HOUR, reason="wrong town"),
            "Ann withdrew “closed for Norwich and Wakefield”: wrong town",
            id="withdrawn, with the reason",
        ),
        pytest.param(
            lambda work, held: closures.undo(work, held.id, by="Bob", at=NOW + HOUR, expected_version=1),
            "Bob took back the last change to “closed for Norwich and Wakefield”: it is withdrawn",
            id="undone",
        ),
    ],
)
def test_a_change_says_what_changed(staffed: Store, change: Callable[[UnitOfWork, Closure], object], says: str) -> None:
    with staffed.unit_of_work() as work:
        change(work, publish(work, "wakefield", "norwich"))
    assert told(staffed)[0] == says


def _hours(work: UnitOfWork) -> None:
    hours = make_hours("Mo-Th 09:00-17:00; Fr 10:00-12:30,13:30-16:00", certainty=Certainty.USUAL)
    offices.set_hours(work, make_scope(nations={Nation.WALES}), hours, by="Ann", at=NOW)


def _handoff(work: UnitOfWork) -> None:
    from bot.jobcentre.handoff import HandoffReason

    opened = work.handoffs.open_one(keep_conversation(work).id, HandoffReason.ASKED, at=NOW)
    handoffs.claim(work, opened.id, by="Ann", at=NOW)


def _pause(work: UnitOfWork) -> None:
    accounts.pause(work, None, by="Ann", at=NOW, reason="wrong answers")


def _contacts(work: UnitOfWork) -> None:
    contacts.import_contacts(work, CONTACT.encode(), "contacts.csv", by="Ann", at=NOW)


CONTACT = """id,topic_id,topic,nation,channel,value,say,hours,hours_say,language
uc,universal_credit,Universal Credit,england,phone,0800 328 5644,say,,none,en
"""


@pytest.mark.parametrize(
    ("do", "says"),
    [
        pytest.param(
            lambda work: closures.watch(work, make_watch("wakefield", period=Period(NOW, NOON)), by="Ann", at=NOW),
            "Ann started to watch Wakefield until midday because of bad weather",
            id="a watch",
        ),
        pytest.param(
            _hours,
            "Ann said that 9 offices keep these usual hours: "
            "Monday to Thursday 9am to 5pm, Friday 10am to 12:30pm and 1:30pm to 4pm",
            id="hours of many",
        ),
        pytest.param(
            lambda work: offices.say_day(
                work,
                date(2026, 11, 30),
                make_scope(nations={Nation.SCOTLAND}),
                title="St Andrew’s Day",
                is_open=False,
                by="Ann",
                at=NOW,
            ),
            "Ann said that 7 offices in Scotland are closed on Monday 30 November 2026: St Andrew’s Day",
            id="a day",
        ),
        pytest.param(
            lambda work: offices.confirm(work, ["norwich"], by="Ann", at=NOW),
            "Ann checked what we hold of Norwich",
            id="an office is confirmed",
        ),
        pytest.param(
            _pause,
            "Ann paused the assistant on 5 accounts: wrong answers",
            id="a pause",
        ),
        pytest.param(
            lambda work: accounts.add(
                work, "JCPinHull", "Jobcentre in Hull", make_scope("wakefield"), Language.ENGLISH, by="Ann", at=NOW
            ),
            "Ann added the account JCPinHull: it serves Wakefield",
            id="an account",
        ),
        pytest.param(_handoff, "Ann took conversation 1 over from the assistant", id="a handoff"),
        pytest.param(
            lambda work: staff.change(work, PEOPLE[Role.VIEWER], Role.EDITOR, ["JCPinLeeds"], True, by="Ann", at=NOW),
            "Ann made Viewer Ann an editor of JCPinLeeds",
            id="a role",
        ),
        pytest.param(
            lambda work: retention.purge(work, by="Ann", at=NOW),
            "Ann erased 0 messages older than 30 days",
            id="a purge",
        ),
        pytest.param(
            lambda work: places.import_places(
                work, b"name,nation,population,lat,lon\nOtley,england,14000,53.9,-1.7\n", "p.csv", by="Ann", at=NOW
            ),
            "Ann imported one town or village",
            id="places",
        ),
    ],
)
def test_every_subject_has_its_sentence(staffed: Store, do: Callable[[UnitOfWork], object], says: str) -> None:
    with staffed.unit_of_work() as work:
        do(work)
    assert told(staffed)[0] == says


def test_an_import_is_one_line_that_says_what_was_done(staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        _contacts(work)
    first, second = told(staffed)[:2]
    assert first.startswith("Ann ")
    assert "added the contact Universal Credit (phone)" in first
    assert re.search(r"removed \d+ contacts", first)
    assert not second.startswith("Ann ")


def test_nothing_held_is_told_without_words(staffed: Store) -> None:
    """Everything that the sample and its people left in the history has a sentence of its own."""
    lines = told(staffed)
    assert len(lines) > 10
    assert not [line for line in lines if "_" in line or "{" in line or "None" in line]


# The page


def test_the_latest_is_on_top_with_its_time_and_its_page(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        kept = publish(work, "wakefield")
    page = editor.get("/history/")
    first = page.soup.select_one(".console-history__one")
    assert first
    assert " ".join(first.get_text(" ", strip=True).split()) == (
        f"7:30am Ann closed Wakefield until midday because of bad weather. {kept.id}"
    )
    assert editor.get(page.link(kept.id)).heading == "Closed: bad weather"


def test_what_was_changed_is_one_tap_away(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        offices.confirm(work, ["norwich"], by="Ann", at=NOW)
        hours = make_hours("Mo-Fr 10:00-16:00")
        offices.set_hours(work, make_scope("wakefield", "norwich"), hours, by="Ann", at=NOW + HOUR)
    page = editor.get("/history/?who=Ann&about=offices")
    assert editor.get(page.link("Norwich")).heading == "Norwich"
    assert len(page.soup.select(".console-history__told a")) == 1, "two offices have no one page"


@pytest.mark.parametrize(
    ("search", "shown"),
    [
        pytest.param({"who": "bo"}, ["Norwich"], id="part of a name"),
        pytest.param({"office": "Wakefield"}, ["Wakefield", "7 offices"], id="an office, by name or among others"),
        pytest.param({"about": "contacts"}, [], id="a subject"),
        pytest.param({"first": "2026-11-22"}, ["Norwich", "7 offices"], id="from a day"),
        pytest.param({"last": "2026-11-21", "about": "closures"}, ["Wakefield"], id="to a day"),
    ],
)
def test_the_history_is_searched(editor: Visitor, staffed: Store, search: dict[str, str], shown: list[str]) -> None:
    with staffed.unit_of_work() as work:
        publish(work, "wakefield")
        later = NOW + timedelta(days=2)
        period = Period(later, later + HOUR)
        closures.publish(work, make_closure("norwich", period=period), by="Bob", at=later)
        scope = make_scope(districts={"West Yorkshire"}, excluding={"dewsbury"})
        closures.publish(work, make_closure(scope=scope, period=period), by="Ann", at=later)
    page = editor.press(editor.get("/history/"), "Search", search)
    lines = [item.get_text(" ") for item in page.soup.select(".console-history__told")]
    for name in ("Wakefield", "Norwich", "7 offices"):
        assert any(f"closed {name}" in line for line in lines) is (name in shown), name


def test_what_cannot_be_searched_for_is_said(editor: Visitor) -> None:
    query = "/history/?office=Atlantis&first=yesterday&last=2026-13-01"
    page = editor.get(query, status=400)
    assert page.errors == [
        "There is no office called Atlantis",
        "Enter a date like 2026-11-20",
        "Enter a date like 2026-11-20",
    ]


def test_long_histories_are_turned_over(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        for _ in range(60):
            offices.confirm(work, ["norwich"], by="Ann", at=NOW)
            offices.confirm(work, ["wakefield"], by="Ann", at=NOW + HOUR)
    page = editor.get("/history/?who=Ann&about=offices")
    seen = len(page.soup.select(".console-history__one"))
    older = editor.get(page.link("Older changes"))
    seen += len(older.soup.select(".console-history__one"))
    last = editor.get(older.link("Older changes"))
    seen += len(last.soup.select(".console-history__one"))
    assert seen == 120
    assert not [a for a in last.soup.find_all("a") if a.get_text(strip=True) == "Older changes"]


@pytest.mark.parametrize(
    ("role", "about"),
    [
        pytest.param(Role.EDITOR, "people", id="who may sign in is for administrators"),
        pytest.param(Role.VIEWER, "conversations", id="conversations are for advisers"),
    ],
)
def test_not_everybody_reads_everything(signed_in: SignedIn, staffed: Store, role: Role, about: str) -> None:
    with staffed.unit_of_work() as work:
        _handoff(work)
    visitor = signed_in(role)
    subjects = page_module.ABOUT[about][1]
    assert "Nothing fits" in visitor.get(f"/history/?about={about}").main
    exported = visitor.raw("GET", "/history/export").get_data(as_text=True)
    assert not [row for row in csv.reader(io.StringIO(exported)) if row[4] in subjects]
    assert "Nothing fits" not in signed_in(Role.ADMINISTRATOR).get(f"/history/?about={about}").main


def test_who_signed_in_is_told_to_whoever_looks_for_it(administrator: Visitor) -> None:
    assert "signed in" not in administrator.get("/history/").main
    assert "Administrator Ann signed in" in administrator.get("/history/?about=people").main


def test_a_clock_that_was_set_is_marked(editor: Visitor, staffed: Store, clock: Clock) -> None:
    practising = Store(str(staffed.engine.url), clock_is_fixed=True)
    with practising.unit_of_work() as work:
        publish(work, "wakefield")
        publish(work, "norwich")
        offices.confirm(work, ["norwich"], by="Ann", at=NOW)
        offices.confirm(work, ["norwich"], by="Ann", at=NOW)
    practising.close()
    page = editor.get("/history/?who=Ann&about=closures")
    assert page.main.count("Practice clock") == 2
    assert editor.get("/history/?who=Ann&about=offices").main.count("Practice clock") == 2


def test_the_history_is_taken_away_and_no_formula_with_it(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        kept = closures.publish(work, make_closure("wakefield"), by="=cmd|' /C calc'!A0", at=NOW)
        closures.withdraw(work, kept.id, by="@SUM(1+1)", at=NOW, reason="-1+1")
    response = editor.raw("GET", "/history/export?about=closures")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert rows[0][:4] == ["When (London)", "When (UTC)", "Who", "What happened"]
    assert rows[1][:3] == ["2026-11-20 07:30:00", "2026-11-20T07:30:00Z", "'@SUM(1+1)"]
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_long_history_is_sent_part_by_part_and_nothing_twice(
    editor: Visitor, staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staffed.unit_of_work() as work:
        for number in range(7):
            work.audit.add(by=f"Person {number}", action="add", subject_type="contact", subject_id="x", at=NOW)
    whole = editor.raw("GET", "/history/export").get_data()
    monkeypatch.setattr(page_module, "PART", 2)
    monkeypatch.setattr(files, "ROWS_OF_A_PART", 1)
    response = editor.raw("GET", "/history/export")
    parts = iter(response.response)
    begun = [next(parts) for _ in range(3)]
    with staffed.unit_of_work() as work:
        work.audit.add(by="Somebody later", action="add", subject_type="contact", subject_id="x", at=NOW)
    assert b"".join([*begun, *parts]) == whole
    assert whole.count(b"Person") >= 7


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-1", "@x", "\t=1", "\r=1", "  =1"], ids=repr)
def test_a_cell_that_could_run_becomes_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Leeds", "", 5, -5, None, "9am to 5pm"], ids=repr)
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell
