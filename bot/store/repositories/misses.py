"""Messages that were not understood. Their words stand in the messages, and are read from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from bot.jobcentre.conversation import Direction, Language
from bot.jobcentre.errors import NotFound
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Guess, Why
from bot.store import tables
from bot.store.records import Miss, Phrase, WantedMisses
from bot.store.repositories.phrases import phrase_from
from bot.store.repositories.repository import Repository

_MISSES, _PHRASES = tables.misses, tables.phrases
_MESSAGES, _CONVERSATIONS = tables.messages, tables.conversations
_JOINED = _MISSES.join(_MESSAGES, _MESSAGES.c.id == _MISSES.c.message_id).join(
    _CONVERSATIONS, _CONVERSATIONS.c.id == _MESSAGES.c.conversation_id
)
_SELECT = select(
    _MISSES,
    _CONVERSATIONS.c.account,
    _CONVERSATIONS.c.channel,
    _MESSAGES.c.conversation_id,
    _MESSAGES.c.answered_by,
    _MESSAGES.c.text,
).select_from(_JOINED)
Turn = tuple[str, int]
"""A conversation, and the number of the reply that answered a turn in it."""


class Misses(Repository):
    def add(
        self,
        message_id: int,
        why: Why,
        language: Language,
        *,
        guesses: Sequence[Guess] = (),
        kinds: Iterable[Kind] = (),
        at: datetime,
    ) -> bool:
        """Note that a message was not understood, or the turn of which it was the last; once. Whether it was new."""
        row = {
            "message_id": message_id,
            "why": why.value,
            "language": language.value,
            "guesses": [asdict(guess) for guess in guesses],
            "kinds": [kind.value for kind in kinds],
            "at": at,
        }
        return self._add_if_missing(_MISSES, row)

    def find(self, wanted: WantedMisses, *, first: int = 0, limit: int = 25) -> list[Miss]:
        """Those that fit, the newest first, from the `first` on (0 is the newest)."""
        query = _SELECT.where(*_conditions(wanted)).order_by(_MISSES.c.id.desc()).offset(first).limit(limit)
        return self._read(query)

    def count(self, wanted: WantedMisses) -> dict[Why, int]:
        """How many fit, by how they are known; those of which there are none are left out."""
        query = select(_MISSES.c.why, func.count()).select_from(_JOINED).where(*_conditions(wanted))
        return {Why(why): int(number) for why, number in self._execute(query.group_by(_MISSES.c.why))}

    def get(self, miss_id: int) -> Miss:
        """Raises NotFound."""
        found = self._read(_SELECT.where(_MISSES.c.id == miss_id))
        if not found:
            raise NotFound("this message is not kept any more")
        return found[0]

    def remove(self, miss_id: int) -> bool:
        """With the phrases made of it that nobody accepted. The message itself stays. Whether it was there."""
        return bool(self._execute(delete(_MISSES).where(_MISSES.c.id == miss_id)).rowcount)

    def remove_of_message(self, message_id: int) -> None:
        """The same, of a message."""
        self._execute(delete(_MISSES).where(_MISSES.c.message_id == message_id))

    def remove_of_conversation(self, conversation_id: str) -> None:
        """The same, of all that was said in a conversation."""
        said = select(_MESSAGES.c.id).where(_MESSAGES.c.conversation_id == conversation_id)
        self._execute(delete(_MISSES).where(_MISSES.c.message_id.in_(said)))

    def find_of_conversation(self, conversation_id: str) -> list[Miss]:
        """The oldest first."""
        query = _SELECT.where(_MESSAGES.c.conversation_id == conversation_id)
        return self._read(query.order_by(_MISSES.c.id))

    def _read(self, query: Any) -> list[Miss]:
        rows = self._rows(query)
        if not rows:
            return []
        words = self._words({(row["conversation_id"], row["answered_by"]) for row in rows})
        phrases = self._last_phrases([row["id"] for row in rows])
        return [_miss_from(row, words, phrases) for row in rows]

    def _words(self, turns: Collection[Turn]) -> dict[Turn, str]:
        """All that the person wrote in each turn."""
        columns = _MESSAGES.c
        query = (
            select(columns.conversation_id, columns.answered_by, columns.text)
            .where(columns.conversation_id.in_([conversation for conversation, _ in turns]))
            .where(columns.answered_by.in_([reply for _, reply in turns]))
            .where(columns.direction == Direction.IN.value)
            .order_by(columns.id)
        )
        words: dict[Turn, str] = {}
        for conversation, reply, text in self._execute(query):
            before = words.get((conversation, reply))
            words[conversation, reply] = text if before is None else f"{before}\n{text}"
        return words

    def _last_phrases(self, miss_ids: Sequence[int]) -> dict[int, Phrase]:
        query = select(_PHRASES).where(_PHRASES.c.miss_id.in_(miss_ids)).order_by(_PHRASES.c.id)
        return {row["miss_id"]: phrase_from(row) for row in self._rows(query)}


def _conditions(wanted: WantedMisses) -> list[Any]:
    given = {
        _CONVERSATIONS.c.channel: wanted.channel,
        _MISSES.c.language: wanted.language.value if wanted.language else None,
        _MISSES.c.why: wanted.why.value if wanted.why else None,
    }
    conditions = [column == value for column, value in given.items() if value is not None]
    if wanted.accounts is not None:
        conditions.append(_CONVERSATIONS.c.account.in_(sorted(wanted.accounts)))
    if wanted.since is not None:
        conditions.append(_MISSES.c.at >= wanted.since)
    return conditions


def _miss_from(row: Any, words: Mapping[Turn, str], phrases: Mapping[int, Phrase]) -> Miss:
    return Miss(
        id=row["id"],
        at=row["at"],
        text=words.get((row["conversation_id"], row["answered_by"]), row["text"]),
        account=row["account"],
        channel=row["channel"],
        language=Language(row["language"]),
        why=Why(row["why"]),
        guesses=tuple(Guess(**guess) for guess in row["guesses"]),
        kinds=tuple(Kind(kind) for kind in row["kinds"]),
        phrase=phrases.get(row["id"]),
    )
