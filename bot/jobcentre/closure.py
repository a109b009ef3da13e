"""Closures: GTFS-realtime service alerts for offices. And watches: something is happening, and we do not know yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from bot.jobcentre.calendar import DayRule, SpecialDay, in_utc
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import DAY_MINUTES, Spans, TimeSpan
from bot.jobcentre.office import Nation, Office


class Cause(str, Enum):
    WEATHER = "weather"
    FLOOD = "flood"
    FIRE = "fire"
    POWER = "power"
    HEATING = "heating"
    WATER = "water"
    TECHNICAL = "technical"
    MAINTENANCE = "maintenance"
    CONSTRUCTION = "construction"
    STRIKE = "strike"
    STAFFING = "staffing"
    TRAINING = "training"
    POLICE = "police"
    SAFETY = "safety"
    MEDICAL = "medical"
    HOLIDAY = "holiday"
    OTHER = "other"

    @property
    def is_private(self) -> bool:
        """Whether the public is not told it unless the public message says so."""
        return self in (Cause.POLICE, Cause.SAFETY, Cause.MEDICAL, Cause.STAFFING, Cause.STRIKE)


class Effect(str, Enum):
    """In order of strength: of two closures at once, the stronger one decides."""

    CLOSED = "closed"
    MOVED = "moved"
    PHONE_ONLY = "phone_only"
    URGENT_ONLY = "urgent_only"
    APPOINTMENTS_ONLY = "appointments_only"
    REDUCED_HOURS = "reduced_hours"
    LATE_OPENING = "late_opening"
    EARLY_CLOSING = "early_closing"
    ACCESS_PROBLEM = "access_problem"

    @property
    def strength(self) -> int:
        """Higher is stronger."""
        return -list(Effect).index(self)

    @property
    def shuts(self) -> bool:
        return self in (Effect.CLOSED, Effect.MOVED)

    @property
    def limits(self) -> bool:
        return self in (Effect.PHONE_ONLY, Effect.URGENT_ONLY, Effect.APPOINTMENTS_ONLY)


@dataclass(frozen=True)
class Period:
    """An active_period: includes its start and not its end. No end means until withdrawn."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise BadInput("a period needs times with a zone")
        if self.end is not None and in_utc(self.end) <= in_utc(self.start):
            raise BadInput(f"it cannot end ({self.end:%d %B %Y %H:%M}) before it starts ({self.start:%d %B %Y %H:%M})")

    def includes(self, moment: datetime) -> bool:
        at = in_utc(moment)
        return self.start <= at and (self.end is None or at < self.end)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether any of it falls in [start, end)."""
        return self.start < in_utc(end) and (self.end is None or in_utc(start) < self.end)


@dataclass(frozen=True)
class Scope:
    """An informed_entity: whom a closure is about. Exceptions win over everything else."""

    offices: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    nations: frozenset[Nation] = frozenset()
    accounts: frozenset[str] = frozenset()
    """Handles of our accounts: the offices they serve now."""
    everywhere: bool = False
    excluding: frozenset[str] = frozenset()

    def includes(self, office: Office) -> bool:
        if office.id in self.excluding:
            return False
        return (
            self.everywhere
            or office.id in self.offices
            or office.district in self.districts
            or office.nation in self.nations
            or not self.accounts.isdisjoint(office.accounts)
        )

    @property
    def is_empty(self) -> bool:
        return not (self.everywhere or self.offices or self.districts or self.nations or self.accounts)

    @property
    def breadth(self) -> int:
        """How widely it speaks: the narrower of two is the better informed."""
        if self.everywhere:
            return 4
        if self.nations:
            return 3
        return 2 if self.districts else 1 if self.accounts else 0


@dataclass(frozen=True)
class Closure:
    """One disruption as staff published it. `id` is empty for a draft."""

    id: str
    cause: Cause
    effect: Effect
    period: Period
    scope: Scope
    published_at: datetime
    review_by: datetime | None = None
    opens_at: int | None = None
    """Late opening: minutes since local midnight."""
    closes_at: int | None = None
    """Early closing: minutes since local midnight."""
    spans: Spans = ()
    """Reduced hours: the spans of each day that are left."""
    moved_to: str | None = None
    message: str = ""
    """Public words in English, beside what the assistant says by itself."""
    message_cy: str = ""
    note: str = ""
    """For staff alone."""
    version: int = 1
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        check_closure(self)

    @property
    def allowed(self) -> Spans:
        """The spans of each day in which the office may still open: all of it, none of it, or part."""
        if self.effect.shuts:
            return ()
        if self.effect is Effect.LATE_OPENING:
            return (TimeSpan(self.opens_at or 0, DAY_MINUTES),)
        if self.effect is Effect.EARLY_CLOSING:
            return (TimeSpan(0, self.closes_at or DAY_MINUTES),)
        if self.effect is Effect.REDUCED_HOURS:
            return self.spans
        return (TimeSpan(0, DAY_MINUTES),)

    def rank(self) -> tuple[int, int, datetime]:
        """Sort key: of overlapping closures the highest one decides. Stronger, then narrower, then later."""
        return (self.effect.strength, -self.scope.breadth, self.published_at)

    def is_active(self, office: Office, moment: datetime) -> bool:
        if self.withdrawn_at is not None or office.id == self.moved_to:  # where people are sent is not itself moved
            return False
        return self.period.includes(moment) and self.scope.includes(office)


_NEEDS = {
    Effect.LATE_OPENING: ("opens_at", "late_opening needs the time it opens: --opens 11:00"),
    Effect.EARLY_CLOSING: ("closes_at", "early_closing needs the time it closes: --closes 15:00"),
    Effect.REDUCED_HOURS: ("spans", 'reduced_hours needs the hours that are left: --hours "10:00-14:00"'),
    Effect.MOVED: ("moved_to", "moved needs the office to go to: --to OFFICE"),
}


def check_closure(closure: Closure) -> None:
    """Refuse a closure that could not be told. Raises BadInput saying what is missing."""
    if closure.scope.is_empty:
        raise BadInput("a closure needs offices: --office, --district, --nation, --account or --everywhere")
    field_name, help_text = _NEEDS.get(closure.effect, ("", ""))
    if field_name and not getattr(closure, field_name):
        raise BadInput(help_text)
    for owner, (other, _) in _NEEDS.items():
        if owner is not closure.effect and getattr(closure, other):
            raise BadInput(f"{other.replace('_', ' ')} goes with {owner.value}, not with {closure.effect.value}")
    if closure.moved_to and closure.moved_to in closure.scope.offices:
        raise BadInput(f"{closure.moved_to} cannot move to itself: --to needs another office")
    if closure.period.end is None and closure.review_by is None:
        raise BadInput("a closure without an end needs a time to look at it again: --until or --review-by")


@dataclass(frozen=True)
class Watch:
    """Offices in it are unknown until each is confirmed open or given a closure."""

    id: str
    cause: Cause
    period: Period
    scope: Scope
    published_at: datetime
    confirmed: Mapping[str, datetime] = field(default_factory=dict)
    """Office id to when staff said it was open as usual: holds for the rest of the watch."""
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.scope.is_empty:
            raise BadInput("a watch needs offices: --office, --district, --nation, --account or --everywhere")

    def is_active(self, office: Office, moment: datetime) -> bool:
        return self.withdrawn_at is None and self.period.includes(moment) and self.scope.includes(office)


@dataclass(frozen=True)
class StaffDay:
    """What staff said of one day: closed, or open although it is a holiday."""

    day: date
    title: str
    is_open: bool
    scope: Scope
    said_at: datetime

    def special_day(self) -> SpecialDay:
        rule = DayRule.OPEN if self.is_open else DayRule.CLOSED
        return SpecialDay(self.day, self.title, rule, self.title)
