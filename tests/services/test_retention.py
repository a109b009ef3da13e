"""Removing what people wrote."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.jobcentre.conversation import Incoming
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.handoff import HandoffReason
from bot.services import conversations, retention, subject_access
from bot.services.retention import Keeping
from bot.store.records import Erased
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, NOW, keep_conversation, keep_incoming


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS: dict[str, Any] = {"by": "Ann", "at": NOW}


def test_a_person_is_erased_and_the_history_does_not_name_them(store: Store) -> None:
    with store.unit_of_work() as work:
        for account in ("JCPinLeeds", "JCPinPlymouth"):
            keep_incoming(work, keep_conversation(work, "person-1", account=account))
        keep_incoming(work, keep_conversation(work, "person-2"))
        assert retention.erase(work, "person-1", account="JCPinLeeds", **SAYS) == Erased(1, 1)
        assert retention.erase(work, "person-1", **SAYS) == Erased(1, 1)
        assert work.conversations.find_of_sender("person-1") == []
        assert len(work.conversations.find_of_sender("person-2")) == 1
        events = work.audit.find(action="erase")
        assert len(events) == 2
        assert "person-1" not in repr(events)


def keep_case(work: UnitOfWork, reason: HandoffReason) -> tuple[str, int]:
    """A conversation that asked something, got its answer, and then raised a case; the ids of it and of the handoff."""
    conversation = keep_conversation(work)
    keep_incoming(work, conversation, "is leeds open")
    work.messages.add_outgoing(conversation, text="Yes.", at=NOW, answers=[{"response": "utter_office_open"}])
    keep_incoming(work, conversation, "their case")
    work.messages.add_outgoing(conversation, text="People will look.", at=NOW, answers=[{"handoff": reason.value}])
    return conversation.id, work.handoffs.open_one(conversation.id, reason, at=NOW).id


@pytest.mark.parametrize(
    ("reason", "is_kept"),
    [
        (HandoffReason.FOI_REQUEST, True),
        (HandoffReason.CRISIS, True),
        (HandoffReason.THREAT, True),
        (HandoffReason.CHILD_AT_RISK, True),
        (HandoffReason.ASKED, False),
        (HandoffReason.COMPLAINT_REPLY_WANTED, False),
    ],
)
def test_an_open_case_keeps_what_it_needs_and_nothing_else(store: Store, reason: HandoffReason, is_kept: bool) -> None:
    with store.unit_of_work() as work:
        conversation_id, number = keep_case(work, reason)
        erased = retention.erase(work, "person-1", **SAYS)
        assert erased == (Erased(0, 2, kept=1) if is_kept else Erased(1, 4))
        if is_kept:
            assert [m.text for m in work.messages.transcript(conversation_id)] == ["their case", "People will look."]
            work.handoffs.resolve(number, by="Ann", at=NOW)
            assert retention.erase(work, "person-1", **SAYS) == Erased(1, 2)


def test_a_message_that_is_erased_is_not_received_again(store: Store) -> None:
    incoming = Incoming("JCPinLeeds", "person-1", "is leeds open", NOW, "m1")

    def receive() -> None:
        with store.unit_of_work() as work:
            conversations.receive(work, incoming, text=incoming.text, redacted=(), risks=(), is_trial=False)

    receive()
    receive()  # delivered twice: kept once
    with store.unit_of_work() as work:
        assert retention.erase(work, "person-1", **SAYS) == Erased(1, 1)
    with pytest.raises(conversations.WasErased):
        receive()
    with store.unit_of_work() as work:
        assert work.conversations.find_of_sender("person-1") == []


def test_a_message_that_comes_again_while_it_is_erased_is_not_received(each_url: str, store: Store) -> None:
    incoming = Incoming("JCPinLeeds", "person-1", "is leeds open", NOW, "m1")

    def receive() -> str:
        own = Store(each_url)
        try:
            with own.unit_of_work() as work:
                conversations.receive(work, incoming, text=incoming.text, redacted=(), risks=(), is_trial=False)
        except JobcentreError as error:
            return type(error).__name__
        finally:
            own.close()
        return "received"

    assert receive() == "received"
    with ThreadPoolExecutor(1) as pool:
        with store.unit_of_work() as work:
            retention.erase(work, "person-1", **SAYS)
            again = pool.submit(receive)
            time.sleep(0.3)  # it waits for the erasure, or for the lock
            assert not again.done()
        assert again.result(20) in ("WasErased", "Conflict")
    assert receive() == "WasErased"
    with store.unit_of_work() as work:
        assert work.conversations.find_of_sender("person-1") == []


def test_a_dry_run_says_what_would_go_and_changes_nothing(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work), at=NOW - 31 * DAY)
    with store.unit_of_work() as work:
        would = retention.purge(work, **SAYS, dry_run=True)
        assert work.audit.find(action="purge") == []
    with store.unit_of_work() as work:
        assert len(work.conversations.find_of_sender("person-1")) == 1
        assert retention.purge(work, **SAYS) == would == Erased(1, 1)
        after = work.audit.find(action="purge")[0].after or {}
        assert (after["days"], after["handoff_days"], after["messages"]) == (30, 90, 1)


@pytest.mark.parametrize(
    "days", [pytest.param((0, 90), id="none at all"), pytest.param((30, 29), id="handoffs for less than the rest")]
)
def test_a_time_that_makes_no_sense_is_refused(days: tuple[int, int]) -> None:
    with pytest.raises(BadInput):
        Keeping(*days)


def test_somebody_must_be_named(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(BadInput, match="--sender"):
        retention.erase(work, " ", **SAYS)


# What is held of one person


def test_a_person_gets_all_that_is_held_of_them_and_nothing_of_others(store: Store) -> None:
    with store.unit_of_work() as work:
        _, number = keep_case(work, HandoffReason.CRISIS)
        work.handoffs.add_note(number, "Rang the number back", by="Rhiannon", at=NOW)
        work.handoffs.set_details(number, {"checklist": [{"done": True, "by": "Rhiannon"}]})
        keep_incoming(work, keep_conversation(work, account="JCPinHull"), "and in hull")
        keep_incoming(work, keep_conversation(work, "person-2"), "somebody else's words")
        held = subject_access.export(work, "person-1", **SAYS)
        told = repr(held)
        for part in ("is leeds open", "Yes.", "their case", "and in hull", "crisis", "Rang the number back", "done"):
            assert part in told
        assert "somebody else" not in told
        assert "Rhiannon" not in told
        event = work.audit.find(action="export")[0]
        assert (event.by, event.after) == ("Ann", {"conversations": 2, "messages": 5})
        assert "person-1" not in repr(event)


def test_of_somebody_unknown_nothing_is_held(store: Store) -> None:
    with store.unit_of_work() as work:
        assert subject_access.export(work, "nobody", **SAYS)["conversations"] == []
