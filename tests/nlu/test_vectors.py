"""Sentence vectors: made from the published weights alone, near to what those weights mean in full, and left out
honestly where they are missing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import erf

from bot.assistant import training
from bot.nlu import vectors
from bot.nlu.question_finder import WITHOUT_VECTORS, QuestionFinder
from bot.nlu.vectors import PIECES, SIZE, WEIGHTS, Safetensors, SentenceVectors, VectorsUnusable, said
from bot.nlu.word_pieces import WordPieces

installed = pytest.mark.skipif(not vectors.are_here(), reason="the sentence vectors are not installed")
SENTENCES = [
    "is the office open tomorrow",
    "my money has not come and I do not know who to ask about it, can somebody ring me",
    "Ydy'r swyddfa ar agor yfory?",
    "?",
]


@pytest.fixture(scope="module")
def made() -> SentenceVectors:
    return vectors.sentence_vectors()


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(vectors.carried()[PIECES], vectors.LIMIT)


class Reference:
    """The same model in numpy, with its weights whole: plain and slow."""

    def __init__(self, weights: Path) -> None:
        self._weights = Safetensors(weights)

    def vector(self, numbers: list[int]) -> Any:
        words, places, kinds = (
            self._of(f"embeddings.{name}_embeddings.weight") for name in ("word", "position", "token_type")
        )
        at = self._norm(words[numbers] + places[: len(numbers)] + kinds[0], "embeddings.LayerNorm")
        for layer in (f"encoder.layer.{number}." for number in range(6)):
            heard = self._dense(self._attention(at, f"{layer}attention.self."), f"{layer}attention.output.dense")
            at = self._norm(heard + at, f"{layer}attention.output.LayerNorm")
            wide = self._dense(at, f"{layer}intermediate.dense")
            wide = wide * (1 + erf(wide / np.sqrt(2))) / 2
            at = self._norm(self._dense(wide, f"{layer}output.dense") + at, f"{layer}output.LayerNorm")
        return at.mean(axis=0) / np.linalg.norm(at.mean(axis=0))

    def _attention(self, at: Any, layer: str) -> Any:
        query, key, value = (
            self._dense(at, layer + side).reshape(len(at), 12, -1).swapaxes(0, 1) for side in ("query", "key", "value")
        )
        shares = np.exp(query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1]))
        return (shares / shares.sum(axis=-1, keepdims=True) @ value).swapaxes(0, 1).reshape(len(at), -1)

    def _dense(self, at: Any, name: str) -> Any:
        return at @ self._of(f"{name}.weight").T + self._of(f"{name}.bias")

    def _norm(self, at: Any, name: str) -> Any:
        spread = at - at.mean(axis=-1, keepdims=True)
        spread /= np.sqrt((spread**2).mean(axis=-1, keepdims=True) + 1e-12)
        return spread * self._of(f"{name}.weight") + self._of(f"{name}.bias")

    def _of(self, name: str) -> Any:
        return self._weights.mapped(name)


@installed
@pytest.mark.parametrize("sentence", SENTENCES)
def test_eight_bits_say_nearly_what_the_whole_weights_say(
    made: SentenceVectors, pieces: WordPieces, sentence: str
) -> None:
    whole = Reference(vectors.carried()[WEIGHTS]).vector(pieces.numbers(sentence))
    assert float(made.rows([sentence])[0] @ whole) > 0.97


@installed
def test_words_of_one_meaning_are_nearer_than_words_of_one_look(made: SentenceVectors) -> None:
    asked, same, other = made.rows(["when do you shut", "what is your closing time", "when do you pay"])
    assert asked @ same > asked @ other


@installed
def test_a_text_has_one_vector_whatever_stands_beside_it(made: SentenceVectors) -> None:
    alone = np.concatenate([made.rows([sentence]) for sentence in SENTENCES])
    assert np.array_equal(alone, made.rows(SENTENCES))
    assert np.allclose(np.linalg.norm(alone, axis=1), 1)


@installed
@pytest.mark.parametrize(
    "text", ["", "😀", "a" * 9_000, "so many words " * 900], ids=["empty", "picture", "word", "words"]
)
def test_any_text_has_a_vector(made: SentenceVectors, text: str) -> None:
    rows = made.rows([text])
    assert rows.shape == (1, SIZE)
    assert np.isfinite(rows).all()
    assert made.rows([]).shape == (0, SIZE)


def test_masks_are_read_as_words() -> None:
    assert said("is xplacex open xdayx") == "is the jobcentre open tomorrow"


@installed
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Hello, world!", [101, 7592, 1010, 2088, 999, 102]),
        ("naïve café", [101, 15743, 7668, 102]),
        ("embeddings", [101, 7861, 8270, 4667, 2015, 102]),
        ("日本", [101, 1864, 1876, 102]),
        ("it’s", [101, 2009, 1521, 1055, 102]),
        ("a\u200bb\x00c", [101, 5925, 102]),
    ],
)
def test_pieces_are_those_of_the_published_tokenizer(pieces: WordPieces, text: str, numbers: list[int]) -> None:
    assert pieces.numbers(text) == numbers


@pytest.fixture
def carried(tmp_path: Path) -> dict[str, Path]:
    for name in vectors.DIGESTS:
        (tmp_path / name).write_bytes(b"something else")
    return {name: tmp_path / name for name in vectors.DIGESTS}


def test_files_of_another_model_are_refused(carried: dict[str, Path]) -> None:
    with pytest.raises(VectorsUnusable, match="not the published model"):
        vectors.check(carried)


def test_a_missing_file_is_named(carried: dict[str, Path]) -> None:
    del carried[WEIGHTS]
    with pytest.raises(VectorsUnusable, match=rf"has no {WEIGHTS}"):
        vectors.check(carried)


@installed
def test_nothing_of_the_carrier_is_imported(made: SentenceVectors) -> None:
    import sys

    assert not [name for name in sys.modules if name.startswith(vectors.CARRIER.replace("-", "_"))]


def test_a_model_without_vectors_is_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for are_here in (True, False):
        monkeypatch.setattr(training, "are_here", lambda here=are_here: here)
        names.add(training.model_name())
    assert len(names) == 2


def test_a_model_without_vectors_says_so_at_start(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        QuestionFinder({}, None, None, {"has_vectors": False})
    assert caplog.messages == [WITHOUT_VECTORS]


def test_a_model_with_vectors_does_not_start_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "CARRIER", "no-such-package")
    vectors.sentence_vectors.cache_clear()
    with pytest.raises(VectorsUnusable, match="run `make`"):
        QuestionFinder({}, None, None, {"has_vectors": True})
    vectors.sentence_vectors.cache_clear()
