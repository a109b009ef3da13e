"""Every name that a place may go by, and what each may mean."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot.jobcentre.office import Nation, Office, Place, Point
from bot.jobcentre.spelling import fold, is_common, key_of

DATA = Path(__file__).parent / "data"
SAME_TOWN_KM = 40.0
"""Offices of one post town stand no further apart: Newport in Gwent and on the Isle of Wight are two towns."""
SAME_PLACE_KM = 15.0
LEAST_FIRST = 5
"""Letters in the first word of a name by which an office is called nearby."""
SHORTENED = re.compile(r"^(\w[\w' ]*?)[\s-]+(?:upon|on|in|under|le|super|by|st|cum|next)[\s-]+\w", re.IGNORECASE)
SIDE = re.compile(r"(?:City|Central|Centre|North|South|East|West|Spa|\s)+")
BUILDING = re.compile(r"(\S.*) (?:House|Court|Building)")
STREET = re.compile(
    r"\b(?:[A-Z][\w']+ ){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Avenue|Place|Way|Square|Row|Walk|Hill|Parade|Drive|Crescent|Court|Gate"
    r"|Grove|Terrace|Quay|Approach|Broadway|Parkway|Circus|Precinct|Market|Arcade|Mall|Plaza|Close|Wharf|Complex"
    r"|Buildings|Library)\b(?P<side> (?:North|South|East|West)\b)?"
    r"|(?<=\d )[A-Z]\w+(?:gate|way)\b"
)
LOCALITY = re.compile(r"[A-Z][a-z'-]{2,}(?: [A-Z][a-z'-]{2,}){0,2}")
_NO_LOCALITY = re.compile(
    r"House|Court|Building|Centre|Arcades?|Precinct|Offices|Approach|Barracks|Circus|Plaza|Park|Estate|Est|Street|Road"
    r"|Lane|Avenue|Place|Way|Square|Row|Walk|Hill|Parade|Drive|Crescent|Gate|Glam\w*|Wales|Sussex|Argyll"
)
"""How a part of an address ends that is a building, a road or a county."""


class PlaceKind(str, Enum):
    """What kind of thing somebody named."""

    OFFICE = "office"
    TOWN = "town"
    """A town, city or suburb with one or several offices."""
    PLACE = "place"
    """A known place without an office: the nearest ones serve it."""
    POSTCODE = "postcode"
    NATION = "nation"
    DISTRICT = "district"
    """A district of DWP, a county, a council's area."""
    OURS = "ours"
    """ "My jobcentre", "your office": the offices of the account."""
    NORTHERN_IRELAND = "northern_ireland"
    UNKNOWN_POSTCODE = "unknown_postcode"
    UNKNOWN = "unknown_place"
    """Plainly named as a place with a Jobcentre, and not known to us."""


class Rank(IntEnum):
    """How good a claim a meaning has to its name, the best first."""

    NAME = 0
    ALSO = 1
    SHORT = 2
    PLACE = 3
    AREA = 4
    PART = 5
    """A street, or a name without its town: means nothing alone."""


@dataclass(frozen=True)
class Sense:
    """One thing a name may mean."""

    kind: PlaceKind
    name: str
    rank: Rank
    offices: tuple[str, ...] = ()
    point: Point | None = None
    nation: Nation | None = None
    population: int = 0
    gone: tuple[str, ...] = ()
    """Offices of a post town that are closed or moved, or stand in another council's area (Eccles, of post town
    Manchester): only meant where something else names them too."""
    is_welsh: bool = False
    is_first_words: bool = False
    """Whether only the first words of its name were said: no rival of a place that has no others."""
    called: str = ""
    """The name that was given it, where `name` is the one we use."""


Names = dict[str, list[Sense]]


@cache
def place_names() -> dict[str, Any]:
    """What people call places beside the register's names: nicknames, Welsh names, counties."""
    data: dict[str, Any] = json.loads((DATA / "place_names.json").read_text(encoding="utf-8"))
    return data


@cache
def _welsh_names() -> dict[str, str]:
    pairs = reversed(place_names()["welsh"].items())
    return {english: welsh for welsh, english in pairs}


def welsh_name(name: str) -> str:
    """The Welsh name of a town ("Caerdydd"), or the name as it is where we know no other."""
    return _welsh_names().get(name, name)


def names_of(offices: Sequence[Office], places: Sequence[Place]) -> Names:
    """Key of each name → its senses, the best first. No two senses of a name mean the same offices."""
    populations = _Populations(places)
    found: defaultdict[str, list[Sense]] = defaultdict(list)
    for name, sense in _all(offices, places):
        key = key_of(name)
        if len(key) > 1:
            found[key].append(replace(sense, called=name))
    return {key: _distinct(senses, populations) for key, senses in found.items()}


def _all(offices: Sequence[Office], places: Sequence[Place]) -> Iterator[tuple[str, Sense]]:
    for office in offices:
        yield from _of_office(office)
    yield from _of_towns(offices)
    yield from _of_areas(offices)
    for place in places:
        yield from _of_place(place)


def _of_office(office: Office) -> Iterator[tuple[str, Sense]]:
    named = Sense(PlaceKind.OFFICE, office.name, Rank.NAME, (office.id,), office.point, office.nation)
    yield office.name, named
    if office.name_cy:
        yield office.name_cy, replace(named, is_welsh=True)
    for name in office.alternate_names:
        yield name, replace(named, rank=Rank.ALSO)
    if short := SHORTENED.match(office.name):
        yield short.group(1), replace(named, rank=Rank.SHORT)
    for name in (office.name, *office.alternate_names):
        if (building := BUILDING.fullmatch(name)) and name.startswith(f"{office.town} "):
            yield building.group(1), replace(named, rank=Rank.ALSO)
    for part in _parts(office):
        yield part, replace(named, rank=Rank.PART)
    if (first := _first_word(office)) and office.is_running:
        yield first, replace(named, rank=Rank.PART, is_first_words=True)


def _first_word(office: Office) -> str:
    """The Newton of Newton Abbot, which tells it from others only nearby; "" where it is short, a side or a town's."""
    first, *rest = office.name.split()
    is_side = SIDE.fullmatch(first) is not None
    return first if rest and len(first) >= LEAST_FIRST and not is_side and first != office.town else ""


def _parts(office: Office) -> set[str]:
    """Names that need their town: "Park Place" of Leeds Park Place, and the streets of its address."""
    town = office.town
    rest = office.name.removeprefix(town + " ") if town else office.name
    if rest == office.name and town and office.name.split()[0] == town.split()[0] and office.name != town:
        rest = office.name.split(maxsplit=1)[-1]
    around = {*_streets(office), *_localities(office)}
    return around if rest == office.name or SIDE.fullmatch(rest) else {rest, *around}


def _streets(office: Office) -> Iterator[str]:
    """The streets of its address, "Moss Lane East" as "Moss Lane" too."""
    for street in STREET.finditer(office.address):
        yield street.group()
        yield street.group().removesuffix(street["side"] or "")


def _localities(office: Office) -> Iterator[str]:
    """What its address tells of the town it stands in: the Byker of "Clifford Street, Byker, Newcastle upon Tyne"."""
    for part in office.address.split(", ")[1:]:
        is_name = LOCALITY.fullmatch(part) and not all(is_common(fold(word)) for word in part.split())
        is_other = part == office.town or key_of(part) in _names_of_areas()
        if is_name and not is_other and not _NO_LOCALITY.fullmatch(part.split()[-1]):
            yield part


@cache
def _names_of_areas() -> frozenset[str]:
    return frozenset(key_of(name) for group in ("areas", "nations") for name in place_names()[group])


def _of_towns(offices: Sequence[Office]) -> Iterator[tuple[str, Sense]]:
    by_town: defaultdict[str, list[list[Office]]] = defaultdict(list)
    for office in offices:
        if office.town:
            _put(by_town[office.town], office)
    for town, groups in by_town.items():
        for group in groups:
            sense = _town(town, group)
            yield town, sense
            if short := SHORTENED.match(town):
                yield short.group(1), replace(sense, rank=Rank.SHORT)


def _put(groups: list[list[Office]], office: Office) -> None:
    for group in groups:
        first = group[0].point
        if first is None or office.point is None or first.km_to(office.point) <= SAME_TOWN_KM:
            group.append(office)
            return
    groups.append([office])


def _town(town: str, offices: list[Office]) -> Sense:
    within = _in_own_area(town, offices)
    running = [office for office in within if office.is_running] or within
    first_word = fold(town.split()[0])
    best_first = sorted(running, key=lambda o: (not fold(o.name).startswith(first_word), o.name))
    gone = tuple(office.id for office in offices if office not in running)
    ids = tuple(office.id for office in best_first)
    point, nation = best_first[0].point, best_first[0].nation
    return Sense(PlaceKind.TOWN, town, Rank.NAME, ids, point, nation, gone=gone)


def _in_own_area(town: str, offices: list[Office]) -> list[Office]:
    """The offices of a post town that stand in the area of the council called so, or have its name; all of them where
    no council is. Nobody in Ystradgynlais is in Swansea, though letters go by it."""
    name = f" {town} "
    if not any(name in f" {office.local_authority} " for office in offices):
        return offices
    return [
        office for office in offices if name in f" {office.local_authority or town} " or office.name.startswith(town)
    ]


def _of_place(place: Place) -> Iterator[tuple[str, Sense]]:
    is_irish = place.nation is Nation.NORTHERN_IRELAND
    kind = PlaceKind.NORTHERN_IRELAND if is_irish else PlaceKind.PLACE
    sense = Sense(kind, place.name, Rank.PLACE, (), place.point, place.nation, place.population)
    yield place.name, sense
    short = place.name.removeprefix("Royal ").removesuffix(" County Borough")
    if short != place.name:
        yield short, sense
    if first := SHORTENED.match(place.name):  # Chorlton cum Hardy
        yield first.group(1), replace(sense, is_first_words=True)


def _of_areas(offices: Sequence[Office]) -> Iterator[tuple[str, Sense]]:
    areas = _areas(offices)
    for name, members in areas.items():
        yield name, _area(name, members)
    for name, parts in place_names()["areas"].items():
        members = [office for part in parts for office in areas.get(part, ())]
        if members and name not in areas:
            yield name, _area(name, members)
    for name, nation in place_names()["nations"].items():
        is_irish = nation == Nation.NORTHERN_IRELAND.value
        kind = PlaceKind.NORTHERN_IRELAND if is_irish else PlaceKind.NATION
        yield name, Sense(kind, Nation(nation).name.title().replace("_", " "), Rank.NAME, nation=Nation(nation))
    for name in place_names()["northern_ireland"]:
        yield name, Sense(PlaceKind.NORTHERN_IRELAND, name, Rank.NAME, nation=Nation.NORTHERN_IRELAND)


def _areas(offices: Sequence[Office]) -> dict[str, list[Office]]:
    """DWP's districts, the counties in their names, and the councils' areas, with their offices."""
    areas: defaultdict[str, list[Office]] = defaultdict(list)
    for office in offices:
        for name in {office.district, office.local_authority} - {""}:
            areas[name].append(office)
    for district in {office.district for office in offices}:
        parts = [part for part in re.split(r", | and ", district) if part]
        for part in parts if len(parts) > 1 else ():
            siblings = [sibling for sibling in parts if sibling != part]
            if part not in areas and not SIDE.fullmatch(part):
                areas[part] = [office for office in areas[district] if _is_in(office, part, siblings)]
    return areas


def _is_in(office: Office, part: str, siblings: list[str]) -> bool:
    where = f"{office.local_authority}, {office.address}, {office.town}"
    return part in where or not any(sibling in where for sibling in siblings)


def _area(name: str, members: Iterable[Office]) -> Sense:
    running = sorted({office.id: office for office in members if office.is_running}.values(), key=lambda o: o.name)
    nations = {office.nation for office in running}
    nation = nations.pop() if len(nations) == 1 else None
    return Sense(PlaceKind.DISTRICT, name, Rank.AREA, tuple(office.id for office in running), None, nation)


class _Populations:
    """How many people live in the place of a name that is near a point."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_name: defaultdict[str, list[Place]] = defaultdict(list)
        for place in places:
            self._by_name[key_of(place.name)].append(place)

    def near(self, name: str, point: Point | None) -> int:
        same = self._by_name.get(key_of(name), ())
        return max((p.population for p in same if point and point.km_to(p.point) <= SAME_PLACE_KM), default=0)


def _distinct(senses: list[Sense], populations: _Populations) -> list[Sense]:
    """The best sense of each thing meant. A place that is the office's or town's own is left out."""
    kept: list[Sense] = []
    for sense in sorted(senses, key=lambda s: (s.rank, s.kind is not PlaceKind.OFFICE, -s.population, s.name)):
        covering = next((at for at, other in enumerate(kept) if _covers(other, sense)), None)
        if covering is not None and sense.gone:  # "hythe southampton", of the one office that is Southampton's
            kept[covering] = replace(kept[covering], gone=sense.gone)
        elif covering is None:
            known = sense.population or populations.near(sense.name, sense.point)
            kept.append(replace(sense, population=known))
    return kept


def _covers(other: Sense, sense: Sense) -> bool:
    if other.kind is PlaceKind.NATION:
        return True
    if sense.offices:
        return set(sense.offices) <= set(other.offices) and other.rank <= sense.rank
    near = other.point and sense.point and other.point.km_to(sense.point) <= SAME_PLACE_KM
    return bool(near) and other.rank is not Rank.PART


def add_nicknames(names: Names) -> None:
    """ "Brum" takes over the senses of Birmingham."""
    _add_others(names, place_names()["nicknames"], is_welsh=False)


def add_gaelic_names(names: Names) -> None:
    """ "Inbhir Nis" takes over the senses of Inverness."""
    _add_others(names, place_names()["gaelic"], is_welsh=False)


def add_welsh_names(names: Names) -> None:
    """ "Caerdydd" takes over the senses of Cardiff, "Treffynnon" those of the Holywell in Wales."""
    for group in ("welsh", "welsh_understood"):  # the second: seldom said, or of one of several places of a name
        _add_others(names, place_names()[group], is_welsh=True)


def _add_others(names: Names, others: Mapping[str, str], *, is_welsh: bool) -> None:
    offices = _named_after_town(names, frozenset(others.values()))
    for name, target in others.items():
        senses = [
            replace(s, called=name, is_welsh=is_welsh) for s in names.get(key_of(target), ()) if s.rank is not Rank.AREA
        ]
        if is_welsh:
            senses = [sense for sense in senses if sense.nation is Nation.WALES] or senses
        if senses:
            _put_first(names, key_of(name), senses)
        for sense in offices.get(target, ()):  # "brum south west"
            called = name + sense.called.removeprefix(target)
            _put_first(names, key_of(called), [replace(sense, called=called, is_welsh=is_welsh)])


def _named_after_town(names: Names, towns: frozenset[str]) -> dict[str, list[Sense]]:
    """Town → the names of offices that begin with it: "Middlesbrough East"."""
    found: defaultdict[str, list[Sense]] = defaultdict(list)
    for sense in (sense for senses in names.values() for sense in senses):
        words = sense.called.split()
        if sense.kind is PlaceKind.OFFICE and sense.rank <= Rank.ALSO:
            for town in {" ".join(words[:count]) for count in range(1, len(words))} & towns:
                found[town].append(sense)
    return found


def _put_first(names: Names, key: str, senses: list[Sense]) -> None:
    there = names.setdefault(key, [])
    known = {sense.offices for sense in there if sense.offices and not sense.is_first_words}
    new = [sense for sense in senses if sense.offices not in known]
    names[key] = sorted([*new, *there], key=lambda sense: (sense.rank, sense not in new))
