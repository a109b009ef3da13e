"""Places and postcode centres come back in order, and thousands of them quickly."""

from __future__ import annotations

import time

import pytest

from bot.jobcentre.errors import NotFound
from bot.jobcentre.gazetteer import Centre
from bot.jobcentre.office import Nation, Point
from bot.store.unit_of_work import Store
from tests.builders import make_offices, make_place

OUTCODE = Centre("LS1", Point(53.8, -1.5), Nation.ENGLAND, 0.9)
SECTOR = Centre("LS1 4", Point(53.79, -1.55), Nation.ENGLAND)


def test_places_come_back_in_their_order(each_store: Store) -> None:
    places = [make_place("Leeds", population=500_000), make_place("Otley"), make_place("Otley", nation=Nation.WALES)]
    with each_store.unit_of_work() as work:
        work.places.replace_all([make_place("Gone")])
        work.places.replace_all(places)
        assert work.places.find_all() == places


def test_centres_are_found_by_code(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.places.replace_centres([SECTOR, OUTCODE])
        assert work.places.find_centres() == [OUTCODE, SECTOR]
        assert work.places.get_centre(" ls1 4 ") == SECTOR
        with pytest.raises(NotFound, match='no postcode "LS2"'):
            work.places.get_centre("LS2")


@pytest.mark.parametrize(
    ("sectors", "left"),
    [
        pytest.param(None, [], id="all"),
        pytest.param(True, [OUTCODE], id="sectors"),
        pytest.param(False, [SECTOR], id="outcodes"),
    ],
)
def test_outcodes_and_sectors_are_replaced_apart(each_store: Store, sectors: bool | None, left: list[Centre]) -> None:
    with each_store.unit_of_work() as work:
        work.places.replace_centres([OUTCODE, SECTOR])
        work.places.replace_centres([], sectors=sectors)
        assert work.places.find_centres() == left


def test_a_whole_country_is_imported_within_two_seconds(each_store: Store) -> None:
    """As many offices, outcodes, sectors and places as the United Kingdom has."""
    offices = make_offices(639)
    centres = [Centre(f"AB{number}", Point(50 + number / 10_000, 0), Nation.ENGLAND) for number in range(13_821)]
    places = [make_place(f"Place {number}") for number in range(5_911)]
    started = time.process_time()
    with each_store.unit_of_work() as work:
        work.offices.put(offices)
        work.places.replace_centres(centres)
        work.places.replace_all(places)
    assert time.process_time() - started < 2
    with each_store.unit_of_work(write=False) as work:
        assert len(work.offices.find_all()) == 639
        assert len(work.places.find_centres()) == 13_821
        assert len(work.places.find_all()) == 5_911
