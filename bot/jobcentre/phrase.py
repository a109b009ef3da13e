"""Training phrases that staff make of messages: what stands in the place of places and days, and what the classifier
sees of them.

The model learns how people ask, and not where or when. So `{place}` and `{day}` stand for every place and day, and
nothing of where somebody lives or when they are due is left in a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.jobcentre.conversation import Language
from bot.jobcentre.dates import DayMention, find_days
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.masks import DAY, HABIT, PLACE, Span, find_elsewhere, masked
from bot.jobcentre.personal_data import without_removed

INTENTS = frozenset({*KIND_OF_INTENT, *FOLLOW_UPS})
"""What a phrase may be labelled as."""
TEXT_AT_MOST = 300
"""Characters of a phrase."""
BLANKS = {"{place}": PLACE, "{day}": DAY}
"""What stands for a place or a day in a phrase, and the classifier's mask for it."""
_BLANK = re.compile("|".join(map(re.escape, BLANKS)))
_STAND_INS: Mapping[Language, Mapping[str, str]] = {
    Language.ENGLISH: {"{place}": "[leeds](office)", "{day}": "[tomorrow](day)"},
    Language.WELSH: {"{place}": "[caerdydd](office)", "{day}": "[yfory](day)"},
}
"""What an export has for the blanks, as the phrases of data/nlu have places and days: masked again in training."""
_SECTOR = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9]\b", re.IGNORECASE)
"""What the door leaves of a postcode, whether or not we know where it is."""
_MASK = re.compile(r"\bx(?:place|day|habit|shop|body)x\b")


class PhraseState(str, Enum):
    PROPOSED = "proposed"
    """Somebody made it, and nobody else has looked at it yet."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Part:
    """A stretch of a phrase as the classifier sees it."""

    text: str
    """Words, or the mask that stands for them."""
    is_mask: bool


def with_blanks(text: str, places: Iterable[PlaceMention], now: datetime) -> str:
    """The words with `{place}` and `{day}` for what they name, and nothing of what stands for personal data. "My
    jobcentre" and "on saturdays" stay: they tell neither where nor when."""
    named = [(place.start, place.end, "{place}") for place in places if place.kind is not PlaceKind.OURS]
    named += [(*found.span(), "{place}") for found in _SECTOR.finditer(text)]
    days = [(*span, "{day}") for day in find_days(text, now) if day.weekly is None for span in _spans(day)]
    return " ".join(without_removed(masked(text, [*named, *days])).split())


def parts_of(text: str, now: datetime) -> list[Part]:
    """What the classifier would learn from a phrase: its words, and the masks for all that is named in it."""
    heard = masked(text, _masks(text, now))
    parts: list[Part] = []
    end = 0
    for found in _MASK.finditer(heard):
        parts += [Part(heard[end : found.start()].strip(), False), Part(found[0], True)]
        end = found.end()
    return [part for part in (*parts, Part(heard[end:].strip(), False)) if part.text]


def place_in(text: str, places: Iterable[PlaceMention]) -> str:
    """The first words that name where; "" for none. "My jobcentre" tells nothing."""
    named = [place.text for place in places if place.kind is not PlaceKind.OURS]
    sector = _SECTOR.search(text)
    return named[0] if named else sector[0] if sector else ""


def pieces_of(text: str) -> list[str]:
    """The words between the blanks."""
    return [piece for piece in _BLANK.split(text) if piece.strip()]


def example_of(text: str, language: Language) -> str:
    """As a line of Rasa's training data: places and days are annotated."""
    return _BLANK.sub(lambda blank: _STAND_INS[language][blank[0]], text)


def _masks(text: str, now: datetime) -> list[Span]:
    blanks = [(*found.span(), BLANKS[found[0]]) for found in _BLANK.finditer(text)]
    days = [(*span, DAY if day.weekly is None else HABIT) for day in find_days(text, now) for span in _spans(day)]
    return [*blanks, *days, *find_elsewhere(text)]


def _spans(day: DayMention) -> tuple[tuple[int, int], ...]:
    return day.spans or ((day.start, day.end),)
