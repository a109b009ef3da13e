"""Which of the things heard in a message are meant is learnt from whole messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import joblib
import numpy as np
import pytest

from bot.jobcentre.intent import KIND_OF_INTENT
from bot.nlu.meant import FAMILIES, TOLD_APART, MeantClassifier, Part, Parts
from bot.nlu.risk_hearing import RISK_OF_INTENT
from bot.settings import PROJECT

MESSAGES = PROJECT / "data" / "messages"
INTENTS = sorted(KIND_OF_INTENT)


def part(words: str, **heard: float) -> Part:
    """A part heard as these intents, and hardly as any other."""
    left = (1 - sum(heard.values())) / (len(INTENTS) - len(heard))
    ranking = [(intent, heard.get(intent, left)) for intent in INTENTS]
    return (0, len(words)), words, sorted(ranking, key=lambda pair: -pair[1])


def told_then_asked(told: str, asked: str) -> Parts:
    """A message that tells something, heard as one thing, and then asks another."""
    whole = part(f"my {told} is here. is it {asked}?", **{told: 0.45, asked: 0.5})
    return Parts(whole, [part(f"my {told} is here.", **{told: 0.9}), part(f"is it {asked}?", **{asked: 0.9})], [])


def asked_twice(first: str, second: str) -> Parts:
    whole = part(f"is it {first}? and is it {second}?", **{first: 0.5, second: 0.45})
    return Parts(whole, [part(f"is it {first}?", **{first: 0.9}), part(f"and is it {second}?", **{second: 0.9})], [])


OFTEN = ["ask_opening", "ask_contact", "ask_facilities", "ask_benefit_info", "ask_jobs", "ask_language"]
PAIRS = [(one, other) for one in OFTEN for other in OFTEN if one != other]


@pytest.fixture(scope="module")
def classifier() -> MeantClassifier:
    told = [(told_then_asked(one, other), {other}) for one, other in PAIRS[:-4] for _ in range(3)]
    both = [(asked_twice(one, other), {one, other}) for one, other in PAIRS[:-4] for _ in range(3)]
    return MeantClassifier([*told, *both])


def chances(classifier: MeantClassifier, parts: Parts) -> Mapping[str, float]:
    return dict(classifier.rank(parts))


def test_what_leads_up_to_a_question_is_not_meant(classifier: MeantClassifier) -> None:
    one, other = PAIRS[-1]
    found = chances(classifier, told_then_asked(one, other))
    assert found[other] > 0.5 > found[one]


def test_both_of_two_questions_are_meant(classifier: MeantClassifier) -> None:
    one, other = PAIRS[-2]
    found = chances(classifier, asked_twice(one, other))
    assert min(found[one], found[other]) > 0.5


def test_risks_and_answers_to_our_question_are_told_by_others(classifier: MeantClassifier) -> None:
    heard = Parts(part("yes", affirm=0.5, report_crisis_life=0.4), [], [])
    assert not set(chances(classifier, heard)) & {*RISK_OF_INTENT, *TOLD_APART}


def test_every_intent_that_may_be_meant_is_of_one_family() -> None:
    families = [intent for family in FAMILIES for intent in family]
    assert sorted(families) == sorted(set(KIND_OF_INTENT) - set(RISK_OF_INTENT) - TOLD_APART)


@pytest.mark.parametrize("file", sorted(MESSAGES.glob("*.yml")), ids=lambda file: file.stem)
def test_a_whole_message_asks_what_we_know(file: object) -> None:
    text = (MESSAGES / str(file)).read_text(encoding="utf-8")
    also = {intent for listed in re.findall(r"also: \[(.*)\]", text) for intent in listed.split(", ")}
    assert {*re.findall(r"- intent: (\w+)", text), *also} <= set(KIND_OF_INTENT)
    assert len(re.findall(r"- text:", text)) > 100


def test_a_model_that_is_mapped_holds_no_file_open_for_each_tree(classifier: MeantClassifier, tmp_path: Path) -> None:
    joblib.dump(classifier, tmp_path / "meant.joblib")
    mapped = joblib.load(tmp_path / "meant.joblib", mmap_mode="c")
    predictors = [tree for (tree,) in mapped._trees._predictors]
    assert predictors
    assert not any(isinstance(tree.nodes, np.memmap) for tree in predictors)
    parts = told_then_asked(*PAIRS[-1])
    assert mapped.rank(parts) == classifier.rank(parts)
