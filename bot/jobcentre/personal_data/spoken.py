"""Numbers and letters as people say them: "oh seven double nine", "JG ten thirty-seven", "Q for queen then 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.jobcentre.text import Skeleton

_DIGITS = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "naught": "0", "nil": "0", "dim": "0", "sero": "0",
    "one": "1", "un": "1", "two": "2", "dau": "2", "dwy": "2", "three": "3", "tri": "3", "tair": "3",
    "four": "4", "pedwar": "4", "pedair": "4", "five": "5", "pump": "5", "pum": "5", "six": "6", "chwech": "6",
    "chwe": "6", "seven": "7", "saith": "7", "eight": "8", "wyth": "8", "nine": "9", "naw": "9",
    "ten": "10", "deg": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "deuddeg": "12", "pymtheg": "15", "deunaw": "18", "ugain": "20",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_WELSH_UNITS = "un|dau|dwy|tri|tair|pedwar|pedair|pump?|chwech?|saith|wyth|naw"
_WORD = (
    rf"(?P<tens>{'|'.join(_TENS)})(?:[ -]?(?P<unit>{_UNITS}))?"
    rf"|(?P<welsh>{_WELSH_UNITS})[ -]dd?eg(?:[ -](?P<welsh_unit>{_WELSH_UNITS})(?![a-z]))?"
    rf"|(?P<digit>{'|'.join(sorted(_DIGITS, key=len, reverse=True))})(?P<hundred>[ -]hundred(?P<rest> and(?![a-z]))?)?"
)
_TOKEN = re.compile(rf"(?:(?P<times>double|treble|triple)[ -]?)?(?:(?P<word>{_WORD})|(?P<written>[0-9]+))")
_BETWEEN = re.compile("[^a-z0-9]{0,5}")
_DIGITS_AT_LEAST = 5
_DIGITS_BESIDE = 6
"""So many beside a number that is said: "12 thirty four 56"."""
_PREFIX_AND_ZERO = re.compile(r"(?<![a-z0-9])two[0-9o]{5}(?![0-9])")
"""TWO00111A: the letters of a National Insurance number and a letter O for its first zero, and no "two"."""
_AT_LEAST = 4
"""Fewer numbers in a row are as likely speech: "one or two of the three"."""


def with_digits(shape: Skeleton) -> Skeleton:
    """ "oh seven nine one one" as 07911. OH alone before digits is left: OH 12 34 56 A begins with letters."""
    digits: dict[int, str] = {}
    for run in _runs(shape.text):
        digits.update(_digits_of(run, shape.text))
    return shape.replaced(_TOKEN, lambda token: digits.get(token.start())) if digits else shape


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Numbers, said or written, one after the other with hardly anything between them."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), token.start()):
            yield run
            run = []
        run.append(token)
    yield run


def _digits_of(run: Sequence[re.Match[str]], text: str) -> dict[int, str]:
    """Digits for the numbers of a run, by where each begins; none where it is only speech."""
    if not _is_dictated_in_one(run, text):
        run = [token for token in run if token["written"] or not _is_inside_word(token, text)]
    if not _is_dictated(run, text):
        return {}
    found: dict[int, str] = {}
    is_rest = False
    for token in run:
        said = _value(token)
        found[token.start()] = said.zfill(2) if is_rest else said
        is_rest = bool(token["rest"])
    return found


def _is_dictated_in_one(run: Sequence[re.Match[str]], text: str) -> bool:
    """ "JGonezerothreesevenfivenineA"."""
    return len([token for token in run if token["word"]]) >= _AT_LEAST and _is_glued(run, text)


def _is_dictated(run: Sequence[re.Match[str]], text: str) -> bool:
    words = [token for token in run if token["word"] and not _is_zero(token, text)]
    digits = sum(len(_value(token)) for token in run)
    if len(run) < _AT_LEAST and digits < _DIGITS_AT_LEAST:
        return False
    if len(words) >= 2 or any(token["times"] or _is_beside_digit(token, text) for token in run):
        return True
    is_long = len(run) > _AT_LEAST or (len(run) > len(words) + 1 and digits >= _DIGITS_BESIDE)
    return bool(words) and is_long and run[0]["word"] not in ("o", "oh")


def _is_beside_digit(token: re.Match[str], text: str) -> bool:
    """ "07700nine00123"."""
    if token["written"] or token["word"] in ("o", "oh") or _PREFIX_AND_ZERO.match(text, token.start()):
        return False
    return _touches_digit(token, text)


def _is_zero(token: re.Match[str], text: str) -> bool:
    """The letters of OH00O111A: written among digits, not said."""
    return token["word"] in ("o", "oh") and _touches_digit(token, text)


def _touches_digit(token: re.Match[str], text: str) -> bool:
    return text[max(token.start() - 1, 0) : token.start()].isdigit() or text[token.end() : token.end() + 1].isdigit()


def _is_glued(run: Sequence[re.Match[str]], text: str) -> bool:
    return text[run[0].start() : run[-1].end()].isalnum() if run else False


def _is_inside_word(token: re.Match[str], text: str) -> bool:
    before, after = text[max(token.start() - 1, 0) : token.start()], text[token.end() : token.end() + 1]
    return before.isalpha() or after.isalpha()


def _value(token: re.Match[str]) -> str:
    if token["written"]:
        return token["written"][0] * _times(token) + token["written"][1:]
    if token["tens"]:
        digits = str(_TENS.index(token["tens"]) + 2) + _DIGITS.get(token["unit"], "0")
    elif token["welsh"]:
        digits = _DIGITS[token["welsh"]] + _DIGITS.get(token["welsh_unit"], "0")
    else:
        digits = _DIGITS[token["digit"]] + ("" if token["rest"] else "00" if token["hundred"] else "")
    return digits * _times(token)


def _times(token: re.Match[str]) -> int:
    return {None: 1, "double": 2}.get(token["times"], 3)


_ALPHABET = {
    word: letters[0]
    for letters in (
        "alpha alfa", "bravo bee", "charlie cee", "delta dee", "echo", "foxtrot", "golf gee", "hotel", "india",
        "juliet juliett jay", "kilo kay", "lima", "mike", "november", "oscar", "papa pee", "quebec", "romeo",
        "sierra", "tango tee", "uniform", "victor vee", "whiskey whisky", "x-ray xray", "yankee", "zulu zed",
    )
    for word in letters.split()
}  # fmt: skip
_ALPHABET.update(queue="q", cue="q", aitch="h", haitch="h", ess="s")
_LETTER = re.compile(
    r"\b(?:(?P<of>[a-z])(?: is)?,? (?:for|as in|like|fel|am) (?:the )?[a-z]+"
    r"|(?P<double>double|two|dau|dwy)[ -](?P<twice>[a-z])(?:'?s)?"
    rf"|(?P<name>{'|'.join(_ALPHABET)}))\b"
)
_FILLER = re.compile(
    r"(?<=[0-9])x(?=[0-9])|\b(?:then|and|dots?|point|dash|hyphen|slash|stroke|spaces?|comma|underscore|full stop|next"
    r"|followed by|plus|prefix|suffix|letters?|numbers?|digits?|are|is|it'?s|(?:the )?rest|(?:the )?first|(?:the )?last"
    r"|(?:and )?finally|(?:it )?(?:ends?|starts?|begins?)(?: (?:in|with))?|wedyn|yna|ac|yw|dot)\b[^a-z0-9]*"
)


def spelled_out(shape: Skeleton) -> Skeleton | None:
    """With letters for "Q for queen" and "juliet golf", and without the words that join what is dictated; None where
    there are no such words."""
    lettered = shape.replaced(_LETTER, _letter)
    joined = lettered.replaced(_FILLER, lambda _: " ")
    return None if joined is shape else with_digits(joined)


def _letter(match: re.Match[str]) -> str:
    if match["of"]:
        return match["of"] + " "
    return match["twice"] * 2 if match["twice"] else _ALPHABET[match["name"]]
