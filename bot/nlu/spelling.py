"""Slips of the pen, put right as far as they hide a word that our phrases are made of.

Only towards words of our own training phrases of that language, in Welsh those of the glossary too, mutated or not: the
nearest of all words is seldom the one that was meant. Only words that nobody knows: English ones (the lists of zxcvbn,
which is here for passwords: 90,000 words of an encyclopaedia, of films, and names), Welsh and slang as the phrases hold
them stay as they are. Places and days are masked before, so no office is renamed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.jobcentre.glossary import is_welsh, welsh_words
from bot.jobcentre.spelling import fold

LETTERS = 4
"""Of a word from which on it is put right: shorter ones are near too many."""
LONG = 8
"""Letters from which on two slips may be put right, not one."""
SEEN = 2
"""Times that a word stands in our phrases to be left alone."""
COMMON = 4
"""Times that it does to be what somebody meant."""
FEW = 2
"""Words of a message that has nothing around them."""
AT_MOST = 40
"""Words of one message that are put right: each costs."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Spelling:
    """Knows the words of training phrases, and puts others right by them."""

    def __init__(self, english: Iterable[str], welsh: Iterable[str]) -> None:
        """From the masked training phrases of each language."""
        counts = {"en": Counter(_words(english)), "cy": Counter(_words(welsh))}
        self._seen = {word for word, count in (counts["en"] + counts["cy"]).items() if count >= SEEN}
        counts["cy"] += Counter(dict.fromkeys(welsh_words(), COMMON))
        self._common = {language: _common_of(counted) for language, counted in counts.items()}
        self._plain = {fold(word) for word in self._seen} | welsh_words()

    def mended(self, texts: Sequence[str], language: str = "en") -> list[str]:
        """The texts with what is misspelt put right by the words of their language (en or cy); of all of them together
        AT_MOST words."""
        strange = [word for word in dict.fromkeys(_words(texts)) if not self._is_known(word, language)][:AT_MOST]
        meant = {word: found for word in strange if (found := self._meant(word, language))}
        if not meant:
            return list(texts)
        return [_WORD.sub(lambda word: meant.get(word.group().lower(), word.group()), text) for text in texts]

    def is_strange(self, text: str) -> bool:
        """Whether nobody knows any word of the text, in either language; of a word or two, whether no phrase has any:
        a bare "exeter" or "bitcoin" is a word, and says nothing of what is asked."""
        words = list(_words([text]))
        is_known = self._is_seen if len(words) <= FEW else partial(self._is_known, language="cy")
        return bool(words) and not any(map(is_known, words))

    def known_part(self, text: str) -> str:
        """The text without the words that nobody knows."""
        return _WORD.sub(lambda word: word.group() if self._is_known(word.group().lower()) else "", text)

    def _is_seen(self, word: str) -> bool:
        stem = re.split("['’]", word)[0]
        return len(stem) < LETTERS or any(fold(form) in self._plain for form in (word, stem, stem.removesuffix("s")))

    def _is_known(self, word: str, language: str = "en") -> bool:
        """Also as a plural, or with something after an apostrophe; in Welsh without its accents and mutated."""
        stem = re.split("['’]", word)[0]
        if len(stem) < LETTERS or word in self._seen:
            return True
        if language == "cy" and (fold(stem) in self._plain or is_welsh(stem)):
            return True
        return any(form in self._seen or form in english_words() for form in (stem, stem.removesuffix("s")))

    def _meant(self, word: str, language: str) -> str | None:
        """The nearest common word: of equally near ones one that begins alike, then the commonest. In Welsh only one
        that begins alike: all else is too near names, as any beginning may change."""
        common, slips = self._common[language], 2 if len(word) >= LONG else 1
        near = process.extract(word, common.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        ranked = sorted((distance, found[0] != word[0], -common[found], found) for found, distance, _ in near)
        alike = [found for _, is_other, _, found in ranked if language != "cy" or not is_other]
        return alike[0] if alike else None


def _common_of(counts: Mapping[str, int]) -> dict[str, int]:
    return {word: count for word, count in counts.items() if count >= COMMON and len(word) >= LETTERS - 1}


@cache
def english_words() -> frozenset[str]:
    """Each stands in one list alone, some in that of passwords."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset().union(*FREQUENCY_LISTS.values())


def _words(texts: Iterable[str]) -> Iterable[str]:
    return (word.lower() for text in texts for word in _WORD.findall(text))
