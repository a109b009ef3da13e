"""Conversations played with the real assistant, and what is made of its replies."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from bot.testing.checking import LONGEST, find_blemishes, find_faults
from bot.testing.playing import play
from bot.testing.result import Status
from bot.testing.script import FACTS, NOTHING, Conversation, Expected, Wanted
from bot.testing.stage import DATABASE, NOW, Stage

pytestmark = pytest.mark.xdist_group("conversation kit")
Turns = Callable[[str], Conversation]
FOUND = {**{name: (NOTHING,) for name in FACTS}, "kind": ("office_open",)}


def test_a_wrong_expectation_is_found_and_told(stage: Stage, turns: Turns) -> None:
    turn = """
- person: is wakefield open tomorrow?
  kind: office_hours
  opening: closed
  offices: wakefield
  says: [9am to 5pm, open all night]
  never_says: usually open
  words_at_most: 5
"""
    played = play(stage, turns(turn))
    assert played.status is Status.FAILED
    told = [fault.text for fault in played.faults]
    assert "kind should be office_hours, was office_open" in told
    assert "opening should be closed, was open" in told
    assert "the reply should say “open all night”" in told
    assert "the reply must never say “usually open”" in told
    assert any(text.endswith("words, more than 5") for text in told)
    assert len(told) == 5


def test_several_people_a_burst_and_an_adviser_in_one_conversation(stage: Stage, turns: Turns) -> None:
    played = play(
        stage,
        turns(
            """
- {person: can i speak to a human, handoff: asked, state: waiting}
- {as: another, person: is norwich open tomorrow, offices: norwich, state: assistant}
- adviser: [claim, reply: Hello there.]
- {person: are you there, silent: true, state: with_adviser}
- {as: another, person: [thank you, and is peckham open], offices: {includes: peckham}}
- adviser: {return: Nothing to do}
- {person: is norwich open tomorrow, kind: office_open, state: assistant}
"""
        ),
    )
    assert played.status is Status.PASSED, [fault.text for fault in played.faults]
    assert [turn.reply is None for turn in played.turns] == [False, False, True, True, False, True, False]


def test_each_conversation_has_a_world_of_its_own(stage: Stage, turns: Turns) -> None:
    shut = turns(
        """
- staff: closures publish --office norwich --cause flood --effect closed --from 2026-11-19 --until 2026-11-19 --by Pat
  person: is norwich open today
  opening: closed
"""
    )
    played = [play(stage, shut), play(stage, turns("- {person: is norwich open today, opening: open}"))]
    assert [one.status for one in played] == [Status.PASSED, Status.PASSED]
    assert played[0].turns[0].effects == ("closed",)
    assert played[1].turns[0].effects == ()


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (
            "- {staff: closures withdraw C9 --reason x --by Pat}",
            "withdraw C9 --reason x --by Pat ended with 2: ",
        ),
        ("- {adviser: claim}", "there is no handoff: a person does not wait for anybody"),
    ],
)
def test_a_command_that_fails_is_an_error_with_what_it_printed(
    stage: Stage, turns: Turns, turn: str, told: str
) -> None:
    played = play(stage, turns(turn))
    assert played.status is Status.ERROR
    assert told in played.error


def test_the_environment_is_left_as_it_was(stage: Stage, turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE, "sqlite:///elsewhere.db")
    monkeypatch.delenv(NOW, raising=False)
    play(stage, turns("- {person: hello, kind: greeting}"))
    assert os.environ[DATABASE] == "sqlite:///elsewhere.db"
    assert NOW not in os.environ


@pytest.mark.parametrize(
    "reply",
    ["Hello {name}.", "Closed because of None.", "Closed. \n\nClosed.", "x" * (LONGEST + 1)],
    ids=["a blank", "nothing", "the same twice", "too long"],
)
def test_a_blemish_is_noticed_whatever_was_expected(reply: str) -> None:
    assert list(find_blemishes(reply, 1))


def test_a_second_introduction_is_noticed() -> None:
    assert [fault.text for fault in find_blemishes("Hello.", 2)] == ["the assistant introduces itself a second time"]
    assert not list(find_blemishes("Hello.", 1))


@pytest.mark.parametrize(
    ("expected", "reply", "told"),
    [
        (Expected(is_silent=True), "Yes.", "there should be no reply"),
        (Expected(), None, "there should be a reply"),
        (Expected(begins=("No", "Nay")), "Yes.", "the reply should begin “No” or “Nay”"),
        (Expected(says=(("a", "b"),)), "Yes.", "the reply should say “a” or “b”"),
        (Expected({"opening": Wanted((("open",),))}), "Yes.", "opening should be open, was nothing"),
    ],
)
def test_a_fault_is_told_in_a_sentence(expected: Expected, reply: str | None, told: str) -> None:
    assert [fault.text for fault in find_faults(expected, FOUND, reply)] == [told]


def test_capitals_quotes_and_spaces_do_not_count() -> None:
    expected = Expected(says=(("we don't know",),), begins=("WE",))
    assert not list(find_faults(expected, FOUND, "We  don’t\nknow."))
