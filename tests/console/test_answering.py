"""How people are answered, in numbers; and the hours and targets that are promised."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.jobcentre.handoff import HandoffReason, Priority
from bot.services import staff, staffing
from bot.store.records import Outcome, Role
from bot.store.unit_of_work import Store
from tests.console.conftest import NOW, PEOPLE
from tests.console.visitor import Visitor

SignedIn = Callable[[Role], Visitor]
MONDAY = date(2026, 11, 16)


def ended(store: Store, number: int, *, minutes: int = 30, weeks: int = 0, account: str = "JCPinLeeds") -> None:
    """So many conversations have ended, each taken after so many minutes."""
    outcome = Outcome(
        day=MONDAY - timedelta(weeks=weeks),
        account=account,
        reason=HandoffReason.ASKED,
        priority=Priority.NORMAL,
        resolution="resolved",
        claim_minutes=minutes,
        reply_minutes=minutes + 5,
        end_minutes=minutes + 90,
        was_late=False,
    )
    with store.unit_of_work() as work:
        for _ in range(number):
            work.outcomes.add(outcome)


# Numbers


def test_waits_are_told_by_week_and_account(editor: Visitor, staffed: Store) -> None:
    ended(staffed, 10, minutes=75)
    ended(staffed, 5, weeks=1, account="JCPinPlymouth")
    page = editor.get("/insights/answering/")
    table = page.soup.select("table")[0].get_text(" ", strip=True)
    assert "16 November 2026 JCPinLeeds 10 1 hour 15 minutes 100% 1 hour 20 minutes 2 hours 45 minutes" in table
    assert "9 November 2026 JCPinPlymouth 5 30 minutes" in table
    assert "Asked for a person 15" in page.main
    assert {drawing["aria-hidden"] for drawing in page.soup.select("svg")} == {"true"}


def test_no_small_numbers_are_told(editor: Visitor, staffed: Store) -> None:
    ended(staffed, 4)
    page = editor.get("/insights/answering/")
    assert "Too few conversations have ended to be shown" in page.main
    rows = list(csv.reader(io.StringIO(editor.raw("GET", "/insights/answering/download").get_data(as_text=True))))
    assert rows[1][:5] == ["2026-11-16", "JCPinLeeds", *["Fewer than 5"] * 3]


@pytest.mark.parametrize(("weeks", "shown"), [("4", 1), ("13", 2), ("52", 3), ("nonsense", 2)])
def test_some_weeks_may_be_looked_at(editor: Visitor, staffed: Store, weeks: str, shown: int) -> None:
    for ago in (0, 10, 40, 60):
        ended(staffed, 5, weeks=ago)
    page = editor.get(f"/insights/answering/?weeks={weeks}")
    assert len(page.soup.select("table")[0].select("tbody tr")) == shown


def test_a_member_of_some_accounts_sees_their_numbers_alone(staffed: Store, signed_in: SignedIn) -> None:
    ended(staffed, 10)
    ended(staffed, 20, account="JCPinPlymouth")
    with staffed.unit_of_work() as work:
        staff.change(work, PEOPLE[Role.VIEWER], Role.VIEWER, ["JCPinPlymouth"], True, by="test", at=NOW)
    page = signed_in(Role.VIEWER).get("/insights/answering/?account=JCPinLeeds")
    assert "JCPinPlymouth" in page.main
    assert "JCPinLeeds" not in page.main


# Hours and targets


def test_hours_and_targets_of_an_account_are_its_own(administrator: Visitor, staffed: Store) -> None:
    page = administrator.get(administrator.get("/inbox/settings/").link("JCPinLeeds"))
    given = {"friday": "9am to 4pm", "urgent_minutes": "10", "night_contact": "night@example.org"}
    page = administrator.press(page, "Save", given)
    assert "Monday to Thursday 9am to 5pm; Friday 9am to 4pm" in page.main
    with staffed.unit_of_work(write=False) as work:
        held = staffing.get(work, "JCPinLeeds")
        assert (held.urgent_minutes, held.normal_minutes, held.night_contact) == (10, 120, "night@example.org")
        assert staffing.get(work, "JCPinPlymouth").urgent_minutes == 5
        assert [event.by for event in work.audit.find(subject_type="staffing")] == [PEOPLE[Role.ADMINISTRATOR]]
    page = administrator.press(
        administrator.get("/inbox/settings/JCPinLeeds"), "Use the settings for all accounts again"
    )
    assert "Friday 9am to 4pm" not in page.main


def test_who_is_told_at_night_is_missed_until_somebody_is_named(administrator: Visitor) -> None:
    page = administrator.get("/inbox/settings/")
    assert "Nobody is told at night of people in danger" in page.main
    page = administrator.press(administrator.get(page.link("All accounts")), "Save", {"night_contact": "a@example.org"})
    assert "Nobody is told at night" not in page.main


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("monday", "when it suits", ""),
        ("urgent_minutes", "soon", "number"),
        ("urgent_minutes", "0", "Urgent minutes"),
        ("night_contact", "ann", "not an email address"),
    ],
    ids=["hours", "words", "nought", "address"],
)
def test_what_cannot_be_is_told_beside_its_field(
    administrator: Visitor, staffed: Store, field: str, typed: str, told: str
) -> None:
    page = administrator.press(administrator.get("/inbox/settings/all"), "Save", {field: typed}, 400)
    link = page.soup.select_one(f'.govuk-error-summary__list a[href="#{field}"]')
    assert link
    assert told in link.get_text()
    with staffed.unit_of_work(write=False) as work:
        assert staffing.get(work).urgent_minutes == 5


def test_who_was_slower_is_told_what_the_other_did(administrator: Visitor, staffed: Store) -> None:
    page = administrator.get("/inbox/settings/all")
    administrator.press(administrator.get("/inbox/settings/all"), "Save", {"normal_minutes": "60"})
    page = administrator.press(page, "Save", {"normal_minutes": "90"}, 409)
    assert f"{PEOPLE[Role.ADMINISTRATOR]} changed them" in page.main
    administrator.press(page, "Save")
    with staffed.unit_of_work(write=False) as work:
        assert staffing.get(work).normal_minutes == 90
