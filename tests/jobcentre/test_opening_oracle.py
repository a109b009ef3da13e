"""Openings against two independent evaluators, over random schedules.

The first is opening-hours-py: each schedule is written out as OSM text with explicit dates (no PH, no fallback rule),
and every change over some days must come at the same moment. The second is a model that looks at one minute at a time;
it also knows limited openings, watches and offices without hours. Neither uses any of the code that it checks.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from opening_hours import OpeningHours as OsmHours

from bot.jobcentre.closure import Cause, Closure, Effect, Period, StaffDay, Watch
from bot.jobcentre.hours import OpeningHours, TimeSpan
from bot.jobcentre.opening import OfficeFacts, OpeningState, next_opening, opening_at, opening_on
from tests.jobcentre.facts import EVERYWHERE, GLASGOW, LEEDS

SCHEDULES = 2_000
"""In one chunk. The first chunk always runs; all of them make 10,000."""
CHUNKS = [pytest.param(0), *(pytest.param(chunk, marks=pytest.mark.slow) for chunk in range(1, 5))]
MODELLED = 500

LONDON = ZoneInfo("Europe/London")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
Minutes = tuple[int, int]


def days_of(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


# By hand from GOV.UK's list and the contract, October 2026 to November 2027.
BOTH_CLOSED = "2026-12-25 2026-12-26 2026-12-28 2027-01-01 2027-03-26 2027-05-03 2027-05-31"
CLOSED = {
    "leeds": days_of(f"{BOTH_CLOSED} 2027-03-29 2027-08-30"),
    "glasgow": days_of(f"{BOTH_CLOSED} 2027-01-02 2027-01-04"),
}
UNKNOWN = {"leeds": days_of("2026-12-29"), "glasgow": days_of("2026-11-30 2027-03-29 2027-08-02")}
CHRISTMAS_EVE = date(2026, 12, 24)

CLOCK_CHANGES = "2026-10-25 2027-03-28 2027-10-31"
HOLIDAYS = "2026-11-30 2026-12-24 2026-12-28 2027-01-02 2027-03-27 2027-05-03 2027-08-30"
ANCHORS = sorted(days_of(f"{CLOCK_CHANGES} {HOLIDAYS}"))
FIRST, LAST = date(2026, 10, 8), date(2027, 11, 20)
WINDOW = 6
"""Days compared of each schedule."""


@dataclass(frozen=True)
class Disruption:
    """A closure in wall-clock terms. `opens` and `spans` as its effect needs."""

    effect: str
    start: datetime
    end: datetime
    allowed: tuple[Minutes, ...]
    published: int


@dataclass(frozen=True)
class Alarm:
    start: datetime
    end: datetime
    published: int
    is_confirmed: bool


@dataclass(frozen=True)
class Schedule:
    office: str
    first: date
    week: tuple[tuple[Minutes, ...], ...] | None
    later: tuple[date, tuple[tuple[Minutes, ...], ...]] | None
    staff: tuple[tuple[date, bool], ...]
    disruptions: tuple[Disruption, ...]
    alarms: tuple[Alarm, ...] = ()

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=step) for step in range(WINDOW)]

    def spans(self, day: date) -> tuple[Minutes, ...] | None:
        week = self.later[1] if self.later and day >= self.later[0] else self.week
        return None if week is None else week[day.weekday()]

    def rule(self, day: date) -> str:
        """`closed`, `unknown`, `early` or nothing, staff's word before the calendar's."""
        for said, is_open in self.staff:
            if said == day:
                return "" if is_open else "closed"
        if day in CLOSED[self.office]:
            return "closed"
        if day in UNKNOWN[self.office]:
            return "unknown"
        return "early" if day == CHRISTMAS_EVE else ""


# ---- random schedules ----


class Maker:
    """Makes schedules from a seed. No edge falls from 1am to 2am, which a clock change skips or shows twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def minute(self) -> int:
        usual = self.random.choice([0, 540, 570, 600, 720, 780, 900, 1020, 1439])
        return usual if self.random.random() < 0.6 else self.random.choice([*range(60), *range(121, 1440)])

    def spans(self, most: int = 3) -> tuple[Minutes, ...]:
        edges = sorted({self.minute() for _ in range(2 * self.random.randint(1, most))})
        if len(edges) % 2:
            edges.append(1440)
        return tuple(zip(edges[::2], edges[1::2], strict=True))

    def week(self) -> tuple[tuple[Minutes, ...], ...]:
        shape = self.random.random()
        usual = ((540, 1020),) if shape < 0.4 else self.spans()
        days = [usual if day < 5 or shape > 0.7 else () for day in range(7)]
        for _ in range(self.random.choice([0, 0, 1, 2])):
            days[self.random.randrange(7)] = self.random.choice([(), self.spans()])
        return tuple(days)

    def wall(self, first: date) -> datetime:
        day = first + timedelta(days=self.random.randrange(-2, WINDOW))
        minute = self.minute()
        return datetime.combine(day, time(minute // 60, minute % 60))

    def period(self, first: date) -> tuple[datetime, datetime]:
        start, end = sorted((self.wall(first), self.wall(first)))
        return (start, end) if start < end else (start, start + timedelta(days=1))

    def disruption(self, first: date, effects: list[str], published: int) -> Disruption:
        effect, cut = self.random.choice(effects), self.random.choice([600, 660, 780, 900])
        allowed: tuple[Minutes, ...] = {
            "closed": (),
            "moved": (),
            "late_opening": ((cut, 1440),),
            "early_closing": ((0, cut),),
            "reduced_hours": self.spans(2),
        }.get(effect, ((0, 1440),))
        return Disruption(effect, *self.period(first), allowed, published)

    def schedule(self, effects: list[str], with_alarms: bool = False) -> Schedule:
        roll = self.random.random
        anchor = self.random.choice(ANCHORS)
        if roll() < 0.3:
            anchor = FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))
        first = anchor - timedelta(days=self.random.randrange(WINDOW))
        days = [first + timedelta(days=step) for step in range(WINDOW)]
        later = (self.random.choice(days), self.week()) if roll() < 0.25 else None
        staffed = self.random.sample(days, self.random.choice([0, 0, 0, 1, 2]))
        alarms = tuple(
            Alarm(*self.period(first), self.random.randrange(100), roll() < 0.3)
            for _ in range(self.random.choice([0, 1, 2]) if with_alarms else 0)
        )
        return Schedule(
            self.random.choice(["leeds", "glasgow"]),
            first,
            None if with_alarms and roll() < 0.2 else self.week(),
            later,
            tuple((day, roll() < 0.5) for day in staffed),
            tuple(
                self.disruption(first, effects, published)
                for published in self.random.sample(range(100), self.random.choice([0, 1, 1, 2, 3]))
            ),
            alarms,
        )


# ---- the schedule as we hold it ----


def published_at(order: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(hours=order)


def hours_text(week: tuple[tuple[Minutes, ...], ...]) -> str:
    return "; ".join(f"{WEEKDAYS[day]} {spans_text(spans)}" for day, spans in enumerate(week))


def closure_of(disruption: Disruption, name: str) -> Closure:
    needs = {
        "moved": {"moved_to": "york"},
        "late_opening": {"opens_at": disruption.allowed[0][0] if disruption.allowed else 0},
        "early_closing": {"closes_at": disruption.allowed[0][1] if disruption.allowed else 0},
        "reduced_hours": {"spans": tuple(TimeSpan(*span) for span in disruption.allowed)},
    }
    return Closure(
        name,
        Cause.OTHER,
        Effect(disruption.effect),
        Period(disruption.start.replace(tzinfo=LONDON), disruption.end.replace(tzinfo=LONDON)),
        EVERYWHERE,
        published_at(disruption.published),
        **needs.get(disruption.effect, {}),  # type: ignore[arg-type]
    )


def held(schedule: Schedule) -> OfficeFacts:
    history = []
    if schedule.week is not None:
        last = schedule.later[0] - timedelta(days=1) if schedule.later else None
        history.append(dated(schedule.week, None, last))
    if schedule.later:
        history.append(dated(schedule.later[1], schedule.later[0], None))
    return OfficeFacts(
        LEEDS if schedule.office == "leeds" else GLASGOW,
        tuple(history),
        tuple(StaffDay(day, "Staff day", is_open, EVERYWHERE, published_at(0)) for day, is_open in schedule.staff),
        tuple(closure_of(disruption, str(index)) for index, disruption in enumerate(schedule.disruptions)),
        tuple(
            Watch(
                str(index),
                Cause.WEATHER,
                Period(alarm.start.replace(tzinfo=LONDON), alarm.end.replace(tzinfo=LONDON)),
                EVERYWHERE,
                published_at(alarm.published),
                {schedule.office: published_at(alarm.published + 1)} if alarm.is_confirmed else {},
            )
            for index, alarm in enumerate(schedule.alarms)
        ),
    )


def dated(week: tuple[tuple[Minutes, ...], ...], first: date | None, last: date | None) -> OpeningHours:
    spans = tuple(tuple(TimeSpan(*span) for span in day) for day in week)
    return OpeningHours(spans, valid_from=first, valid_to=last)


# ---- the schedule as OSM text ----


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def spans_text(spans: tuple[Minutes, ...]) -> str:
    return ",".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in spans) or "off"


def day_text(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"


def osm_text(schedule: Schedule) -> str:
    """Weekly rules, then each special day, then what each closure takes away; a later rule replaces an earlier one."""
    assert schedule.week is not None
    rules = [hours_text(schedule.week)]
    if schedule.later:
        start = day_text(schedule.later[0])
        rules += [f"{start}-2028 Dec 31 {rule}" for rule in hours_text(schedule.later[1]).split("; ")]
    around = [schedule.first + timedelta(days=step) for step in range(-1, WINDOW + 1)]
    for day in around:
        rules += special_rules(schedule, day)
    for disruption in schedule.disruptions:
        for day in around:
            rules += [f"{day_text(day)} {span} off" for span in lost_spans(disruption, day)]
    return "; ".join(rules)


def special_rules(schedule: Schedule, day: date) -> list[str]:
    rule, spans = schedule.rule(day), schedule.spans(day) or ()
    if rule == "closed":
        return [f"{day_text(day)} off"]
    if rule == "unknown" and spans:
        return [f"{day_text(day)} {spans_text(spans)} unknown"]
    if rule == "early" and spans:
        sure = tuple((opens, min(closes, 720)) for opens, closes in spans if opens < 720)
        unsure = tuple((max(opens, 720), closes) for opens, closes in spans if closes > 720)
        parts = [f"{day_text(day)} {spans_text(sure)}"] if sure else []
        parts += [f"{day_text(day)} {spans_text(unsure)} unknown"] if unsure else []
        return [", ".join(parts)]  # a comma adds to the rule before it instead of replacing it
    return []


def lost_spans(disruption: Disruption, day: date) -> Iterator[str]:
    """What a disruption takes from a day: the part of its period on that day outside what it allows."""
    midnight = datetime.combine(day, time())
    start = max(0, int((disruption.start - midnight).total_seconds() // 60))
    end = min(1440, int((disruption.end - midnight).total_seconds() // 60))
    at = start
    for opens, closes in (*disruption.allowed, (1440, 1440)):
        if at < min(opens, end):
            yield f"{clock(at)}-{clock(min(opens, end))}"
        at = max(at, closes)


# ---- comparing ----

OSM_EFFECTS = ["closed", "moved", "late_opening", "early_closing", "reduced_hours", "access_problem"]
EVERY_EFFECT = [effect.value for effect in Effect]


def osm_changes(osm: OsmHours, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    return [(begin.astimezone(timezone.utc), state_of(state)) for begin, _, state, _ in osm.intervals(start, end)]


def state_of(osm_state: object) -> str:
    return str(osm_state).rpartition(".")[2].lower()


def our_changes(facts: OfficeFacts, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    changes = []
    moment: datetime | None = start
    while moment is not None and moment < end:
        opening = opening_at(facts, moment)
        changes.append((moment.astimezone(timezone.utc), opening.state.value))
        moment = opening.until
    return changes


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def compare_with_osm(schedule: Schedule, rng: random.Random) -> None:
    """Compare all changes over the window, single moments beside its edges and elsewhere, and one whole day."""
    text, facts = osm_text(schedule), held(schedule)
    osm = OsmHours(text, timezone=LONDON)
    start, end = midnight(schedule.first), midnight(schedule.first + timedelta(days=WINDOW))
    theirs = osm_changes(osm, start, end)
    assert our_changes(facts, start, end) == theirs, text
    length = int((end - start).total_seconds() // 60)
    minute = timedelta(minutes=1)
    moments = [start.astimezone(timezone.utc) + minute * rng.randrange(length) for _ in range(3)]
    for edge, _ in rng.sample(theirs, min(3, len(theirs))):
        moments += [edge - minute, edge, edge + minute]
    for moment in moments:
        local = moment.astimezone(LONDON)
        if not comes_twice(local):
            assert opening_at(facts, local).state.value == state_of(osm.state(local)[0]), (text, local)
    compare_day(schedule, facts, theirs, text, rng.choice(schedule.days))


def comes_twice(local: datetime) -> bool:
    """Whether the clock shows that time twice. There the evaluator contradicts its own list of changes by a minute."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def compare_day(
    schedule: Schedule, facts: OfficeFacts, theirs: list[tuple[datetime, str]], text: str, day: date
) -> None:
    """What is told of a whole day against the same changes, by wall clock."""
    begins = [max(begin, midnight(schedule.first)).astimezone(LONDON) for begin, _ in theirs]
    ends = [*begins[1:], midnight(schedule.first + timedelta(days=WINDOW))]
    whole = opening_on(facts, day)
    for state in (OpeningState.OPEN, OpeningState.UNKNOWN):
        expected = []
        for begin, end, (_, their_state) in zip(begins, ends, theirs, strict=True):
            if their_state == state.value and begin.date() <= day and end > midnight(day):
                opens = wall_minute(begin) if begin.date() == day else 0
                expected.append((opens, wall_minute(end) if end.date() == day else 1440))
        assert [(span.opens_at, span.closes_at) for span in whole.spans(state)] == expected, (text, day)


def wall_minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


@pytest.mark.parametrize("chunk", CHUNKS)
def test_agrees_with_an_independent_evaluator_of_osm_hours(chunk: int) -> None:
    maker = Maker(seed=20261120 + chunk)
    seen: Counter[str] = Counter()
    for _ in range(SCHEDULES):
        schedule = maker.schedule(OSM_EFFECTS)
        compare_with_osm(schedule, maker.random)
        seen.update(features(schedule))
    assert all(seen[feature] > SCHEDULES // 20 for feature in FEATURES), seen


FEATURES = ("closure", "several closures", "holiday", "unsettled day", "clock change", "new hours", "staff day")


def features(schedule: Schedule) -> set[str]:
    """What a schedule puts to the test."""
    rules = {schedule.rule(day) for day in schedule.days}
    changes = days_of(CLOCK_CHANGES)
    found = {
        "closure": bool(schedule.disruptions),
        "several closures": len(schedule.disruptions) > 1,
        "holiday": "closed" in rules,
        "unsettled day": bool(rules & {"unknown", "early"}),
        "clock change": not changes.isdisjoint(schedule.days),
        "new hours": schedule.later is not None,
        "staff day": bool(schedule.staff),
    }
    return {feature for feature, is_there in found.items() if is_there}


# ---- the model: one minute at a time ----


def modelled_state(schedule: Schedule, day: date, minute: int) -> str:
    now = datetime.combine(day, time(minute // 60, minute % 60))
    active = [d for d in schedule.disruptions if d.start <= now < d.end]
    if any(d.effect in ("closed", "moved") for d in active):
        return "closed"
    spans, rule = schedule.spans(day), schedule.rule(day)
    if rule == "closed" or (spans is not None and not any(a <= minute < b for a, b in spans)):
        return "closed"
    if any(not any(a <= minute < b for a, b in d.allowed) for d in active):
        return "closed"
    is_limited = any(d.effect in ("phone_only", "urgent_only", "appointments_only") for d in active)
    if spans is None:
        return "limited" if is_limited else "unknown"
    if rule == "unknown" or (rule == "early" and minute >= 720):
        return "unknown"
    if is_limited:
        return "limited"
    return "unknown" if any(is_alarming(alarm, schedule.disruptions, now) for alarm in schedule.alarms) else "open"


def is_alarming(alarm: Alarm, disruptions: tuple[Disruption, ...], now: datetime) -> bool:
    """A disruption published since settles the whole of each day that it touches."""
    if alarm.is_confirmed or not alarm.start <= now < alarm.end:
        return False
    midnight = datetime.combine(now.date(), time(0))
    day = [d for d in disruptions if d.start < midnight + timedelta(days=1) and midnight < d.end]
    return not any(d.published >= alarm.published for d in day)


def test_agrees_with_a_model_of_single_minutes() -> None:
    maker = Maker(seed=20270328)
    seen: set[str] = set()
    for _ in range(MODELLED):
        schedule = maker.schedule(EVERY_EFFECT, with_alarms=True)
        day, facts = maker.random.choice(schedule.days), held(schedule)
        model = [modelled_state(schedule, day, minute) for minute in range(1440)]
        told = [""] * 1440
        for stretch in opening_on(facts, day).stretches:
            length = stretch.span.closes_at - stretch.span.opens_at
            told[stretch.span.opens_at : stretch.span.closes_at] = [stretch.opening.state.value] * length
        assert told == model, (schedule, day)
        seen |= set(model)
        for minute in maker.random.sample(range(121, 1440), 5):
            compare_minute(schedule, facts, day, minute, model)
    assert seen == {"open", "closed", "limited", "unknown"}


def compare_minute(schedule: Schedule, facts: OfficeFacts, day: date, minute: int, model: list[str]) -> None:
    """A moment within a minute: its state, when that changes if it does so that day, and where an opening starts."""
    moment = datetime.combine(day, time(minute // 60, minute % 60, 30), LONDON)
    opening = opening_at(facts, moment)
    assert opening.state.value == model[minute], (schedule, moment)
    changes = [later for later in range(minute + 1, 1440) if model[later] != model[minute]]
    if changes:
        assert opening.until == midnight(day) + timedelta(minutes=changes[0]), (schedule, moment)
        assert opening.then is not None
        assert opening.then.value == model[changes[0]]
    starts = [m for m in range(minute + 1, 1440) if model[m] != "closed" and model[m] != model[m - 1]]
    if starts:
        found = next_opening(facts, moment)
        assert found is not None
        assert found.at == midnight(day) + timedelta(minutes=starts[0]), (schedule, moment)
