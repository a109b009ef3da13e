"""The inbox of advisers: which conversations wait, which are with whom, and which have ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.conversation import Conversation, Message
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import Handoff, HandoffState
from bot.services import handoffs, staffing
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Entry:
    """One line of a list."""

    handoff: Handoff
    conversation: Conversation
    written: Message | None
    """What the person wrote last; None where it is erased."""


def find_open(work: UnitOfWork, accounts: Collection[str] | None) -> list[Handoff]:
    """Those of the accounts (None: of all) that have not ended: the ones that wait, urgent first and then by the
    longest wait, and after them those that an adviser has."""
    return work.handoffs.find_unresolved(accounts)


def find_urgent(work: UnitOfWork, accounts: Collection[str] | None) -> list[int]:
    """Numbers of those of the accounts that wait and are urgent."""
    return work.handoffs.find_urgent(accounts)


def find_late(work: UnitOfWork, found: Sequence[Entry], *, at: datetime) -> set[int]:
    """Numbers of those among them that nobody has and that wait past their target."""
    roster = staffing.roster(work)
    waiting = [entry for entry in found if entry.handoff.state is HandoffState.OPEN]
    return {e.handoff.id for e in waiting if roster.of(e.conversation.account).is_late(e.handoff, at)}


def find_resolved(
    work: UnitOfWork, accounts: Collection[str] | None, *, below: int | None = None, limit: int = 50
) -> list[Entry]:
    """Those of the accounts that have ended, the last opened first; with `below`, those with a lower number."""
    return entries(work, work.handoffs.find_resolved(accounts, below=below, limit=limit))


def find(work: UnitOfWork, handoff_ids: Collection[int]) -> list[Entry]:
    """Those of the numbers. Raises NotFound."""
    return entries(work, [work.handoffs.get(number) for number in handoff_ids])


def claim_next(work: UnitOfWork, accounts: Collection[str] | None, *, by: str, at: datetime) -> Handoff | None:
    """The first that waits becomes this adviser's; None where nobody waits. One that somebody else takes in this very
    moment is passed over."""
    for handoff in find_open(work, accounts):
        if handoff.state is not HandoffState.OPEN:
            continue
        try:
            return handoffs.claim(work, handoff.id, by=by, at=at)
        except Conflict:
            continue
    return None


def entries(work: UnitOfWork, found: Sequence[Handoff]) -> list[Entry]:
    """In their order, in a number of queries that does not grow with them."""
    ids = {handoff.conversation_id for handoff in found}
    conversations = {conversation.id: conversation for conversation in work.conversations.find(sorted(ids))}
    written = work.messages.find_last_written(ids)
    return [Entry(one, conversations[one.conversation_id], written.get(one.conversation_id)) for one in found]
