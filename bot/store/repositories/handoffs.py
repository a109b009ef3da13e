"""Handoffs: conversations that wait for a person, are with one, or were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, literal_column, select, update

from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState, Priority, Wanted
from bot.store import tables
from bot.store.records import Note
from bot.store.repositories.repository import Repository
from bot.store.types import UtcDateTime

_HANDOFFS, _NOTES, _CONVERSATIONS = tables.handoffs, tables.notes, tables.conversations
_OPEN, _ASSIGNED, _RESOLVED = (state.value for state in HandoffState)
_BY_WAIT = (_HANDOFFS.c.priority != Priority.URGENT.value, _HANDOFFS.c.waiting_since, _HANDOFFS.c.id)
_FIND_UNRESOLVED = select(_HANDOFFS).where(
    _HANDOFFS.c.conversation_id == bindparam("id"), _HANDOFFS.c.state != literal_column(f"'{_RESOLVED}'")
)


class Handoffs(Repository):
    """At most one unresolved handoff for each conversation: the database itself sees to it."""

    def open_one(self, conversation_id: str, reason: HandoffReason, *, at: datetime) -> Handoff:
        """The unresolved handoff of the conversation, opened if there is none. An urgent reason makes the one that is
        there urgent."""
        row: dict[str, Any] = {
            "conversation_id": conversation_id,
            "reason": reason.value,
            "priority": reason.priority.value,
            "state": _OPEN,
            "waiting_since": at,
            "details": {},
        }
        self._add_if_missing(_HANDOFFS, row)
        held = self.unresolved_of(conversation_id)
        if held is None:
            raise Conflict("the handoff was resolved while it opened")
        if reason.priority is Priority.URGENT and held.priority is not Priority.URGENT:
            self._change(held.id, {}, reason=reason.value, priority=Priority.URGENT.value)
            return self.get(held.id)
        return held

    def get(self, handoff_id: int) -> Handoff:
        """Raises NotFound."""
        found = self._find(_HANDOFFS.c.id == handoff_id)
        if not found:
            raise NotFound(f'there is no handoff {handoff_id}: "jobcentre handoffs list" shows them')
        return found[0]

    def unresolved_of(self, conversation_id: str) -> Handoff | None:
        found = self._rows(_FIND_UNRESOLVED, {"id": conversation_id})
        return handoff_from(found[0]) if found else None

    def find_of(self, conversation_id: str) -> list[Handoff]:
        """All of the conversation, the oldest first."""
        query = select(_HANDOFFS).where(_HANDOFFS.c.conversation_id == conversation_id).order_by(_HANDOFFS.c.id)
        return [handoff_from(row) for row in self._rows(query)]

    def find_of_each(self, conversation_ids: Collection[str]) -> list[Handoff]:
        """All of those conversations, the oldest first."""
        of_them = _HANDOFFS.c.conversation_id.in_(list(conversation_ids))
        return [handoff_from(row) for row in self._rows(select(_HANDOFFS).where(of_them).order_by(_HANDOFFS.c.id))]

    def find_waiting(self, *, account: str | None = None, include_trials: bool = False) -> list[Handoff]:
        """Those that nobody has claimed: urgent first, then by how long they wait."""
        return self._queue(_OPEN, account, include_trials)

    def find_resolved(
        self, accounts: Collection[str] | None = None, *, below: int | None = None, limit: int = 50
    ) -> list[Handoff]:
        """Those that have ended, the last opened first; with `below`, those with a lower number. Never trials."""
        query = select(_HANDOFFS).join_from(_HANDOFFS, _CONVERSATIONS).where(_HANDOFFS.c.state == _RESOLVED)
        query = query.where(~_CONVERSATIONS.c.is_trial).order_by(_HANDOFFS.c.id.desc()).limit(limit)
        query = _on(query, accounts)
        if below is not None:
            query = query.where(_HANDOFFS.c.id < below)
        return [handoff_from(row) for row in self._rows(query)]

    def find_unresolved(self, accounts: Collection[str] | None = None) -> list[Handoff]:
        """Those that wait, as `find_waiting`, and after them those that are with an adviser; on all accounts or on
        those handles. Never trials."""
        query = select(_HANDOFFS).join_from(_HANDOFFS, _CONVERSATIONS).where(_HANDOFFS.c.state != _RESOLVED)
        query = _on(query.where(~_CONVERSATIONS.c.is_trial), accounts)
        is_assigned = _HANDOFFS.c.state == _ASSIGNED
        return [handoff_from(row) for row in self._rows(query.order_by(is_assigned, *_BY_WAIT))]

    def find_urgent(self, accounts: Collection[str] | None = None) -> list[int]:
        """Numbers of those that wait and are urgent, on all accounts or on those handles. Never trials."""
        query = select(_HANDOFFS.c.id).join_from(_HANDOFFS, _CONVERSATIONS).where(_HANDOFFS.c.state == _OPEN)
        query = query.where(_HANDOFFS.c.priority == Priority.URGENT.value, ~_CONVERSATIONS.c.is_trial)
        return [row.id for row in self._execute(_on(query, accounts).order_by(*_BY_WAIT))]

    def find_assigned(self, *, account: str | None = None, include_trials: bool = False) -> list[Handoff]:
        """Those that are with an adviser, in the same order."""
        return self._queue(_ASSIGNED, account, include_trials)

    def claim(self, handoff_id: int, *, by: str, at: datetime) -> Handoff:
        """Make it that adviser's; once more by the same one changes nothing. Raises NotFound, or Conflict that says
        who has it."""
        if self._try(handoff_id, {"state": _OPEN}, state=_ASSIGNED, assignee=by, assigned_at=at):
            return self.get(handoff_id)
        held = self.get(handoff_id)
        if held.state is HandoffState.RESOLVED:
            raise Conflict(f"handoff {handoff_id} is resolved already")
        if held.assignee != by:
            raise Conflict(f"{held.assignee} has handoff {handoff_id}")
        return held

    def release(self, handoff_id: int, *, expected_version: int | None = None) -> Handoff:
        """Back to the queue, at the place it had. Raises NotFound; Conflict where nobody has it, or it changed."""
        held, details = self.get(handoff_id), self.get_details(handoff_id)
        expected = _at(_ASSIGNED, held.version if expected_version is None else expected_version)
        details["waits"] = held.waits + 1
        self._change(handoff_id, expected, state=_OPEN, assignee=None, assigned_at=None, details=details)
        return self.get(handoff_id)

    def reassign(self, handoff_id: int, *, to: str, at: datetime, expected_version: int | None = None) -> Handoff:
        """Make it another adviser's, whoever has it or nobody. Raises NotFound; Conflict where it has ended, changed,
        or is theirs already."""
        held = self.get(handoff_id)
        if held.state is HandoffState.RESOLVED:
            raise Conflict(f"handoff {handoff_id} is resolved already")
        if held.assignee == to:
            raise Conflict(f"{to} has handoff {handoff_id} already")
        version = held.version if expected_version is None else expected_version
        self._change(handoff_id, _at(None, version), state=_ASSIGNED, assignee=to, assigned_at=at)
        return self.get(handoff_id)

    def resolve(
        self,
        handoff_id: int,
        *,
        by: str,
        at: datetime,
        resolution: str = "resolved",
        expected_version: int | None = None,
    ) -> Handoff:
        """End it: `resolved`, `returned` or `cancelled`. Raises NotFound; Conflict where it has ended, or changed."""
        held = self.get(handoff_id)
        if held.state is HandoffState.RESOLVED:
            raise Conflict(f"handoff {handoff_id} is resolved already")
        values = {"resolved_at": at, "resolved_by": by, "resolution": resolution}
        self._change(handoff_id, _at(held.state.value, expected_version), state=_RESOLVED, **values)
        return self.get(handoff_id)

    def note_reply(self, handoff_id: int, *, by: str, at: datetime) -> None:
        """That adviser replies; the first time is kept. Raises NotFound; Conflict where they do not have it any more,
        in this very moment: until the piece of work ends nobody takes it from them."""
        first = func.coalesce(_HANDOFFS.c.first_reply_at, literal(at, UtcDateTime()))
        self._change(handoff_id, {"state": _ASSIGNED, "assignee": by}, first_reply_at=first)

    def note_wanted(self, handoff_id: int, wanted: Wanted, *, is_threat: bool = False) -> None:
        """What the person wants, as of the turn in which they asked last, and that they threatened. Raises NotFound."""
        kept = {name: list(values) for name, values in asdict(wanted).items()}
        threatened = {"threatened": True} if is_threat else {}
        self.set_details(handoff_id, {**self.get_details(handoff_id), "wanted": kept, **threatened})

    def get_details(self, handoff_id: int) -> dict[str, Any]:
        """What else is kept of it, a crisis checklist say. Raises NotFound."""
        self.get(handoff_id)
        return dict(self._execute(select(_HANDOFFS.c.details).where(_HANDOFFS.c.id == handoff_id)).scalar())

    def set_details(self, handoff_id: int, details: Mapping[str, Any], *, expected_version: int | None = None) -> None:
        """Raises NotFound; Conflict where it changed."""
        self._change(handoff_id, _at(None, expected_version), details=dict(details))

    def add_note(self, handoff_id: int, text: str, *, by: str, at: datetime) -> Note:
        """Raises NotFound."""
        self.get(handoff_id)
        number = self._add(_NOTES, {"handoff_id": handoff_id, "at": at, "by": by, "text": text})
        return Note(number, at, by, text)

    def find_notes(self, handoff_id: int) -> list[Note]:
        """The oldest first."""
        rows = self._rows(select(_NOTES).where(_NOTES.c.handoff_id == handoff_id).order_by(_NOTES.c.id))
        return [Note(row["id"], row["at"], row["by"], row["text"]) for row in rows]

    def _find(self, which: Any) -> list[Handoff]:
        return [handoff_from(row) for row in self._rows(select(_HANDOFFS).where(which))]

    def _queue(self, state: str, account: str | None, include_trials: bool) -> list[Handoff]:
        query = select(_HANDOFFS).join_from(_HANDOFFS, _CONVERSATIONS).where(_HANDOFFS.c.state == state)
        if account is not None:
            query = query.where(_CONVERSATIONS.c.account == account)
        if not include_trials:
            query = query.where(~_CONVERSATIONS.c.is_trial)
        return [handoff_from(row) for row in self._rows(query.order_by(*_BY_WAIT))]

    def _try(self, handoff_id: int, expected: Mapping[str, Any], **values: Any) -> bool:
        """One atomic update of the handoff as long as it is as expected; whether it was."""
        change = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id)
        for name, value in expected.items():
            change = change.where(_HANDOFFS.c[name] == value)
        return bool(self._execute(change.values(**values, version=_HANDOFFS.c.version + 1)).rowcount)

    def _change(self, handoff_id: int, expected: Mapping[str, Any], **values: Any) -> None:
        if not self._try(handoff_id, expected, **values):
            held = self.get(handoff_id)
            raise Conflict(f"handoff {handoff_id} was changed in the meantime: it is {held.state.value} now")


def _on(query: Any, accounts: Collection[str] | None) -> Any:
    return query if accounts is None else query.where(_CONVERSATIONS.c.account.in_(list(accounts)))


def _at(state: str | None, version: int | None) -> dict[str, Any]:
    expected = {"state": state, "version": version}
    return {name: value for name, value in expected.items() if value is not None}


def handoff_from(row: Any) -> Handoff:
    return Handoff(
        id=row["id"],
        conversation_id=row["conversation_id"],
        reason=HandoffReason(row["reason"]),
        priority=Priority(row["priority"]),
        state=HandoffState(row["state"]),
        waiting_since=row["waiting_since"],
        assignee=row["assignee"],
        assigned_at=row["assigned_at"],
        first_reply_at=row["first_reply_at"],
        resolved_at=row["resolved_at"],
        resolution=row["resolution"],
        wanted=Wanted(**{name: tuple(values) for name, values in row["details"].get("wanted", {}).items()}),
        waits=row["details"].get("waits", 1),
        is_after_threat=row["reason"] == HandoffReason.THREAT.value or "threatened" in row["details"],
        version=row["version"],
    )
