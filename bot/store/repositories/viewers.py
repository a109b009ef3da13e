"""Who looks at which conversation. Short-lived: it says who is there now, not who was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from bot.store import tables
from bot.store.records import Viewer
from bot.store.repositories.repository import Repository

_VIEWERS = tables.handoff_viewers


class Viewers(Repository):
    def see(self, handoff_id: int, name: str, *, at: datetime) -> None:
        self._put(_VIEWERS, [{"handoff_id": handoff_id, "name": name, "seen_at": at}])

    def find(self, handoff_ids: Collection[int], *, since: datetime) -> list[Viewer]:
        """Those seen since, by name."""
        query = select(_VIEWERS).where(_VIEWERS.c.handoff_id.in_(list(handoff_ids)), _VIEWERS.c.seen_at >= since)
        return [Viewer(**row) for row in self._rows(query.order_by(_VIEWERS.c.name))]

    def forget(self, before: datetime) -> None:
        self._execute(delete(_VIEWERS).where(_VIEWERS.c.seen_at < before))
