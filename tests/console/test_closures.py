"""Closures through the pages, as staff publish and mend them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.jobcentre.closure import Cause, Closure, Effect
from bot.store.unit_of_work import Store
from tests.builders import keep_past_closures, make_scope
from tests.console.conftest import Clock
from tests.console.visitor import Page, Visitor

PREVIEW = "See what people will be told"
LEEDS = {"where": "Jobcentre in Leeds (JCPinLeeds)"}


def publish(editor: Visitor, values: Mapping[str, Any], start: str = "/closures/new") -> Page:
    page = editor.press(editor.get(start), PREVIEW, values)
    assert page.heading == "What people will be told", page.errors
    return editor.press(page, "Publish")


def held(store: Store, closure_id: str = "C1") -> Closure:
    with store.unit_of_work(write=False) as work:
        return work.closures.get(closure_id)


def test_leeds_is_closed_until_noon_because_of_snow(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/closures/new?like=snow"), PREVIEW, {**LEEDS, "ends": "midday"})
    assert "closed" in page.main
    assert "ar gau" in page.main
    assert "because of the weather" in page.main
    assert "Check again before you travel." in page.main
    page = editor.press(page, "Publish")
    assert page.heading == "Closed: bad weather"
    closure = held(staffed)
    assert closure.effect is Effect.CLOSED
    assert closure.scope.accounts == {"JCPinLeeds"}
    assert closure.period.end is not None
    assert closure.period.end.isoformat() == "2026-11-20T12:00:00+00:00"


def test_nothing_is_published_by_looking(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/closures/new"), PREVIEW, LEEDS)
    page = editor.press(page, "Go back and change it")
    assert page.heading == "New closure"
    assert [box["value"] for box in page.soup.select("input[name=areas][checked]")] == [LEEDS["where"]]
    with staffed.unit_of_work(write=False) as work:
        assert work.closures.find() == []


def test_an_office_unticked_in_the_preview_is_left_out(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/closures/new"), PREVIEW, LEEDS)
    ticked = [str(box["value"]) for box in page.soup.select("input[name=ticked]")]
    page = editor.press(page, "Publish", {"ticked": ticked[1:]})
    assert held(staffed).scope.excluding == {ticked[0]}


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"where": ""}, "where", "Enter at least one office"),
        ({"where": "Leeds Park Plaice"}, "where", "did you mean Leeds Park Place"),
        ({"effect": "late_opening"}, "opens", "Enter this too"),
        ({"effect": "late_opening", "opens": "noonish"}, "opens", "is not a time of day"),
        ({"effect": "reduced_hours", "hours": "12:00-10:00"}, "hours", "12:00-10:00"),
        ({"effect": "moved", "moved_to": "Mars"}, "moved_to", "no office Mars"),
        ({"ends": "other"}, "end_day", "Enter a date"),
        ({"ends": "other", "end_day": "2026-02-31"}, "end_day", "2026-02-31"),
        ({"ends": "other", "end_day": "2026-11-19"}, "ends", "cannot end"),
        ({"message": "<b>Closed</b>"}, "message", "markup"),
        ({"message_cy": "Ffoniwch Ann ar 07700 900123"}, "message_cy", "personal data"),
        ({"message": "x" * 281}, "message", "280"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    editor: Visitor, staffed: Store, values: dict[str, str], field: str, told: str
) -> None:
    page = editor.press(editor.get("/closures/new"), PREVIEW, {**LEEDS, "note": "kept", **values}, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    assert page.soup.find("textarea", {"name": "note"}).get_text().strip() == "kept"  # type: ignore[union-attr]
    with staffed.unit_of_work(write=False) as work:
        assert work.closures.find() == []


def test_four_of_eleven_are_reopened(editor: Visitor, staffed: Store) -> None:
    publish(editor, {"where": "England"})
    page = editor.get("/closures/C1/reopen")
    some = [str(box["value"]) for box in page.soup.select("input[name=office]")][:4]
    page = editor.press(page, "Reopen them", {"office": some})
    assert "open as usual again" in page.main
    assert held(staffed).scope.excluding == set(some)


def test_a_reopened_office_is_confirmed_for_its_watch(editor: Visitor, staffed: Store) -> None:
    page = editor.get("/watches/new")
    editor.press(page, "Start watching", {"where": "Leeds Park Place\nLeeds Southern House"})
    publish(editor, {"where": "Leeds Park Place\nLeeds Southern House"})
    page = editor.press(editor.get("/closures/C2/reopen"), "Reopen them", {"office": ["leeds-park-place"]})
    assert "Leeds Park Place: open as usual again" in page.main
    with staffed.unit_of_work(write=False) as work:
        assert list(work.closures.get_watch("W1").confirmed) == ["leeds-park-place"]


def test_what_still_decides_is_told_when_a_closure_ends(editor: Visitor, staffed: Store) -> None:
    page = editor.get("/watches/new")
    editor.press(page, "Start watching", {"where": "Leeds Park Place"})
    publish(editor, LEEDS)
    page = editor.press(editor.get("/closures/C2"), "End it now")
    assert "not all as usual yet, see W1" in page.main


def test_the_last_change_is_undone_one_after_the_other(editor: Visitor, staffed: Store, clock: Clock) -> None:
    publish(editor, LEEDS)
    page = editor.press(editor.get("/closures/C1/amend"), PREVIEW, {"effect": "urgent_only"})
    editor.press(page, "Publish")
    assert held(staffed).effect is Effect.URGENT_ONLY
    editor.press(editor.get("/closures/C1"), "Undo the last change")
    assert held(staffed).effect is Effect.CLOSED
    page = editor.press(editor.get("/closures/C1/withdraw"), "Withdraw", {"reason": "wrong office"})
    assert held(staffed).withdrawn_at is not None
    editor.press(page, "Undo the last change")
    assert held(staffed).withdrawn_at is None


def test_a_withdrawal_needs_a_reason(editor: Visitor, staffed: Store) -> None:
    publish(editor, LEEDS)
    page = editor.press(editor.get("/closures/C1/withdraw"), "Withdraw", {"reason": " "})
    assert page.errors == ["Say why: it stands in the history"]
    assert held(staffed).withdrawn_at is None


def test_both_versions_are_shown_where_somebody_was_quicker(
    editor: Visitor, administrator: Visitor, staffed: Store
) -> None:
    publish(editor, LEEDS)
    mine = editor.get("/closures/C1/amend")
    theirs = administrator.press(administrator.get("/closures/C1/amend"), PREVIEW, {"effect": "phone_only"}, status=400)
    assert theirs.errors, "phone only needs a number that may be said"
    theirs = administrator.press(administrator.get("/closures/C1/amend"), PREVIEW, {"effect": "urgent_only"})
    administrator.press(theirs, "Publish")
    page = editor.press(mine, PREVIEW, {"effect": "appointments_only"}, status=409)
    assert "Urgent help only" in page.main
    assert "Appointments only" in page.main
    page = editor.press(page, "Use mine instead")
    editor.press(page, "Publish")
    assert held(staffed).effect is Effect.APPOINTMENTS_ONLY
    assert held(staffed).version == 3


def test_ending_it_now_leaves_what_was_true(editor: Visitor, staffed: Store, clock: Clock) -> None:
    publish(editor, LEEDS)
    clock.now = clock.now.replace(hour=8, minute=15)
    editor.press(editor.get("/closures/C1"), "End it now")
    assert held(staffed).period.end == clock.now


def test_an_old_page_changes_nothing(editor: Visitor, administrator: Visitor, staffed: Store) -> None:
    publish(editor, LEEDS)
    old = editor.get("/closures/C1")
    administrator.press(administrator.get("/closures/C1/withdraw"), "Withdraw", {"reason": "wrong office"})
    assert "somebody else" in editor.press(old, "End it now", status=409).main


def test_a_watch_is_confirmed_office_by_office(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/watches/new"), "Start watching", LEEDS)
    assert page.heading == "Being watched: bad weather"
    buttons = [b for b in page.soup.find_all("button") if "Open as usual" in b.get_text()]
    first = buttons[0].get_text(" ", strip=True)
    page = editor.press(page, " ".join(first.split()))
    assert "Open, said 7:30am today" in page.main
    with staffed.unit_of_work(write=False) as work:
        assert len(work.closures.get_watch("W2" if "W2" in page.main else "W1").confirmed) == 1


def test_what_staff_wrote_is_shown_as_text(editor: Visitor) -> None:
    page = publish(editor, {**LEEDS, "note": "<script>alert(1)</script>"})
    assert "<script>alert(1)</script>" in page.main
    assert not page.soup.find("script", string="alert(1)")


def test_past_closures_come_a_page_at_a_time_the_last_to_end_first(
    editor: Visitor, staffed: Store, clock: Clock
) -> None:
    with staffed.unit_of_work() as work:
        keep_past_closures(work, 60, make_scope("wakefield"))
    publish(editor, {"where": "Caernarfon"})
    editor.press(editor.get("/closures/C61/withdraw"), "Withdraw", {"reason": "wrong office"})
    clock.now += timedelta(minutes=1)
    page = editor.get("/closures/?past=yes")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    assert len(rows) == 50
    assert "Caernarfon" in rows[0]
    assert "Withdrawn" in rows[0]
    assert "page 1 of 2" in page.main
    assert len(editor.get("/closures/?past=yes&page=2").soup.select("tbody tr")) == 11
    assert "There are none" in editor.get("/closures/").main


def test_what_is_left_of_a_watch_is_closed_with_one_form(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/watches/new"), "Start watching", {**LEEDS, "cause": "weather"})
    ids = [str(field["value"]) for field in page.soup.select("input[name=office]")]
    button = next(
        text for b in page.soup.find_all("button") if "Open as usual" in (text := b.get_text(" ", strip=True))
    )
    page = editor.press(page, button)
    assert "Close one office not known" in page.main
    page = editor.press(editor.get("/closures/new?watch=W1"), PREVIEW)
    editor.press(page, "Publish")
    closure = held(staffed, "C2")
    assert closure.scope.excluding == {ids[0]}
    assert closure.cause is Cause.WEATHER
    assert closure.message_cy, "the words of the template for snow"
    assert "not known" not in editor.get("/watches/W1").main
