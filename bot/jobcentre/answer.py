"""Answers: what the assistant has decided to say, as data. `wording` makes the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind, in_order
from bot.jobcentre.opening import OpeningState


class Asks(str, Enum):
    """What a reply asks the person."""

    OFFICE = "office"
    DAY = "day"
    TOPIC = "topic"
    CONFIRM = "confirm"
    REPHRASE = "rephrase"


@dataclass(frozen=True)
class Answer:
    """One thing to say: a response of `domain.yml` with its blanks filled. JSON all through (`to_dict`)."""

    response: str
    kind: Kind
    blanks: Mapping[str, Any] = field(default_factory=dict)
    """Name to a JSON value. Dates and times are ISO text, formatted by `wording` in the reply's language."""
    offices: tuple[str, ...] = ()
    opening: OpeningState | None = None
    at: datetime | None = None
    """The moment asked about, or the start of the day."""
    topics: tuple[str, ...] = ()
    asks: Asks | None = None
    handoff: HandoffReason | None = None
    also: tuple[Kind, ...] = ()
    """What else it is said for: "which office?" is asked once, for all that was asked of it."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.also)

    def to_dict(self) -> dict[str, Any]:
        return {
            "response": self.response,
            "kind": self.kind.value,
            "blanks": dict(self.blanks),
            "offices": list(self.offices),
            "opening": self.opening.value if self.opening else None,
            "at": self.at.isoformat() if self.at else None,
            "topics": list(self.topics),
            "asks": self.asks.value if self.asks else None,
            "handoff": self.handoff.value if self.handoff else None,
            "also": [kind.value for kind in self.also],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """The inverse of `to_dict`."""
        return cls(
            response=data["response"],
            kind=Kind(data["kind"]),
            blanks=data["blanks"],
            offices=tuple(data["offices"]),
            opening=OpeningState(data["opening"]) if data["opening"] else None,
            at=datetime.fromisoformat(data["at"]) if data["at"] else None,
            topics=tuple(data["topics"]),
            asks=Asks(data["asks"]) if data["asks"] else None,
            handoff=HandoffReason(data["handoff"]) if data["handoff"] else None,
            also=tuple(map(Kind, data.get("also", ()))),  # of older rows there is none
        )


def kinds_of(answers: Iterable[Answer]) -> list[Kind]:
    """All that a reply of these answers serves, the main kind first."""
    return in_order(kind for answer in answers for kind in answer.kinds)
