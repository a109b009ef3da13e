"""Designs of the classifier, each trained with some of our phrases and asked others.

A fold asks a quarter of the phrases. Those that are nearly the ones asked are left out of its training, else a
classifier would only have to remember. The first intent of the whole message counts, without clauses or risks. The
same phrases, masks and strength as the assistant's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from bot.nlu.classifiers import IntentClassifier, LinearClassifier
from bot.nlu.ngrams import NGrams
from bot.nlu.reading import for_vectors
from bot.nlu.spelling import Spelling
from bot.nlu.vectors import sentence_vectors

QUARTERS = 4
NEAR = 0.75
"""The cosine of the n-grams of two phrases from which on one is left out where the other is asked."""
CLEAN = "clean"
WAYS = (CLEAN, *EDITS)
NGRAMS, VECTORS, BOTH = "n-grams", "vectors", "both"
NEAREST, SPELLING = "nearest phrases", "spelling"
DESIGNS: tuple[tuple[str, ...], ...] = (
    (NGRAMS,),
    (NGRAMS, SPELLING),
    (VECTORS,),
    (BOTH,),
    (BOTH, NEAREST),
    (BOTH, NEAREST, SPELLING),
)
"""What is put together; the last one is the assistant's."""
AS_IT_IS = DESIGNS[-1]


@dataclass(frozen=True)
class Guesses:
    """What one design said of some phrases that were asked in one way."""

    design: tuple[str, ...]
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
    classifiers = Classifiers([phrases[i] for i in train])
    guesses = []
    for way in WAYS:
        asked = (*_typed([phrases[i] for i in test], way, seed), *masked_phrases(_written(sets, way, seed)))
        guesses += [Guesses(design, way, asked, labels, shares) for design, labels, shares in classifiers.ask(asked)]
    return guesses


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


class Classifiers:
    """The classifiers of all designs, trained with the same phrases."""

    def __init__(self, train: Sequence[Phrase]) -> None:
        from bot.nlu.question_finder import QuestionFinder

        texts, intents = [one.masked for one in train], [one.intent for one in train]
        strength = QuestionFinder.get_default_config()["strength"]
        languages = [one.language for one in train]
        self._ngrams = NGrams()
        ngrams = self._ngrams.fit(texts)
        vectors = sentence_vectors().rows(list(map(for_vectors, texts, languages)))
        nearest = IntentClassifier([ngrams, vectors], intents, strength)
        self._by_design: Mapping[tuple[str, ...], Any] = {
            (NGRAMS,): LinearClassifier([ngrams], intents, strength),
            (VECTORS,): LinearClassifier([vectors], intents, strength),
            (BOTH,): nearest.linear,
            (BOTH, NEAREST): nearest,
        }
        self._spelling = Spelling(*([one.masked for one in train if one.language == spoken] for spoken in ("en", "cy")))

    def ask(self, phrases: Sequence[Phrase]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Numbers]]:
        """For each design its intents, and the probability of each for each phrase."""
        languages = [one.language for one in phrases]
        written, meant = [one.masked for one in phrases], [self._mended(one) for one in phrases]
        read = self._read(written, languages), self._read(meant, languages)
        for design in DESIGNS:
            ngrams, vectors = read[SPELLING in design]
            classifier = self._by_design[tuple(part for part in design if part != SPELLING)]
            blocks = {NGRAMS: [ngrams], VECTORS: [vectors], BOTH: [ngrams, vectors]}[design[0]]
            yield design, *_table(classifier.rank(blocks))

    def _read(self, texts: Sequence[str], languages: Sequence[str]) -> tuple[Any, Any]:
        rows = self._ngrams.rows(texts)
        return rows, sentence_vectors().rows(list(map(for_vectors, texts, languages)))

    def _mended(self, one: Phrase) -> str:
        return self._spelling.mended([one.masked], one.language)[0] if one.language in ("en", "cy") else one.masked


def _table(rankings: Sequence[Sequence[tuple[str, float]]]) -> tuple[tuple[str, ...], Numbers]:
    labels = tuple(sorted(name for name, _ in rankings[0]))
    held = [dict(ranking) for ranking in rankings]
    return labels, np.array([[one[label] for label in labels] for one in held])
