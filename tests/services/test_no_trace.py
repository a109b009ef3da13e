"""What is erased is nowhere afterwards: not in the tables, not in any byte of the database's files, not in a log."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.jobcentre.conversation import Author, Incoming, MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.services import conversations, retention
from bot.store import tables
from bot.store.engine import sqlite_file
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, NOW, keep_conversation

SENDER = "sender-4417239985"
MESSAGES = 40
SEED = 5


def words_of(chance: random.Random, number: int) -> str:
    """So many words that stand nowhere else."""
    return " ".join("".join(chance.choices("bcdfghjklmnpqrstvwxz", k=10)) for _ in range(number))


def keep_much(store: Store, at: Any) -> list[str]:
    """A person with every sort of text that is kept of them, among many others; returns the pieces that are theirs."""
    chance = random.Random(SEED)
    pieces = [SENDER]
    with store.unit_of_work() as work:
        for number in range(MESSAGES):
            own = words_of(chance, chance.choice((2, 30, 300)))
            pieces += [*own.split(), f"their-{number}"]
            keep_message(work, SENDER, own, f"their-{number}", at)
            pieces += keep_answer(work, SENDER, chance, at)
            for other in range(chance.randrange(4)):
                keep_message(work, f"other-{other}", words_of(chance, 40), f"other-{number}-{other}", at)
    with store.unit_of_work() as work:
        pieces += keep_case(work, chance, at)
    return pieces


def keep_message(work: UnitOfWork, sender: str, text: str, message_id: str, at: Any) -> None:
    incoming = Incoming("JCPinLeeds", sender, text, at, message_id)
    conversations.receive(work, incoming, text=text, redacted=(), risks=(), is_trial=False)


def keep_answer(work: UnitOfWork, sender: str, chance: random.Random, at: Any) -> list[str]:
    said, blank, error, name = (words_of(chance, 1) for _ in range(4))
    conversation = keep_conversation(work, sender)
    told: dict[str, Any] = {"author": Author.ADVISER, "author_name": name, "state": MessageState.QUEUED}
    reply = work.messages.add_outgoing(conversation, text=said, at=at, answers=[{"blanks": {"town": blank}}], **told)
    work.outbox.mark_sending(reply.id, at=at)
    work.outbox.mark_failed(reply.id, error=error)
    return [said, blank, error, name]


def keep_case(work: UnitOfWork, chance: random.Random, at: Any) -> list[str]:
    note, detail, place = (words_of(chance, 1) for _ in range(3))
    conversation = replace(keep_conversation(work, SENDER), dialogue={"office": place})
    work.conversations.save(conversation)
    work.messages.mark_ignored([message.id for message in work.messages.find_unanswered(conversation.id)])
    handoff = work.handoffs.open_one(conversation.id, HandoffReason.CRISIS, at=at)
    work.handoffs.add_note(handoff.id, note, by="Ann", at=at)
    work.handoffs.set_details(handoff.id, {"checklist": detail})
    work.handoffs.resolve(handoff.id, by="Ann", at=at)
    return [note, detail, place, conversation.id]


def everything(store: Store) -> str:
    """All that anybody could read: every row, and on SQLite every byte of every file beside the database."""
    with store.unit_of_work(write=False) as work:
        rows = [row for table in tables.metadata.sorted_tables for row in work.connection.execute(table.select())]
    file = sqlite_file(store.engine)
    return repr([tuple(row) for row in rows]) + "".join(part.read_bytes().decode("latin-1") for part in _files(file))


def _files(file: Path | None) -> list[Path]:
    return sorted(file.parent.glob(f"{file.name}*")) if file else []


def erase_by_name(work: UnitOfWork) -> None:
    retention.erase(work, SENDER, by="Ann", at=NOW)


def erase_by_age(work: UnitOfWork) -> None:
    retention.purge(work, by="Ann", at=NOW + 91 * DAY)


WAYS: dict[str, Callable[[UnitOfWork], None]] = {"by name": erase_by_name, "by age": erase_by_age}


@pytest.mark.parametrize("erase", WAYS.values(), ids=WAYS)
def test_what_is_erased_is_nowhere(
    each_store: Store, each_url: str, erase: Callable[[UnitOfWork], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pieces = keep_much(each_store, NOW)
    before = everything(each_store)
    assert [piece for piece in pieces if piece not in before] == [], "the search finds what is there"
    somebody = Store(each_url)  # a running assistant: its connection stays open
    with somebody.unit_of_work(write=False) as work:
        assert work.conversations.find_of_sender(SENDER)
    with each_store.unit_of_work() as work:
        erase(work)
    each_store.leave_no_trace()
    # The random id of an erased conversation stays, so that no backup brings it back. It leads nowhere.
    pieces.remove(pieces[-1])
    after = everything(each_store)
    assert [piece for piece in pieces if piece in after] == []
    assert [piece for piece in pieces if piece in caplog.text] == []
    somebody.close()


def test_what_a_person_has_deleted_is_nowhere(each_store: Store) -> None:
    *pieces, conversation_id = keep_much(each_store, NOW)
    pieces.remove(SENDER)  # their conversation goes on
    with each_store.unit_of_work() as work:
        last = work.messages.transcript(conversation_id, limit=1)[0].id
        retention.forget(work, conversation_id, before=last + 1, handoff=None, at=NOW)
    each_store.leave_no_trace()
    after = everything(each_store)
    assert [piece for piece in pieces if piece in after] == []


def test_who_wrote_stands_in_one_place(each_store: Store) -> None:
    """The link between the person on the channel and what they wrote: it goes with the conversation."""
    keep_much(each_store, NOW)
    with each_store.unit_of_work(write=False) as work:
        found = {
            f"{table.name}.{column.name}"
            for table in tables.metadata.sorted_tables
            for column in table.c
            if SENDER in repr(list(work.connection.execute(table.select().with_only_columns(column)).scalars()))
        }
    assert found == {"conversations.sender"}
