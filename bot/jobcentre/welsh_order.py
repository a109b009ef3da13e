"""Welsh that was read word by word, put into the order of English.

Welsh says "is the office closed" where English says "the office is closed", tells the time of a verb by small words
before it, and says "there is food with us" for "we have food". What was read holds those small words as marks in
capitals (MAE, YN, WEDI …), as the glossary gives them; here they become what English has in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = r"[a-z0-9'’£]+"
_NAME = rf"(?:{_WORD} ){{1,7}}?"
"""The words of who or what a sentence is about, up to what is said of it."""
_SAID = r"(?=(?:YN|WEDI|DI|HEB|DDIM|closed|open|locked)\b)"
"""Where what is said of it begins, and where it may begin if it does so nowhere else."""
_SAID_OF_WHERE = r"(?=(?:in|on|at|under|without|here|there|outside|gone|late|full)\b)"
_ASKED = r"\b((?:where|when|what|why|who|how|which|what time)(?: \w+){0,3})"
_WHOM = {"me": "i have", "us": "we have", "them": "they have", "you": "you have", "him": "he has", "her": "she has"}
_WITH = rf"with ({'|'.join(_WHOM)})\b"
_OF_ONE = (
    r"(?= (?:YN|WEDI|DI|HEB|DDIM|is|are|and|but|or|if|because|when|since|on|off|here|there|closed|open|today|tomorrow)"
    r"\b|\s*[.?!,]|\s*$)"
)
"""What follows "i" where it is no "to" but a person."""
_NOT_DONE = "YN|WEDI|DI|HEB|DDIM"
_PAST = "went|came|got|gave|said|told|died|was|did|sent|stopped|moved|opened"
_OF_OFFICE = "number|phone number|address|postcode|hours|opening hours|email|door|manager|name"
_NOMINATIVE = {"him": "he", "her": "she", "them": "they"}


def _subject_first(found: re.Match[str]) -> str:
    """ "Went it" → "it went"."""
    did, who = found.groups()
    return f"{_NOMINATIVE.get(who, who)} {did}"


_Rule = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]
_RULES: list[_Rule] = [
    (re.compile(pattern), english)
    for pattern, english in (
        (rf"\bYN ({_WORD}) I{_OF_ONE}", r"my \1"),
        (rf"\bmy ({_WORD}(?: {_WORD})?) I{_OF_ONE}", r"my \1"),
        (rf"\bi ({_WORD}) I\b(?! the\b)", r"i \1"),
        (r"\b(did|got|went|saw|can|should|would|will be|was) I\b(?! the\b)", r"i \1"),
        (r"\bme (?=WEDI|DI|HEB)", "i am "),
        (r"\bmy my\b", "my"),
        (r"\bin my\b", "in"),
        (rf"\b(the {_WORD}) MAE\b", r"\1"),
        (rf"\bI{_OF_ONE}", "i"),
        (rf"{_ASKED} (?:you are|are you) (?!closed|here|there|{_NOT_DONE})(?={_WORD})", r"\1 do you "),
        (rf"{_ASKED} (?:i am|am i) (?!closed|here|there|{_NOT_DONE})(?={_WORD})", r"\1 do i "),
        (rf"{_ASKED} they are (?!closed|here|there|{_NOT_DONE})(?={_WORD})", r"\1 do they "),
        (rf"{_ASKED} MAE\b", r"\1 is"),
        (rf"\bwill come (the|my) ({_WORD})", r"will \1 \2 come"),
        (rf"\bthe ({_PAST})\b", r"\1"),
        (rf"\b({_PAST}) (this|that|he|she|they|it|him|her|them)\b", _subject_first),
        (rf"\b({_OF_OFFICE}) the ({_WORD})", r"the \1 of the \2"),
        (r"\bMAE (want|need)\b(.*?) on (?:me|i)\b", r"i \1\2"),
        (r"\bMAE YN\b", "it is"),
        (rf"\bMAE ({_NAME}){_SAID}", r"\1is "),
        (rf"\bMAE ({_NAME}){_SAID_OF_WHERE}", r"\1is "),
        (rf"\b(is|was) not ({_NAME})DDIM\b", r"\2\1 not"),
        (r"\bi am (?:WEDI|DI)\b", "i have"),
        (r"\b(you|they) are (?:WEDI|DI)\b", r"\1 have"),
        (r"\b(he|she|it|that)? ?is (?:WEDI|DI)\b", r"\1 has"),
        (r"\bi am HEB\b", "i have not"),
        (r"\b(you|they) are HEB\b", r"\1 have not"),
        (r"\b(?:is|has) HEB\b", "has not"),
        (r"\bi am (?:not|DDIM)\b(?: WEDI| DI)", "i have not"),
    )
]
_HAVING = re.compile(rf"\b(MAE|there is no|is there) ((?:{_WORD} ){{1,4}}?){_WITH}")
_LEFT = {"MAE": "is", "YN": "", "WEDI": "has", "DI": "is", "HEB": "without", "DDIM": "not", "I": "to"}
_MARK = re.compile(rf"\b(?:{'|'.join(_LEFT)})\b")


def in_english_order(read: str) -> str:
    """What was read word by word, with its marks, as English has it: "MAE the office DDIM YN open" → "the office is
    not open". What no rule knows stays where it is."""
    text = _HAVING.sub(_had, re.sub(r"\s+", " ", read))
    for pattern, english in _RULES:
        text = pattern.sub(english, text)
    return " ".join(_MARK.sub(lambda mark: _LEFT[mark.group()], text).split())


def _had(found: re.Match[str]) -> str:
    """ "There is no food with us" → "we have no food"."""
    verb, thing, whom = found.groups()
    has = _WHOM[whom]
    if verb == "is there":
        who, have = has.split()
        return f"{'does' if have == 'has' else 'do'} {who} have {thing}"
    return f"{has} {'no ' if verb == 'there is no' else ''}{thing}"
