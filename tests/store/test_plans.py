"""What every turn and every poll asks reads an index, so that it costs the same in a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.miss import Why
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, NOW, keep_conversation, keep_incoming
from tests.store.queries import recorded

QUESTIONS: dict[str, Callable[[UnitOfWork, Any], Any]] = {
    "find the conversation": lambda work, _: keep_conversation(work),
    "keep a message": lambda work, c: work.messages.add_incoming(c, external_id="new", text="hello", at=NOW),
    "take the next conversation": lambda work, _: work.conversations.take(NOW, 60),
    "take one conversation": lambda work, c: work.conversations.take(NOW, 60, conversation_id=c.id),
    "what is unanswered": lambda work, c: work.messages.find_unanswered(c.id),
    "mark answered": lambda work, c: work.messages.mark_answered([1]),
    "the next to send": lambda work, _: work.outbox.next_to_send(NOW),
    "the next to send on a channel": lambda work, _: work.outbox.next_to_send(NOW, channel="webchat"),
    "attempts that never ended": lambda work, _: work.outbox.expire_sending(NOW),
    "the transcript": lambda work, c: work.messages.transcript(c.id),
    "what is new": lambda work, c: work.messages.find_after(c.id, 1),
    "what waits": lambda work, _: work.messages.count_waiting(),
    "the unresolved handoff": lambda work, c: work.handoffs.unresolved_of(c.id),
    "open a handoff": lambda work, c: work.handoffs.open_one(c.id, HandoffReason.ASKED, at=NOW),
    "claim a handoff": lambda work, _: work.handoffs.claim(1, by="Ann", at=NOW),
    "the queue": lambda work, _: work.handoffs.find_waiting(),
    "who spoke last": lambda work, c: work.messages.last_said([c.id]),
    "note what was not understood": lambda work, _: work.misses.add(1, Why.REPHRASE, Language.ENGLISH, at=NOW),
    "what was not understood of one": lambda work, c: work.misses.find_of_conversation(c.id),
    "alarms that are due": lambda work, _: work.alarms.find_due(NOW),
    "who looks": lambda work, _: work.viewers.find([1], since=NOW),
    "what became of handoffs": lambda work, _: work.outcomes.find(NOW.date(), NOW.date()),
    "closures now": lambda work, _: work.closures.find(at=NOW),
    "closures and watches of a window": lambda work, _: work.closures.find_watches(start=NOW, end=NOW + DAY),
    "whether offices changed": lambda work, _: work.offices.revision(),
    "what came in lately": lambda work, _: work.messages.count_incoming("x", at=NOW),
    "who is blocked": lambda work, _: work.conversations.find_blocked(),
    "who is blocked on some accounts": lambda work, c: work.conversations.find_blocked([c.account]),
    "what may be told to the public": lambda work, _: work.closures.find_stamps(NOW),
    "the history of a closure": lambda work, _: work.audit.find(subject_type="closure", subject_id="C1"),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_whole_table_is_read(store: Store, ask: Callable[[UnitOfWork, Any], Any]) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation)
        work.messages.add_outgoing(conversation, text="Yes.", at=NOW)
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
        with recorded(store) as queries:
            ask(work, conversation)
        assert queries
        assert queries.scans(work) == []


@pytest.mark.parametrize("name", ["take the next conversation", "the next to send"])
def test_queues_are_read_in_the_order_of_their_index(store: Store, name: str) -> None:
    """No sorting: the first row that fits is the answer."""
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation)
        work.messages.add_outgoing(conversation, text="Yes.", at=NOW)
        with recorded(store) as queries:
            QUESTIONS[name](work, conversation)
        assert not [step for step in queries.plan(work) if "TEMP B-TREE" in step and "LAST TERM" not in step]


@pytest.mark.parametrize("by", [("kind", "outcome"), ("office_id",), ("hour",)], ids="/".join)
@pytest.mark.parametrize("accounts", [None, ["JCPinLeeds"]], ids=["all accounts", "one account"])
def test_what_was_asked_is_counted_as_it_stands_in_an_index(
    store: Store, by: tuple[str, ...], accounts: list[str] | None
) -> None:
    with store.unit_of_work() as work:
        with recorded(store) as queries:
            work.statistics.count(NOW.date() - 365 * DAY, NOW.date(), by, accounts)
        steps = queries.plan(work)
    assert [step for step in steps if "TEMP B-TREE" in step] == []
    assert all("COVERING INDEX" in step for step in steps if "statistics" in step)


def test_a_scan_would_be_noticed(store: Store) -> None:
    with store.unit_of_work() as work:
        with recorded(store) as queries:
            work.connection.exec_driver_sql("SELECT * FROM messages WHERE text = 'x'").all()
        assert queries.scans(work) == ["SCAN messages"]
