"""Answers to questions: fetches the facts each question needs and lets `bot.jobcentre` decide what to say.

The same service answers people, the staff's preview of a draft closure, and a reply rebuilt before a late send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.calendar import LONDON, division_of, is_bank_holiday
from bot.jobcentre.closure import Closure, Watch
from bot.jobcentre.contact import blanks_of, choose
from bot.jobcentre.conversation import Language
from bot.jobcentre.dialogue import Interpretation, interpret
from bot.jobcentre.gazetteer import Gazetteer, NearOffice, PlaceKind, PlaceMention
from bot.jobcentre.handoff import HandoffReason, PeopleHours
from bot.jobcentre.kinds import Kind, in_order
from bot.jobcentre.office import Nation, Office, OfficeStatus
from bot.jobcentre.opening import HORIZON, OfficeFacts, OpeningState
from bot.jobcentre.question import Context, Pending, Question, Thread, Utterance, When, now_of, unique, whens_of
from bot.jobcentre.telling import Telling, office_blank, tell, tell_together, tell_week
from bot.jobcentre.topics import NAMES
from bot.jobcentre.words import FOI_REQUEST, ON_A_CLAIM, WANTED_CHANNELS
from bot.store.unit_of_work import UnitOfWork

OFFER_AT_MOST = 5
"""Offices in a numbered list."""
TELL_AT_MOST = 6
"""Ways of standing told apart in one reply; with more, the assistant asks which office."""
CLOSURES_AHEAD = timedelta(days=7)
UC_LINE = "uc-phone"
FINDER = "jc-find"
CONTACT_PAGE = "jc-contact-page"
CANCELLED = "utter_handoff_cancelled"
"""The answer with which the person's handoff ends."""


@dataclass(frozen=True)
class Reply:
    """What to say, main answer first, and what the conversation remembers of it."""

    answers: tuple[Answer, ...]
    thread: Thread


@dataclass(frozen=True)
class Located:
    """The offices a question is about."""

    offices: tuple[str, ...] = ()
    place: str | None = None
    """The town, where all of its offices are meant."""
    near: PlaceMention | None = None
    """A place or postcode without an office: `offices` is then the nearest."""
    missing: PlaceMention | None = None
    """A place that has no office to name: Northern Ireland, a postcode we do not know."""


@dataclass(frozen=True)
class Desk:
    """What answering one turn has at hand."""

    work: UnitOfWork
    gazetteer: Gazetteer
    context: Context
    draft: tuple[Closure, ...] = field(default=())
    """Closures not yet published, for a preview."""

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def is_welsh(self) -> bool:
        return self.context.language == Language.WELSH.value

    def facts(self, ids: Sequence[str], whens: Sequence[When]) -> list[OfficeFacts]:
        """The facts of the offices, in their order, over the days asked about and as far as a change is looked for."""
        days = [when.day for when in whens] or [self.now.astimezone(LONDON).date()]
        start = datetime.combine(min(days), time(0), LONDON) - timedelta(days=1)
        end = datetime.combine(max(days), time(0), LONDON) + HORIZON + timedelta(days=1)
        held = self.work.offices.facts(ids, min(start, self.now), max(end, self.now + HORIZON))
        facts = [held[office_id] for office_id in ids if office_id in held]
        return [replace(f, closures=(*f.closures, *self.draft)) for f in facts] if self.draft else facts

    def offices(self, ids: Sequence[str]) -> list[Office]:
        return [self.gazetteer.office(office_id) for office_id in ids]

    def contact(self, *ids: str) -> list[dict[str, Any]]:
        """The `contacts` blank of directory rows, by id; rows that the directory lacks are left out."""
        return blanks_of(self.work.contacts.find_by_ids(ids))

    def link(self, contact_id: str) -> str:
        blanks = self.contact(contact_id)
        return str(blanks[0]["value"]) if blanks else "https://www.gov.uk/"

    def contacts_for(
        self, topic: str, nation: Nation | None, channels: Sequence[str] = (), at_most: int = 3
    ) -> list[dict[str, Any]]:
        rows = self.work.contacts.find(topic=topic)
        return choose(rows, nation=nation, welsh=self.is_welsh, channels=channels, at_most=at_most)


def answer(desk: Desk, utterance: Utterance) -> Reply:
    """Answer one turn."""
    context = replace(desk.context, thread=desk.context.thread.forgetting(desk.now))
    desk = replace(desk, context=context)
    reply = _answered(desk, utterance, interpret(utterance, context))
    return _framed(desk, replace(reply, answers=_crisis_first(desk, reply.answers)))


def _answered(desk: Desk, utterance: Utterance, read: Interpretation) -> Reply:
    if not read.questions:
        return _without_question(desk, read)
    if utterance.impossible_days and not any(q.days or q.whens for q in read.questions):
        return _impossible_day(desk, read.questions[0], utterance)
    questions = _by_importance(read.questions)
    thread = desk.context.thread
    answers: list[Answer] = []
    for question in questions:
        found, thread = _answer_question(desk, question, questions, thread)
        answers += found
    return _finished(desk, answers, thread)


def _by_importance(questions: Sequence[Question]) -> list[Question]:
    order = in_order(question.kind for question in questions)
    return sorted(questions, key=lambda question: order.index(question.kind))


def _answer_question(
    desk: Desk, question: Question, questions: Sequence[Question], thread: Thread
) -> tuple[list[Answer], Thread]:
    if question.kind is Kind.INDIVIDUAL_CASE and any(q.kind.is_routine for q in questions):
        return [_case_beside(desk, question)], thread
    if any(place.kind is PlaceKind.NORTHERN_IRELAND for place in question.places):
        return [_northern_ireland(desk)], thread
    answerer = _ANSWERERS.get(question.kind)
    if answerer is None:
        return _signpost(desk, question), thread
    return answerer(desk, question, thread)


def _finished(desk: Desk, answers: Sequence[Answer], thread: Thread) -> Reply:
    """Misses are counted in a row."""
    missed = all(a.kind is Kind.UNCLEAR for a in answers)
    return Reply(tuple(answers), replace(thread, misses=thread.misses if missed else 0))


_CRISES = {
    "life": (Kind.CRISIS_LIFE, HandoffReason.CRISIS),
    "child": (Kind.CRISIS_LIFE, HandoffReason.CHILD_AT_RISK),
    "abuse": (Kind.CRISIS_ABUSE, HandoffReason.CRISIS),
    "hardship": (Kind.CRISIS_HARDSHIP, HandoffReason.CRISIS),
}


def _crisis_first(desk: Desk, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Help before all else, alone if nothing routine was asked; no places or times while a threat waits."""
    context = desk.context
    crises = [_CRISES[risk] for risk in context.risks if risk in _CRISES]
    rest = [a for a in answers if a.kind.is_routine] if context.risks else list(answers)
    if "threat" in context.risks or context.is_threat_open:
        rest = [a for a in rest if not (a.kind.is_about_offices or a.offices)]
        if not crises and ("threat" in context.risks or not rest):
            return tuple([*threat_answers(), *rest])
    help_first = crisis_answers(desk, *crises[0]) if crises else []
    return tuple([*help_first, *(a for a in rest if not (crises and a.kind.is_crisis))])


def _framed(desk: Desk, reply: Reply) -> Reply:
    """With what belongs to every reply: personal data warned of, the introduction once, today in each blank."""
    answers, thread = list(reply.answers), reply.thread
    is_crisis = any(a.kind.is_crisis for a in answers)
    if set(desk.context.redacted) - {"postcode"}:
        answers = [a for a in answers if a.kind is not Kind.UNCLEAR]
        answers.append(Answer("utter_personal_data", Kind.PERSONAL_DATA))
    if answers and not thread.introduced and not is_crisis and answers[0].kind not in (Kind.ABUSE, Kind.STOP):
        answers.append(Answer("utter_intro", answers[0].kind))
        thread = replace(thread, introduced=True)
    once = {(a.response, repr(a.blanks)): a for a in answers}
    today = desk.now.astimezone(LONDON).date().isoformat()
    filled = tuple(replace(a, blanks={"today": today, **_linked(desk, a)}) for a in once.values())
    return Reply(filled, thread)


_LINKS = {
    "utter_find_out": FINDER,
    "utter_office_go_instead_unknown": FINDER,
    "utter_office_serves": FINDER,
    "utter_postcode_unknown": FINDER,
    "utter_office_contact_none": CONTACT_PAGE,
    "utter_office_contact_any": CONTACT_PAGE,
    "utter_office_facilities_unknown": FINDER,
}


def _linked(desk: Desk, answer: Answer) -> dict[str, Any]:
    if answer.response in _LINKS and "link" not in answer.blanks:
        return {**answer.blanks, "link": desk.link(_LINKS[answer.response])}
    return dict(answer.blanks)


# --- turns without a question -------------------------------------------------------------------------------------


def _without_question(desk: Desk, read: Interpretation) -> Reply:
    thread = desk.context.thread
    if read.cancelled and desk.context.is_in_queue and not thread.pending:
        return Reply((Answer(CANCELLED, Kind.HANDOFF),), thread)
    if read.cancelled:
        return Reply((Answer("utter_ok", _thread_kind(thread)),), replace(thread, pending=None))
    if read.affirmed and thread.pending and thread.pending.asks == Asks.CONFIRM.value:
        return _finished(desk, [_handoff(desk, HandoffReason.ASKED)], replace(thread, pending=None, claims_told=True))
    if read.affirmed is False and thread.pending:
        return Reply((Answer("utter_ok", thread.pending.kind),), replace(thread, pending=None))
    return _unclear(desk, thread)


def _thread_kind(thread: Thread) -> Kind:
    return thread.pending.kind if thread.pending else Kind.GOODBYE


def _unclear(desk: Desk, thread: Thread) -> Reply:
    """One useful question; after two failures a person is offered."""
    thread = replace(thread, misses=thread.misses + 1)
    if thread.misses < 2:
        return Reply((Answer("utter_unclear", Kind.UNCLEAR, asks=Asks.REPHRASE),), thread)
    pending = Pending(Asks.CONFIRM.value, Kind.HANDOFF, desk.now)
    return Reply((Answer("utter_unclear_again", Kind.UNCLEAR, asks=Asks.CONFIRM),), replace(thread, pending=pending))


def _impossible_day(desk: Desk, question: Question, utterance: Utterance) -> Reply:
    located = _located(desk, question)
    pending = Pending(Asks.DAY.value, question.kind, desk.now, located.offices, topics=question.topics)
    said = Answer("utter_impossible_day", question.kind, {"text": utterance.impossible_days[0]}, asks=Asks.DAY)
    return Reply((said,), replace(desk.context.thread, pending=pending))


# --- where and when -----------------------------------------------------------------------------------------------


def _located(desk: Desk, question: Question) -> Located:
    """Which offices a question is about; none at all where nothing says."""
    if question.offices:
        return Located(question.offices, question.place_name)
    if not question.places:
        return Located(tuple(desk.context.ours))
    named = [place for place in question.places if _ids_of(desk, place)]
    if not named:
        return _located_nearby(question.places[0])
    ids = [office_id for place in named for office_id in _ids_of(desk, place)]
    whole = named[0].name if len(named) == 1 and named[0].kind is not PlaceKind.OFFICE else None
    if named[0].kind is PlaceKind.OURS:
        whole = None
    return Located(unique(ids), whole)


def _ids_of(desk: Desk, place: PlaceMention) -> Sequence[str]:
    if place.kind is PlaceKind.OURS:
        return desk.context.ours
    if place.kind is PlaceKind.NATION:
        return [o.id for o in desk.gazetteer.offices() if o.nation is place.nation and o.is_running]
    return place.offices


def _located_nearby(place: PlaceMention) -> Located:
    if place.nearest:
        return Located((place.nearest[0].office_id,), near=place)
    return Located(missing=place)


def _whens(desk: Desk, question: Question) -> tuple[When, ...]:
    asked = tuple(w for d in question.days for w in whens_of(d, desk.now))
    return asked or question.whens or (now_of(desk.now),)


def _which_office(desk: Desk, question: Question, ids: Sequence[str], whens: Sequence[When]) -> list[Answer]:
    offered = tuple(ids[:OFFER_AT_MOST])
    if not offered or len(ids) > OFFER_AT_MOST:
        return [Answer("utter_which_office", question.kind, asks=Asks.OFFICE)]
    names = [office.name for office in desk.offices(offered)]
    return [Answer("utter_which_office_choices", question.kind, {"choices": names}, offered, asks=Asks.OFFICE)]


def _ask_office(
    desk: Desk, question: Question, ids: Sequence[str], whens: Sequence[When], thread: Thread
) -> tuple[list[Answer], Thread]:
    answers = _which_office(desk, question, ids, whens)
    pending = Pending(Asks.OFFICE.value, question.kind, desk.now, answers[0].offices, tuple(whens), question.topics)
    return answers, replace(thread, pending=pending)


def _remembered(desk: Desk, thread: Thread, question: Question, located: Located, whens: Sequence[When] = ()) -> Thread:
    return replace(
        thread,
        kind=question.kind,
        offices=located.offices,
        place_name=located.place,
        whens=tuple(whens) or thread.whens,
        topics=question.topics,
        at=desk.now,
        pending=None,
    )


def _missing(desk: Desk, located: Located, kind: Kind) -> list[Answer]:
    place = located.missing
    if place is not None and place.kind is PlaceKind.UNKNOWN_POSTCODE:
        return [Answer("utter_postcode_unknown", kind, {"place": place.name})]
    return [Answer("utter_place_unknown", kind, asks=Asks.OFFICE)]


# --- offices ------------------------------------------------------------------------------------------------------


def _answer_opening(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    """office_open, office_hours for a day, closure_appointment."""
    located, whens = _located(desk, question), _whens(desk, question)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    if not located.offices:
        return _ask_office(desk, question, (), whens, thread)
    facts = desk.facts(located.offices, whens)
    answers: list[Answer] = _nearest_is(desk, located, question.kind)
    for when in _worth_telling(whens):
        tellings = [_pointed(desk, tell(f, when, desk.now, question.kind)) for f in facts]
        together = tell_together(tellings, place=located.place)
        if _is_too_much(together):
            return _ask_office(desk, question, located.offices, whens, thread)
        answers += together
    return answers, _remembered(desk, thread, question, located, whens)


def _is_too_much(answers: Sequence[Answer]) -> bool:
    return sum(1 for a in answers if a.opening) > TELL_AT_MOST


def _worth_telling(whens: Sequence[When]) -> list[When]:
    """Of a run of days the working ones first: nobody asks about a week to hear of its Sunday."""
    weekdays = [when for when in whens if when.day.weekday() < 5]
    return list(weekdays or whens)[:4] if len(whens) > 2 else list(whens)


def _pointed(desk: Desk, telling: Telling) -> Telling:
    """With the office to use instead, where this one is gone."""
    if telling.office.status not in (OfficeStatus.CLOSED, OfficeStatus.MOVED):
        return telling
    kind = telling.answers[0].kind
    other = telling.office.replaced_by
    if other is None:
        return replace(telling, answers=(*telling.answers, Answer("utter_office_go_instead_unknown", kind)))
    instead = desk.gazetteer.office(other)
    blanks = {"other": office_blank([instead]), "addresses": [_address(instead)]}
    answers = (*telling.answers, Answer("utter_office_go_instead", kind, blanks, (instead.id,)))
    return replace(telling, answers=answers)


def _nearest_is(desk: Desk, located: Located, kind: Kind) -> list[Answer]:
    if located.near is None:
        return []
    office = desk.gazetteer.office(located.offices[0])
    blanks = {"place": located.near.name, "addresses": [_address(office, located.near.nearest[0])]}
    return [Answer("utter_nearest_is", kind, blanks)]


def _answer_hours(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    if any(d.weekly is None and not d.now for d in question.days) or (question.whens and not question.days):
        return _answer_opening(desk, question, thread)
    located = _located(desk, question)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    if not located.offices:
        return _ask_office(desk, question, (), (), thread)
    facts = desk.facts(located.offices, ())
    together = tell_together([_pointed(desk, tell_week(f, desk.now)) for f in facts], place=located.place)
    if _is_too_much(together):
        return _ask_office(desk, question, located.offices, (), thread)
    answers = [*_nearest_is(desk, located, question.kind), *together]
    return answers, _remembered(desk, thread, question, located)


def _answer_closures(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    located, whens = _located(desk, question), _whens(desk, question)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    scope = desk.offices(located.offices) if located.offices else desk.gazetteer.offices()
    gone = [office for office in scope if not office.is_running]
    if gone and len(scope) == len(gone) <= OFFER_AT_MOST:
        return _answer_opening(desk, question, thread)
    affected = _affected(desk, [office for office in scope if office.is_running], whens)
    remembered = _remembered(desk, thread, question, located, whens)
    if not affected:
        return [_no_closures(desk, question, scope, located, whens[0])], remembered
    facts = desk.facts([office.id for office in affected[:TELL_AT_MOST]], whens)
    answers = list(tell_together([tell(f, whens[0], desk.now, question.kind) for f in facts], names_at_most=3))
    if len(affected) > TELL_AT_MOST:
        answers.append(Answer("utter_closures_more", question.kind, {"count": len(affected) - TELL_AT_MOST}))
    return answers, remembered


def _affected(desk: Desk, scope: Sequence[Office], whens: Sequence[When]) -> list[Office]:
    """The offices with a closure or an unconfirmed watch over the days asked about; those soon, where none is."""
    start = min(when.moment(desk.now) for when in whens)
    end = max(datetime.combine(when.day, time(0), LONDON) for when in whens) + timedelta(days=1)
    if whens[0].is_now:
        end = desk.now + CLOSURES_AHEAD
    notices: list[Closure | Watch] = [*desk.work.closures.find(start=start, end=end), *desk.draft]
    notices += desk.work.closures.find_watches(start=start, end=end)
    return [o for o in scope if any(_concerns(notice, o, start, end) for notice in notices)]


def _concerns(notice: Closure | Watch, office: Office, start: datetime, end: datetime) -> bool:
    if notice.withdrawn_at is not None or not notice.period.overlaps(start, end):
        return False
    if isinstance(notice, Watch) and office.id in notice.confirmed:
        return False
    return notice.scope.includes(office)


def _no_closures(desk: Desk, question: Question, scope: Sequence[Office], located: Located, when: When) -> Answer:
    is_all = not located.offices
    blanks = {
        "where": None if is_all else office_blank(scope, place=located.place, all_of=len(scope) > 1),
        "when": when.blank(desk.now.astimezone(LONDON).date()),
        "checked": desk.now.astimezone(LONDON).strftime("%H:%M"),
    }
    return Answer("utter_closures_none", question.kind, blanks, located.offices)


def _answer_find(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    located = _located(desk, question)
    remembered = _remembered(desk, thread, question, located)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    if located.near:
        return _nearest(desk, located.near, question.kind), remembered
    if not located.offices:
        return _ask_office(desk, question, (), (), thread)
    offices = desk.offices(located.offices)
    gone = [office for office in offices if not office.is_running]
    if gone:
        return _answer_opening(desk, question, thread)
    if len(offices) == 1:
        return _address_of(desk, offices[0], question.kind), remembered
    shown = offices[:OFFER_AT_MOST]
    blanks = {
        "place": located.place,
        "total": len(offices),
        "addresses": [_address(office) for office in shown],
        "office": office_blank(offices, place=located.place, all_of=True),
    }
    answers = [Answer("utter_offices_list", question.kind, blanks, tuple(o.id for o in shown))]
    if len(offices) > len(shown):
        answers.append(Answer("utter_offices_list_more", question.kind, {"total": len(offices)}, asks=Asks.OFFICE))
    return answers, remembered


def _nearest(desk: Desk, place: PlaceMention, kind: Kind) -> list[Answer]:
    addresses = [_address(desk.gazetteer.office(near.office_id), near) for near in place.nearest]
    ids = tuple(near.office_id for near in place.nearest)
    return [
        Answer("utter_offices_nearest", kind, {"place": place.name, "addresses": addresses}, ids),
        Answer("utter_office_serves", kind),
    ]


def _address_of(desk: Desk, office: Office, kind: Kind) -> list[Answer]:
    blanks = {"office": office_blank([office]), "addresses": [_address(office)]}
    answers = [Answer("utter_office_address", kind, blanks, (office.id,))]
    if office.status is OfficeStatus.CHECK:
        answers.append(Answer("utter_address_unsure", kind, {"office": office_blank([office])}))
    return answers


def _address(office: Office, near: NearOffice | None = None) -> dict[str, Any]:
    return {
        "name": office.name,
        "name_cy": office.name_cy or office.name,
        "address": office.address,
        "postcode": office.postcode,
        "km": near.km if near else None,
        "about": False,
    }


def _answer_office_contact(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    located = _located(desk, question)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    offices = desk.offices(located.offices)
    remembered = _remembered(desk, thread, question, located)
    if len(offices) == 1 and offices[0].phone:
        blanks = {"office": office_blank(offices), "phone": offices[0].phone}
        return [Answer("utter_office_contact", question.kind, blanks, located.offices)], remembered
    phone: dict[str, Any] = {"phone": desk.contact(UC_LINE)}
    if not offices or len(offices) > OFFER_AT_MOST:
        return [Answer("utter_office_contact_any", question.kind, phone)], remembered
    blanks = {**phone, "office": office_blank(offices, place=located.place)}
    return [Answer("utter_office_contact_none", question.kind, blanks, located.offices)], remembered


def _answer_facilities(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    located = _located(desk, question)
    if located.missing:
        return _missing(desk, located, question.kind), thread
    if not located.offices:
        return _ask_office(desk, question, (), (), thread)
    offices = desk.offices(located.offices)
    shared = [f for f in offices[0].facilities if all(f in office.facilities for office in offices)]
    blank = office_blank(offices, place=located.place, all_of=len(offices) > 1 and located.place is not None)
    answers = []
    if shared:
        blanks = {"office": blank, "facilities": shared}
        answers.append(Answer("utter_office_facilities", question.kind, blanks, located.offices))
    answers.append(Answer("utter_office_facilities_unknown", question.kind, {"office": blank}, located.offices))
    return answers, _remembered(desk, thread, question, located)


def _answer_appointment(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    answers, thread = _answer_opening(desk, question, thread)
    states = {a.opening for a in answers if a.opening}
    if any(a.asks for a in answers):
        return answers, thread
    if states == {OpeningState.OPEN}:
        name = "utter_appointment_open"
    else:
        name = "utter_appointment_closed" if states == {OpeningState.CLOSED} else "utter_appointment_unknown"
    return [*answers, Answer(name, question.kind, {"contacts": desk.contact(UC_LINE)})], thread


# --- DWP and the rest ---------------------------------------------------------------------------------------------


def _nation_of(desk: Desk, question: Question) -> Nation | None:
    named = next((place.nation for place in question.places if place.nation), None)
    return named or (desk.context.nation if desk.context.account else None)


def _answer_contact(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    if not question.topics:
        pending = Pending(Asks.TOPIC.value, question.kind, desk.now)
        return [Answer("utter_contact_which", question.kind, asks=Asks.TOPIC)], replace(thread, pending=pending)
    channels = [channel for channel, pattern in WANTED_CHANNELS.items() if pattern.search(question.text)]
    nation = _nation_of(desk, question)
    answers: list[Answer] = []
    for topic in question.topics[:2]:
        contacts = desk.contacts_for(topic, nation, channels)
        name, name_cy = NAMES.get(topic, (topic.replace("_", " "),) * 2)
        named: dict[str, Any] = {"en": name, "cy": name_cy}
        blanks: dict[str, Any] = {"topic_name": named, "topic": named, "contacts": contacts}
        if not contacts:
            blanks["link"] = desk.link("dwp-org-page")
        response = "utter_contact" if contacts else "utter_contact_none"
        answers.append(Answer(response, question.kind, blanks, topics=(topic,)))
    if _may_have_other_hours(desk, question) and any(c["hours"] for a in answers for c in a.blanks["contacts"]):
        answers.append(Answer("utter_contact_bank_holiday", question.kind))
    located = Located(thread.offices, thread.place_name)
    return answers, _remembered(desk, thread, question, located)


def _may_have_other_hours(desk: Desk, question: Question) -> bool:
    """Helpline hours are not known on bank holidays and from 24 December to 2 January (contract, rule 15)."""
    division = division_of(desk.context.nation)
    days = [when.day for when in _whens(desk, question)]
    return any(
        is_bank_holiday(d, division) or (d.month == 12 and d.day >= 24) or (d.month == 1 and d.day <= 2) for d in days
    )


def _answer_foi(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    contacts = [{**c, "label": None} for c in desk.contact("foi-email", "foi-post", "foi-guide")]
    answers = [Answer("utter_foi", question.kind, {"contacts": contacts}, topics=())]
    if FOI_REQUEST.search(question.text):
        answers.append(Answer("utter_foi_request", question.kind, handoff=HandoffReason.FOI_REQUEST))
    return answers, replace(thread, pending=None)


def _answer_case(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    return [
        Answer(
            "utter_individual_case",
            question.kind,
            {"contacts": _case_contacts(desk, question)},
            topics=question.topics[:1],
        )
    ], replace(thread, pending=None)


def _case_contacts(desk: Desk, question: Question) -> list[dict[str, Any]]:
    if not question.topics:
        return desk.contact(UC_LINE, CONTACT_PAGE)
    return desk.contacts_for(question.topics[0], _nation_of(desk, question), at_most=2)


def _case_beside(desk: Desk, question: Question) -> Answer:
    blanks = {"contacts": _case_contacts(desk, question)}
    return Answer("utter_individual_case_beside", question.kind, blanks, topics=question.topics[:1])


def _northern_ireland(desk: Desk) -> Answer:
    return Answer(
        "utter_northern_ireland", Kind.OTHER_SERVICE, {"link": desk.link("ni-offices")}, topics=("northern_ireland",)
    )


def crisis_answers(desk: Desk, kind: Kind, reason: HandoffReason = HandoffReason.CRISIS) -> list[Answer]:
    """Help first: what serves the whole UK, then the nation's own lines, or each nation's where it is not known."""
    nation = desk.context.nation if desk.context.account else None
    rows = [row for row in desk.work.contacts.find(topic=kind.value) if row.say == "say" and row.value != "999"]
    everywhere = [row for row in rows if len(row.nations) == len(Nation)]
    # 999 stands in the text itself, whatever the directory holds.
    answers = [Answer(f"utter_{kind.value}", kind, {"contacts": blanks_of(everywhere)}, handoff=reason)]
    for one in Nation if nation is None else (nation,):
        own = blanks_of(row for row in rows if row not in everywhere and one.value in row.nations)
        if own:
            answers.append(Answer(f"utter_{kind.value}_{one.value}", kind, {"contacts": own}))
    if not _people(desk).is_open_at(desk.now):
        answers.append(Answer("utter_crisis_nobody_reading", kind))
    return answers


def _answer_crisis(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    return crisis_answers(desk, question.kind), thread


def threat_answers() -> list[Answer]:
    return [Answer("utter_threat", Kind.ABUSE, handoff=HandoffReason.THREAT)]


def _people(desk: Desk) -> PeopleHours:
    return PeopleHours(division_of(desk.context.nation))


def _people_week(people: PeopleHours) -> list[list[list[str]]]:
    """The `people_hours` blank: Monday to Friday."""
    span = [people.opens_at.isoformat("minutes"), people.closes_at.isoformat("minutes")]
    return [[span]] * 5 + [[], []]


def _handoff(desk: Desk, reason: HandoffReason) -> Answer:
    """Says when people answer, truly."""
    people = _people(desk)
    if people.is_open_at(desk.now):
        return Answer("utter_handoff_open", Kind.HANDOFF, {"people_hours": _people_week(people)}, handoff=reason)
    return Answer(
        "utter_handoff_closed", Kind.HANDOFF, {"next": people.next_open(desk.now).isoformat()}, handoff=reason
    )


def _answer_handoff(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    if ON_A_CLAIM.search(question.text) and not thread.claims_told:
        pending = Pending(Asks.CONFIRM.value, Kind.HANDOFF, desk.now)
        told = Answer(
            "utter_handoff_claim",
            Kind.HANDOFF,
            {"contacts": _case_contacts(desk, question)},
            topics=question.topics[:1],
            asks=Asks.CONFIRM,
        )
        return [told], replace(thread, pending=pending, claims_told=True)
    return [_handoff(desk, HandoffReason.ASKED)], replace(thread, pending=None)


def emergency_answers(desk: Desk) -> tuple[Answer, ...]:
    """Help for the risks of the turn and nothing else."""
    return _framed(desk, Reply(_crisis_first(desk, ()), Thread(introduced=True))).answers


def failure_answers(desk: Desk) -> tuple[Answer, ...]:
    """Something went wrong inside: help in a crisis all the same, sorry, and people will look."""
    told = emergency_answers(desk) if desk.context.risks else ()
    sorry = [
        Answer("utter_failure", Kind.UNCLEAR, handoff=HandoffReason.FAILURE),
        Answer("utter_people_next", Kind.UNCLEAR, {"next": _people(desk).next_open(desk.now).isoformat()}),
    ]
    return told or _framed(desk, Reply(tuple(sorry), Thread(introduced=True))).answers


_SIGNPOSTS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.BENEFIT_INFO: ("utter_benefit_info", ("dwp-org-page",)),
    Kind.DATA_REQUEST: ("utter_data_request", ("sar",)),
    Kind.COMPLAINT: ("utter_complaint", ("complaint",)),
    Kind.FEEDBACK: ("utter_feedback", ()),
    Kind.WRONG_INFORMATION: ("utter_wrong_information", ()),
    Kind.PRESS: ("utter_press", ("press-office",)),
    Kind.JOBS: ("utter_jobs", ("find-a-job", "ncs-web")),
    Kind.ABOUT: ("utter_about", ()),
    Kind.LANGUAGE: ("utter_language", ()),
    Kind.OTHER_SERVICE: ("utter_other_service", ("council",)),
    Kind.SCAM: ("utter_scam", ("scam-text", "scam-email")),
    Kind.POLITICS: ("utter_politics", ()),
    Kind.ABUSE: ("utter_insult", ()),
    Kind.STOP: ("utter_stopped", ()),
    Kind.GREETING: ("utter_greet", ()),
    Kind.THANKS: ("utter_thanks", ()),
    Kind.GOODBYE: ("utter_goodbye", ()),
    Kind.OFF_TOPIC: ("utter_off_topic", ()),
}
_RAISES = {Kind.WRONG_INFORMATION: HandoffReason.WRONG_INFORMATION}


def _signpost(desk: Desk, question: Question) -> list[Answer]:
    response, ids = _SIGNPOSTS.get(question.kind, ("utter_unclear", ()))
    blanks: dict[str, Any] = {"contacts": desk.contact(*ids)}
    if question.kind is Kind.ABOUT:
        blanks["people_hours"] = _people_week(_people(desk))
    return [Answer(response, question.kind, blanks, topics=question.topics[:1], handoff=_RAISES.get(question.kind))]


def _answer_unclear(desk: Desk, question: Question, thread: Thread) -> tuple[list[Answer], Thread]:
    reply = _unclear(desk, thread)
    return list(reply.answers), reply.thread


Answerer = Callable[[Desk, Question, Thread], tuple[list[Answer], Thread]]
_ANSWERERS: dict[Kind, Answerer] = {
    Kind.OFFICE_OPEN: _answer_opening,
    Kind.OFFICE_HOURS: _answer_hours,
    Kind.OFFICE_CLOSURES: _answer_closures,
    Kind.OFFICE_FIND: _answer_find,
    Kind.OFFICE_CONTACT: _answer_office_contact,
    Kind.OFFICE_FACILITIES: _answer_facilities,
    Kind.CLOSURE_APPOINTMENT: _answer_appointment,
    Kind.CONTACT_DWP: _answer_contact,
    Kind.FOI: _answer_foi,
    Kind.INDIVIDUAL_CASE: _answer_case,
    Kind.CRISIS_LIFE: _answer_crisis,
    Kind.CRISIS_ABUSE: _answer_crisis,
    Kind.CRISIS_HARDSHIP: _answer_crisis,
    Kind.HANDOFF: _answer_handoff,
    Kind.UNCLEAR: _answer_unclear,
}
