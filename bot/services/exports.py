"""What is held of offices as CSV files that can be imported again."""

from __future__ import annotations

from datetime import datetime

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.hours import OpeningHours, hours_on
from bot.jobcentre.office import Office
from bot.services.files import write_rows
from bot.store.codecs import office_row
from bot.store.unit_of_work import UnitOfWork

_COLUMNS = (
    "id",
    "name",
    "name_cy",
    "status",
    "replaced_by",
    "address",
    "town",
    "postcode",
    "nation",
    "district",
    "local_authority",
    "lat",
    "lon",
    "phone",
)


def register(work: UnitOfWork, at: datetime) -> bytes:
    """Every office with the hours of the day, by name."""
    day = at.astimezone(LONDON).date()
    offices = work.offices.find_all()
    held = work.offices.find_hours_of([office.id for office in offices], day, day)
    rows = [_row(office, hours_on(held.get(office.id, ()), day)) for office in offices]
    return write_rows([*_COLUMNS, "facilities", "hours", "hours_certainty"], rows)


def _row(office: Office, hours: OpeningHours | None) -> list[object]:
    row = office_row(office)
    said = [str(hours), hours.certainty.value] if hours else ["", ""]
    return [*(row[column] for column in _COLUMNS), "; ".join(office.facilities), *said]


def names(work: UnitOfWork) -> bytes:
    """Every other name of an office."""
    rows = [(office.id, name) for office in work.offices.find_all() for name in office.alternate_names]
    return write_rows(["id", "alias"], rows)
