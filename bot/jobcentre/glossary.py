"""Welsh read word by word in English: "lle ma mhres i" → "where is money my".

No translation, and never shown: a rough English text is enough for what was made to read English, and lets Welsh be
understood by what English phrases teach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.jobcentre.spelling import DATA, fold, is_common, mutated, unmutated
from bot.jobcentre.welsh_order import in_english_order

_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"['’_-]")
_VERB = re.compile(r"(?:io|o|i|u|a|ed)$")
_ENDING = re.compile(
    r"i?(?:ais|aist|odd|asom|asoch|asant|och|on|wch|wyd|ith|iff|ir|est|es|af|wn|ai|ant|au|a|e|oedd|ydd|aid|o|u)$"
)
"""Of persons and times of verbs, and of plurals."""
_MINE = re.compile("ngh|mh|nh")
"""How words begin after "my", which itself is often left out: "mhres i" is of "pres"."""
_BY_ME = re.compile("(?:ais|af)$")
SHORTEST_STEM = 4
"""Letters: shorter ones are the stems of too many words."""
LONGEST = 5
"""Words of the longest phrase that is looked up as one."""
Words = tuple[str, ...]


@lru_cache(maxsize=256)
def in_english(text: str) -> str:
    """The text with each Welsh word or phrase that is known in English, and the rest as it was.

    Mutated words are known by their radicals, and accents may be missing.
    """
    found = list(_WORD.finditer(text.lower()))
    out, at, upto = [], 0, 0
    while at < len(found):
        size, english = _longest([word.group() for word in found[at : at + LONGEST]])
        out += [_APART.sub(" ", text[upto : found[at].start()]), english]
        upto = found[at + size - 1].end()
        at += size
    return in_english_order("".join([*out, text[upto:]]))


def is_welsh(word: str) -> bool:
    """Whether the glossary knows the word, whatever its mutation, accents and ending."""
    return _meaning((word.lower(),)) is not None


def is_ordinary(word: str) -> bool:
    """Whether it is an ordinary word of either language, and no name. In small letters."""
    return is_common(word) or is_welsh(word)


def _longest(words: Sequence[str]) -> tuple[int, str]:
    """How many of the words, from the first on, have one meaning together, and which; the first itself where none."""
    for size in range(len(words), 0, -1):
        if (english := _meaning(tuple(words[:size]))) is not None:
            return size, english
    return 1, words[0]


@lru_cache(maxsize=16384)
def _meaning(words: Words) -> str | None:
    known = (glossary()[form] for form in _radicals(words) if form in glossary())
    found = next(known, None)
    if found is None and len(words) == 1:
        found = _of_stem(fold(words[0]))
    is_mine = found and _MINE.match(words[0]) and words not in glossary()
    return f"my {found}" if is_mine else found


def _radicals(words: Words) -> Iterator[Words]:
    """The words as they are and with what the first may be before its mutation; the same without accents, and in
    full."""
    plain = tuple(fold(word) for word in words)
    for form in dict.fromkeys((words, plain)):
        yield form
        yield from ((radical, *form[1:]) for radical in unmutated(form[0]))
    for last in _in_full(plain[-1]):
        full = (*plain[:-1], last)
        yield from ((radical, *full[1:]) for radical in (full[0], *unmutated(full[0])))


def _in_full(word: str) -> Iterator[str]:
    """A plural that is written as it is spoken: "petha" and "pethe" are "pethau"."""
    if len(word) >= SHORTEST_STEM and word.endswith(("a", "e")):
        yield word[:-1] + "au"


def _of_stem(word: str) -> str | None:
    """The English of an inflected word, by its stem: "symudodd", "symudwch" and "symudon" are of "symud"."""
    ending = _ENDING.search(word)
    if not ending or ending.start() < SHORTEST_STEM:
        return None
    stem = word[: ending.start()]
    forms = (form.removesuffix("n") if form.endswith("nn") else form for form in (stem, *unmutated(stem)))
    english = next((_stems()[form] for form in forms if form in _stems()), None)
    return f"i {english}" if english and _BY_ME.search(word) else english


@cache
def _stems() -> dict[str, str]:
    """The English of the longer words by what is left of them without the ending of a verb's own name."""
    stems: dict[str, str] = {}
    for phrase, english in glossary().items():
        stem = _VERB.sub("", fold(phrase[0]))
        if len(phrase) == 1 and len(stem) >= SHORTEST_STEM:
            stems.setdefault(stem, english)
    return stems


@cache
def glossary() -> dict[Words, str]:
    """The English of Welsh words and phrases."""
    lines = (DATA / "welsh_words.txt").read_text(encoding="utf-8").splitlines()
    known: dict[Words, str] = {}
    for line in lines:
        english, _, welsh = line.partition(":")
        if not line.startswith("#"):
            known |= {tuple(_APART.sub(" ", word).split()): english for word in welsh.split()}
    return known


@cache
def welsh_words() -> frozenset[str]:
    """Each single word of the glossary, folded, as it is and in each of its mutations."""
    words = {fold(word) for phrase in glossary() for word in phrase}
    return frozenset(form for word in words for form in (word, *mutated(word)))
