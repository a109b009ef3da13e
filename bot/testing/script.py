"""Conversations as they are written: what is given, what people say, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

NOTHING = "nothing"
"""In a file: there is none of it (`asks: nothing`)."""
SOMEBODY = "a person"
"""Who speaks in a turn that does not say who."""

LIST_FACTS = ("kinds", "offices", "topics", "redacted")
"""What a reply may have several of, in any order."""
FACTS = (
    *("kind", "kinds", "offices", "opening", "day", "at", "asks"),
    *("topics", "language", "handoff", "state", "redacted"),
)
"""In the order in which they are told."""


@dataclass(frozen=True)
class Step:
    """One command of staff, as typed after `jobcentre`; `{handoff}` in it is the open handoff of who speaks."""

    line: int
    command: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What one fact of a reply must be. A fact is a list of words, of one word where it has one value."""

    any_of: tuple[tuple[str, ...], ...] = ()
    """The whole of it, in any order: one of these. Empty: not looked at."""
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    def allows(self, found: tuple[str, ...]) -> bool:
        is_one = not self.any_of or sorted(found) in [sorted(whole) for whole in self.any_of]
        return is_one and set(self.includes) <= set(found) and not set(self.excludes) & set(found)

    def __str__(self) -> str:
        parts = [" or ".join(" + ".join(whole) for whole in self.any_of)] if self.any_of else []
        parts += [f"with {' + '.join(self.includes)}"] if self.includes else []
        parts += [f"not {' or '.join(self.excludes)}"] if self.excludes else []
        return ", ".join(parts)


@dataclass(frozen=True)
class Expected:
    """What a turn must come to. What is left out is not looked at."""

    facts: Mapping[str, Wanted] = field(default_factory=dict)
    says: tuple[tuple[str, ...], ...] = ()
    """Each must stand in the reply, or one of its alternatives."""
    never_says: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    """The reply's first words: one of these."""
    words_at_most: int | None = None
    is_silent: bool = False
    """Whether the person gets no reply at all."""


@dataclass(frozen=True)
class Turn:
    """What staff do, and then what one person says: several messages are a burst that gets one reply."""

    line: int
    clock: datetime
    account: str
    sender: str = SOMEBODY
    staff: tuple[Step, ...] = ()
    person: tuple[str, ...] = ()
    """Empty where only staff act."""
    expected: Expected = Expected()


@dataclass(frozen=True)
class Conversation:
    """One test. `id` stays the same from run to run, so that runs can be compared."""

    file: str
    """As told from the folder of the suite: `more/snow.yml`."""
    name: str
    line: int
    begins_at: datetime
    turns: tuple[Turn, ...]
    staff: tuple[Step, ...] = ()
    """What staff have done before it begins."""
    rules: tuple[str, ...] = ()
    """The rules of the suite that it proves."""
    not_yet: str = ""
    """What the assistant still gets wrong in it: a known failure."""
    is_exact: bool = False
    """Whether its words are the point, so that no variation of it means the same."""
    variations: tuple[str, ...] = ()
    """Variations (`variations.py`) that are played with it in every run."""

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"
