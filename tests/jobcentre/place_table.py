"""The table of place phrasings, and how an answer of the gazetteer is held against it.

`expected` lists the mentions in text order, joined by ";":
`barnsley` that office alone; `@Leeds` the town; `a/b` either of these, to be asked (`bangor/`: a namesake without one);
`~Deal>ramsgate` a place without an office, and its nearest one; `#LS1 4>leeds-park-place` a postcode; `=Kent` a nation
or area; `ours`; `ni` Northern Ireland; `??` an unknown postcode; `?Xtown` an unknown place; `!leeds` one that is not
meant. Empty: no place is named.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.jobcentre.gazetteer import Gazetteer, PlaceKind, PlaceMention

TABLE = Path(__file__).parent / "place_phrasings.csv"
AGAIN = Path(__file__).parent / "place_phrasings_again.csv"
"""A second table, written and judged by the register before it was first run: held to a floor, not row by row."""
PLAIN = {"ours": PlaceKind.OURS, "ni": PlaceKind.NORTHERN_IRELAND, "??": PlaceKind.UNKNOWN_POSTCODE}


@dataclass(frozen=True)
class Phrasing:
    group: str
    text: str
    expected: tuple[str, ...]
    ours: tuple[str, ...]
    expecting: bool
    fresh: bool
    """Written after the rules were finished, and not tuned on."""


@cache
def load_phrasings(table: Path = TABLE) -> tuple[Phrasing, ...]:
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(
            Phrasing(
                row["group"],
                row["text"],
                tuple(filter(None, row["expected"].split(";"))),
                tuple(filter(None, row["ours"].split(";"))),
                row["expecting"] == "y",
                row["fresh"] == "y",
            )
            for row in csv.DictReader(file)
        )


def is_as_expected(mention: PlaceMention, expected: str) -> bool:
    if mention.negated is not expected.startswith("!"):
        return False
    expected = expected.removeprefix("!")
    if expected in PLAIN:
        return mention.kind is PLAIN[expected]
    if "/" in expected:
        return mention.ambiguous and set(filter(None, expected.split("/"))) <= set(mention.offices)
    name, _, nearest = expected[1:].partition(">")
    if expected[0] == "?":
        return (mention.kind, mention.name, mention.offices) == (PlaceKind.UNKNOWN, name, ())
    if expected[0] == "@":
        return mention.kind is PlaceKind.TOWN and mention.name == name and not mention.ambiguous
    if expected[0] in "~#":
        kind = PlaceKind.PLACE if expected[0] == "~" else PlaceKind.POSTCODE
        return mention.kind is kind and mention.name == name and mention.nearest[0].office_id == nearest
    if expected[0] == "=":
        return mention.kind in (PlaceKind.NATION, PlaceKind.DISTRICT) and mention.name == name
    return mention.offices == (expected,) and not mention.ambiguous


@dataclass
class Outcome:
    """What became of one phrasing: all places found, something wrong found, or something found where nothing is."""

    phrasing: Phrasing
    found: list[PlaceMention]

    @property
    def is_hit(self) -> bool:
        return len(self.found) == len(self.phrasing.expected) and all(
            map(is_as_expected, self.found, self.phrasing.expected)
        )

    @property
    def is_wrong(self) -> bool:
        """Names a place that is not meant: worse than a miss, where the assistant asks."""
        return any(not any(is_as_expected(m, e) for e in self.phrasing.expected) for m in self.found)

    @property
    def shown(self) -> str:
        found = [
            (m.text, m.kind.value, m.name, m.offices[:3], m.ambiguous, [n.office_id for n in m.nearest])
            for m in self.found
        ]
        return f"{self.phrasing.text!r} ({self.phrasing.group}): expected {self.phrasing.expected}, found {found}"


def run(gazetteer: Gazetteer, phrasings: tuple[Phrasing, ...]) -> list[Outcome]:
    return [Outcome(p, gazetteer.find(p.text, ours=p.ours, expecting=p.expecting)) for p in phrasings]
