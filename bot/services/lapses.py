"""Conversations that go back to the queue by themselves: the people went home, or the adviser fell silent.

`sweep` is called each half minute while `jobcentre run` runs, and by `jobcentre handoffs sweep`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.answer import Answer
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import Handoff, HandoffReason, PeopleHours
from bot.jobcentre.kinds import Kind
from bot.jobcentre.staffing import Lapse
from bot.jobcentre.wording import Responses
from bot.services import outgoing, staffing
from bot.services.conversations import MAY_BE_CANCELLED
from bot.services.desk import CONTACT_PAGE
from bot.services.handoffs import AT_RISK
from bot.store.unit_of_work import UnitOfWork

BY = "the assistant"
"""Who did it, in the history."""


@dataclass(frozen=True)
class Lapsed:
    """A conversation that went back to the queue."""

    handoff: Handoff
    """As it waits now."""
    was_with: str
    why: Lapse


def sweep(work: UnitOfWork, responses: Responses, *, at: datetime) -> list[Lapsed]:
    """Put back what is due at that moment, and tell each person once. Trials are left alone."""
    roster = staffing.roster(work)
    claimed = work.handoffs.find_assigned()
    conversations = {c.id: c for c in work.conversations.find([h.conversation_id for h in claimed])}
    said = work.messages.last_said(list(conversations))
    lapsed = []
    for handoff in claimed:
        rules = roster.of(conversations[handoff.conversation_id].account)
        adviser_at, person_at = said[handoff.conversation_id]
        why = rules.lapse(handoff, adviser_at=adviser_at, person_at=person_at, at=at)
        back = _put_back(work, handoff, why, at) if why else None
        if why and back:
            told = back_answers(work, handoff, rules.hours, at=at)
            outgoing.say(work, conversations[handoff.conversation_id], told, responses, at=at)
            lapsed.append(Lapsed(back, handoff.assignee or "", why))
    return lapsed


def _put_back(work: UnitOfWork, handoff: Handoff, why: Lapse, at: datetime) -> Handoff | None:
    """None where somebody else changed it meanwhile: it is left alone then."""
    try:
        back = work.handoffs.release(handoff.id, expected_version=handoff.version)
    except Conflict:
        return None
    before = {"state": handoff.state.value, "assignee": handoff.assignee}
    after = {"state": back.state.value, "assignee": None, "why": why.value}
    work.audit.add(
        by=BY, action="lapse", subject_type="handoff", subject_id=str(back.id), at=at, before=before, after=after
    )
    return back


def back_answers(work: UnitOfWork, handoff: Handoff, hours: PeopleHours, *, at: datetime) -> list[Answer]:
    """What the person is told. In a crisis no time is promised; after a threat nothing but that people must look."""
    if handoff.reason is HandoffReason.THREAT:
        return [Answer("utter_threat_waiting", Kind.ABUSE)]
    if handoff.reason in AT_RISK:
        nobody = [] if hours.is_open_at(at) else [Answer("utter_crisis_nobody_reading", Kind.HANDOFF)]
        return [Answer("utter_handoff_back_urgent", Kind.HANDOFF), *nobody]
    may_cancel = handoff.reason in MAY_BE_CANCELLED
    cancel = [Answer("utter_handoff_back_cancel", Kind.HANDOFF)] if may_cancel else []
    if hours.is_open_at(at):
        return [Answer("utter_handoff_back_silent", Kind.HANDOFF), *cancel]
    blanks = {"next": hours.next_open(at).isoformat(), "link": outgoing.link(work, CONTACT_PAGE)}
    return [Answer("utter_handoff_back_closed", Kind.HANDOFF, blanks), *cancel]
