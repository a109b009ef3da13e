"""From what a message says to the questions it asks, with what the conversation remembers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.jobcentre.gazetteer import PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Context, Pending, Question, Thread, Utterance, whens_of

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


@dataclass(frozen=True)
class Interpretation:
    """What a turn comes to."""

    questions: tuple[Question, ...]
    cancelled: bool = False
    """ "Never mind." """
    repeat: bool = False
    """ "Sorry?": the last reply is wanted again."""
    affirmed: bool | None = None
    """A yes or no that answers nothing asked."""


def interpret(utterance: Utterance, context: Context) -> Interpretation:
    """The questions of a turn, in the order asked."""
    thread = context.thread
    answered = thread.pending and _answer_to(thread.pending, utterance, context)
    if answered:
        return Interpretation((answered,))
    clauses = _asked(utterance.clauses)
    intents = {clause.intent for clause in clauses}
    substantive = [c for c in clauses if c.intent not in FOLLOW_UPS]
    if not substantive and "inform" not in intents:
        return Interpretation(
            (),
            cancelled="cancel" in intents,
            repeat="ask_repeat" in intents,
            affirmed=True if "affirm" in intents else False if "deny" in intents else None,
        )
    return Interpretation(tuple(_questions(clauses, utterance, thread)))


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
    """Without what the person says they do not ask, and without small talk beside a question."""
    wanted = [c for c in clauses if not c.negated] or list(clauses)
    kinds = [KIND_OF_INTENT.get(c.intent) for c in wanted]
    real = [
        c
        for c, kind in zip(wanted, kinds, strict=True)
        if c.intent in FOLLOW_UPS or (kind and not kind.is_small_talk and kind is not Kind.UNCLEAR)
    ]
    return real or wanted


def _answer_to(pending: Pending, utterance: Utterance, context: Context) -> Question | None:
    """The question that the message completes, where it answers what the assistant asked."""
    if any(c.intent not in _THIN for c in utterance.clauses) and not _is_short(utterance):
        return None
    whens = tuple(w for d in utterance.days for w in whens_of(d, context.now)) or pending.whens
    base = Question(pending.kind, "inform", whens=whens, topics=pending.topics, text=utterance.text)
    if pending.asks == "topic":
        picked = chosen(utterance.text, pending.choices)
        topics = utterance.topics or ((picked,) if picked else ())
        return replace(base, topics=topics) if topics else None
    choice = chosen(utterance.text, pending.choices)
    if choice:
        return replace(base, offices=(choice,))
    if utterance.places:
        narrowed = _narrowed(pending, utterance.places)
        return replace(base, offices=narrowed) if narrowed else replace(base, places=utterance.places)
    intents = {c.intent for c in utterance.clauses}
    if pending.asks == "confirm" and pending.choices and "affirm" in intents:
        return replace(base, offices=pending.choices[:1])
    if pending.asks == "day" and utterance.days:
        return replace(base, offices=pending.choices)
    return None


def _is_short(utterance: Utterance) -> bool:
    return len(utterance.text.split()) <= 4 and bool(utterance.places)


def _narrowed(pending: Pending, places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Of the offices offered, those that the places name."""
    named = {office for place in places for office in place.offices}
    return tuple(choice for choice in pending.choices if choice in named)


def _questions(clauses: Sequence[Clause], utterance: Utterance, thread: Thread) -> list[Question]:
    out: list[Question] = []
    informs: list[Clause] = []
    for clause in clauses:
        if clause.intent == "inform":
            informs.append(clause)
        elif clause.intent not in FOLLOW_UPS:
            out.append(_question(clause, utterance, thread))
    for clause in informs:
        _add_inform(out, clause, utterance, thread)
    return _merged(out)


def _question(clause: Clause, utterance: Utterance, thread: Thread) -> Question:
    kind = KIND_OF_INTENT[clause.intent]
    places = utterance.places_in(clause) or utterance.places
    days = utterance.days_in(clause) or (utterance.days if len(utterance.clauses) > 1 else ())
    question = Question(kind, clause.intent, places, days, topics=utterance.topics, text=clause.text)
    if kind.is_about_offices and not places and thread.offices and not days_only_new(thread, kind):
        return replace(question, offices=thread.offices, place_name=thread.place_name)
    return question


def days_only_new(thread: Thread, kind: Kind) -> bool:
    """Whether the question starts afresh: a search for an office never means the one spoken of."""
    return kind is Kind.OFFICE_FIND


def _add_inform(out: list[Question], clause: Clause, utterance: Utterance, thread: Thread) -> None:
    """A bare place or day: completes the question before it, or takes the last one up again."""
    places, days = utterance.places_in(clause), utterance.days_in(clause)
    if out:
        last = out[-1]
        if last.kind.is_about_offices and ((places and places != last.places) or (days and days != last.days)):
            if (last.places and places) or (last.days and days):
                out.append(replace(last, places=places or last.places, days=days or last.days))
            else:
                out[-1] = replace(last, places=last.places or places, days=last.days or days)
        return
    kind = thread.kind or Kind.OFFICE_OPEN
    question = Question(kind, clause.intent, places, days, topics=utterance.topics or thread.topics, text=clause.text)
    if not places:
        question = replace(question, offices=thread.offices, place_name=thread.place_name)
    if not days and kind.is_about_offices:
        question = replace(question, whens=thread.whens)
    out.append(question)


def _merged(questions: Sequence[Question]) -> list[Question]:
    """Without a question that repeats another."""
    out: list[Question] = []
    for question in questions:
        same = [q for q in out if (q.kind, q.places, q.days) == (question.kind, question.places, question.days)]
        if not same:
            out.append(question)
    return out
