"""What staff are shown before they publish is what people will be told afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cli.wordings import words_of
from bot.jobcentre.closure import Effect
from bot.jobcentre.conversation import Language
from bot.jobcentre.office import OfficeStatus
from bot.jobcentre.opening import OpeningState
from bot.services import closures
from bot.services.previews import preview
from bot.store.unit_of_work import Store
from tests.builders import (
    DAY,
    HOUR,
    LEEDS,
    NOW,
    keep_offices,
    make_closure,
    make_hours,
    make_office,
    make_period,
    make_scope,
)

LATER = make_period(NOW + 3 * DAY, NOW + 4 * DAY)


def test_a_draft_is_told_and_not_stored(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        asked = preview(work, make_closure(message="Go to York Road."), now=NOW)
        assert [question.question for question in asked] == [
            "is Leeds Park Place open now?",
            "what are the opening hours of Leeds Park Place?",
        ]
        assert asked[0].answers[Language.ENGLISH][0].opening is OpeningState.CLOSED
        said = words_of(asked[0].answers)
        assert "closed" in said["en"]
        assert "because of flooding" in said["en"]
        assert "Go to York Road." in said["en"]
        assert "ar gau" in said["cy"]
        assert "York Road" not in said["cy"]
        assert work.closures.find() == []


def test_it_says_the_same_as_after_publishing(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        draft = make_closure(effect=Effect.LATE_OPENING, opens_at=11 * 60)
        before = preview(work, draft, now=NOW)
        closures.publish(work, draft, by="Ann", at=NOW)
        nothing = make_closure(period=make_period(NOW - 2 * DAY, NOW - DAY))
        assert [words_of(q.answers) for q in before] == [words_of(q.answers) for q in preview(work, nothing, now=NOW)]


def test_a_closure_to_come_is_also_asked_about_at_its_start(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        asked = preview(work, make_closure(period=LATER), now=NOW)
        assert asked[1].question == "is Leeds Park Place open on Monday 23 November at 10:30?"
        assert [q.answers[Language.ENGLISH][0].opening for q in asked][:2] == [OpeningState.OPEN, OpeningState.CLOSED]
        midnight = make_period(NOW.replace(hour=0, minute=0) + 3 * DAY, NOW + 4 * DAY)
        asked = preview(work, make_closure(period=midnight), now=NOW)
        assert asked[1].question == "is Leeds Park Place open on Monday 23 November?"


@pytest.mark.parametrize("language", list(Language))
def test_many_offices_that_differ_are_shown_by_a_few(store: Store, language: Language) -> None:
    with store.unit_of_work() as work:
        ids = [f"office-{number}" for number in range(12)]
        keep_offices(work, [make_office(office_id) for office_id in ids], hours=None)
        for number, office_id in enumerate(ids):
            hours = make_hours(f"Mo-Fr {number + 1:02d}:00-{number + 9:02d}:00")
            work.offices.set_hours([office_id], hours, by="Ann", at=NOW)
        asked = preview(work, make_closure(scope=make_scope(everywhere=True), period=LATER), now=NOW)
        assert asked[0].question.startswith("are these 3 offices (")
        assert all(answer.asks is None for question in asked for answer in question.answers[language])


def test_offices_that_are_gone_are_left_out(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(), make_office("york", status=OfficeStatus.CLOSED)])
        asked = preview(work, make_closure(scope=make_scope(everywhere=True)), now=NOW)
        assert asked[0].question == "is Leeds Park Place open now?"
        assert asked[0].answers[Language.ENGLISH][0].offices == (LEEDS,)


def test_a_move_names_the_office_to_go_to(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(), make_office("york")])
        draft = make_closure(effect=Effect.MOVED, moved_to="york", period=make_period(NOW - HOUR, NOW + timedelta(1)))
        assert words_of(preview(work, draft, now=NOW)[0].answers)["en"]
