"""Answers about records: Freedom of Information, a person's own data, and what is kept of their messages here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.question import Question, Thread
from bot.jobcentre.words import is_foi_request, wants_records
from bot.services.desk import Desk
from bot.services.office_answers import Answered

DELETED = "utter_messages_deleted"
DELETED_EXCEPT = "utter_messages_deleted_except"
FORGOTTEN = frozenset({DELETED, DELETED_EXCEPT})
"""The answers with which what the conversation holds is erased."""
_FOI = {
    "ignored": "utter_foi_ignored",
    "cost": "utter_foi_cost",
    "time": "utter_foi_time",
    "published": "utter_foi_published",
}
_DATA = {"change": "utter_data_change", "time": "utter_data_request_time"}
FOI_POUNDS = 600
"""A central department may refuse what would cost more to find (facts 2.8)."""
_REPLY_DETAILS = frozenset({"email_address", "phone_number", "postcode"})


def answer_foi(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The route; a request made in the message itself is also handed to people (facts 2.11)."""
    thread = replace(thread, pending=None)
    words = question.message or question.text
    matter = question.matter or find_matter(Kind.FOI, question.text) or find_matter(Kind.FOI, words)
    if is_foi_request(words) or (not matter and wants_records(words)):
        return [_requested(desk, question.kind)], thread
    response = _FOI.get(matter, "utter_foi")
    return [Answer(response, question.kind, {"contacts": _foi_contacts(desk), "amount": FOI_POUNDS})], thread


def _requested(desk: Desk, kind: Kind) -> Answer:
    """Passed on as a possible request, and what it lacks: no address in it is kept (contract, rule 12)."""
    took = bool(_REPLY_DETAILS.intersection(desk.context.redacted))
    response = "utter_foi_request_redacted" if took else "utter_foi_request"
    return Answer(response, kind, {"contacts": _foi_contacts(desk)[:2]}, handoff=HandoffReason.FOI_REQUEST)


def _foi_contacts(desk: Desk) -> list[dict[str, Any]]:
    return [{**contact, "label": None} for contact in desk.contacts("foi-email", "foi-post", "foi-guide")]


def answer_data_request(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The right-of-access route; what looks like a formal request goes to people as well (facts 2.14 to 2.16)."""
    blanks = {"contacts": [{**contact, "label": None} for contact in desk.contacts("sar")]}
    words = question.message or question.text
    matter = question.matter or find_matter(Kind.DATA_REQUEST, words)
    response = _DATA.get(matter, "utter_data_request")
    answers = [Answer(response, question.kind, blanks)]
    if matter == "formal":
        passed = Answer("utter_data_request_passed", question.kind, handoff=HandoffReason.DATA_REQUEST)
        answers = [passed, desk.when_people(question.kind), *answers]
    return answers, thread


def deleted_answer(desk: Desk) -> Answer:
    """What this conversation holds is erased with the turn, but for what an open case needs (contract, rule 14)."""
    return Answer(DELETED_EXCEPT if desk.context.has_open_case else DELETED, Kind.ABOUT)
