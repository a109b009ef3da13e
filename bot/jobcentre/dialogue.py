"""From what a message says to the questions it asks, with what the conversation remembers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.jobcentre.dates import DayMention
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.personal_data import without_removed
from bot.jobcentre.question import Clause, Context, Pending, Question, Thread, Utterance, When, whens_of
from bot.jobcentre.words import (
    ASKS_FOR_HOURS,
    ASKS_TIME_OF_DAY,
    NEAREST,
    OFFICE_WORDS,
    REOPENS,
    WHEREABOUTS,
    is_foi_request,
    speaks_of_foi,
)

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
_THIN = FOLLOW_UPS | {"nlu_fallback", "greet", "thank", "out_of_scope"}
_ANSWER_WORDS = 8
"""An answer to the assistant's own question is hardly longer."""
_STOP_WORDS = 6
_TOPIC_WORDS = 4
_SURE = 0.8
_CRISIS_SURE = 0.65
_DETAILS = {
    Kind.OFFICE_FIND: re.compile(r"\b(?:address|postcode|cyfeiriad|cod post)\b", re.IGNORECASE),
    Kind.OFFICE_CONTACT: re.compile(
        r"\b(?:phone|tele?phone|tel|number|e-?mail(?! address)|ffôn|e-?bost)\b", re.IGNORECASE
    ),
    Kind.OFFICE_HOURS: re.compile(r"\b(?:hours|(?:opening|open) (?:times|hours)|times|oriau)\b", re.IGNORECASE),
}
"""What people list of an office in one breath."""
_OF_DAYS = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES, Kind.CLOSURE_APPOINTMENT)
"""Kinds that "and tomorrow?" asks again; after any other it asks whether the office is open."""
_OFFICE = re.compile(r"\b(?:office|job ?cent(?:re|er)|jcp|branch|swyddfa|canolfan)", re.IGNORECASE)

_ORDINALS = (
    r"1|1st|first|one|cyntaf|un",
    r"2|2nd|second|two|ail|dau",
    r"3|3rd|third|three|trydydd|tri",
    r"4|4th|fourth|four|pedwerydd|pedwar",
    r"5|5th|fifth|five|pumed|pump",
)
_CHOICE = re.compile(
    r"\W*(?:(?:i (?:mean|meant|want)|it'?s|its|option|number|no\.?|num|the|y|yr|rhif|opsiwn|please|erm?|um+|ok)\W+)*"
    r"(?:"
    + "|".join(f"(?P<n{i}>{words})" for i, words in enumerate(_ORDINALS, start=1))
    + r"|(?P<last>last|bottom|olaf)"
    r"|(?P<top>top)|(?P<other>other|llall))"
    r"(?:\W+(?:one|office|1|please|pls|plz|thanks|ta|thx|un|diolch|os gwelwch yn dda|swyddfa))*\W*",
    re.IGNORECASE,
)


_STOP = re.compile(
    r"\W*(?:(?:please|pls|plz|can you|i said|just)\W+)*"
    r"(?:stop(?:\W+(?:it|now|messag\w+(?: me)?|texting(?: me)?|sending(?: me)?(?: messages)?|all|this))*"
    r"|unsubscribe|opt(?: me)? out|do ?n[o']?t (?:message|contact|dm) me(?: again| any ?more)?|leave me alone"
    r"|no more messages|stopiwch|stopia|peidiwch(?: â chysylltu(?: â fi)?| â fy negeseuo)?|dim mwy o negeseuon)"
    r"(?:\W+(?:please|pls|plz|thanks|now|os gwelwch yn dda))*\W*",
    re.IGNORECASE,
)
_START = re.compile(
    r"\W*(?:start|re-?start|unstop|opt in|dechrau|ail-?ddechrau|cychwyn)(?:\W+(?:again|eto|please))*\W*",
    re.IGNORECASE,
)


def control_of(text: str) -> str | None:
    """ "stop" or "start" where that is all the message says (X asks automated accounts to obey it at once)."""
    if _STOP.fullmatch(text):
        return "stop"
    return "start" if _START.fullmatch(text) else None


_NAMES_DETAILS = re.compile(
    r"(?:\W|(?:hi|hello|hiya|and|or|my|mine|the|our|his|her|is|are|was|it'?s|its|here|this|that|i'?m|i|am|on|at|to|of|no"
    r"|me|please|pls|call|ring|phone|text|write|email|e-mail|mobile|mob|tel|telephone|number|num|ni|nino|nat|national"
    r"|insurance|nhs|dob|date|birth|born|sort|code|account|acc|bank|card|reference|ref|address|details|name"
    r"|fy|yw|y|yr|a|ac|rhif|yswiriant|gwladol|ffôn|cyfeiriad|e-bost|dyddiad|geni|ganed|cyfrif|banc|ffoniwch|fi)\b)*",
    re.IGNORECASE,
)
"""Words with which people only give details of theirs."""


@dataclass(frozen=True)
class Interpretation:
    """What a turn comes to."""

    questions: tuple[Question, ...]
    cancelled: bool = False
    """ "Never mind." """
    affirmed: bool | None = None
    """A yes or no that answers nothing asked."""


def interpret(utterance: Utterance, context: Context) -> Interpretation:
    """The questions of a turn, in the order asked."""
    thread = context.thread
    if is_foi_request(utterance.text):  # all of it is the request: its words are not questions to us
        asked = Clause("ask_foi", 1.0, utterance.text, 0, len(utterance.text))
        utterance = replace(utterance, clauses=(asked,))
    answered = _answer_to(thread.pending, utterance, context) if thread.pending else _pick(utterance, thread)
    answered = answered or _another_topic(utterance, thread)
    if answered:
        return Interpretation((answered,))
    clauses = _asked(_without_faint_crises(utterance.clauses, context))
    intents = {clause.intent for clause in clauses}
    substantive = [c for c in clauses if c.intent not in FOLLOW_UPS]
    if not substantive and "inform" not in intents:
        return Interpretation(
            (),
            cancelled="cancel" in intents,
            affirmed=True if "affirm" in intents else False if "deny" in intents else None,
        )
    return Interpretation(tuple(_questions([_corrected(c, utterance, thread) for c in clauses], utterance, context)))


def _without_faint_crises(clauses: Sequence[Clause], context: Context) -> list[Clause]:
    """Without a clause that sounds faintly like a crisis beside others, where the crisis check hears none: anger."""
    if context.risks or len(clauses) < 2:
        return list(clauses)
    kinds = [KIND_OF_INTENT.get(clause.intent) for clause in clauses]
    heard = [
        clause
        for clause, kind in zip(clauses, kinds, strict=True)
        if not (kind and kind.is_crisis) or clause.confidence >= _CRISIS_SURE
    ]
    return heard or list(clauses)


def _corrected(clause: Clause, utterance: Utterance, thread: Thread) -> Clause:
    """The clause with the intent that plain words settle where the classifier's border is thin."""
    return replace(clause, intent=_settled(clause, utterance, thread))


def _settled(clause: Clause, utterance: Utterance, thread: Thread) -> str:
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


def _another_topic(utterance: Utterance, thread: Thread) -> Question | None:
    """ "And pip?" after a number was given: a benefit named alone asks how to reach it."""
    is_short = len(utterance.text.split()) <= _TOPIC_WORDS and not utterance.places
    if thread.kind not in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT) or not utterance.topics or not is_short:
        return None
    if any(KIND_OF_INTENT.get(c.intent) in (Kind.INDIVIDUAL_CASE, Kind.HANDOFF) for c in utterance.clauses):
        return None
    return Question(Kind.CONTACT_DWP, "inform", topics=utterance.topics, text=utterance.text, message=utterance.text)


def _wants_no_more(clause: Clause, utterance: Utterance) -> bool:
    """Whether "stop" is all that is said: "does his pension stop" is a question about a pension."""
    is_all = len(utterance.clauses) == 1 and len(clause.text.split()) <= _STOP_WORDS
    return is_all and clause.confidence >= _SURE and not utterance.topics and "?" not in clause.text


def _pick(utterance: Utterance, thread: Thread) -> Question | None:
    """ "2", "the second one", "the other one", of what the last answer named, where nothing was asked."""
    if len(thread.listed) < 2 or thread.kind is None:
        return None
    choice = chosen(utterance.text, thread.listed) or _other(utterance.text, thread)
    if choice is None:
        return None
    return Question(
        thread.kind, "inform", whens=thread.whens, offices=(choice,), topics=thread.topics, text=utterance.text
    )


def _other(text: str, thread: Thread) -> str | None:
    """The one of the offices named that is not the one spoken of last."""
    found = _CHOICE.fullmatch(text.strip())
    left = [office for office in thread.listed if office not in thread.offices]
    return left[0] if found and found["other"] and len(left) == 1 else None


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The one of the choices that a "2", "the second one" or "the other one" means."""
    found = _CHOICE.fullmatch(text.strip())
    if not found or not choices:
        return None
    if found["last"] or (found["other"] and len(choices) == 2):
        return choices[-1]
    if found["top"]:
        return choices[0]
    for number in range(1, len(_ORDINALS) + 1):
        if found[f"n{number}"]:
            return choices[number - 1] if number <= len(choices) else None
    return None


def _asked(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what the person says they do not ask, details they give, and small talk beside a question."""
    asking = [c for c in clauses if not _only_gives_data(c.text)]
    wanted = [c for c in asking if not c.negated] or asking
    kinds = [KIND_OF_INTENT.get(c.intent) for c in wanted]
    real = [
        c
        for c, kind in zip(wanted, kinds, strict=True)
        if c.intent in FOLLOW_UPS or (kind and not kind.is_small_talk and kind is not Kind.UNCLEAR)
    ]
    return real or wanted


def _only_gives_data(text: str) -> bool:
    """ "My NI number is [removed]" asks nothing."""
    rest = without_removed(text)
    return rest != text and "?" not in rest and _NAMES_DETAILS.fullmatch(rest) is not None


def _answer_to(pending: Pending, utterance: Utterance, context: Context) -> Question | None:
    """The question that the message completes, where it answers what the assistant asked."""
    if not _may_answer(utterance):
        return None
    base = Question(
        pending.kind,
        "inform",
        whens=_whens_with(utterance.days, pending.whens, context) or pending.whens,
        topics=pending.topics,
        text=utterance.text,
        message=utterance.text,
    )
    if pending.asks == "topic":
        picked = chosen(utterance.text, pending.choices)
        topics = utterance.topics or ((picked,) if picked else ())
        return replace(base, topics=topics) if topics else None
    if pending.asks == "day" and utterance.days:
        return replace(base, offices=pending.choices)
    return _office_answer(base, pending, utterance)


def _may_answer(utterance: Utterance) -> bool:
    """Whether the message is thin enough to be an answer, and not a question of its own."""
    if all(clause.intent in _THIN for clause in utterance.clauses):
        return len(utterance.text.split()) <= _ANSWER_WORDS or all(c.intent == "inform" for c in utterance.clauses)
    return _is_short(utterance)


def _office_answer(base: Question, pending: Pending, utterance: Utterance) -> Question | None:
    choice = chosen(utterance.text, pending.choices) or _named_among(utterance.text, pending.choices)
    if choice:
        return replace(base, offices=(choice,))
    places = _wanted(utterance.places)
    if places:
        narrowed = _narrowed(pending, places)
        return replace(base, offices=narrowed) if narrowed else replace(base, places=places)
    intents = {clause.intent for clause in utterance.clauses}
    if pending.asks == "confirm" and pending.choices and "affirm" in intents:
        return replace(base, offices=pending.choices[:1])
    return None


def _named_among(text: str, choices: Sequence[str]) -> str | None:
    """The one of the offices offered that a word of its name tells from the others: "westfield one please".

    An id is made from the name, so its words are the name's.
    """
    said = set(re.findall(r"[a-z]{4,}", text.lower()))
    names = [set(choice.split("-")) for choice in choices]
    told = [
        choice
        for choice, name in zip(choices, names, strict=True)
        if said & name - set().union(*(other for other in names if other is not name))
    ]
    return told[0] if len(told) == 1 else None


def _wanted(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Without those that the person says they do not mean, where they mean another."""
    return tuple(place for place in places if not place.negated)


def _whens_with(days: Sequence[DayMention], before: Sequence[When], context: Context) -> tuple[When, ...]:
    """The days named; a time of day alone ("what about 3pm") keeps the day that the conversation is about."""
    kept = before[0] if len(before) == 1 and not before[0].is_now else None
    out: list[When] = []
    for mention in days:
        for when in whens_of(mention, context.now):
            out.append(replace(when, day=kept.day, is_past=kept.is_past) if kept and mention.is_time_alone else when)
    return tuple(out)


def _is_short(utterance: Utterance) -> bool:
    return len(utterance.text.split()) <= 4 and bool(utterance.places)


def _narrowed(pending: Pending, places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Of the offices offered, those that the places name."""
    named = {office for place in places for office in place.offices}
    return tuple(choice for choice in pending.choices if choice in named)


def _questions(clauses: Sequence[Clause], utterance: Utterance, context: Context) -> list[Question]:
    out: list[Question] = []
    informs: list[Clause] = []
    for clause in clauses:
        if clause.intent == "inform":
            informs.append(clause)
        elif clause.intent not in FOLLOW_UPS:
            out += _each_detail(_question(clause, utterance, context))
    for clause in informs:
        _add_inform(out, clause, utterance, context)
    return _merged(_without_line_hours(out))


def _question(clause: Clause, utterance: Utterance, context: Context) -> Question:
    thread, kind = context.thread, KIND_OF_INTENT[clause.intent]
    places = _wanted(utterance.places_in(clause) or utterance.places)
    places = _of_others(places) or places
    days = utterance.days_in(clause) or (utterance.days if len(utterance.clauses) > 1 else ())
    question = Question(
        kind, clause.intent, places, days, topics=utterance.topics, text=clause.text, message=utterance.text
    )
    if not kind.is_about_offices or places or not thread.offices or NEAREST.search(clause.text):
        return question
    return replace(
        question,
        offices=_without_negated(thread, utterance),
        place_name=thread.place_name,
        **_days_kept(question, context),
    )


def _each_detail(question: Question) -> list[Question]:
    """ "Address, phone and opening times" are three questions, in the order in which they are named."""
    if question.kind not in _DETAILS or question.topics:
        return [question]
    found = [(match.start(), kind) for kind, pattern in _DETAILS.items() if (match := pattern.search(question.text))]
    kinds = [kind for _, kind in sorted(found)]
    return [replace(question, kind=kind) for kind in kinds] if len(kinds) > 1 else [question]


def _without_negated(thread: Thread, utterance: Utterance) -> tuple[str, ...]:
    """The offices spoken of, without one that the person has just ruled out."""
    out = {office for place in utterance.places if place.negated for office in place.offices}
    return tuple(office for office in thread.listed or thread.offices if office not in out) if out else thread.offices


def _days_kept(question: Question, context: Context) -> dict[str, Any]:
    """The day of the conversation, where the question names only a time of day or asks until when."""
    thread = context.thread
    if question.days:
        alone = all(mention.is_time_alone for mention in question.days)
        return {"days": (), "whens": _whens_with(question.days, thread.whens, context)} if alone else {}
    is_timed = question.kind is Kind.OFFICE_HOURS and ASKS_TIME_OF_DAY.search(question.text)
    return {"whens": thread.whens} if is_timed else {}


def _add_inform(out: list[Question], clause: Clause, utterance: Utterance, context: Context) -> None:
    """A bare place or day: completes the question before it, or takes the last one up again."""
    places, days = _wanted(utterance.places_in(clause)), utterance.days_in(clause)
    thread = context.thread
    # "and tomorrow?" beside "I want to speak to a person" goes on with the office spoken of.
    if out and not (thread.offices and all(question.kind is Kind.HANDOFF for question in out)):
        _complete(out, places, days)
        return
    kind = thread.kind or Kind.OFFICE_OPEN
    if days and kind not in _OF_DAYS:
        kind = Kind.OFFICE_OPEN
    question = Question(
        kind, clause.intent, places, topics=utterance.topics or thread.topics, text=clause.text, message=utterance.text
    )
    if not places:
        question = replace(question, offices=_without_negated(thread, utterance), place_name=thread.place_name)
    out.append(replace(question, whens=_whens_with(days, thread.whens, context) or thread.whens))


def _of_others(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Without "my jobcentre", which any place named beside it explains."""
    return tuple(place for place in places if place.kind is not PlaceKind.OURS)


def _complete(out: list[Question], places: tuple[PlaceMention, ...], days: tuple[DayMention, ...]) -> None:
    """Give the last question what it lacks; ask it again of another place or day where it has its own."""
    last = replace(out[-1], places=_of_others(out[-1].places)) if _of_others(places) else out[-1]
    is_new = (places and places != last.places) or (days and days != last.days)
    if not last.kind.is_about_offices or not is_new:
        return
    if (last.places and places) or (last.days and days):
        out.append(replace(last, places=places or last.places, days=days or last.days))
    else:
        out[-1] = replace(last, places=last.places or places, days=last.days or days)


def _without_line_hours(questions: Sequence[Question]) -> list[Question]:
    """Hours asked beside a line's number are the line's (contract, rule 2)."""
    if not any(q.kind is Kind.CONTACT_DWP and q.topics for q in questions):
        return list(questions)
    times = (Kind.OFFICE_HOURS, Kind.OFFICE_OPEN)
    return [q for q in questions if q.kind not in times or q.places or q.offices or _OFFICE.search(q.text)]


def _merged(questions: Sequence[Question]) -> list[Question]:
    """Without a question that repeats another."""
    out: list[Question] = []
    for question in questions:
        same = [q for q in out if (q.kind, q.places, q.days) == (question.kind, question.places, question.days)]
        if not same:
            out.append(question)
    return out
