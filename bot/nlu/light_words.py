"""The words that people ask of everything with, which tell nothing of what is asked: "send", "they", "anything".

Learnt from the training phrases: a word is light where it stands in phrases of many intents alike. A message of light
words alone asks nothing by itself, and goes on with what was spoken of (`bot/jobcentre/subject.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.jobcentre.spelling import plain_words

PHRASES_AT_LEAST = 30
"""That hold a word: of a rarer one nobody can say."""
INTENTS_AT_LEAST = 12.0
"""Over which a word is spread as evenly as over its own: the perplexity of its intents, each counted as much as any
other however many phrases it has."""


class LightWords:
    """Knows the light words of its training phrases."""

    def __init__(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        names, codes = np.unique(intents, return_inverse=True)
        held = [(word, code) for text, code in zip(texts, codes, strict=True) for word in set(plain_words(text))]
        words, numbers = np.unique([word for word, _ in held], return_inverse=True)
        counts = csr_matrix((np.ones(len(held)), (numbers, [code for _, code in held])), (len(words), len(names)))
        spread = _perplexity(counts.toarray() / np.bincount(codes))
        is_light = (spread >= INTENTS_AT_LEAST) & (np.asarray(counts.sum(axis=1)).ravel() >= PHRASES_AT_LEAST)
        self._words = frozenset(map(str, words[is_light]))

    def among(self, text: str) -> list[str]:
        """The light words of a text, in alphabetical order."""
        return sorted(self._words.intersection(plain_words(text)))


def _perplexity(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row: over how many columns it is as good as evenly spread."""
    chances = shares / shares.sum(axis=1, keepdims=True)
    logs = np.log(chances, out=np.zeros_like(chances), where=chances > 0)
    spread: NDArray[np.float64] = np.exp(-(chances * logs).sum(axis=1))
    return spread
