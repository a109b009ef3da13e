"""What the linear classifier learns hangs on the phrases, and on nothing of the machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu import classifiers
from bot.nlu.classifiers import LinearClassifier, NearestPhrases, largest

LABELS = 6


def phrases(count: int, *, seed: int = 4) -> tuple[list[Any], list[str]]:
    """Rows of rare and of common words and of vectors, as uneven as those of phrases, and their labels."""
    chosen = np.random.default_rng(seed)
    labels = chosen.integers(0, LABELS, count)
    common = chosen.random((count, 20)) < 0.7
    telling = chosen.random((count, 400)) < np.where(np.arange(400) % LABELS == labels[:, None], 0.03, 0.004)
    words = np.hstack([common, telling]).astype(np.float32)
    words /= np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1)
    vectors = chosen.standard_normal((count, 16)).astype(np.float32)
    vectors[np.arange(count), labels] += 1
    return [csr_matrix(words), vectors / np.linalg.norm(vectors, axis=1, keepdims=True)], [f"l{n}" for n in labels]


def least_apart(monkeypatch: pytest.MonkeyPatch, rounds: int) -> float:
    """How far the shares still are from those after many more rounds."""
    blocks, labels = phrases(1500)
    monkeypatch.setattr(classifiers, "ROUNDS", rounds)
    soon = LinearClassifier(blocks, labels, 20.0).shares(blocks)
    monkeypatch.setattr(classifiers, "ROUNDS", 1000)
    return float(abs(soon - LinearClassifier(blocks, labels, 20.0).shares(blocks)).max())


def test_training_ends_where_it_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert least_apart(monkeypatch, classifiers.ROUNDS) < 0.05


def test_at_one_pace_for_all_columns_it_would_not(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = classifiers.ROUNDS
    apart = least_apart(monkeypatch, rounds)
    monkeypatch.setattr(classifiers, "PACE", 0.0)
    assert least_apart(monkeypatch, rounds) > 2 * apart


def test_a_hair_s_breadth_in_the_rows_changes_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks, labels = phrases(1500)
    moved = [blocks[0], blocks[1] * np.float32(1 + 1e-6)]
    shares = [LinearClassifier(rows, labels, 20.0).shares(blocks) for rows in (blocks, moved)]
    assert abs(shares[0] - shares[1]).max() < 0.01


@pytest.mark.parametrize("size", [1, 19, 20, 1280, 5000])
def test_the_largest_are_found_in_any_number_of_them(size: int) -> None:
    numbers = np.random.default_rng(size).permutation(size).astype(np.float32)
    assert sorted(largest(numbers, 20)) == sorted(np.argsort(numbers)[-20:])


def test_the_largest_of_many_alike_are_as_many_as_asked() -> None:
    assert len(largest(np.ones(5000, dtype=np.float32), 20)) == 20


@pytest.mark.parametrize("texts", [0, 1, 3, 64, 100])
def test_the_nearest_phrases_are_the_same_for_one_text_or_many(texts: int) -> None:
    (_, vectors), labels = phrases(3000)
    nearest = NearestPhrases(vectors, labels)
    together = nearest.shares(vectors[:texts])
    assert together.shape == (texts, LABELS)
    for number in range(texts):
        assert abs(together[number] - nearest.shares(vectors[number : number + 1])[0]).max() < 1e-4
