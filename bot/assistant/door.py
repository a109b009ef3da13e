"""The door: the only way in. What a stranger sent is cleaned and redacted before anything keeps, logs or reads it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.jobcentre.crisis import find_risks
from bot.jobcentre.personal_data import redact
from bot.jobcentre.text import clean


@dataclass(frozen=True)
class Admitted:
    """What the door let in."""

    text: str
    redacted: tuple[str, ...]
    """Types of personal data taken out, as the contract names them."""
    risks: tuple[str, ...]
    """What the crisis check found, most serious first."""


def admit(text: str, ours: Collection[str] = ()) -> Admitted:
    """Clean, check for a crisis, and redact. `ours` are numbers and addresses of the directory, which may stay."""
    cleaned = clean(text)
    redacted = redact(cleaned, ours=ours)
    return Admitted(
        redacted.text,
        tuple(kind.value for kind in redacted.kinds),
        tuple(risk.value for risk in find_risks(cleaned)),
    )
