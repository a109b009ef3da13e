"""Offices, their names and hours, and what staff say of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import NotFound
from bot.jobcentre.hours import Certainty, OpeningHours, hours_on
from bot.jobcentre.office import Nation, Office, OfficeStatus
from bot.store.records import NameKind, OfficeName
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    CARDIFF,
    DAY,
    LEEDS,
    NOW,
    keep_offices,
    make_account,
    make_contact,
    make_hours,
    make_office,
    make_offices,
    make_place,
    make_scope,
    make_staff_day,
    make_watch,
)
from tests.store.queries import recorded


def test_an_office_comes_back_as_it_was_put(each_store: Store) -> None:
    office = make_office(
        status=OfficeStatus.MOVED,
        replaced_by=CARDIFF,
        phone="0800 169 0190",
        name_cy="Leeds",
        alternate_names=("City centre", "Park Place"),
        facilities=("computers", "wifi"),
    )
    bare = Office(CARDIFF, "Cardiff", Nation.WALES)
    with each_store.unit_of_work() as work:
        work.offices.put([office, bare])
        assert work.offices.get(LEEDS) == office
        assert work.offices.find_all() == [bare, office]


def test_putting_an_office_again_replaces_it_and_keeps_its_names(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office(alternate_names=("Park Place",))])
        work.offices.put([make_office(town="Bradford", alternate_names=("City centre",))])
        held = work.offices.get(LEEDS)
    assert held.town == "Bradford"
    assert held.alternate_names == ("City centre", "Park Place")


def test_names_know_what_they_are(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office(alternate_names=("Park Place",))])
        old = OfficeName(LEEDS, "Leeds Eastgate", NameKind.OLD)
        work.offices.add_names([old, old, OfficeName(LEEDS, "Park Place", NameKind.NICKNAME)])
        assert work.offices.find_names(LEEDS) == [old, OfficeName(LEEDS, "Park Place", NameKind.ALIAS)]
        work.offices.remove_names(LEEDS, ["Park Place"])
        assert work.offices.find_names(LEEDS) == [old]


def test_offices_are_found_by_id_district_and_nation(each_store: Store) -> None:
    leeds, cardiff = make_office(), make_office(CARDIFF, nation=Nation.WALES, district="South Wales")
    with each_store.unit_of_work() as work:
        work.offices.put([leeds, cardiff])
        assert work.offices.find([CARDIFF, "nowhere", LEEDS, CARDIFF]) == [cardiff, leeds]
        assert work.offices.find([]) == []
        assert work.offices.find_by_district(" south wales ") == [cardiff]
        assert work.offices.find_by_nation(Nation.ENGLAND) == [leeds]
        assert work.offices.find_districts() == ["South Wales", "West Yorkshire"]


def test_an_office_knows_the_accounts_that_serve_it(each_store: Store) -> None:
    cardiff = make_office(CARDIFF, nation=Nation.WALES, district="South Wales")
    scopes: dict[str, Scope] = {
        "ByOffice": make_scope(LEEDS),
        "ByDistrict": make_scope(districts=["West Yorkshire"]),
        "ByNation": make_scope(nations=[Nation.ENGLAND]),
        "Wales": make_scope(nations=[Nation.WALES]),
    }
    with each_store.unit_of_work() as work:
        work.offices.put([make_office(), cardiff])
        for handle, scope in scopes.items():
            work.accounts.put(make_account(handle), scope)
        assert work.offices.get(LEEDS).accounts == ("ByDistrict", "ByNation", "ByOffice")
        assert work.offices.get(CARDIFF).accounts == ("Wales",)


def test_a_status_is_set(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office()])
        work.offices.set_status(LEEDS, OfficeStatus.MOVED, CARDIFF)
        held = work.offices.get(LEEDS)
    assert (held.status, held.replaced_by) == (OfficeStatus.MOVED, CARDIFF)


def test_an_office_that_is_not_held_is_not_found(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        with pytest.raises(NotFound, match='no office "leeds"'):
            work.offices.get("leeds")
        with pytest.raises(NotFound, match='no office "leeds"'):
            work.offices.set_status("leeds", OfficeStatus.CLOSED)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda work: work.offices.put([make_office(CARDIFF)]), id="offices"),
        pytest.param(lambda work: work.offices.add_names([OfficeName(LEEDS, "Park Place")]), id="names"),
        pytest.param(lambda work: work.offices.remove_names(LEEDS, ["Old"]), id="names removed"),
        pytest.param(lambda work: work.offices.set_status(LEEDS, OfficeStatus.CLOSED), id="status"),
        pytest.param(lambda work: work.accounts.put(make_account(), make_scope(LEEDS)), id="accounts"),
        pytest.param(lambda work: work.places.replace_all([make_place()]), id="places"),
        pytest.param(lambda work: work.places.replace_centres([]), id="postcodes"),
    ],
)
def test_a_reader_sees_that_its_copy_is_stale(each_store: Store, change: object) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office()])
        before = work.offices.revision()
        change(work)  # type: ignore[operator]
        assert work.offices.revision() > before


def test_what_a_gazetteer_does_not_read_leaves_the_revision(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office()])
        before = work.offices.revision()
        work.offices.set_hours([LEEDS], make_hours(), by="Ann", at=NOW)
        work.offices.confirm([LEEDS], at=NOW, by="Ann")
        work.contacts.replace_all([make_contact()])
        assert work.offices.revision() == before


# Hours

WEEK = "Mo-Fr 09:00-17:00"
SHORT = "Mo-Th 10:00-12:30,13:30-16:00"
MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 6), date(2026, 5, 4)


def held_on(work: UnitOfWork, day: date) -> str | None:
    hours = hours_on(work.offices.find_hours(LEEDS), day)
    return str(hours) if hours else None


def test_hours_come_back_as_they_were_set(each_store: Store) -> None:
    hours = make_hours(SHORT, certainty=Certainty.USUAL, valid_from=MARCH, valid_to=MAY, confirmed_at=NOW)
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=None)
        work.offices.set_hours([LEEDS], hours, by="Ann", at=NOW)
        assert work.offices.find_hours(LEEDS) == [hours]
        said = work.offices.hours_history(LEEDS)[0]
    assert (said.said_by, said.said_at, said.superseded_at) == ("Ann", NOW, None)


def test_closed_all_week_is_kept_as_hours(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours="Mo-Su off")
        assert work.offices.find_hours(LEEDS)[0].week == ((),) * 7


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param((None, None), (None, None), (SHORT, SHORT, SHORT), id="no dates replace all"),
        pytest.param((None, None), (APRIL, None), (WEEK, SHORT, SHORT), id="a new period ends the one before it"),
        pytest.param((MARCH, None), (APRIL, None), (WEEK, SHORT, SHORT), id="both dated"),
        pytest.param((APRIL, None), (MARCH, None), (SHORT, SHORT, SHORT), id="earlier ones replace those to come"),
        pytest.param((MAY, None), (None, MARCH), (SHORT, None, WEEK), id="neither touches the other"),
        pytest.param((None, None), (APRIL, APRIL), (WEEK, SHORT, WEEK), id="for a time, then as before"),
        pytest.param((MARCH, None), (None, APRIL), (SHORT, SHORT, WEEK), id="over the start of what was held"),
        pytest.param((APRIL, APRIL), (MARCH, MAY), (SHORT, SHORT, SHORT), id="round what was held"),
        pytest.param((APRIL, APRIL), (MARCH, APRIL), (SHORT, SHORT, None), id="to the end of what was held"),
        pytest.param((MARCH, APRIL), (APRIL, None), (WEEK, SHORT, SHORT), id="from the last day of what was held"),
    ],
)
def test_later_hours_take_their_place_among_those_held(
    each_store: Store,
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    expected: tuple[str | None, ...],
) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=None)
        for text, (valid_from, valid_to) in ((WEEK, first), (SHORT, second)):
            hours = make_hours(text, valid_from=valid_from, valid_to=valid_to)
            work.offices.set_hours([LEEDS], hours, by="Ann", at=NOW)
        assert tuple(held_on(work, day) for day in (MARCH, APRIL, MAY)) == expected


def test_hours_that_were_replaced_stay_in_the_history(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=WEEK)
        work.offices.set_hours([LEEDS], make_hours(SHORT), by="Bob", at=NOW + DAY)
        history = work.offices.hours_history(LEEDS)
    assert [(str(said.hours), said.said_by, said.superseded_at) for said in history] == [
        (WEEK, "Ann", NOW + DAY),
        (SHORT, "Bob", None),
    ]


def test_hours_are_set_for_many_offices_and_no_others(each_store: Store) -> None:
    offices = make_offices(3)
    with each_store.unit_of_work() as work:
        keep_offices(work, offices, hours=WEEK)
        work.offices.set_hours([offices[0].id, offices[1].id], make_hours(SHORT), by="Ann", at=NOW)
        held = [str(work.offices.find_hours(office.id)[0]) for office in offices]
    assert held == [SHORT, SHORT, WEEK]


# Days and confirmations


def test_days_that_staff_spoke_of_are_found_and_withdrawn(each_store: Store) -> None:
    scope = make_scope(LEEDS, districts=["South Wales"], nations=[Nation.SCOTLAND], excluding=[CARDIFF])
    first, second = make_staff_day(date(2026, 12, 29), scope=scope), make_staff_day(date(2026, 12, 31), is_open=True)
    with each_store.unit_of_work() as work:
        number = work.offices.add_staff_day(first, by="Ann")
        work.offices.add_staff_day(second, by="Bob")
        found = work.offices.find_staff_days(date(2026, 12, 29), date(2026, 12, 30))
        assert [(said.staff_day, said.said_by) for said in found] == [(first, "Ann")]
        assert found[0].staff_day.scope == scope
        work.offices.withdraw_staff_day(number, at=NOW, by="Ann")
        assert [said.staff_day for said in work.offices.find_staff_days()] == [second]
        assert len(work.offices.find_staff_days(include_withdrawn=True)) == 2
        with pytest.raises(NotFound):
            work.offices.withdraw_staff_day(number, at=NOW, by="Ann")


def test_the_last_confirmation_counts(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.offices.confirm([LEEDS], at=NOW, by="Ann")
        work.offices.confirm([LEEDS], at=NOW - timedelta(hours=1), by="Bob")
        facts = work.offices.facts([LEEDS], NOW, NOW + DAY)[LEEDS]
    assert facts.confirmed_at == NOW


def test_hours_text_survives_any_week(each_store: Store) -> None:
    weeks = ["Mo-Su 00:00-24:00", "Sa 09:00-12:00", "Mo,We,Fr 08:45-12:30,13:15-16:59", "Su off"]
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()], hours=None)
        for text in weeks:
            work.offices.set_hours([LEEDS], OpeningHours.parse(text), by="Ann", at=NOW)
            assert work.offices.find_hours(LEEDS)[0].week == OpeningHours.parse(text).week


def test_who_only_reads_reads_the_offices_once(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, make_offices(3))
    with store.unit_of_work(write=False) as work:
        everyone = work.offices.find_all()
        with recorded(store) as queries:
            assert work.offices.find([everyone[2].id, "nowhere", everyone[0].id]) == [everyone[2], everyone[0]]
            assert work.offices.find_all() == everyone
        assert queries == []


def test_who_writes_reads_what_was_changed(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.offices.find_all()
        work.offices.set_status(LEEDS, OfficeStatus.CLOSED)
        assert work.offices.get(LEEDS).status is OfficeStatus.CLOSED


CHANGES: dict[str, Callable[[UnitOfWork], object]] = {
    "an office": lambda work: work.offices.put([make_office(CARDIFF)]),
    "a name": lambda work: work.offices.add_names([OfficeName(LEEDS, "Park Place")]),
    "a status": lambda work: work.offices.set_status(LEEDS, OfficeStatus.CLOSED),
    "an account": lambda work: work.accounts.put(make_account(), make_scope(LEEDS)),
    "hours": lambda work: work.offices.set_hours([LEEDS], make_hours("Sa 09:00-12:00"), by="Ann", at=NOW),
    "a confirmation": lambda work: work.offices.confirm([LEEDS], at=NOW, by="Ann"),
    "a confirmation of a watch": lambda work: work.closures.confirm("W1", [LEEDS], by="Ann", at=NOW),
    "a day": lambda work: work.offices.add_staff_day(make_staff_day(), by="Ann"),
    "a day withdrawn": lambda work: work.offices.withdraw_staff_day(1, at=NOW, by="Ann"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_that_bears_on_openings_makes_a_version_grow(
    each_store: Store, change: Callable[[UnitOfWork], object]
) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.offices.add_staff_day(make_staff_day(), by="Ann")
        work.closures.add_watch(make_watch(), by="Ann")
    with each_store.unit_of_work() as work:
        before = work.offices.versions()
        assert work.offices.versions() == before
        change(work)
        after = work.offices.versions()
    grown = [new - old for old, new in zip(before, after, strict=True)]
    assert min(grown) >= 0
    assert max(grown) > 0
