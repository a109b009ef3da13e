"""What the processes of `test_processes.py` do. Light to import, for each process imports it anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import MessageState
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import HandoffReason
from bot.store.unit_of_work import Store

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=LONDON)

barrier: Any = None


def prepare(shared: Any) -> None:
    """Run once in each process."""
    global barrier
    barrier = shared


def together(url: str) -> Store:
    """The store, once every process has come this far."""
    store = Store(url)
    store.check()
    barrier.wait(60)
    return store


def claim(url: str, name: str, numbers: list[int]) -> list[int]:
    """Try to claim each handoff; returns those that became ours."""
    store, ours = together(url), []
    for number in numbers:
        try:
            with store.unit_of_work() as work:
                work.handoffs.claim(number, by=name, at=NOW)
            ours.append(number)
        except Conflict:
            continue
    store.close()
    return ours


def deliver(url: str, name: str, external_ids: list[str]) -> int:
    """Deliver each message to its person's conversation; returns how many were new."""
    store, new = together(url), 0
    for external_id in external_ids:
        with store.unit_of_work() as work:
            sender = f"person-{external_id[-1]}"
            conversation = work.conversations.get_or_create("JCPinLeeds", sender, "webchat")
            new += work.messages.add_incoming(conversation, external_id=external_id, text=name, at=NOW)[1]
    store.close()
    return new


def answer(url: str, name: str, _: object) -> list[tuple[str, int]]:
    """Take and answer until nothing waits; returns the conversation of each turn and its number of messages."""
    store, turns = together(url), []
    while True:
        with store.unit_of_work() as work:
            taken = work.conversations.take(NOW, 60)
        if taken is None:
            break
        with store.unit_of_work() as work:
            reply = work.messages.add_outgoing(taken.conversation, text=name, at=NOW)
            work.messages.mark_answered([message.id for message in taken.messages], reply.id)
            work.conversations.release(taken.conversation.id, taken.token)
        turns.append((taken.conversation.id, len(taken.messages)))
    store.close()
    return turns


def request(url: str, _: str, conversation_ids: list[str]) -> list[int]:
    """Open a handoff in each conversation; returns their numbers."""
    store, numbers = together(url), []
    for conversation_id in conversation_ids:
        with store.unit_of_work() as work:
            numbers.append(work.handoffs.open_one(conversation_id, HandoffReason.ASKED, at=NOW).id)
    store.close()
    return numbers


def send(url: str, name: str, _: object) -> list[int]:
    """Send until nothing is due; returns the numbers of the messages sent."""
    store, sent = together(url), []
    while True:
        try:
            with store.unit_of_work() as work:
                due = work.outbox.next_to_send(NOW)
                if due is None:
                    break
                work.outbox.mark_sending(due.message.id, at=NOW)
                before = [m for m in work.messages.transcript(due.conversation.id) if m.id < due.message.id]
                assert all(message.state is MessageState.SENT for message in before)
        except Conflict:
            continue
        with store.unit_of_work() as work:
            work.outbox.mark_sent(due.message.id, at=NOW, external_id=f"{name}-{due.message.id}")
        sent.append(due.message.id)
    store.close()
    return sent
