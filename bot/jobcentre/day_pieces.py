"""What some words of a message say: a day, a time, or a part of the day; and the days that they are worked out from."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Clock:
    """A time as written; a bare hour is still open to am or pm."""

    at: time
    until: time | None = None
    relation: str = "at"
    bare: bool = False
    bare_end: bool = False


@dataclass(frozen=True)
class Day:
    """What a day expression means, before it is joined with a time."""

    first: date
    last: date
    kind: str = "day"
    """weekday, month_day ("the 27th"), date (without a year), weekend, week, feast, holiday (a bank holiday): what
    joining may do with it."""
    weekly: int | None = None
    past: bool = False
    now: bool = False
    soft: bool = False
    """"Still", "currently": gives way to any other day in the sentence."""
    part: str | None = None
    clock: Clock | None = None


@dataclass
class Piece:
    """Some words of the row (from `a` up to `b`) and the day, time or part of the day that they say."""

    a: int
    b: int
    day: Day | None = None
    clock: Clock | None = None
    part: str | None = None
    weak: bool = False
    """Counts only beside a day: "am", "first thing", "10 to 2"."""
    others: list[tuple[int, int]] = field(default_factory=list)
    """Words elsewhere that belong to it."""
    time_first: bool = False
    """The time is written before the day: "at 3 on monday"."""


class Impossible(Exception):
    """The words name a day that the calendar does not have."""


def single_day(day: date, **more: Any) -> Day:
    """One day; `more` is the rest of Day."""
    return Day(day, day, **more)


def coming(weekday: int, today: date) -> date:
    """The next such weekday (0 for Monday), today included."""
    return today + DAY * ((weekday - today.weekday()) % 7)


def latest(weekday: int, today: date) -> date:
    """The last such weekday strictly before today."""
    return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)


def monday_of(day: date) -> date:
    """The Monday of its calendar week."""
    return day - DAY * day.weekday()


def month_day(today: date, number: int, is_past: bool) -> Day:
    """The coming 27th (or the latest, of the past); months that do not have the day are passed over.

    Raises Impossible for a number that no month has.
    """
    start, step = today.replace(day=1), -1 if is_past else 1
    for months in range(4 if 1 <= number <= 31 else 0):
        first = start + relativedelta(months=step * months)
        if number > monthrange(first.year, first.month)[1]:
            continue
        day = first.replace(day=number)
        if (day <= today) if is_past else (day >= today):
            return single_day(day, kind="month_day", past=is_past)
    raise Impossible
