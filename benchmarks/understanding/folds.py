"""Designs of the classifier, each trained with some of our phrases and asked others.

A fold asks a quarter of the phrases. Those that are nearly the ones asked are left out of its training, else a
classifier would only have to remember. The first intent of the whole message counts, without clauses or risks. The
same phrases, masks and strength as the assistant's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.understanding.calibration import Numbers
from benchmarks.understanding.edits import EDITS
from benchmarks.understanding.messages import (
    Message,
    Phrase,
    edited,
    edited_phrases,
    kind_of,
    masked_phrases,
    training_phrases,
)
from bot.nlu.ngrams import LinearClassifier, NGrams
from bot.nlu.vectors import sentence_vectors

QUARTERS = 4
NEAR = 0.75
"""The cosine of the n-grams of two phrases from which on one is left out where the other is asked."""
CLEAN = "clean"
WAYS = (CLEAN, *EDITS)
BOTH = "both"
DESIGNS: Mapping[str, Callable[[Any, Any], Sequence[Any]]] = {
    "n-grams": lambda ngrams, vectors: [ngrams],
    "vectors": lambda ngrams, vectors: [vectors],
    BOTH: lambda ngrams, vectors: [ngrams, vectors],
}


@dataclass(frozen=True)
class Guesses:
    """What one design said of some phrases that were asked in one way."""

    design: str
    way: str
    asked: tuple[Phrase, ...]
    labels: tuple[str, ...]
    """The intents, in the order of the columns."""
    shares: Numbers
    """Probabilities, asked x labels."""

    @property
    def kinds(self) -> list[str]:
        """The kind of the likeliest intent of each."""
        return [kind_of(self.labels[column]) for column in self.shares.argmax(axis=1)]

    @property
    def is_right(self) -> list[bool]:
        return [kind in one.right for kind, one in zip(self.kinds, self.asked, strict=True)]

    @property
    def confidences(self) -> list[float]:
        return [float(most) for most in self.shares.max(axis=1)]

    @property
    def right_columns(self) -> list[int]:
        """Of training phrases: the column of each one's own intent."""
        return [self.labels.index(one.intent) for one in self.asked]


def ask_fold(number: int, seed: int, sets: Sequence[Message]) -> list[Guesses]:
    """Train each design without one quarter of the phrases; ask it that quarter, and the sets, typed in each way."""
    phrases = training_phrases()
    train, test = split([one.masked for one in phrases], number, seed)
    asked = {
        way: tuple([*_typed([phrases[i] for i in test], way, seed), *masked_phrases(_written(sets, way, seed))])
        for way in WAYS
    }
    return list(_ask([phrases[i] for i in train], asked))


def _typed(phrases: Sequence[Phrase], way: str, seed: int) -> Sequence[Phrase]:
    return phrases if way == CLEAN else edited_phrases(phrases, way, seed)


def _written(messages: Sequence[Message], way: str, seed: int) -> Sequence[Message]:
    return messages if way == CLEAN else edited(messages, way, seed)


def split(texts: Sequence[str], number: int, seed: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The texts to train with, and a quarter of all to ask. The quarters of one seed have no text in common."""
    rows = NGrams().fit(texts)
    length = np.sqrt(rows.multiply(rows).sum(axis=1)).A1 + 1e-9
    test = np.array_split(np.random.default_rng(seed).permutation(len(texts)), QUARTERS)[number]
    left = np.ones(len(texts), dtype=bool)
    left[test] = False
    for part in np.array_split(test, 10):
        near = (rows[part] @ rows.T).toarray() / length[part][:, None] / length[None, :]
        left &= ~(near > NEAR).any(axis=0)
    return np.flatnonzero(left), test


def _ask(train: Sequence[Phrase], asked: Mapping[str, tuple[Phrase, ...]]) -> Any:
    from bot.nlu.question_finder import QuestionFinder

    ngrams, strength = NGrams(), QuestionFinder.get_default_config()["strength"]
    texts = [one.masked for one in train]
    taught = ngrams.fit(texts), sentence_vectors().rows(texts)
    read = {way: _read(ngrams, [one.masked for one in phrases]) for way, phrases in asked.items()}
    for design, blocks in DESIGNS.items():
        classifier = LinearClassifier(blocks(*taught), [one.intent for one in train], strength)
        for way, phrases in asked.items():
            yield Guesses(design, way, phrases, *_table(classifier.rank(blocks(*read[way]))))


def _read(ngrams: NGrams, texts: Sequence[str]) -> tuple[Any, Any]:
    return ngrams.rows(texts), sentence_vectors().rows(texts)


def _table(rankings: Sequence[Sequence[tuple[str, float]]]) -> tuple[tuple[str, ...], Numbers]:
    labels = tuple(sorted(name for name, _ in rankings[0]))
    held = [dict(ranking) for ranking in rankings]
    return labels, np.array([[one[label] for label in labels] for one in held])
