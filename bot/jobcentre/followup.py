"""What goes on with what was spoken of: the other one, the same day, another topic, the same again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.choice import chosen, is_other
from bot.jobcentre.dates import DayMention
from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Context, Question, Thread, Utterance, When, whens_of

_TOPIC_WORDS = 4
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|isn'?t|rather than|instead of|nid|ddim|dim|yn lle)\s+(?:on |for |about |ar |am )?)$",
    re.IGNORECASE,
)
_NOT_THAT_ONE = re.compile(
    r"\W*(?:(?:no|nah|na|nope|sorry|oh)\W+)*(?:not (?:that|this) (?:one|office|1)|(?:that'?s |it'?s )?(?:the )?wrong"
    r" (?:one|office)|(?:nid|ddim) (?:yr un yna|hon(?:na|no)?|hwn(?:na|nw)?))\W*(?:please|pls|sorry|plis)?\W*",
    re.IGNORECASE,
)
_WHAT_NOW = re.compile(
    r"\b(?:what|wat|wot)(?:'?s| (?:do|should|shall|can|will|am|r|are|if|happens?|now|next|then|would))?\b.{0,20}"
    r"\b(?:i (?:do|meant to do|supposed to do)|me to do|we do|now|next|then)\b|\bdo i (?:still )?(?:go|come|turn up)\b"
    r"|\b(?:beth|be) (?:ddylwn|dylwn|wna|nawn|ydw|dw|sydd|ddylen)\b.{0,20}\b(?:i|ni|nawr|rwan|rŵan|wneud|neud)\b",
    re.IGNORECASE,
)
_WHAT_NOW_WORDS = 8
_LANGUAGES = {
    "cy": r"welsh|cymraeg|gymraeg|nghymraeg",
    "en": r"english|saesneg",
}
_IN_LANGUAGE = {
    language: re.compile(
        rf"\b(?:in|into|to|yn|i'?r|use|speak|answer|reply)\s+(?:{names})\b|^\W*(?:{names})\W*(?:\w+\W*){{0,3}}$",
        re.IGNORECASE,
    )
    for language, names in _LANGUAGES.items()
}
_NOT_SPOKEN = re.compile(r"\b(?:not|no|never|can'?t|cannot|\w+n'?t|ddim|methu)\b", re.IGNORECASE)
_ABOUT_OTHER_WORDS = re.compile(
    r"\b(?:phone|call|ring|line|number|letters?|forms?|interview|appointment|someone|somebody|person|speaker|coach"
    r"|interpreter|bsl|ffôn|ffonio|llythyr\w*|llinell|rhif|rhywun|apwyntiad)\b",
    re.IGNORECASE,
)
"""Another thing than this conversation is wanted in that language."""


def another_topic(utterance: Utterance, thread: Thread) -> Question | None:
    """ "And pip?" after a number was given: a benefit named alone asks how to reach it."""
    is_short = len(utterance.text.split()) <= _TOPIC_WORDS and not utterance.places
    if thread.kind not in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT) or not utterance.topics or not is_short:
        return None
    if any(KIND_OF_INTENT.get(c.intent) in (Kind.INDIVIDUAL_CASE, Kind.HANDOFF) for c in utterance.clauses):
        return None
    return Question(Kind.CONTACT_DWP, "inform", topics=utterance.topics, text=utterance.text, message=utterance.text)


def picked(utterance: Utterance, thread: Thread) -> Question | None:
    """ "2", "the second one", "the other one", "not that one", of what the last answer named."""
    if len(thread.listed) < 2 or thread.kind is None:
        return None
    choice = chosen(utterance.text, thread.listed) or _others(utterance.text, thread)
    return _asked_of(thread, choice, utterance.text) if choice else None


def _others(text: str, thread: Thread) -> tuple[str, ...]:
    """Those of the offices named that are not spoken of last."""
    left = tuple(office for office in thread.listed if office not in thread.offices)
    if _NOT_THAT_ONE.fullmatch(text.strip()):
        return left
    return left if len(left) == 1 and is_other(text) else ()


def _asked_of(thread: Thread, offices: tuple[str, ...], text: str) -> Question:
    """The last question again, of these offices."""
    kind = thread.kind or Kind.OFFICE_OPEN
    return Question(kind, "inform", whens=thread.whens, offices=offices, topics=thread.topics, text=text, message=text)


def what_now(utterance: Utterance, thread: Thread) -> Question | None:
    """ "So what do I do?" after an office was told to be shut, or beside an appointment."""
    is_open_ended = len(utterance.text.split()) <= _WHAT_NOW_WORDS and _WHAT_NOW.search(utterance.text)
    if not is_open_ended or not thread.offices or thread.kind not in _STATES:
        return None
    if utterance.places or utterance.topics or utterance.days:
        return None
    return replace(
        _asked_of(thread, thread.offices, utterance.text), kind=Kind.CLOSURE_APPOINTMENT, place_name=thread.place_name
    )


_STATES = (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES, Kind.OFFICE_HOURS, Kind.CLOSURE_APPOINTMENT)


def is_repeat(utterance: Utterance) -> bool:
    """ "Sorry?", "say that again", "beth?", a bare "??"."""
    if not any(character.isalnum() for character in utterance.text):
        return "?" in utterance.text
    intents = {clause.intent for clause in utterance.clauses}
    return "ask_repeat" in intents and intents <= FOLLOW_UPS - {"inform"} | {"nlu_fallback", "thank", "greet"}


def language_wanted(utterance: Utterance) -> str | None:
    """The language, "en" or "cy", in which the person wants us to go on."""
    if _ABOUT_OTHER_WORDS.search(utterance.text):
        return None
    if not any(clause.intent in ("ask_language", "ask_repeat", "nlu_fallback") for clause in utterance.clauses):
        return None
    named = next((name for name, pattern in _IN_LANGUAGE.items() if pattern.search(utterance.text)), None)
    if named and _NOT_SPOKEN.search(
        utterance.text
    ):  # who has no Welsh wants English; who has no English, an interpreter
        return "en" if named == "cy" else None
    return named


def without_negated(thread: Thread, utterance: Utterance) -> tuple[str, ...]:
    """The offices spoken of, without one that the person has just ruled out."""
    out = {office for place in utterance.places if place.negated for office in place.offices}
    return tuple(office for office in thread.listed or thread.offices if office not in out) if out else thread.offices


def days_wanted(utterance: Utterance) -> tuple[DayMention, ...]:
    """Without those that the person says they do not mean, where they mean another: "tomorrow, not today"."""
    meant = tuple(day for day in utterance.days if not _NOT_BEFORE.search(utterance.text[: day.start]))
    return meant or utterance.days


def whens_with(days: Sequence[DayMention], before: Sequence[When], context: Context) -> tuple[When, ...]:
    """The days named; a time of day alone ("what about 3pm") keeps the day that the conversation is about."""
    kept = before[0] if len(before) == 1 and not before[0].is_now else None
    out: list[When] = []
    for mention in days:
        for when in whens_of(mention, context.now):
            out.append(replace(when, day=kept.day, is_past=kept.is_past) if kept and mention.is_time_alone else when)
    return tuple(out)
