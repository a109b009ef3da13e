"""What staff changed: the audit events, those of one stroke together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.office import Office
from bot.store.records import AuditEvent
from bot.store.unit_of_work import UnitOfWork

SUBJECTS = frozenset(
    {
        "closure",
        "watch",
        "office",
        "staff_day",
        "contact",
        "account",
        "places",
        "staff",
        "staffing",
        "handoff",
        "canned_reply",
        "message",
        "messages",
        "miss",
        "phrase",
        "database",
    }
)
"""What an event may be about."""
_IN_BULK = frozenset({"office", "contact", "account"})
"""Of these one stroke may change hundreds, with an event for each."""
_CHUNK = 250


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is left out matters not."""

    subjects: frozenset[str] = SUBJECTS
    without: tuple[str, ...] = ("sign in",)
    """Actions that change nothing, and would bury the rest."""
    by: str = ""
    """Any part of a name."""
    office: Office | None = None
    first: date | None = None
    last: date | None = None
    """The last day, included."""


@dataclass(frozen=True)
class Change:
    """One stroke: one event, or those of many offices, contacts or accounts at once; the oldest first."""

    events: tuple[AuditEvent, ...]

    @property
    def lead(self) -> AuditEvent:
        return self.events[0]

    @property
    def id(self) -> int:
        """The lowest number of its events: what follows on the next page is below it."""
        return self.lead.id


@dataclass(frozen=True)
class Changes:
    """A page of them, the newest first."""

    found: tuple[Change, ...]
    below: int | None
    """Where the next page begins; None where there is none."""


def find(work: UnitOfWork, wanted: Wanted, *, below: int | None = None, limit: int = 50) -> Changes:
    """A page of what fits, below the event of that number."""
    found: list[Change] = []
    for change in each(work, wanted, below=below):
        if len(found) == limit:
            return Changes(tuple(found), found[-1].id)
        found.append(change)
    return Changes(tuple(found), None)


def each(work: UnitOfWork, wanted: Wanted, *, below: int | None = None) -> Iterator[Change]:
    """All that fits, the newest first, read as it is asked for."""
    together: list[AuditEvent] = []
    for event in _events(work, wanted, below):
        if together and not _goes_with(event, together):
            yield Change(tuple(reversed(together)))
            together = []
        together.append(event)
    if together:
        yield Change(tuple(reversed(together)))


def _goes_with(event: AuditEvent, together: Iterable[AuditEvent]) -> bool:
    """Whether it is of the same stroke: nobody does one thing to one office twice at once."""
    held = list(together)[-1]
    is_alike = (event.by, event.at, event.subject_type) == (held.by, held.at, held.subject_type)
    if not is_alike or event.subject_type not in _IN_BULK:
        return False
    if not event.clock_was_fixed:
        return True
    # Where the clock stands still the time tells nothing.
    done = {(other.action, other.subject_id) for other in together}
    return event.action == held.action and (event.action, event.subject_id) not in done


def _events(work: UnitOfWork, wanted: Wanted, below: int | None) -> Iterator[AuditEvent]:
    while True:
        found = work.audit.search(
            wanted.subjects,
            without=wanted.without,
            by=wanted.by,
            concerning=wanted.office,
            days=_days_of(work, wanted.office),
            start=_midnight(wanted.first),
            end=_midnight(wanted.last + timedelta(days=1)) if wanted.last else None,
            below=below,
            limit=_CHUNK,
        )
        yield from found
        if len(found) < _CHUNK:
            return
        below = found[-1].id


def _days_of(work: UnitOfWork, office: Office | None) -> list[int]:
    """Numbers of what was ever said of days and of that office."""
    if office is None:
        return []
    said = work.offices.find_staff_days(include_withdrawn=True)
    return [one.id for one in said if one.staff_day.scope.includes(office)]


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(0), LONDON) if day else None
