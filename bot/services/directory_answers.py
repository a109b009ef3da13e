"""Answers from the directory and the house rules: DWP's lines, FOI, individual cases, crises, people, signposts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.calendar import division_of, is_bank_holiday
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Pending, Question, Thread
from bot.jobcentre.topics import NAMES
from bot.jobcentre.words import ON_A_CLAIM, WANTED_CHANNELS, is_foi_request
from bot.services.desk import Desk, Located
from bot.services.office_answers import Answered

CONTACT_PAGE = "jc-contact-page"
DWP_PAGE = "dwp-org-page"
NI_OFFICES = "ni-offices"


def answer_contact_dwp(desk: Desk, question: Question, thread: Thread) -> Answered:
    """How to reach DWP about a topic."""
    if not question.topics:
        pending = Pending(Asks.TOPIC.value, question.kind, desk.now)
        return [Answer("utter_contact_which", question.kind, asks=Asks.TOPIC)], replace(thread, pending=pending)
    words = question.message or question.text
    channels = [channel for channel, pattern in WANTED_CHANNELS.items() if pattern.search(words)]
    nation = desk.nation_of(question)
    answers = [_topic_contacts(desk, question.kind, topic, nation, channels) for topic in question.topics[:2]]
    if _may_keep_other_hours(desk, question) and any(c["hours"] for a in answers for c in a.blanks["contacts"]):
        answers.append(Answer("utter_contact_bank_holiday", question.kind))
    located = Located(thread.offices, thread.place_name)
    return answers, desk.remembered(thread, question, located)


def _topic_contacts(desk: Desk, kind: Kind, topic: str, nation: Nation | None, channels: Sequence[str]) -> Answer:
    contacts = desk.contacts_for(topic, nation, channels)
    name, name_cy = NAMES.get(topic, (topic.replace("_", " "),) * 2)
    named: dict[str, Any] = {"en": name, "cy": name_cy}
    blanks: dict[str, Any] = {"topic_name": named, "topic": named, "contacts": contacts}
    if contacts:
        return Answer("utter_contact", kind, blanks, topics=(topic,))
    return Answer("utter_contact_none", kind, {**blanks, "link": desk.link(DWP_PAGE)}, topics=(topic,))


def _may_keep_other_hours(desk: Desk, question: Question) -> bool:
    """Helpline hours are not known on bank holidays and from 24 December to 2 January (contract, rule 15)."""
    division = division_of(desk.context.nation)
    days = [when.day for when in desk.whens(question)]
    return any(
        is_bank_holiday(day, division) or (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2)
        for day in days
    )


def answer_foi(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The route; a request made in the message itself is also handed to people (facts 2.11)."""
    contacts = [{**contact, "label": None} for contact in desk.contacts("foi-email", "foi-post", "foi-guide")]
    answers = [Answer("utter_foi", question.kind, {"contacts": contacts})]
    if is_foi_request(question.text):
        answers.append(Answer("utter_foi_request", question.kind, handoff=HandoffReason.FOI_REQUEST))
    return answers, replace(thread, pending=None)


def answer_case(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Nobody's claim is looked at or discussed here, however it is asked."""
    blanks = {"contacts": case_contacts(desk, question)}
    answer = Answer("utter_individual_case", question.kind, blanks, topics=question.topics[:1])
    return [answer], replace(thread, pending=None)


def case_beside(desk: Desk, question: Question) -> Answer:
    """The short refusal, beside a routine question that is answered."""
    blanks = {"contacts": case_contacts(desk, question)}
    return Answer("utter_individual_case_beside", question.kind, blanks, topics=question.topics[:1])


def case_contacts(desk: Desk, question: Question) -> list[dict[str, Any]]:
    """Where it can be dealt with."""
    if not question.topics:
        return [*desk.credit_line(), *desk.contacts(CONTACT_PAGE)]
    return desk.contacts_for(question.topics[0], desk.nation_of(question), at_most=2)


def northern_ireland(desk: Desk) -> Answer:
    """Its own service, before any distance."""
    link = {"link": desk.link(NI_OFFICES)}
    return Answer("utter_northern_ireland", Kind.OTHER_SERVICE, link, topics=("northern_ireland",))


# People


def answer_handoff(desk: Desk, question: Question, thread: Thread) -> Answered:
    """A person is asked for. About a claim, it is said first that people here cannot discuss claims either."""
    if ON_A_CLAIM.search(question.text) and not thread.claims_told:
        pending = Pending(Asks.CONFIRM.value, Kind.HANDOFF, desk.now)
        blanks = {"contacts": case_contacts(desk, question)}
        told = Answer("utter_handoff_claim", Kind.HANDOFF, blanks, topics=question.topics[:1], asks=Asks.CONFIRM)
        return [told], replace(thread, pending=pending, claims_told=True)
    return [queued(desk)], replace(thread, pending=None)


def queued(desk: Desk) -> Answer:
    """In the queue: says when people answer, truly."""
    reason = HandoffReason.ASKED
    if desk.people.is_open_at(desk.now):
        return Answer("utter_handoff_open", Kind.HANDOFF, {"people_hours": people_week(desk)}, handoff=reason)
    opens = desk.people.next_open(desk.now).isoformat()
    return Answer("utter_handoff_closed", Kind.HANDOFF, {"next": opens}, handoff=reason)


def people_week(desk: Desk) -> list[list[list[str]]]:
    """The `people_hours` blank: Monday to Friday."""
    span = [desk.people.opens_at.isoformat("minutes"), desk.people.closes_at.isoformat("minutes")]
    return [[span]] * 5 + [[], []]


def sorry_answers(desk: Desk) -> list[Answer]:
    """Something went wrong inside: sorry, and when people will look."""
    return [
        Answer("utter_failure", Kind.UNCLEAR, handoff=HandoffReason.FAILURE),
        Answer("utter_people_next", Kind.UNCLEAR, {"next": desk.people.next_open(desk.now).isoformat()}),
    ]


# Signposts

_SIGNPOSTS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.BENEFIT_INFO: ("utter_benefit_info", (DWP_PAGE,)),
    Kind.DATA_REQUEST: ("utter_data_request", ("sar",)),
    Kind.COMPLAINT: ("utter_complaint", ("complaint",)),
    Kind.FEEDBACK: ("utter_feedback", ()),
    Kind.WRONG_INFORMATION: ("utter_wrong_information", ()),
    Kind.PRESS: ("utter_press", ("press-office",)),
    Kind.JOBS: ("utter_jobs", ("find-a-job", "ncs-web")),
    Kind.ABOUT: ("utter_about", ()),
    Kind.LANGUAGE: ("utter_language", ()),
    Kind.OTHER_SERVICE: ("utter_other_service", ("council",)),
    Kind.SCAM: ("utter_scam", ("scam-text", "scam-email")),
    Kind.POLITICS: ("utter_politics", ()),
    Kind.ABUSE: ("utter_insult", ()),
    Kind.STOP: ("utter_stopped", ()),
    Kind.GREETING: ("utter_greet", ()),
    Kind.THANKS: ("utter_thanks", ()),
    Kind.GOODBYE: ("utter_goodbye", ()),
    Kind.OFF_TOPIC: ("utter_off_topic", ()),
}
_RAISES = {Kind.WRONG_INFORMATION: HandoffReason.WRONG_INFORMATION}


def answer_signpost(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Kinds that say one thing and where to go."""
    response, ids = _SIGNPOSTS[question.kind]
    blanks: dict[str, Any] = {"contacts": desk.contacts(*ids)}
    if question.kind is Kind.ABOUT:
        blanks["people_hours"] = people_week(desk)
    handoff = _RAISES.get(question.kind)
    return [Answer(response, question.kind, blanks, topics=question.topics[:1], handoff=handoff)], thread
