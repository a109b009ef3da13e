"""CSV files as staff hand them in, a row said by what matters in it."""

from __future__ import annotations

import csv
import io
from typing import Any

REGISTER = {
    "id": "leeds-park-place",
    "name": "Leeds Park Place",
    "status": "open",
    "replaced_by": "",
    "address": "21-22 Park Place, Leeds",
    "town": "Leeds",
    "postcode": "LS1 2SL",
    "nation": "England",
    "district": "West Yorkshire",
    "lat": "53.7982",
    "lon": "-1.5538",
}
CONTACT = {
    "id": "uc-phone",
    "topic_id": "universal_credit",
    "topic": "Universal Credit",
    "nation": "england;scotland;wales",
    "channel": "phone",
    "value": "0800 328 5644",
    "say": "say",
    "hours": "Monday to Friday, 8am to 6pm",
    "hours_say": "say",
    "language": "English",
}
PLACE = {"name": "Otley", "nation": "England", "population": "14000", "lat": "53.9", "lon": "-1.7"}
OUTCODE = {"outcode": "LS1", "lat": "53.79765", "lon": "-1.55129", "nation": "England", "radius90_km": "0.9"}
SECTOR = {"sector": "LS1 2", "lat": "53.79765", "lon": "-1.55129"}


def csv_file(*rows: dict[str, Any]) -> bytes:
    """The rows as a file; the columns are those of the first one."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def register(*rows: dict[str, Any]) -> bytes:
    """A register; each row says what differs from Leeds Park Place."""
    return csv_file(*({**REGISTER, **row} for row in rows))


def contact_file(*rows: dict[str, Any]) -> bytes:
    return csv_file(*({**CONTACT, **row} for row in rows))


def place_file(*rows: dict[str, Any]) -> bytes:
    return csv_file(*({**PLACE, **row} for row in rows))


def outcode_file(*rows: dict[str, Any]) -> bytes:
    return csv_file(*({**OUTCODE, **row} for row in rows))


def sector_file(*rows: dict[str, Any]) -> bytes:
    return csv_file(*({**SECTOR, **row} for row in rows))
