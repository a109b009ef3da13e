"""All that decides whether offices open, in a fixed number of queries that read no whole table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.jobcentre.closure import Period
from bot.jobcentre.opening import HORIZON, OpeningState, opening_at
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    HOUR,
    LEEDS,
    NOW,
    keep_offices,
    keep_past_closures,
    make_account,
    make_closure,
    make_hours,
    make_office,
    make_offices,
    make_period,
    make_scope,
    make_staff_day,
    make_watch,
)
from tests.store.queries import recorded

MOST_QUERIES = 7


def fill(work: UnitOfWork) -> list[str]:
    """Five offices with something of everything; returns their ids."""
    offices = make_offices(5)
    ids = [office.id for office in offices]
    keep_offices(work, offices)
    work.accounts.put(make_account(), make_scope(districts=["West Yorkshire"]))
    work.offices.confirm(ids, at=NOW, by="Ann")
    work.offices.add_staff_day(make_staff_day(NOW.date()), by="Ann")
    for office_id in ids:
        work.closures.add(make_closure(office_id), by="Ann")
        work.closures.confirm(work.closures.add_watch(make_watch(office_id), by="Ann"), [office_id], at=NOW, by="Ann")
    return ids


@pytest.mark.parametrize("number", [1, 5])
def test_facts_take_a_fixed_number_of_queries(each_store: Store, number: int) -> None:
    with each_store.unit_of_work() as work:
        ids = fill(work)
    with recorded(each_store) as queries, each_store.unit_of_work(write=False) as work:
        facts = work.offices.facts(ids[:number], NOW, NOW + HORIZON)
    assert len(queries) == MOST_QUERIES
    assert list(facts) == ids[:number]
    assert all(held.hours and held.staff_days and held.closures for held in facts.values())
    assert all(held.watches[0].confirmed and held.confirmed_at and held.office.accounts for held in facts.values())


def test_facts_answer_whether_an_office_is_open(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(period=make_period(NOW + HOUR, NOW + 2 * HOUR)), by="Ann")
    with each_store.unit_of_work(write=False) as work:
        facts = work.offices.facts([LEEDS, "nowhere"], NOW, NOW + HORIZON)
    assert list(facts) == [LEEDS]
    opening = opening_at(facts[LEEDS], NOW)
    assert (opening.state, opening.until, opening.then) == (OpeningState.OPEN, NOW + HOUR, OpeningState.CLOSED)


def test_facts_of_no_office_are_none(each_store: Store) -> None:
    with each_store.unit_of_work(write=False) as work:
        assert work.offices.facts(["nowhere"], NOW, NOW + DAY) == {}
        assert work.offices.facts([], NOW, NOW + DAY) == {}


def test_facts_hold_the_hours_and_days_of_their_window_alone(each_store: Store) -> None:
    today = NOW.date()
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=None)
        work.offices.set_hours([LEEDS], make_hours(valid_from=date(2026, 1, 1)), by="Ann", at=NOW)
        work.offices.set_hours([LEEDS], make_hours(valid_from=today), by="Ann", at=NOW)
        work.offices.set_hours([LEEDS], make_hours(valid_from=today + timedelta(days=30)), by="Ann", at=NOW)
        for days in (-1, 0, 1, 2):
            work.offices.add_staff_day(make_staff_day(today + timedelta(days=days)), by="Ann")
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert [hours.valid_from for hours in facts.hours] == [today]
    assert [said.day for said in facts.staff_days] == [today, today + timedelta(days=1)]


def test_facts_leave_out_hours_that_were_replaced(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours="Mo 09:00-10:00")
        work.offices.set_hours([LEEDS], make_hours("Tu 09:00-10:00"), by="Ann", at=NOW)
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert [str(hours) for hours in facts.hours] == ["Tu 09:00-10:00"]


@pytest.mark.parametrize(
    ("period", "bears"),
    [
        pytest.param(make_period(NOW - DAY, NOW), False, id="ends as the window starts"),
        pytest.param(make_period(NOW - DAY, NOW + HOUR / 3600), True, id="ends a second later"),
        pytest.param(make_period(NOW + DAY, NOW + 2 * DAY), False, id="starts as the window ends"),
        pytest.param(make_period(NOW + DAY - HOUR / 3600, NOW + 2 * DAY), True, id="starts a second before"),
        pytest.param(make_period(NOW - DAY, None), True, id="without an end"),
    ],
)
def test_facts_hold_the_closures_of_their_window(each_store: Store, period: Period, bears: bool) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(period=period, review_by=NOW + DAY), by="Ann")
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert [closure.period for closure in facts.closures] == [period] * bears


def test_facts_read_no_whole_table(store: Store) -> None:
    with store.unit_of_work() as work:
        ids = fill(work)
        with recorded(store) as queries:
            work.offices.facts(ids, NOW, NOW + HORIZON)
        assert len(queries.plan(work)) >= MOST_QUERIES
        assert queries.scans(work) == []


def test_facts_read_no_more_among_many_offices_and_past_closures(store: Store) -> None:
    """Counted in steps of SQLite's virtual machine, which do not depend on the machine's mood."""
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(), by="Ann")
    before = _steps_of_facts(store)
    with store.unit_of_work() as work:
        keep_offices(work, make_offices(6_390))
        keep_past_closures(work, 5_000, make_scope(LEEDS))
        keep_past_closures(work, 5_000, make_scope("office-00001"))
        for _ in range(30):
            lasting = work.closures.add(make_closure(period=make_period(NOW - 2 * DAY, None), review_by=NOW), by="Ann")
            work.closures.withdraw(lasting, by="Ann", at=NOW - DAY)
    assert _steps_of_facts(store) < before * 1.1


def _steps_of_facts(store: Store) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with store.unit_of_work(write=False) as work:
        raw = work.connection.connection.dbapi_connection
        raw.set_progress_handler(count, 1)
        work.offices.facts([LEEDS], NOW, NOW + HORIZON)
        raw.set_progress_handler(None, 1)
    return steps
