"""How to tell whether offices are open: from facts to Answers, the same words for all offices that stand alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.calendar import LONDON, SpecialDay
from bot.jobcentre.closure import Cause, Closure, Effect
from bot.jobcentre.hours import Certainty, Spans, clock_text, minutes_of
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Office
from bot.jobcentre.opening import (
    DayOpening,
    OfficeFacts,
    Opening,
    OpeningState,
    Reason,
    may_differ,
    next_opening,
    opening_at,
    opening_on,
)
from bot.jobcentre.place_names import welsh_name
from bot.jobcentre.question import When

DIFFERENCES_AHEAD = timedelta(days=14)
"""How far ahead an answer about weekly hours looks for days that differ."""
DIFFERENCES_AT_MOST = 3


CONFIRMED = "utter_office_open_confirmed"
NAMED_AT_MOST = 4
"""Offices named in one sentence; more are counted."""


@dataclass(frozen=True)
class Telling:
    """What to say of one office: Answers without its name, which `tell_together` fills in."""

    office: Office
    answers: tuple[Answer, ...]


def office_blank(
    offices: Sequence[Office], *, place: str | None = None, all_of: bool = False, of: int | None = None
) -> dict[str, Any]:
    """The `office` blank of an Answer. `all_of`: they are all of the place's; `of`: so many are."""
    return {
        "names": [office.name for office in offices],
        "names_cy": [office.name_cy or welsh_name(office.name) for office in offices],
        "place": place,
        "place_cy": welsh_name(place) if place else None,
        "all": all_of,
        "total": len(offices),
        "of": of,
    }


def state_when(facts: OfficeFacts, when: When, now: datetime) -> tuple[Opening, DayOpening]:
    """How the office stands at the time asked about, and over that whole day."""
    day = opening_on(facts, when.day)
    if when.is_now:
        return opening_at(facts, now), day
    if when.is_day_alone:
        return day.lead, day
    window = _window(when)
    if window is None:
        return opening_at(facts, when.moment(now)), day
    inside = [s.opening for s in day.stretches if s.span.opens_at < window[1] and window[0] < s.span.closes_at]
    weights = [OpeningState.CLOSED, OpeningState.UNKNOWN, OpeningState.LIMITED, OpeningState.OPEN]
    return max(inside, key=lambda opening: weights.index(opening.state)), day


def _window(when: When) -> tuple[int, int] | None:
    """The minutes of the day asked about, where that is a part of the day and not a moment."""
    if when.relation == "before" and when.clock:
        return 0, max(1, minutes_of(when.clock))
    if when.relation == "until" and when.clock:
        return max(0, minutes_of(when.clock) - 1), max(1, minutes_of(when.clock))
    if when.until and (when.clock is None or when.clock < when.until):
        return minutes_of(when.clock or time(0)), max(minutes_of(when.until), 1)
    return None


def tell(facts: OfficeFacts, when: When, now: datetime, kind: Kind) -> Telling:
    """Whether one office is open when asked, why, and what comes next."""
    opening, day = state_when(facts, when, now)
    if when.is_now and _is_before_an_odd_day(opening, day, now):
        return tell(facts, When(when.day), now, kind)
    today = now.astimezone(LONDON).date()
    # "Open until six?" asks about the minute before: what is shut then is shut at six, not until six.
    asked = (
        replace(when, relation="at") if when.relation == "until" and opening.state is not OpeningState.OPEN else when
    )
    blanks = {
        "when": asked.blank(today),
        "day": {"day": when.day.isoformat(), "today": today.isoformat()},
        "today": today.isoformat(),
        "hours": hours_blank(day.spans()),
        "checked": now.astimezone(LONDON).strftime("%H:%M"),
    }
    first = Answer(
        _response(opening, day, now),
        kind,
        {**blanks, **_why(opening, day, now)},
        (facts.office.id,),
        opening.state,
        when.moment(now),
    )
    follows = _follows(facts, opening, day, when, now, first)
    return Telling(facts.office, (first, *follows))


def _is_before_an_odd_day(opening: Opening, day: DayOpening, now: datetime) -> bool:
    """Whether it is before opening on a day that differs: who asks at 8am "are you open" means that day."""
    return any(o.reason in _ODD or o.state is OpeningState.LIMITED for o in _to_come(opening, day, now))


def is_before_opening(facts: OfficeFacts, now: datetime) -> bool:
    """Whether the office has yet to open today."""
    return bool(_to_come(opening_at(facts, now), opening_on(facts, now.astimezone(LONDON).date()), now))


def _to_come(opening: Opening, day: DayOpening, now: datetime) -> list[Opening]:
    """How it will stand in the hours of today, where they have not begun."""
    if opening.reason is not Reason.HOURS or opening.state is not OpeningState.CLOSED:
        return []
    minute = minutes_of(now.astimezone(LONDON).time())
    return [s.opening for s in day.stretches if s.in_hours and s.span.opens_at > minute]


_ODD = (Reason.CLOSURE, Reason.WATCH, Reason.HOLIDAY_UNSAID, Reason.CLOSING_UNSAID)


def tell_together(
    tellings: Sequence[Telling], *, place: str | None = None, is_ours: bool = False, odd_first: bool = False
) -> tuple[Answer, ...]:
    """The tellings with names, offices that stand alike told in one breath: most first, those that differ by name.

    `place` names the town whose offices they all are; `is_ours`, that they are the account's. `odd_first`: what is shut
    comes first and what is simply open last, where that was the question.
    """
    groups: dict[tuple[Any, ...], list[Telling]] = {}
    for telling in tellings:
        groups.setdefault(_likeness(telling), []).append(telling)
    is_whole = place is not None or is_ours
    out: list[Answer] = []
    for group in sorted(groups.values(), key=lambda g: (odd_first and _oddness(g[0]), -len(g))):
        offices = [telling.office for telling in group]
        all_of = is_whole and 1 < len(offices) == len(tellings)
        part_of = len(tellings) if is_whole and NAMED_AT_MOST < len(offices) < len(tellings) else None
        blank = office_blank(offices, place=place, all_of=all_of, of=part_of)
        out += [_named(answer, blank, offices) for answer in group[0].answers]
    return tuple(out)


_FROM_SHUT = (OpeningState.CLOSED, OpeningState.LIMITED, OpeningState.UNKNOWN, OpeningState.OPEN, None)


def _oddness(telling: Telling) -> tuple[bool, int]:
    """Its rank among those that are told apart: shut, limited, not known, open at other times, open as always."""
    first = telling.answers[0]
    is_plain = first.opening is OpeningState.OPEN and first.response.startswith("utter_office_open")
    return is_plain, _FROM_SHUT.index(first.opening)


def _likeness(telling: Telling) -> tuple[Any, ...]:
    return tuple((answer.response, repr(sorted(answer.blanks.items()))) for answer in telling.answers)


def _named(answer: Answer, blank: dict[str, Any], offices: Sequence[Office]) -> Answer:
    ids = answer.offices if "other" in answer.blanks else tuple(office.id for office in offices)
    return replace(answer, blanks={**answer.blanks, "office": blank}, offices=ids if answer.offices else ())


def hours_blank(spans: Spans) -> list[list[str]]:
    return [[clock_text(span.opens_at), clock_text(span.closes_at)] for span in spans]


def _why(opening: Opening, day: DayOpening, now: datetime) -> dict[str, Any]:
    """The blanks that give the reason."""
    blanks: dict[str, Any] = {}
    closure = opening.closure or _cutting(day)
    if closure:
        blanks["cause"] = closure.cause.value
    if closure and closure.moved_to:
        blanks["moved_to"] = closure.moved_to
    if opening.watch:
        blanks["cause"] = opening.watch.cause.value
        blanks["since"] = _iso(min(opening.watch.published_at, now))
    if opening.day:
        blanks["holiday"] = holiday_blank(opening.day)
    if opening.confirmed_at and _response(opening, day, now) == CONFIRMED:
        blanks["confirmed"] = _iso(min(opening.confirmed_at, now))
    if opening.reason is Reason.CLOSING_UNSAID or _closing_unsaid(day):
        spans = day.spans()
        blanks["opens"] = clock_text(spans[0].opens_at) if spans else None
    return blanks


def holiday_blank(day: SpecialDay) -> dict[str, str]:
    return {"title": day.title, "title_cy": day.title_cy or day.title}


def _response(opening: Opening, day: DayOpening, now: datetime) -> str:
    if opening.state is OpeningState.OPEN:
        return _open_response(opening, day, now)
    if opening.state is OpeningState.LIMITED and opening.closure:
        return _with_cause(f"utter_office_{opening.closure.effect.value}", opening.closure)
    if opening.state is OpeningState.UNKNOWN:
        return _unknown_response(opening, day)
    return _closed_response(opening, day)


def _open_response(opening: Opening, day: DayOpening, now: datetime) -> str:
    cut = _cutting(day)
    if cut:
        return _with_cause("utter_office_cut", cut)
    if _closing_unsaid(day):
        return "utter_office_closing_unsaid"
    local = now.astimezone(LONDON)
    if opening.confirmed_at and day.day == local.date() == opening.confirmed_at.astimezone(LONDON).date():
        return CONFIRMED
    return "utter_office_open_usual" if opening.certainty is Certainty.USUAL else "utter_office_open"


def _unknown_response(opening: Opening, day: DayOpening) -> str:
    if opening.reason is Reason.WATCH and opening.watch:
        told = is_told(opening.watch.cause)
        return "utter_office_unknown_watch" if told else "utter_office_unknown_watch_no_cause"
    if opening.reason is Reason.CLOSING_UNSAID:
        return "utter_office_closing_unsaid"
    return {
        Reason.HOLIDAY_UNSAID: "utter_office_unknown_holiday",
        Reason.ADDRESS_UNSURE: "utter_office_unknown_address",
    }.get(opening.reason, "utter_office_unknown_hours")


def _closed_response(opening: Opening, day: DayOpening) -> str:
    if opening.reason is Reason.CLOSURE and opening.closure:
        shut = opening.closure.effect.shuts and not day.spans()
        return _with_cause("utter_office_closed" if shut else "utter_office_cut_closed", opening.closure)
    settled = {
        Reason.SHUT_FOR_GOOD: "utter_office_shut_for_good",
        Reason.MOVED: "utter_office_moved",
        Reason.HOLIDAY: "utter_office_closed_holiday",
    }.get(opening.reason)
    if settled:
        return settled
    usual = "_usual" if opening.certainty is Certainty.USUAL else ""
    return f"utter_office_closed_hours{usual}" if day.spans() else f"utter_office_closed_day{usual}"


def _with_cause(response: str, closure: Closure) -> str:
    return f"{response}_cause" if is_told(closure.cause) else f"{response}_no_cause"


def is_told(cause: Cause) -> bool:
    """Whether the public is told the cause (contract, staff commands)."""
    return not cause.is_private and cause is not Cause.OTHER


def _cutting(day: DayOpening) -> Closure | None:
    """The closure that shortens a day on which the office does open."""
    cuts = (s.opening for s in day.stretches if s.in_hours and s.opening.reason is Reason.CLOSURE)
    shut = (o for o in cuts if o.state is OpeningState.CLOSED)
    return next((o.closure for o in shut), None) if day.is_shortened else None


def _closing_unsaid(day: DayOpening) -> bool:
    return any(s.opening.reason is Reason.CLOSING_UNSAID for s in day.stretches)


def _follows(
    facts: OfficeFacts, opening: Opening, day: DayOpening, when: When, now: datetime, first: Answer
) -> list[Answer]:
    """What is worth saying after the first sentence."""
    kind, today = first.kind, first.blanks["today"]
    closure = opening.closure
    out: list[Answer] = []
    if closure and closure.effect is Effect.PHONE_ONLY and facts.office.phone:
        out.append(Answer("utter_office_phone", kind, {"phone": facts.office.phone}))
    if closure and closure.effect.limits:
        out += _until(closure, kind, now)
    if opening.state is OpeningState.CLOSED and not when.is_past:
        out += _next(facts, opening, when, now, kind)
    out += [
        Answer(_with_cause("utter_office_access", c), kind, {"cause": c.cause.value})
        for c in opening.also
        if c.effect is Effect.ACCESS_PROBLEM and opening.state is not OpeningState.CLOSED
    ]
    leading = closure or (_cutting(day) if not when.is_past else None)
    told = [c for c in (leading, *opening.also) if c is not None and (c is leading or _bears(c, opening))]
    out += [_message(c, kind) for c in dict.fromkeys(told) if c.message or c.message_cy]
    if opening.state is OpeningState.UNKNOWN and opening.reason not in (Reason.CLOSING_UNSAID, Reason.WATCH):
        out.append(Answer("utter_find_out", kind))
    return [replace(answer, blanks={"today": today, **answer.blanks}) for answer in out]


def _bears(closure: Closure, opening: Opening) -> bool:
    """Whether a further closure matters to somebody who would find the office in this state."""
    return opening.state is not OpeningState.CLOSED or closure.effect.shuts


def _message(closure: Closure, kind: Kind) -> Answer:
    return Answer("utter_office_message", kind, {"message": {"en": closure.message, "cy": closure.message_cy}})


def _until(closure: Closure, kind: Kind, now: datetime) -> list[Answer]:
    if closure.period.end is None:
        confirmed = _iso(min(closure.published_at, now))
        return [Answer("utter_office_until_unknown", kind, {"confirmed": confirmed})]
    return [Answer("utter_office_until", kind, {"until": _iso(closure.period.end)})]


def _next(facts: OfficeFacts, opening: Opening, when: When, now: datetime, kind: Kind) -> list[Answer]:
    """When a closed office next opens, as far as that is known."""
    if opening.reason in (Reason.SHUT_FOR_GOOD, Reason.MOVED):
        return []
    if opening.closure and opening.closure.period.end is None:
        return _until(opening.closure, kind, now)
    after = max(when.moment(now), now) if when.day == now.astimezone(LONDON).date() else when.moment(now)
    coming = next_opening(facts, after)
    if coming is None:
        return _until(opening.closure, kind, now) if opening.closure else []
    if coming.state is OpeningState.UNKNOWN and coming.reason is Reason.NO_HOURS:
        return _until(opening.closure, kind, now) if opening.closure else []
    if coming.state is OpeningState.UNKNOWN:
        day = {"day": coming.at.astimezone(LONDON).date().isoformat(), "today": _today(now)}
        return [Answer("utter_office_next_unknown", kind, {"day": day})]
    name = "utter_office_next_open" if coming.state is OpeningState.OPEN else "utter_office_next_limited"
    return [Answer(name, kind, {"next": _iso(coming.at)})]


def _today(now: datetime) -> str:
    return now.astimezone(LONDON).date().isoformat()


def tell_days(facts: OfficeFacts, whens: Sequence[When], now: datetime, kind: Kind) -> Telling:
    """One office over several days: a line for each."""
    first = tell(facts, whens[0], now, kind)
    if first.answers[0].response in ("utter_office_shut_for_good", "utter_office_moved"):
        return first
    lines = [_day_line(facts, when, now, kind) for when in whens]
    usual = any(hours.certainty is Certainty.USUAL for when in whens if (hours := facts.hours_on(when.day)))
    heading = Answer("utter_office_days_usual" if usual else "utter_office_days", kind, {}, (facts.office.id,))
    return Telling(facts.office, (heading, *lines))


def _day_line(facts: OfficeFacts, when: When, now: datetime, kind: Kind) -> Answer:
    opening, day = state_when(facts, when, now)
    closure = opening.closure or _cutting(day)
    uncertain = opening.state is OpeningState.UNKNOWN
    blanks: dict[str, Any] = {
        "day": {"day": when.day.isoformat(), "today": _today(now)},
        "today": _today(now),
        "hours": hours_blank(day.spans()),
        "effect": closure.effect.value if closure else None,
        "cause": closure.cause.value if closure and is_told(closure.cause) else None,
        "holiday": holiday_blank(opening.day) if opening.day and opening.reason is not Reason.CLOSURE else None,
    }
    name = f"utter_day_{'unknown' if uncertain else opening.state.value}"
    if opening.state is OpeningState.OPEN and _closing_unsaid(day):
        name, blanks["opens"] = "utter_day_closing_unsaid", clock_text(day.spans()[0].opens_at)
    return Answer(name, kind, blanks, (), opening.state, when.moment(now))


def tell_notice(
    closure: Closure, offices: Sequence[Office], when: When, now: datetime, kind: Kind, state: OpeningState | None
) -> Answer:
    """One closure as a line of a list."""
    spans = closure.spans
    if closure.effect is Effect.LATE_OPENING or closure.effect is Effect.EARLY_CLOSING:
        spans = ()
    blanks = {
        "office": office_blank(offices),
        "effect": closure.effect.value,
        "cause": closure.cause.value if is_told(closure.cause) else None,
        "hours": hours_blank(spans) if spans else None,
        "until": _iso(closure.period.end) if closure.period.end else None,
        "today": _today(now),
    }
    ids = tuple(office.id for office in offices)
    return Answer("utter_closure_line", kind, blanks, ids, state, when.moment(now))


def _iso(moment: datetime) -> str:
    return moment.astimezone(LONDON).isoformat()


def tell_week(facts: OfficeFacts, now: datetime) -> Telling:
    """The weekly hours of one office, and the days soon that differ."""
    today = now.astimezone(LONDON).date()
    hours = facts.hours_on(today)
    status = tell(facts, When(today), now, Kind.OFFICE_HOURS)
    first = status.answers[0]
    if hours is None or first.opening in (None,) or not facts.office.is_running or _is_unsure(first):
        return status
    usual = "_usual" if hours.certainty is Certainty.USUAL else ""
    week = Answer(
        f"utter_office_week{usual}",
        Kind.OFFICE_HOURS,
        {"week": [hours_blank(spans) for spans in hours.week], "today": today.isoformat()},
        (facts.office.id,),
        first.opening,
        first.at,
    )
    return Telling(facts.office, (week, *_differences(facts, now)))


def _is_unsure(answer: Answer) -> bool:
    return answer.response in ("utter_office_unknown_address",)


def _differences(facts: OfficeFacts, now: datetime) -> Iterable[Answer]:
    """The first few days ahead on which the office does not keep its weekly hours."""
    today = now.astimezone(LONDON).date()
    told: list[Closure | None] = []
    for step in range(DIFFERENCES_AHEAD.days + 1):
        if not may_differ(facts, today + timedelta(days=step)):
            continue
        day = opening_on(facts, today + timedelta(days=step))
        closure = day.lead.closure or _cutting(day)
        answer = _difference(facts, day, today.isoformat())
        if answer is None or len(told) == DIFFERENCES_AT_MOST or (closure and closure in told):
            continue
        yield answer
        if closure and closure.effect.shuts and day.spans():
            continue  # it shuts in the middle of this day: the next day tells the rest
        told.append(closure)
        if closure and (closure.period.end is None or closure.period.overlaps(*_day_after(day))):
            yield from (
                replace(a, blanks={"today": _today(now), **a.blanks}) for a in _until(closure, answer.kind, now)
            )


def _day_after(day: DayOpening) -> tuple[datetime, datetime]:
    start = datetime.combine(day.day + timedelta(days=1), time(0), LONDON)
    return start, start + timedelta(days=1)


def _difference(facts: OfficeFacts, day: DayOpening, today: str) -> Answer | None:
    hours = facts.hours_on(day.day)
    if hours is None or not hours.on(day.day) or (day.spans() == hours.on(day.day) and day.lead.closure is None):
        return None
    blanks: dict[str, Any] = {"day": {"day": day.day.isoformat(), "today": today}, "today": today}
    lead = day.lead
    if lead.day and lead.reason in (Reason.HOLIDAY, Reason.HOLIDAY_UNSAID):
        name = "utter_week_differs" if lead.reason is Reason.HOLIDAY else "utter_week_differs_unknown"
        return Answer(name, Kind.OFFICE_HOURS, {**blanks, "holiday": holiday_blank(lead.day)})
    if lead.state is OpeningState.OPEN and not _closing_unsaid(day):
        blanks |= {"hours": hours_blank(day.spans()), "holiday": None}
        return Answer("utter_week_differs_hours", Kind.OFFICE_HOURS, blanks)
    if lead.reason is Reason.CLOSURE and lead.closure:
        cause = lead.closure.cause
        told = cause.value if is_told(cause) else None
        blanks |= {"cause": told, "effect": lead.closure.effect.value, "hours": None, "until": None}
        return Answer(_response_of(lead.closure), Kind.OFFICE_HOURS, blanks)
    return None


def _response_of(closure: Closure) -> str:
    if not closure.effect.shuts:
        return "utter_week_changes"
    return "utter_week_closure" if closure.period.end else "utter_week_closure_from"
