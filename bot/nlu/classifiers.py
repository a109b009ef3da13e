"""Tell the label of a message from its n-grams and, where there is one, its sentence vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import issparse

ROUNDS = 60
"""Of training. What it makes small is within a hundredth of its least then, and no machine's rounding shows: of 7,000
phrases none is told apart by more than 0.0003 with two threads or one (docs/decisions/0013)."""
CURVE, PACE = 0.25, -0.25
"""How a column's weights move at once: `(1 + CURVE * sum of its squares) ** PACE`, so that those of words in many
phrases and of words in one come to rest together. With none of it, 60 rounds are a fifth above the least."""
NEAREST = 20
WIDTH = 128
"""Numbers of a vector by which phrases are compared, of 384: as right, with a third of the memory and the time."""
SHARPNESS = 14.0
"""How much more a nearer phrase counts: `exp(SHARPNESS * cosine)`."""
GROUP, BLOCK = 32, 64
"""Texts compared with the phrases at once, and phrases of which the nearest is looked at first."""
SHARE_OF_NEAREST = 0.3
"""Of the nearest phrases in an intent's probability. From 5 to 20 of them at 0.3 do as well: docs/decisions/0013."""
TEMPERATURE = 0.65
"""Below 1 makes surer. The classifier and the nearest phrases are less sure together than they are right. Fitted on
4,206 labelled messages of one question, where the expected calibration error is 1.1 points with it and 7.0 with 0.9;
`make evaluate` says what would suit now."""
Numbers = NDArray[np.float32]
Ranking = list[tuple[str, float]]
"""Labels and their probabilities, the likeliest first."""
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
        self.labels = [str(name) for name in names]
        *self._weights, self._bias = _fit(blocks, codes, strength * shares)

    def rank(self, blocks: Blocks) -> list[Ranking]:
        """For each row the labels and their probabilities, the likeliest first."""
        return ranked(self.labels, self.shares(blocks))

    def shares(self, blocks: Blocks) -> Numbers:
        """The probability of each label, in the order of `labels`, a row for each text."""
        return np.exp(_log_shares(blocks, self._weights, self._bias))


class NearestPhrases:
    """The labels of those training phrases whose vectors are nearest, the nearer the more.

    A message that means what one phrase means is known by it, although no rule fits both it and the others of its
    label: what a linear classifier alone smooths away.
    """

    def __init__(self, vectors: Numbers, labels: Sequence[str]) -> None:
        """`vectors` have length 1."""
        names, self._codes = np.unique(labels, return_inverse=True)
        self._labels = np.eye(len(names), dtype=np.float32)
        self._axes = _main_axes(vectors, WIDTH)
        self._vectors = vectors @ self._axes

    def shares(self, vectors: Numbers) -> Numbers:
        """As those of LinearClassifier."""
        shares = [self._shares_of(near) for few in _in_groups(vectors @ self._axes) for near in few @ self._vectors.T]
        return np.array(shares).reshape(-1, len(self._labels))

    def _shares_of(self, near: Numbers) -> Numbers:
        """From how near each phrase is."""
        nearest = largest(near, NEAREST)
        weights = np.exp(SHARPNESS * (near[nearest] - 1))
        shares: Numbers = (weights / weights.sum()) @ self._labels[self._codes[nearest]]
        return shares


def _in_groups(rows: Numbers) -> list[Numbers]:
    """Of the many texts of a training, a group at once: in a third of the time. A few take longer together."""
    return np.array_split(rows, len(rows) // GROUP if len(rows) >= 2 * GROUP else len(rows)) if len(rows) else []


def largest(numbers: Numbers, count: int) -> NDArray[np.int64]:
    """Where the largest stand, in no order. None is smaller than the least of the `count` highest peaks of blocks: few
    are left to look through."""
    whole = len(numbers) // BLOCK * BLOCK
    if whole < BLOCK * count:
        return np.argpartition(numbers, -min(count, len(numbers)))[-count:]
    peaks = numbers[:whole].reshape(-1, BLOCK).max(axis=1)
    left = np.flatnonzero(numbers >= np.partition(peaks, -count)[-count])
    found: NDArray[np.int64] = left[np.argpartition(numbers[left], -count)[-count:]]
    return found


def _main_axes(vectors: Numbers, width: int) -> Numbers:
    """The directions in which vectors differ most (numbers of a vector x width)."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)  # the least first
    return np.ascontiguousarray(axes[:, -width:], dtype=np.float32)


class IntentClassifier:
    """A linear classifier, and the nearest phrases where there are vectors."""

    def __init__(self, blocks: Blocks, labels: Sequence[str], strength: float) -> None:
        self.linear = LinearClassifier(blocks, labels, strength)
        self._nearest = NearestPhrases(blocks[1], labels) if len(blocks) > 1 else None

    def rank(self, blocks: Blocks) -> list[Ranking]:
        """For each row the labels and their probabilities, the likeliest first."""
        shares = self.linear.shares(blocks)
        if self._nearest:
            mixed = (1 - SHARE_OF_NEAREST) * shares + SHARE_OF_NEAREST * self._nearest.shares(blocks[1])
            shares = tempered(mixed, TEMPERATURE)
        return ranked(self.linear.labels, shares)


def tempered(shares: Numbers, temperature: float) -> Numbers:
    """Probabilities (a row for each text) as they were had their logarithms been divided by the temperature."""
    raised = shares ** (1 / temperature)
    surer: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return surer


def ranked(labels: Sequence[str], shares: Numbers) -> list[Ranking]:
    return [sorted(zip(labels, map(float, row), strict=True), key=lambda pair: -pair[1]) for row in shares]


def _fit(blocks: Blocks, codes: NDArray[np.int64], counts: NDArray[np.float64]) -> list[Numbers]:
    """The weights of each block (columns x labels), and the bias last: those that make the labels likeliest, each row
    as much as it counts, with small weights."""
    rows, labels = np.arange(len(codes)), int(codes.max()) + 1
    ends = np.cumsum([block.shape[1] for block in blocks])
    turned = [block.T.tocsr() if issparse(block) else block.T for block in blocks]  # by row: in half the time
    counted = counts.astype(np.float32)
    paces = np.concatenate([*(_paces(squared(block).T @ counts) for block in blocks), _paces(counts.sum())])

    def parts(flat: NDArray[np.float64]) -> list[Numbers]:
        *weights, bias = np.split((flat.reshape(-1, labels) * paces).astype(np.float32), ends)
        return [*weights, bias[0]]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        *weights, bias = parts(flat)
        logs = _log_shares(blocks, weights, bias)
        missed = np.exp(logs)
        missed[rows, codes] -= 1
        missed *= counted[:, None]
        slopes = [block @ missed + own for block, own in zip(turned, weights, strict=True)]
        size = sum(float(np.vdot(own, own)) for own in weights) / 2
        slope = np.concatenate([*slopes, missed.sum(axis=0, keepdims=True)]) * paces
        return size - float(counts @ logs[rows, codes]), slope.ravel()

    start = np.zeros((ends[-1] + 1) * labels)
    return parts(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)


def squared(block: Any) -> Any:
    """Each number of a block by itself."""
    return block.multiply(block) if issparse(block) else block * block


def _paces(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """As CURVE says, one below the other."""
    paces: NDArray[np.float64] = (1 + CURVE * np.reshape(squares, (-1, 1))) ** PACE
    return paces


def _log_shares(blocks: Blocks, weights: Sequence[Numbers], bias: Numbers) -> Numbers:
    scores = sum((block @ own for block, own in zip(blocks, weights, strict=True)), start=bias)
    scores = scores - scores.max(axis=1, keepdims=True)
    logs: Numbers = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logs
