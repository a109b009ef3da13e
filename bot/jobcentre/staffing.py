"""How an account is staffed: when people answer, how soon they mean to, and who is told at night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from bot.jobcentre.calendar import Division
from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import PEOPLE_WEEK, Handoff, PeopleHours, Priority
from bot.jobcentre.hours import OpeningHours, Spans

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MOST_MINUTES = 5 * 24 * 60


class Lapse(str, Enum):
    """Why a conversation goes back to the queue by itself."""

    CLOSED = "closed"
    """The people went home."""
    SILENT = "silent"
    """The person waits for the adviser, longer than the limit."""


@dataclass(frozen=True)
class Staffing:
    """The hours, targets and limits of one account. Raises BadInput where one cannot be."""

    week: tuple[Spans, ...] = PEOPLE_WEEK
    """When people answer on each weekday from Monday; holidays are left out by themselves."""
    urgent_minutes: int = 5
    """How long somebody urgent should wait at most, by the clock, day and night."""
    normal_minutes: int = 120
    """How long anybody else should wait at most, in hours in which people answer."""
    silent_minutes: int = 30
    """How long a person who wrote to an adviser waits before their conversation goes back to the queue."""
    night_contact: str = ""
    """Email address that is told of people who wait while nobody else is there; "" is nobody."""
    division: Division = Division.ENGLAND_AND_WALES
    """Whose holidays: of the account's nation, not a setting."""

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise BadInput('say when people answer, like "Mo-Fr 09:00-17:00": on one day of the week at least')
        for name in ("urgent_minutes", "normal_minutes", "silent_minutes"):
            if not 1 <= getattr(self, name) <= _MOST_MINUTES:
                raise BadInput(f"{name.replace('_', ' ')} is {getattr(self, name)}: write 1 to {_MOST_MINUTES}")
        if self.night_contact and not _EMAIL.fullmatch(self.night_contact):
            raise BadInput(f'"{self.night_contact}" is not an email address')

    @property
    def hours(self) -> PeopleHours:
        return PeopleHours(self.division, self.week)

    def waited(self, handoff: Handoff, until: datetime) -> timedelta:
        """How long somebody waited, as their target counts: urgent by the clock, else while people answer."""
        if handoff.priority is Priority.URGENT:
            return max(until - handoff.waiting_since, timedelta())
        return self.hours.time_open(handoff.waiting_since, until)

    def target(self, handoff: Handoff) -> timedelta:
        is_urgent = handoff.priority is Priority.URGENT
        return timedelta(minutes=self.urgent_minutes if is_urgent else self.normal_minutes)

    def is_late(self, handoff: Handoff, until: datetime) -> bool:
        """Whether somebody who waits until then waits past the target."""
        return self.waited(handoff, until) >= self.target(handoff)

    def lapse(
        self, handoff: Handoff, *, adviser_at: datetime | None, person_at: datetime | None, at: datetime
    ) -> Lapse | None:
        """Why a claimed conversation goes back to the queue now; None where it stays with its adviser.

        `adviser_at` is when an adviser last spoke in it, `person_at` when the person first wrote after that.
        """
        claimed = handoff.assigned_at or at
        active = max(claimed, adviser_at) if adviser_at else claimed
        limit = timedelta(minutes=self.silent_minutes)
        is_awaited = person_at is not None or adviser_at is None or adviser_at < claimed
        if is_awaited and at - max(claimed, person_at or claimed) >= limit:
            return Lapse.SILENT
        closed = self.hours.closed_last(at)
        has_left = closed is not None and active < closed
        # Nobody at risk is taken from an adviser who is still there after five.
        is_still_there = handoff.priority is Priority.URGENT and at - active < limit
        return Lapse.CLOSED if has_left and not is_still_there else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "week": str(OpeningHours(self.week)),
            "urgent_minutes": self.urgent_minutes,
            "normal_minutes": self.normal_minutes,
            "silent_minutes": self.silent_minutes,
            "night_contact": self.night_contact,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], division: Division = Division.ENGLAND_AND_WALES) -> Staffing:
        """What is missing is as for everybody. Raises BadInput."""
        known = {name: data[name] for name in cls().to_dict() if name in data}
        if "week" in known:
            known["week"] = OpeningHours.parse(str(known["week"])).week
        return cls(**known, division=division)
