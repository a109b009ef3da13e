"""How to reach DWP, and benefits in general: the right line and page of the directory, and what the facts allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.calendar import LONDON, division_of, is_bank_holiday
from bot.jobcentre.contact import FREE_PREFIX, RELAY_PREFIX, stage_of
from bot.jobcentre.followup import OF_APPOINTMENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Pending, Question, Thread
from bot.jobcentre.topics import SCOTLANDS_OWN, find_ended
from bot.jobcentre.words import ASKS_FOR_HOURS, NO_PHONE, WANTED_CHANNELS, WELSH_LINE
from bot.services.case_answers import VISITS, told_of_case
from bot.services.desk import DWP_PAGE, Desk, Located, named_topic
from bot.services.office_answers import Answered
from bot.services.signposts import body_answer

NOT_DWP = frozenset({"housing_benefit", "other_service"})
"""Topics that other bodies run."""
_RELAY_UNSURE = frozenset({"bereavement", "funeral"})
"""Sources disagree on these lines by Relay UK, so nothing is said of it."""
_LEADS = {
    "chat": "utter_contact_no_chat",
    "text": "utter_contact_no_text",
    "callback": "utter_contact_no_callback",
    "cost": "utter_contact_free",
}
TOPICS_AT_MOST = 2


# How to reach DWP


def answer_contact_dwp(desk: Desk, question: Question, thread: Thread) -> Answered:
    """How to reach DWP about a topic."""
    led = _lead(desk, question)
    if not question.topics:
        pending = Pending(Asks.TOPIC.value, question.kind, desk.now)
        which = Answer("utter_contact_which", question.kind, asks=Asks.TOPIC)
        return [*led, which], replace(thread, pending=pending)
    answers = list(led)
    for topic in question.topics[:TOPICS_AT_MOST]:
        answers += _reached(desk, question, topic)
    answers += _hours_notes(desk, question, answers)
    if question.matter == OF_APPOINTMENT:
        return answers, replace(thread, pending=None)
    return answers, desk.remembered(thread, question, Located(thread.offices, thread.place_name))


def _lead(desk: Desk, question: Question) -> list[Answer]:
    """What is said first of the way they would like to be reached, or of a number they name."""
    matter = question.matter or find_matter(Kind.CONTACT_DWP, question.message or question.text)
    if not matter and "phone_number" in desk.context.redacted:
        matter = "cost"  # a number that is not ours: never repeated, but told from ours (facts 1.2)
    return [Answer(_LEADS[matter], question.kind, {"text": FREE_PREFIX})] if matter in _LEADS else []


def _reached(desk: Desk, question: Question, topic: str) -> list[Answer]:
    """One topic: whoever runs it, else DWP's own channels for it."""
    others = _run_by_others(desk, question, topic)
    if others:
        return others
    words = question.message or question.text
    channels = [channel for channel, pattern in WANTED_CHANNELS.items() if pattern.search(words)]
    nation = Nation.SCOTLAND if topic == "scotland" else desk.nation_of(question)
    wants_welsh = desk.is_welsh or bool(WELSH_LINE.search(words))
    contacts = desk.contacts_for(topic, nation, channels, stage=stage_of(words), welsh=wants_welsh)
    if NO_PHONE.search(words):
        contacts = [contact for contact in contacts if contact["channel"] != "phone"] or contacts
    blanks: dict[str, Any] = {**named_topic(topic), "contacts": contacts}
    if not contacts:
        return [Answer("utter_contact_none", question.kind, {**blanks, "link": desk.link(DWP_PAGE)}, topics=(topic,))]
    answers = [
        Answer("utter_contact_fraud" if topic == "fraud" else "utter_contact", question.kind, blanks, topics=(topic,))
    ]
    return [
        *_lacking(question.kind, topic, channels, blanks),
        *answers,
        *_notes(desk, question, topic, channels, contacts),
    ]


def _lacking(kind: Kind, topic: str, channels: Sequence[str], blanks: dict[str, Any]) -> list[Answer]:
    """The channel they asked for that the directory does not hold."""
    held = {contact["channel"] for contact in blanks["contacts"]}
    return [
        Answer(f"utter_contact_no_{channel}", kind, blanks, topics=(topic,))
        for channel in ("email", "post")
        if channel in channels and channel not in held
    ]


def _notes(
    desk: Desk, question: Question, topic: str, channels: Sequence[str], contacts: Sequence[dict[str, Any]]
) -> list[Answer]:
    """What belongs to the lines of a topic."""
    notes = []
    if (
        "Relay UK" in channels
        and topic not in _RELAY_UNSURE
        and not _has(contacts, "Relay UK")
        and _has(contacts, "phone")
    ):
        notes.append(Answer("utter_contact_relay", question.kind, {"text": RELAY_PREFIX}))
    pages = {contact["value"] for contact in desk.contacts_for(topic, desk.nation_of(question), ("video relay",), 1)}
    if "video relay" in channels and any(contact["value"] in pages for contact in contacts):
        notes.append(Answer("utter_contact_bsl", question.kind))
    if topic == "child_maintenance":
        notes.append(Answer("utter_contact_on_letters", question.kind))
    if topic in SCOTLANDS_OWN and desk.nation_of(question) is None:
        notes.append(Answer("utter_contact_if_scotland", question.kind, {"contacts": desk.contacts("adp-scotland")}))
    return notes


def _has(contacts: Sequence[dict[str, Any]], channel: str) -> bool:
    return any(contact["channel"] == channel for contact in contacts)


def _run_by_others(desk: Desk, question: Question, topic: str) -> list[Answer]:
    """Scotland's own payment, a benefit that has ended, or another body's; nothing where DWP runs it."""
    ended = find_ended(question.message or question.text)
    if ended and topic in ("income_support", "jsa", "esa"):
        blanks = {
            "benefit": {"en": ended[0], "cy": ended[1]},
            "contacts": desk.contacts_for("universal_credit", desk.nation),
        }
        return [Answer("utter_contact_ended", question.kind, blanks, topics=(topic,))]
    if topic in SCOTLANDS_OWN and desk.is_scottish(question):
        english, welsh = SCOTLANDS_OWN[topic]
        contacts = [{**contact, "label": None} for contact in desk.contacts("adp-scotland")]
        blanks = {"payment": {"en": english, "cy": welsh}, "contacts": contacts}
        return [Answer("utter_contact_scotland", question.kind, blanks, topics=(topic,))]
    return [body_answer(desk, question)] if topic in NOT_DWP else []


def _hours_notes(desk: Desk, question: Question, answers: Sequence[Answer]) -> list[Answer]:
    """Helpline hours are not known on bank holidays and from 24 December to 2 January (contract, rule 15)."""
    contacts = [contact for answer in answers for contact in answer.blanks.get("contacts", ())]
    if any(contact["hours"] for contact in contacts):
        return [Answer("utter_contact_bank_holiday", question.kind)] if _may_keep_other_hours(desk, question) else []
    asks = ASKS_FOR_HOURS.search(question.message or question.text) or desk.days_named(question)
    return [Answer("utter_contact_hours_unknown", question.kind)] if asks and _has(contacts, "phone") else []


def _may_keep_other_hours(desk: Desk, question: Question) -> bool:
    division = division_of(desk.context.nation)
    days = [when.day for when in desk.whens(question)]
    return any(
        is_bank_holiday(day, division) or (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2)
        for day in days
    )


# Benefits in general


@dataclass(frozen=True)
class _ColdWeather:
    """Source: GOV.UK, 25 September 2026 (facts 3.20)."""

    pounds = 25
    first = date(2026, 11, 1)
    last = date(2027, 3, 31)


def answer_benefit_info(desk: Desk, question: Question, thread: Thread) -> Answered:
    """A general question: what the facts allow, else the official page and line. Never who would get it."""
    matter = question.matter or find_matter(Kind.BENEFIT_INFO, question.message or question.text)
    answers = _told_of_matter(desk, question, matter)
    if not answers and not question.topics:
        contacts = [*desk.contacts(DWP_PAGE), *desk.serving(question, "c-ca-adviceline")]
        answers = [Answer("utter_benefit_info_any", question.kind, {"contacts": contacts})]
    elif not answers:
        for topic in question.topics[:TOPICS_AT_MOST]:
            answers += _run_by_others(desk, question, topic) or _official(desk, question, topic)
        if matter in ("amount", "eligibility"):
            answers.append(Answer("utter_benefit_no_advice", question.kind))
    return answers, desk.remembered(thread, question, Located(thread.offices, thread.place_name))


def _official(desk: Desk, question: Question, topic: str) -> list[Answer]:
    """The topic's page, and its lines."""
    nation, stage = desk.nation_of(question), stage_of(question.message or question.text)
    lines = desk.contacts_for(topic, nation, ("phone",), at_most=2, stage=stage)
    page = desk.page(topic, nation, stage)
    contacts = [*page, *(line for line in lines if line["channel"] == "phone")] or desk.contacts(DWP_PAGE)
    return [Answer("utter_benefit_info", question.kind, {**named_topic(topic), "contacts": contacts}, topics=(topic,))]


def _told_of_matter(desk: Desk, question: Question, matter: str) -> list[Answer]:
    if matter in VISITS:
        return told_of_case(desk, question, matter)
    if matter == "walk_in":
        return [Answer("utter_visit_walk_in", question.kind, {"contacts": desk.credit_line()})]
    if matter == "cold_weather" or "cold_weather" in question.topics:
        return _cold_weather(desk, question)
    others = set(question.topics) - {"universal_credit", "budgeting_loan"}
    if matter == "cost_of_living":
        return [Answer("utter_benefit_cost_of_living", question.kind)]
    if matter == "paydays":  # facts 3.15
        return [Answer("utter_benefit_paydays", question.kind, {"contacts": []}, topics=question.topics[:1])]
    if matter in ("hardship", "first_payment", "budgeting") and not others:
        blanks = {"contacts": desk.contacts("social-fund") if matter == "budgeting" else desk.credit_line()}
        return [Answer(f"utter_benefit_{matter}", question.kind, blanks, topics=question.topics[:1])]
    return []


def _cold_weather(desk: Desk, question: Question) -> list[Answer]:
    today = desk.now.astimezone(LONDON).date()
    if desk.is_scottish(question):
        contacts = [{**contact, "label": None} for contact in desk.contacts("adp-scotland")]
        blanks = {"body": named_topic("scotland")["topic"], "contacts": contacts}
        return [Answer("utter_other_service", question.kind, blanks, topics=("cold_weather",))]
    if today > _ColdWeather.last:
        blanks = {**named_topic("cold_weather"), "contacts": desk.contacts(DWP_PAGE)}
        return [Answer("utter_benefit_info", question.kind, blanks, topics=("cold_weather",))]
    days = {"start": _ColdWeather.first, "end": _ColdWeather.last}
    blanks = {name: {"day": day.isoformat(), "today": desk.today} for name, day in days.items()}
    blanks["amount"] = _ColdWeather.pounds
    return [Answer("utter_benefit_cold_weather", question.kind, blanks, topics=("cold_weather",))]
