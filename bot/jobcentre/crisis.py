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


_AT_SOMEBODY = re.compile(
    r"\b(?:you|u|ya|ye|yous|youse|your|ur|youll|youre|he|him|his|hes|she|her|shes|they|them|em|their|theyre|staff"
    r"|advis[eo]rs?|coach|guards?|manager|managers|people|some(?:one|body)|one of|whoever|the lot|chi|ti|nhw|staff"
    r"|rhywun|swyddog\w*|anogwr|rheolwr|wait\w*"
    r"|kill|stab|shoot|bomb|burn|petrol|fire|blood|gun|knife|smash|batter|punch|kick|hurt|harm|attack|regret)\b",
    re.IGNORECASE,
)
"""Whom a threat is for, or what is to be done to them."""
_OF_THE_ROADS = re.compile(
    r"\b(?:ic[ey]|like glass|snow\w*|frost\w*|frozen|slush\w*|slipp\w*|slid\w*|skating|ice rink|grit\w*|treacherous"
    r"|lethal|deadly|flood\w*|gales?|eira|rhew|llithrig)\b"
)
"""What it is like outside, in words that also threaten."""


def is_figure_of_speech(text: str, risks: Collection[str]) -> bool:
    """Whether the threat that was heard is a known figure of speech, "I'll die of embarrassment", or the state of the
    roads, "it's like glass out here", of somebody who speaks of nobody else and of no violence."""
    if set(risks) != {Risk.THREAT.value} or Risk.THREAT in find_risks(text):
        return False
    figures, words = _signs()[list(Risk).index(Risk.THREAT)].figures, _words(text)
    left = figures.sub(" ", words)
    is_other = left != words or _OF_THE_ROADS.search(words) is not None
    return is_other and _AT_SOMEBODY.search(left) is None


_OF_THE_WAY = re.compile(
    r"\b(?:bus(?:es)?|trains?|trams?|tube|taxi|cab|lift|walk(?:ing)?|driv(?:e|ing)|cycl(?:e|ing)|bike|bring(?:ing)?|traffic"
    r"|out(?:side)? here|bws|bysus?|tr[eê]n|cerdded|gyrru|dod [aâ])\b",
    re.IGNORECASE,
)
_OF_MORE_THAN_THE_WAY = re.compile(
    r"\b(?:fares?|sle(?:ep\w*|pt)|nights?|tents?|streets?|home|mates?|lads|boys|brothers|cousins|mob|crew|dogs?|cysgu|noson"
    r"|stryd|mêts|bois)\b",
    re.IGNORECASE,
)
"""No money, no roof, or company that may be a threat."""


def is_of_the_way(text: str, risks: Collection[str]) -> bool:
    """Whether a threat or want was only heard in how somebody will get to an office, and with whom: "there's no bus",
    "gonna have to walk it". It speaks of nobody who is threatened, of no money and of no night outside."""
    heard = {Risk(risk) for risk in risks}
    if not heard or not heard <= {Risk.THREAT, Risk.HARDSHIP} or heard & set(find_risks(text)):
        return False
    says_more = any(words.search(text) for words in (_AT_SOMEBODY, _IN_WANT, _OF_MORE_THAN_THE_WAY))
    return _OF_THE_WAY.search(text) is not None and not says_more


_OF_ONESELF = re.compile(r"\b(?:i|im|ive|ill|id|me|my|myself|we|us|our|fi|mi|fy|dwi|rwy|ni)\b", re.IGNORECASE)
_UNWELL = re.compile(
    r"\b(?:ill|sick|poorly|unwell|(?:not|n[’']?t) (?:very )?well|temperature|chicken ?pox|tonsillitis|a bug|flu"
    r"|vomiting|throwing up|s[âa]l|dost|tost|anhwylus|annwyd|chwydu|brech)\b",
    re.IGNORECASE,
)
_WRONGED = re.compile(
    r"\b(?:alone|left|leaves?|leaving|hits?|hitting|hurt\w*|beat\w*|bruis\w*|burn\w*|lock\w*|hungry|starv\w*|fed|feed"
    r"|neglect\w*|filthy|dirty|scream\w*|shout\w*|scared|afraid|drunk|drinking|drugs?|refus\w*|wo ?n[’']?t|never"
    r"|touch\w*|breath\w*|unconscious|waking|doctor|ben ei hun|ar ei ben|gadael|adael|taro|curo|brifo|glei[sn]\w*"
    r"|llwgu|ofn|cloi|meddw|yfed|cyffuriau|gwrthod|byth|meddyg|anadlu)\b",
    re.IGNORECASE,
)


def without_misheard(text: str, risks: Collection[str]) -> tuple[str, ...]:
    """The risks, without those that no phrase tells of and that something else explains: a life, where somebody tells
    of another's threat and says nothing of themselves; a child, that is only ill."""
    known = find_risks(text)
    misheard = set()
    if Risk.THREAT in known and Risk.LIFE not in known and not _OF_ONESELF.search(text):
        misheard.add(Risk.LIFE.value)
    if Risk.CHILD not in known and _UNWELL.search(text) and not _WRONGED.search(text):
        misheard.add(Risk.CHILD.value)
    return tuple(risk for risk in risks if risk not in misheard)


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
