"""The intents that plain words settle where the border of the classifier is thin."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.choice import pointed_at
from bot.jobcentre.clauses import asks
from bot.jobcentre.contradiction import contradicts
from bot.jobcentre.intent import FURTHER, KIND_OF_INTENT, LIKELY, NOT_HEARD, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.plain_offices import only_detail, plain_of_offices, widened
from bot.jobcentre.plain_people import plain_of_claims, plain_of_people
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.somebody import asks_after_somebody
from bot.jobcentre.words import (
    ASKS_FOR_HOURS,
    ASKS_IF_OPEN,
    ASKS_TIME_OF_DAY,
    ASKS_WHERE,
    ELSEWHERE_WORDS,
    NO_INTERNET,
    OPENING,
    SAME_DAY,
    SAME_TIME,
)

_NOT_OF_PEOPLE = frozenset(
    {"ask_opening", "ask_hours", "ask_closures", "ask_office", "ask_benefit_info", "nlu_fallback", "out_of_scope"}
)
"""What a question after somebody is taken for."""
_OF_THE_LINE = re.compile(r"\b(?:lines?|number|phone|helpline|l?linell|rh?if|ff[oô]n)\b", re.IGNORECASE)
_WAY_THERE = re.compile(
    r"\b(?:how|which (?:bus|train|way))\b.*\b(?:get|go|walk|drive)\b.*\b(?:there|it|to (?:you|u))\b|\bdirections\b"
    r"|\bsut\b.*\b(?:cyrraedd|mynd)\b",
    re.IGNORECASE,
)
_SAME_WORDS = 3
_NAMING_WORDS = 6
"""At most, of a message that only takes up what was asked, or names an office."""
_SENDS_PEOPLE = re.compile(
    r"\b(?:send(?:ing)?|call(?:ing)?|ring(?:ing)?|tell(?:ing)?|get(?:ting)?|a?gyrru|d?anfon|hala|galw|ffonio"
    r"|d?weud wrth)\W+(?:for |â |am )?(?:(?:the|an?|yr?) )?"
    r"(?:any(?:one|body)|some(?:one|body)|nobody|no ?one|people|police|cops|ambulance|help|doctor|neb"
    r"|unrhyw un|rhywun|heddlu|ambiwlans|meddyg)\b",
    re.IGNORECASE,
)


def wants_nobody_sent(clause: Clause) -> bool:
    """Whether what sounds like a "stop" is of people and not of messages: "don't send anyone"."""
    return clause.intent == "stop" and _SENDS_PEOPLE.search(clause.text) is not None


def settled(clause: Clause, utterance: Utterance, thread: Thread) -> Clause:
    """The clause with the intent that plain words settle where the classifier's border is thin."""
    if clause.intent == FURTHER:
        clause = replace(clause, intent=_plain_of_further(clause, utterance, thread))
    intent = _plain(clause, utterance, thread)
    return replace(widened(clause, utterance) if intent == "inform" else clause, intent=intent)


def _plain_of_further(clause: Clause, utterance: Utterance, thread: Thread) -> str:
    """ "Where would that be" asks for an office, beside a place; "same again tomorrow" what was asked before."""
    if ASKS_WHERE.search(clause.text) and utterance.places:
        return "ask_office"
    is_of_office = thread.kind is not None and thread.kind.is_about_offices and bool(thread.offices)
    if is_of_office and ELSEWHERE_WORDS.search(clause.text):
        return "ask_office"
    if is_of_office and ASKS_IF_OPEN.search(clause.text):
        return "ask_opening"
    if is_of_office and _WHICH_OTHERS.search(clause.text):
        return "ask_office"
    is_named = utterance.places or any(not day.past for day in utterance.days)
    return "inform" if is_named and is_of_office else "nlu_fallback"


_WHICH_OTHERS = re.compile(
    r"\b(?:which|what|any|how many)\b.{0,20}\bothers?\b.{0,20}\b(?:you|u|ya|yous|there)\b|\bpa rai eraill\b",
    re.IGNORECASE,
)
"""Asks for the list of offices."""


def _plain(clause: Clause, utterance: Utterance, thread: Thread) -> str:
    return (
        _plain_of_lateness(clause)
        or _plain_of_thread(clause, utterance, thread)
        or plain_of_offices(clause, utterance, thread)
        or plain_of_claims(clause, utterance)
        or plain_of_people(clause, utterance, thread)
        or clause.intent
    )


def _plain_of_lateness(clause: Clause) -> str | None:
    """Who will be late speaks of their own appointment, and not of how late an office is open."""
    is_of_them = _RUNS_LATE.search(clause.text) and not OPENING.search(clause.text)
    return "ask_individual_case" if is_of_them and clause.intent in _HEARD_OF_LATENESS else None


def _plain_of_thread(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What words that say little alone ask of what the conversation is about."""
    if contradicts(clause, utterance, thread):
        return "report_wrong_information"
    if clause.intent == "ask_other_service" and thread.offices and _compares_hours(clause.text):
        return "ask_hours"
    if _takes_up(clause, utterance, thread):
        return "inform"
    if thread.offices and utterance.days_in(clause) and SAME_TIME.search(clause.text) and clause.confidence < SURE:
        return "ask_opening"
    if clause.intent in _NOT_OF_PEOPLE and asks_after_somebody(clause, utterance):
        return "ask_individual_case"  # whoever it is, and whatever was spoken of
    if clause.intent == "report_wrong_information" and thread.offices and _only_names(clause.text):
        return only_detail(clause.text)
    if clause.intent not in NOT_HEARD:
        return None
    return _plain_of_unheard(clause, utterance, thread) or ("ask_contact" if _only_tells_of_death(utterance) else None)


def _only_tells_of_death(utterance: Utterance) -> bool:
    """Whether they say that somebody has died, and nothing else was heard: whom to tell is what they need."""
    kinds = [KIND_OF_INTENT.get(c.intent) for c in utterance.clauses if c.intent not in NOT_HEARD]
    return "bereavement" in utterance.topics and all(kind and kind.is_small_talk for kind in kinds)


_NEVER_MIND = re.compile(
    r"\W*(?:(?:na|ok|iawn|o)\W+)?(?:paid|peid\w*)\W+(?:(?:â|a|ag)\W+)?ph?oeni\b(?!.*\?)"
    r"|\W*(?:(?:na|ok|iawn|o)\W+)?(?:(?:does )?dim ots|anghofi\w+ (?:o|fo|amdano\w*|am y peth))\b(?!.*\?)",
    re.IGNORECASE,
)
"""What was asked for is wanted no more, as Welsh has it."""


def _plain_of_unheard(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What was heard as nothing of ours, of the service or office that was spoken of."""
    if _NEVER_MIND.match(clause.text):
        return "cancel"
    if _is_of_service_spoken_of(thread) and NO_INTERNET.search(clause.text):
        return "ask_contact"  # by another way than the page that was told
    if clause.intent != "nlu_fallback":
        return None
    is_of_line = thread.kind is Kind.CONTACT_DWP and bool(thread.topics)
    if is_of_line and (_OF_THE_LINE.search(clause.text) or utterance.places):
        return "ask_contact"  # "he's in Inverness if that changes things"
    if not thread.offices:
        return None
    if _HOW_TO_TELL.search(clause.text):
        return "ask_contact"
    if pointed_at(clause.text, thread.listed, thread.offices) is not None:
        return only_detail(clause.text) or _way_or_time(clause.text) or "inform"
    is_of_doors = asks(clause.text) and _OF_DOORS.search(clause.text)  # "so is it five it shuts"
    return only_detail(clause.text) or _way_or_time(clause.text) or ("ask_opening" if is_of_doors else None)


_OF_DOORS = re.compile(r"\b(?:it|you|u|they|chi|hi|nhw)\b.*\b(?:opens?|shuts?|closes?|agor|cau)\b", re.IGNORECASE)


_HOW_TO_TELL = re.compile(
    r"\b(?:how|who|where|sut|pwy|lle|ble)\b.{0,20}"
    r"\b(?:let \w+(?: \w+)? know|tell (?:them|her|him|some\w+|any\w+|the \w+)|inform|notify"
    r"|(?:dd?weud|deud|ddeud) wrth\w*|rhoi gwybod|gadael i \w+ wybod)\b",
    re.IGNORECASE,
)
"""How to reach those who expect them."""


def _is_of_service_spoken_of(thread: Thread) -> bool:
    subject = thread.subject
    of_services = (Kind.BENEFIT_INFO, Kind.CONTACT_DWP, Kind.INDIVIDUAL_CASE)
    return subject is not None and subject.kind in of_services and bool(subject.topics)


_COMPARED = re.compile(
    r"\b(?:like|same as|unlike|as late as|as early as)\s+(?:(?:the|a|my|our|your|at|in) )+\w+|\bfel (?:yr? )?\w+",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"{ASKS_FOR_HOURS.pattern}|\b(?:late|early|evenings?|nights?|open\w*|clos\w+|shut\w*|hwyr|cynnar|agor|cau)\b",
    re.IGNORECASE,
)


def _compares_hours(text: str) -> bool:
    """ "Does it do a late night like the library": the other body is only what the office is compared with."""
    rest = _COMPARED.sub(" ", text)
    return rest != text and _WHEN.search(rest) is not None


def _takes_up(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether a few words that were hardly heard ask of another day or place what was asked before: "tomorrow the same
    story?" """
    is_hardly_heard = clause.intent in NOT_HEARD and clause.confidence < LIKELY and asks(utterance.text)
    is_named = utterance.places_in(clause) or any(not day.past for day in utterance.days_in(clause))
    is_of_office = thread.kind is not None and thread.kind.is_about_offices and bool(thread.offices)
    words = len(clause.text.split())
    is_same = SAME_DAY.search(clause.text) or SAME_TIME.search(clause.text)
    if is_of_office and is_same and words <= _SAME_WORDS:
        return True  # "and Wakefield, same day?"
    if is_of_office and clause.intent == "thank" and "?" in clause.text and is_named:
        return True  # "great, and Monday?"
    return bool(is_hardly_heard and is_named and is_of_office and words <= _NAMING_WORDS)


_HEARD_OF_LATENESS = NOT_HEARD | {"ask_hours", "ask_opening"}
_RUNS_LATE = re.compile(
    r"\b(?:i|we|he|she|they)(?:['’]?(?:m|re|s|ll be)| am| are| is| will be| might be| may be| turn up| get there)?"
    r"(?: \w+){0,3}? late\b(?! (?:nights?|evenings?|opening)\b)"
    r"|\b(?:dwi|dw i|rwy|b?fydda i|bydda i|mae (?:hi|o|e))(?:['’]?n| yn)?(?: \w+)? hwyr\b",
    re.IGNORECASE,
)
_DETAIL_WORDS = 5
_WRONG = re.compile(
    r"\b(?:wrong|not|no longer|\w+n[’']?t|incorrect|changed|old|different|dead|moved|out of date"
    r"|anghywir|ddim|wedi newid)\b",
    re.IGNORECASE,
)


def _only_names(text: str) -> bool:
    """Whether it is too short to report anything and says of nothing that it is wrong: "and its number"."""
    return len(text.split()) <= _DETAIL_WORDS and not _WRONG.search(text)


def _way_or_time(text: str) -> str | None:
    """ "How late are they there", "how do I get there": of the office spoken of."""
    if ASKS_TIME_OF_DAY.search(text):
        return "ask_hours"
    return "ask_office" if _WAY_THERE.search(text) else None
