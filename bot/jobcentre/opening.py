"""Is this office open to me at that time? The one place that answers.

An Opening is derived from what is held, never stored and never guessed: what nobody has said is `unknown`.
At one moment the first of these that applies decides:

1. the office is shut for good, has moved, or may not be at this address any more;
2. the strongest active closure, if it shuts the office (by night and on holidays too);
3. its hours that day, with holidays and what staff said of the day;
4. closures that limit or shorten the hours;
5. a watch on an office that nobody has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum

from bot.jobcentre.calendar import LONDON, DayRule, SpecialDay, division_of, in_utc, special_day
from bot.jobcentre.closure import Closure, Period, StaffDay, Watch
from bot.jobcentre.hours import (
    DAY_MINUTES,
    Certainty,
    OpeningHours,
    Spans,
    TimeSpan,
    hours_on,
    minutes_of,
)
from bot.jobcentre.office import Office, OfficeStatus

HORIZON = timedelta(days=21)
"""How far ahead a change is looked for."""
CHRISTMAS_EVE_SURE_UNTIL = 12 * 60
"""Christmas Eve's closing time is not known; no notice seen closed before midday (facts 4.13)."""


class OpeningState(str, Enum):
    OPEN = "open"
    CLOSED = "closed"
    LIMITED = "limited"
    """Phone, appointments or urgent only."""
    UNKNOWN = "unknown"


class Reason(str, Enum):
    HOURS = "hours"
    NO_HOURS = "no_hours"
    """We hold no hours for the office that day."""
    HOLIDAY = "holiday"
    HOLIDAY_UNSAID = "holiday_unsaid"
    """Nobody has said whether it opens that day."""
    CLOSING_UNSAID = "closing_unsaid"
    """It opens that day; nobody has said until when."""
    CLOSURE = "closure"
    WATCH = "watch"
    SHUT_FOR_GOOD = "shut_for_good"
    MOVED = "moved"
    ADDRESS_UNSURE = "address_unsure"


@dataclass(frozen=True)
class OfficeFacts:
    """All that is held of one office and bears on its opening. Closures of others in it do no harm."""

    office: Office
    hours: tuple[OpeningHours, ...] = ()
    staff_days: tuple[StaffDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    watches: tuple[Watch, ...] = ()
    confirmed_at: datetime | None = None
    """When somebody last said that the office's facts are right."""

    def special_day(self, day: date) -> SpecialDay | None:
        """What differs that day: staff's latest word, else the calendar's."""
        said = [s for s in self.staff_days if s.day == day and s.scope.includes(self.office)]
        if said:
            return max(said, key=lambda s: s.said_at).special_day()
        return special_day(day, division_of(self.office.nation))

    def hours_on(self, day: date) -> OpeningHours | None:
        return hours_on(self.hours, day)


@dataclass(frozen=True)
class Opening:
    """Whether one office is open at one moment, and why."""

    office: Office
    at: datetime
    state: OpeningState
    reason: Reason
    closure: Closure | None = None
    """The closure that decides, where one does."""
    watch: Watch | None = None
    day: SpecialDay | None = None
    also: tuple[Closure, ...] = ()
    """Other active closures worth telling, an access problem say; strongest first."""
    certainty: Certainty | None = None
    """Of the hours, where hours bear on the answer."""
    until: datetime | None = None
    """When the state next changes, looked for over HORIZON."""
    then: OpeningState | None = None
    """The state from `until` on."""
    confirmed_at: datetime | None = None
    """As of when the facts that decide were last confirmed; None where nobody has."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a day in which nothing changes, in minutes of local wall time.

    The hour that comes twice when the clocks go back is told as it is the first time.
    """

    span: TimeSpan
    opening: Opening
    in_hours: bool = True
    """Whether the office would open then but for closures and watches, as far as we know."""


@dataclass(frozen=True)
class DayOpening:
    """How one office stands over one whole day."""

    day: date
    office: Office
    state: OpeningState
    """Open if it opens at any time that day."""
    lead: Opening
    """The opening that best says why."""
    stretches: tuple[Stretch, ...] = field(repr=False)

    def spans(self, *states: OpeningState) -> Spans:
        """When that day it is in one of the states (open, if none is named)."""
        wanted = states or (OpeningState.OPEN,)
        out: list[TimeSpan] = []
        for stretch in self.stretches:
            if stretch.opening.state in wanted:
                if out and out[-1].closes_at == stretch.span.opens_at:
                    out[-1] = TimeSpan(out[-1].opens_at, stretch.span.closes_at)
                else:
                    out.append(stretch.span)
        return tuple(out)

    @property
    def is_shortened(self) -> bool:
        """Whether a closure takes away part of a day on which the office does open."""
        return self.state is not OpeningState.CLOSED and any(
            s.in_hours and s.opening.reason is Reason.CLOSURE and s.opening.state is OpeningState.CLOSED
            for s in self.stretches
        )


def opening_at(facts: OfficeFacts, moment: datetime) -> Opening:
    """How the office stands at that moment, and when that next changes. Raises BadInput for a time without a zone."""
    now = replace(_stand(facts, in_utc(moment)), at=moment)
    for change in _changes(facts, moment):
        later = _stand(facts, change)
        if later.state is not now.state:
            return replace(now, until=change.astimezone(LONDON), then=later.state)
    return now


def opening_on(facts: OfficeFacts, day: date) -> DayOpening:
    """How the office stands over a day in London."""
    edges = sorted({0, *_edges_of(facts, day)})
    stretches = tuple(
        Stretch(TimeSpan(start, end), _stand(facts, _moment(day, start)), _is_in_hours(facts, day, start))
        for start, end in zip(edges, [*edges[1:], DAY_MINUTES], strict=True)
    )
    lead = max(stretches, key=_weight).opening
    return DayOpening(day, facts.office, lead.state, lead, stretches)


def may_differ(facts: OfficeFacts, day: date) -> bool:
    """Whether anything beside the weekly hours bears on the day. If not, it is as its weekday: nothing to work out."""
    if facts.special_day(day) is not None:
        return True
    notices: tuple[Closure | Watch, ...] = (*facts.closures, *facts.watches)
    return any(_touches(notice.period, day) for notice in notices)


def _touches(period: Period, day: date) -> bool:
    last = period.end.astimezone(LONDON).date() if period.end else day
    return period.start.astimezone(LONDON).date() <= day <= last


def next_opening(facts: OfficeFacts, moment: datetime) -> Opening | None:
    """Where the next stretch begins in which it is open or limited; an `unknown` one if that comes first. None where
    no such stretch begins within HORIZON. Raises BadInput for a time without a zone."""
    before = _stand(facts, in_utc(moment)).state
    for change in _changes(facts, moment):
        later = _stand(facts, change)
        if later.state not in (OpeningState.CLOSED, before):
            return replace(later, at=change.astimezone(LONDON))
        before = later.state
    return None


_STATE_WEIGHT = {
    OpeningState.OPEN: 3,
    OpeningState.LIMITED: 2,
    OpeningState.UNKNOWN: 1,
    OpeningState.CLOSED: 0,
}


def _weight(stretch: Stretch) -> tuple[int, int]:
    """A closure says why a day is as it is, unless it only touches the night or a day that is shut anyway."""
    told = 0 if stretch.opening.closure is None else 1 if stretch.in_hours else -1
    return _STATE_WEIGHT[stretch.opening.state], told


def _is_in_hours(facts: OfficeFacts, day: date, minute: int) -> bool:
    special, hours = facts.special_day(day), facts.hours_on(day)
    if special and special.rule is DayRule.CLOSED:
        return False
    return hours is None or _within(hours.on(day), minute)


def _stand(facts: OfficeFacts, moment: datetime) -> Opening:
    """How it stands at one moment, without looking ahead."""
    settled = _by_status(facts, moment)
    if settled:
        return settled
    closures = _active(facts, moment)
    if closures and closures[0].effect.shuts:
        return _by_closure(facts, moment, OpeningState.CLOSED, closures, None)
    base = _by_hours(facts, moment)
    if base.state is OpeningState.CLOSED:
        return replace(base, also=closures)
    return _watched(facts, _limited(facts, base, closures))


def _by_status(facts: OfficeFacts, moment: datetime) -> Opening | None:
    told = {
        OfficeStatus.CLOSED: (OpeningState.CLOSED, Reason.SHUT_FOR_GOOD),
        OfficeStatus.MOVED: (OpeningState.CLOSED, Reason.MOVED),
        OfficeStatus.CHECK: (OpeningState.UNKNOWN, Reason.ADDRESS_UNSURE),
    }.get(facts.office.status)
    if told is None:
        return None
    return Opening(facts.office, moment, *told, confirmed_at=facts.confirmed_at)


def _by_hours(facts: OfficeFacts, moment: datetime) -> Opening:
    local = moment.astimezone(LONDON)
    day, minute = local.date(), minutes_of(local.time())
    special, hours = facts.special_day(day), facts.hours_on(day)
    plain = Opening(
        facts.office,
        moment,
        OpeningState.CLOSED,
        Reason.HOURS,
        day=special,
        certainty=hours.certainty if hours else None,
        confirmed_at=_latest(facts.confirmed_at, hours.confirmed_at if hours else None),
    )
    if special and special.rule is DayRule.CLOSED:
        return replace(plain, reason=Reason.HOLIDAY, certainty=None)
    if hours is None:
        return replace(plain, state=OpeningState.UNKNOWN, reason=Reason.NO_HOURS)
    if not _within(hours.on(day), minute):
        return plain
    return _on_uncertain_day(plain, special, minute)


def _on_uncertain_day(plain: Opening, special: SpecialDay | None, minute: int) -> Opening:
    """Within the hours of its weekday: open, unless nobody has said so for this very day."""
    if special and special.rule is DayRule.UNKNOWN:
        return replace(plain, state=OpeningState.UNKNOWN, reason=Reason.HOLIDAY_UNSAID)
    if special and special.rule is DayRule.CLOSES_EARLY and minute >= CHRISTMAS_EVE_SURE_UNTIL:
        return replace(plain, state=OpeningState.UNKNOWN, reason=Reason.CLOSING_UNSAID)
    return replace(plain, state=OpeningState.OPEN)


def _limited(facts: OfficeFacts, base: Opening, closures: tuple[Closure, ...]) -> Opening:
    """What closures leave of hours that would have been open or unknown."""
    local = base.at.astimezone(LONDON)
    minute = minutes_of(local.time())
    cutting = tuple(c for c in closures if not _within(c.allowed, minute))
    if cutting:
        others = tuple(c for c in closures if c not in cutting)
        return _by_closure(facts, base.at, OpeningState.CLOSED, cutting + others, base.certainty)
    if closures and closures[0].effect.limits and base.reason in (Reason.HOURS, Reason.NO_HOURS):
        return _by_closure(facts, base.at, OpeningState.LIMITED, closures, base.certainty)
    return replace(base, also=closures)


def _watched(facts: OfficeFacts, opening: Opening) -> Opening:
    """A watch makes open unknown, unless staff have spoken of the office since."""
    if opening.state is not OpeningState.OPEN:
        return opening
    confirmed = opening.confirmed_at
    for watch in facts.watches:
        if not watch.is_active(facts.office, opening.at):
            continue
        said = watch.confirmed.get(facts.office.id)
        if said is None and not _spoken_since(facts, watch, opening.at):
            return replace(
                opening,
                state=OpeningState.UNKNOWN,
                reason=Reason.WATCH,
                watch=watch,
                confirmed_at=watch.published_at,
            )
        confirmed = _latest(confirmed, said)
    return replace(opening, confirmed_at=confirmed)


def _spoken_since(facts: OfficeFacts, watch: Watch, moment: datetime) -> bool:
    """Whether staff gave the office a closure after the watch began: it settles the days that it touches."""
    day = moment.astimezone(LONDON).date()
    start, end = _moment(day, 0), _moment(day + timedelta(days=1), 0)
    return any(
        c.published_at >= watch.published_at and c.withdrawn_at is None and c.period.overlaps(start, end)
        for c in facts.closures
        if c.scope.includes(facts.office)
    )


def _by_closure(
    facts: OfficeFacts,
    moment: datetime,
    state: OpeningState,
    closures: tuple[Closure, ...],
    certainty: Certainty | None,
) -> Opening:
    first, *rest = closures
    return Opening(
        facts.office,
        moment,
        state,
        Reason.CLOSURE,
        closure=first,
        day=facts.special_day(moment.astimezone(LONDON).date()),
        also=tuple(rest),
        certainty=certainty,
        confirmed_at=first.published_at,
    )


def _active(facts: OfficeFacts, moment: datetime) -> tuple[Closure, ...]:
    """The closures active at the moment, the one that decides first."""
    active = [c for c in facts.closures if c.is_active(facts.office, moment)]
    return tuple(sorted(active, key=Closure.rank, reverse=True))


def _changes(facts: OfficeFacts, moment: datetime) -> Iterator[datetime]:
    """Moments after this one at which something might change, in order, up to HORIZON."""
    first = moment.astimezone(LONDON).date()
    periods = [c.period for c in facts.closures] + [w.period for w in facts.watches]
    fixed = {edge for p in periods for edge in (p.start, p.end) if edge is not None}
    for step in range(HORIZON.days + 1):
        day = first + timedelta(days=step)
        end = _moment(day + timedelta(days=1), 0)
        edges = {_moment(day, minute, fold) for minute in (0, *_edges_of(facts, day)) for fold in (0, 1)}
        edges |= {edge.astimezone(timezone.utc) for edge in fixed if _moment(day, 0) <= edge < end}
        yield from sorted(edge for edge in edges if edge > moment)


def _edges_of(facts: OfficeFacts, day: date) -> set[int]:
    """Minutes of the day's wall time at which something might change."""
    hours = facts.hours_on(day)
    spans = list(hours.on(day)) if hours else []
    start, end = _moment(day, 0), _moment(day + timedelta(days=1), 0)
    edges = {CHRISTMAS_EVE_SURE_UNTIL} if (day.month, day.day) == (12, 24) else set()
    if end - start != timedelta(hours=24):
        edges |= {60, 120}  # the clocks change at 1am
    for closure in facts.closures:
        if closure.period.overlaps(start, end):
            spans += closure.allowed
            edges |= _edges_within(day, closure.period.start, closure.period.end)
    for watch in facts.watches:
        edges |= _edges_within(day, watch.period.start, watch.period.end)
    edges |= {edge for span in spans for edge in (span.opens_at, span.closes_at)}
    return {edge for edge in edges if 0 < edge < DAY_MINUTES}


def _edges_within(day: date, *moments: datetime | None) -> set[int]:
    local = (moment.astimezone(LONDON) for moment in moments if moment is not None)
    return {_minute_from(at) for at in local if at.date() == day}


def _minute_from(local: datetime) -> int:
    """The first whole minute that is not before it: a stretch starts there."""
    return minutes_of(local.time()) + (1 if local.second or local.microsecond else 0)


def _moment(day: date, minute: int, fold: int = 0) -> datetime:
    """That minute of the day's wall time, in UTC so that arithmetic is true on the days the clocks change.

    Of a minute that comes twice, fold 1 is the second; a skipped one is the moment at which the clocks go forward.
    """
    moment = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), LONDON).astimezone(timezone.utc)
    is_skipped = minutes_of(moment.astimezone(LONDON).time()) != minute
    return moment.replace(hour=1, minute=0) if is_skipped else moment


def _within(spans: Spans, minute: int) -> bool:
    return any(span.opens_at <= minute < span.closes_at for span in spans)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
