"""Misspelt words of a small vocabulary, put right: "pention credt" where pensions and credits are spoken of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.jobcentre.spelling import fold, is_common

_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 9
"""Letters from which two may be wrong."""


def vocabulary(sources: Iterable[str], at_least: int = 6) -> frozenset[str]:
    """The longer plain words in texts or in the sources of patterns. Shorter ones are too like others to mend."""
    return frozenset(word for source in sources for word in re.findall(rf"[a-z]{{{at_least},}}", fold(source)))


def mended(text: str, words: Collection[str]) -> str:
    """The text in lower case, with each word that is no ordinary one replaced by the one it misspells."""
    known = words if isinstance(words, frozenset) else frozenset(words)
    return _WORD.sub(lambda match: _closest(match[0].lower(), known), text.lower())


@lru_cache(maxsize=4096)
def _closest(word: str, words: frozenset[str]) -> str:
    if word in words or is_common(word):
        return word
    allowed = 1 + (len(word) >= _LONG)
    found = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=allowed)
    # The first letter is hardly ever wrong, and tells "tension" from "pension".
    return found[0] if found and found[0][0] == word[0] else word
