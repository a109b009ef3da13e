"""A message with one word in the place of every place, day, habit and other establishment that it names.

The classifier learns how people ask, and not where or when; and what "is the … open" asks, not of which shop.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PLACE = "xplacex"
DAY = "xdayx"
HABIT = "xhabitx"
""" "On saturdays", "at weekends": asks for hours, where "this saturday" asks whether it is open."""
SHOP = "xshopx"
"""A shop, a pub, a gym, a film: nothing of ours."""
BODY = "xbodyx"
"""A library, a town hall, a surgery: not ours, but we say whose."""

Span = tuple[int, int, str]
"""Start, end, and the mask that stands for what is there."""

_DATA = Path(__file__).parent / "data" / "elsewhere.json"


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by its mask. Spans may be in any order; of two that overlap the first stays."""
    out, upto = [], 0
    for start, end, mask in sorted(spans):
        if start < upto:
            continue
        out += [text[upto:start], f" {mask} "]
        upto = end
    return re.sub(r"\s+", " ", "".join([*out, text[upto:]])).strip()


def find_elsewhere(text: str) -> list[Span]:
    """Where the text names an establishment that is not ours, but not as a landmark ("opposite tesco") or for its
    vacancies."""
    names, landmark = _patterns()
    return [
        (*match.span(), mask)
        for mask, pattern in names.items()
        for match in pattern.finditer(text)
        if not landmark.search(text, 0, match.start())
    ]


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    article, before, work = ("|".join(data[key]) for key in ("articles", "landmark", "after_work"))
    lead, end = rf"(?<![\w'’-])(?:(?:{article})\s+)?", rf"(?:['’]?s)?(?![\w-]|\s+(?:{work}))"
    names = {}
    for mask, groups in data["names"].items():
        any_name = _any_of(name for group in groups.values() for name in group)
        names[mask] = re.compile(f"{lead}(?:{any_name}){end}", re.IGNORECASE)
    return names, re.compile(rf"(?<!\w)(?:{before})\s+$", re.IGNORECASE)


def _any_of(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first, with or without a space or hyphen inside."""
    return "|".join(re.escape(name).replace(r"\ ", r"[\s-]?") for name in sorted(names, key=len, reverse=True))
