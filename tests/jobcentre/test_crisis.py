"""People in danger or in want are noticed in their own words; figures of speech are let pass.

`crisis_phrasings.csv` has one message a row: the risk it must raise (none: it must raise nothing), its language, and
whether it is `fresh`: written after the phrases in `data/crisis.json`, and never used to mend them. Fresh rows measure;
the rest must all be right.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobcentre.crisis import Risk, find_risks
from bot.jobcentre.text import LIMIT

TABLE = Path(__file__).parent / "crisis_phrasings.csv"


class Phrasing(NamedTuple):
    text: str
    risk: str
    language: str
    fresh: str

    @property
    def is_right(self) -> bool:
        risks = find_risks(self.text)
        return Risk(self.risk) in risks if self.risk else not risks


with TABLE.open(encoding="utf-8", newline="") as lines:
    PHRASINGS = [Phrasing(**row) for row in csv.DictReader(lines)]
KNOWN = [row for row in PHRASINGS if row.fresh == "no"]
FRESH = [row for row in PHRASINGS if row.fresh == "yes"]


@pytest.mark.parametrize("row", KNOWN, ids=[f"{row.risk or 'none'}: {row.text[:50]}" for row in KNOWN])
def test_a_known_phrasing_is_judged_rightly(row: Phrasing) -> None:
    assert row.is_right, find_risks(row.text)


@pytest.mark.parametrize(
    ("risks", "least"),
    [(("life",), 0.8), (("abuse",), 0.7), (("hardship",), 0.85), (("threat", "child"), 0.8), (("",), 0.9)],
    ids=["life", "abuse", "hardship", "threat and child", "none"],
)
def test_fresh_phrasings_are_mostly_judged_rightly(risks: tuple[str, ...], least: float) -> None:
    rows = [row for row in FRESH if row.risk in risks]
    wrong = [row.text for row in rows if not row.is_right]
    share = 1 - len(wrong) / len(rows)
    print(f"{' and '.join(risks) or 'none'}: {share:.0%} of {len(rows)} fresh phrasings; wrong: {wrong}")  # noqa: T201
    assert share >= least, wrong


def test_the_table_is_wide_enough_to_mean_something() -> None:
    count = Counter(row.risk for row in PHRASINGS)
    welsh = Counter(row.risk for row in PHRASINGS if row.language == "cy")
    assert count["life"] >= 120
    assert count["abuse"] >= 60
    assert count["hardship"] >= 60
    assert count["threat"] + count["child"] >= 40
    assert count[""] >= 200
    assert all(welsh[risk] >= count[risk] / 6 for risk in ("life", "abuse", "hardship"))
    assert len({row.text for row in PHRASINGS}) == len(PHRASINGS)


@pytest.mark.parametrize(
    ("message", "risks"),
    [
        ("", []),
        ("is leeds open", []),
        ("i have no food and i want to die", [Risk.LIFE, Risk.HARDSHIP]),
        ("no food in the house and my husband hits me", [Risk.ABUSE, Risk.HARDSHIP]),
        ("my feet are killing me. I want to kill myself", [Risk.LIFE]),
        ("starving lol. seriously though, my kids have no food", [Risk.HARDSHIP]),
        ("this queue is killing me, and the bus is late", []),
        ("I’m not suicidal but I don’t know who to ask", [Risk.LIFE]),
        ("I won't kill myself", [Risk.LIFE]),
        ("K I L L  M Y S E L F", [Risk.LIFE]),
        ("ki\u200bll my\u00adself", [Risk.LIFE]),
        ("ｋｉｌｌ ｍｙѕｅｌｆ", [Risk.LIFE]),
        ("i want to diiiiie!!!!", [Risk.LIFE]),
        ("su1c1de", [Risk.LIFE]),
        ("s*icide", [Risk.LIFE]),
        ("suiicde", [Risk.LIFE]),
        ("I WANT\n\nTO\tDIE", [Risk.LIFE]),
    ],
)
def test_order_mixtures_and_disguises(message: str, risks: list[Risk]) -> None:
    assert find_risks(message) == risks


ROUTINE = ("is leeds park place open tomorrow?", "what time do you close", "ydy’r swyddfa ar agor?", "thanks")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([row for row in KNOWN if row.risk]), st.sampled_from(ROUTINE), st.sampled_from([". ", "\n", "? "])
)
def test_a_routine_question_beside_it_hides_nothing(row: Phrasing, question: str, between: str) -> None:
    assert Risk(row.risk) in find_risks(question + between + row.text)
    assert Risk(row.risk) in find_risks(row.text + between + question)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_taken(message: str) -> None:
    assert len(set(find_risks(message))) == len(find_risks(message))


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "i want to ",
        "no ",
        "he ",
        "my partner ",
        "kill ",
        "a",
        ". ",
        "a.b.c.",
        "a1",
        "bottle of pills ",
        "rope ",
        "bye ",
    ],
)
def test_the_longest_message_takes_little_time(piece: str) -> None:
    message = (piece * LIMIT)[:LIMIT]
    started = time.process_time()
    find_risks(message)
    assert time.process_time() - started < 1
