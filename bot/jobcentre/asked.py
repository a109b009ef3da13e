"""From the clauses of a message that ask something to their questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.jobcentre.background import is_of_claim
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.choice import named_among
from bot.jobcentre.clauses import asks, split
from bot.jobcentre.dates import DayMention
from bot.jobcentre.followup import of_appointment, whens_with
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.glossary import is_ordinary
from bot.jobcentre.intent import (
    DETAILS,
    FOLLOW_UPS,
    FOR_OTHERS,
    FOR_PEOPLE,
    KIND_OF_INTENT,
    MATTER_OF_INTENT,
    OTHER_PERSON,
)
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import matter_of
from bot.jobcentre.personal_data import without_removed
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance, wanted
from bot.jobcentre.somebody import asks_after_somebody
from bot.jobcentre.taken_up import (
    OF_ALL,
    OF_DAYS,
    TAKEN_UP_WORDS,
    add_informed,
    as_one,
    is_around,
    of_others,
    spoken_of,
    without_day_known,
)
from bot.jobcentre.words import (
    APPOINTMENT,
    ASKS_TIME_OF_DAY,
    ELSEWHERE_WORDS,
    LINE,
    NEAREST,
    SAME_DAY,
    SAME_TIME,
    SPEAKS_OF_COMING,
    THAT_DAY,
)

RULE_AND_CASE = "rule_and_case"
"""What a matter of their own is about where the rule was asked after too."""
ELSEWHERE = "elsewhere"
"""What a search is about that starts from the office spoken of: "where else can I go"."""
ABOUT_CLAIM = "about_claim"
"""What a person is asked for, where something of their own claim was asked beside it."""
_OFFICE = re.compile(r"\b(?:office|job ?cent(?:re|er)|jcp|branch|swyddfa|canolfan)", re.IGNORECASE)
_DWP = re.compile(r"\b(?:dwp|gov\.uk|you|u|chi)\b", re.IGNORECASE)
"""Us, and not what was spoken of."""
_ASKED_OF_US = re.compile(
    r"\b(?:(?:do|have|had|would|might)\W+(?:you|u|ya)(?:\W+(?:have|got|know|happen to have))?|(?:you|u) got"
    r"|(?:can|could|will|would|cud|wud)\W+(?:you|u|ya)(?:\W+(?:please|pls))?\W+(?:give|tell|send|text|dm|find|get)"
    r"|(?:(?:oes|sgin|sgen|s?gynno|gan) (?:gynnoch|gennych|ganddoch|gyda|da)?\W*chi|(?:oes )?(?:gennych|gynnoch) chi"
    r"|(?:allwch|fedrwch|wnewch) chi (?:roi|ddweud|ddeud|anfon)))\b",
    re.IGNORECASE,
)
"""What is wanted of us to tell, which is not ours: "do you have their number"."""
_US = re.compile(r"\b(?:you(?:'?(?:re|se))?|u|ya|yous|ye|youse|chi|ydych|dych|dach)\b", re.IGNORECASE)
"""The offices of the account that is written to."""
_HAVE_OWN_LINE = (Kind.JOBS, Kind.COMPLAINT, Kind.PRESS, Kind.OTHER_SERVICE)
"""Kinds whose answer names the way to get in touch."""
_LINES = (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT)
_HELPED_BY_PHONE = (Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE)

_TOO = re.compile(r"\b(?:too|also|as well|aswell|either|both|hefyd|chwaith)\b", re.IGNORECASE)
"""Asks the same of what was named before."""
_WORD = re.compile(r"[^\W\d_]+")


def questions_of(clauses: Sequence[Clause], utterance: Utterance, context: Context) -> list[Question]:
    out: list[Question] = []
    informs: list[Clause] = []
    for clause in clauses:
        if clause.intent == "inform":
            informs.append(clause)
        elif clause.intent not in FOLLOW_UPS:
            out += _each_detail(_question(clause, utterance, context))
    informs = without_day_known(informs, utterance, context.thread)
    for clause in informs if out else as_one(informs, utterance):
        add_informed(out, clause, utterance, context)
    out = _without_bare_number(_without_line_hours(_without_told(out)))
    is_sought = any(question.kind is Kind.OFFICE_FIND for question in out)
    out = [_nearest_wanted(question, utterance, is_sought=is_sought) for question in out]
    return _merged(_of_their_own(_with_claims(_of_others_alone(out))))


def _without_told(questions: Sequence[Question]) -> list[Question]:
    """Without what was only told of a day gone by beside a question: "have you my form, handed it in last week"."""
    left = [q for q in questions if not _is_of_the_past(q) or asks(q.text) or _WAS.match(q.text)]
    return left or list(questions)


_WAS = re.compile(r"\W*(?:was|were|wasn[’']?t|weren[’']?t|did|oedd|fuodd)\b", re.IGNORECASE)


def _is_of_the_past(question: Question) -> bool:
    is_of_state = question.kind in (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS)
    return is_of_state and bool(question.days) and all(day.past for day in question.days)


def _of_others_alone(questions: Sequence[Question]) -> list[Question]:
    """Beside who writes for a body, or got another's letter, what sounds like a claim is no claim of theirs: "opened a
    brown envelope, it's somebody's PIP decision"."""
    is_for_people = any(question.matter in FOR_PEOPLE for question in questions)
    return [q for q in questions if not is_for_people or q.kind is not Kind.INDIVIDUAL_CASE or q.matter in FOR_PEOPLE]


def _nearest_wanted(question: Question, utterance: Utterance, *, is_sought: bool) -> Question:
    """ "The Brixton one shut. What's nearest now", of a place that has no office, where none `is_sought` by another
    question; and "Tiverton or Taunton for TA4", which is nearest to that; "I'm in Batley, is Leeds or Dewsbury
    nearer"."""
    home = tuple(place for place in utterance.places if place.nearest and not place.negated)
    home = home if NEAREST.search(utterance.text) else tuple(p for p in home if p.kind is PlaceKind.POSTCODE)
    offices = {office for place in question.places for office in place.offices}
    if question.kind is Kind.OFFICE_FIND and home and len(offices) > 1 and _EITHER.search(utterance.text):
        near = tuple(near for near in home[0].nearest if near.office_id in offices)
        return replace(question, places=(replace(home[0], nearest=near if len(near) > 1 else home[0].nearest),))
    is_of_state = question.kind in (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES) and all(d.now for d in question.days)
    is_without = bool(question.places) and all(place.nearest for place in question.places)
    is_wanted = is_of_state and is_without and not is_sought and _WHAT_IS_NEAREST.search(utterance.text)
    return replace(question, kind=Kind.OFFICE_FIND) if is_wanted else question


_EITHER = re.compile(r"\b(?:or|neu)\b", re.IGNORECASE)
_WHAT_IS_NEAREST = re.compile(
    r"\b(?:wh?[ao]t|where|which|who)(?:['’]?s)?(?: \w+){0,2}? (?:nearest|closest)\b|\b(?:b?ble|lle|p'?un|pa).*\bagosa",
    re.IGNORECASE,
)


def _question(clause: Clause, utterance: Utterance, context: Context) -> Question:
    thread, question = context.thread, _with_what_is_named(clause, utterance, context)
    if question.matter:
        return question
    question = _of_same_matter(question, thread)
    kind, places = question.kind, question.places
    if kind is thread.kind is Kind.CONTACT_DWP and not question.topics:
        return replace(question, topics=thread.topics)
    if kind is Kind.INDIVIDUAL_CASE and asks_after_somebody(clause, utterance):
        return replace(question, matter=OTHER_PERSON)
    if kind is Kind.INDIVIDUAL_CASE:
        return _of_their_benefit(question, thread)
    if kind is Kind.HANDOFF:
        return _about_claim(question, thread)
    if goes_on := _gone_on(question, context):
        return goes_on
    if places and kind in OF_DAYS and not question.days and _is_of_their_day(utterance.text, context):
        return replace(question, whens=thread.whens)
    if not kind.is_about_offices or places or not thread.offices:
        return question
    is_search = (_searches_on(clause.text) or NEAREST.search(clause.text)) and not _OF_WHERE_IT_IS.search(clause.text)
    if kind is not Kind.OFFICE_FACILITIES and is_search:
        return _search(question, thread)
    return replace(question, **spoken_of(clause, utterance, context), **_days_kept(question, context))


def _with_what_is_named(clause: Clause, utterance: Utterance, context: Context) -> Question:
    """The question of a clause, with the places and days that it names, or that the rest of the message lends it."""
    thread, kind = context.thread, KIND_OF_INTENT[clause.intent]
    part = _part_that_asks(clause, utterance)
    places = wanted(_surely_places(utterance.places_in(part)) or utterance.places_in(clause) or utterance.places)
    places = _both(clause, utterance) or tuple(place for place in places if not is_around(place, places))
    places = (
        of_others(places)
        or _where_they_are(places, utterance)
        or places
        or _there(kind, clause.text, utterance, thread)
    )
    if kind in OF_DAYS and (thread.offices or context.ours) and _asks_of_us(clause.text, places):
        places = ()
    days = utterance.days_in(part) or utterance.days_in(clause) or _days_lent(utterance, clause)
    return Question(
        kind,
        clause.intent,
        places,
        days,
        topics=utterance.topics,
        text=clause.text,
        message=utterance.text,
        matter=MATTER_OF_INTENT.get(clause.intent, ""),
    )


def _both(clause: Clause, utterance: Utterance) -> tuple[PlaceMention, ...]:
    """The two places that were named, where both are asked about and neither is named with that: "I'm in Bude and then
    in Truro, are both open"."""
    named = tuple(place for place in utterance.places if place.offices and not place.negated)
    is_of_all = OF_ALL.search(clause.text) is not None and KIND_OF_INTENT[clause.intent].is_about_offices
    is_before = all(place.start < clause.end for place in named)
    return named if is_of_all and is_before and len({place.offices for place in named}) == 2 else ()


def _of_same_matter(question: Question, thread: Thread) -> Question:
    """ "It was meant to be yesterday", after a matter of their own, is of that: no office or appointment is named."""
    last = thread.asked[-1] if thread.asked else None
    is_of_none = not (question.places or thread.offices or APPOINTMENT.search(question.text))
    is_of_own = last is not None and last.kind is Kind.INDIVIDUAL_CASE
    if last and is_of_own and question.kind is Kind.CLOSURE_APPOINTMENT and is_of_none:
        return replace(question, kind=last.kind, text=f"{question.text}\n{last.text}")
    return question


def _gone_on(question: Question, context: Context) -> Question | None:
    """The question, of what was spoken of before, where it names nothing of its own."""
    thread = context.thread
    return (
        _of_danger(question, thread)
        or of_appointment(question, thread)
        or _of_last_topic(question, thread)
        or _of_service(question, context)
    )


_OF_SEARCHES = (Kind.OFFICE_FIND, Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES)
_NEAR_THERE = re.compile(
    r"\b(?:nearest|closest)(?: \w+){0,3}? (?:to |near )?(?:one|1|ones|there|that|it)\b"
    r"(?!.*\b(?:me|us|my|our|mine|here|where)\b)"
    r"|\b(?:one|ones|office|job ?cent\w+|any\w*)(?: \w+){0,2}? (?:near|close to|by) (?:it|there|that(?: one)?)\b(?! \w)"
    r"|\b(?:un|swyddfa|canolfan)(?: \w+)? agosaf?(?: ati)?\b(?!.*\b(?:i fi|i mi|yma|ata i|fy)\b)",
    re.IGNORECASE,
)
"""Nearest to the office spoken of, and not to wherever they live."""


_OF_WHERE_IT_IS = re.compile(
    r"\b(?:is|how) (?:it|that|this|that one|the (?:other|first|second|last) one|they|close|near|far)\b"
    r"(?! (?:one|the) (?:nearest|closest)).*\b(?:near\w*|close|by|far)\b(?! (?:one|office|job ?cent))"
    r"|\byd[iy]'?r? (?:hi|honno|o|fo) yn agos\b",
    re.IGNORECASE,
)
"""Asks what is near the office spoken of, and seeks no other."""


_NEXT_NEAREST = re.compile(r"\b(?:next|second|2nd) (?:nearest|closest)\b", re.IGNORECASE)


def _search(question: Question, thread: Thread) -> Question:
    """A search for an office: from the one spoken of, or from wherever they say when they are asked."""
    is_next = len(thread.listed) < 2 and _NEXT_NEAREST.search(question.text)  # of a list it is the second
    is_search = is_next or _searches_on(question.text)
    if question.kind not in _OF_SEARCHES or len(thread.offices) != 1 or not is_search:
        return question
    return replace(question, kind=Kind.OFFICE_FIND, offices=thread.offices, whens=thread.whens, matter=ELSEWHERE)


def _searches_on(text: str) -> bool:
    """Whether it asks for another office than the one spoken of, or for those near it."""
    return bool(ELSEWHERE_WORDS.search(text) or _NEAR_THERE.search(text))


_THERE = re.compile(r"\b(?:there|yno|fan(?:no|na))\b", re.IGNORECASE)
_OF_A_NATION = (Kind.CONTACT_DWP, Kind.BENEFIT_INFO)
"""Kinds whose answer differs from nation to nation."""


def _there(kind: Kind, text: str, utterance: Utterance, thread: Thread) -> tuple[PlaceMention, ...]:
    """The place just named, where a service is asked for "there"; and whoever asked after an office in Northern Ireland
    asks for its service."""
    named = thread.asked[-1].places if thread.asked else ()
    is_of_other_service = any(place.kind is PlaceKind.NORTHERN_IRELAND for place in named)
    is_of_last = is_of_other_service and not named_among(utterance.text, thread.offices)
    is_of_nation = kind in _OF_A_NATION or (kind.is_about_offices and is_of_last)
    return named if is_of_nation and (is_of_last or _THERE.search(text)) else ()


def _part_that_asks(clause: Clause, utterance: Utterance) -> Clause:
    """The clause from where it begins to ask, where what stands before only tells: "I go to Truro for my GP on Friday,
    is Redruth open on Monday"."""
    named = [(place.start, place.end) for place in utterance.places]
    named += [span for day in utterance.days for span in day.spans]
    parts = [part for part in split(utterance.text, named) if clause.start <= part[0] < clause.end]
    asking = [part for part in parts if asks(utterance.text[slice(*part)])]
    if len(asking) != 1 or asking == parts[:1] or _TOO.search(clause.text):
        return clause
    return replace(clause, start=asking[0][0])


def _surely_places(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places, if one of them is named and meant."""
    is_named = any(not place.negated and place.kind not in (PlaceKind.OURS, PlaceKind.NATION) for place in places)
    return tuple(places) if is_named else ()


_AFFECTED = re.compile(r"\b(?:affected|included|one of (?:them|those)|effeithio|cynnwys)\b", re.IGNORECASE)
"""By what was just told of others, on that day."""


def _is_of_their_day(text: str, context: Context) -> bool:
    """Whether a question about another office is of the day spoken of: where it says so, or that day is today and not
    over. Who asked at 7am of the day asks of it still."""
    if SAME_DAY.search(text) or _AFFECTED.search(text) or _TOO.search(text):
        return True
    today = context.now.astimezone(LONDON).date()
    whens = context.thread.whens
    is_today = len(whens) == 1 and whens[0].day == today and not (whens[0].is_now or whens[0].is_past)
    return is_today and (whens[0].is_day_alone or whens[0].moment(context.now) >= context.now)


def _days_lent(utterance: Utterance, clause: Clause) -> tuple[DayMention, ...]:
    """The days of the other clauses, without those of what is said of something else: "my payment was due monday";
    with them where the clause says that it means the day told before: "I'm free on the 8th, are you open then"."""
    if THAT_DAY.search(clause.text) and (told := [day for day in utterance.days if day.start < clause.start]):
        return tuple(told[-1:])
    if len(utterance.clauses) < 2:
        return () if is_of_claim(utterance.text[: clause.start]) else tuple(d for d in utterance.days if not d.past)
    kept = {day for clause in utterance.clauses if _is_of_something_else(clause) for day in utterance.days_in(clause)}
    return tuple(day for day in utterance.days if day not in kept)


def _is_of_something_else(clause: Clause) -> bool:
    kind = KIND_OF_INTENT.get(clause.intent)
    is_open_to_us = kind is None or kind.is_about_offices or kind.is_small_talk or kind is Kind.UNCLEAR
    return not is_open_to_us and not SPEAKS_OF_COMING.search(clause.text)


def _of_danger(question: Question, thread: Thread) -> Question | None:
    """Whom to ring, from somebody in danger: those who help them."""
    subject = thread.subject
    if subject is None or subject.kind not in _HELPED_BY_PHONE or question.kind not in _LINES:
        return None
    return None if question.topics or question.places else replace(question, kind=subject.kind)


def _of_service(question: Question, context: Context) -> Question | None:
    """ "Where might I telephone", after a benefit or a claim and where no office is spoken of or written to."""
    subject, is_office = context.thread.subject, question.places or context.thread.offices or context.ours
    is_told = subject is not None and subject.kind in (Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE)
    is_way = question.kind is Kind.OFFICE_CONTACT and not is_office
    return replace(question, kind=Kind.CONTACT_DWP) if is_told and is_way else None


def _of_last_topic(question: Question, thread: Thread) -> Question | None:
    """ "And the number?", "how much is it" right after a benefit or a body was spoken of: that one's; else None."""
    last = _last_of(question, thread)
    if last is None or question.topics or question.places or _OFFICE.search(question.text):
        return None
    is_of_press = last.kind is Kind.PRESS and question.kind in _LINES  # "my deadline is at three, anyone I can ring"
    words_at_most = 2 * TAKEN_UP_WORDS if is_of_press else TAKEN_UP_WORDS
    if len(without_removed(question.text).split()) > words_at_most or _is_of_us(question.text):
        return None
    is_report = question.kind is Kind.CONTACT_DWP and last.kind is Kind.SCAM and _REPORTS.search(question.text)
    is_of_theirs = question.kind is Kind.OFFICE_CONTACT and last.kind in _HAVE_OWN_LINE
    if is_report or is_of_press or is_of_theirs:
        return replace(question, kind=last.kind, text=f"{question.text}\n{last.text}")
    if question.kind not in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT, Kind.BENEFIT_INFO) or not last.topics:
        return None
    if last.kind not in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE):
        return None
    kind = Kind.BENEFIT_INFO if question.kind is Kind.BENEFIT_INFO else Kind.CONTACT_DWP
    return replace(question, kind=kind, topics=last.topics)


def _is_of_us(text: str) -> bool:
    return _DWP.search(_ASKED_OF_US.sub(" ", text)) is not None


_REPORTS = re.compile(r"\b(?:report|riporti?o|adrodd|tell|ddweud|ddeud)\w*\b", re.IGNORECASE)
"""To report what may be a trick is of that, and of no line."""


def _last_of(question: Question, thread: Thread) -> Question | None:
    """What was asked last; of several at once the line, where a line is spoken of."""
    lines = [asked for asked in thread.asked if asked.topics] if LINE.search(question.text) else []
    return next(iter((lines or list(thread.asked))[-1:]), None)


def _of_their_benefit(question: Question, thread: Thread) -> Question:
    """ "Do I qualify", right after a benefit was spoken of: for that one."""
    last = thread.asked[-1] if thread.asked else None
    is_bare = not question.topics and len(question.text.split()) <= TAKEN_UP_WORDS
    is_of_it = last is not None and last.kind in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE)
    return replace(question, topics=last.topics) if last and is_bare and is_of_it else question


def _about_claim(question: Question, thread: Thread) -> Question:
    """Who asks for a person right after speaking of their claim means that: people are told the same."""
    spoken = next((asked for asked in thread.asked if asked.kind is Kind.INDIVIDUAL_CASE), None)
    if spoken is None:
        return question
    return replace(question, topics=question.topics or spoken.topics, text=f"{question.text}\n{spoken.text}")


def _with_claims(questions: Sequence[Question]) -> list[Question]:
    """A person asked for beside a matter of their own is asked for about that: one question, and not two."""
    cases = [q for q in questions if q.kind is Kind.INDIVIDUAL_CASE and matter_of(q) not in FOR_OTHERS]
    kinds = [question.kind for question in questions]
    if not cases or Kind.HANDOFF not in kinds or any(kind.is_routine for kind in kinds):
        return list(questions)
    about = "\n".join(case.text for case in cases)
    matter = ABOUT_CLAIM if any(map(_is_asked_for, cases)) else ""
    return [
        replace(q, text=f"{q.text}\n{about}", matter=matter) if q.kind is Kind.HANDOFF else q
        for q in questions
        if q not in cases
    ]


def _is_asked_for(question: Question) -> bool:
    """Whether it asks something of its own, and does not only tell what a person is wanted for."""
    is_of_person = _WHO_CAN.match(question.text)  # "somebody real who can sort it out"
    return bool((asks(question.text) and not is_of_person) or _TELL_ME.search(question.text))


_WHO_CAN = re.compile(r"\W*(?:who|that) (?:can|could|will|would|actually|knows?|has|deals?)\b(?!.*\?)", re.IGNORECASE)


_TELL_ME = re.compile(r"\b(?:tell|give|show) (?:me|us)\b|\bdwedwch wrth\b", re.IGNORECASE)


def _of_their_own(questions: Sequence[Question]) -> list[Question]:
    """A rule asked after in general, and then what befell them: "… even if it was your mistake? £60 gone again". The
    question is about their own claim, and the rule is told with the refusal. Two questions stay two."""
    kinds = [question.kind for question in questions]
    if Kind.BENEFIT_INFO not in kinds or Kind.INDIVIDUAL_CASE not in kinds:
        return list(questions)
    rule, case = kinds.index(Kind.BENEFIT_INFO), kinds.index(Kind.INDIVIDUAL_CASE)
    first, then = questions[rule], questions[case]
    is_told = not asks(then.text) and matter_of(then) not in FOR_OTHERS
    if then.message.find(then.text) < first.message.find(first.text) or not is_told:
        return list(questions)
    own = replace(questions[case], matter=RULE_AND_CASE)
    return [own if at == case else question for at, question in enumerate(questions) if at != rule]


def _each_detail(question: Question) -> list[Question]:
    """ "Address, phone and opening times" are three questions, in the order in which they are named."""
    if question.kind not in DETAILS or question.topics:
        return [question]
    found = [(match.start(), kind) for kind, pattern in DETAILS.items() if (match := pattern.search(question.text))]
    kinds = [kind for _, kind in sorted(found)]
    return [replace(question, kind=kind) for kind in kinds] if len(kinds) > 1 else [question]


def _days_kept(question: Question, context: Context) -> dict[str, Any]:
    """The day of the conversation, where the question names only a time of day or asks until when."""
    thread = context.thread
    if question.days:
        goes_on = all(mention.is_time_alone for mention in question.days) or SAME_TIME.search(question.text)
        whens = whens_with(question.days, thread.whens, context, question.text)
        return {"days": (), "whens": whens} if goes_on else {}
    is_timed = question.kind is Kind.OFFICE_HOURS and ASKS_TIME_OF_DAY.search(question.text)
    is_of_appointment = question.kind is thread.kind is Kind.CLOSURE_APPOINTMENT
    is_that_day = question.kind in OF_DAYS and (THAT_DAY.search(question.text) or SAME_DAY.search(question.text))
    return {"whens": thread.whens} if is_timed or is_of_appointment or is_that_day else {}


def _where_they_are(places: Sequence[PlaceMention], utterance: Utterance) -> tuple[PlaceMention, ...]:
    """ "We're in Prestwich, where's our office": the places in which they say that they are explain whose it is."""
    lived_in = [p for p in _surely_places(utterance.places) if _LIVES_BEFORE.search(utterance.text[: p.start])]
    return wanted(lived_in) if places else ()


_LIVES_BEFORE = re.compile(
    r"\b(?:(?:i|we)(?:\W*(?:m|am|re|are))?(?: (?:both|all|currently|now|just))*(?: (?:live|living|based|staying))?"
    r"|dw i['’]?n byw|dwi['’]?n byw|(?:rydyn|dan|dyn) ni['’]n byw)\W+(?:over |up |down |out )?"
    r"(?:in|at|near|by|yn|ym|yng|ger)\W+$",
    re.IGNORECASE,
)


def _asks_of_us(text: str, places: Sequence[PlaceMention]) -> bool:
    """ "I'm coming down from Bristol, will you be open": of none of the places named."""
    return bool(places) and all(place.is_setting for place in places) and _US.search(text) is not None


def _without_line_hours(questions: Sequence[Question]) -> list[Question]:
    """Hours asked after a line's number are the line's (contract, rule 2), unless they are said to be an office's."""
    numbers = [at for at, q in enumerate(questions) if q.kind is Kind.CONTACT_DWP and q.topics]
    first = numbers[0] if numbers else len(questions)
    return [q for at, q in enumerate(questions) if at < first or not _may_be_of_a_line(q)]


def _may_be_of_a_line(question: Question) -> bool:
    """ "When is it open", and nothing of a place. "Are you open" asks it of us."""
    if question.places or question.offices or _OFFICE.search(question.text) or _names_something(question.text):
        return False
    is_asked_of_us = question.kind is Kind.OFFICE_OPEN and _DWP.search(question.text)
    return question.kind in (Kind.OFFICE_HOURS, Kind.OFFICE_OPEN) and not is_asked_of_us


def _names_something(text: str) -> bool:
    """Whether a word in it is a name, perhaps of a place that we do not know: "is Stranraer open"."""
    return any(not is_ordinary(word.lower()) for word in _WORD.findall(text))


def _merged(questions: Sequence[Question]) -> list[Question]:
    """Without a question that repeats another, or asks the same of the town of the office just asked about: "Temple
    Street? the Bristol one"."""
    out: list[Question] = []
    for question in questions:
        same = [q for q in out if (q.kind, q.days) == (question.kind, question.days)]
        is_known = question.places and all(any(is_around(place, q.places) for q in same) for place in question.places)
        told = next((q for q in same if q.places == question.places), None)
        if not is_known and told is None:
            out.append(question)
        elif told and _asks_what_it_tells(question, told):
            out[out.index(told)] = question
    return out


def _asks_what_it_tells(question: Question, told: Question) -> bool:
    """ "They stopped my money. How long for?" asks the second: the first leads up to it."""
    is_told_first = question.kind in (Kind.INDIVIDUAL_CASE, Kind.LANGUAGE)
    return is_told_first and asks(question.text) and not asks(told.text)


def _without_bare_number(questions: Sequence[Question]) -> list[Question]:
    """ "I need to ring Leith, what's the number" asks once, for the office's."""
    is_office = any(q.kind is Kind.OFFICE_CONTACT and q.places for q in questions)
    return [q for q in questions if not (is_office and q.kind is Kind.CONTACT_DWP and not q.topics)]
