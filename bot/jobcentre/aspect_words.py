"""The words of a message besides its names, and what sides of a subject they tell (`data/aspects.txt`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.jobcentre.conversation import Language
from bot.jobcentre.glossary import in_english
from bot.jobcentre.masks import masked
from bot.jobcentre.patterns import sections
from bot.jobcentre.question import Utterance
from bot.jobcentre.spelling import plain_words, unmutated

_WELSH = " cy"
_FREE = re.compile(r"\b(?:yn rhad ac )?am ddim\b", re.IGNORECASE)
"""Of no cost, in words that are small apart."""
_OF_GENDER = frozenset({"he", "him", "his", "she", "her"})
"""A thing, in Welsh."""


def small_words() -> frozenset[str]:
    """Words that name no subject, of both languages, folded."""
    return by_aspect()["small"]


def only_names(utterance: Utterance) -> bool:
    """Whether it says no more than a place or a day, which are of no language: "2nd jan?" """
    return bool(utterance.places or utterance.days) and not words_besides_names(utterance) - small_words()


def words_besides_names(utterance: Utterance) -> frozenset[str]:
    """The words, folded, without those of places and days."""
    return frozenset(map(radical, plain_words(_FREE.sub("amddim", _without_names(utterance)))))


def readings(utterance: Utterance) -> Iterator[frozenset[str]]:
    """The words, and those of Welsh in English too: its own lists are shorter than its ways to say a thing."""
    yield words_besides_names(utterance)
    if utterance.language == Language.WELSH.value:
        yield frozenset(plain_words(in_english(_without_names(utterance)))) - _OF_GENDER


def _without_names(utterance: Utterance) -> str:
    """The text without its places and days."""
    spans = [(day.start, day.end, " ") for day in utterance.days if not day.spans]
    spans += [(start, end, " ") for day in utterance.days for start, end in day.spans]
    spans += [(place.start, place.end, " ") for place in utterance.places]
    return masked(utterance.text, spans)


def radical(word: str) -> str:
    """The word; a Welsh one that is known before its mutation as it is then."""
    if any(word in words for words in by_aspect().values()):
        return word
    return next((radical for radical in unmutated(word) if radical in _welsh()), word)


@cache
def by_aspect() -> Mapping[str, frozenset[str]]:
    """The words of each side, of both languages."""
    out: dict[str, frozenset[str]] = {}
    for head, words in _lists():
        name = head.removesuffix(_WELSH)
        out[name] = out.get(name, frozenset()) | words
    return out


@cache
def _welsh() -> frozenset[str]:
    return frozenset().union(*(words for head, words in _lists() if head.endswith(_WELSH)))


def _lists() -> list[tuple[str, frozenset[str]]]:
    return [(head, frozenset(" ".join(lines).split())) for head, lines in sections("aspects.txt")]


@cache
def telling() -> Mapping[str, frozenset[str]]:
    """The words of each side that are not small."""
    return {head: words - by_aspect()["small"] for head, words in by_aspect().items()}
