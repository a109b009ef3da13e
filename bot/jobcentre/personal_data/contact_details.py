"""Phone numbers and email addresses other than ours."""

from __future__ import annotations

import re

from phonenumbers import PhoneNumberMatcher

from bot.jobcentre.personal_data.reading import GAP, TAKEN, TIGHT, Reading, Spans, digits_of, matches

# The library knows every country's numbers as they are usually written, and extensions; these know what it calls no
# number: other spacings, numbers out of use, and those with a digit too few.
_PHONE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00){TIGHT}44{TIGHT}(?:0{TIGHT})?|44(?={TIGHT}[127]){TIGHT}|0{TIGHT})"
    rf"(?:[1-35-9](?:{TIGHT}[0-9]){{9}}|[18](?:{TIGHT}[0-9]){{8}})(?![0-9])"
    rf"|(?<![0-9])7(?:{TIGHT}[0-9]){{9}}(?![0-9])"
    rf"|(?:\+|(?<![0-9])00)[1-9](?:{TIGHT}[0-9]){{7,13}}(?![0-9])"
)
_TOLD = re.compile(
    r"\b(?:phone|tel|telephone|mob|mobile|landline|cell|whats ?app|ring|call|text|ffon|symudol|ffoniwch|ffonia"
    r"|(?:my|our|fy) (?:number|no|num|rhif))(?:'?s)?"
    rf"(?: (?:number|no|num|is|me|us|back|on|at|it's|its|yw|ydy|fi|ar))*[^a-z0-9{TAKEN}]{{1,4}}"
    rf"([0-9](?:{TIGHT}[0-9]){{5,11}})(?!{TIGHT}[0-9])"
)
_PUBLIC = frozenset({"116123", "116000", "08001111"})
"""Samaritans, missing people, Childline: in the directory or not."""
_LIBRARY_FROM = 7
"""Digits in the shortest number that the library is asked to look for."""


def phone_number(reading: Reading) -> Spans:
    yield from (match.span() for match in _PHONE.finditer(reading.calm))
    for match in _TOLD.finditer(reading.calm):  # a local number, or one with a digit too few
        if digits_of(match[1]) not in _PUBLIC:
            yield match.span(1)
    if len(digits_of(reading.calm)) >= _LIBRARY_FROM:
        for found in PhoneNumberMatcher(reading.calm, "GB"):
            if digits_of(found.raw_string) not in _PUBLIC:
                yield found.start, found.end


_RUN = re.compile(rf"(?<![0-9])[0-9](?:{TIGHT}[0-9]){{2,18}}")


def our_numbers(reading: Reading) -> Spans:
    """Numbers of ours, which stay whatever they look like."""
    lengths = sorted({len(number) for number in reading.ours.numbers}, reverse=True)
    for run in matches(_RUN, reading.plain) if lengths else ():
        at = [index for index, character in enumerate(run[0], run.start()) if character.isdigit()]
        digits = digits_of(run[0])
        ours = (length for length in lengths if length <= len(at) and digits[:length] in reading.ours.numbers)
        ends = (at[length - 1] + 1 for length in ours)
        end = next((end for end in ends if not reading.plain[end : end + 1].isdigit()), None)
        is_short = end is not None and len(digits_of(reading.plain[run.start() : end])) < _SHORT
        if end and not (is_short and _is_beside_digits(reading.plain, run.start(), end)):
            yield run.start(), end


_SHORT = 9
"""Digits from which on a number is told from others by itself."""


def _is_beside_digits(text: str, start: int, end: int) -> bool:
    """The 1 1 1 at the end of a longer number is nobody's helpline."""
    before = re.search(f"[0-9]{GAP}$", text[max(start - 9, 0) : start])
    return bool(before or re.match(f"{GAP}[0-9]", text[end : end + 9]))


_PROVIDER = (
    "(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|msn|aol|me|btinternet|sky|talktalk|virginmedia"
    "|proton(?:mail)?)"
)
_DOT = r"(?: ?[.,] ?| ?[(\[{\"' ]dot[)\]}\"' ] ?)"
_AT = r"(?: ?@ ?| ?[(\[{\"' ] ?(?:at|ar) ?[)\]}\"' ] ?| ?[(\[]a[)\]] ?)"
_DOMAIN = rf"(?:{_DOT}(?:com|co|uk|org|net|gov|ac|info|wales|cymru|scot|io)\b)+"
_AT_SIGNED = r" ?[(\[{<]at[>}\)\]] ?"
_EMAIL = re.compile(
    r"(?:[a-z0-9._%+'-]{1,64}|\"[^\"\n]{1,64}\")"
    rf"(?:(?:@|{_AT_SIGNED})[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{2,24}})+| ?@ ?[a-z0-9-]{{1,63}}{_DOMAIN}"
    rf"| ?@ ?{_PROVIDER}\b|{_AT}{_PROVIDER}(?:{_DOMAIN}| com\b)"
    rf"|{_AT}[a-z0-9-]{{1,63}}(?: dot | ?[(\[\"']dot[)\]\"'] ?)(?:com|co|org|net)\b(?:{_DOT}uk\b)?)"
    r"|(?<![a-z0-9])[a-z][a-z-]{0,40}[._0-9][a-z0-9._-]{0,40} at (?:g(?:oogle)?mail|hotmail|outlook|yahoo|icloud)\b"
    r"|(?<![a-z0-9])(?:[a-z0-9._-] ){2,40}@(?: [a-z0-9.-](?![a-z0-9])){3,40}"
)


def email_address(reading: Reading) -> Spans:
    for match in _EMAIL.finditer(reading.plain):
        if match[0].strip("'.-") not in reading.ours.emails:
            yield match.span()
