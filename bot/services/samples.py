"""The sample data: a small true set to try the assistant with, marked as such."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.jobcentre.closure import Scope
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict
from bot.services import accounts, canned_replies, contacts, places, register
from bot.services.files import read_rows
from bot.store.records import CannedReply
from bot.store.unit_of_work import UnitOfWork

BY = "sample data"


def is_empty(work: UnitOfWork) -> bool:
    """Whether there are no offices yet."""
    return not work.offices.find_all()


def is_marked(work: UnitOfWork) -> bool:
    """Whether what is held is the sample."""
    return bool(work.settings.get(register.SAMPLE, False))


def load(work: UnitOfWork, folder: Path, *, at: datetime) -> int:
    """Put the sample into a database without offices; returns how many it has. Raises Conflict where there are some,
    BadInput where the folder is not whole."""
    if not is_empty(work):
        raise Conflict("there are offices already: the sample goes into an empty database alone")
    for name, importer in (
        ("offices.csv", register.import_register),
        ("aliases.csv", register.import_aliases),
        ("places.csv", places.import_places),
        ("postcodes.csv", places.import_postcodes),
        ("contacts.csv", contacts.import_contacts),
    ):
        report = importer(work, _read(folder / name), name, by=BY, at=at)
        if report.refused:
            raise BadInput(f"{name}: {report.refused[0]}")
    for row in read_rows(_read(folder / "accounts.csv"), "accounts.csv", ("handle", "name", "language", "offices")):
        served = Scope(offices=frozenset(part.strip() for part in row.needed("offices").split(";")))
        language = Language(row.needed("language"))
        accounts.add(work, row.needed("handle"), row.needed("name"), served, language, by=BY, at=at)
    for row in read_rows(_read(folder / "canned_replies.csv"), "canned_replies.csv", ("title", "text", "text_cy")):
        reply = CannedReply(row.needed("title"), row.needed("text"), row.needed("text_cy"))
        canned_replies.put(work, reply, by=BY, at=at)
    work.settings.put(register.SAMPLE, True)
    return len(work.offices.find_all())


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"the sample cannot be read: {file} {error.strerror}") from error
