"""What happens round handoffs: settings, the sweep, moving them, blocking, who looks, the checklist, the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
import yaml

from bot.jobcentre.conversation import Author, Conversation, Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.office import Nation
from bot.jobcentre.six_points import Point
from bot.jobcentre.staffing import Lapse, Staffing
from bot.jobcentre.wording import load_responses
from bot.services import alarms, blocks, checklists, handoffs, lapses, outcomes, retention, staff, staffing, viewers
from bot.services.versions import ChangedMeanwhile
from bot.settings import PROJECT
from bot.store.records import Role
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW, keep_conversation, keep_incoming, make_account, make_scope
from tests.jobcentre.facts import london

RESPONSES = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
MINUTE = timedelta(minutes=1)
ANN = {"by": "Ann", "at": NOW}
BO = {"by": "Bo", "at": NOW}
FIVE = london("2026-11-20 17:00")


def keep_account(work: UnitOfWork, handle: str = "JCPinLeeds", **fields: Any) -> None:
    work.accounts.put(make_account(handle, **fields), make_scope(districts=["West Yorkshire"]))


@pytest.fixture
def work(each_store: Store) -> Iterator[UnitOfWork]:
    """Everything here holds on both databases."""
    with each_store.unit_of_work() as piece:
        keep_account(piece)
        yield piece


def opened(
    work: UnitOfWork,
    sender: str = "person-1",
    reason: HandoffReason = HandoffReason.ASKED,
    at: datetime = NOW,
    **fields: Any,
) -> int:
    """A handoff that waits, of a person who wrote one message."""
    conversation = keep_conversation(work, sender)
    if fields:
        work.conversations.save(replace(conversation, **fields))
    keep_incoming(work, conversation, "I want a person")
    return work.handoffs.open_one(conversation.id, reason, at=at).id


def conversation_of(work: UnitOfWork, number: int) -> Conversation:
    return work.conversations.get(work.handoffs.get(number).conversation_id)


def told(work: UnitOfWork, number: int) -> list[str]:
    """What the assistant said in it of itself."""
    messages = work.messages.transcript(work.handoffs.get(number).conversation_id)
    return [message.text for message in messages if message.author is Author.ASSISTANT]


def actions(work: UnitOfWork, subject: str = "handoff") -> list[str]:
    return [event.action for event in reversed(work.audit.find(subject_type=subject))]


class TestSettings:
    def test_an_account_has_its_own_or_those_for_all(self, work: UnitOfWork) -> None:
        assert staffing.get(work, "JCPinLeeds") == Staffing()
        staffing.change(work, None, Staffing(normal_minutes=60), **ANN)
        assert staffing.get(work, "JCPinLeeds").normal_minutes == 60
        staffing.change(work, "jcpinleeds", Staffing(normal_minutes=30), **ANN)
        assert staffing.get(work, "JCPinLeeds").normal_minutes == 30
        assert staffing.get(work, "somebody else").normal_minutes == 60
        assert staffing.roster(work).with_own == {"JCPinLeeds"}
        staffing.follow(work, "JCPinLeeds", **ANN)
        assert staffing.get(work, "JCPinLeeds").normal_minutes == 60
        with pytest.raises(Conflict, match="no settings of its own"):
            staffing.follow(work, "JCPinLeeds", **ANN)
        assert actions(work, "staffing") == ["change", "change", "follow"]

    def test_holidays_are_those_of_the_accounts_nation(self, work: UnitOfWork) -> None:
        keep_account(work, "JCPinGlasgow", nation=Nation.SCOTLAND)
        staffing.change(work, None, Staffing(OpeningHours.parse("Mo-Fr 08:00-18:00").week), **ANN)
        found = staffing.roster(work)
        early = london("2026-12-01 08:30")
        assert found.of("JCPinGlasgow").hours.is_open_at(early)
        assert not found.of("JCPinGlasgow").hours.is_open_at(early - timedelta(days=1))
        assert found.of("JCPinLeeds").hours.is_open_at(early - timedelta(days=1))
        assert staffing.get(work, "JCPinGlasgow") == found.of("JCPinGlasgow")

    def test_a_change_made_on_an_old_page_is_refused(self, work: UnitOfWork) -> None:
        seen = staffing.version(work, "JCPinLeeds")
        staffing.change(work, "JCPinLeeds", Staffing(urgent_minutes=3), **ANN, expected=seen)
        with pytest.raises(ChangedMeanwhile):
            staffing.change(work, "JCPinLeeds", Staffing(urgent_minutes=4), **BO, expected=seen)

    def test_accounts_without_a_contact_for_the_night_are_known(self, work: UnitOfWork) -> None:
        keep_account(work, "JCPinYork")
        assert staffing.without_night_contact(work) == ["JCPinLeeds", "JCPinYork"]
        staffing.change(work, "JCPinYork", Staffing(night_contact="duty@example.org"), **ANN)
        assert staffing.without_night_contact(work) == ["JCPinLeeds"]


class TestSweep:
    def test_at_five_the_person_is_told_once_and_waits_where_they_stood(self, work: UnitOfWork) -> None:
        number = opened(work)
        handoffs.claim(work, number, by="Ann", at=FIVE - 10 * MINUTE)
        assert lapses.sweep(work, RESPONSES, at=FIVE - MINUTE) == []
        (lapsed,) = lapses.sweep(work, RESPONSES, at=FIVE)
        assert (lapsed.was_with, lapsed.why) == ("Ann", Lapse.CLOSED)
        assert lapses.sweep(work, RESPONSES, at=FIVE + MINUTE) == []
        held = work.handoffs.get(number)
        assert (held.state, held.assignee, held.waiting_since) == (HandoffState.OPEN, None, NOW)
        assert told(work, number) == [
            "People here have finished for the day. You are back in the queue. People are next here at 9am on Monday "
            "23 November. If it cannot wait, find the right number: https://www.gov.uk/\n"
            "If you do not need a person now, reply “never mind”."
        ]
        assert actions(work) == ["claim", "lapse"]

    def test_a_silent_adviser_loses_it_while_others_are_there(self, work: UnitOfWork) -> None:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        lapses.sweep(work, RESPONSES, at=NOW + 30 * MINUTE)
        assert told(work, number) == [
            "Sorry that you are waiting. You are back in the queue for a person, who will answer you here.\n"
            "If you do not need a person now, reply “never mind”."
        ]
        with pytest.raises(Conflict, match="nobody has"):
            handoffs.reply(work, number, "Hello", by="Ann", at=NOW + 31 * MINUTE)

    def test_whoever_waits_for_the_person_keeps_it(self, work: UnitOfWork) -> None:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        handoffs.reply(work, number, "Which office?", by="Ann", at=NOW + MINUTE)
        assert lapses.sweep(work, RESPONSES, at=NOW + HOUR) == []
        keep_incoming(work, conversation_of(work, number), "Leeds", at=NOW + HOUR)
        assert lapses.sweep(work, RESPONSES, at=NOW + HOUR + 29 * MINUTE) == []
        assert len(lapses.sweep(work, RESPONSES, at=NOW + HOUR + 30 * MINUTE)) == 1

    def test_only_who_may_end_it_is_told_how(self, work: UnitOfWork) -> None:
        number = opened(work, reason=HandoffReason.FOI_REQUEST)
        handoffs.claim(work, number, **ANN)
        lapses.sweep(work, RESPONSES, at=NOW + HOUR)
        assert "never mind" not in told(work, number)[0]

    def test_limits_are_the_accounts_own(self, work: UnitOfWork) -> None:
        staffing.change(work, "JCPinLeeds", Staffing(silent_minutes=5), **ANN)
        handoffs.claim(work, opened(work), **ANN)
        assert len(lapses.sweep(work, RESPONSES, at=NOW + 5 * MINUTE)) == 1

    def test_it_is_told_in_welsh_to_whoever_writes_welsh(self, work: UnitOfWork) -> None:
        number = opened(work, language=Language.WELSH)
        handoffs.claim(work, number, **ANN)
        lapses.sweep(work, RESPONSES, at=FIVE)
        assert told(work, number)[0].startswith("Mae pobl yma wedi gorffen am y dydd.")

    @pytest.mark.parametrize(
        ("reason", "says"),
        [
            (
                HandoffReason.CRISIS,
                "The person who wrote to you here has stopped. If anyone is in danger now, call 999. "
                "Nobody is reading messages here now. Do not wait for us.",
            ),
            (
                HandoffReason.THREAT,
                "A person here must look at your messages first. Until then, we cannot answer.",
            ),
        ],
    )
    def test_nobody_urgent_is_promised_a_time(self, work: UnitOfWork, reason: HandoffReason, says: str) -> None:
        number = opened(work, reason=reason)
        handoffs.claim(work, number, by="Ann", at=FIVE - 20 * MINUTE)
        assert lapses.sweep(work, RESPONSES, at=FIVE) == []
        lapses.sweep(work, RESPONSES, at=FIVE + 10 * MINUTE)
        assert told(work, number) == [says]

    def test_whoever_said_stop_is_sent_nothing(self, work: UnitOfWork) -> None:
        number = opened(work, is_stopped=True)
        handoffs.claim(work, number, **ANN)
        assert len(lapses.sweep(work, RESPONSES, at=FIVE)) == 1
        assert told(work, number) == []

    def test_trials_are_left_alone(self, work: UnitOfWork) -> None:
        conversation = work.conversations.get_or_create("JCPinLeeds", "t", "ask", is_trial=True)
        number = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW).id
        handoffs.claim(work, number, **ANN)
        assert lapses.sweep(work, RESPONSES, at=FIVE) == []


def test_an_adviser_who_replies_at_that_very_moment_keeps_it(each_url: str, each_store: Store) -> None:
    """The sweep waits for the reply, and then leaves the conversation alone."""
    with each_store.unit_of_work() as work:
        keep_account(work)
        number = opened(work)
        handoffs.claim(work, number, **ANN)
    late, swept = NOW + 30 * MINUTE, []
    other = Store(each_url)

    def sweep() -> None:
        with other.unit_of_work() as work:
            swept.extend(lapses.sweep(work, RESPONSES, at=late))

    sweeper = Thread(target=sweep)
    with each_store.unit_of_work() as work:
        handoffs.reply(work, number, "Hello", by="Ann", at=late)
        sweeper.start()
        sweeper.join(0.3)
        assert sweeper.is_alive()
    sweeper.join(10)
    with each_store.unit_of_work(write=False) as work:
        assert (swept, told(work, number)) == ([], [])
        assert work.handoffs.get(number).assignee == "Ann"
    other.close()


class TestMoving:
    @pytest.fixture(autouse=True)
    def _people(self, work: UnitOfWork) -> None:
        keep_account(work, "JCPinYork")
        staff.add(work, "Ann", Role.ADVISER, **ANN)
        staff.add(work, "Bo", Role.ADVISER, **ANN)
        staff.add(work, "Vi", Role.VIEWER, **ANN)
        staff.add(work, "Yan", Role.ADVISER, ("JCPinYork",), **ANN)

    def test_whoever_has_it_gives_it_on(self, work: UnitOfWork) -> None:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        moved = handoffs.reassign(work, number, to="bo", by="Ann", at=NOW + HOUR)
        assert (moved.assignee, moved.assigned_at) == ("Bo", NOW + HOUR)
        with pytest.raises(Conflict, match="Bo has handoff"):
            handoffs.reassign(work, number, to="Ann", **ANN)
        with pytest.raises(Conflict, match="already"):
            handoffs.reassign(work, number, to="Bo", **BO)
        assert actions(work) == ["claim", "reassign"]

    def test_a_lead_moves_any(self, work: UnitOfWork) -> None:
        number = opened(work)
        with pytest.raises(Conflict, match="nobody has"):
            handoffs.reassign(work, number, to="Bo", by="Ed", at=NOW)
        assert handoffs.reassign(work, number, to="Bo", by="Ed", at=NOW, is_lead=True).assignee == "Bo"
        handoffs.resolve(work, number, **BO)
        with pytest.raises(Conflict, match="resolved already"):
            handoffs.reassign(work, number, to="Ann", by="Ed", at=NOW, is_lead=True)

    @pytest.mark.parametrize("name", ["Vi", "Yan"])
    def test_not_to_somebody_who_may_not_answer_there(self, work: UnitOfWork, name: str) -> None:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        with pytest.raises(BadInput, match="do not answer people on JCPinLeeds"):
            handoffs.reassign(work, number, to=name, **ANN)
        with pytest.raises(NotFound):
            handoffs.reassign(work, number, to="Nobody", **ANN)


class TestSeveral:
    def test_each_gets_it_in_their_language_or_says_why_not(self, work: UnitOfWork) -> None:
        first, second, theirs = opened(work, "a"), opened(work, "b", language=Language.WELSH), opened(work, "c")
        stopped = opened(work, "d", is_stopped=True)
        handoffs.claim(work, theirs, **BO)
        got = handoffs.reply_to_all(work, [first, second, theirs, stopped, 999], "Open.", **ANN, text_cy="Ar agor.")
        assert [one.message.text if one.message else None for one in got] == ["Open.", "Ar agor.", None, None, None]
        assert [one.problem for one in got][2:4] == [
            f"Bo has handoff {theirs}",
            "this person has asked for no more messages: nothing can be sent until they write again",
        ]
        assert work.handoffs.get(first).assignee == "Ann"
        assert work.handoffs.get(stopped).state is HandoffState.OPEN

    def test_nobody_who_writes_welsh_is_answered_in_english_by_the_way(self, work: UnitOfWork) -> None:
        number = opened(work, language=Language.WELSH)
        (got,) = handoffs.reply_to_all(work, [number], "Open.", **ANN)
        assert got.problem == "this person writes in Welsh: write the reply in Welsh too"
        assert work.handoffs.get(number).state is HandoffState.OPEN

    def test_what_nobody_may_be_sent_is_refused_for_all(self, work: UnitOfWork) -> None:
        number = opened(work)
        with pytest.raises(BadInput, match="personal data"):
            handoffs.reply_to_all(work, [number], "QQ123456C", **ANN)
        assert work.handoffs.get(number).state is HandoffState.OPEN


class TestBlocking:
    def test_it_is_told_once_ends_the_handoff_and_can_be_undone(self, work: UnitOfWork) -> None:
        number = opened(work)
        handoffs.claim(work, number, **ANN)
        blocks.block(work, RESPONSES, number, **ANN)
        assert work.handoffs.get(number).resolution == "blocked"
        assert told(work, number) == [
            "Your messages here did not stay polite, so we will not answer you here any more. You can still reach "
            "DWP: https://www.gov.uk/ If anyone is in danger now, call 999."
        ]
        assert [one.handoff.id for one in blocks.find(work) if one.handoff] == [number]
        assert blocks.find(work, ["JCPinYork"]) == []
        with pytest.raises(Conflict, match="blocked already"):
            blocks.block(work, RESPONSES, number, **ANN)
        blocks.unblock(work, conversation_of(work, number).id, **BO)
        assert not conversation_of(work, number).is_blocked
        with pytest.raises(Conflict, match="not blocked"):
            blocks.unblock(work, conversation_of(work, number).id, **BO)
        assert actions(work) == ["claim", "block", "unblock"]

    def test_not_somebody_at_risk_nor_another_advisers(self, work: UnitOfWork) -> None:
        number, crisis = opened(work, "a"), opened(work, "b", HandoffReason.CRISIS)
        with pytest.raises(Conflict, match="at risk"):
            blocks.block(work, RESPONSES, crisis, **ANN)
        handoffs.claim(work, number, **BO)
        with pytest.raises(Conflict, match="Bo has handoff"):
            blocks.block(work, RESPONSES, number, **ANN)
        assert not conversation_of(work, number).is_blocked

    def test_advisers_say_nothing_more_unless_they_are_at_risk(self, work: UnitOfWork) -> None:
        number = opened(work)
        blocks.block(work, RESPONSES, number, **ANN)
        conversation = conversation_of(work, number)
        other = work.handoffs.open_one(conversation.id, HandoffReason.THREAT, at=NOW).id
        handoffs.claim(work, other, **ANN)
        with pytest.raises(Conflict, match="blocked: unblock them"):
            handoffs.reply(work, other, "Hello", **ANN)
        handoffs.resolve(work, other, **ANN)
        crisis = work.handoffs.open_one(conversation.id, HandoffReason.CRISIS, at=NOW).id
        handoffs.claim(work, crisis, **ANN)
        assert handoffs.reply(work, crisis, "Are you safe?", **ANN).text == "Are you safe?"


def test_who_is_looking_is_forgotten_soon(work: UnitOfWork) -> None:
    number, other = opened(work, "a"), opened(work, "b")
    viewers.see(work, number, **ANN)
    viewers.see(work, number, by="Bo", at=NOW + MINUTE)
    assert viewers.find(work, [number, other], at=NOW + MINUTE) == {number: ["Ann", "Bo"]}
    assert viewers.find(work, [number], at=NOW + MINUTE, but="Bo") == {number: ["Ann"]}
    assert viewers.find(work, [number], at=NOW + 2 * MINUTE) == {number: ["Bo"]}
    with pytest.raises(NotFound):
        viewers.see(work, 999, **ANN)


def test_the_six_points_are_ticked_into_the_record(work: UnitOfWork) -> None:
    number = opened(work, reason=HandoffReason.CRISIS)
    assert checklists.is_wanted(work.handoffs.get(number))
    assert [step.by for step in checklists.find(work, number)] == [None] * 6
    for _ in range(2):
        checklists.tick(work, number, Point.TELL_MANAGER, **ANN)
    steps = checklists.tick(work, number, Point.TAKE_SERIOUSLY, **BO)
    assert [(step.point, step.by, step.at) for step in steps if step.by] == [
        (Point.TAKE_SERIOUSLY, "Bo", NOW),
        (Point.TELL_MANAGER, "Ann", NOW),
    ]
    checklists.tick(work, number, Point.TELL_MANAGER, is_done=False, **BO)
    assert [step.point for step in checklists.find(work, number) if step.by] == [Point.TAKE_SERIOUSLY]
    assert actions(work) == ["tick", "tick", "untick"]


class TestOutcomes:
    def ended(self, work: UnitOfWork, sender: str, *, wait: int, at: datetime = NOW) -> None:
        number = opened(work, sender, at=at)
        handoffs.claim(work, number, by="Ann", at=at + wait * MINUTE)
        handoffs.reply(work, number, "Hello", by="Ann", at=at + (wait + 5) * MINUTE)
        handoffs.resolve(work, number, by="Ann", at=at + (wait + 10) * MINUTE)

    def test_they_are_told_by_week_and_account_without_telling_of_anybody(self, work: UnitOfWork) -> None:
        for index, wait in enumerate([10, 20, 30, 40, 130]):
            self.ended(work, f"person-{index}", wait=wait)
        self.ended(work, "alone", wait=10, at=NOW + timedelta(days=7))
        alone, five = outcomes.look(work, NOW.date(), NOW.date() + timedelta(days=14))
        assert (five.week, five.account, five.number) == (london("2026-11-16 00:00").date(), "JCPinLeeds", 5)
        assert (five.claim_minutes, five.reply_minutes, five.end_minutes) == (30, 35, 40)
        assert (five.within_target, five.reasons) == (80, ((HandoffReason.ASKED, 5),))
        assert five.resolutions == (("resolved", 5),)
        assert (alone.number, alone.claim_minutes, alone.within_target, alone.reasons) == (None, None, None, ())
        assert outcomes.look(work, NOW.date(), NOW.date(), ["JCPinYork"]) == []

    def test_they_stay_when_what_people_wrote_is_erased(self, work: UnitOfWork) -> None:
        for index in range(5):
            self.ended(work, f"person-{index}", wait=10)
            retention.erase(work, f"person-{index}", **ANN)
        assert outcomes.look(work, NOW.date(), NOW.date())[0].number == 5
        assert work.handoffs.find_resolved() == []


def test_who_waits_too_long_is_found_urgent_first(work: UnitOfWork) -> None:
    def late(minutes: int, *accounts: str) -> list[int]:
        found = alarms.find_late(work, at=NOW + minutes * MINUTE, accounts=accounts or None)
        return [one.case.handoff.id for one in found]

    waits, crisis = opened(work, "a"), opened(work, "b", HandoffReason.CRISIS)
    assert (late(4), late(5), late(120)) == ([], [crisis], [crisis, waits])
    assert (late(120, "JCPinLeeds"), late(120, "JCPinYork")) == ([crisis, waits], [])
    handoffs.claim(work, crisis, **ANN)
    (one,) = alarms.find_late(work, at=NOW + 150 * MINUTE)
    assert (one.waited, one.target) == (150 * MINUTE, 120 * MINUTE)
