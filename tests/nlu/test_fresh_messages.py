"""Messages of many voices, each set written before anything was trained for it: how many get the right kinds.

The sets are samples, not a contract: a floor is a little under what was measured, so that a change which makes the
assistant understand people worse is seen, while one message more or less is not.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.kinds import Kind
from bot.settings import Settings
from bot.testing.checking import facts_of
from bot.testing.stage import Stage, ensure_model, make_world
from bot.testing.suite import Suite

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=LONDON)
HOSTILE = "hostile_messages.csv"
FLOORS = {
    "fresh_messages.csv": {"en": 0.93, "cy": 0.93},
    "harder_messages.csv": {"en": 0.86, "cy": 0.90},
    "freshest_messages.csv": {"en": 0.84, "cy": 0.90},
    "untouched_messages.csv": {"en": 0.82, "cy": 0.80},
    "untouched_again_messages.csv": {"en": 0.83, "cy": 0.83},
    "unheard_messages.csv": {"en": 0.79, "cy": 0.84},
    "latest_messages.csv": {"en": 0.80, "cy": 0.75},
    "newest_messages.csv": {"en": 0.83, "cy": 0.85},
    HOSTILE: {"en": 0.66, "cy": 0.62},
    "kept_messages.csv": {"en": 0.80, "cy": 0.80},
    "last_messages.csv": {"en": 0.86, "cy": 0.82},
    "later_messages.csv": {"en": 0.87, "cy": 0.87},
    "more_messages.csv": {"en": 0.86, "cy": 0.89},
}
"""The share of a set's messages in each language that must be answered with all the kinds they ask for. The hostile
ones, those by bodies, of stray letters and of wishes to be posted, are one in five of what ten writers wrote: the
rest is taught (docs/decisions/0019); those kept are one in six to eight of what eighteen more wrote, most of Welsh
that asks two things and of people at risk who say so in a roundabout way (0020). The others were written apart from
all training, one after the other, some of them in voices ever further off; from "freshest" on 84.0 %, 81.7 %, 76.7 %,
82.7 %, 86.7 %, 90.0 % and, the later ones, 90.7 % and 90.3 % were heard right at first. All are used for mending
since. A few short messages that are training phrases word for word are left out."""
PASSED_ON = {"official": 0.65, "misdirected_letter": 0.45, "threat": 0.5, "child_at_risk": 0.5}
"""The share of the messages for people that must reach them with that reason."""
PASSED_FOR_NOTHING = 0.01
MANY = 8
"""Messages of a kind from which on a share of them means something."""
KIND_FLOOR = 0.6
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Fresh:
    """A message, and what a right reply to it serves."""

    file: str
    message: str
    account: str
    language: str
    main: frozenset[str]
    """Any one of these kinds may come first."""
    also: frozenset[str]
    """All of these must be served."""
    handoff: str
    """Why people must see it; empty where they need not."""


@dataclass(frozen=True)
class Heard:
    fresh: Fresh
    kinds: tuple[str | None, ...]
    handoff: str

    @property
    def is_right(self) -> bool:
        return self.kinds[0] in self.fresh.main and self.fresh.also <= set(self.kinds)

    def __str__(self) -> str:
        return f"{self.fresh.message!r} is {' or '.join(sorted(self.fresh.main))}, heard as {self.kinds}"


def _read(file: str) -> Iterator[Fresh]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            kinds, also = frozenset(row["kind"].split()), frozenset(row["also"].split())
            yield Fresh(file, row["message"], row["account"], row["language"], kinds, also, row.get("handoff") or "")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[Heard]:
    """Every message, said by somebody new to the assistant with the sample data."""
    folder = tmp_path_factory.mktemp("fresh")
    ensure_model(Settings.read(os.environ))
    out = []
    with Stage(make_world(Suite(folder).data, folder / "world.db")) as stage:
        for number, fresh in enumerate(fresh for file in FLOORS for fresh in _read(file)):
            outcome = stage.say([fresh.message], fresh.account, f"person {number}", NOW)
            assert outcome is not None, fresh.message
            handoff = outcome.handoff.value if outcome.handoff else ""
            out.append(Heard(fresh, tuple(facts_of(outcome)["kinds"]), handoff))
    return out


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("file", FLOORS)
def test_most_messages_of_a_set_get_their_kinds(heard: list[Heard], file: str, language: str) -> None:
    said = [one for one in heard if (one.fresh.file, one.fresh.language) == (file, language)]
    wrong = [str(one) for one in said if not one.is_right]
    share = 1 - len(wrong) / len(said)
    assert share >= FLOORS[file][language], f"{share:.1%} of {len(said)}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("reason", PASSED_ON)
def test_most_of_what_people_must_see_is_passed_to_them(heard: list[Heard], reason: str) -> None:
    passed = [one.handoff == reason for one in heard if one.fresh.handoff == reason]
    assert sum(passed) / len(passed) >= PASSED_ON[reason]


def test_hardly_anything_else_is_passed_to_them(heard: list[Heard]) -> None:
    others = [one for one in heard if not one.fresh.handoff and not one.fresh.main & {"individual_case", "abuse"}]
    passed = [one.fresh.message for one in others if one.handoff in PASSED_ON]
    assert len(passed) / len(others) <= PASSED_FOR_NOTHING, passed


def test_no_kind_is_left_behind(heard: list[Heard]) -> None:
    by_kind: defaultdict[str, list[Heard]] = defaultdict(list)
    for one in (one for one in heard if one.fresh.file != HOSTILE):
        for kind in one.fresh.main:
            by_kind[kind].append(one)
    shares = {kind: sum(o.is_right for o in said) / len(said) for kind, said in by_kind.items() if len(said) >= MANY}
    assert {kind: round(share, 2) for kind, share in shares.items() if share < KIND_FLOOR} == {}


def test_the_sets_know_no_kind_but_ours() -> None:
    kinds = {kind for file in FLOORS for fresh in _read(file) for kind in fresh.main | fresh.also}
    assert kinds - {kind.value for kind in Kind} == set()
    assert {kind.value for kind in Kind} - kinds <= {"personal_data"}, "a kind that no message asks for"
