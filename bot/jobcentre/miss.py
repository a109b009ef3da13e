"""Messages that the assistant did not understand: how it is known, and what it took them for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import cache

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.kinds import Kind
from bot.jobcentre.patterns import sections, stems


class Why(str, Enum):
    """How it is known."""

    REPHRASE = "rephrase"
    """The assistant asked the person to say it in other words."""
    OFFERED = "offered"
    """It did not understand again, and offered a person."""
    SAID = "said"
    """The person said that the answer was not to what they had asked."""


@dataclass(frozen=True)
class Guess:
    """What the classifier took a message for."""

    intent: str
    confidence: float
    """0 to 1."""


_PIECE = "piece "
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_FEW_WORDS = 9
"""Of so few, "that is not what I asked" is all that they say."""


def why_missed(answers: Collection[Answer]) -> Why | None:
    """Whether the answers tell that the message was not understood; None where it was. A failure is none: it has
    nothing to do with the words."""
    unclear = [given for given in answers if given.asks and _is_unclear(given) and not given.handoff]
    if not unclear:
        return None
    return Why.REPHRASE if any(given.asks is Asks.REPHRASE for given in unclear) else Why.OFFERED


def _is_unclear(given: Answer) -> bool:
    return given.kind is Kind.UNCLEAR or given.asks is Asks.REPHRASE


def says_missed(text: str) -> bool:
    """Whether the person says that the last answer was not to what they had asked, in English or Welsh
    (`data/not_asked.txt`)."""
    return _says().search(" ".join(text.translate(_STRAIGHT).split())) is not None


def says_only_that(text: str) -> bool:
    """Whether that is all that they say, and asks nothing itself."""
    return says_missed(text) and len(text.split()) <= _FEW_WORDS


@cache
def _says() -> re.Pattern[str]:
    held = dict(sections("not_asked.txt"))
    pieces = {head.removeprefix(_PIECE): ways for head, ways in held.items() if head.startswith(_PIECE)}
    return stems(held["said"], pieces)
