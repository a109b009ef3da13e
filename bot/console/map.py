"""Great Britain as dots: every office where it is, coloured by what staff have said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from bot.jobcentre.office import Office
from bot.services.today import Standing

HEIGHT = 620
"""Pixels of the drawing's own, from the southernmost office to the northernmost."""
MARGIN = 12
_LATITUDE = radians(54.5)
"""Of the middle of the country: there a degree east is this much shorter than one north."""
_RADIUS = {Standing.AS_USUAL: 3}


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: int
    standing: Standing
    name: str


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    dots: tuple[Dot, ...]


def draw(standings: Iterable[tuple[Office, Standing]]) -> Map | None:
    """None where no office has a place. What differs is drawn last, above the rest."""
    placed = [(office, standing) for office, standing in standings if office.point]
    if not placed:
        return None
    lats = [office.point.lat for office, _ in placed if office.point]
    lons = [office.point.lon for office, _ in placed if office.point]
    north, west = max(lats), min(lons)
    scale = HEIGHT / max(north - min(lats), 0.1)
    across = scale * cos(_LATITUDE)
    dots = [
        Dot(
            round((office.point.lon - west) * across + MARGIN, 1),
            round((north - office.point.lat) * scale + MARGIN, 1),
            _RADIUS.get(standing, 6),
            standing,
            office.name,
        )
        for office, standing in placed
        if office.point
    ]
    dots.sort(key=lambda dot: dot.standing is not Standing.AS_USUAL)
    width = round((max(lons) - west) * across) + 2 * MARGIN
    return Map(width, round((north - min(lats)) * scale) + 2 * MARGIN, tuple(dots))
