"""What staff write for the public, checked before anybody is told it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.jobcentre.contact import Contact, sayable_numbers
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Office
from bot.jobcentre.personal_data import PersonalData, redact
from bot.jobcentre.text import clean

NOTE_AT_MOST = 1_000
"""Characters of a note, or of a reason, that only staff read."""
_LINK = re.compile(
    r"https?:\S*|\bwww\.\S+|(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]{2,24}/\S*|(?:com|net|org|biz|uk|io|ly|xyz)\b)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?:/*)?(?:[^/\\\s]*@)?([^/\\:?#\s]+)", re.IGNORECASE)
_GOVERNMENT = re.compile(r"(?:.+\.)?(?:gov\.uk|gov\.wales|gov\.scot|llyw\.cymru)\.?", re.IGNORECASE)
_HARMLESS_IN_NOTES = {PersonalData.POSTCODE, PersonalData.PHONE_NUMBER, PersonalData.EMAIL_ADDRESS}
"""Staff leave each other numbers to ring. Of the people who write to us there is nothing in a note."""
_MARKUP = re.compile(r"<[a-z/!]|\]\(|\*\*|__|`|&[a-z]+;|&#\d+;", re.IGNORECASE)


def tidy(text: str) -> str:
    """On one line, without what cannot be seen."""
    return " ".join(clean(text, len(text)).split())


def check_plain(text: str, name: str, at_most: int) -> None:
    """Raises BadInput for what is too long or holds markup; `name` is what the error calls it."""
    if len(text) > at_most:
        raise BadInput(f"{name} has {len(text)} characters: {at_most} is the most")
    if _MARKUP.search(text):
        raise BadInput(f"{name} holds markup: write plain words")


def check_public(text: str, name: str, at_most: int, contacts: Iterable[Contact], offices: Iterable[Office]) -> None:
    """Raises BadInput as `check_plain`, for links to anywhere but the government and the contacts, and for what looks
    like personal data. Numbers and addresses of the contacts, and the offices' own, are none."""
    contacts = list(contacts)
    check_plain(text, name, at_most)
    _check_links(text, name, contacts)
    ours = {*sayable_numbers(contacts), *(office.phone for office in offices if office.phone)}
    # A postcode may stay: it says where to go instead. A person's address would need a name beside it.
    kinds = [kind for kind in redact(text, ours=ours).kinds if kind is not PersonalData.POSTCODE]
    if kinds:
        named = ", ".join(kind.value.replace("_", " ") for kind in kinds)
        raise BadInput(
            f"{name} holds what looks like personal data ({named}): leave it out. "
            "Phone numbers and addresses may be said if they are in the contacts or are the office's own"
        )


def check_note(text: str, name: str) -> None:
    """Raises BadInput for a note of staff that is too long or holds what looks like somebody's personal data. Markup in
    it is shown as it was written."""
    if len(text) > NOTE_AT_MOST:
        raise BadInput(f"{name} has {len(text)} characters: {NOTE_AT_MOST} is the most")
    kinds = [kind for kind in redact(text).kinds if kind not in _HARMLESS_IN_NOTES]
    if kinds:
        named = ", ".join(kind.value.replace("_", " ") for kind in kinds)
        raise BadInput(f"{name} holds what looks like personal data ({named}): leave it out")


def _check_links(text: str, name: str, contacts: Iterable[Contact]) -> None:
    ours = {_host(link) for contact in contacts if contact.say != "never" for link in _LINK.findall(contact.value)}
    said = ((link, _host(link)) for link in _LINK.findall(text))
    foreign = [link for link, host in said if host not in ours and not _GOVERNMENT.fullmatch(host)]
    if foreign:
        raise BadInput(f"{name} holds a link that is not of the government or the contacts ({foreign[0][:40]})")


def _host(link: str) -> str:
    found = _HOST.match(link)
    return found[1].rstrip(".,;!)").casefold() if found else ""
