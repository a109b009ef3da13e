"""Offices, and the places round them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


class Nation(str, Enum):
    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern_ireland"


class OfficeStatus(str, Enum):
    """What is known of an office's future, apart from its hours."""

    OPEN = "open"
    CHECK = "check"
    """Not sure that it is still at this address: never said to be open."""
    CLOSED = "closed"
    """Shut for good."""
    MOVED = "moved"
    """Now somewhere else: `replaced_by`, or an address that we do not hold."""


@dataclass(frozen=True)
class Point:
    """A place on the map: WGS84 degrees."""

    lat: float
    lon: float

    def km_to(self, other: Point) -> float:
        """Great-circle distance in kilometres."""
        d_lat, d_lon = radians(other.lat - self.lat), radians(other.lon - self.lon)
        half = sin(d_lat / 2) ** 2 + cos(radians(self.lat)) * cos(radians(other.lat)) * sin(d_lon / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


@dataclass(frozen=True)
class Office:
    """One Jobcentre office, as people know it. Hours and closures are kept apart from it."""

    id: str
    """Slug of the name, unique: `leeds-park-place`."""
    name: str
    """Without the word Jobcentre: `Leeds Park Place`."""
    nation: Nation
    address: str = ""
    """On one line, without the postcode."""
    town: str = ""
    postcode: str = ""
    district: str = ""
    """DWP's own district: `West Yorkshire`."""
    local_authority: str = ""
    point: Point | None = None
    status: OfficeStatus = OfficeStatus.OPEN
    replaced_by: str | None = None
    """Id of the office to go to instead, where this one is closed or moved."""
    phone: str | None = None
    name_cy: str | None = None
    """The Welsh name where it differs: `Caerdydd`."""
    alternate_names: tuple[str, ...] = ()
    """Old names, building names, nicknames, Welsh names: whatever else people call it."""
    accounts: tuple[str, ...] = ()
    """Handles of our accounts that serve it."""
    facilities: tuple[str, ...] = ()
    """What is held of what is there: `computers`, `wifi`, `step_free` …"""

    @property
    def is_running(self) -> bool:
        """Whether people may go there as far as we know (hours apart)."""
        return self.status in (OfficeStatus.OPEN, OfficeStatus.CHECK)


@dataclass(frozen=True)
class Place:
    """A town, village or suburb of the United Kingdom, with or without an office."""

    name: str
    nation: Nation
    population: int
    point: Point
