"""What a conversation remembers, as JSON and for how long."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.dates import find_days
from bot.jobcentre.gazetteer import NearOffice, PlaceKind, PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import (
    PENDING_LASTS,
    THREAD_LASTS,
    Pending,
    Thread,
    When,
    day_from_dict,
    day_to_dict,
    now_of,
    place_from_dict,
    place_to_dict,
    wanted,
    whens_of,
)
from tests.builders import LEEDS, NOW

SECOND = timedelta(seconds=1)
WHEN = When(date(2026, 11, 23), time(9), "after", time(12), "morning")
PENDING = Pending("office", Kind.OFFICE_HOURS, NOW, (LEEDS,), (WHEN,), ("pip",))
THREAD = Thread(
    kind=Kind.OFFICE_OPEN,
    offices=(LEEDS,),
    place_name="Leeds",
    whens=(WHEN, now_of(NOW)),
    topics=("pip",),
    at=NOW,
    pending=PENDING,
    language="cy",
    introduced=True,
    misses=2,
    claims_told=True,
)


@pytest.mark.parametrize("thread", [Thread(), THREAD], ids=["empty", "full"])
def test_a_thread_goes_through_json_and_back(thread: Thread) -> None:
    assert Thread.from_dict(json.loads(json.dumps(thread.to_dict()))) == thread


def test_nothing_kept_is_an_empty_thread() -> None:
    assert Thread.from_dict(None) == Thread.from_dict({}) == Thread()


def test_a_question_of_ours_and_the_office_spoken_of_are_forgotten_in_time() -> None:
    assert THREAD.forgetting(NOW + PENDING_LASTS).pending == PENDING
    assert THREAD.forgetting(NOW + PENDING_LASTS + SECOND).pending is None
    assert THREAD.forgetting(NOW + THREAD_LASTS).offices == (LEEDS,)
    late = THREAD.forgetting(NOW + THREAD_LASTS + SECOND)
    assert (late.offices, late.kind, late.whens, late.topics) == ((), None, (), ())
    assert (late.introduced, late.language, late.claims_told) == (True, "cy", True)


def test_a_place_goes_through_json_and_back() -> None:
    near = (NearOffice(LEEDS, 1.5),)
    place = PlaceMention(3, 9, "ls6 3", PlaceKind.POSTCODE, "LS6", (LEEDS,), nation=Nation.ENGLAND, nearest=near)
    assert place_from_dict(json.loads(json.dumps(place_to_dict(place)))) == place


@pytest.mark.parametrize("text", ["tomorrow", "monday to wednesday", "now", "saturdays", "after 4 on the 27th"])
def test_a_day_goes_through_json_and_back(text: str) -> None:
    for day in find_days(text, NOW):
        assert day_from_dict(json.loads(json.dumps(day_to_dict(day)))) == day


@pytest.mark.parametrize(
    ("text", "days"), [("now", 1), ("tomorrow", 1), ("monday to wednesday", 3), ("next week", 7), ("in december", 7)]
)
def test_a_mention_is_at_most_a_week_of_days(text: str, days: int) -> None:
    (mention,) = find_days(text, NOW)
    assert len(whens_of(mention, NOW)) == min(days, 7)


def test_the_moment_asked_about_is_in_london_and_a_day_alone_begins_at_its_midnight() -> None:
    summer = When(date(2026, 7, 1))
    assert summer.moment(NOW).isoformat() == "2026-07-01T00:00:00+01:00"
    assert When(date(2026, 11, 23), time(9)).moment(NOW).tzinfo is LONDON
    assert now_of(NOW).moment(NOW) == NOW
    assert (summer.is_day_alone, WHEN.is_day_alone, now_of(NOW).is_day_alone) == (True, False, False)


HOME = PlaceMention(0, 4, "bury", PlaceKind.TOWN, "Bury", ("bury",), is_setting=True)
ASKED = PlaceMention(9, 14, "leeds", PlaceKind.TOWN, "Leeds", (LEEDS,))
OURS = PlaceMention(9, 12, "you", PlaceKind.OURS, "Leeds", (LEEDS,))
NOT_MEANT = PlaceMention(20, 24, "hove", PlaceKind.TOWN, "Hove", ("hove",), negated=True)


@pytest.mark.parametrize(
    ("places", "left"),
    [
        pytest.param((HOME, ASKED), (ASKED,), id="beside one asked about"),
        pytest.param((HOME,), (HOME,), id="alone"),
        pytest.param((HOME, OURS), (HOME, OURS), id="beside my jobcentre, which it explains"),
        pytest.param((HOME, NOT_MEANT), (HOME,), id="beside one that is not meant"),
    ],
)
def test_where_somebody_lives_is_not_wanted_beside_what_they_ask_about(
    places: tuple[PlaceMention, ...], left: tuple[PlaceMention, ...]
) -> None:
    assert wanted(places) == left
