"""Words as people type them: folded, joined, mutated, misspelt."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CLITIC = re.compile(r"['’](?:r|n|i|u|w)$", re.IGNORECASE)
"""What Welsh hangs on a word: "swyddfa'r"."""
DATA = Path(__file__).parent / "data"
SHORT_FORMS = {"saint": "st", "street": "st", "rd": "road", "ave": "avenue", "ctr": "centre", "center": "centre"}
LEFT_OUT = frozenset({"and", "the"})
ENDINGS = ("s", "es", "ed", "ing", "ly", "in", "er", "ers")
DERIVED = ("iest", "est", "ier", "iness", "ness", "ment", "able", "less", "ful", "wise", "ish", "ers", "able")
PREFIX = 7
"""Letters that the index of spellings looks at: longer words share its entries."""


@dataclass(frozen=True)
class Word:
    """One word of a message: where it stands, as it was written, and folded."""

    start: int
    end: int
    raw: str
    folded: str

    @property
    def short(self) -> str:
        """The form used inside longer names: "Saint Helens" and "St Helens" are one."""
        return "" if self.folded in LEFT_OUT else SHORT_FORMS.get(self.folded, self.folded)


def fold(text: str) -> str:
    """Lower case without accents or apostrophes: "Cwmbrân" → "cwmbran"."""
    if text.isascii():
        return text.lower().replace("'", "")
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")


def words_of(text: str) -> list[Word]:
    return [Word(m.start(), m.end(), m.group(), fold(CLITIC.sub("", m.group()))) for m in WORD.finditer(text)]


def plain_words(text: str) -> list[str]:
    """Folded words and numbers, parted at apostrophes: "It's 5" → it, s, 5."""
    found: list[str] = _PLAIN_WORD.findall(fold(text.replace("’", "'").replace("'", " ")))
    return found


def join(words: Iterable[Word]) -> str:
    """Words as one key, so that spaces and hyphens do not count: "Stoke-on-Trent" → "stokeontrent"."""
    few = list(words)
    return few[0].folded if len(few) == 1 else "".join(word.short for word in few)


@cache
def key_of(name: str) -> str:
    """The key of a name that is known."""
    words = words_of(name)
    if len(words) > 1 and words[0].folded == "the":
        words = words[1:]
    return join(words) if words else ""


@cache
def common_words() -> frozenset[str]:
    """Ordinary words of English and Welsh, folded."""
    lines = (DATA / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


_DRAWN_OUT = re.compile(r"(?<![\w.])(?=\w*([^\W\d_])\1\1)(?!([^\W\d_])\2+(?!\w))[^\W\d_]{4,40}(?![\w.]\w)")
_RUN = re.compile(r"([^\W\d_])\1\1+")
_DOUBLE = re.compile(r"([^\W\d_])\1")
_SAID_AGAIN = re.compile(
    r"(?<![\w'’-])([^\W\d_]+(?:['’][^\W\d_]+)?)(?:(?!\.\s)[\s,.…-]{1,4}\1(?![\w'’]))+", re.IGNORECASE
)
_DOUBLED = frozenset({"ta", "bye", "night", "ha", "hear", "there", "knock", "now"})
"""Said twice on purpose."""
_BEGUN_AGAIN = re.compile(r"(?<![\w-])([^\W\d_aeiou]{1,2})-(?:\1-)*(?=\1)", re.IGNORECASE)
_SPELT_OUT = re.compile(r"(?<!\w)[^\W\d_]([.*_~-])[^\W\d_](?:\1[^\W\d_])+(?!\w)")
_SPACED_OUT = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){4,80}(?![\w'’])")
_LONGEST_WORD = 16
_PLAIN_WORD = re.compile(r"[^\W\d_]+|\d+")
_LONG_WORD = 10
_RUN_TOGETHER = re.compile(r"(?<![\w/.@#:])[^\W\d_]{14,40}(?![\w/.@:])")
_WORDS_RUN_TOGETHER = 4
_ONE_LETTER = frozenset("aiouyr")
"""Letters that are words, or stand for one."""
_WITH_DIGITS = re.compile(r"(?<!\w)(?=[0134578]*[a-z])[a-z013457]+(?!\w)", re.IGNORECASE)
_LETTER_LIKE = str.maketrans("013457", "oieast")
_DISGUISED = 4
"""Letters and digits in the shortest word that is read with letters for its digits."""
_OF_A_NAME = 6


_DICTATED = re.compile(r"(?<=\w)[ ,.]+(question mark|full stop|exclamation (?:mark|point)|comma)(?!\w)", re.IGNORECASE)
_MARKS = {"question mark": "?", "full stop": ".", "comma": ","}


def as_usually_written(text: str) -> str:
    """Words drawn out ("ooopen"), spelt out ("o.p.e.n", "o p e n"), run together, with digits for letters ("0p3n") and
    stammered ("is it is it", "l-l-late") as people mostly write them, and marks that a telephone wrote as words."""
    text = _DICTATED.sub(lambda mark: _MARKS.get(mark[1].lower(), "!"), text)
    text = _SPELT_OUT.sub(lambda word: re.sub(r"[\W_]", "", word[0]), text)
    text = _SPACED_OUT.sub(lambda run: _parted(run[0].replace(" ", "")), text)
    text = _RUN_TOGETHER.sub(lambda run: _taken_apart(run[0]), text)
    text = _WITH_DIGITS.sub(lambda word: _with_letters(word[0]), text)
    text = _SAID_AGAIN.sub(lambda said: said[0] if said[1].lower() in _DOUBLED else said[1], _BEGUN_AGAIN.sub("", text))
    return _DRAWN_OUT.sub(lambda word: _shortened(word[0]), text)


def _taken_apart(letters: str) -> str:
    """The words of letters that are no word but four or more: "whattimedoyouopen"."""
    words = _parted(letters).split()
    is_of_words = all(fold(word) in common_words() and (len(word) > 1 or word in "ai") for word in words)
    return " ".join(words) if len(words) >= _WORDS_RUN_TOGETHER and is_of_words else letters


def _parted(letters: str) -> str:
    """The words that the letters most likely are: as few as may be, and as little as may be of no word."""
    best: list[tuple[int, str]] = [(0, "")]
    for end in range(1, len(letters) + 1):
        ways = (
            (best[start][0] + _cost(letters[start:end]), f"{best[start][1]} {letters[start:end]}")
            for start in range(max(0, end - _LONGEST_WORD), end)
        )
        best.append(min(ways))
    return best[-1][1].strip()


@lru_cache(maxsize=4096)
def _cost(word: str) -> int:
    """A word costs less than any letters that are none; scraps cost more, and what two words may be."""
    is_word = fold(word) in common_words() if len(word) > 1 else word.lower() in _ONE_LETTER
    if not is_word:
        return 1 + 2 * len(word)
    return 4 if len(word) == 2 else 2 if 2 < len(word) < _LONG_WORD else 5


def _with_letters(word: str) -> str:
    """With letters for digits, where digits stand among letters and an ordinary word or a long name comes of it: "gr8"
    and "10am" stay."""
    letters = sum(character.isalpha() for character in word)
    is_among = re.search(r"[0-9][^\W\d_]", word) is not None and letters * 2 >= len(word)
    if not is_among or len(word) < _DISGUISED:
        return word
    read = word.lower().translate(_LETTER_LIKE)
    is_name = len(word) >= _OF_A_NAME and word[0].isalpha() and word[-1].isalpha() and letters > len(word) - 3
    return read if is_name or is_common(read) else word


def _shortened(word: str) -> str:
    """With each letter said once that stands three times or more; twice, or with no letter twice, where that makes an
    ordinary word."""
    once = _RUN.sub(r"\1", word)
    others = (_RUN.sub(r"\1\1", word), once, _DOUBLE.sub(r"\1", once))
    return next((other for other in others if fold(other) in common_words()), once)


@cache
def is_common(word: str) -> bool:
    """Whether it is an ordinary word, or one with an ordinary ending."""
    common = common_words()
    if word in common:
        return True
    stems = (word[: -len(ending)] for ending in ENDINGS if word.endswith(ending))
    return any(
        len(stem) >= 3 and (stem in common or stem + "e" in common or _undoubled(stem) in common) for stem in stems
    )


@lru_cache(maxsize=4096)
def is_nearly_common(word: str) -> bool:
    """Whether it is an ordinary word, perhaps misspelt: one slip away, two where it is long; or made of one."""
    stem = word.removesuffix(next((ending for ending in DERIVED if word.endswith(ending)), ""))
    if is_common(word) or (stem != word and any(is_common(each) for each in (stem, stem + "y", stem + "e"))):
        return True
    slips = 2 if len(word) >= 8 else 1
    return process.extractOne(word, _longer_common_words(), scorer=OSA.distance, score_cutoff=slips) is not None


@cache
def _longer_common_words() -> tuple[str, ...]:
    return tuple(word for word in common_words() if len(word) >= 4)


def _undoubled(stem: str) -> str:
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


# ---------------------------------------------------------------- Welsh

# Each mutated beginning, and what it may stand for. Soft, nasal and aspirate mutation, in that order.
MUTATIONS = (
    ("dd", ("d",)), ("b", ("p",)), ("d", ("t",)), ("g", ("c",)), ("f", ("b", "m")), ("l", ("ll",)), ("r", ("rh",)),
    ("ngh", ("c",)), ("mh", ("p",)), ("nh", ("t",)), ("ng", ("g",)), ("m", ("b",)), ("n", ("d",)),
    ("ch", ("c",)), ("ph", ("p",)), ("th", ("t",)),
)  # fmt: skip
DROPPED_G = "aeiouwylr"


def unmutated(word: str) -> Iterator[str]:
    """What a Welsh word may be before its first consonant changed: "nghaerdydd" → "caerdydd"."""
    for mutated, radicals in MUTATIONS:
        if word.startswith(mutated):
            yield from (radical + word[len(mutated) :] for radical in radicals)
    if word[:1] and word[0] in DROPPED_G:
        yield "g" + word


def mutated(word: str) -> Iterator[str]:
    """What may become of the beginning of a Welsh word."""
    yield from (first + word[len(radical) :] for radical, first in _changes() if word.startswith(radical))
    if word[:1] == "g" and word[1:2] in DROPPED_G:
        yield word[1:]


@cache
def _changes() -> tuple[tuple[str, str], ...]:
    return tuple((radical, first) for first, radicals in MUTATIONS for radical in radicals)


# ---------------------------------------------------------------- English by ear

SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"r?(?:ou|o|e)?(?:i|e)?cest(?:er|re)", "Ast"),
        (r"(?:[ou]r?st(?:er|a|ah)|est(?:er|a))$", "Ast"),
        (r"(?:borough|brough|burgh|boro|broh?|bra|borra|bura|burra|brah?|bury|berry)$", "Br"),
        (r"(?:worth|with|wuth)$", "wth"),
        (r"(?:wich|ich|idge|age)$", "ch"),
        (r"(?:mouth|muth|moth|muff?|mouf)$", "mth"),
        (r"(?:ham|am|um|om|em|im)$", "m"),
        (r"(?:shire|sher|sha)$", "sh"),
        (r"ph", "f"), (r"gh", ""), (r"ck", "k"), (r"wh", "w"), (r"^kn", "n"), (r"^wr", "r"), (r"sch|sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"), (r"q", "k"), (r"c(?!h)", "k"), (r"x", "ks"), (r"z", "s"), (r"tch", "ch"), (r"dg", "j"),
        (r"(?<=[a-z])h(?=[^aeiouy]|$)", ""), (r"(?<=[aeiou])[rl](?=[^aeiou]|$)", lambda m: m.group()),
        (r"(.)\1+", r"\1"), (r"(?<=.)[aeiouyw]+", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@cache
def sound_of(word: str) -> str:
    """A rough key of how an English place name sounds: "leicester" and "lester" share one."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


# ---------------------------------------------------------------- misspelt


def _deletions(word: str) -> set[str]:
    head = word[:PREFIX]
    return {"".join(kept) for cut in (0, 1, 2) for kept in combinations(head, max(len(head) - cut, 0))}


class Speller:
    """Finds the known spellings within two edits of a word, in time that hardly grows with how many are known.

    An index of the letters left after up to two deletions, as in Wolf Garbe's SymSpell.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._by_deletion: defaultdict[str, list[str]] = defaultdict(list)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for spelling in spellings:
            self._by_sound[sound_of(spelling)].append(spelling)
            for left in _deletions(spelling):
                self._by_deletion[left].append(spelling)

    def find(self, word: str, most: int) -> list[tuple[str, int]]:
        """Known spellings with their distance in edits (a swap of neighbours is one), at most `most`, nearest first."""
        seen = {known for left in _deletions(word) for known in self._by_deletion.get(left, ())}
        near = (
            (known, OSA.distance(word, known, score_cutoff=most))
            for known in seen
            if abs(len(known) - len(word)) <= most
        )
        return sorted(((known, edits) for known, edits in near if edits <= most), key=lambda pair: (pair[1], pair[0]))

    def find_by_ear(self, word: str) -> list[str]:
        """Known spellings that sound much the same."""
        return self._by_sound.get(sound_of(word), [])
