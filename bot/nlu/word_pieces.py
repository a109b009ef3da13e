"""Words cut into the pieces that the pretrained model knows, as it was taught to read them (BERT, uncased).

Our own sixty lines, where the library for it would take the set-up over its limit of size (docs/decisions/0013).
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
WORD_LENGTH = 100
"""Letters of a word from which on it is unknown as a whole."""


class WordPieces:
    """Turns a text into the numbers of its pieces."""

    def __init__(self, file: Path, limit: int) -> None:
        """`file` is a `tokenizer.json` of a WordPiece model; a text is cut after `limit` pieces."""
        self._numbers: dict[str, int] = json.loads(file.read_bytes())["model"]["vocab"]
        self._limit = limit

    def numbers(self, text: str) -> list[int]:
        """The pieces of the text, in order, between the signs for its beginning and its end."""
        pieces = [piece for word in words(text) for piece in self._pieces(word)][: self._limit - 2]
        return [self._numbers[piece] for piece in (FIRST, *pieces, LAST)]

    def _pieces(self, word: str) -> list[str]:
        """The longest known beginning, then the longest known piece of what is left, and so on."""
        pieces: list[str] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            ends = range(len(word), start, -1) if len(word) <= WORD_LENGTH else ()
            end = next((end for end in ends if lead + word[start:end] in self._numbers), None)
            if end is None:
                return [UNKNOWN]
            pieces.append(lead + word[start:end])
            start = end
        return pieces


def words(text: str) -> list[str]:
    """Lower case without accents; every sign of punctuation and every Chinese character is a word of its own."""
    bare = (sign for sign in unicodedata.normalize("NFD", _clean(text).lower()) if unicodedata.category(sign) != "Mn")
    return "".join(f" {sign} " if _stands_alone(sign) else sign for sign in bare).split()


def _clean(text: str) -> str:
    kept = (" " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in kept if sign == " " or not unicodedata.category(sign).startswith("C"))


def _stands_alone(sign: str) -> bool:
    if sign.isascii():
        return not sign.isalnum() and sign != " "
    return unicodedata.category(sign).startswith("P") or unicodedata.name(sign, "").startswith("CJK UNIFIED")
