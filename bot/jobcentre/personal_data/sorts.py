"""The sorts of personal data, as the contract names them, and what stands in their place."""

from __future__ import annotations

import re
from enum import Enum


class PersonalData(str, Enum):
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    NHS_NUMBER = "nhs_number"
    BANK_DETAILS = "bank_details"
    CARD_NUMBER = "card_number"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    DATE_OF_BIRTH = "date_of_birth"
    REFERENCE_NUMBER = "reference_number"
    POSTCODE = "postcode"

    @property
    def removed(self) -> str:
        """What stands in its place: `[National Insurance number removed]`."""
        words = self.value.replace("_", " ")
        words = words.replace("national insurance", "National Insurance").replace("nhs", "NHS")
        return f"[{words} removed]"


_ANY_REMOVED = "|".join(re.escape(sort.removed) for sort in PersonalData)
REMOVED = re.compile(_ANY_REMOVED, re.IGNORECASE)
_NAME_WORDS = (
    r"(?:my|his|her|our|the|is|are|was|it'?s|its|here'?s|this|ni|n\.i\.?|nino|national|nat|insurance|nhs|number|num|no"
    r"|fy|yw|ydy|ydi|rhif|yswiriant|gwladol)\b"
)
_INTRODUCED = re.compile(
    rf"(?:\b{_NAME_WORDS}[ \t:=#.-]*)*(?:{_ANY_REMOVED})(?:[ \t:=#-]*\b{_NAME_WORDS})*", re.IGNORECASE
)


def without_removed(text: str) -> str:
    """The text without what stands for personal data that was removed: those words are ours, not the person's."""
    return REMOVED.sub(" ", text)


def split_removed(text: str) -> list[tuple[str, bool]]:
    """The text in its order, in parts, each with whether it stands for personal data that was removed."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in REMOVED.finditer(text):
        parts += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [part for part in (*parts, (text[end:], False)) if part[0]]


def without_details(text: str) -> str:
    """The text without personal data that was removed, and without the words that give it ("my NI number is …"): they
    ask for nothing."""
    return _INTRODUCED.sub(" ", text)
