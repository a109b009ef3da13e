"""How easily the sentences of `domain.yml` read: for English a formula and the words that nine-year-olds know, for
Welsh, which has no formula, the length of its sentences and words.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from readability import getmeasures
from readability.langdata import LANGDATA

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.wording import render
from tests.test_domain import RESPONSES, SAMPLE, TYPICAL, kinds_of, rendered, sentences, text_of, words

GRADE_AFTER_NINE = 5.0
"""Flesch-Kincaid counts American school years: children are nine in the fourth, and this is the first day of the next.
"""

# Left out of the count: official names, which the person knows from their letters and which may not be put in other
# words; places; days, dates and times, which children read as one; numbers, addresses and links, which nobody reads
# aloud. In their place stands a short name.
_NAMES = re.compile(
    r"https?://\S+|\S+@\S+|\b\d[\d ]{2,}\d\b|\b\d+(:\d+)?([ap]m)?\b"
    r"|\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(January|February|November|December|Christmas Day|tomorrow)\b"
    r"|\b(Freedom of Information|Personal Independence Payment|Pension Credit|Universal Credit|Relay UK)\b"
    r"|\b(Crisis and Resilience Fund|Discretionary (Assistance Fund|Support)|Scottish Welfare Fund)\b"
    r"|\b(Social Security Scotland|Jobs and Benefits|Northern Ireland|Citizens Advice|nidirect)\b"
    r"|\b(Adult Disability Payment|Budgeting (Advance|Loans?)|Cold Weather Payment|Income Support)\b"
    r"|\bCost of Living Payments\b"
    r"|\b(Department for Work and Pensions|Independent Case Examiner|Information Commissioner|Ombudsman)\b"
    r"|\b(British Sign Language|[Cc]hild [Mm]aintenance( Service)?|Home Office)\b"
    r"|\b(Jobcentres?|Leeds (Park Place|Southern House))\b|\([A-Z]{2,}\)|\b[A-Z]{2,}\b"
)

HARDER = {
    "utter_intro": "must say that it is automated (X's rules) and name a change of circumstances as DWP does",
    "utter_office_phone": "one word and a number; GOV.UK style wants that word",
    "utter_office_facilities": "the names of what there is: computers, step-free access",
}
"""Responses above the grade, each with its reason. It may only shrink."""


def measured(text: str) -> float:
    """The Flesch-Kincaid grade of a text without its names."""
    lines = [re.sub(r"[^\w\s'-]", " ", part.replace("’", "'")) for part in sentences(_NAMES.sub("Leeds", text))]
    return float(getmeasures([f"{line} ." for line in lines if line.split()])["readability grades"]["Kincaid"])


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_an_english_text_reads_easily(name: str) -> None:
    grade = measured(rendered(name, Language.ENGLISH))
    assert (grade >= GRADE_AFTER_NINE) == (name in HARDER), f"grade {grade:.1f}"


@pytest.mark.parametrize("parts", TYPICAL.values(), ids=TYPICAL.keys())
def test_a_whole_english_reply_is_for_a_child_of_nine(parts: list[tuple[str, dict[str, Any]]]) -> None:
    answers = [Answer(name, kinds_of(name)[0], {**SAMPLE, **blanks}) for name, blanks in parts]
    assert measured(render(RESPONSES, answers, Language.ENGLISH)) < GRADE_AFTER_NINE


# Words of English

NEEDED = {
    "what DWP and its letters call things": "advance appointment appointments benefit benefits circumstances claim "
    "claims complaint complaints decision details documents fraud helpline helplines internal interpreter journal "
    "journalists online personal postcode queue sanction sanctions staff",
    "what people call things": "assistant audio automated braille careers council email link mobile scam support text "
    "video webchat weekend",
    "names": "england leeds scotland wales welsh",
    "what people do here": "advice complain contact dealt delete deleted disagree discuss example experience "
    "information links press reply request travel",
    "what an office is": "area closure confirmed limited local official usual usually within",
    "what is grave": "affected decisions mental politics seriously threats urgent",
}
"""Words beyond those that children of nine know, and why each is said. It may only shrink."""
_BASIC = LANGDATA["en"]["basicwords"]
_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("d", ""),
    ("ed", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
)
_ENDINGS += (("er", ""), ("er", "e"), ("est", ""), ("ly", ""), ("’s", ""), ("n", ""))


def is_basic(word: str) -> bool:
    """Whether it is, but for its ending, on the Dale-Chall list of what four in five children of about nine know."""
    return any(word.endswith(end) and word[: len(word) - len(end)] + root in _BASIC for end, root in _ENDINGS)


def english_words() -> set[str]:
    texts = [
        re.sub(r"\{\w+:([^}]*\|[^}]*)\}|\{[^}]*\}", r" \1 ", text_of(name, Language.ENGLISH)) for name in RESPONSES
    ]
    return {word for text in texts for word in re.findall(r"[a-z’]+", _NAMES.sub(" ", text).lower())}


def test_the_words_are_ones_that_a_child_of_nine_knows() -> None:
    needed = {word for group in NEEDED.values() for word in group.split()}
    hard = {word for word in english_words() if not is_basic(word)}
    assert hard - needed == set(), "say it in a shorter word, or add the word to those needed"
    assert needed - hard == set(), "no longer said: take it out of those needed"


# Welsh

WELSH_SENTENCE = 25
WELSH_WORD = 13
"""Letters. Welsh joins few words into one: what is longer is mostly a term of office."""
LONG_WELSH = {"gwleidyddiaeth", "newyddiadurwyr", "penderfyniadau"}
"""Politics, journalists, decisions: Welsh has no other words. It may only shrink."""


def welsh_words() -> set[str]:
    texts = [re.sub(r"\{\w+:([^}]*\|[^}]*)\}|\{[^}]*\}", r" \1 ", text_of(name, Language.WELSH)) for name in RESPONSES]
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}


def test_welsh_words_are_short() -> None:
    assert {word for word in welsh_words() if len(word) > WELSH_WORD} <= LONG_WELSH


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_welsh_sentences_are_short(name: str) -> None:
    assert [part for part in sentences(rendered(name, Language.WELSH)) if words(part) > WELSH_SENTENCE] == []
