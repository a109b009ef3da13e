"""Slips of the pen are put right towards the words of our phrases, and nothing else is touched."""

from __future__ import annotations

import pytest

from bot.nlu.spelling import AT_MOST, Spelling

COMMON = [
    "is the jobcentre open",
    "my payment and benefit",
    "universal credit appointment",
    "what address",
    "phone line",
]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(COMMON * 4 + ["u open tmrw"] * 2 + ["is it shutt"], ["ydych chi ar agor yfory"] * 2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("is it opne", "is it open"),
        ("my paymnt", "my payment"),
        ("univarsal credt apointmant", "universal credit appointment"),
        ("the adress?", "the address?"),
        ("OPNE", "open"),
    ],
)
def test_a_slip_becomes_the_word_that_was_meant(spelling: Spelling, written: str, meant: str) -> None:
    assert spelling.mended([written]) == [meant]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("stood on the pavement", id="an English word near one of ours"),
        pytest.param("mr openshaw", id="a name"),
        pytest.param("u open tmrw", id="slang of our phrases"),
        pytest.param("ydych chi ar agor yfory", id="Welsh of our phrases"),
        pytest.param("the phones", id="a plural"),
        pytest.param("the phone's dead", id="a possessive"),
        pytest.param("opn it", id="too short to be sure"),
        pytest.param("xplacex xdayx zzyzxq", id="masks, and what is near nothing"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_known_or_too_strange_stays_as_it_is(spelling: Spelling, text: str) -> None:
    assert spelling.mended([text]) == [text]


def test_a_misspelling_that_stands_once_in_our_phrases_is_put_right_too(spelling: Spelling) -> None:
    assert Spelling(["is the phone on"] * 9 + ["is the phoen on"], []).mended(["phoen"]) == ["phone"]


def test_two_slips_are_put_right_in_long_words_alone(spelling: Spelling) -> None:
    assert spelling.mended(["beenfti", "univesral"]) == ["beenfti", "universal"]


@pytest.mark.parametrize(
    ("text", "is_strange"),
    [
        pytest.param("zblorpt", True, id="no word"),
        pytest.param("zblorpt qwrmf", True, id="two of them"),
        pytest.param("bitcoin", True, id="a word of no phrase, alone"),
        pytest.param("crypto bitcoin", True, id="two of them alone"),
        pytest.param("tell me about bitcoin", False, id="among others it tells something"),
        pytest.param("zblorpt open", False, id="one that is known"),
        pytest.param("phones", False, id="a plural of ours"),
        pytest.param("ok", False, id="short"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_text_is_strange_where_nobody_knows_a_word_of_it(spelling: Spelling, text: str, is_strange: bool) -> None:
    assert spelling.is_strange(text) == is_strange


def test_a_flood_of_strange_words_costs_no_more_than_some(spelling: Spelling) -> None:
    strange = [f"{'abcdefghij'[n // 10]}{'klmnopqrst'[n % 10]}qqvvx" for n in range(AT_MOST)]
    assert spelling.mended([" ".join([*strange, "opne"])])[0].endswith("opne")
    assert spelling.mended([" ".join([*strange[1:], "opne"])])[0].endswith("open")


def test_the_known_part_is_without_words_that_nobody_knows(spelling: Spelling) -> None:
    assert spelling.known_part("is the xqzwvk open").split() == ["is", "the", "open"]
    assert spelling.known_part("is the jobcentre open") == "is the jobcentre open"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("ydych chi ar agro", "ydych chi ar agor", id="a slip"),
        pytest.param("fy nhgais", "fy nghais", id="in a mutation"),
        pytest.param("gwybdaeth", "gwybodaeth", id="a word of the glossary alone"),
        pytest.param("llythr i'r swydfda", "llythyr i'r swyddfa", id="two words"),
    ],
)
def test_a_slip_in_welsh_becomes_the_welsh_word(spelling: Spelling, written: str, meant: str) -> None:
    assert spelling.mended([written], "cy") == [meant]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ei phensiwn yng nghymru", id="mutated words"),
        pytest.param("rhif ffon y llinell", id="accents left out"),
        pytest.param("petha a taliada", id="plurals as they are spoken"),
        pytest.param("the office is closed", id="English among Welsh"),
        pytest.param("mae angharad a llywelyn yno", id="names"),
    ],
)
def test_welsh_that_is_known_or_a_name_stays_as_it_is(spelling: Spelling, text: str) -> None:
    assert spelling.mended([text], "cy") == [text]
