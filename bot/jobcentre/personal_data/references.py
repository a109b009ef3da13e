"""NHS numbers and the reference numbers of claims, cases and papers."""

from __future__ import annotations

import re

from stdnum.gb import nhs

from bot.jobcentre.personal_data.reading import TAKEN, TIGHT, Reading, Spans, digits_of

_NHS = re.compile(r"(?<![0-9])[0-9]{3}([ .-]?)[0-9]{3}\1[0-9]{4}(?![0-9])")
_NHS_TOLD = re.compile(
    rf"\b(?:nhs|health|gig|chi|h ?& ?c)\b[^0-9{TAKEN}]{{0,30}}([0-9](?:{TIGHT}[0-9]){{9}})(?!{TIGHT}[0-9])"
)


def nhs_number(reading: Reading) -> Spans:
    for match in _NHS.finditer(reading.calm):
        digits = digits_of(match[0])
        if digits[0] not in "07" and nhs.is_valid(digits):
            yield match.span()
    yield from (match.span(1) for match in _NHS_TOLD.finditer(reading.calm))


_VALUE = r"(?:[a-z]{1,5}[-/ ]?)?[0-9]+(?:[ ./-]{1,2}[a-z]{0,2}[0-9]{2,}){0,5}(?:[a-z](?![a-z]))?"
_MATTER = (
    "claim|case|appeal|tribunal|customer|agreement|journal|client|payment|uc|pip|esa|jsa|cms|passport|licen[cs]e|permit|brp"
    "|visa|utr|hawliad|achos|apel|trwydded|pasbort"
)
_REFERENCE = re.compile(
    rf"\b(?:my |our |fy |ein )?(?:(?:{_MATTER})[ -]?)?(?:ref(?:erence)?s?(?: ?(?:no|num\w*|code|id))?|cyfeirnod)\b"
    rf"[^0-9a-z{TAKEN}]{{0,4}}(?:(?:is|was|number|no|yw|ydy)\b[^0-9a-z{TAKEN}]{{0,4}})?({_VALUE})"
    rf"|\b(?:{_MATTER})[ -]?(?:no|num\w*|nr|id|#)\b[^0-9{TAKEN}]{{0,20}}?\b({_VALUE})"
    rf"|\b(?:rhif|cyfeirnod)(?! ffon)[^0-9{TAKEN}]{{0,25}}?\b({_VALUE})"
    rf"|\b(?:{_MATTER})\b[^0-9a-z{TAKEN}]{{0,4}}((?:[a-z]{{1,5}})?[0-9]{{6,}})"
)
_DICTATED = re.compile(
    rf"\b(?:ref(?:erence)?|{_MATTER}|cyfeirnod)\b(?: (?:no|num\w*|id|is|yw|ydy))*[^0-9a-z{TAKEN}]{{0,4}}"
    r"([0-9](?: [0-9]){4,15})(?! ?[0-9])"
)
_PAPER = re.compile(
    r"\bsc[0-9]{3}/[0-9]{2}/[0-9]{4,6}\b"
    r"|(?<![a-z0-9])(?:[a-z9]{5}[0-9]{6}[a-z9]{2}[0-9][a-z]{2}|[a-z]{2}[0-9]{7})(?![a-z0-9])"
    r"|(?<=share code )(?:is )?[a-z0-9]{3}(?:[ -]?[a-z0-9]{3}){2}\b"
)
"""Tribunals, driving licences, residence permits, proof of status: numbers whose pattern is only theirs."""
_OTHER_NUMBER = re.compile(r"20[0-9]{2}|0[0-9]{3,4}|(?:(?:is|at|on|yw) )?0[1-9](?:[ -]?[0-9]){8,9}")
"""A year, an area code, or a phone number of this country."""


def reference(reading: Reading) -> Spans:
    yield from (match.span() for match in _PAPER.finditer(reading.plain))
    yield from (match.span(1) for match in _DICTATED.finditer(reading.calm))
    for match in _REFERENCE.finditer(reading.calm):
        value = match[match.lastindex or 0]
        is_other = _OTHER_NUMBER.fullmatch(value) or value.startswith("foi")
        if not is_other and len(digits_of(value)) >= 4:
            yield match.span(match.lastindex or 0)


_LONG_NUMBER = re.compile(r"(?<![0-9])(?:(?<![a-z])[a-z]{1,4})?[0-9]{8,}")
_BITS = re.compile("[01]{8,}")
"""Letters as a machine counts them."""
_GLUED_DATE = re.compile(r"(?:[0-3][0-9][01][0-9]20[0-9]{2}|20[0-9]{2}[01][0-9][0-3][0-9])")


def long_number(reading: Reading) -> Spans:
    """A number so long is somebody's reference, whatever is said of it."""
    for match in _LONG_NUMBER.finditer(reading.calm):
        if not (_GLUED_DATE.fullmatch(match[0]) or _BITS.fullmatch(match[0])) and not match[0].startswith("foi"):
            yield match.span()
