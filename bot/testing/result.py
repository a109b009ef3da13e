"""What came of conversations, as data: every report is made from it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.testing.script import Conversation, Expected, Turn, Wanted

FORMAT, VERSION = "jobcentre-conversations", 1
Facts = Mapping[str, tuple[str, ...]]
"""Name of a fact to its words; `("nothing",)` where there is none."""


class Status(str, Enum):
    """How a conversation went."""

    PASSED = "passed"
    FAILED = "failed"
    KNOWN_FAILURE = "known_failure"
    """It failed, and its file says `not_yet`."""
    MENDED = "mended"
    """It passed although its file says `not_yet`: that line has to go."""
    ERROR = "error"
    """It could not be played: a command of staff failed."""

    @property
    def is_fine(self) -> bool:
        return self in (Status.PASSED, Status.KNOWN_FAILURE)


@dataclass(frozen=True)
class Fault:
    """One thing that is not as expected."""

    what: str
    """The name in the file: `kind`, `says` …; `reply` for what no reply may have."""
    expected: str
    found: str
    text: str
    """In a sentence: "kind should be office_open, was office_hours"."""


@dataclass(frozen=True)
class PlayedTurn:
    """What was said and done in a turn, what should have come of it, and what came."""

    line: int
    at: str
    """The clock, ISO 8601."""
    account: str
    sender: str
    staff: tuple[str, ...]
    person: tuple[str, ...]
    expected: Expected
    found: Facts
    reply: str | None
    responses: tuple[str, ...]
    effects: tuple[str, ...]
    """Effects of closures on the offices of the reply."""
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, turn: Turn, found: Facts, reply: str | None, **rest: tuple[Any, ...]) -> PlayedTurn:
        staff = tuple(" ".join(step.command) for step in turn.staff)
        at = turn.clock.isoformat()
        values = {"responses": (), "effects": (), "faults": (), **rest}
        return cls(turn.line, at, turn.account, turn.sender, staff, turn.person, turn.expected, found, reply, **values)

    def to_dict(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "at": self.at,
            "account": self.account,
            "sender": self.sender,
            "staff": list(self.staff),
            "person": list(self.person),
            "expected": _expected_dict(self.expected),
            "found": {name: list(words) for name, words in self.found.items()},
            "reply": self.reply,
            "responses": list(self.responses),
            "effects": list(self.effects),
            "faults": [vars(fault) for fault in self.faults],
        }


@dataclass(frozen=True)
class Played:
    """One conversation as it went."""

    file: str
    name: str
    line: int
    status: Status
    turns: tuple[PlayedTurn, ...]
    rules: tuple[str, ...] = ()
    not_yet: str = ""
    staff: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0
    """How long it took. It differs from run to run, so it is not in the JSON."""

    @classmethod
    def of(
        cls, conversation: Conversation, turns: Sequence[PlayedTurn], *, error: str = "", seconds: float = 0.0
    ) -> Played:
        staff = tuple(" ".join(step.command) for step in conversation.staff)
        return cls(
            conversation.file,
            conversation.name,
            conversation.line,
            _status(conversation, turns, error),
            tuple(turns),
            conversation.rules,
            conversation.not_yet,
            staff,
            error,
            seconds,
        )

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"

    @property
    def faults(self) -> list[Fault]:
        return [fault for turn in self.turns for fault in turn.faults]

    def to_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "name": self.name,
            "line": self.line,
            "status": self.status.value,
            "rules": list(self.rules),
            "not_yet": self.not_yet,
            "staff": list(self.staff),
            "error": self.error,
            "turns": [turn.to_dict() for turn in self.turns],
        }


def _status(conversation: Conversation, turns: Sequence[PlayedTurn], error: str) -> Status:
    if error:
        return Status.ERROR
    if any(turn.faults for turn in turns):
        return Status.KNOWN_FAILURE if conversation.not_yet else Status.FAILED
    return Status.MENDED if conversation.not_yet else Status.PASSED


def _expected_dict(expected: Expected) -> dict[str, Any]:
    """Only what is expected at all, as it is told to people."""
    told: dict[str, Any] = {name: str(wanted) for name, wanted in expected.facts.items()}
    told |= {"says": [" or ".join(words) for words in expected.says]} if expected.says else {}
    told |= {"never_says": list(expected.never_says)} if expected.never_says else {}
    told |= {"begins": " or ".join(expected.begins)} if expected.begins else {}
    told |= {"words_at_most": expected.words_at_most} if expected.words_at_most else {}
    told |= {"silent": True} if expected.is_silent else {}
    return told


def expected_kind(wanted: Wanted | None, found: str) -> str | None:
    """The kind that a turn wanted: what was found, where that is one of several; None where it names none."""
    if wanted is None or not wanted.any_of:
        return None
    kinds = [whole[0] for whole in wanted.any_of]
    return found if found in kinds else kinds[0]
