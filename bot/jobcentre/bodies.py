"""Other bodies that people take us for: who does what DWP does not, in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.jobcentre.misspelling import mended, vocabulary
from bot.jobcentre.patterns import sections, stems


@dataclass(frozen=True)
class Body:
    """Who deals with a matter."""

    id: str
    name: str
    name_cy: str
    contact: str = ""
    """The directory row with its link, where there is one that may be said."""


def find_body(text: str) -> Body | None:
    """The body that deals with what the text names first; of two at one place the longer name tells more."""
    return _first(text) or _first(mended(text, _vocabulary()))


def _first(text: str) -> Body | None:
    found = [(match.start(), -match.end(), body) for body, pattern in _bodies() if (match := pattern.search(text))]
    return min(found, key=lambda hit: hit[:2])[2] if found else None


@cache
def _bodies() -> list[tuple[Body, re.Pattern[str]]]:
    return [(Body(*head.split(" | ")), stems(ways)) for head, ways in sections("bodies.txt")]


@cache
def _vocabulary() -> frozenset[str]:
    return vocabulary(pattern.pattern for _, pattern in _bodies())
