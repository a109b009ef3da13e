"""What the classifier sees of a message."""

from __future__ import annotations

import pytest

from bot.jobcentre.masks import BODY, DAY, HABIT, PLACE, SHOP, find_elsewhere, masked


def test_spans_are_masked_in_any_order_and_overlap_once() -> None:
    text = "is leeds open monday"
    assert masked(text, [(14, 20, DAY), (3, 8, PLACE)]) == f"is {PLACE} open {DAY}"
    assert masked(text, [(3, 8, PLACE), (5, 8, HABIT)]) == f"is {PLACE} open monday"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("what time does tesco shut", f"what time does {SHOP} shut"),
        ("is the swimming-pool open", f"is {SHOP} open"),
        ("Sainsbury’s opening times", f"{SHOP} opening times"),
        ("is the town hall open", f"is {BODY} open"),
        ("ydi'r llyfrgell ar agor", f"ydi'r {BODY} ar agor"),
        ("ydi'r gampfa ar agor", f"ydi'r {SHOP} ar agor"),
        ("the jobcentre opposite the cinema", "the jobcentre opposite the cinema"),
        ("y swyddfa ger tesco", "y swyddfa ger tesco"),
        ("any tesco jobs going", "any tesco jobs going"),
        ("any work at asda", "any work at asda"),
        ("is the job shop open", "is the job shop open"),
        ("gymru am byth", "gymru am byth"),
    ],
)
def test_another_establishment_is_masked_but_no_landmark_and_no_employer(text: str, seen: str) -> None:
    assert masked(text, find_elsewhere(text)) == seen
