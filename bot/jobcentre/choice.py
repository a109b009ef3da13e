"""Which of several offices or topics is picked, however the person says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDINALS = (
    r"1|1st|first|one|cyntaf|un",
    r"2|2nd|second|two|ail|dau",
    r"3|3rd|third|three|trydydd|tri",
    r"4|4th|fourth|four|pedwerydd|pedwar",
    r"5|5th|fifth|five|pumed|pump",
)
CHOICE = re.compile(
    r"\W*(?:(?:i (?:mean|meant|want)|it'?s|its|option|number|no\.?|num|the|y|yr|rhif|opsiwn|please|erm?|um+|ok)\W+)*"
    r"(?:"
    + "|".join(f"(?P<n{i}>{words})" for i, words in enumerate(_ORDINALS, start=1))
    + r"|(?P<last>last|bottom|olaf)"
    r"|(?P<top>top)|(?P<other>other|llall))"
    r"(?:\W+(?:one|office|1|please|pls|plz|thanks|ta|thx|un|diolch|os gwelwch yn dda|swyddfa))*\W*",
    re.IGNORECASE,
)


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The one of the choices that a "2", "the second one" or "the other one" means."""
    found = CHOICE.fullmatch(text.strip())
    if not found or not choices:
        return None
    if found["last"] or (found["other"] and len(choices) == 2):
        return choices[-1]
    if found["top"]:
        return choices[0]
    for number in range(1, len(_ORDINALS) + 1):
        if found[f"n{number}"]:
            return choices[number - 1] if number <= len(choices) else None
    return None


def named_among(text: str, choices: Sequence[str]) -> str | None:
    """The one of the offices offered that a word of its name tells from the others: "westfield one please".

    An id is made from the name, so its words are the name's.
    """
    said = set(re.findall(r"[a-z]{4,}", text.lower()))
    names = [set(choice.split("-")) for choice in choices]
    told = [
        choice
        for choice, name in zip(choices, names, strict=True)
        if said & name - set().union(*(other for other in names if other is not name))
    ]
    return told[0] if len(told) == 1 else None
