"""What holds of every opening, whatever hours, days, closures and watches an office has."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, StaffDay, Watch
from bot.jobcentre.hours import DAY_MINUTES, Certainty, OpeningHours, Spans, TimeSpan, joined
from bot.jobcentre.office import OfficeStatus
from bot.jobcentre.opening import (
    HORIZON,
    OfficeFacts,
    Opening,
    OpeningState,
    Reason,
    may_differ,
    next_opening,
    opening_at,
    opening_on,
)
from tests.jobcentre.facts import CARDIFF, EVERYWHERE, GLASGOW, LEEDS, NEEDS

# Clock changes, Christmas, Easter, days that nobody settled, and a year that the list of holidays lacks.
STARTS = [
    date(2026, 10, 23),
    date(2026, 11, 27),
    date(2026, 12, 23),
    date(2027, 3, 25),
    date(2027, 10, 29),
    date(2030, 12, 30),
]
WINDOW_MINUTES = 8 * DAY_MINUTES

# The same examples in every run; HYPOTHESIS_EXAMPLES asks for more of them, and new ones each time.
EXAMPLES = os.environ.get("HYPOTHESIS_EXAMPLES")
quick = settings(
    max_examples=int(EXAMPLES or 60),
    derandomize=EXAMPLES is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

minutes = st.one_of(st.sampled_from([0, 60, 90, 120, 540, 720, 780, 1020, 1439]), st.integers(0, DAY_MINUTES - 1))


@st.composite
def time_spans(draw: Any) -> TimeSpan:
    opens = draw(minutes)
    return TimeSpan(opens, draw(st.one_of(st.just(DAY_MINUTES), st.integers(opens + 1, DAY_MINUTES))))


spans: st.SearchStrategy[Spans] = st.lists(time_spans(), max_size=3).map(joined)
weeks = st.tuples(*[spans] * 7)
hours = st.builds(OpeningHours, weeks, st.sampled_from(Certainty))

HERE = [
    Scope(offices=frozenset({"leeds", "cardiff", "glasgow"})),
    Scope(offices=frozenset({"york"}), everywhere=True),
    EVERYWHERE,
]
ELSEWHERE = [
    Scope(offices=frozenset({"york"})),
    Scope(districts=frozenset({"Kent"})),
    Scope(accounts=frozenset({"JCPinKent"})),
    replace(EVERYWHERE, excluding=frozenset({"leeds", "cardiff", "glasgow"})),
]


@st.composite
def moments(draw: Any, start: date) -> datetime:
    """A moment within the window that starts at that day, often on the minute, sometimes a second beside it."""
    first = datetime.combine(start, datetime.min.time(), timezone.utc)
    offset = timedelta(minutes=draw(st.integers(0, WINDOW_MINUTES)), seconds=draw(st.sampled_from([0, 0, 1, 30, 59])))
    return (first + offset).astimezone(draw(st.sampled_from([LONDON, timezone.utc])))


@st.composite
def periods(draw: Any, start: date) -> Period:
    begin = draw(moments(start))
    length = timedelta(minutes=draw(st.one_of(st.integers(1, 600), st.integers(1, WINDOW_MINUTES))))
    return Period(begin, (begin.astimezone(timezone.utc) + length).astimezone(begin.tzinfo))


@st.composite
def closures(draw: Any, start: date, scopes: list[Scope] = HERE) -> Closure:
    effect = draw(st.sampled_from(Effect))
    return Closure(
        id=f"c{draw(st.integers(0, 10**9))}",
        cause=Cause.OTHER,
        effect=effect,
        period=draw(periods(start)),
        scope=draw(st.sampled_from(scopes)),
        published_at=datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=draw(st.integers(0, 10**6))),
        **NEEDS.get(effect, {}),
    )


@st.composite
def watches(draw: Any, start: date) -> Watch:
    period = draw(periods(start))
    confirmed = {"leeds": period.start} if draw(st.booleans()) else {}
    return Watch("w", Cause.WEATHER, period, draw(st.sampled_from(HERE)), period.start, confirmed)


@st.composite
def staff_days(draw: Any, start: date) -> StaffDay:
    day = start + timedelta(days=draw(st.integers(0, 7)))
    said = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=draw(st.integers(0, 10**6)))
    return StaffDay(day, "Staff day", draw(st.booleans()), draw(st.sampled_from(HERE)), said)


@st.composite
def situations(draw: Any, with_watches: bool = True) -> tuple[OfficeFacts, datetime]:
    """An office with anything that may be held of it, and a moment near what is held."""
    start = draw(st.sampled_from(STARTS))
    status = draw(st.sampled_from([OfficeStatus.OPEN] * 9 + [OfficeStatus.CHECK]))
    held = OfficeFacts(
        replace(draw(st.sampled_from([LEEDS, CARDIFF, GLASGOW])), status=status),
        tuple(draw(st.lists(hours, max_size=1))),
        tuple(draw(st.lists(staff_days(start), max_size=2))),
        tuple(draw(st.lists(closures(start), max_size=3, unique_by=lambda c: c.published_at))),
        tuple(draw(st.lists(watches(start), max_size=2))) if with_watches else (),
    )
    return held, draw(moments(start))


def start_of(held: OfficeFacts, moment: datetime) -> date:
    return min(STARTS, key=lambda day: abs(day - moment.astimezone(LONDON).date()))


def told(opening: Opening) -> tuple[Any, ...]:
    """All of an opening but the moment, which differs from one asking to the next."""
    return opening.state, opening.reason, opening.closure, opening.watch, opening.until, opening.then


@quick
@given(situations(), st.lists(st.floats(0, 1, exclude_max=True), min_size=4, max_size=4))
def test_it_stays_as_it_is_until_it_changes_and_then_does(
    situation: tuple[OfficeFacts, datetime], fractions: list[float]
) -> None:
    held, at = situation
    opening = opening_at(held, at)
    begin = at.astimezone(timezone.utc)
    end = (opening.until or at + HORIZON).astimezone(timezone.utc)
    assert begin < end
    last = end - timedelta(microseconds=1)
    for sample in (*(min(begin + fraction * (end - begin), last) for fraction in fractions), last):
        seen = opening_at(held, sample)
        assert seen.state is opening.state, sample
        assert opening.until is None or seen.until == opening.until
    if opening.until:
        assert opening_at(held, opening.until).state is opening.then is not opening.state


@quick
@given(situations())
def test_it_is_never_open_within_an_active_closure_that_shuts(situation: tuple[OfficeFacts, datetime]) -> None:
    held, at = situation
    opening = opening_at(held, at)
    if any(c.effect.shuts and c.is_active(held.office, at) for c in held.closures):
        assert opening.state is OpeningState.CLOSED or opening.reason is Reason.ADDRESS_UNSURE


def wall_moments(day: date, minute: int) -> list[datetime]:
    """When the clock shows that minute of the day: once, twice, or never."""
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=LONDON)
    both = {local.replace(fold=fold).astimezone(timezone.utc) for fold in (0, 1)}
    return [at for at in sorted(both) if at.astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None)]


@quick
@given(situations(), st.lists(minutes, min_size=3, max_size=3))
def test_a_day_agrees_with_its_moments(situation: tuple[OfficeFacts, datetime], sampled: list[int]) -> None:
    held, at = situation
    day = at.astimezone(LONDON).date()
    whole = opening_on(held, day)
    assert joined(s.span for s in whole.stretches) == (TimeSpan(0, DAY_MINUTES),)
    for stretch in whole.stretches:
        edges = {stretch.span.opens_at, stretch.span.closes_at - 1}
        for minute in edges | {m for m in sampled if stretch.span.opens_at <= m < stretch.span.closes_at}:
            shown = wall_moments(day, minute)
            if len(shown) == 1 and not within_a_minute_of_seconds(held, shown[0]):
                assert opening_at(held, shown[0]).state is stretch.opening.state, shown
    assert whole.state is whole.lead.state
    assert (whole.state is OpeningState.OPEN) is bool(whole.spans())


def within_a_minute_of_seconds(held: OfficeFacts, at: datetime) -> bool:
    """Whether a period starts or ends inside that minute: a day is told by the minute, so it cannot say both."""
    edges = [edge for made in (*held.closures, *held.watches) for edge in (made.period.start, made.period.end)]
    return any(edge and at < edge < at + timedelta(minutes=1) for edge in edges)


ORDER = {OpeningState.CLOSED: 0, OpeningState.UNKNOWN: 1, OpeningState.LIMITED: 1, OpeningState.OPEN: 2}
"""How open it is: what is limited or unknown lies between closed and open, and neither above the other."""


@quick
@given(situations())
def test_a_day_of_which_nobody_speaks_is_as_its_weekday(situation: tuple[OfficeFacts, datetime]) -> None:
    facts, moment = situation
    for step in range(9):
        day = moment.astimezone(LONDON).date() + timedelta(days=step)
        if not may_differ(facts, day) and facts.office.status is OfficeStatus.OPEN:
            found, usual = opening_on(facts, day), facts.hours_on(day)
            assert found.lead.closure is None
            assert found.spans() == (usual.on(day) if usual else ())


@quick
@given(situations(with_watches=False), st.data())
def test_one_more_closure_never_makes_it_more_open(situation: tuple[OfficeFacts, datetime], data: Any) -> None:
    """Without a watch, which a closure published after it answers."""
    held, at = situation
    more = replace(held, closures=(*held.closures, data.draw(closures(start_of(held, at)))))
    assert ORDER[opening_at(more, at).state] <= ORDER[opening_at(held, at).state]


@quick
@given(situations(), st.data())
def test_one_more_closure_published_before_every_watch_never_makes_it_more_open(
    situation: tuple[OfficeFacts, datetime], data: Any
) -> None:
    held, at = situation
    extra = data.draw(closures(start_of(held, at)))
    more = replace(
        held, closures=(*held.closures, replace(extra, published_at=datetime(2025, 1, 1, tzinfo=timezone.utc)))
    )
    assert ORDER[opening_at(more, at).state] <= ORDER[opening_at(held, at).state]


@quick
@given(situations(), st.data())
def test_one_more_watch_never_makes_it_more_open(situation: tuple[OfficeFacts, datetime], data: Any) -> None:
    held, at = situation
    more = replace(held, watches=(*held.watches, data.draw(watches(start_of(held, at)))))
    assert ORDER[opening_at(more, at).state] <= ORDER[opening_at(held, at).state]


@quick
@given(situations(), st.data())
def test_closures_of_others_and_withdrawn_ones_change_nothing(
    situation: tuple[OfficeFacts, datetime], data: Any
) -> None:
    held, at = situation
    start = start_of(held, at)
    withdrawn = replace(data.draw(closures(start)), withdrawn_at=at)
    lifted = replace(data.draw(watches(start)), withdrawn_at=at)
    more = replace(
        held,
        closures=(data.draw(closures(start, ELSEWHERE)), *held.closures, withdrawn),
        watches=(lifted, *held.watches),
    )
    assert told(opening_at(more, at)) == told(opening_at(held, at))
    day = at.astimezone(LONDON).date()
    ours, theirs = opening_on(held, day), opening_on(more, day)
    for state in OpeningState:
        assert ours.spans(state) == theirs.spans(state)
    assert told(ours.lead) == told(theirs.lead)
    assert ours.is_shortened == theirs.is_shortened
    assert_same_start(next_opening(held, at), next_opening(more, at))


def assert_same_start(one: Opening | None, other: Opening | None) -> None:
    assert (one and (one.at, told(one))) == (other and (other.at, told(other)))


@quick
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_held_does_not_matter(situation: tuple[OfficeFacts, datetime], order: Any) -> None:
    held, at = situation
    shuffled = replace(
        held,
        closures=tuple(order.sample(held.closures, len(held.closures))),
        staff_days=tuple(order.sample(held.staff_days, len(held.staff_days))),
    )
    if len({s.said_at for s in held.staff_days}) == len(held.staff_days):
        assert told(opening_at(shuffled, at)) == told(opening_at(held, at))


@quick
@given(situations())
def test_the_next_opening_is_where_it_starts_to_be_so(situation: tuple[OfficeFacts, datetime]) -> None:
    held, at = situation
    found = next_opening(held, at)
    if found is None:
        return
    assert found.at > at
    assert found.state is not OpeningState.CLOSED
    assert opening_at(held, found.at).state is found.state
    just_before = found.at.astimezone(timezone.utc) - timedelta(microseconds=1)
    assert opening_at(held, just_before).state is not found.state


@quick
@given(situations(), st.sampled_from([timezone.utc, LONDON, timezone(timedelta(hours=-7))]))
def test_the_zone_in_which_a_moment_is_given_does_not_matter(
    situation: tuple[OfficeFacts, datetime], zone: Any
) -> None:
    held, at = situation
    assert told(opening_at(held, at.astimezone(zone))) == told(opening_at(held, at))


@given(hours)
def test_hours_are_read_as_they_were_written(held: OpeningHours) -> None:
    assert OpeningHours.parse(str(held), held.certainty) == held


@given(st.lists(time_spans(), max_size=5))
def test_joined_spans_hold_the_same_minutes_once(several: list[TimeSpan]) -> None:
    once = joined(several)
    assert joined(once) == once
    assert all(a.closes_at < b.opens_at for a, b in pairwise(once))
    assert minutes_in(once) == minutes_in(tuple(several))


def minutes_in(several: Spans) -> set[int]:
    return {minute for span in several for minute in range(span.opens_at, span.closes_at)}
