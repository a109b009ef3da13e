"""Conversations, and which worker is answering which."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from bot.jobcentre.conversation import Conversation, Language, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.store import tables
from bot.store.records import Taken
from bot.store.repositories.messages import message_from
from bot.store.repositories.repository import Repository

_CONVERSATIONS, _MESSAGES = tables.conversations, tables.messages


class Conversations(Repository):
    """One for each person, account and channel. The id is random: Rasa and the logs know no other name of a person."""

    def get_or_create(self, account: str, sender: str, channel: str, *, is_trial: bool = False) -> Conversation:
        """The conversation, begun if this is its first message. `account` is the handle as `Accounts.get` gives it."""
        found = self._find_one(account, sender, channel)
        if found is not None:
            return found
        row = {"account": account, "sender": sender, "channel": channel, "is_trial": is_trial}
        self._add_missing(_CONVERSATIONS, [{**row, "id": secrets.token_urlsafe(16), "dialogue": {}}])
        begun = self._find_one(account, sender, channel)
        if begun is None:
            raise Conflict("the conversation was erased while it began")
        return begun

    def get(self, conversation_id: str) -> Conversation:
        """Raises NotFound."""
        found = self._rows(select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id))
        if not found:
            raise NotFound("there is no such conversation")
        return conversation_from(found[0])

    def find(self, conversation_ids: Collection[str]) -> list[Conversation]:
        rows = self._rows(select(_CONVERSATIONS).where(_CONVERSATIONS.c.id.in_(conversation_ids)))
        return [conversation_from(row) for row in rows]

    def find_of_sender(self, sender: str) -> list[Conversation]:
        """All that one person has, on any account and channel."""
        rows = self._rows(select(_CONVERSATIONS).where(_CONVERSATIONS.c.sender == sender).order_by(_CONVERSATIONS.c.id))
        return [conversation_from(row) for row in rows]

    def save(self, conversation: Conversation) -> None:
        """Keep its language, whether it is stopped, and its dialogue. Raises NotFound where it was erased."""
        change = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation.id)
        values = {
            "language": conversation.language.value if conversation.language else None,
            "is_stopped": conversation.is_stopped,
            "dialogue": dict(conversation.dialogue),
        }
        if not self._execute(change.values(**values)).rowcount:
            raise NotFound("there is no such conversation")

    # Answering: one worker at a time

    def take(self, now: datetime, lease_seconds: float, *, conversation_id: str | None = None) -> Taken | None:
        """A conversation with unanswered messages that no worker is answering: that one, or the one that has waited
        longest. It is this worker's until it is released or the lease ends. None where there is none."""
        for _ in range(8):
            candidate = self._execute(_waiting(now, conversation_id)).scalar()
            if candidate is None:
                return None
            token = secrets.token_hex(8)
            if self._lease(candidate, token, now, lease_seconds):
                messages = self._unanswered(candidate)
                if messages:
                    return Taken(self.get(candidate), messages, token)
                self.release(candidate, token)  # another worker answered it between our two looks
        return None

    def release(self, conversation_id: str, token: str) -> None:
        """Give it back. Raises Conflict where the lease ended and another worker took it: what this one was about to
        keep must not be kept."""
        change = update(_CONVERSATIONS).where(
            _CONVERSATIONS.c.id == conversation_id, _CONVERSATIONS.c.taken_by == token
        )
        if not self._execute(change.values(taken_until=None, taken_by=None)).rowcount:
            raise Conflict("another worker is answering this conversation")

    def _lease(self, conversation_id: str, token: str, now: datetime, seconds: float) -> bool:
        change = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id, _is_free(now))
        lease = change.values(taken_until=now + timedelta(seconds=seconds), taken_by=token)
        return bool(self._execute(lease).rowcount)

    def _unanswered(self, conversation_id: str) -> tuple[Any, ...]:
        query = select(_MESSAGES).where(
            _MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.state == MessageState.RECEIVED.value
        )
        return tuple(message_from(row) for row in self._rows(query.order_by(_MESSAGES.c.id)))

    def _find_one(self, account: str, sender: str, channel: str) -> Conversation | None:
        columns = _CONVERSATIONS.c
        query = select(_CONVERSATIONS).where(
            columns.account == account, columns.sender == sender, columns.channel == channel
        )
        found = self._rows(query)
        return conversation_from(found[0]) if found else None


def _is_free(now: datetime) -> Any:
    return or_(_CONVERSATIONS.c.taken_until.is_(None), _CONVERSATIONS.c.taken_until <= now)


def _waiting(now: datetime, conversation_id: str | None) -> Any:
    """The conversation of the oldest unanswered message. PostgreSQL passes over those that others are just taking."""
    query = (
        select(_MESSAGES.c.conversation_id)
        .join_from(_MESSAGES, _CONVERSATIONS)
        .where(_MESSAGES.c.state == MessageState.RECEIVED.value, _is_free(now))
        .order_by(_MESSAGES.c.next_attempt_at, _MESSAGES.c.id)
        .limit(1)
        .with_for_update(of=_CONVERSATIONS, skip_locked=True)
    )
    return query if conversation_id is None else query.where(_MESSAGES.c.conversation_id == conversation_id)


def conversation_from(row: Any) -> Conversation:
    return Conversation(
        id=row["id"],
        account=row["account"],
        sender=row["sender"],
        channel=row["channel"],
        language=Language(row["language"]) if row["language"] else None,
        is_stopped=row["is_stopped"],
        is_trial=row["is_trial"],
        dialogue=row["dialogue"],
        last_in_at=row["last_in_at"],
    )
