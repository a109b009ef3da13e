"""Handoffs, as an adviser works through them."""

from __future__ import annotations

import pytest

from bot.jobcentre.conversation import Author, MessageState
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.services import handoffs
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW, keep_conversation, keep_incoming, make_contact


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


ANN = {"by": "Ann", "at": NOW}
BO = {"by": "Bo", "at": NOW + HOUR}


def opened(work: UnitOfWork, sender: str = "person-1", reason: HandoffReason = HandoffReason.ASKED) -> int:
    """A handoff that waits, of a person who wrote one message."""
    conversation = keep_conversation(work, sender)
    keep_incoming(work, conversation, "I want a person")
    return work.handoffs.open_one(conversation.id, reason, at=NOW).id


def test_the_queue_is_urgent_first_and_then_what_advisers_have(store: Store) -> None:
    with store.unit_of_work() as work:
        first, second, urgent = opened(work, "a"), opened(work, "b"), opened(work, "c", HandoffReason.CRISIS)
        handoffs.claim(work, first, **ANN)
        assert [case.handoff.id for case in handoffs.find_queue(work)] == [urgent, second, first]
        assert handoffs.find_queue(work, account="JCPinPlymouth") == []


def test_one_adviser_has_it_and_the_second_is_told_who(store: Store) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        assert handoffs.claim(work, number, **ANN).assignee == "Ann"
        with pytest.raises(Conflict, match="Ann has handoff"):
            handoffs.claim(work, number, **BO)
        handoffs.claim(work, number, **ANN)
        assert [event.action for event in work.audit.find(subject_type="handoff")] == ["claim"]


def test_a_reply_goes_out_as_the_advisers(store: Store) -> None:
    """On a channel without a sender it has arrived once it is kept."""
    with store.unit_of_work() as work:
        work.contacts.put(make_contact())
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        message = handoffs.reply(work, number, "Hello, ring 0800 328 5644.", by="Ann", at=NOW + HOUR)
        assert (message.author, message.author_name, message.state) == (Author.ADVISER, "Ann", MessageState.SENT)
        case = handoffs.get(work, number)
        assert [m.text for m in case.messages] == ["I want a person", "Hello, ring 0800 328 5644."]
        assert case.handoff.first_reply_at == NOW + HOUR
        assert "Hello" not in str([event.after for event in work.audit.find()])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \u200b ", "is empty"),
        ("x" * 10_001, "too long"),
        ("Your number is QQ123456C", "personal data"),
        ("Ring 07700 900123", "personal data"),
    ],
)
def test_a_reply_that_must_not_be_sent_is_refused(store: Store, text: str, says: str) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        with pytest.raises(BadInput, match=says):
            handoffs.reply(work, number, text, **ANN)


def test_a_note_holds_nothing_personal_either(store: Store) -> None:
    with store.unit_of_work() as work:
        work.contacts.put(make_contact())
        number = opened(work)
        with pytest.raises(BadInput, match="personal data"):
            handoffs.note(work, number, "they gave QQ 12 34 56 C", **ANN)
        assert handoffs.note(work, number, "ring 0800 328 5644 for them", **ANN).text == "ring 0800 328 5644 for them"


def test_only_the_one_who_has_it_replies_and_resolves(store: Store) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        with pytest.raises(Conflict, match=f"nobody has handoff {number} yet"):
            handoffs.reply(work, number, "Hello", **ANN)
        handoffs.claim(work, number, **ANN)
        with pytest.raises(Conflict, match="Ann has handoff"):
            handoffs.reply(work, number, "Hello", **BO)
        with pytest.raises(Conflict, match="Ann has handoff"):
            handoffs.resolve(work, number, **BO)


def test_a_lead_puts_back_what_somebody_else_has(store: Store) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        assert handoffs.release(work, number, by="Edith", at=NOW, is_lead=True).state is HandoffState.OPEN


def test_nothing_is_sent_to_somebody_who_said_stop(store: Store) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        conversation = handoffs.get(work, number).conversation
        work.conversations.save(type(conversation)(**{**vars(conversation), "is_stopped": True}))
        with pytest.raises(Conflict, match="no more messages"):
            handoffs.reply(work, number, "Hello", **ANN)


def test_release_return_and_resolve(store: Store) -> None:
    with store.unit_of_work() as work:
        number, other = opened(work, "a"), opened(work, "b")
        handoffs.claim(work, number, **ANN)
        with pytest.raises(Conflict, match="Ann has handoff"):
            handoffs.release(work, number, by="Bob", at=NOW)
        assert handoffs.release(work, number, **ANN).state is HandoffState.OPEN
        with pytest.raises(Conflict):
            handoffs.release(work, number, **ANN)
        returned = handoffs.return_to_assistant(work, number, by="Ann", at=NOW, text="asks for hours")
        assert (returned.state, returned.resolution) == (HandoffState.RESOLVED, "returned")
        assert [note.text for note in handoffs.get(work, number).notes] == ["asks for hours"]
        assert handoffs.resolve(work, other, **ANN).resolution == "resolved"
        with pytest.raises(Conflict, match="resolved already"):
            handoffs.resolve(work, other, **ANN)


def test_unknown_numbers_and_empty_notes(store: Store) -> None:
    with store.unit_of_work() as work:
        number = opened(work)
        with pytest.raises(BadInput, match="the note is empty"):
            handoffs.note(work, number, " ", **ANN)
        for act in (handoffs.claim, handoffs.release, handoffs.resolve):
            with pytest.raises(NotFound, match="there is no handoff 99"):
                act(work, 99, **ANN)
