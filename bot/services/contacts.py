"""The contacts directory, as staff import it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.contact import Contact
from bot.jobcentre.errors import BadInput
from bot.services.files import ImportReport, Outcome, Row, RowReport, checked, nation_in, read_rows, without_repeats
from bot.store.unit_of_work import UnitOfWork

REQUIRED = ("id", "topic_id", "topic", "nation", "channel", "value", "say", "hours", "hours_say", "language")
_TEXTS = (*REQUIRED, "audience", "source_url", "source_date", "certainty")
_SAY = ("say", "link", "never")
_HOURS_SAY = ("say", "never", "none")


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
    contacts = [replace(contact, last_checked=today, updated_by=by) for _, contact in good]
    reports = [RowReport(row.line, contact.id, _outcome(contact, held.get(contact.id))) for row, contact in good]
    named = {contact.id for contact in contacts} | {report.subject for report in refused}
    gone = [RowReport(0, contact_id, Outcome.RETIRED, "not in the file") for contact_id in held.keys() - named]
    report = ImportReport.of(reports, refused, repeated, gone)
    if not report.may_apply(skip_bad=skip_bad, dry_run=dry_run):
        return report
    work.contacts.replace_all(contacts)
    _audit(work, report, {contact.id: contact for contact in contacts}, held, by, at)
    return replace(report, is_applied=True)


def _read(row: Row) -> Contact:
    texts: dict[str, Any] = {column: row.text(column) for column in _TEXTS}
    contact = Contact(**texts)
    for column in ("id", "topic_id", "channel", "value"):
        row.needed(column)
    for nation in contact.nations:
        nation_in(nation)
    if contact.say not in _SAY:
        raise BadInput(f'"{contact.say}" in say: write {", ".join(_SAY)}')
    if contact.hours_say not in _HOURS_SAY:
        raise BadInput(f'"{contact.hours_say}" in hours_say: write {", ".join(_HOURS_SAY)}')
    if contact.hours_say == "say" and not contact.hours:
        raise BadInput("hours are to be said and there are none")
    return contact


def _outcome(contact: Contact, held: Contact | None) -> Outcome:
    if held is None:
        return Outcome.ADDED
    return Outcome.UNCHANGED if _texts(contact) == _texts(held) else Outcome.CHANGED


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
            event = {"action": action, "subject_type": "contact", "subject_id": row.subject}
            work.audit.add(by=by, at=at, before=before, after=after, **event)


def _json(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {**asdict(contact), "last_checked": contact.last_checked.isoformat() if contact.last_checked else None}
