"""Our own lines: the numbers and addresses of the directory, which are nobody's personal data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Ours:
    numbers: frozenset[str]
    """Digits alone, in every form that people write them in."""
    emails: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=8)
    def of(contacts: frozenset[str]) -> Ours:
        """From phone numbers (in any spacing) and email addresses."""
        emails = frozenset(contact.strip().lower() for contact in contacts if "@" in contact)
        written = (re.sub(r"\D", "", contact) for contact in contacts if "@" not in contact)
        # What has no digits is no number; kept, it would be the beginning of every number, and let all of them stay.
        numbers = frozenset(form for number in written if len(number) >= 3 for form in _forms_of(number))
        return Ours(numbers, emails)


def _forms_of(number: str) -> tuple[str, ...]:
    """The ways to write a number of ours: with or without Relay UK's 18001 and the country's 44."""
    if len(number) < 9:
        return (number,)
    number = re.sub(r"^(18001)?(00)?(44)?0?(?=\d{9})", "0", number)
    return (number, "44" + number[1:], "0044" + number[1:], "440" + number[1:])
