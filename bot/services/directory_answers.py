"""Answers from the directory and the house rules, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.jobcentre.answer import Answer
from bot.jobcentre.bodies import find_body
from bot.jobcentre.clauses import asks
from bot.jobcentre.intent import FOR_PEOPLE, POSTING
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter, matter_of, settled_kind, speaks_of
from bot.jobcentre.orders import is_for_a_machine
from bot.jobcentre.question import Question, Thread
from bot.jobcentre.subject import GOES_ON
from bot.jobcentre.topics import find_topics
from bot.jobcentre.words import OFFICE_WORDS, WANTED_CHANNELS
from bot.services.case_answers import answer_case, case_beside
from bot.services.desk import CONTACT_PAGE, DWP_PAGE, Desk
from bot.services.dwp_answers import NOT_DWP, answer_benefit_info, answer_contact_dwp
from bot.services.office_answers import Answered
from bot.services.people_answers import answer_handoff, queued, sorry_answers
from bot.services.record_answers import answer_data_request, answer_foi
from bot.services.report_answers import answer_wrong_information
from bot.services.signposts import (
    answer_about,
    answer_complaint,
    answer_other_service,
    answer_scam,
    answer_signpost,
    wants_reply,
)

__all__ = [
    "ANSWERERS",
    "CONTACT_PAGE",
    "DWP_PAGE",
    "answer_signpost",
    "case_beside",
    "northern_ireland",
    "queued",
    "settled",
    "sorry_answers",
]

NI_OFFICES = "ni-offices"
_OURS = re.compile(r"\b(?:dwp|job ?cent|benefit|claim|appointment|journal|budd-?dal|canolfan)", re.IGNORECASE)
_OPEN_CLAIM = re.compile(
    r"\b(?:is|was|has|have|are|if|whether) (?:my|our|me|his|her) (?:\w+ )?(?:claim|case|journal|application|appeal)s?\b"
    r"|\b(?:ydy|ydi|odi|yw|oes) (?:fy|fo|'?y|ein) (?:nghais|nghyfrif|nyddlyfr|apêl)\b",
    re.IGNORECASE,
)
"""A claim can be open or closed as an office is."""
_SOMEBODY = re.compile(
    r"\b(?:(?:wo)?man|(?:fe)?male|person|individual|customer|claimant|client|resident|tenant|suspect|constituent|witness|defendant|lad"
    r"|dyn|[mf]enyw|dd?ynes|unigolyn|g?cwsmer|[cg]h?leient|etholwr)\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\b(?:contact|reach|get (?:in touch|hold)|speak|talk|helpline|line|cysylltu|siarad)\b", re.IGNORECASE
)
ANSWERERS: dict[Kind, Callable[[Desk, Question, Thread], Answered]] = {
    Kind.CONTACT_DWP: answer_contact_dwp,
    Kind.BENEFIT_INFO: answer_benefit_info,
    Kind.FOI: answer_foi,
    Kind.DATA_REQUEST: answer_data_request,
    Kind.INDIVIDUAL_CASE: answer_case,
    Kind.HANDOFF: answer_handoff,
    Kind.WRONG_INFORMATION: answer_wrong_information,
    Kind.COMPLAINT: answer_complaint,
    Kind.ABOUT: answer_about,
    Kind.SCAM: answer_scam,
    Kind.OTHER_SERVICE: answer_other_service,
}
"""Every other kind of the directory is a signpost."""


def settled(questions: Sequence[Question]) -> list[Question]:
    """The questions as plain words settle their kinds. A line in Welsh or by relay is told with the line, who
    answers a complaint with the complaint, and what is not ours is passed over beside a question that is."""
    told = _without_stray([_settled(question, is_alone=len(questions) == 1) for question in questions])
    told = _posting_last(told)
    lines = [question.text for question in told if question.kind is Kind.CONTACT_DWP and question.topics]
    told = [q for q in told if q.kind is not Kind.LANGUAGE or not any(_is_of_line(q, line) for line in lines)]
    if any(question.kind is Kind.JOBS and _is_from_employer(question) for question in told):
        told = [q for q in told if q.kind is not Kind.CONTACT_DWP or set(q.topics) - {"jobcentre", "general"}]
    said = set()
    if any(question.kind is Kind.COMPLAINT and wants_reply(question) for question in told):
        said.add(Kind.HANDOFF)
    if any(_is_of(question, "representative") for question in told):
        said.add(Kind.HANDOFF)
    if any(question.kind.is_routine for question in told):
        said |= {Kind.OFF_TOPIC, Kind.UNCLEAR}
    return [question for question in told if question.kind not in said]


def _posting_last(questions: Sequence[Question]) -> list[Question]:
    """What is wanted of our page, or said of theirs, comes after a question; where it asks nothing ("liked your tweet
    btw") it is passed over."""
    wishes = [question for question in questions if question.matter == POSTING]
    others = [question for question in questions if question.matter != POSTING]
    is_asked = any(question.kind.is_routine for question in others)
    return [*others, *(wish for wish in wishes if not is_asked or asks(wish.text))]


def _is_from_employer(question: Question) -> bool:
    """Whether somebody who hires asks: whom they speak to is told with the rest."""
    return speaks_of(Kind.JOBS, "employer", question.message or question.text)


def _is_of_line(question: Question, line: str) -> bool:
    """Whether a question of language is told with the line: one in the same words, or of how to call it by sign or
    relay."""
    is_same = question.text in line or line in question.text
    is_by_sign = find_matter(Kind.LANGUAGE, question.text) in ("bsl", "relay")
    return is_same or (is_by_sign and not asks(question.text)) or bool(is_by_sign and _REACH.search(question.text))


def _without_stray(questions: Sequence[Question]) -> list[Question]:
    """Without what an official tells of an office, and what leads up to a question and only sounded like another
    body's."""
    if any(_is_of(question, "official") for question in questions):
        return [question for question in questions if not question.kind.is_about_offices]
    others = [question for question in questions if not _is_stray(question)]
    return others if any(question.kind.is_routine for question in others) else list(questions)


def _is_stray(question: Question) -> bool:
    return question.kind is Kind.OTHER_SERVICE and not asks(question.text) and find_body(question.text) is None


def _settled(question: Question, *, is_alone: bool) -> Question:
    """The question as plain words settle its kind, where the classifier's border is thin: those of the whole message,
    where it asks nothing else."""
    if question.intent == GOES_ON:
        return question  # its words tell nothing of themselves
    if question.kind is Kind.OFF_TOPIC and is_for_a_machine(question.message):
        return question  # nor do those of orders
    words = question.message or question.text
    matter = question.matter if question.matter in FOR_PEOPLE else find_matter(Kind.INDIVIDUAL_CASE, words)
    is_of_people = matter in FOR_PEOPLE
    if question.kind is Kind.CONTACT_DWP and "fraud" in question.topics:
        return question  # whom they report is nobody's own claim
    is_told_first = is_of_people or speaks_of(Kind.PRESS, "journalist", words)  # who they are, before what they ask
    kind = settled_kind(question.kind, words if is_alone or is_told_first else question.text, question.text)
    if kind.is_about_offices and not (question.places or question.offices):
        kind = Kind.INDIVIDUAL_CASE if is_of_people else _of_no_office(kind, question)
    # "Income support number" is ours to answer, whoever it sounded like.
    topics = question.topics if is_alone else find_topics(question.text)
    if kind is Kind.OTHER_SERVICE and set(topics) - NOT_DWP and find_body(question.text) is None:
        kind = Kind.UNCLEAR
    is_of_way = kind is Kind.CONTACT_DWP or (kind is Kind.OFFICE_CONTACT and not OFFICE_WORDS.search(question.text))
    if is_of_way and not question.topics and find_body(_beside_names(question)) and not _OURS.search(question.text):
        kind = Kind.OTHER_SERVICE
    if matter == "official" and _is_about_somebody(kind, question):
        kind = Kind.INDIVIDUAL_CASE
    if kind is Kind.UNCLEAR or (kind is Kind.OFF_TOPIC and "fraud" in question.topics):
        kind = _told_by_names(question)
    if is_of_people and kind is Kind.INDIVIDUAL_CASE:
        return replace(question, kind=kind, text=words)  # who they are may stand before what they ask
    return question if kind is question.kind else replace(question, kind=kind, matter="")


def _beside_names(question: Question) -> str:
    """Its words without the places named: the Court of "Bailey Court" is no court of law."""
    text = question.text
    for place in question.places:
        text = text.replace(place.text, " ")
    return text


def _is_about_somebody(kind: Kind, question: Question) -> bool:
    """Whether an officer, an MP or a solicitor asks of a person ("a man attended"), or only says from where they are,
    and asks nothing of the office."""
    if not kind.is_about_offices:
        return kind is Kind.POLITICS
    return bool(_SOMEBODY.search(question.text)) or find_matter(Kind.INDIVIDUAL_CASE, question.text) == "introduced"


def _is_of(question: Question, matter: str) -> bool:
    return question.kind is Kind.INDIVIDUAL_CASE and matter_of(question) == matter


def _of_no_office(kind: Kind, question: Question) -> Kind:
    """What sounds like a question about offices and names none: "do you pay the bus to the jobcentre" is not one, nor
    is "can anyone get Attendance Allowance"."""
    if _OPEN_CLAIM.search(question.text):
        return Kind.INDIVIDUAL_CASE
    matter = find_matter(Kind.INDIVIDUAL_CASE, question.text)
    is_of_visit = matter == "travel" and kind is Kind.OFFICE_FIND
    asks_who_may = matter == "eligibility" and not {"jobcentre", "general"}.issuperset(question.topics)
    return Kind.BENEFIT_INFO if is_of_visit or asks_who_may else kind


def _told_by_names(question: Question) -> Kind:
    """What a question that is not understood is about, by the benefit or the body that it names."""
    if question.topics:
        words = question.text
        asks_how = any(p.search(words) for p in (*WANTED_CHANNELS.values(), _REACH)) or "fraud" in question.topics
        return Kind.CONTACT_DWP if asks_how else Kind.BENEFIT_INFO
    return Kind.UNCLEAR if find_body(question.text) is None else Kind.OTHER_SERVICE


def northern_ireland(desk: Desk) -> Answer:
    """Its own service, before any distance."""
    link = {"link": desk.link(NI_OFFICES)}
    return Answer("utter_northern_ireland", Kind.OTHER_SERVICE, link, topics=("northern_ireland",))
