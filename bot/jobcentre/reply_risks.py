"""What an adviser looks at again before a reply is sent: it may speak of somebody's own benefit, or promise something.

`data/reply_risks.txt` holds the ways to write it. A warning is a question to the adviser, and never changes a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from bot.jobcentre.patterns import sections, stems

_PIECE = "piece "
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_REST_OF_WORD = re.compile(r"\w*")
_BLANK = re.compile(r"\{\w*\}")


class ReplyRisk(str, Enum):
    PERSONAL_DATA = "personal_data"
    BLANK = "blank"
    """A blank of a canned reply is not filled in."""
    INDIVIDUAL_BENEFIT = "individual_benefit"
    PROMISE = "promise"

    @property
    def forbids(self) -> bool:
        """Whether it must be changed: the reply is refused as it stands."""
        return self in (ReplyRisk.PERSONAL_DATA, ReplyRisk.BLANK)


@dataclass(frozen=True)
class Warned:
    """Something to look at again."""

    risk: ReplyRisk
    words: str
    """Where it is; of personal data, which kinds."""


def find_risks(text: str) -> list[Warned]:
    """Blanks, somebody's own benefit, promises: the first place of each. Personal data is found by its own room."""
    plain = " ".join(text.translate(_STRAIGHT).split())
    blank = _BLANK.search(plain)
    found = [Warned(ReplyRisk.BLANK, blank[0])] if blank else []
    for risk, pattern in _patterns().items():
        match = pattern.search(plain)
        if match:
            found.append(Warned(risk, _whole(plain, match)))
    return found


@cache
def _patterns() -> dict[ReplyRisk, re.Pattern[str]]:
    held = dict(sections("reply_risks.txt"))
    pieces = {head.removeprefix(_PIECE): ways for head, ways in held.items() if head.startswith(_PIECE)}
    return {ReplyRisk(head): stems(ways, pieces) for head, ways in held.items() if not head.startswith(_PIECE)}


def _whole(text: str, match: re.Match[str]) -> str:
    """The words of a match, the last one to its end."""
    end = _REST_OF_WORD.match(text, match.end())
    return text[match.start() : end.end() if end else match.end()]
