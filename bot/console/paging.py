"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    return paged_of(len(found), lambda first, limit: found[first : first + limit], wanted, size)


def paged_of(total: int, read: Callable[[int, int], Sequence[Item]], wanted: str | None, size: int) -> Paged[Item]:
    """The same of a list that is read a part at a time: from which item on, and how many at most."""
    pages = max(-(-total // size), 1)
    number = min(max(int(wanted), 1), pages) if wanted and wanted.isdecimal() and len(wanted) < 7 else 1
    return Paged(read((number - 1) * size, size), number, pages, total)
