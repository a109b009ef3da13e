"""Files of offices and of their other names."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.opening import OpeningState, opening_at
from bot.services import offices, register
from bot.services.files import ImportReport, Outcome
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    LEEDS,
    NOW,
    make_hours,
    make_scope,
)
from tests.register import register_folder
from tests.services.rows import csv_file
from tests.services.rows import register as rows_of

USUAL = OpeningHours.parse("Mo-Fr 09:00-17:00")


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


def importing(store: Store, data: bytes, **options: Any) -> ImportReport:
    with store.unit_of_work() as work:
        return register.import_register(work, data, "r.csv", **{**SAYS, **options})


def test_a_register_adds_changes_and_leaves_alone(store: Store) -> None:
    first = importing(store, rows_of({}, {"id": "york", "name": "York"}))
    assert first.is_applied
    assert first.counts == {Outcome.ADDED: 2}
    again = importing(store, rows_of({"address": "1 New Street"}, {"id": "york", "name": "York"}))
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
    report = importing(store, rows_of(columns, {**columns, "id": "bad", "name": "Bad", **row}))
    assert not report.is_applied
    assert [(refused.line, says in refused.detail) for refused in report.refused] == [(3, True)]
    with store.unit_of_work() as work:
        assert work.offices.find_all() == []
        assert work.audit.find() == []


def test_the_good_rows_are_kept_when_the_bad_ones_are_skipped(store: Store) -> None:
    report = importing(store, rows_of({}, {"id": "bad", "status": "?"}), skip_bad=True)
    assert report.is_applied
    with store.unit_of_work() as work:
        assert [office.id for office in work.offices.find_all()] == [LEEDS]


def test_the_same_id_twice_is_refused(store: Store) -> None:
    report = importing(store, rows_of({}, {"name": "Again"}))
    assert [(r.line, r.detail) for r in report.refused] == [(3, "it is on line 2 already")]


def test_a_row_of_the_wrong_length_is_refused_with_a_hint(store: Store) -> None:
    report = importing(store, rows_of({}) + b"york,York\n")
    assert "it has 2 cells and the header has 11" in report.refused[0].detail


def test_a_chain_of_replacements_falls_with_its_last_link(store: Store) -> None:
    rows = rows_of(
        {"id": "a", "status": "moved", "replaced_by": "b"}, {"id": "b", "status": "moved", "replaced_by": "nowhere"}
    )
    assert [row.subject for row in importing(store, rows).refused] == ["a", "b"]


def test_a_dry_run_reports_and_changes_nothing(store: Store) -> None:
    report = importing(store, rows_of({}), dry_run=True)
    assert report.counts == {Outcome.ADDED: 1}
    with store.unit_of_work() as work:
        assert work.offices.find_all() == []


def test_a_complete_file_shuts_what_it_lacks_and_only_then(store: Store) -> None:
    importing(store, rows_of({}, {"id": "york", "name": "York"}, {"id": "hull", "name": "Hull"}))
    assert importing(store, rows_of({})).counts == {Outcome.UNCHANGED: 1}
    bad = {"id": "hull", "status": "?"}
    report = importing(store, rows_of({}, bad), complete=True, skip_bad=True)
    assert report.counts == {Outcome.UNCHANGED: 1, Outcome.REFUSED: 1, Outcome.RETIRED: 1}
    with store.unit_of_work() as work:
        held = {office.id: office.status for office in work.offices.find_all()}
    assert held == {LEEDS: OfficeStatus.OPEN, "york": OfficeStatus.CLOSED, "hull": OfficeStatus.OPEN}
    assert importing(store, rows_of({}), complete=True).counts == {Outcome.UNCHANGED: 1, Outcome.RETIRED: 1}


def test_columns_that_a_file_lacks_stay_as_they_are(store: Store) -> None:
    rich = {"phone": "0113 000 0000", "name_cy": "Lîds", "facilities": "wifi; computers", "hours": "Mo 10:00-12:00"}
    importing(store, rows_of(rich))
    importing(store, rows_of({"address": "new"}))
    with store.unit_of_work() as work:
        office = work.offices.get(LEEDS)
        assert (office.phone, office.name_cy, office.facilities) == ("0113 000 0000", "Lîds", ("wifi", "computers"))
        assert [str(hours) for hours in work.offices.find_hours(LEEDS)] == ["Mo 10:00-12:00"]
    importing(store, rows_of({**rich, "phone": "", "name_cy": ""}))
    with store.unit_of_work() as work:
        assert (work.offices.get(LEEDS).phone, work.offices.get(LEEDS).name_cy) == (None, None)


def test_hours_of_a_file_are_usual_and_never_replace_confirmed_ones(store: Store) -> None:
    importing(store, rows_of({"hours": "Mo-Fr 09:00-17:00"}))
    with store.unit_of_work() as work:
        assert work.offices.find_hours(LEEDS)[0].certainty is Certainty.USUAL
        assert importing_in(work, rows_of({"hours": "Mo-Fr 09:00-17:00"})).counts == {Outcome.UNCHANGED: 1}
        assert importing_in(work, rows_of({"hours": "Mo-Fr 10:00-17:00"})).rows[0].detail == "hours"
        offices.set_hours(work, make_scope(LEEDS), make_hours("Mo-Fr 08:00-16:00"), **SAYS)
        report = importing_in(work, rows_of({"hours": "Mo-Fr 10:00-17:00"}))
        assert "hours that staff confirmed are kept" in report.rows[0].detail
        assert [str(hours) for hours in work.offices.find_hours(LEEDS)] == ["Mo-Fr 08:00-16:00"]


def importing_in(work: UnitOfWork, data: bytes) -> ImportReport:
    return register.import_register(work, data, "r.csv", **SAYS)


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
    importing(store, rows_of({"status": word}))
    with store.unit_of_work() as work:
        assert work.offices.get(LEEDS).status is status


def test_aliases_join_those_held_and_an_unknown_office_keeps_all_out(store: Store) -> None:
    importing(store, rows_of({}))
    good, bad = {"id": LEEDS, "alias": "City Square"}, {"id": "leeds-parkplace", "alias": "x"}
    with store.unit_of_work() as work:
        report = register.import_aliases(work, csv_file(good, bad), "a.csv", **SAYS)
        assert (report.is_applied, "did you mean leeds-park-place" in report.refused[0].detail) == (False, True)
        assert work.offices.get(LEEDS).alternate_names == ()
        assert register.import_aliases(work, csv_file(good, good), "a.csv", **SAYS).counts == {
            Outcome.ADDED: 1,
            Outcome.UNCHANGED: 1,
        }
        assert work.offices.get(LEEDS).alternate_names == ("City Square",)


# The real register


@pytest.mark.register
def test_the_whole_register_with_hours_for_two_nations(store: Store) -> None:
    folder = register_folder()
    report = importing(store, (folder / "jobcentres.csv").read_bytes())
    assert report.counts == {Outcome.ADDED: 639}
    with store.unit_of_work() as work:
        aliases = register.import_aliases(work, (folder / "jobcentre_aliases.csv").read_bytes(), "a.csv", **SAYS)
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
