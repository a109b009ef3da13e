"""Handing a conversation to people: why, how urgently, and when people answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.jobcentre.calendar import LONDON, DayRule, Division, in_utc, is_working_day, special_day

PEOPLE_FROM = time(9)
PEOPLE_UNTIL = time(17)
"""People answer 9am to 5pm, Monday to Friday, on the account's nation's working days (facts 4.20)."""


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
class Handoff:
    """One conversation that waits for a person, is with one, or was."""

    id: int
    conversation_id: str
    reason: HandoffReason
    priority: Priority
    state: HandoffState
    waiting_since: datetime
    assignee: str | None = None
    first_reply_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = ""
    """How it ended: `resolved`, `returned`, `cancelled`."""
    version: int = 1


@dataclass(frozen=True)
class PeopleHours:
    """When people answer an account. A setting of the account."""

    division: Division
    opens_at: time = PEOPLE_FROM
    closes_at: time = PEOPLE_UNTIL

    def is_open_at(self, moment: datetime) -> bool:
        local = in_utc(moment).astimezone(LONDON)
        return self._is_sure(local.date()) and self.opens_at <= local.time() < self.closes_at

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself where people are there, else when they are next."""
        if self.is_open_at(moment):
            return moment
        local = moment.astimezone(LONDON)
        day = local.date() if local.time() < self.opens_at else local.date() + timedelta(days=1)
        return datetime.combine(self._working_day_from(day), self.opens_at, LONDON)

    def _working_day_from(self, day: date) -> date:
        while not self._is_sure(day):
            day += timedelta(days=1)
        return day

    def _is_sure(self, day: date) -> bool:
        """A working day on which nobody doubts that offices open: a holiday that may come is never promised."""
        special = special_day(day, self.division)
        may_be_shut = special is not None and special.rule is DayRule.UNKNOWN
        return is_working_day(day, self.division) and not may_be_shut
