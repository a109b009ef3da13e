"""Bank holidays by division, the days that nobody has settled, and whether the list is still fresh."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from bot.jobcentre import calendar
from bot.jobcentre.calendar import (
    LONDON,
    WELSH_TITLES,
    DayRule,
    Division,
    bank_holidays,
    division_of,
    in_utc,
    is_bank_holiday,
    is_working_day,
    special_day,
    years_held,
)
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation

ENGLAND, SCOTLAND, NORTHERN_IRELAND = Division
CLOSED, UNKNOWN, EARLY = DayRule.CLOSED, DayRule.UNKNOWN, DayRule.CLOSES_EARLY

RENEW = (
    "the bank holidays of {year} are missing for {division}: save https://www.gov.uk/bank-holidays.json over "
    "bot/jobcentre/data/bank_holidays.json and run the tests again"
)


@pytest.mark.parametrize("division", list(Division), ids=lambda division: division.value)
def test_the_list_holds_this_year_and_next(division: Division) -> None:
    """The one test that reads the clock: it fails while there is still a year left to renew the list."""
    this_year = datetime.now(LONDON).year
    for year in (this_year, this_year + 1):
        assert year in years_held(division), RENEW.format(year=year, division=division.value)
        # Eight at least in a year; a list cut short would pass for a full one.
        count = sum(day.year == year for day in bank_holidays(division))
        assert count >= 8, RENEW.format(year=year, division=division.value)


# One-off holidays proclaimed for one year, which either list may not have yet.
ONE_OFFS = {(SCOTLAND, date(2026, 6, 15)): "World Cup bank holiday"}


@pytest.mark.parametrize("division", list(Division), ids=lambda division: division.value)
@pytest.mark.parametrize("year", range(2024, 2029))
def test_the_list_agrees_with_an_independent_copy(division: Division, year: int) -> None:
    theirs = {event["date"] for event in BankHolidays(use_cached_holidays=True).get_holidays(division.value, year=year)}
    ours = {day for day in bank_holidays(division) if day.year == year}
    if not theirs:
        pytest.fail(f"the package govuk-bank-holidays holds nothing for {year}")
    assert {day for day in ours ^ theirs if (division, day) not in ONE_OFFS} == set()


def test_one_off_holidays_are_held() -> None:
    for (division, day), title in ONE_OFFS.items():
        assert bank_holidays(division)[day] == title


@pytest.mark.parametrize("division", list(Division), ids=lambda division: division.value)
def test_the_list_is_sound(division: Division) -> None:
    events = json.loads(calendar._LIST.read_text(encoding="utf-8"))[division.value]["events"]
    days = [event["date"] for event in events]
    assert len(set(days)) == len(days)
    assert all(day.weekday() < 5 for day in bank_holidays(division)), "GOV.UK lists the weekday that is off"


def test_every_title_that_can_be_told_in_great_britain_has_a_welsh_one() -> None:
    titles = set(bank_holidays(ENGLAND).values()) | set(bank_holidays(SCOTLAND).values())
    assert titles - WELSH_TITLES.keys() == set()


@pytest.mark.parametrize(
    ("nation", "division"),
    [
        (Nation.ENGLAND, ENGLAND),
        (Nation.WALES, ENGLAND),
        (Nation.SCOTLAND, SCOTLAND),
        (Nation.NORTHERN_IRELAND, NORTHERN_IRELAND),
    ],
)
def test_the_division_of_a_nation(nation: Nation, division: Division) -> None:
    assert division_of(nation) is division


# What the calendar alone says: England and Wales, then Scotland. None: a day like its weekday.
SPECIAL_DAYS = [
    pytest.param("2026-11-30", None, UNKNOWN, id="St Andrew's Day"),
    pytest.param("2025-12-01", None, UNKNOWN, id="St Andrew's Day moved from a Sunday"),
    pytest.param("2025-11-30", None, None, id="30 November on a Sunday"),
    pytest.param("2027-03-26", CLOSED, CLOSED, id="Good Friday"),
    pytest.param("2027-03-29", CLOSED, UNKNOWN, id="Easter Monday"),
    pytest.param("2028-04-17", CLOSED, UNKNOWN, id="Easter Monday of another year"),
    pytest.param("2027-03-28", None, None, id="Easter Sunday"),
    pytest.param("2026-05-04", CLOSED, CLOSED, id="Early May"),
    pytest.param("2026-05-25", CLOSED, CLOSED, id="Spring"),
    pytest.param("2026-06-15", None, CLOSED, id="World Cup"),
    pytest.param("2026-08-03", None, UNKNOWN, id="first Monday of August"),
    pytest.param("2026-08-31", CLOSED, None, id="last Monday of August"),
    pytest.param("2026-12-23", None, None, id="the day before Christmas Eve"),
    pytest.param("2026-12-24", EARLY, EARLY, id="Christmas Eve"),
    pytest.param("2026-12-25", CLOSED, CLOSED, id="Christmas Day"),
    pytest.param("2026-12-26", CLOSED, CLOSED, id="Boxing Day on a Saturday"),
    pytest.param("2026-12-27", None, None, id="the Sunday after"),
    pytest.param("2026-12-28", CLOSED, CLOSED, id="the substitute for Boxing Day"),
    pytest.param("2026-12-29", UNKNOWN, None, id="perhaps an extra day in England and Wales 2026"),
    pytest.param("2026-12-30", None, None, id="the day after that"),
    pytest.param("2024-12-27", UNKNOWN, None, id="the extra day seen in 2024"),
    pytest.param("2025-12-29", UNKNOWN, None, id="the extra day after a weekend 2025"),
    pytest.param("2026-12-31", None, None, id="New Year's Eve"),
    pytest.param("2027-01-01", CLOSED, CLOSED, id="New Year's Day"),
    pytest.param("2026-01-02", None, CLOSED, id="2 January"),
    pytest.param("2027-01-02", None, CLOSED, id="2 January on a Saturday"),
    pytest.param("2027-01-04", None, CLOSED, id="the substitute for 2 January"),
    pytest.param("2027-12-25", CLOSED, CLOSED, id="Christmas Day on a Saturday"),
    pytest.param("2027-12-26", CLOSED, CLOSED, id="Boxing Day on a Sunday"),
    pytest.param("2027-12-27", CLOSED, CLOSED, id="the substitute for Christmas Day"),
    pytest.param("2027-12-28", CLOSED, CLOSED, id="the substitute for Boxing Day 2027"),
    pytest.param("2027-12-29", UNKNOWN, None, id="perhaps an extra day in England and Wales 2027"),
    pytest.param("2028-01-01", CLOSED, CLOSED, id="New Year's Day on a Saturday"),
    pytest.param("2026-11-20", None, None, id="an ordinary Friday"),
]


@pytest.mark.parametrize(("day", "in_england", "in_scotland"), SPECIAL_DAYS)
def test_what_the_calendar_says_of_a_day(day: str, in_england: DayRule | None, in_scotland: DayRule | None) -> None:
    for division, rule in ((ENGLAND, in_england), (SCOTLAND, in_scotland)):
        special = special_day(date.fromisoformat(day), division)
        assert (special.rule if special else None) is rule, division


def test_northern_ireland_has_days_of_its_own() -> None:
    for day in (date(2027, 3, 17), date(2027, 7, 12)):
        assert [special_day(day, division) is not None for division in Division] == [False, False, True]


@pytest.mark.parametrize(
    ("day", "is_unknown"),
    [
        pytest.param(date(2031, 4, 11), True, id="Good Friday"),
        pytest.param(date(2031, 5, 5), True, id="a Monday"),
        pytest.param(date(2031, 5, 6), False, id="a Tuesday in May"),
        pytest.param(date(2031, 12, 25), True, id="Christmas Day"),
        pytest.param(date(2033, 1, 4), True, id="2 January moved to a Tuesday"),
        pytest.param(date(2032, 12, 29), True, id="the day after two substitutes"),
        pytest.param(date(2031, 12, 30), False, id="a Tuesday after Christmas"),
    ],
)
def test_a_year_that_the_list_lacks_is_never_guessed(day: date, is_unknown: bool) -> None:
    for division in (ENGLAND, SCOTLAND):
        assert day.year not in years_held(division)
        special = special_day(day, division)
        assert (special is not None and special.rule is UNKNOWN) is is_unknown


def test_christmas_eve_closes_early_in_a_year_that_the_list_lacks() -> None:
    special = special_day(date(2031, 12, 24), ENGLAND)
    assert special is not None
    assert special.rule is EARLY


@pytest.mark.parametrize(
    ("day", "in_england", "in_scotland"),
    [
        pytest.param("2026-11-20", True, True, id="Friday"),
        pytest.param("2026-11-21", False, False, id="Saturday"),
        pytest.param("2026-11-22", False, False, id="Sunday"),
        pytest.param("2026-11-30", True, False, id="St Andrew's Day"),
        pytest.param("2027-03-29", False, True, id="Easter Monday"),
        pytest.param("2026-12-28", False, False, id="substitute"),
        pytest.param("2026-12-29", True, True, id="29 December"),
        pytest.param("2027-01-04", True, False, id="4 January"),
    ],
)
def test_working_days(day: str, in_england: bool, in_scotland: bool) -> None:
    assert is_working_day(date.fromisoformat(day), ENGLAND) is in_england
    assert is_working_day(date.fromisoformat(day), SCOTLAND) is in_scotland


def test_uncertain_days_are_called_uncertain() -> None:
    uncertain = {"2026-12-24": True, "2026-12-25": False, "2026-12-29": True}
    for day, expected in uncertain.items():
        special = special_day(date.fromisoformat(day), ENGLAND)
        assert special is not None
        assert special.is_uncertain is expected


def test_a_holiday_is_one_day_long() -> None:
    christmas = date(2026, 12, 25)
    days = [christmas + timedelta(days=step) for step in (-1, 0, 1)]
    assert [is_bank_holiday(day, ENGLAND) for day in days] == [False, True, False]


def test_utc_times_can_be_compared_and_need_a_zone() -> None:
    first = datetime(2027, 10, 31, 1, 45, tzinfo=LONDON)
    second = datetime(2027, 10, 31, 1, 15, fold=1, tzinfo=LONDON)
    assert in_utc(first) < in_utc(second)
    with pytest.raises(BadInput):
        in_utc(datetime(2026, 11, 20, 10))  # noqa: DTZ001
