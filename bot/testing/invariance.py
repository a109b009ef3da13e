"""Whether another way of saying the same changes the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.testing.result import Played, PlayedTurn, Status
from bot.testing.script import Conversation
from bot.testing.variations import VARIATIONS, Variant, World, vary

COMPARED = ("kind", "opening", "offices", "asks", "handoff", "language", "redacted")
"""Facts that no variation may change. The further kinds may: who says thanks as well is thanked."""


@dataclass(frozen=True)
class AnswerChange:
    """The first turn of a variant that is answered otherwise. What follows it is not looked at."""

    variation: str
    file: str
    name: str
    line: int
    person: tuple[str, ...]
    """As varied."""
    facts: tuple[tuple[str, str, str], ...]
    """Name, the fact as it was, and as it is in the variant."""

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "person": list(self.person), "facts": [list(fact) for fact in self.facts]}


@dataclass(frozen=True)
class Share:
    """How many answers one variation left as they were."""

    variation: str
    turns: int
    unchanged: int

    @property
    def percent(self) -> float:
        return 100 * self.unchanged / self.turns if self.turns else 100.0


@dataclass(frozen=True)
class Invariance:
    """What all variations came to."""

    shares: tuple[Share, ...]
    changes: tuple[AnswerChange, ...]

    def find_problems(self, at_least: Mapping[str, int]) -> list[str]:
        """Variations that changed more answers than the suite allows."""
        return [
            f"“{share.variation}” left {share.percent:.1f} % of the answers as they were: "
            f"{at_least.get(share.variation, 100)} % are asked for"
            for share in self.shares
            if share.percent < at_least.get(share.variation, 100)
        ]

    def to_dict(self) -> dict[str, Any]:
        return {
            "variations": {s.variation: {"turns": s.turns, "unchanged": s.unchanged} for s in self.shares},
            "changes": [change.to_dict() for change in self.changes],
        }


def find_variants(conversations: Iterable[Conversation], world: World, *, every: bool) -> list[Variant]:
    """The variants to play: those that conversations ask for themselves, or every one that there is."""
    found = []
    for conversation in conversations:
        for name in VARIATIONS if every else conversation.variations:
            if variant := vary(conversation, name, world):
                found.append(variant)
    return found


def compare_variants(originals: Sequence[Played], variants: Sequence[Variant], played: Sequence[Played]) -> Invariance:
    """`played` are the variants in their order. One that could not be played is left out."""
    by_id = {original.id: original for original in originals}
    counts = {name: [0, 0] for name in VARIATIONS}
    changes: list[AnswerChange] = []
    for variant, result in zip(variants, played, strict=True):
        original = by_id.get(result.id)
        if original is None or Status.ERROR in (result.status, original.status):
            continue
        for change in _compared(variant, original, result):
            counts[variant.name][0] += 1
            counts[variant.name][1] += change is None
            changes += [change] if change else []
    shares = [Share(name, turns, unchanged) for name, (turns, unchanged) in counts.items() if turns]
    return Invariance(tuple(shares), tuple(changes))


def _compared(variant: Variant, original: Played, result: Played) -> Iterator[AnswerChange | None]:
    """For each turn nothing, where it is answered alike, up to the first that is not."""
    for before, after in zip(original.turns, result.turns, strict=True):
        if not before.person:
            continue
        facts = tuple(_facts(variant, before, after))
        if facts:
            yield AnswerChange(variant.name, result.file, result.name, after.line, after.person, facts)
            return
        yield None


def _facts(variant: Variant, before: PlayedTurn, after: PlayedTurn) -> Iterator[tuple[str, str, str]]:
    for name in COMPARED:
        was = sorted(variant.offices.get(word, word) for word in before.found[name])
        if was != sorted(after.found[name]):
            yield name, " + ".join(was), " + ".join(after.found[name])
