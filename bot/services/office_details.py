"""What staff change of one office: what it is called, where it is, what is there, and whether it is still there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.jobcentre.errors import BadInput, Conflict
from bot.jobcentre.office import Office, OfficeStatus
from bot.jobcentre.text import skeleton
from bot.services import versions
from bot.services.offices import audit, get_office
from bot.services.public_words import check_plain, tidy
from bot.store.codecs import office_row
from bot.store.records import NameKind, OfficeName
from bot.store.unit_of_work import UnitOfWork

TEXT_AT_MOST = 160
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_PHONE = re.compile(r"(?:\+44|0)[0-9 ]{9,14}")


def change(work: UnitOfWork, wanted: Office, *, by: str, at: datetime, expected: int | None = None) -> Office:
    """The office is as `wanted` says, its other names and accounts apart. Without a difference nothing is written.

    Raises NotFound; BadInput for what could not be told; ChangedMeanwhile as `versions.check`.
    """
    versions.check(work, expected, "office", wanted.id)
    held = work.offices.get(wanted.id)
    office = _checked(work, replace(wanted, alternate_names=(), accounts=()))
    before, after = office_row(held), office_row(office)
    if before != after:
        work.offices.put([office])
        audit(work, "change", office.id, by, at, before, after)
    return work.offices.get(wanted.id)


def _checked(work: UnitOfWork, office: Office) -> Office:
    check_words(office)
    if not office.name.strip():
        raise BadInput("enter a name")
    return replace(
        office,
        name=tidy(office.name),
        name_cy=tidy(office.name_cy or "") or None,
        address=tidy(office.address),
        town=tidy(office.town),
        district=tidy(office.district),
        postcode=read_postcode(tidy(office.postcode)),
        phone=read_phone(tidy(office.phone or "")) or None,
        replaced_by=_replacement(work, office),
    )


def _replacement(work: UnitOfWork, office: Office) -> str | None:
    """The office to go to instead; only one that is shut for good or has moved needs it."""
    if office.is_running or not office.replaced_by:
        return None
    instead = get_office(work, office.replaced_by)
    if instead.id == office.id:
        raise BadInput("people cannot be sent to the office that is shut: name another one")
    if not instead.is_running:
        raise BadInput(f"{instead.name} is shut for good or has moved too: name an office that is open")
    return instead.id


def add_name(work: UnitOfWork, office_id: str, name: str, kind: NameKind, *, by: str, at: datetime) -> list[Office]:
    """People may call it that too. Returns other offices that are called the same: people will be asked which.

    Raises NotFound; BadInput for what is no name; Conflict for a name that it has already.
    """
    office = work.offices.get(office_id)
    told = tidy(name)
    if not _plain(told):
        raise BadInput("enter a name")
    check_plain(told, "the name", TEXT_AT_MOST)
    if _plain(told) in _names(office):
        raise Conflict(f"{office.name} is called {told} already")
    work.offices.add_names([OfficeName(office_id, told, kind)])
    _audit_names(work, "add_names", office_id, told, kind, by, at)
    return [other for other in work.offices.find_all() if other.id != office_id and _plain(told) in _names(other)]


def remove_name(work: UnitOfWork, office_id: str, name: str, *, by: str, at: datetime) -> None:
    """Nobody calls it that. Raises Conflict where it is not called so any more."""
    held = {one.name: one.kind for one in work.offices.find_names(office_id)}
    if name not in held:
        raise Conflict(f"{name} was removed in the meantime")
    work.offices.remove_names(office_id, [name])
    _audit_names(work, "remove_names", office_id, name, held[name], by, at)


def _plain(text: str) -> str:
    """Its words in small letters, without accents and signs: how names are compared."""
    return " ".join(re.findall(r"[a-z0-9]+", skeleton(text).text.replace("'", "")))


def _names(office: Office) -> set[str]:
    return {_plain(name) for name in (office.name, office.name_cy or "", *office.alternate_names)}


def _audit_names(
    work: UnitOfWork, action: str, office_id: str, name: str, kind: NameKind, by: str, at: datetime
) -> None:
    said = {"names": [name], "count": 1, "kind": kind.value}
    before, after = (None, said) if action == "add_names" else (said, None)
    audit(work, action, office_id, by, at, before, after)


# What can be told of it


def check_words(office: Office) -> Office:
    """The office. Raises BadInput for words of it that could not be told in public."""
    for text, name in (
        (office.name, "the name"),
        (office.name_cy or "", "the Welsh name"),
        (office.address, "the address"),
        (office.town, "the town"),
        (office.district, "the district"),
        *((facility, "what is there") for facility in office.facilities),
    ):
        check_plain(text, name, TEXT_AT_MOST)
    return office


def read_postcode(text: str) -> str:
    """A full postcode, or none. Raises BadInput."""
    if text and not _POSTCODE.fullmatch(text.upper()):
        raise BadInput(f'"{text}" is not a full postcode: write it like LS1 2SL')
    return text.upper()


def read_phone(text: str) -> str:
    """A phone number, or none. Raises BadInput."""
    if text and not _PHONE.fullmatch(text):
        raise BadInput(f'"{text}" is not a phone number: write it like 0800 328 5644')
    return text


# Looking for them


def search(work: UnitOfWork, wanted: str, status: OfficeStatus | None = None) -> Sequence[Office]:
    """The offices whose names, town, district, postcode or id hold each of the words; by name, those that are called
    so first. Three queries, however many are found."""
    words = _plain(wanted).split()
    offices = [office for office in work.offices.find_all() if status is None or office.status is status]
    found = [office for office in offices if all(word in _told(office) for word in words)]
    whole = " ".join(words)
    return sorted(found, key=lambda office: (not any(n.startswith(whole) for n in _names(office)), office.name))


def _told(office: Office) -> str:
    postcode = _plain(office.postcode)
    parts = (*_names(office), _plain(office.town), _plain(office.district), postcode, postcode.replace(" ", ""))
    return " ".join((*parts, office.id))
