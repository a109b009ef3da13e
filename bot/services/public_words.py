"""What staff write for the public, checked before anybody is told it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.jobcentre.contact import Contact, sayable_numbers
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Office
from bot.jobcentre.personal_data import PersonalData, redact
from bot.jobcentre.text import clean

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
    """Raises BadInput as `check_plain`, and for what looks like personal data. Numbers and addresses of the contacts,
    and the offices' own, are none."""
    check_plain(text, name, at_most)
    ours = {*sayable_numbers(contacts), *(office.phone for office in offices if office.phone)}
    # A postcode may stay: it says where to go instead. A person's address would need a name beside it.
    kinds = [kind for kind in redact(text, ours=ours).kinds if kind is not PersonalData.POSTCODE]
    if kinds:
        named = ", ".join(kind.value.replace("_", " ") for kind in kinds)
        raise BadInput(
            f"{name} holds what looks like personal data ({named}): leave it out. "
            "Phone numbers and addresses may be said if they are in the contacts or are the office's own"
        )
