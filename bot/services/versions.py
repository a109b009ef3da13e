"""Who was quicker: a change made on a page that is older than somebody else's change is refused, never overwritten.

The history is the version: a page remembers the number of the last change of its subject.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.jobcentre.errors import Conflict
from bot.store.records import AuditEvent
from bot.store.unit_of_work import UnitOfWork


class ChangedMeanwhile(Conflict):
    """Somebody else changed the subject after the page was made."""

    def __init__(self, events: Collection[AuditEvent]) -> None:
        self.events = tuple(events)
        """What they did, the first change first."""
        last = self.events[-1]
        super().__init__(f"{last.by} changed {last.subject_id} in the meantime. Nothing of yours is kept yet")


def latest(work: UnitOfWork, subject_type: str, *subject_ids: str) -> int:
    """For a page to remember: the number of the last change of the subjects."""
    return work.audit.latest(subject_type, subject_ids)


def check(work: UnitOfWork, expected: int | None, subject_type: str, *subject_ids: str) -> None:
    """Raises ChangedMeanwhile where the subjects were changed after that version. None is whoever has seen no version.

    Until the piece of work ends nobody else passes: what is checked stays true.
    """
    if expected is None:
        return
    work.audit.hold()
    events = work.audit.find_since(expected, subject_type, subject_ids)
    if events:
        raise ChangedMeanwhile(events)


def differences(before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    """The names whose values differ between two mappings, with both values."""
    names = [*after, *(name for name in before if name not in after)]
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
