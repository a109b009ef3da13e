"""Places and postcode centres."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select

from bot.jobcentre.errors import NotFound
from bot.jobcentre.gazetteer import Centre
from bot.jobcentre.office import Nation, Place, Point
from bot.store import tables
from bot.store.repositories.repository import Repository

_PLACES, _POSTCODES = tables.places, tables.postcodes


class Places(Repository):
    """Every change raises the revision of offices."""

    def replace_all(self, places: Iterable[Place]) -> None:
        """Hold these places and no others, in their order."""
        self._execute(delete(_PLACES))
        rows = [
            {
                "name": place.name,
                "nation": place.nation.value,
                "population": place.population,
                "lat": place.point.lat,
                "lon": place.point.lon,
            }
            for place in places
        ]
        if rows:
            self._execute(insert(_PLACES), rows)
        self._bump()

    def find_all(self) -> list[Place]:
        rows = self._execute(select(_PLACES).order_by(_PLACES.c.id))
        return [
            Place(name, Nation(nation), population, Point(lat, lon)) for _, name, nation, population, lat, lon in rows
        ]

    def replace_centres(self, centres: Iterable[Centre], *, sectors: bool | None = None) -> None:
        """Hold these postcode centres and no others. With `sectors` true only the sectors ("LS1 4") that are held
        give way to them, with false only the outcodes ("LS1"): they come in two files."""
        old = delete(_POSTCODES)
        if sectors is not None:
            is_sector = _POSTCODES.c.code.contains(" ", autoescape=True)
            old = old.where(is_sector if sectors else ~is_sector)
        self._execute(old)
        self.put_centres(centres)

    def put_centres(self, centres: Iterable[Centre]) -> None:
        """Add postcode centres, or replace those of the same code."""
        rows = [
            {
                "code": centre.code.upper(),
                "lat": centre.point.lat,
                "lon": centre.point.lon,
                "nation": centre.nation.value,
                "radius_km": centre.radius_km,
            }
            for centre in centres
        ]
        self._put(_POSTCODES, rows)
        self._bump()

    def find_centres(self) -> list[Centre]:
        """By code."""
        return [_centre(*row) for row in self._execute(select(_POSTCODES).order_by(_POSTCODES.c.code))]

    def get_centre(self, code: str) -> Centre:
        """Raises NotFound."""
        row = self._execute(select(_POSTCODES).where(_POSTCODES.c.code == code.strip().upper())).first()
        if row is None:
            raise NotFound(f'there is no postcode "{code}"')
        return _centre(*row)


def _centre(code: Any, lat: Any, lon: Any, nation: Any, radius_km: Any) -> Centre:
    return Centre(code, Point(lat, lon), Nation(nation), radius_km)
