""" "Delete my messages" is done at once, on disk too; what an open case needs stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bot.jobcentre.conversation import ConversationState, Direction, Incoming, Message
from bot.jobcentre.errors import Conflict
from bot.services import conversations
from bot.store.unit_of_work import UnitOfWork
from tests.assistant.worlds import World, kinds

ASKED = "is huddersfield open, I am the one in the purple hat"
TOLD = "purple hat"


def _on_disk(world: World) -> str:
    file = Path(str(make_url(world.url).database))
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*")).decode("utf-8", "replace")


@pytest.mark.parametrize("words", ["delete my messages", "please wipe this chat", "dilëwch fy negeseuon"])
def test_what_was_said_is_nowhere_afterwards(world: World, words: str) -> None:
    world.say(ASKED)
    assert TOLD in _on_disk(world)
    outcome = world.say(words)
    assert [kind.value for kind in outcome.kinds] == ["about"]
    assert [message.direction for message in world.transcript()] == [Direction.OUT]
    assert TOLD not in _on_disk(world)


def test_the_conversation_goes_on_without_what_it_was_about(world: World) -> None:
    world.say(ASKED)
    world.say("delete my messages")
    assert world.say("and tomorrow?").offices != ["huddersfield"]


def test_an_open_request_keeps_what_it_needs_and_nothing_else(world: World) -> None:
    world.say(ASKED)
    request = "Under the Freedom of Information Act, how many chairs does Wakefield jobcentre have"
    assert world.say(request).state.value == "waiting"
    outcome = world.say("delete my messages")
    assert "open case" in (outcome.reply or "")
    kept = [message.text for message in world.transcript() if message.direction is Direction.IN]
    assert kept[0] == request
    assert TOLD not in _on_disk(world)


def test_data_that_dwp_holds_is_another_matter(world: World) -> None:
    world.say(ASKED)
    outcome = world.say("how do I make dwp delete the data it holds on me")
    assert [kind.value for kind in outcome.kinds] == ["data_request"]
    assert TOLD in _on_disk(world)


def test_it_is_done_too_for_somebody_who_waits_for_a_person(world: World) -> None:
    world.say("i want to speak to a person")
    outcome = world.say("delete my messages")
    assert kinds(outcome) == ["about"]
    assert [message.direction for message in world.transcript()] == [Direction.OUT]
    assert outcome.state is ConversationState.WAITING


def test_a_message_that_comes_while_their_words_are_erased_begins_anew(quick: World) -> None:
    receive, erased = conversations.receive, []

    def erased_first(work: UnitOfWork, incoming: Incoming, **told: Any) -> Message:
        if not erased:
            erased.append(True)
            raise Conflict("what this belongs to was erased in the meantime")
        return receive(work, incoming, **told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversations, "receive", erased_first)
        assert quick.say("are you open").reply
    assert [message.direction for message in quick.transcript()] == [Direction.IN, Direction.OUT]
