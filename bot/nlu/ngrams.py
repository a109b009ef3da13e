"""Word and character n-grams of a message, counted once, and linear classifiers that all read the same rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

ROUNDS = 60
"""Of training: to the end takes twice as long, and is right as often (folds of the phrases, log loss included)."""
Numbers = NDArray[np.float32]


def plain(text: str) -> str:
    """What a classifier sees: lower case, straight quotes, digits as one sign, long runs of letters shortened.

    A message of pictures alone is read by their names: a waving hand greets.
    """
    if not re.search(r"[\w?]", text):
        text = " ".join(unicodedata.name(sign, "") for sign in text if unicodedata.category(sign) == "So")
    text = text.lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"\[[a-z ]+ removed\]", " xdatax ", text)
    text = re.sub(r"(\w)\1{2,}", r"\1\1", text)
    return re.sub(r"\d+", "0", text)


class NGrams:
    """One sparse row for each text, in 32 bits: classifiers are as right with them, in half the time and room.

    So they are without what one phrase alone holds.
    """

    def __init__(self) -> None:
        same: dict[str, Any] = {"preprocessor": plain, "sublinear_tf": True, "dtype": np.float32, "min_df": 2}
        words = TfidfVectorizer(analyzer="word", token_pattern=r"[\w']+|\?", ngram_range=(1, 3), **same)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **same)
        self._kinds = (words, characters)

    def fit(self, texts: Sequence[str]) -> Any:
        """Learn the n-grams of the texts; returns their rows."""
        return hstack([kind.fit_transform(texts) for kind in self._kinds], format="csr")

    def rows(self, texts: Sequence[str]) -> Any:
        return hstack([kind.transform(texts) for kind in self._kinds], format="csr")


Blocks = Sequence[Any]
"""What is known of texts, a row for each, in matrices that count as one: those of n-grams, of vectors. Sparse or dense,
each is multiplied by its own means: as one sparse matrix, training takes twice as long."""


class LinearClassifier:
    """Multinomial logistic regression."""

    def __init__(self, blocks: Blocks, labels: Sequence[str], strength: float, *, is_balanced: bool = True) -> None:
        """Learn the label of each row. `strength` is the inverse of the regularisation. Balanced, a label counts as
        much as any other however few phrases it has; else words it has never seen speak for the commonest."""
        names, codes = np.unique(labels, return_inverse=True)
        sizes = np.bincount(codes)
        shares = (len(codes) / len(names) / sizes)[codes] if is_balanced else np.ones(len(codes))
        self._labels = [str(name) for name in names]
        *self._weights, self._bias = _fit(blocks, codes, strength * shares)

    def rank(self, blocks: Blocks) -> list[list[tuple[str, float]]]:
        """For each row the labels and their probabilities, the likeliest first."""
        shares = np.exp(_log_shares(blocks, self._weights, self._bias))
        return [sorted(zip(self._labels, map(float, row), strict=True), key=lambda pair: -pair[1]) for row in shares]


def _fit(blocks: Blocks, codes: NDArray[np.int64], counts: NDArray[np.float64]) -> list[Numbers]:
    """The weights of each block (columns x labels), and the bias last: those that make the labels likeliest, each row
    as much as it counts, with small weights."""
    rows, labels = np.arange(len(codes)), int(codes.max()) + 1
    ends = np.cumsum([block.shape[1] for block in blocks])
    turned = [block.T for block in blocks]
    counted = counts.astype(np.float32)

    def parts(flat: NDArray[np.float64]) -> list[Numbers]:
        *weights, bias = np.split(flat.reshape(-1, labels).astype(np.float32), ends)
        return [*weights, bias[0]]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        *weights, bias = parts(flat)
        logs = _log_shares(blocks, weights, bias)
        missed = np.exp(logs)
        missed[rows, codes] -= 1
        missed *= counted[:, None]
        slopes = [block @ missed + own for block, own in zip(turned, weights, strict=True)]
        size = sum(float(np.vdot(own, own)) for own in weights) / 2
        slope = np.concatenate([*slopes, missed.sum(axis=0, keepdims=True)])
        return size - float(counts @ logs[rows, codes]), slope.astype(np.float64).ravel()

    start = np.zeros((ends[-1] + 1) * labels)
    return parts(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)


def _log_shares(blocks: Blocks, weights: Sequence[Numbers], bias: Numbers) -> Numbers:
    scores = sum((block @ own for block, own in zip(blocks, weights, strict=True)), start=bias)
    scores = scores - scores.max(axis=1, keepdims=True)
    logs: Numbers = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logs
