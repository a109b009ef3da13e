"""Files of patterns: sections of ways to say a thing, one on a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_NEAR = ".{0,100}"
_PIECE = re.compile(r"<([a-z ]+)>")


def sections(name: str) -> list[tuple[str, list[str]]]:
    """The head and the lines of each section of a data file. Lines that begin with # are comments."""
    out: list[tuple[str, list[str]]] = []
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            out.append((line.strip("[]"), []))
        elif line and not line.startswith("#"):
            out[-1][1].append(line)
    return out


def stems(ways: Sequence[str], pieces: Mapping[str, Sequence[str]] | None = None) -> re.Pattern[str]:
    """One pattern of all the ways, from the beginning of a word. A <name> stands for the piece of that name, and `.*`
    for what is near: words far apart in a long message have nothing to do with each other, and would take long."""
    return re.compile(rf"(?<!\w){_joined(ways, pieces or {})}".replace(".*", _NEAR), re.IGNORECASE)


def _joined(ways: Sequence[str], pieces: Mapping[str, Sequence[str]]) -> str:
    return "(?:" + _PIECE.sub(lambda match: _joined(pieces[match[1]], pieces), "|".join(ways)) + ")"
