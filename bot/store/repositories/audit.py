"""Who changed what, and when. Rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from bot.store import tables
from bot.store.records import AuditEvent
from bot.store.repositories.repository import Repository

_EVENTS = tables.audit_events
_LOCK = "changes"
_CHANGES_NOTHING = ("confirm", "check")
"""Actions that stand in the history and leave what is held as it was."""


class Audit(Repository):
    def __init__(self, connection: Any, *, clock_is_fixed: bool = False) -> None:
        super().__init__(connection)
        self._clock_is_fixed = clock_is_fixed

    def add(
        self,
        *,
        by: str,
        action: str,
        subject_type: str,
        subject_id: str,
        at: datetime,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """`before` and `after` are JSON, and hold nothing that a person wrote."""
        row = {"by": by, "action": action, "subject_type": subject_type, "subject_id": subject_id, "at": at}
        row |= {"before": before, "after": after, "clock_was_fixed": self._clock_is_fixed}
        self._execute(insert(_EVENTS).values(**row))

    def find(
        self,
        *,
        subject_type: str | None = None,
        subject_id: str | None = None,
        by: str | None = None,
        action: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 200,
    ) -> list[AuditEvent]:
        """Those that fit all that is given, the newest first; times are of [start, end)."""
        wanted = {"subject_type": subject_type, "subject_id": subject_id, "by": by, "action": action}
        query = select(_EVENTS).order_by(_EVENTS.c.id.desc()).limit(limit)
        for name, value in wanted.items():
            if value is not None:
                query = query.where(_EVENTS.c[name] == value)
        if start is not None:
            query = query.where(_EVENTS.c.at >= start)
        if end is not None:
            query = query.where(_EVENTS.c.at < end)
        return [AuditEvent(**row) for row in self._rows(query)]

    # Whether somebody else was quicker

    def hold(self) -> None:
        """Until this piece of work ends no other passes here: what `latest` says stays true."""
        self._bump(_LOCK)

    def latest(self, subject_type: str, subject_ids: Collection[str]) -> int:
        """The number of the last change of any of the subjects; 0 where none was ever changed."""
        query = select(func.max(_EVENTS.c.id)).where(*_changed(subject_type, subject_ids))
        return int(self._execute(query).scalar() or 0)

    def find_since(self, number: int, subject_type: str, subject_ids: Collection[str]) -> list[AuditEvent]:
        """The changes of the subjects after the one of that number, in the order in which they were made."""
        changed = _changed(subject_type, subject_ids)
        query = select(_EVENTS).where(*changed, _EVENTS.c.id > number).order_by(_EVENTS.c.id)
        return [AuditEvent(**row) for row in self._rows(query)]


def _changed(subject_type: str, subject_ids: Collection[str]) -> list[Any]:
    is_change = _EVENTS.c.action.not_in(_CHANGES_NOTHING)
    return [_EVENTS.c.subject_type == subject_type, _EVENTS.c.subject_id.in_(subject_ids), is_change]
