"""Answers about offices: open or not, hours, closures, where, how to reach them, what is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.asked import ELSEWHERE
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure, Watch
from bot.jobcentre.gazetteer import NearOffice, PlaceKind, PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.office import Office, OfficeStatus
from bot.jobcentre.opening import OpeningState
from bot.jobcentre.question import Question, Thread, When, now_of
from bot.jobcentre.telling import (
    Telling,
    is_before_opening,
    is_told,
    office_blank,
    state_when,
    tell,
    tell_days,
    tell_notice,
    tell_together,
    tell_week,
)
from bot.jobcentre.words import AS_ALWAYS, FACILITIES, NEAREST, OF_A_DISRUPTION
from bot.services.desk import OFFER_AT_MOST, Desk, Located, unlocated

TELL_AT_MOST = 5
"""Ways of standing told apart in one reply; with more, the assistant asks which office."""
NOTICES_AT_MOST = 6
NEAR_AT_MOST = 3
"""Other offices that are offered in place of one."""
CLOSURES_AHEAD = timedelta(days=7)
"""How far ahead "any closures?" looks where no day is named."""

Answered = tuple[list[Answer], Thread]


def answer_opening(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Whether offices are open, at a time or over days."""
    located = desk.located(question)
    whens = _whens(desk, question, located)
    if located.missing:
        return unlocated(located, question.kind), thread
    if not located.offices:
        return desk.asking_office(question, (), whens, thread)
    together = _told(desk, question.kind, located, whens)
    if _is_of_one_of(question, together):
        return desk.asking_office(question, located.offices, whens, thread)
    if sum(1 for answer in together if "office" in answer.blanks and answer.opening) > TELL_AT_MOST * len(whens):
        return desk.asking_office(question, located.offices, whens, thread)
    answers = [*_nearest_is(desk, located, question.kind), *together]
    return answers, desk.remembered(thread, question, located, whens)


def _whens(desk: Desk, question: Question, located: Located) -> tuple[When, ...]:
    """When is asked about. "Is it shut with this snow" and "is it open as normal", before it opens, ask of the day and
    not of the moment."""
    whens = desk.whens(question)
    is_of_day = OF_A_DISRUPTION.search(question.message) or AS_ALWAYS.search(question.text)
    if not whens[0].is_now or any(day.now for day in question.days) or not is_of_day:
        return whens
    is_early = any(is_before_opening(facts, desk.now) for facts in desk.facts(located.offices, whens))
    return (When(whens[0].day),) if is_early else whens


def _is_of_one_of(question: Question, told: Sequence[Answer]) -> bool:
    """Whether the name is of several places, of which one must be meant, and it matters which."""
    is_shared = len(question.places) == 1 and question.places[0].ambiguous
    return is_shared and len({answer.opening for answer in told if answer.opening}) > 1


def _told(desk: Desk, kind: Kind, located: Located, whens: Sequence[When]) -> tuple[Answer, ...]:
    facts = desk.facts(located.offices, whens)
    if len(whens) > 1:
        tellings = [_pointed(desk, tell_days(f, whens, desk.now, kind)) for f in facts]
    else:
        tellings = [_pointed(desk, tell(f, whens[0], desk.now, kind)) for f in facts]
    odd_first = kind is Kind.OFFICE_CLOSURES
    return tell_together(tellings, place=located.place, is_ours=located.is_ours, odd_first=odd_first)


def _pointed(desk: Desk, telling: Telling) -> Telling:
    """With the office to use instead, where this one is gone or moved for a time."""
    moved_to = telling.answers[0].blanks.get("moved_to")
    if moved_to:
        return _with_successor(telling, desk.gazetteer.office(moved_to))
    if telling.office.status not in (OfficeStatus.CLOSED, OfficeStatus.MOVED):
        return telling
    kind = telling.answers[0].kind
    instead = desk.successor(telling.office)
    if instead is None:
        return replace(telling, answers=(*telling.answers, Answer("utter_office_go_instead_unknown", kind)))
    return _with_successor(telling, instead)


def _with_successor(telling: Telling, instead: Office) -> Telling:
    first, *rest = telling.answers
    blanks = {"other": office_blank([instead]), "addresses": [_address(instead)]}
    go = Answer("utter_office_go_instead", first.kind, blanks, (instead.id,))
    return replace(telling, answers=(first, go, *rest))


def _nearest_is(desk: Desk, located: Located, kind: Kind) -> list[Answer]:
    if located.near is None:
        return []
    office = desk.gazetteer.office(located.offices[0])
    blanks = {"place": located.near.name, "addresses": [_address(office, located.near.nearest[0])]}
    return [Answer("utter_nearest_is", kind, blanks)]


def answer_hours(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Weekly hours and what differs soon; of a day, where one is named."""
    if any(day.weekly is None and not day.now for day in question.days) or question.whens:
        return answer_opening(desk, question, thread)
    located = desk.located(question)
    if located.missing:
        return unlocated(located, question.kind), thread
    if not located.offices:
        return desk.asking_office(question, (), (), thread)
    tellings = [_pointed(desk, tell_week(f, desk.now)) for f in desk.facts(located.offices)]
    together = tell_together(tellings, place=located.place, is_ours=located.is_ours)
    if sum(1 for answer in together if answer.opening) > TELL_AT_MOST:
        return desk.asking_office(question, located.offices, (), thread)
    answers = [*_nearest_is(desk, located, question.kind), *together]
    return answers, desk.remembered(thread, question, located)


def answer_closures(desk: Desk, question: Question, thread: Thread) -> Answered:
    """What is closed or disrupted: of an office or a town its opening that day, else the notices in force."""
    located = desk.located(question)
    if located.missing:
        return unlocated(located, question.kind), thread
    is_wide = any(place.kind in (PlaceKind.DISTRICT, PlaceKind.NATION) for place in question.places)
    if located.offices and not located.is_ours and not is_wide and len(located.offices) <= 2 * OFFER_AT_MOST:
        return _closures_of_places(desk, question, located, thread)
    whens = desk.whens(question)
    scope = desk.offices(located.offices) if located.offices else desk.gazetteer.offices()
    running = [office for office in scope if office.is_running]
    start, end = _window(desk, whens)
    notices = [(notice, _offices_in(notice, running)) for notice in _notices(desk, start, end)]
    told = [(notice, offices) for notice, offices in notices if offices]
    remembered = desk.remembered(thread, question, located, desk.days_named(question))
    if not told:
        return [_none_reported(desk, question.kind, located, running, whens[0])], remembered
    return _listed(desk, question.kind, told, whens[0]), remembered


def _closures_of_places(desk: Desk, question: Question, located: Located, thread: Thread) -> Answered:
    whens = desk.days_named(question) or (When(desk.now.astimezone(LONDON).date()),)
    answers = [*_nearest_is(desk, located, question.kind), *_told(desk, question.kind, located, whens)]
    return answers, desk.remembered(thread, question, located, whens)


def _window(desk: Desk, whens: Sequence[When]) -> tuple[datetime, datetime]:
    if whens[0].is_now:
        return desk.now, desk.now + CLOSURES_AHEAD
    days = [when.day for when in whens]
    start, end = (datetime.combine(day, time(0), LONDON) for day in (min(days), max(days) + timedelta(days=1)))
    return start, end


def _notices(desk: Desk, start: datetime, end: datetime) -> list[Closure | Watch]:
    """Closures and watches in force at any time of the window, the first to start first."""
    found: list[Closure | Watch] = [*desk.work.closures.find(start=start, end=end), *desk.draft]
    found += desk.work.closures.find_watches(start=start, end=end)
    return sorted((n for n in found if n.withdrawn_at is None), key=lambda notice: notice.period.start)


def _offices_in(notice: Closure | Watch, offices: Sequence[Office]) -> list[Office]:
    """The offices that it still concerns."""
    settled = notice.confirmed if isinstance(notice, Watch) else ()
    return [office for office in offices if notice.scope.includes(office) and office.id not in settled]


def _listed(desk: Desk, kind: Kind, told: Sequence[tuple[Closure | Watch, list[Office]]], when: When) -> list[Answer]:
    """A line for each notice, and how many offices there are in all."""
    closures = [(n, offices) for n, offices in told if isinstance(n, Closure)]
    closures = sorted(closures, key=lambda pair: -pair[0].effect.strength)[:NOTICES_AT_MOST]
    watches = [(n, offices) for n, offices in told if isinstance(n, Watch)][:NOTICES_AT_MOST]
    answers: list[Answer] = []
    if closures:
        ids = {office.id for _, offices in closures for office in offices}
        blanks: dict[str, Any] = {"count": len(ids), "place": None, "when": _when_blank(desk, when)}
        answers.append(Answer("utter_closures_some", kind, blanks))
    answers += [
        tell_notice(notice, offices, when, desk.now, kind, _state(desk, offices, when)) for notice, offices in closures
    ]
    for watch, offices in watches:
        cause = watch.cause.value if is_told(watch.cause) else None
        blanks = {"office": office_blank(offices), "cause": cause}
        names = tuple(office.id for office in offices)
        answers.append(Answer("utter_closures_watched", kind, blanks, names, _state(desk, offices, when)))
    left = len(told) - len(closures) - len(watches)
    return [*answers, Answer("utter_closures_more", kind, {"count": left})] if left > 0 else answers


def _state(desk: Desk, offices: Sequence[Office], when: When) -> OpeningState | None:
    """How the offices stand when asked, where they stand alike; of many the first few tell."""
    facts = desk.facts([office.id for office in offices[:OFFER_AT_MOST]], [when])
    states = {state_when(f, when, desk.now)[0].state for f in facts}
    return states.pop() if len(states) == 1 else None


def _when_blank(desk: Desk, when: When) -> dict[str, Any]:
    return when.blank(desk.now.astimezone(LONDON).date())


def _none_reported(desk: Desk, kind: Kind, located: Located, offices: Sequence[Office], when: When) -> Answer:
    where = office_blank(offices, place=located.place, all_of=len(offices) > 1) if located.offices else None
    blanks = {
        "where": where,
        "when": _when_blank(desk, when),
        "checked": desk.now.astimezone(LONDON).strftime("%H:%M"),
    }
    return Answer("utter_closures_none", kind, blanks, located.offices[: 2 * OFFER_AT_MOST])


def answer_find(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Where an office is, or the nearest ones."""
    located = desk.located(question)
    if located.missing:
        return unlocated(located, question.kind), thread
    if not located.offices:
        return desk.asking_office(question, (), (), thread)
    if question.matter == ELSEWHERE:
        return _elsewhere(desk, question, thread)
    remembered = desk.remembered(thread, question, located)
    if located.near:
        return _nearest(desk, located.near, question.kind), remembered
    offices = desk.offices(located.offices)
    if any(not office.is_running for office in offices):
        told, told_thread = answer_opening(desk, question, thread)
        return [*told, *_near_gone(desk, offices, question)], told_thread
    if len(offices) == 1:
        return _address_of(offices[0], question.kind), remembered
    return _list_of(offices, located, question.kind), remembered


def _near_gone(desk: Desk, offices: Sequence[Office], question: Question) -> list[Answer]:
    """The offices nearest to one that is gone, where nobody knows which took its place and the nearest is asked for."""
    office = offices[0]
    if len(offices) > 1 or desk.successor(office) or office.point is None or not NEAREST.search(question.text):
        return []
    near = desk.gazetteer.nearest(office.point, NEAR_AT_MOST)
    addresses = [_address(desk.gazetteer.office(other.office_id), other) for other in near]
    blanks = {"place": office.name, "addresses": addresses}
    ids = tuple(other.office_id for other in near)
    return [Answer("utter_offices_nearest", question.kind, blanks, ids)]


def _elsewhere(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The offices nearest to the one spoken of, and whether they are open when that one was asked about."""
    office = desk.gazetteer.office(question.offices[0])
    found = desk.gazetteer.nearest(office.point, NEAR_AT_MOST + 1) if office.point else ()
    near = [other for other in found if other.office_id != office.id][:NEAR_AT_MOST]
    if not near:
        return desk.asking_office(question, (), (), thread)
    located, whens = Located(tuple(other.office_id for other in near)), desk.whens(question)
    addresses = [_address(desk.gazetteer.office(other.office_id), other) for other in near]
    blanks = {"place": office.name, "addresses": addresses}
    nearest = Answer("utter_offices_nearest", question.kind, blanks, located.offices)
    return [nearest, *_told(desk, Kind.OFFICE_OPEN, located, whens)], desk.remembered(thread, question, located, whens)


def _list_of(offices: Sequence[Office], located: Located, kind: Kind) -> list[Answer]:
    shown = offices[:OFFER_AT_MOST]
    blanks = {
        "place": located.place,
        "total": len(offices),
        "addresses": [_address(office) for office in shown],
    }
    answers = [Answer("utter_offices_list", kind, blanks, tuple(office.id for office in shown))]
    if len(offices) > len(shown):
        answers.append(Answer("utter_offices_list_more", kind, {"total": len(offices)}, asks=Asks.OFFICE))
    return answers


def _nearest(desk: Desk, place: PlaceMention, kind: Kind) -> list[Answer]:
    addresses = [_address(desk.gazetteer.office(near.office_id), near) for near in place.nearest]
    ids = tuple(near.office_id for near in place.nearest)
    blanks = {"place": place.name, "addresses": addresses}
    return [Answer("utter_offices_nearest", kind, blanks, ids), Answer("utter_office_serves", kind)]


def _address_of(office: Office, kind: Kind) -> list[Answer]:
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


def answer_contact(desk: Desk, question: Question, thread: Thread) -> Answered:
    """An office's own phone where one is certain, else the ways that are."""
    located = desk.located(question)
    if located.missing:
        return unlocated(located, question.kind), thread
    offices = desk.offices(located.offices)
    if located.offices and not any(office.is_running for office in offices):
        return answer_opening(desk, question, thread)
    remembered = desk.remembered(thread, question, located)
    if len(offices) == 1 and offices[0].phone:
        blanks = {"office": office_blank(offices), "phone": offices[0].phone}
        return [Answer("utter_office_contact", question.kind, blanks, located.offices)], remembered
    line: dict[str, Any] = {"contacts": desk.credit_line()}
    is_whole = len(offices) > OFFER_AT_MOST
    is_told = not is_whole or (located.place and not any(office.phone for office in offices))
    if not offices or not is_told:
        return [Answer("utter_office_contact_any", question.kind, line)], remembered
    blanks = {**line, "office": office_blank(offices, place=located.place, all_of=is_whole)}
    return [Answer("utter_office_contact_none", question.kind, blanks, located.offices)], remembered


def answer_facilities(desk: Desk, question: Question, thread: Thread) -> Answered:
    """What the database holds of what is there, else how to find out."""
    if find_matter(Kind.OFFICE_FACILITIES, question.text) == "companion":  # the same at every office
        return _company(desk, question, thread)
    located = desk.located(question)
    if located.missing:
        return unlocated(located, question.kind), thread
    if not located.offices:
        return desk.asking_office(question, (), (), thread)
    offices = desk.offices(located.offices)
    if not any(office.is_running for office in offices):
        return answer_opening(desk, question, thread)
    asked = [name for name, pattern in FACILITIES.items() if pattern.search(question.text)]
    shared = [f for f in offices[0].facilities if all(f in office.facilities for office in offices)]
    told = [facility for facility in shared if facility in asked or not asked]
    whole = len(offices) > 1 and (located.place is not None or located.is_ours)
    blank = office_blank(offices, place=located.place, all_of=whole)
    answers = []
    if told:
        blanks = {"office": blank, "facilities": told}
        answers.append(Answer("utter_office_facilities", question.kind, blanks, located.offices))
    if not asked or set(asked) - set(told):
        answers.append(Answer("utter_office_facilities_unknown", question.kind, {"office": blank}, located.offices))
    answers += _difficulties(desk, located.offices)
    return answers, desk.remembered(thread, question, located)


def _company(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Who may come along: at the office spoken of, where there is one."""
    line: dict[str, Any] = {"contacts": desk.credit_line()}
    located = desk.located(question)
    if len(located.offices) != 1 or located.near:
        general = Answer("utter_visit_companion", question.kind, line)
        return [general], desk.remembered(thread, question, Located(thread.offices, thread.place_name))
    blanks = {**line, "office": office_blank(desk.offices(located.offices))}
    there = Answer("utter_visit_companion_at", question.kind, blanks, located.offices)
    return [there], desk.remembered(thread, question, located)


def _difficulties(desk: Desk, ids: Sequence[str]) -> list[Answer]:
    """Access problems now: whoever asks what is there needs to know of them."""
    now = now_of(desk.now)
    out: list[Answer] = []
    for facts in desk.facts(ids):
        told = tell(facts, now, desk.now, Kind.OFFICE_FACILITIES).answers
        if any(given.response.startswith("utter_office_access") for given in told):
            named = {"office": office_blank([facts.office])}
            out += [replace(given, blanks={**given.blanks, **named}) for given in told if given.response in _ACCESS]
    return out


_ACCESS = ("utter_office_access_cause", "utter_office_access_no_cause", "utter_office_message")


def answer_appointment(desk: Desk, question: Question, thread: Thread) -> Answered:
    """The office's state then, and what to do about an appointment: never a promise (facts 3.1 to 3.3)."""
    answers, thread = answer_opening(desk, question, thread)
    if any(answer.asks for answer in answers):
        return [*_in_general(desk, question), *answers], thread
    states = {answer.opening for answer in answers if answer.opening}
    names = {
        frozenset({OpeningState.OPEN}): "utter_appointment_open",
        frozenset({OpeningState.CLOSED}): "utter_appointment_closed",
    }
    name = names.get(frozenset(state for state in states if state), "utter_appointment_unknown")
    return [*answers, Answer(name, question.kind, {"contacts": desk.credit_line()})], thread


def _in_general(desk: Desk, question: Question) -> list[Answer]:
    """What holds anywhere, for "what happens if it is closed?" """
    if not _WHAT_IF.search(question.text):
        return []
    return [Answer("utter_appointment_unknown", question.kind, {"contacts": desk.credit_line()})]


_WHAT_IF = re.compile(r"\b(?:if|when|what happens|os|pan|beth sy)\b", re.IGNORECASE)
