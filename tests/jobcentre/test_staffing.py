"""When somebody waits too long, and when a conversation goes back to the queue: the clock's own table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobcentre.calendar import Division
from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState, PeopleHours
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.staffing import Lapse, Staffing
from tests.jobcentre.facts import london, utc

ENGLAND = PeopleHours(Division.ENGLAND_AND_WALES)
SCOTLAND = PeopleHours(Division.SCOTLAND)
RULES = Staffing()
SCOTTISH = Staffing(division=Division.SCOTLAND)


def weekly(text: str) -> PeopleHours:
    return PeopleHours(Division.ENGLAND_AND_WALES, OpeningHours.parse(text).week)


def handoff(since: str, reason: HandoffReason = HandoffReason.ASKED, claimed: str | None = None) -> Handoff:
    state = HandoffState.ASSIGNED if claimed else HandoffState.OPEN
    at = london(claimed) if claimed else None
    return Handoff(1, "c", reason, reason.priority, state, london(since), "Ann" if claimed else None, at)


@pytest.mark.parametrize(
    ("people", "start", "end", "minutes"),
    [
        pytest.param(ENGLAND, "2026-11-20 10:00", "2026-11-20 10:30", 30, id="within a day"),
        pytest.param(ENGLAND, "2026-11-20 08:00", "2026-11-20 09:10", 10, id="from before nine"),
        pytest.param(ENGLAND, "2026-11-20 16:59", "2026-11-23 09:01", 2, id="Friday 4:59pm to Monday 9:01am"),
        pytest.param(ENGLAND, "2026-11-21 10:00", "2026-11-22 18:00", 0, id="a weekend"),
        pytest.param(ENGLAND, "2026-10-23 16:00", "2026-10-26 10:00", 120, id="clocks back within the weekend"),
        pytest.param(ENGLAND, "2027-03-25 16:00", "2027-03-30 10:00", 120, id="Easter, and clocks forward within"),
        pytest.param(ENGLAND, "2026-11-20 12:00", "2026-11-20 12:00", 0, id="no time"),
        pytest.param(ENGLAND, "2026-11-20 12:00", "2026-11-20 11:00", 0, id="backwards"),
        pytest.param(SCOTLAND, "2026-11-27 16:00", "2026-12-01 10:00", 120, id="St Andrew's Day does not count"),
        pytest.param(ENGLAND, "2026-11-27 16:00", "2026-11-30 10:00", 120, id="St Andrew's Day counts in England"),
        pytest.param(SCOTLAND, "2027-01-01 08:00", "2027-01-05 09:30", 30, id="new year in Scotland"),
        pytest.param(weekly("Mo-Fr 09:00-12:00,13:00-17:00"), "2026-11-20 11:30", "2026-11-20 13:30", 60, id="lunch"),
        pytest.param(weekly("Mo-Su 00:00-24:00"), "2026-10-25 00:00", "2026-10-26 00:00", 25 * 60, id="25 hours"),
    ],
)
def test_how_long_people_were_there(people: PeopleHours, start: str, end: str, minutes: int) -> None:
    assert people.time_open(london(start), london(end)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("people", "at", "closes", "closed"),
    [
        pytest.param(ENGLAND, "2026-11-20 16:59", "2026-11-20 17:00", "2026-11-19 17:00", id="Friday 4:59pm"),
        pytest.param(ENGLAND, "2026-11-20 17:00", "2026-11-23 17:00", "2026-11-20 17:00", id="Friday 5pm"),
        pytest.param(ENGLAND, "2026-11-21 12:00", "2026-11-23 17:00", "2026-11-20 17:00", id="Saturday"),
        pytest.param(SCOTLAND, "2026-11-30 12:00", "2026-12-01 17:00", "2026-11-27 17:00", id="St Andrew's Day"),
        pytest.param(
            weekly("Sa 09:00-13:00"), "2026-11-20 12:00", "2026-11-21 13:00", "2026-11-14 13:00", id="Saturdays"
        ),
        pytest.param(
            weekly("Mo-Fr 20:00-24:00"), "2026-11-21 00:00", "2026-11-24 00:00", "2026-11-21 00:00", id="midnight"
        ),
    ],
)
def test_when_people_leave_and_left(people: PeopleHours, at: str, closes: str, closed: str) -> None:
    assert people.closes_next(london(at)) == london(closes)
    assert people.closed_last(london(at)) == london(closed)


def test_a_team_that_works_on_saturdays_has_holidays_too() -> None:
    saturdays = weekly("Mo-Sa 09:00-17:00")
    assert saturdays.is_open_at(london("2026-11-21 10:00"))
    assert not saturdays.is_open_at(london("2026-12-26 10:00"))
    assert saturdays.next_open(london("2026-12-26 10:00")) == london("2026-12-30 09:00")


# Two hours in which people answer; five minutes by the clock where it is urgent.
@pytest.mark.parametrize(
    ("rules", "since", "reason", "late_from"),
    [
        pytest.param(RULES, "2026-11-20 10:00", HandoffReason.ASKED, "2026-11-20 12:00", id="in the morning"),
        pytest.param(RULES, "2026-11-20 16:59", HandoffReason.ASKED, "2026-11-23 10:59", id="Friday 4:59pm"),
        pytest.param(RULES, "2026-11-20 17:00", HandoffReason.ASKED, "2026-11-23 11:00", id="Friday 5pm"),
        pytest.param(RULES, "2026-11-21 23:00", HandoffReason.ASKED, "2026-11-23 11:00", id="Saturday night"),
        pytest.param(SCOTTISH, "2026-11-27 16:30", HandoffReason.ASKED, "2026-12-01 10:30", id="over St Andrew's Day"),
        pytest.param(
            RULES, "2026-10-23 16:30", HandoffReason.ASKED, "2026-10-26 10:30", id="over the change of clocks"
        ),
        pytest.param(RULES, "2026-11-21 23:00", HandoffReason.CRISIS, "2026-11-21 23:05", id="a crisis at night"),
        pytest.param(RULES, "2026-11-20 16:59", HandoffReason.THREAT, "2026-11-20 17:04", id="a threat at 4:59pm"),
    ],
)
def test_when_somebody_waits_too_long(rules: Staffing, since: str, reason: HandoffReason, late_from: str) -> None:
    waits, late = handoff(since, reason), london(late_from)
    assert not rules.is_late(waits, late - timedelta(seconds=1))
    assert rules.is_late(waits, late)


def test_an_urgent_wait_counts_the_hour_that_comes_twice() -> None:
    """1:58am in summer time to 1:04am in winter time is six minutes."""
    crisis = HandoffReason.CRISIS
    waits = Handoff(1, "c", crisis, crisis.priority, HandoffState.OPEN, utc("2026-10-25 00:58"))
    assert not RULES.is_late(waits, utc("2026-10-25 01:02"))
    assert RULES.is_late(waits, utc("2026-10-25 01:03"))


CRISIS = HandoffReason.CRISIS
ASKED = HandoffReason.ASKED


@pytest.mark.parametrize(
    ("reason", "claimed", "adviser", "person", "at", "why"),
    [
        pytest.param(ASKED, "16:40", None, None, "16:59:59", None, id="a second before five"),
        pytest.param(ASKED, "16:40", None, None, "17:00", Lapse.CLOSED, id="at five"),
        pytest.param(ASKED, "16:40", "16:58", None, "17:00", Lapse.CLOSED, id="at five, after a late reply"),
        pytest.param(ASKED, "16:40", "17:00", None, "17:01", None, id="whoever stays on is left alone"),
        pytest.param(ASKED, "17:10", None, None, "17:20", None, id="claimed after five"),
        pytest.param(ASKED, "17:10", None, None, "17:40", Lapse.SILENT, id="claimed after five, and then silence"),
        pytest.param(ASKED, "10:00", None, None, "10:29:59", None, id="claimed, within the limit"),
        pytest.param(ASKED, "10:00", None, None, "10:30", Lapse.SILENT, id="claimed, and then silence"),
        pytest.param(ASKED, "10:00", "10:10", None, "12:00", None, id="the person's turn to speak"),
        pytest.param(ASKED, "10:00", "10:10", "11:00", "11:29:59", None, id="the person wrote, within the limit"),
        pytest.param(ASKED, "10:00", "10:10", "11:00", "11:30", Lapse.SILENT, id="the person wrote, and silence"),
        pytest.param(ASKED, "10:00", "09:10", "09:20", "10:29", None, id="taken over: the clock begins anew"),
        pytest.param(ASKED, "10:00", "09:10", None, "10:30", Lapse.SILENT, id="taken over, and then silence"),
        pytest.param(CRISIS, "16:40", "16:58", None, "17:00", None, id="nobody at risk is left at five"),
        pytest.param(CRISIS, "16:40", "16:58", None, "17:28", Lapse.CLOSED, id="unless the adviser has gone"),
        pytest.param(CRISIS, "10:00", None, None, "10:30", Lapse.SILENT, id="silence in a crisis"),
    ],
)
def test_when_a_conversation_goes_back_to_the_queue(
    reason: HandoffReason, claimed: str, adviser: str | None, person: str | None, at: str, why: Lapse | None
) -> None:
    def moment(clock: str | None) -> object:
        return london(f"2026-11-20 {clock}") if clock else None

    held = handoff("2026-11-20 09:00", reason, f"2026-11-20 {claimed}")
    spoken = {"adviser_at": moment(adviser), "person_at": moment(person), "at": moment(at)}
    assert RULES.lapse(held, **spoken) is why  # type: ignore[arg-type]


def test_a_break_at_noon_is_not_the_end_of_the_day() -> None:
    rules = Staffing(OpeningHours.parse("Mo-Fr 09:00-12:00,13:00-17:00").week)
    held = handoff("2026-11-20 09:00", claimed="2026-11-20 11:50")
    adviser = london("2026-11-20 11:55")
    assert rules.lapse(held, adviser_at=adviser, person_at=None, at=london("2026-11-20 12:30")) is None
    assert rules.lapse(held, adviser_at=adviser, person_at=None, at=london("2026-11-20 17:00")) is Lapse.CLOSED


def test_a_closing_that_nobody_swept_is_made_up_for_the_next_morning() -> None:
    held = handoff("2026-11-20 09:00", claimed="2026-11-20 16:00")
    adviser = london("2026-11-20 16:10")
    assert RULES.lapse(held, adviser_at=adviser, person_at=None, at=london("2026-11-23 09:30")) is Lapse.CLOSED


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"week": "Mo-Su off"}, "on one day of the week"),
        ({"week": "whenever"}, "does not start with weekdays"),
        ({"urgent_minutes": 0}, "urgent minutes is 0"),
        ({"silent_minutes": 100_000}, "silent minutes is 100000"),
        ({"night_contact": "ring Bob"}, "not an email address"),
    ],
)
def test_settings_that_cannot_be_are_refused(data: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        Staffing.from_dict(data)


def test_settings_are_kept_and_read_again() -> None:
    own = Staffing(OpeningHours.parse("Mo-Sa 08:00-20:00").week, 10, 60, 15, "duty@example.org")
    assert Staffing.from_dict(own.to_dict()) == own
    assert Staffing.from_dict({}) == Staffing()
