"""A message as a row of symbols, the patterns that rules are written in, and what a rule may ask about the words round
a match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.day_pieces import DAY
from bot.jobcentre.day_words import CLOSED_CLASS, PAST_WORDS, PRESENT_WORDS, tokenize
from bot.jobcentre.errors import BadInput
from bot.jobcentre.feasts import IsHoliday

REACH = 12
"""How many words round a day are read for its tense and the like; a limit keeps the work linear."""

MACROS = {
    "WD": r"(?:DYDD )?D(?P<wd>\d)[wcs]?",
    "NUM": r"(?:un ar N10|N1 ar N10|N\d{1,2}|\d{1,2})",
    "DOM": r"(?:O\d{1,2}|N[23]0 (?:- )?W\d|W\d{1,2}(?: ar (?:N10|hugain|bymtheg))?|\d{1,2})",
    "MON": r"(?:MONTH )?M(?P<month>\d{1,2})w?",
    "YEAR": r"(?:(?:,|of|/) )?(?P<year>20\d\d|19\d\d|2[5-9]|3\d)(?! (?:am|pm))",
    "PART": r"(?P<part>MORNING|AFTERNOON|EVENING|EVE|NIGHT)",
    "COUNT": r"(?P<count>a couple of|a couple|couple of|couple|a few|few|an|a|N\d{1,2}|\d{1,2})",
    "UNIT": r"(?P<unit>working DAYS|business DAYS|DAYS|day|WEEKS?|FORTNIGHT|MONTHS?|HOURS?|MINUTES|tridiau)",
    "REF": r"(?P<ref>TODAY|TOMORROW|YESTERDAY)",
}
"""What `<NAME>` stands for in a rule."""

_SENTENCE_ENDS = frozenset(".?!;")
NUMBER = re.compile(r"N?\d{1,2}")
DAY_SYMBOL = re.compile(
    r"D\d\w?|TODAY|TOMORROW|TONIGHT|OVERMORROW|YESTERDAY|MORNING|AFTERNOON|EVENING|NIGHT|THIS|NEXT|NOW|DYDD|XMAS|EVERY|O\d{1,2}"
)

Read = Callable[["Message", "re.Match[str]"], Any]
"""What a match says: a Day, a Piece, a list of these, or None when it says nothing after all. Raises Impossible."""


class Rules(list[tuple[re.Pattern[str], Read]]):
    """Rows and their readers, in the order in which they are tried."""

    def add(self, *patterns: str) -> Callable[[Read], Read]:
        """Adds a reader for rows that look like one of the patterns, in which `<NAME>` stands for one of the macros."""

        def add(read: Read) -> Read:
            for pattern in patterns:
                # Every word of the row has a space before it; a literal first character lets the engine skip quickly.
                expanded = re.sub(r"<([A-Z]+)>", lambda name: MACROS[name[1]], pattern)
                self.append((re.compile(rf" (?:{expanded})(?!\S)"), read))
            return read

        return add


def words_of(match: re.Match[str]) -> str:
    """The symbols of a match."""
    return match.group().strip()


def dom_value(dom: str) -> int:
    """27 for `27`, `O27`, `N20 W7` (twenty-seventh) and `W7 ar hugain` (seithfed ar hugain)."""
    total = sum(int(number) for number in re.findall(r"\d+", dom))
    return total + 20 * ("hugain" in dom) + 15 * ("bymtheg" in dom)


class Message:
    """The row of symbols, and what the rules may ask about the words round a match."""

    def __init__(self, text: str, now: datetime, is_holiday: IsHoliday, expecting: bool) -> None:
        if now.tzinfo is None:
            raise BadInput("the reference time has no time zone: give it one, for example tzinfo=LONDON")
        self.text = text
        self.now = now.astimezone(LONDON)
        self.today = self.now.date()
        self.is_holiday = is_holiday
        self.tokens = tokenize(text)
        self.words = [token.symbol for token in self.tokens]
        self.row = "".join(f" {word}" for word in self.words)
        self.used = bytearray(len(self.words))
        self.impossible: list[tuple[int, int]] = []
        self.expecting = expecting
        self._index: list[int] = []
        self.sentence: list[int] = []
        place = sentence = 0
        for word in self.words:
            self._index.append(place)
            self.sentence.append(sentence)
            place += len(word) + 1
            sentence += word in _SENTENCE_ENDS

    def span(self, match: re.Match[str], start: str | int = 0) -> tuple[int, int]:
        """The words of a match, from the named group if it has that: first, and one after the last."""
        group = start if start in match.re.groupindex else 0
        a = bisect_right(self._index, match.start(group)) - 1
        return a, bisect_right(self._index, max(match.end() - 1, match.start()))

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def written(self, index: int) -> str:
        """The word as it stands in the text, in small letters."""
        token = self.tokens[index]
        return self.text[token.start : token.end].casefold()

    def before(self, match: re.Match[str], back: int = 1) -> str:
        return self.word(self.span(match)[0] - back)

    def after(self, match: re.Match[str], on: int = 0) -> str:
        return self.word(self.span(match)[1] + on)

    def near(self, index: int, words: frozenset[str], back: int = REACH, on: int = REACH) -> bool:
        """Whether one of the words stands near, in the same sentence."""
        around = range(max(index - back, 0), min(index + on + 1, len(self.words)))
        return any(self.words[i] in words and self.sentence[i] == self.sentence[index] for i in around)

    def is_past(self, match: re.Match[str]) -> bool:
        return self.is_past_at(*self.span(match))

    def is_past_at(self, a: int, b: int) -> bool:
        """Whether the nearest word of tense before these words, or else just after them, is a past one."""
        for i in range(a - 1, max(a - 1 - REACH, -1), -1):
            if self.sentence[i] != self.sentence[a] or self.words[i] in PRESENT_WORDS:
                return False
            if self.words[i] in PAST_WORDS:
                return True
        return any(self.word(i) in PAST_WORDS for i in range(b, b + 2) if self.word(i) not in _SENTENCE_ENDS)

    def closes_number(self, index: int) -> bool:
        """Whether a bare number before this word is complete: no noun follows that it could count."""
        word = self.word(index)
        if word in {"or", "to", "-", "and", "/"} and NUMBER.fullmatch(self.word(index + 1)):
            word = self.word(index + 2)
        return not word or word in CLOSED_CLASS or DAY_SYMBOL.fullmatch(word) is not None

    def working_days_from(self, day: date, count: int) -> date:
        """So many days on, or back if negative, weekends and holidays not counted."""
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while day.weekday() >= 5 or self.is_holiday(day):
                day += step
        return day

    @cached_property
    def holidays(self) -> list[date]:
        """Bank holidays from 400 days ago to 400 days ahead."""
        return [day for day in (self.today + DAY * n for n in range(-400, 401)) if self.is_holiday(day)]
