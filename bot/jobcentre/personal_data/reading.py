"""How the detectors read a message: what its characters look like, and which of its numbers are everyday ones."""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bot.jobcentre.personal_data.ours import Ours
from bot.jobcentre.personal_data.sorts import REMOVED
from bot.jobcentre.personal_data.spoken import spelled_out, with_digits
from bot.jobcentre.text import Skeleton, skeleton

TAKEN = "\ufffc"
"""What was removed already, in a reading: no number goes across it."""
GAP = rf"[^a-z0-9{TAKEN}]{{0,8}}"
"""What people put between the digits of one number: spaces, dots, dashes, line breaks, emoji."""
TIGHT = rf"[^a-z0-9{TAKEN}£€$]{{0,3}}"
Spans = Iterator[tuple[int, int]]

_ENCODED = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});|(?:%[0-9a-f]{2})+|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|n|t)")
_BASE64 = re.compile("(?<![a-z0-9+/])[a-z0-9+/]{10,2000}={0,2}")
_TAG = re.compile(r"<(?:/?[a-z][a-z0-9]{0,9}(?:\s[^<>0-9]{0,200})?/?|!--[^<>0-9]{0,200}--)>")
_SPACES = re.compile(" {2,}")
_EVERYDAY = re.compile(
    r"[£€$] ?[0-9][0-9,]*(?:\.[0-9]{1,2})?"
    r"|(?<![0-9/.-])(?:[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:20)?[0-9]{2}|20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![/.-]?[0-9])"
    r"|(?<![0-9/.-])[0-9]{1,2} [0-9]{1,2} 20[0-9]{2}(?![0-9])"
    r"|(?<![0-9.:])(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?::[0-5][0-9])?(?![.:]?[0-9])"
    r"|(?<![0-9])(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:-|to) ?(?:[01][0-9]|2[0-3])[0-5][0-9](?![^a-z0-9]?[0-9])"
)
_LETTER_IN_NUMBER = re.compile(
    r"(?<![a-z])o(?=[0-9])|(?<=[0-9])o+(?=[0-9]|\b)|(?<=[0-9])[il]+(?=[0-9])|(?<=[0-9o][ .-])[il](?=[0-9]{2})"
)


@dataclass(frozen=True)
class Reading:
    source: str
    shape: Skeleton
    calm: str
    """The skeleton with the digits of times, dates and money masked by letters."""
    ours: Ours

    @property
    def plain(self) -> str:
        return self.shape.text

    @property
    def spelled(self) -> Reading | None:
        """With what is dictated word by word put together; None where nothing is."""
        joined = spelled_out(self.shape)
        return _reading(self.source, joined, self.ours) if joined else None

    def written(self, start: int, end: int) -> str:
        return self.source[slice(*self.shape.span(start, end))]

    def is_everyday(self, start: int, end: int) -> bool:
        return self.calm[start:end] != self.plain[start:end]


def read(text: str, ours: Ours) -> Reading:
    whole = skeleton(text).replaced(REMOVED, lambda _: TAKEN)
    shape = whole.replaced(_BASE64, lambda found: _unpacked(text[slice(*whole.span(*found.span()))]))
    shape = shape.replaced(_ENCODED, _decoded).replaced(_TAG, lambda _: " ").replaced(_SPACES, lambda _: " ")
    return _reading(text, with_digits(shape), ours)


def _reading(source: str, shape: Skeleton, ours: Ours) -> Reading:
    digits = _LETTER_IN_NUMBER.sub(lambda found: ("0" if "o" in found[0] else "1") * len(found[0]), shape.text)
    shape = Skeleton(digits, shape.starts, shape.ends)
    calm = _EVERYDAY.sub(lambda found: re.sub("[0-9]", "x", found[0]), digits)
    return Reading(source, shape, calm, ours)


def _decoded(match: re.Match[str]) -> str | None:
    """What an entity of HTML, an encoded octet of a link, or an escape shows. None where it shows nothing else."""
    written = match[0]
    if written[0] == "&":
        shown = html.unescape(written)
    elif written[0] == "%":
        shown = unquote(written, errors="ignore")
    else:
        shown = chr(int(written[2:], 16)) if len(written) > 2 else " "
    return None if shown == written else skeleton(shown).text


def _unpacked(written: str) -> str | None:
    """What a run of letters says where it is base64 of plain text; None where it is none: words make no sense so."""
    try:
        shown = binascii.a2b_base64(written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4)).decode("ascii")
    except ValueError:
        return None
    return skeleton(shown).text if shown.isprintable() else None


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match that begins anywhere, overlapping ones too; patterns are bounded, so this is linear."""
    at, match = 0, pattern.search(text)
    while match:
        yield match
        at = match.start() + 1
        match = pattern.search(text, at)


def digits_of(text: str) -> str:
    return re.sub("[^0-9]", "", text)
