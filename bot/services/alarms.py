"""Alarms: nobody waits unseen. Who waits past the target stands on Today, and goes out to where staff will notice.

An alarm is sent once for each handoff, level and receiver; tried again where it failed. The level is its priority, for
a wait that becomes urgent is another matter, and which wait it is, where an adviser had it meanwhile. It says that
somebody waits, and nothing of what they wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.jobcentre.handoff import Handoff, HandoffState
from bot.services import staffing
from bot.services.handoffs import Case, find_waiting
from bot.store.records import Alarm
from bot.store.unit_of_work import UnitOfWork

WEBHOOK, EMAIL = "webhook", "email"
TRIES_AT_MOST = 12
_LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Receivers:
    """Where alarms go, whatever the account. The contact for the night is each account's own."""

    has_webhook: bool = False
    emails: tuple[str, ...] = ()
    can_mail: bool = False
    """Whether there is a mail server at all."""


@dataclass(frozen=True)
class Late:
    """Somebody who waits past the target."""

    case: Case
    waited: timedelta
    """As the target counts: urgent by the clock, else in hours in which people answer."""
    target: timedelta


@dataclass(frozen=True)
class Notice:
    """What is sent of an alarm."""

    alarm: Alarm
    case: Case
    at: datetime

    def to_dict(self) -> dict[str, Any]:
        handoff = self.case.handoff
        return {
            "event": "handoff_late",
            "handoff": handoff.id,
            "account": self.case.conversation.account,
            "reason": handoff.reason.value,
            "priority": handoff.priority.value,
            "waiting_since": handoff.waiting_since.isoformat(timespec="seconds"),
            "minutes": int((self.at - handoff.waiting_since) / timedelta(minutes=1)),
        }


def find_late(work: UnitOfWork, *, at: datetime, accounts: Collection[str] | None = None) -> list[Late]:
    """Those that nobody has and that wait past their target, urgent first and then the longest wait; on all accounts,
    or on those handles."""
    roster = staffing.roster(work)
    late = []
    for case in find_waiting(work):
        rules = roster.of(case.conversation.account)
        if rules.is_late(case.handoff, at) and (accounts is None or case.conversation.account in accounts):
            late.append(Late(case, rules.waited(case.handoff, at), rules.target(case.handoff)))
    return late


def raise_late(work: UnitOfWork, receivers: Receivers, *, at: datetime) -> int:
    """Raise an alarm for each who is late and each receiver, once. Returns how many were new."""
    roster = staffing.roster(work)
    raised = 0
    for late in find_late(work, at=at):
        handoff, rules = late.case.handoff, roster.of(late.case.conversation.account)
        places = [(WEBHOOK, "")] if receivers.has_webhook else []
        if receivers.can_mail and receivers.emails:
            places.append((EMAIL, ", ".join(receivers.emails)))
        if receivers.can_mail and rules.night_contact and not rules.hours.is_open_at(at):
            places.append((EMAIL, rules.night_contact))
        level = _level(handoff)
        raised += sum(work.alarms.raise_one(handoff.id, level, way, to, at=at) for way, to in places)
    return raised


def _level(handoff: Handoff) -> str:
    """Its priority, and which wait it is where it has gone back to the queue: then it is told anew."""
    return handoff.priority.value if handoff.waits == 1 else f"{handoff.priority.value}, wait {handoff.waits}"


def take_due(work: UnitOfWork, *, at: datetime) -> list[Notice]:
    """Those to be sent now, each with its next try arranged in case nothing more is heard of this one. Alarms about
    people who do not wait any more are dropped."""
    due = []
    for alarm in work.alarms.find_due(at):
        handoff = work.handoffs.get(alarm.handoff_id)
        if handoff.state is not HandoffState.OPEN:
            work.alarms.drop(alarm.id)
            continue
        work.alarms.begin(alarm.id, retry_at=_retry_at(alarm, at))
        due.append(Notice(alarm, Case(handoff, work.conversations.get(handoff.conversation_id)), at))
    return due


def _retry_at(alarm: Alarm, at: datetime) -> datetime | None:
    """After 1, 2, 4 … minutes; None after the last try."""
    if alarm.attempts + 1 >= TRIES_AT_MOST:
        return None
    return at + min(timedelta(minutes=2 ** min(alarm.attempts, 10)), _LONGEST_PAUSE)


def mark_sent(work: UnitOfWork, alarm: Alarm, *, at: datetime) -> None:
    work.alarms.mark_sent(alarm.id, at=at)


def mark_failed(work: UnitOfWork, alarm: Alarm, *, error: str) -> None:
    """`error` is kept and shown to staff: it must hold no address and no password."""
    work.alarms.mark_failed(alarm.id, error=error)


def find_failing(work: UnitOfWork) -> list[Alarm]:
    """Those that could not be sent so far, for staff to see."""
    return work.alarms.find_failing()
