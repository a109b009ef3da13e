"""Pairs of phrases say a risk in the same breath with something else, and are as long as a phrase."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu.classifiers import Blocks
from bot.nlu.risk_pairs import DRAWS, with_pairs

PHRASES = [
    ("report_crisis_life", "en"),
    ("threaten", "cy"),
    *[("ask_opening", "en")] * 6,
    *[("ask_hours", "cy")] * 4,
    ("deny", "en"),
    ("greet", "other"),
]
INTENTS, LANGUAGES = [intent for intent, _ in PHRASES], [language for _, language in PHRASES]


@pytest.fixture
def blocks() -> Blocks:
    rows = np.eye(len(PHRASES), dtype=np.float32)
    return [csr_matrix(rows * np.float32(2)), rows]


def pairs(blocks: Blocks) -> list[tuple[set[int], str]]:
    """Which phrases each pair is made of, and its risk."""
    (_, joined), risks = with_pairs(blocks, INTENTS, LANGUAGES)
    count = len(PHRASES)
    return [(set(np.flatnonzero(row)), risk) for row, risk in zip(joined[count:], risks[count:], strict=True)]


def test_the_phrases_stay_as_they_are(blocks: Blocks) -> None:
    (rows, vectors), risks = with_pairs(blocks, INTENTS, LANGUAGES)
    count = len(PHRASES)
    assert (rows[:count] != blocks[0]).nnz == 0
    assert np.array_equal(vectors[:count], blocks[1])
    assert risks[:count] == ["life", "threat", *["none"] * (count - 2)]


@pytest.mark.parametrize(("phrase", "risk"), [(0, "life"), (1, "threat")])
def test_each_risk_is_said_beside_something_calm_in_each_draw(blocks: Blocks, phrase: int, risk: str) -> None:
    found = [pair for pair in pairs(blocks) if phrase in pair[0]]
    assert [label for _, label in found] == [risk] * DRAWS
    assert all(len(said) == 2 for said, _ in found)


def test_half_as_many_calm_phrases_are_said_beside_another_in_each_draw(blocks: Blocks) -> None:
    assert [risk for _, risk in pairs(blocks)].count("none") == DRAWS * (6 / 2 + 4 / 2)


def test_only_phrases_of_one_language_that_say_something_are_joined(blocks: Blocks) -> None:
    joined = [{PHRASES[number] for number in said} for said, _ in pairs(blocks)]
    assert all(len({language for _, language in said}) == 1 for said in joined)
    assert not any(intent in ("deny", "greet") for said in joined for intent, _ in said)


def test_pairs_are_as_long_as_phrases_and_in_the_same_numbers(blocks: Blocks) -> None:
    (rows, vectors), _ = with_pairs(blocks, INTENTS, LANGUAGES)
    assert np.linalg.norm(rows.toarray(), axis=1) == pytest.approx(2)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert rows.dtype == vectors.dtype == np.float32


def test_without_a_language_of_ours_nothing_is_joined(blocks: Blocks) -> None:
    (rows, _), risks = with_pairs(blocks, INTENTS, ["other"] * len(PHRASES))
    assert rows.shape[0] == len(risks) == len(PHRASES)
