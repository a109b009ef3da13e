"""Bank holidays by division, and the days on which nobody has said yet whether offices open.

`data/bank_holidays.json` is GOV.UK's own list in GOV.UK's own shape. To renew it, save
https://www.gov.uk/bank-holidays.json over the file; a test fails when next year is missing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation

LONDON = ZoneInfo("Europe/London")
_LIST = Path(__file__).parent / "data" / "bank_holidays.json"


class Division(str, Enum):
    """As GOV.UK's bank holiday list has it."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class DayRule(str, Enum):
    CLOSED = "closed"
    OPEN = "open"
    """Staff say that the office opens although it is a holiday."""
    UNKNOWN = "unknown"
    """Nobody has said whether offices open."""
    CLOSES_EARLY = "closes_early"
    """Open, but nobody has said until when."""


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from its weekday."""

    day: date
    title: str
    rule: DayRule
    title_cy: str = ""

    @property
    def is_uncertain(self) -> bool:
        return self.rule in (DayRule.UNKNOWN, DayRule.CLOSES_EARLY)


# Scotland: no official statement says that Jobcentres open or close on these (facts 4.8).
_UNSAID_IN_SCOTLAND = frozenset({"St Andrew’s Day", "Summer bank holiday", "Easter Monday"})

# The list gives only the substitute where these fall on a weekend; an office with Saturday hours is shut on them too.
_FIXED = {(1, 1): "New Year’s Day", (12, 25): "Christmas Day", (12, 26): "Boxing Day"}

WELSH_TITLES = {
    "New Year’s Day": "Dydd Calan",
    "2nd January": "2 Ionawr",
    "Good Friday": "Dydd Gwener y Groglith",
    "Easter Monday": "dydd Llun y Pasg",
    "Early May bank holiday": "gŵyl banc Calan Mai",
    "Spring bank holiday": "gŵyl banc y gwanwyn",
    "Summer bank holiday": "gŵyl banc yr haf",
    "St Andrew’s Day": "Dydd Gŵyl Andreas",
    "Christmas Day": "Dydd Nadolig",
    "Boxing Day": "Gŵyl San Steffan",
    "Christmas Eve": "Noswyl Nadolig",
    "World Cup bank holiday": "gŵyl banc Cwpan y Byd",
    "extra Christmas closing day": "diwrnod cau ychwanegol y Nadolig",
}


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, where times can be compared: two London times compare by their wall clocks, which run
    through one hour of October twice. Raises BadInput for a time without a zone."""
    if moment.tzinfo is None:
        raise BadInput(f"the time {moment:%d %B %Y %H:%M} needs a zone")
    return moment.astimezone(timezone.utc)


def division_of(nation: Nation) -> Division:
    if nation is Nation.SCOTLAND:
        return Division.SCOTLAND
    if nation is Nation.NORTHERN_IRELAND:
        return Division.NORTHERN_IRELAND
    return Division.ENGLAND_AND_WALES


@cache
def bank_holidays(division: Division) -> dict[date, str]:
    """Date to title. Source: GOV.UK bank holidays, list of 24 November 2025."""
    events = json.loads(_LIST.read_text(encoding="utf-8"))[division.value]["events"]
    return {date.fromisoformat(event["date"]): event["title"] for event in events}


@cache
def years_held(division: Division) -> range:
    """The years for which bank holidays are known."""
    days = bank_holidays(division)
    return range(min(days).year, max(days).year + 1)


def is_bank_holiday(day: date, division: Division) -> bool:
    return day in bank_holidays(division)


def is_working_day(day: date, division: Division) -> bool:
    """Monday to Friday and not a bank holiday."""
    return day.weekday() < 5 and not is_bank_holiday(day, division)


@lru_cache(maxsize=4096)
def special_day(day: date, division: Division) -> SpecialDay | None:
    """What the calendar alone says of a day; what staff say goes before it."""
    title = bank_holidays(division).get(day)
    if title is None and day.year not in years_held(division):
        if _may_be_holiday(day):
            return _special(day, "bank holidays of that year", DayRule.UNKNOWN)
        return _christmas(day, division)
    title = title or _unlisted(day, division)
    if title is not None:
        unsaid = division is Division.SCOTLAND and title in _UNSAID_IN_SCOTLAND
        return _special(day, title, DayRule.UNKNOWN if unsaid else DayRule.CLOSED)
    return _christmas(day, division)


def _unlisted(day: date, division: Division) -> str | None:
    """The title of a day that differs although the division's list leaves it out."""
    if division is Division.SCOTLAND and day == easter(day.year) + timedelta(days=1):
        return "Easter Monday"
    if division is Division.SCOTLAND and (day.month, day.day) == (1, 2):
        return "2nd January"
    return _FIXED.get((day.month, day.day))


def _christmas(day: date, division: Division) -> SpecialDay | None:
    # Offices open on Christmas Eve; some years' notices gave an early closing time (facts 4.13).
    if (day.month, day.day) == (12, 24):
        return _special(day, "Christmas Eve", DayRule.CLOSES_EARLY)
    # England and Wales: an extra day shut after Boxing Day was seen in 2015, 2017 and 2024 (facts 4.10, 4.11).
    if division is Division.ENGLAND_AND_WALES and day == _first_working_day_after_boxing_day(day.year):
        return _special(day, "extra Christmas closing day", DayRule.UNKNOWN)
    return None


def _first_working_day_after_boxing_day(year: int) -> date:
    day = date(year, 12, 27)
    while not is_working_day(day, Division.ENGLAND_AND_WALES):
        day += timedelta(days=1)
    return day


def _may_be_holiday(day: date) -> bool:
    """Whether a day of a year whose list we lack could be a bank holiday, or the extra day at Christmas."""
    fixed = (day.month, day.day) in {(1, 1), (1, 2), (1, 4), (11, 30), *((12, last) for last in range(25, 30))}
    return day.weekday() == 0 or fixed or day == easter(day.year) - timedelta(days=2)


def _special(day: date, title: str, rule: DayRule) -> SpecialDay:
    return SpecialDay(day, title, rule, WELSH_TITLES.get(title, title))
