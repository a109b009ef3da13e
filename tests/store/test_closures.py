"""Closures and watches: found when they bear on a time, and every version kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.jobcentre.closure import Cause, Closure, Effect, Scope, Watch
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.hours import parse_spans
from bot.jobcentre.office import Nation
from bot.store.unit_of_work import Store
from tests.builders import (
    CARDIFF,
    DAY,
    HOUR,
    LEEDS,
    NOW,
    keep_offices,
    make_account,
    make_closure,
    make_office,
    make_period,
    make_scope,
    make_watch,
)

CLOSURES = [
    pytest.param({}, id="closed"),
    pytest.param({"effect": Effect.LATE_OPENING, "opens_at": 660}, id="late opening"),
    pytest.param({"effect": Effect.EARLY_CLOSING, "closes_at": 900}, id="early closing"),
    pytest.param({"effect": Effect.REDUCED_HOURS, "spans": parse_spans("10:00-12:00,13:00-14:00")}, id="reduced"),
    pytest.param({"effect": Effect.MOVED, "moved_to": CARDIFF}, id="moved"),
    pytest.param({"period": make_period(NOW, None), "review_by": NOW + DAY}, id="without an end"),
    pytest.param({"message": "No heating", "message_cy": "Dim gwres", "note": "Boiler man at 3"}, id="in words"),
    pytest.param({"scope": make_scope(everywhere=True, excluding=[LEEDS])}, id="everywhere but"),
    pytest.param(
        {"scope": make_scope(districts=["A", "B"], nations=[Nation.WALES], accounts=["JCPinLeeds"])}, id="wide"
    ),
]


@pytest.mark.parametrize("fields", CLOSURES)
def test_a_closure_comes_back_as_it_was_published(each_store: Store, fields: dict[str, Any]) -> None:
    draft = make_closure(**fields)
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(draft, by="Ann")
        assert work.closures.get(closure_id) == replace(draft, id=closure_id)
        assert [version.closure for version in work.closures.versions(closure_id)] == [replace(draft, id=closure_id)]


def test_ids_can_be_said_and_typed_in_any_case(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(make_closure(), by="Ann")
        watch_id = work.closures.add_watch(make_watch(), by="Ann")
        assert (closure_id, watch_id) == ("C1", "W2")
        assert work.closures.get(" c1 ").id == "C1"
        assert work.closures.get_watch("w2").id == "W2"


@pytest.mark.parametrize("closure_id", ["C9", "W2", "C2", "1", "C", "", "C1x", "C²", "C" + "9" * 30])
def test_what_is_no_closure_is_not_found(each_store: Store, closure_id: str) -> None:
    with each_store.unit_of_work() as work:
        work.closures.add(make_closure(), by="Ann")
        work.closures.add_watch(make_watch(), by="Ann")
        with pytest.raises(NotFound, match="there is no closure"):
            work.closures.get(closure_id)
        with pytest.raises(NotFound, match="there is no closure"):
            work.closures.versions(closure_id)


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        pytest.param({"at": NOW}, True, id="at its start"),
        pytest.param({"at": NOW - HOUR / 3600}, False, id="a second before its start"),
        pytest.param({"at": NOW + DAY - HOUR / 3600}, True, id="a second before its end"),
        pytest.param({"at": NOW + DAY}, False, id="at its end"),
        pytest.param({"start": NOW - DAY, "end": NOW}, False, id="a window that ends as it starts"),
        pytest.param({"start": NOW - DAY, "end": NOW + HOUR}, True, id="a window over its start"),
        pytest.param({"start": NOW + DAY, "end": NOW + 2 * DAY}, False, id="a window that starts as it ends"),
        pytest.param({"start": NOW + HOUR}, True, id="from then on"),
        pytest.param({}, True, id="all"),
    ],
)
def test_closures_and_watches_are_found_by_time(each_store: Store, when: dict[str, Any], is_found: bool) -> None:
    with each_store.unit_of_work() as work:
        work.closures.add(make_closure(), by="Ann")
        work.closures.add_watch(make_watch(), by="Ann")
        assert [closure.id for closure in work.closures.find(**when)] == ["C1"] * is_found
        assert [watch.id for watch in work.closures.find_watches(**when)] == ["W2"] * is_found


def test_a_closure_without_an_end_is_active_until_it_is_withdrawn(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(make_closure(period=make_period(NOW, None), review_by=NOW + DAY), by="Ann")
        assert len(work.closures.find(at=NOW + 1000 * DAY)) == 1
        withdrawn = work.closures.withdraw(closure_id, by="Bob", at=NOW + HOUR, reason="reopened")
        assert withdrawn.withdrawn_at == NOW + HOUR
        assert work.closures.find() == []
        assert work.closures.find(include_withdrawn=True) == [withdrawn]


def test_every_version_is_kept_with_who_and_when(each_store: Store) -> None:
    draft = make_closure()
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(draft, by="Ann")
        first = work.closures.get(closure_id)
        wider = replace(first, scope=make_scope(LEEDS, CARDIFF), period=make_period(NOW, NOW + 2 * DAY))
        second = work.closures.amend(closure_id, wider, by="Bob", at=NOW + HOUR, expected_version=1)
        assert second == replace(wider, version=2)
        third = work.closures.withdraw(closure_id, by="Cat", at=NOW + 2 * HOUR, reason="a mistake")
        versions = work.closures.versions(closure_id)
    assert [(v.version, v.action, v.by, v.at, v.reason) for v in versions] == [
        (1, "published", "Ann", NOW, ""),
        (2, "amended", "Bob", NOW + HOUR, ""),
        (3, "withdrawn", "Cat", NOW + 2 * HOUR, "a mistake"),
    ]
    assert [v.closure for v in versions] == [first, second, third]


def test_amending_what_somebody_else_has_changed_is_refused(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(make_closure(), by="Ann")
        read = work.closures.get(closure_id)
        work.closures.amend(closure_id, replace(read, cause=Cause.FIRE), by="Bob", at=NOW, expected_version=1)
        with pytest.raises(Conflict, match="C1 was changed by somebody else"):
            work.closures.amend(closure_id, replace(read, cause=Cause.POWER), by="Cat", at=NOW, expected_version=1)
        assert work.closures.get(closure_id).cause is Cause.FIRE


def test_what_is_withdrawn_stays_withdrawn(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        closure_id = work.closures.add(make_closure(), by="Ann")
        withdrawn = work.closures.withdraw(closure_id, by="Bob", at=NOW)
        with pytest.raises(Conflict, match="C1 is withdrawn already"):
            work.closures.withdraw(closure_id, by="Cat", at=NOW)
        with pytest.raises(Conflict, match="C1 is withdrawn already"):
            work.closures.amend(closure_id, withdrawn, by="Cat", at=NOW)


def test_a_watch_comes_back_with_the_offices_confirmed_in_it(each_store: Store) -> None:
    draft = make_watch(scope=make_scope(districts=["West Yorkshire"], excluding=[CARDIFF]))
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        watch_id = work.closures.add_watch(draft, by="Ann")
        assert work.closures.get_watch(watch_id) == replace(draft, id=watch_id)
        work.closures.confirm(watch_id, [LEEDS], at=NOW, by="Bob")
        watch = work.closures.confirm(watch_id, [LEEDS], at=NOW + HOUR, by="Bob")
        assert watch.confirmed == {LEEDS: NOW + HOUR}
        assert work.closures.find_watches(at=NOW) == [watch]
        assert work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS].confirmed_at is None


def test_a_watch_ends_when_it_is_withdrawn(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        watch_id = work.closures.add_watch(make_watch(), by="Ann")
        assert work.closures.withdraw_watch(watch_id, by="Bob", at=NOW).withdrawn_at == NOW
        assert work.closures.find_watches(at=NOW) == []
        with pytest.raises(Conflict, match="W1 is withdrawn already"):
            work.closures.withdraw_watch(watch_id, by="Bob", at=NOW)
        with pytest.raises(NotFound, match="there is no watch"):
            work.closures.confirm("W7", [LEEDS], at=NOW, by="Bob")


SCOPES = [
    pytest.param(make_scope(LEEDS), True, id="the office"),
    pytest.param(make_scope(CARDIFF), False, id="another office"),
    pytest.param(make_scope(districts=["West Yorkshire"]), True, id="its district"),
    pytest.param(make_scope(districts=["South Wales"]), False, id="another district"),
    pytest.param(make_scope(nations=[Nation.ENGLAND]), True, id="its nation"),
    pytest.param(make_scope(nations=[Nation.WALES]), False, id="another nation"),
    pytest.param(make_scope(accounts=["JCPinLeeds"]), True, id="its account"),
    pytest.param(make_scope(accounts=["JCPinHull"]), False, id="another account"),
    pytest.param(make_scope(everywhere=True), True, id="everywhere"),
    pytest.param(make_scope(everywhere=True, excluding=[LEEDS]), False, id="everywhere but it"),
    pytest.param(make_scope(LEEDS, excluding=[LEEDS]), False, id="it, and but it"),
]


@pytest.mark.parametrize(("scope", "bears"), SCOPES)
def test_facts_hold_the_closures_that_bear_on_the_office(each_store: Store, scope: Scope, bears: bool) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.accounts.put(make_account("JCPinLeeds"), make_scope(LEEDS))
        closure: Closure = make_closure(scope=scope)
        watch: Watch = make_watch(scope=scope)
        work.closures.add(closure, by="Ann")
        work.closures.add_watch(watch, by="Ann")
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert facts.closures == (replace(closure, id="C1"),) * bears
    assert facts.watches == (replace(watch, id="W2"),) * bears


def test_facts_leave_out_what_was_withdrawn_or_amended_away(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        for _ in range(3):
            work.closures.add(make_closure(), by="Ann")
        work.closures.withdraw("C1", by="Bob", at=NOW - HOUR)
        work.closures.amend("C2", make_closure(CARDIFF), by="Bob", at=NOW)
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert [closure.id for closure in facts.closures] == ["C3"]


def test_each_change_of_a_closure_or_a_watch_shows_in_its_stamp(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        seen = [work.closures.find_stamps(NOW - DAY)]
        for change in (
            lambda: work.closures.add(make_closure(), by="Ann"),
            lambda: work.closures.add_watch(make_watch(), by="Ann"),
            lambda: work.closures.amend("C1", make_closure(cause=Cause.POWER), by="Bob", at=NOW),
            lambda: work.closures.withdraw("C1", by="Bob", at=NOW),
            lambda: work.closures.withdraw_watch("W2", by="Bob", at=NOW),
        ):
            change()
            seen.append(work.closures.find_stamps(NOW - DAY))
    assert len(set(map(tuple, seen))) == len(seen)
    assert [(stamp.number, stamp.active_until) for stamp in seen[-1]] == [(1, NOW), (2, NOW)]


def test_what_was_over_before_has_no_stamp(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(period=make_period(NOW - DAY, NOW)), by="Ann")
        assert work.closures.find_stamps(NOW) == []
        assert len(work.closures.find_stamps(NOW - HOUR)) == 1
