"""National Insurance numbers, temporary ones included: two letters, six digits, and mostly one letter more.

Found in any spacing, with letters for digits that look like them, run into words, turned round, without its letters
where words say what it is, and dictated. Not found: as pictures, in Roman numerals.
"""

from __future__ import annotations

import re

from bot.jobcentre.personal_data.reading import GAP, TAKEN, Reading, Spans, digits_of, matches

_SAMARITANS = "116123"
_DIGIT = "(?:[0-9oil]|(?<=[0-9])[szbgeq](?![a-z])|[szbgeq](?=[0-9]))"
"""Or a letter that looks like one, beside one."""
_SPACED = re.compile(
    rf"(?<![a-z0-9])(?P<first>[a-z]){GAP}(?P<second>[a-z]){GAP}(?P<digits>{_DIGIT}(?:{GAP}{_DIGIT}){{5}})"
    rf"(?:{GAP}(?P<suffix>[a-dfmp])(?![a-z0-9])|(?!{GAP}[0-9])(?![a-z]))"
)
_GLUED = re.compile(
    r"[a-z]{2}[0-9]{6}(?![0-9])(?:[a-d](?![0-9]))?"
    r"|(?<![a-z0-9])(?:[5680@][a-z]|[a-z][5680])[0-9]{6}[a-d](?![a-z0-9])"
)
_RUN_IN = re.compile(r"[a-z]{2}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}[ ./-]?[a-d]")
_LED = re.compile(rf"\b(?:my)?nin?o?(?:no|is|number)?(?P<number>{_RUN_IN.pattern})(?![a-z])")
_WORDS = (
    "on|at|is|in|by|to|of|my|no|or|so|it|we|he|me|us|as|if|up|do|go|be|am|an|pm|ni|uc|id|ok|hi|ya|ur|un|uk|ll|re|ve|st|nd"
    "|rd|th|mo|tu|fr|sa|su|yn|ar|yr|ag|im|ah|eh|oh|rn|ye|ay|po|os|ei|fy|dy|na|ac|yw"
)
_TOLD = re.compile(
    rf"(?P<told>\bn\.?i\.?(?: ?(?:no|num\w*))?|\bnino?|\bnat\w*{GAP}ins\w*|\binsurance (?:no|num\w*)"
    rf"|\byswiriant\w*|\brhif yg)\b(?P<between>[^0-9{TAKEN}]{{0,40}}?)"
    rf"(?P<number>(?:\b(?!(?:{_WORDS})\b)[a-z]{GAP}[a-z]{GAP})?(?<![0-9])[0-9](?:{GAP}[0-9oil]){{5,8}}"
    rf"(?:{GAP}[a-dfmp](?![a-z0-9]))?)(?!{GAP}[0-9])"
)
_NAMED = re.compile(r"\b(?:n\.?i|nino?|insurance|yswiriant|rhif yg)\b")
_NEAR = 12
"""Characters between what names a number and the number. Further off, a date or a time is only that."""
_MOST_DIGITS = 5
"""Of six: only one is then a letter that looks like one."""
_SIX = "[0-9](?:[ ./_-]?[0-9]){5}"
_BETWEEN = "[ ,./_-]{0,2}"
_LETTERS = rf"(?!(?:{_WORDS})\b)[abceghj-prstw-z][ ./_-]?[abceghj-nprstw-z]"
"""A number never begins with D, F, I, Q, U or V, nor has one of them or O for its second letter."""
_TURNED = re.compile(
    rf"(?<![a-z0-9])(?:[a-d]{_BETWEEN}{_SIX}{_BETWEEN}{_LETTERS}|{_SIX}{_BETWEEN}{_LETTERS}{_BETWEEN}[a-d]"
    rf"|{_SIX}{_BETWEEN}[a-d]{_BETWEEN}{_LETTERS}|{_LETTERS}{_BETWEEN}[a-d]{_BETWEEN}{_SIX})(?![a-z0-9])"
)
_DESCRIBED = re.compile(
    rf"\b(?:letters?|prefix|suffix|llythyren|llythrennau)\b[^0-9{TAKEN}]{{0,40}}?(?P<after>{_SIX})(?![ ./_-]?[0-9])"
    rf"|(?<![0-9])(?P<before>{_SIX})(?![ ./_-]?[0-9])[^0-9{TAKEN}]{{0,30}}"
    r"\b(?:letters?|prefix|suffix|in front|llythyren|llythrennau)\b"
)


def national_insurance(reading: Reading) -> Spans:
    """Those that have all their letters, or that words name."""
    is_named = bool(_NAMED.search(reading.plain))
    for match in matches(_SPACED, reading.plain):
        if match["suffix"] and _has_digits(match, 3, is_named) and not _is_plain_speech(match, reading):
            yield match.span()
    yield from (match.span() for match in matches(_RUN_IN, reading.plain) if _is_apart_by_case(match, reading))
    yield from (match.span("number") for match in _LED.finditer(reading.plain))
    for match in _TOLD.finditer(reading.plain):
        is_vague = match["told"] in ("ni", "n.i", "n.i.", "nin") or len(match["between"]) > _NEAR
        if match["number"][0].isalpha() or not (is_vague and reading.is_everyday(*match.span("number"))):
            yield match.span("number")
    for match in _DESCRIBED.finditer(reading.plain):
        if not reading.is_everyday(*match.span(match.lastgroup or 0)):
            yield match.span(match.lastgroup or 0)
    yield from _turned(reading)


def dictated_national_insurance(reading: Reading) -> Spans:
    """ "Q for queen, Q again, 12 then 34 ...": where joining words were left out, only what is whole."""
    for match in matches(_SPACED, reading.plain):
        is_glued = match.end("first") == match.start("second")
        if match["suffix"] and _has_digits(match, 6) and not (is_glued and _is_word(match)):
            yield match.span()
    yield from _turned(reading)


def likely_national_insurance(reading: Reading) -> Spans:
    """Without the last letter, which people leave out."""
    for match in matches(_SPACED, reading.plain):
        is_plain = not re.search(r"[^a-z0-9 .\-/_\n]", match[0])
        if not match["suffix"] and _has_digits(match, 3) and is_plain and not _is_word(match):
            yield match.span()
    yield from (match.span() for match in _GLUED.finditer(reading.plain))


def _turned(reading: Reading) -> Spans:
    """In capitals or without spaces: "24 12 26 and" is no number with its letters behind it."""
    for match in _TURNED.finditer(reading.plain):
        written = reading.written(*match.span())
        if (written == written.upper() or not re.search(r"\s", match[0])) and not reading.is_everyday(*match.span()):
            yield match.span()


def _has_digits(match: re.Match[str], at_least: int, is_named: bool = False) -> bool:
    """Enough of them: fewer where words say what it is, as letters then stand for digits on purpose."""
    if _is_spelled(match):
        return bool(digits_of(match["digits"]))
    if _begins_as_word(match):
        return False
    has_letters = re.search("[szbgeq]", match["digits"])
    return len(digits_of(match["digits"])) >= max(at_least, 5 if has_letters and not is_named else 0)


def _begins_as_word(match: re.Match[str]) -> bool:
    """ "Open till 1630", "call 0113": what stands before the digits are no letters that look like digits."""
    letters = re.match("[a-z]+", match[0])
    count = len(letters[0]) if letters else 0
    is_apart = not match[0][count].isdigit()
    has_few = not match["suffix"] and len(digits_of(match["digits"])) < _MOST_DIGITS
    return count > 2 and (is_apart or has_few)


def _is_spelled(match: re.Match[str]) -> bool:
    """Character by character, as nobody writes words: then most digits may be letters that look like them."""
    return bool(re.fullmatch("[a-z0-9](?:[^a-z0-9]+[a-z0-9])+", match[0]))


def _is_word(match: re.Match[str]) -> bool:
    return match["first"] + match["second"] in _WORDS.split("|")


def _is_plain_speech(match: re.Match[str], reading: Reading) -> bool:
    """ "open at 10.30 12.45 a friend says"."""
    if not _is_word(match) or match["suffix"] != "a" or reading.written(*match.span("first")).isupper():
        return False
    return digits_of(match["digits"]) == _SAMARITANS or reading.is_everyday(*match.span("digits"))


def _is_apart_by_case(match: re.Match[str], reading: Reading) -> bool:
    """ "niQQ 12 34 56 Cthanks": run into the words beside it, but all in capitals, which they are not."""
    start, end = match.span()
    beside = [reading.written(at, at + 1) for at in (start - 1, end) if 0 <= at < len(reading.plain)]
    letters = re.sub(r"[^a-zA-Z]", "", reading.written(start, end))
    return len(letters) == 3 and letters.isupper() and not any(character.isupper() for character in beside)
