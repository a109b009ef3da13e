"""Answers to what is somebody's own: never looked at or discussed here, and where it can be dealt with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.asked import RULE_AND_CASE
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.question import Question, Thread
from bot.jobcentre.topics import SCOTLANDS_OWN
from bot.services.desk import CONTACT_PAGE, DWP_PAGE, Desk, named_topic
from bot.services.office_answers import Answered

_TO_PEOPLE = {
    "official": ("utter_official", HandoffReason.OFFICIAL),
    "letter": ("utter_misdirected_letter", HandoffReason.MISDIRECTED_LETTER),
}
_RESPONSES = {
    "representative": "utter_representative",
    "other_person": "utter_other_person",
    "names": "utter_other_person",
    "staff_name": "utter_other_person",
    "change": "utter_report_change",
    "told": "utter_report_change",
    "evidence": "utter_case_evidence",
    "account": "utter_case_account",
    "appointment": "utter_case_appointment",
    "sanction": "utter_case_sanction",
    "eligibility": "utter_case_eligibility",
    "own_payday": "utter_case_payday",
    "decision": "utter_disagree_decision",
    "travel": "utter_visit_travel",
    "companion": "utter_visit_companion",
    "bring": "utter_visit_bring",
    "by_phone": "utter_visit_by_phone",
}
_OF_OTHERS = ("other_person", "names", "staff_name")
VISITS = ("travel", "companion", "bring", "by_phone")
"""What people ask before they come, whatever they claim."""
_NO_CLAIM = frozenset({"jobs_employers", "fraud", "other_service", "scotland", "housing_benefit"})
"""Topics that nobody has a claim of at DWP."""
_REFUSED_SHORTLY = ("payment", "own_trouble", "eligibility", "appointment", "sanction")
_DECISIONS = ("decision", "sanction")
_SAID_ABROAD = frozenset({"official", "letter", "representative"})
"""Who the person is may stand in another part of the message than the question."""


def answer_case(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Nobody's claim is looked at or discussed here, however it is asked."""
    return told_of_case(desk, question, _matter(question)), replace(thread, pending=None)


def case_beside(desk: Desk, question: Question, *, is_line_told: bool = False) -> list[Answer]:
    """The short refusal, beside a routine question that is answered; whole where it is more than a refusal. The line
    of the benefit is left out where that question asked for it."""
    matter = _matter(question)
    if matter and matter not in _REFUSED_SHORTLY:
        return told_of_case(desk, question, matter)
    blanks = {"contacts": [] if is_line_told else case_contacts(desk, question)}
    return [Answer("utter_individual_case_beside", question.kind, blanks, topics=question.topics[:1])]


def _matter(question: Question) -> str:
    if question.matter in _RESPONSES or question.matter in _TO_PEOPLE:
        return question.matter
    abroad = find_matter(Kind.INDIVIDUAL_CASE, question.message)
    return abroad if abroad in _SAID_ABROAD else find_matter(Kind.INDIVIDUAL_CASE, question.text)


def told_of_case(desk: Desk, question: Question, matter: str) -> list[Answer]:
    """What is said of a matter of their own."""
    if matter in _TO_PEOPLE:
        response, reason = _TO_PEOPLE[matter]
        return [Answer(response, question.kind, handoff=reason), desk.when_people(question.kind)]
    topics = _claimed(question)
    blanks = {"contacts": _contacts(desk, question, matter)}
    if matter in _RESPONSES:
        return [Answer(_RESPONSES[matter], question.kind, blanks, topics=topics)]
    if topics and topics[0] != "universal_credit":
        return [
            Answer("utter_individual_case_topic", question.kind, {**blanks, **named_topic(topics[0])}, topics=topics)
        ]
    return [Answer("utter_individual_case", question.kind, blanks, topics=topics)]


def _contacts(desk: Desk, question: Question, matter: str) -> list[dict[str, Any]]:
    if matter in _OF_OTHERS:
        return []
    if matter in VISITS:
        return desk.credit_line()
    contacts = case_contacts(desk, question)
    claimed = _claimed(question)
    if question.matter == RULE_AND_CASE and claimed:
        return [*desk.page(claimed[0], desk.nation_of(question)), *contacts]
    if matter == "eligibility" and claimed and not (claimed[0] in SCOTLANDS_OWN and desk.is_scottish(question)):
        return [*desk.page(claimed[0], desk.nation_of(question)), *contacts[:1]]
    if matter == "eligibility":
        return desk.serving(question, DWP_PAGE, "c-ca-adviceline")
    if matter in _DECISIONS:
        contacts = [*contacts[:1], *desk.contacts("mandatory-reconsideration")]
    return contacts


def _claimed(question: Question) -> tuple[str, ...]:
    """The benefit or payment that they speak of."""
    return tuple(topic for topic in question.topics if topic not in _NO_CLAIM)[:1]


def case_contacts(desk: Desk, question: Question) -> list[dict[str, Any]]:
    """Where it can be dealt with."""
    topic, nation = next(iter(_claimed(question)), ""), desk.nation_of(question)
    if "scotland" in question.topics or (topic in SCOTLANDS_OWN and desk.is_scottish(question)):
        return desk.contacts("adp-scotland")
    found = desk.contacts_for(topic, nation, at_most=2, stage="existing") if topic else []
    return found or [*desk.credit_line(), *desk.contacts(CONTACT_PAGE)]
