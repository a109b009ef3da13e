"""Answers to a turn: each question by the service for its kind, help before all else, one introduction.

The same service answers people, the staff's preview of a draft closure, and a reply rebuilt before a late send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.aspect_words import only_names
from bot.jobcentre.background import is_of_claim
from bot.jobcentre.choice import words_for
from bot.jobcentre.clauses import asks
from bot.jobcentre.crisis import Risk
from bot.jobcentre.dialogue import Interpretation, interpret
from bot.jobcentre.false_alarm import without_alarm
from bot.jobcentre.followup import AREAS, only_tells_area
from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.kinds import Kind, in_order
from bot.jobcentre.matters import find_matter
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Pending, Question, Thread, Utterance, unique, wanted
from bot.jobcentre.subject import remembered
from bot.jobcentre.telling import NAMED_AT_MOST
from bot.jobcentre.words import APPOINTMENT, OF_ATTENDING
from bot.services import courtesy_answers as courtesies
from bot.services import crisis_answers as crises
from bot.services import directory_answers as directory
from bot.services import office_answers as offices
from bot.services.desk import OFFER_AT_MOST, Desk
from bot.services.office_answers import Answered

FINDER = "jc-find"
QUESTIONS_KEPT = 4
"""Questions of a turn that "sorry?" asks again."""
LISTED_AT_MOST = 2 * OFFER_AT_MOST
ASIDES_AT_MOST = 2
"""Other things that may be said before the assistant's own question is dropped."""


@dataclass(frozen=True)
class Reply:
    """What to say, main answer first, and what the conversation remembers of it."""

    answers: tuple[Answer, ...]
    thread: Thread
    language: str | None = None
    """In which the person wants it, where they say so."""


def answer(desk: Desk, utterance: Utterance) -> Reply:
    """Answer one turn."""
    thread = desk.context.thread.forgetting(desk.now)
    if desk.context.risks or (thread.subject and thread.subject.kind.is_crisis):
        thread = replace(thread, nation=_told_nation(utterance) or thread.nation)
    beside = desk.gazetteer.called_alike(thread.offices[0]) if len(thread.offices) == 1 else ()
    told = replace(desk.context, thread=thread, beside=beside, described=_described(desk, thread))
    desk = replace(desk, context=told)
    if desk.context.speaks_other and only_names(utterance):
        language = thread.language or desk.context.language
        desk = replace(desk, context=replace(desk.context, speaks_other=False, language=language))
    utterance, context = without_alarm(_placed(desk, utterance), desk.context)
    desk = replace(desk, context=context)
    read = interpret(utterance, context)
    if read.repeats:
        return _repeated(desk, utterance, read)
    settled = directory.settled(read.questions)
    reply = _helped(desk, _answered(desk, utterance, read, settled))
    return _framed(desk, replace(reply, thread=_remembered(desk, settled, reply)))


def _placed(desk: Desk, utterance: Utterance) -> Utterance:
    """With the place just asked about as an area explains it: after "is Richmond open", "yorkshire" is the other
    Richmond."""
    asked = desk.context.thread.asked[-1:]
    last = asked[0].places if asked and asked[0].kind.is_about_offices else ()
    if len(last) != 1 or len(utterance.places) != 1 or not only_tells_area(utterance):
        return utterance
    area = utterance.places[0]
    found = desk.gazetteer.find(f"{last[0].text}, {area.text}")
    is_told = len(found) == 1 and found[0].start == 0 and found[0].kind not in AREAS and last[0].kind not in AREAS
    if not is_told or (found[0].offices, found[0].nearest) in (((), ()), (last[0].offices, last[0].nearest)):
        return utterance
    return replace(utterance, places=(replace(found[0], start=area.start, end=area.end, text=area.text),))


def _described(desk: Desk, thread: Thread) -> dict[str, frozenset[str]]:
    """The words that tell the offices named from each other."""
    named = unique([*thread.listed, *thread.offices, *(thread.pending.choices if thread.pending else ())])
    return {office.id: words_for(office) for office in desk.offices(named)}


def _told_nation(utterance: Utterance) -> Nation | None:
    """The nation of a place that somebody at risk names: whose lines serve them there."""
    nations = {place.nation for place in wanted(utterance.places) if place.nation}
    return nations.pop() if len(nations) == 1 else None


def _repeated(desk: Desk, utterance: Utterance, read: Interpretation) -> Reply:
    """The last answer again, as things stand now, perhaps in the other language. A crisis is never told for less, and
    nobody is alarmed a second time."""
    context, thread = desk.context, desk.context.thread
    risks = unique([*context.risks, *thread.risks])
    desk = replace(desk, context=replace(context, risks=risks, language=read.language or context.language))
    asked = (*read.questions, *thread.asked)
    read = replace(read, questions=asked)
    told = _answered(desk, utterance, read, directory.settled(asked)) if asked else Reply((), thread)
    reply = _helped(desk, told)
    answers = reply.answers if context.risks else tuple(replace(given, handoff=None) for given in reply.answers)
    return replace(_framed(desk, replace(reply, answers=answers)), language=read.language)


def _helped(desk: Desk, reply: Reply) -> Reply:
    return replace(reply, answers=_help_first(desk, courtesies.gently(desk, reply.answers)))


def emergency_answers(desk: Desk) -> tuple[Answer, ...]:
    """Help for the risks of the turn, and nothing else."""
    return _framed(desk, Reply(_help_first(desk, ()), Thread(introduced=True))).answers


def failure_answers(desk: Desk) -> tuple[Answer, ...]:
    """Something went wrong inside: help in a crisis all the same; else sorry, and people will look."""
    told = emergency_answers(desk) if desk.context.risks else ()
    sorry = Reply(tuple(directory.sorry_answers(desk)), Thread(introduced=True))
    return told or _framed(desk, sorry).answers


def paused_answers(desk: Desk) -> tuple[Answer, ...]:
    """The account is paused: help in a crisis all the same; else where to look meanwhile."""
    told = emergency_answers(desk) if desk.context.risks else ()
    paused = Answer("utter_paused", Kind.ABOUT, {"contacts": desk.contacts(FINDER, directory.DWP_PAGE)})
    return told or _framed(desk, Reply((paused,), Thread(introduced=True))).answers


def _answered(desk: Desk, utterance: Utterance, read: Interpretation, settled: Sequence[Question]) -> Reply:
    """Each question answered. Those `settled` are of the kinds that their words settle."""
    if desk.context.is_in_queue and read.questions and all(map(_is_call, read.questions)):
        already = Answer("utter_handoff_already", Kind.HANDOFF)
        asks_when = any(question.matter == "people" for question in read.questions)
        return Reply((already, desk.when_people(Kind.HANDOFF)) if asks_when else (already,), desk.context.thread)
    is_thanks = [question.kind for question in read.questions] == [Kind.THANKS]
    is_only_details = bool(desk.context.redacted) and not read.questions  # a name is of no language
    if desk.context.speaks_other and not (read.language or is_thanks or is_only_details):
        other = Answer("utter_language_other", Kind.LANGUAGE, {"contacts": desk.credit_line()})
        return Reply((other,), desk.context.thread)
    if not read.questions:
        said, thread = courtesies.answer_nothing_asked(desk, read)
        return Reply(tuple(said), thread)
    is_of_a_day = utterance.impossible_days and _CARD not in desk.context.redacted  # its "09/28" is no day
    if is_of_a_day and not any(desk.days_named(question) for question in read.questions):
        return _impossible_day(desk, read.questions[0], utterance)
    thread = desk.context.thread
    answers: list[Answer] = []
    questions = _asked_in_need(desk, _by_importance(settled))
    for question in questions:
        asked = thread.pending if answers else None
        found, thread = _answer_one(desk, question, questions, thread)
        answers, thread = [*answers, *found], _asked_once(asked, thread)
    if thread.pending and any(question.kind is Kind.WRONG_INFORMATION for question in questions):
        # Whoever says that a door is locked, and then which, is not told that it is open.
        thread = replace(thread, pending=replace(thread.pending, kind=Kind.WRONG_INFORMATION))
    missed = all(given.kind is Kind.UNCLEAR for given in answers)
    return Reply(tuple(answers), replace(thread, misses=thread.misses if missed else 0))


def _asked_in_need(desk: Desk, questions: Sequence[Question]) -> list[Question]:
    """The questions; of somebody at risk, of their own claim and of a complaint only what they ask: what they tell is
    no matter to be refused, or to be sorry for, then."""
    if not desk.context.risks:
        return list(questions)
    return [q for q in questions if q.kind not in _TOLD_IN_NEED or asks(q.text) or _WISHES.search(q.text)]


_CARD = "card_number"
_TOLD_IN_NEED = (Kind.INDIVIDUAL_CASE, Kind.COMPLAINT)


_WISHES = re.compile(
    r"\b(?:can|could|will|would) (?:you|u|ya|some(?:one|body)|any(?:one|body))\b|\bwhen(?:[’']?s| is| will)\b"
    r"|\b(?:all|fedr|wn)(?:wch|ech|ewch) chi\b",
    re.IGNORECASE,
)
"""Something is to be done, or told."""


def _asked_once(asked: Pending | None, thread: Thread) -> Thread:
    """The office that was asked for in this turn already is asked for once, for all that waits for it."""
    now = thread.pending
    is_same = asked and now and (asked.asks, asked.choices) == (now.asks, now.choices) and asked.kind is not now.kind
    if not (asked and now and is_same) or now.asks != Asks.OFFICE.value:
        return thread
    both = replace(asked, also=(*asked.also, now.kind), whens=asked.whens or now.whens)
    return replace(thread, pending=both)


def _remembered(desk: Desk, questions: Sequence[Question], reply: Reply) -> Thread:
    """The thread with what the next turn may speak of: the questions, the offices in the order named, the crisis, and
    the assistant's own question while other things are said."""
    thread, answers = _with_pending(desk.context.thread.pending, questions, reply.thread), reply.answers
    risk = next((given.kind for given in answers if given.kind.is_crisis), None)
    crisis = risk or thread.crisis
    subject = remembered(thread, questions, risk)
    told = replace(thread, listed=_listed(desk.context.thread, answers), subject=subject)
    thread = _with_places(desk, told, questions)
    if not questions and not desk.context.risks:
        return replace(thread, crisis=crisis)
    is_unclear = all(given.kind is Kind.UNCLEAR for given in answers)
    is_talk = all(question.kind.is_small_talk or question.kind is Kind.LANGUAGE for question in questions)
    if is_talk and not desk.context.risks:
        return replace(thread, crisis=crisis)
    may_be_kept = not is_unclear and not set(desk.context.redacted) - {"postcode"}
    asked = tuple(questions[:QUESTIONS_KEPT]) if may_be_kept else ()
    return replace(thread, crisis=crisis, asked=asked, risks=desk.context.risks, at=desk.now)


def _with_places(desk: Desk, thread: Thread, questions: Sequence[Question]) -> Thread:
    """With the office or town that was named beside something else: after "I want to complain about Hackney", "when do
    they open" asks of that office."""
    if any(question.kind.is_about_offices for question in questions):
        return thread
    named = [place for question in questions for place in wanted(question.places) if place.kind in _SPOKEN_OF]
    offices = unique([office for place in named for office in place.offices])
    whens = tuple(when for question in questions for when in desk.days_named(question) if not when.is_past)
    return replace(thread, offices=offices, whens=whens) if 0 < len(offices) <= OFFER_AT_MOST else thread


_SPOKEN_OF = (PlaceKind.OFFICE, PlaceKind.TOWN)


def _listed(before: Thread, answers: Sequence[Answer]) -> tuple[str, ...]:
    """The offices that "the second" and "the other one" choose from: those named together, or this one and those it
    was chosen from or came after."""
    named = unique([office for given in answers for office in given.offices])
    if len(named) > 1:
        seen = all(_shows_names(given) for given in answers if given.offices)
        return named if seen and len(named) <= LISTED_AT_MOST else ()
    if not named or named[0] in before.listed:
        return before.listed
    if len(before.offices) == 1 or named[0] in before.offices:
        return unique([*before.offices, *named])
    return ()


def _shows_names(given: Answer) -> bool:
    """Whether the person sees the names in their order, and not "both offices in Leeds"."""
    blank = given.blanks.get("office")
    return blank is None or not (blank.get("all") or blank.get("of") or len(blank["names"]) > NAMED_AT_MOST)


def _with_pending(pending: Pending | None, questions: Sequence[Question], thread: Thread) -> Thread:
    """With the assistant's own question still standing, where something else was asked beside it."""
    if pending is None or not questions or thread.pending not in (None, pending):
        return thread
    if any(question.kind is pending.kind or question.kind.is_about_offices for question in questions):
        return thread
    is_kept = pending.asks != Asks.CONFIRM.value and pending.asides < ASIDES_AT_MOST
    return replace(thread, pending=replace(pending, asides=pending.asides + 1) if is_kept else None)


_CALLS = (Kind.GREETING, Kind.ABOUT, Kind.UNCLEAR, Kind.HANDOFF)
"""What somebody who waits for a person says to ask if anyone is there."""


def _is_call(question: Question) -> bool:
    """What is asked of the assistant itself, as to delete the messages, calls nobody; who answers, and when, does."""
    words = question.message or question.text
    matter = question.matter or (find_matter(Kind.ABOUT, words) if question.kind is Kind.ABOUT else "")
    return question.kind in _CALLS and matter in ("", "people")


def _by_importance(questions: Sequence[Question]) -> list[Question]:
    questions = _with_appointments(questions)
    kinds = {question.kind for question in questions}
    told = [q for q in questions if Kind.CLOSURE_APPOINTMENT not in kinds or not _is_of_appointment(q)]
    if Kind.INDIVIDUAL_CASE in kinds and any(kind.is_routine for kind in kinds):  # the anger is about the case
        told = [q for q in told if q.kind is not Kind.COMPLAINT]
    order = in_order(question.kind for question in told)
    return sorted(told, key=lambda question: order.index(question.kind))


def _is_of_appointment(question: Question) -> bool:
    """Whether it is a matter of their own of which all is said that may be, by what to do about the appointment."""
    is_of_more = is_of_claim(question.text) and not OF_ATTENDING.search(question.text)
    return question.kind is Kind.INDIVIDUAL_CASE and not is_of_more


def _with_appointments(questions: Sequence[Question]) -> list[Question]:
    """ "Is reading open at 3? I have an appointment" asks what to do about the appointment, and of nobody's claim."""
    offices = [q for q in questions if q.kind in (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES)]
    return [
        replace(offices[0], kind=Kind.CLOSURE_APPOINTMENT)
        if offices and q.kind is Kind.INDIVIDUAL_CASE and APPOINTMENT.search(q.text) and not _MOVED.search(q.text)
        else q
        for q in questions
    ]


_MOVED = re.compile(
    r"\b(?:mov(?:e|ed)|chang(?:e|ed)|re-?(?:arrang|schedul|book)\w*|symud\w*|newid\w*|aildrefnu\w*)\b", re.IGNORECASE
)
"""By whoever made it, or to be: of no door."""


def _answer_one(desk: Desk, question: Question, questions: Sequence[Question], thread: Thread) -> Answered:
    if question.kind is Kind.INDIVIDUAL_CASE and any(other.kind.is_routine for other in questions):
        told = {topic for other in questions if other.kind is Kind.CONTACT_DWP for topic in other.topics}
        return directory.case_beside(desk, question, is_line_told=not told.isdisjoint(question.topics)), thread
    if any(place.kind is PlaceKind.NORTHERN_IRELAND for place in question.places):
        return [directory.northern_ireland(desk)], thread
    return _ANSWERERS.get(question.kind, directory.answer_signpost)(desk, question, thread)


def _impossible_day(desk: Desk, question: Question, utterance: Utterance) -> Reply:
    """There is no such date: which day is meant?"""
    located = desk.located(question)
    pending = Pending(Asks.DAY.value, question.kind, desk.now, located.offices, topics=question.topics)
    said = Answer("utter_impossible_day", question.kind, {"text": utterance.impossible_days[0]}, asks=Asks.DAY)
    thread = desk.remembered(desk.context.thread, question, located)
    return Reply((said,), replace(thread, pending=pending))


# What belongs to every reply


def _help_first(desk: Desk, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Help before all else, alone if nothing routine was asked; no places or times while a threat waits (rule 10)."""
    context = desk.context
    rest = [given for given in answers if not context.risks or _is_beside_help(given, context.risks)]
    first = crises.help_for(desk, [Risk(risk) for risk in context.risks])
    if "threat" in context.risks:
        first += crises.threat_answers()
    if "threat" in context.risks or context.is_threat_open:
        withheld = [given for given in rest if given.kind.is_about_offices]
        rest = [given for given in rest if given not in withheld]
        if withheld and not first:
            first = [Answer("utter_threat_waiting", Kind.ABUSE)]
    return (*first, *rest)


def _is_beside_help(given: Answer, risks: Collection[str]) -> bool:
    """Whether it is told after help in a crisis: what answers a question, or says where it is answered. Nothing is
    asked of somebody whose life may be in danger, and no line of somebody who is not in want; which office others mean
    may be asked."""
    may_ask = Risk.LIFE.value not in risks and Risk.CHILD.value not in risks
    is_of_place = given.kind.is_about_offices or Risk.ABUSE.value not in risks
    is_told = given.kind.is_routine or given.kind in _TOLD_IN_NEED
    return is_told and (not given.asks or (may_ask and is_of_place))


_LINKS = {
    "utter_which_office_help": FINDER,
    "utter_find_out": FINDER,
    "utter_office_go_instead_unknown": FINDER,
    "utter_office_serves": FINDER,
    "utter_postcode_unknown": FINDER,
    "utter_office_contact_none": directory.CONTACT_PAGE,
    "utter_office_contact_any": directory.CONTACT_PAGE,
    "utter_office_facilities_unknown": FINDER,
}


def _framed(desk: Desk, reply: Reply) -> Reply:
    """Personal data warned of, the introduction once and never in a crisis, today and links in the blanks."""
    answers, thread = list(reply.answers), reply.thread
    if set(desk.context.redacted) - {"postcode"}:
        answers = [given for given in answers if given.kind is not Kind.UNCLEAR]
        answers.append(Answer("utter_personal_data", Kind.PERSONAL_DATA))
    is_calm = not any(_is_grave(given) for given in answers)
    if answers and is_calm and not thread.introduced:
        answers.append(Answer("utter_intro", answers[0].kind))
        thread = replace(thread, introduced=True)
    return Reply(tuple(replace(given, blanks=_filled(desk, given)) for given in _once(answers)), thread)


def _once(answers: Sequence[Answer]) -> list[Answer]:
    """Without what two questions both say: it is told once, where it is told first, for both."""
    out: dict[tuple[str, str], Answer] = {}
    for given in answers:
        key = given.response, repr(given.blanks)
        said = out.get(key, given)
        also = (kind for kind in (*said.also, *given.kinds) if kind is not said.kind)
        out[key] = replace(said, also=tuple(dict.fromkeys(also)))
    return list(out.values())


def _is_grave(given: Answer) -> bool:
    return given.kind.is_crisis or given.kind in (Kind.ABUSE, Kind.STOP) or given.response == courtesies.STILL_THERE


def _filled(desk: Desk, given: Answer) -> dict[str, Any]:
    blanks = {"today": desk.today, **given.blanks}
    if given.response in _LINKS:
        blanks.setdefault("link", desk.link(_LINKS[given.response]))
    return blanks


Answerer = Callable[[Desk, Question, Thread], Answered]
_ANSWERERS: dict[Kind, Answerer] = {
    Kind.OFFICE_OPEN: offices.answer_opening,
    Kind.OFFICE_HOURS: offices.answer_hours,
    Kind.OFFICE_CLOSURES: offices.answer_closures,
    Kind.OFFICE_FIND: offices.answer_find,
    Kind.OFFICE_CONTACT: offices.answer_contact,
    Kind.OFFICE_FACILITIES: offices.answer_facilities,
    Kind.CLOSURE_APPOINTMENT: offices.answer_appointment,
    Kind.CRISIS_LIFE: crises.answer_crisis,
    Kind.CRISIS_ABUSE: crises.answer_crisis,
    Kind.CRISIS_HARDSHIP: crises.answer_crisis,
    Kind.UNCLEAR: courtesies.answer_unclear,
    **directory.ANSWERERS,
}
