"""The outbox: outgoing messages on their way, one at a time and in order for each conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from bot.jobcentre.conversation import MessageState
from bot.jobcentre.errors import Conflict
from bot.store import tables
from bot.store.records import ToSend
from bot.store.repositories.conversations import conversation_from
from bot.store.repositories.messages import message_from
from bot.store.repositories.repository import Repository

_MESSAGES, _CONVERSATIONS = tables.messages, tables.conversations
_QUEUED, _SENDING = MessageState.QUEUED.value, MessageState.SENDING.value


class Outbox(Repository):
    """queued → sending → sent; or back to queued, or failed, uncertain (it may have arrived) or stale (too late)."""

    def next_to_send(self, now: datetime, *, channel: str | None = None, account: str | None = None) -> ToSend | None:
        """The message that has been due longest and has none before it in its conversation; None where none is due."""
        query = _due(now)
        if channel is not None:
            query = query.where(_CONVERSATIONS.c.channel == channel)
        if account is not None:
            query = query.where(_CONVERSATIONS.c.account == account)
        found = self._execute(query).first()
        if found is None:
            return None
        number, conversation_id = found
        message = self._rows(select(_MESSAGES).where(_MESSAGES.c.id == number))[0]
        conversation = self._rows(select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id))[0]
        return ToSend(message_from(message), conversation_from(conversation), message["attempts"])

    def mark_sending(self, message_id: int, *, at: datetime) -> None:
        """Begin an attempt. Raises Conflict where another worker has."""
        attempts = _MESSAGES.c.attempts + 1
        self._change(message_id, _QUEUED, state=_SENDING, attempts=attempts, attempted_at=at)

    def mark_sent(self, message_id: int, *, at: datetime, external_id: str | None = None) -> None:
        """It arrived, under that id of the channel. Raises Conflict where it was not being sent."""
        self._end(message_id, MessageState.SENT, sent_at=at, external_id=external_id, error=None)

    def mark_failed(self, message_id: int, *, error: str, retry_at: datetime | None = None) -> None:
        """It did not arrive: to be tried again then, or given up. `error` must not hold the text."""
        if retry_at is None:
            self._end(message_id, MessageState.FAILED, error=error)
        else:
            self._change(message_id, _SENDING, state=_QUEUED, next_attempt_at=retry_at, error=error)

    def mark_uncertain(self, message_id: int, *, error: str) -> None:
        """It may have arrived: never sent again by itself."""
        self._end(message_id, MessageState.UNCERTAIN, error=error)

    def queue_again(self, message_id: int, *, at: datetime) -> None:
        """One that failed is to be sent once more. Raises Conflict where it had not failed."""
        self._change(message_id, MessageState.FAILED.value, state=_QUEUED, next_attempt_at=at, error=None)

    def mark_stale(self, message_id: int) -> None:
        """Too late to be of use, or rebuilt: not sent. Raises Conflict where it is on its way already."""
        self._change(message_id, _QUEUED, state=MessageState.STALE.value, next_attempt_at=None)

    def expire_sending(self, before: datetime) -> int:
        """Attempts begun before that moment and never ended (the process died) become uncertain; returns how many."""
        stuck = update(_MESSAGES).where(_MESSAGES.c.state == _SENDING, _MESSAGES.c.attempted_at < before)
        values = {"state": MessageState.UNCERTAIN.value, "error": "the sender stopped while sending"}
        return int(self._execute(stuck.values(**values)).rowcount)

    def _end(self, message_id: int, state: MessageState, **values: Any) -> None:
        self._change(message_id, _SENDING, state=state.value, next_attempt_at=None, **values)

    def _change(self, message_id: int, expected: str, **values: Any) -> None:
        change = update(_MESSAGES).where(_MESSAGES.c.id == message_id, _MESSAGES.c.state == expected)
        if not self._execute(change.values(**values)).rowcount:
            raise Conflict(f"message {message_id} is not {expected} any more")


def _due(now: datetime) -> Any:
    earlier = _MESSAGES.alias("earlier")
    comes_first = exists().where(
        earlier.c.conversation_id == _MESSAGES.c.conversation_id,
        earlier.c.state.in_([_QUEUED, _SENDING]),
        earlier.c.id < _MESSAGES.c.id,
    )
    return (
        select(_MESSAGES.c.id, _MESSAGES.c.conversation_id)
        .join_from(_MESSAGES, _CONVERSATIONS)
        .where(_MESSAGES.c.state == _QUEUED, _MESSAGES.c.next_attempt_at <= now, ~comes_first)
        .order_by(_MESSAGES.c.next_attempt_at, _MESSAGES.c.id)
        .limit(1)
    )
