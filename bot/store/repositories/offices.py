"""Offices: what they are called, where they are, when they open, and all the facts that decide whether they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure, StaffDay, Watch
from bot.jobcentre.errors import NotFound
from bot.jobcentre.hours import Certainty, OpeningHours, Spans
from bot.jobcentre.office import Nation, Office, OfficeStatus
from bot.jobcentre.opening import OfficeFacts
from bot.jobcentre.reach import Reach
from bot.store import tables
from bot.store.codecs import office_from, office_row, scope_from_json, scope_to_json
from bot.store.records import NameKind, OfficeName, SaidDay, SaidHours
from bot.store.repositories.closures import Closures, Confirmed, entity_values
from bot.store.repositories.repository import OFFICES_REVISION, Repository

_OFFICES, _NAMES, _HOURS = tables.offices, tables.office_names, tables.office_hours
_DAYS, _CONFIRMATIONS = tables.staff_days, tables.office_confirmations
_SCOPES, _ACCOUNTS = tables.account_scopes, tables.accounts

_IDS, _VALUES = bindparam("ids", expanding=True), bindparam("values", expanding=True)
_FIRST, _LAST = bindparam("first"), bindparam("last")
_FIND = select(_OFFICES).where(_OFFICES.c.id.in_(_IDS))
_FIND_NAMES = select(_NAMES.c.office_id, _NAMES.c.name).order_by(_NAMES.c.office_id, _NAMES.c.name)
_FIND_NAMES_OF = _FIND_NAMES.where(_NAMES.c.office_id.in_(_IDS))
_FIND_HANDLES = select(_ACCOUNTS.c.handle, _SCOPES.c.kind, _SCOPES.c.value).join_from(_SCOPES, _ACCOUNTS)
_FIND_HANDLES_OF = _FIND_HANDLES.where(_SCOPES.c.value.in_(_VALUES))
_FIND_HOURS = (
    select(_HOURS)
    .where(
        _HOURS.c.office_id.in_(_IDS),
        _HOURS.c.superseded_at.is_(None),
        or_(_HOURS.c.valid_from.is_(None), _HOURS.c.valid_from <= _LAST),
        or_(_HOURS.c.valid_to.is_(None), _HOURS.c.valid_to >= _FIRST),
    )
    .order_by(_HOURS.c.id)
)
_FIND_DAYS = (
    select(_DAYS)
    .where(_DAYS.c.day.between(_FIRST, _LAST), _DAYS.c.withdrawn_at.is_(None))
    .order_by(_DAYS.c.day, _DAYS.c.id)
)
_FIND_CONFIRMED = (
    select(_CONFIRMATIONS.c.watch_id, _CONFIRMATIONS.c.office_id, func.max(_CONFIRMATIONS.c.at))
    .where(_CONFIRMATIONS.c.office_id.in_(_IDS))
    .group_by(_CONFIRMATIONS.c.watch_id, _CONFIRMATIONS.c.office_id)
)
_GET_REVISION = select(tables.revisions.c.number).where(tables.revisions.c.name == OFFICES_REVISION)
_GET_VERSIONS = select(
    func.coalesce(_GET_REVISION.scalar_subquery(), 0),
    select(func.count()).select_from(_HOURS).scalar_subquery(),
    select(func.count()).select_from(_CONFIRMATIONS).scalar_subquery(),
    select(func.count()).select_from(_DAYS).scalar_subquery(),
    select(func.count(_DAYS.c.withdrawn_at)).scalar_subquery(),
)


Notice = TypeVar("Notice", StaffDay, Closure, Watch)


class Offices(Repository):
    """Every change of an office or its names raises `revision`; hours and confirmations do not."""

    def __init__(self, connection: Any, *, writes: bool = True) -> None:
        super().__init__(connection)
        self._writes = writes
        self._all: list[Office] = []

    # What they are

    def put(self, offices: Iterable[Office]) -> None:
        """Add the offices, or replace those whose id is there. Their alternate names join those already held; their
        accounts are not kept here (see `Accounts`)."""
        held = list(offices)
        self._put(_OFFICES, [office_row(office) for office in held])
        self.add_names(OfficeName(office.id, name) for office in held for name in office.alternate_names)
        self._bump()

    def add_names(self, names: Iterable[OfficeName]) -> None:
        """Add other names; those that are there stay as they are."""
        rows = [{"office_id": name.office_id, "name": name.name, "kind": name.kind.value} for name in names]
        self._add_missing(_NAMES, rows)
        self._bump()

    def remove_names(self, office_id: str, names: Collection[str]) -> None:
        self._execute(delete(_NAMES).where(_NAMES.c.office_id == office_id, _NAMES.c.name.in_(names)))
        self._bump()

    def find_names(self, office_id: str) -> list[OfficeName]:
        rows = self._rows(select(_NAMES).where(_NAMES.c.office_id == office_id).order_by(_NAMES.c.name))
        return [OfficeName(office_id, row["name"], NameKind(row["kind"])) for row in rows]

    def set_status(self, office_id: str, status: OfficeStatus, replaced_by: str | None = None) -> None:
        """Raises NotFound."""
        change = update(_OFFICES).where(_OFFICES.c.id == office_id)
        if not self._execute(change.values(status=status.value, replaced_by=replaced_by)).rowcount:
            raise NotFound(_no_office(office_id))
        self._bump()

    def get(self, office_id: str) -> Office:
        """Raises NotFound."""
        found = self.find([office_id])
        if not found:
            raise NotFound(_no_office(office_id))
        return found[0]

    def find(self, office_ids: Collection[str]) -> list[Office]:
        """Those of the offices that are held, in the order asked for."""
        offices = self._read() or self._offices_of(self._rows(_FIND, {"ids": list(office_ids)}))
        found = {office.id: office for office in offices}
        return [found[office_id] for office_id in dict.fromkeys(office_ids) if office_id in found]

    def find_all(self) -> list[Office]:
        """By name, as are the others that find several. A piece of work that only reads sees one state of the database
        throughout, so it reads them once."""
        if not self._read():
            self._all = self._find()
        return list(self._all)

    def _read(self) -> list[Office]:
        """All offices, where this piece of work has read them and nothing can have changed since; else none."""
        return [] if self._writes else self._all

    def find_by_district(self, district: str) -> list[Office]:
        """Case does not matter."""
        return self._find(func.lower(_OFFICES.c.district) == district.strip().lower())

    def find_by_nation(self, nation: Nation) -> list[Office]:
        return self._find(_OFFICES.c.nation == nation.value)

    def find_districts(self) -> list[str]:
        rows = self._rows(select(_OFFICES.c.district).distinct().order_by(_OFFICES.c.district))
        return [row["district"] for row in rows if row["district"]]

    def revision(self) -> int:
        """A number that grows with every change of offices, their names, places, postcodes and accounts."""
        return int(self._execute(_GET_REVISION).scalar() or 0)

    def versions(self) -> tuple[int, ...]:
        """Numbers of which one grows with every change of offices, their hours, their days and what was confirmed.

        Rows of these are added and never deleted, so their count tells. Their highest number alone would not: on
        PostgreSQL a lower one may be seen later.
        """
        return tuple(self._execute(_GET_VERSIONS).one())

    def _find(self, condition: Any = None) -> list[Office]:
        """Without a condition all offices."""
        query = select(_OFFICES).order_by(_OFFICES.c.name, _OFFICES.c.id)
        rows = self._rows(query if condition is None else query.where(condition))
        return self._offices_of(rows, are_all=condition is None)

    def _offices_of(self, rows: Sequence[Any], *, are_all: bool = False) -> list[Office]:
        """The rows with their names and accounts: two more queries."""
        if not rows:
            return []
        names: dict[str, list[str]] = defaultdict(list)
        ids = {"ids": [row["id"] for row in rows]}
        for office_id, name in self._execute(_FIND_NAMES) if are_all else self._execute(_FIND_NAMES_OF, ids):
            names[office_id].append(name)
        handles = self._handles(rows, are_all)
        return [office_from(row, names[row["id"]], handles(row)) for row in rows]

    def _handles(self, rows: Sequence[Any], are_all: bool) -> Callable[[Any], list[str]]:
        """A function from an office's row to the handles of the accounts that serve it."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        values = set() if are_all else {row[name] for row in rows for name in ("id", "district", "nation")}
        served = self._execute(_FIND_HANDLES) if are_all else self._execute(_FIND_HANDLES_OF, {"values": list(values)})
        for handle, kind, value in served:
            found[kind, value].append(handle)

        def handles_of(row: Any) -> list[str]:
            keys = (("office", row["id"]), ("district", row["district"]), ("nation", row["nation"]))
            return sorted({handle for key in keys for handle in found.get(key, ())})

        return handles_of

    # When they open

    def set_hours(self, office_ids: Collection[str], hours: OpeningHours, *, by: str, at: datetime) -> None:
        """Keep the hours for each office. Without an end they end what was held from their first day on; with one,
        what was held before holds again afterwards. Without a first day they replace everything held."""
        self._make_room(office_ids, hours, at)
        row = {
            "hours": str(hours),
            "certainty": hours.certainty.value,
            "valid_from": hours.valid_from,
            "valid_to": hours.valid_to,
            "confirmed_at": hours.confirmed_at,
            "said_at": at,
            "said_by": by,
        }
        rows = [{**row, "office_id": office_id} for office_id in dict.fromkeys(office_ids)]
        if rows:
            self._execute(insert(_HOURS), rows)

    def _make_room(self, office_ids: Collection[str], hours: OpeningHours, at: datetime) -> None:
        first, last, columns = hours.valid_from, hours.valid_to, _HOURS.c
        held = update(_HOURS).where(columns.office_id.in_(office_ids), columns.superseded_at.is_(None))
        within = [] if first is None else [columns.valid_from >= first]
        if last is not None:
            self._execute(held.where(*within, columns.valid_to <= last).values(superseded_at=at))
            # What starts within and goes on starts later; it would win otherwise, for the last to start decides.
            starts = (
                or_(columns.valid_from.is_(None), columns.valid_from <= last)
                if first is None
                else (columns.valid_from.between(first, last))
            )
            goes_on = or_(columns.valid_to.is_(None), columns.valid_to > last)
            self._execute(held.where(starts, goes_on).values(valid_from=last + timedelta(days=1)))
            return
        self._execute(held.where(*within).values(superseded_at=at))
        if first is not None:
            reaches = or_(columns.valid_to.is_(None), columns.valid_to >= first)
            self._execute(held.where(reaches).values(valid_to=first - timedelta(days=1)))

    def find_hours(self, office_id: str) -> list[OpeningHours]:
        """All that hold at some time, the first to start first."""
        return [said.hours for said in self.hours_history(office_id) if said.superseded_at is None]

    def find_ids_with_hours(self, day: date) -> frozenset[str]:
        """Ids of the offices whose hours of that day are held."""
        begun = or_(_HOURS.c.valid_from.is_(None), _HOURS.c.valid_from <= day)
        goes_on = or_(_HOURS.c.valid_to.is_(None), _HOURS.c.valid_to >= day)
        query = select(_HOURS.c.office_id).where(_HOURS.c.superseded_at.is_(None), begun, goes_on).distinct()
        return frozenset(office_id for (office_id,) in self._execute(query))

    def find_hours_of(
        self, office_ids: Collection[str], first: date, last: date
    ) -> Mapping[str, Sequence[OpeningHours]]:
        """What may hold from the first day to the last, both included, by office; those without any are left out."""
        hours: dict[str, list[OpeningHours]] = defaultdict(list)
        for row in self._rows(_FIND_HOURS, {"ids": list(office_ids), "first": first, "last": last}):
            hours[row["office_id"]].append(_hours_from(row))
        return dict(hours)

    def hours_history(self, office_id: str) -> list[SaidHours]:
        """All that was ever said, those replaced included, the first to start first."""
        order = (_HOURS.c.valid_from.is_not(None), _HOURS.c.valid_from, _HOURS.c.id)
        rows = self._rows(select(_HOURS).where(_HOURS.c.office_id == office_id).order_by(*order))
        return [SaidHours(_hours_from(row), row["said_at"], row["said_by"], row["superseded_at"]) for row in rows]

    def confirm(self, office_ids: Collection[str], *, at: datetime, by: str) -> None:
        """Somebody has checked that what we hold of the offices is right."""
        rows = [{"office_id": office_id, "at": at, "by": by} for office_id in dict.fromkeys(office_ids)]
        if rows:
            self._execute(insert(_CONFIRMATIONS), rows)

    def add_staff_day(self, staff_day: StaffDay, *, by: str) -> int:
        """Keep what staff said of a day; returns its number."""
        row = {
            "day": staff_day.day,
            "is_open": staff_day.is_open,
            "title": staff_day.title,
            "scope": scope_to_json(staff_day.scope),
            "said_at": staff_day.said_at,
            "said_by": by,
        }
        return self._add(_DAYS, row)

    def find_staff_days(
        self, first: date | None = None, last: date | None = None, *, include_withdrawn: bool = False
    ) -> list[SaidDay]:
        """What staff said of the days from the first to the last, both included."""
        query = select(_DAYS).order_by(_DAYS.c.day, _DAYS.c.id)
        if first is not None:
            query = query.where(_DAYS.c.day >= first)
        if last is not None:
            query = query.where(_DAYS.c.day <= last)
        if not include_withdrawn:
            query = query.where(_DAYS.c.withdrawn_at.is_(None))
        return [_said_day(row) for row in self._rows(query)]

    def withdraw_staff_day(self, number: int, *, at: datetime, by: str) -> None:
        """Raises NotFound, also where it is withdrawn already."""
        change = update(_DAYS).where(_DAYS.c.id == number, _DAYS.c.withdrawn_at.is_(None))
        if not self._execute(change.values(withdrawn_at=at, withdrawn_by=by)).rowcount:
            raise NotFound(f"staff have said nothing of a day under the number {number}")

    # All together

    def facts(self, office_ids: Collection[str], start: datetime, end: datetime) -> dict[str, OfficeFacts]:
        """All that bears on the opening of the offices in [start, end), by office id, in at most eight queries. Offices
        not held are left out. Both moments need a zone; `opening_at` looks HORIZON ahead of its moment."""
        return self.facts_of(self.find(office_ids), start, end)

    def facts_of(self, offices: Collection[Office], start: datetime, end: datetime) -> dict[str, OfficeFacts]:
        """The same of offices that are read already, in at most five queries."""
        if not offices:
            return {}
        ids = [office.id for office in offices]
        first, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
        hours, confirmed = self.find_hours_of(ids, first, last), self._confirmed(ids)
        days = [_said_day(row).staff_day for row in self._rows(_FIND_DAYS, {"first": first, "last": last})]
        closures, watches = Closures(self._connection).find_bearing(entity_values(offices), confirmed, start, end)
        reach = Reach({office.id: office for office in offices}.values())
        days_of, closures_of, watches_of = _spread(days, reach), _spread(closures, reach), _spread(watches, reach)
        return {
            office.id: OfficeFacts(
                office,
                hours=tuple(hours.get(office.id, ())),
                staff_days=tuple(days_of[office.id]),
                closures=tuple(closures_of[office.id]),
                watches=tuple(watches_of[office.id]),
                confirmed_at=confirmed.get((None, office.id)),
            )
            for office in offices
        }

    def _confirmed(self, ids: Collection[str]) -> Confirmed:
        rows = self._execute(_FIND_CONFIRMED, {"ids": ids})
        return {(watch, office_id): at for watch, office_id, at in rows}


def _spread(notices: Iterable[Notice], reach: Reach) -> dict[str, list[Notice]]:
    """By office, in their order."""
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        for office in reach.of(notice.scope):
            found[office.id].append(notice)
    return found


def _hours_from(row: Any) -> OpeningHours:
    certainty = Certainty(row["certainty"])
    return OpeningHours(_week(row["hours"]), certainty, row["valid_from"], row["valid_to"], row["confirmed_at"])


@lru_cache(maxsize=1024)
def _week(text: str) -> tuple[Spans, ...]:
    """Most offices keep the same few weeks."""
    return OpeningHours.parse(text).week


def _said_day(row: Any) -> SaidDay:
    scope = scope_from_json(row["scope"])
    staff_day = StaffDay(row["day"], row["title"], row["is_open"], scope, row["said_at"])
    return SaidDay(row["id"], staff_day, row["said_by"], row["withdrawn_at"])


def _no_office(office_id: str) -> str:
    return f'there is no office "{office_id}": "jobcentre offices list" shows them'
