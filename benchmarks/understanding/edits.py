"""Typing errors made by seed: one in every four words, by thumb (a slip on the keys) or by ear (as it sounds).

Words of fewer than four letters are left alone, and the masks of places and days.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping

from bot.jobcentre.masks import BODY, DAY, HABIT, PLACE, SHOP
from bot.testing.variations import BESIDE

EVERY = 4
SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")
_MASKS = frozenset({PLACE, DAY, HABIT, SHOP, BODY})
_ENGLISH = (
    (r"tion", "shun"),
    (r"ight", "ite"),
    (r"ough", "uff"),
    (r"ph", "f"),
    (r"^wh", "w"),
    (r"^kn", "n"),
    (r"ck", "k"),
    (r"qu", "kw"),
    (r"c(?=[eiy])", "s"),
    (r"c(?=[aou])", "k"),
    (r"([b-df-hj-np-tv-z])\1", r"\1"),
    (r"ea", "ee"),
    (r"ai", "ay"),
    (r"ie", "ee"),
    (r"ou", "ow"),
    (r"er$", "a"),
    (r"y$", "ee"),
    (r"ment$", "mant"),
    (r"ed$", "d"),
    (r"(?<=[a-z])a(?=[a-z])", "e"),
    (r"(?<=[a-z])e(?=[a-z])", "i"),
    (r"(?<=[a-z])o(?=[a-z])", "u"),
    (r"i(?=[b-df-hj-np-tv-z]e$)", "y"),
)
_WELSH = (
    (r"dd", "d"),
    (r"ff", "f"),
    (r"ll", "l"),
    (r"wy", "oi"),
    (r"yw", "iw"),
    (r"au$", "a"),
    (r"ae", "ai"),
    (r"ch", "c"),
    (r"rh", "r"),
    (r"nn", "n"),
    (r"u", "i"),
    (r"y", "u"),
    (r"[âàá]", "a"),
    (r"[ŵẁ]", "w"),
    (r"f$", ""),
    (r"(?<=\w)e(?=\w)", "a"),
    (r"(?<=\w)o(?=\w)", "w"),
)
_BY_EAR: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple((re.compile(sound, re.IGNORECASE), letters) for sound, letters in rules)
    for language, rules in {"en": _ENGLISH, "cy": _WELSH}.items()
}
"""Language to sounds and the letters that somebody may write for them, those that change most first."""
Edit = Callable[[str, str, random.Random], str]
"""From a word and its language to the word as it was typed."""


def mistyped(text: str, language: str, name: str, seed: int) -> str:
    """The text with one word in every four mistyped, in the way that is named; the same for the same seed."""
    chance, edit = random.Random(f"{seed} {name} {text}"), EDITS[name]
    for words in reversed(list(_fours(text))):
        typed = {word: edit(word[0], language, chance) for word in words}
        able = [word for word in words if typed[word] != word[0]]
        if able:
            word = chance.choice(able)
            text = text[: word.start()] + typed[word] + text[word.end() :]
    return text


def _fours(text: str) -> Iterator[list[re.Match[str]]]:
    """Of every four words those that may be mistyped; of the last few too, where there are no four in all."""
    words = list(_WORD.finditer(text))
    for first in range(0, len(words), EVERY):
        four = words[first : first + EVERY]
        if len(four) == EVERY or first == 0:
            yield [word for word in four if len(word[0]) >= SHORTEST and word[0] not in _MASKS]


def _by_thumb(word: str, language: str, chance: random.Random) -> str:
    """A letter left out, typed twice, the key beside it, or swapped with the next."""
    at = chance.randrange(1, len(word) - 1)
    letter, following = word[at], word[at + 1]
    two = (following, letter * 2 + following, BESIDE.get(letter.lower(), letter * 2) + following, following + letter)
    return word[:at] + chance.choice([typed for typed in two if typed != letter + following]) + word[at + 2 :]


def _by_ear(word: str, language: str, chance: random.Random) -> str:
    spelt = (sound.sub(letters, word, count=1) for sound, letters in _BY_EAR.get(language, ()))
    heard = [other for other in spelt if other != word]
    return chance.choice(heard[:3]) if heard else word


EDITS: Mapping[str, Edit] = {"thumb": _by_thumb, "ear": _by_ear}
