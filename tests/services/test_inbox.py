"""The lists of advisers, and what channels still take; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobcentre.conversation import Author, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason
from bot.services import handoffs, inbox, sends
from bot.services.sends import Left
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW, keep_conversation, keep_incoming

LEEDS, PLYMOUTH = "JCPinLeeds", "JCPinPlymouth"


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def waits(
    work: UnitOfWork, sender: str, reason: HandoffReason = HandoffReason.ASKED, *, hours: int = 1, account: str = LEEDS
) -> int:
    conversation = keep_conversation(work, sender, account=account)
    keep_incoming(work, conversation, f"first of {sender}", external_id=f"{sender}-1")
    keep_incoming(work, conversation, f"last of {sender}", external_id=f"{sender}-2")
    return work.handoffs.open_one(conversation.id, reason, at=NOW - hours * HOUR).id


def test_urgent_ones_then_the_longest_wait_then_those_that_somebody_has(store: Store) -> None:
    with store.unit_of_work() as work:
        short, long = waits(work, "a"), waits(work, "b", hours=3)
        urgent, theirs = waits(work, "c", HandoffReason.THREAT), waits(work, "d", HandoffReason.CRISIS, hours=9)
        elsewhere, ended = waits(work, "e", account=PLYMOUTH), waits(work, "f")
        handoffs.claim(work, theirs, by="Ann", at=NOW)
        handoffs.resolve(work, ended, by="Ann", at=NOW)
        assert [one.id for one in inbox.find_open(work, [LEEDS])] == [urgent, long, short, theirs]
        assert {one.id for one in inbox.find_open(work, None)} == {urgent, long, short, theirs, elsewhere}
        assert inbox.find_urgent(work, [LEEDS]) == [urgent]
        assert inbox.find_urgent(work, [PLYMOUTH]) == inbox.find_open(work, []) == []
        assert [entry.handoff.id for entry in inbox.find_resolved(work, None)] == [ended]


def test_trials_are_in_no_list(store: Store) -> None:
    with store.unit_of_work() as work:
        trial = work.conversations.get_or_create(LEEDS, "trial", "ask", is_trial=True)
        work.handoffs.open_one(trial.id, HandoffReason.CRISIS, at=NOW)
        assert inbox.find_open(work, None) == inbox.find_urgent(work, None) == []


def test_a_line_has_the_last_words_of_the_person(store: Store) -> None:
    with store.unit_of_work() as work:
        number = waits(work, "a")
        handoffs.claim(work, number, by="Ann", at=NOW)
        handoffs.reply(work, number, "Hello.", by="Ann", at=NOW)
        (entry,) = inbox.find(work, [number])
        assert entry.written
        assert (entry.written.text, entry.written.author) == ("last of a", Author.PERSON)
        with pytest.raises(NotFound):
            inbox.find(work, [number, 99])


def test_who_waits_past_the_target_is_late(store: Store) -> None:
    with store.unit_of_work() as work:
        late, early = waits(work, "a", HandoffReason.CRISIS), waits(work, "b")
        found = inbox.entries(work, inbox.find_open(work, None))
        assert inbox.find_late(work, found, at=NOW) == {late}
        handoffs.claim(work, late, by="Ann", at=NOW)
        found = inbox.entries(work, inbox.find_open(work, None))
        assert inbox.find_late(work, found, at=NOW + timedelta(days=7)) == {early}


def test_the_next_one_is_taken_until_nobody_waits(store: Store) -> None:
    with store.unit_of_work() as work:
        first, second = waits(work, "a", hours=2), waits(work, "b")
        waits(work, "c", account=PLYMOUTH)
        taken = [inbox.claim_next(work, [LEEDS], by=name, at=NOW) for name in ("Ann", "Bo", "Ann")]
        assert [(one.id, one.assignee) for one in taken if one] == [(first, "Ann"), (second, "Bo")]


def test_what_is_left_is_known_until_it_begins_anew(store: Store) -> None:
    with store.unit_of_work() as work:
        chat = keep_conversation(work, "a")
        on_x = keep_conversation(work, "b", channel="x")
        assert sends.find_left(work, chat, at=NOW) == Left(is_limited=False)
        assert sends.find_left(work, on_x, at=NOW) == Left(is_limited=True)
        sends.note_left(work, LEEDS, 7, resets_at=NOW + HOUR)
        assert sends.find_left(work, on_x, at=NOW) == Left(True, 7, NOW + HOUR)
        assert sends.find_left(work, on_x, at=NOW + HOUR) == Left(is_limited=True)


def test_only_what_has_surely_failed_is_sent_again(store: Store) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work, "a", channel="x")
        message = work.messages.add_outgoing(conversation, text="Hello.", at=NOW)
        work.outbox.mark_sending(message.id, at=NOW)
        work.outbox.mark_uncertain(message.id, error="no answer")
        with pytest.raises(Conflict, match="has not failed"):
            sends.send_again(work, conversation.id, message.id, by="Ann", at=NOW)
        lost = work.messages.add_outgoing(conversation, text="Hello?", at=NOW)
        work.outbox.mark_sending(lost.id, at=NOW)
        work.outbox.mark_failed(lost.id, error="refused")
        again = sends.send_again(work, conversation.id, lost.id, by="Ann", at=NOW + HOUR)
        assert again.state is MessageState.QUEUED
        due = work.outbox.next_to_send(NOW + HOUR)
        assert due
        assert due.message.id == lost.id
