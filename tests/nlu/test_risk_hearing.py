"""A risk is heard where it is likely enough, in the message or in a clause of it, and never in a scrap of words."""

from __future__ import annotations

import pytest

from bot.jobcentre.crisis import Risk
from bot.nlu.risk_hearing import INTENT_OF_RISK, NO_RISK, Ranking, agreed, hear, is_surely_none, label_of, settled

UNSURE: Ranking = [("ask_opening", 0.1), ("complain", 0.1)]
ASKING: Ranking = [("ask_opening", 0.8), ("report_crisis_life", 0.1)]


def risk(chance: float, kind: str = "life") -> Ranking:
    return sorted([(NO_RISK, 1 - chance), (kind, chance)], key=lambda pair: -pair[1])


def intents(chance: float, kind: str = "life", question: float = 0.0) -> Ranking:
    """Of which a risk has that chance, one question its own, and many others the rest."""
    rest = (1 - chance - question) / 40
    others = [(f"ask_{number}", rest) for number in range(40)]
    return sorted([(f"report_crisis_{kind}", chance), ("ask_opening", question), *others], key=lambda pair: -pair[1])


@pytest.mark.parametrize(
    ("chance", "of_intents", "question", "is_heard"),
    [
        (0.32, 0.32, 0.0, False),
        (0.1, 0.7, 0.0, True),
        (0.7, 0.1, 0.0, True),
        (0.35, 0.3, 0.6, False),
        (0.5, 0.3, 0.6, True),
    ],
    ids=["faint", "by the intents", "by the risks", "faint beside a question", "plain beside a question"],
)
def test_the_whole_message(chance: float, of_intents: float, question: float, is_heard: bool) -> None:
    found = hear(["some words that somebody said there"], [intents(of_intents, question=question)], [risk(chance)])
    assert (found[0] is not None) is is_heard


@pytest.mark.parametrize(("chance", "is_heard"), [(0.6, False), (0.8, True)], ids=["faint", "plain"])
def test_a_few_words_must_be_plain(chance: float, is_heard: bool) -> None:
    assert (hear(["and chuesday"], [intents(chance)], [risk(chance)])[0] is not None) is is_heard


@pytest.mark.parametrize(("whole", "is_heard"), [(0.1, False), (0.3, True)], ids=["no room", "room"])
def test_a_threat_in_a_clause_must_have_room_in_the_message(whole: float, is_heard: bool) -> None:
    """After one nothing is told: "you all stop at home, I bet" beside a question is none."""
    asked = [intents(whole, question=0.6), [("threaten", 0.99), ("ask_opening", 0.01)]]
    found = hear(["…", "you all stop at home"], asked, [risk(whole, "threat"), risk(0.99, "threat")])[1]
    assert (found is not None) is is_heard


@pytest.mark.parametrize(
    ("clause", "whole", "chance", "is_heard"),
    [
        ("there is nothing left", 0.22, 0.85, True),
        ("there is nothing left", 0.22, 0.7, False),
        ("there is nothing left", 0.1, 0.88, False),
        ("there is nothing left", 0.1, 0.92, True),
        ("nothing left", 0.22, 0.9, False),
    ],
    ids=["heard", "too faint", "the message leaves no room", "plain whatever stands around it", "too few words"],
)
def test_a_clause(clause: str, whole: float, chance: float, is_heard: bool) -> None:
    asked = [intents(whole, question=0.6), intents(chance, "hardship")]
    found = hear(["…", clause], asked, [risk(whole), risk(chance, "hardship")])
    assert found == [None, (Risk.HARDSHIP, pytest.approx(chance)) if is_heard else None]


def test_all_risks_count_together_and_the_likeliest_is_told() -> None:
    ranking: Ranking = [(NO_RISK, 0.6), ("abuse", 0.3), ("life", 0.1)]
    found = hear(["some words that somebody said there"], [intents(0.4, "abuse")], [ranking])
    assert found == [(Risk.ABUSE, pytest.approx(0.4))]


def test_where_the_classifiers_differ_on_the_risk_the_surer_is_followed() -> None:
    (found,) = hear(["some words that somebody said there"], [intents(0.9, "hardship")], [risk(0.3)])
    assert found == (Risk.HARDSHIP, pytest.approx(0.6))


def test_where_no_risk_is_heard_no_intent_tells_of_one() -> None:
    ranking: Ranking = [("threaten", 0.5), ("complain", 0.4), ("ask_jobs", 0.1)]
    assert settled(ranking, None) == [("complain", pytest.approx(0.8)), ("ask_jobs", pytest.approx(0.2))]


def test_the_little_that_is_left_of_a_plain_risk_asks_nothing() -> None:
    ranking: Ranking = [("report_crisis_life", 0.9), ("ask_benefit_info", 0.1)]
    assert settled(ranking, None) == [("ask_benefit_info", pytest.approx(0.2))]


def test_a_risk_heard_comes_first_unless_a_question_is_asked_in_the_same_breath() -> None:
    assert settled(UNSURE, (Risk.LIFE, 0.7))[0] == ("report_crisis_life", 0.7)
    assert settled(ASKING, (Risk.LIFE, 0.7))[0] == ("ask_opening", 0.8)


@pytest.mark.parametrize("known", [0.0, 0.1], ids=["unknown to it", "known to it"])
def test_a_clause_adds_no_risk_that_the_message_heard_knows_nothing_of(known: float) -> None:
    whole: Ranking = [("hardship", 0.95 - known), ("child", known), (NO_RISK, 0.05)]
    asked: Ranking = [("report_crisis_hardship", 0.95 - known), ("report_child_at_risk", known), ("ask_opening", 0.05)]
    found = hear(
        ["no heating here", "i have a newborn"], [asked, intents(0.9, "hardship")], [whole, risk(0.95, "child")]
    )
    assert [one and one[0] for one in found] == [Risk.HARDSHIP, Risk.CHILD if known else None]


@pytest.mark.parametrize("found", Risk, ids=[found.value for found in Risk])
def test_every_risk_has_an_intent_that_teaches_it(found: Risk) -> None:
    assert label_of(INTENT_OF_RISK[found]) == found.value
    assert label_of("ask_opening") == NO_RISK


def test_a_risk_that_rests_on_unknown_words_alone_is_not_heard() -> None:
    assert agreed([(Risk.LIFE, 0.5), (Risk.LIFE, 0.9), None], [None, (Risk.LIFE, 0.8), None]) == [
        None,
        (Risk.LIFE, 0.9),
        None,
    ]


@pytest.mark.parametrize(
    ("whole", "clause", "is_none"),
    [(0.001, 0.001, True), (0.001, 0.05, False), (0.05, 0.001, False)],
    ids=["nowhere", "in a clause", "in the whole"],
)
def test_surely_none_means_neither_in_the_message_nor_in_a_clause(whole: float, clause: float, is_none: bool) -> None:
    asked = [intents(whole, question=0.9), intents(clause, question=0.9)]
    assert is_surely_none(asked, [risk(whole), risk(clause)]) is is_none
