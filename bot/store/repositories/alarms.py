"""Alarms: notices to staff that somebody waits too long, one for each handoff, level, way and receiver."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.jobcentre.handoff import HandoffState
from bot.store import tables
from bot.store.records import Alarm
from bot.store.repositories.repository import Repository

_ALARMS, _HANDOFFS = tables.alarms, tables.handoffs


class Alarms(Repository):
    def raise_one(self, handoff_id: int, level: str, way: str, to: str, *, at: datetime) -> bool:
        """Keep it, due at once; whether it was not raised before."""
        row = {"handoff_id": handoff_id, "level": level, "way": way, "to": to, "raised_at": at, "next_attempt_at": at}
        return self._add_if_missing(_ALARMS, row)

    def find_due(self, at: datetime) -> list[Alarm]:
        """Those to be sent, or sent again; on PostgreSQL those that another process is taking are passed over."""
        query = select(_ALARMS).where(_ALARMS.c.next_attempt_at <= at).order_by(_ALARMS.c.next_attempt_at, _ALARMS.c.id)
        return [Alarm(**row) for row in self._rows(query.with_for_update(skip_locked=True))]

    def find(self, handoff_ids: Collection[int]) -> list[Alarm]:
        """All of those handoffs, the first raised first."""
        query = select(_ALARMS).where(_ALARMS.c.handoff_id.in_(list(handoff_ids))).order_by(_ALARMS.c.id)
        return [Alarm(**row) for row in self._rows(query)]

    def find_failing(self) -> list[Alarm]:
        """Those about people who wait still that could not be sent so far, or were given up; the first raised first."""
        waits = _HANDOFFS.c.state == HandoffState.OPEN.value
        failing = select(_ALARMS).join_from(_ALARMS, _HANDOFFS).where(waits)
        failing = failing.where(_ALARMS.c.sent_at.is_(None), _ALARMS.c.error.is_not(None))
        return [Alarm(**row) for row in self._rows(failing.order_by(_ALARMS.c.id))]

    def begin(self, alarm_id: int, *, retry_at: datetime | None) -> None:
        """An attempt begins; where nothing more is heard of it, it is begun again then."""
        self._change(alarm_id, attempts=_ALARMS.c.attempts + 1, next_attempt_at=retry_at)

    def mark_sent(self, alarm_id: int, *, at: datetime) -> None:
        self._change(alarm_id, sent_at=at, next_attempt_at=None, error=None)

    def mark_failed(self, alarm_id: int, *, error: str) -> None:
        """It stays due as `begin` said."""
        self._change(alarm_id, error=error)

    def drop(self, alarm_id: int) -> None:
        """Nobody waits any more: it is not sent."""
        self._change(alarm_id, next_attempt_at=None)

    def _change(self, alarm_id: int, **values: Any) -> None:
        self._execute(update(_ALARMS).where(_ALARMS.c.id == alarm_id).values(**values))
