"""Closures: when they are active, whom they are about, which of two decides, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import Any

import pytest

from bot.jobcentre.calendar import DayRule
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, Watch
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import DAY_MINUTES, TimeSpan
from bot.jobcentre.office import Nation, Office
from tests.jobcentre.facts import (
    CARDIFF,
    EVERYWHERE,
    GLASGOW,
    LEEDS,
    LONG_AGO,
    ONLY_LEEDS,
    closure,
    london,
    period,
    staff_day,
    utc,
    watch,
)

NOON, THREE = "2026-11-20 12:00", "2026-11-20 15:00"


@pytest.mark.parametrize(
    ("at", "is_included"),
    [
        pytest.param("2026-11-20 11:59:59", False, id="a second before its start"),
        pytest.param("2026-11-20 12:00:00", True, id="its start"),
        pytest.param("2026-11-20 14:59:59", True, id="a second before its end"),
        pytest.param("2026-11-20 15:00:00", False, id="its end"),
    ],
)
def test_a_period_includes_its_start_and_not_its_end(at: str, is_included: bool) -> None:
    assert period(NOON, THREE).includes(london(at)) is is_included
    assert closure(Effect.CLOSED, NOON, THREE).is_active(LEEDS, london(at)) is is_included
    assert watch(NOON, THREE).is_active(LEEDS, london(at)) is is_included


def test_a_period_without_an_end_goes_on() -> None:
    assert not period(NOON).includes(london("2026-11-20 11:59:59"))
    assert period(NOON).includes(london("2031-01-01 00:00"))


@pytest.mark.parametrize(
    ("start", "end", "does_overlap"),
    [
        pytest.param("2026-11-20 11:00", "2026-11-20 12:00", False, id="ends where it starts"),
        pytest.param("2026-11-20 11:00", "2026-11-20 12:01", True, id="its first minute"),
        pytest.param("2026-11-20 14:59", "2026-11-20 16:00", True, id="its last minute"),
        pytest.param("2026-11-20 15:00", "2026-11-20 16:00", False, id="starts where it ends"),
        pytest.param("2026-11-20 13:00", "2026-11-20 14:00", True, id="within"),
        pytest.param("2026-11-20 11:00", "2026-11-20 16:00", True, id="around"),
    ],
)
def test_periods_that_touch_do_not_overlap(start: str, end: str, does_overlap: bool) -> None:
    assert period(NOON, THREE).overlaps(london(start), london(end)) is does_overlap


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(london(NOON), london(NOON), id="no length"),
        pytest.param(london(THREE), london(NOON), id="end before start"),
        pytest.param(utc("2027-07-01 12:00"), london("2027-07-01 12:59"), id="end before start across zones"),
        pytest.param(datetime(2026, 11, 20, 12), None, id="a start without a zone"),  # noqa: DTZ001
        pytest.param(london(NOON), datetime(2026, 11, 20, 15), id="an end without a zone"),  # noqa: DTZ001
    ],
)
def test_impossible_periods_are_refused(start: datetime, end: datetime | None) -> None:
    with pytest.raises(BadInput):
        Period(start, end)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        period(NOON, THREE).includes(datetime(2026, 11, 20, 13))  # noqa: DTZ001


def second_time(clock: str) -> datetime:
    """That time of 31 October 2027 after the clocks went back."""
    return london(f"2027-10-31 {clock}").replace(fold=1)


def test_a_period_within_the_hour_that_comes_twice() -> None:
    both = Period(london("2027-10-31 01:45"), second_time("01:15"))
    assert both.includes(london("2027-10-31 01:45"))
    assert both.includes(second_time("01:14"))
    assert not both.includes(london("2027-10-31 01:15"))
    assert not both.includes(second_time("01:45"))
    assert not both.overlaps(second_time("01:15"), second_time("01:30"))
    with pytest.raises(BadInput):
        Period(second_time("01:15"), london("2027-10-31 01:45"))


NAMED = Scope(offices=frozenset({"leeds", "cardiff"}))


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        pytest.param(ONLY_LEEDS, "leeds", id="one office"),
        pytest.param(NAMED, "leeds cardiff", id="several offices"),
        pytest.param(Scope(districts=frozenset({"West Yorkshire"})), "leeds", id="district"),
        pytest.param(Scope(nations=frozenset({Nation.SCOTLAND})), "glasgow", id="nation"),
        pytest.param(Scope(nations=frozenset({Nation.ENGLAND})), "leeds", id="England is not Wales"),
        pytest.param(Scope(nations=frozenset({Nation.ENGLAND, Nation.WALES})), "leeds cardiff", id="two nations"),
        pytest.param(Scope(accounts=frozenset({"JCPinWestYorkshire"})), "leeds", id="any of an office's accounts"),
        pytest.param(Scope(accounts=frozenset({"JCPinNorwich"})), "", id="another account"),
        pytest.param(EVERYWHERE, "leeds cardiff glasgow", id="everywhere"),
        pytest.param(replace(EVERYWHERE, excluding=frozenset({"leeds"})), "cardiff glasgow", id="everywhere but one"),
        pytest.param(replace(NAMED, excluding=frozenset({"leeds"})), "cardiff", id="an exception beats a name"),
        pytest.param(
            Scope(accounts=frozenset({"JCPinLeeds"}), excluding=frozenset({"leeds"})),
            "",
            id="an exception beats an account",
        ),
        pytest.param(
            Scope(nations=frozenset({Nation.ENGLAND}), excluding=frozenset({"leeds"})),
            "",
            id="an exception beats a nation",
        ),
        pytest.param(
            Scope(offices=frozenset({"glasgow"}), districts=frozenset({"West Yorkshire"})),
            "leeds glasgow",
            id="offices and a district together",
        ),
    ],
)
def test_whom_a_scope_is_about(scope: Scope, names: str) -> None:
    assert [office.id for office in (LEEDS, CARDIFF, GLASGOW) if scope.includes(office)] == names.split()


def test_an_office_without_a_district_is_in_none() -> None:
    plain = Office("x", "X", Nation.ENGLAND)
    assert not Scope(districts=frozenset({"West Yorkshire"})).includes(plain)
    assert not Scope(accounts=frozenset({"JCPinLeeds"})).includes(plain)


BREADTHS = [
    ONLY_LEEDS,
    Scope(accounts=frozenset({"JCPinLeeds"})),
    Scope(districts=frozenset({"West Yorkshire"})),
    Scope(nations=frozenset({Nation.ENGLAND})),
    EVERYWHERE,
]

STRONGEST_FIRST = (
    "closed moved phone_only urgent_only appointments_only reduced_hours late_opening early_closing access_problem"
)


def test_every_effect_has_its_place_in_the_order_of_strength() -> None:
    assert " ".join(effect.value for effect in sorted(Effect, key=lambda e: -e.strength)) == STRONGEST_FIRST


def by_rank(*closures: Closure) -> list[str]:
    return [c.id for c in sorted(closures, key=Closure.rank, reverse=True)]


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [pytest.param(a, b, id=f"{a}-{b}") for a, b in combinations([Effect(name) for name in STRONGEST_FIRST.split()], 2)],
)
def test_the_stronger_effect_decides_whatever_its_scope_and_age(stronger: Effect, weaker: Effect) -> None:
    strong = closure(stronger, NOON, THREE, name="strong", scope=EVERYWHERE)
    weak = closure(weaker, NOON, THREE, name="weak", published_at=london("2026-11-20 11:00"))
    assert by_rank(weak, strong) == by_rank(strong, weak) == ["strong", "weak"]


@pytest.mark.parametrize("narrow", range(4))
def test_of_equal_effects_the_narrower_scope_decides_whatever_its_age(narrow: int) -> None:
    small = closure(Effect.CLOSED, NOON, THREE, name="narrow", scope=BREADTHS[narrow])
    wide = closure(
        Effect.CLOSED, NOON, THREE, name="wide", scope=BREADTHS[narrow + 1], published_at=london("2026-11-20 11:00")
    )
    assert by_rank(wide, small) == ["narrow", "wide"]


def test_of_equal_effects_and_scopes_the_later_word_decides() -> None:
    early = closure(Effect.CLOSED, NOON, THREE, name="early", published_at=london("2026-11-20 10:00"))
    late = closure(Effect.CLOSED, NOON, THREE, name="late", published_at=london("2026-11-20 10:01"))
    assert by_rank(early, late) == by_rank(late, early) == ["late", "early"]


@pytest.mark.parametrize("made", [closure(Effect.CLOSED, NOON, THREE), watch(NOON, THREE)], ids=["closure", "watch"])
def test_what_is_withdrawn_is_not_active(made: Closure | Watch) -> None:
    assert made.is_active(LEEDS, london("2026-11-20 13:00"))
    assert not replace(made, withdrawn_at=london("2026-11-20 12:30")).is_active(LEEDS, london("2026-11-20 13:00"))


def test_the_office_to_which_a_district_moves_is_not_itself_moved() -> None:
    moved = closure(Effect.MOVED, NOON, THREE, scope=Scope(districts=frozenset({"West Yorkshire"})), moved_to="leeds")
    bradford = replace(LEEDS, id="bradford")
    assert moved.is_active(bradford, london("2026-11-20 13:00"))
    assert not moved.is_active(LEEDS, london("2026-11-20 13:00"))


@pytest.mark.parametrize(
    ("effect", "allowed"),
    [
        (Effect.CLOSED, ()),
        (Effect.MOVED, ()),
        (Effect.LATE_OPENING, (TimeSpan(11 * 60, DAY_MINUTES),)),
        (Effect.EARLY_CLOSING, (TimeSpan(0, 15 * 60),)),
        (Effect.REDUCED_HOURS, (TimeSpan(10 * 60, 14 * 60),)),
        (Effect.PHONE_ONLY, (TimeSpan(0, DAY_MINUTES),)),
        (Effect.ACCESS_PROBLEM, (TimeSpan(0, DAY_MINUTES),)),
    ],
)
def test_what_an_effect_leaves_of_a_day(effect: Effect, allowed: tuple[TimeSpan, ...]) -> None:
    assert closure(effect, NOON, THREE).allowed == allowed


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        pytest.param(Effect.CLOSED, {"scope": Scope()}, id="nobody"),
        pytest.param(Effect.CLOSED, {"scope": Scope(excluding=frozenset({"leeds"}))}, id="exceptions from nobody"),
        pytest.param(Effect.LATE_OPENING, {"opens_at": None}, id="late opening without its time"),
        pytest.param(Effect.EARLY_CLOSING, {"closes_at": None}, id="early closing without its time"),
        pytest.param(Effect.REDUCED_HOURS, {"spans": ()}, id="reduced hours without hours"),
        pytest.param(Effect.MOVED, {"moved_to": None}, id="moved to nowhere"),
        pytest.param(Effect.MOVED, {"moved_to": "leeds"}, id="moved to itself"),
        pytest.param(Effect.CLOSED, {"opens_at": 660}, id="a time that its effect does not have"),
        pytest.param(Effect.LATE_OPENING, {"closes_at": 900}, id="a closing time on late opening"),
        pytest.param(Effect.PHONE_ONLY, {"moved_to": "bradford"}, id="a place that its effect does not have"),
    ],
)
def test_what_could_not_be_told_is_refused(effect: Effect, said: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        closure(effect, NOON, THREE, **said)


def test_no_end_needs_a_time_to_look_again() -> None:
    assert closure(Effect.CLOSED, NOON).period.end is None
    with pytest.raises(BadInput, match="--review-by"):
        Closure("c", Cause.FLOOD, Effect.CLOSED, period(NOON), ONLY_LEEDS, LONG_AGO)


def test_a_watch_on_nobody_is_refused() -> None:
    with pytest.raises(BadInput):
        watch(NOON, THREE, scope=Scope())


def test_causes_that_are_not_told_to_the_public() -> None:
    assert {cause.value for cause in Cause if cause.is_private} == {
        "police",
        "safety",
        "medical",
        "staffing",
        "strike",
    }


def test_a_staff_day_is_open_or_closed() -> None:
    assert staff_day("2026-11-30", is_open=True).special_day().rule is DayRule.OPEN
    assert staff_day("2026-11-30").special_day().rule is DayRule.CLOSED
