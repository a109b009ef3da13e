"""The register of offices and their other names, read from files: row by row what is added, changed, retired, refused.

Every function takes an open unit of work, never commits, and writes an audit event for each change.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.errors import BadInput, NotFound
from bot.jobcentre.hours import Certainty, OpeningHours, hours_on
from bot.jobcentre.office import Nation, Office, OfficeStatus, Point
from bot.services.files import (
    ImportReport,
    Outcome,
    Row,
    RowReport,
    checked,
    nation_in,
    point_in,
    read_rows,
    without_repeats,
)
from bot.services.office_details import TEXT_AT_MOST, check_words, read_phone, read_postcode
from bot.services.offices import audit, hours_json, no_office, slug
from bot.services.public_words import check_plain
from bot.store.codecs import office_row
from bot.store.records import NameKind, OfficeName
from bot.store.unit_of_work import UnitOfWork

REQUIRED = ("id", "name", "status", "nation", "address", "postcode")
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
        audit(work, action, read.office.id, by, at, office_row(before) if before else None, office_row(read.office))
        if read.hours and _brings_hours(read, hours.get(read.office.id)):
            alike[read.hours].append(read.office.id)
    for week, ids in alike.items():
        work.offices.set_hours(ids, week, by=by, at=at)
        for office_id in ids:
            audit(work, "hours", office_id, by, at, hours_json(hours.get(office_id)), hours_json(week))


def _retire(work: UnitOfWork, gone: Iterable[Office], by: str, at: datetime) -> None:
    for office in gone:
        work.offices.set_status(office.id, OfficeStatus.CLOSED, office.replaced_by)
        after = {"status": OfficeStatus.CLOSED.value}
        audit(work, "retire", office.id, by, at, {"status": office.status.value}, after)


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
        audit(work, "add_names", office_id, by, at, None, {"names": names, "count": count})
    return replace(report, is_applied=True)


def _read_alias(row: Row, held: Mapping[str, Any]) -> OfficeName:
    office_id = row.needed("id")
    if office_id not in held:
        raise NotFound(no_office(office_id, list(held)))
    check_plain(row.needed("alias"), "alias", TEXT_AT_MOST)
    return OfficeName(office_id, row.needed("alias"), _NAME_KINDS.get(row.text("source").lower(), NameKind.ALIAS))
