"""What a message may have wanted, as staff say it: the intents of the training data in plain words, by what they are
about."""

from __future__ import annotations

from collections.abc import Mapping

from bot.jobcentre.masks import BODY, DAY, HABIT, PLACE, SHOP
from bot.jobcentre.miss import Why
from bot.jobcentre.phrase import PhraseState

INTENTS: Mapping[str, Mapping[str, str]] = {
    "Jobcentre offices": {
        "ask_opening": "Is an office open, or was it, or will it be?",
        "ask_hours": "Opening hours",
        "ask_closures": "What is closed or disrupted?",
        "ask_office": "Where is an office, or which one is theirs?",
        "ask_office_contact": "An office’s phone or email",
        "ask_facilities": "What an office has: parking, access, toilets, computers",
        "ask_closure_appointment": "An appointment that the office or the weather gets in the way of",
    },
    "The Department for Work and Pensions (DWP)": {
        "ask_contact": "How to reach DWP about something",
        "ask_benefit_info": "A benefit in general, not their own claim",
        "ask_foi": "Freedom of Information",
        "ask_own_data": "Their own data: see it, correct it, delete it",
        "ask_press": "A journalist asks",
        "ask_jobs": "Work, job fairs, training, employers",
        "ask_scam": "Is this a scam?",
        "ask_language": "Welsh, another language, an interpreter, large print",
    },
    "Their own matters": {
        "ask_individual_case": "Their own claim or payment",
        "ask_after_somebody": "Another person: their claim, whereabouts, or who works here",
        "ask_as_official": "Writes as police, court, MP, solicitor or another body",
        "report_stray_letter": "Our letter or call reached the wrong person",
        "complain": "A complaint",
        "give_feedback": "Praise or an idea",
        "report_wrong_information": "Says that we are wrong, or that a door is shut",
        "ask_for_person": "Wants a person",
        "stop": "Wants no more messages",
    },
    "People at risk, and threats": {
        "report_crisis_life": "May end their life, or is in danger",
        "report_crisis_abuse": "Suffers violence or control at home",
        "report_crisis_hardship": "Has no food, money, heating or home",
        "report_child_at_risk": "A child is at risk",
        "threaten": "Threatens staff",
        "insult": "An insult",
        "insult_a_group": "Prejudice against a group of people",
    },
    "The conversation": {
        "inform": "Only a place, a day or a benefit",
        "affirm": "Yes",
        "deny": "No",
        "cancel": "Never mind",
        "ask_repeat": "Say it again, or in the other language",
        "ask_further": "Asks on, and does not say of what",
        "greet": "Hello",
        "thank": "Thanks",
        "goodbye": "Goodbye",
        "ask_about_assistant": "About this account or the assistant",
        "ask_to_post": "Wants us to post, share or follow, or to look at their page",
    },
    "Nothing for us": {
        "ask_other_service": "Another body: council, HMRC, NHS, passports",
        "ask_politics": "Politics",
        "out_of_scope": "Something that has nothing to do with Jobcentres",
        "nlu_fallback": "Nobody could understand it",
    },
}
"""Heading, intent, words."""
WORDS: Mapping[str, str] = {intent: words for group in INTENTS.values() for intent, words in group.items()}
WHYS: Mapping[Why, str] = {
    Why.REPHRASE: "Asked to say it in other words",
    Why.OFFERED: "Not understood again: offered a person",
    Why.SAID: "Says that it is not what they asked",
}
MASKS: Mapping[str, str] = {
    PLACE: "a place",
    DAY: "a day",
    HABIT: "usual days",
    SHOP: "a shop or the like",
    BODY: "another body",
}
STATES: Mapping[PhraseState, str] = {
    PhraseState.PROPOSED: "Second look",
    PhraseState.ACCEPTED: "Accepted",
    PhraseState.REJECTED: "Rejected",
}


def said(intent: str) -> str:
    """An intent in plain words; as it is where the model knows one that is no more."""
    return WORDS.get(intent, intent)
