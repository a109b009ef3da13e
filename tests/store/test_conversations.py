"""Conversations, and the lease by which one worker at a time answers each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import Conflict, NotFound
from bot.store.unit_of_work import Store
from tests.builders import HOUR, NOW, keep_conversation, keep_incoming

MINUTE = HOUR / 60


def test_a_person_has_one_conversation_with_each_account_and_channel(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first = keep_conversation(work)
        assert keep_conversation(work) == first
        others = [
            keep_conversation(work, sender="person-2"),
            keep_conversation(work, account="JCPinHull"),
            keep_conversation(work, channel="x"),
        ]
        assert len({first.id, *(other.id for other in others)}) == 4
        assert work.conversations.get(first.id) == first
        assert {found.id for found in work.conversations.find_of_sender("person-1")} == {
            first.id,
            others[1].id,
            others[2].id,
        }
        assert work.conversations.find([first.id, "none"]) == [first]


def test_the_id_of_a_conversation_says_nothing_of_the_person(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work, sender="alice-brown")
        assert len(conversation.id) >= 16
        assert "alice" not in conversation.id


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"language": Language.WELSH}, id="language"),
        pytest.param({"is_stopped": True}, id="stopped"),
        pytest.param({"dialogue": {"pending": ["a", {"b": 1}], "ŵ": None}}, id="dialogue"),
    ],
)
def test_what_a_turn_changes_is_saved(each_store: Store, fields: dict[str, Any]) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work, is_trial=True), **fields)
        work.conversations.save(conversation)
        assert work.conversations.get(conversation.id) == conversation


def test_an_erased_conversation_is_not_saved(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        work.retention.erase_conversations([conversation.id], at=NOW)
        with pytest.raises(NotFound):
            work.conversations.save(conversation)
        with pytest.raises(NotFound):
            work.conversations.get(conversation.id)


def test_taking_gives_what_waits_in_order(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        waiting = [keep_incoming(work, conversation, text) for text in ("hello", "are you open")]
        taken = work.conversations.take(NOW, 60)
    assert taken is not None
    assert (taken.conversation.id, taken.messages) == (conversation.id, tuple(waiting))


def test_the_one_that_waited_longest_is_taken_first(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        order = [keep_conversation(work, sender=sender) for sender in ("b", "a", "c")]
        for conversation in (*order, order[0]):
            keep_incoming(work, conversation)
        taken = [work.conversations.take(NOW, 60) for _ in range(4)]
    assert [found.conversation.id if found else None for found in taken] == [*(c.id for c in order), None]


def test_one_conversation_can_be_asked_for(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first, second = keep_conversation(work), keep_conversation(work, sender="person-2")
        for conversation in (first, second):
            keep_incoming(work, conversation)
        taken = work.conversations.take(NOW, 60, conversation_id=second.id)
        assert taken is not None
        assert taken.conversation.id == second.id
        assert work.conversations.take(NOW, 60, conversation_id=second.id) is None


def test_nothing_is_taken_where_nothing_waits(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        assert work.conversations.take(NOW, 60) is None
        work.messages.mark_answered([keep_incoming(work, conversation).id])
        assert work.conversations.take(NOW, 60) is None


@pytest.mark.parametrize(
    ("minutes", "is_taken"),
    [pytest.param(0.99, False, id="before the lease ends"), pytest.param(1, True, id="as it ends")],
)
def test_a_lease_that_ended_can_be_taken_over(each_store: Store, minutes: float, is_taken: bool) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work))
        first = work.conversations.take(NOW, 60)
        second = work.conversations.take(NOW + minutes * MINUTE, 60)
    assert first is not None
    assert (second is not None) is is_taken


def test_what_was_taken_over_cannot_be_released_by_the_first_worker(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work))
        first, second = work.conversations.take(NOW, 60), work.conversations.take(NOW + MINUTE, 60)
        assert first is not None
        assert second is not None
        with pytest.raises(Conflict, match="another worker"):
            work.conversations.release(first.conversation.id, first.token)
        work.conversations.release(second.conversation.id, second.token)


def test_a_message_that_comes_during_a_turn_waits_for_the_next(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        early = keep_incoming(work, conversation, "hello")
        taken = work.conversations.take(NOW, 60)
        assert taken is not None
        late = keep_incoming(work, conversation, "are you open")
        assert work.conversations.take(NOW, 60) is None
        work.messages.mark_answered([early.id])
        work.conversations.release(conversation.id, taken.token)
        again = work.conversations.take(NOW, 60)
    assert again is not None
    assert again.messages == (late,)
