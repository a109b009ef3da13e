"""Blocking abusive senders: the assistant and advisers are silent for them, except in a crisis."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.jobcentre.answer import Answer
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import HandoffState
from bot.jobcentre.kinds import Kind
from bot.jobcentre.wording import Responses
from bot.services import handoffs, outgoing
from bot.services.desk import DWP_PAGE
from bot.services.handoffs import AT_RISK, Case
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


def unblock(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> None:
    """The assistant answers what they write next. Raises NotFound; Conflict where they are not blocked."""
    handoff = work.handoffs.get(handoff_id)
    if not work.conversations.set_blocked(handoff.conversation_id, False):
        raise Conflict("this person is not blocked")
    _audit(work, "unblock", handoff_id, by, at)


def find(work: UnitOfWork, accounts: Collection[str] | None = None) -> list[Case]:
    """Those who are blocked, with their latest handoff, on all accounts or on those handles."""
    conversations = {conversation.id: conversation for conversation in work.conversations.find_blocked(accounts)}
    latest = {handoff.conversation_id: handoff for handoff in work.handoffs.find_of_each(list(conversations))}
    return [Case(handoff, conversations[of]) for of, handoff in latest.items()]


def _audit(work: UnitOfWork, action: str, handoff_id: int, by: str, at: datetime) -> None:
    work.audit.add(by=by, action=action, subject_type="handoff", subject_id=str(handoff_id), at=at)
