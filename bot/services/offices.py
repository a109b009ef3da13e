"""What staff do with offices: name them, say when they open, and confirm that what is held is right.

Every function takes an open unit of work, never commits, and writes an audit event for each change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Scope, StaffDay
from bot.jobcentre.errors import BadInput, NotFound
from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.office import Office
from bot.jobcentre.reach import Reach
from bot.services import versions
from bot.services.files import did_you_mean
from bot.services.public_words import check_public, tidy
from bot.store.codecs import office_row, scope_to_json
from bot.store.records import SaidDay
from bot.store.unit_of_work import UnitOfWork

TITLE_AT_MOST = 80


def to_json(office: Office) -> dict[str, Any]:
    """All that is held of it, its hours and closures apart."""
    return {**office_row(office), "names": list(office.alternate_names), "accounts": list(office.accounts)}


# Naming them


def get_office(work: UnitOfWork, named: str) -> Office:
    """The office of that id, or of that name. Raises NotFound with the nearest id."""
    return get_offices(work, [named])[0]


def get_offices(work: UnitOfWork, named: Iterable[str]) -> list[Office]:
    """The offices of the ids or names, without repeats. Raises NotFound with the nearest id for the first unknown."""
    ids = {name: slug(name) for name in dict.fromkeys(named)}
    held = {office.id: office for office in work.offices.find(list(ids.values()))}
    for name, office_id in ids.items():
        if office_id not in held:
            raise NotFound(no_office(name, [office.id for office in work.offices.find_all()]))
    return list({office_id: held[office_id] for office_id in ids.values()}.values())


def slug(text: str) -> str:
    """A name as an id: "Leeds Park Place" is leeds-park-place."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))


def no_office(named: str, known: Collection[str]) -> str:
    """Says that there is none, and which is nearest."""
    near = did_you_mean(named, known)
    return f"there is no office {named}" + (near or ': "jobcentre offices list" shows them')


def check_scope(work: UnitOfWork, scope: Scope) -> Scope:
    """The scope with every name as it is held. Raises NotFound for a name that nothing has, BadInput where no office
    is left in it."""
    found = Scope(
        offices=frozenset(office.id for office in get_offices(work, sorted(scope.offices))),
        districts=frozenset(_district(work, name) for name in sorted(scope.districts)),
        nations=scope.nations,
        accounts=frozenset(_handle(work, handle) for handle in sorted(scope.accounts)),
        everywhere=scope.everywhere,
        excluding=frozenset(office.id for office in get_offices(work, sorted(scope.excluding))),
    )
    if found.is_empty:
        raise BadInput("say which offices: --office, --district, --nation, --account or --everywhere")
    if not find_in(work, found):
        raise BadInput("no office is left in that: nothing would change for anybody")
    return found


def find_in(work: UnitOfWork, scope: Scope) -> list[Office]:
    """The offices of a scope, by name."""
    return find_in_each(work, [scope])[0]


def find_in_each(work: UnitOfWork, scopes: Sequence[Scope]) -> list[list[Office]]:
    """The offices of each scope, by name: however many scopes there are, in the queries of one."""
    are_named = not any(scope.everywhere or scope.districts or scope.nations or scope.accounts for scope in scopes)
    ids = frozenset().union(*(scope.offices for scope in scopes))
    offices = work.offices.find(sorted(ids)) if are_named else work.offices.find_all()
    reach = Reach(sorted(offices, key=lambda office: office.name))
    return [list(reach.of(scope)) for scope in scopes]


def _district(work: UnitOfWork, name: str) -> str:
    held = work.offices.find_districts()
    for district in held:
        if district.casefold() == " ".join(name.split()).casefold():
            return district
    raise NotFound(f"there is no district {name}" + (did_you_mean(name, held) or f": there are {_listed(held)}"))


def _handle(work: UnitOfWork, handle: str) -> str:
    held = {account.handle.casefold(): account.handle for account in work.accounts.find_all()}
    found = held.get(handle.strip().lstrip("@").casefold())
    if found is None:
        near = did_you_mean(handle.lstrip("@"), held.values())
        raise NotFound(f"there is no account {handle}" + (near or ': "jobcentre accounts list" shows them'))
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none yet: import the offices first"


# When they open


def set_hours(
    work: UnitOfWork, scope: Scope, hours: OpeningHours, *, by: str, at: datetime, expected: int | None = None
) -> list[Office]:
    """The offices of the scope keep these hours; those shut for good or moved are left out. Returns those changed.

    Raises NotFound and BadInput as `check_scope`; ChangedMeanwhile as `versions.check`.
    """
    scope = check_scope(work, scope)
    offices = [office for office in find_in(work, scope) if office.is_running]
    if not offices:
        raise BadInput("all of these offices are shut for good or have moved: they keep no hours")
    versions.check(work, expected, "office", *(office.id for office in offices))
    stated = replace(hours, confirmed_at=at if hours.certainty is Certainty.CONFIRMED else None)
    ids = [office.id for office in offices]
    before = work.offices.facts(ids, at, at + timedelta(days=1))
    work.offices.set_hours(ids, stated, by=by, at=at)
    day = at.astimezone(LONDON).date()
    for office in offices:
        was = before[office.id].hours_on(stated.valid_from or day)
        audit(work, "hours", office.id, by, at, hours_json(was), hours_json(stated))
    return offices


def hours_json(hours: OpeningHours | None) -> dict[str, Any] | None:
    """Hours as the history keeps them."""
    if hours is None:
        return None
    return {
        "hours": str(hours),
        "certainty": hours.certainty.value,
        "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
        "valid_to": hours.valid_to.isoformat() if hours.valid_to else None,
    }


def say_day(
    work: UnitOfWork, day: date, scope: Scope, *, title: str, is_open: bool, by: str, at: datetime
) -> tuple[int, list[Office]]:
    """Staff say that the offices are closed that day, or open although it is a holiday. Returns the number of the
    statement and the offices. Raises NotFound and BadInput as `check_scope`."""
    scope = check_scope(work, scope)
    if not title.strip():
        raise BadInput("the day needs a title that people can be told: --title")
    named = tidy(title)
    offices = find_in(work, scope)
    check_public(named, "the title", TITLE_AT_MOST, work.contacts.find(), offices)
    staff_day = StaffDay(day, named, is_open, scope, at)
    number = work.offices.add_staff_day(staff_day, by=by)
    after = {"day": day.isoformat(), "title": staff_day.title, "is_open": is_open, "scope": scope_to_json(scope)}
    work.audit.add(by=by, action="add", subject_type="staff_day", subject_id=str(number), at=at, after=after)
    return number, offices


def withdraw_day(work: UnitOfWork, number: int, *, by: str, at: datetime) -> SaidDay:
    """What staff said of a day counts no longer. Raises NotFound, also where it is withdrawn already."""
    said = next((said for said in work.offices.find_staff_days() if said.id == number), None)
    if said is None:
        raise NotFound("that day is withdrawn already, or nobody has said anything of it")
    work.offices.withdraw_staff_day(number, at=at, by=by)
    before = {"day": said.staff_day.day.isoformat(), "title": said.staff_day.title, "is_open": said.staff_day.is_open}
    before |= {"scope": scope_to_json(said.staff_day.scope)}
    work.audit.add(by=by, action="withdraw", subject_type="staff_day", subject_id=str(number), at=at, before=before)
    return said


@dataclass(frozen=True)
class Confirmed:
    """One office that staff confirmed."""

    office: Office
    watches: tuple[str, ...] = ()
    """Ids of the watches in which it is known to be open from now on; without one its facts were noted as checked."""
    closures: tuple[str, ...] = ()
    """Ids of closures that still say otherwise."""


WATCHES_AHEAD = timedelta(days=366)


def confirm(work: UnitOfWork, named: Iterable[str], *, by: str, at: datetime) -> list[Confirmed]:
    """The offices are open as usual: for all of every watch that is on or to come, else a note that their facts were
    checked.

    Raises NotFound; BadInput for an office that is shut for good or has moved.
    """
    offices = get_offices(work, named)
    for office in offices:
        if not office.is_running:
            raise BadInput(f"{office.id} is {office.status.value}: import it as open first, if that is wrong")
    watches = work.closures.find_watches(start=at, end=at + WATCHES_AHEAD)
    closures = work.closures.find(at=at)
    found = [
        Confirmed(
            office,
            tuple(watch.id for watch in watches if watch.scope.includes(office)),
            tuple(closure.id for closure in closures if closure.is_active(office, at)),
        )
        for office in offices
    ]
    for watch in watches:
        work.closures.confirm(watch.id, [c.office.id for c in found if watch.id in c.watches], at=at, by=by)
    work.offices.confirm([c.office.id for c in found if not c.watches], at=at, by=by)
    for c in found:
        audit(work, "confirm", c.office.id, by, at, None, {"watches": list(c.watches)})
    return found


def audit(
    work: UnitOfWork,
    action: str,
    office_id: str,
    by: str,
    at: datetime,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Write into the history what was done to an office."""
    work.audit.add(by=by, action=action, subject_type="office", subject_id=office_id, at=at, before=before, after=after)
