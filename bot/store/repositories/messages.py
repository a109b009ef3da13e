"""Messages: the transcript and the inbox. `outbox.py` is the same table from the sender's side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, literal_column, select, update

from bot.jobcentre.conversation import Author, Conversation, Direction, Message, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.store import tables
from bot.store.repositories.repository import Repository

_MESSAGES, _CONVERSATIONS = tables.messages, tables.conversations

_GET = select(_MESSAGES).where(_MESSAGES.c.id == bindparam("id"))
_GET_INCOMING = select(_MESSAGES).where(
    _MESSAGES.c.direction == Direction.IN.value,
    _MESSAGES.c.account == bindparam("account"),
    _MESSAGES.c.external_id == bindparam("external_id"),
)
_FIND_UNANSWERED = (
    select(_MESSAGES)
    .where(_MESSAGES.c.conversation_id == bindparam("id"), _MESSAGES.c.state == MessageState.RECEIVED.value)
    .order_by(_MESSAGES.c.id)
)
_SETTLE = update(_MESSAGES).where(
    _MESSAGES.c.id.in_(bindparam("ids", expanding=True)), _MESSAGES.c.state == MessageState.RECEIVED.value
)
_FIND_LAST_INCOMING = (
    select(_MESSAGES)
    .join_from(_MESSAGES, _CONVERSATIONS)
    .where(
        _CONVERSATIONS.c.account == bindparam("account"),
        _CONVERSATIONS.c.sender == bindparam("sender"),
        _CONVERSATIONS.c.channel == bindparam("channel"),
        _MESSAGES.c.direction == Direction.IN.value,
        _MESSAGES.c.at >= bindparam("since"),
        _MESSAGES.c.external_id != bindparam("but"),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(3)
)
_REWRITE = update(_MESSAGES).where(_MESSAGES.c.id == bindparam("of"))
_BEGIN = update(_MESSAGES).where(_MESSAGES.c.id.in_(bindparam("ids", expanding=True)))
_IN = f"'{Direction.IN.value}'"
_DAY, _USUAL = timedelta(days=1), timedelta(days=14)
_HEARD = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("of"))


class Messages(Repository):
    """A message's number grows: within a conversation it is the order in which things were said."""

    def add_incoming(
        self,
        conversation: Conversation,
        *,
        external_id: str,
        text: str,
        at: datetime,
        received_at: datetime | None = None,
        redacted: Sequence[str] = (),
        risks: Sequence[str] = (),
        details: Mapping[str, Any] | None = None,
    ) -> tuple[Message, bool]:
        """Keep what came in, once for each account and id of the channel: returns the message as first kept, and
        whether this was the first time. `text` is what the door left of it."""
        row = {
            **_row(conversation, Direction.IN, Author.PERSON, text, MessageState.RECEIVED, at),
            "received_at": received_at or at,
            "external_id": external_id,
            "redacted": list(redacted),
            "risks": list(risks),
            "details": dict(details or {}),
        }
        kept = self._add_if_missing(_MESSAGES, row)
        if kept:
            self._execute(_HEARD, {"of": conversation.id, "last_in_at": at})
        found = self._rows(_GET_INCOMING, {"account": conversation.account, "external_id": external_id})
        return message_from(found[0]), kept

    def add_outgoing(
        self,
        conversation: Conversation,
        *,
        text: str,
        at: datetime,
        author: Author = Author.ASSISTANT,
        author_name: str | None = None,
        answers: Sequence[Mapping[str, Any]] = (),
        in_reply_to: int | None = None,
        turn: str | None = None,
        state: MessageState = MessageState.QUEUED,
        send_at: datetime | None = None,
        details: Mapping[str, Any] | None = None,
        external_id: str | None = None,
    ) -> Message:
        """Keep what is to be said. A queued one is sent from `send_at` on (from `at`, if that is not given)."""
        row = {
            **_row(conversation, Direction.OUT, author, text, state, at),
            "author_name": author_name,
            "answers": [dict(answer) for answer in answers],
            "in_reply_to": in_reply_to,
            "turn": turn,
            "details": dict(details or {}),
            "next_attempt_at": (send_at or at) if state is MessageState.QUEUED else None,
            "sent_at": at if state is MessageState.SENT else None,
            "external_id": external_id,
        }
        return self.get(self._add(_MESSAGES, row))

    def get(self, message_id: int) -> Message:
        """Raises NotFound."""
        found = self._rows(_GET, {"id": message_id})
        if not found:
            raise NotFound(f"there is no message {message_id}")
        return message_from(found[0])

    def mark_answered(self, message_ids: Collection[int], by: int | None = None) -> None:
        """They are answered, by the outgoing message of that number or by silence. Raises Conflict where one of them
        was answered, ignored or erased already: then nothing of this turn may be kept."""
        self._settle(message_ids, MessageState.ANSWERED, by)

    def mark_ignored(self, message_ids: Collection[int]) -> None:
        """Nobody is to answer them here: with an adviser, say. Raises Conflict, as `mark_answered`."""
        self._settle(message_ids, MessageState.IGNORED, None)

    def transcript(self, conversation_id: str, *, limit: int = 200, before: int | None = None) -> list[Message]:
        """The last messages, oldest first; with `before`, the last of those with a lower number."""
        query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id)
        if before is not None:
            query = query.where(_MESSAGES.c.id < before)
        rows = self._rows(query.order_by(_MESSAGES.c.id.desc()).limit(limit))
        return [message_from(row) for row in reversed(rows)]

    def find_after(self, conversation_id: str, message_id: int = 0, *, limit: int = 200) -> list[Message]:
        """Messages with a higher number, oldest first: what somebody who looks again has not seen."""
        query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.id > message_id)
        return [message_from(row) for row in self._rows(query.order_by(_MESSAGES.c.id).limit(limit))]

    def last_said(self, conversation_ids: Collection[str]) -> dict[str, tuple[datetime | None, datetime | None]]:
        """For each conversation: when an adviser last spoke in it, and when the person first wrote after that."""
        of, at = _MESSAGES.c.conversation_id, _MESSAGES.c.at
        theirs = of.in_(list(conversation_ids))
        is_adviser = theirs & (_MESSAGES.c.author == Author.ADVISER.value)
        is_person = theirs & (_MESSAGES.c.author == Author.PERSON.value)
        last = select(of, func.max(_MESSAGES.c.id).label("id"), func.max(at).label("at")).where(is_adviser).group_by(of)
        spoke = last.subquery()
        wrote = select(of, func.min(at)).outerjoin(spoke, spoke.c.conversation_id == of)
        wrote = wrote.where(is_person, _MESSAGES.c.id > func.coalesce(spoke.c.id, 0)).group_by(of)
        advisers = {conversation: moment for conversation, _, moment in self._execute(last)}
        people = {conversation: moment for conversation, moment in self._execute(wrote)}
        return {found: (advisers.get(found), people.get(found)) for found in conversation_ids}

    def find_unanswered(self, conversation_id: str) -> list[Message]:
        """Oldest first."""
        return [message_from(row) for row in self._rows(_FIND_UNANSWERED, {"id": conversation_id})]

    def find_last_incoming(
        self, account: str, sender: str, channel: str, *, since: datetime, but: str
    ) -> list[Message]:
        """The last three of a person, oldest first, without the one that the channel calls `but`."""
        names = {"account": account, "sender": sender, "channel": channel, "since": since, "but": but}
        return [message_from(row) for row in reversed(self._rows(_FIND_LAST_INCOMING, names))]

    def find_last_written(self, conversation_ids: Collection[str]) -> dict[str, Message]:
        """The last that each person wrote, by conversation; those who wrote nothing are left out."""
        last = (
            select(func.max(_MESSAGES.c.id))
            .where(_MESSAGES.c.conversation_id.in_(list(conversation_ids)))
            .where(_MESSAGES.c.direction == Direction.IN.value)
            .group_by(_MESSAGES.c.conversation_id)
        )
        rows = self._rows(select(_MESSAGES).where(_MESSAGES.c.id.in_(last)))
        return {row["conversation_id"]: message_from(row) for row in rows}

    def find_known(self, account: str, external_ids: Collection[str]) -> set[str]:
        """Those of the channel's ids under which a message of the account is held, whoever wrote it."""
        of_it = (_MESSAGES.c.account == account) & _MESSAGES.c.external_id.in_(list(external_ids))
        # Apart, as each direction has an index of its own.
        ways = [select(_MESSAGES.c.external_id).where(of_it, _MESSAGES.c.direction == way.value) for way in Direction]
        return {found for query in ways for found in self._execute(query).scalars()}

    def find_spoken(self, conversation_id: str, *, since: datetime) -> list[Message]:
        """What the assistant said, or is to say, in a conversation since then."""
        query = select(_MESSAGES).where(
            _MESSAGES.c.conversation_id == conversation_id,
            _MESSAGES.c.author == Author.ASSISTANT.value,
            _MESSAGES.c.at >= since,
        )
        return [message_from(row) for row in self._rows(query.order_by(_MESSAGES.c.id))]

    def asked_since(self, conversation_id: str, reply_ids: Collection[int]) -> datetime | None:
        """When the first of what those messages answer came in; None where they answer nothing."""
        query = select(func.min(_MESSAGES.c.received_at)).where(
            _MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.answered_by.in_(list(reply_ids))
        )
        found: datetime | None = self._execute(query).scalar()
        return found

    def reopen(self, conversation_id: str, reply_ids: Collection[int], *, at: datetime) -> int:
        """What those messages answer is to be answered again, as if it were asked at that moment; returns how many."""
        answered = update(_MESSAGES).where(
            _MESSAGES.c.conversation_id == conversation_id,
            _MESSAGES.c.state == MessageState.ANSWERED.value,
            _MESSAGES.c.answered_by.in_(list(reply_ids)),
        )
        values = {"state": MessageState.RECEIVED.value, "answered_by": None, "at": at, "attempts": 0}
        return int(self._execute(answered.values(**values)).rowcount)

    def rewrite(self, message_id: int, text: str, redacted: Sequence[str]) -> None:
        """Keep this of a message and no more."""
        self._execute(_REWRITE, {"of": message_id, "text": text, "redacted": list(redacted)})

    def note_attempt(self, message_ids: Collection[int]) -> None:
        """Answering them is begun once more."""
        self._execute(_BEGIN.values(attempts=_MESSAGES.c.attempts + 1), {"ids": list(message_ids)})

    def count_waiting(self) -> dict[MessageState, int]:
        """How many messages are to be answered, to be sent, or on their way."""
        waiting = (MessageState.RECEIVED, MessageState.QUEUED, MessageState.SENDING)
        query = select(_MESSAGES.c.state, func.count()).group_by(_MESSAGES.c.state)
        rows = self._execute(query.where(_MESSAGES.c.state.in_([state.value for state in waiting])))
        counts = {MessageState(state): number for state, number in rows}
        return {state: counts.get(state, 0) for state in waiting}

    def count_by_account(self, channel: str) -> dict[str, dict[str, int]]:
        """How many messages of a channel have not come to their end, or to a bad one: by account and state."""
        states = ("received", "queued", "sending", "failed", "uncertain")
        query = select(_MESSAGES.c.account, _MESSAGES.c.state, func.count()).join_from(_MESSAGES, _CONVERSATIONS)
        query = query.where(_MESSAGES.c.state.in_(states), _CONVERSATIONS.c.channel == channel)
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        for account, state, number in self._execute(query.group_by(_MESSAGES.c.account, _MESSAGES.c.state)):
            counts[account][state] = number
        return dict(counts)

    def count_incoming(self, channel: str, *, at: datetime) -> dict[str, tuple[int, float | None]]:
        """By account: how many messages came in within the last day, and how many did on a day of the two weeks before
        (None: none did)."""
        received = _MESSAGES.c.received_at
        of_today = func.sum(case((received > at - _DAY, 1), else_=0))
        query = select(_MESSAGES.c.account, of_today, func.count()).join_from(_MESSAGES, _CONVERSATIONS)
        query = query.where(
            _CONVERSATIONS.c.channel == channel,
            _MESSAGES.c.direction == literal_column(_IN),  # written out: only so SQLite sees that its index will do
            received > at - _DAY - _USUAL,
            received <= at,
        )
        days = _USUAL / _DAY
        return {
            account: (today, (all_days - today) / days if all_days > today else None)
            for account, today, all_days in self._execute(query.group_by(_MESSAGES.c.account))
        }

    def _settle(self, message_ids: Collection[int], state: MessageState, by: int | None) -> None:
        values = {"ids": list(message_ids), "state": state.value, "answered_by": by}
        if self._execute(_SETTLE, values).rowcount != len(set(message_ids)):
            raise Conflict("somebody else has answered this message")


def _row(
    conversation: Conversation, direction: Direction, author: Author, text: str, state: MessageState, at: datetime
) -> dict[str, Any]:
    return {
        "conversation_id": conversation.id,
        "account": conversation.account,
        "direction": direction.value,
        "author": author.value,
        "text": text,
        "state": state.value,
        "at": at,
        "redacted": [],
        "risks": [],
        "answers": [],
        "details": {},
    }


def message_from(row: Any) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        direction=Direction(row["direction"]),
        author=Author(row["author"]),
        text=row["text"],
        state=MessageState(row["state"]),
        at=row["at"],
        external_id=row["external_id"],
        redacted=tuple(row["redacted"]),
        risks=tuple(row["risks"]),
        answers=tuple(row["answers"]),
        author_name=row["author_name"],
        in_reply_to=row["in_reply_to"],
        attempts=row["attempts"],
        error=row["error"],
        details=row["details"],
    )
