"""How times, numbers and states are told to staff, in GOV.UK style."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Effect
from bot.jobcentre.hours import DAY_MINUTES, OpeningHours, Spans, clock_text
from bot.jobcentre.office import Nation
from bot.jobcentre.personal_data import split_removed

CAUSES = {
    Cause.WEATHER: "bad weather",
    Cause.FLOOD: "flooding",
    Cause.FIRE: "a fire",
    Cause.POWER: "a power cut",
    Cause.HEATING: "a heating problem",
    Cause.WATER: "a water problem",
    Cause.TECHNICAL: "a technical problem",
    Cause.MAINTENANCE: "maintenance",
    Cause.CONSTRUCTION: "building work",
    Cause.STRIKE: "a strike",
    Cause.STAFFING: "staffing",
    Cause.TRAINING: "staff training",
    Cause.POLICE: "a police matter",
    Cause.SAFETY: "a safety matter",
    Cause.MEDICAL: "a medical emergency",
    Cause.HOLIDAY: "a holiday",
    Cause.OTHER: "another reason",
}
EFFECTS = {
    Effect.CLOSED: "Closed",
    Effect.LATE_OPENING: "Opens late",
    Effect.EARLY_CLOSING: "Closes early",
    Effect.REDUCED_HOURS: "Shorter hours",
    Effect.PHONE_ONLY: "By phone only",
    Effect.APPOINTMENTS_ONLY: "Appointments only",
    Effect.URGENT_ONLY: "Urgent help only",
    Effect.ACCESS_PROBLEM: "Hard to get into",
    Effect.MOVED: "Moved",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock(moment: datetime | time) -> str:
    """9am, 5:30pm, midday, midnight; in London."""
    at = moment.astimezone(LONDON).time() if isinstance(moment, datetime) else moment
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day(moment: datetime | date) -> str:
    """20 November 2026; in London."""
    on = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
    return f"{on.day} {on:%B %Y}"


def typed_day(text: str) -> str:
    """2026-09-25 as 25 September 2026; other words as they are."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def weekday(moment: datetime | date) -> str:
    """Friday 20 November."""
    on = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
    return f"{on:%A} {on.day} {on:%B}"


def moment(at: datetime) -> str:
    """20 November 2026, 7:31am."""
    return f"{day(at)}, {clock(at)}"


def near(at: datetime, now: datetime) -> str:
    """7:31am today; 9am tomorrow; Friday 20 November, 7:31am."""
    days = (at.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    return f"{clock(at)} {named}" if named else f"{weekday(at)}, {clock(at)}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """One office, 2 offices."""
    return f"{'one' if number == 1 else format(number, ',')} {noun if number == 1 else plural or noun + 's'}"


def minutes(since_midnight: int) -> str:
    return clock(time.fromisoformat(clock_text(since_midnight % DAY_MINUTES)))


def spans(open_spans: Spans) -> str:
    """9am to 12:30pm and 1:30pm to 5pm; closed where there are none."""
    return " and ".join(f"{minutes(one.opens_at)} to {minutes(one.closes_at)}" for one in open_spans) or "closed"


def week(hours: OpeningHours) -> str:
    """Monday to Friday 9am to 5pm; Saturday 10am to 1pm. Days without hours are left out."""
    runs: list[tuple[int, int]] = []
    for number, open_spans in enumerate(hours.week):
        if runs and runs[-1][1] == number - 1 and hours.week[runs[-1][0]] == open_spans:
            runs[-1] = (runs[-1][0], number)
        elif open_spans:
            runs.append((number, number))
    named = [(_DAYS[a] if a == b else f"{_DAYS[a]} to {_DAYS[b]}", spans(hours.week[a])) for a, b in runs]
    return "; ".join(f"{days} {times}" for days, times in named) or "closed every day"


def nation(found: Nation) -> str:
    """Northern Ireland."""
    return found.value.replace("_", " ").title()


FILTERS: dict[str, Callable[..., Any]] = {
    "clock": clock,
    "day": day,
    "typed_day": typed_day,
    "weekday": weekday,
    "moment": moment,
    "near": near,
    "counted": counted,
    "minutes": minutes,
    "spans": spans,
    "week": week,
    "nation": nation,
    "removed": split_removed,
    "cause": lambda cause: CAUSES[cause],
    "effect": lambda effect: EFFECTS[effect],
}
