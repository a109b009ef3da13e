"""Which of several offices or topics is picked, however the person says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from rapidfuzz import fuzz

from bot.jobcentre.office import Nation, Office
from bot.jobcentre.spelling import fold, unmutated
from bot.jobcentre.words import SAME_DAY, SAME_TIME


class Untold(str, Enum):
    """Why words do not tell which office is meant."""

    UNKNOWN = "unknown"
    """They do not know."""
    NONE = "none"
    """None of those named."""
    UNSURE = "unsure"
    """The words could be any of them."""


_ORDINALS = (
    r"1|1st|first|one|former|top|cyntaf|gyntaf|cynta|gynta|un",
    r"2|2nd|second|two|ail|dau|dwy",
    r"3|3rd|third|three|trydydd|drydydd|trydedd|drydedd|tri|tair",
    r"4|4th|fourth|four|pedwerydd|bedwerydd|pedwaredd|bedwaredd|pedwar|pedair",
    r"5|5th|fifth|five|pumed|bumed|pump",
)
_NUMBERS = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words.split("|")}
_LAST = frozenset({"last", "bottom", "latter", "olaf", "ola"})
_OTHER = frozenset({"other", "others", "llall", "lleill", "arall"})
_ALL = frozenset({"all", "both", "each", "every", "either", "any", "pob", "holl", "ddau", "ddwy", "unrhyw", "naill"})
_NONE = frozenset({"none", "neither", "nhr", "nebun"})
_NOT = frozenset({"not", "nid", "ddim", "dim"})
_ONE = frozenset({"one", "1", "un", "top"})
"""Words that stand for an office as often as for the first of them: "the second one"."""
_BESIDE_ENGLISH = (
    "i i'd i'll i'm id ill im id like mean meant want wanted need go going with for it it's its is was be think say "
    "said option number no nope nah num nr the that those these them this please pls plz thanks thank you ta thx "
    "cheers er erm um umm ok okay yes yeah yep aye hi hello sorry well so just would choose pick let's lets do can "
    "could about what me and or to at in on your list then office offices jobcentre job centre center branch place "
    "answer a have get give show tell know mate love pal hun same too also aswell"
)
_BESIDE_WELSH = (
    "y yr rhif opsiwn os gwelwch yn dda plis diolch swyddfa swyddfeydd canolfan ia ie na nage dw dwi i'n eisiau isio "
    "am ac neu beth be yw hi ydi ydy di di'r a'r i'r o'r ydi'r moyn isho hoffwn licen well gen gyda hefyd "
    "mi fi chi te ta 'te 'ta"
)
_BESIDE = frozenset([*_BESIDE_ENGLISH.split(), *_BESIDE_WELSH.split()])
"""Words that may stand around a choice and change nothing."""
_OF_THEM = re.compile(
    r"\b(all|both|none|neither|either|any|each|every|first|last|second|third)( one)? of (?:them|those|these|the \w+)\b"
    r"|\b(dim un|pob un|yr un|y ddwy|y ddau) ohonyn\w*(?: nhw)?\b",
    re.IGNORECASE,
)
_THAT_ONE = re.compile(
    r"\b(?:that|this|the|which|my|same|hwn|hon|honno|hwnnw)\s+one\b(?!\W*\w)|\b(?:my|usual)\s+one\b", re.IGNORECASE
)
"""Points at something that is not in the words."""
_WELSH_NONE = re.compile(r"\bdim un\b(?: ohonyn\w*(?: nhw)?)?", re.IGNORECASE)
_WORD = re.compile(r"[\w’']+")
_NAME_LETTERS = 4
_ALIKE = 82
"""Of 100: "westfeild" is westfield, and "eastfield" is not."""


def chosen(text: str, choices: Sequence[str]) -> tuple[str, ...] | None:
    """Those of the choices that a "2", "the second one", "both" or "not the first" means, where the text says no more
    than that. Empty for "neither"; None where it picks nothing.
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(_plain(text))]
    said = [word for word in words if not _is_beside(word)]
    if not said or not choices:
        return None
    is_denied = said[0] in _NOT
    picked = _picked(said[is_denied:], choices)
    if picked and is_denied:
        return tuple(choice for choice in choices if choice not in picked)
    return picked


def _plain(text: str) -> str:
    text = _WELSH_NONE.sub("none", _THAT_ONE.sub("", _without_same(text)))
    return _OF_THEM.sub(lambda found: found[1] or found[3], text)


def _without_same(text: str) -> str:
    """ "Other one same time?" picks the other one: the time is the one spoken of in any case."""
    return SAME_DAY.sub("", SAME_TIME.sub("", text))


def _is_beside(word: str) -> bool:
    return word in _BESIDE and word not in _ALL and word not in _NOT


def _picked(said: Sequence[str], choices: Sequence[str]) -> tuple[str, ...] | None:
    """What the words that are left pick together; None where one of them is no word for choosing."""
    telling = [word for word in said if word not in _ONE] or list(said[:1])
    if any(word in _NONE for word in telling):
        return () if len(telling) == 1 else None
    if any(word in _ALL for word in telling):
        return tuple(choices) if all(word in _ALL or word in _NUMBERS for word in telling) else None
    picks = [_index(word, len(choices)) for word in telling]
    if not picks or any(pick is None for pick in picks):
        return None
    return tuple(choice for index, choice in enumerate(choices) if index in picks)


def _index(word: str, count: int) -> int | None:
    if word in _LAST or (word in _OTHER and count == 2):
        return count - 1
    number = _NUMBERS.get(word)
    return number - 1 if number and number <= count else None


def is_other(text: str) -> bool:
    """ "The other one", and nothing else."""
    words = (found.lower() for found in _WORD.findall(_without_same(text)))
    said = [word for word in words if not _is_beside(word)]
    return bool(said) and any(word in _OTHER for word in said) and all(word in _OTHER | _ONE for word in said)


_ORDINAL = "|".join(word for words in _ORDINALS for word in words.split("|") if len(word) > 2 and word != "one")
_POINTED = re.compile(
    rf"\b(?:(?:the|that|y|yr)\s+|(?<!any )(?<!some )(?<!no )(?<!each )"
    rf"(?=(?:{_ORDINAL}|last|other) (?:one|1)s?\b))"
    rf"(?P<ordinal>{_ORDINAL}|last|other|llall)"
    r"(?=\s+(?:one[’']?s?|offices?|job ?cent\w+|jcp|branch|place|address|un|swyddfa)\b|\s+of\b|\s*(?:$|[?.!,;]))"
    r"|\b(?:office|swyddfa|number|no\.?|option|rhif|opsiwn)\s+(?P<number>[1-5])\b(?![:.]?\d)",
    re.IGNORECASE,
)


_OTHER_BEFORE = re.compile(
    r"\b(?:other|second|2nd|arall|llall)\s+(?:(?:one|office|1)\s+)?(?:(?:in|at|of|yn|ym|yng)\s+)?$", re.IGNORECASE
)
_OTHER_AFTER = re.compile(r"\s*(?:one\s+)?arall\b", re.IGNORECASE)


def asks_for_other(text: str, start: int, end: int) -> bool:
    """Whether the words around the place at these offsets ask for another of its offices: "the other Leeds one"."""
    return bool(_OTHER_BEFORE.search(text[:start]) or _OTHER_AFTER.match(text, end))


_HERE = re.compile(r"here|yma", re.IGNORECASE)


def is_here(text: str) -> bool:
    """Whether a place is named only as the one where somebody is."""
    return _HERE.fullmatch(text) is not None


def points(text: str) -> bool:
    """Whether the words point at one of several: "the other one", "number 2"."""
    return _POINTED.search(text) is not None


def pointed_at(text: str, choices: Sequence[str], spoken_of: Sequence[str] = ()) -> str | None:
    """The one of the choices that a longer question points at: "is the second one open on Friday". "The other one" is
    the one not spoken of."""
    found = _POINTED.search(text)
    if found is None or len(choices) < 2:
        return None
    word = (found["ordinal"] or found["number"]).lower()
    left = [choice for choice in choices if choice not in spoken_of]
    if word in _OTHER and left:
        return left[0] if len(left) == 1 else None
    index = _index(word, len(choices))
    return choices[index] if index is not None else None


def points_at_other(text: str) -> bool:
    """Whether a longer question is of "the other one", and not of the one spoken of."""
    found = _POINTED.search(text)
    return found is not None and (found["ordinal"] or "").lower() in _OTHER


_DESCRIBED = re.compile(
    r"\b(?:the|that)\s+(?P<before>(?:[^\W\d_][\w'’-]*\s+){1,3}?)(?:one|1|office|job ?cent(?:re|er)|jcp|branch)\b"
    r"|\b(?:the|that|my)\s+(?:one|1)\s+(?:that[’']?s |thats )?(?:in|on|at|by|near|off|over)\s+"
    r"(?P<after>(?:[\w'’-]+\s*){1,3})"
    r"|\b(?:yr?|['’]r)\s+(?:un|swyddfa|ganolfan)\s+(?P<welsh>(?:[\w'’-]+\s*){1,3})",
    re.IGNORECASE,
)
"""One of several, told by what it is or where: "the Welsh one", "the one on York Road", "yr un ar yr ynys"."""
_OF_NATION = {
    Nation.ENGLAND: "england english lloegr seisnig",
    Nation.WALES: "wales welsh cymru cymreig",
    Nation.SCOTLAND: "scotland scottish scots alban albanaidd",
    Nation.NORTHERN_IRELAND: "irish ireland iwerddon",
}
_OF_ISLAND = "island ynys"


def words_for(office: Office) -> frozenset[str]:
    """The words by which people may tell the office from others: of its names, its address and where it lies."""
    names = (office.name, office.name_cy or "", office.town, office.address, office.district, office.local_authority)
    said = " ".join([*names, *office.alternate_names, _OF_NATION[office.nation]])
    words = set(_WORD.findall(fold(said)))
    return frozenset(words | set(_OF_ISLAND.split()) if "isle" in words else words)


def described_among(text: str, choices: Sequence[str], described: Mapping[str, frozenset[str]]) -> str | None:
    """The one of the offices that the text describes by what the others are not: "the welsh one"; else None."""
    found = _DESCRIBED.search(text)
    if found is None or len(choices) < 2:
        return None
    said = _radicals(found["before"] or found["after"] or found["welsh"])
    if said & _OTHER:
        return None
    words = {choice: described.get(choice, frozenset()) for choice in choices}
    told = [
        choice
        for choice in choices
        if said & words[choice].difference(*(words[other] for other in choices if other != choice))
    ]
    return told[0] if len(told) == 1 else None


def _radicals(text: str) -> frozenset[str]:
    """The words, folded, and what Welsh ones may be before their mutation."""
    words = _WORD.findall(fold(text))
    return frozenset([*words, *(radical for word in words for radical in unmutated(word))])


def only_describes(text: str) -> bool:
    """Whether the text describes one of several and says nothing else."""
    rest = _DESCRIBED.sub(" ", text, count=1)
    return rest != text and not any(map(_tells, _WORD.findall(rest.lower().replace("’", "'"))))


def _tells(word: str) -> bool:
    return not _is_beside(word)


def named_among(text: str, choices: Sequence[str]) -> str | None:
    """The one of the offices offered that a word of its name tells from the others: "westfield one please".

    An id is made from the name, so its words are the name's. A slip in a longer word does not matter.
    """
    said = re.findall(rf"[^\W\d_]{{{_NAME_LETTERS},}}", text.lower())
    names = [set(choice.split("-")) for choice in choices]
    told = [
        choice
        for choice, name in zip(choices, names, strict=True)
        if _says_one_of(said, name - set().union(*(other for other in names if other is not name)))
    ]
    return told[0] if len(told) == 1 else None


def _says_one_of(said: Sequence[str], names: set[str]) -> bool:
    return any(
        word == name or (len(name) > _NAME_LETTERS and fuzz.ratio(word, name) >= _ALIKE)
        for word in said
        for name in names
        if len(name) >= _NAME_LETTERS
    )
