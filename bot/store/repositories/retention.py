"""Removing what people wrote: when they ask, and when it is old.

Of what is erased two things stay for a while: a keyed hash of each message's id, so that it is not received again, and
the random id of the conversation, so that a backup of before does not bring it back. Neither says anything of anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, cast, delete, exists, func, or_, select, true, update

from bot.jobcentre.conversation import Conversation
from bot.jobcentre.handoff import HandoffState
from bot.store import tables
from bot.store.records import Erased, Erasure, Marks
from bot.store.repositories.conversations import conversation_from
from bot.store.repositories.fingerprints import Fingerprints
from bot.store.repositories.repository import Repository

_CONVERSATIONS, _MESSAGES, _HANDOFFS = tables.conversations, tables.messages, tables.handoffs
_MISSES = tables.misses
_ERASED, _ERASURES = tables.erased_messages, tables.erasures
KNOWN_AGAIN = timedelta(days=31)
"""How long after it came in an erased message is known again: no channel gives out older ones (X: 30 days)."""
CANCELLED = "cancelled"
"""How a handoff ended that the person took back before anybody had it."""


class Retention(Repository):
    """Conversations go with their messages, handoffs and notes. Audit events and statistics hold nothing personal."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._fingerprints = Fingerprints(connection)

    # One person

    def find_of_sender(
        self, sender: str, *, account: str | None = None, channel: str | None = None
    ) -> list[Conversation]:
        """All conversations of a person, also those of which only "stop" or a block is kept."""
        names = (sender, self._fingerprints.of(sender))
        query = select(_CONVERSATIONS).where(_CONVERSATIONS.c.sender.in_(names))
        if account is not None:
            query = query.where(_CONVERSATIONS.c.account == account)
        if channel is not None:
            query = query.where(_CONVERSATIONS.c.channel == channel)
        return [conversation_from(row) for row in self._rows(query.order_by(_CONVERSATIONS.c.id))]

    def erase_conversations(self, conversation_ids: Collection[str], *, at: datetime) -> Erased:
        """All that is held of them."""
        for conversation_id in conversation_ids:
            self._add(_ERASURES, {"conversation_id": conversation_id, "before": None, "at": at})
        messages = self._delete_messages(_MESSAGES.c.conversation_id.in_(conversation_ids), at)
        gone = self._execute(delete(_CONVERSATIONS).where(_CONVERSATIONS.c.id.in_(conversation_ids))).rowcount
        return Erased(gone, messages)

    def erase_history(
        self, conversation_id: str, *, before: int, remembering: Mapping[str, Any], at: datetime
    ) -> Erased:
        """The messages of a conversation with a lower number, its resolved handoffs, and what the dialogue remembers
        but for `remembering`."""
        self._add(_ERASURES, {"conversation_id": conversation_id, "before": before, "at": at})
        is_before = and_(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.id < before)
        messages = self._delete_messages(is_before, at)
        handoffs = self._delete_handoffs(_HANDOFFS.c.conversation_id == conversation_id, _IS_RESOLVED)
        forget = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id)
        self._execute(forget.values(dialogue=dict(remembering)))
        return Erased(0, messages, handoffs=handoffs)

    # What is old

    def purge(self, *, before: datetime, handoffs_before: datetime, misses_before: datetime, at: datetime) -> Erased:
        """What was written before the one moment, but for what was handed to people: that goes when it was resolved
        before the other. Conversations go in which nothing is left and nothing came in since. So do the notes of what
        was not understood before the third."""
        is_needed = exists().where(
            _HANDOFFS.c.conversation_id == _MESSAGES.c.conversation_id,
            or_(
                ~_IS_RESOLVED,
                and_(_handed_over(handoffs_before), _MESSAGES.c.at <= _HANDOFFS.c.resolved_at),
            ),
        )
        messages = self._delete_messages(and_(_MESSAGES.c.at < before, ~is_needed), at)
        is_cancelled = _HANDOFFS.c.resolution == CANCELLED
        over = or_(_HANDOFFS.c.resolved_at < handoffs_before, and_(is_cancelled, _HANDOFFS.c.resolved_at < before))
        handoffs = self._delete_handoffs(_IS_RESOLVED, over)
        dialogues = self._forget_dialogues(before)
        misses = int(self._execute(delete(_MISSES).where(_MISSES.c.at < misses_before)).rowcount)
        self._drop_old_marks(handoffs_before, at)
        return Erased(self._delete_empty(before), messages, handoffs=handoffs, dialogues=dialogues, misses=misses)

    def _forget_dialogues(self, before: datetime) -> int:
        waits = select(_HANDOFFS.c.conversation_id).where(~_IS_RESOLVED)
        old = and_(_is_silent(before), cast(_CONVERSATIONS.c.dialogue, String) != "{}")
        forget = update(_CONVERSATIONS).where(old, _CONVERSATIONS.c.id.not_in(waits)).values(dialogue={})
        return int(self._execute(forget).rowcount)

    def _delete_empty(self, before: datetime) -> int:
        is_of_it = _CONVERSATIONS.c.id
        holds = or_(
            exists().where(_MESSAGES.c.conversation_id == is_of_it),
            exists().where(_HANDOFFS.c.conversation_id == is_of_it),
        )
        is_empty = and_(_is_silent(before), ~holds)
        is_known = or_(_CONVERSATIONS.c.is_stopped, _CONVERSATIONS.c.is_blocked)
        gone = self._execute(delete(_CONVERSATIONS).where(is_empty, ~is_known)).rowcount
        # Who said stop is still known as that when they come again, or they would be written to; so is whom staff
        # blocked. But not by name.
        stopped = select(_CONVERSATIONS.c.id, _CONVERSATIONS.c.sender).where(
            is_empty, _CONVERSATIONS.c.last_in_at.is_not(None)
        )
        for number, sender in self._execute(stopped).all():
            unnamed = {"sender": self._fingerprints.of(sender), "last_in_at": None, "language": None}
            self._execute(update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == number).values(**unnamed))
        return int(gone)

    def _drop_old_marks(self, erasures_before: datetime, now: datetime) -> None:
        self._execute(delete(_ERASED).where(_ERASED.c.until < now))
        self._execute(delete(_ERASURES).where(_ERASURES.c.at < erasures_before))

    # What stays of what was erased

    def was_erased(self, account: str, external_id: str) -> bool:
        """Whether a message of that id was received before, and has been erased."""
        key = self._fingerprints.of(account, external_id)
        return self._execute(select(_ERASED.c.until).where(_ERASED.c.fingerprint == key)).first() is not None

    def mark_erased(self, account: str, external_id: str, *, at: datetime) -> None:
        """It was erased before it was known what the channel calls it."""
        mark = {"fingerprint": self._fingerprints.of(account, external_id), "until": at + KNOWN_AGAIN}
        self._add_missing(_ERASED, [mark])

    def get_marks(self) -> Marks:
        rows = self._rows(select(_ERASURES).order_by(_ERASURES.c.id))
        erasures = tuple(Erasure(row["conversation_id"], row["before"], row["at"]) for row in rows)
        return Marks(erasures, {row["fingerprint"]: row["until"] for row in self._rows(select(_ERASED))})

    def erase_again(self, marks: Marks, *, at: datetime) -> Erased:
        """In a database of before: what was erased since, by what a later state of it remembers."""
        erased, known = Erased(0, 0), set(self.get_marks().erasures)
        for erasure in marks.erasures:
            if erasure not in known:
                erased += self._erase(erasure)
        rows = [{"fingerprint": key, "until": until} for key, until in marks.fingerprints.items() if until >= at]
        self._add_missing(_ERASED, rows)
        return erased

    def _erase(self, erasure: Erasure) -> Erased:
        if erasure.before is None:
            return self.erase_conversations([erasure.conversation_id], at=erasure.at)
        return self.erase_history(erasure.conversation_id, before=erasure.before, remembering={}, at=erasure.at)

    def erase_everybody(self, *, at: datetime) -> Erased:
        """All that people wrote."""
        messages = self._delete_messages(true(), at)
        return Erased(self._execute(delete(_CONVERSATIONS)).rowcount, messages)

    def _delete_messages(self, which: Any, at: datetime) -> int:
        # Those that came in, and ours: a channel that shows both gives them out again.
        known_since = func.coalesce(_MESSAGES.c.received_at, _MESSAGES.c.sent_at)
        query = select(_MESSAGES.c.account, _MESSAGES.c.external_id, _MESSAGES.c.received_at, _MESSAGES.c.sent_at)
        is_named = and_(_MESSAGES.c.external_id.is_not(None), known_since > at - KNOWN_AGAIN)
        marks = [
            {"fingerprint": self._fingerprints.of(account, name), "until": (received_at or sent_at) + KNOWN_AGAIN}
            for account, name, received_at, sent_at in self._execute(query.where(which, is_named))
        ]
        self._add_missing(_ERASED, marks)
        return int(self._execute(delete(_MESSAGES).where(which)).rowcount)

    def _delete_handoffs(self, *which: Any) -> int:
        """With their notes."""
        return int(self._execute(delete(_HANDOFFS).where(*which)).rowcount)


_IS_RESOLVED = _HANDOFFS.c.state == HandoffState.RESOLVED.value


def _handed_over(since: datetime) -> Any:
    """People had it, and it was resolved no longer ago."""
    return and_(_HANDOFFS.c.resolved_at >= since, _HANDOFFS.c.resolution != CANCELLED)


def _is_silent(before: datetime) -> Any:
    return or_(_CONVERSATIONS.c.last_in_at.is_(None), _CONVERSATIONS.c.last_in_at < before)
