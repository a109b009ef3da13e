"""Whether somebody may be in danger or in want: the check that runs on every message before anything else reads it.

It errs to the safe side. A denial still counts ("I'm not suicidal but …", "I won't kill myself"): who speaks of it may
need help. So does a joke about one's own death, unless it is a known figure of speech ("this queue is killing me").
The words are in `data/crisis.json`, which says how to read them; this module only compares.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from bot.jobcentre.text import skeleton

_WORDS = Path(__file__).parent / "data" / "crisis.json"


class Risk(str, Enum):
    """Most serious first."""

    LIFE = "life"
    """Suicide, self-harm, danger to life: the writer's or anybody's."""
    CHILD = "child"
    """A child who may be harmed."""
    ABUSE = "abuse"
    """Domestic abuse, violence, coercion."""
    THREAT = "threat"
    """Violence threatened against staff, an office or others."""
    HARDSHIP = "hardship"
    """No food, money, heating or home now."""


FIGURATIVE = frozenset({Risk.ABUSE, Risk.THREAT, Risk.HARDSHIP})
"""Risks whose words people also use of games, prices and queues, so that what stands around them may tell otherwise. Of
a danger to life or to a child it never may."""


def find_risks(text: str) -> list[Risk]:
    """The risks that a message in English or Welsh speaks of, most serious first, no repeats; never raises."""
    readings = {_words(text), _words(" ".join(text.split()))}  # a line break may end a sentence, or fall within one
    return [signs.risk for signs in _signs() if any(map(signs.are_in, readings))]


_EATING_OUT = re.compile(
    r"\b(?:chipp(?:y|ies)|chip shop|caf[eé]s?|caff|coffee shop|greggs|mc ?donald\w*|macc?ies|kfc|nando\w*|subway|costa"
    r"|starbucks|kebab\w*|take ?aways?|burger (?:van|king|place)|restaurants?|pubs?|spoons|wetherspoon\w*|canteen"
    r"|vending machine|sandwich shop|bakery|pizza (?:place|shop)|caffi|bwyty|tafarn|siop (?:sglodion|jips))\b",
    re.IGNORECASE,
)
_IN_WANT = re.compile(
    r"\b(?:money|skint|broke|penn(?:y|iless)|afford|paid|pay\w*|free|credit|benefits?|kids?|child\w*|bab(?:y|ies)|son|daughter|days?"
    r"|yesterday|weeks?|food ?banks?|nothing|nowt|no food|eaten|eat(?:ing)? (?:for|in|since)|homeless|help"
    r"|meter|heating|electric\w*|gas|arian|pres|plant|dim byd|diwrnod\w*|banc bwyd|fforddio)\b",
    re.IGNORECASE,
)


def is_of_eating_out(text: str, risks: Collection[str]) -> bool:
    """Whether the hunger that was heard is of somebody who asks where to buy a meal, and tells of no want: "starving,
    any good chippy near"."""
    if set(risks) != {Risk.HARDSHIP.value} or Risk.HARDSHIP in find_risks(text):
        return False
    return _EATING_OUT.search(text) is not None and _IN_WANT.search(text) is None


def in_order(risks: Iterable[Risk]) -> list[Risk]:
    """The risks, most serious first, no repeats."""
    found = set(risks)
    return [risk for risk in Risk if risk in found]


@dataclass(frozen=True)
class _Signs:
    risk: Risk
    figures: re.Pattern[str]
    phrases: re.Pattern[str]

    def are_in(self, words: str) -> bool:
        meant = self.figures.sub(lambda figure: "~ " * figure[0].count(" "), words)
        return self.phrases.search(meant) is not None


@cache
def _vocabulary() -> dict[str, Any]:
    vocabulary: dict[str, Any] = json.loads(_WORDS.read_text(encoding="utf-8"))
    return vocabulary


@cache
def _signs() -> tuple[_Signs, ...]:
    return tuple(
        _Signs(risk, _any_of(_vocabulary()[risk.value]["figures"]), _any_of(_vocabulary()[risk.value]["phrases"]))
        for risk in Risk
    )


# From phrases to patterns. A message is a line of words, each followed by one space; "." ends a sentence.

_GAPS = {
    "..": r"(?:[^ .]+ ){0,3}?",
    "....": r"(?:[^ .]+ ){0,6}?",
    "&": r"(?:[^ ]+ ){0,12}?",
    "*": "[^ .]+ ",
    "$": r"(?=\. |$)",
    "^": "(?<=^ )",
}


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("(?<= )(?:" + "|".join(map(_pattern, phrases)) + ")")


def _pattern(phrase: str) -> str:
    return "".join(_GAPS.get(element) or _element(element) for element in phrase.split())


def _element(element: str) -> str:
    """One place in a phrase: `cant|cannot`, `<self>`, `just?`, `abus*`, `$`."""
    choices, optional = (element[:-1], "?") if element.endswith("?") else (element, "")
    return f"(?:{'|'.join(_choice(choice) for choice in choices.split('|'))}){optional}"


def _choice(choice: str) -> str:
    if choice == "$":
        return _GAPS["$"]
    return "".join(_word(word) for word in choice.split("_") if word)


def _word(word: str) -> str:
    if word.startswith("<"):
        names = _vocabulary()["words"][word.strip("<>")].split()
        return f"(?:{'|'.join(map(_choice, names))})"
    plain = re.escape(word.rstrip("?*")) + ("[^ .]*" if word.endswith("*") else "") + " "
    return f"(?:{plain})?" if word.endswith("?") else plain


# From a message to its line of words

_TOKEN = re.compile(r"[a-z0-9]+|[.!?;\n]+")
_INSIDE_WORD = re.compile(r"(?<=[a-z0-9])[!$@*](?=[a-z0-9])|['ˆ]")
_WELSH_PARTICLE = re.compile(r"'(?:r|n|i|w|u|ch)\b")
"""Dwi'n, mae'r, i'w: what it leaves says enough."""
_LEET = str.maketrans("01345$@!", "oieas" + "sai")
_MIXED = re.compile(r"\b(?=[a-z0-9!$@]*[a-z])[a-z]+(?:[01345!$@]+[a-z]+)+\b")
_PENCE = re.compile(r"(?<=[0-9])p\b")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_SPELT = re.compile(r"\b(?:[a-z][ .-]){2,}[a-z]\b")


def _words(text: str) -> str:
    """ " i cant go on . is it open ": plain words, each followed by a space, slips in key words mended."""
    plain = skeleton(text).text.replace("...", " ").replace("£", " quid ")
    plain = _PENCE.sub(" pence ", plain)
    plain = _WELSH_PARTICLE.sub("", plain)
    plain = _MIXED.sub(lambda word: word[0].translate(_LEET), plain)
    plain = _INSIDE_WORD.sub("", plain)
    plain = _DRAWN_OUT.sub(r"\1", plain)
    plain = _SPELT.sub(lambda letters: re.sub("[^a-z]", "", letters[0]), plain)
    return " " + "".join(f"{_mended(token)} " for token in _TOKEN.findall(plain))


@lru_cache(maxsize=4096)
def _mended(token: str) -> str:
    """The key word that a word is one slip from (two, in long words), or the word, with the g that "walkin" drops;
    "." for the end of a sentence."""
    if not token[0].isalnum():
        return "."
    spelling = _vocabulary()["spelling"]
    if len(token) < 5 or token in _known():
        return token
    if token.endswith("in") and f"{token}g" in _known():
        return f"{token}g"
    for key in spelling["key"]:
        slips = 2 if len(key) > 8 else 1
        if key[0] == token[0] and OSA.distance(token, key, score_cutoff=slips) <= slips:
            return str(key)
    return token


@cache
def _known() -> frozenset[str]:
    """Words that are right as they are: those of our phrases, and real words that look like a key word."""
    vocabulary = _vocabulary()
    ours = [phrase for risk in Risk for part in ("phrases", "figures") for phrase in vocabulary[risk.value][part]]
    words = [*ours, *vocabulary["words"].values(), *vocabulary["spelling"]["real"]]
    return frozenset(re.findall("[a-z0-9]+", " ".join(words)))
