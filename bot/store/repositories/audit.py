"""Who changed what, and when. Rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, insert, literal, or_, select

from bot.jobcentre.office import Office
from bot.store import tables
from bot.store.records import AuditEvent
from bot.store.repositories.closures import entity_values
from bot.store.repositories.repository import Repository

_EVENTS, _ENTITIES = tables.audit_events, tables.closure_entities
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

    def search(
        self,
        subject_types: Collection[str],
        *,
        without: Collection[str] = (),
        by: str = "",
        concerning: Office | None = None,
        days: Collection[int] = (),
        start: datetime | None = None,
        end: datetime | None = None,
        below: int | None = None,
        limit: int = 200,
    ) -> list[AuditEvent]:
        """Those of the types that fit all that is given, the newest first; times are of [start, end).

        `without` are actions that are left out; `by` is any part of a name, case does not matter. `concerning`: what
        was said of that office, by its name or among others; `days` are then the numbers of what was said of days on
        which it is. `below`: an event's number.
        """
        columns = _EVENTS.c
        # The newest are looked through one by one until there are enough: through the index of subjects all events of a
        # type would be sorted first. Hence a type that is not the bare column.
        query = select(_EVENTS).where((columns.subject_type + "").in_(list(subject_types)))
        if without:
            query = query.where(columns.action.not_in(list(without)))
        if by:
            query = query.where(func.lower(columns.by).contains(by.lower(), autoescape=True))
        if concerning is not None:
            query = query.where(_concerning(concerning, days))
        for condition in (
            columns.at >= start if start is not None else None,
            columns.at < end if end is not None else None,
            columns.id < below if below is not None else None,
        ):
            if condition is not None:
                query = query.where(condition)
        return [AuditEvent(**row) for row in self._rows(query.order_by(columns.id.desc()).limit(limit))]

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


def _concerning(office: Office, days: Collection[int]) -> Any:
    """The office itself, its days, and the closures and watches that name it in any way; also those that leave it out:
    it may have been taken out of them."""
    columns = _EVENTS.c
    naming = _ENTITIES.c.value.in_(sorted(entity_values([office])))
    spoken = [select(literal(letter) + cast(_ENTITIES.c.closure_id, String)).where(naming) for letter in "CW"]
    return or_(
        and_(columns.subject_type == "office", columns.subject_id == office.id),
        and_(columns.subject_type == "staff_day", columns.subject_id.in_([str(day) for day in days])),
        and_(columns.subject_type == "closure", columns.subject_id.in_(spoken[0])),
        and_(columns.subject_type == "watch", columns.subject_id.in_(spoken[1])),
    )
