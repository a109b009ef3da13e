"""WHEN on the command line."""

from __future__ import annotations

from datetime import date, datetime, time, timezone

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import spans_text
from bot.jobcentre.typed_times import date_of, end_of, minutes_in, parse_when, spans_in, start_of, told, told_end
from tests.builders import NOW


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("2026-11-27", utc(2026, 11, 27), utc(2026, 11, 28), id="a winter day"),
        pytest.param("2026-07-01", utc(2026, 6, 30, 23), utc(2026, 7, 1, 23), id="a summer day"),
        pytest.param("2026-03-29", utc(2026, 3, 29), utc(2026, 3, 29, 23), id="the day the clocks go forward"),
        pytest.param("2026-10-25", utc(2026, 10, 24, 23), utc(2026, 10, 26), id="the day they go back"),
        pytest.param("2026-12-31", utc(2026, 12, 31), utc(2027, 1, 1), id="the last day of the year"),
        pytest.param("2026-11-27T14:30", utc(2026, 11, 27, 14, 30), utc(2026, 11, 27, 14, 30), id="a time"),
        pytest.param("2026-07-01 14:30", utc(2026, 7, 1, 13, 30), utc(2026, 7, 1, 13, 30), id="a summer time"),
        pytest.param("2026-11-27T14:30Z", utc(2026, 11, 27, 14, 30), utc(2026, 11, 27, 14, 30), id="UTC"),
        pytest.param("2026-07-01t14:30:15+0200", *[utc(2026, 7, 1, 12, 30, 15)] * 2, id="an offset"),
        pytest.param(" now ", NOW, NOW, id="now"),
        pytest.param("today", utc(2026, 11, 20), utc(2026, 11, 21), id="today"),
        pytest.param("Tomorrow", utc(2026, 11, 21), utc(2026, 11, 22), id="tomorrow"),
    ],
)
def test_a_bare_date_starts_at_its_midnight_and_runs_to_its_end(text: str, start: datetime, end: datetime) -> None:
    assert (start_of(text, NOW), end_of(text, NOW)) == (start, end)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("2026-02-30", 'there is no day "2026-02-30"', id="30 February"),
        pytest.param("2026-02-30T10:00", "there is no day", id="30 February at ten"),
        pytest.param("2027-02-29", "there is no day", id="no leap year"),
        pytest.param("2026-13-01", "there is no day", id="month 13"),
        pytest.param("31/11", "is not a date or a time: write a date like 2026-11-27", id="British order"),
        pytest.param("20261127", "is not a date or a time", id="no hyphens"),
        pytest.param("friday", "is not a date or a time", id="a word"),
        pytest.param("", "is not a date or a time", id="nothing"),
        pytest.param("２０２６-11-27", "is not a date or a time|there is no day", id="full-width digits"),
        pytest.param("2026-11-27T25:00", "there is no time", id="hour 25"),
        pytest.param("2026-11-27T10:61", "there is no time", id="minute 61"),
        pytest.param("2026-03-29T01:30", "the clocks go forward", id="an hour that is skipped"),
        pytest.param("0206-11-27", "is the year right", id="a slip in the year"),
        pytest.param("9999-12-31", "is the year right", id="the end of time"),
    ],
)
def test_what_is_no_time_says_what_to_write(text: str, says: str) -> None:
    for read in (lambda: start_of(text, NOW), lambda: end_of(text, NOW), lambda: parse_when(text)):
        with pytest.raises(BadInput, match=says):
            read()


def test_a_review_by_a_bare_date_is_in_the_morning() -> None:
    assert start_of("2026-11-27", NOW, clock=time(9)) == datetime(2026, 11, 27, 9, tzinfo=LONDON)


def test_a_date_alone() -> None:
    assert date_of("2026-12-24", date(2026, 11, 20)) == date(2026, 12, 24)
    assert date_of("tomorrow", date(2026, 11, 30)) == date(2026, 12, 1)
    with pytest.raises(BadInput, match="is not a date"):
        date_of("2026-12-24T10:00", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("text", "minutes"), [("11:00", 660), ("9:30", 570), ("11am", 660), ("12pm", 720), ("12:15am", 15), ("3.30pm", 930)]
)
def test_a_time_of_day(text: str, minutes: int) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize("text", ["11", "25:00", "10:60", "13pm", "0am", "00:00", "24:00", "noon", ""])
def test_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(BadInput, match="write it like 11:00"):
        minutes_in(text)


def test_times_are_told_in_london() -> None:
    assert told(utc(2026, 7, 1, 12)) == "Wed 1 Jul 2026 13:00"
    assert told_end(utc(2026, 7, 1, 23)) == "the end of Wed 1 Jul 2026"
    assert (told(None), told_end(None)) == ("", "")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("9am to 5pm", "09:00-17:00", id="as people say it"),
        pytest.param("9am to 12:30pm and 1:30pm to 5pm", "09:00-12:30,13:30-17:00", id="a lunch break"),
        pytest.param("09:00-12:00, 13:00–17:00", "09:00-12:00,13:00-17:00", id="as OSM has it"),
        pytest.param("1pm to 5pm; 9am until noon", "09:00-12:00,13:00-17:00", id="in any order"),
        pytest.param("midday to midnight", "12:00-24:00", id="named times"),
        pytest.param("9am to 1pm and noon to 5pm", "09:00-17:00", id="overlapping"),
        pytest.param(" Closed ", "off", id="closed"),
        pytest.param("", "off", id="nothing"),
    ],
)
def test_the_hours_of_a_day_are_read_as_staff_type_them(text: str, spans: str) -> None:
    assert spans_text(spans_in(text)) == spans


@pytest.mark.parametrize("text", ["9 to 5", "9am", "5pm to 9am", "9am to 5pm to 6pm", "open", "9am to 25:00"])
def test_hours_that_could_mean_several_things_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        spans_in(text)
