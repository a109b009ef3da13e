"""The days and times that a message speaks of, in English and Welsh, read in UK order from a reference time.

A message becomes a row of symbols (`day_words.py`); a list of rules finds days and times in the row, first rule first,
each word used once; then days and times that belong together are joined. What the words are taken to mean:

- A weekday is the coming one, today included: "friday" on a Friday is today, and so is "this friday". "Next friday" is
  Friday of the next calendar week (Monday to Sunday), as most people in Britain mean it; said on a Sunday, "next
  monday" is tomorrow. "Last friday" is the latest one before today; so is "friday" beside a past tense ("was it open
  on friday"). "Friday week" and "a week on friday" are seven days after the coming Friday.
- "The weekend" is the coming Saturday and Sunday, or what is left of this one; "this week" is what is left of it.
- A date without a year is this year's, or next year's once it is more than 60 days past (beside a past tense, the
  latest one). A year written that is more than two years away is no question about an office (a date of birth): no
  mention.
- A weekday that disagrees with its date is overruled by the date. "29 feb" in a year that has none is impossible.
- A bare hour follows the office day: 1 to 6 are afternoon, 7 to 11 morning, 12 noon; but nobody is open "until 7" or
  asks "after 8" about the morning, so there 7 and 8 are evening. A part of the day beside it decides first.
- A time alone belongs to today, or to tomorrow if it is past (a span when its end is; "after 4" never) and the words do
  not speak of the past. "In the morning" is today's only before 9.
- "Over christmas" is 24 to 26 December and the days off that follow without a break (weekend, substitute holiday),
  "over new year" 31 December and 1 January likewise, "easter" Good Friday to Easter Monday, "between christmas and new
  year" 27 to 31 December, all of them whole days. "Christmas" with nothing beside it is the day itself, "after
  christmas" the week that follows, "before christmas" what is left until then. "Before", "until" and "from" leave any
  other day as it is.
- Words for a stretch of time ("waited 3 days", "for two weeks", "since monday") are not days asked about.

All results are London dates and times on London clocks, so a change of the clocks changes none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from bot.jobcentre.day_words import (
    CLOSED_CLASS,
    HABIT_WORDS,
    PAST_WORDS,
    PRESENT_WORDS,
    STATE_WORDS,
    tokenize,
    word_set,
)
from bot.jobcentre.errors import BadInput
from bot.jobcentre.feasts import FEASTS, FeastRule, IsHoliday, is_usual_holiday, nth_weekday

LONDON = ZoneInfo("Europe/London")
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LOOK_BACK = timedelta(days=60)
YEARS_ASKED_ABOUT = 2
REACH = 12
"""How many words round a day are read for its tense and the like; a limit keeps the work linear."""


@dataclass(frozen=True)
class DayMention:
    """One day, or one unbroken run of days, that a message speaks of. Dates and times are London's."""

    start: int
    end: int
    """Offsets (characters) of the expression; for a day and a time apart in the sentence, the first one's."""
    text: str
    first: date
    last: date
    """Equal to `first` for a single day."""
    at: time | None = None
    """The clock time asked about, or the start of the span of the day that ends at `until`."""
    relation: str = "at"
    """How `at` is meant: at, after, before, until."""
    until: time | None = None
    part: str | None = None
    """morning, afternoon, evening or night."""
    now: bool = False
    """The reference moment itself."""
    weekly: int | None = None
    """0 for Monday: a habit ("saturdays"), of which `first` is the next."""
    past: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    """Every stretch of the text that was used."""
    is_time_alone: bool = False
    """No day was said with it: `first` is a guess from the time, and the conversation may know better."""


@dataclass(frozen=True)
class _Clock:
    """A time as written; a bare hour is still open to am or pm."""

    at: time
    until: time | None = None
    relation: str = "at"
    bare: bool = False
    bare_end: bool = False


@dataclass(frozen=True)
class _Day:
    """What a day expression means, before it is joined with a time."""

    first: date
    last: date
    kind: str = "day"
    """weekday, month_day ("the 27th"), date (without a year), weekend, week, feast: what joining may do with it."""
    weekly: int | None = None
    past: bool = False
    now: bool = False
    soft: bool = False
    """"Still", "currently": gives way to any other day in the sentence."""
    part: str | None = None
    clock: _Clock | None = None


@dataclass
class _Piece:
    """Some words of the row (from `a` up to `b`) and the day, time or part of the day that they say."""

    a: int
    b: int
    day: _Day | None = None
    clock: _Clock | None = None
    part: str | None = None
    weak: bool = False
    """Counts only beside a day: "am", "first thing", "10 to 2"."""
    others: list[tuple[int, int]] = field(default_factory=list)
    """Words elsewhere that belong to it."""
    time_first: bool = False
    """The time is written before the day: "at 3 on monday"."""


class _Impossible(Exception):
    """The words name a day that the calendar does not have."""


_Read = Callable[["_Message", "re.Match[str]"], Any]

_RULES: list[tuple[re.Pattern[str], _Read]] = []

_MACROS = {
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


def _rule(*patterns: str) -> Callable[[_Read], _Read]:
    """Adds a reader for rows that look like this; `<NAME>` stands for one of the macros."""

    def add(read: _Read) -> _Read:
        for pattern in patterns:
            # Every word of the row has a space before it; a literal first character lets the engine skip quickly.
            expanded = re.sub(r"<([A-Z]+)>", lambda name: _MACROS[name[1]], pattern)
            _RULES.append((re.compile(rf" (?:{expanded})(?!\S)"), read))
        return read

    return add


def _written(match: re.Match[str]) -> str:
    return match.group().strip()


# --- The calendar -------------------------------------------------------------------------------------------------


def _single(day: date, **more: Any) -> _Day:
    return _Day(day, day, **more)


def _coming(weekday: int, today: date) -> date:
    return today + DAY * ((weekday - today.weekday()) % 7)


def _latest(weekday: int, today: date) -> date:
    """The last such weekday strictly before today."""
    return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)


def _monday(day: date) -> date:
    return day - DAY * day.weekday()


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _written_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Impossible from None


# --- The message --------------------------------------------------------------------------------------------------


class _Message:
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
        if word in {"or", "to", "-", "and", "/"} and _NUMBER.fullmatch(self.word(index + 1)):
            word = self.word(index + 2)
        return not word or word in CLOSED_CLASS or _DAY_SYMBOL.fullmatch(word) is not None

    @cached_property
    def holidays(self) -> list[date]:
        """Bank holidays from 400 days ago to 400 days ahead."""
        return [day for day in (self.today + DAY * n for n in range(-400, 401)) if self.is_holiday(day)]


_SENTENCE_ENDS = frozenset(".?!;")
_NUMBER = re.compile(r"N?\d{1,2}")
_DAY_SYMBOL = re.compile(
    r"D\d\w?|TODAY|TOMORROW|TONIGHT|OVERMORROW|YESTERDAY|MORNING|AFTERNOON|EVENING|NIGHT|THIS|NEXT|NOW|DYDD|XMAS|EVERY|O\d{1,2}"
)


# --- Named days ---------------------------------------------------------------------------------------------------

_BANK_HOLIDAY = (
    r"(?:bank (?:hols?|holidays?|hoildays?|holliday|holidy)|bankhol(?:s|iday|idays)?|g?wyl (?:y )?banc"
    r"|gwyliau (?:y )?banc)"
)


@_rule(
    r"(?:(?P<which>NEXT|LAST|THIS) )?(?:(?:the|y) )?(?:(?P<season>early|late|spring|summer|EASTER|XMAS) )?"
    rf"(?:M(?P<month>\d+)w? )?{_BANK_HOLIDAY}(?: (?:mis )?M(?P<month_cy>\d+)w?)?"
    r"(?: (?P<weekend>WEEKEND)| D(?P<wd>\d)\w?| (?P<later>NEXT|LAST))?(?: day)?"
)
def _bank_holiday(message: _Message, match: re.Match[str]) -> _Day | None:
    month = match["month"] or match["month_cy"] or {"summer": "8", "XMAS": "12"}.get(match["season"] or "")
    is_last = "LAST" in (match["which"], match["later"]) or message.is_past(match)

    def fits(day: date) -> bool:
        if match["season"] in ("late", "spring") and not (day.month == 5 and day.day > 20):
            return False
        if match["season"] == "early" and not (day.month == 5 and day.day < 10):
            return False
        if match["season"] == "EASTER" and day.month not in (3, 4):
            return False
        return month is None or day.month == int(month)

    days = [day for day in message.holidays if fits(day)]
    if match["wd"]:
        days = [day for day in days if day.weekday() == int(match["wd"])]
    if is_last:
        found = [day for day in reversed(days) if day < message.today]
    else:
        found = [day for day in days if day >= message.today]
    if not found:
        return None
    day = found[0]
    if match["weekend"]:
        saturday = day - DAY * ((day.weekday() - 5) % 7)
        return _Day(saturday, max(day, saturday + DAY), past=is_last)
    return _single(day, past=is_last)


def _add_feast(pattern: str, rule: FeastRule) -> None:
    @_rule(rf"(?:(?P<which>NEXT|LAST|THIS) )?(?:{pattern})(?: (?P<later>NEXT|LAST))?(?: (?P<year>20\d\d))?")
    def read(message: _Message, match: re.Match[str]) -> _Day | None:
        return _feast(message, match, rule)


for _pattern, _feast_rule in FEASTS:
    _add_feast(_pattern, _feast_rule)


def _feast(message: _Message, match: re.Match[str], rule: FeastRule) -> _Day | None:
    before, after = message.before(match), message.after(match)
    if before in {"happy", "merry", "joyous", "c"} or after in {"llawen", "dda", "hapus"}:
        return None  # a greeting
    name = _written(match).split()
    if name[0] == "new" and (message.before(match, 2), before) == ("in", "the"):
        return None
    if name[-1] in {"XMAS", "EASTER", "year", "years"} and not message.closes_number(message.span(match)[1]):
        return None  # "christmas bonus", "easter road"
    today, year = message.today, message.today.year
    if match["year"]:
        return _Day(*rule(int(match["year"]), message.is_holiday), past=int(match["year"]) < year)
    is_past = "LAST" in (match["which"], match["later"]) or message.is_past(match)
    seasons = [rule(y, message.is_holiday) for y in (year - 1, year, year + 1)]
    if is_past:
        first, last = [season for season in seasons if season[0] < today][-1]
    else:
        first, last = next(season for season in seasons if season[1] >= today)
    side, is_anchor = _side(message, match)
    if side == "after" and not is_past and not is_anchor:
        return _Day(last + DAY, last + WEEK)
    if side == "before" and first > today and not is_anchor:
        return _Day(today, first - DAY)
    return _Day(first, last, kind="feast", past=is_past)


def _side(message: _Message, match: re.Match[str]) -> tuple[str, bool]:
    """Whether "after" or "before" leads to a feast, and whether a day leads to that ("the friday before easter")."""
    a, _ = message.span(match)
    lead = [word for word in message.words[max(a - 5, 0) : a] if word not in {"the", "y", "yr"}]
    if lead[-2:] == ["ar", "ol"]:
        lead[-2:] = ["after"]
    side = _SIDES.get(lead[-1] if lead else "", "")
    return side, len(lead) > 1 and _BEFORE_ANCHOR.fullmatch(lead[-2]) is not None


_SIDES = {"after": "after", **dict.fromkeys(("before", "by", "cyn", "erbyn"), "before")}
_BEFORE_ANCHOR = re.compile(r"day|D\d\w?|WEEKEND|WEEK")


@_rule(r"(?:the )?WEEK(?= (?:before|after) (?:the )?(?:XMAS|EASTER|new year))")
def _week_beside_feast(message: _Message, match: re.Match[str]) -> _Day:
    """Becomes the week before or after the feast when the days are joined."""
    return _single(message.today, kind="week")


# --- Dates with a month -------------------------------------------------------------------------------------------


def _dated(message: _Message, match: re.Match[str], day: int, month: int, year: str | None) -> _Day | None:
    """A day of a month; raises _Impossible for the 30th of February."""
    today = message.today
    if year is not None:
        full = int(year) + (2000 if len(year) == 2 else 0)
        if abs(full - today.year) > YEARS_ASKED_ABOUT:
            return None
        found = _written_date(full, month, day)
        return _single(found, past=found < today)
    is_past = message.is_past(match)
    # The year is chosen by a day that every year has, so that the 29th of February is judged in the year meant.
    probes = [date(y, month, min(day, 28)) for y in (today.year - 1, today.year, today.year + 1)]
    if is_past:
        probe = [probe for probe in probes if probe <= today][-1]
    else:
        probe = next(probe for probe in probes if probe >= today - LOOK_BACK)
    found = _written_date(probe.year, month, day)
    return _single(found, kind="date", past=found < today)


def _dom_value(dom: str) -> int:
    """27 for `27`, `O27`, `N20 W7` (twenty-seventh) and `W7 ar hugain` (seithfed ar hugain)."""
    total = sum(int(number) for number in re.findall(r"\d+", dom))
    return total + 20 * ("hugain" in dom) + 15 * ("bymtheg" in dom)


@_rule(r"(?:<WD> (?:, )?)?(?:the |y |yr )?(?P<dom><DOM>)(?: (?:of|o|st|th|nd|rd))?(?: the)? <MON>(?: <YEAR>)?")
def _day_then_month(message: _Message, match: re.Match[str]) -> _Day | None:
    dom, word = match["dom"], _written(match)
    is_loose = re.search(r"M\d+w", word) is not None and not re.search(r" (?:of|o|MONTH) ", word)
    if is_loose and match["year"] is None and message.after(match) in _VERBS:
        return None  # "3 may apply"
    if message.after(match) in _STREETS:
        return None
    if is_loose and dom[0] == "W":
        return None  # "second may"
    return _dated(message, match, _dom_value(dom), int(match["month"]), match["year"])


_VERBS = word_set("be have apply need not get also help want come go take still as even i we you they he she")


_STREETS = word_set("street st road rd avenue lane terrace stryd heol")


@_rule(r"(?:<WD> (?:, )?)?<MON> (?:the )?(?P<dom><DOM>)(?: <YEAR>)?(?! (?:am|pm|MINUTES|HOURS?)(?!\S))")
def _month_then_day(message: _Message, match: re.Match[str]) -> _Day | None:
    is_plain = match["dom"][0] in "N0123456789"
    if message.before(match) in _PERSON or (is_plain and _dom_value(match["dom"]) > 31):
        return None
    if is_plain and not message.closes_number(message.span(match)[1]):
        return None  # "may 1 of your staff"
    if message.after(match) == "of":
        return None
    return _dated(message, match, _dom_value(match["dom"]), int(match["month"]), match["year"])


_PERSON = word_set("mr mrs ms miss dr sir madam i you he she we they it named")


@_rule(r"(?:<WD> (?:, )?)?(?:the )?(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
def _iso_date(message: _Message, match: re.Match[str]) -> _Day | None:
    if int(match["m"]) > 12:
        raise _Impossible
    return _dated(message, match, int(match["d"]), int(match["m"]), match["y"])


@_rule(r"(?:the )?(?P<a>\d{1,2})(?P<link>-|/| / | - )(?P<b>\d{1,2}) <MON>(?: <YEAR>)?")
def _pair_of_month(message: _Message, match: re.Match[str]) -> list[_Day] | None:
    """28-30 december is a range, 28/29 december two days."""
    numbers = (int(match["a"]), int(match["b"]))
    days = [_dated(message, match, number, int(match["month"]), match["year"]) for number in numbers]
    if days[0] is None or days[1] is None or numbers[0] >= numbers[1]:
        return None
    return [days[0], days[1]] if "/" in match["link"] else [replace(days[0], last=days[1].last)]


@_rule(r"(?:<WD> (?:, )?)?(?:the )?(?P<d>\d{1,2})(?P<sep>[/.-]| / )(?P<m>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?")
def _numeric_date(message: _Message, match: re.Match[str]) -> _Day | None:
    day, month, year, separator = int(match["d"]), int(match["m"]), match["year"], match["sep"].strip()
    if year is None and not _is_written_as_date(match["d"], match["m"], separator):
        return None
    if separator == "/" and year is None and _is_fraction(message, match):
        return None
    if day > 39 or month > 31 or not day or not month:
        return None
    if month > 12:
        if separator == "/" and (year is None or _is_near(message, year)):
            raise _Impossible
        return None
    return _dated(message, match, day, month, year)


def _is_near(message: _Message, year: str) -> bool:
    full = int(year) + (2000 if len(year) == 2 else 0)
    return abs(full - message.today.year) <= YEARS_ASKED_ABOUT


def _is_written_as_date(day: str, month: str, separator: str) -> bool:
    """27.11 and 27-11 are dates, 9.30 is a time and 9-5 a span of hours."""
    if separator == ".":
        return int(day) > 23 and int(month) <= 12
    if separator == "-":
        return int(month) <= 12 and (int(day) > 12 or month[0] == "0")
    return True


def _is_fraction(message: _Message, match: re.Match[str]) -> bool:
    """1/2 hour, 2/3 of, 10/10 service."""
    if message.before(match) in _DATE_LEADS or match["wd"]:
        return False
    rated = message.before(match) in {"score", "rated", "rate", "rating", "give", "given", "gave", "got", "a"}
    counted = message.after(match) in _PARTED
    return rated or counted or match["d"] == match["m"]


_PARTED = word_set("of HOUR HOURS price DAYS day way an a the times people")
_DATE_LEADS = word_set("on for by until till til before after open closed shut the from ar erbyn")


@_rule(
    r"(?:D\d\w? )?(?:the |y )?(?P<dom>O\d{1,2}|\d{1,2})"
    r"(?= (?:to|-|and|or|&|until|til|till|,|tan|a|ac|neu|/) (?:<WD> )?(?:the |y )?"
    r"(?:O\d{1,2}|\d{1,2})(?: (?:of|o))? M\d)"
)
def _number_in_list(message: _Message, match: re.Match[str]) -> _Day | None:
    """The 27th in "27th to 29th december": the month is found when the days are joined."""
    return _month_day(message, _dom_value(match["dom"]), is_past=False)


@_rule(
    r"(?:the )?(?P<nth>W[1-5]|O[1-5]|LAST) <WD> (?:of|in) (?:<MON>|(?P<which>the|THIS|NEXT|the NEXT) MONTH)"
    r"(?: (?P<year>20\d\d))?"
)
def _nth_weekday(message: _Message, match: re.Match[str]) -> _Day | None:
    nth = -1 if match["nth"] == "LAST" else int(match["nth"][1:])
    today = message.today
    starts = [today.replace(day=1) + relativedelta(months=n) for n in range(-12, 13)]
    if match["month"]:
        starts = [start for start in starts if start.month == int(match["month"])]
    else:
        starts = [starts[13 if "NEXT" in match["which"] else 12]]
    if match["year"]:
        starts = [start for start in starts if start.year == int(match["year"])]
    days = [nth_weekday(start.year, start.month, _WEEKDAYS[int(match["wd"])](nth)) for start in starts]
    return next((_single(day) for day in days if day >= today), _single(days[-1]) if days else None)


@_rule(
    r"(?:by )?(?:the )?(?P<edge>end|start|beginning|diwedd|dechrau)(?: (?:of|o))?(?: the| y)?"
    r" (?:<MON>|(?:(?P<which>THIS|NEXT) )?MONTH(?: (?P<later>NEXT))?)"
)
def _edge_of_month(message: _Message, match: re.Match[str]) -> _Day | None:
    start = message.today.replace(day=1)
    if match["month"]:
        start += relativedelta(months=(int(match["month"]) - start.month) % 12)
    elif "NEXT" in (match["which"], match["later"]):
        start += relativedelta(months=1)
    first, last = _month_days(start.year, start.month)
    return _single(last if match["edge"] in {"end", "diwedd"} else first)


@_rule(r"(?:the |y )?(?P<dom>[OW]\d{1,2}) (?:of|o) (?:the |y )?(?:(?P<next>NEXT) )?MONTH(?: (?P<later>NEXT))?")
def _day_of_the_month(message: _Message, match: re.Match[str]) -> _Day:
    start = message.today.replace(day=1)
    number = _dom_value(match["dom"])
    if match["next"] or match["later"]:
        start += relativedelta(months=1)
        return _single(_written_date(start.year, start.month, number))
    return _month_day(message, number, message.is_past(match))


@_rule(r"(?:(?:the|y) )?(?:(?P<which>THIS|NEXT|LAST) MONTH|MONTH (?P<later>THIS|NEXT|LAST))")
def _month(message: _Message, match: re.Match[str]) -> _Day | None:
    which, today = match["which"] or match["later"], message.today
    months = {"THIS": 0, "NEXT": 1, "LAST": -1}[which]
    start = today.replace(day=1) + relativedelta(months=months)
    first, last = _month_days(start.year, start.month)
    if which == "LAST":
        return _Day(first, last, past=True) if message.before(match) != "the" else None
    return _Day(max(first, today), last)


@_rule(
    r"(?:in|during|throughout|ym|yn|THIS|NEXT|all of) (?P<third>(?:early|mid|late) (?:- )?)?<MON>"
    r"(?: (?P<year>20\d\d))?",
    r"(?P<third>early|mid|late) (?:- )?<MON>(?P<year>)",
    r"<MON> (?P<year>20\d\d)",
    r"MONTH M(?P<month>\d+)w?(?P<year>)",
)
def _whole_month(message: _Message, match: re.Match[str]) -> _Day | None:
    if message.is_past(match) or message.before(match) in {"born", "since"}:
        return None
    today, month = message.today, int(match["month"])
    year = int(match["year"] or today.year + (month < today.month))
    first, last = _month_days(year, month)
    if abs(year - today.year) > YEARS_ASKED_ABOUT or last < today:
        return None
    third = (match.groupdict().get("third") or "")[:3]
    first = first.replace(day={"mid": 11, "lat": 21}.get(third, 1))
    last = last.replace(day={"ear": 10, "mid": 20}.get(third, last.day))
    return _Day(max(first, today), last)


# --- Days counted from today --------------------------------------------------------------------------------------

_COUNTS = {"": 1, "a": 1, "an": 1, "a few": 3, "few": 3, "a couple": 2, "couple": 2, "couple of": 2, "a couple of": 2}


def _count(words: str) -> int:
    return _COUNTS[words] if words in _COUNTS else int(words.lstrip("N"))


def _moved(message: _Message, count: int, unit: str, sign: int) -> _Day:
    """The day, or for hours and minutes the moment, so far from now."""
    if unit.startswith(("HOUR", "MINUTES")):
        minutes = count * (60 if unit.startswith("HOUR") else 1)
        moment = (message.now.astimezone(timezone.utc) + sign * timedelta(minutes=minutes)).astimezone(LONDON)
        clock = _Clock(moment.time().replace(second=0, microsecond=0))
        return _single(moment.date(), clock=clock, past=sign < 0)
    if unit.startswith(("working", "business")):
        return _single(_working_days_on(message, sign * count), past=sign < 0)
    if unit == "tridiau":
        return _single(message.today + sign * 3 * DAY, past=sign < 0)
    if unit.startswith("MONTH"):
        return _single(message.today + relativedelta(months=sign * count), past=sign < 0)
    days = count * (14 if unit == "FORTNIGHT" else 7 if unit.startswith("WEEK") else 1)
    return _single(message.today + sign * days * DAY, past=sign < 0)


def _working_days_on(message: _Message, count: int) -> date:
    day, step = message.today, DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= 5 or message.is_holiday(day):
            day += step
    return day


@_rule(
    r"(?:in|mewn|ymhen) (?:about |around |roughly |tua )?<COUNT> (?P<half>half (?:an? )?)?<UNIT>(?: s)?(?: time)?",
    r"(?:in|mewn|ymhen) (?:about |around )?(?P<count>)(?P<half>half an? |hanner )?"
    r"(?P<unit>HOUR|tridiau|FORTNIGHT|WEEK)(?: time)?",
    r"<COUNT> (?P<half>)<UNIT> (?:from (?:now|NOW|TODAY)|o nawr)",
)
def _in_a_while(message: _Message, match: re.Match[str]) -> _Day | None:
    a, _ = message.span(match)
    if message.near(a, _STRETCH_WORDS, on=0) or message.near(a, _WEDDING) or message.is_past(match):
        return None  # "not been paid in 2 weeks"
    if not message.closes_number(message.span(match)[1]):
        return None  # "in 2 weeks arrears"
    if match["half"]:
        return _moved(message, 30, "MINUTES", 1)
    return _moved(message, _count(match["count"] or ""), match["unit"], 1)


_STRETCH_WORDS = word_set(
    "times havent hasnt hadnt never eaten heard slept anything nothing wed wedding married havnt takes took answered "
    "answer reply replied respond done twice"
)


@_rule(r"<COUNT> <UNIT> (?:AGO|back|yn ol)")
def _ago(message: _Message, match: re.Match[str]) -> _Day | None:
    a, _ = message.span(match)
    if not message.near(a, _OFFICE_PAST, on=4):
        return None  # "i applied 3 weeks ago": their own story
    return _moved(message, _count(match["count"] or ""), match["unit"], -1)


_OFFICE_PAST = word_set("was were wasnt werent did didnt oedd roedd oeddech roeddech")


@_rule(
    r"(?:the )?day after (?:TOMORROW|tmrrw)|(?:y )?(?:diwrnod|DAYS) ar ol TOMORROW|OVERMORROW",
    r"(?P<three>THIRDMORROW)",
)
def _after_tomorrow(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today + DAY * (3 if "THIRD" in _written(match) else 2))


@_rule(r"(?:the )?day before YESTERDAY|EREYESTERDAY")
def _before_yesterday(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today - 2 * DAY, past=True)


@_rule(
    r"(?P<n>a|N1|1|N2|2|N3|3|) ?(?P<unit>WEEKS?|FORTNIGHT) (?:on |from |i |)(?:<REF>|(?:THIS )?<WD>)(?: coming)?",
    r"(?P<n>)(?:<REF>|(?:THIS )?<WD>) (?P<unit>WEEK|FORTNIGHT)",
    r"(?:<REF>|(?:THIS )?<WD>) in (?P<n>a|N1|1|N2|2|N3|3) (?P<unit>WEEKS?|FORTNIGHT)(?: time)?",
)
def _weeks_after(message: _Message, match: re.Match[str]) -> _Day | None:
    """Friday week, a week on friday, a fortnight today, wythnos i ddydd Gwener."""
    if message.near(message.span(match)[0], _WEDDING, back=4, on=REACH):
        return None
    if match["n"] == "" and message.before(match) in {"THIS", "NEXT", "LAST", "DAYS", "the", "HOURS"} | _HALVES:
        return None
    if message.before(match) == "for":
        return None
    weeks = _count(match["n"]) * (2 if match["unit"] == "FORTNIGHT" else 1)
    if match["ref"]:
        start = message.today + DAY * {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}[match["ref"]]
    else:
        start = _coming(int(match["wd"]), message.today)
    return _single(start + weeks * WEEK)


_WEDDING = word_set("wife husband fiance fiancee bride groom wedding marry married")
_HALVES = word_set("a per")


# --- Weeks and weekdays -------------------------------------------------------------------------------------------


@_rule(
    r"(?:on )?<WD> (?:of |in )?(?:the )?(?P<week>WEEK after NEXT|(?:THIS|NEXT|LAST) WEEK|WEEK (?:THIS|NEXT|LAST))",
    r"(?P<week>(?:THIS|NEXT|LAST) WEEK|WEEK (?:THIS|NEXT|LAST)) ?(?:, )?(?:on |ar )?(?:the )?<WD>",
)
def _weekday_of_week(message: _Message, match: re.Match[str]) -> _Day:
    weeks = 2 if "after" in match["week"] else 1 if "NEXT" in match["week"] else -1 if "LAST" in match["week"] else 0
    day = _monday(message.today) + WEEK * weeks + DAY * int(match["wd"])
    return _single(day, past=day < message.today)


@_rule(r"(?:<WD>|WEEK|(?P<weekend>WEEKEND)) after NEXT")
def _after_next(message: _Message, match: re.Match[str]) -> _Day:
    monday = _monday(message.today) + 2 * WEEK
    if match["wd"]:
        return _single(monday + DAY * int(match["wd"]))
    return _Day(monday + DAY * (5 if match["weekend"] else 0), monday + 6 * DAY)


@_rule(
    r"(?P<edge>end|start|beginning|diwedd|dechrau)(?: (?:of|o))?(?: the| yr| y)?"
    r" (?:(?P<which>THIS|NEXT) )?WEEK(?: (?P<later>NEXT|THIS))?"
)
def _edge_of_week(message: _Message, match: re.Match[str]) -> _Day:
    """The Friday or the Monday of the week."""
    is_next = "NEXT" in (match["which"], match["later"])
    if match["edge"] in {"end", "diwedd"}:
        friday = _monday(message.today) + 4 * DAY + WEEK * is_next
        return _single(max(friday, message.today))
    return _single(_monday(message.today) + WEEK * (is_next or message.today.weekday() > 0))


@_rule(
    r"(?:(?P<early>early|later|earlier|rest of|remainder of|weddill) )?(?:(?:the|yr|y) )?"
    r"(?:(?P<which>THIS|NEXT|LAST) WEEK|WEEK (?P<later>THIS|NEXT|LAST))"
)
def _week(message: _Message, match: re.Match[str]) -> _Day | None:
    which = match["which"] or match["later"]
    today, monday = message.today, _monday(message.today)
    if which == "THIS":
        past = match["early"] == "earlier" or message.is_past(match)
        return _Day(monday, today, past=True) if past else _Day(today, monday + 6 * DAY)
    if which == "LAST":
        return _Day(monday - WEEK, monday - DAY, past=True) if message.before(match) != "the" else None
    return _Day(monday + WEEK, monday + (8 if match["early"] == "early" else 13) * DAY)


@_rule(
    r"(?:in|over|for|within|during) the NEXT (?:<COUNT> )?"
    r"(?P<unit>(?:working |business )?DAYS|WEEKS?|HOURS?|FORTNIGHT)",
    r"(?:yn|dros|o fewn) (?:yr|y) (?P<count>N?\d{1,2}|) ?(?P<unit>DAYS|WEEKS?|HOURS?|FORTNIGHT) NEXT",
)
def _next_few(message: _Message, match: re.Match[str]) -> _Day:
    """Any closures in the next 2 weeks? Today and so many days on."""
    count, unit = _count(match["count"] or ""), match["unit"]
    if unit.startswith("HOUR"):
        end = _moved(message, count, unit, 1)
        start = message.now.time().replace(second=0, microsecond=0)
        until = end.clock.at if end.clock and end.first == message.today else time(23, 59)
        return _single(message.today, clock=_Clock(start, until=until))
    return _Day(message.today, _moved(message, count, unit, 1).first)


@_rule(r"(?:(?P<which>NEXT|LAST|THIS|THIS coming|coming) )?WEEKEND(?: (?P<later>NEXT|LAST|THIS|just gone|gone))?")
def _weekend(message: _Message, match: re.Match[str]) -> _Day:
    today = message.today
    saturday = _monday(today) + 5 * DAY
    which = match["which"] or match["later"]
    if which == "NEXT":
        return _Day(saturday + WEEK, saturday + WEEK + DAY)
    if which in {"LAST", "just gone", "gone"} or (message.is_past(match) and today < saturday):
        return _Day(saturday - WEEK, saturday - WEEK + DAY, past=True)
    if message.before(match, 2) == "after" or message.before(match) == "after":
        return _single(saturday + 2 * DAY)
    return _Day(max(saturday, today), saturday + DAY, kind="weekend")


@_rule(r"(?:(?:on|at|EVERY|ar) )?(?P<which>WEEKENDS|WEEKDAYS)", r"EVERY (?P<which>WEEKEND)")
def _weekly_run(message: _Message, match: re.Match[str]) -> list[_Day]:
    days = range(5) if match["which"] == "WEEKDAYS" else (5, 6)
    return [_single(_coming(day, message.today), weekly=day) for day in days]


@_rule(
    r"(?:THIS coming|(?:the )?coming|THIS) <WD>",
    r"<WD> (?:coming|THIS)",
    r"(?P<next>(?:the )?(?:NEXT|following)) <WD>",
    r"<WD> (?P<next>NEXT)",
    r"(?:THIS )?(?P<last>LAST|past) <WD>",
    r"<WD> (?P<last>LAST|just gone|gone|past)",
)
def _relative_weekday(message: _Message, match: re.Match[str]) -> _Day | None:
    groups, weekday = match.groupdict(), int(match["wd"])
    if groups.get("next"):
        return _single(_monday(message.today) + WEEK + DAY * weekday, kind="next_weekday")
    if groups.get("last"):
        return _single(_latest(weekday, message.today), past=True)
    return _single(_coming(weekday, message.today), kind="weekday")


@_rule(
    r"(?:EVERY|on an?|of an?|any|bob|most) <WD>(?: (?P<part>MORNING|AFTERNOON|EVENING|NIGHT))?",
    r"(?:on |ar )?(?:DYDD |DAYS )?D(?P<wd>\d)p(?: (?P<part>MORNING|AFTERNOON|EVENING|NIGHT))?",
    r"(?:on |ar )?D(?P<wd>\d)s(?= (?:[?.!,]|or|and|DYDD|D\ds))(?P<part>)",
    r"(?:on )?<WD> (?P<part>PARTS)",
    r"EVERY <PART> <WD>",
    r"DAYS D(?P<wd>\d)[wc]?(?P<part>)",
)
def _habit(message: _Message, match: re.Match[str]) -> _Day | None:
    part = match["part"] or None
    if part == "PARTS":
        part = _plural_part(message, match)
    return _single(_coming(int(match["wd"]), message.today), weekly=int(match["wd"]), part=part)


def _plural_part(message: _Message, match: re.Match[str]) -> str:
    token = message.tokens[message.span(match)[1] - 1]
    written = message.text[token.start : token.end].casefold()
    return next((part for part in ("MORNING", "AFTERNOON", "EVENING", "NIGHT") if part.lower() in written), "MORNING")


# --- Times of the day ---------------------------------------------------------------------------------------------

_WORD_TIMES = {
    **dict.fromkeys(("noon", "midday", "mid day", "hanner DYDD", "canol DYDD", "ganol DYDD"), time(12)),
    **dict.fromkeys(("midnight", "hanner NIGHT", "canol NIGHT", "ganol NIGHT"), time(0)),
    **dict.fromkeys(("teatime", "tea time", "amser te"), time(17)),
}
_MINUTE_WORDS = {"quarter": 15, "chwarter": 15, "half": 30, "hanner": 30, "N5": 5, "N10": 10, "N20": 20}
_AFTER_HOUR = {"N30": 30, "N20": 20, "N20 N5": 25, "fifteen": 15, "forty": 40, "fifty": 50, "forty five": 45}
_NUM = _MACROS["NUM"]
_HALF = r"am|pm|a (?:\. )?m|p (?:\. )?m"


def _time_pattern(n: int) -> str:
    """One clock time; the names of the groups carry the number, so that a span can hold two."""
    return (
        rf"(?:(?P<word{n}>{'|'.join(_WORD_TIMES)})"
        rf"|(?:a )?(?P<minutes{n}>half|hanner(?: HOUR)?|quarter|chwarter|N20 N5|N5 ar hugain|N5|N10|N20|5|10|20|25)"
        rf"(?: MINUTES)?(?: (?P<way{n}>past|to|till|after|wedi|i))? (?P<of{n}>{_NUM})"
        rf"(?: (?P<of_half{n}>{_HALF}|oclock|ish))?"
        rf"|(?P<exact{n}>\d{{1,2}}[:.]\d{{2}})(?: (?P<exact_half{n}>{_HALF}))?(?: ish)?"
        rf"|(?P<four{n}>[012]\d[0-5]\d)(?: (?P<hundred{n}>HOURS|h))?"
        rf"|(?P<spelt{n}>N\d{{1,2}}) (?P<past_hour{n}>N30|N20(?: N5)?|fifteen|forty five|forty|fifty)"
        rf"|(?P<hour{n}>{_NUM})(?: (?P<hour_half{n}>{_HALF}|ish|oclock|o clock|or gloch))?(?: - ish)?)"
    )


@dataclass(frozen=True)
class _Time:
    at: time
    bare: bool
    """Without am or pm, and not on the 24-hour clock."""
    sure: bool
    """Written as a time and nothing else: "3pm", "half nine", "15:30"."""


def _clock_time(
    hour: int, minute: int, half: str | None = None, *, sure: bool = False, padded: bool = False
) -> _Time | None:
    if half and half[0] in "ap":
        if not 1 <= hour <= 12 or minute > 59:
            return None
        return _Time(time(hour % 12 + 12 * (half[0] == "p"), minute), bare=False, sure=True)
    if hour > 23 or minute > 59:
        return None
    return _Time(time(hour, minute), bare=1 <= hour <= 12 and not padded, sure=sure)


def _read_time(match: re.Match[str], n: int) -> _Time | None:
    group = {name[:-1]: value for name, value in match.groupdict().items() if name.endswith(str(n)) and value}
    if "word" in group:
        return _Time(_WORD_TIMES[group["word"]], bare=False, sure=True)
    if "minutes" in group:
        return _minutes_of(group)
    if "exact" in group:
        hour, minute = re.split("[:.]", group["exact"])
        padded = hour[0] == "0"
        return _clock_time(int(hour), int(minute), group.get("exact_half"), sure=":" in group["exact"], padded=padded)
    if "four" in group:
        return _clock_time(int(group["four"][:2]), int(group["four"][2:]), sure="hundred" in group, padded=True)
    if "spelt" in group:
        return _clock_time(_hour_value(group["spelt"]), _AFTER_HOUR[group["past_hour"]], sure=True)
    half = group.get("hour_half")
    return _clock_time(_hour_value(group["hour"]), 0, half, sure=half is not None)


def _hour_value(words: str) -> int:
    """11 for `N11`, `11` and `un ar N10` (un ar ddeg)."""
    return 11 if " ar " in words else int(words.lstrip("N"))


def _minutes_of(group: dict[str, str]) -> _Time | None:
    """Half nine, quarter to five, ten past three, hanner awr wedi naw."""
    words, way, hour = group["minutes"], group.get("way"), _hour_value(group["of"])
    if (way is None and words != "half") or hour > 12:
        return None
    minute = (
        int(words) if words.isdigit() else 25 if words[0] == "N" and " " in words else _MINUTE_WORDS[words.split()[0]]
    )
    if way in {"to", "till", "i"}:
        hour, minute = (hour - 1) or 12, 60 - minute
    return _clock_time(hour, minute, group.get("of_half"), sure=True)


_LEAD = r"(?P<lead>between|btwn|from|rhwng|o|open|opening|opens|hours|HOURS|agor|its|it|be)"


@_rule(
    rf"(?:{_LEAD} )?(?:at )?{_time_pattern(1)} (?P<link>-|to|until|til|till|and|&|tan|a|ac|hyd|i)"
    rf" (?:at |about )?{_time_pattern(2)}",
    rf"(?:{_LEAD} )?(?P<pair>\d{{1,2}}-\d{{1,2}})(?: (?P<half>am|pm))?",
)
def _time_span(message: _Message, match: re.Match[str]) -> _Piece | None:
    is_pair = "pair" in match.groupdict()
    start, end = _pair_times(match) if is_pair else (_read_time(match, 1), _read_time(match, 2))
    if start is None or end is None:
        return None
    sure = start.sure or end.sure
    if not sure and not message.closes_number(message.span(match)[1]):
        return None  # "9-5 job", "between 2 and 4 weeks"
    if not is_pair and not _is_span(message, match, sure):
        return None
    clock = _Clock(start.at, end.at, bare=start.bare, bare_end=end.bare)
    return _Piece(0, 0, clock=clock, weak=not sure and match["lead"] is None)


def _pair_times(match: re.Match[str]) -> tuple[_Time | None, _Time | None]:
    start, end = match["pair"].split("-")
    return _clock_time(int(start), 0), _clock_time(int(end), 0, match["half"])


def _is_span(message: _Message, match: re.Match[str], sure: bool) -> bool:
    """Whether "9 and 5" or "10 to 4" is a span of hours and not two times or four minus ten minutes."""
    if match["link"] in {"and", "&", "a", "ac", "i"} and match["lead"] not in {"between", "btwn", "rhwng", "o", "from"}:
        return False
    if match["lead"] is None and match["link"] == "to" and match["hour1"] in {"N5", "N10", "N20", "20"}:
        return False
    return sure or match["lead"] is not None or message.before(match) not in _RELATIONS


_RELATION_WORDS = {
    "at": "at for about around roughly approx circa tua am say",
    "after": "after past from o ar_ol wedi later_than",
    "before": "by before cyn erbyn no_later_than b4 earlier_than",
    "until": "until til till tan hyd untill",
}
_RELATIONS = {word.replace("_", " "): name for name, words in _RELATION_WORDS.items() for word in words.split()}
_RELATION = "|".join(sorted(_RELATIONS, key=len, reverse=True))


@_rule(rf"(?:(?:(?P<outer>{_RELATION}) )?(?P<relation>{_RELATION}) (?:the )?)?{_time_pattern(1)}")
def _clock(message: _Message, match: re.Match[str]) -> _Piece | None:
    found = _read_time(match, 1)
    if found is None or message.before(match) in {"since", "ers", "age", "aged"}:
        return None
    if not found.sure and not _is_hour_asked(message, match, found):
        return None
    if (match["minutes1"] or "").isdigit() and not message.closes_number(message.span(match)[1]):
        return None  # "5 to 10 people"
    if match["hour_half1"] in {"am", "a m"} and message.after(match) in {"i", "y"} and not match["relation"]:
        return None  # "i have 2 am i entitled"
    written = [word for word in (match["outer"], match["relation"]) if word and _RELATIONS[word] != "at"]
    relation = _RELATIONS[written[0]] if written else "at"
    at = time(23, 59) if match["word1"] and found.at == time(0) and relation in {"before", "until"} else found.at
    return _Piece(0, 0, clock=_Clock(at, relation=relation, bare=found.bare))


def _is_hour_asked(message: _Message, match: re.Match[str], found: _Time) -> bool:
    """Whether a number that might be a time is one, by the words round it."""
    relation, closed = match["relation"], message.closes_number(message.span(match)[1])
    before = message.before(match)
    if relation == "am" and before in {"i", "im", "who", "what", "why"}:
        return False  # English "am"
    if match["exact1"]:
        return found.at.minute % 5 == 0 and closed
    if match["four1"] and len(message.words) > 2:
        is_year = match["four1"][:2] in {"19", "20"} and relation != "at"
        return relation is not None and not is_year and found.at.minute % 5 == 0
    if relation == "past" and before not in STATE_WORDS:
        return False
    if relation in {None, "for", "say"} or found.at.hour > 12:
        return False
    return _is_bare_hour(message, match, closed)


def _is_bare_hour(message: _Message, match: re.Match[str], closed: bool) -> bool:
    after = message.after(match)
    if closed:
        return match["hour1"] != "N1" or not after or after in _PAUSES or _DAY_SYMBOL.fullmatch(after) is not None
    arrives = match["relation"] == "at" and message.before(match) in _ARRIVALS
    return arrives and after not in _COUNTED


_PAUSES = word_set("? . ! , or on please pls plz then for")
_ARRIVALS = STATE_WORDS | word_set("arrive arriving appointment appt apt meeting come in interview opens closes shuts")
_COUNTED = word_set(
    "high street road lane avenue place park X of DAYS WEEKS HOURS MONTHS MINUTES jobcentres offices branches sites "
    "centres places people"
)


@_rule(rf"(?P<hour>{_NUM})(?= (?:TONIGHT|(?:in the|THIS|TOMORROW|TODAY|D\d) (?:MORNING|AFTERNOON|EVENING|EVE)))")
def _hour_before_part(message: _Message, match: re.Match[str]) -> _Piece | None:
    hour = _hour_value(match["hour"])
    return _Piece(0, 0, clock=_Clock(time(hour), bare=True)) if 1 <= hour <= 12 else None


@_rule(r"(?:(?:at|in|over|around) )?(?:the )?(?:lunch ?time|dinnertime|amser cinio)")
def _lunch(message: _Message, match: re.Match[str]) -> _Piece:
    return _Piece(0, 0, clock=_Clock(time(12), until=time(14)))


# --- Parts of the day ---------------------------------------------------------------------------------------------


@_rule(
    r"(?P<lead>the )?(?:W1|O1) thing(?: in the MORNING)?",
    r"(?P<lead>)(?:ben MORNING|(?:y )?peth (?:cyntaf|W1)(?: yn y MORNING)?)",
)
def _first_thing(message: _Message, match: re.Match[str]) -> _Piece | None:
    if match["lead"]:
        return None
    return _Piece(0, 0, part="FIRST", weak="MORNING" not in _written(match))


@_rule(r"(?:(?:y|yr) )?<PART> (?:ma|THIS)", r"(?:(?:later|earlier) )?THIS <PART>")
def _this_part(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today, part=match["part"], past=message.is_past(match))


@_rule(r"LAST NIGHT|LASTNIGHT")
def _last_night(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today - DAY, part="NIGHT", past=True)


@_rule(r"(?:later )?TONIGHT")
def _tonight(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today, part="NIGHT", past=message.is_past(match))


@_rule(r"gydar NIGHT|(?:min|fin|MINUTES) NIGHT")
def _welsh_evening(message: _Message, match: re.Match[str]) -> _Piece:
    return _Piece(0, 0, part="EVENING")


@_rule(
    r"(?P<lead>(?:in|during) the |yn y )?(?:at )?<PART>",
    r"(?P<lead>)(?P<part>am|pm)(?=$| [?.!,/&-]| (?:or|on|and|please|pls)(?!\S))",
)
def _part_of_day(message: _Message, match: re.Match[str]) -> _Piece | None:
    if message.before(match) in {"good", "gud"} or message.after(match) in {"da", "shift", "all"}:
        return None  # greetings
    part = {"am": "MORNING", "pm": "AFTERNOON"}.get(match["part"], match["part"])
    return _Piece(0, 0, part=part, weak=match["lead"] is None or not match["lead"])


# --- Single days --------------------------------------------------------------------------------------------------


@_rule(
    r"right NOW|(?P<soft>(?:at|in) (?:the|THIS) (?:moment|mo|minute|min|time|MINUTES)|at present|a t m|as we speak"
    r"|THIS MINUTES|ar hyn o bryd|ar y MINUTES|y MINUTES (?:THIS|ma))|rn|(?P<plain>NOW)"
)
def _now(message: _Message, match: re.Match[str]) -> _Day | None:
    a, b = message.span(match)
    before, after = message.word(a - 1), message.word(b)
    if match["plain"]:
        if before in _NOT_NOW or after in {"that", "then"} or (before == "for" and after != "or"):
            return None
        if len(message.words) > 4 and not message.near(a, _HERE_OR_OPEN):
            return None
    written = message.text[message.tokens[a].start : message.tokens[a].end].casefold()
    is_soft = match["soft"] is not None or written in {"currently", "presently", "atm"}
    return _single(message.today, now=True, soft=is_soft)


_NOT_NOW = word_set("i ive we weve he she they by until til till from have had just what up")
_HERE_OR_OPEN = STATE_WORDS | word_set("is are can come in anyone speak go get what whats ydy ydi ydych ydach oes mae")


@_rule(r"still|yet|dal")
def _still(message: _Message, match: re.Match[str]) -> _Day | None:
    if not message.near(message.span(match)[0], STATE_WORDS, back=4, on=3):
        return None
    return _single(message.today, now=True, soft=True)


@_rule(r"(?:later (?:on )?)?TODAY(?: later)?|rest of the day|later on(?=$| [?.!,])")
def _today(message: _Message, match: re.Match[str]) -> _Day:
    return _single(message.today, past=message.is_past(match))


@_rule(r"(?:on )?(?P<day>TOMORROW|YESTERDAY)")
def _tomorrow(message: _Message, match: re.Match[str]) -> _Day:
    if match["day"] == "YESTERDAY":
        return _single(message.today - DAY, past=True)
    return _single(message.today + DAY)


@_rule(r"<WD> (?:, )?(?:the |y |yr )?(?P<dom>O\d{1,2}|\d{1,2})(?! (?:WEEKS?|MINUTES|HOURS?|DAYS|MONTHS?))")
def _weekday_and_number(message: _Message, match: re.Match[str]) -> _Day | None:
    """Mon 30th, "monday 30". A small bare number may be an hour: it is a date only if the weekday agrees."""
    number = _dom_value(match["dom"])
    if match["dom"][0] == "O":
        return _month_day(message, number, message.is_past(match))
    if number > 31 or not message.closes_number(message.span(match)[1]):
        return None
    day = _month_day(message, number, message.is_past(match))
    return day if number > 12 or day.first.weekday() == int(match["wd"]) else None


def _month_day(message: _Message, number: int, is_past: bool) -> _Day:
    """The coming 27th (or the latest, of the past); months that do not have the day are passed over."""
    start, step = message.today.replace(day=1), -1 if is_past else 1
    for months in range(4 if 1 <= number <= 31 else 0):
        first = start + relativedelta(months=step * months)
        if number > monthrange(first.year, first.month)[1]:
            continue
        day = first.replace(day=number)
        if (day <= message.today) if is_past else (day >= message.today):
            return _single(day, kind="month_day", past=is_past)
    raise _Impossible


@_rule(
    r"(?P<lead>(?:on |for |by |until |from |before |after |till? |erbyn |ar |tan )?(?:(?:the|y|yr) )?)"
    r"(?P<dom>O\d{1,2}|N[23]0 (?:- )?W\d|W\d{1,2} ar (?:hugain|bymtheg))",
    r"(?P<lead>on the |on |for the |ar y |by the )(?P<dom>\d{1,2})",
)
def _ordinal(message: _Message, match: re.Match[str]) -> _Day | None:
    a, b = message.span(match)
    lead, after, number = match["lead"], message.word(b), _dom_value(match["dom"])
    if (
        message.word(a - 1) in _OWNERS
        or after == "of"
        or (after == "-" and not _NUMBER.fullmatch(message.word(b + 1).lstrip("O")))
    ):
        return None  # "my 2nd", "the 1st of many"
    is_on = lead.startswith("on") and match["dom"][0] not in "0123456789"
    if not message.closes_number(b) and not (is_on and after not in _NUMBERED):
        return None
    if number > 31 and not lead.startswith(("on ", "for ", "ar ")):
        return None
    return _month_day(message, number, message.is_past(match))


_OWNERS = word_set("my his her their our your a its im since")
_NUMBERED = word_set(
    "floor street attempt time try day occasion week month year WEEK MONTH phone road avenue party row call one"
)


@_rule(r"(?:(?:the|y) )?(?P<dom>\d{1,2}|W\d{1,2}|N\d{1,2}|N20 (?:- )?W\d)(?=$| [?.!,]| (?:please|pls|diolch)(?!\S))")
def _answer(message: _Message, match: re.Match[str]) -> _Day | None:
    """A bare number, when the assistant has just asked for the day."""
    if not message.expecting or len(message.words) > 5 or not 1 <= _dom_value(match["dom"]) <= 31:
        return None
    return _month_day(message, _dom_value(match["dom"]), is_past=False)


@_rule(r"(?P<lead>(?:on |ar |THIS )?(?:the )?)<WD>")
def _weekday(message: _Message, match: re.Match[str]) -> _Day | None:
    weekday, a = int(match["wd"]), message.span(match)[0]
    if message.word(a - 1) in {"since", "ers"} or _is_name(message, a) or not _is_weekday_meant(message, match):
        return None
    if message.near(a, HABIT_WORDS, on=6):
        return _single(_coming(weekday, message.today), weekly=weekday)
    if message.is_past(match):
        return _single(_latest(weekday, message.today), kind="weekday", past=True)
    return _single(_coming(weekday, message.today), kind="weekday")


def _is_name(message: _Message, a: int) -> bool:
    """Call me friday, Mr Friday, my name is friday, girl friday."""
    before, earlier = message.word(a - 1), message.word(a - 2)
    called = before == "me" and earlier in {"call", "called", "name"}
    return called or (before == "is" and earlier == "name") or before in _BEFORE_NAMES


_BEFORE_NAMES = word_set("mr mrs ms miss dr girl man named called freaky manic ynys")


def _is_weekday_meant(message: _Message, match: re.Match[str]) -> bool:
    """Whether a word that means something else too ("sat", "sun", "wed", "llun") is a weekday here."""
    symbol = re.findall(r"D\d[wc]?", _written(match))[0]
    if symbol[-1].isdigit() or "DYDD" in _written(match):
        return True
    a, b = message.span(match)
    before, after = message.word(a - 1), message.word(b)
    if symbol.endswith("c"):
        return before in _WELSH_BEFORE_DAY or after in {"neu", "tan"} or len(message.words) <= 2
    if match["lead"]:
        return "the" not in match["lead"]
    wrong_before, wrong_after, always_wrong = _NOT_WEEKDAY[symbol]
    if after in always_wrong:
        return False
    return before in _BEFORE_DAY or (before not in wrong_before and after not in wrong_after)


_WELSH_BEFORE_DAY = word_set("neu a ac i tan or MORNING AFTERNOON NIGHT EVENING")
_BEFORE_DAY = STATE_WORDS - {"there"} | word_set("or and / until til till by before from EVERY -")

# The words before and the words after that make it the English word, and those after that do so whatever stands before.
_NOT_WEEKDAY: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "D5w": (
        word_set("i ive we weve he she they theyve been was were am im just have had still got where being me"),
        word_set("in on at for with by like beside NEXT behind"),
        word_set("here there waiting down outside around about inside all nav"),
    ),
    "D6w": (
        word_set("the hot in some more enough much bit of"),
        word_set("and is was has isnt"),
        word_set(
            "out shining shines shine cream newspaper set tan block bathing light came comes goes article says "
            "reader glasses lounger bed burn burnt"
        ),
    ),
    "D2w": (
        word_set("be get getting got were was newly been to we im am"),
        word_set("to my him her in"),
        word_set("wife husband like love prefer rather need appreciate hoped better have been"),
    ),
}


# --- Joining ------------------------------------------------------------------------------------------------------

_BETWEEN_DAY_AND_TIME = word_set(", at on the in for of ar y yr - & around about then ( )")
_LISTED = word_set("or and , / & neu a ac na nor then")
_RANGE = word_set("to - until til till thru through tan hyd i untill")


def _pieces(message: _Message) -> list[_Piece]:
    """What every rule finds, each word used once, in the order of the text."""
    pieces: list[_Piece] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(message.row):
            a, b = message.span(match)
            if any(message.used[a:b]):
                continue
            try:
                found = read(message, match)
            except _Impossible:
                message.impossible.append((message.span(match, "dom")[0], b))
                found = []
            if found is not None:
                message.used[a:b] = b"\1" * (b - a)
                pieces.extend(_as_pieces(found, a, b))
    return sorted((_beside(message, piece) for piece in pieces), key=lambda piece: piece.a)


def _as_pieces(found: Any, a: int, b: int) -> Iterable[_Piece]:
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, _Piece):
            yield replace(one, a=a, b=b, others=[])
        else:
            yield _Piece(a, b, day=replace(one, part=None, clock=None), clock=one.clock, part=one.part)


def _gap(message: _Message, left: _Piece, right: _Piece) -> list[str]:
    """The words between, or at most the first six of them."""
    return message.words[left.b : min(right.a, left.b + 6)]


def _join_days(message: _Message, pieces: list[_Piece]) -> list[_Piece]:
    """Makes ranges ("monday to friday") and gives "27th" in "27th and 29th december" its month."""
    joined: list[_Piece] = []
    for piece in reversed(pieces):
        after = joined[-1] if joined else None
        if after is None or piece.day is None or after.day is None or piece.day.weekly is not None:
            joined.append(piece)
            continue
        gap = [word for word in _gap(message, piece, after) if word not in {"the", "y", "yr", "on"}]
        day = _with_month(piece.day, after.day) if len(gap) <= 1 else piece.day
        anchored = _anchored(day, after.day, gap)
        if anchored is not None:
            joined[-1] = replace(after, a=piece.a, day=anchored)
            continue
        if _is_same_day(day, after.day, gap) and piece.clock is None and piece.part is None:
            joined[-1] = replace(after, a=piece.a)
            continue
        last = _moved_after(after.day, day.first)
        if piece.clock is None and last >= day.first and _is_range(message, piece, gap):
            joined[-1] = replace(
                after, a=piece.a, day=replace(after.day, first=day.first, last=last, past=last < message.today)
            )
        else:
            joined.append(replace(piece, day=day))
    return joined[::-1]


def _beside(message: _Message, piece: _Piece) -> _Piece:
    """Week commencing 30 November: its seven days; the day after boxing day: the day after."""
    before = [word for word in message.words[max(piece.a - 4, 0) : piece.a] if word not in {"the", "y"}]
    day, lead = piece.day, " ".join(before[-3:])
    if day is None or day.now:
        return piece
    if lead.endswith(_WEEK_BEGINNING):
        return replace(piece, day=replace(day, last=day.first + 6 * DAY))
    if lead.endswith("day after"):
        return replace(piece, day=_single(day.last + DAY, past=day.past))
    if lead.endswith("day before"):
        return replace(piece, day=_single(day.first - DAY, past=day.past))
    return piece


_WEEK_BEGINNING = ("w / c", "wc", "WEEK commencing", "WEEK beginning", "WEEK starting")


def _anchored(day: _Day, feast: _Day, gap: list[str]) -> _Day | None:
    """The monday after christmas, the weekend before easter."""
    if feast.kind != "feast" or gap not in (["before"], ["after"]) or day.kind not in {"weekday", "weekend", "week"}:
        return None
    is_after = gap == ["after"]
    if day.kind == "week":
        return _Day(feast.last + DAY, feast.last + WEEK) if is_after else _Day(feast.first - WEEK, feast.first - DAY)
    weekday = day.first.weekday() if day.kind == "weekday" else 5
    if is_after:
        first = _coming(weekday, feast.last + DAY)
    else:
        first = _latest(weekday, feast.first - DAY * (day.kind == "weekend"))
    return _Day(first, first + DAY * (day.kind == "weekend"))


def _is_same_day(day: _Day, after: _Day, gap: list[str]) -> bool:
    """Tomorrow (thursday); friday, the 20th."""
    is_same = (day.first, day.last) == (after.first, after.last) and not day.now and not after.now
    return is_same and all(word in {"(", ",", "-"} for word in gap)


def _is_range(message: _Message, piece: _Piece, gap: list[str]) -> bool:
    is_between = message.word(piece.a - 1) in {"between", "rhwng", "btwn"}
    return len(gap) == 1 and (gap[0] in _RANGE or (is_between and gap[0] in {"and", "a", "ac", "&"}))


def _moved_after(day: _Day, first: date) -> date:
    """The last day of a range, moved on until it comes after the first: "thursday to monday"."""
    step = {"weekday": relativedelta(days=7), "month_day": relativedelta(months=1), "date": relativedelta(years=1)}.get(
        day.kind
    )
    last = day.last
    for times in range(1, 13):
        if last >= first or step is None:
            break
        last = day.last + step * times
    return last


def _with_month(day: _Day, after: _Day) -> _Day:
    """The 27th listed before 29 December is the 27th of that month."""
    if (
        day.kind != "month_day"
        or after.kind not in {"date", "day", "feast"}
        or after.now
        or day.first.day >= after.first.day
    ):
        return day
    return _single(after.first.replace(day=day.first.day), kind="date", past=after.past)


def _join_times(message: _Message, pieces: list[_Piece]) -> list[_Piece]:
    """Joins days with the times and parts of the day beside them."""
    groups: list[_Piece] = []
    for piece in pieces:
        if groups and _fit_together(message, groups[-1], piece):
            groups[-1] = _joined(groups[-1], piece)
        else:
            groups.append(piece)
    return [group for group in groups if group.day or not group.weak]


def _fit_together(message: _Message, left: _Piece, right: _Piece) -> bool:
    for name in ("day", "clock", "part"):
        if getattr(left, name) and getattr(right, name):
            return (
                left.day is not None and right.day is not None and name == "day" and _is_today_now(left.day, right.day)
            )
    if (left.day and left.day.now) or (right.day and right.day.now):
        return False
    words = _gap(message, left, right)
    if left.weak and left.day is None and right.day is not None:
        return all(word in {"of", "on", "the", "o", "i", "ar"} for word in words) and len(words) < 4
    return all(word in _BETWEEN_DAY_AND_TIME for word in words) and len(words) < 4


def _is_today_now(left: _Day, right: _Day) -> bool:
    return left.first == right.first == left.last == right.last and left.now != right.now


def _joined(left: _Piece, right: _Piece) -> _Piece:
    day = left.day or right.day
    if left.day and right.day and right.day.now:
        day = replace(left.day, now=True)
    spans = [*left.others, *right.others]
    return _Piece(
        left.a,
        right.b,
        day,
        left.clock or right.clock,
        left.part or right.part,
        weak=left.weak and right.weak,
        others=spans,
        time_first=left.day is None and right.day is not None,
    )


def _drop_soft(groups: list[_Piece]) -> list[_Piece]:
    """ "Are you still open tomorrow" asks about tomorrow alone; "still open at 5" about 5."""
    firm = [group for group in groups if not (group.day and group.day.soft)]
    return firm or groups[:1]


def _share_next(message: _Message, groups: list[_Piece]) -> list[_Piece]:
    """ "Next wed or thurs": the thursday after that wednesday."""
    for left, right in pairwise(groups):
        if left.day is None or right.day is None or not _is_listed(message, left, right):
            continue
        if left.day.kind == "next_weekday" and right.day.kind == "weekday":
            right.day = _single(_coming(right.day.first.weekday(), left.day.first), kind="next_weekday")
    return groups


def _lend_times(message: _Message, groups: list[_Piece]) -> list[_Piece]:
    """Gives a time apart from its day to that day; with one day and one time in the message they belong together."""
    alone_together = len(groups) == 2 and (groups[0].day is None) != (groups[1].day is None)
    lent: list[_Piece] = []
    for group in groups:
        before = lent[-1] if lent else None
        is_near = before is not None and (alone_together or _same_sentence(message, before, group))
        if before is None or not is_near or (before.day is None) == (group.day is None):
            lent.append(group)
        elif _has_room(before, group):
            lent[-1] = replace(_joined(before, group), b=before.b, others=[*before.others, (group.a, group.b)])
        elif group.day is None and before.day is not None and not before.day.now:
            lent.append(replace(group, day=before.day))
        else:
            lent.append(group)
    return _share_times(message, lent)


def _same_sentence(message: _Message, left: _Piece, right: _Piece) -> bool:
    return message.sentence[left.a] == message.sentence[right.a]


def _has_room(left: _Piece, right: _Piece) -> bool:
    """Whether the two say different things, of which neither is the present moment."""
    if any(piece.day and (piece.day.now or piece.day.weekly) for piece in (left, right)):
        return False
    return not (left.clock and right.clock) and not (left.part and right.part)


def _share_times(message: _Message, groups: list[_Piece]) -> list[_Piece]:
    """ "Monday or tuesday after 4" and "at 3 on monday or tuesday" give the time to both days."""
    for i in range(len(groups) - 2, -1, -1):
        left, right = groups[i], groups[i + 1]
        if _is_listed(message, left, right) and _is_timed(right) and not _is_timed(left) and not right.time_first:
            groups[i] = replace(left, clock=right.clock, part=right.part)
    for i in range(1, len(groups)):
        left, right = groups[i - 1], groups[i]
        if _is_listed(message, left, right) and left.time_first and not _is_timed(right):
            groups[i] = replace(right, clock=left.clock, part=left.part, time_first=True)
    return groups


def _is_timed(piece: _Piece) -> bool:
    return piece.clock is not None or piece.part is not None


def _is_listed(message: _Message, left: _Piece, right: _Piece) -> bool:
    both = left.day is not None and right.day is not None and not left.day.now and not right.day.now
    words = _gap(message, left, right)
    return both and 1 <= len(words) <= 2 and all(word in _LISTED | {"on", "ar", "the", "y"} for word in words)


# --- The mentions -------------------------------------------------------------------------------------------------

_PARTS = {
    "MORNING": ("morning", time(9), time(12)),
    "FIRST": ("morning", time(9), None),
    "AFTERNOON": ("afternoon", time(12), time(17)),
    "EVENING": ("evening", time(17), None),
    "EVE": ("evening", time(17), None),
    "NIGHT": ("night", time(17), None),
}


def _twelve_on(at: time) -> time:
    return at.replace(hour=at.hour % 12 + 12)


def _in_part(at: time, part: str | None, relation: str) -> time:
    """A bare hour at the time of day meant: by the part of the day, else by the office day."""
    if part in {"MORNING", "FIRST"}:
        return at
    if part is not None:
        return _twelve_on(at) if not (part == "NIGHT" and at.hour == 12) else at.replace(hour=0)
    is_late = at.hour in {7, 8} and relation in {"until", "after"}
    return _twelve_on(at) if at.hour <= 6 or is_late or at.hour == 12 else at


def _times(piece: _Piece) -> tuple[time | None, time | None]:
    clock = piece.clock
    if clock is None:
        _, start, end = _PARTS[piece.part] if piece.part else (None, None, None)
        return start, end
    at = _in_part(clock.at, piece.part, clock.relation) if clock.bare else clock.at
    until = clock.until
    if until is None:
        return at, None
    if clock.bare_end and until.hour <= 12:
        until = _twelve_on(until) if until <= at or until.hour <= 6 else until
    if clock.bare and not clock.bare_end and piece.part is None:
        at = _twelve_on(clock.at) if _twelve_on(clock.at) < until else clock.at
    return at, until


def _lone_day(message: _Message, piece: _Piece, at: time | None, until: time | None) -> _Day:
    """Today, or tomorrow where the time is past and the words do not speak of the past."""
    clock_now, is_past = message.now.time(), message.is_past_at(piece.a, piece.b)
    relation = piece.clock.relation if piece.clock else "at"
    if is_past or (relation == "after" and until is None):
        return _single(message.today, past=is_past)
    if piece.clock is None and piece.part in {"MORNING", "FIRST"}:
        is_gone = clock_now >= time(9)
    elif piece.clock is None and until is None:
        is_gone = False
    else:
        is_gone = (until or at or clock_now) < clock_now
    return _single(message.today + DAY * is_gone)


def _mention(message: _Message, piece: _Piece) -> DayMention:
    at, until = _times(piece)
    day = piece.day or _lone_day(message, piece, at, until)
    tokens = message.tokens
    spans = sorted({(tokens[a].start, tokens[b - 1].end) for a, b in [(piece.a, piece.b), *piece.others]})
    start, end = spans[0]
    return DayMention(
        start=start,
        end=end,
        text=message.text[start:end],
        first=day.first,
        last=day.last,
        at=at,
        relation=piece.clock.relation if piece.clock else "at",
        until=until,
        part=_PARTS[piece.part][0] if piece.part else None,
        now=day.now,
        weekly=day.weekly,
        past=day.past,
        spans=tuple(spans),
        is_time_alone=piece.day is None,
    )


def find_days(
    text: str, now: datetime, is_holiday: IsHoliday = is_usual_holiday, *, expecting: bool = False
) -> list[DayMention]:
    """The days and times that the text speaks of, in its order, one mention for each day meant.

    now: the reference moment, with a zone (BadInput without one). is_holiday: bank holidays of the office's division.
    expecting: the assistant has just asked for the day, so that a bare "27" is one.
    """
    message = _Message(text, now, is_holiday, expecting)
    groups = _join_times(message, _join_days(message, _pieces(message)))
    groups = _lend_times(message, _share_next(message, _drop_soft(groups)))
    return sorted((_mention(message, group) for group in groups), key=lambda mention: mention.start)


def find_impossible(text: str, now: datetime) -> list[str]:
    """The days written in the text that no calendar has ("31/11", "30 feb"), as written, to ask about."""
    message = _Message(text, now, is_usual_holiday, expecting=False)
    _pieces(message)
    tokens = message.tokens
    return [message.text[tokens[a].start : tokens[b - 1].end] for a, b in sorted(message.impossible)]
