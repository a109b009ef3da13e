"""Weekly opening hours: for each weekday the spans of local time in which an office is open.

Hours are written and read as a small part of OSM's `opening_hours` text: "Mo-Fr 09:00-17:00; We 10:00-17:00".
A later rule replaces an earlier one for the days it names. "off" closes a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from bot.jobcentre.errors import BadInput

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60
_DAYS = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(Mo|Tu|We|Th|Fr|Sa|Su))?", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_HELP = 'write hours like "Mo-Fr 09:00-17:00; We 10:00-12:30,13:30-17:00; Sa off"'


class Certainty(str, Enum):
    CONFIRMED = "confirmed"
    USUAL = "usual"
    """What is normal there, not checked: the reply says "usually"."""


@dataclass(frozen=True, order=True)
class TimeSpan:
    """A span of one day in minutes since its local midnight, from its start to before its end; 1440 ends the day."""

    opens_at: int
    closes_at: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens_at < self.closes_at <= DAY_MINUTES:
            raise BadInput(
                f"{clock_text(self.opens_at)}-{clock_text(self.closes_at)} is not a span of one day: "
                "it must end after it starts, and by 24:00 (write hours past midnight on both days)"
            )

    @classmethod
    def parse(cls, text: str) -> TimeSpan:
        """Read "09:00-17:00". Raises BadInput."""
        found = _SPAN.fullmatch(text.strip())
        if not found:
            raise BadInput(f'"{text.strip()}" is not a span of time: {_HELP}')
        hour, minute, end_hour, end_minute = map(int, found.groups())
        if minute > 59 or end_minute > 59 or hour > 24 or end_hour > 24:
            raise BadInput(f'"{text.strip()}" is not a time of day: {_HELP}')
        return cls(hour * 60 + minute, end_hour * 60 + end_minute)

    def __str__(self) -> str:
        return f"{clock_text(self.opens_at)}-{clock_text(self.closes_at)}"


Spans = tuple[TimeSpan, ...]


def clock_text(minutes: int) -> str:
    """Minutes since midnight as "09:30"; 1440 as "24:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def parse_spans(text: str) -> Spans:
    """Read "09:00-12:30,13:30-17:00", or "off" as no span. Raises BadInput."""
    if text.strip().lower() in ("off", "closed"):
        return ()
    return joined(TimeSpan.parse(part) for part in text.split(","))


def joined(spans: Iterable[TimeSpan]) -> Spans:
    """The same time as sorted spans that neither touch nor overlap."""
    out: list[TimeSpan] = []
    for span in sorted(spans):
        if out and span.opens_at <= out[-1].closes_at:
            out[-1] = TimeSpan(out[-1].opens_at, max(out[-1].closes_at, span.closes_at))
        else:
            out.append(span)
    return tuple(out)


@dataclass(frozen=True)
class OpeningHours:
    """The hours of one office over some dates, for each weekday from Monday."""

    week: tuple[Spans, ...]
    certainty: Certainty = Certainty.USUAL
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day on which they hold; None is until replaced."""
    confirmed_at: datetime | None = None
    """When somebody last said that these hours are right."""

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise BadInput("opening hours need one entry for each of the seven weekdays")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise BadInput(f"hours cannot end ({self.valid_to}) before they start ({self.valid_from})")

    @classmethod
    def parse(cls, text: str, certainty: Certainty = Certainty.USUAL) -> OpeningHours:
        """Read OSM text such as "Mo-Fr 09:00-17:00; We 10:00-17:00". Days not named are closed. Raises BadInput."""
        week: list[Spans] = [()] * 7
        rules = [rule.strip() for rule in text.split(";") if rule.strip()]
        if not rules:
            raise BadInput(f"no hours given: {_HELP}")
        for rule in rules:
            days, spans = _parse_rule(rule)
            for weekday in days:
                week[weekday] = spans
        return cls(tuple(week), certainty)

    def on(self, day: date) -> Spans:
        """The spans of that weekday, whether or not these hours are valid then."""
        return self.week[day.weekday()]

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def __str__(self) -> str:
        """The shortest OSM text: neighbouring days with the same hours share a rule."""
        runs: list[tuple[int, int]] = []
        for weekday, spans in enumerate(self.week):
            if runs and self.week[runs[-1][0]] == spans:
                runs[-1] = (runs[-1][0], weekday)
            else:
                runs.append((weekday, weekday))
        rules = [f"{_days_text(a, b)} {spans_text(self.week[a])}" for a, b in runs if self.week[a]]
        return "; ".join(rules) or "Mo-Su off"


def spans_text(spans: Spans) -> str:
    return ",".join(map(str, spans)) or "off"


def hours_on(history: Sequence[OpeningHours], day: date) -> OpeningHours | None:
    """The hours valid that day: of several, those that start last. None where none are held."""
    valid = [hours for hours in history if hours.is_valid_on(day)]
    return max(valid, key=lambda hours: hours.valid_from or date.min, default=None)


def _days_text(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"


def _parse_rule(rule: str) -> tuple[list[int], Spans]:
    head, _, tail = rule.partition(" ")
    if rule[:1].isdigit():
        head, tail = "Mo-Su", rule
    days: list[int] = []
    for part in head.split(","):
        found = _DAYS.fullmatch(part.strip())
        if not found:
            raise BadInput(f'"{rule}" does not start with weekdays: {_HELP}')
        days += _day_range(found[1], found[2])
    return days, parse_spans(tail)


def _day_range(first: str, last: str | None) -> list[int]:
    start = WEEKDAYS.index(first.title())
    end = WEEKDAYS.index((last or first).title())
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]
