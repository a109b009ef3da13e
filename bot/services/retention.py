"""Removing what people wrote: when they ask for it, and when it is old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.jobcentre.conversation import Direction, Message
from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import Handoff, HandoffReason
from bot.jobcentre.question import Thread
from bot.store.records import Erased
from bot.store.unit_of_work import UnitOfWork

NEEDED = (
    HandoffReason.FOI_REQUEST,
    HandoffReason.CRISIS,
    HandoffReason.THREAT,
    HandoffReason.CHILD_AT_RISK,
)
"""What an open case of these needs is kept until it is resolved."""
DAYS_KEPT = 90


def erase(
    work: UnitOfWork,
    sender: str,
    *,
    account: str | None = None,
    channel: str | None = None,
    by: str,
    at: datetime,
) -> Erased:
    """Erase all that is held of a person, except what an open case needs. The audit does not name them."""
    if not sender.strip():
        raise BadInput("say whose messages: --sender")
    erased = work.retention.erase_sender(sender, account=account, channel=channel, keeping=NEEDED)
    _audit(work, "erase", erased, by, at)
    return erased


def forget(work: UnitOfWork, conversation_id: str, *, before: int, handoff: Handoff | None, at: datetime) -> None:
    """Erase what a conversation holds before that message, for the person who asks for it there; not what an open case
    needs: all from the turn that raised it."""
    is_open = handoff is not None and handoff.reason in NEEDED
    needed = _first_needed(work.messages.transcript(conversation_id, before=before)) if is_open else before
    met = Thread(introduced=True).to_dict()  # nothing of theirs, and whom they write to they were told
    messages = work.retention.erase_history(conversation_id, before=needed, remembering=met)
    _audit(work, "erase", Erased(0, messages, int(is_open)), "the person", at)


def _first_needed(messages: Sequence[Message]) -> int:
    """The number of the first message of the turn that raised the case; none is lower where it is not found."""
    reasons = {reason.value for reason in NEEDED}
    start = 0
    for message, following in zip(messages, [*messages[1:], None], strict=True):
        if message.direction is Direction.OUT and any(answer.get("handoff") in reasons for answer in message.answers):
            return start
        if message.direction is Direction.OUT and following is not None:
            start = following.id
    return 0


def purge(work: UnitOfWork, *, days: int = DAYS_KEPT, by: str, at: datetime) -> Erased:
    """Erase messages older than so many days, and conversations in which nothing is left."""
    if days < 1:
        raise BadInput("messages are kept for at least one day")
    erased = work.retention.purge(at - timedelta(days=days))
    _audit(work, "purge", erased, by, at, days=days)
    return erased


def _audit(work: UnitOfWork, action: str, erased: Erased, by: str, at: datetime, **more: Any) -> None:
    after = {"conversations": erased.conversations, "messages": erased.messages, "kept": erased.kept, **more}
    work.audit.add(by=by, action=action, subject_type="messages", subject_id="", at=at, after=after)
