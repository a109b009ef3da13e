"""What is done again and again by the running program, and when it was done last."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from bot.store import tables
from bot.store.repositories.repository import Repository

_CHORES = tables.chores


class Chores(Repository):
    def begin(self, name: str, *, every: timedelta, at: datetime) -> bool:
        """Whether it is due, and this piece of work is the one that does it: until it ends no other can begin it, and
        if it fails it is due as before. A clock that was set back makes it due."""
        self._add_if_missing(_CHORES, {"name": name, "done_at": None})
        done_at = _CHORES.c.done_at
        is_due = or_(done_at.is_(None), done_at <= at - every, done_at > at)
        begun = update(_CHORES).where(_CHORES.c.name == name, is_due).values(done_at=at)
        return bool(self._execute(begun).rowcount)
