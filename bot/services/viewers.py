"""Who is looking at a conversation: so that two advisers never answer the same person unknowingly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.store.unit_of_work import UnitOfWork

LOOKS_FOR = timedelta(seconds=60)
"""How long somebody counts as looking after a page was last shown, or asked for what is new."""


def see(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> None:
    """They look at it now: call it when the page is shown and each time it polls."""
    work.handoffs.get(handoff_id)
    work.viewers.see(handoff_id, by, at=at)


def find(work: UnitOfWork, handoff_ids: Collection[int], *, at: datetime, but: str = "") -> dict[int, list[str]]:
    """Names of those who look at each of them now, without `but`; handoffs at which nobody looks are left out."""
    found: dict[int, list[str]] = {}
    for viewer in work.viewers.find(handoff_ids, since=at - LOOKS_FOR):
        if viewer.name != but:
            found.setdefault(viewer.handoff_id, []).append(viewer.name)
    return found


def forget(work: UnitOfWork, *, at: datetime) -> None:
    """Those who do not look any more: nobody keeps who read what."""
    work.viewers.forget(at - LOOKS_FOR)
