"""Several advisers at one inbox: who else looks, giving conversations away, blocking, answering several at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.jobcentre.handoff import HandoffReason
from bot.services import handoffs, staff
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.builders import keep_incoming
from tests.console.conftest import NOW, PEOPLE, Clock
from tests.console.test_inbox import rows, waits
from tests.console.visitor import Visitor

SignedIn = Callable[[Role], Visitor]
ANN, BO = PEOPLE[Role.ADVISER], PEOPLE[Role.EDITOR]
CRISIS = HandoffReason.CRISIS


@pytest.fixture
def ann(signed_in: SignedIn) -> Visitor:
    return signed_in(Role.ADVISER)


@pytest.fixture
def bo(signed_in: SignedIn) -> Visitor:
    """An editor."""
    return signed_in(Role.EDITOR)


def taken(store: Store, text: str = "I want a person", reason: HandoffReason = HandoffReason.ASKED) -> int:
    """A conversation that Ann has."""
    number = waits(store, text, reason)
    with store.unit_of_work() as work:
        handoffs.claim(work, number, by=ANN, at=NOW)
    return number


def said(store: Store, number: int) -> list[str]:
    with store.unit_of_work(write=False) as work:
        return [message.text for message in handoffs.get(work, number).messages]


# Who looks


def test_each_sees_who_else_looks(ann: Visitor, bo: Visitor, staffed: Store, clock: Clock) -> None:
    number = waits(staffed)
    assert "looking" not in ann.get(f"/inbox/{number}/").main
    assert f"{ANN} is looking at it too" in bo.get(f"/inbox/{number}/").main
    assert f"{ANN} is looking at it" in bo.get("/inbox/").main
    assert BO in ann.raw("GET", f"/inbox/{number}/live").get_data(as_text=True)
    clock.now += timedelta(minutes=5)
    assert "looking" not in ann.get(f"/inbox/{number}/").main


# Before a reply is sent


def test_a_reply_to_somebody_who_wrote_again_is_looked_at_first(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    page = ann.get(f"/inbox/{number}/")
    with staffed.unit_of_work() as work:
        conversation = work.conversations.get(work.handoffs.get(number).conversation_id)
        keep_incoming(work, conversation, "never mind, I found it")
    page = ann.press(page, "Send the reply", {"text": "It is on Park Place."})
    assert "The person has written again. Read it first" in page.main
    assert len(said(staffed, number)) == 2
    ann.press(page, "Send the reply")
    assert said(staffed, number)[-1] == "It is on Park Place."


# Giving it away


def test_who_has_it_gives_it_to_another(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    page = ann.get(f"/inbox/{number}/")
    assert ann.press(page, "Give it to them", status=400).errors == ["Choose who is to have it"]
    page = ann.press(page, "Give it to them", {"to": BO})
    assert f"{BO} has this conversation." in page.main
    assert not page.soup.select("#to")


def test_an_editor_gives_away_what_another_has_and_an_adviser_does_not(
    bo: Visitor, ann: Visitor, staffed: Store
) -> None:
    number = taken(staffed)
    page = bo.press(bo.get(f"/inbox/{number}/"), "Give it to them", {"to": PEOPLE[Role.ADMINISTRATOR]})
    assert f"{PEOPLE[Role.ADMINISTRATOR]} has this conversation." in page.main
    assert not ann.get(f"/inbox/{number}/").soup.select("#to")
    token = ann.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]
    ann.post(f"/inbox/{number}/reassign", {"csrf_token": token, "to": ANN}, 400)


def test_only_those_who_may_answer_the_account_are_offered(bo: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    with staffed.unit_of_work() as work:
        staff.change(work, ANN, Role.ADVISER, ["JCPinPlymouth"], True, by="test", at=NOW)
    options = [option.get_text() for option in bo.get(f"/inbox/{number}/").soup.select("#to option")]
    assert options == ["Choose", PEOPLE[Role.ADMINISTRATOR], BO]


# A crisis


def test_the_plan_is_ticked_into_the_record(ann: Visitor, bo: Visitor, staffed: Store) -> None:
    number = waits(staffed, reason=CRISIS)
    page = ann.get(f"/inbox/{number}/")
    steps = page.soup.select(".console-plan__step")
    assert len(steps) == 6
    words = steps[0].get_text(" ", strip=True)
    page = ann.press(page, words)
    first = bo.get(f"/inbox/{number}/").soup.select(".console-plan__step")[0]
    assert first["aria-pressed"] == "true"
    assert f"{ANN}, 7:30am today" in first.get_text(" ", strip=True)
    assert "1 of 6 done" in page.main
    page = ann.press(page, first.get_text(" ", strip=True))
    assert "0 of 6 done" in page.main
    with staffed.unit_of_work(write=False) as work:
        events = work.audit.find(subject_type="handoff", subject_id=str(number))
        assert [event.action for event in events] == ["untick", "tick"]


def test_only_a_crisis_has_the_plan(ann: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    assert not ann.get(f"/inbox/{number}/").soup.select(".console-plan__step")
    token = ann.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]
    ann.post(f"/inbox/{number}/steps/nothing", {"csrf_token": token}, 404)


# Blocking


def test_who_abuses_is_blocked_told_once_and_unblocked(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed, "you are all scum")
    page = ann.get(ann.get(f"/inbox/{number}/").link("Block this person"))
    page = ann.press(page, "Block this person")
    assert page.heading == "Blocked people"
    assert len(said(staffed, number)) == 2
    assert "The person is blocked" in ann.get(f"/inbox/{number}/").main
    page = ann.press(page, "Unblock")
    assert "Nobody is blocked" in page.main


def test_nobody_at_risk_is_blocked(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed, reason=CRISIS)
    ann.press(ann.get(f"/inbox/{number}/block"), "Block this person", status=409)
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).resolved_at is None


def test_who_is_blocked_elsewhere_is_not_seen_here(ann: Visitor, staffed: Store, signed_in: SignedIn) -> None:
    number = taken(staffed, "you are all scum")
    ann.press(ann.get(f"/inbox/{number}/block"), "Block this person")
    with staffed.unit_of_work() as work:
        staff.change(work, ANN, Role.ADVISER, ["JCPinPlymouth"], True, by="test", at=NOW)
        blocked = work.handoffs.get(number).conversation_id
    elsewhere = signed_in(Role.ADVISER)
    assert "Nobody is blocked" in elsewhere.get("/inbox/blocked").main
    token = elsewhere.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]
    elsewhere.post(f"/inbox/blocked/{blocked}/unblock", {"csrf_token": token}, 404)


# Several at once


def test_several_who_ask_alike_are_answered_at_once(ann: Visitor, staffed: Store) -> None:
    numbers = [waits(staffed, f"doors locked {letter}", minutes=20) for letter in "abc"]
    page = ann.press(ann.get("/inbox/"), "Answer the ticked ones together", {"of": numbers[:2]})
    assert page.heading == "Answer 2 conversations together"
    assert ann.press(page, "Send it to 2 people", status=400).errors == ["The reply is empty"]
    page = ann.press(page, "Send it to 2 people", {"text": "Thank you. The office opens at 11am."})
    assert page.heading == "Inbox"
    assert "Sent to 2" in page.main
    assert len(rows(page)) == 2
    assert [len(said(staffed, number)) for number in numbers] == [2, 2, 1]


def test_whom_it_could_not_be_sent_to_is_told(ann: Visitor, bo: Visitor, staffed: Store) -> None:
    mine, theirs = waits(staffed, "a"), waits(staffed, "b")
    page = ann.get(f"/inbox/together/?of={mine}&of={theirs}")
    bo.press(bo.get(f"/inbox/{theirs}/"), "Take this conversation")
    page = ann.press(page, "Send it to 2 people", {"text": "The office opens at 11am."})
    assert page.heading == "Sent to one person, not to 1"
    assert f"{BO} has handoff {theirs}" in page.main
    assert (len(said(staffed, mine)), len(said(staffed, theirs))) == (2, 1)


def test_nothing_ticked_answers_nobody(ann: Visitor, staffed: Store) -> None:
    waits(staffed, "a")
    assert "Tick those that you want to answer" in ann.get("/inbox/together/").main


def test_nobody_answers_people_of_another_area(ann: Visitor, staffed: Store, signed_in: SignedIn) -> None:
    here, there = waits(staffed, "a"), waits(staffed, "b", account="JCPinPlymouth")
    with staffed.unit_of_work() as work:
        staff.change(work, ANN, Role.ADVISER, ["JCPinLeeds"], True, by="test", at=NOW)
    elsewhere = signed_in(Role.ADVISER)
    elsewhere.get(f"/inbox/together/?of={here}&of={there}", 404)
    token = elsewhere.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]
    elsewhere.post("/inbox/together/", {"csrf_token": token, "of": [here, there], "text": "Hello"}, 404)
    assert len(said(staffed, here)) == 1
