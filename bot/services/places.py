"""Towns, villages and postcode centres, as staff import them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.jobcentre.errors import BadInput
from bot.jobcentre.gazetteer import Centre
from bot.jobcentre.office import Nation, Place, Point
from bot.services.files import ImportReport, Outcome, Row, RowReport, checked, nation_in, point_in, read_rows
from bot.store.unit_of_work import UnitOfWork

_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) [0-9]")
_DISTANCE = re.compile(r"[0-9]{1,3}(\.[0-9]+)?")
_ISLANDS = ("guernsey", "isle of man", "jersey")
"""They have postcodes and no Jobcentres."""


def import_places(
    work: UnitOfWork,
    data: bytes,
    name: str,
    *,
    by: str,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Hold the places of a CSV file and no others. Nothing is kept where a row is refused, unless `skip_bad`.

    Raises BadInput for a file that cannot be read.
    """
    rows = read_rows(data, name, ("name", "nation", "population", "lat", "lon"))
    good, refused = checked(rows, _read_place, lambda row: row.text("name") or "a row without name")
    report = _report([(row, place.name) for row, place in good], refused)
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    before = len(work.places.find_all())
    work.places.replace_all(place for _, place in good)
    _audit(work, "places", before, len(good), by, at)
    return replace(report, is_applied=True)


def import_postcodes(
    work: UnitOfWork,
    data: bytes,
    name: str,
    *,
    by: str,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Hold the outcodes, or the sectors (its header says which), of a CSV file and no others of that sort.

    A sector without a nation is in that of its outcode, else in that of most outcodes of its area. Raises BadInput.
    """
    is_sectors = b"sector" in data.split(b"\n", 1)[0].lower()
    column = "sector" if is_sectors else "outcode"
    rows = read_rows(data, name, (column, "lat", "lon") if is_sectors else (column, "lat", "lon", "nation"))
    kept = [row for row in rows if not _is_island(row)]
    left_out = [RowReport(r.line, r.text(column), Outcome.IGNORED, "no Jobcentres") for r in rows if _is_island(r)]
    nations = {c.code: c.nation for c in work.places.find_centres() if " " not in c.code}
    areas = _nations_of_areas(nations)
    good, refused = checked(kept, lambda row: _read_centre(row, column, nations, areas), lambda r: r.text(column))
    report = _report([(row, centre.code) for row, centre in good], [*refused, *left_out])
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    before = sum((" " in c.code) == is_sectors for c in work.places.find_centres())
    work.places.replace_centres([centre for _, centre in good], sectors=is_sectors)
    _audit(work, f"{column}s", before, len(good), by, at)
    return replace(report, is_applied=True)


def _read_place(row: Row) -> Place:
    population = row.text("population") or "0"
    if not (population.isascii() and population.isdigit() and len(population) <= 9):
        raise BadInput(f'"{population}" is not a population: write a number')
    return Place(row.needed("name"), nation_in(row.needed("nation")), int(population), _point(row))


def _is_island(row: Row) -> bool:
    return row.text("nation").lower() in _ISLANDS


def _read_centre(row: Row, column: str, nations: Mapping[str, Nation], areas: Mapping[str, Nation]) -> Centre:
    code = " ".join(row.needed(column).upper().split())
    pattern, example = (_SECTOR, "LS1 2") if column == "sector" else (_OUTCODE, "LS1")
    if not pattern.fullmatch(code):
        raise BadInput(f'"{code}" is not a postcode {column}: write it like {example}')
    radius = row.text("radius90_km") or "0"
    if not _DISTANCE.fullmatch(radius):
        raise BadInput(f'"{radius}" is not a distance in kilometres: write it like 1.8')
    return Centre(code, _point(row), _nation(row, code, nations, areas), float(radius))


def _nation(row: Row, code: str, nations: Mapping[str, Nation], areas: Mapping[str, Nation]) -> Nation:
    if row.text("nation"):
        return nation_in(row.text("nation"))
    found = nations.get(code.split()[0]) or areas.get(_area(code))
    if found is None:
        raise BadInput(f"the nation of {code} is not known: import the outcodes first")
    return found


def _nations_of_areas(nations: Mapping[str, Nation]) -> dict[str, Nation]:
    counts: dict[str, Counter[Nation]] = {}
    for code, nation in nations.items():
        counts.setdefault(_area(code), Counter())[nation] += 1
    return {area: count.most_common(1)[0][0] for area, count in counts.items()}


def _area(code: str) -> str:
    """The letters that a postcode begins with: LS, B."""
    return re.split(r"\d", code, maxsplit=1)[0]


def _point(row: Row) -> Point:
    point = point_in(row)
    if point is None:
        raise BadInput("lat and lon are empty")
    return point


def _report(good: list[tuple[Row, str]], others: list[RowReport]) -> ImportReport:
    return ImportReport.of((RowReport(row.line, subject, Outcome.ADDED) for row, subject in good), others)


def _audit(work: UnitOfWork, what: str, before: int, after: int, by: str, at: datetime) -> None:
    event = {"action": "import", "subject_type": "places", "subject_id": what}
    work.audit.add(by=by, at=at, before={"count": before}, after={"count": after}, **event)
