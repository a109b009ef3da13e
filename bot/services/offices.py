"""What staff do with offices: import them, say when they open, and confirm that what is held is right.

Every function takes an open unit of work, never commits, and writes an audit event for each change.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Scope, StaffDay
from bot.jobcentre.errors import BadInput, NotFound
from bot.jobcentre.hours import Certainty, OpeningHours, hours_on
from bot.jobcentre.office import Nation, Office, OfficeStatus, Point
from bot.services import versions
from bot.services.files import (
    ImportReport,
    Outcome,
    Row,
    RowReport,
    checked,
    did_you_mean,
    nation_in,
    point_in,
    read_rows,
    without_repeats,
)
from bot.services.public_words import check_plain, check_public, tidy
from bot.store.codecs import office_row, scope_to_json
from bot.store.records import NameKind, OfficeName, SaidDay
from bot.store.unit_of_work import UnitOfWork

REQUIRED = ("id", "name", "status", "nation", "address", "postcode")
TITLE_AT_MOST = 80
TEXT_AT_MOST = 160
SAMPLE = "sample"
"""The setting that marks what is held as sample data, for every surface that shows it."""
STATUSES = {
    "open": OfficeStatus.OPEN,
    "open-2019": OfficeStatus.OPEN,
    "check": OfficeStatus.CHECK,
    "closed": OfficeStatus.CLOSED,
    "moved": OfficeStatus.MOVED,
}
_NAME_KINDS = {"building-name": NameKind.BUILDING, "welsh": NameKind.WELSH, "nickname": NameKind.NICKNAME}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_PHONE = re.compile(r"(?:\+44|0)[0-9 ]{9,14}")


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
            raise NotFound(_no_office(name, [office.id for office in work.offices.find_all()]))
    return list({office_id: held[office_id] for office_id in ids.values()}.values())


def slug(text: str) -> str:
    """A name as an id: "Leeds Park Place" is leeds-park-place."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))


def _no_office(named: str, known: Collection[str]) -> str:
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
    is_named = not (scope.everywhere or scope.districts or scope.nations or scope.accounts)
    offices = work.offices.find(sorted(scope.offices)) if is_named else work.offices.find_all()
    return sorted((office for office in offices if scope.includes(office)), key=lambda office: office.name)


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
        _audit(work, "hours", office.id, by, at, _hours_json(was), _hours_json(stated))
    return offices


def _hours_json(hours: OpeningHours | None) -> dict[str, Any] | None:
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
        _audit(work, "confirm", c.office.id, by, at, None, {"watches": list(c.watches)})
    return found


# Importing them


@dataclass(frozen=True)
class _Read:
    """One row of a register, understood: the office, and the hours of it that the file gives."""

    office: Office
    hours: OpeningHours | None


def import_register(
    work: UnitOfWork,
    data: bytes,
    name: str,
    *,
    by: str,
    at: datetime,
    complete: bool = False,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Add and change offices from a CSV file; `complete` retires (status closed) those that it lacks.

    Nothing is kept where a row is refused, unless `skip_bad`. Hours in it are usual ones, and never replace those that
    staff confirmed. Raises BadInput for a file that cannot be read.
    """
    held = {office.id: office for office in work.offices.find_all()}
    rows = read_rows(data, name, REQUIRED)
    good, refused = checked(rows, lambda row: _read_office(row, held.get(slug(row.text("id")))), _subject)
    good, repeated = without_repeats(good, lambda read: read.office.id)
    good, homeless = _with_replacements(good, held)
    refused += [*repeated, *homeless]
    hours = _hours_held(work, [read.office.id for _, read in good], at)
    reports = [_compared(row, read, held.get(read.office.id), hours.get(read.office.id)) for row, read in good]
    named = {slug(row.text("id")) for row in rows}
    gone = [o for o in held.values() if complete and o.id not in named and o.status is not OfficeStatus.CLOSED]
    retired = [RowReport(0, office.id, Outcome.RETIRED, "not in the file") for office in gone]
    report = ImportReport.of(reports, refused, retired)
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    if complete:
        work.settings.remove(SAMPLE)  # what is held is the register from now on
    changed = {r.subject for r in reports if r.outcome is not Outcome.UNCHANGED}
    _keep_register(work, [read for _, read in good if read.office.id in changed], held, hours, by, at)
    _retire(work, gone, by, at)
    return replace(report, is_applied=True)


def _subject(row: Row) -> str:
    return row.text("id") or "a row without id"


def _read_office(row: Row, held: Office | None) -> _Read:
    office_id = row.needed("id")
    if not _SLUG.fullmatch(office_id):
        raise BadInput(f'"{office_id}" is not an id: write small letters, digits and hyphens like {slug(office_id)}')
    nation = nation_in(row.needed("nation"))
    if nation is Nation.NORTHERN_IRELAND:
        raise BadInput("Northern Ireland has its own offices and service: leave it out")
    read = Office(
        id=office_id,
        name=row.needed("name"),
        nation=nation,
        address=row.text("address"),
        postcode=read_postcode(row.text("postcode")),
        status=_status(row.needed("status")),
        replaced_by=row.text("replaced_by") or None,
    )
    optional = {
        "town": row.get("town"),
        "district": row.get("district"),
        "local_authority": row.get("local_authority"),
        "point": point_in(row) if row.get("lat") is not None else None,
        "phone": None if row.get("phone") is None else read_phone(row.text("phone")),
        "name_cy": row.get("name_cy"),
        "facilities": _facilities(row),
    }
    return _Read(check_words(_filled(read, optional, held)), _hours(row))


def check_words(office: Office) -> Office:
    """The office. Raises BadInput for words of it that could not be told in public."""
    for text, name in (
        (office.name, "the name"),
        (office.name_cy or "", "the Welsh name"),
        (office.address, "the address"),
        (office.town, "the town"),
        (office.district, "the district"),
        *((facility, "what is there") for facility in office.facilities),
    ):
        check_plain(text, name, TEXT_AT_MOST)
    return office


def _filled(read: Office, optional: Mapping[str, Any], held: Office | None) -> Office:
    """With what the file says; what its columns do not speak of stays as held."""
    said = {name: value for name, value in optional.items() if value is not None}
    for name in ("phone", "name_cy"):
        if said.get(name) == "":
            said[name] = None
    kept = {name: getattr(held, name) for name in optional if held and name not in said}
    return replace(read, **said, **kept)


def _status(text: str) -> OfficeStatus:
    if text.lower() not in STATUSES:
        raise BadInput(f'"{text}" is not a status: write {", ".join(STATUSES)}')
    return STATUSES[text.lower()]


def read_postcode(text: str) -> str:
    """A full postcode, or none. Raises BadInput."""
    if text and not _POSTCODE.fullmatch(text.upper()):
        raise BadInput(f'"{text}" is not a full postcode: write it like LS1 2SL')
    return text.upper()


def read_phone(text: str) -> str:
    """A phone number, or none. Raises BadInput."""
    if text and not _PHONE.fullmatch(text):
        raise BadInput(f'"{text}" is not a phone number: write it like 0800 328 5644')
    return text


def _facilities(row: Row) -> tuple[str, ...] | None:
    text = row.get("facilities")
    return None if text is None else tuple(part.strip().lower() for part in text.split(";") if part.strip())


def _hours(row: Row) -> OpeningHours | None:
    text = row.text("hours")
    return OpeningHours.parse(text, Certainty.USUAL) if text else None


def _with_replacements(
    good: Sequence[tuple[Row, _Read]], held: Mapping[str, Office]
) -> tuple[list[tuple[Row, _Read]], list[RowReport]]:
    """Refuses an office that points to one that nobody knows, and in turn those that pointed to it."""
    good = list(good)
    refused: list[RowReport] = []
    while True:
        known = {*held, *(read.office.id for _, read in good)}
        lost = [(row, r) for row, r in good if r.office.replaced_by and not _is_elsewhere(r.office, known)]
        if not lost:
            return good, refused
        for row, read in lost:
            why = "itself" if read.office.replaced_by == read.office.id else "no office that is known"
            said = f"replaced_by is {read.office.replaced_by}, which is {why}"
            refused.append(RowReport(row.line, read.office.id, Outcome.REFUSED, said))
        good = [pair for pair in good if pair not in lost]


def _is_elsewhere(office: Office, known: Collection[str]) -> bool:
    return office.replaced_by != office.id and office.replaced_by in known


def _hours_held(work: UnitOfWork, ids: Sequence[str], at: datetime) -> dict[str, OpeningHours]:
    """The hours that hold now, by office."""
    day = at.astimezone(LONDON).date()
    facts = work.offices.facts(ids, at, at + timedelta(days=1))
    found = {office_id: hours_on(held.hours, day) for office_id, held in facts.items()}
    return {office_id: hours for office_id, hours in found.items() if hours is not None}


def _compared(row: Row, read: _Read, held: Office | None, hours: OpeningHours | None) -> RowReport:
    if held is None:
        return RowReport(row.line, read.office.id, Outcome.ADDED, read.office.name)
    changes = _changes(read.office, held)
    notes = []
    if _brings_hours(read, hours):
        changes.append(("hours", str(hours or ""), str(read.hours)))
    elif read.hours and hours and read.hours.week != hours.week:
        notes = ["hours that staff confirmed are kept"]
    detail = "; ".join([*filter(None, [", ".join(name for name, _, _ in changes)]), *notes])
    return RowReport(row.line, held.id, Outcome.CHANGED if changes else Outcome.UNCHANGED, detail, tuple(changes))


def _changes(office: Office, held: Office) -> list[tuple[str, str, str]]:
    """The columns that differ, with both texts. Other names and accounts are kept elsewhere."""
    ours = [f.name for f in fields(Office) if f.name not in ("id", "alternate_names", "accounts")]
    both = [(name, getattr(held, name), getattr(office, name)) for name in ours]
    return [(name, _shown(was), _shown(now)) for name, was, now in both if was != now]


def _shown(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Point):
        return f"{value.lat}, {value.lon}"
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


def _brings_hours(read: _Read, held: OpeningHours | None) -> bool:
    if read.hours is None or (held and held.certainty is Certainty.CONFIRMED):
        return False
    return held is None or held.week != read.hours.week


def _keep_register(
    work: UnitOfWork,
    reads: Sequence[_Read],
    held: Mapping[str, Office],
    hours: Mapping[str, OpeningHours],
    by: str,
    at: datetime,
) -> None:
    if not reads:
        return
    work.offices.put(read.office for read in reads)
    alike: dict[OpeningHours, list[str]] = defaultdict(list)
    for read in reads:
        before = held.get(read.office.id)
        action = "change" if before else "add"
        _audit(work, action, read.office.id, by, at, office_row(before) if before else None, office_row(read.office))
        if read.hours and _brings_hours(read, hours.get(read.office.id)):
            alike[read.hours].append(read.office.id)
    for week, ids in alike.items():
        work.offices.set_hours(ids, week, by=by, at=at)
        for office_id in ids:
            _audit(work, "hours", office_id, by, at, _hours_json(hours.get(office_id)), _hours_json(week))


def _retire(work: UnitOfWork, gone: Iterable[Office], by: str, at: datetime) -> None:
    for office in gone:
        work.offices.set_status(office.id, OfficeStatus.CLOSED, office.replaced_by)
        after = {"status": OfficeStatus.CLOSED.value}
        _audit(work, "retire", office.id, by, at, {"status": office.status.value}, after)


def import_aliases(
    work: UnitOfWork,
    data: bytes,
    name: str,
    *,
    by: str,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Add other names of offices from a CSV file with `id`, `alias` and perhaps `source`. None is ever removed.

    Nothing is kept where a row is refused, unless `skip_bad`. Raises BadInput for a file that cannot be read.
    """
    held = {office.id: {n.casefold() for n in office.alternate_names} for office in work.offices.find_all()}
    rows = read_rows(data, name, ("id", "alias"))
    good, refused = checked(rows, lambda row: _read_alias(row, held), _subject)
    reports = []
    added: list[OfficeName] = []
    for row, alias in good:
        is_new = alias.name.casefold() not in held[alias.office_id]
        held[alias.office_id].add(alias.name.casefold())
        reports.append(RowReport(row.line, alias.office_id, Outcome.ADDED if is_new else Outcome.UNCHANGED, alias.name))
        added += [alias] if is_new else []
    report = ImportReport.of(reports, refused)
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    if added:
        work.offices.add_names(added)
    for office_id, count in Counter(alias.office_id for alias in added).items():
        names = [alias.name for alias in added if alias.office_id == office_id]
        _audit(work, "add_names", office_id, by, at, None, {"names": names, "count": count})
    return replace(report, is_applied=True)


def _read_alias(row: Row, held: Mapping[str, Any]) -> OfficeName:
    office_id = row.needed("id")
    if office_id not in held:
        raise NotFound(_no_office(office_id, list(held)))
    check_plain(row.needed("alias"), "alias", TEXT_AT_MOST)
    return OfficeName(office_id, row.needed("alias"), _NAME_KINDS.get(row.text("source").lower(), NameKind.ALIAS))


def _audit(
    work: UnitOfWork,
    action: str,
    office_id: str,
    by: str,
    at: datetime,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    work.audit.add(by=by, action=action, subject_type="office", subject_id=office_id, at=at, before=before, after=after)
