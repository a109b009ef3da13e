"""From clauses to questions, with what the conversation remembers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.jobcentre.choice import chosen
from bot.jobcentre.control import control_of
from bot.jobcentre.dialogue import interpret
from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Context, Pending, Thread, Utterance, When
from bot.settings import PROJECT
from tests.builders import NOW

TWO = ("bradford-eastbrook-court", "bradford-westfield-house")
CHOICES: dict[str, int | None] = {
    "2": 1,
    "the second one": 1,
    "number 2 please": 1,
    "last": 1,
    "the other one": 1,
    "top one": 0,
    "un": 0,
    "yr ail": 1,
    "opsiwn 1": 0,
    "22": None,
    "3": None,
    "two of them": None,
    "is it open": None,
    "": None,
}


@pytest.mark.parametrize(("text", "index"), CHOICES.items(), ids=CHOICES)
def test_a_choice_by_number_or_order(text: str, index: int | None) -> None:
    assert chosen(text, TWO) == (None if index is None else (TWO[index],))
    assert chosen(text, ()) is None


CONTROLS = {
    "stop": "stop",
    "STOP!!": "stop",
    "please stop messaging me": "stop",
    "don't message me": "stop",
    "opt out": "stop",
    "please do not send me any more messages": "stop",
    "peidiwch â gyrru mwy o negeseuon ata i": "stop",
    "Stopiwch yrru negesa plis": "stop",
    "rhowch y gorau i anfon pethau ata i": "stop",
    "don't send my money to the old account": None,
    "do not contact my employer": None,
    "peidiwch ag anfon fy arian i'r hen gyfrif": None,
    "start": "start",
    "Dechrau": "start",
    "stop my claim": None,
    "can you stop the snow": None,
    "bus stop": None,
    "when do you start": None,
    "": None,
}


@pytest.mark.parametrize(("text", "control"), CONTROLS.items(), ids=CONTROLS)
def test_stop_and_start_are_all_that_a_message_says(text: str, control: str | None) -> None:
    assert control_of(text) == control


def read(text: str, *intents: str, thread: Thread | None = None, **fields: Any) -> Any:
    clauses = tuple(Clause(intent, 0.9, text, 0, len(text)) for intent in intents)
    return interpret(Utterance(text, clauses, **fields), Context(NOW, "JCPinLeeds", thread=thread or Thread()))


def test_every_intent_of_the_training_data_has_a_kind_or_goes_on() -> None:
    trained = {file.stem for file in (PROJECT / "data" / "nlu").glob("*.yml")}
    assert trained <= set(KIND_OF_INTENT) | FOLLOW_UPS


@pytest.mark.parametrize(
    ("intents", "kinds"),
    [
        (("greet", "ask_opening"), [Kind.OFFICE_OPEN]),
        (("ask_opening", "thank"), [Kind.OFFICE_OPEN]),
        (("greet",), [Kind.GREETING]),
        (("nlu_fallback", "ask_foi"), [Kind.FOI]),
        (("ask_opening", "ask_individual_case"), [Kind.OFFICE_OPEN, Kind.INDIVIDUAL_CASE]),
    ],
)
def test_small_talk_and_noise_beside_a_question_are_left(intents: tuple[str, ...], kinds: list[Kind]) -> None:
    assert [question.kind for question in read("some words", *intents).questions] == kinds


def test_details_alone_ask_nothing_and_words_beside_them_do() -> None:
    for words in ("[National Insurance number removed]", "my NI number is [National Insurance number removed]"):
        assert read(words, "ask_other_service").questions == ()
    for words in ("is [National Insurance number removed] right?", "where is my money [phone number removed]"):
        assert len(read(words, "ask_individual_case").questions) == 1


def test_a_choice_keeps_the_day_and_the_kind_of_the_question() -> None:
    when = When(NOW.date() + timedelta(days=3))
    pending = Pending("office", Kind.OFFICE_HOURS, NOW, TWO, (when,))
    (question,) = read("2", "nlu_fallback", thread=Thread(pending=pending)).questions
    assert (question.kind, question.offices, question.whens) == (Kind.OFFICE_HOURS, TWO[1:], (when,))


@pytest.mark.parametrize(("said", "index"), [("westfield", 1), ("eastbrook one please", 0), ("house", 1)])
def test_a_choice_by_a_word_of_its_name(said: str, index: int) -> None:
    pending = Pending("office", Kind.OFFICE_OPEN, NOW, TWO)
    (question,) = read(said, "nlu_fallback", thread=Thread(pending=pending)).questions
    assert question.offices == (TWO[index],)


def test_a_word_that_all_choices_share_chooses_none() -> None:
    pending = Pending("office", Kind.OFFICE_OPEN, NOW, TWO)
    questions = read("bradford", "nlu_fallback", thread=Thread(pending=pending)).questions
    assert all(question.offices != TWO[:1] and question.offices != TWO[1:] for question in questions)


@pytest.mark.parametrize(("intent", "affirmed"), [("affirm", True), ("deny", False), ("cancel", None)])
def test_yes_no_and_never_mind_ask_nothing_themselves(intent: str, affirmed: bool | None) -> None:
    said = read("some words", intent)
    assert (said.questions, said.affirmed, said.cancelled) == ((), affirmed, intent == "cancel")
