"""The outbox: outgoing messages on their way, one at a time and in order for each conversation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from bot.jobcentre.conversation import Message, MessageState
from bot.jobcentre.errors import Conflict
from bot.store import tables
from bot.store.records import ToSend
from bot.store.repositories.conversations import conversation_from
from bot.store.repositories.messages import message_from
from bot.store.repositories.repository import Repository

_MESSAGES, _CONVERSATIONS = tables.messages, tables.conversations
_QUEUED, _SENDING = MessageState.QUEUED.value, MessageState.SENDING.value
_EARLIER = _MESSAGES.alias("earlier")
_COMES_FIRST = exists().where(
    _EARLIER.c.conversation_id == _MESSAGES.c.conversation_id,
    _EARLIER.c.state.in_([_QUEUED, _SENDING]),
    _EARLIER.c.id < _MESSAGES.c.id,
)
_NOW, _CHANNEL, _ACCOUNTS = bindparam("now"), bindparam("channel"), bindparam("accounts", expanding=True)
_DUE = (
    select(_MESSAGES.c.id)
    .join_from(_MESSAGES, _CONVERSATIONS)
    .where(_MESSAGES.c.state == _QUEUED, _MESSAGES.c.next_attempt_at <= _NOW, ~_COMES_FIRST)
    .order_by(_MESSAGES.c.next_attempt_at, _MESSAGES.c.id)
    .limit(bindparam("limit"))
)
_IN_DOUBT = (
    select(_MESSAGES.c.id)
    .join_from(_MESSAGES, _CONVERSATIONS)
    .where(_MESSAGES.c.state == _SENDING, _MESSAGES.c.next_attempt_at <= _NOW)
    .order_by(_MESSAGES.c.next_attempt_at)
)
_OF_THEM = (_CONVERSATIONS.c.channel == _CHANNEL) & _CONVERSATIONS.c.account.in_(_ACCOUNTS)
# Asked each second, mostly in vain.
_FIND_DUE, _FIND_IN_DOUBT = _DUE.where(_OF_THEM), _IN_DOUBT.where(_OF_THEM)


class Outbox(Repository):
    """queued → sending → sent; or back to queued, or failed, uncertain (it may have arrived) or stale (too late)."""

    def next_to_send(self, now: datetime, *, channel: str | None = None, account: str | None = None) -> ToSend | None:
        """The message that has been due longest and has none before it in its conversation; None where none is due."""
        query = _DUE
        if channel is not None:
            query = query.where(_CONVERSATIONS.c.channel == channel)
        if account is not None:
            query = query.where(_CONVERSATIONS.c.account == account)
        found = self._to_send(list(self._execute(query, {"now": now, "limit": 1}).scalars()))
        return found[0] if found else None

    def find_due(self, now: datetime, *, channel: str, accounts: Collection[str], limit: int = 2000) -> list[ToSend]:
        """All of those accounts that are due and have none before them in their conversation, those due longest
        first."""
        values = {"now": now, "channel": channel, "accounts": list(accounts), "limit": limit}
        return self._to_send(list(self._execute(_FIND_DUE, values).scalars()))

    def find_in_doubt(self, now: datetime, *, channel: str, accounts: Collection[str]) -> list[ToSend]:
        """Those of which nobody knows whether they were sent, and for which it is time to look."""
        values = {"now": now, "channel": channel, "accounts": list(accounts)}
        return self._to_send(list(self._execute(_FIND_IN_DOUBT, values).scalars()))

    def find_unsettled(self, conversation_id: str) -> list[ToSend]:
        """Those of the conversation that may have arrived without our knowing, oldest first."""
        states = (_SENDING, MessageState.UNCERTAIN.value)
        may_have_left = _MESSAGES.c.state.in_(states) | ((_MESSAGES.c.state == _QUEUED) & (_MESSAGES.c.attempts > 0))
        query = select(_MESSAGES.c.id).where(_MESSAGES.c.conversation_id == conversation_id, may_have_left)
        return self._to_send(list(self._execute(query.order_by(_MESSAGES.c.id)).scalars()))

    def find_queued(self, conversation_id: str) -> list[Message]:
        """Those of the conversation that wait to be sent, oldest first."""
        query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.state == _QUEUED)
        return [message_from(row) for row in self._rows(query.order_by(_MESSAGES.c.id))]

    def _to_send(self, numbers: Collection[int]) -> list[ToSend]:
        """Those messages, in the order given."""
        if not numbers:
            return []
        rows = {row["id"]: row for row in self._rows(select(_MESSAGES).where(_MESSAGES.c.id.in_(list(numbers))))}
        ids = {row["conversation_id"] for row in rows.values()}
        of_them = self._rows(select(_CONVERSATIONS).where(_CONVERSATIONS.c.id.in_(list(ids))))
        conversations = {row["id"]: conversation_from(row) for row in of_them}
        is_sent = _MESSAGES.c.conversation_id.in_(list(ids)) & (_MESSAGES.c.state == MessageState.SENT.value)
        spoken = set(self._execute(select(_MESSAGES.c.conversation_id).where(is_sent).distinct()).scalars())
        return [
            ToSend(
                message_from(row),
                conversations[row["conversation_id"]],
                row["attempts"],
                row["attempted_at"],
                row["conversation_id"] not in spoken,
            )
            for row in (rows[number] for number in numbers)
        ]

    def mark_sending(self, message_id: int, *, at: datetime) -> None:
        """Begin an attempt. Raises Conflict where another worker has."""
        attempts = _MESSAGES.c.attempts + 1
        self._change(message_id, _QUEUED, state=_SENDING, attempts=attempts, attempted_at=at, next_attempt_at=None)

    def mark_sent(self, message_id: int, *, at: datetime, external_id: str | None = None) -> None:
        """It arrived, under that id of the channel. Raises Conflict where it was not being sent."""
        self._end(message_id, MessageState.SENT, sent_at=at, external_id=external_id, error=None)

    def mark_failed(self, message_id: int, *, error: str, retry_at: datetime | None = None) -> None:
        """It did not arrive: to be tried again then, or given up. `error` must not hold the text."""
        if retry_at is None:
            self._end(message_id, MessageState.FAILED, error=error)
        else:
            self._change(message_id, _SENDING, state=_QUEUED, next_attempt_at=retry_at, error=error)

    def mark_in_doubt(self, message_id: int, *, look_at: datetime, details: Mapping[str, Any], error: str) -> None:
        """It may have arrived: to be looked for then. Raises Conflict where it was not being sent."""
        self._change(message_id, _SENDING, next_attempt_at=look_at, details=dict(details), error=error)

    def doubt_all(self, accounts: Collection[str], *, channel: str, before: datetime, look_at: datetime) -> int:
        """Attempts on those accounts, begun before that moment, that nobody makes any more (the process died) are in
        doubt; returns how many."""
        of_them = select(_CONVERSATIONS.c.id).where(
            _CONVERSATIONS.c.account.in_(list(accounts)), _CONVERSATIONS.c.channel == channel
        )
        stuck = update(_MESSAGES).where(
            _MESSAGES.c.state == _SENDING,
            _MESSAGES.c.next_attempt_at.is_(None),
            _MESSAGES.c.attempted_at <= before,
            _MESSAGES.c.conversation_id.in_(of_them),
        )
        values = {"next_attempt_at": look_at, "error": "the sender stopped while sending"}
        return int(self._execute(stuck.values(**values)).rowcount)

    def settle(self, message_id: int, *, at: datetime, external_id: str) -> None:
        """It was seen at the channel under that id, whatever we took to have become of it. Raises Conflict where it had
        ended otherwise."""
        unsettled = (_QUEUED, _SENDING, MessageState.UNCERTAIN.value)
        change = update(_MESSAGES).where(_MESSAGES.c.id == message_id, _MESSAGES.c.state.in_(unsettled))
        values = {"state": MessageState.SENT.value, "sent_at": at, "external_id": external_id}
        if not self._execute(change.values(**values, next_attempt_at=None, error=None)).rowcount:
            raise Conflict(f"message {message_id} is settled already")

    def mark_uncertain(self, message_id: int, *, error: str) -> None:
        """It may have arrived: never sent again by itself."""
        self._end(message_id, MessageState.UNCERTAIN, error=error)

    def queue_again(self, message_id: int, *, at: datetime) -> None:
        """One that failed is to be sent once more. Raises Conflict where it had not failed."""
        self._change(message_id, MessageState.FAILED.value, state=_QUEUED, next_attempt_at=at, error=None)

    def mark_stale(self, message_id: int, *, why: str | None = None) -> None:
        """Too late to be of use, or rebuilt: not sent. Raises Conflict where it is on its way already."""
        values = {"error": why} if why else {}
        self._change(message_id, _QUEUED, state=MessageState.STALE.value, next_attempt_at=None, **values)

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
