"""Received once, in order, and only what is to be answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.assistant.turn import Said
from bot.channels.x.inbox import IN_PLACE_OF_WORDS, REPLIES_AT_MOST
from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Author, Language, MessageState
from bot.jobcentre.handoff import HandoffState
from bot.jobcentre.kinds import Kind
from bot.services import handoffs
from bot.services.handoffs import BY_HAND
from tests.assistant.worlds import BrokenEngine, EchoEngine
from tests.channels.x.desk import Desk
from tests.fake_x import FakeX
from tests.fake_x.conftest import each_version

OPEN = "are you open today"
_YES = Answer("utter_greet", Kind.GREETING)


def test_a_question_is_answered_once(x: FakeX, desk: Desk) -> None:
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    assert desk.said() == [f"1: {OPEN}"]
    desk.later(minutes=30)
    assert desk.said() == [f"1: {OPEN}"]
    assert x.journal.over_limits() == []


def test_a_message_delivered_again_and_again_is_answered_once(x: FakeX, desk: Desk) -> None:  # F1
    x.faults.add("duplicates", calls="reads")
    x.faults.add("out_of_order", calls="reads")
    x.write("anna", "JCPinLeeds", OPEN)
    desk.later(minutes=10)
    assert desk.said() == [f"1: {OPEN}"]


def test_what_was_erased_is_not_received_again(x: FakeX, desk: Desk) -> None:  # F1
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    conversation = desk.conversation()
    with desk.store.unit_of_work() as work:
        work.retention.erase_conversations([conversation.id], at=desk.clock())
    desk.later(minutes=5)
    with desk.store.unit_of_work(write=False) as work:
        assert work.conversations.find_of_sender(conversation.sender) == []
    assert len(desk.said()) == 1


def test_our_own_messages_are_not_taken_for_questions(x: FakeX, desk: Desk, engine: EchoEngine) -> None:  # F2
    for number in range(3):
        x.write("anna", "JCPinLeeds", f"question {number}")
        desk.work()
        desk.clock.advance(90)
    assert len(engine.heard) == 3
    assert not any(handoff.assignee == BY_HAND for handoff in desk.handoffs())


def test_a_reply_that_staff_type_in_x_silences_the_assistant_until_handed_back(x: FakeX, desk: Desk) -> None:  # F3
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    x.write("JCPinLeeds", "anna", "Hello, this is Rhys. I am looking into it.")
    desk.read()
    x.write("anna", "JCPinLeeds", "thank you")
    desk.later(minutes=3)
    assert desk.said() == [f"1: {OPEN}", "Hello, this is Rhys. I am looking into it."]
    assert [(m.author, m.author_name) for m in desk.transcript() if m.author is Author.ADVISER] == [
        (Author.ADVISER, BY_HAND)
    ]
    handoff = desk.handoffs()[-1]
    assert (handoff.state, handoff.assignee) == (HandoffState.ASSIGNED, BY_HAND)
    with desk.store.unit_of_work() as work:
        handoffs.claim(work, handoff.id, by="Rhys", at=desk.clock())
        handoffs.return_to_assistant(work, handoff.id, by="Rhys", at=desk.clock())
    x.write("anna", "JCPinLeeds", "and tomorrow?")
    desk.later(minutes=3)
    assert desk.said()[-1] == "2: and tomorrow?"


def test_what_staff_answered_by_hand_is_not_answered_once_more(x: FakeX, desk: Desk) -> None:  # F3
    x.write("anna", "JCPinLeeds", OPEN)
    desk.read()
    desk.answer()
    x.write("JCPinLeeds", "anna", "Yes, until 5pm.")
    desk.read()
    desk.send()
    assert desk.said() == ["Yes, until 5pm."]
    assert MessageState.STALE in desk.states()


def test_two_of_our_accounts_do_not_talk_to_each_other(x: FakeX, desk: Desk, engine: EchoEngine) -> None:  # F4
    x.write("JCPinYork", "JCPinLeeds", "hello, who are you")
    desk.later(minutes=10)
    assert desk.said("JCPinYork") == []
    assert engine.heard == []


def test_a_program_that_answers_everything_is_not_answered_without_end(x: FakeX, desk: Desk) -> None:  # F4
    x.world.add_person("echo").echoes = True
    x.write("echo", "JCPinLeeds", "hello")
    desk.later(minutes=50)
    assert len(desk.said("echo")) == REPLIES_AT_MOST
    assert [handoff.state for handoff in desk.handoffs("echo")] == [HandoffState.OPEN]


def test_who_is_passed_over_for_writing_too_much_still_gets_help_in_a_crisis(x: FakeX, desk: Desk) -> None:  # F4
    x.world.add_person("echo").echoes = True
    x.write("echo", "JCPinLeeds", "hello")
    desk.later(minutes=30)
    x.write("echo", "JCPinLeeds", "i want to kill myself")
    desk.later(minutes=3)
    assert any("kill myself" in said for said in desk.said("echo"))


class TestAfterALongOutage:  # F5
    def test_only_recent_questions_without_an_answer_are_answered_once(self, x: FakeX, desk: Desk) -> None:
        for name in ("ben", "carys", "dafydd"):
            x.world.add_person(name)
        desk.work()
        x.write("ben", "JCPinLeeds", "an old question")
        desk.clock.advance(days=2)
        x.write("carys", "JCPinLeeds", "a question that staff answered")
        desk.clock.advance(60)
        x.write("JCPinLeeds", "carys", "yes")
        x.write("dafydd", "JCPinLeeds", "first")
        desk.clock.advance(60)
        x.write("dafydd", "JCPinLeeds", "second")
        desk.clock.advance(hours=3)
        desk.later(minutes=6)
        assert desk.said("ben") == []
        assert desk.said("carys") == ["yes"]
        assert desk.said("dafydd") == ["1: first\nsecond"]
        assert desk.heard("ben") == [("an old question", MessageState.IGNORED)]

    @pytest.mark.parametrize("fault", [None, "done_then_cut"])
    def test_our_own_reply_to_something_earlier_answers_no_message_that_was_not_read(
        self, x: FakeX, desk: Desk, fault: str | None
    ) -> None:
        x.write("anna", "JCPinLeeds", "are you open today")
        desk.read()
        desk.answer()
        x.write("anna", "JCPinLeeds", "and where are you")
        desk.clock.advance(2)
        if fault:
            x.faults.add(fault, calls="sends", times=1)
        desk.send()
        desk.kill()
        desk.clock.advance(hours=3)
        desk.restart()
        desk.later(minutes=10)
        assert desk.said() == ["1: are you open today", "2: and where are you"]

    def test_the_first_reading_of_an_account_begins_a_day_ago(self, x: FakeX, desk: Desk) -> None:
        x.write("anna", "JCPinLeeds", "a month ago")
        desk.clock.advance(days=20)
        x.write("anna", "JCPinLeeds", OPEN)
        desk.clock.advance(hours=3)
        desk.work()
        assert desk.heard() == [(OPEN, MessageState.ANSWERED)]
        assert desk.said() == [f"1: {OPEN}"]

    def test_a_crisis_is_answered_however_old_it_is(self, x: FakeX, desk: Desk) -> None:
        desk.work()
        x.write("anna", "JCPinLeeds", "i want to kill myself")
        desk.clock.advance(days=2)
        desk.work()
        assert len(desk.said()) == 1


def test_a_burst_is_one_turn_and_one_message(x: FakeX, desk: Desk) -> None:  # F6
    for words in ("hi", "are you open", "on friday", "in leeds"):
        x.write("anna", "JCPinLeeds", words)
        desk.clock.advance(4)
    desk.work()
    assert desk.said() == ["1: hi\nare you open\non friday\nin leeds"]


def test_more_than_a_page_is_read_to_its_end_in_order(x: FakeX, desk: Desk, engine: EchoEngine) -> None:  # F7
    desk.work()
    for number in range(180):
        x.write("anna", "JCPinLeeds", f"line {number}")
        desk.clock.advance(0.5)
    desk.read()
    assert [text for text, _ in desk.heard()] == [f"line {number}" for number in range(180)]
    assert x.journal.over_limits() == []


def test_a_long_backlog_waits_for_the_limit_of_readings(x: FakeX, desk: Desk) -> None:  # F7
    x.service.limits = x.service.counts.limits = type(x.service.limits)(reads=4)
    desk.work()
    for number in range(420):
        x.write("anna", "JCPinLeeds", f"line {number}")
    desk.read()
    assert len(desk.heard()) == 420


def test_two_processes_answer_once(x: FakeX, desk: Desk) -> None:  # F8
    first = desk.board
    x.write("anna", "JCPinLeeds", OPEN)
    desk.start()  # a second one, while the first has the accounts
    desk.work()
    assert desk.said() == []
    second, desk.board = desk.board, first
    desk.work()
    assert desk.said() == [f"1: {OPEN}"]
    desk.does(first.end())
    desk.board = second
    x.write("anna", "JCPinLeeds", "and tomorrow?")
    desk.clock.advance(60)
    desk.work()
    assert desk.said()[1:] == ["2: and tomorrow?"]


@each_version
def test_both_forms_of_the_api_are_read(x: FakeX, desk: Desk) -> None:  # F16
    x.service.expansions_bring_fields = x.service.version != "2.166"
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    assert desk.said() == [f"1: {OPEN}"]


@pytest.mark.parametrize("fault", ["first_without_event_type", "new_event_type", "without_includes", "with_errors"])
def test_one_strange_event_does_not_lose_the_others(x: FakeX, desk: Desk, fault: str) -> None:  # F16
    x.write("anna", "JCPinLeeds", "one")
    x.faults.add(fault, calls="reads", times=2)  # the check at the start reads one event too
    desk.work()
    x.write("anna", "JCPinLeeds", "two")
    desk.later(minutes=5)
    assert [text for text, _ in desk.heard()] == ["one", "two"]


def test_messages_without_their_sender_are_told_and_nobody_is_answered(x: FakeX, desk: Desk) -> None:  # F16
    desk.work()
    x.faults.add("without_sender", calls="reads")
    x.write("anna", "JCPinLeeds", OPEN)
    desk.later(minutes=20)
    report = desk.report()
    assert report.state is not None
    assert (report.state.state, "sender" in report.state.told) == ("unreachable", True)
    assert x.texts("JCPinLeeds", "anna") == [("anna", OPEN)]


class TestWithoutWords:  # F17
    def test_a_picture_gets_one_polite_answer_in_a_day(self, x: FakeX, desk: Desk) -> None:
        x.write("anna", "JCPinLeeds", media=1)
        desk.work()
        x.write("anna", "JCPinLeeds", shared_post="1234567890123456789")
        desk.later(minutes=5)
        assert desk.said() == [
            "We cannot read pictures, voice messages or shared posts here. Write your question in words."
        ]
        assert [text for text, _ in desk.heard()] == [IN_PLACE_OF_WORDS, IN_PLACE_OF_WORDS]

    def test_words_beside_a_picture_are_answered(self, x: FakeX, desk: Desk) -> None:
        x.write("anna", "JCPinLeeds", OPEN, media=1)
        x.write("anna", "JCPinLeeds", media=1)
        desk.work()
        assert desk.said() == [f"1: {OPEN}"]

    def test_groups_are_passed_over(self, x: FakeX, desk: Desk, engine: EchoEngine) -> None:
        leeds, anna = x.world.account_of_name("JCPinLeeds"), x.world.user_of_name("anna")
        ben = x.world.add_person("ben")
        group = x.world.add_group(anna, ben, leeds)
        x.world.send(anna, group, OPEN)
        x.world.leave_group(ben, group)
        desk.later(minutes=3)
        assert (engine.heard, desk.sends()) == ([], 0)


def test_an_account_that_falls_silent_can_be_seen(x: FakeX, desk: Desk) -> None:  # F18
    for _ in range(16):
        x.write("anna", "JCPinLeeds", OPEN)
        desk.clock.advance(90)
        desk.read()
        desk.clock.advance(days=1)
    x.world.user_of_name("anna").is_encrypted = True  # type: ignore[attr-defined]
    desk.clock.advance(hours=1)
    x.write("anna", "JCPinLeeds", "nobody can see this")
    desk.read()
    report = desk.report()
    assert report.came_in == 0
    assert report.usually == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    "words",
    ["x" * 10_000, "\u202eneo uoy era\u0000\u200b", "😀😀😀", "/restart", "http://example.org/" + "a" * 3000],
    ids=["long", "hidden signs", "emoji", "command", "link"],
)
def test_hostile_text_gets_one_reply(x: FakeX, desk: Desk, words: str) -> None:  # F20
    desk.assistant.engine = BrokenEngine(lambda words: Said("Yes.", (_YES,), Language.ENGLISH, {}, 1.0))
    x.write("anna", "JCPinLeeds", words)
    desk.work()
    assert len(desk.said()) == 1


def test_nothing_of_a_message_or_token_is_logged(x: FakeX, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:  # F21
    caplog.set_level("DEBUG")
    x.faults.add("done_then_cut", calls="sends", times=1)
    x.faults.add("unavailable", calls="reads", times=3)
    x.write("anna", "JCPinLeeds", "my number is QQ 12 34 56 C and I am worried about the sanction")
    desk.later(minutes=10)
    account = x.world.account_of_name("JCPinLeeds")
    for secret in ("worried", "12 34 56", account.token, account.token_secret, x.world.app.consumer_secret):
        assert secret not in caplog.text
    assert len(desk.said()) == 1


def test_readings_are_fewer_where_nobody_writes(x: FakeX, desk: Desk) -> None:
    desk.work()
    quiet = desk.read()
    x.write("anna", "JCPinLeeds", OPEN)
    desk.clock.advance(90)
    desk.read()
    assert desk.read() < 100 < quiet
    assert quiet <= timedelta(minutes=5).total_seconds()
