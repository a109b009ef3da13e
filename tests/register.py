"""The real register, read from the folder that JOBCENTRE_REGISTER names. Nothing of it is kept in this repository.

Mark tests that use it `@pytest.mark.register`; they skip where the folder is not given.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.jobcentre.gazetteer import Centre
from bot.jobcentre.office import Nation, Office, OfficeStatus, Place, Point

VARIABLE = "JOBCENTRE_REGISTER"
STATUSES = {
    "open-2019": OfficeStatus.OPEN,
    "check": OfficeStatus.CHECK,
    "closed": OfficeStatus.CLOSED,
    "moved": OfficeStatus.MOVED,
}


def register_folder() -> Path:
    """The folder of the register's CSV files; skips the test that asks where there is none."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(f"{VARIABLE} does not name the folder of the real register")
    return Path(folder)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (register_folder() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def point_of(row: dict[str, str]) -> Point:
    return Point(float(row["lat"]), float(row["lon"]))


def nation_of(text: str) -> Nation:
    return Nation(text.lower().replace(" ", "_"))


@cache
def load_offices() -> tuple[Office, ...]:
    """All 639 offices, with their other names."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in rows("jobcentre_aliases.csv"):
        aliases[row["id"]].append(row["alias"])
    return tuple(
        Office(
            id=row["id"],
            name=row["name"],
            nation=nation_of(row["nation"]),
            address=row["address"],
            town=row["town"],
            postcode=row["postcode"],
            district=row["district"],
            local_authority=row["local_authority"],
            point=point_of(row),
            status=STATUSES[row["status"]],
            replaced_by=row["replaced_by"] or None,
            alternate_names=tuple(aliases[row["id"]]),
        )
        for row in rows("jobcentres.csv")
    )


@cache
def load_places() -> tuple[Place, ...]:
    """5,911 towns, villages and suburbs of the United Kingdom, the largest first."""
    return tuple(
        Place(row["name"], nation_of(row["nation"]), int(row["population"]), point_of(row))
        for row in rows("places.csv")
    )


@cache
def load_centres() -> tuple[Centre, ...]:
    """Outcodes and postcode sectors with their centres. A sector is in the nation of its outcode."""
    nations = {row["outcode"]: row["nation"] for row in rows("outcodes.csv")}
    known = {nation.value for nation in Nation}
    outcodes = [
        Centre(row["outcode"], point_of(row), nation_of(row["nation"]), float(row["radius90_km"] or 0))
        for row in rows("outcodes.csv")
        if row["nation"].lower().replace(" ", "_") in known
    ]
    sectors = [
        Centre(row["sector"], point_of(row), nation_of(nations[row["sector"].split()[0]]))
        for row in rows("postcode_sectors.csv")
    ]
    return tuple(outcodes + sectors)
