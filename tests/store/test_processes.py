"""Several processes at once on one database: nothing twice, nothing lost, nobody refused.

Processes and not threads: two threads of one process may hide what two processes do to each other.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from multiprocessing.pool import Pool
from typing import Any

import pytest

from bot.jobcentre.conversation import MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.store.unit_of_work import Store
from tests.builders import NOW, keep_conversation, keep_incoming
from tests.store import workers

PROCESSES = 8


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, workers.prepare, (context.Barrier(PROCESSES),)) as processes:
        yield processes


def all_at_once(pool: Pool, work: Any, url: str, shared: object) -> list[Any]:
    """Run the work in each process, all starting at the same moment; returns what each of them gave."""
    return pool.starmap(work, [(url, f"worker-{number}", shared) for number in range(PROCESSES)], chunksize=1)


def test_each_handoff_is_claimed_once(pool: Pool, each_url: str, each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversations = [keep_conversation(work, sender=f"person-{number}") for number in range(100)]
        numbers = [work.handoffs.open_one(c.id, HandoffReason.ASKED, at=NOW).id for c in conversations]
    claimed = all_at_once(pool, workers.claim, each_url, numbers)
    assert sorted(number for ours in claimed for number in ours) == numbers
    with each_store.unit_of_work(write=False) as work:
        held = {handoff.id: handoff.assignee for handoff in work.handoffs.find_assigned()}
    assert held == {number: f"worker-{index}" for index, ours in enumerate(claimed) for number in ours}


def test_each_message_is_kept_once_however_often_it_comes(pool: Pool, each_url: str, each_store: Store) -> None:
    external_ids = [f"m{number}" for number in range(50)]
    new = all_at_once(pool, workers.deliver, each_url, external_ids)
    assert sum(new) == 50
    with each_store.unit_of_work(write=False) as work:
        conversations = [found for n in range(10) for found in work.conversations.find_of_sender(f"person-{n}")]
        kept = [message.external_id for c in conversations for message in work.messages.transcript(c.id)]
    assert len(conversations) == 10
    assert sorted(kept) == sorted(external_ids)  # type: ignore[type-var]


def test_each_conversation_is_answered_once(pool: Pool, each_url: str, each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversations = [keep_conversation(work, sender=f"person-{number}") for number in range(60)]
        for conversation in conversations * 2:
            keep_incoming(work, conversation)
    turns = [turn for ours in all_at_once(pool, workers.answer, each_url, None) for turn in ours]
    assert Counter(turns) == Counter((conversation.id, 2) for conversation in conversations)
    with each_store.unit_of_work(write=False) as work:
        assert work.messages.count_waiting()[MessageState.QUEUED] == 60
        assert work.messages.count_waiting()[MessageState.RECEIVED] == 0


def test_a_conversation_gets_one_handoff(pool: Pool, each_url: str, each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        ids = [keep_conversation(work, sender=f"person-{number}").id for number in range(20)]
    numbers = all_at_once(pool, workers.request, each_url, ids)
    assert all(ours == numbers[0] for ours in numbers)
    assert len(set(numbers[0])) == 20


def test_each_message_is_sent_once_and_after_those_before_it(pool: Pool, each_url: str, each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversations = [keep_conversation(work, sender=f"person-{number}") for number in range(10)]
        queued = [work.messages.add_outgoing(c, text="Yes.", at=NOW).id for c in conversations * 6]
    sent = all_at_once(pool, workers.send, each_url, None)
    assert sorted(number for ours in sent for number in ours) == queued
