"""Whether a question asks after a person by name: who is in, who works here, who signs on. Nobody is told."""

from __future__ import annotations

import re

from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.glossary import is_ordinary
from bot.jobcentre.masks import DAY, PLACE, masked
from bot.jobcentre.question import Clause, Utterance

_ASKED_AFTER = re.compile(
    r"\b(?:is|was|will|does|did|has|yd[iy]|fydd|oedd)\s+(?:[\w’']+\s+){0,3}?(?P<name>[^\W\d_]{3,})"
    r"(?:\s+(?!open|shut|clos)[\w’']+){0,7}?\s+"
    rf"(?:in\s+(?:on\s+)?{DAY}|in\W*$|works?|working|on (?:shift|duty)|sign(?:s|ing)?(?: on)?"
    r"|on (?:the )?(?:benefits?|dole|universal credit|uc|pip|esa|jsa|dla|pension credit|carer['’]?s allowance)"
    r"|i mewn|gweithio|seinio|arwyddo)\b",
    re.IGNORECASE,
)
_MASKS = frozenset({PLACE, DAY})


def asks_after_somebody(clause: Clause, utterance: Utterance) -> bool:
    """Whether a name, which is no place and no ordinary word, is in, at work or signing on: "is Moira on shift"."""
    known = (place for place in utterance.places_in(clause) if place.kind is not PlaceKind.UNKNOWN)
    named = [(place.start, place.end, PLACE) for place in known]  # a place that nobody knows may be a person
    dated = [(day.start, day.end, DAY) for day in utterance.days_in(clause)]
    spans = [(start - clause.start, end - clause.start, mask) for start, end, mask in (*named, *dated)]
    found = _ASKED_AFTER.search(masked(clause.text, spans))
    return found is not None and _is_name(found["name"])


def _is_name(word: str) -> bool:
    """Not in capitals alone: "is LCWRA on UC" asks after nobody."""
    return word.lower() not in _MASKS and not is_ordinary(word.lower()) and not word.isupper()
