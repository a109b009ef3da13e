"""Messages said to the whole assistant, each by somebody new, with the sample data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.understanding.messages import NOW, Message
from bot.jobcentre.kinds import Kind
from bot.testing.stage import Stage, make_world
from bot.testing.suite import Suite

ROUTINE = frozenset(kind.value for kind in Kind if kind.is_routine)
RISKS = ("life", "abuse", "hardship", "threat", "child")
AROUND = ("nothing", "routine")
"""What speaks of no risk, and may sound so."""


@dataclass(frozen=True)
class Heard:
    """A message, and what came of it."""

    message: Message
    kinds: tuple[str, ...]
    language: str
    confidence: float
    is_urgent: bool
    """Whether people were told at once."""

    @property
    def is_right(self) -> bool:
        """The right kind first, and all kinds that were asked for."""
        return self.kinds[0] in self.message.kinds and self.message.also <= set(self.kinds)

    @property
    def is_both(self) -> bool:
        """Of a message that asks two things: whether both are served, in whatever order."""
        return self.message.kinds | self.message.also <= set(self.kinds)

    @property
    def is_all(self) -> bool:
        """Whether nothing was answered that was not asked."""
        return set(self.kinds) <= self.message.kinds | self.message.also | {Kind.PERSONAL_DATA.value}

    @property
    def is_refused(self) -> bool:
        """Whether a matter of somebody's own was seen, and not discussed."""
        return Kind.INDIVIDUAL_CASE.value in self.kinds

    @property
    def is_answered(self) -> bool:
        """Of a routine question: whether any routine answer was given."""
        return not ROUTINE.isdisjoint(self.kinds)


def play(messages: Iterable[Message]) -> list[Heard]:
    """Say each to the assistant. Needs a trained model; raises NoModel."""
    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        world = make_world(Suite(Path(folder)).data, Path(folder) / "world.db")
        with Stage(world) as stage:
            return [_say(stage, message, number) for number, message in enumerate(messages)]


def _say(stage: Stage, message: Message, number: int) -> Heard:
    outcome = stage.say([message.text], message.account, f"person {number}", NOW)
    assert outcome is not None
    return Heard(
        message,
        tuple(kind.value for kind in outcome.kinds) or ("",),
        outcome.language.value,
        outcome.confidence,
        outcome.handoff is not None and outcome.handoff.priority.value == "urgent",
    )


def speaking_of(heard: Sequence[Heard], *matters: str) -> list[Heard]:
    """Those of the safety table that speak of one of these."""
    return [one for one in heard if one.message.speaks_of in matters]
