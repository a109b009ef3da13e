"""From what a message says to the questions it asks, with what the conversation remembers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.jobcentre.asked import questions_of
from bot.jobcentre.asking import asking
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.choice import Untold, asks_for_other, is_here
from bot.jobcentre.clauses import asks
from bot.jobcentre.counted_on import counted_on
from bot.jobcentre.expected import is_expected
from bot.jobcentre.followup import (
    another_topic,
    corrects,
    days_wanted,
    in_month_spoken_of,
    is_language_alone,
    is_repeat,
    language_wanted,
    picked,
    points_nowhere,
    topics_wanted,
    what_now,
)
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import ASIDE_SURE, CERTAIN, FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import says_missed
from bot.jobcentre.named_alone import as_named_alone
from bot.jobcentre.orders import without_orders
from bot.jobcentre.pending import answer_to, decided, untold
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance
from bot.jobcentre.settling import settled, wants_nobody_sent
from bot.jobcentre.subject import gone_on_with, in_one_breath
from bot.jobcentre.thanking import is_thanks, thanks_at_end
from bot.jobcentre.topics import find_topics
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
    if is_thanks(utterance, context):
        return Interpretation((_thanks(utterance),))
    if is_foi_request(utterance.text) and not _asks_for_both(utterance):
        utterance = replace(utterance, clauses=_with_request(utterance))
    clauses = (replace(c, intent="nlu_fallback") if wants_nobody_sent(c) else c for c in utterance.clauses)
    utterance = replace(utterance, clauses=tuple(clauses), topics=topics_wanted(utterance))
    utterance = replace(utterance, clauses=_as_expected(utterance, context.thread))
    today = context.now.astimezone(LONDON).date()
    days = counted_on(utterance.text, days_wanted(utterance) or utterance.days, context.thread, today)
    utterance = as_named_alone(replace(utterance, days=days), context.thread)
    if corrects(utterance, context.thread) and not context.is_in_queue:
        telling = [c for c in utterance.clauses if utterance.places_in(c) or utterance.days_in(c)]
        informs = (replace(clause, intent="inform") for clause in telling or utterance.clauses)
        utterance = replace(utterance, clauses=tuple(informs))
    utterance = replace(
        utterance,
        days=in_month_spoken_of(days, context.thread, today),
        places=_ruled_out(
            _as_spoken_of(place, utterance.text, context.thread)
            for place in utterance.places
            if not _is_only_measured(place, utterance.text, context.thread)
        ),
    )
    return _carried_on(utterance, context) or _read(utterance, context)


def _is_only_measured(place: PlaceMention, text: str, thread: Thread) -> bool:
    """Whether the way to the office spoken of, or how near it is, is asked from a place: "how do I get there from
    Purley", "is that near Ossett". No office is sought at the place."""
    return bool(thread.offices and _MEASURED_FROM.search(text[: place.start]))


_MEASURED_FROM = re.compile(
    r"\b(?:first|second|other|last) one (?:near|close to|far from|from|by|next to)(?: the)?\s+$"
    r"|\b(?:is|how (?:far|close|near|long)(?: away)?(?: is| to)?) (?:it|that|this|that one|that office|the office|they)"
    r"(?: \w+){0,3}? (?:near|close to|far from|from|by|next to)(?: the)?\s+$"
    r"|\b(?:get|go|come|travel|walk|drive|bus|train|buses|trains|way|directions)(?: \w+){0,3}?"
    r" (?:there|to (?:it|that one))(?: \w+){0,3}? from(?: the)?\s+$"
    r"|\b(?:yd[iy]|yw|pa mor)\b.{0,12}\b(?:hi|honno|o|fo|e|hwnnw)['’]?n? (?:yn )?(?:agos (?:at|i)|bell o)\s+$",
    re.IGNORECASE,
)


def _ruled_out(named: Iterable[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places; what is ruled out further on was not meant before: "in Plymouth, no not Plymouth sorry, Bristol"."""
    places = tuple(named)
    not_meant = [place for place in places if place.negated and place.offices]
    is_any_meant = any(not place.negated and place.offices not in {n.offices for n in not_meant} for place in places)
    return tuple(
        replace(place, negated=True)
        if is_any_meant and any(n.offices == place.offices and n.start > place.start for n in not_meant)
        else place
        for place in places
    )


def _as_spoken_of(place: PlaceMention, text: str, thread: Thread) -> PlaceMention:
    """The place, as the conversation explains it: "here", and "the jobcentre there", is the office spoken of; "the
    other Leeds one" is the office there that is not; a name that several places share is the one spoken of, or among
    those named before."""
    is_there = is_here(place.text) or _THERE.match(text, place.end)
    if place.kind is PlaceKind.OURS and thread.offices and is_there:
        return replace(place, kind=PlaceKind.OFFICE, offices=thread.offices)
    if asks_for_other(text, place.start, place.end):
        known = ((*thread.offices, *thread.listed), thread.offices)
        others = (tuple(o for o in place.offices if o not in named) for named in known)
        left = next((found for found in others if 0 < len(found) < len(place.offices)), place.offices)
        return replace(place, kind=PlaceKind.OFFICE if left != place.offices else place.kind, offices=left)
    spoken_of = (tuple(o for o in place.offices if o in known) for known in (thread.offices, thread.listed))
    meant = next(filter(None, spoken_of), ())
    is_told = place.ambiguous and 0 < len(meant) < len(place.offices)
    return replace(place, offices=meant, ambiguous=False) if is_told else place


_THERE = re.compile(r"\s+(?:over |up |down )?(?:there|yno|fan(?:no|na))\b", re.IGNORECASE)


def _as_expected(utterance: Utterance, thread: Thread) -> tuple[Clause, ...]:
    """The clauses; one that tells that they are expected at the office spoken of, or all of the message that does, as a
    question of the appointment."""
    whole = Clause("ask_closure_appointment", 1.0, utterance.text, 0, len(utterance.text))
    heard = [replace(whole, intent=clause.intent) for clause in utterance.clauses]
    if len(heard) > 1 and all(is_expected(clause, utterance, thread) for clause in heard):
        return (whole,)
    return tuple(
        replace(clause, intent=whole.intent, confidence=1.0) if is_expected(clause, utterance, thread) else clause
        for clause in utterance.clauses
    )


def _with_request(utterance: Utterance) -> tuple[Clause, ...]:
    """What is asked before the Act is named, one request, whose words are not questions to us, and what is surely asked
    of something else after it."""
    named = [clause for clause in utterance.clauses if clause.intent == "ask_foi"]
    start, end = (named[0].start, named[-1].end) if named else (0, len(utterance.text))
    before = tuple(c for c in utterance.clauses if c.end <= start and asks(c.text) and c.confidence >= ASIDE_SURE)
    after = tuple(c for c in utterance.clauses if c.start >= end and asks(c.text) and _is_of_another(c))
    start, end = start if before else 0, end if after else len(utterance.text)
    return (*before, Clause("ask_foi", 1.0, utterance.text[start:end], start, end), *after)


def _is_of_another(clause: Clause) -> bool:
    """Whether it surely asks something that has no part in a request for records: a number is one of ours only where
    its service is named."""
    kind = KIND_OF_INTENT.get(clause.intent)
    is_of_ours = kind is not None and (kind.is_about_offices or (kind is Kind.CONTACT_DWP and find_topics(clause.text)))
    return bool(is_of_ours) and clause.confidence >= CERTAIN


def _asks_for_both(utterance: Utterance) -> bool:
    """Whether one clause is of the Act, and another of their own records."""
    return {"ask_foi", "ask_own_data"} <= {clause.intent for clause in utterance.clauses}


def _carried_on(utterance: Utterance, context: Context) -> Interpretation | None:
    """What only the conversation explains: an answer to our question, a choice, the same again; else None."""
    thread = context.thread
    if thread.pending and (is_yes := decided(thread.pending, utterance)) is not None:
        return Interpretation((), affirmed=is_yes)
    if thread.pending and (answered := answer_to(thread.pending, utterance, context)):
        return Interpretation((answered, *(replace(answered, kind=kind) for kind in thread.pending.also)))
    answered = None if thread.pending else picked(utterance, context) or what_now(utterance, thread)
    if answered := answered or another_topic(utterance, thread):
        return Interpretation((answered,))
    if language := language_wanted(utterance):
        wish = Question(Kind.LANGUAGE, "ask_language", text=utterance.text, message=utterance.text)
        is_said = language == "en" and thread.asked  # whoever reads this knows that we speak English
        return Interpretation(() if is_said else (wish,), repeats=True, language=language)
    question = gone_on_with(utterance, context)
    is_faint = question is not None and all(clause.confidence < _FAINT for clause in utterance.clauses)
    is_again = is_repeat(utterance) and not is_faint and not (question and _is_of_another_side(question, thread))
    if is_again and (thread.asked or thread.risks):
        return Interpretation((), repeats=True)
    if question:
        return Interpretation((question,))
    reason = untold(thread.pending, utterance) if thread.pending else points_nowhere(utterance, thread)
    return Interpretation((), untold=reason) if reason else None


def _is_of_another_side(question: Question, thread: Thread) -> bool:
    """ "What was the address again", of an office whose hours were told last, is no wish to hear those again."""
    told = {asked.kind for asked in thread.asked}
    return question.kind.is_about_offices and not told & {question.kind, *_SAYS_WHEN.get(question.kind, ())}


_SAYS_WHEN = {Kind.OFFICE_HOURS: (Kind.OFFICE_OPEN, Kind.CLOSURE_APPOINTMENT)}
"""What tells the hours as well."""


def _read(utterance: Utterance, context: Context) -> Interpretation:
    """What the message itself asks."""
    is_waiting = context.thread.pending is not None or context.is_in_queue
    utterance = replace(utterance, clauses=without_orders(utterance, is_waiting))
    heard = [settled(clause, utterance, context.thread) for clause in utterance.clauses]
    clauses = asking(in_one_breath(_without_own_language(heard, utterance), utterance))
    intents = {clause.intent for clause in clauses}
    substantive = [c for c in clauses if c.intent not in FOLLOW_UPS]
    if not (substantive or is_waiting or "inform" in intents) and (asked := _unheard(heard)):
        clauses = substantive = asked
    if not substantive and "inform" not in intents:
        if thanks_at_end(utterance, context):
            return Interpretation((_thanks(utterance),))
        # "That's not what I asked" declines nothing: we have not understood.
        is_no = "deny" in intents and not says_missed(utterance.text)
        affirmed = True if "affirm" in intents else False if is_no else None
        return Interpretation((), cancelled="cancel" in intents, affirmed=affirmed)
    return Interpretation(tuple(questions_of(clauses, utterance, context)))


def _thanks(utterance: Utterance) -> Question:
    return Question(Kind.THANKS, "thank", text=utterance.text, message=utterance.text)


_FAINT = 0.6


def _without_own_language(clauses: Sequence[Clause], utterance: Utterance) -> list[Clause]:
    """ "In English, what time do they close" wants nothing but the answer, which is in the language it is asked in."""
    left = [c for c in clauses if c.intent != "ask_language" or not is_language_alone(c.text, utterance.language)]
    return left or list(clauses)


def _unheard(clauses: Iterable[Clause]) -> list[Clause]:
    """What asks something that was not understood, beside "sorted" or "ok": it is not passed over."""
    return [c for c in clauses if KIND_OF_INTENT.get(c.intent) is Kind.UNCLEAR and asks(c.text)]
