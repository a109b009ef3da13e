"""How well messages are understood by n-grams, by sentence vectors, by both: `python -m benchmarks.understanding`.

Folds of our own phrases, each without the phrases that are nearly those it is asked (else a classifier only has to
remember), and the sets of `tests/nlu` that may be looked at; their first intent alone, of the whole message. In
percent. The same phrases, masks, strength and threshold as the assistant's.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.assistant.loading import quiet
from bot.jobcentre.intent import KIND_OF_INTENT
from bot.nlu.classifiers import LinearClassifier
from bot.nlu.ngrams import NGrams
from bot.nlu.vectors import sentence_vectors
from bot.settings import PROJECT, Settings
from bot.testing.stage import make_world, read_world
from bot.testing.suite import Suite

SETS = ("fresh_messages.csv", "harder_messages.csv")
NOW = datetime.fromisoformat("2026-11-19T10:30:00+00:00")
NEAR = 0.75
"""The cosine of the n-grams of two phrases from which on one is left out where the other is asked."""
SIDES: Mapping[str, Callable[[Any, Any], Sequence[Any]]] = {
    "n-grams": lambda ngrams, vectors: [ngrams],
    "vectors": lambda ngrams, vectors: [vectors],
    "both": lambda ngrams, vectors: [ngrams, vectors],
}


@dataclass(frozen=True)
class Phrase:
    masked: str
    right: frozenset[str]
    """The kinds (or else the intents) of which any is right."""
    intent: str
    language: str
    origin: str


@dataclass(frozen=True)
class Told:
    is_right: bool
    confidence: float


def main() -> int:
    options = _options()
    quiet()
    phrases, asked = list(_phrases()), list(_asked())
    vectors = sentence_vectors()
    of_phrases, of_asked = (vectors.rows([one.masked for one in side]) for side in (phrases, asked))
    told: dict[tuple[str, str, str], list[Told]] = {}
    for number in range(options.folds):
        train, test = _fold(phrases, options.seed + number)
        _judge(told, phrases, of_phrases, train, [phrases[i] for i in test], of_phrases[test])
    _judge(told, phrases, of_phrases, np.arange(len(phrases)), asked, of_asked)
    _print(told, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well single messages are understood, and by what.")
    parser.add_argument("--folds", type=int, default=1, help="quarters of the phrases to ask, each a minute")
    parser.add_argument("--seed", type=int, default=3, help="of the first fold's choice")
    return parser.parse_args()


def _phrases() -> Iterator[Phrase]:
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.question_finder import language_of_example, masked_example

    for example in load_data(str(PROJECT / "data" / "nlu")).intent_examples:
        intent = example.get("intent")
        yield Phrase(masked_example(example), frozenset([_kind(intent)]), intent, language_of_example(example), "folds")


def _asked() -> Iterator[Phrase]:
    """The messages of the sets that ask one thing, masked as the assistant masks them."""
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.place_and_day_finder import PlaceAndDayFinder
    from bot.nlu.question_finder import masked_part

    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        world = read_world(make_world(Suite(Path(folder)).data, Path(folder) / "world.db"))
        finder = PlaceAndDayFinder(Settings.read(os.environ), world)
        for file in SETS:
            for row in _rows(file):
                text = row["message"]
                message = Message({"text": text, "metadata": {"now": NOW.isoformat(), "account": row["account"]}})
                finder.process([message])
                masked = masked_part(text, 0, len(text), message.get("entities", []))
                yield Phrase(masked, frozenset(row["kind"].split()), "", row["language"], file)
        world.store.close()


def _rows(file: str) -> list[dict[str, str]]:
    with (PROJECT / "tests" / "nlu" / file).open(encoding="utf-8", newline="") as rows:
        return [row for row in csv.DictReader(rows) if not row["also"]]


def _kind(intent: str) -> str:
    kind = KIND_OF_INTENT.get(intent)
    return kind.value if kind else intent


def _fold(phrases: Sequence[Phrase], seed: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The phrases to train with, and a quarter to ask."""
    rows = NGrams().fit([one.masked for one in phrases])
    length = np.sqrt(rows.multiply(rows).sum(axis=1)).A1 + 1e-9
    test = np.random.default_rng(seed).permutation(len(phrases))[: len(phrases) // 4]
    left = np.ones(len(phrases), dtype=bool)
    left[test] = False
    for part in np.array_split(test, 10):
        near = (rows[part] @ rows.T).toarray() / length[part][:, None] / length[None, :]
        left &= ~(near > NEAR).any(axis=0)
    return np.flatnonzero(left), test


def _judge(
    told: dict[tuple[str, str, str], list[Told]],
    phrases: Sequence[Phrase],
    vectors: Any,
    train: NDArray[Any],
    asked: Sequence[Phrase],
    of_asked: Any,
) -> None:
    """Train each side with some of the phrases, ask it others, and keep what it told by side, origin and language."""
    from bot.nlu.question_finder import QuestionFinder

    ngrams, strength = NGrams(), QuestionFinder.get_default_config()["strength"]
    rows = ngrams.fit([phrases[i].masked for i in train])
    of_ngrams = ngrams.rows([one.masked for one in asked])
    for side, blocks in SIDES.items():
        classifier = LinearClassifier(blocks(rows, vectors[train]), [phrases[i].intent for i in train], strength)
        for one, ranking in zip(asked, classifier.rank(blocks(of_ngrams, of_asked)), strict=True):
            intent, confidence = ranking[0]
            told.setdefault((side, one.origin, one.language), []).append(Told(_kind(intent) in one.right, confidence))


def _print(told: Mapping[tuple[str, str, str], Sequence[Told]], options: argparse.Namespace) -> None:
    from bot.nlu.question_finder import QuestionFinder

    threshold = QuestionFinder.get_default_config()["threshold"]
    print(f"{options.folds} fold(s), seed {options.seed}. Right; right and sure enough to be answered; wrong but sure.")
    print(f"{'':10}{'':22}{'':10}{'messages':>9}{'right':>8}{'sure':>8}{'wrong':>8}")
    for (side, origin, language), all_told in told.items():
        right = _percent(one.is_right for one in all_told)
        sure = _percent(one.is_right and one.confidence >= threshold for one in all_told)
        wrong = _percent(not one.is_right and one.confidence >= threshold for one in all_told)
        print(f"{side:10}{origin:22}{language:10}{len(all_told):9}{right:8.1f}{sure:8.1f}{wrong:8.1f}")


def _percent(yes: Iterable[bool]) -> float:
    return 100 * float(np.mean(list(yes)))


if __name__ == "__main__":
    raise SystemExit(main())
