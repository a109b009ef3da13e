"""Conversations, and which worker is answering which."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from bot.jobcentre.conversation import Conversation, Language, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.store import tables
from bot.store.records import Taken
from bot.store.repositories.fingerprints import Fingerprints
from bot.store.repositories.messages import Messages
from bot.store.repositories.repository import Repository

_CONVERSATIONS, _MESSAGES = tables.conversations, tables.messages

_GET = select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("id"))
_FIND_ONE = select(_CONVERSATIONS).where(
    _CONVERSATIONS.c.account == bindparam("account"),
    _CONVERSATIONS.c.sender == bindparam("sender"),
    _CONVERSATIONS.c.channel == bindparam("channel"),
)
_IS_FREE = or_(_CONVERSATIONS.c.taken_until.is_(None), _CONVERSATIONS.c.taken_until <= bindparam("now"))
# The conversation of the oldest unanswered message. PostgreSQL locks it, and passes over those that others are taking;
# on SQLite there is one writer at a time. So it is still free when the lease is written.
_FIND_WAITING = (
    select(_MESSAGES.c.conversation_id)
    .join_from(_MESSAGES, _CONVERSATIONS)
    .where(_MESSAGES.c.state == MessageState.RECEIVED.value, _IS_FREE)
    .order_by(_MESSAGES.c.next_attempt_at, _MESSAGES.c.id)
    .limit(1)
    .with_for_update(of=_CONVERSATIONS, skip_locked=True)
)
_FIND_WAITING_ANYWHERE = _FIND_WAITING.where(_CONVERSATIONS.c.is_trial.is_(False))
_FIND_WAITING_IN = _FIND_WAITING.where(_MESSAGES.c.conversation_id == bindparam("id"))
_CHANGE = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("of"))
_LOOKS = 3
"""On PostgreSQL another worker may have answered the conversation between our finding it and our locking it: look
again. Whoever looks in vain this often asks again later anyway."""
_RELEASE = _CHANGE.where(_CONVERSATIONS.c.taken_by == bindparam("token"))


class Conversations(Repository):
    """One for each person, account and channel. The id is random: Rasa and the logs know no other name of a person."""

    def get_or_create(self, account: str, sender: str, channel: str, *, is_trial: bool = False) -> Conversation:
        """The conversation, begun if this is its first message. `account` is the handle as `Accounts.get` gives it."""
        found = self._find_one(account, sender, channel) or self._known_again(account, sender, channel)
        if found is not None:
            return found
        row = {"account": account, "sender": sender, "channel": channel, "is_trial": is_trial}
        self._add_if_missing(_CONVERSATIONS, {**row, "id": secrets.token_urlsafe(16), "dialogue": {}})
        begun = self._find_one(account, sender, channel)
        if begun is None:
            raise Conflict("the conversation was erased while it began")
        return begun

    def _known_again(self, account: str, sender: str, channel: str) -> Conversation | None:
        """Somebody of whom only a keyed hash was kept, as they said stop or are blocked: it is they who write now."""
        unnamed = self._find_one(account, Fingerprints(self._connection).of(sender), channel)
        if unnamed is None:
            return None
        self._execute(_CHANGE, {"of": unnamed.id, "sender": sender})
        return replace(unnamed, sender=sender)

    def get(self, conversation_id: str) -> Conversation:
        """Raises NotFound."""
        found = self._rows(_GET, {"id": conversation_id})
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
        values = {
            "of": conversation.id,
            "language": conversation.language.value if conversation.language else None,
            "is_stopped": conversation.is_stopped,
            "dialogue": dict(conversation.dialogue),
        }
        if not self._execute(_CHANGE, values).rowcount:
            raise NotFound("there is no such conversation")

    def find_blocked(self, accounts: Collection[str] | None = None) -> list[Conversation]:
        """Those whose sender is blocked, on all accounts or on those handles."""
        query = select(_CONVERSATIONS).where(_CONVERSATIONS.c.is_blocked).order_by(_CONVERSATIONS.c.id)
        if accounts is not None:
            query = query.where(_CONVERSATIONS.c.account.in_(list(accounts)))
        return [conversation_from(row) for row in self._rows(query)]

    def set_blocked(self, conversation_id: str, is_blocked: bool) -> bool:
        """Whether that changed anything."""
        change = update(_CONVERSATIONS).where(
            _CONVERSATIONS.c.id == conversation_id, _CONVERSATIONS.c.is_blocked != is_blocked
        )
        return bool(self._execute(change.values(is_blocked=is_blocked)).rowcount)

    # Answering: one worker at a time

    def take(self, now: datetime, lease_seconds: float, *, conversation_id: str | None = None) -> Taken | None:
        """A conversation with unanswered messages that no worker is answering: that one, or the one that has waited
        longest (never a trial: whoever tries the assistant out takes its turns by name). It is this worker's until it
        is released or the lease ends. None where there is none."""
        for _ in range(_LOOKS):
            candidate = self._lock_next(now, conversation_id)
            if candidate is None:
                return None
            inbox = Messages(self._connection)
            messages = inbox.find_unanswered(candidate)
            if messages:
                inbox.note_attempt([message.id for message in messages])
                token = secrets.token_hex(8)
                until = now + timedelta(seconds=lease_seconds)
                self._execute(_CHANGE, {"of": candidate, "taken_until": until, "taken_by": token})
                return Taken(self.get(candidate), tuple(messages), token)
        return None

    def release(self, conversation_id: str, token: str) -> None:
        """Give it back. Raises Conflict where the lease ended and another worker took it: what this one was about to
        keep must not be kept."""
        values = {"of": conversation_id, "token": token, "taken_until": None, "taken_by": None}
        if not self._execute(_RELEASE, values).rowcount:
            raise Conflict("another worker is answering this conversation")

    def _lock_next(self, now: datetime, conversation_id: str | None) -> str | None:
        if conversation_id is None:
            found = self._execute(_FIND_WAITING_ANYWHERE, {"now": now})
        else:
            found = self._execute(_FIND_WAITING_IN, {"now": now, "id": conversation_id})
        candidate: str | None = found.scalar()
        return candidate

    def _find_one(self, account: str, sender: str, channel: str) -> Conversation | None:
        found = self._rows(_FIND_ONE, {"account": account, "sender": sender, "channel": channel})
        return conversation_from(found[0]) if found else None


def conversation_from(row: Any) -> Conversation:
    return Conversation(
        id=row["id"],
        account=row["account"],
        sender=row["sender"],
        channel=row["channel"],
        language=Language(row["language"]) if row["language"] else None,
        is_stopped=row["is_stopped"],
        is_blocked=row["is_blocked"],
        is_trial=row["is_trial"],
        dialogue=row["dialogue"],
        last_in_at=row["last_in_at"],
    )
