"""Finds offices and places in what people really write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation, Office, Place, Point


@dataclass(frozen=True)
class Centre:
    """A postcode sector ("LS1 4") or outcode ("LS1") with its centre."""

    code: str
    point: Point
    nation: Nation
    radius_km: float = 0.0
    """Most of its postcodes lie this close to the centre; 0 where that is not known."""


@dataclass(frozen=True)
class NearOffice:
    office_id: str
    km: float


class PlaceKind(str, Enum):
    OFFICE = "office"
    TOWN = "town"
    """A town, city or suburb with one or several offices."""
    PLACE = "place"
    """A known place without an office: see `nearest`."""
    POSTCODE = "postcode"
    NATION = "nation"
    DISTRICT = "district"
    """A district of DWP, a county, a council's area."""
    OURS = "ours"
    """ "My jobcentre", "your office": the offices of the account."""
    NORTHERN_IRELAND = "northern_ireland"
    UNKNOWN_POSTCODE = "unknown_postcode"


@dataclass(frozen=True)
class PlaceMention:
    start: int
    end: int
    text: str
    kind: PlaceKind
    name: str
    offices: tuple[str, ...] = ()
    nearest: tuple[NearOffice, ...] = ()
    nation: Nation | None = None
    certain: bool = True
    ambiguous: bool = False
    alternatives: tuple[str, ...] = ()


class Gazetteer:
    def __init__(self, offices: Iterable[Office], places: Iterable[Place] = (), centres: Iterable[Centre] = ()) -> None:
        self._offices = {office.id: office for office in offices}

    def office(self, office_id: str) -> Office:
        try:
            return self._offices[office_id]
        except KeyError:
            raise NotFound(f"No office has the id {office_id!r}.") from None

    def nearest(self, point: Point, count: int = 3) -> tuple[NearOffice, ...]:
        return ()

    def find(self, text: str, *, ours: Sequence[str] = (), expecting: bool = False) -> list[PlaceMention]:
        return []
