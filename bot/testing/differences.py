"""How two texts differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum


class Mark(str, Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both texts, in the first alone or in the second alone."""

    mark: Mark
    text: str

    @property
    def words(self) -> str:
        """Without the space after them, which need not be marked."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        return self.text[len(self.words) :]


def compare_words(before: str, after: str) -> list[Piece]:
    """Both texts in pieces. The pieces that are not new make up the first, those that are not gone the second."""
    first, second = _words(before), _words(after)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    pieces: list[Piece] = []
    for _, start, end, begin, finish in matcher.get_opcodes():
        pieces += _pieces(first[start:end], second[begin:finish])
    return pieces


def _pieces(gone: list[str], new: list[str]) -> Iterator[Piece]:
    if gone == new:
        yield Piece(Mark.SAME, "".join(gone))
        return
    if gone:
        yield Piece(Mark.GONE, "".join(gone))
    if new:
        yield Piece(Mark.NEW, "".join(new))


def _words(text: str) -> list[str]:
    """Words with the space after them, so that they join to the text again."""
    return re.findall(r"\S+\s*|\s+", text)
