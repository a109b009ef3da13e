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
from bot.services.files import ImportReport, Outcome
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
from tests.register import register_folder
from tests.services.rows import csv_file, register

USUAL = OpeningHours.parse("Mo-Fr 09:00-17:00")


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


def importing(store: Store, data: bytes, **options: Any) -> ImportReport:
    with store.unit_of_work() as work:
        return offices.import_register(work, data, "r.csv", **{**SAYS, **options})


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


# Importing


def test_a_register_adds_changes_and_leaves_alone(store: Store) -> None:
    first = importing(store, register({}, {"id": "york", "name": "York"}))
    assert first.is_applied
    assert first.counts == {Outcome.ADDED: 2}
    again = importing(store, register({"address": "1 New Street"}, {"id": "york", "name": "York"}))
    assert [(row.subject, row.outcome, row.detail) for row in again.rows] == [
        (LEEDS, Outcome.CHANGED, "address"),
        ("york", Outcome.UNCHANGED, ""),
    ]
    with store.unit_of_work() as work:
        assert work.offices.get(LEEDS).address == "1 New Street"
        events = work.audit.find(subject_type="office", subject_id=LEEDS)
        assert [event.action for event in events] == ["change", "add"]
        assert events[0].before is not None
        assert events[0].before["address"] == "21-22 Park Place, Leeds"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param({"id": ""}, "id is empty", id="no id"),
        pytest.param({"id": "Leeds Park"}, "like leeds-park", id="not a slug"),
        pytest.param({"name": ""}, "name is empty", id="no name"),
        pytest.param({"status": "shut"}, '"shut" is not a status: write open', id="status"),
        pytest.param({"nation": "Yorkshire"}, "is not a nation", id="nation"),
        pytest.param({"nation": "Northern Ireland"}, "its own offices", id="northern ireland"),
        pytest.param({"postcode": "LS1"}, "not a full postcode", id="postcode"),
        pytest.param({"lat": "-1.55", "lon": "53.79"}, "the wrong way round", id="swapped"),
        pytest.param({"lat": "north"}, "is not a position", id="not a number"),
        pytest.param({"lat": "nan", "lon": "nan"}, "not in the United Kingdom", id="nan"),
        pytest.param({"hours": "9 to 5"}, "write hours like", id="hours"),
        pytest.param({"phone": "ask inside"}, "not a phone number", id="phone"),
        pytest.param({"replaced_by": "nowhere"}, "which is no office that is known", id="replaced by nobody"),
        pytest.param({"replaced_by": "bad"}, "which is itself", id="replaced by itself"),
    ],
)
def test_a_bad_row_is_refused_by_line_and_keeps_everything_out(store: Store, row: dict[str, str], says: str) -> None:
    columns = {"hours": "", "phone": ""}
    report = importing(store, register(columns, {**columns, "id": "bad", "name": "Bad", **row}))
    assert not report.is_applied
    assert [(refused.line, says in refused.detail) for refused in report.refused] == [(3, True)]
    with store.unit_of_work() as work:
        assert work.offices.find_all() == []
        assert work.audit.find() == []


def test_the_good_rows_are_kept_when_the_bad_ones_are_skipped(store: Store) -> None:
    report = importing(store, register({}, {"id": "bad", "status": "?"}), skip_bad=True)
    assert report.is_applied
    with store.unit_of_work() as work:
        assert [office.id for office in work.offices.find_all()] == [LEEDS]


def test_the_same_id_twice_is_refused(store: Store) -> None:
    report = importing(store, register({}, {"name": "Again"}))
    assert [(r.line, r.detail) for r in report.refused] == [(3, "it is on line 2 already")]


def test_a_row_of_the_wrong_length_is_refused_with_a_hint(store: Store) -> None:
    report = importing(store, register({}) + b"york,York\n")
    assert "it has 2 cells and the header has 11" in report.refused[0].detail


def test_a_chain_of_replacements_falls_with_its_last_link(store: Store) -> None:
    rows = register(
        {"id": "a", "status": "moved", "replaced_by": "b"}, {"id": "b", "status": "moved", "replaced_by": "nowhere"}
    )
    assert [row.subject for row in importing(store, rows).refused] == ["a", "b"]


def test_a_dry_run_reports_and_changes_nothing(store: Store) -> None:
    report = importing(store, register({}), dry_run=True)
    assert report.counts == {Outcome.ADDED: 1}
    with store.unit_of_work() as work:
        assert work.offices.find_all() == []


def test_a_complete_file_shuts_what_it_lacks_and_only_then(store: Store) -> None:
    importing(store, register({}, {"id": "york", "name": "York"}, {"id": "hull", "name": "Hull"}))
    assert importing(store, register({})).counts == {Outcome.UNCHANGED: 1}
    bad = {"id": "hull", "status": "?"}
    report = importing(store, register({}, bad), complete=True, skip_bad=True)
    assert report.counts == {Outcome.UNCHANGED: 1, Outcome.REFUSED: 1, Outcome.RETIRED: 1}
    with store.unit_of_work() as work:
        held = {office.id: office.status for office in work.offices.find_all()}
    assert held == {LEEDS: OfficeStatus.OPEN, "york": OfficeStatus.CLOSED, "hull": OfficeStatus.OPEN}
    assert importing(store, register({}), complete=True).counts == {Outcome.UNCHANGED: 1, Outcome.RETIRED: 1}


def test_columns_that_a_file_lacks_stay_as_they_are(store: Store) -> None:
    rich = {"phone": "0113 000 0000", "name_cy": "Lîds", "facilities": "wifi; computers", "hours": "Mo 10:00-12:00"}
    importing(store, register(rich))
    importing(store, register({"address": "new"}))
    with store.unit_of_work() as work:
        office = work.offices.get(LEEDS)
        assert (office.phone, office.name_cy, office.facilities) == ("0113 000 0000", "Lîds", ("wifi", "computers"))
        assert [str(hours) for hours in work.offices.find_hours(LEEDS)] == ["Mo 10:00-12:00"]
    importing(store, register({**rich, "phone": "", "name_cy": ""}))
    with store.unit_of_work() as work:
        assert (work.offices.get(LEEDS).phone, work.offices.get(LEEDS).name_cy) == (None, None)


def test_hours_of_a_file_are_usual_and_never_replace_confirmed_ones(store: Store) -> None:
    importing(store, register({"hours": "Mo-Fr 09:00-17:00"}))
    with store.unit_of_work() as work:
        assert work.offices.find_hours(LEEDS)[0].certainty is Certainty.USUAL
        assert importing_in(work, register({"hours": "Mo-Fr 09:00-17:00"})).counts == {Outcome.UNCHANGED: 1}
        assert importing_in(work, register({"hours": "Mo-Fr 10:00-17:00"})).rows[0].detail == "hours"
        offices.set_hours(work, make_scope(LEEDS), make_hours("Mo-Fr 08:00-16:00"), **SAYS)
        report = importing_in(work, register({"hours": "Mo-Fr 10:00-17:00"}))
        assert "hours that staff confirmed are kept" in report.rows[0].detail
        assert [str(hours) for hours in work.offices.find_hours(LEEDS)] == ["Mo-Fr 08:00-16:00"]


def importing_in(work: UnitOfWork, data: bytes) -> ImportReport:
    return offices.import_register(work, data, "r.csv", **SAYS)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("open", OfficeStatus.OPEN),
        ("open-2019", OfficeStatus.OPEN),
        ("Check", OfficeStatus.CHECK),
        ("closed", OfficeStatus.CLOSED),
        ("moved", OfficeStatus.MOVED),
    ],
)
def test_status_words(store: Store, word: str, status: OfficeStatus) -> None:
    importing(store, register({"status": word}))
    with store.unit_of_work() as work:
        assert work.offices.get(LEEDS).status is status


def test_aliases_join_those_held_and_an_unknown_office_keeps_all_out(store: Store) -> None:
    importing(store, register({}))
    good, bad = {"id": LEEDS, "alias": "City Square"}, {"id": "leeds-parkplace", "alias": "x"}
    with store.unit_of_work() as work:
        report = offices.import_aliases(work, csv_file(good, bad), "a.csv", **SAYS)
        assert (report.is_applied, "did you mean leeds-park-place" in report.refused[0].detail) == (False, True)
        assert work.offices.get(LEEDS).alternate_names == ()
        assert offices.import_aliases(work, csv_file(good, good), "a.csv", **SAYS).counts == {
            Outcome.ADDED: 1,
            Outcome.UNCHANGED: 1,
        }
        assert work.offices.get(LEEDS).alternate_names == ("City Square",)


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


# The real register


@pytest.mark.register
def test_the_whole_register_with_hours_for_two_nations(store: Store) -> None:
    folder = register_folder()
    report = importing(store, (folder / "jobcentres.csv").read_bytes())
    assert report.counts == {Outcome.ADDED: 639}
    with store.unit_of_work() as work:
        aliases = offices.import_aliases(work, (folder / "jobcentre_aliases.csv").read_bytes(), "a.csv", **SAYS)
        assert not aliases.refused
        for nation in (Nation.ENGLAND, Nation.WALES):
            offices.set_hours(work, make_scope(nations=[nation]), USUAL, **SAYS)
        held = {office.id: office for office in work.offices.find_all()}
        assert len(held) == 639
        facts = work.offices.facts(list(held), NOW, NOW + DAY)
        states: dict[Any, set[OpeningState]] = {}
        for office_id, office in held.items():
            key = (office.nation, office.status)
            states.setdefault(key, set()).add(opening_at(facts[office_id], NOW).state)
    assert states[Nation.ENGLAND, OfficeStatus.OPEN] == {OpeningState.OPEN}
    assert states[Nation.WALES, OfficeStatus.OPEN] == {OpeningState.OPEN}
    assert states[Nation.SCOTLAND, OfficeStatus.OPEN] == {OpeningState.UNKNOWN}
    assert states[Nation.ENGLAND, OfficeStatus.CHECK] == {OpeningState.UNKNOWN}
    assert states[Nation.ENGLAND, OfficeStatus.CLOSED] == {OpeningState.CLOSED}
    assert importing(store, (folder / "jobcentres.csv").read_bytes()).counts == {Outcome.UNCHANGED: 639}
