"""Text as strangers send it: made safe to keep (`clean`), and made plain to match (`skeleton`)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

LIMIT = 10_000
"""Characters in the longest Direct Message that X lets through."""
_HIDDEN_AT_MOST = 8
"""How often the limit is read of a text, for much of it may be unseen: nobody's work on it is without end."""

# Characters nobody sees: control, format, surrogate, private use, fillers, tags, variation selectors, noncharacters.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
PICTURE = "[©®‼⁉™ℹ←-⇿⌀-⏿Ⓜ■-⟿⤴⤵⬀-⯿〰〽㊗㊙🀀-🫿]"
_SUBDIVISION_FLAG = "\U0001f3f4(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls"))
)
# What emoji need of the unseen characters is kept: the flags of England, Scotland and Wales, one selector after a
# picture, one joiner between two.
_JOINER = f"\u200d(?={PICTURE})"
_HIDDEN = re.compile(f"({_SUBDIVISION_FLAG}|(?<={PICTURE})(?:\ufe0f{_JOINER}|\ufe0f|{_JOINER}))|[{_UNSEEN}]")
_ANY_HIDDEN = re.compile(f"[{_UNSEEN}]")
# Compatibility letters become plain ones, except the signs that mean more as they are (9½ is not 91/2).
_COMPATIBLE = re.compile(r"[^\x00-\x7f¨¯´¸˘-˝ͺ΄΅᾽-῾½¼¾⅐-⅞™ℹ㊗㊙Ⓜ🈁-🉑]+")
_WHITE = re.compile(r"\s+")
_REPEATED = re.compile(r"([^\w\s])\1{3,}")
_STACKED_MARKS = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
_SPACED_LETTERS = r"(?<!\S)[^\W\d_](?: [^\W\d_]){1,40}(?!\S)"
_SPACED_WORDS = re.compile(rf"{_SPACED_LETTERS} {{2,8}}{_SPACED_LETTERS}")
"""Words of letters apart, that stand further apart: "o p e n  n o w"."""
_SPACED_WORD = re.compile(_SPACED_LETTERS)
_LEADING = re.compile(r"\A[\s/]+")


# Letters that Unicode gives no plain form: white on black, and squared.
_SQUARED = {first + place: chr(ord("A") + place) for first in (0x1F150, 0x1F170) for place in range(26)}
_WORD = re.compile(r"[^\W\d_]+")
_PERHAPS_ODD = re.compile("[a-zA-Zᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]")


def clean(text: str, limit: int = LIMIT) -> str:
    """The text without what cannot be seen, at most `limit` characters, never beginning with "/".

    Idempotent; never raises. Full-width, mathematical and circled letters become plain ones; accents, emoji, £ and
    curly quotes stay. Words with their letters apart are put together. Runs of white space become one space, or one
    line break where they hold one; more than three of a punctuation mark become three.
    """
    text = text[: limit * _HIDDEN_AT_MOST]
    text = _COMPATIBLE.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)[: limit * _HIDDEN_AT_MOST]
    text = unicodedata.normalize("NFC", _without_hidden(text.translate(_SQUARED)))
    if not text.isascii():
        text = _WORD.sub(_plain_word, text)
    text = _STACKED_MARKS.sub(r"\1", text)
    if _SPACED_WORDS.search(text):
        text = _SPACED_WORD.sub(lambda word: word[0].replace(" ", ""), text)
    text = _WHITE.sub(lambda run: "\n" if "\n" in run[0].replace("\r", "\n") else " ", text)
    text = _REPEATED.sub(r"\1\1\1", text)
    text = _LEADING.sub("", text)
    return _without_hidden(text[:limit]).rstrip()


def _plain_word(match: re.Match[str]) -> str:
    """A word of plain letters among which others stand that look like them ("оpen" with a Cyrillic о), or of small
    capitals: nobody's spelling, but a disguise or a fancy font. Words of another alphabet stay."""
    word = match[0]
    if word.isascii() or not _PERHAPS_ODD.search(word):
        return word
    return "".join(_plain_letter(letter) if _is_odd(letter) else letter for letter in word)


@lru_cache(maxsize=4096)
def _is_odd(letter: str) -> bool:
    """Of another alphabet than the Latin one, or a small capital."""
    name = unicodedata.name(letter, "")
    return not name.startswith("LATIN") or "SMALL CAPITAL" in name


def _plain_letter(letter: str) -> str:
    plain = _plain(letter)
    if len(plain) != 1 or not plain.isalpha():
        return letter
    return plain.upper() if letter.isupper() else plain


_MARKUP = re.compile(r"<[a-z/!?][^<>]{0,400}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,400}\)")
_TEMPLATE = re.compile(r"[$#%]?\{[^{}\s]{0,80}\}|%(?:\([a-z]{0,20}\))?[sdrfx](?![a-z])|[{}]")
_NAME = "[a-zA-Z]+(?:_[a-zA-Z]+)+"
_PAYLOAD = re.compile(
    rf"\A\W*(?:(?:EXTERNAL\W+)?{_NAME}(?:\W+{_NAME})*|greet|inform|affirm|deny)\s*(?:\{{.*\}})?\W*\Z", re.DOTALL
)
"""Names of intents and actions. Those of one word are as few people say alone."""


def without_markup(text: str) -> str:
    """The words alone of a text that is to be understood, not kept: without tags, the targets of links, the blanks of
    templates and the names of intents, which machines write and people do not mean."""
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _LINK.sub(r"\1", _MARKUP.sub(" ", _PAYLOAD.sub(" ", text)))
    text = _TEMPLATE.sub(" ", _TEMPLATE.sub(" ", text))
    return re.sub(r" {2,}", " ", text).strip()


def abridged(text: str, limit: int = LIMIT) -> str:
    """At most `limit` characters: its beginning and its end, where people say what they want, without the middle."""
    if len(text) <= limit:
        return text
    half = (limit - 1) // 2
    return f"{text[:half].rstrip()}\n{text[-half:].lstrip()}"


def _without_hidden(text: str) -> str:
    return _HIDDEN.sub(lambda found: found[1] or "", text)


@dataclass(frozen=True)
class Skeleton:
    """A text as it looks to a careless reader: lower case, no accents, no hidden characters, look-alikes made ASCII.

    Character `i` of `text` stands for `source[starts[i]:ends[i]]` of what was read.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) lies in the source."""
        return self.starts[start], self.ends[end - 1]

    def replaced(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str | None]) -> Skeleton:
        """With every match replaced; each new character stands for all of the match. None leaves a match alone.

        Returns itself where nothing was replaced.
        """
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = by(match)
            if new is None or not match[0]:
                continue
            start, end = self.span(*match.span())
            text += [self.text[done : match.start()], new]
            starts += [*self.starts[done : match.start()], *[start] * len(new)]
            ends += [*self.ends[done : match.start()], *[end] * len(new)]
            done = match.end()
        if not done:
            return self
        return Skeleton("".join(text) + self.text[done:], [*starts, *self.starts[done:]], [*ends, *self.ends[done:]])


def skeleton(text: str) -> Skeleton:
    """For matching only, never to be shown."""
    if text.isascii():
        return Skeleton(text.lower(), range(len(text)), range(1, len(text) + 1))
    plain = [_plain(character) for character in text]
    shown = [index for index, piece in enumerate(plain) if piece]
    # What shows nothing of its own (a selector, an accent) belongs to the character before it.
    end_of = dict(zip(shown, [*shown[1:], len(text)], strict=False))
    at = [index for index in shown for _ in plain[index]]
    return Skeleton("".join(plain), at, [end_of[index] for index in at])


# What letters and marks of other alphabets look like, before Unicode's own table is asked: it has but one form of a
# letter, and other signs. Capitals and small letters apart: Greek Η is an h, η an n.
_LOOKS_LIKE = {
    "a": "аАαΑᎪᴀɑ", "b": "вВβΒЬьᏴʙ", "c": "сСᏟᴄ", "d": "ԁԀᎠᴅđĐ", "e": "еЕεΕᎬᴇ", "f": "ꜰ", "g": "ɡɢցԍԌᏀ",
    "h": "нНһҺΗհᎻʜ", "i": "іІιΙıɪ", "j": "јЈᎫᴊ", "k": "кКκΚᏦᴋ", "l": "ӏӀᏞʟłŁ", "m": "мМΜᎷᴍ", "n": "ηΝոɴ",
    "o": "оОοΟօᎾᴏøØ", "p": "рРρΡᏢᴘ", "q": "ԛԚ", "r": "гʀᎡ", "s": "ѕЅςᏚꜱ", "t": "тТτΤᎢᴛ", "u": "υսμᴜ",
    "v": "ѵѴνᏙᴠ", "w": "ԝԜωᎳᴡ", "x": "хХχΧ", "y": "уУγΥʏ", "z": "ΖᏃᴢ", "3": "ЗзӠ",
    "'": "‘’ʼ′´`", '"': "“”«»", "-": "‐‑‒–—−",
}  # fmt: skip
_PLAIN = {ord(odd): plain for plain, odds in _LOOKS_LIKE.items() for odd in odds}
_SQUARED_LETTERS = (0x1F150, 0x1F170, 0x1F1E6)
"""Where white-on-black circled, squared, and regional-indicator letters begin: Unicode gives them no plain form."""


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What one character looks like: none, one or (for ½ or ß) several."""
    if character.isascii():
        return character.lower()
    if character in "½¼¾":
        return " "
    if _ANY_HIDDEN.match(character):
        return ""
    for first in _SQUARED_LETTERS:
        if 0 <= ord(character) - first < 26:
            return chr(ord("a") + ord(character) - first)
    number = unicodedata.numeric(character, None)
    if number is not None and number in range(10):
        return str(int(number))
    spread = unicodedata.normalize("NFKD", character.translate(_PLAIN))
    seen = (mark for mark in spread.translate(_PLAIN) if not unicodedata.category(mark).startswith("M"))
    return "".join(letter if letter.isascii() else _look_alike(letter) for letter in seen).casefold()


def _look_alike(letter: str) -> str:
    """The plain letter that Unicode's table of confusable characters (UTS 39) has for it, else itself."""
    alike = (entry["c"] for entry in confusables_data.get(letter, ()) if letter.isalpha())
    return next((plain for plain in alike if len(plain) == 1 and plain.isascii() and plain.isalnum()), letter)
