"""The door: the only way in. What a stranger sent is cleaned and redacted before anything keeps, logs or reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.jobcentre.crisis import find_risks
from bot.jobcentre.personal_data import Redacted, redact_across
from bot.jobcentre.text import LIMIT, clean

_OVERLAP = 100
"""Characters read beyond the longest message: a number at its end is taken out whole before the rest is cut off."""
_END = 400
"""Characters at the end of an earlier message in which a number may have begun that goes on in this one."""


@dataclass(frozen=True)
class Admitted:
    """What the door let in."""

    text: str
    redacted: tuple[str, ...]
    """Types of personal data taken out, as the contract names them."""
    risks: tuple[str, ...]
    """What the crisis check found, most serious first."""
    before: tuple[Redacted, ...] = ()
    """What is left of the messages before it: a number may have begun in them. No kinds: as it was."""

    @property
    def is_redacted(self) -> bool:
        return bool(self.redacted) or any(left.kinds for left in self.before)


def admit(text: str, ours: Collection[str] = (), before: Sequence[str] = ()) -> Admitted:
    """Clean, check for a crisis, and redact. `ours` are numbers and addresses of the directory, which may stay;
    `before` are the person's last messages, oldest first, as they are kept."""
    cleaned = clean(text, LIMIT + _OVERLAP)
    *ends, redacted = redact_across([*(text[-_END:] for text in before), cleaned], ours=ours)
    return Admitted(
        clean(redacted.text),
        tuple(kind.value for kind in redacted.kinds),
        tuple(risk.value for risk in find_risks(cleaned)),
        tuple(Redacted(text[:-_END] + end.text, end.kinds) for text, end in zip(before, ends, strict=True)),
    )
