"""Answers to people who say that something here is wrong: thanks, an alert, and what is held, with care."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.answer import Answer
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.opening import OpeningState
from bot.jobcentre.question import Question, Thread
from bot.services.desk import Desk
from bot.services.office_answers import Answered, answer_find, answer_opening

_OF_ITS_PLACE = re.compile(r"\b(?:address|post ?code|street|map|moved|cyfeiriad|cod post|symud)", re.IGNORECASE)
HELD_AT_MOST = 3
"""Statements about offices in a reply that is about something else."""


def answer_wrong_information(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The people who keep the data are told; of an office it is said what is held, and that it may be wrong."""
    thanks = Answer("utter_wrong_information", question.kind, handoff=HandoffReason.WRONG_INFORMATION)
    check = Answer("utter_wrong_information_check", question.kind, {"link": desk.link("jc-find")})
    held, thread = _held(desk, question, thread)
    if not held:
        return [thanks, check], thread
    return [thanks, Answer("utter_wrong_information_held", question.kind), *held, check], thread


def _held(desk: Desk, question: Question, thread: Thread) -> Answered:
    """How the offices spoken of stand by what we hold; nothing where none is named and none was spoken of."""
    if not question.places and not question.offices and not thread.offices:
        return [], thread
    asked = question if question.places or question.offices else replace(question, offices=thread.offices)
    if _OF_ITS_PLACE.search(question.text):
        return answer_find(desk, asked, thread)
    held, after = answer_opening(desk, asked, thread)
    if any(answer.asks for answer in held) or not any(answer.opening for answer in held):
        return [], thread
    return [_as_held(answer) for answer in held if answer.opening or answer.offices][:HELD_AT_MOST], after


def _as_held(answer: Answer) -> Answer:
    """An office that is held to be open is not said to be: only the hours are, to somebody who may stand outside."""
    if answer.opening is not OpeningState.OPEN or "hours" not in answer.blanks:
        return answer
    return replace(answer, response="utter_wrong_information_hours")
