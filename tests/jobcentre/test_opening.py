"""Is it open: the edges of every rule, one second before and at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from typing import Any

import pytest

from bot.jobcentre.closure import Effect, Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import Certainty, OpeningHours, TimeSpan, parse_spans, spans_text
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.opening import (
    OfficeFacts,
    OpeningState,
    Reason,
    next_opening,
    opening_at,
    opening_on,
)
from tests.jobcentre.facts import (
    ALWAYS,
    BELFAST,
    CARDIFF,
    EVERYWHERE,
    GLASGOW,
    LEEDS,
    LONG_AGO,
    LUNCH,
    NINE_TO_FIVE,
    ONLY_LEEDS,
    SEVEN_DAYS,
    SIX_DAYS,
    THURSDAYS,
    closure,
    facts,
    hours,
    london,
    staff_day,
    utc,
    watch,
)

OPEN, CLOSED, LIMITED, UNKNOWN = OpeningState.OPEN, OpeningState.CLOSED, OpeningState.LIMITED, OpeningState.UNKNOWN
Row = tuple[OfficeFacts, str, OpeningState, Reason]


def rows(table: Iterable[tuple[str, OfficeFacts, str, OpeningState, Reason]]) -> list[Any]:
    """Each row is what it shows, the facts, the London time asked about, and the answer."""
    return [pytest.param(*row, id=f"{name} [{row[1]}]") for name, *row in table]


def check(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    opening = opening_at(held, london(at))
    assert (opening.state, opening.reason) == (state, reason)
    assert opening.at == london(at)


plain, lunch, always = facts(), facts(LUNCH), facts(ALWAYS)
six_days, seven_days = facts(SIX_DAYS), facts(SEVEN_DAYS)
late = facts("Mo-Fr 09:00-24:00")
changing = facts((hours("Mo-Fr 09:00-17:00", None, "2026-11-17"), hours("Mo-Fr 10:00-16:00", "2026-11-18")))
season = facts((hours("Mo-Fr 09:00-17:00"), hours("Mo-Fr 10:00-12:00", "2026-11-18", "2026-11-19")))
ended = facts((hours("Mo-Fr 09:00-17:00", "2026-11-18", "2026-11-19"),))

HOURS = [
    ("a second before opening", plain, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
    ("at opening", plain, "2026-11-20 09:00:00", OPEN, Reason.HOURS),
    ("a second before closing", plain, "2026-11-20 16:59:59", OPEN, Reason.HOURS),
    ("at closing", plain, "2026-11-20 17:00:00", CLOSED, Reason.HOURS),
    ("Saturday", plain, "2026-11-21 12:00", CLOSED, Reason.HOURS),
    ("Sunday", plain, "2026-11-22 12:00", CLOSED, Reason.HOURS),
    ("a second before lunch", lunch, "2026-11-20 12:29:59", OPEN, Reason.HOURS),
    ("at lunch", lunch, "2026-11-20 12:30", CLOSED, Reason.HOURS),
    ("a second before lunch ends", lunch, "2026-11-20 13:29:59", CLOSED, Reason.HOURS),
    ("after lunch", lunch, "2026-11-20 13:30", OPEN, Reason.HOURS),
    ("all day: at midnight", always, "2026-11-20 00:00", OPEN, Reason.HOURS),
    ("all day: the last second", always, "2026-11-20 23:59:59", OPEN, Reason.HOURS),
    ("to 24:00: the last second of Friday", late, "2026-11-20 23:59:59", OPEN, Reason.HOURS),
    ("to 24:00: the first of Saturday", late, "2026-11-21 00:00", CLOSED, Reason.HOURS),
    ("last day of old hours, only then open", changing, "2026-11-17 09:00", OPEN, Reason.HOURS),
    ("last day of old hours, near its end", changing, "2026-11-17 16:59:59", OPEN, Reason.HOURS),
    ("first day of new hours, not yet open", changing, "2026-11-18 09:00", CLOSED, Reason.HOURS),
    ("first day of new hours, open", changing, "2026-11-18 10:00", OPEN, Reason.HOURS),
    ("first day of new hours, earlier closing", changing, "2026-11-18 16:00", CLOSED, Reason.HOURS),
    ("the day before a season", season, "2026-11-17 12:30", OPEN, Reason.HOURS),
    ("the first day of a season", season, "2026-11-18 12:30", CLOSED, Reason.HOURS),
    ("the last day of a season", season, "2026-11-19 12:30", CLOSED, Reason.HOURS),
    ("the day after a season", season, "2026-11-20 12:30", OPEN, Reason.HOURS),
    ("before the first hours held", ended, "2026-11-17 12:00", UNKNOWN, Reason.NO_HOURS),
    ("after the last hours held", ended, "2026-11-20 12:00", UNKNOWN, Reason.NO_HOURS),
    ("part-time office on its day", facts(THURSDAYS), "2026-11-19 14:59:59", OPEN, Reason.HOURS),
    ("part-time office at closing", facts(THURSDAYS), "2026-11-19 15:00", CLOSED, Reason.HOURS),
    ("part-time office on another day", facts(THURSDAYS), "2026-11-20 11:00", CLOSED, Reason.HOURS),
    ("no hours, weekday", facts(None), "2026-11-20 12:00", UNKNOWN, Reason.NO_HOURS),
    ("no hours, weekend", facts(None), "2026-11-21 12:00", UNKNOWN, Reason.NO_HOURS),
    ("no hours, bank holiday", facts(None), "2026-12-25 12:00", CLOSED, Reason.HOLIDAY),
    ("no hours, a day nobody settled", facts(None, office=GLASGOW), "2026-11-30 12:00", UNKNOWN, Reason.NO_HOURS),
]


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(HOURS))
def test_hours(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


CLOCKS = [
    ("summer, a second before 9am", plain, "2027-07-01 08:59:59", CLOSED, Reason.HOURS),
    ("summer, 9am", plain, "2027-07-01 09:00", OPEN, Reason.HOURS),
    ("summer, 5pm", plain, "2027-07-01 17:00", CLOSED, Reason.HOURS),
    ("last working day before clocks go forward", plain, "2027-03-25 09:00", OPEN, Reason.HOURS),
    ("day of clocks forward, before opening", seven_days, "2027-03-28 08:59:59", CLOSED, Reason.HOURS),
    ("day of clocks forward, opening", seven_days, "2027-03-28 09:00", OPEN, Reason.HOURS),
    ("day of clocks forward, before closing", seven_days, "2027-03-28 16:59:59", OPEN, Reason.HOURS),
    ("day of clocks forward, closing", seven_days, "2027-03-28 17:00", CLOSED, Reason.HOURS),
    ("after clocks forward, before opening", plain, "2027-03-30 08:59:59", CLOSED, Reason.HOURS),
    ("after clocks forward, opening", plain, "2027-03-30 09:00", OPEN, Reason.HOURS),
    ("day of clocks back 2026, before opening", seven_days, "2026-10-25 08:59:59", CLOSED, Reason.HOURS),
    ("day of clocks back 2026, opening", seven_days, "2026-10-25 09:00", OPEN, Reason.HOURS),
    ("day of clocks back 2026, closing", seven_days, "2026-10-25 17:00", CLOSED, Reason.HOURS),
    ("after clocks back 2026, opening", plain, "2026-10-26 09:00", OPEN, Reason.HOURS),
    ("after clocks back 2026, before closing", plain, "2026-10-26 16:59:59", OPEN, Reason.HOURS),
    ("day of clocks back 2027, before opening", seven_days, "2027-10-31 08:59:59", CLOSED, Reason.HOURS),
    ("day of clocks back 2027, opening", seven_days, "2027-10-31 09:00", OPEN, Reason.HOURS),
    ("day of clocks back 2027, closing", seven_days, "2027-10-31 17:00", CLOSED, Reason.HOURS),
    ("after clocks back 2027, opening", plain, "2027-11-01 09:00", OPEN, Reason.HOURS),
]


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(CLOCKS))
def test_local_times_are_kept_across_clock_changes(
    held: OfficeFacts, at: str, state: OpeningState, reason: Reason
) -> None:
    check(held, at, state, reason)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        pytest.param("2027-03-26 08:59:59", CLOSED, id="GMT: a second before 9am"),
        pytest.param("2027-03-27 09:00", OPEN, id="GMT: 9am is 09:00 UTC"),
        pytest.param("2027-03-28 07:59:59", CLOSED, id="BST: a second before 9am"),
        pytest.param("2027-03-28 08:00", OPEN, id="BST: 9am is 08:00 UTC"),
        pytest.param("2027-03-28 15:59:59", OPEN, id="BST: a second before 5pm"),
        pytest.param("2027-03-28 16:00", CLOSED, id="BST: 5pm is 16:00 UTC"),
        pytest.param("2027-10-30 08:00", OPEN, id="BST still"),
        pytest.param("2027-10-31 08:00", CLOSED, id="GMT again"),
        pytest.param("2027-10-31 16:59:59", OPEN, id="GMT again: a second before 5pm"),
    ],
)
def test_a_moment_may_be_given_in_any_zone(at: str, state: OpeningState) -> None:
    assert opening_at(seven_days, utc(at)).state is state


staff_reopen = facts(office=GLASGOW, days=[staff_day("2026-11-30", is_open=True, scope=EVERYWHERE)])
staff_christmas = facts(days=[staff_day("2026-12-24", is_open=True)])
staff_closed = facts(days=[staff_day("2026-11-20")])
staff_holiday = facts(days=[staff_day("2026-12-28", is_open=True)])
others_day = facts(days=[staff_day("2026-11-20", scope=Scope(offices=frozenset({"cardiff"})))])
spared = facts(days=[staff_day("2026-11-20", scope=replace(EVERYWHERE, excluding=frozenset({"leeds"})))])
closed_then_open = facts(
    days=[
        staff_day("2026-11-20", is_open=True, said="2026-11-02 09:01"),
        staff_day("2026-11-20", said="2026-11-02 09:00"),
    ]
)
open_then_closed = facts(
    days=[
        staff_day("2026-12-28", said="2026-11-02 09:01", scope=EVERYWHERE),
        staff_day("2026-12-28", is_open=True, said="2026-11-02 09:00"),
    ]
)
scot, wales, ulster = facts(office=GLASGOW), facts(office=CARDIFF), facts(office=BELFAST)

DAYS = [
    ("Christmas Day", plain, "2026-12-25 12:00", CLOSED, Reason.HOLIDAY),
    ("Christmas Day at night", plain, "2026-12-25 00:00", CLOSED, Reason.HOLIDAY),
    ("the last second before it", seven_days, "2026-12-24 23:59:59", CLOSED, Reason.HOURS),
    ("the first second after it", facts("Mo-Fr 00:00-24:00"), "2026-12-29 00:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("Boxing Day on a Saturday", six_days, "2026-12-26 12:00", CLOSED, Reason.HOLIDAY),
    ("Christmas Day on a Saturday", six_days, "2027-12-25 12:00", CLOSED, Reason.HOLIDAY),
    ("New Year's Day on a Saturday", six_days, "2028-01-01 12:00", CLOSED, Reason.HOLIDAY),
    ("substitute for Boxing Day", plain, "2026-12-28 12:00", CLOSED, Reason.HOLIDAY),
    ("29 December in England", plain, "2026-12-29 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("29 December in England outside hours", plain, "2026-12-29 17:00", CLOSED, Reason.HOURS),
    ("29 December in Wales", wales, "2026-12-29 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("29 December in Scotland", scot, "2026-12-29 12:00", OPEN, Reason.HOURS),
    ("Christmas Eve morning", plain, "2026-12-24 11:59:59", OPEN, Reason.HOURS),
    ("Christmas Eve afternoon", plain, "2026-12-24 12:00", UNKNOWN, Reason.CLOSING_UNSAID),
    ("Christmas Eve before closing", plain, "2026-12-24 16:59:59", UNKNOWN, Reason.CLOSING_UNSAID),
    ("Christmas Eve evening", plain, "2026-12-24 17:00", CLOSED, Reason.HOURS),
    ("Christmas Eve in Scotland", scot, "2026-12-24 12:00", UNKNOWN, Reason.CLOSING_UNSAID),
    ("Christmas Eve afternoon, staff say open", staff_christmas, "2026-12-24 16:59:59", OPEN, Reason.HOURS),
    ("2 January in England on a Friday", plain, "2026-01-02 12:00", OPEN, Reason.HOURS),
    ("2 January in Scotland on a Friday", scot, "2026-01-02 12:00", CLOSED, Reason.HOLIDAY),
    ("4 January 2027 in England", plain, "2027-01-04 12:00", OPEN, Reason.HOURS),
    ("4 January 2027 in Scotland", scot, "2027-01-04 12:00", CLOSED, Reason.HOLIDAY),
    ("St Andrew's Day in Scotland", scot, "2026-11-30 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("St Andrew's Day in Scotland at night", scot, "2026-11-30 08:59:59", CLOSED, Reason.HOURS),
    ("St Andrew's Day in England", plain, "2026-11-30 12:00", OPEN, Reason.HOURS),
    ("Easter Monday in Scotland", scot, "2027-03-29 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("Easter Monday in Wales", wales, "2027-03-29 12:00", CLOSED, Reason.HOLIDAY),
    ("Good Friday in Scotland", scot, "2027-03-26 12:00", CLOSED, Reason.HOLIDAY),
    ("first Monday of August in Scotland", scot, "2027-08-02 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("first Monday of August in England", plain, "2027-08-02 12:00", OPEN, Reason.HOURS),
    ("last Monday of August in Scotland", scot, "2027-08-30 12:00", OPEN, Reason.HOURS),
    ("last Monday of August in England", plain, "2027-08-30 12:00", CLOSED, Reason.HOLIDAY),
    ("World Cup holiday in Scotland", scot, "2026-06-15 12:00", CLOSED, Reason.HOLIDAY),
    ("St Patrick's Day in Northern Ireland", ulster, "2027-03-17 12:00", CLOSED, Reason.HOLIDAY),
    ("a Monday of a year not yet listed", plain, "2031-05-05 12:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("a Tuesday of a year not yet listed", plain, "2031-05-06 12:00", OPEN, Reason.HOURS),
    ("staff reopen a day nobody settled", staff_reopen, "2026-11-30 12:00", OPEN, Reason.HOURS),
    ("staff reopen a day, within its hours", staff_reopen, "2026-11-30 17:00", CLOSED, Reason.HOURS),
    ("staff reopen a bank holiday", staff_holiday, "2026-12-28 09:00", OPEN, Reason.HOURS),
    ("staff close an ordinary day", staff_closed, "2026-11-20 12:00", CLOSED, Reason.HOLIDAY),
    ("the day before it", staff_closed, "2026-11-19 12:00", OPEN, Reason.HOURS),
    ("staff close a day elsewhere", others_day, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("staff close a day, this office excepted", spared, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("staff's latest word is open", closed_then_open, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("staff's latest word is closed, though wider", open_then_closed, "2026-12-28 12:00", CLOSED, Reason.HOLIDAY),
]


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(DAYS))
def test_holidays_and_days_that_staff_set(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


def test_latest_word_of_staff_wins_in_whatever_order_it_is_held() -> None:
    reversed_days = replace(closed_then_open, staff_days=closed_then_open.staff_days[::-1])
    check(reversed_days, "2026-11-20 12:00", OPEN, Reason.HOURS)


DAY, NEXT_DAY = "2026-11-20 00:00", "2026-11-21 00:00"


def shut(start: str, end: str | None = None, weekly: str | None = NINE_TO_FIVE, **more: Any) -> OfficeFacts:
    return facts(weekly, closure(Effect.CLOSED, start, end, **more))


def under(effect: Effect, weekly: str | None = NINE_TO_FIVE, start: str = DAY, end: str = NEXT_DAY) -> OfficeFacts:
    return facts(weekly, closure(effect, start, end))


def scoped(scope: Scope) -> OfficeFacts:
    return shut(DAY, NEXT_DAY, scope=scope)


midday = shut("2026-11-20 12:00", "2026-11-20 14:00")
last_minute = shut("2026-11-20 16:59", "2026-11-20 17:00")
from_opening = shut("2026-11-20 09:00", "2026-11-20 12:00")
to_opening = shut("2026-11-20 06:00", "2026-11-20 09:00")
to_closing = shut("2026-11-20 15:00", "2026-11-20 17:00")
from_closing = shut("2026-11-20 17:00", "2026-11-20 18:00")
last_of_day = shut("2026-11-20 23:59", NEXT_DAY, weekly=ALWAYS)
half_seconds = shut("2026-11-20 10:00:30", "2026-11-20 10:30:30")
open_ended = shut("2026-11-20 12:00")
over_christmas = shut("2026-12-24 10:00", "2026-12-29 10:00")
in_christmas = shut("2026-12-25 10:00", "2026-12-25 12:00")
withdrawn = shut(DAY, NEXT_DAY, withdrawn_at=london("2026-11-20 08:00"))
reopened_under_closure = facts(
    NINE_TO_FIVE,
    closure(Effect.CLOSED, "2026-12-28 12:00", "2026-12-28 13:00"),
    days=[staff_day("2026-12-28", is_open=True)],
)
over_spring = shut("2027-03-28 00:00", "2027-03-28 12:00", weekly=SEVEN_DAYS)
over_autumn = shut("2026-10-25 00:00", "2026-10-25 12:00", weekly=SEVEN_DAYS)
everywhere_but = replace(EVERYWHERE, excluding=frozenset({"leeds"}))

CLOSURES = [
    ("a second before a closure", midday, "2026-11-20 11:59:59", OPEN, Reason.HOURS),
    ("a closure starts", midday, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("a second before a closure ends", midday, "2026-11-20 13:59:59", CLOSED, Reason.CLOSURE),
    ("a closure ends", midday, "2026-11-20 14:00", OPEN, Reason.HOURS),
    ("before the last minute", last_minute, "2026-11-20 16:58:59", OPEN, Reason.HOURS),
    ("the last minute", last_minute, "2026-11-20 16:59", CLOSED, Reason.CLOSURE),
    ("after the last minute", last_minute, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("a closure from opening, before it", from_opening, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
    ("a closure from opening", from_opening, "2026-11-20 09:00", CLOSED, Reason.CLOSURE),
    ("a closure up to opening, before it", to_opening, "2026-11-20 08:59:59", CLOSED, Reason.CLOSURE),
    ("a closure up to opening", to_opening, "2026-11-20 09:00", OPEN, Reason.HOURS),
    ("a closure up to closing, before it", to_closing, "2026-11-20 16:59:59", CLOSED, Reason.CLOSURE),
    ("a closure up to closing", to_closing, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("a closure from closing, before it", from_closing, "2026-11-20 16:59:59", OPEN, Reason.HOURS),
    ("a closure from closing", from_closing, "2026-11-20 17:00", CLOSED, Reason.CLOSURE),
    ("before the last minute of a day", last_of_day, "2026-11-20 23:58:59", OPEN, Reason.HOURS),
    ("the last minute of a day", last_of_day, "2026-11-20 23:59:59", CLOSED, Reason.CLOSURE),
    ("midnight after it", last_of_day, "2026-11-21 00:00", OPEN, Reason.HOURS),
    ("a start within a minute, before", half_seconds, "2026-11-20 10:00:29", OPEN, Reason.HOURS),
    ("a start within a minute", half_seconds, "2026-11-20 10:00:30", CLOSED, Reason.CLOSURE),
    ("an end within a minute, before", half_seconds, "2026-11-20 10:30:29", CLOSED, Reason.CLOSURE),
    ("an end within a minute", half_seconds, "2026-11-20 10:30:30", OPEN, Reason.HOURS),
    ("open-ended, before", open_ended, "2026-11-20 11:59:59", OPEN, Reason.HOURS),
    ("open-ended, at once", open_ended, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("open-ended, past its review", open_ended, "2028-02-01 12:00", CLOSED, Reason.CLOSURE),
    ("by night in a closure", over_christmas, "2026-12-24 22:00", CLOSED, Reason.CLOSURE),
    ("a holiday inside a closure", over_christmas, "2026-12-25 12:00", CLOSED, Reason.CLOSURE),
    ("a closure ends on a day nobody settled", over_christmas, "2026-12-29 10:00", UNKNOWN, Reason.HOLIDAY_UNSAID),
    ("a closure on a holiday", in_christmas, "2026-12-25 11:59:59", CLOSED, Reason.CLOSURE),
    ("a closure on a holiday is over", in_christmas, "2026-12-25 12:00", CLOSED, Reason.HOLIDAY),
    ("a holiday that staff reopened", reopened_under_closure, "2026-12-28 11:59:59", OPEN, Reason.HOURS),
    ("a closure on a reopened holiday", reopened_under_closure, "2026-12-28 12:00", CLOSED, Reason.CLOSURE),
    ("a closure that is withdrawn", withdrawn, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("a closure over clocks forward, before its end", over_spring, "2027-03-28 11:59:59", CLOSED, Reason.CLOSURE),
    ("a closure over clocks forward, its end", over_spring, "2027-03-28 12:00", OPEN, Reason.HOURS),
    ("a closure over clocks back, before its end", over_autumn, "2026-10-25 11:59:59", CLOSED, Reason.CLOSURE),
    ("a closure over clocks back, its end", over_autumn, "2026-10-25 12:00", OPEN, Reason.HOURS),
    ("closed without hours", shut(DAY, NEXT_DAY, weekly=None), "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    (
        "scope: this account",
        scoped(Scope(accounts=frozenset({"JCPinLeeds"}))),
        "2026-11-20 12:00",
        CLOSED,
        Reason.CLOSURE,
    ),
    (
        "scope: another account",
        scoped(Scope(accounts=frozenset({"JCPinYork"}))),
        "2026-11-20 12:00",
        OPEN,
        Reason.HOURS,
    ),
    (
        "scope: its district",
        scoped(Scope(districts=frozenset({LEEDS.district}))),
        "2026-11-20 12:00",
        CLOSED,
        Reason.CLOSURE,
    ),
    ("scope: another district", scoped(Scope(districts=frozenset({"Kent"}))), "2026-11-20 12:00", OPEN, Reason.HOURS),
    (
        "scope: its nation",
        scoped(Scope(nations=frozenset({Nation.ENGLAND}))),
        "2026-11-20 12:00",
        CLOSED,
        Reason.CLOSURE,
    ),
    ("scope: another nation", scoped(Scope(nations=frozenset({Nation.WALES}))), "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("scope: everywhere", scoped(EVERYWHERE), "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("scope: everywhere but here", scoped(everywhere_but), "2026-11-20 12:00", OPEN, Reason.HOURS),
]


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(CLOSURES))
def test_closures(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


phone, urgent, appointments = (
    under(effect) for effect in (Effect.PHONE_ONLY, Effect.URGENT_ONLY, Effect.APPOINTMENTS_ONLY)
)
late_start, early_end, reduced = (
    under(effect) for effect in (Effect.LATE_OPENING, Effect.EARLY_CLOSING, Effect.REDUCED_HOURS)
)
too_late = facts(NINE_TO_FIVE, closure(Effect.LATE_OPENING, DAY, NEXT_DAY, opens_at=18 * 60))
before_hours = facts(NINE_TO_FIVE, closure(Effect.LATE_OPENING, DAY, NEXT_DAY, opens_at=8 * 60))
wider = facts(NINE_TO_FIVE, closure(Effect.REDUCED_HOURS, DAY, NEXT_DAY, spans=parse_spans("08:00-10:00,16:00-18:00")))
moved = under(Effect.MOVED)
blocked = under(Effect.ACCESS_PROBLEM)
half_day_phone = under(Effect.PHONE_ONLY, start="2026-11-20 12:00", end="2026-11-20 14:00")
phone_and_early = facts(
    NINE_TO_FIVE, closure(Effect.PHONE_ONLY, DAY, NEXT_DAY), closure(Effect.EARLY_CLOSING, DAY, NEXT_DAY)
)
late_and_early = facts(
    NINE_TO_FIVE, closure(Effect.LATE_OPENING, DAY, NEXT_DAY), closure(Effect.EARLY_CLOSING, DAY, NEXT_DAY)
)
phone_christmas_eve = under(Effect.PHONE_ONLY, start="2026-12-24 00:00", end="2026-12-25 00:00")
every_day_late = under(Effect.LATE_OPENING, start="2026-11-18 00:00", end="2026-11-21 00:00")

EFFECTS = [
    ("late opening, a second before", late_start, "2026-11-20 10:59:59", CLOSED, Reason.CLOSURE),
    ("late opening, before usual hours", late_start, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
    ("late opening", late_start, "2026-11-20 11:00", OPEN, Reason.HOURS),
    ("late opening, closing as usual", late_start, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("late opening on each day of its period", every_day_late, "2026-11-19 10:59:59", CLOSED, Reason.CLOSURE),
    ("late opening on each day, later", every_day_late, "2026-11-19 11:00", OPEN, Reason.HOURS),
    ("late opening after closing", too_late, "2026-11-20 16:59:59", CLOSED, Reason.CLOSURE),
    ("late opening after closing opens nothing", too_late, "2026-11-20 18:00", CLOSED, Reason.HOURS),
    ("late opening before opening gives nothing", before_hours, "2026-11-20 08:00", CLOSED, Reason.HOURS),
    ("late opening before opening takes nothing", before_hours, "2026-11-20 09:00", OPEN, Reason.HOURS),
    ("early closing, a second before", early_end, "2026-11-20 14:59:59", OPEN, Reason.HOURS),
    ("early closing", early_end, "2026-11-20 15:00", CLOSED, Reason.CLOSURE),
    ("early closing, after usual closing", early_end, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("reduced hours, a second before", reduced, "2026-11-20 09:59:59", CLOSED, Reason.CLOSURE),
    ("reduced hours", reduced, "2026-11-20 10:00", OPEN, Reason.HOURS),
    ("reduced hours, a second before their end", reduced, "2026-11-20 13:59:59", OPEN, Reason.HOURS),
    ("reduced hours, their end", reduced, "2026-11-20 14:00", CLOSED, Reason.CLOSURE),
    ("reduced hours give nothing before opening", wider, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
    ("reduced hours, first span", wider, "2026-11-20 09:00", OPEN, Reason.HOURS),
    ("reduced hours, between spans", wider, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("reduced hours, second span", wider, "2026-11-20 16:00", OPEN, Reason.HOURS),
    ("reduced hours give nothing after closing", wider, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("phone only, before hours", phone, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
    ("phone only", phone, "2026-11-20 09:00", LIMITED, Reason.CLOSURE),
    ("phone only, after hours", phone, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("urgent only", urgent, "2026-11-20 16:59:59", LIMITED, Reason.CLOSURE),
    ("appointments only", appointments, "2026-11-20 12:00", LIMITED, Reason.CLOSURE),
    ("appointments only, after hours", appointments, "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("phone only, before its period", half_day_phone, "2026-11-20 11:59:59", OPEN, Reason.HOURS),
    ("phone only, from its start", half_day_phone, "2026-11-20 12:00", LIMITED, Reason.CLOSURE),
    ("phone only, at its end", half_day_phone, "2026-11-20 14:00", OPEN, Reason.HOURS),
    ("phone only without hours", under(Effect.PHONE_ONLY, None), "2026-11-20 12:00", LIMITED, Reason.CLOSURE),
    (
        "late opening without hours, before",
        under(Effect.LATE_OPENING, None),
        "2026-11-20 10:59",
        CLOSED,
        Reason.CLOSURE,
    ),
    (
        "late opening without hours, after",
        under(Effect.LATE_OPENING, None),
        "2026-11-20 11:00",
        UNKNOWN,
        Reason.NO_HOURS,
    ),
    ("phone only on Christmas Eve morning", phone_christmas_eve, "2026-12-24 10:00", LIMITED, Reason.CLOSURE),
    ("phone only, closing unknown", phone_christmas_eve, "2026-12-24 13:00", UNKNOWN, Reason.CLOSING_UNSAID),
    ("phone only until an early closing", phone_and_early, "2026-11-20 14:59:59", LIMITED, Reason.CLOSURE),
    ("phone only, closed early", phone_and_early, "2026-11-20 15:00", CLOSED, Reason.CLOSURE),
    ("late and early, before", late_and_early, "2026-11-20 10:59:59", CLOSED, Reason.CLOSURE),
    ("late and early, between", late_and_early, "2026-11-20 11:00", OPEN, Reason.HOURS),
    ("late and early, after", late_and_early, "2026-11-20 15:00", CLOSED, Reason.CLOSURE),
    ("moved", moved, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("an access problem leaves it open", blocked, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("an access problem by night", blocked, "2026-11-20 08:59:59", CLOSED, Reason.HOURS),
]


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(EFFECTS))
def test_what_each_effect_does(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


STATE_UNDER = {
    **dict.fromkeys((Effect.CLOSED, Effect.MOVED), CLOSED),
    **dict.fromkeys((Effect.PHONE_ONLY, Effect.URGENT_ONLY, Effect.APPOINTMENTS_ONLY), LIMITED),
    **dict.fromkeys((Effect.REDUCED_HOURS, Effect.LATE_OPENING, Effect.EARLY_CLOSING, Effect.ACCESS_PROBLEM), OPEN),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(a, b, id=f"{a.value}-{b.value}") for a, b in permutations(Effect, 2)],
)
def test_every_pair_of_effects_at_noon(one: Effect, other: Effect) -> None:
    """At noon none of the shortening effects bites, so the pair's stronger effect is the state, and is told first."""
    held = facts(
        NINE_TO_FIVE,
        closure(one, DAY, NEXT_DAY, name="one"),
        closure(other, DAY, NEXT_DAY, name="other", scope=EVERYWHERE),
    )
    opening = opening_at(held, london("2026-11-20 12:00"))
    stronger, first = (one, "one") if one.strength > other.strength else (other, "other")
    assert opening.state is STATE_UNDER[stronger]
    told = [c.id for c in (*([opening.closure] if opening.closure else []), *opening.also)]
    assert told == sorted(["one", "other"], key=lambda name: name != first)


@pytest.mark.parametrize(
    ("at", "one", "other"),
    [
        pytest.param("2026-11-20 09:30", Effect.LATE_OPENING, Effect.REDUCED_HOURS, id="both cut the morning"),
        pytest.param("2026-11-20 10:30", Effect.LATE_OPENING, Effect.REDUCED_HOURS, id="late opening cuts alone"),
        pytest.param("2026-11-20 14:30", Effect.EARLY_CLOSING, Effect.REDUCED_HOURS, id="reduced hours cut alone"),
        pytest.param("2026-11-20 15:30", Effect.EARLY_CLOSING, Effect.PHONE_ONLY, id="closed early beats phone only"),
    ],
)
def test_a_closure_that_cuts_the_hours_shuts_whatever_else_is_on(at: str, one: Effect, other: Effect) -> None:
    held = facts(NINE_TO_FIVE, closure(one, DAY, NEXT_DAY, name="one"), closure(other, DAY, NEXT_DAY, name="other"))
    check(held, at, CLOSED, Reason.CLOSURE)


def test_of_two_closures_the_narrower_then_the_later_is_told() -> None:
    wide = closure(Effect.CLOSED, DAY, NEXT_DAY, scope=EVERYWHERE, name="wide", published_at=london("2026-11-20 08:00"))
    narrow = closure(Effect.CLOSED, DAY, NEXT_DAY, name="narrow")
    later = closure(Effect.CLOSED, DAY, NEXT_DAY, name="later", published_at=london("2026-11-20 07:00"))
    for order in permutations((wide, narrow, later)):
        opening = opening_at(facts(NINE_TO_FIVE, *order), london("2026-11-20 12:00"))
        assert opening.closure is later
        assert opening.also == (narrow, wide)
        assert opening.confirmed_at == later.published_at


def test_an_access_problem_is_told_beside_the_answer() -> None:
    assert [c.id for c in opening_at(blocked, london("2026-11-20 12:00")).also] == ["c"]
    assert [c.id for c in opening_at(blocked, london("2026-11-20 08:00")).also] == ["c"]


# A watch from 8am to 8pm, published at 8am.
WATCH = ("2026-11-20 08:00", "2026-11-20 20:00")


def watched(*closures: Any, weekly: str | None = NINE_TO_FIVE, **more: Any) -> OfficeFacts:
    return facts(weekly, *closures, watches=[watch(*WATCH, **more)])


confirmed = watched(confirmed={"leeds": london("2026-11-20 09:30")})
other_confirmed = watched(confirmed={"cardiff": london("2026-11-20 09:30")})
later_closure = watched(closure(Effect.LATE_OPENING, DAY, NEXT_DAY, published_at=london("2026-11-20 08:30")))
earlier_closure = watched(closure(Effect.LATE_OPENING, DAY, NEXT_DAY, published_at=london("2026-11-20 07:30")))
later_shut = watched(closure(Effect.CLOSED, DAY, NEXT_DAY, published_at=london("2026-11-20 08:30")))
earlier_shut = watched(closure(Effect.CLOSED, DAY, NEXT_DAY, published_at=london("2026-11-20 07:30")))
withdrawn_closure = watched(
    closure(
        Effect.ACCESS_PROBLEM,
        DAY,
        NEXT_DAY,
        published_at=london("2026-11-20 08:30"),
        withdrawn_at=london("2026-11-20 08:40"),
    )
)
elsewhere_closure = watched(
    closure(
        Effect.CLOSED, DAY, NEXT_DAY, published_at=london("2026-11-20 08:30"), scope=Scope(offices=frozenset({"york"}))
    )
)
phone_watch = watched(closure(Effect.PHONE_ONLY, DAY, NEXT_DAY, published_at=london("2026-11-20 07:30")))
two_watches = facts(
    NINE_TO_FIVE,
    watches=[
        watch(*WATCH, confirmed={"leeds": london("2026-11-20 09:30")}),
        watch("2026-11-20 10:00", "2026-11-20 12:00"),
    ],
)
days_long = facts(
    NINE_TO_FIVE,
    closure(Effect.CLOSED, "2026-11-19 00:00", "2026-11-20 00:00", published_at=london("2026-11-19 08:30")),
    watches=[watch("2026-11-19 08:00", "2026-11-21 00:00")],
)

WATCHES = [
    ("a second before a watch", facts(SEVEN_DAYS, watches=[watch("2026-11-20 10:00", "2026-11-20 12:00")]),
     "2026-11-20 09:59:59", OPEN, Reason.HOURS),
    ("a watch starts", facts(watches=[watch("2026-11-20 10:00", "2026-11-20 12:00")]),
     "2026-11-20 10:00", UNKNOWN, Reason.WATCH),
    ("a second before a watch ends", facts(watches=[watch("2026-11-20 10:00", "2026-11-20 12:00")]),
     "2026-11-20 11:59:59", UNKNOWN, Reason.WATCH),
    ("a watch ends", facts(watches=[watch("2026-11-20 10:00", "2026-11-20 12:00")]),
     "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("before hours it is still closed", watched(), "2026-11-20 08:30", CLOSED, Reason.HOURS),
    ("after hours it is still closed", watched(), "2026-11-20 17:00", CLOSED, Reason.HOURS),
    ("no hours stay unknown for that", watched(weekly=None), "2026-11-20 12:00", UNKNOWN, Reason.NO_HOURS),
    ("confirmed", confirmed, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("another office confirmed", other_confirmed, "2026-11-20 12:00", UNKNOWN, Reason.WATCH),
    ("confirmed in one watch, not in another", two_watches, "2026-11-20 10:00", UNKNOWN, Reason.WATCH),
    ("when that other watch is over", two_watches, "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("given a later closure, shut by it", later_closure, "2026-11-20 10:59:59", CLOSED, Reason.CLOSURE),
    ("given a later closure, open after it", later_closure, "2026-11-20 11:00", OPEN, Reason.HOURS),
    ("an earlier closure says nothing of the watch", earlier_closure, "2026-11-20 11:00", UNKNOWN, Reason.WATCH),
    ("closed by a later closure", later_shut, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("closed by an earlier closure", earlier_shut, "2026-11-20 12:00", CLOSED, Reason.CLOSURE),
    ("a withdrawn closure says nothing", withdrawn_closure, "2026-11-20 12:00", UNKNOWN, Reason.WATCH),
    ("a closure of another office says nothing", elsewhere_closure, "2026-11-20 12:00", UNKNOWN, Reason.WATCH),
    ("a closure of the first day says nothing of the next", days_long, "2026-11-20 12:00", UNKNOWN, Reason.WATCH),
    ("phone only is already known", phone_watch, "2026-11-20 12:00", LIMITED, Reason.CLOSURE),
    ("withdrawn", watched(withdrawn_at=london("2026-11-20 08:10")), "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("a watch elsewhere", watched(scope=Scope(offices=frozenset({"york"}))), "2026-11-20 12:00", OPEN, Reason.HOURS),
    ("a watch everywhere but here", watched(scope=everywhere_but), "2026-11-20 12:00", OPEN, Reason.HOURS),
]  # fmt: skip


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(WATCHES))
def test_watches(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


def test_a_watch_says_since_when_and_a_confirmation_too() -> None:
    assert opening_at(watched(), london("2026-11-20 12:00")).confirmed_at == london("2026-11-20 08:00")
    assert opening_at(confirmed, london("2026-11-20 12:00")).confirmed_at == london("2026-11-20 09:30")


def with_status(status: OfficeStatus, held: OfficeFacts = plain) -> OfficeFacts:
    return replace(held, office=replace(held.office, status=status))


STATUSES = [
    ("check is never open", with_status(OfficeStatus.CHECK), "2026-11-20 12:00", UNKNOWN, Reason.ADDRESS_UNSURE),
    ("check by night", with_status(OfficeStatus.CHECK), "2026-11-20 03:00", UNKNOWN, Reason.ADDRESS_UNSURE),
    ("check, confirmed in a watch", with_status(OfficeStatus.CHECK, confirmed), "2026-11-20 12:00", UNKNOWN,
     Reason.ADDRESS_UNSURE),
    ("shut for good", with_status(OfficeStatus.CLOSED), "2026-11-20 12:00", CLOSED, Reason.SHUT_FOR_GOOD),
    ("shut for good on a holiday", with_status(OfficeStatus.CLOSED), "2026-12-25 12:00", CLOSED, Reason.SHUT_FOR_GOOD),
    ("moved", with_status(OfficeStatus.MOVED), "2026-11-20 12:00", CLOSED, Reason.MOVED),
    ("moved, whatever its closures", with_status(OfficeStatus.MOVED, midday), "2026-11-20 12:00", CLOSED, Reason.MOVED),
]  # fmt: skip


@pytest.mark.parametrize(("held", "at", "state", "reason"), rows(STATUSES))
def test_status_comes_before_everything(held: OfficeFacts, at: str, state: OpeningState, reason: Reason) -> None:
    check(held, at, state, reason)


@pytest.mark.parametrize("status", [OfficeStatus.CHECK, OfficeStatus.CLOSED, OfficeStatus.MOVED])
def test_a_status_does_not_change_by_itself(status: OfficeStatus) -> None:
    opening = opening_at(with_status(status), london("2026-11-20 12:00"))
    assert (opening.until, opening.then) == (None, None)


long_closure = shut("2026-11-02 00:00", "2026-12-04 00:00")
UNTIL = [
    ("open until closing", plain, "2026-11-20 12:00", "2026-11-20 17:00", CLOSED),
    ("open until lunch", lunch, "2026-11-20 12:00", "2026-11-20 12:30", CLOSED),
    ("lunch until after it", lunch, "2026-11-20 12:30", "2026-11-20 13:30", OPEN),
    ("before opening", plain, "2026-11-20 08:59:59", "2026-11-20 09:00", OPEN),
    ("over a weekend", plain, "2026-11-20 17:00", "2026-11-23 09:00", OPEN),
    ("on a Sunday", plain, "2026-11-22 12:00", "2026-11-23 09:00", OPEN),
    ("a part-time office, days away", facts(THURSDAYS), "2026-11-19 15:00", "2026-11-26 10:00", OPEN),
    ("over Easter in England", plain, "2027-03-25 17:00", "2027-03-30 09:00", OPEN),
    ("over Easter in Scotland, to a day nobody settled", scot, "2027-03-25 17:00", "2027-03-29 09:00", UNKNOWN),
    ("over Christmas in England, to a day nobody settled", plain, "2026-12-24 17:00", "2026-12-29 09:00", UNKNOWN),
    ("over Christmas in Scotland", scot, "2026-12-24 17:00", "2026-12-29 09:00", OPEN),
    ("Christmas Eve: to when nobody knows", plain, "2026-12-24 09:00", "2026-12-24 12:00", UNKNOWN),
    ("Christmas Eve: from then to closing", plain, "2026-12-24 12:00", "2026-12-24 17:00", CLOSED),
    ("over the new year in Scotland", scot, "2026-12-31 17:00", "2027-01-05 09:00", OPEN),
    ("to a closure", midday, "2026-11-20 09:00", "2026-11-20 12:00", CLOSED),
    ("a closure to its end", midday, "2026-11-20 12:00", "2026-11-20 14:00", OPEN),
    ("a closure to the next opening after it", to_closing, "2026-11-20 15:00", "2026-11-23 09:00", OPEN),
    ("a closure that starts within a minute", half_seconds, "2026-11-20 10:00", "2026-11-20 10:00:30", CLOSED),
    ("a closure that ends within a minute", half_seconds, "2026-11-20 10:15", "2026-11-20 10:30:30", OPEN),
    ("to the last minute", last_minute, "2026-11-20 16:00", "2026-11-20 16:59", CLOSED),
    ("a closure of a month, from its last three weeks", long_closure, "2026-11-20 12:00", "2026-12-04 09:00", OPEN),
    ("a closure of a month, from its first days", long_closure, "2026-11-03 12:00", None, None),
    ("without an end", open_ended, "2026-11-20 12:00", None, None),
    ("always open", always, "2026-11-20 12:00", None, None),
    ("no hours", facts(None), "2026-11-16 12:00", None, None),
    ("no hours, to Christmas Day", facts(None), "2026-12-24 12:00", "2026-12-25 00:00", CLOSED),
    ("no hours, from Christmas Day", facts(None), "2026-12-25 12:00", "2026-12-27 00:00", UNKNOWN),
    ("late opening", late_start, "2026-11-20 09:30", "2026-11-20 11:00", OPEN),
    ("early closing", early_end, "2026-11-20 12:00", "2026-11-20 15:00", CLOSED),
    ("phone only to closing", phone, "2026-11-20 12:00", "2026-11-20 17:00", CLOSED),
    ("phone only to its end", half_day_phone, "2026-11-20 12:00", "2026-11-20 14:00", OPEN),
    ("a watch to closing", watched(), "2026-11-20 12:00", "2026-11-20 17:00", CLOSED),
    ("to 24:00", late, "2026-11-20 12:00", "2026-11-21 00:00", CLOSED),
    ("new hours tomorrow", changing, "2026-11-17 17:00", "2026-11-18 10:00", OPEN),
    ("hours run out", ended, "2026-11-19 12:00", "2026-11-19 17:00", CLOSED),
    ("hours have run out tonight", ended, "2026-11-19 17:00", "2026-11-20 00:00", UNKNOWN),
    ("over clocks forward", seven_days, "2027-03-27 17:00", "2027-03-28 09:00", OPEN),
    ("over clocks back", seven_days, "2026-10-24 17:00", "2026-10-25 09:00", OPEN),
    ("hours that start in the hour that is skipped", facts("Mo-Su 01:30-05:00"), "2027-03-28 00:10",
     "2027-03-28 02:00", OPEN),
    ("hours that end in the hour that is skipped", facts("Mo-Su 00:00-01:30"), "2027-03-28 00:10",
     "2027-03-28 02:00", CLOSED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "at", "until", "then"), [pytest.param(*row, id=f"{name} [{row[1]}]") for name, *row in UNTIL]
)
def test_when_it_next_changes(held: OfficeFacts, at: str, until: str | None, then: OpeningState | None) -> None:
    opening = opening_at(held, london(at))
    assert opening.until == (london(until) if until else None)
    assert opening.then is then
    assert until is None or str(opening.until) == str(london(until)), "told in London time"


def test_a_span_in_the_hour_that_comes_twice_comes_twice() -> None:
    held = facts("Mo-Su 01:15-01:45")
    changes = []
    moment: datetime | None = utc("2027-10-31 00:00")
    while moment and moment < utc("2027-10-31 12:00"):
        opening = opening_at(held, moment)
        changes.append((opening.state, opening.until and opening.until.astimezone(utc("2027-01-01").tzinfo)))
        moment = opening.until
    assert changes == [
        (CLOSED, utc("2027-10-31 00:15")),
        (OPEN, utc("2027-10-31 00:45")),
        (CLOSED, utc("2027-10-31 01:15")),
        (OPEN, utc("2027-10-31 01:45")),
        (CLOSED, utc("2027-11-01 01:15")),
    ]


@pytest.mark.parametrize(
    ("held", "at", "opens", "state"),
    [
        pytest.param(plain, "2026-11-20 17:00", "2026-11-23 09:00", OPEN, id="over a weekend"),
        pytest.param(plain, "2026-11-20 12:00", "2026-11-23 09:00", OPEN, id="open now: the one after"),
        pytest.param(lunch, "2026-11-20 12:00", "2026-11-20 13:30", OPEN, id="open now: after lunch"),
        pytest.param(
            facts(NINE_TO_FIVE, closure(Effect.CLOSED, "2026-11-20 14:00", "2026-11-20 15:00", scope=everywhere_but)),
            "2026-11-20 12:00",
            "2026-11-23 09:00",
            OPEN,
            id="open now: a closure elsewhere starts nothing",
        ),
        pytest.param(facts(THURSDAYS), "2026-11-20 09:00", "2026-11-26 10:00", OPEN, id="part-time, days away"),
        pytest.param(phone, "2026-11-20 08:00", "2026-11-20 09:00", LIMITED, id="limited counts"),
        pytest.param(half_day_phone, "2026-11-20 12:00", "2026-11-20 14:00", OPEN, id="from limited to open"),
        pytest.param(scot, "2027-03-27 12:00", "2027-03-29 09:00", UNKNOWN, id="a day nobody settled comes first"),
        pytest.param(midday, "2026-11-20 12:00", "2026-11-20 14:00", OPEN, id="after a closure"),
        pytest.param(to_closing, "2026-11-20 15:00", "2026-11-23 09:00", OPEN, id="after a closure and a weekend"),
        pytest.param(plain, "2027-03-26 12:00", "2027-03-30 09:00", OPEN, id="after Easter and a clock change"),
        pytest.param(open_ended, "2026-11-20 12:00", None, None, id="none in sight"),
        pytest.param(facts("Mo-Su off"), "2026-11-20 12:00", None, None, id="never"),
        pytest.param(facts(None), "2026-11-16 12:00", None, None, id="no hours: nothing new begins"),
        pytest.param(with_status(OfficeStatus.CLOSED), "2026-11-20 12:00", None, None, id="shut for good"),
    ],
)
def test_the_next_opening(held: OfficeFacts, at: str, opens: str | None, state: OpeningState | None) -> None:
    opening = next_opening(held, london(at))
    assert (str(opening.at) if opening else None) == (str(london(opens)) if opens else None)
    assert (opening.state if opening else None) is state


def told(held: OfficeFacts, day: str, *states: OpeningState) -> str:
    return spans_text(opening_on(held, date.fromisoformat(day)).spans(*states))


weekend_shut = shut("2026-11-21 00:00", "2026-11-23 06:00")
night_shut = shut("2026-12-24 20:00", "2026-12-25 06:00")
night_then_day = facts(
    NINE_TO_FIVE,
    closure(Effect.CLOSED, "2026-11-20 05:00", "2026-11-20 06:00", name="night"),
    closure(Effect.CLOSED, "2026-11-20 09:00", "2026-11-20 17:00", name="day"),
)

# Each: facts, day, state of the day, reason of its lead, when open that day, whether shortened.
ON = [
    ("an ordinary day", plain, "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("lunch", lunch, "2026-11-20", OPEN, Reason.HOURS, "09:00-12:30,13:30-17:00", False),
    ("Saturday", plain, "2026-11-21", CLOSED, Reason.HOURS, "off", False),
    ("all day", always, "2026-11-20", OPEN, Reason.HOURS, "00:00-24:00", False),
    ("Christmas Day", plain, "2026-12-25", CLOSED, Reason.HOLIDAY, "off", False),
    ("Christmas Eve", plain, "2026-12-24", OPEN, Reason.HOURS, "09:00-12:00", False),
    ("a day nobody settled", scot, "2026-11-30", UNKNOWN, Reason.HOLIDAY_UNSAID, "off", False),
    ("no hours", facts(None), "2026-11-20", UNKNOWN, Reason.NO_HOURS, "off", False),
    ("check", with_status(OfficeStatus.CHECK), "2026-11-20", UNKNOWN, Reason.ADDRESS_UNSURE, "off", False),
    ("closed midday", midday, "2026-11-20", OPEN, Reason.HOURS, "09:00-12:00,14:00-17:00", True),
    ("closed in the last minute", last_minute, "2026-11-20", OPEN, Reason.HOURS, "09:00-16:59", True),
    ("closed up to opening", to_opening, "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("closed from closing", from_closing, "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("closed to 6am after a weekend", weekend_shut, "2026-11-23", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("closed all Saturday", weekend_shut, "2026-11-21", CLOSED, Reason.CLOSURE, "off", False),
    ("closed by night on a holiday", night_shut, "2026-12-25", CLOSED, Reason.HOLIDAY, "off", False),
    ("closed all day", shut(DAY, NEXT_DAY), "2026-11-20", CLOSED, Reason.CLOSURE, "off", False),
    ("closed for its hours", shut("2026-11-20 09:00", "2026-11-20 17:00"), "2026-11-20", CLOSED, Reason.CLOSURE, "off",
     False),
    ("a holiday inside a closure", over_christmas, "2026-12-25", CLOSED, Reason.CLOSURE, "off", False),
    ("late opening", late_start, "2026-11-20", OPEN, Reason.HOURS, "11:00-17:00", True),
    ("late opening that takes nothing", before_hours, "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("late opening after closing", too_late, "2026-11-20", CLOSED, Reason.CLOSURE, "off", False),
    ("early closing", early_end, "2026-11-20", OPEN, Reason.HOURS, "09:00-15:00", True),
    ("early closing on a Saturday", under(Effect.EARLY_CLOSING, start=NEXT_DAY, end="2026-11-22 00:00"), "2026-11-21",
     CLOSED, Reason.HOURS, "off", False),
    ("reduced hours", reduced, "2026-11-20", OPEN, Reason.HOURS, "10:00-14:00", True),
    ("phone only", phone, "2026-11-20", LIMITED, Reason.CLOSURE, "off", False),
    ("phone only for two hours", half_day_phone, "2026-11-20", OPEN, Reason.HOURS, "09:00-12:00,14:00-17:00", False),
    ("phone only, closed early", phone_and_early, "2026-11-20", LIMITED, Reason.CLOSURE, "off", True),
    ("an access problem", blocked, "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("a watch", watched(), "2026-11-20", UNKNOWN, Reason.WATCH, "off", False),
    ("a closure elsewhere", scoped(everywhere_but), "2026-11-20", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("clocks forward", seven_days, "2027-03-28", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("clocks back", seven_days, "2026-10-25", OPEN, Reason.HOURS, "09:00-17:00", False),
    ("all day, clocks forward", always, "2027-03-28", OPEN, Reason.HOURS, "00:00-24:00", False),
    ("all day, clocks back", always, "2027-10-31", OPEN, Reason.HOURS, "00:00-24:00", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "day", "state", "reason", "spans", "is_shortened"),
    [pytest.param(*row, id=f"{name} [{row[1]}]") for name, *row in ON],
)
def test_a_whole_day(
    held: OfficeFacts, day: str, state: OpeningState, reason: Reason, spans: str, is_shortened: bool
) -> None:
    opening = opening_on(held, date.fromisoformat(day))
    assert (opening.state, opening.lead.state, opening.lead.reason) == (state, state, reason)
    assert spans_text(opening.spans()) == spans
    assert opening.is_shortened is is_shortened
    edges = [(s.span.opens_at, s.span.closes_at) for s in opening.stretches]
    assert edges[0][0] == 0
    assert edges[-1][1] == 24 * 60
    assert [a[1] for a in edges[:-1]] == [b[0] for b in edges[1:]], "the stretches fill the day"


def test_the_spans_of_other_states() -> None:
    assert told(half_day_phone, "2026-11-20", LIMITED) == "12:00-14:00"
    assert told(half_day_phone, "2026-11-20", OPEN, LIMITED) == "09:00-17:00"
    assert told(plain, "2026-12-24", UNKNOWN) == "12:00-17:00"
    assert told(plain, "2026-11-20", CLOSED) == "00:00-09:00,17:00-24:00"


def test_of_two_closures_the_one_that_takes_the_hours_leads_the_day() -> None:
    lead = opening_on(night_then_day, date(2026, 11, 20)).lead
    assert lead.closure is not None
    assert lead.closure.id == "day"


def test_a_day_does_not_tell_times_that_the_clocks_skip() -> None:
    held = facts("Mo-Su 00:00-01:30,02:15-05:00")
    assert told(held, "2027-03-28") == "00:00-01:00,02:15-05:00"
    assert told(held, "2027-03-29") == "off"  # Easter Monday
    assert told(held, "2027-03-30") == "00:00-01:30,02:15-05:00"


def test_a_closure_from_the_second_time_of_an_hour_shuts_the_rest_of_that_day() -> None:
    start = london("2027-10-31 01:30").replace(fold=1)
    held = replace(closure(Effect.CLOSED, "2027-10-31 00:00", "2027-11-01 00:00"))
    held = replace(held, period=replace(held.period, start=start))
    assert told(facts(SEVEN_DAYS, held), "2027-10-31") == "off"
    held = replace(held, period=replace(held.period, start=london("2027-10-30 00:00"), end=start))
    assert told(facts(SEVEN_DAYS, held), "2027-10-31") == "09:00-17:00"


def test_hours_carry_how_sure_they_are_and_since_when() -> None:
    said = london("2026-11-02 10:00")
    sure = replace(hours(NINE_TO_FIVE), certainty=Certainty.CONFIRMED, confirmed_at=said)
    opening = opening_at(facts((sure,)), london("2026-11-20 12:00"))
    assert (opening.certainty, opening.confirmed_at) == (Certainty.CONFIRMED, said)
    checked = replace(facts((sure,)), confirmed_at=london("2026-11-19 10:00"))
    assert opening_at(checked, london("2026-11-20 12:00")).confirmed_at == london("2026-11-19 10:00")
    usual = opening_at(plain, london("2026-11-20 12:00"))
    assert (usual.certainty, usual.confirmed_at) == (Certainty.USUAL, None)
    assert opening_at(facts(None), london("2026-11-20 12:00")).certainty is None


def test_what_is_special_of_the_day_is_told_with_the_answer() -> None:
    for at in ("2026-12-25 12:00", "2026-12-24 10:00", "2026-12-24 18:00", "2026-12-29 12:00"):
        day = opening_at(plain, london(at)).day
        assert day is not None
        assert day.day == london(at).date()
    closed = opening_at(over_christmas, london("2026-12-25 12:00"))
    assert closed.day is not None
    assert closed.day.title == "Christmas Day"
    assert opening_at(plain, london("2026-11-20 12:00")).day is None


@pytest.mark.parametrize("ask", [opening_at, next_opening], ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("held", [plain, midday, with_status(OfficeStatus.CLOSED)], ids=["plain", "closure", "shut"])
def test_a_time_without_a_zone_is_refused(ask: Any, held: OfficeFacts) -> None:
    with pytest.raises(BadInput):
        ask(held, datetime(2026, 11, 20, 12))  # noqa: DTZ001


def test_the_builders_say_what_they_seem_to() -> None:
    assert ONLY_LEEDS.includes(LEEDS)
    assert not ONLY_LEEDS.includes(CARDIFF)
    assert plain.hours == (OpeningHours.parse(NINE_TO_FIVE),)
    assert closure(Effect.REDUCED_HOURS, DAY, NEXT_DAY).spans == (TimeSpan(600, 840),)
    assert closure(Effect.CLOSED, DAY, NEXT_DAY).published_at == LONG_AGO
