"""What the pipeline's intents mean: the kind of each, and what they have in common."""

from __future__ import annotations

import re

from bot.jobcentre.kinds import Kind

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
    "ask_after_somebody": Kind.INDIVIDUAL_CASE,
    "ask_as_official": Kind.INDIVIDUAL_CASE,
    "report_stray_letter": Kind.INDIVIDUAL_CASE,
    "ask_to_post": Kind.ABOUT,
    "ask_politics": Kind.POLITICS,
    "insult": Kind.ABUSE,
    "insult_a_group": Kind.ABUSE,
    "ask_for_person": Kind.HANDOFF,
    "stop": Kind.STOP,
    "greet": Kind.GREETING,
    "thank": Kind.THANKS,
    "goodbye": Kind.GOODBYE,
    "out_of_scope": Kind.OFF_TOPIC,
    "report_crisis_life": Kind.CRISIS_LIFE,
    "report_crisis_abuse": Kind.CRISIS_ABUSE,
    "report_crisis_hardship": Kind.CRISIS_HARDSHIP,
    "report_child_at_risk": Kind.CRISIS_LIFE,
    "threaten": Kind.ABUSE,
    "ask_further": Kind.UNCLEAR,
    "nlu_fallback": Kind.UNCLEAR,
}
OTHER_PERSON = "other_person"
POSTING = "posting"
"""What is wanted of our page, or with theirs."""
MATTER_OF_INTENT = {
    "ask_after_somebody": OTHER_PERSON,
    "ask_as_official": "official",
    "report_stray_letter": "letter",
    "ask_to_post": POSTING,
}
"""Intents that say more than their kind."""
FURTHER = "ask_further"
"""The intent of what asks of something that it does not name: "will they tell him", "and if that doesn't work"."""
# Intents that only make sense beside what was said before.
FOLLOW_UPS = frozenset({"inform", "affirm", "deny", "cancel", "ask_repeat"})
OF_OPENING = frozenset({"ask_opening", "ask_hours", "ask_closures"})
FOR_PEOPLE = ("official", "letter")
"""Matters that are passed to people here at once."""
FOR_OTHERS = (*FOR_PEOPLE, "representative", OTHER_PERSON)
DETAILS = {
    Kind.OFFICE_FIND: re.compile(
        r"\b(?<!mail )(?:address|postcode|[cg]h?yfeiriad(?! e-?bost)|nghyfeiriad(?! e-?bost)|cod post)\b", re.IGNORECASE
    ),
    Kind.OFFICE_CONTACT: re.compile(r"\b(?:phone|tele?phone|tel|number|e-?mail|ff[oô]n|e-?bost)\b", re.IGNORECASE),
    Kind.OFFICE_HOURS: re.compile(r"\b(?:hours|(?:opening|open) (?:times|hours)|times|ori(?:au|a|e))\b", re.IGNORECASE),
}
"""What people list of an office in one breath."""
ASIDE = (Kind.POLITICS, Kind.OFF_TOPIC, Kind.FEEDBACK, Kind.ABUSE, Kind.PRESS, Kind.SCAM)
"""Kinds that a stray sentence beside a question is soon taken for."""
ASIDE_SURE = 0.65
NOT_HEARD = frozenset({"nlu_fallback", "out_of_scope"})
LIKELY, SURE, CERTAIN = 0.6, 0.8, 0.9
"""How sure of an intent the pipeline is."""
