"""Which of several kinds is the main one, as the contract orders them."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.jobcentre.kinds import Kind, in_order


@pytest.mark.parametrize(
    ("kinds", "main"),
    [
        pytest.param("greeting office_open", "office_open", id="a question before hello"),
        pytest.param("individual_case office_open", "office_open", id="routine before their own case"),
        pytest.param("office_hours office_open", "office_hours", id="of two questions the first asked"),
        pytest.param("foi office_open", "foi", id="FOI is a question like another"),
        pytest.param("scam contact_dwp", "scam", id="the last routine kind keeps its turn"),
        pytest.param("individual_case scam", "scam", id="the last routine kind is routine"),
        pytest.param("office_open crisis_hardship", "crisis_hardship", id="hardship before a question"),
        pytest.param("crisis_hardship abuse", "abuse", id="a threat before hardship"),
        pytest.param("abuse crisis_abuse", "crisis_abuse", id="a victim before a threat"),
        pytest.param("crisis_abuse crisis_life", "crisis_life", id="life first"),
        pytest.param("stop crisis_life", "crisis_life", id="help even after stop"),
        pytest.param("office_open stop", "stop", id="stop before a question"),
        pytest.param("wrong_information office_open", "office_open", id="a question before what was told wrong"),
        pytest.param("individual_case wrong_information", "wrong_information", id="told wrong before their case"),
        pytest.param("complaint individual_case", "individual_case", id="their case before a complaint"),
        pytest.param("complaint office_contact", "office_contact", id="routine before a complaint"),
        pytest.param("personal_data individual_case", "individual_case", id="personal data beside something else"),
        pytest.param("thanks feedback", "feedback", id="praise before thanks"),
        pytest.param("unclear greeting", "greeting", id="anything before unclear"),
    ],
)
def test_the_main_kind_comes_first(kinds: str, main: str) -> None:
    assert in_order(map(Kind, kinds.split()))[0] is Kind(main)


def test_each_kind_once_and_questions_in_the_order_asked() -> None:
    asked = [Kind.GREETING, Kind.OFFICE_HOURS, Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.INDIVIDUAL_CASE]
    assert in_order(asked) == [Kind.OFFICE_HOURS, Kind.OFFICE_OPEN, Kind.INDIVIDUAL_CASE, Kind.GREETING]
    assert in_order([]) == []


def test_the_order_of_what_is_not_routine_does_not_depend_on_when_it_was_said() -> None:
    kinds = [Kind.CRISIS_LIFE, Kind.ABUSE, Kind.STOP, Kind.OFFICE_OPEN, Kind.COMPLAINT]
    assert all(in_order(said) == kinds for said in permutations(kinds))


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_groups_do_not_overlap(kind: Kind) -> None:
    assert [kind.is_crisis, kind.is_routine, kind.is_small_talk].count(True) <= 1
    assert not kind.is_about_offices or kind.is_routine


def test_the_groups() -> None:
    assert {kind for kind in Kind if kind.is_crisis} == {
        Kind.CRISIS_LIFE,
        Kind.CRISIS_ABUSE,
        Kind.CRISIS_HARDSHIP,
    }
    not_routine = "individual_case complaint handoff politics feedback personal_data off_topic unclear abuse stop"
    assert not any(Kind(name).is_routine for name in not_routine.split())
    assert {kind.value for kind in Kind if kind.is_about_offices} == {
        "office_open",
        "office_hours",
        "office_closures",
        "office_find",
        "office_contact",
        "office_facilities",
        "closure_appointment",
    }
