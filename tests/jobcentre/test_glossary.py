"""Welsh is read word by word in English, whatever its mutations, accents and dialect."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.jobcentre.glossary import LONGEST, glossary, in_english, welsh_words
from bot.jobcentre.spelling import DATA, mutated


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        pytest.param("ydi'r swyddfa ar agor?", "is the office open?", id="a phrase of several words"),
        pytest.param("rhif ffôn", "phone number", id="an accent"),
        pytest.param("rhif ffon", "phone number", id="an accent left out"),
        pytest.param("y Ganolfan Byd Gwaith", "the jobcentre", id="soft mutation"),
        pytest.param("yng nghymru", "in wales", id="nasal mutation"),
        pytest.param("a phlant", "children", id="aspirate mutation"),
        pytest.param("mhres i", "my money", id="a mutation without what caused it"),
        pytest.param("ar lôn, ger llaw", "on road, near hand", id="word by word where no phrase is known"),
        pytest.param("oria orie oriau", "hours hours hours", id="plurals as they are spoken"),
        pytest.param("symudodd angharad", "move angharad", id="an inflected word, and an unknown one"),
        pytest.param("sori i fod yn boen but is it open", "sorry to be pain but is it open", id="half English"),
        pytest.param("ydi xplacex ar agor xdayx", "is xplacex open xdayx", id="masks"),
        pytest.param("dwp", "dwp", id="a name that looks mutated"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_welsh_in_english(welsh: str, english: str) -> None:
    assert in_english(welsh) == english


@pytest.mark.parametrize(
    ("dialects", "english"),
    [
        (("isio", "isho", "eisiau", "moyn"), "want"),
        (("nawr", "rwan"), "now"),
        (("lan", "fyny"), "up"),
        (("efo", "gyda", "hefo"), "with"),
        (("deud", "gweud", "dweud"), "tell"),
        (("oes gennych chi", "sgynnoch chi", "oes da chi"), "do you have"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_north_and_south_mean_the_same(dialects: tuple[str, ...], english: str) -> None:
    assert {in_english(word).removesuffix(" you") for word in dialects} == {english}


def test_mutations_lead_back_to_their_radical() -> None:
    assert set(mutated("cais")) == {"gais", "nghais", "chais"}
    assert set(mutated("gwaith")) == {"waith", "ngwaith"}
    assert {"gais", "nghais", "chais"} <= welsh_words()


def test_each_phrase_has_one_meaning_and_is_found() -> None:
    lines = (DATA / "welsh_words.txt").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.partition(":")[2].split()]
    assert [entry for entry, count in Counter(entries).items() if count > 1] == []
    assert max(map(len, glossary())) <= LONGEST
