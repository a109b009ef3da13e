"""Handoffs: one unresolved for each conversation, claimed by one adviser."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason, HandoffState, Priority, Wanted
from bot.store import tables
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW, keep_conversation


def open_handoff(work: UnitOfWork, sender: str = "person-1", **fields: Any) -> Any:
    conversation = keep_conversation(work, sender=sender, is_trial=fields.pop("is_trial", False))
    return work.handoffs.open_one(conversation.id, **{"reason": HandoffReason.ASKED, "at": NOW, **fields})


def test_a_handoff_waits_from_when_it_was_asked_for(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        handoff = open_handoff(work)
        assert work.handoffs.get(handoff.id) == handoff
        assert work.handoffs.unresolved_of(handoff.conversation_id) == handoff
    assert (handoff.state, handoff.priority, handoff.waiting_since) == (HandoffState.OPEN, Priority.NORMAL, NOW)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param(HandoffReason.ASKED, HandoffReason.FAILURE, HandoffReason.ASKED, id="the first reason stays"),
        pytest.param(HandoffReason.ASKED, HandoffReason.CRISIS, HandoffReason.CRISIS, id="a crisis makes it urgent"),
        pytest.param(HandoffReason.THREAT, HandoffReason.ASKED, HandoffReason.THREAT, id="urgent stays urgent"),
    ],
)
def test_a_second_handoff_joins_the_one_that_is_unresolved(
    each_store: Store, first: HandoffReason, second: HandoffReason, reason: HandoffReason
) -> None:
    with each_store.unit_of_work() as work:
        opened = open_handoff(work, reason=first)
        joined = open_handoff(work, reason=second, at=NOW + HOUR)
    assert (joined.id, joined.waiting_since) == (opened.id, NOW)
    assert (joined.reason, joined.priority) == (reason, reason.priority)


def test_a_crisis_makes_a_claimed_handoff_urgent_and_leaves_it_with_the_adviser(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.handoffs.claim(open_handoff(work).id, by="Ann", at=NOW)
        handoff = open_handoff(work, reason=HandoffReason.CRISIS)
    assert (handoff.state, handoff.assignee, handoff.priority) == (HandoffState.ASSIGNED, "Ann", Priority.URGENT)


def test_the_database_itself_refuses_a_second_unresolved_handoff(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        handoff = open_handoff(work)
    row = {
        "conversation_id": handoff.conversation_id,
        "reason": "asked",
        "priority": "normal",
        "waiting_since": NOW,
        "details": {},
    }
    with pytest.raises(IntegrityError), each_store.unit_of_work() as work:
        work.connection.execute(insert(tables.handoffs), {**row, "state": "assigned"})
    with each_store.unit_of_work() as work:
        work.connection.execute(insert(tables.handoffs), {**row, "state": "resolved"})


def test_after_one_is_resolved_another_can_be_opened(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first = open_handoff(work)
        done = work.handoffs.resolve(first.id, by="Ann", at=NOW + HOUR, resolution="returned")
        assert (done.state, done.resolved_at, done.resolution) == (HandoffState.RESOLVED, NOW + HOUR, "returned")
        assert work.handoffs.unresolved_of(first.conversation_id) is None
        second = open_handoff(work)
        assert [handoff.id for handoff in work.handoffs.find_of(first.conversation_id)] == [first.id, second.id]
        with pytest.raises(Conflict, match="resolved already"):
            work.handoffs.resolve(first.id, by="Ann", at=NOW)


def test_the_second_to_claim_is_told_who_has_it(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        number = open_handoff(work).id
        claimed = work.handoffs.claim(number, by="Ann", at=NOW)
        assert (claimed.state, claimed.assignee) == (HandoffState.ASSIGNED, "Ann")
        assert work.handoffs.claim(number, by="Ann", at=NOW) == claimed
        with pytest.raises(Conflict, match="Ann has handoff"):
            work.handoffs.claim(number, by="Bob", at=NOW)
        work.handoffs.resolve(number, by="Ann", at=NOW)
        with pytest.raises(Conflict, match="resolved already"):
            work.handoffs.claim(number, by="Bob", at=NOW)
        with pytest.raises(NotFound, match="no handoff 99"):
            work.handoffs.claim(99, by="Bob", at=NOW)


def test_a_released_handoff_keeps_its_place_in_the_queue(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        first, second = open_handoff(work), open_handoff(work, "person-2", at=NOW + HOUR)
        work.handoffs.claim(first.id, by="Ann", at=NOW + HOUR)
        assert [handoff.id for handoff in work.handoffs.find_assigned()] == [first.id]
        released = work.handoffs.release(first.id)
        assert (released.state, released.assignee) == (HandoffState.OPEN, None)
        assert [handoff.id for handoff in work.handoffs.find_waiting()] == [first.id, second.id]
        with pytest.raises(Conflict, match="it is open now"):
            work.handoffs.release(first.id)


def test_urgent_ones_come_first_then_those_that_wait_longest(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        late = open_handoff(work, "a", at=NOW + HOUR)
        early = open_handoff(work, "b", at=NOW)
        urgent = open_handoff(work, "c", at=NOW + 2 * HOUR, reason=HandoffReason.CRISIS)
        open_handoff(work, "d", is_trial=True)
        hull = keep_conversation(work, account="JCPinHull")
        other = work.handoffs.open_one(hull.id, HandoffReason.ASKED, at=NOW + 3 * HOUR)
        waiting = work.handoffs.find_waiting()
        assert [handoff.id for handoff in waiting] == [urgent.id, early.id, late.id, other.id]
        assert [handoff.id for handoff in work.handoffs.find_waiting(account="JCPinHull")] == [other.id]
        assert len(work.handoffs.find_waiting(include_trials=True)) == 5


def test_a_change_of_what_has_changed_since_is_refused(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        handoff = open_handoff(work)
        work.handoffs.set_details(handoff.id, {"checklist": ["called 999"]}, expected_version=handoff.version)
        assert work.handoffs.get_details(handoff.id) == {"checklist": ["called 999"]}
        for change in (
            lambda: work.handoffs.set_details(handoff.id, {}, expected_version=handoff.version),
            lambda: work.handoffs.resolve(handoff.id, by="Ann", at=NOW, expected_version=handoff.version),
        ):
            with pytest.raises(Conflict, match="changed in the meantime"):
                change()
        assert work.handoffs.get(handoff.id).state is HandoffState.OPEN


def test_the_first_reply_is_kept(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        number = open_handoff(work).id
        with pytest.raises(Conflict, match="it is open now"):
            work.handoffs.note_reply(number, by="Ann", at=NOW)
        work.handoffs.claim(number, by="Ann", at=NOW)
        work.handoffs.note_reply(number, by="Ann", at=NOW)
        work.handoffs.note_reply(number, by="Ann", at=NOW + HOUR)
        with pytest.raises(Conflict):
            work.handoffs.note_reply(number, by="Bo", at=NOW)
        assert work.handoffs.get(number).first_reply_at == NOW


def test_what_the_person_wants_is_kept_beside_what_else_is(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        number = open_handoff(work).id
        assert work.handoffs.get(number).wanted == Wanted()
        work.handoffs.set_details(number, {"six_points": {}})
        wanted = Wanted(("handoff", "office_open"), ("jobcentre",), ("leeds-park-place",))
        work.handoffs.note_wanted(number, wanted)
        assert work.handoffs.get(number).wanted == wanted
        assert work.handoffs.get_details(number)["six_points"] == {}


def test_notes_stay_with_their_handoff(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        number, other = open_handoff(work).id, open_handoff(work, "person-2").id
        notes = [work.handoffs.add_note(number, text, by="Ann", at=NOW) for text in ("First", "Second")]
        assert work.handoffs.find_notes(number) == notes
        assert work.handoffs.find_notes(other) == []
        with pytest.raises(NotFound):
            work.handoffs.add_note(99, "Third", by="Ann", at=NOW)
