"""Values of `bot.jobcentre` to rows and JSON, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, Watch
from bot.jobcentre.errors import NotFound
from bot.jobcentre.hours import parse_spans, spans_text
from bot.jobcentre.office import Nation, Office, OfficeStatus, Point

EVERYWHERE = "everywhere"
Entity = tuple[str, str, bool]
"""Kind, value, and whether it is an exception."""


# Offices


def office_row(office: Office) -> dict[str, Any]:
    """The columns of an office. Its names and accounts are kept elsewhere."""
    return {
        "id": office.id,
        "name": office.name,
        "nation": office.nation.value,
        "address": office.address,
        "town": office.town,
        "postcode": office.postcode,
        "district": office.district,
        "local_authority": office.local_authority,
        "lat": office.point.lat if office.point else None,
        "lon": office.point.lon if office.point else None,
        "status": office.status.value,
        "replaced_by": office.replaced_by,
        "phone": office.phone,
        "name_cy": office.name_cy,
        "facilities": list(office.facilities),
    }


def office_from(row: Mapping[str, Any], names: Iterable[str], accounts: Iterable[str]) -> Office:
    return Office(
        id=row["id"],
        name=row["name"],
        nation=Nation(row["nation"]),
        address=row["address"],
        town=row["town"],
        postcode=row["postcode"],
        district=row["district"],
        local_authority=row["local_authority"],
        point=None if row["lat"] is None else Point(row["lat"], row["lon"]),
        status=OfficeStatus(row["status"]),
        replaced_by=row["replaced_by"],
        phone=row["phone"],
        name_cy=row["name_cy"],
        alternate_names=tuple(names),
        accounts=tuple(accounts),
        facilities=tuple(row["facilities"]),
    )


# Scopes


def entities_of(scope: Scope) -> list[Entity]:
    """A scope as rows, in a fixed order."""
    everywhere = [(EVERYWHERE, EVERYWHERE, False)] if scope.everywhere else []
    return [
        *everywhere,
        *(("office", value, False) for value in sorted(scope.offices)),
        *(("district", value, False) for value in sorted(scope.districts)),
        *(("nation", value, False) for value in sorted(nation.value for nation in scope.nations)),
        *(("account", value, False) for value in sorted(scope.accounts)),
        *(("office", value, True) for value in sorted(scope.excluding)),
    ]


def scope_from(entities: Iterable[Entity]) -> Scope:
    """The inverse of `entities_of`."""
    found: dict[tuple[str, bool], set[str]] = {}
    for kind, value, is_exception in entities:
        found.setdefault((kind, is_exception), set()).add(value)
    return Scope(
        offices=frozenset(found.get(("office", False), ())),
        districts=frozenset(found.get(("district", False), ())),
        nations=frozenset(map(Nation, found.get(("nation", False), ()))),
        accounts=frozenset(found.get(("account", False), ())),
        everywhere=(EVERYWHERE, False) in found,
        excluding=frozenset(found.get(("office", True), ())),
    )


def scope_to_json(scope: Scope) -> list[list[Any]]:
    return [list(entity) for entity in entities_of(scope)]


def scope_from_json(data: Iterable[Iterable[Any]]) -> Scope:
    return scope_from((kind, value, is_exception) for kind, value, is_exception in data)


# Closures and watches

CLOSURE, WATCH = "closure", "watch"
_LETTERS = {CLOSURE: "C", WATCH: "W"}


def spoken_id(kind: str, number: int) -> str:
    """What staff call it: C12 for a closure, W13 for a watch. They share one count, so no number means two things."""
    return f"{_LETTERS[kind]}{number}"


def number_of(kind: str, spoken: str) -> int:
    """The inverse of `spoken_id`. Raises NotFound for what cannot be one."""
    letter, digits = spoken.strip()[:1].upper(), spoken.strip()[1:]
    if letter != _LETTERS[kind] or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise NotFound(f'there is no {kind} "{spoken}": they are called {_LETTERS[kind]}1, {_LETTERS[kind]}2 …')
    return int(digits)


def closure_row(closure: Closure) -> dict[str, Any]:
    return {
        "kind": CLOSURE,
        "cause": closure.cause.value,
        "effect": closure.effect.value,
        "starts_at": closure.period.start,
        "ends_at": closure.period.end,
        "published_at": closure.published_at,
        "review_by": closure.review_by,
        "opens_at": closure.opens_at,
        "closes_at": closure.closes_at,
        "spans": spans_text(closure.spans) if closure.spans else "",
        "moved_to": closure.moved_to,
        "message": closure.message,
        "message_cy": closure.message_cy,
        "note": closure.note,
    }


def watch_row(watch: Watch) -> dict[str, Any]:
    return {
        "kind": WATCH,
        "cause": watch.cause.value,
        "effect": None,
        "starts_at": watch.period.start,
        "ends_at": watch.period.end,
        "published_at": watch.published_at,
    }


def closure_from(row: Mapping[str, Any], scope: Scope) -> Closure:
    return Closure(
        id=spoken_id(CLOSURE, row["id"]),
        cause=Cause(row["cause"]),
        effect=Effect(row["effect"]),
        period=Period(row["starts_at"], row["ends_at"]),
        scope=scope,
        published_at=row["published_at"],
        review_by=row["review_by"],
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        spans=parse_spans(row["spans"]) if row["spans"] else (),
        moved_to=row["moved_to"],
        message=row["message"],
        message_cy=row["message_cy"],
        note=row["note"],
        version=row["version"],
        withdrawn_at=row["withdrawn_at"],
    )


def watch_from(row: Mapping[str, Any], scope: Scope, confirmed: Mapping[str, datetime]) -> Watch:
    return Watch(
        id=spoken_id(WATCH, row["id"]),
        cause=Cause(row["cause"]),
        period=Period(row["starts_at"], row["ends_at"]),
        scope=scope,
        published_at=row["published_at"],
        confirmed=dict(confirmed),
        withdrawn_at=row["withdrawn_at"],
    )


_MOMENTS = ("starts_at", "ends_at", "published_at", "review_by", "withdrawn_at")


def body_of(row: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """A closure's or watch's columns and scope as JSON: how it stood in one version."""
    moments = {name: row[name].isoformat() for name in _MOMENTS if row.get(name)}
    return {**row, **{name: moments.get(name) for name in _MOMENTS}, "scope": scope_to_json(scope)}


def closure_from_body(number: int, version: int, body: Mapping[str, Any]) -> Closure:
    """The inverse of `body_of`, for a closure."""
    moments = {name: datetime.fromisoformat(body[name]) if body[name] else None for name in _MOMENTS}
    return closure_from({**body, **moments, "id": number, "version": version}, scope_from_json(body["scope"]))
