"""What staff do with offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.jobcentre.closure import Period, Scope
from bot.jobcentre.errors import BadInput, NotFound
from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.opening import OpeningState, opening_at
from bot.services import closures, offices
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    GLASGOW,
    HOUR,
    LEEDS,
    NOW,
    keep_offices,
    make_account,
    make_closure,
    make_hours,
    make_office,
    make_scope,
    make_watch,
)

USUAL = OpeningHours.parse("Mo-Fr 09:00-17:00")


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


def state_at(work: UnitOfWork, office_id: str, moment: Any = NOW) -> OpeningState:
    return opening_at(work.offices.facts([office_id], moment - DAY, moment + DAY)[office_id], moment).state


def keep_two(work: UnitOfWork) -> None:
    """Leeds Park Place, served by JCPinLeeds, and Glasgow Laurieston."""
    keep_offices(work, [make_office(), make_office(GLASGOW, nation=Nation.SCOTLAND, district="Glasgow")])
    work.accounts.put(make_account(), make_scope(LEEDS))


# Naming offices


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        pytest.param(make_scope(LEEDS), [LEEDS], id="id"),
        pytest.param(make_scope("Leeds Park Place"), [LEEDS], id="name"),
        pytest.param(make_scope(districts=["west  YORKSHIRE"]), [LEEDS], id="district in any case"),
        pytest.param(make_scope(nations=[Nation.SCOTLAND]), [GLASGOW], id="nation"),
        pytest.param(make_scope(accounts=["@jcpinleeds"]), [LEEDS], id="handle in any case"),
        pytest.param(make_scope(everywhere=True), [GLASGOW, LEEDS], id="everywhere"),
        pytest.param(make_scope(everywhere=True, excluding=[LEEDS]), [GLASGOW], id="everywhere but one"),
    ],
)
def test_a_scope_is_found_as_staff_name_it(store: Store, scope: Scope, found: list[str]) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        checked = offices.check_scope(work, scope)
        assert [office.id for office in offices.find_in(work, checked)] == found


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        pytest.param(
            make_scope("leeds-parkplace"), "no office leeds-parkplace: did you mean leeds-park-place", id="id"
        ),
        pytest.param(make_scope("qqq"), '"jobcentre offices list" shows them', id="nothing near"),
        pytest.param(make_scope(districts=["West Yorks"]), "did you mean West Yorkshire", id="district"),
        pytest.param(make_scope(districts=["Mars"]), "there are Glasgow, West Yorkshire", id="far district"),
        pytest.param(make_scope(accounts=["JCPinLeds"]), "did you mean JCPinLeeds", id="account"),
        pytest.param(make_scope(LEEDS, excluding=["glasgow"]), "no office glasgow", id="exception"),
        pytest.param(make_scope(LEEDS, excluding=[LEEDS]), "no office is left", id="all excepted"),
        pytest.param(make_scope(nations=[Nation.WALES]), "no office is left", id="nation without offices"),
    ],
)
def test_a_scope_that_nothing_answers_to_is_refused(store: Store, scope: Scope, says: str) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        with pytest.raises((BadInput, NotFound), match=says):
            offices.check_scope(work, scope)


# Hours and days


def test_hours_of_a_nation_leave_the_others_unknown(store: Store) -> None:
    with store.unit_of_work() as work:
        welsh = make_office("cardiff", nation=Nation.WALES, district="South Wales")
        gone = make_office("old", status=OfficeStatus.CLOSED)
        keep_offices(work, [make_office(), welsh, gone], hours=None)
        changed = offices.set_hours(work, make_scope(nations=[Nation.ENGLAND]), USUAL, **SAYS)
        assert [office.id for office in changed] == [LEEDS]
        assert (state_at(work, LEEDS), state_at(work, "cardiff")) == (OpeningState.OPEN, OpeningState.UNKNOWN)


def test_hours_from_a_day_hold_from_that_day(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        later = make_hours("Mo-Fr 13:00-17:00", valid_from=date(2026, 11, 23))
        offices.set_hours(work, make_scope(LEEDS), later, **SAYS)
        assert state_at(work, LEEDS) is OpeningState.OPEN
        assert state_at(work, LEEDS, NOW + 3 * DAY) is OpeningState.CLOSED
        event = work.audit.find(subject_id=LEEDS, action="hours")[0]
        assert (event.before or {})["hours"] == "Mo-Fr 09:00-17:00"
        assert (event.after or {})["valid_from"] == "2026-11-23"


@pytest.mark.parametrize(("certainty", "confirmed"), [(Certainty.CONFIRMED, NOW), (Certainty.USUAL, None)])
def test_only_confirmed_hours_count_as_confirmed(store: Store, certainty: Certainty, confirmed: Any) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=None)
        offices.set_hours(work, make_scope(LEEDS), make_hours(certainty=certainty), **SAYS)
        assert work.offices.find_hours(LEEDS)[0].confirmed_at == confirmed


def test_offices_that_are_gone_keep_no_hours(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(status=OfficeStatus.MOVED)])
        with pytest.raises(BadInput, match="keep no hours"):
            offices.set_hours(work, make_scope(LEEDS), USUAL, **SAYS)


def test_a_closed_day_closes_and_an_open_one_opens_it_again(store: Store) -> None:
    day = NOW.date()
    with store.unit_of_work() as work:
        keep_two(work)
        offices.say_day(work, day, make_scope(nations=[Nation.ENGLAND]), title="Training", is_open=False, **SAYS)
        assert (state_at(work, LEEDS), state_at(work, GLASGOW)) == (OpeningState.CLOSED, OpeningState.OPEN)
        later = {"by": "Bo", "at": NOW + HOUR}
        offices.say_day(work, day, make_scope(LEEDS), title="Open after all", is_open=True, **later)
        assert state_at(work, LEEDS, NOW + 2 * HOUR) is OpeningState.OPEN
        assert [event.by for event in work.audit.find(subject_type="staff_day")] == ["Bo", "Ann"]


# Confirming


def test_a_confirmation_ends_the_unknown_of_a_watch_for_that_office_alone(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        watch = closures.watch(work, make_watch(scope=make_scope(everywhere=True)), **SAYS)
        assert state_at(work, LEEDS) is OpeningState.UNKNOWN
        confirmed = offices.confirm(work, [LEEDS], by="Bo", at=NOW + HOUR)
        assert [c.watches for c in confirmed] == [(watch.id,)]
        assert work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS].confirmed_at is None
        later = NOW + 2 * HOUR
        assert (state_at(work, LEEDS, later), state_at(work, GLASGOW, later)) == (
            OpeningState.OPEN,
            OpeningState.UNKNOWN,
        )


def test_a_confirmation_counts_for_a_watch_to_come_and_for_none_that_is_over(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        over = make_watch(scope=make_scope(LEEDS), period=Period(NOW - DAY, NOW))
        coming = make_watch(scope=make_scope(LEEDS), period=Period(NOW + DAY, NOW + 2 * DAY))
        closures.watch(work, over, **SAYS)
        watch = closures.watch(work, coming, **SAYS)
        (confirmed,) = offices.confirm(work, [LEEDS], by="Bo", at=NOW)
        assert confirmed.watches == (watch.id,)


def test_a_confirmation_without_a_watch_notes_that_facts_were_checked(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        assert offices.confirm(work, [LEEDS], **SAYS)[0].watches == ()
        facts = work.offices.facts([LEEDS, GLASGOW], NOW, NOW + DAY)
        assert (facts[LEEDS].confirmed_at, facts[GLASGOW].confirmed_at) == (NOW, None)


def test_a_watch_that_starts_later_is_not_confirmed_by_an_earlier_word(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        offices.confirm(work, [LEEDS], **SAYS)
        closures.watch(work, make_watch(), by="Ann", at=NOW + HOUR)
        assert state_at(work, LEEDS, NOW + 2 * HOUR) is OpeningState.UNKNOWN


def test_a_confirmation_names_the_closure_that_still_decides(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_two(work)
        closure = closures.publish(work, make_closure(), **SAYS)
        assert offices.confirm(work, [LEEDS], **SAYS)[0].closures == (closure.id,)


@pytest.mark.parametrize("status", [OfficeStatus.CLOSED, OfficeStatus.MOVED])
def test_an_office_that_is_gone_cannot_be_confirmed(store: Store, status: OfficeStatus) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(status=status)])
        with pytest.raises(BadInput, match=f"{LEEDS} is {status.value}"):
            offices.confirm(work, [LEEDS], **SAYS)
