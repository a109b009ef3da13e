"""Closures and watches, with every version that was ever published. Nothing is edited away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, false, func, insert, select, update

from bot.jobcentre.closure import Closure, Scope, Watch
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.office import Office
from bot.store import tables
from bot.store.codecs import (
    CLOSURE,
    EVERYWHERE,
    WATCH,
    body_of,
    closure_from,
    closure_from_body,
    closure_row,
    entities_of,
    number_of,
    scope_from,
    spoken_id,
    watch_from,
    watch_row,
)
from bot.store.records import ClosureVersion
from bot.store.repositories.repository import Repository
from bot.store.types import FAR_FUTURE

_CLOSURES, _ENTITIES, _VERSIONS = tables.closures, tables.closure_entities, tables.closure_versions
_CONFIRMATIONS = tables.office_confirmations

_SPEAKING = select(_ENTITIES.c.closure_id).where(
    _ENTITIES.c.value.in_(bindparam("values", expanding=True)),
    _ENTITIES.c.active_until > bindparam("start"),
    _ENTITIES.c.is_exception == false(),
)
_OF_SCOPE = (_ENTITIES.c.kind.label("entity_kind"), _ENTITIES.c.value, _ENTITIES.c.is_exception)
_WITH_SCOPES = (
    # One query: two could see what was changed between them, a closure of one version with the scope of the next.
    select(_CLOSURES, *_OF_SCOPE)
    .join_from(_CLOSURES, _ENTITIES, _ENTITIES.c.closure_id == _CLOSURES.c.id)
    .order_by(_CLOSURES.c.starts_at, _CLOSURES.c.id)
)
_FIND_BEARING = _WITH_SCOPES.where(
    _CLOSURES.c.id.in_(_SPEAKING),
    _CLOSURES.c.withdrawn_at.is_(None),
    _CLOSURES.c.starts_at < bindparam("end"),
)

Confirmed = Mapping[tuple[int | None, str], datetime]
"""When staff last said that an office is right (no watch), or open as usual during a watch: by watch and office."""


def entity_values(offices: Iterable[Office]) -> set[str]:
    """Every value in a scope that could mean one of the offices."""
    values = {EVERYWHERE}
    for office in offices:
        values |= {office.id, office.district, office.nation.value, *office.accounts}
    return values


class Stamp(NamedTuple):
    """Tells one state of a closure or a watch from another."""

    number: int
    version: int
    """Grows with each change."""
    starts_at: datetime
    active_until: datetime
    """When it ends, or was withdrawn; far ahead where it has no end."""


class Closures(Repository):
    """Ids are short and can be said: C12 is a closure, W13 a watch."""

    # Closures

    def add(self, closure: Closure, *, by: str) -> str:
        """Publish a closure as of its `published_at`; returns its id."""
        return spoken_id(CLOSURE, self._publish(closure_row(closure), closure.scope, by))

    def get(self, closure_id: str) -> Closure:
        """Raises NotFound."""
        return closure_from(*self._get(CLOSURE, closure_id))

    def find(
        self,
        *,
        at: datetime | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        include_withdrawn: bool = False,
    ) -> list[Closure]:
        """Those active at a moment, or at any time in [start, end), or all; the first to start first."""
        which = _overlapping(CLOSURE, at, start, end, include_withdrawn)
        return [closure_from(row, scope) for row, scope in self._with_scopes(which)]

    def find_stamps(self, start: datetime) -> list[Stamp]:
        """Of all closures and watches that are in force then or later, those withdrawn later included, by number."""
        columns = _CLOSURES.c
        query = select(columns.id, columns.version, columns.starts_at, columns.active_until)
        query = query.where(columns.kind.in_([CLOSURE, WATCH]), columns.active_until > start)
        return [Stamp(*row) for row in self._execute(query.order_by(columns.id))]

    def find_past(self, before: datetime, *, first: int = 0, limit: int) -> list[Closure]:
        """Those over or withdrawn at that moment, the last to end first; a part of them, from the first so many on."""
        columns = _CLOSURES.c
        query = select(columns.id).where(_past(before)).order_by(columns.active_until.desc(), columns.id.desc())
        order = [number for (number,) in self._execute(query.offset(first).limit(limit))]
        found = {row["id"]: closure_from(row, scope) for row, scope in self._with_scopes(columns.id.in_(order))}
        return [found[number] for number in order]

    def count_past(self, before: datetime) -> int:
        return int(self._execute(select(func.count()).select_from(_CLOSURES).where(_past(before))).scalar())

    def amend(
        self, closure_id: str, closure: Closure, *, by: str, at: datetime, expected_version: int | None = None
    ) -> Closure:
        """Publish it anew under the same id. Raises NotFound; Conflict if it was withdrawn, or is not at the version
        that was read."""
        number = number_of(CLOSURE, closure_id)
        held = self.get(closure_id)
        _refuse_stale(held, expected_version)
        self._change(number, held.version, closure_row(closure), closure.scope, "amended", by, at)
        self._replace_entities(number, closure.scope, closure.period.end)
        return self.get(closure_id)

    def withdraw(
        self, closure_id: str, *, by: str, at: datetime, reason: str = "", expected_version: int | None = None
    ) -> Closure:
        """End it, as if it had never applied. Raises as `amend`."""
        held = self.get(closure_id)
        _refuse_stale(held, expected_version)
        row = {**closure_row(held), "withdrawn_at": at}
        self._withdraw(number_of(CLOSURE, closure_id), held.version, row, held.scope, by, at, reason)
        return self.get(closure_id)

    def restore(self, closure_id: str, *, by: str, at: datetime, expected_version: int | None = None) -> Closure:
        """Let one that was withdrawn apply again, as it stood. Raises NotFound; Conflict if it is not withdrawn, or is
        not at the version that was read."""
        held = self.get(closure_id)
        _refuse_other(held, expected_version)
        if held.withdrawn_at is None:
            raise Conflict(f"{held.id} is not withdrawn")
        row = {**closure_row(held), "withdrawn_at": None}
        number = number_of(CLOSURE, closure_id)
        self._change(number, held.version, row, held.scope, "restored", by, at)
        self._replace_entities(number, held.scope, held.period.end)
        return self.get(closure_id)

    def versions(self, closure_id: str) -> list[ClosureVersion]:
        """All of them, the oldest first. Raises NotFound."""
        number = number_of(CLOSURE, closure_id)
        rows = self._rows(select(_VERSIONS).where(_VERSIONS.c.closure_id == number).order_by(_VERSIONS.c.version))
        found = [row for row in rows if row["body"]["kind"] == CLOSURE]
        if not found:
            raise NotFound(_no(CLOSURE, closure_id))
        return [
            ClosureVersion(
                row["version"],
                row["action"],
                row["at"],
                row["by"],
                closure_from_body(number, row["version"], row["body"]),
                row["reason"],
            )
            for row in found
        ]

    # Watches

    def add_watch(self, watch: Watch, *, by: str) -> str:
        """Start a watch; returns its id."""
        return spoken_id(WATCH, self._publish(watch_row(watch), watch.scope, by))

    def get_watch(self, watch_id: str) -> Watch:
        """Raises NotFound."""
        row, scope = self._get(WATCH, watch_id)
        return _watch(row, scope, self._confirmed(_CLOSURES.c.id == row["id"]))

    def find_watches(
        self,
        *,
        at: datetime | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        include_withdrawn: bool = False,
    ) -> list[Watch]:
        """As `find`."""
        which = _overlapping(WATCH, at, start, end, include_withdrawn)
        found = self._with_scopes(which)
        confirmed = self._confirmed(which) if found else {}
        return [_watch(row, scope, confirmed) for row, scope in found]

    def confirm(self, watch_id: str, office_ids: Collection[str], *, at: datetime, by: str) -> Watch:
        """The offices are open as usual, for the rest of the watch. Raises NotFound for the watch."""
        number = self._get(WATCH, watch_id)[0]["id"]
        row = {"watch_id": number, "at": at, "by": by}
        rows = [{**row, "office_id": office_id} for office_id in dict.fromkeys(office_ids)]
        if rows:
            self._execute(insert(_CONFIRMATIONS), rows)
        return self.get_watch(watch_id)

    def withdraw_watch(self, watch_id: str, *, by: str, at: datetime, reason: str = "") -> Watch:
        """End it. Raises NotFound; Conflict if it is withdrawn already."""
        row, scope = self._get(WATCH, watch_id)
        held = self.get_watch(watch_id)
        if held.withdrawn_at is not None:
            raise Conflict(f"{held.id} is withdrawn already")
        changed = {**watch_row(held), "withdrawn_at": at}
        self._withdraw(row["id"], row["version"], changed, scope, by, at, reason)
        return self.get_watch(watch_id)

    # For the facts of offices

    def find_bearing(
        self, values: Collection[str], confirmed: Confirmed, start: datetime, end: datetime
    ) -> tuple[list[Closure], list[Watch]]:
        """Whatever in [start, end) speaks of one of the values (ids, districts, nations, handles), in one query.
        The cost does not grow with what is over or speaks of others. Watches get the confirmations given."""
        found = _scoped(self._rows(_FIND_BEARING, {"values": list(values), "start": start, "end": end}))
        closures = [closure_from(row, scope) for row, scope in found if row["kind"] == CLOSURE]
        watches = [_watch(row, scope, confirmed) for row, scope in found if row["kind"] == WATCH]
        return closures, watches

    # Both kinds

    def _publish(self, row: Mapping[str, Any], scope: Scope, by: str) -> int:
        until = row["ends_at"] or FAR_FUTURE
        number = self._add(_CLOSURES, {**row, "active_until": until})
        self._keep_version(number, 1, row, scope, "published", by, row["published_at"])
        self._keep_entities(number, scope, until)
        return number

    def _get(self, kind: str, spoken: str) -> tuple[Any, Scope]:
        which = (_CLOSURES.c.id == number_of(kind, spoken)) & (_CLOSURES.c.kind == kind)
        found = self._with_scopes(which)
        if not found:
            raise NotFound(_no(kind, spoken))
        return found[0]

    def _with_scopes(self, which: Any) -> list[tuple[Any, Scope]]:
        return _scoped(self._rows(_WITH_SCOPES.where(which)))

    def _confirmed(self, which: Any) -> Confirmed:
        columns = _CONFIRMATIONS.c
        query = select(columns.watch_id, columns.office_id, func.max(columns.at)).where(
            columns.watch_id.in_(_ids(which))
        )
        rows = self._execute(query.group_by(columns.watch_id, columns.office_id))
        return {(watch, office_id): at for watch, office_id, at in rows}

    def _change(
        self,
        number: int,
        version: int,
        row: Mapping[str, Any],
        scope: Scope,
        action: str,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> None:
        """Raises Conflict if somebody changed it since that version was read."""
        held = update(_CLOSURES).where(_CLOSURES.c.id == number, _CLOSURES.c.version == version)
        until = row.get("withdrawn_at") or row["ends_at"] or FAR_FUTURE
        if not self._execute(held.values(**row, active_until=until, version=version + 1)).rowcount:
            raise Conflict(_changed(spoken_id(row["kind"], number)))
        self._keep_version(number, version + 1, row, scope, action, by, at, reason)

    def _withdraw(
        self, number: int, version: int, row: Mapping[str, Any], scope: Scope, by: str, at: datetime, reason: str
    ) -> None:
        self._change(number, version, row, scope, "withdrawn", by, at, reason)
        self._execute(update(_ENTITIES).where(_ENTITIES.c.closure_id == number).values(active_until=at))

    def _keep_version(
        self,
        number: int,
        version: int,
        row: Mapping[str, Any],
        scope: Scope,
        action: str,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> None:
        kept = {"closure_id": number, "version": version, "action": action, "at": at, "by": by, "reason": reason}
        self._execute(insert(_VERSIONS).values(**kept, body=body_of(row, scope)))

    def _replace_entities(self, number: int, scope: Scope, end: datetime | None) -> None:
        self._execute(_ENTITIES.delete().where(_ENTITIES.c.closure_id == number))
        self._keep_entities(number, scope, end or FAR_FUTURE)

    def _keep_entities(self, number: int, scope: Scope, until: datetime) -> None:
        rows = [
            {"closure_id": number, "kind": kind, "value": value, "is_exception": out, "active_until": until}
            for kind, value, out in entities_of(scope)
        ]
        self._execute(insert(_ENTITIES), rows)


def _scoped(rows: Iterable[Any]) -> list[tuple[Any, Scope]]:
    """Each closure, of as many rows as its scope has entities, with that scope."""
    found = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return [
        (same[0], scope_from([(row["entity_kind"], row["value"], row["is_exception"]) for row in same]))
        for same in found.values()
    ]


def _watch(row: Any, scope: Scope, confirmed: Confirmed) -> Watch:
    return watch_from(row, scope, {office_id: at for (watch, office_id), at in confirmed.items() if watch == row["id"]})


def _overlapping(
    kind: str, at: datetime | None, start: datetime | None, end: datetime | None, include_withdrawn: bool
) -> Any:
    columns = _CLOSURES.c
    which = columns.kind == kind
    if not include_withdrawn:
        which &= columns.withdrawn_at.is_(None)
    if at is not None:
        which &= (columns.starts_at <= at) & (columns.active_until > at)
    if start is not None:
        which &= columns.active_until > start
    if end is not None:
        which &= columns.starts_at < end
    return which


def _past(before: datetime) -> Any:
    return (_CLOSURES.c.kind == CLOSURE) & (_CLOSURES.c.active_until <= before)


def _ids(which: Any) -> Any:
    return select(_CLOSURES.c.id).where(which)


def _refuse_other(held: Closure, expected_version: int | None) -> None:
    if expected_version is not None and held.version != expected_version:
        raise Conflict(_changed(held.id))


def _refuse_stale(held: Closure, expected_version: int | None) -> None:
    _refuse_other(held, expected_version)
    if held.withdrawn_at is not None:
        raise Conflict(f"{held.id} is withdrawn already")


def _changed(spoken: str) -> str:
    return f"{spoken} was changed by somebody else in the meantime: look at it again"


def _no(kind: str, spoken: str) -> str:
    return f'there is no {kind} "{spoken}": "jobcentre closures list" shows them'
