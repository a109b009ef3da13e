"""Days counted on from the one spoken of."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.jobcentre.counted_on import counted_on
from bot.jobcentre.dates import find_days
from bot.jobcentre.question import Thread, When
from tests.builders import NOW

TODAY = NOW.date()
BOXING_DAY = date(2026, 12, 26)
"""A Saturday."""
COUNTED = {
    "and the wednesday after that": date(2026, 12, 30),
    "the saturday after?": date(2027, 1, 2),
    "the following monday": date(2026, 12, 28),
    "the monday following": date(2026, 12, 28),
    "and the sunday": date(2026, 12, 27),
    "the friday before that": date(2026, 12, 25),
    "a'r dydd Mercher wedyn": date(2026, 12, 30),
    "be am y dydd Gwener ar ôl hynny": date(2027, 1, 1),
    "y dydd Sul?": date(2026, 12, 27),
    "morning then?": BOXING_DAY,
    "the day after": date(2026, 12, 27),
    "the next day at 9": date(2026, 12, 27),
    "the day before": date(2026, 12, 25),
    "n the day b4": date(2026, 12, 25),
    "diwrnod wedyn": date(2026, 12, 27),
    "what about the week after": date(2027, 1, 2),
    "a week later": date(2027, 1, 2),
    "wythnos wedyn": date(2027, 1, 2),
    "two days later": date(2026, 12, 28),
    "3 days after that?": date(2026, 12, 29),
}
AS_SAID = {
    "what about tuesday": date(2026, 11, 24),
    "the tuesday after easter": date(2027, 3, 30),
    "in the morning": date(2026, 11, 21),
    "this sunday": date(2026, 11, 22),
    "on 3 december": date(2026, 12, 3),
    "the day after tomorrow": date(2026, 11, 22),
}


def first_day(text: str, spoken: date | None) -> date | None:
    thread = Thread(whens=(When(spoken),) if spoken else ())
    days = counted_on(text, find_days(text, NOW), thread, TODAY)
    return days[0].first if days else None


@pytest.mark.parametrize(("text", "day"), COUNTED.items(), ids=COUNTED)
def test_a_day_is_counted_from_the_one_spoken_of(text: str, day: date) -> None:
    assert first_day(text, BOXING_DAY) == day


@pytest.mark.parametrize(("text", "day"), AS_SAID.items(), ids=AS_SAID)
def test_any_other_day_is_as_it_is_said(text: str, day: date) -> None:
    assert first_day(text, BOXING_DAY) == day


HOURS = {"11 then": time(11), "what about half": None, "four?": time(16), "9.30 then": time(9, 30), "and 12": time(12)}


@pytest.mark.parametrize(("text", "at"), HOURS.items(), ids=HOURS)
def test_an_hour_alone_is_one_after_another_hour(text: str, at: time | None) -> None:
    spoken = Thread(whens=(When(BOXING_DAY, time(10)),))
    days = counted_on(text, (), spoken, TODAY)
    assert [(day.first, day.at) for day in days] == ([(BOXING_DAY, at)] if at else [])
    assert not counted_on(text, (), Thread(whens=(When(BOXING_DAY),)), TODAY)


def test_where_no_day_was_spoken_of_it_counts_from_today() -> None:
    assert first_day("the following monday", None) == first_day("the following monday", TODAY)
    assert first_day("the day after", None) is None


def test_the_weekday_beside_a_day_near_by_is_the_coming_one() -> None:
    assert first_day("and the sunday", date(2026, 11, 24)) == date(2026, 11, 22)


def test_a_day_counted_back_may_be_past() -> None:
    for spoken, is_past in ((TODAY, True), (BOXING_DAY, False)):
        (day,) = counted_on("and the day before", (), Thread(whens=(When(spoken),)), TODAY)
        assert day.past is is_past
