"""Training phrases: blanks, what the classifier sees, and Rasa's form of them."""

from __future__ import annotations

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.gazetteer import Gazetteer
from bot.jobcentre.phrase import INTENTS, example_of, parts_of, pieces_of, with_blanks
from bot.settings import PROJECT
from tests.builders import NOW, make_office, make_place

GAZETTEER = Gazetteer([make_office()], [make_place("Otley")])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("is leeds park place open tomorrow", "is {place} open {day}"),
        ("u open in otley on 14 march at 3pm", "u open in {place} on {day}"),
        ("nearest to LS1 4 mate", "nearest to {place} mate"),
        ("r u open on saturdays", "r u open on saturdays"),
        ("is my jobcentre shut", "is my jobcentre shut"),
        ("ring me on [phone number removed] about the thing", "ring me on about the thing"),
        ("wat bout\nthe thing", "wat bout the thing"),
    ],
)
def test_places_and_days_are_taken_out(said: str, left: str) -> None:
    assert with_blanks(said, GAZETTEER.find(said), NOW) == left


@pytest.mark.parametrize(
    ("phrase", "heard"),
    [
        ("is {place} open {day}?", "is <xplacex> open <xdayx> ?"),
        ("r u open on saturdays or tomorrow", "r u open <xhabitx> or <xdayx>"),
        ("is tesco open", "is <xshopx> open"),
        ("{place}", "<xplacex>"),
    ],
)
def test_the_preview_is_what_the_classifier_sees(phrase: str, heard: str) -> None:
    assert " ".join(f"<{part.text}>" if part.is_mask else part.text for part in parts_of(phrase, NOW)) == heard


def test_the_words_between_the_blanks_are_read() -> None:
    assert pieces_of("is {place} open {day}") == ["is ", " open "]


def test_rasa_gets_places_and_days_annotated_in_the_language() -> None:
    assert example_of("is {place} open {day}", Language.ENGLISH) == "is [leeds](office) open [tomorrow](day)"
    assert example_of("ydi {place} ar agor {day}", Language.WELSH) == "ydi [caerdydd](office) ar agor [yfory](day)"


def test_a_phrase_may_be_labelled_with_what_the_model_knows() -> None:
    assert {file.stem for file in (PROJECT / "data" / "nlu").glob("*.yml")} == INTENTS
