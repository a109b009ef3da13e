"""What anybody may know, for machines: offices with their hours, and what is disrupted. No private causes, no names of
staff, no notes; hours only as somebody said them, and nothing guessed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.jobcentre.calendar import LONDON, division_of
from bot.jobcentre.closure import Closure, Watch
from bot.jobcentre.hours import OpeningHours, Spans
from bot.jobcentre.office import Office, OfficeStatus
from bot.jobcentre.opening import DayOpening, OfficeFacts, OpeningState, may_differ, opening_on
from bot.jobcentre.reach import Reach
from bot.services import samples
from bot.store.unit_of_work import UnitOfWork

AHEAD = timedelta(days=14)
"""How far ahead days that differ are told."""
STILL_TOLD = timedelta(days=7)
"""How long a closure that is over or withdrawn stays in the feed, so that its readers learn of the end."""


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from its weekday."""

    day: date
    spans: Spans
    """When people may come; none all day."""
    name: str = ""
    """A holiday's title, or the effect of a closure."""


@dataclass(frozen=True)
class OpenOffice:
    """An office that runs, with what may be said of its hours."""

    office: Office
    hours: tuple[OpeningHours, ...] = ()
    """Those that hold now or will; none where none are held, or where it may not be at its address any more."""
    special: tuple[SpecialDay, ...] = ()
    unknown: tuple[date, ...] = ()
    """Days of which nobody knows whether it opens, or until when."""


@dataclass(frozen=True)
class Alert:
    """A closure or a watch, and the offices that it concerns now."""

    notice: Closure | Watch
    offices: tuple[Office, ...]

    @property
    def changed_at(self) -> datetime:
        return self.notice.withdrawn_at or self.notice.published_at

    def is_over(self, at: datetime) -> bool:
        end = self.notice.period.end
        return self.notice.withdrawn_at is not None or (end is not None and end <= at)


def version(work: UnitOfWork, at: datetime) -> Hashable:
    """Where it is equal, the same is told: nobody, in any process, has changed anything, and nothing began or ended by
    itself. Costs three small queries."""
    days = [moment.astimezone(LONDON).date() for moment in (at, at + AHEAD)]
    notices = [
        (stamp.number, stamp.version, stamp.starts_at < at + AHEAD, stamp.active_until <= at)
        for stamp in work.closures.find_stamps(at - STILL_TOLD)
    ]
    return *days, *work.offices.versions(), samples.is_marked(work), *notices


def find_offices(work: UnitOfWork, at: datetime) -> list[OpenOffice]:
    """The offices that run, by name, in a number of queries that does not grow with them."""
    running = [office for office in work.offices.find_all() if office.is_running]
    facts = work.offices.facts_of(running, at, at + AHEAD)
    today = at.astimezone(LONDON).date()
    days = [today + timedelta(days=step) for step in range(AHEAD.days + 1)]
    # Hundreds of offices keep the same hours and are spoken of alike: what differs is worked out once for all of them.
    alike: dict[Hashable, tuple[tuple[SpecialDay, ...], tuple[date, ...]]] = {}
    found = []
    for one in (facts[office.id] for office in running):
        if one.office.status is not OfficeStatus.OPEN:
            found.append(OpenOffice(one.office))
            continue
        likeness = _likeness(one)
        if likeness not in alike:
            alike[likeness] = _different_days(one, days)
        hours = tuple(held for held in one.hours if held.valid_to is None or held.valid_to >= today)
        found.append(OpenOffice(one.office, hours, *alike[likeness]))
    return found


def _likeness(facts: OfficeFacts) -> Hashable:
    """All of the facts that says when it is open, the office itself apart."""
    office = facts.office
    hours = tuple((held.week, held.valid_from, held.valid_to) for held in facts.hours)
    closures = tuple((closure.id, closure.moved_to == office.id) for closure in facts.closures)
    watches = tuple((watch.id, watch.confirmed.get(office.id)) for watch in facts.watches)
    days = tuple((said.day, said.is_open, said.title, said.said_at) for said in facts.staff_days)
    return division_of(office.nation), hours, days, closures, watches


def _different_days(facts: OfficeFacts, days: Sequence[date]) -> tuple[tuple[SpecialDay, ...], tuple[date, ...]]:
    """Those that differ from their weekday, and those of which nobody knows."""
    odd = [opening_on(facts, day) for day in days if may_differ(facts, day)]
    unknown = [one for one in odd if _is_unknown(one) and facts.hours_on(one.day)]
    special = [one for one in odd if one not in unknown and one.spans() != _weekly(facts, one.day)]
    return tuple(SpecialDay(one.day, one.spans(), _name(one)) for one in special), tuple(one.day for one in unknown)


def _is_unknown(day: DayOpening) -> bool:
    return any(stretch.opening.state is OpeningState.UNKNOWN for stretch in day.stretches if stretch.in_hours)


def _weekly(facts: OfficeFacts, day: date) -> Spans:
    hours = facts.hours_on(day)
    return hours.on(day) if hours else ()


def _name(day: DayOpening) -> str:
    closures = [s.opening.closure for s in day.stretches if s.in_hours and s.opening.closure]
    if closures and closures[0]:
        return closures[0].effect.value
    return day.lead.day.title if day.lead.day else ""


def find_alerts(work: UnitOfWork, at: datetime, *, include_over: bool = False) -> list[Alert]:
    """Closures and watches that apply now or will, those told last first; with those that ended lately, if wanted."""
    since = at - STILL_TOLD if include_over else at
    notices: list[Closure | Watch] = [
        *work.closures.find(start=since, include_withdrawn=include_over),
        *work.closures.find_watches(start=since, include_withdrawn=include_over),
    ]
    reach = Reach(office for office in work.offices.find_all() if office.is_running)
    alerts = [Alert(notice, _concerned(notice, reach)) for notice in notices]
    told = [alert for alert in alerts if alert.offices and (include_over or not alert.is_over(at))]
    return sorted(told, key=lambda alert: (alert.changed_at, alert.notice.id), reverse=True)


def _concerned(notice: Closure | Watch, reach: Reach) -> tuple[Office, ...]:
    """Those in its scope, without those that are known to be open."""
    settled = set(notice.confirmed) if isinstance(notice, Watch) else {notice.moved_to}
    return tuple(office for office in reach.of(notice.scope) if office.id not in settled)
