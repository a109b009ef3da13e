"""What people wrote goes when they ask, and when it is old; what an open case needs stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobcentre.handoff import HandoffReason
from bot.store import tables
from bot.store.records import Erased, Erasure, Marks
from bot.store.repositories.fingerprints import Fingerprints
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, HOUR, NOW, keep_conversation, keep_incoming

KEPT = {
    "before": NOW - 30 * DAY,
    "handoffs_before": NOW - 90 * DAY,
    "misses_before": NOW - 14 * DAY,
    "at": NOW,
}
SECOND = timedelta(seconds=1)


def rows_of(work: UnitOfWork) -> dict[str, int]:
    """How many rows each table about people holds."""
    about = (tables.conversations, tables.messages, tables.handoffs, tables.notes)
    return {table.name: len(work.connection.execute(table.select()).all()) for table in about}


def keep_resolved(
    work: UnitOfWork, conversation_id: str, at: datetime, reason: HandoffReason = HandoffReason.CRISIS, how: str = ""
) -> None:
    """A handoff of that conversation, with a note, resolved at that moment."""
    handoff = work.handoffs.open_one(conversation_id, reason, at=at)
    work.handoffs.add_note(handoff.id, "Called", by="Ann", at=at)
    work.handoffs.resolve(handoff.id, by="Ann", at=at, resolution=how or "resolved")


def test_all_of_a_conversation_is_erased_and_nothing_of_others(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work, sender="person-2"))
        before = rows_of(work)
        for account in ("JCPinLeeds", "JCPinHull"):
            conversation = keep_conversation(work, account=account)
            keep_incoming(work, conversation)
            work.messages.add_outgoing(conversation, text="Yes.", at=NOW)
            handoff = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
            work.handoffs.add_note(handoff.id, "Called", by="Ann", at=NOW)
        ids = [conversation.id for conversation in work.retention.find_of_sender("person-1")]
        assert work.retention.erase_conversations(ids, at=NOW) == Erased(2, 4)
        assert rows_of(work) == before
        assert work.retention.find_of_sender("person-1") == []
        assert {erasure.conversation_id for erasure in work.retention.get_marks().erasures} == set(ids)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        pytest.param({"account": "JCPinHull"}, 1, id="of one account"),
        pytest.param({"channel": "x"}, 1, id="of one channel"),
        pytest.param({"account": "JCPinHull", "channel": "x"}, 0, id="of both"),
    ],
)
def test_a_search_for_a_person_can_be_narrowed(each_store: Store, which: dict[str, Any], found: int) -> None:
    with each_store.unit_of_work() as work:
        keep_conversation(work, account="JCPinHull")
        keep_conversation(work, channel="x")
        assert len(work.retention.find_of_sender("person-1", **which)) == found


def test_the_history_of_a_conversation_is_erased_up_to_the_message_that_asks(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work), dialogue={"office": "leeds"})
        work.conversations.save(conversation)
        other = keep_incoming(work, keep_conversation(work, sender="person-2"))
        keep_incoming(work, conversation, "hello")
        keep_resolved(work, conversation.id, NOW)
        waits = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
        asks = keep_incoming(work, conversation, "delete my messages")
        erased = work.retention.erase_history(conversation.id, before=asks.id, remembering={"met": True}, at=NOW)
        assert erased == Erased(0, 1, handoffs=1)
        assert work.messages.transcript(conversation.id) == [asks]
        assert work.conversations.get(conversation.id).dialogue == {"met": True}
        assert work.handoffs.find_of(conversation.id) == [waits]
        assert work.messages.get(other.id) == other
        assert work.retention.get_marks().erasures == (Erasure(conversation.id, asks.id, NOW),)


# What is old


def test_old_messages_silent_dialogues_and_empty_conversations_are_purged(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        silent, lively = keep_conversation(work), keep_conversation(work, sender="person-2")
        for conversation in (silent, lively):
            work.conversations.save(replace(conversation, dialogue={"office": "leeds"}))
            keep_incoming(work, conversation, at=NOW - 31 * DAY)
        recent = keep_incoming(work, lively, at=NOW)
        assert work.retention.purge(**KEPT) == Erased(1, 2, dialogues=1)
        assert work.messages.transcript(lively.id) == [recent]
        assert work.conversations.find([silent.id, lively.id]) == [work.conversations.get(lively.id)]
        assert work.conversations.get(lively.id).dialogue == {"office": "leeds"}


@pytest.mark.parametrize(
    ("age", "is_kept"),
    [pytest.param(30 * DAY, True, id="of the day"), pytest.param(30 * DAY + SECOND, False, id="old")],
)
def test_messages_are_kept_as_long_as_said(each_store: Store, age: timedelta, is_kept: bool) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work), at=NOW - age)
        assert work.retention.purge(**KEPT).messages == 1 - is_kept


def test_purging_leaves_an_unresolved_handoff_whole(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work), dialogue={"office": "leeds"})
        work.conversations.save(conversation)
        message = keep_incoming(work, conversation, at=NOW - 300 * DAY)
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW - 300 * DAY)
        assert work.retention.purge(**KEPT) == Erased(0, 0)
        assert work.messages.transcript(conversation.id) == [message]
        assert work.conversations.get(conversation.id).dialogue == {"office": "leeds"}


@pytest.mark.parametrize(
    ("resolved", "how", "is_kept"),
    [
        pytest.param(90 * DAY, "resolved", True, id="resolved 90 days ago"),
        pytest.param(90 * DAY + SECOND, "resolved", False, id="resolved longer ago"),
        pytest.param(40 * DAY, "returned", True, id="given back to the assistant"),
        pytest.param(40 * DAY, "cancelled", False, id="taken back before anybody had it"),
    ],
)
def test_what_was_handed_to_people_is_kept_from_when_it_was_resolved(
    each_store: Store, resolved: timedelta, how: str, is_kept: bool
) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        before = keep_incoming(work, conversation, at=NOW - resolved - DAY)
        keep_resolved(work, conversation.id, NOW - resolved, how=how)
        keep_incoming(work, conversation, at=NOW - resolved + HOUR)  # the assistant's again: kept no longer than usual
        work.retention.purge(**KEPT)
        assert rows_of(work) == {
            "conversations": int(is_kept),
            "messages": int(is_kept),
            "handoffs": int(is_kept),
            "notes": int(is_kept),
        }
        assert work.messages.transcript(conversation.id) == ([before] if is_kept else [])


# Who said stop


@pytest.mark.parametrize("how", ["is_stopped", "is_blocked"])
def test_who_said_stop_or_is_blocked_is_known_again_and_not_named_meanwhile(each_store: Store, how: str) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        work.connection.execute(tables.conversations.update().values({how: True}))
        keep_incoming(work, conversation, at=NOW - 31 * DAY)
        assert work.retention.purge(**KEPT) == Erased(0, 1)
        kept = work.conversations.get(conversation.id)
        assert "person-1" not in repr(kept)
        assert work.retention.purge(**KEPT) == Erased(0, 0)
        assert work.conversations.get(conversation.id) == kept
        assert keep_conversation(work) == replace(kept, sender="person-1")
        assert getattr(kept, how)
        assert not getattr(keep_conversation(work, sender="person-2"), how)


def test_who_said_stop_is_erased_like_anybody_else(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = replace(keep_conversation(work), is_stopped=True)
        work.conversations.save(conversation)
        keep_incoming(work, conversation, at=NOW - 31 * DAY)
        work.retention.purge(**KEPT)
        assert [found.id for found in work.retention.find_of_sender("person-1")] == [conversation.id]
        work.retention.erase_conversations([conversation.id], at=NOW)
        assert rows_of(work)["conversations"] == 0


# Known again


def test_an_erased_message_is_known_again_for_31_days(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, external_id="m1", at=NOW)
        work.retention.erase_conversations([conversation.id], at=NOW)
        assert work.retention.was_erased("JCPinLeeds", "m1")
        assert not work.retention.was_erased("JCPinHull", "m1")
        assert not work.retention.was_erased("JCPinLeeds", "m2")
        for days, is_known in ((31, True), (32, False)):
            now = NOW + days * DAY
            work.retention.purge(before=now, handoffs_before=now, misses_before=now, at=now)
            assert work.retention.was_erased("JCPinLeeds", "m1") == is_known
        assert work.retention.get_marks() == Marks((), {})


def test_purged_messages_too_are_known_again_while_they_may_come_again(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, external_id="m1", at=NOW - 30 * DAY - HOUR)
        keep_incoming(work, conversation, external_id="m2", at=NOW - 40 * DAY)
        work.retention.purge(**KEPT)
        assert work.retention.was_erased("JCPinLeeds", "m1")
        assert not work.retention.was_erased("JCPinLeeds", "m2")


def test_what_is_kept_to_know_them_again_tells_nothing(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, external_id="1234567890")
        work.retention.erase_conversations([conversation.id], at=NOW)
        kept = repr([work.connection.execute(table.select()).all() for table in tables.metadata.sorted_tables])
        assert [told for told in ("person-1", "1234567890", "are you open") if told in kept] == []


def test_fingerprints_of_another_database_are_others(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first = Fingerprints(work.connection).of("JCPinLeeds", "m1")
        assert Fingerprints(work.connection).of("JCPinLeeds", "m1") == first
        assert Fingerprints(work.connection).of("JCPinLeedsm1") != first
        work.connection.execute(tables.settings.delete())
        assert Fingerprints(work.connection).of("JCPinLeeds", "m1") != first
