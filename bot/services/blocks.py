"""Blocking abusive senders: the assistant and advisers are silent for them, except in a crisis."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Conversation
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import Handoff, HandoffState
from bot.jobcentre.kinds import Kind
from bot.jobcentre.wording import Responses
from bot.services import handoffs, outgoing
from bot.services.desk import DWP_PAGE
from bot.services.handoffs import AT_RISK
from bot.store.unit_of_work import UnitOfWork


def block(work: UnitOfWork, responses: Responses, handoff_id: int, *, by: str, at: datetime) -> None:
    """Block whoever wrote in that conversation, tell them once, and end its handoff as `blocked`.

    Raises NotFound; Conflict where another adviser has it, they are at risk, or they are blocked already.
    """
    handoff = work.handoffs.get(handoff_id)
    if handoff.state is not HandoffState.RESOLVED and handoff.reason in AT_RISK:
        raise Conflict("somebody who may be at risk is not blocked: deal with that first")
    conversation = work.conversations.get(handoff.conversation_id)
    if conversation.is_blocked:
        raise Conflict("this person is blocked already")
    if handoff.state is HandoffState.RESOLVED:
        _audit(work, "block", handoff_id, by, at)
    else:
        handoffs.end(work, handoff_id, "blocked", by=by, at=at)
    told = Answer("utter_blocked", Kind.ABUSE, {"link": outgoing.link(work, DWP_PAGE)})
    outgoing.say(work, conversation, [told], responses, at=at)
    work.conversations.set_blocked(conversation.id, True)


@dataclass(frozen=True)
class Blocked:
    """Somebody who is blocked."""

    conversation: Conversation
    handoff: Handoff | None
    """The latest of their conversation; None where it is erased for its age."""


def unblock(work: UnitOfWork, conversation_id: str, *, by: str, at: datetime) -> None:
    """The assistant answers what they write next. Raises NotFound; Conflict where they are not blocked."""
    work.conversations.get(conversation_id)
    if not work.conversations.set_blocked(conversation_id, False):
        raise Conflict("this person is not blocked")
    handoffs_held = work.handoffs.find_of(conversation_id)
    _audit(work, "unblock", handoffs_held[-1].id if handoffs_held else None, by, at)


def find(work: UnitOfWork, accounts: Collection[str] | None = None) -> list[Blocked]:
    """Those who are blocked, on all accounts or on those handles."""
    conversations = work.conversations.find_blocked(accounts)
    held = work.handoffs.find_of_each([conversation.id for conversation in conversations])
    latest = {handoff.conversation_id: handoff for handoff in held}
    return [Blocked(conversation, latest.get(conversation.id)) for conversation in conversations]


def _audit(work: UnitOfWork, action: str, handoff_id: int | None, by: str, at: datetime) -> None:
    work.audit.add(by=by, action=action, subject_type="handoff", subject_id=str(handoff_id or ""), at=at)
