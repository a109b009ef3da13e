"""Dates of birth: dates that words name so, and dates of long ago that stand by themselves, as in a list of details.

The date of a question ("open on 3/12/1990?") is none, nor is one that something happened on or since.
"""

from __future__ import annotations

import re

from bot.jobcentre.personal_data.reading import TAKEN, Reading, Spans

_MONTH = (
    "jan|feb|mar|mawrth|apr|may|jun|jul|aug|sep|oct|nov|dec|ionawr|chwefror|fawrth|ebrill|mai|fai|mehefin|fehefin"
    "|gorffennaf|orffennaf|awst|medi|fedi|hydref|tachwedd|dachwedd|rhagfyr|ragfyr"
)
_ORDINAL = "(?:st|nd|rd|th|af|ain|fed|eg|ydd)?"
_YEAR = "(?:(?:19|20)[0-9]{2}|[0-9]{2})"
_PAST_YEAR = "(?:19[0-9]{2}|200[0-9])"
_DAY_WORD = (
    "(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_YEAR_WORDS = (
    r"(?:nineteen|twenty|two thousand(?: and)?)(?:[ -](?:oh?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b){1,2}"
)


def _date_before(year: str) -> str:
    return (
        rf"(?<![0-9])(?:[0-9]{{1,2}} ?[^a-z0-9{TAKEN}:] ?[0-9]{{1,2}} ?[^a-z0-9{TAKEN}:] ?{year}"
        rf"|{year}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}}"
        rf"|[0-9]{{1,2}} ?{_ORDINAL} ?(?:of |o )?(?:{_MONTH})[a-z]*,? ?{year}"
        rf"|(?:{_MONTH})[a-z]* [0-9]{{1,2}}{_ORDINAL},? {year}"
        rf"|[0-9]{{1,2}}(?:st|nd|rd|th) of the [0-9]{{1,2}}(?:st|nd|rd|th),? (?:of )?{year}"
        rf"|[0-9]{{4}}{year})(?![0-9])"
    )


_BORN_SURELY = r"\b(?:d[. ]?o[. ]?b|date of birth|birth ?date|born|ganwyd|ganed|n?geni|eni)(?![a-z])"
_BORN = rf"(?:{_BORN_SURELY}|\b(?:birth ?day|bday|b-day|pen-?blwydd)\b)"
_SAID = rf"{_DAY_WORD} (?:of )?(?:{_MONTH})[a-z]*(?:,? (?:{_YEAR}(?![0-9])|{_YEAR_WORDS}))?"
_BIRTH = re.compile(
    rf"{_BORN}(?P<between>[^0-9{TAKEN}]{{0,30}}?)(?P<after>{_date_before(_YEAR)})"
    rf"|(?P<before>{_date_before(_YEAR)})[^a-z0-9{TAKEN}]{{0,4}}(?:(?:is|was|yw|ydy) )?"
    rf"(?:(?:my|me|his|her|the|fy) )?{_BORN}"
    rf"|{_BORN_SURELY}[^0-9{TAKEN}]{{0,20}}?(?P<day>[0-9]{{1,2}} ?{_ORDINAL} ?(?:of |o )?(?:{_MONTH})[a-z]*\b)"
    rf"|{_BORN_SURELY}[^0-9{TAKEN}]{{0,20}}?(?P<month>\b(?:{_MONTH})[a-z]*,? {_PAST_YEAR}"
    rf"(?:,? on the [0-9]{{1,2}}{_ORDINAL})?)(?![0-9])"
    rf"|{_BORN_SURELY}[^0-9{TAKEN}]{{0,20}}?(?P<words>{_SAID})"
    rf"|(?P<words_before>{_SAID}) (?:(?:is|was|yw|ydy) )?(?:(?:my|me|his|her|the|fy) )?{_BORN_SURELY}"
    rf"|{_BORN_SURELY}[^a-z0-9{TAKEN}]{{0,4}}(?:(?:is|yw)\b )?(?P<dictated>[0-9](?: [0-9]{{1,4}}){{3,7}})(?![0-9])"
    rf"|{_BORN_SURELY}[^a-z0-9{TAKEN}]{{0,4}}(?:(?:is|yw)\b )?"
    r"(?P<short>[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{1,4})?)"
    r"(?![0-9])"
)
_OTHER_MATTER = re.compile(r"\b(?:open|clos|shut|appoint|interview|agor|cau|ar gau|apwynt)|[.?!;\n]")
_TO_COME = re.compile("20[2-9][0-9]")
_PAST_DATE = re.compile(_date_before(_PAST_YEAR))
_HAPPENED = re.compile(
    r"(?:\b(?:on|from|since|until|till|til|to|by|in|for|of|at|after|before|between|and|dated|date|open|opened|opens"
    r"|close|closed|closes|shut|started|ended|left|ar|ers|tan|hyd|cyn|wedi|o|agor|gau)\b[^a-z0-9]{0,3}(?:the )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?)$"
)
_BEFORE = 30


def date_of_birth(reading: Reading) -> Spans:
    for match in _BIRTH.finditer(reading.plain):
        if not _is_of_something_else(match):
            yield match.span(match.lastgroup or 0)
    for match in _PAST_DATE.finditer(reading.plain):
        before = reading.plain[max(match.start() - _BEFORE, 0) : match.start()]
        # Beside other personal details, a date of long ago is one of them.
        if TAKEN in reading.plain or not _HAPPENED.search(before):
            yield match.span()


def _is_of_something_else(match: re.Match[str]) -> bool:
    """ "I was born in Leeds, is it open 24/12/2026"."""
    between, date = match["between"] or "", match["after"] or ""
    return bool(_TO_COME.search(date)) and len(between) > 4 and bool(_OTHER_MATTER.search(between))
