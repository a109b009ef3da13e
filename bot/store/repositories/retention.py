"""Removing what people wrote: when they ask, and when it is old."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select, update

from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.store import tables
from bot.store.records import Erased
from bot.store.repositories.repository import Repository

_CONVERSATIONS, _MESSAGES, _HANDOFFS = tables.conversations, tables.messages, tables.handoffs


class Retention(Repository):
    """Conversations go with their messages, handoffs and notes. Audit events and statistics hold nothing personal."""

    def erase_sender(
        self,
        sender: str,
        *,
        account: str | None = None,
        channel: str | None = None,
        keeping: Collection[HandoffReason] = (),
    ) -> Erased:
        """All that is held of a person, except conversations with an unresolved handoff of a reason in `keeping`."""
        theirs = _CONVERSATIONS.c.sender == sender
        if account is not None:
            theirs &= _CONVERSATIONS.c.account == account
        if channel is not None:
            theirs &= _CONVERSATIONS.c.channel == channel
        needed = _unresolved() & _HANDOFFS.c.reason.in_([reason.value for reason in keeping])
        ids = select(_CONVERSATIONS.c.id).where(theirs, ~exists().where(needed))
        messages = self._execute(delete(_MESSAGES).where(_MESSAGES.c.conversation_id.in_(ids))).rowcount
        gone = self._execute(delete(_CONVERSATIONS).where(_CONVERSATIONS.c.id.in_(ids))).rowcount
        kept = len(self._rows(select(_CONVERSATIONS.c.id).where(theirs)))
        return Erased(gone, messages, kept)

    def erase_history(self, conversation_id: str, *, before: int, remembering: Mapping[str, Any]) -> int:
        """The messages of a conversation with a lower number, and what the dialogue remembers but for `remembering`:
        for somebody who asks for it in that conversation. Returns how many messages."""
        old = delete(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.id < before)
        forget = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id)
        self._execute(forget.values(dialogue=dict(remembering)))
        return int(self._execute(old).rowcount)

    def purge(self, before: datetime) -> Erased:
        """Messages older than that, and conversations in which nothing is left and nothing came in since; nothing of
        a conversation with an unresolved handoff."""
        waits = select(_HANDOFFS.c.conversation_id).where(_HANDOFFS.c.state != HandoffState.RESOLVED.value)
        old = delete(_MESSAGES).where(_MESSAGES.c.at < before, _MESSAGES.c.conversation_id.not_in(waits))
        messages = self._execute(old).rowcount
        silent = or_(_CONVERSATIONS.c.last_in_at.is_(None), _CONVERSATIONS.c.last_in_at < before)
        is_empty = ~exists().where(_MESSAGES.c.conversation_id == _CONVERSATIONS.c.id)
        empty = delete(_CONVERSATIONS).where(silent, is_empty, _CONVERSATIONS.c.id.not_in(waits))
        # Somebody who said stop stays known as that, or they would be written to again.
        gone = self._execute(empty.where(~_CONVERSATIONS.c.is_stopped)).rowcount
        return Erased(gone, messages)


def _unresolved() -> Any:
    is_of_it = _HANDOFFS.c.conversation_id == _CONVERSATIONS.c.id
    return is_of_it & (_HANDOFFS.c.state != HandoffState.RESOLVED.value)
