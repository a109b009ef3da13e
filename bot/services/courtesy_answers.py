"""Answers to turns that ask nothing: yes, no, never mind, what was not understood, an office still not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.choice import Untold
from bot.jobcentre.dialogue import Interpretation
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Pending, Question, Thread
from bot.services import directory_answers as directory
from bot.services.desk import Desk
from bot.services.office_answers import Answered

CANCELLED = "utter_handoff_cancelled"
"""The answer with which the person's handoff ends."""
STILL_THERE = "utter_crisis_still"
"""What small talk gets while somebody at risk waits for a person."""
MISSES_AT_MOST = 2
"""Failures to understand in a row after which a person is offered."""


def answer_nothing_asked(desk: Desk, read: Interpretation) -> Answered:
    """A turn without a question."""
    thread = desk.context.thread
    if read.untold:
        return _still_not_told(desk, read.untold, thread.pending or _pending_again(desk, thread), thread)
    if read.cancelled:
        return _cancelled(desk, thread)
    if read.affirmed is not None and thread.pending:
        return _decided(desk, read.affirmed, thread.pending, thread)
    if read.affirmed and desk.context.is_in_queue:
        return [Answer("utter_handoff_already", Kind.HANDOFF)], thread
    if read.affirmed is not None and (thread.kind or desk.context.is_in_queue):
        return [Answer("utter_ok", Kind.THANKS if read.affirmed else Kind.GOODBYE)], thread
    if read.affirmed is not None:
        return [Answer("utter_greet", Kind.UNCLEAR, asks=Asks.REPHRASE)], thread
    return not_understood(desk, thread)


def _cancelled(desk: Desk, thread: Thread) -> Answered:
    if desk.context.is_in_queue and not thread.pending:
        return [Answer(CANCELLED, Kind.HANDOFF)], thread
    kind = thread.pending.kind if thread.pending else Kind.GOODBYE
    return [Answer("utter_ok", kind)], replace(thread, pending=None)


def _decided(desk: Desk, is_yes: bool, pending: Pending, thread: Thread) -> Answered:
    """Yes or no to the assistant's own question."""
    settled = replace(thread, pending=None, misses=0)
    kind = Kind.HANDOFF if pending.asks == Asks.CONFIRM.value else pending.kind
    if not is_yes:
        return [Answer("utter_ok", kind)], settled
    if pending.asks != Asks.CONFIRM.value:
        return not_understood(desk, thread)
    queued = directory.queued(desk)
    if pending.kind is Kind.UNCLEAR:
        return [replace(queued, handoff=HandoffReason.NOT_UNDERSTOOD)], settled
    return [queued], replace(settled, claims_told=True)


def _still_not_told(desk: Desk, reason: Untold, pending: Pending, thread: Thread) -> Answered:
    """Which office? Asked again, with what helps to tell."""
    if reason is Untold.UNKNOWN:
        return [Answer("utter_which_office_help", pending.kind, asks=Asks.OFFICE)], thread
    if reason is Untold.NONE:
        asked, thread = desk.asking_office(_again(pending), (), pending.whens, thread)
        return asked, thread
    if thread.misses + 1 >= MISSES_AT_MOST:
        return not_understood(desk, thread)
    asked, thread = desk.asking_office(_again(pending), pending.choices, pending.whens, thread)
    return [Answer("utter_which_office_unsure", pending.kind), *asked], replace(thread, misses=thread.misses + 1)


def _pending_again(desk: Desk, thread: Thread) -> Pending:
    """Which office? for the last question, where nothing was asked since."""
    left = tuple(office for office in thread.listed if office not in thread.offices)
    choices = left or (thread.offices if len(thread.offices) > 1 else ())
    return Pending(Asks.OFFICE.value, thread.kind or Kind.OFFICE_OPEN, desk.now, choices, thread.whens, thread.topics)


def _again(pending: Pending) -> Question:
    return Question(pending.kind, "inform", topics=pending.topics)


def not_understood(desk: Desk, thread: Thread) -> Answered:
    """One useful question; after two failures in a row a person is offered."""
    thread = replace(thread, misses=thread.misses + 1)
    if thread.misses < MISSES_AT_MOST:
        return [Answer("utter_unclear", Kind.UNCLEAR, asks=Asks.REPHRASE)], thread
    pending = Pending(Asks.CONFIRM.value, Kind.UNCLEAR, desk.now)
    return [Answer("utter_unclear_again", Kind.UNCLEAR, asks=Asks.CONFIRM)], replace(thread, pending=pending)


def answer_unclear(desk: Desk, question: Question, thread: Thread) -> Answered:
    return not_understood(desk, thread)


# Gently

_FAREWELLS = ("utter_thanks", "utter_goodbye")
_LIGHT = (Kind.GREETING, Kind.THANKS, Kind.GOODBYE, Kind.UNCLEAR, Kind.OFF_TOPIC)


def gently(desk: Desk, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers; small talk while somebody at risk waits for a person is never brushed off, and after a threat
    nothing goes on as if it had not been."""
    if desk.context.risks or not all(_is_light(given) for given in answers):
        return tuple(answers)
    if desk.context.is_crisis_open:
        return _still_there(desk, answers)
    if desk.context.is_threat_open and not all(given.response in _FAREWELLS for given in answers):
        return (Answer("utter_threat_waiting", Kind.ABUSE),)
    return tuple(answers)


def _is_light(given: Answer) -> bool:
    return given.kind in _LIGHT or given.response == "utter_ok"


def _still_there(desk: Desk, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    spoken_of = desk.context.thread.crisis or Kind.CRISIS_LIFE
    is_manners = answers and answers[0].response != "utter_ok" and answers[0].kind.is_small_talk
    still = Answer(STILL_THERE, answers[0].kind if is_manners else spoken_of)
    if desk.people.is_open_at(desk.now):
        return (still,)
    return still, Answer("utter_crisis_nobody_reading", still.kind)
