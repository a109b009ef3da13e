"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paged(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    """From 1."""
    pages: int
    total: int


def paged(found: Sequence[Item], wanted: str | None, size: int) -> Paged[Item]:
    """The page of that number as an address has it; the nearest one there is where it is none."""
    pages = max(-(-len(found) // size), 1)
    number = min(max(int(wanted), 1), pages) if wanted and wanted.isdecimal() and len(wanted) < 7 else 1
    return Paged(found[(number - 1) * size : number * size], number, pages, len(found))
