"""The messages that are asked: our phrases, and the sets of `tests/nlu`, none of which is trained with."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benchmarks.understanding.edits import mistyped
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.intent import KIND_OF_INTENT
from bot.settings import PROJECT, Settings
from bot.testing.stage import make_world, read_world
from bot.testing.suite import Suite

FOLDER = PROJECT / "tests" / "nlu"
SETS = ("fresh_messages.csv", "harder_messages.csv", "freshest_messages.csv")
SAFETY = "safety_phrasings.csv"
ACCOUNT = "JCPinLeeds"
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=LONDON)


@dataclass(frozen=True)
class Message:
    """What somebody writes, and what a right reply to it serves."""

    text: str
    language: str
    origin: str
    """The file of its set, or `folds`."""
    kinds: frozenset[str] = frozenset()
    """Any one of these may come first."""
    also: frozenset[str] = frozenset()
    """All of these must be served."""
    account: str = ACCOUNT
    speaks_of: str = ""
    """Of the safety table: the risk, or `nothing`, `case`, `routine`."""
    parts: tuple[str, ...] = ()
    """The messages that it was made of."""


@dataclass(frozen=True)
class Phrase:
    """What the classifier reads of a message, and what it should say."""

    masked: str
    right: frozenset[str]
    """The kinds (of follow-ups, the intents) of which any is right."""
    language: str
    origin: str
    intent: str = ""
    """Of a training phrase."""


def read_sets() -> list[Message]:
    """The sets of messages in many voices."""
    return [
        Message(
            row["message"],
            row["language"],
            file,
            frozenset(row["kind"].split()),
            frozenset(row["also"].split()),
            row["account"],
        )
        for file in SETS
        for row in _rows(file)
    ]


def read_safety() -> list[Message]:
    """The table of people at risk, ways to speak that only sound so, matters of a claim, and routine questions."""
    return [Message(row["text"], row["language"], SAFETY, speaks_of=row["speaks_of"]) for row in _rows(SAFETY)]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def training_phrases() -> list[Phrase]:
    """All phrases of `data/nlu`, masked as they are in training."""
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.question_finder import language_of_example, masked_example

    examples = load_data(str(PROJECT / "data" / "nlu")).intent_examples
    return [_phrase(masked_example(one), one.get("intent"), language_of_example(one)) for one in examples]


def _phrase(masked: str, intent: str, language: str) -> Phrase:
    return Phrase(masked, frozenset([kind_of(intent)]), language, "folds", intent)


def kind_of(intent: str) -> str:
    """The kind of an intent; of a follow-up, which has none, the intent."""
    kind = KIND_OF_INTENT.get(intent)
    return kind.value if kind else intent


def edited(messages: Iterable[Message], way: str, seed: int) -> list[Message]:
    """The messages as they are mistyped in that way."""
    return [replace(one, text=mistyped(one.text, one.language, way, seed)) for one in messages]


def edited_phrases(phrases: Iterable[Phrase], way: str, seed: int) -> list[Phrase]:
    return [replace(one, masked=mistyped(one.masked, one.language, way, seed)) for one in phrases]


def masked_phrases(messages: Iterable[Message]) -> list[Phrase]:
    """What the classifier reads of messages, masked as the assistant masks them, with the sample's places."""
    from rasa.shared.nlu.training_data.message import Message as RasaMessage

    from bot.nlu.place_and_day_finder import PlaceAndDayFinder
    from bot.nlu.question_finder import masked_part

    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        world = read_world(make_world(Suite(Path(folder)).data, Path(folder) / "world.db"))
        finder = PlaceAndDayFinder(Settings.read(os.environ), world)
        phrases = []
        for one in messages:
            said = RasaMessage({"text": one.text, "metadata": {"now": NOW.isoformat(), "account": one.account}})
            finder.process([said])
            masked = masked_part(one.text, 0, len(one.text), said.get("entities", []))
            phrases.append(Phrase(masked, one.kinds, one.language, "sets"))
        world.store.close()
    return phrases
