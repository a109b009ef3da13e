"""Training phrases that staff make of messages that were not understood."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.phrase import PhraseState
from bot.store import tables
from bot.store.records import Phrase
from bot.store.repositories.repository import Repository

_PHRASES, _MISSES = tables.phrases, tables.misses
_MESSAGES, _CONVERSATIONS = tables.messages, tables.conversations


class Phrases(Repository):
    def propose(self, phrase: Phrase) -> Phrase:
        """Keep a new one. Raises Conflict where one made of the same message waits for its second look."""
        row = {
            "miss_id": phrase.miss_id,
            "intent": phrase.intent,
            "language": phrase.language.value,
            "text": phrase.text,
            "channel": phrase.channel,
            "state": PhraseState.PROPOSED.value,
            "proposed_at": phrase.proposed_at,
            "proposed_by": phrase.proposed_by,
        }
        if not self._add_if_missing(_PHRASES, row):
            raise Conflict("a phrase made of this message waits for its second look already")
        return phrase_from(
            self._rows(
                select(_PHRASES).where(_PHRASES.c.miss_id == phrase.miss_id).order_by(_PHRASES.c.id.desc()).limit(1)
            )[0]
        )

    def get(self, phrase_id: int) -> Phrase:
        """Raises NotFound."""
        found = self._rows(select(_PHRASES).where(_PHRASES.c.id == phrase_id))
        if not found:
            raise NotFound("there is no such phrase any more")
        return phrase_from(found[0])

    def find(
        self, state: PhraseState, accounts: Collection[str] | None = None, *, first: int = 0, limit: int | None = None
    ) -> list[Phrase]:
        """Those in that state, the newest first, from the `first` on. `accounts`: without those made of messages to
        any other handle, where that is still known."""
        query = _of(select(_PHRASES), state, accounts).order_by(_PHRASES.c.id.desc()).offset(first)
        return [phrase_from(row) for row in self._rows(query.limit(limit) if limit is not None else query)]

    def count(self, accounts: Collection[str] | None = None) -> dict[PhraseState, int]:
        """How many there are in each state; `accounts` as in `find`."""
        query = _of(select(_PHRASES.c.state, func.count()), None, accounts).group_by(_PHRASES.c.state)
        found = {PhraseState(state): int(number) for state, number in self._execute(query)}
        return {state: found.get(state, 0) for state in PhraseState}

    def is_known(self, text: str, language: Language) -> bool:
        """Whether the same phrase is accepted, or waits for its second look; case does not matter."""
        query = select(_PHRASES.c.id).where(
            func.lower(_PHRASES.c.text) == text.lower(),
            _PHRASES.c.language == language.value,
            _PHRASES.c.state != PhraseState.REJECTED.value,
        )
        return self._execute(query.limit(1)).first() is not None

    def decide(self, phrase_id: int, state: PhraseState, *, by: str, at: datetime, reason: str = "") -> Phrase:
        """Accepted, and then nothing leads from it to its message any more; or rejected. Raises Conflict where it was
        decided, or erased with its message, in the meantime."""
        values: dict[str, Any] = {"state": state.value, "decided_by": by, "decided_at": at, "reason": reason}
        if state is PhraseState.ACCEPTED:
            values["miss_id"] = None
        waits = (_PHRASES.c.id == phrase_id) & (_PHRASES.c.state == PhraseState.PROPOSED.value)
        if not self._execute(update(_PHRASES).where(waits).values(**values)).rowcount:
            raise Conflict("somebody else has looked at this phrase, or its message is erased")
        return self.get(phrase_id)

    def remove(self, phrase_id: int) -> bool:
        """Whether it was there."""
        return bool(self._execute(delete(_PHRASES).where(_PHRASES.c.id == phrase_id)).rowcount)


def _of(query: Any, state: PhraseState | None, accounts: Collection[str] | None) -> Any:
    if state is not None:
        query = query.where(_PHRASES.c.state == state.value)
    if accounts is None:
        return query
    theirs = (
        select(_MISSES.c.id)
        .join(_MESSAGES, _MESSAGES.c.id == _MISSES.c.message_id)
        .join(_CONVERSATIONS, _CONVERSATIONS.c.id == _MESSAGES.c.conversation_id)
        .where(_CONVERSATIONS.c.account.in_(list(accounts)))
    )
    return query.where(or_(_PHRASES.c.miss_id.is_(None), _PHRASES.c.miss_id.in_(theirs)))


def phrase_from(row: Any) -> Phrase:
    return Phrase(
        **{
            **row,
            "language": Language(row["language"]),
            "state": PhraseState(row["state"]),
        }
    )
