"""Sent once, in order, within X's limits, and first what matters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Author, MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.services import handoffs, outgoing
from tests.assistant.worlds import EchoEngine, responses
from tests.channels.x.desk import Desk
from tests.fake_x import FakeX
from tests.fake_x.limits import SENDS, Limits

OPEN = "are you open today"
SENT, STALE, FAILED, UNCERTAIN = MessageState.SENT, MessageState.STALE, MessageState.FAILED, MessageState.UNCERTAIN


def say_later(desk: Desk, words: str, person: str = "anna") -> None:
    """The person writes, and the answer is ready to be sent."""
    desk.x.write(person, "JCPinLeeds", words)
    desk.read()
    desk.answer()


def set_limits(x: FakeX, **limits: int) -> None:
    x.service.limits = x.service.counts.limits = Limits(**limits)


class TestNobodyKnowsWhetherItWasSent:  # F9
    @pytest.mark.parametrize(
        "fault", ["done_then_cut", "done_then_half", "done_then_silence", "done_then_bad_gateway", "done_then_no_data"]
    )
    def test_a_message_that_did_arrive_is_not_sent_again(self, x: FakeX, desk: Desk, fault: str) -> None:
        x.faults.add(fault, calls="sends", times=1)
        x.write("anna", "JCPinLeeds", "is https://www.gov.uk/contact-jobcentre-plus right? & <b>")
        desk.later(minutes=15)
        assert len(desk.said()) == 1
        assert desk.states() == [SENT]
        assert desk.handoffs() == []

    @pytest.mark.parametrize("fault", ["cut", "silence", "bad_gateway", "server_error"])
    def test_one_that_did_not_is_sent_once_more(self, x: FakeX, desk: Desk, fault: str) -> None:
        x.faults.add(fault, calls="sends", times=1)
        x.write("anna", "JCPinLeeds", OPEN)
        desk.later(minutes=15)
        assert desk.said() == [f"1: {OPEN}"]
        assert desk.states() == [SENT]

    def test_one_that_the_list_shows_late_is_not_sent_again(self, x: FakeX, desk: Desk) -> None:
        x.faults.add("done_then_cut", calls="sends", times=1)
        say_later(desk, OPEN)
        x.world.lateness[x.world.account_of_name("JCPinLeeds").id] = timedelta(minutes=4)
        desk.send()
        desk.later(minutes=15)
        assert desk.said() == [f"1: {OPEN}"]

    def test_one_in_doubt_twice_is_shown_as_uncertain_and_left_alone(self, x: FakeX, desk: Desk) -> None:
        x.faults.add("cut", calls="sends", times=2)
        x.write("anna", "JCPinLeeds", OPEN)
        desk.later(minutes=30)
        assert (desk.said(), desk.states()) == ([], [UNCERTAIN])

    def test_nothing_else_of_the_conversation_is_sent_before_it_is_settled(self, x: FakeX, desk: Desk) -> None:
        x.faults.add("cut", calls="sends", times=1)
        say_later(desk, "one")
        desk.send()
        say_later(desk, "two")
        desk.send()
        assert desk.said() == []
        desk.later(minutes=12)
        assert desk.said() == ["1: one", "2: two"]

    def test_it_is_settled_before_it_is_taken_for_staff(self, x: FakeX, desk: Desk) -> None:
        x.faults.add("done_then_cut", calls="sends", times=1)
        say_later(desk, OPEN)
        desk.send()
        desk.read()
        assert (desk.states(), desk.handoffs()) == ([SENT], [])

    def test_the_process_dies_after_the_message_left(self, x: FakeX, desk: Desk) -> None:
        x.faults.add("done_then_silence", calls="sends", times=1)
        say_later(desk, OPEN)
        desk.does(desk.board.renew())

        async def die() -> None:
            (task,) = await desk.board.sender.round()
            while not desk.x.journal.find(SENDS):
                await __import__("asyncio").sleep(0.01)
            task.cancel()

        desk.does(die())
        desk.kill()
        desk.restart()
        desk.later(minutes=10)
        assert desk.said() == [f"1: {OPEN}"]
        assert desk.states() == [SENT]


class TestLimits:  # F10
    def test_fifteen_in_a_quarter_of_an_hour_and_the_rest_later(self, x: FakeX, desk: Desk) -> None:
        for number in range(20):
            x.world.add_person(f"p{number}")
            x.write(f"p{number}", "JCPinLeeds", OPEN)
        desk.later(minutes=14)
        assert desk.sends() == 12  # a fifth is kept for what must not wait
        desk.later(minutes=20)
        assert desk.sends() == 20
        assert x.journal.over_limits() == []

    def test_help_in_a_crisis_and_advisers_use_what_is_kept_for_them(self, x: FakeX, desk: Desk) -> None:
        for number in range(14):
            x.world.add_person(f"p{number}")
            x.write(f"p{number}", "JCPinLeeds", OPEN)
        desk.work()
        assert desk.sends() == 12
        x.write("anna", "JCPinLeeds", "hello")
        desk.clock.advance(90)
        desk.read()
        conversation = desk.conversation()
        with desk.store.unit_of_work() as work:
            answers = [Answer("utter_greet", Kind.CRISIS_LIFE)]
            outgoing.say(work, conversation, answers, responses(), at=desk.clock())
            number = handoffs.claim(
                work,
                work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=desk.clock()).id,
                by="Ann",
                at=desk.clock(),
            ).id
            handoffs.reply(work, number, "We are here.", by="Ann", at=desk.clock())
        desk.send()
        assert len(desk.said()) == 2
        assert desk.sends() == 14

    def test_the_count_outlives_the_process(self, x: FakeX, desk: Desk) -> None:
        for number in range(14):
            x.world.add_person(f"p{number}")
            x.write(f"p{number}", "JCPinLeeds", OPEN)
        desk.work()
        for _ in range(3):
            desk.restart()
            desk.work()
        assert desk.sends() == 12
        assert x.journal.over_limits() == []

    def test_the_day_of_the_app_is_shared_by_all_accounts(self, x: FakeX, desk: Desk) -> None:
        set_limits(x, app_sends_a_day=10)
        for number in range(12):
            x.world.add_person(f"p{number}")
            x.write(f"p{number}", ("JCPinLeeds", "JCPinYork")[number % 2], OPEN)
        desk.later(hours=2, every=600)
        assert desk.sends() <= 10
        assert x.journal.over_limits() == []
        desk.later(hours=3, every=600)
        assert x.journal.over_limits() == []

    @pytest.mark.parametrize("fault", ["too_many", "too_many_old", "too_many_text", "too_many_html"])
    @pytest.mark.parametrize("headers", [None, "no_rate_headers", "odd_rate_headers", "past_rate_headers"])
    def test_a_refusal_is_waited_for(self, x: FakeX, desk: Desk, fault: str, headers: str | None) -> None:
        say_later(desk, OPEN)
        x.faults.add(fault, calls="sends", times=1)
        if headers:
            x.faults.add(headers, calls="sends", times=1)
        desk.send()
        desk.later(minutes=10)
        assert desk.sends() == 1
        desk.later(minutes=10)
        assert desk.said() == [f"1: {OPEN}"]

    def test_a_refusal_to_read_is_waited_for(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        x.faults.add("too_many_html", calls="reads", times=1)
        x.faults.add("no_rate_headers", calls="reads", times=1)
        assert desk.read() >= 15 * 60
        assert desk.read("JCPinYork") < 15 * 60

    def test_first_replies_go_before_later_ones(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, "first")
        desk.send()
        desk.clock.advance(60)
        say_later(desk, "second")
        x.world.add_person("ben")
        desk.clock.advance(1)
        x.write("ben", "JCPinLeeds", "hello")
        desk.clock.advance(90)
        desk.read()
        desk.answer()
        desk.send()
        order = [text for who, text in _sent(x) if who == "JCPinLeeds"]
        assert order == ["1: first", "1: hello", "2: second"]


def _sent(x: FakeX) -> list[tuple[str, str]]:
    events = sorted(x.world.events.values(), key=lambda event: event.id)
    return [(x.world.users[event.sender].username, event.written) for event in events]


class TestTheApp:  # F11
    def test_without_credit_all_stop_and_what_came_in_is_answered_later(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        x.faults.add("credits")
        x.write("anna", "JCPinLeeds", OPEN)
        desk.later(minutes=5)
        calls = len(x.journal.find())
        desk.later(minutes=60, every=300)
        assert len(x.journal.find()) - calls <= 5
        assert [desk.report(handle).state.state for handle in desk.handles] == ["no credit"] * 2  # type: ignore[union-attr]
        x.faults.clear()
        desk.later(minutes=20)
        assert desk.said() == [f"1: {OPEN}"]
        assert desk.report().state.state == "ready"  # type: ignore[union-attr]

    def test_a_cap_on_use_is_not_taken_for_a_rate_limit(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        x.faults.add("usage_cap", calls="sends", times=1)
        desk.send()
        assert desk.report().state.state == "no credit"  # type: ignore[union-attr]
        desk.later(minutes=20)
        assert desk.said() == [f"1: {OPEN}"]


class TestTheTokens:  # F12, F19
    def test_an_account_whose_tokens_are_refused_waits_and_the_others_speak(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        x.world.account_of_name("JCPinLeeds").is_revoked = True
        x.write("anna", "JCPinLeeds", OPEN)
        x.write("anna", "JCPinYork", "hello")
        desk.later(minutes=30)
        assert desk.report().state.state == "tokens refused"  # type: ignore[union-attr]
        assert desk.said("anna", "JCPinYork") == ["1: hello"]
        x.world.account_of_name("JCPinLeeds").is_revoked = False
        desk.later(minutes=70, every=400)
        assert desk.said() == [f"1: {OPEN}"]

    def test_a_bad_hour_of_x_loses_nothing(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        x.write("anna", "JCPinLeeds", OPEN)
        outage = x.faults.add("unauthorized")
        desk.later(minutes=45, every=300)
        outage.lift()
        desk.later(minutes=70, every=400)
        assert len(desk.said()) == 1

    def test_the_tokens_of_another_account_are_not_used(self, x: FakeX, desk: Desk) -> None:  # F19
        leeds, york = x.world.account_of_name("JCPinLeeds"), x.world.account_of_name("JCPinYork")
        leeds.token, leeds.token_secret, kept = york.token, york.token_secret, (leeds.token, leeds.token_secret)
        desk.start()
        leeds.token, leeds.token_secret = kept
        desk.clock.advance(61)
        x.write("anna", "JCPinLeeds", OPEN)
        x.write("anna", "JCPinYork", "hello")
        desk.later(minutes=5)
        assert desk.report().state.state == "wrong account"  # type: ignore[union-attr]
        assert (desk.said(), desk.said("anna", "JCPinYork")) == ([], ["1: hello"])

    def test_an_account_found_ready_is_not_asked_again_at_each_start(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        for _ in range(5):
            desk.restart()
            desk.work()
        assert len(x.journal.find(["me"], account="JCPinLeeds")) == 1


class TestThePerson:  # F14
    @pytest.mark.parametrize("fault", ["recipient_closed", "not_found"])
    def test_who_takes_no_messages_is_not_tried_again(self, x: FakeX, desk: Desk, fault: str) -> None:
        say_later(desk, OPEN)
        x.faults.add(fault, calls="sends")
        desk.send()
        desk.later(hours=2, every=600)
        assert desk.sends() == 1
        assert desk.states() == [FAILED]
        x.faults.clear()
        x.write("anna", "JCPinLeeds", "hello again")
        desk.later(minutes=3)
        assert desk.said() == ["2: hello again"]

    def test_what_x_does_not_understand_goes_to_people(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        x.faults.add("conflict", calls="sends")
        desk.send()
        desk.later(minutes=10)
        assert (desk.states(), [h.reason for h in desk.handoffs()]) == ([FAILED], [HandoffReason.FAILURE])


class TestLate:
    def test_a_reply_that_waited_is_made_anew_by_the_clock_of_then(
        self, x: FakeX, desk: Desk, engine: EchoEngine
    ) -> None:
        say_later(desk, OPEN)
        x.faults.add("unavailable_html", calls="sends")
        desk.clock.advance(minutes=31)
        x.faults.clear()
        desk.send()
        assert desk.said() == []
        desk.work()
        assert len(desk.said()) == 1
        assert desk.states() == [STALE, SENT]
        assert engine.heard == [OPEN, OPEN]
        assert desk.transcript()[-1].at > desk.clock() - timedelta(minutes=1)

    def test_several_that_waited_become_one(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, "one")
        desk.clock.advance(minutes=3)
        say_later(desk, "two")
        desk.clock.advance(minutes=40)
        desk.send()
        desk.work()
        assert [said.partition(": ")[2] for said in desk.said()] == ["one\ntwo"]

    def test_after_six_hours_it_is_stale_with_a_mark(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        desk.clock.advance(hours=7)
        desk.later(minutes=5)
        assert (desk.said(), desk.states()) == ([], [STALE])

    def test_what_an_adviser_wrote_is_never_made_anew(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        desk.send()
        conversation = desk.conversation()
        with desk.store.unit_of_work() as work:
            number = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=desk.clock()).id
            handoffs.claim(work, number, by="Ann", at=desk.clock())
            handoffs.reply(work, number, "Ring us on Monday.", by="Ann", at=desk.clock())
        desk.clock.advance(hours=7)
        desk.send()
        assert desk.said()[-1] == "Ring us on Monday."


class TestStop:
    def test_stop_gets_one_confirmation_and_silence_until_start(self, x: FakeX, desk: Desk) -> None:
        for words in (OPEN, "stop", "stop", "hello?", "are you there"):
            x.write("anna", "JCPinLeeds", words)
            desk.later(minutes=3)
        assert len(desk.said()) == 2
        x.write("anna", "JCPinLeeds", "start")
        desk.later(minutes=3)
        x.write("anna", "JCPinLeeds", OPEN)
        desk.later(minutes=3)
        assert len(desk.said()) == 4

    def test_what_waits_is_not_sent_after_stop(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        say_later(desk, "stop")
        desk.send()
        assert desk.states() == [STALE, SENT]
        assert "start" in desk.said()[0].casefold()

    def test_help_in_a_crisis_is_sent_all_the_same(self, x: FakeX, desk: Desk) -> None:
        say_later(desk, OPEN)
        conversation = desk.conversation()
        with desk.store.unit_of_work() as work:
            outgoing.say(work, conversation, [Answer("utter_greet", Kind.CRISIS_LIFE)], responses(), at=desk.clock())
        say_later(desk, "stop")
        desk.send()
        assert desk.states() == [STALE, SENT, SENT]


def test_an_account_that_cannot_be_reached_harms_no_other(x: FakeX, desk: Desk) -> None:
    desk.work()
    x.faults.add("cut", account="JCPinLeeds")
    x.write("anna", "JCPinLeeds", OPEN)
    x.write("anna", "JCPinYork", "hello")
    desk.later(minutes=12)
    assert desk.said("anna", "JCPinYork") == ["1: hello"]
    assert desk.report().state.state == "unreachable"  # type: ignore[union-attr]
    x.faults.clear()
    desk.later(minutes=12)
    assert desk.said() == [f"1: {OPEN}"]


def test_x_out_of_reach_uses_up_no_limit(x: FakeX, desk: Desk) -> None:
    say_later(desk, OPEN)
    desk.line().client._base_url = "http://127.0.0.1:9"  # type: ignore[union-attr]
    for _ in range(10):
        desk.send()
        desk.clock.advance(60)
    sends = {quota.window: quota for quota in desk.report().quotas if quota.window.startswith("send")}
    assert all(quota.remaining == quota.limit for quota in sends.values())


def test_messages_of_one_person_keep_their_order(x: FakeX, desk: Desk) -> None:
    x.faults.add("unavailable", calls="sends", chance=0.4)
    for number in range(6):
        x.write("anna", "JCPinLeeds", f"question {number}")
        desk.later(minutes=3)
    x.faults.clear()
    desk.later(minutes=25)
    assert [said.partition(": ")[2] for said in desk.said()] == [f"question {number}" for number in range(6)]


def test_what_was_said_by_whom_stands_in_the_transcript(x: FakeX, desk: Desk) -> None:
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    assert [(m.author, m.state) for m in desk.transcript()] == [
        (Author.PERSON, MessageState.ANSWERED),
        (Author.ASSISTANT, SENT),
    ]
