"""What became of handoffs: kept in numbers when one ends, told by account and week without telling of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TypeVar

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Conversation
from bot.jobcentre.handoff import Handoff, HandoffReason
from bot.jobcentre.staffing import Staffing
from bot.services import insights, staffing
from bot.store.records import Outcome
from bot.store.unit_of_work import UnitOfWork


def keep(work: UnitOfWork, ended: Handoff, conversation: Conversation) -> None:
    """Keep the numbers of a handoff that has just ended. Trials count nowhere."""
    if conversation.is_trial:
        return
    rules = staffing.get(work, conversation.account)
    end = ended.resolved_at or ended.waiting_since
    work.outcomes.add(
        Outcome(
            day=ended.waiting_since.astimezone(LONDON).date(),
            account=conversation.account,
            reason=ended.reason,
            priority=ended.priority,
            resolution=ended.resolution,
            claim_minutes=_minutes(rules, ended, ended.assigned_at),
            reply_minutes=_minutes(rules, ended, ended.first_reply_at),
            end_minutes=_minutes(rules, ended, end) or 0,
            was_late=rules.is_late(ended, ended.assigned_at or end),
        )
    )


def _minutes(rules: Staffing, handoff: Handoff, until: datetime | None) -> int | None:
    return None if until is None else int(rules.waited(handoff, until) / timedelta(minutes=1))


# Telling it

T = TypeVar("T")


@dataclass(frozen=True)
class Report:
    """The handoffs of one account that were opened in one week and have ended. None stands for what fewer than
    `insights.FEWEST` handoffs would tell; counts are rounded as insights are."""

    week: date
    """Its Monday."""
    account: str
    number: int | None
    reasons: tuple[tuple[HandoffReason, int], ...]
    """The most frequent first; those too seldom to be shown are left out."""
    resolutions: tuple[tuple[str, int], ...]
    claim_minutes: int | None
    """The middle wait until an adviser had it: urgent by the clock, else in hours in which people answer."""
    reply_minutes: int | None
    """The middle wait until the first reply."""
    end_minutes: int | None
    """The middle time until it ended."""
    within_target: int | None
    """How many of a hundred were claimed within their target."""


def look(work: UnitOfWork, first: date, last: date, accounts: Collection[str] | None = None) -> list[Report]:
    """By week, the newest first, and account; from the first day to the last, both included; on all accounts, or on
    those handles alone. A week that nothing may be told of has a row all the same, with None."""
    groups: dict[tuple[date, str], list[Outcome]] = {}
    for outcome in work.outcomes.find(first, last, accounts):
        monday = outcome.day - timedelta(days=outcome.day.weekday())
        groups.setdefault((monday, outcome.account), []).append(outcome)
    ordered = sorted(groups, key=lambda key: (-key[0].toordinal(), key[1]))
    return [_report(week, account, groups[week, account]) for week, account in ordered]


def _report(week: date, account: str, found: Sequence[Outcome]) -> Report:
    in_time = [not outcome.was_late for outcome in found]
    return Report(
        week,
        account,
        insights.fit(len(found)),
        _counted(outcome.reason for outcome in found),
        _counted(outcome.resolution for outcome in found),
        _middle(outcome.claim_minutes for outcome in found),
        _middle(outcome.reply_minutes for outcome in found),
        _middle(outcome.end_minutes for outcome in found),
        round(100 * sum(in_time) / len(found)) if len(found) >= insights.FEWEST else None,
    )


def _counted(values: Iterable[T]) -> tuple[tuple[T, int], ...]:
    counted = ((value, insights.fit(number)) for value, number in Counter(values).most_common())
    return tuple((value, shown) for value, shown in counted if shown is not None)


def _middle(minutes: Iterable[int | None]) -> int | None:
    known = [value for value in minutes if value is not None]
    return round(median(known)) if len(known) >= insights.FEWEST else None
