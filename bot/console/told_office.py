"""How an office stands, as staff read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.console.telling import day as told_day
from bot.console.telling import near, spans
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.opening import OfficeFacts, Opening, OpeningState, Reason, opening_at, opening_on

DAYS_AHEAD = 7
STATES = {
    OpeningState.OPEN: ("Open", "green"),
    OpeningState.CLOSED: ("Closed", "grey"),
    OpeningState.LIMITED: ("Limited", "orange"),
    OpeningState.UNKNOWN: ("Not known", "yellow"),
}
_WHY = {
    Reason.NO_HOURS: "we hold no hours",
    Reason.SHUT_FOR_GOOD: "shut for good",
    Reason.MOVED: "moved",
    Reason.ADDRESS_UNSURE: "perhaps not at this address any more",
    Reason.WATCH: "being watched",
}


@dataclass(frozen=True)
class Standing:
    """A state and what it is owed to."""

    state: str
    colour: str
    """Of GOV.UK's tag."""
    why: str = ""
    closure_id: str = ""
    """Of the closure or the watch that decides."""


@dataclass(frozen=True)
class ToldDay:
    day: date
    standing: Standing
    times: str


def told_now(facts: OfficeFacts, now: datetime) -> tuple[Standing, str]:
    """How it stands, and when that changes."""
    opening = opening_at(facts, now)
    if opening.until is None or opening.then is None:
        return _standing(opening), ""
    return _standing(opening), f"{STATES[opening.then][0]} from {near(opening.until, now)}"


def told_days(facts: OfficeFacts, now: datetime) -> list[ToldDay]:
    """Today and the days after it."""
    today = now.astimezone(LONDON).date()
    found = []
    for number in range(DAYS_AHEAD):
        day = opening_on(facts, today + timedelta(days=number))
        open_spans = day.spans(OpeningState.OPEN, OpeningState.LIMITED)
        times = spans(open_spans) if open_spans else ""
        found.append(ToldDay(day.day, _standing(day.lead, day.state), times))
    return found


def _standing(opening: Opening, state: OpeningState | None = None) -> Standing:
    name, colour = STATES[state or opening.state]
    if opening.closure:
        return Standing(name, "red" if name == "Closed" else colour, "", opening.closure.id)
    if opening.watch and opening.reason is Reason.WATCH:
        return Standing(name, colour, "", opening.watch.id)
    return Standing(name, colour, _why(opening))


def _why(opening: Opening) -> str:
    if opening.day and opening.reason is Reason.HOLIDAY:
        return opening.day.title
    if opening.day and opening.reason is Reason.HOLIDAY_UNSAID:
        return f"{opening.day.title}: nobody has said whether it opens"
    if opening.day and opening.reason is Reason.CLOSING_UNSAID:
        return f"{opening.day.title}: nobody has said until when it opens"
    return _WHY.get(opening.reason, "")


def told_dates(hours: OpeningHours, now: datetime) -> str:
    """ "from 30 November 2026 to 11 December 2026"."""
    today = now.astimezone(LONDON).date()
    parts = []
    if hours.valid_from:
        parts.append(f"{'since' if hours.valid_from <= today else 'from'} {told_day(hours.valid_from)}")
    if hours.valid_to:
        parts.append(f"to {told_day(hours.valid_to)}")
    return " ".join(parts)
