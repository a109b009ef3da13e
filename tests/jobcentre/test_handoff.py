"""When people answer: 9am to 5pm London time on the working days of the account's nation."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.jobcentre.calendar import Division
from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import HandoffReason, PeopleHours, Priority
from bot.jobcentre.hours import OpeningHours
from tests.jobcentre.facts import london, utc

ENGLAND = PeopleHours(Division.ENGLAND_AND_WALES)
SCOTLAND = PeopleHours(Division.SCOTLAND)
NORTHERN_IRELAND = PeopleHours(Division.NORTHERN_IRELAND)


# None: people are there. Otherwise the London time at which they next are.
@pytest.mark.parametrize(
    ("people", "at", "next_open"),
    [
        pytest.param(ENGLAND, "2026-11-20 08:59:59", "2026-11-20 09:00", id="winter: a second before 9am"),
        pytest.param(ENGLAND, "2026-11-20 09:00:00", None, id="winter: 9am"),
        pytest.param(ENGLAND, "2026-11-19 16:59:59", None, id="winter: a second before 5pm"),
        pytest.param(ENGLAND, "2026-11-19 17:00:00", "2026-11-20 09:00", id="winter: 5pm"),
        pytest.param(ENGLAND, "2027-07-01 08:59:59", "2027-07-01 09:00", id="summer: a second before 9am"),
        pytest.param(ENGLAND, "2027-07-01 09:00:00", None, id="summer: 9am"),
        pytest.param(ENGLAND, "2027-07-01 16:59:59", None, id="summer: a second before 5pm"),
        pytest.param(ENGLAND, "2027-07-01 17:00:00", "2027-07-02 09:00", id="summer: 5pm"),
        pytest.param(ENGLAND, "2026-11-20 17:00:00", "2026-11-23 09:00", id="Friday 5pm"),
        pytest.param(ENGLAND, "2026-11-20 00:00:00", "2026-11-20 09:00", id="midnight before a working day"),
        pytest.param(ENGLAND, "2026-11-21 10:00:00", "2026-11-23 09:00", id="Saturday"),
        pytest.param(ENGLAND, "2026-11-22 08:00:00", "2026-11-23 09:00", id="Sunday"),
        pytest.param(ENGLAND, "2026-11-22 23:59:59", "2026-11-23 09:00", id="the last second of Sunday"),
        pytest.param(
            ENGLAND, "2026-12-24 17:00:00", "2026-12-30 09:00", id="Christmas to the day after one that may be shut"
        ),
        pytest.param(ENGLAND, "2026-12-28 10:00:00", "2026-12-30 09:00", id="the substitute for Boxing Day"),
        pytest.param(ENGLAND, "2027-12-27 10:00:00", "2027-12-30 09:00", id="two substitutes in a row"),
        pytest.param(ENGLAND, "2026-12-31 17:00:00", "2027-01-04 09:00", id="new year in England"),
        pytest.param(SCOTLAND, "2026-12-31 17:00:00", "2027-01-05 09:00", id="new year in Scotland: 4 January too"),
        pytest.param(SCOTLAND, "2026-11-30 10:00:00", "2026-12-01 09:00", id="St Andrew's Day in Scotland"),
        pytest.param(ENGLAND, "2026-11-30 10:00:00", None, id="St Andrew's Day in England"),
        pytest.param(SCOTLAND, "2027-03-29 10:00:00", "2027-03-30 09:00", id="Easter Monday in Scotland: nobody says"),
        pytest.param(ENGLAND, "2027-03-29 10:00:00", "2027-03-30 09:00", id="Easter Monday in England"),
        pytest.param(ENGLAND, "2027-03-25 17:00:00", "2027-03-30 09:00", id="Easter in England, clocks forward within"),
        pytest.param(
            SCOTLAND, "2027-03-25 17:00:00", "2027-03-30 09:00", id="Easter in Scotland, clocks forward within"
        ),
        pytest.param(SCOTLAND, "2026-08-03 10:00:00", "2026-08-04 09:00", id="the first Monday of August in Scotland"),
        pytest.param(ENGLAND, "2026-08-03 10:00:00", None, id="the first Monday of August in England"),
        pytest.param(SCOTLAND, "2026-08-31 10:00:00", None, id="the last Monday of August in Scotland"),
        pytest.param(ENGLAND, "2026-08-31 10:00:00", "2026-09-01 09:00", id="the last Monday of August in England"),
        pytest.param(NORTHERN_IRELAND, "2027-03-17 10:00:00", "2027-03-18 09:00", id="St Patrick's Day"),
        pytest.param(ENGLAND, "2026-10-23 17:00:00", "2026-10-26 09:00", id="clocks back within the weekend"),
        pytest.param(ENGLAND, "2026-10-25 01:30:00", "2026-10-26 09:00", id="the hour that comes twice"),
        pytest.param(ENGLAND, "2027-10-31 12:00:00", "2027-11-01 09:00", id="the Sunday on which clocks go back"),
    ],
)
def test_when_people_answer(people: PeopleHours, at: str, next_open: str | None) -> None:
    moment = london(at)
    assert people.is_open_at(moment) is (next_open is None)
    assert people.next_open(moment) == (london(next_open) if next_open else moment)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param("2027-03-26 09:00", False, id="Good Friday"),
        pytest.param("2027-03-30 07:59:59", False, id="a second before 9am in summer, given in UTC"),
        pytest.param("2027-03-30 08:00", True, id="9am in summer, given in UTC"),
        pytest.param("2027-03-30 16:00", False, id="5pm in summer, given in UTC"),
        pytest.param("2026-10-26 08:59:59", False, id="a second before 9am after clocks go back"),
        pytest.param("2026-10-26 09:00", True, id="9am after clocks go back"),
        pytest.param("2026-10-26 16:59:59", True, id="a second before 5pm after clocks go back"),
    ],
)
def test_hours_are_london_hours_whatever_the_zone_of_the_moment(at: str, is_open: bool) -> None:
    assert ENGLAND.is_open_at(utc(at)) is is_open


def test_people_come_back_at_london_nine_across_a_clock_change() -> None:
    assert SCOTLAND.next_open(utc("2027-03-25 18:00")) == utc("2027-03-30 08:00")
    assert ENGLAND.next_open(utc("2026-10-23 18:00")) == utc("2026-10-26 09:00")


def test_an_account_can_have_hours_of_its_own() -> None:
    late = PeopleHours(Division.ENGLAND_AND_WALES, OpeningHours.parse("Mo-Fr 12:00-20:00").week)
    assert not late.is_open_at(london("2026-11-20 11:59:59"))
    assert late.is_open_at(london("2026-11-20 19:59:59"))
    assert late.next_open(london("2026-11-20 20:00")) == london("2026-11-23 12:00")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        ENGLAND.is_open_at(datetime(2026, 11, 20, 10))  # noqa: DTZ001
    with pytest.raises(BadInput):
        ENGLAND.next_open(datetime(2026, 11, 20, 10))  # noqa: DTZ001


def test_danger_is_urgent_and_nothing_else() -> None:
    urgent = {reason for reason in HandoffReason if reason.priority is Priority.URGENT}
    assert urgent == {HandoffReason.CRISIS, HandoffReason.THREAT, HandoffReason.CHILD_AT_RISK}
