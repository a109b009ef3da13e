"""The days and times that a message speaks of, in English and Welsh, read in UK order from a reference time.

A message becomes a row of symbols (`day_words.py`, `day_row.py`); a list of rules (`calendar_days.py`,
`relative_days.py`, `clock_times.py`, `single_days.py`) finds days and times in the row (`day_pieces.py`), first rule
first, each word used once; then days and times that belong together are joined (`day_joining.py`). What the words are
taken to mean:

- A weekday is the coming one, today included: "friday" on a Friday is today, and so is "this friday". "Next friday" is
  Friday of the next calendar week (Monday to Sunday), as most people in Britain mean it; said on a Sunday, "next
  monday" is tomorrow. "Last friday" is the latest one before today; so is "friday" beside a past tense ("was it open
  on friday"). "Friday week" and "a week on friday" are seven days after the coming Friday.
- "The weekend" is the coming Saturday and Sunday, or what is left of this one; "this week" is what is left of it.
- A date without a year is this year's, or next year's once it is more than 60 days past (beside a past tense, the
  latest one). A year written that is more than two years away is no question about an office (a date of birth): no
  mention.
- A weekday that disagrees with its date is overruled by the date. "29 feb" in a year that has none is impossible.
- A bare hour follows the office day: 1 to 6 are afternoon, 7 to 11 morning, 12 noon; but nobody is open "until 7" or
  asks "after 8" about the morning, so there 7 and 8 are evening. A part of the day beside it decides first.
- A time alone belongs to today, or to tomorrow if it is past (a span when its end is; "after 4" never) and the words do
  not speak of the past. "In the morning" is today's only before 9.
- "Over christmas" is 24 to 26 December and the days off that follow without a break (weekend, substitute holiday),
  "over new year" 31 December and 1 January likewise, "easter" Good Friday to Easter Monday, "between christmas and new
  year" 27 to 31 December, all of them whole days. "Christmas" with nothing beside it is the day itself, "after
  christmas" the week that follows, "before christmas" what is left until then. "Before", "until" and "from" leave any
  other day as it is.
- Words for a stretch of time ("waited 3 days", "for two weeks", "since monday") are not days asked about.

All results are London dates and times on London clocks, so a change of the clocks changes none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from bot.jobcentre import calendar_days, clock_times, relative_days, single_days
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.day_joining import joined
from bot.jobcentre.day_pieces import DAY, Day, Impossible, Piece, single_day
from bot.jobcentre.day_row import Message
from bot.jobcentre.feasts import IsHoliday, is_usual_holiday

__all__ = ["LONDON", "DayMention", "find_days", "find_impossible"]


@dataclass(frozen=True)
class DayMention:
    """One day, or one unbroken run of days, that a message speaks of. Dates and times are London's."""

    start: int
    end: int
    """Offsets (characters) of the expression; for a day and a time apart in the sentence, the first one's."""
    text: str
    first: date
    last: date
    """Equal to `first` for a single day."""
    at: time | None = None
    """The clock time asked about, or the start of the span of the day that ends at `until`."""
    relation: str = "at"
    """How `at` is meant: at, after, before, until."""
    until: time | None = None
    part: str | None = None
    """morning, afternoon, evening or night."""
    now: bool = False
    """The reference moment itself."""
    weekly: int | None = None
    """0 for Monday: a habit ("saturdays"), of which `first` is the next."""
    past: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    """Every stretch of the text that was used."""
    is_time_alone: bool = False
    """No day was said with it: `first` is a guess from the time, and the conversation may know better."""
    is_month_unsaid: bool = False
    """ "The 23rd": `first` is the coming one, and the conversation may know of which month."""


_RULES = (*calendar_days.RULES, *relative_days.RULES, *clock_times.RULES, *single_days.RULES)
"""The order matters: what is written in full comes before the words that it is made of."""


def _pieces(message: Message) -> list[Piece]:
    """What every rule finds, each word used once, in the order of the text."""
    pieces: list[Piece] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(message.row):
            a, b = message.span(match)
            if any(message.used[a:b]):
                continue
            try:
                found = read(message, match)
            except Impossible:
                message.impossible.append((message.span(match, "dom")[0], b))
                found = []
            if found is not None:
                message.used[a:b] = b"\1" * (b - a)
                pieces.extend(_as_pieces(found, a, b))
    return sorted(pieces, key=lambda piece: piece.a)


def _as_pieces(found: Any, a: int, b: int) -> Iterable[Piece]:
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, Piece):
            yield replace(one, a=a, b=b, others=[])
        else:
            yield Piece(a, b, day=replace(one, part=None, clock=None), clock=one.clock, part=one.part)


_PARTS = {
    "MORNING": ("morning", time(9), time(12)),
    "FIRST": ("morning", time(9), None),
    "AFTERNOON": ("afternoon", time(12), time(17)),
    "EVENING": ("evening", time(17), None),
    "EVE": ("evening", time(17), None),
    "NIGHT": ("night", time(17), None),
}


def is_part_alone(part: str | None, at: time | None, until: time | None) -> bool:
    """Whether the times are only what a part of the day stands for: "in the morning", and no clock said."""
    return part is not None and (part, at, until) in _PARTS.values()


def _twelve_on(at: time) -> time:
    return at.replace(hour=at.hour % 12 + 12)


def _in_part(at: time, part: str | None, relation: str) -> time:
    """A bare hour at the time of day meant: by the part of the day, else by the office day."""
    if part in {"MORNING", "FIRST"}:
        return at
    if part is not None:
        return _twelve_on(at) if not (part == "NIGHT" and at.hour == 12) else at.replace(hour=0)
    is_late = at.hour in {7, 8} and relation in {"until", "after"}
    return _twelve_on(at) if at.hour <= 6 or is_late or at.hour == 12 else at


def _times(piece: Piece) -> tuple[time | None, time | None]:
    clock = piece.clock
    if clock is None:
        _, start, end = _PARTS[piece.part] if piece.part else (None, None, None)
        return start, end
    at = _in_part(clock.at, piece.part, clock.relation) if clock.bare else clock.at
    until = clock.until
    if until is None:
        return at, None
    if clock.bare_end and until.hour <= 12:
        until = _twelve_on(until) if until <= at or until.hour <= 6 else until
    if clock.bare and not clock.bare_end and piece.part is None:
        at = _twelve_on(clock.at) if _twelve_on(clock.at) < until else clock.at
    return at, until


def _lone_day(message: Message, piece: Piece, at: time | None, until: time | None) -> Day:
    """Today, or tomorrow where the time is past and the words do not speak of the past."""
    clock_now, is_past = message.now.time(), message.is_past_at(piece.a, piece.b)
    relation = piece.clock.relation if piece.clock else "at"
    if is_past or (relation == "after" and until is None):
        return single_day(message.today, past=is_past)
    if piece.clock is None and piece.part in {"MORNING", "FIRST"}:
        is_gone = clock_now >= time(9)
    elif piece.clock is None and until is None:
        is_gone = False
    else:
        is_gone = (until or at or clock_now) < clock_now
    return single_day(message.today + DAY * is_gone)


def _mention(message: Message, piece: Piece) -> DayMention:
    at, until = _times(piece)
    day = piece.day or _lone_day(message, piece, at, until)
    tokens = message.tokens
    spans = sorted({(tokens[a].start, tokens[b - 1].end) for a, b in [(piece.a, piece.b), *piece.others]})
    start, end = spans[0]
    return DayMention(
        start=start,
        end=end,
        text=message.text[start:end],
        first=day.first,
        last=day.last,
        at=at,
        relation=piece.clock.relation if piece.clock else "at",
        until=until,
        part=_PARTS[piece.part][0] if piece.part else None,
        now=day.now,
        weekly=day.weekly,
        past=day.past,
        spans=tuple(spans),
        is_time_alone=piece.day is None,
        is_month_unsaid=day.kind == "month_day" and not day.past,
    )


def find_days(
    text: str, now: datetime, is_holiday: IsHoliday = is_usual_holiday, *, expecting: bool = False
) -> list[DayMention]:
    """The days and times that the text speaks of, in its order, one mention for each day meant.

    now: the reference moment, with a zone (BadInput without one). is_holiday: bank holidays of the office's division.
    expecting: the assistant has just asked for the day, so that a bare "27" is one.
    """
    message = Message(text, now, is_holiday, expecting)
    groups = joined(message, _pieces(message))
    return sorted((_mention(message, group) for group in groups), key=lambda mention: mention.start)


def find_impossible(text: str, now: datetime) -> list[str]:
    """The days written in the text that no calendar has ("31/11", "30 feb"), as written, to ask about."""
    message = Message(text, now, is_usual_holiday, expecting=False)
    _pieces(message)
    tokens = message.tokens
    return [message.text[tokens[a].start : tokens[b - 1].end] for a, b in sorted(message.impossible)]
