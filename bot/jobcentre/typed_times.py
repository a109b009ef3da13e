"""Dates and times as staff type them: a date or a date-time, in London where it gives no offset."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import DAY_MINUTES, Spans, TimeSpan, joined

HELP = "write a date like 2026-11-27, or a date and time like 2026-11-27T14:30"
_RELATIVE = {"today": 0, "tomorrow": 1}
_YEARS = range(2000, 2101)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_BETWEEN_SPANS = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)
_BETWEEN_TIMES = re.compile(r"\s*(?:[-–—]|\b(?:to|until|till)\b)\s*", re.IGNORECASE)
_NAMED_TIMES = {"midday": 12 * 60, "noon": 12 * 60, "midnight": 0}
REVIEW_AT = time(9)


def date_of(text: str, today: date) -> date:
    """Read 2026-11-27, "today" or "tomorrow". Raises BadInput."""
    word = text.strip().lower()
    if word in _RELATIVE:
        return today + timedelta(days=_RELATIVE[word])
    if not _DATE.fullmatch(word):
        raise BadInput(f'"{text}" is not a date: write it like 2026-11-27')
    return _existing(word)


def parse_when(text: str) -> datetime:
    """Read a date or a date-time; a bare date is its midnight. Raises BadInput."""
    found = _MOMENT.fullmatch(text.strip())
    if found:
        return _moment(text, found)
    if not _DATE.fullmatch(text.strip()):
        raise BadInput(f'"{text}" is not a date or a time: {HELP}')
    return datetime.combine(_existing(text.strip()), time(0), LONDON)


def start_of(text: str, now: datetime, *, clock: time = time(0)) -> datetime:
    """Read WHEN; a bare date is its midnight, or the clock time given. Also "now", "today", "tomorrow".

    Raises BadInput, also for a time that the clocks skip.
    """
    if text.strip().lower() == "now":
        return now
    if _MOMENT.fullmatch(text.strip()):
        return parse_when(text)
    return datetime.combine(_bare(text, now), clock, LONDON)


def end_of(text: str, now: datetime) -> datetime:
    """Read WHEN as an end; a bare date is the end of that day. Raises BadInput."""
    if text.strip().lower() == "now" or _MOMENT.fullmatch(text.strip()):
        return start_of(text, now)
    return datetime.combine(_bare(text, now) + timedelta(days=1), time(0), LONDON)


def minutes_in(text: str) -> int:
    """Read a time of day ("11:00", "11am") as minutes since midnight. Raises BadInput."""
    found = _CLOCK.fullmatch(text.strip())
    help_text = f'"{text}" is not a time of day: write it like 11:00'
    if not found or not (found[2] or found[3]):
        raise BadInput(help_text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise BadInput(help_text)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or not 0 < hour * 60 + minute < DAY_MINUTES:
        raise BadInput(help_text)
    return hour * 60 + minute


def spans_in(text: str) -> Spans:
    """Read the hours of a day: "9am to 12:30pm and 1:30pm to 5pm", "09:00-17:00"; "closed" is none. Raises BadInput."""
    if text.strip().lower() in ("", "closed", "off"):
        return ()
    return joined(_span(part) for part in _BETWEEN_SPANS.split(text.strip()) if part)


def _span(text: str) -> TimeSpan:
    ends = _BETWEEN_TIMES.split(text)
    if len(ends) != 2:
        raise BadInput(f'"{text}" is not a span of time: write it like 9am to 5pm')
    opens, closes = (end.lower() for end in ends)
    start = _NAMED_TIMES[opens] if opens in _NAMED_TIMES else minutes_in(opens)
    end = (_NAMED_TIMES[closes] or DAY_MINUTES) if closes in _NAMED_TIMES else minutes_in(closes)
    return TimeSpan(start, end)


def told(moment: datetime | None) -> str:
    """For staff: "Fri 27 Nov 2026 14:30"."""
    return f"{moment.astimezone(LONDON):%a %-d %b %Y %H:%M}" if moment else ""


def told_end(moment: datetime | None) -> str:
    """For staff, of a moment that is not included: a midnight is "the end of Fri 27 Nov 2026"."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"the end of {local - timedelta(days=1):%a %-d %b %Y}" if local.time() == time(0) else told(moment)


def _bare(text: str, now: datetime) -> date:
    word, today = text.strip().lower(), now.astimezone(LONDON).date()
    return date_of(word, today) if word in _RELATIVE else parse_when(text).date()


def _existing(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f'there is no day "{text}": {HELP}') from error
    if day.year not in _YEARS:
        raise BadInput(f'"{text}" is a long way from now: is the year right?')
    return day


def _moment(text: str, found: re.Match[str]) -> datetime:
    _existing(found[1])
    try:
        moment = datetime.fromisoformat(re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", _plain(text)))
    except ValueError as error:
        raise BadInput(f'there is no time "{text}": {HELP}') from error
    if moment.tzinfo:
        return moment
    local = moment.replace(tzinfo=LONDON)
    if local.astimezone(timezone.utc).astimezone(LONDON).replace(tzinfo=None) != moment:
        raise BadInput(f'there is no time "{text}" in London: the clocks go forward over it')
    return local


def _plain(text: str) -> str:
    return text.strip().upper().replace(" ", "T").replace("Z", "+00:00")
