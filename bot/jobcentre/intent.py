"""What the pipeline's intents mean: the kind of each, and those that plain words settle."""

from __future__ import annotations

from dataclasses import replace

from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.words import ASKS_FOR_HOURS, OFFICE_WORDS, REOPENS, WHEREABOUTS, speaks_of_foi

KIND_OF_INTENT: dict[str, Kind] = {
    "ask_opening": Kind.OFFICE_OPEN,
    "ask_hours": Kind.OFFICE_HOURS,
    "ask_closures": Kind.OFFICE_CLOSURES,
    "ask_office": Kind.OFFICE_FIND,
    "ask_office_contact": Kind.OFFICE_CONTACT,
    "ask_facilities": Kind.OFFICE_FACILITIES,
    "ask_closure_appointment": Kind.CLOSURE_APPOINTMENT,
    "ask_contact": Kind.CONTACT_DWP,
    "ask_benefit_info": Kind.BENEFIT_INFO,
    "ask_foi": Kind.FOI,
    "ask_own_data": Kind.DATA_REQUEST,
    "complain": Kind.COMPLAINT,
    "give_feedback": Kind.FEEDBACK,
    "report_wrong_information": Kind.WRONG_INFORMATION,
    "ask_press": Kind.PRESS,
    "ask_jobs": Kind.JOBS,
    "ask_about_assistant": Kind.ABOUT,
    "ask_language": Kind.LANGUAGE,
    "ask_other_service": Kind.OTHER_SERVICE,
    "ask_scam": Kind.SCAM,
    "ask_individual_case": Kind.INDIVIDUAL_CASE,
    "ask_politics": Kind.POLITICS,
    "insult": Kind.ABUSE,
    "ask_for_person": Kind.HANDOFF,
    "stop": Kind.STOP,
    "greet": Kind.GREETING,
    "thank": Kind.THANKS,
    "goodbye": Kind.GOODBYE,
    "out_of_scope": Kind.OFF_TOPIC,
    "report_crisis_life": Kind.CRISIS_LIFE,
    "report_crisis_abuse": Kind.CRISIS_ABUSE,
    "report_crisis_hardship": Kind.CRISIS_HARDSHIP,
    "nlu_fallback": Kind.UNCLEAR,
}
# Intents that only make sense beside what was said before.
FOLLOW_UPS = frozenset({"inform", "affirm", "deny", "cancel", "ask_repeat"})
_STOP_WORDS = 6
_SURE = 0.8


def settled(clause: Clause, utterance: Utterance, thread: Thread) -> Clause:
    """The clause with the intent that plain words settle where the classifier's border is thin."""
    return replace(clause, intent=_plain(clause, utterance, thread))


def _plain(clause: Clause, utterance: Utterance, thread: Thread) -> str:
    text, intent = clause.text, clause.intent
    if intent in ("ask_hours", "ask_closures") and REOPENS.search(text):
        return "ask_opening"
    if speaks_of_foi(text) and intent in ("ask_contact", "ask_office_contact", "ask_office", "nlu_fallback"):
        return "ask_foi"
    if intent == "ask_office" and utterance.days_in(clause) and not WHEREABOUTS.search(text):
        return "ask_opening"
    if intent == "ask_hours" and not ASKS_FOR_HOURS.search(text):
        return "ask_opening"
    if (
        intent == "ask_contact"
        and not utterance.topics
        and OFFICE_WORDS.search(text)
        and (thread.offices or utterance.places)
    ):
        return "ask_office_contact"
    if intent == "stop" and not _wants_no_more(clause, utterance):
        return "nlu_fallback"
    if intent == "out_of_scope" and len(text.split()) <= 2 and clause.confidence < _SURE:
        return "nlu_fallback"
    return intent


def _wants_no_more(clause: Clause, utterance: Utterance) -> bool:
    """Whether "stop" is all that is said: "does his pension stop" is a question about a pension."""
    is_all = len(utterance.clauses) == 1 and len(clause.text.split()) <= _STOP_WORDS
    return is_all and clause.confidence >= _SURE and not utterance.topics and "?" not in clause.text
