"""What goes on with what was spoken of: the other one, the same day, another topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.choice import CHOICE, chosen
from bot.jobcentre.dates import DayMention
from bot.jobcentre.intent import KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Context, Question, Thread, Utterance, When, whens_of

_TOPIC_WORDS = 4


def another_topic(utterance: Utterance, thread: Thread) -> Question | None:
    """ "And pip?" after a number was given: a benefit named alone asks how to reach it."""
    is_short = len(utterance.text.split()) <= _TOPIC_WORDS and not utterance.places
    if thread.kind not in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT) or not utterance.topics or not is_short:
        return None
    if any(KIND_OF_INTENT.get(c.intent) in (Kind.INDIVIDUAL_CASE, Kind.HANDOFF) for c in utterance.clauses):
        return None
    return Question(Kind.CONTACT_DWP, "inform", topics=utterance.topics, text=utterance.text, message=utterance.text)


def picked(utterance: Utterance, thread: Thread) -> Question | None:
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
    found = CHOICE.fullmatch(text.strip())
    left = [office for office in thread.listed if office not in thread.offices]
    return left[0] if found and found["other"] and len(left) == 1 else None


def without_negated(thread: Thread, utterance: Utterance) -> tuple[str, ...]:
    """The offices spoken of, without one that the person has just ruled out."""
    out = {office for place in utterance.places if place.negated for office in place.offices}
    return tuple(office for office in thread.listed or thread.offices if office not in out) if out else thread.offices


def whens_with(days: Sequence[DayMention], before: Sequence[When], context: Context) -> tuple[When, ...]:
    """The days named; a time of day alone ("what about 3pm") keeps the day that the conversation is about."""
    kept = before[0] if len(before) == 1 and not before[0].is_now else None
    out: list[When] = []
    for mention in days:
        for when in whens_of(mention, context.now):
            out.append(replace(when, day=kept.day, is_past=kept.is_past) if kept and mention.is_time_alone else when)
    return tuple(out)
