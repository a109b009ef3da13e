"""The sample data, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.jobcentre.errors import BadInput, Conflict
from bot.services import register, samples
from bot.settings import PROJECT
from bot.store.unit_of_work import Store
from tests.builders import NOW, keep_offices, make_office
from tests.services.rows import register as rows_of

FOLDER = PROJECT / "data" / "sample"


def test_the_sample_is_whole_and_marked_until_a_register_takes_its_place(store: Store) -> None:
    with store.unit_of_work() as work:
        assert samples.is_empty(work)
        assert samples.load(work, FOLDER, at=NOW) == 44
        assert samples.is_marked(work)
        assert work.accounts.get("JCPinLeeds").offices == ("leeds-park-place", "leeds-southern-house")
        assert work.contacts.get("uc-phone").say == "say"
        assert (len(work.places.find_all()) > 50, len(work.places.find_centres()) > 50) == (True, True)
        assert "Park Place" in work.offices.get("leeds-park-place").alternate_names
        register.import_register(work, rows_of({}), "r.csv", by="Ann", at=NOW)
        assert samples.is_marked(work)
        register.import_register(work, rows_of({}), "r.csv", by="Ann", at=NOW, complete=True)
        assert not samples.is_marked(work)


def test_it_goes_into_an_empty_database_alone(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        with pytest.raises(Conflict, match="offices already"):
            samples.load(work, FOLDER, at=NOW)


def test_a_missing_folder_is_named(store: Store, tmp_path: Path) -> None:
    with store.unit_of_work() as work, pytest.raises(BadInput, match="offices"):
        samples.load(work, tmp_path, at=NOW)
