"""The days of the year that have names: how they are written, in symbols of `day_words.py`, and when they fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import MO, SU, TH, relativedelta, weekday

DAY = timedelta(days=1)

IsHoliday = Callable[[date], bool]
FeastRule = Callable[[int, IsHoliday], tuple[date, date]]


def nth_weekday(year: int, month: int, nth: weekday) -> date:
    """`nth_weekday(2026, 5, MO(1))` is the first Monday of May; `MO(-1)` the last."""
    return date(year, month, 1) + relativedelta(day=31 if (nth.n or 1) < 0 else 1, weekday=nth)


@lru_cache(maxsize=16)
def _usual_holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    moveable = {sunday - 2 * DAY, sunday + DAY}
    mondays = {nth_weekday(year, 5, MO(1)), nth_weekday(year, 5, MO(-1)), nth_weekday(year, 8, MO(-1))}
    new_year = date(year, 1, 1)
    christmas = {day + 2 * DAY if day.weekday() >= 5 else day for day in (date(year, 12, 25), date(year, 12, 26))}
    return frozenset(moveable | mondays | christmas | {new_year + DAY * {5: 2, 6: 1}.get(new_year.weekday(), 0)})


def is_usual_holiday(day: date) -> bool:
    """Whether this is a bank holiday in England and Wales by the usual rules (Banking and Financial Dealings Act 1971).

    Days proclaimed for one year are not in it: whoever knows the office's own division passes its list instead.
    """
    return day in _usual_holidays(day.year)


def _days_off_after(day: date, is_holiday: IsHoliday) -> date:
    """The last of the weekends and holidays that follow this day without a break."""
    while (day + DAY).weekday() >= 5 or is_holiday(day + DAY):
        day += DAY
    return day


def _on(rule: Callable[[int], date]) -> FeastRule:
    def read(year: int, _: IsHoliday) -> tuple[date, date]:
        day = rule(year)
        return day, day

    return read


def _fixed(month: int, day: int) -> FeastRule:
    return _on(lambda year: date(year, month, day))


def _from_easter(days: int) -> FeastRule:
    return _on(lambda year: easter(year) + DAY * days)


_OVER = r"(?:over|during|around|throughout|dros|adeg|cyfnod)(?: (?:the|y|yr|THIS))?"
_SEASON = r"(?:period|hols?|holidays?|holidayz|break|time|WEEK|season|xmas|XMAS)"
_NEW_YEAR = r"(?:new ?y(?:ea)?rs?|newyears?|ny|flwyddyn newydd|r flwyddyn newydd|blwyddyn newydd|calan)"

# First match wins, so longer names stand before the shorter ones that begin them.
FEASTS: tuple[tuple[str, FeastRule], ...] = (
    (
        rf"(?:(?:in ?)?between|btwn|in between|rhwng)(?: (?:the|y))? XMAS (?:and|n|nd|&|ar|a|a r)"
        rf" (?:the |y )?{_NEW_YEAR}(?: (?:day|EVE))?|(?:be)?twixt?mas|crimbo limbo",
        lambda year, off: (date(year, 12, 27), date(year, 12, 31)),
    ),
    (
        rf"(?:{_OVER} )?(?:the |y )?XMAS (?:and|n|nd|&|/|ar|a) (?:the |y )?{_NEW_YEAR}(?: {_SEASON})?"
        r"|festive (?:period|season)",
        lambda year, off: (date(year, 12, 24), _days_off_after(date(year + 1, 1, 1), off)),
    ),
    (
        r"XMAS EVE|(?:the )?(?:day|NIGHT) before XMAS(?: day)?(?! EVE)"
        r"|noswyl (?:y )?XMAS|(?:y )?(?:NIGHT|DAYS) cyn (?:y )?XMAS",
        _fixed(12, 24),
    ),
    (r"XMAS day|DYDD XMAS|XMAS dy", _fixed(12, 25)),
    (r"boxing day|boxin day|boxingday|(?:DYDD )?(?:g?wyl )?san ste(?:ff|ph)an|st stephens day", _fixed(12, 26)),
    (
        rf"{_OVER} {_NEW_YEAR}(?! day| EVE)(?: {_SEASON})?|(?:at|for) new years?(?! day| EVE)|{_NEW_YEAR} {_SEASON}",
        lambda year, off: (date(year, 12, 31), _days_off_after(date(year + 1, 1, 1), off)),
    ),
    (rf"(?:{_NEW_YEAR}|new yr) EVE|nye|hogmanay|NIGHT [cg]alan(?! gaeaf)|noswyl (?:y )?calan", _fixed(12, 31)),
    (
        rf"{_NEW_YEAR} day|nyd|DYDD calan(?! mai| gaeaf)|(?:DYDD )?(?:y )?flwyddyn newydd|DYDD blwyddyn newydd",
        _fixed(1, 1),
    ),
    (r"good D4s?|DYDD D4 y groglith|D4 y groglith|g?wener y groglith", _from_easter(-2)),
    (r"EASTER D5w?|DYDD D5 y EASTER|D5 y EASTER", _from_easter(-1)),
    (r"EASTER D6w?|(?:DYDD )?D6c? y EASTER", _from_easter(0)),
    (r"EASTER D0|(?:DYDD )?D0c? y EASTER", _from_easter(1)),
    (r"EASTER D1|(?:DYDD )?D1c? y EASTER", _from_easter(2)),
    (r"maundy D3|D3c? cablyd", _from_easter(-3)),
    (r"(?:shrove|pancake) (?:D1|day)|DYDD D1c? ynyd", _from_easter(-47)),
    (r"ash D2w?", _from_easter(-46)),
    (r"mothering D6|mothers day|sul y mamau|D6c? y mamau", _from_easter(-21)),
    (r"(?:st|saint) davids day|(?:DYDD )?(?:gwyl|dygwyl|wyl) (?:dewi(?: sant)?|ddewi(?: sant)?)", _fixed(3, 1)),
    (r"(?:st|saint) (?:patricks|paddys) day|paddys day", _fixed(3, 17)),
    (r"(?:st|saint) georges day|on (?:st|saint) georges(?=$| [?.!,])", _fixed(4, 23)),
    (r"(?:st|saint) andrews day|on (?:st|saint) andrews(?=$| [?.!,])", _fixed(11, 30)),
    (r"burns NIGHT|(?:DYDD )?santes dwynwen", _fixed(1, 25)),
    (r"valentines?(?: day)?(?! cards?| gifts?)", _fixed(2, 14)),
    (r"calan M5w?", _fixed(5, 1)),
    (r"(?<!MONTH )(?:early )?M5w day", _on(lambda year: nth_weekday(year, 5, MO(1)))),
    (r"halloween|NIGHT [cg]alan gaeaf", _fixed(10, 31)),
    (r"bonfire NIGHT|guy fawkes(?: NIGHT| day)?|NIGHT tan gwyllt", _fixed(11, 5)),
    (r"(?:armistice|remembrance) day", _fixed(11, 11)),
    (r"remembrance D6", _on(lambda year: nth_weekday(year, 11, SU(2)))),
    (r"black D4", _on(lambda year: nth_weekday(year, 11, TH(4)) + DAY)),
    (r"cyber D0", _on(lambda year: nth_weekday(year, 11, TH(4)) + 4 * DAY)),
    (
        rf"(?:{_OVER}|at|for|THIS) (?:the )?XMAS(?: {_SEASON})?|XMAS {_SEASON}"
        r"|XMAS(?= (?:opening|HOURS|times|closures?|closing))|y XMAS yma|XMAS THIS",
        lambda year, off: (date(year, 12, 24), _days_off_after(date(year, 12, 26), off)),
    ),
    (r"XMAS", _fixed(12, 25)),
    (r"new years?|new yrs?", _fixed(1, 1)),
    (
        rf"(?:{_OVER} |at |for |THIS |y )?EASTER(?: (?:WEEKEND|{_SEASON}|bank holiday))?",
        lambda year, off: (easter(year) - 2 * DAY, easter(year) + DAY),
    ),
)
