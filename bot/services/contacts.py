"""The contacts directory, as staff import it, mend it and check it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

import phonenumbers

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.contact import RELAY_PREFIX, Contact
from bot.jobcentre.errors import BadInput
from bot.services import versions
from bot.services.files import (
    ImportReport,
    Outcome,
    Row,
    RowReport,
    checked,
    nation_in,
    read_rows,
    without_repeats,
    write_rows,
)
from bot.services.offices import slug
from bot.services.public_words import check_plain, tidy
from bot.store.unit_of_work import UnitOfWork

REQUIRED = ("id", "topic_id", "topic", "nation", "channel", "value", "say", "hours", "hours_say", "language")
_TEXTS = (*REQUIRED, "audience", "source_url", "source_date", "certainty")
_NEEDED = {
    "topic_id": "choose what people ask about",
    "topic": "enter what it is for",
    "value": "enter a number, a link or an address",
}
"""Columns without which nobody could be told a contact, and what to do."""
DANGER = "crisis_"
"""How the topics begin of people who may be in danger."""
SAY = ("say", "link", "never")
HOURS_SAY = ("say", "never", "none")
SUBJECT = "contact"
CHECKED = "check"
DUE_AFTER = timedelta(days=90)
TEXT_AT_MOST = 240
_DOUBTS = ("conflict", "unverified", "do-not-use")
_DIALLED = ("phone", "Relay UK")
_DIALLED_NUMBER = re.compile(r"\+?\d[\d ]*\d")
_LINK = re.compile(r"https?://[^\s/]+\.[^\s/]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def import_contacts(
    work: UnitOfWork,
    data: bytes,
    name: str,
    *,
    by: str,
    at: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Hold the contacts of a CSV file and no others, in its order.

    Nothing is kept where a row is refused, unless `skip_bad`. Raises BadInput for a file that cannot be read.
    """
    held = {contact.id: contact for contact in work.contacts.find()}
    today = at.astimezone(LONDON).date()
    good, refused = checked(read_rows(data, name, REQUIRED), _read, lambda row: row.text("id") or "a row without id")
    good, repeated = without_repeats(good, lambda contact: contact.id)
    good, untrue = _without_second_truths(good)
    contacts = [replace(contact, last_checked=today, updated_by=by) for _, contact in good]
    reports = [_compared(row, contact, held.get(contact.id)) for row, contact in good]
    named = {contact.id for contact in contacts} | {report.subject for report in [*refused, *untrue]}
    gone = [RowReport(0, contact_id, Outcome.RETIRED, "not in the file") for contact_id in held.keys() - named]
    report = ImportReport.of(reports, refused, repeated, untrue, gone)
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    work.contacts.replace_all(contacts)
    _audit(work, report, {contact.id: contact for contact in contacts}, held, by, at)
    return replace(report, is_applied=True)


def change(work: UnitOfWork, wanted: Contact, *, by: str, at: datetime, expected: int | None = None) -> list[Contact]:
    """The contact is as `wanted` says, and was checked today. Others that tell hours of the same line tell the new ones
    from now on. Returns it and them. Raises NotFound where there is none of its id; BadInput for what could not be
    told, or would tell another number than another contact does; ChangedMeanwhile."""
    versions.check(work, expected, SUBJECT, wanted.id)
    held = work.contacts.get(wanted.id)
    texts = {name: tidy(text) for name, text in _texts(wanted).items()}
    contact = _checked(Contact(**texts, last_checked=at.astimezone(LONDON).date(), updated_by=by))
    same_line = [other for other in work.contacts.find() if _tells_other_hours(contact, other)]
    clash = find_clash(contact, (other for other in work.contacts.find() if other not in same_line))
    if clash:
        raise BadInput(clash)
    both = [(held, contact), *((other, replace(other, hours=contact.hours, updated_by=by)) for other in same_line)]
    for before, after in both:
        work.contacts.put(after)
        _write(work, "change", after.id, before, after, by, at)
    return [after for _, after in both]


def add(work: UnitOfWork, wanted: Contact, *, by: str, at: datetime) -> Contact:
    """One contact more, checked today; its id is made of what it is for. Raises BadInput as `change`."""
    texts = {name: tidy(text) for name, text in _texts(wanted).items()}
    for name, told in _NEEDED.items():
        if not texts[name]:
            raise BadInput(told)
    others = work.contacts.find()
    taken = {other.id for other in others}
    named = slug(f"{wanted.label} {wanted.channel}")
    numbered = (f"{named}-{number}" for number in count(2))
    free = next(one for one in chain([named], numbered) if one not in taken)
    contact = _checked(Contact(**{**texts, "id": free}, last_checked=at.astimezone(LONDON).date(), updated_by=by))
    clash = find_clash(contact, others)
    if clash:
        raise BadInput(clash)
    work.contacts.put(contact)
    _write(work, "add", contact.id, None, contact, by, at)
    return contact


def remove(work: UnitOfWork, contact_id: str, *, by: str, at: datetime) -> Contact:
    """Nobody is told it any more; the history keeps it. Returns it. Raises NotFound; BadInput for the last one that
    somebody in danger is told."""
    held = work.contacts.get(contact_id)
    others = [other for other in work.contacts.find() if other.id != contact_id and other.say == "say"]
    for topic in held.topics:
        stays = any(topic in other.topics and held.nations <= other.nations for other in others)
        if topic.startswith(DANGER) and held.say == "say" and not stays:
            raise BadInput("people in danger are told it: add what takes its place first")
    work.contacts.remove(contact_id)
    _write(work, "remove", contact_id, held, None, by, at)
    return held


def check(work: UnitOfWork, contact_id: str, *, by: str, at: datetime) -> Contact:
    """Somebody compared it with its source today, and it is right. Raises NotFound."""
    held = work.contacts.get(contact_id)
    contact = replace(held, last_checked=at.astimezone(LONDON).date(), updated_by=by)
    work.contacts.put(contact)
    _write(work, CHECKED, contact_id, held, contact, by, at)
    return contact


def is_due(contact: Contact, at: datetime) -> bool:
    """Whether it should be compared with its source again, or never was."""
    return contact.last_checked is None or contact.last_checked + DUE_AFTER <= at.astimezone(LONDON).date()


def find_clash(contact: Contact, others: Iterable[Contact]) -> str:
    """Why it cannot be told beside the others: of two truths people would be told either. "" where it can."""
    for other in others:
        is_told = other.id != contact.id and contact.say == other.say == "say"
        if is_told and _means(other) == _means(contact) and _number(other) != _number(contact):
            return f"{other.id} says {other.value} for the same people: only one of them can be said"
        if _tells_other_hours(contact, other):
            return f"{other.id} gives other hours of the same line: {other.hours}"
    return ""


def _tells_other_hours(contact: Contact, other: Contact) -> bool:
    """Whether both tell hours of one line, and not the same ones."""
    is_one_line = contact.channel == other.channel and _number(contact) == _number(other)
    are_told = contact.say == other.say == contact.hours_say == other.hours_say == "say"
    return (
        other.id != contact.id
        and contact.channel in _DIALLED
        and is_one_line
        and are_told
        and (contact.hours != other.hours)
    )


def _means(contact: Contact) -> tuple[object, ...]:
    """What it is for: two contacts that are for the same may not say different things."""
    return (contact.label.casefold(), contact.channel, contact.language, contact.nations, contact.audience.casefold())


def _number(contact: Contact) -> str:
    """What is dialled or typed, in any spacing."""
    return re.sub(r"[\s()-]", "", contact.value).casefold()


def _without_second_truths(good: Sequence[tuple[Row, Contact]]) -> tuple[list[tuple[Row, Contact]], list[RowReport]]:
    """Without each contact that an earlier line of the file contradicts."""
    kept: list[tuple[Row, Contact]] = []
    refused: list[RowReport] = []
    for row, contact in good:
        clash = find_clash(contact, (earlier for _, earlier in kept))
        if clash:
            refused.append(RowReport(row.line, contact.id, Outcome.REFUSED, clash))
        else:
            kept.append((row, contact))
    return kept, refused


def _read(row: Row) -> Contact:
    texts: dict[str, Any] = {column: row.text(column) for column in _TEXTS}
    for column in ("id", "topic_id", "channel", "value"):
        row.needed(column)
    return _checked(Contact(**texts))


def _checked(contact: Contact) -> Contact:
    """The contact. Raises BadInput for what could not be told as it stands."""
    for nation in contact.nations:
        nation_in(nation)
    if contact.say not in SAY:
        raise BadInput(f'"{contact.say}" in say: write {", ".join(SAY)}')
    if contact.hours_say not in HOURS_SAY:
        raise BadInput(f'"{contact.hours_say}" in hours_say: write {", ".join(HOURS_SAY)}')
    if contact.hours_say == "say" and not contact.hours:
        raise BadInput("hours are to be said and there are none")
    for name in ("topic", "value", "hours"):
        check_plain(getattr(contact, name), name, TEXT_AT_MOST)
    if contact.say == "say":
        _check_sayable(contact)
    return contact


def _check_sayable(contact: Contact) -> None:
    """What people are told has to be certain, and to work."""
    doubt = contact.certainty.casefold()
    if doubt.startswith(_DOUBTS):
        raise BadInput(f'its certainty is "{contact.certainty[:40]}": what is not certain is never said')
    if contact.channel in _DIALLED and not _is_number(contact.value):
        raise BadInput(f'"{contact.value}" is not a phone number of the United Kingdom: write it like 0800 328 5644')
    if contact.channel == "online" and not _LINK.match(contact.value):
        raise BadInput(f'"{contact.value}" is not a link: write it like https://www.gov.uk/universal-credit')
    if contact.channel == "email" and not _EMAIL.fullmatch(contact.value):
        raise BadInput(f'"{contact.value}" is not an email address')


def _is_number(value: str) -> bool:
    """Whether it begins with a number that can be dialled here; a short one (999, 116 123) too."""
    said = _DIALLED_NUMBER.match(value.removeprefix(f"{RELAY_PREFIX} then "))
    if said is None:
        return False
    number = phonenumbers.parse(said[0], "GB")
    return phonenumbers.is_valid_number_for_region(number, "GB") or phonenumbers.is_valid_short_number_for_region(
        number, "GB"
    )


def _compared(row: Row, contact: Contact, held: Contact | None) -> RowReport:
    if held is None:
        return RowReport(row.line, contact.id, Outcome.ADDED, contact.value)
    changes = tuple(versions.differences(_texts(held), _texts(contact)))
    detail = ", ".join(name for name, _, _ in changes)
    return RowReport(row.line, contact.id, Outcome.CHANGED if changes else Outcome.UNCHANGED, detail, changes)


def export(work: UnitOfWork) -> bytes:
    """All of them as a CSV file that can be imported again."""
    rows = [[*_texts(contact).values(), contact.last_checked] for contact in work.contacts.find()]
    return write_rows([*_TEXTS, "last_checked"], rows)


def _texts(contact: Contact) -> dict[str, str]:
    return {column: getattr(contact, column) for column in _TEXTS}


def _audit(
    work: UnitOfWork,
    report: ImportReport,
    contacts: dict[str, Contact],
    held: dict[str, Contact],
    by: str,
    at: datetime,
) -> None:
    for row in report.rows:
        if row.outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.RETIRED):
            before, after = _json(held.get(row.subject)), _json(contacts.get(row.subject))
            action = {Outcome.ADDED: "add", Outcome.CHANGED: "change", Outcome.RETIRED: "remove"}[row.outcome]
            work.audit.add(
                by=by, action=action, subject_type=SUBJECT, subject_id=row.subject, at=at, before=before, after=after
            )


def _write(
    work: UnitOfWork,
    action: str,
    contact_id: str,
    before: Contact | None,
    after: Contact | None,
    by: str,
    at: datetime,
) -> None:
    both = {"before": _json(before), "after": _json(after)}
    work.audit.add(by=by, action=action, subject_type=SUBJECT, subject_id=contact_id, at=at, **both)


def _json(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {**asdict(contact), "last_checked": contact.last_checked.isoformat() if contact.last_checked else None}
