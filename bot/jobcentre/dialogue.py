"""From what a message says to the questions it asks, with what the conversation remembers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.jobcentre.asked import asking, questions_of
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.choice import Untold
from bot.jobcentre.followup import (
    another_topic,
    corrects,
    days_wanted,
    in_month_spoken_of,
    is_repeat,
    language_wanted,
    next_day,
    picked,
    points_nowhere,
    what_now,
)
from bot.jobcentre.gazetteer import PlaceMention
from bot.jobcentre.intent import FOLLOW_UPS, settled
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import says_missed
from bot.jobcentre.orders import without_orders
from bot.jobcentre.pending import answer_to, decided, untold
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance
from bot.jobcentre.subject import gone_on_with
from bot.jobcentre.words import is_foi_request


@dataclass(frozen=True)
class Interpretation:
    """What a turn comes to."""

    questions: tuple[Question, ...]
    cancelled: bool = False
    """ "Never mind." """
    affirmed: bool | None = None
    """A yes or no that answers nothing asked."""
    untold: Untold | None = None
    """Which office was asked, and the answer does not tell."""
    repeats: bool = False
    """Whether the last answer is wanted again."""
    language: str | None = None
    """In which the person wants us to go on, where they say so."""


def interpret(utterance: Utterance, context: Context) -> Interpretation:
    """The questions of a turn, in the order asked."""
    if is_foi_request(utterance.text) and not _asks_for_both(utterance):  # its words are not questions to us
        request = Clause("ask_foi", 1.0, utterance.text, 0, len(utterance.text))
        utterance = replace(utterance, clauses=(request,))
    if corrects(utterance, context.thread) and not context.is_in_queue:
        telling = [c for c in utterance.clauses if utterance.places_in(c) or utterance.days_in(c)]
        informs = (replace(clause, intent="inform") for clause in telling or utterance.clauses)
        utterance = replace(utterance, clauses=tuple(informs))
    days = days_wanted(utterance) or utterance.days or next_day(utterance, context.thread)
    today = context.now.astimezone(LONDON).date()
    places = tuple(_as_spoken_of(place, context.thread) for place in utterance.places)
    utterance = replace(utterance, days=in_month_spoken_of(days, context.thread, today), places=places)
    return _carried_on(utterance, context) or _read(utterance, context)


def _as_spoken_of(place: PlaceMention, thread: Thread) -> PlaceMention:
    """The place; of a name that several places share, the one that the conversation is about."""
    meant = tuple(office for office in place.offices if office in thread.offices)
    is_told = place.ambiguous and 0 < len(meant) < len(place.offices)
    return replace(place, offices=meant, ambiguous=False) if is_told else place


def _asks_for_both(utterance: Utterance) -> bool:
    """Whether one clause is of the Act, and another of their own records."""
    return {"ask_foi", "ask_own_data"} <= {clause.intent for clause in utterance.clauses}


def _carried_on(utterance: Utterance, context: Context) -> Interpretation | None:
    """What only the conversation explains: an answer to our question, a choice, the same again; else None."""
    thread = context.thread
    if thread.pending and (is_yes := decided(thread.pending, utterance)) is not None:
        return Interpretation((), affirmed=is_yes)
    if thread.pending:
        answered = answer_to(thread.pending, utterance, context)
    else:
        answered = picked(utterance, context) or what_now(utterance, thread)
    answered = answered or another_topic(utterance, thread)
    if answered:
        return Interpretation((answered,))
    if language := language_wanted(utterance):
        wish = Question(Kind.LANGUAGE, "ask_language", text=utterance.text, message=utterance.text)
        is_said = language == "en" and thread.asked  # whoever reads this knows that we speak English
        return Interpretation(() if is_said else (wish,), repeats=True, language=language)
    if is_repeat(utterance) and (thread.asked or thread.risks):
        return Interpretation((), repeats=True)
    if question := gone_on_with(utterance, context):
        return Interpretation((question,))
    reason = untold(thread.pending, utterance) if thread.pending else points_nowhere(utterance, thread)
    return Interpretation((), untold=reason) if reason else None


def _read(utterance: Utterance, context: Context) -> Interpretation:
    """What the message itself asks."""
    is_new = not (context.thread.asked or context.thread.pending or context.is_in_queue)
    utterance = replace(utterance, clauses=without_orders(utterance, is_new))
    clauses = asking([settled(clause, utterance, context.thread) for clause in utterance.clauses])
    intents = {clause.intent for clause in clauses}
    substantive = [c for c in clauses if c.intent not in FOLLOW_UPS]
    if not substantive and "inform" not in intents:
        # "That's not what I asked" declines nothing: we have not understood.
        is_no = "deny" in intents and not says_missed(utterance.text)
        affirmed = True if "affirm" in intents else False if is_no else None
        return Interpretation((), cancelled="cancel" in intents, affirmed=affirmed)
    return Interpretation(tuple(questions_of(clauses, utterance, context)))
