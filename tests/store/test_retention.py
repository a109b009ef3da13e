"""What people wrote goes when they ask, and when it is old; what an open case needs stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.jobcentre.handoff import HandoffReason
from bot.store import tables
from bot.store.records import Erased
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, NOW, keep_conversation, keep_incoming


def rows_of(work: UnitOfWork) -> dict[str, int]:
    """How many rows each table about people holds."""
    about = (tables.conversations, tables.messages, tables.handoffs, tables.notes)
    return {table.name: len(work.connection.execute(table.select()).all()) for table in about}


def test_all_of_a_person_is_erased_and_nothing_of_others(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work, sender="person-2"))
        before = rows_of(work)
        for account in ("JCPinLeeds", "JCPinHull"):
            conversation = keep_conversation(work, account=account)
            keep_incoming(work, conversation)
            work.messages.add_outgoing(conversation, text="Yes.", at=NOW)
            handoff = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
            work.handoffs.add_note(handoff.id, "Called", by="Ann", at=NOW)
        assert work.retention.erase_sender("person-1") == Erased(2, 4)
        assert rows_of(work) == before
        assert work.retention.erase_sender("person-1") == Erased(0, 0)


@pytest.mark.parametrize(
    ("which", "erased"),
    [
        pytest.param({"account": "JCPinHull"}, 1, id="of one account"),
        pytest.param({"channel": "x"}, 1, id="of one channel"),
        pytest.param({"account": "JCPinHull", "channel": "x"}, 0, id="of both"),
    ],
)
def test_erasing_can_be_narrowed(each_store: Store, which: dict[str, Any], erased: int) -> None:
    with each_store.unit_of_work() as work:
        keep_conversation(work, account="JCPinHull")
        keep_conversation(work, channel="x")
        assert work.retention.erase_sender("person-1", **which).conversations == erased


@pytest.mark.parametrize(
    ("reason", "is_resolved", "kept"),
    [
        pytest.param(HandoffReason.CRISIS, False, 1, id="an open crisis"),
        pytest.param(HandoffReason.CRISIS, True, 0, id="a crisis that is over"),
        pytest.param(HandoffReason.ASKED, False, 0, id="another open handoff"),
    ],
)
def test_what_an_open_case_needs_is_kept(
    each_store: Store, reason: HandoffReason, is_resolved: bool, kept: int
) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation)
        handoff = work.handoffs.open_one(conversation.id, reason, at=NOW)
        if is_resolved:
            work.handoffs.resolve(handoff.id, by="Ann", at=NOW)
        erased = work.retention.erase_sender("person-1", keeping=[HandoffReason.CRISIS, HandoffReason.THREAT])
        assert erased == Erased(1 - kept, 1 - kept, kept)
        assert rows_of(work)["messages"] == kept


def test_the_history_of_a_conversation_is_erased_up_to_the_message_that_asks(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work), dialogue={"office": "leeds"})
        work.conversations.save(conversation)
        other = keep_incoming(work, keep_conversation(work, sender="person-2"))
        keep_incoming(work, conversation, "hello")
        asks = keep_incoming(work, conversation, "delete my messages")
        assert work.retention.erase_history(conversation.id, before=asks.id, remembering={"met": True}) == 1
        assert work.messages.transcript(conversation.id) == [asks]
        assert work.conversations.get(conversation.id).dialogue == {"met": True}
        assert work.messages.get(other.id) == other


def test_old_messages_and_silent_conversations_are_purged(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        silent, lively = keep_conversation(work), keep_conversation(work, sender="person-2")
        keep_incoming(work, silent, at=NOW - DAY)
        keep_incoming(work, lively, at=NOW - DAY)
        recent = keep_incoming(work, lively, at=NOW)
        assert work.retention.purge(NOW) == Erased(1, 2)
        assert work.messages.transcript(lively.id) == [recent]
        assert work.conversations.find([silent.id, lively.id]) == [work.conversations.get(lively.id)]


def test_purging_leaves_an_unresolved_handoff_whole(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        message = keep_incoming(work, conversation, at=NOW - DAY)
        handoff = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW - DAY)
        assert work.retention.purge(NOW) == Erased(0, 0)
        assert work.messages.transcript(conversation.id) == [message]
        work.handoffs.resolve(handoff.id, by="Ann", at=NOW)
        assert work.retention.purge(NOW) == Erased(1, 1)


def test_who_said_stop_stays_known_as_that(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work), is_stopped=True)
        work.conversations.save(conversation)
        keep_incoming(work, conversation, at=NOW - DAY)
        assert work.retention.purge(NOW) == Erased(0, 1)
        assert keep_conversation(work).is_stopped
