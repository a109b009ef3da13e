"""Handing a conversation to people: why, how urgently, and when people answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.jobcentre.calendar import LONDON, DayRule, Division, in_utc, is_working_day, special_day
from bot.jobcentre.hours import OpeningHours, Spans

PEOPLE_WEEK = OpeningHours.parse("Mo-Fr 09:00-17:00").week
"""People answer 9am to 5pm, Monday to Friday, on the account's nation's working days (facts 4.20)."""
_LOOK_BACK = 31
"""Days in which somebody was there for certain: the longest holidays are shorter."""


class HandoffReason(str, Enum):
    ASKED = "asked"
    CRISIS = "crisis"
    THREAT = "threat"
    FOI_REQUEST = "foi_request"
    DATA_REQUEST = "data_request"
    WRONG_INFORMATION = "wrong_information"
    NOT_UNDERSTOOD = "not_understood"
    FAILURE = "failure"
    OFFICIAL = "official"
    MISDIRECTED_LETTER = "misdirected_letter"
    CHILD_AT_RISK = "child_at_risk"
    COMPLAINT_REPLY_WANTED = "complaint_reply_wanted"

    @property
    def priority(self) -> Priority:
        urgent = (HandoffReason.CRISIS, HandoffReason.THREAT, HandoffReason.CHILD_AT_RISK)
        return Priority.URGENT if self in urgent else Priority.NORMAL


class Priority(str, Enum):
    URGENT = "urgent"
    NORMAL = "normal"


class HandoffState(str, Enum):
    OPEN = "open"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Wanted:
    """What a person who waits had asked, as the assistant understood it; none of their words."""

    kinds: tuple[str, ...] = ()
    """Main one first."""
    topics: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    """Ids."""


@dataclass(frozen=True)
class Handoff:
    """One conversation that waits for a person, is with one, or was."""

    id: int
    conversation_id: str
    reason: HandoffReason
    priority: Priority
    state: HandoffState
    waiting_since: datetime
    assignee: str | None = None
    assigned_at: datetime | None = None
    first_reply_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = ""
    """How it ended: `resolved`, `returned`, `cancelled`, `blocked`."""
    wanted: Wanted = Wanted()
    waits: int = 1
    """How often it has waited: once more each time it went back to the queue."""
    is_after_threat: bool = False
    """Whether staff were threatened, whatever else it is for: of two urgent reasons the first one counts."""
    version: int = 1


@dataclass(frozen=True)
class PeopleHours:
    """When people answer an account: hours of the week in London, on the working days of its nation."""

    division: Division
    week: tuple[Spans, ...] = PEOPLE_WEEK

    def is_open_at(self, moment: datetime) -> bool:
        utc = in_utc(moment)
        return any(start <= utc < end for start, end in self._spans_on(utc.astimezone(LONDON).date()))

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself where people are there, else when they are next."""
        if self.is_open_at(moment):
            return moment
        utc = in_utc(moment)
        start = next(start for start, _ in self._spans_from(utc.astimezone(LONDON).date()) if start > utc)
        return start.astimezone(LONDON)

    def closes_next(self, moment: datetime) -> datetime:
        """When those who are there leave; for a moment at which nobody is, when those who come next do."""
        utc = in_utc(moment)
        end = next(end for _, end in self._spans_from(utc.astimezone(LONDON).date()) if end > utc)
        return end.astimezone(LONDON)

    def closed_last(self, moment: datetime) -> datetime | None:
        """When people last went home, at that moment or before: a break within a day is none. None where nobody was
        there for a month."""
        utc = in_utc(moment)
        day = utc.astimezone(LONDON).date()
        for back in range(_LOOK_BACK):
            spans = self._spans_on(day - timedelta(days=back))
            if spans and spans[-1][1] <= utc:
                return spans[-1][1].astimezone(LONDON)
        return None

    def time_open(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from start to end people were there."""
        first, last = in_utc(start), in_utc(end)
        worked = timedelta()
        for opens, closes in self._spans_from(first.astimezone(LONDON).date()):
            if opens >= last:
                break
            worked += max(min(closes, last) - max(opens, first), timedelta())
        return worked

    def _spans_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Without end: there are hours in every week (`Staffing` sees to it)."""
        while True:
            yield from self._spans_on(day)
            day += timedelta(days=1)

    def _spans_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """In UTC, where times compare and subtract across a change of the clocks."""
        spans = self.week[day.weekday()]
        if not spans or not self._is_sure(day):
            return []
        return [(_at(day, span.opens_at), _at(day, span.closes_at)) for span in spans]

    def _is_sure(self, day: date) -> bool:
        """Not a holiday, nor one that may come: that people are there then is never promised."""
        special = special_day(day, self.division)
        may_be_shut = special is not None and special.rule is DayRule.UNKNOWN
        return (is_working_day(day, self.division) or self._is_weekend_shift(day)) and not may_be_shut

    def _is_weekend_shift(self, day: date) -> bool:
        """A Saturday or Sunday that is not a holiday, for a team that works then."""
        return day.weekday() >= 5 and special_day(day, self.division) is None


def _at(day: date, minutes: int) -> datetime:
    clock = datetime.combine(day, time(), LONDON).replace(hour=minutes // 60 % 24, minute=minutes % 60)
    return in_utc(clock + timedelta(days=minutes // (24 * 60)))
