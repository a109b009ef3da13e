"""Removing what people wrote."""

from __future__ import annotations

import pytest

from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import HandoffReason
from bot.services import retention
from bot.store.records import Erased
from bot.store.unit_of_work import Store
from tests.builders import DAY, NOW, keep_conversation, keep_incoming


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


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
def test_an_open_case_keeps_what_it_needs(store: Store, reason: HandoffReason, is_kept: bool) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation)
        handoff = work.handoffs.open_one(conversation.id, reason, at=NOW)
        assert retention.erase(work, "person-1", **SAYS).kept == int(is_kept)
        if is_kept:
            work.handoffs.resolve(handoff.id, by="Ann", at=NOW)
            assert retention.erase(work, "person-1", **SAYS) == Erased(1, 1)


def test_old_messages_go_after_so_many_days(store: Store) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, at=NOW - 31 * DAY)
        keep_incoming(work, conversation, at=NOW - 29 * DAY)
        assert retention.purge(work, days=30, **SAYS) == Erased(0, 1)
        assert len(work.messages.transcript(conversation.id)) == 1
        assert (work.audit.find(action="purge")[0].after or {})["days"] == 30


def test_nonsense_is_refused(store: Store) -> None:
    with store.unit_of_work() as work:
        with pytest.raises(BadInput):
            retention.purge(work, days=0, **SAYS)
        with pytest.raises(BadInput):
            retention.erase(work, " ", **SAYS)
