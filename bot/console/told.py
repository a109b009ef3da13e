"""Closures and watches as staff read them: in plain words, with the offices they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.console.telling import CAUSES, EFFECTS, clock, counted, minutes, near, weekday
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure, Effect, Watch
from bot.jobcentre.hours import clock_text
from bot.jobcentre.office import Office
from bot.services import offices, scopes
from bot.store.unit_of_work import UnitOfWork

Names = Mapping[str, str]
"""Of offices, by id."""


@dataclass(frozen=True)
class Told:
    closure: Closure | Watch
    what: str
    """ "Opens late, at 11am"."""
    why: str
    when: str
    where: str
    """ "Jobcentre in Leeds, but not Pudsey: 10 offices"."""
    offices: tuple[Office, ...]
    state: str
    """now, later, over or withdrawn."""
    is_overdue: bool
    """Whether the time to look at it again has passed."""


def told_closure(work: UnitOfWork, found: Closure | Watch, now: datetime) -> Told:
    return told_all(work, [found], now)[0]


def told_all(work: UnitOfWork, found: Sequence[Closure | Watch], now: datetime) -> list[Told]:
    """Each of them: however many there are, in the queries of one."""
    notices = [notice.scope for notice in found]
    named = scopes.told_all(work, notices)
    inside = offices.find_in_each(work, notices)
    others = {one.moved_to for one in found if isinstance(one, Closure) and one.moved_to}
    others |= frozenset().union(*(scope.excluding for scope in notices))
    names = {office.id: office.name for office in work.offices.find(sorted(others))}
    told = zip(found, named, map(tuple, inside), strict=True)
    return [_told(one, where, theirs, names, now) for one, where, theirs in told]


def _told(
    found: Closure | Watch, named: Sequence[str], inside: tuple[Office, ...], names: Names, now: datetime
) -> Told:
    review = found.review_by if isinstance(found, Closure) else None
    return Told(
        found,
        _what(found, names),
        CAUSES[found.cause],
        when_of(found, now),
        _where(found, named, inside, names),
        inside,
        _state(found, now),
        bool(review and review <= now and _state(found, now) == "now"),
    )


def _what(found: Closure | Watch, names: Names) -> str:
    if isinstance(found, Watch):
        return "Being watched"
    said = EFFECTS[found.effect]
    if found.effect is Effect.LATE_OPENING and found.opens_at:
        return f"{said}, at {minutes(found.opens_at)}"
    if found.effect is Effect.EARLY_CLOSING and found.closes_at:
        return f"{said}, at {minutes(found.closes_at)}"
    if found.effect is Effect.REDUCED_HOURS:
        spans = (f"{_minutes(span.opens_at)} to {_minutes(span.closes_at)}" for span in found.spans)
        return f"{said}: {' and '.join(spans)}"
    if found.effect is Effect.MOVED and found.moved_to:
        return f"{said} to {names.get(found.moved_to, found.moved_to)}"
    return said


def when_of(found: Closure | Watch, now: datetime) -> str:
    """ "from 7:31am today to the end of today"."""
    start = "since" if found.period.start <= now else "from"
    told = f"{start} {_start(found.period.start, now)}"
    if found.period.end is not None:
        return f"{told}, until {end_of(found.period.end, now)}"
    review = found.review_by if isinstance(found, Closure) else None
    return f"{told}, until further notice" + (f" (look at it again {near(review, now)})" if review else "")


def end_of(end: datetime, now: datetime) -> str:
    """A moment that is not included any more: a midnight is the end of the day before."""
    local = end.astimezone(LONDON)
    if local.time() != time(0):
        return near(end, now)
    day = local - timedelta(days=1)
    named = {0: "today", 1: "tomorrow"}.get((day.date() - now.astimezone(LONDON).date()).days, weekday(day))
    return f"the end of {named}"


def _start(start: datetime, now: datetime) -> str:
    local = start.astimezone(LONDON)
    if local.time() != time(0):
        return near(start, now)
    days = (local.date() - now.astimezone(LONDON).date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days, weekday(local))
    return f"the start of {named}"


def _minutes(since_midnight: int) -> str:
    return clock(time.fromisoformat(clock_text(since_midnight % (24 * 60))))


def _where(found: Closure | Watch, named: Sequence[str], inside: Sequence[Office], names: Names) -> str:
    without = [names.get(office_id, office_id) for office_id in sorted(found.scope.excluding)]
    shown = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    shown += f", but not {', '.join(without[:3])}{' and others' * (len(without) > 3)}" if without else ""
    is_plain = len(inside) == 1 and not without
    return shown if is_plain else f"{shown}: {counted(len(inside), 'office')}"


def _state(found: Closure | Watch, now: datetime) -> str:
    if found.withdrawn_at is not None:
        return "withdrawn"
    if found.period.end is not None and found.period.end <= now:
        return "over"
    return "now" if found.period.start <= now else "later"
