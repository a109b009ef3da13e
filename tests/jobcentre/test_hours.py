"""Weekly hours: what can be written, what is refused, and which hours hold on a day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import (
    Certainty,
    OpeningHours,
    TimeSpan,
    clock_text,
    hours_on,
    joined,
    parse_spans,
)
from tests.jobcentre.facts import hours

MONDAY, WEDNESDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (16, 18, 21, 22))


@pytest.mark.parametrize(
    ("text", "day", "spans"),
    [
        pytest.param("Mo-Fr 09:00-17:00", MONDAY, "09:00-17:00", id="first of a range"),
        pytest.param("Mo-Fr 09:00-17:00", date(2026, 11, 20), "09:00-17:00", id="last of a range"),
        pytest.param("Mo-Fr 09:00-17:00", SATURDAY, "off", id="a day not named is closed"),
        pytest.param("Mo-Fr 09:00-17:00; We 10:00-17:00", WEDNESDAY, "10:00-17:00", id="a later rule replaces"),
        pytest.param("We 10:00-17:00; Mo-Fr 09:00-17:00", WEDNESDAY, "09:00-17:00", id="the last rule wins"),
        pytest.param("Mo-Fr 09:00-17:00; We off", WEDNESDAY, "off", id="off closes a day"),
        pytest.param("Mo-Fr 09:00-17:00; We closed", WEDNESDAY, "off", id="closed is off"),
        pytest.param("Mo-Fr 09:00-12:30,13:30-17:00", MONDAY, "09:00-12:30,13:30-17:00", id="lunch"),
        pytest.param("Mo-Fr 13:30-17:00, 09:00-12:30", MONDAY, "09:00-12:30,13:30-17:00", id="spans in any order"),
        pytest.param("Mo-Fr 09:00-13:00,13:00-17:00", MONDAY, "09:00-17:00", id="touching spans join"),
        pytest.param("Mo,We 09:00-10:00", WEDNESDAY, "09:00-10:00", id="a list of days"),
        pytest.param("Mo,We 09:00-10:00", date(2026, 11, 17), "off", id="between the listed days"),
        pytest.param("Sa-Mo 09:00-10:00", SUNDAY, "09:00-10:00", id="a range round the weekend"),
        pytest.param("Sa-Mo 09:00-10:00", WEDNESDAY, "off", id="outside a range round the weekend"),
        pytest.param("09:00-17:00", SUNDAY, "09:00-17:00", id="no days is every day"),
        pytest.param("mo-FR 9:00-17:00", MONDAY, "09:00-17:00", id="any case, one figure for the hour"),
        pytest.param("Mo-Su 00:00-24:00", SUNDAY, "00:00-24:00", id="the whole day"),
        pytest.param("Mo 23:59-24:00", MONDAY, "23:59-24:00", id="the last minute"),
        pytest.param(" ; Mo 09:00-17:00 ;", MONDAY, "09:00-17:00", id="empty rules are nothing"),
    ],
)
def test_reads_the_spans_of_a_day(text: str, day: date, spans: str) -> None:
    assert OpeningHours.parse(text).on(day) == parse_spans(spans)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mo-Fr 09:00-17:00; We 10:00-17:00", "Mo-Tu 09:00-17:00; We 10:00-17:00; Th-Fr 09:00-17:00"),
        ("Fr 10:00-12:00", "Fr 10:00-12:00"),
        ("Mo-Su off", "Mo-Su off"),
        ("Mo,Tu,We,Th,Fr,Sa,Su 00:00-24:00", "Mo-Su 00:00-24:00"),
        ("Su-Mo 09:00-10:00", "Mo 09:00-10:00; Su 09:00-10:00"),
    ],
)
def test_writes_the_shortest_text(text: str, written: str) -> None:
    assert str(OpeningHours.parse(text)) == written
    assert OpeningHours.parse(written) == OpeningHours.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" ; ", id="no rule"),
        pytest.param("Mo-Fr", id="no time"),
        pytest.param("Mo-Fr 9-5", id="no minutes"),
        pytest.param("Mo-Fr 17:00-09:00", id="ends before it starts"),
        pytest.param("Mo-Fr 09:00-09:00", id="no length"),
        pytest.param("Mo-Fr 22:00-24:01", id="past midnight"),
        pytest.param("Mo-Fr 09:00-17:60", id="no such minute"),
        pytest.param("Mo-Fr 25:00-26:00", id="no such hour"),
        pytest.param("Mo-Fr 09:00-17:00,", id="a span missing"),
        pytest.param("Mon-Fri 09:00-17:00", id="English days"),
        pytest.param("PH off", id="holidays are not weekdays"),
        pytest.param("24/7", id="not our OSM"),
        pytest.param('Mo-Fr 09:00-17:00 || "by appointment"', id="a fallback rule"),
    ],
)
def test_refuses_what_is_not_hours(text: str) -> None:
    with pytest.raises(BadInput):
        OpeningHours.parse(text)


@pytest.mark.parametrize(
    ("opens", "closes"), [(-1, 60), (60, 60), (61, 60), (0, 1441), (1440, 1441)], ids=lambda minute: str(minute)
)
def test_a_span_stays_within_its_day(opens: int, closes: int) -> None:
    with pytest.raises(BadInput):
        TimeSpan(opens, closes)


@pytest.mark.parametrize(("minutes", "text"), [(0, "00:00"), (9 * 60 + 5, "09:05"), (1439, "23:59"), (1440, "24:00")])
def test_minutes_as_a_clock(minutes: int, text: str) -> None:
    assert clock_text(minutes) == text


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(1, 5), (5, 9)], [(1, 9)], id="touching"),
        pytest.param([(1, 5), (6, 9)], [(1, 5), (6, 9)], id="a minute between"),
        pytest.param([(3, 4), (1, 9)], [(1, 9)], id="one inside another"),
        pytest.param([(5, 9), (1, 6)], [(1, 9)], id="overlapping, out of order"),
    ],
)
def test_joined_spans(spans: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert joined(TimeSpan(*span) for span in spans) == tuple(TimeSpan(*span) for span in expected)


OLD = hours("Mo-Fr 09:00-17:00", None, "2026-11-17")
NEW = hours("Mo-Fr 10:00-16:00", "2026-11-18")
CHRISTMAS = hours("Mo-Fr 09:00-12:00", "2026-12-21", "2026-12-24")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 11, 17), OLD, id="last day of the old"),
        pytest.param(date(2026, 11, 18), NEW, id="first day of the new"),
        pytest.param(date(2026, 12, 20), NEW, id="day before a season"),
        pytest.param(date(2026, 12, 21), CHRISTMAS, id="first day of a season, of two the later start"),
        pytest.param(date(2026, 12, 24), CHRISTMAS, id="last day of a season"),
        pytest.param(date(2026, 12, 25), NEW, id="day after a season"),
    ],
)
@pytest.mark.parametrize("history", [(OLD, NEW, CHRISTMAS), (CHRISTMAS, NEW, OLD)], ids=["in order", "reversed"])
def test_the_hours_that_hold_on_a_day(day: date, expected: OpeningHours, history: tuple[OpeningHours, ...]) -> None:
    assert hours_on(history, day) == expected


def test_no_hours_hold_before_the_first_or_after_the_last() -> None:
    assert hours_on((CHRISTMAS,), date(2026, 12, 20)) is None
    assert hours_on((CHRISTMAS,), date(2026, 12, 25)) is None
    assert hours_on((), MONDAY) is None


def test_hours_hold_on_one_day_but_never_end_before_they_start() -> None:
    assert hours("Mo 09:00-17:00", "2026-11-16", "2026-11-16").is_valid_on(MONDAY)
    with pytest.raises(BadInput):
        hours("Mo 09:00-17:00", "2026-11-16", "2026-11-15")


def test_hours_need_seven_weekdays() -> None:
    with pytest.raises(BadInput):
        OpeningHours(((),) * 6)


def test_hours_are_usual_until_somebody_confirms_them() -> None:
    assert OpeningHours.parse("Mo 09:00-17:00").certainty is Certainty.USUAL
    assert OpeningHours.parse("Mo 09:00-17:00", Certainty.CONFIRMED).certainty is Certainty.CONFIRMED
