"""The same said in another way: names of places, numbers and exact words stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.testing.coverage import measure
from bot.testing.invariance import compare_variants, find_variants
from bot.testing.script import Conversation
from bot.testing.suite import Suite
from bot.testing.variations import VARIATIONS, Variant, World, vary
from tests.testing.runs import KNOWN, RIGHT, WRONG, played, turn

Turns = Callable[[str], Conversation]
SAID = "is wakefield really open tomorrow at 10:30?"


def said(conversation: Conversation, name: str, world: World) -> str:
    variant = vary(conversation, name, world)
    assert variant is not None
    return variant.conversation.turns[0].person[0]


@pytest.fixture
def asked(turns: Turns) -> Conversation:
    return turns(f'- {{person: "{SAID}", opening: open, offices: wakefield}}')


def test_a_typo_is_one_letter_in_a_word_that_is_no_place_and_always_the_same(
    asked: Conversation, places: World
) -> None:
    typed = said(asked, "typo", places)
    assert typed == said(asked, "typo", places)
    differing = [at for at, (a, b) in enumerate(zip(SAID, typed, strict=True)) if a != b]
    assert len(differing) == 1
    assert "wakefield" in typed
    assert "10:30" in typed


@pytest.mark.parametrize(
    ("name", "words"),
    [("capitals", SAID.upper()), ("thanks", f"{SAID} thanks")],
)
def test_other_variations_keep_every_word(asked: Conversation, places: World, name: str, words: str) -> None:
    assert said(asked, name, places) == words
    assert said(asked, "emoji", places).startswith(SAID)


def test_a_variation_that_changes_nothing_is_not_played(asked: Conversation, places: World) -> None:
    assert vary(asked, "small_letters", places) is None


def test_another_town_takes_its_place_in_words_and_commands(turns: Turns, places: World) -> None:
    conversation = turns(
        """
- {person: is wakefield open tomorrow, opening: open}
- staff: closures publish --office wakefield --cause fire --effect closed --from 2026-11-20 --until 2026-11-20 --by Pat
  person: are you sure about wakefield
  opening: closed
"""
    )
    variant = vary(conversation, "another_town", places)
    assert variant is not None
    (other,) = variant.offices.values()
    assert other != "wakefield"
    assert variant.offices == {"wakefield": other}
    assert places.hours[other] == places.hours["wakefield"] != []
    assert other in variant.conversation.turns[1].staff[0].command
    assert "wakefield" not in " ".join(turn.person[0].casefold() for turn in variant.conversation.turns)


@pytest.mark.parametrize(
    "turn",
    [
        "- {person: is leeds open tomorrow, opening: open}",
        "- {person: is wakefield or bury open tomorrow, opening: open}",
        "- {person: is wakefield open tomorrow, account: JCPinLeeds, opening: open}",
        "- {staff: closures watch --everywhere --from now --until today --cause fire --by Pat}\n"
        "- {person: is wakefield open, opening: unknown}",
        "- {person: hello, kind: greeting}",
    ],
    ids=["two offices", "two towns", "an account of a town", "a whole area", "no town"],
)
def test_what_is_tied_to_its_town_stays_there(turns: Turns, places: World, turn: str) -> None:
    assert vary(turns(turn), "another_town", places) is None


def test_exact_words_are_never_varied(asked: Conversation, places: World) -> None:
    exact = replace(asked, is_exact=True)
    assert find_variants([exact], places, every=True) == []
    assert [v.name for v in find_variants([asked], places, every=True)] == [
        name for name in VARIATIONS if name != "small_letters"
    ]
    assert find_variants([asked], places, every=False) == []
    asking = replace(asked, variations=("emoji",))
    assert [variant.name for variant in find_variants([asking], places, every=False)] == ["emoji"]


# ------------------------------------------------------------------ compared


def test_an_answer_that_changes_is_told_and_what_follows_it_is_not_looked_at(asked: Conversation) -> None:
    first, second = turn("is leeds open", "Yes.", found={"offices": ("a",)}), turn("and bury", "Yes.")
    original = played("right", first, second)
    other = played("right", turn("IS LEEDS OPEN", "?", kind="unclear", found={"offices": ("a",)}), second)
    same = played("right", turn("is hove open", "Yes.", found={"offices": ("b",)}), second)
    variants = [Variant("capitals", asked), Variant("another_town", asked, {"a": "b"})]
    invariance = compare_variants([original], variants, [other, same])
    assert {s.variation: (s.turns, s.unchanged) for s in invariance.shares} == {
        "capitals": (1, 0),
        "another_town": (2, 2),
    }
    assert [(c.variation, c.facts) for c in invariance.changes] == [("capitals", (("kind", "office_open", "unclear"),))]
    assert invariance.find_problems({"capitals": 0}) == []
    (problem,) = invariance.find_problems({})
    assert problem == "“capitals” left 0.0 % of the answers as they were: 100 % are asked for"


# ------------------------------------------------------------------ coverage


def test_coverage_counts_what_went_as_expected_and_names_what_never_did() -> None:
    suite = replace(Suite(Path("talks")), rules={"1": "first", "2": "second"})
    proved = played(
        "proved",
        turn(
            "ydy",
            "Ydy.",
            kind="office_hours",
            found={"language": ("cy",), "handoff": ("asked",), "redacted": ("postcode",)},
            responses=("utter_stopped",),
            effects=("closed", "watch"),
        ),
        rules=("2",),
    )
    groups = {group.name: group for group in measure(suite, [RIGHT, WRONG, KNOWN, proved])}
    assert groups["kinds"].met["office_open"] == 1
    assert groups["kinds"].met["office_hours"] == 1  # not the one that should have been another
    assert "foi" in groups["kinds"].never
    assert groups["rules"].met == {"1: first": 0, "2: second": 1}
    assert groups["rules"].percent == 50.0
    assert groups["responses_cy"].met["utter_stopped"] == 1
    assert groups["responses_en"].met["utter_stopped"] == 0
    assert (groups["effects"].met["closed"], groups["effects"].met["watch"]) == (1, 1)
    assert "moved" in groups["effects"].never
    assert groups["handoff"].met["asked"] == 1
    assert groups["redacted"].met["postcode"] == 1
