"""Word and character n-grams of a message, counted once, and linear classifiers that all read the same counts."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

ROUNDS = 60
"""Of training: to the end takes twice as long, and is right as often (folds of the phrases, log loss included)."""


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
    """One sparse row for each text, in 32 bits: classifiers are as right with them, in half the time and room."""

    def __init__(self) -> None:
        same: dict[str, Any] = {"preprocessor": plain, "sublinear_tf": True, "dtype": np.float32}
        words = TfidfVectorizer(analyzer="word", token_pattern=r"[\w']+|\?", ngram_range=(1, 3), **same)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, **same)
        self._kinds = (words, characters)

    def fit(self, texts: Sequence[str]) -> Any:
        """Learn the n-grams of the texts; returns their rows."""
        return hstack([kind.fit_transform(texts) for kind in self._kinds], format="csr")

    def rows(self, texts: Sequence[str]) -> Any:
        return hstack([kind.transform(texts) for kind in self._kinds], format="csr")


class LinearClassifier:
    """Logistic regression, kept as the one product that its answer takes."""

    def __init__(self, rows: Any, labels: Sequence[str], strength: float, *, is_balanced: bool = True) -> None:
        """Learn the label of each row. `strength` is the inverse of the regularisation. Balanced, a label counts as
        much as any other however few phrases it has; else words it has never seen speak for the commonest."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped on purpose
            weight = "balanced" if is_balanced else None
            trained = LogisticRegression(C=strength, max_iter=ROUNDS, class_weight=weight).fit(rows, labels)
        coefficients, bias = trained.coef_, trained.intercept_
        if len(coefficients) == 1:  # of two labels scikit-learn keeps the second's side alone
            coefficients, bias = np.vstack([0 * coefficients, coefficients]), np.array([0.0, bias[0]])
        self._labels = [str(label) for label in trained.classes_]
        # One n-gram's weights side by side: the other way round, every message copies the whole matrix to turn it.
        self._weights = np.ascontiguousarray(coefficients.T, dtype=np.float32)
        self._bias = bias.astype(np.float32)

    def rank(self, rows: Any) -> list[list[tuple[str, float]]]:
        """For each row the labels and their probabilities, the likeliest first."""
        scores = rows @ self._weights + self._bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [sorted(zip(self._labels, map(float, row), strict=True), key=lambda pair: -pair[1]) for row in shares]
