"""Answers to the assistant's own question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.choice import chosen, named_among
from bot.jobcentre.followup import whens_with
from bot.jobcentre.gazetteer import PlaceMention
from bot.jobcentre.intent import FOLLOW_UPS
from bot.jobcentre.question import Context, Pending, Question, Utterance, wanted

_THIN = FOLLOW_UPS | {"nlu_fallback", "greet", "thank", "out_of_scope"}
_ANSWER_WORDS = 8
"""An answer to the assistant's own question is hardly longer."""


def answer_to(pending: Pending, utterance: Utterance, context: Context) -> Question | None:
    """The question that the message completes, where it answers what the assistant asked."""
    if not _may_answer(utterance):
        return None
    base = Question(
        pending.kind,
        "inform",
        whens=whens_with(utterance.days, pending.whens, context) or pending.whens,
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
    choice = chosen(utterance.text, pending.choices) or named_among(utterance.text, pending.choices)
    if choice:
        return replace(base, offices=(choice,))
    places = wanted(utterance.places)
    if places:
        narrowed = _narrowed(pending, places)
        return replace(base, offices=narrowed) if narrowed else replace(base, places=places)
    intents = {clause.intent for clause in utterance.clauses}
    if pending.asks == "confirm" and pending.choices and "affirm" in intents:
        return replace(base, offices=pending.choices[:1])
    return None


def _is_short(utterance: Utterance) -> bool:
    return len(utterance.text.split()) <= 4 and bool(utterance.places)


def _narrowed(pending: Pending, places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Of the offices offered, those that the places name."""
    named = {office for place in places for office in place.offices}
    return tuple(choice for choice in pending.choices if choice in named)
