"""What goes on with what was spoken of: a bare place or day, "the other one", "and Bury?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.jobcentre.choice import described_among, named_among, pointed_at, points_at_other
from bot.jobcentre.clauses import split
from bot.jobcentre.dates import DayMention
from bot.jobcentre.followup import only_tells_area, those_in, whens_with, with_things_asked, without_negated
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import DETAILS
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import DAY, Span, masked
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance, wanted
from bot.jobcentre.words import THE_ONE_IN

OF_DAYS = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES, Kind.CLOSURE_APPOINTMENT)
"""Kinds that "and tomorrow?" asks again; after any other it asks whether the office is open."""
TAKEN_UP_WORDS = 8
"""Words that take up what was spoken of are few."""
OF_ALL = re.compile(
    r"\b(?:both|(?:n?either)(?!\W*$))\b(?! (?:day|week|year|night|morning|time)s?\b)|\ball of (?:them|these|those)\b"
    r"|\bwhich (?:one|1|of (?:them|those|these|the two))\b(?=.*\b(?:has|have|is|are|opens?|closes?|shuts?)\b)"
    r"|\b(?:y ddwy|y ddau|y naill|pa un)\b",
    re.IGNORECASE,
)
"""The offices that were named together, or one after the other."""


def without_day_known(informs: Sequence[Clause], utterance: Utterance, thread: Thread) -> list[Clause]:
    """ "Course, it's Sunday. Monday then": the day that they asked of is only named to say why they ask of another."""
    known = {when.day for when in thread.whens}
    parts = [part for clause in informs for part in _parts_of(clause, utterance)]
    left = [p for p in parts if utterance.places_in(p) or not _is_of_days(utterance.days_in(p), known)]
    is_told = left != parts and any(utterance.days_in(part) for part in left)
    return left if is_told else list(informs)


def _parts_of(clause: Clause, utterance: Utterance) -> list[Clause]:
    text = utterance.text
    spans = split(text, [span for day in utterance.days for span in day.spans])
    return [
        replace(clause, text=text[start:end], start=start, end=end)
        for start, end in spans
        if clause.start <= start < clause.end
    ] or [clause]


def _is_of_days(days: Sequence[DayMention], known: Collection[date]) -> bool:
    return bool(days) and all(day.first == day.last and day.first in known for day in days)


def as_one(informs: Sequence[Clause], utterance: Utterance) -> Sequence[Clause]:
    """ "Back to Norwich. Saturday?" is one place on one day; "Leeds on Friday, Bury on Monday" are two."""
    if len(informs) < 2 or any(utterance.places_in(clause) and utterance.days_in(clause) for clause in informs):
        return informs
    first, last = informs[0], informs[-1]
    return [replace(first, text=utterance.text[first.start : last.end], end=last.end)]


def spoken_of(clause: Clause, utterance: Utterance, context: Context) -> dict[str, Any]:
    """The offices of the conversation: the one of a list that the words point at, else those spoken of last."""
    thread = context.thread
    words = masked(clause.text, [_within(day, clause) for day in utterance.days_in(clause)])
    if len(thread.listed) > 1 and OF_ALL.search(words):
        return {"offices": thread.listed}
    beside = [other.text for other in utterance.clauses if other.intent == "inform" and other != clause]
    pointed = next((office for text in (words, *beside) if (office := _meant(text, context))), None)
    pointed = pointed or named_among(utterance.text, thread.listed)  # in a part that asks nothing: "ok, Bury then"
    if clause.intent == "inform" and len(utterance.text.split()) <= TAKEN_UP_WORDS:
        pointed = pointed or named_among(utterance.text, (*thread.offices, *context.beside))  # "and City?"
    if pointed and not any(place.negated for place in utterance.places):
        return {"offices": (pointed,)}
    if points_at_other(words) and not any(place.negated for place in utterance.places):
        return {"offices": _others_of(thread, context.ours) or context.beside}
    return {"offices": without_negated(thread, utterance), "place_name": thread.place_name}


def _others_of(thread: Thread, ours: Sequence[str]) -> tuple[str, ...]:
    """What "the other one" may be: those told beside the one spoken of, or of an account that has two."""
    left = tuple(office for office in thread.listed if office not in thread.offices)
    is_of_two = len(ours) == 2 and set(thread.offices) < set(ours)
    return left or (tuple(office for office in ours if office not in thread.offices) if is_of_two else ())


def _meant(text: str, context: Context) -> str | None:
    """The one of the offices named that the words point at, name or describe."""
    thread = context.thread
    return (
        pointed_at(text, thread.listed, thread.offices)
        or named_among(text, thread.listed or thread.offices)
        or described_among(text, thread.listed, context.described)
    )


def _within(day: DayMention, clause: Clause) -> Span:
    return day.start - clause.start, day.end - clause.start, DAY


def add_informed(out: list[Question], clause: Clause, utterance: Utterance, context: Context) -> None:
    """A bare place or day: completes the question before it, or takes the last one up again."""
    places, days = wanted(utterance.places_in(clause)), utterance.days_in(clause)
    thread = context.thread
    if out and out[-1].days and any(place.is_setting for place in places):
        return  # "coming up from London on Sunday" leads up to a question of another day
    # "and tomorrow?" beside "I want to speak to a person" goes on with the office spoken of.
    if out and not (thread.offices and all(question.kind is Kind.HANDOFF for question in out)):
        _complete(out, places, days)
        return
    is_of_moment = bool(days) and all(day.now for day in days) and not (places or thread.offices or thread.kind)
    taken_up = _taken_up(thread.kind or _of_detail(clause, places, days), places, days, utterance, thread)
    kind = Kind.UNCLEAR if is_of_moment and not context.ours else taken_up  # "im ok now" asks of no office
    words = with_things_asked(kind, clause.text, thread)
    topics = utterance.topics or thread.topics
    question = Question(kind, clause.intent, places, topics=topics, text=words, message=utterance.text)
    within = _narrowed_to(places, utterance, context)
    if within:
        question = replace(question, places=(), offices=within)
    elif not places:
        question = replace(question, **spoken_of(clause, utterance, context))
    out.append(replace(question, whens=whens_with(days, thread.whens, context, clause.text) or thread.whens))


def _of_detail(clause: Clause, places: Sequence[PlaceMention], days: Sequence[DayMention]) -> Kind:
    """What a place named at the start asks: what stands beside it, "Yeovil postcode", or where its office is, "Mere,
    which one", "TA4"; else whether it is open."""
    if not places or days:
        return Kind.OFFICE_OPEN
    if any(place.kind is PlaceKind.POSTCODE for place in places):
        return Kind.OFFICE_FIND
    detail = next((kind for kind, pattern in DETAILS.items() if pattern.search(clause.text)), Kind.OFFICE_OPEN)
    return Kind.OFFICE_FIND if detail is Kind.OFFICE_OPEN and _WHICH_ONE.search(clause.text) else detail


_WHICH_ONE = re.compile(
    r"\b(?:where(?:abouts|['’]?s)?|which|who(?:s|['’]s|se)?|nearest|closest|near|patch|add?res+s?|ble|lle|pa|p['’]un"
    r"|agosa\w?)\b",
    re.IGNORECASE,
)


def _taken_up(
    kind: Kind, places: Sequence[PlaceMention], days: Sequence[DayMention], utterance: Utterance, thread: Thread
) -> Kind:
    """What a bare place or day asks after a question of that kind. Of another day or office than that of the
    appointment it asks only whether that is open; unless it puts right what was told of the appointment. Of one office,
    after what is shut somewhere or what was told wrong of another, it asks that too."""
    if kind is Kind.CLOSURE_APPOINTMENT and not _CORRECTS.search(utterance.text):
        is_of_another = bool(places) or any(not (day.is_time_alone or day.now) for day in days)
        return Kind.OFFICE_OPEN if is_of_another else kind
    named = [place.offices for place in places] or [thread.offices]
    if kind is Kind.OFFICE_CLOSURES and all(len(offices) == 1 for offices in named):
        return Kind.OFFICE_OPEN
    if kind is Kind.OFFICE_HOURS and any(_is_of_one_day(day) for day in days):
        return Kind.OFFICE_OPEN  # "Boxing Day?"
    if kind is Kind.WRONG_INFORMATION and places and not _CORRECTS.search(utterance.text):
        return Kind.OFFICE_OPEN
    return Kind.OFFICE_OPEN if days and kind not in OF_DAYS else kind


def _is_of_one_day(day: DayMention) -> bool:
    """A day, and no habit and no time of day alone: "open this Saturday" is of that day (contract, rule 2)."""
    return day.weekly is None and not (day.now or day.is_time_alone)


_CORRECTS = re.compile(
    r"\b(?:no|nope|not|wait|sorry|meant?|actually|appointments?|booked|na|nage|nid|sori|meddwl|feddwl|h?apwyntiad)\b",
    re.IGNORECASE,
)


def _narrowed_to(places: Sequence[PlaceMention], utterance: Utterance, context: Context) -> tuple[str, ...]:
    """Those of the offices named that are there: "I mean the one in Staffordshire", "Lanarkshire obviously"; of
    several, some of which are there, "Gwent"."""
    if not places or any(place.kind is PlaceKind.OFFICE for place in places):
        return ()
    thread = context.thread
    named = thread.listed or thread.offices
    within = those_in(places, named, context)
    if THE_ONE_IN.search(utterance.text):
        return within
    if not only_tells_area(utterance):
        return ()
    last = those_in(places, thread.offices, context) if _OBVIOUSLY.search(utterance.text) else ()
    return last or (within if len(within) < len(named) else ())


_OBVIOUSLY = re.compile(
    r"\b(?:obv\w*|of course|course|clearly|mean|meant|duh|the one|as in|wrth gwrs|meddwl|feddwl)\b", re.IGNORECASE
)


def of_others(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Without "my jobcentre", which any place named beside it explains."""
    return tuple(place for place in places if place.kind is not PlaceKind.OURS)


def is_around(place: PlaceMention, named: Sequence[PlaceMention]) -> bool:
    """Whether it only tells where the office is that is asked about: "I'm in Glasgow, is Partick open"."""
    return any(set(one.offices) < set(place.offices) for one in named if one.kind is PlaceKind.OFFICE)


def _complete(out: list[Question], places: tuple[PlaceMention, ...], days: tuple[DayMention, ...]) -> None:
    """Give the last question what it lacks; ask it again of another place or day where it has its own."""
    last = replace(out[-1], places=of_others(out[-1].places)) if of_others(places) else out[-1]
    places = tuple(p for p in places if not (is_around(p, last.places) or (last.places and p.is_setting)))
    is_new = (places and places != last.places) or (days and days != last.days)
    if not last.kind.is_about_offices or not is_new:
        return
    if (last.places and places) or (last.days and days):
        out.append(replace(last, places=places or last.places, days=days or last.days))
    else:
        offices = () if places else last.offices  # those named now, and not those of before
        out[-1] = replace(last, places=last.places or places, days=last.days or days, offices=offices)
