"""Messages that only name another place or day."""

from __future__ import annotations

import pytest

from bot.jobcentre.dates import find_days
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.named_alone import as_named_alone
from bot.jobcentre.question import Clause, Thread, Utterance
from tests.builders import NOW

SPOKEN = Thread(kind=Kind.OFFICE_OPEN, offices=("wakefield",))
ALONE = [
    ("well how about friday then", "goodbye"),
    ("ah no worries, leith any better?", "cancel"),
    ("would that be so on tuesday too", "ask_further"),
    ("ok leith", "out_of_scope"),
    ("iawn, dydd Mawrth felly", "goodbye"),
]
SAYS_MORE = [
    ("see you on friday", "goodbye"),
    ("my coach in leith is lovely", "give_feedback"),
    ("where is leith", "nlu_fallback"),
    ("ok then", "goodbye"),
    ("no friday", "report_crisis_life"),
]


def heard(text: str, intent: str, thread: Thread = SPOKEN, confidence: float = 0.9) -> str:
    at = text.find("leith")
    places = (PlaceMention(at, at + 5, "leith", PlaceKind.OFFICE, "Leith", ("leith",)),) if at >= 0 else ()
    clause = Clause(intent, confidence, text, 0, len(text))
    utterance = Utterance(text, (clause,), places, tuple(find_days(text, NOW)))
    return as_named_alone(utterance, thread).clauses[0].intent


@pytest.mark.parametrize(("text", "intent"), ALONE, ids=[text for text, _ in ALONE])
def test_it_is_another_place_or_day_in_whatever_small_words(text: str, intent: str) -> None:
    assert heard(text, intent) == "inform"
    assert heard(text, intent, Thread()) == intent
    assert heard(text, intent, Thread(kind=Kind.CONTACT_DWP, offices=("wakefield",))) == intent


@pytest.mark.parametrize(("text", "intent"), SAYS_MORE, ids=[text for text, _ in SAYS_MORE])
def test_what_says_more_is_as_it_was_heard(text: str, intent: str) -> None:
    assert heard(text, intent) == intent


def test_what_was_surely_heard_as_a_question_stays_one() -> None:
    assert heard("leith on friday", "ask_office") == "ask_office"
    assert heard("leith on friday", "ask_office", confidence=0.4) == "inform"
