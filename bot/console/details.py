"""The form of an office's details: from what staff fill in to an office, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, SubmitField

from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation, Office, OfficeStatus, Point
from bot.jobcentre.wording.english import English
from bot.services import office_details, offices, versions
from bot.services.files import Row, point_in
from bot.store.codecs import office_from
from bot.store.unit_of_work import UnitOfWork

STATUSES = [
    (OfficeStatus.OPEN.value, "Open"),
    (OfficeStatus.CHECK.value, "Perhaps not at this address any more: never said to be open"),
    (OfficeStatus.CLOSED.value, "Closed for good"),
    (OfficeStatus.MOVED.value, "Moved"),
]
NATIONS = [(n.value, n.value.title()) for n in (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES)]


class DetailsForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Name", widget=GovTextInput())
    name_cy = StringField("Name in Welsh, where it differs", widget=GovTextInput())
    address = StringField("Address", widget=GovTextInput())
    town = StringField("Town", widget=GovTextInput())
    postcode = StringField("Postcode", widget=GovTextInput())
    district = StringField("District", widget=GovTextInput())
    nation = SelectField("Nation", widget=GovSelect(), choices=NATIONS)
    position = StringField("Where it is on the map", widget=GovTextInput())
    phone = StringField("Phone number that people may be told", widget=GovTextInput())
    facilities = SelectMultipleField("What is there", widget=GovCheckboxesInput(), choices=[])
    status = RadioField("Is it still there?", widget=GovRadioInput(), choices=STATUSES)
    replaced_by = StringField("Office to go to instead", widget=GovTextInput())
    version = HiddenField()
    submit = SubmitField("Save", widget=GovSubmitInput())


def facilities_of(held: Office) -> list[tuple[str, str]]:
    """Those that replies have words for, and whatever else is held of it."""
    known = [(name, told[:1].upper() + told[1:]) for name, told in English.FACILITIES.items()]
    return known + [(name, name) for name in held.facilities if name not in English.FACILITIES]


def filled_from(piece: UnitOfWork, held: Office, version: int) -> dict[str, Any]:
    instead = piece.offices.find([held.replaced_by] if held.replaced_by else [])
    plain = ("name", "address", "town", "postcode", "district")
    return {
        **{name: getattr(held, name) for name in plain},
        "name_cy": held.name_cy or "",
        "nation": held.nation.value,
        "position": _position(held),
        "phone": held.phone or "",
        "facilities": list(held.facilities),
        "status": held.status.value,
        "replaced_by": instead[0].name if instead else "",
        "version": str(version),
    }


def shown_before(error: versions.ChangedMeanwhile, held: Office) -> Office:
    """The office as the page showed it."""
    rows = [
        event.before for event in error.events if event.before and "status" in event.before and "name" in event.before
    ]
    return office_from(rows[0], held.alternate_names, held.accounts) if rows else held


def read(piece: UnitOfWork, form: DetailsForm, held: Office) -> Office:
    """The office as the form has it. Raises NotFound for a replacement that nobody knows."""
    named = (form.replaced_by.data or "").strip()
    texts: dict[str, Any] = {
        name: form[name].data or "" for name in ("name", "name_cy", "address", "town", "postcode", "district")
    }
    ticked = form.facilities.data or ()
    texts["postcode"] = office_details.read_postcode((form.postcode.data or "").strip().upper())
    return replace(
        held,
        **texts,
        nation=Nation(form.nation.data),
        point=_point(form, held),
        phone=form.phone.data or None,
        facilities=(
            *(one for one in held.facilities if one in ticked),
            *(t for t in ticked if t not in held.facilities),
        ),
        status=OfficeStatus(form.status.data),
        replaced_by=offices.get_office(piece, named).id if named else None,
    )


def _position(held: Office) -> str:
    return f"{held.point.lat}, {held.point.lon}" if held.point else ""


def _point(form: DetailsForm, held: Office) -> Point | None:
    """Raises BadInput for what is no place, and for an old one beside a new postcode: people would be sent there."""
    lat, _, lon = (form.position.data or "").partition(",")
    if lat and form.position.data == _position(held) and (form.postcode.data or "").strip().upper() != held.postcode:
        raise BadInput("the postcode is new: its position on the map is another one too. Without one leave it empty")
    return point_in(Row(0, {"lat": lat.strip(), "lon": lon.strip()}))


_FIELDS = {
    "position": "position",
    "United Kingdom": "position",
    "full postcode": "postcode",
    "phone number": "phone",
    "no office": "replaced_by",
    "people cannot be sent": "replaced_by",
    "moved too": "replaced_by",
    "the Welsh name": "name_cy",
    "the address": "address",
    "the town": "town",
    "the district": "district",
}


def field_of(told: str) -> str:
    """The field beside which an error of the service belongs."""
    return next((field for words, field in _FIELDS.items() if words in told), "name")
