"""Removing what people wrote: when they ask for it, and when it is old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.jobcentre.conversation import Conversation, Direction, Message
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


@dataclass(frozen=True)
class Keeping:
    """For how long what people wrote is kept."""

    days: int = 30
    handoff_days: int = 90
    """What was handed to people, with its reason and notes: counted from when it was resolved."""
    miss_days: int = 14
    """That a message was not understood, for staff to learn from."""

    def __post_init__(self) -> None:
        """Raises BadInput."""
        if self.days < 1:
            raise BadInput("messages are kept for at least one day")
        if self.handoff_days < self.days:
            raise BadInput(
                f"what was handed to people is kept at least as long as other messages: {self.days} days, not "
                f"{self.handoff_days} (JOBCENTRE_KEEP_HANDOFF_DAYS, --handoff-days)"
            )
        if not 1 <= self.miss_days <= self.days:
            raise BadInput(
                f"that a message was not understood is kept at most as long as the message: {self.days} days, not "
                f"{self.miss_days} (JOBCENTRE_KEEP_MISS_DAYS, --miss-days)"
            )


USUAL = Keeping()


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
    found = find_of_sender(work, sender, account=account, channel=channel)
    cases = {c.id: h for c in found if (h := work.handoffs.unresolved_of(c.id)) and h.reason in NEEDED}
    erased = work.retention.erase_conversations([c.id for c in found if c.id not in cases], at=at)
    for conversation_id in cases:
        erased += _erase_before_case(work, conversation_id, at)
    _audit(work, "erase", erased, by, at)
    return erased


def find_of_sender(
    work: UnitOfWork, sender: str, *, account: str | None = None, channel: str | None = None
) -> list[Conversation]:
    """A person's conversations. Raises BadInput where nobody is named."""
    if not sender.strip():
        raise BadInput("say whose messages: --sender")
    return work.retention.find_of_sender(sender, account=account, channel=channel)


def _erase_before_case(work: UnitOfWork, conversation_id: str, at: datetime) -> Erased:
    transcript = work.messages.transcript(conversation_id, limit=_ALL)
    erased = _forget(work, conversation_id, _first_needed(transcript), at)
    return erased + Erased(0, 0, kept=1)


def forget(work: UnitOfWork, conversation_id: str, *, before: int, handoff: Handoff | None, at: datetime) -> None:
    """Erase what a conversation holds before that message, for the person who asks for it there; not what an open case
    needs: all from the turn that raised it."""
    is_open = handoff is not None and handoff.reason in NEEDED
    transcript = work.messages.transcript(conversation_id, before=before, limit=_ALL) if is_open else []
    needed = _first_needed(transcript) if is_open else before
    erased = _forget(work, conversation_id, needed, at)
    _audit(work, "erase", erased + Erased(0, 0, kept=int(is_open)), "the person", at)


_ALL = 10_000
"""Messages of one conversation: more than anybody writes in the time in which they are kept."""


def _forget(work: UnitOfWork, conversation_id: str, before: int, at: datetime) -> Erased:
    met = Thread(introduced=True).to_dict()  # nothing of theirs, and whom they write to they were told
    return work.retention.erase_history(conversation_id, before=before, remembering=met, at=at)


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


def purge(work: UnitOfWork, keeping: Keeping = USUAL, *, by: str, at: datetime, dry_run: bool = False) -> Erased:
    """Erase what is older than it is kept: messages, what the dialogues remember, resolved handoffs with their reasons
    and notes, conversations in which nothing is left, and what was not understood with the phrases proposed of it.
    Counts stay. A dry run says how much that would be."""
    trial = work.connection.begin_nested()
    erased = work.retention.purge(
        before=at - timedelta(days=keeping.days),
        handoffs_before=at - timedelta(days=keeping.handoff_days),
        misses_before=at - timedelta(days=keeping.miss_days),
        at=at,
    )
    if dry_run:
        trial.rollback()
        return erased
    trial.commit()
    _audit(work, "purge", erased, by, at, **vars(keeping))
    return erased


def _audit(work: UnitOfWork, action: str, erased: Erased, by: str, at: datetime, **more: Any) -> None:
    work.audit.add(by=by, action=action, subject_type="messages", subject_id="", at=at, after={**vars(erased), **more})
