"""Messages: kept once, answered once, read in order."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobcentre.conversation import Author, Direction, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.store.unit_of_work import Store
from tests.builders import DAY, HOUR, NOW, keep_conversation, keep_incoming


def test_a_message_comes_back_as_it_was_kept(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        message, is_new = work.messages.add_incoming(
            conversation,
            external_id="m1",
            text="my number is [National Insurance number removed] 🙂",
            at=NOW,
            redacted=["national_insurance_number"],
            risks=["crisis_life"],
            details={"length": 12},
        )
        assert is_new
        assert work.messages.get(message.id) == message
        assert work.conversations.get(conversation.id).last_in_at == NOW
    assert (message.direction, message.author, message.state) == (Direction.IN, Author.PERSON, MessageState.RECEIVED)
    assert (message.external_id, message.redacted, message.risks) == (
        "m1",
        ("national_insurance_number",),
        ("crisis_life",),
    )
    assert (message.at, message.details) == (NOW, {"length": 12})


def test_a_message_delivered_twice_is_kept_once(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        first = keep_incoming(work, conversation, "hello", external_id="m1")
        work.messages.mark_answered([first.id])
        again, is_new = work.messages.add_incoming(conversation, external_id="m1", text="changed", at=NOW + HOUR)
        assert (again.id, again.text, again.state, is_new) == (first.id, "hello", MessageState.ANSWERED, False)
        assert work.conversations.get(conversation.id).last_in_at == NOW
        other = keep_conversation(work, account="JCPinHull")
        assert keep_incoming(work, other, external_id="m1").id != first.id


def test_an_outgoing_message_may_have_any_id_of_the_channel(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, external_id="m1")
        for _ in range(2):
            message = work.messages.add_outgoing(conversation, text="Hello.", at=NOW)
            work.outbox.mark_sending(message.id, at=NOW)
            work.outbox.mark_sent(message.id, at=NOW, external_id="m1")


def test_an_outgoing_message_keeps_what_it_was_made_from(each_store: Store) -> None:
    answers: list[dict[str, Any]] = [{"response": "utter_office_open", "blanks": {"office": "Leeds"}, "at": None}]
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        question = keep_incoming(work, conversation)
        message = work.messages.add_outgoing(
            conversation,
            text="Open until 5pm.",
            at=NOW,
            author=Author.ADVISER,
            author_name="Ann",
            answers=answers,
            in_reply_to=question.id,
        )
        assert work.messages.get(message.id) == message
    assert (message.direction, message.author, message.author_name) == (Direction.OUT, Author.ADVISER, "Ann")
    assert (message.answers, message.in_reply_to) == (tuple(answers), question.id)
    assert message.state is MessageState.QUEUED


@pytest.mark.parametrize(
    ("settle", "state"),
    [
        pytest.param("mark_answered", MessageState.ANSWERED, id="answered"),
        pytest.param("mark_ignored", MessageState.IGNORED, id="ignored"),
    ],
)
def test_messages_are_settled_once(each_store: Store, settle: str, state: MessageState) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        ids = [keep_incoming(work, conversation).id for _ in range(3)]
        getattr(work.messages, settle)(ids[:2])
        assert [work.messages.get(number).state for number in ids] == [state, state, MessageState.RECEIVED]
        assert [message.id for message in work.messages.find_unanswered(conversation.id)] == ids[2:]
    with pytest.raises(Conflict), each_store.unit_of_work() as work:
        work.messages.mark_answered(ids[1:])
    with each_store.unit_of_work() as work:
        assert work.messages.get(ids[2]).state is MessageState.RECEIVED


def test_a_turn_whose_messages_were_erased_meanwhile_keeps_nothing(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        message = keep_incoming(work, keep_conversation(work))
        work.retention.erase_conversations([message.conversation_id], at=NOW)
    with pytest.raises(Conflict), each_store.unit_of_work() as work:
        work.messages.mark_answered([message.id])
    with each_store.unit_of_work() as work, pytest.raises(NotFound):
        work.messages.get(message.id)


def test_a_transcript_is_the_last_messages_in_order(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation, other = keep_conversation(work), keep_conversation(work, sender="person-2")
        keep_incoming(work, other)
        ids = [keep_incoming(work, conversation).id for _ in range(5)]
        ids.append(work.messages.add_outgoing(conversation, text="Yes.", at=NOW).id)
        read = work.messages

        def numbers(found: list[Any]) -> list[int]:
            return [message.id for message in found]

        assert numbers(read.transcript(conversation.id)) == ids
        assert numbers(read.transcript(conversation.id, limit=2)) == ids[-2:]
        assert numbers(read.transcript(conversation.id, limit=2, before=ids[3])) == ids[1:3]
        assert numbers(read.find_after(conversation.id, ids[3])) == ids[4:]
        assert numbers(read.find_after(conversation.id, limit=1)) == ids[:1]


def test_numbers_grow_and_are_not_used_again(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first = keep_incoming(work, keep_conversation(work))
        work.retention.erase_conversations([first.conversation_id], at=NOW)
        assert keep_incoming(work, keep_conversation(work)).id > first.id


def test_what_waits_is_counted(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        for _ in range(3):
            keep_incoming(work, conversation)
        work.messages.add_outgoing(conversation, text="Yes.", at=NOW)
        assert work.messages.count_waiting() == {
            MessageState.RECEIVED: 3,
            MessageState.QUEUED: 1,
            MessageState.SENDING: 0,
        }


def test_what_came_in_lately_is_counted_by_account_and_beside_what_usually_does(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        leeds, york = (keep_conversation(work, account=name, channel="x") for name in ("JCPinLeeds", "JCPinYork"))
        for ago in (HOUR, DAY - HOUR, DAY, 2 * DAY, 14 * DAY, 16 * DAY):
            keep_incoming(work, leeds, at=NOW - ago)
        keep_incoming(work, york, at=NOW)
        keep_incoming(work, york, at=NOW + HOUR)
        keep_incoming(work, keep_conversation(work, channel="webchat"), at=NOW)
        work.messages.add_outgoing(york, text="Yes.", at=NOW)
        assert work.messages.count_incoming("x", at=NOW) == {"JCPinLeeds": (2, 3 / 14), "JCPinYork": (1, None)}
