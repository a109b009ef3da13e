"""A turn, whole: the real assistant on a real database, from what a person sent to the one message they get."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

from bot.assistant.turn import Said, TurnFailed
from bot.jobcentre.answer import Asks
from bot.jobcentre.conversation import ConversationState, Direction, Language, MessageState
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import HandoffReason, HandoffState, Priority, Wanted
from bot.services import blocks, conversations, handoffs
from bot.services.conversations import LEASE_SECONDS, TRIES_AT_MOST
from tests.assistant.worlds import NOW, BrokenEngine, World, kinds, responses

CRISIS = "i want to kill myself"
INTRO = "automated assistant"


# One reply for each turn


def test_a_question_gets_one_reply_that_is_kept_with_its_answers(each_world: World) -> None:
    outcome = each_world.say("is leeds park place open")
    asked, reply = each_world.transcript()
    assert (kinds(outcome), outcome.offices, outcome.opening) == (["office_open"], ["leeds-park-place"], "open")
    assert (asked.state, reply.text, reply.in_reply_to) == (MessageState.ANSWERED, outcome.reply, asked.id)
    assert [answer["response"] for answer in reply.answers] == ["utter_office_open_usual", "utter_intro"]
    assert outcome.state is ConversationState.ASSISTANT


def test_a_burst_is_answered_in_one_reply(each_world: World) -> None:
    for words in ("hi", "is leeds park place open today", "and when am i getting my payment"):
        each_world.send(words)
    outcome = each_world.assistant.take_turn()
    assert outcome is not None
    assert kinds(outcome) == ["office_open", "individual_case"]
    assert [message.state for message in each_world.transcript()] == [MessageState.ANSWERED] * 3 + [MessageState.SENT]
    assert each_world.assistant.take_turn() is None


PERSON = "i want to speak to a person"


def test_a_burst_of_long_messages_takes_no_longer_than_one(world: World) -> None:
    for number in range(10):
        world.send(f"message {number} " + "next monday at 9 " * 580)
    started = time.process_time()  # the work itself, however busy the machine is
    outcome = world.assistant.take_turn()
    assert time.process_time() - started < 5
    assert outcome is not None
    assert world.assistant.take_turn() is None


@pytest.mark.parametrize(
    ("burst", "expected"),
    [
        (("is bradford eastbrook court open", PERSON), ["office_open", "handoff"]),
        ((PERSON, "is bradford eastbrook court open"), ["office_open", "handoff"]),
        (("and tomorrow?", PERSON), ["office_open", "handoff"]),
        (("hi", PERSON), ["handoff"]),
        (("hi", "where is it", "thanks", "bye"), ["office_find"]),
    ],
)
def test_nothing_that_a_burst_asks_is_lost(world: World, burst: tuple[str, ...], expected: list[str]) -> None:
    world.say("is leeds park place open")
    for words in burst:
        world.send(words)
    outcome = world.assistant.take_turn()
    assert outcome is not None
    assert kinds(outcome) == expected
    assert (outcome.handoff is HandoffReason.ASKED) == (PERSON in burst)


def test_a_person_asked_for_about_a_claim_is_told_first_and_queued_if_they_still_want(world: World) -> None:
    world.send("when is my payment")
    world.send(PERSON)
    told = world.assistant.take_turn()
    assert told is not None
    assert (kinds(told), told.asks, told.handoff) == (["individual_case", "handoff"], Asks.CONFIRM, None)
    outcome = world.say("yes")
    assert outcome.handoff is HandoffReason.ASKED


def test_a_message_delivered_twice_is_answered_once(each_world: World) -> None:
    first = each_world.say("is leeds park place open", message_id="same")
    assert first.reply
    assert each_world.assistant.answer(each_world.incoming("is leeds park place open", message_id="same")) is None
    assert len(each_world.replies()) == 1


def test_people_do_not_hear_of_each_other(each_world: World) -> None:
    each_world.say("is leeds park place open", "ann")
    other = each_world.say("and tomorrow?", "bob", account="JCPinPlymouth")
    assert other.offices == ["plymouth"]


def test_the_conversation_that_has_waited_longest_is_next(each_world: World) -> None:
    for sender in ("ann", "bob"):
        each_world.send("is leeds park place open", sender)
    turns = [each_world.assistant.take_turn() for _ in range(3)]
    assert [turn and turn.conversation_id for turn in turns] == [
        each_world.conversation("ann").id,
        each_world.conversation("bob").id,
        None,
    ]


def test_a_turn_that_another_worker_took_over_keeps_nothing(each_world: World) -> None:
    engine = each_world.assistant.engine

    def slow(words: str) -> Said:
        """Longer than the lease lasts: meanwhile another worker answers."""
        each_world.assistant.engine = engine
        each_world.later(minutes=5)
        assert each_world.assistant.take_turn() is not None
        return Said("Too late.", (), Language.ENGLISH, None, 1.0)

    each_world.send("is leeds park place open")
    each_world.assistant.engine = BrokenEngine(slow)
    assert each_world.assistant.take_turn() is None
    assert len(each_world.replies()) == 1
    assert "Too late." not in each_world.replies()


# With an adviser


def test_the_assistant_answers_while_a_handoff_waits_and_is_silent_from_the_claim_on(each_world: World) -> None:
    asked = each_world.say("i want to speak to a real person please")
    assert (asked.handoff, asked.state) == (HandoffReason.ASKED, ConversationState.WAITING)
    assert each_world.say("is leeds park place open").opening == "open"
    each_world.claim()
    silent = each_world.say("are you there")
    assert (silent.reply, silent.kinds, silent.state) == (None, [], ConversationState.WITH_ADVISER)
    assert each_world.transcript()[-1].state is MessageState.IGNORED


def test_a_crisis_while_with_an_adviser_gets_help_at_once_and_is_urgent(each_world: World) -> None:
    each_world.say("i want to speak to a real person please")
    each_world.claim()
    outcome = each_world.say(f"is leeds open? {CRISIS}")
    assert kinds(outcome) == ["crisis_life"]
    assert outcome.reply is not None
    assert outcome.reply.count("999") == 1
    assert "Leeds" not in outcome.reply
    (handoff,) = each_world.handoffs()
    assert (handoff.priority, handoff.state, handoff.assignee) == (Priority.URGENT, HandoffState.ASSIGNED, "Rhys")
    assert outcome.state is ConversationState.WITH_ADVISER


def test_an_adviser_who_hands_back_lets_the_assistant_speak_again(each_world: World) -> None:
    each_world.say("i want to speak to a real person please")
    each_world.claim()
    each_world.say("hello")
    with each_world.store.unit_of_work() as work:
        work.handoffs.resolve(each_world.handoffs()[0].id, by="Rhys", at=each_world.clock)
    outcome = each_world.say("is leeds park place open")
    assert (outcome.opening, outcome.state) == ("open", ConversationState.ASSISTANT)


def test_a_handoff_knows_what_the_person_wanted_without_their_words(each_world: World) -> None:
    each_world.send("is bradford eastbrook court open on friday")
    each_world.send(PERSON)
    each_world.assistant.take_turn()
    (handoff,) = each_world.handoffs()
    assert handoff.wanted == Wanted(("office_open", "handoff"), (), ("bradford-eastbrook-court",))
    each_world.say("my neighbour beats her little boy every night")
    (handoff,) = each_world.handoffs()
    assert (handoff.reason, handoff.wanted.offices) == (HandoffReason.CHILD_AT_RISK, ())


def test_whom_staff_block_is_answered_by_nobody_but_for_a_crisis(each_world: World) -> None:
    each_world.say(PERSON)
    (handoff,) = each_world.handoffs()
    with each_world.store.unit_of_work() as work:
        blocks.block(work, responses(), handoff.id, by="Rhys", at=each_world.clock)
    for words in ("is leeds park place open", "start", PERSON):
        assert each_world.say(words).reply is None
    assert len(each_world.handoffs()) == 1
    help_given = each_world.say("i am going to kill myself tonight")
    assert help_given.reply is not None
    assert "116 123" in help_given.reply
    assert each_world.handoffs()[-1].reason is HandoffReason.CRISIS
    assert each_world.say("is leeds park place open").reply is None
    with each_world.store.unit_of_work() as work:
        blocks.unblock(work, handoff.conversation_id, by="Rhys", at=each_world.clock)
    assert kinds(each_world.say("is leeds park place open")) == ["office_open"]


def test_never_mind_ends_an_ordinary_handoff_that_nobody_has_claimed(each_world: World) -> None:
    each_world.say("i want to speak to a real person please")
    outcome = each_world.say("never mind")
    assert outcome.state is ConversationState.ASSISTANT
    assert outcome.reply is not None
    assert "no longer in the queue" in outcome.reply
    (handoff,) = each_world.handoffs()
    assert (handoff.state, handoff.resolution) == (HandoffState.RESOLVED, "cancelled")


@pytest.mark.parametrize("words", ["never mind", "stop"])
@pytest.mark.parametrize("alarm", [CRISIS, "i am going to come down there and hurt you all"], ids=["crisis", "threat"])
def test_nothing_that_a_person_says_ends_an_urgent_handoff(world: World, words: str, alarm: str) -> None:
    assert world.say(alarm).handoff
    world.say(words)
    (handoff,) = world.handoffs()
    assert (handoff.state, handoff.priority) == (HandoffState.OPEN, Priority.URGENT)


def test_after_a_threat_no_reply_gives_times_or_places(world: World) -> None:
    world.say("i am going to come down there and hurt you all")
    for words in ("is leeds park place open", "where is it", "nearest jobcentre to LS1"):
        outcome = world.say(words)
        assert (outcome.offices, outcome.opening) == ([], None)
        assert "Park Place" not in str(outcome.reply)
    assert "999" in str(world.say(CRISIS).reply)


# Stop and start


@pytest.mark.parametrize(
    ("stop", "said"),
    [("stop", "We will not message you"), ("STOP!", "We will not message you"), ("unsubscribe", "We will not")],
)
def test_stop_is_confirmed_once_and_then_obeyed(each_world: World, stop: str, said: str) -> None:
    each_world.say("is leeds park place open")
    stopped = each_world.say(stop)
    assert (kinds(stopped), stopped.state) == (["stop"], ConversationState.STOPPED)
    assert str(stopped.reply).startswith(said)
    for words in ("is leeds park place open", stop, "hello?"):
        silent = each_world.say(words)
        assert (silent.reply, silent.state) == (None, ConversationState.STOPPED)


def test_a_crisis_after_stop_still_gets_help_and_start_starts_again(each_world: World) -> None:
    each_world.say("stop")
    helped = each_world.say(CRISIS)
    assert "999" in str(helped.reply)
    assert helped.handoff is HandoffReason.CRISIS
    assert each_world.say("is leeds park place open").reply is None
    each_world.say("start")
    assert each_world.say("is leeds park place open").opening == "open"


def test_stop_among_other_messages_of_a_burst_is_obeyed(world: World) -> None:
    world.send("is leeds park place open")
    world.send("stop")
    outcome = world.assistant.take_turn()
    assert outcome is not None
    assert (kinds(outcome), outcome.state) == (["stop"], ConversationState.STOPPED)
    world.send("hello")
    world.send("start")
    again = world.assistant.take_turn()
    assert again is not None
    assert again.state is ConversationState.ASSISTANT


def test_stop_said_in_a_sentence_is_obeyed(world: World) -> None:
    outcome = world.say("please switch off the bot")
    assert (kinds(outcome)[0], outcome.state) == ("stop", ConversationState.STOPPED)


def test_a_crisis_in_the_words_of_stop_is_a_crisis_first(world: World) -> None:
    world.send(CRISIS)
    world.send("stop")
    outcome = world.assistant.take_turn()
    assert outcome is not None
    assert kinds(outcome)[0] == "crisis_life"
    assert "999" in str(outcome.reply)


def test_stop_said_to_an_adviser_is_obeyed_until_they_write_again(quick: World) -> None:
    quick.send("hello")
    with quick.store.unit_of_work() as work:
        work.handoffs.open_one(quick.conversation().id, HandoffReason.ASKED, at=NOW)
    quick.claim()
    assert quick.say("and this is my question").reply is None
    stopped = quick.say("stop")
    assert (stopped.reply, stopped.state) == (None, ConversationState.WITH_ADVISER)
    with quick.store.unit_of_work() as work, pytest.raises(Conflict, match="no more messages"):
        handoffs.reply(work, quick.handoffs()[0].id, "Here is your answer.", by="Rhys", at=quick.clock)
    quick.say("sorry, one more thing")
    assert not quick.conversation().is_stopped


# Failure


def test_words_that_no_worker_survives_are_given_up_with_a_sorry(quick: World) -> None:
    quick.send("words that end whoever reads them")
    for _ in range(TRIES_AT_MOST):
        with quick.store.unit_of_work() as work:
            assert conversations.take(work, quick.clock) is not None
        quick.later(seconds=LEASE_SECONDS + 1)
    outcome = quick.assistant.take_turn()
    assert outcome is not None
    assert outcome.handoff is HandoffReason.FAILURE
    assert "something went wrong" in str(outcome.reply)
    assert quick.say("hello").handoff is None


def _raise(error: Exception) -> Callable[[str], NoReturn]:
    def fail(words: str) -> NoReturn:
        raise error

    return fail


FAILURES = {
    "the engine says that it failed": _raise(TurnFailed("no answer")),
    "the engine breaks": _raise(RuntimeError("broken")),
    "a blank is missing": _raise(KeyError("office")),
    "an empty text": lambda words: Said("", (), Language.ENGLISH, None, 0.0),
    "a blank text": lambda words: Said(" \n", (), Language.ENGLISH, None, 0.0),
}


@pytest.mark.parametrize("how", FAILURES.values(), ids=FAILURES)
def test_a_failure_says_sorry_and_hands_off_and_keeps_the_thread(world: World, how: Callable[[str], Said]) -> None:
    world.say("is leeds park place open")
    before = world.conversation().dialogue
    engine, world.assistant.engine = world.assistant.engine, BrokenEngine(how)
    outcome = world.say("and on tuesday?")
    assert str(outcome.reply).startswith("Sorry")
    assert (outcome.handoff, outcome.state) == (HandoffReason.FAILURE, ConversationState.WAITING)
    assert [handoff.reason for handoff in world.handoffs()] == [HandoffReason.FAILURE]
    assert world.conversation().dialogue == before
    world.assistant.engine = engine
    assert world.say("and on tuesday?").offices == ["leeds-park-place"]


def test_an_action_that_raises_is_a_failure_and_not_silence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.answer.answer", _raise(ZeroDivisionError("in the action")))
    outcome = world.say("is leeds park place open")
    assert str(outcome.reply).startswith("Sorry")
    assert outcome.handoff is HandoffReason.FAILURE


def test_an_answer_of_nothing_is_a_failure_and_not_silence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.jobcentre.question import Thread
    from bot.services.answers import Reply

    monkeypatch.setattr("actions.answer.answer", lambda desk, utterance: Reply((), Thread()))
    assert str(world.say("is leeds park place open").reply).startswith("Sorry")


def test_a_dialogue_that_cannot_be_read_is_a_failure_and_not_a_message_that_waits_for_ever(world: World) -> None:
    world.say("is leeds park place open")
    with world.store.unit_of_work() as work:
        held = world.conversation()
        held.dialogue["pending"] = {"asks": "office"}  # type: ignore[index]
        work.conversations.save(held)
    assert str(world.say("and tomorrow?").reply).startswith("Sorry")
    assert world.assistant.take_turn() is None


@pytest.mark.parametrize("how", FAILURES.values(), ids=FAILURES)
def test_a_crisis_gets_help_though_all_else_fails(world: World, how: Callable[[str], Said]) -> None:
    world.assistant.engine = BrokenEngine(how)
    outcome = world.say(CRISIS)
    assert kinds(outcome) == ["crisis_life"]
    assert "999" in str(outcome.reply)
    assert [handoff.priority for handoff in world.handoffs()] == [Priority.URGENT]


def test_a_failure_speaks_the_language_of_the_account(world: World) -> None:
    world.assistant.engine = BrokenEngine(_raise(TurnFailed("no answer")))
    outcome = world.say("ydy caernarfon ar agor", account="JCPinGwynedd")
    assert str(outcome.reply).startswith("Mae’n ddrwg")


# What a conversation keeps


LONG = ("is leeds park place open", "and tomorrow?", "what about bradford", "hours?", "2", "gibberish xyzzy", "thanks")


def test_the_dialogue_does_not_grow_with_the_conversation(world: World) -> None:
    sizes = []
    for turn in range(210):
        world.say(LONG[turn % len(LONG)])
        sizes.append(len(json.dumps(dict(world.conversation().dialogue))))
    # The first rounds fill it; from then on each round of the same questions leaves it the same size.
    assert sizes[-70:] == sizes[70:140]
    assert max(sizes) < 4_000


def test_the_tracker_store_in_use_is_ours_and_holds_nothing_after_a_turn(world: World) -> None:
    from bot.assistant.rasa_runner import RasaRunner
    from bot.assistant.tracker_store import StagedTrackerStore

    engine = world.assistant.engine
    assert isinstance(engine, RasaRunner)
    assert type(engine._processor.tracker_store) is StagedTrackerStore
    world.say("is leeds park place open")
    assert engine._processor.tracker_store._staged == {}


def test_the_introduction_comes_once_after_the_first_answer_and_never_in_a_crisis(each_world: World) -> None:
    assert INTRO not in str(each_world.say(CRISIS).reply)
    assert INTRO in str(each_world.say("is leeds park place open").reply)
    each_world.later(days=20)
    for words in ("and tomorrow?", "thanks", "gibberish xyzzy", CRISIS):
        assert INTRO not in str(each_world.say(words).reply)


# Language


def test_the_language_follows_the_latest_message_else_the_conversation_else_the_account(each_world: World) -> None:
    said = [
        each_world.say(words, account="JCPinGwynedd").language.value
        for words in (
            "Dolgellau?",
            "is it open tomorrow please",
            "Bangor?",
            "ydy'r swyddfa ar agor yfory",
            "Caernarfon?",
        )
    ]
    assert said == ["cy", "en", "en", "cy", "cy"]
    assert each_world.say("Leeds Park Place?", "bob", account="JCPinLeeds").language is Language.ENGLISH


# Conversations and restarts


def test_another_process_goes_on_where_one_stopped(each_world: World) -> None:
    """What is remembered is in the database alone: nothing of it in the engine."""
    each_world.say("is leeds park place open")
    fresh = each_world.assistant.knowledge
    each_world.store.close()
    fresh._revision = None
    assert each_world.say("and on tuesday?").offices == ["leeds-park-place"]


def test_a_message_of_a_time_long_past_does_not_speak_of_the_office_of_then(world: World) -> None:
    world.say("is bradford eastbrook court open")
    world.later(hours=49)
    assert world.say("and tomorrow?").offices == ["leeds-park-place", "leeds-southern-house"]


def test_replies_of_the_web_have_arrived_and_those_of_x_wait_for_their_sender(each_world: World) -> None:
    each_world.say("is leeds park place open", "ann")
    each_world.say("is leeds park place open", "bob", channel="x")
    assert each_world.transcript("ann")[-1].state is MessageState.SENT
    assert each_world.transcript("bob")[-1].state is MessageState.QUEUED


def test_a_conflict_elsewhere_is_not_taken_for_an_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message stays to be answered, by whoever takes it next."""
    from bot.services import conversations

    kept = conversations.keep_reply
    monkeypatch.setattr(conversations, "keep_reply", _conflict)
    world.send("is leeds park place open")
    assert world.assistant.take_turn() is None
    monkeypatch.setattr(conversations, "keep_reply", kept)
    world.later(minutes=1)
    outcome = world.assistant.take_turn()
    assert outcome is not None
    assert outcome.opening == "open"
    assert [m.direction for m in world.transcript()] == [Direction.IN, Direction.OUT]


def _conflict(*args: object, **fields: object) -> NoReturn:
    raise Conflict("another worker is answering this conversation")
