"""The outbox: each conversation's messages are sent in order, and never twice by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobcentre.conversation import Conversation, Message, MessageState
from bot.jobcentre.errors import Conflict
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW, keep_conversation
from tests.store.queries import recorded


def queue(work: UnitOfWork, conversation: Conversation, **fields: Any) -> Message:
    return work.messages.add_outgoing(conversation, **{"text": "Yes.", "at": NOW, **fields})


def next_id(work: UnitOfWork, **which: Any) -> int | None:
    due = work.outbox.next_to_send(which.pop("now", NOW), **which)
    return due.message.id if due else None


def test_what_is_due_comes_with_whom_it_is_for(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        message = queue(work, conversation)
        due = work.outbox.next_to_send(NOW)
    assert due is not None
    assert (due.message, due.conversation, due.attempts) == (message, conversation, 0)


def test_a_message_is_sent_from_its_time_on(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        message = queue(work, keep_conversation(work), send_at=NOW + HOUR)
        assert next_id(work, now=NOW + HOUR / 2) is None
        assert next_id(work, now=NOW + HOUR) == message.id


def test_a_later_message_waits_for_the_earlier_one_of_its_conversation(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first, second = keep_conversation(work), keep_conversation(work, sender="person-2")
        one, two, three = queue(work, first), queue(work, first), queue(work, second)
        work.outbox.mark_sending(one.id, at=NOW)
        assert next_id(work) == three.id
        work.outbox.mark_failed(one.id, error="503", retry_at=NOW + HOUR)
        assert next_id(work) == three.id
        work.outbox.mark_sending(three.id, at=NOW)
        assert next_id(work) is None
        assert next_id(work, now=NOW + HOUR) == one.id
        work.outbox.mark_sending(one.id, at=NOW + HOUR)
        work.outbox.mark_sent(one.id, at=NOW + HOUR)
        assert next_id(work, now=NOW + HOUR) == two.id


def test_each_channel_and_account_has_its_own_queue(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        queue(work, keep_conversation(work, channel="webchat"))
        x = queue(work, keep_conversation(work, channel="x"))
        hull = queue(work, keep_conversation(work, channel="x", account="JCPinHull"))
        assert next_id(work, channel="x") == x.id
        assert next_id(work, account="JCPinHull") == hull.id
        assert next_id(work, channel="email") is None


def test_attempts_are_counted(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        message = queue(work, keep_conversation(work))
        for _ in range(2):
            work.outbox.mark_sending(message.id, at=NOW)
            work.outbox.mark_failed(message.id, error="503", retry_at=NOW)
        due = work.outbox.next_to_send(NOW)
    assert due is not None
    assert due.attempts == 2


@pytest.mark.parametrize(
    ("end", "state"),
    [
        pytest.param(lambda work, n: work.outbox.mark_sent(n, at=NOW), MessageState.SENT, id="sent"),
        pytest.param(lambda work, n: work.outbox.mark_failed(n, error="403"), MessageState.FAILED, id="failed"),
        pytest.param(lambda work, n: work.outbox.mark_uncertain(n, error="x"), MessageState.UNCERTAIN, id="uncertain"),
    ],
)
def test_an_attempt_ends_once(each_store: Store, end: Any, state: MessageState) -> None:
    with each_store.unit_of_work() as work:
        message = queue(work, keep_conversation(work))
        with pytest.raises(Conflict):
            end(work, message.id)
        work.outbox.mark_sending(message.id, at=NOW)
        with pytest.raises(Conflict):
            work.outbox.mark_sending(message.id, at=NOW)
        end(work, message.id)
        assert work.messages.get(message.id).state is state
        with pytest.raises(Conflict):
            end(work, message.id)
        assert next_id(work, now=NOW + HOUR) is None


def test_why_a_message_failed_is_told_until_it_arrives(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        message = queue(work, keep_conversation(work))
        assert message.error is None
        work.outbox.mark_sending(message.id, at=NOW)
        work.outbox.mark_failed(message.id, error="503", retry_at=NOW)
        assert work.messages.get(message.id).error == "503"
        work.outbox.mark_sending(message.id, at=NOW)
        work.outbox.mark_sent(message.id, at=NOW)
        assert work.messages.get(message.id).error is None


def test_all_that_is_due_comes_in_order_for_the_accounts_asked_about(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        late = queue(work, keep_conversation(work, channel="x"), send_at=NOW - HOUR / 2)
        early = queue(work, keep_conversation(work, channel="x", sender="person-2"), send_at=NOW - HOUR)
        queue(work, keep_conversation(work, channel="x", account="JCPinHull"))
        wanted = {"channel": "x", "accounts": ["JCPinLeeds", "JCPinYork"]}
        assert [due.message.id for due in work.outbox.find_due(NOW, **wanted)] == [early.id, late.id]
        assert [due.message.id for due in work.outbox.find_due(NOW, **wanted, limit=1)] == [early.id]
        assert work.outbox.find_due(NOW, channel="x", accounts=[]) == []


def test_a_look_in_vain_is_one_question(store: Store) -> None:
    with store.unit_of_work() as work:
        queue(work, keep_conversation(work, channel="x"), send_at=NOW + HOUR)
        with recorded(store) as queries:
            assert work.outbox.find_due(NOW, channel="x", accounts=["JCPinLeeds"]) == []
            assert work.outbox.find_in_doubt(NOW, channel="x", accounts=["JCPinLeeds"]) == []
        assert len(queries) == 2
        assert queries.scans(work) == []


def test_a_stale_message_is_not_sent(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        message = queue(work, keep_conversation(work))
        work.outbox.mark_stale(message.id)
        assert next_id(work) is None
        assert work.messages.get(message.id).state is MessageState.STALE


def test_an_attempt_that_never_ended_becomes_uncertain(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        old, new = queue(work, keep_conversation(work)), queue(work, keep_conversation(work, sender="person-2"))
        work.outbox.mark_sending(old.id, at=NOW)
        work.outbox.mark_sending(new.id, at=NOW + HOUR)
        assert work.outbox.expire_sending(NOW + HOUR) == 1
        assert work.messages.get(old.id).state is MessageState.UNCERTAIN
        assert work.messages.get(new.id).state is MessageState.SENDING
