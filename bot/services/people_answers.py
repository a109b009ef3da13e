"""Answers about people: handing a conversation to them, and when they are here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.asked import ABOUT_CLAIM
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Pending, Question, Thread
from bot.jobcentre.words import ON_A_CLAIM
from bot.services.case_answers import case_contacts
from bot.services.desk import CONTACT_PAGE, Desk
from bot.services.office_answers import Answered

CLOSING_SOON = timedelta(minutes=30)
"""Before people leave: whoever asks for one then is told when they are next here, too."""


def answer_handoff(desk: Desk, question: Question, thread: Thread) -> Answered:
    """A person is asked for. About a claim, it is said first that people here cannot discuss claims either."""
    is_asked = question.matter == ABOUT_CLAIM
    if (is_asked or ON_A_CLAIM.search(question.text)) and not thread.claims_told:
        pending = Pending(Asks.CONFIRM.value, Kind.HANDOFF, desk.now)
        blanks = {"contacts": case_contacts(desk, question)}
        also = (Kind.INDIVIDUAL_CASE,) if is_asked else ()
        topics = question.topics[:1]
        told = Answer("utter_handoff_claim", Kind.HANDOFF, blanks, topics=topics, asks=Asks.CONFIRM, also=also)
        return [told], replace(thread, pending=pending, claims_told=True)
    return [queued(desk)], replace(thread, pending=None)


def queued(desk: Desk) -> Answer:
    """In the queue: says when people answer, truly."""
    people, now = desk.people, desk.now
    closes = people.closes_next(now)
    is_open = people.is_open_at(now)
    blanks: dict[str, Any] = {"people_hours": desk.people_week}
    if is_open and closes - now > CLOSING_SOON:
        return Answer("utter_handoff_open", Kind.HANDOFF, blanks, handoff=HandoffReason.ASKED)
    blanks["link"] = desk.link(CONTACT_PAGE)
    blanks["until"] = closes.isoformat()
    blanks["next"] = people.next_open(closes if is_open else now).isoformat()
    name = "utter_handoff_closing" if is_open else "utter_handoff_closed"
    return Answer(name, Kind.HANDOFF, blanks, handoff=HandoffReason.ASKED)


def sorry_answers(desk: Desk) -> list[Answer]:
    """Something went wrong inside: sorry, and when people will look."""
    return [Answer("utter_failure", Kind.UNCLEAR, handoff=HandoffReason.FAILURE), desk.when_people(Kind.UNCLEAR)]
