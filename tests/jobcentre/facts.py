"""Small facts for the tests of opening: offices of each nation, closures, watches and days that say little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, StaffDay, Watch
from bot.jobcentre.hours import OpeningHours, TimeSpan
from bot.jobcentre.office import Nation, Office
from bot.jobcentre.opening import OfficeFacts

LEEDS = Office(
    "leeds", "Leeds", Nation.ENGLAND, district="West Yorkshire", accounts=("JCPinLeeds", "JCPinWestYorkshire")
)
CARDIFF = Office("cardiff", "Cardiff", Nation.WALES, district="South East Wales", accounts=("JCPinCardiff",))
GLASGOW = Office("glasgow", "Glasgow", Nation.SCOTLAND, district="Glasgow", accounts=("JCPinGlasgow",))
BELFAST = Office("belfast", "Belfast", Nation.NORTHERN_IRELAND)

NINE_TO_FIVE = "Mo-Fr 09:00-17:00"
LUNCH = "Mo-Fr 09:00-12:30,13:30-17:00"
ALWAYS = "Mo-Su 00:00-24:00"
THURSDAYS = "Th 10:00-15:00"
SIX_DAYS = "Mo-Sa 09:00-17:00"
SEVEN_DAYS = "Mo-Su 09:00-17:00"

ONLY_LEEDS = Scope(offices=frozenset({"leeds"}))
EVERYWHERE = Scope(everywhere=True)
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=timezone.utc)

# What an effect needs beside itself.
NEEDS: dict[Effect, dict[str, Any]] = {
    Effect.LATE_OPENING: {"opens_at": 11 * 60},
    Effect.EARLY_CLOSING: {"closes_at": 15 * 60},
    Effect.REDUCED_HOURS: {"spans": (TimeSpan(10 * 60, 14 * 60),)},
    Effect.MOVED: {"moved_to": "bradford"},
}


def london(text: str) -> datetime:
    """The London time "2026-11-20 10:30" or "2026-11-20 10:30:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def period(start: str, end: str | None = None) -> Period:
    return Period(london(start), london(end) if end else None)


def closure(
    effect: Effect, start: str, end: str | None = None, *, scope: Scope = ONLY_LEEDS, name: str = "c", **more: Any
) -> Closure:
    """A closure with what its effect needs; without an end it is to be looked at again in 2028."""
    said = {"cause": Cause.OTHER, "published_at": LONG_AGO, **NEEDS.get(effect, {}), **more}
    if end is None:
        said["review_by"] = london("2028-01-01 09:00")
    return Closure(id=name, effect=effect, period=period(start, end), scope=scope, **said)


def watch(start: str, end: str, *, scope: Scope = ONLY_LEEDS, published: str | None = None, **more: Any) -> Watch:
    """A watch, published when it starts unless another time is given."""
    return Watch("w", Cause.WEATHER, period(start, end), scope, london(published or start), **more)


def staff_day(
    day: str, *, is_open: bool = False, said: str = "2026-01-05 09:00", scope: Scope = ONLY_LEEDS
) -> StaffDay:
    return StaffDay(date.fromisoformat(day), "Staff day", is_open, scope, london(said))


def hours(text: str, valid_from: str | None = None, valid_to: str | None = None) -> OpeningHours:
    return replace(
        OpeningHours.parse(text),
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
    )


def facts(
    weekly: str | Sequence[OpeningHours] | None = NINE_TO_FIVE,
    *closures: Closure,
    office: Office = LEEDS,
    watches: Sequence[Watch] = (),
    days: Sequence[StaffDay] = (),
) -> OfficeFacts:
    """Facts of one office; `weekly` None is an office whose hours nobody has given."""
    history = (OpeningHours.parse(weekly),) if isinstance(weekly, str) else tuple(weekly or ())
    return OfficeFacts(office, history, tuple(days), closures, tuple(watches))
