"""Conversations in plain words, played with the real assistant: the YAML files beside this one say what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.assistant.turn import Outcome
from tests.conversations.script import NOTHING, BadScript, Conversation, Turn, find_conversations

if TYPE_CHECKING:
    from tests.conversations.conftest import Stage

CONVERSATIONS = find_conversations()
INTRODUCTIONS = ("This is an automated assistant. Do not", "Cynorthwyydd awtomatig yw hwn. Peidiwch")
LONGEST = 1_500
"""Characters. The longest reply that is right names every nation's help in a crisis, beside a routine answer."""
_UNFINISHED = re.compile(r"\{\w*\}|\bNone\b|\butter_|\bnull\b|\s{3,}|\.\.|,,|\( | \)")


def _case(conversation: Conversation) -> Any:
    if not conversation.not_yet:
        return pytest.param(conversation, id=conversation.id)
    reason = f"not yet: {conversation.not_yet} (once it is right, take `not_yet` out of {conversation.file}.yml)"
    return pytest.param(conversation, id=conversation.id, marks=pytest.mark.xfail(reason=reason))


@pytest.mark.parametrize("conversation", [_case(conversation) for conversation in CONVERSATIONS])
def test_conversation(stage: Stage, conversation: Conversation) -> None:
    if faults := list(play(stage, conversation)):
        pytest.fail("\n\n".join(faults), pytrace=False)


def play(stage: Stage, conversation: Conversation) -> Iterator[str]:
    """What was wrong, turn by turn."""
    for words in conversation.staff:
        stage.command(words, conversation.begins_at)
    replies: list[str] = []
    for number, turn in enumerate(conversation.turns, start=1):
        for words in turn.staff:
            stage.command(words, turn.clock)
        outcome = stage.say(turn.person, conversation.account, turn.clock)
        replies.append(outcome.reply or "")
        if faults := [*differences(turn, outcome), *blemishes(replies)]:
            yield told(conversation, number, outcome, faults)


def told(conversation: Conversation, number: int, outcome: Outcome, faults: list[str]) -> str:
    turn = conversation.turns[number - 1]
    lines = [
        f"{conversation.file}.yml, conversation “{conversation.name}”, turn {number} ({turn.clock:%a %d %b %Y %H:%M}):",
        f"  person: {turn.person}",
        *(f"  WRONG:  {fault}" for fault in faults),
        f"  reply:  {outcome.reply}".replace("\n", "\n          "),
    ]
    return "\n".join(lines)


def differences(turn: Turn, outcome: Outcome) -> Iterator[str]:
    """Where the outcome is not what the turn expects."""
    expected = {
        "kind": turn.kind,
        "kinds": turn.kinds and sorted(turn.kinds),
        "opening": turn.opening,
        "offices": turn.offices and sorted(turn.offices),
        "day": turn.day,
        "topics": turn.topics and sorted(turn.topics),
        "asks": turn.asks,
        "language": turn.language,
        "handoff": turn.handoff,
        "state": turn.state,
        "redacted": turn.redacted and sorted(turn.redacted),
    }
    found = facts(outcome)
    for name, value in expected.items():
        if value is not None and found[name] != value:
            yield f"{name} should be {_shown(value)}, was {_shown(found[name])}"
    yield from _words(turn, outcome)


def facts(outcome: Outcome) -> dict[str, str | list[str]]:
    """An outcome in the words of the files."""
    kinds = [kind.value for kind in outcome.kinds]
    return {
        "kind": kinds[0] if kinds else NOTHING,
        "kinds": sorted(kinds),
        "opening": outcome.opening or NOTHING,
        "offices": sorted(outcome.offices) or [NOTHING],
        "day": outcome.at.date().isoformat() if outcome.at else NOTHING,
        "topics": sorted(outcome.topics) or [NOTHING],
        "asks": outcome.asks.value if outcome.asks else NOTHING,
        "language": outcome.language.value,
        "handoff": outcome.handoff.value if outcome.handoff else NOTHING,
        "state": outcome.state.value,
        "redacted": sorted(outcome.redacted) or [NOTHING],
    }


def _words(turn: Turn, outcome: Outcome) -> Iterator[str]:
    if turn.silent != (outcome.reply is None):
        yield "there should be no reply" if turn.silent else "there should be a reply"
        return
    reply = _flat(outcome.reply or "")
    if turn.begins is not None and not reply.startswith(_flat(turn.begins)):
        yield f"the reply should begin “{turn.begins}”"
    yield from (f"the reply should say “{words}”" for words in turn.says if _flat(words) not in reply)
    yield from (f"the reply must never say “{words}”" for words in turn.never_says if _flat(words) in reply)


def blemishes(replies: list[str]) -> Iterator[str]:
    """What no reply may ever have, whatever was asked; the last of the replies is looked at."""
    reply = replies[-1]
    if unfinished := _UNFINISHED.search(reply):
        yield f"the reply is unfinished at “{unfinished.group()}”"
    if len(reply) > LONGEST:
        yield f"the reply has {len(reply)} characters: it is too long"
    sentences = [line.strip() for line in reply.splitlines() if line.strip()]
    yield from (f"the reply says “{line}” twice" for line in dict.fromkeys(sentences) if sentences.count(line) > 1)
    introduced = [any(words in reply for words in INTRODUCTIONS) for reply in replies]
    if introduced[-1] and any(introduced[:-1]):
        yield "the assistant introduces itself a second time"


def _flat(words: str) -> str:
    """In small letters, straight quotes and single spaces: a file need not copy the typography."""
    return re.sub(r"\s+", " ", words.replace("’", "'")).casefold().strip()


def _shown(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else " + ".join(value)


def test_there_are_conversations_and_each_has_a_name_of_its_own() -> None:
    ids = [conversation.id for conversation in CONVERSATIONS]
    assert len(ids) >= 50
    assert len(set(ids)) == len(ids)


def test_a_wrong_reply_is_told_with_its_file_conversation_and_turn(stage: Stage) -> None:
    """The runner itself: a conversation that expects something else fails, and says where."""
    conversation = next(c for c in CONVERSATIONS if c.turns[0].kind == "greeting")
    turn = replace(conversation.turns[0], kind="goodbye", says=("We are open all night",))
    faults = list(play(stage, replace(conversation, turns=(turn,))))
    assert len(faults) == 1
    for words in (f"{conversation.file}.yml", conversation.name, "turn 1", "kind should be goodbye", "all night"):
        assert words in faults[0]


@pytest.mark.parametrize(
    "reply",
    ["Hello {name}.", "Closed because of None.", "Closed. \n\nClosed.", "x" * (LONGEST + 1)],
    ids=["a blank", "nothing", "the same twice", "too long"],
)
def test_a_blemished_reply_is_noticed(reply: str) -> None:
    assert list(blemishes([reply]))


@pytest.mark.parametrize(
    "line",
    ["- {person: hi, says_never: x}", "- {person: hi}", "- {kind: greeting}", "- {person: hi, kind: x, clock: noon}"],
    ids=["unknown name", "nothing expected", "nobody speaks", "no time"],
)
def test_a_slip_of_the_pen_in_a_file_is_an_error(tmp_path: Path, line: str) -> None:
    head = "clock: 2026-11-19 10:30\nconversations:\n  - name: one\n    turns:\n"
    (tmp_path / "slip.yml").write_text(f"{head}      {line}\n", encoding="utf-8")
    with pytest.raises(BadScript, match=r"slip\.yml"):
        find_conversations(tmp_path)
