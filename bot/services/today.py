"""What the people who keep the data need to know today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.jobcentre.calendar import LONDON, Division, SpecialDay, division_of, special_day
from bot.jobcentre.closure import Closure, Effect, Watch
from bot.jobcentre.conversation import Account
from bot.jobcentre.office import Office, OfficeStatus
from bot.jobcentre.reach import Reach
from bot.services.contacts import is_due
from bot.store.unit_of_work import UnitOfWork

SOON = timedelta(days=7)
DECIDE_AHEAD = timedelta(days=60)
"""How early an uncertain day is shown for staff to decide."""


class Standing(str, Enum):
    """What staff have said of an office for this moment, its hours apart."""

    AS_USUAL = "as_usual"
    CLOSED = "closed"
    DIFFERENT = "different"
    """Open, but not as usual."""
    NOT_KNOWN = "not_known"
    """Being watched, or perhaps not at this address any more."""


@dataclass(frozen=True)
class UncertainDay:
    """A day of which nobody has said whether the division's offices open."""

    special: SpecialDay
    division: Division
    offices: int
    """How many keep hours on its weekday as far as we know: all that run."""


@dataclass(frozen=True)
class Board:
    now: tuple[Closure, ...]
    soon: tuple[Closure, ...]
    watches: tuple[Watch, ...]
    overdue: tuple[Closure, ...]
    """Closures without an end whose time to be looked at again has come."""
    paused: tuple[Account, ...]
    uncertain: tuple[UncertainDay, ...]
    unsure: tuple[Office, ...]
    """Offices of which we are not sure that they are still at their address."""
    old_contacts: int
    standings: tuple[tuple[Office, Standing], ...]
    """Every office that runs, by name."""


def board(work: UnitOfWork, at: datetime) -> Board:
    """All of it, in a number of queries that does not grow with what is held."""
    offices = sorted((o for o in work.offices.find_all() if o.is_running), key=lambda office: office.name)
    closures = work.closures.find(start=at, end=at + SOON)
    active = tuple(closure for closure in closures if closure.period.includes(at))
    watches = tuple(work.closures.find_watches(start=at))
    return Board(
        now=active,
        soon=tuple(closure for closure in closures if closure not in active),
        watches=watches,
        overdue=tuple(closure for closure in active if closure.review_by and closure.review_by <= at),
        paused=tuple(account for account in work.accounts.find_all() if account.is_paused),
        uncertain=tuple(_uncertain_days(work, offices, at)),
        unsure=tuple(office for office in offices if office.status is OfficeStatus.CHECK),
        old_contacts=sum(1 for contact in work.contacts.find() if is_due(contact, at)),
        standings=_standings(offices, active, watches, at),
    )


def _standings(
    offices: Sequence[Office], closures: Sequence[Closure], watches: Sequence[Watch], at: datetime
) -> tuple[tuple[Office, Standing], ...]:
    """Of each office, asking for each only what speaks of it."""
    reach = Reach(offices)
    closed, watched = defaultdict[str, list[Closure]](list), defaultdict[str, list[Watch]](list)
    for closure in closures:
        for office in reach.of(closure.scope):
            closed[office.id].append(closure)
    for watch in watches:
        for office in reach.of(watch.scope):
            watched[office.id].append(watch)
    return tuple((office, standing(office, closed[office.id], watched[office.id], at)) for office in offices)


def standing(office: Office, closures: Sequence[Closure], watches: Sequence[Watch], at: datetime) -> Standing:
    """What staff have said of one office: the strongest closure, else a watch that nobody has confirmed."""
    active = sorted((c for c in closures if c.is_active(office, at)), key=Closure.rank)
    if active and active[-1].effect is not Effect.ACCESS_PROBLEM:
        return Standing.CLOSED if active[-1].effect.shuts else Standing.DIFFERENT
    if any(watch.is_active(office, at) and office.id not in watch.confirmed for watch in watches):
        return Standing.NOT_KNOWN
    if office.status is OfficeStatus.CHECK:
        return Standing.NOT_KNOWN
    return Standing.DIFFERENT if active else Standing.AS_USUAL


def unconfirmed(work: UnitOfWork, watch: Watch, offices: Sequence[Office], closures: Sequence[Closure]) -> list[Office]:
    """The offices of a watch of which nobody has said anything yet."""
    inside = [office for office in offices if watch.scope.includes(office) and office.id not in watch.confirmed]
    return [office for office in inside if not any(closure.scope.includes(office) for closure in closures)]


def _uncertain_days(work: UnitOfWork, offices: Sequence[Office], at: datetime) -> list[UncertainDay]:
    first = at.astimezone(LONDON).date()
    days = [first + timedelta(days=n) for n in range(DECIDE_AHEAD.days)]
    said = [day.staff_day for day in work.offices.find_staff_days(first, days[-1])]
    found = []
    for division in (Division.ENGLAND_AND_WALES, Division.SCOTLAND):
        theirs = [office for office in offices if division_of(office.nation) is division]
        for day in days:
            special = special_day(day, division)
            if special is None or not special.is_uncertain or day.weekday() > 4:
                continue
            open_ones = [o for o in theirs if not any(s.day == day and s.scope.includes(o) for s in said)]
            if open_ones:
                found.append(UncertainDay(special, division, len(open_ones)))
    return sorted(found, key=lambda one: one.special.day)
