"""Places and postcode centres, as staff import them."""

from __future__ import annotations

import pytest

from bot.jobcentre.office import Nation
from bot.services import places
from bot.services.files import ImportReport, Outcome
from bot.store.unit_of_work import Store
from tests.builders import NOW
from tests.register import register_folder
from tests.services.rows import outcode_file, place_file, sector_file

SAYS = {"by": "Ann", "at": NOW}


def importing(store: Store, data: bytes, **options: bool) -> ImportReport:
    with store.unit_of_work() as work:
        return places.import_postcodes(work, data, "p.csv", **SAYS, **options)


def test_places_replace_those_held(store: Store) -> None:
    with store.unit_of_work() as work:
        places.import_places(work, place_file({"name": "Ilkley"}), "p.csv", **SAYS)
        places.import_places(work, place_file({}, {"name": "Derry", "nation": "Northern Ireland"}), "p.csv", **SAYS)
        held = work.places.find_all()
        assert [(place.name, place.nation) for place in held] == [
            ("Otley", Nation.ENGLAND),
            ("Derry", Nation.NORTHERN_IRELAND),
        ]
        assert (work.audit.find()[0].before, work.audit.find()[0].after) == ({"count": 1}, {"count": 2})


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"name": ""}, "name is empty"),
        ({"population": "many"}, "is not a population"),
        ({"population": "-5"}, "is not a population"),
        ({"nation": "Atlantis"}, "is not a nation"),
        ({"lat": "", "lon": ""}, "lat and lon are empty"),
        ({"lat": "inf"}, "not in the United Kingdom"),
    ],
)
def test_a_bad_place_keeps_everything_out(store: Store, row: dict[str, str], says: str) -> None:
    with store.unit_of_work() as work:
        report = places.import_places(work, place_file({}, row), "p.csv", **SAYS)
        assert says in report.refused[0].detail
        assert work.places.find_all() == []


def test_sectors_are_in_the_nation_of_their_outcode_else_of_their_area(store: Store) -> None:
    importing(
        store,
        outcode_file(
            {"outcode": "CH5", "nation": "Wales"},
            {"outcode": "CH1", "nation": "England"},
            {"outcode": "CH2", "nation": "England"},
        ),
    )
    importing(store, sector_file({"sector": "CH5 1"}, {"sector": "ch9 2"}))
    with store.unit_of_work() as work:
        held = {centre.code: centre.nation for centre in work.places.find_centres()}
    assert (held["CH5 1"], held["CH9 2"]) == (Nation.WALES, Nation.ENGLAND)
    assert len(held) == 5


def test_sectors_before_outcodes_are_refused(store: Store) -> None:
    report = importing(store, sector_file({}))
    assert "import the outcodes first" in report.refused[0].detail


def test_outcodes_and_sectors_each_replace_their_own_sort(store: Store) -> None:
    importing(store, outcode_file({}, {"outcode": "LS2"}))
    importing(store, sector_file({}))
    importing(store, outcode_file({"outcode": "LS3"}))
    with store.unit_of_work() as work:
        assert [centre.code for centre in work.places.find_centres()] == ["LS1 2", "LS3"]


def test_the_islands_are_left_out_and_not_refused(store: Store) -> None:
    report = importing(store, outcode_file({}, {"outcode": "JE2", "nation": "Jersey", "lat": "49.19", "lon": "-2.11"}))
    assert report.counts == {Outcome.ADDED: 1, Outcome.IGNORED: 1}
    assert report.is_applied


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"outcode": "LS12 3"}, "is not a postcode outcode: write it like LS1"),
        ({"outcode": ""}, "outcode is empty"),
        ({"radius90_km": "nan"}, "is not a distance"),
        ({"nation": "Narnia"}, "is not a nation"),
    ],
)
def test_a_bad_outcode_is_refused(store: Store, row: dict[str, str], says: str) -> None:
    report = importing(store, outcode_file({}, row))
    assert [(r.line, says in r.detail) for r in report.refused] == [(3, True)]


@pytest.mark.register
def test_the_real_files(store: Store) -> None:
    folder = register_folder()
    outcodes = importing(store, (folder / "outcodes.csv").read_bytes())
    assert outcodes.counts == {Outcome.ADDED: 2952, Outcome.IGNORED: 22}
    assert importing(store, (folder / "postcode_sectors.csv").read_bytes()).counts == {Outcome.ADDED: 10847}
    with store.unit_of_work() as work:
        report = places.import_places(work, (folder / "places.csv").read_bytes(), "places.csv", **SAYS)
        assert report.counts == {Outcome.ADDED: 5911}
        assert work.places.get_centre("LS1 2").nation is Nation.ENGLAND
        assert work.places.get_centre("EH1 1").nation is Nation.SCOTLAND
