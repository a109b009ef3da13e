"""What is counted of turns, and what may be told of the counts."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.conversation import Language
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.services import conversations, insights
from bot.services.insights import Served
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store
from tests.builders import LEEDS, NOW, keep_conversation, keep_incoming

TODAY = date(2026, 11, 20)
OPEN = Answer("utter_office_open", Kind.OFFICE_OPEN, offices=(LEEDS,))
INTRO = Answer("utter_intro", Kind.OFFICE_OPEN)
WHICH = Answer("utter_which_office", Kind.OFFICE_OPEN, offices=(LEEDS, "pudsey"), asks=Asks.OFFICE)
CASE = Answer("utter_individual_case", Kind.INDIVIDUAL_CASE)
PERSON = Answer("utter_handoff", Kind.HANDOFF, handoff=HandoffReason.ASKED)
UNCLEAR = Answer("utter_unclear", Kind.UNCLEAR, asks=Asks.REPHRASE)


def keep_turn(store: Store, *answers: Answer, sender: str = "person-1", is_trial: bool = False) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work, sender, is_trial=is_trial)
        keep_incoming(work, conversation)
        turn = conversations.take(work, NOW, conversation.id)
        assert turn
        conversations.keep_reply(work, turn, text="Yes.", answers=answers, dialogue=None, language=Language.ENGLISH)


def tallies(store: Store) -> list[tuple[str, str, str, int]]:
    with store.unit_of_work(write=False) as work:
        return [(t.kind, t.outcome, t.office_id, t.count) for t in work.statistics.find(date.min, date.max)]


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        pytest.param([OPEN, INTRO], [("office_open", "answered", LEEDS, 1)], id="one kind counts once"),
        pytest.param(
            [OPEN, CASE],
            [("individual_case", "refused", "", 1), ("office_open", "answered", LEEDS, 1)],
            id="two kinds count once each",
        ),
        pytest.param([WHICH, INTRO], [], id="a question of ours is no answer yet"),
        pytest.param([PERSON], [("handoff", "handed_off", "", 1)], id="handed off"),
        pytest.param([UNCLEAR], [("unclear", "not_understood", "", 1)], id="not understood"),
        pytest.param(
            [OPEN, Answer("utter_office_open", Kind.OFFICE_OPEN, offices=("pudsey",))],
            [("office_open", "answered", "", 1)],
            id="several offices are none",
        ),
    ],
)
def test_a_turn_is_counted_by_kind(
    store: Store, answers: list[Answer], counted: list[tuple[str, str, str, int]]
) -> None:
    keep_turn(store, *answers)
    assert tallies(store) == counted


def test_turns_add_up_on_each_database(each_store: Store) -> None:
    for sender in ("ann", "bob"):
        keep_turn(each_store, OPEN, CASE, sender=sender)
    assert [count for *_, count in tallies(each_store)] == [2, 2]


def test_trials_are_never_counted(store: Store) -> None:
    keep_turn(store, OPEN, is_trial=True)
    assert tallies(store) == []


def test_the_hour_is_londons(store: Store) -> None:
    with store.unit_of_work() as work:
        insights.count(work, keep_conversation(work), [OPEN], at=datetime(2026, 7, 1, 23, 30, tzinfo=timezone.utc))
        (tally,) = work.statistics.find(date.min, date.max)
    assert (tally.day, tally.hour) == (date(2026, 7, 2), 0)


# What may be told


@pytest.mark.parametrize(
    ("number", "shown"), [(0, None), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (1_234, 1_235)], ids=str
)
def test_small_counts_are_not_told_and_others_are_rounded(number: int, shown: int | None) -> None:
    assert insights.fit(number) == shown


def held(store: Store, *rows: tuple[str, str, str, int, int], account: str = "JCPinLeeds") -> None:
    """Each row: kind, outcome, office, hour, count."""
    with store.unit_of_work() as work:
        for kind, outcome, office, hour, count in rows:
            work.statistics.add(Tally(TODAY, hour, account, kind, outcome, office, count))


def test_questions_are_told_by_kind_office_and_hour(store: Store) -> None:
    held(
        store,
        ("office_open", "answered", LEEDS, 8, 21),
        ("office_open", "answered", "", 9, 9),
        ("individual_case", "refused", "", 9, 11),
    )
    with store.unit_of_work(write=False) as work:
        found = insights.look(work, TODAY, TODAY)
    assert [(kind, shown[Served.ANSWERED], shown[Served.REFUSED]) for kind, shown in found.kinds] == [
        (Kind.OFFICE_OPEN, 30, None),
        (Kind.INDIVIDUAL_CASE, None, 10),
    ]
    assert found.offices == ((LEEDS, 20),)
    assert found.hours[8:11] == ((8, 20), (9, 20), (10, None))
    assert found.total == 40


@pytest.mark.parametrize("hidden", [0, 1, 2, 3, 4])
def test_what_is_left_out_cannot_be_worked_out_from_its_table(store: Store, hidden: int) -> None:
    held(store, ("office_open", "answered", LEEDS, 9, 22), ("office_open", "handed_off", LEEDS, 9, 8))
    held(store, ("office_open", "refused", "pudsey", 3, hidden), ("jobs", "answered", "pudsey", 3, hidden))
    with store.unit_of_work(write=False) as work:
        found = insights.look(work, TODAY, TODAY)
    # The same for each of the counts that it may have been.
    assert [(kind.value, tuple(shown.values())) for kind, shown in found.kinds] == [
        ("office_open", (20, None, 10, None))
    ]
    assert found.total == 30


def test_only_the_days_and_accounts_asked_for_are_told(store: Store) -> None:
    held(store, ("jobs", "answered", "", 9, 10))
    held(store, ("jobs", "answered", "", 9, 20), account="JCPinCardiff")
    with store.unit_of_work(write=False) as work:
        assert insights.look(work, TODAY, TODAY, ["JCPinCardiff"]).total == 20
        assert insights.look(work, TODAY, TODAY).total == 30
        assert insights.look(work, TODAY, TODAY, []).total == 0
        assert insights.look(work, date(2026, 11, 21), date(2026, 11, 28)).total == 0
