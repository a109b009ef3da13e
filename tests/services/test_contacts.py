"""The contacts directory, as staff import it."""

from __future__ import annotations

import pytest

from bot.services import contacts
from bot.services.files import ImportReport, Outcome
from bot.store.unit_of_work import Store
from tests.builders import NOW
from tests.services.rows import contact_file


def importing(store: Store, data: bytes, **options: bool) -> ImportReport:
    with store.unit_of_work() as work:
        return contacts.import_contacts(work, data, "c.csv", by="Ann", at=NOW, **options)


def test_a_file_replaces_what_was_held_in_its_order(store: Store) -> None:
    importing(store, contact_file({"id": "b"}, {"id": "a"}))
    report = importing(store, contact_file({"id": "c"}, {"id": "a", "value": "0800 169 0310"}))
    assert [(row.subject, row.outcome) for row in report.rows] == [
        ("c", Outcome.ADDED),
        ("a", Outcome.CHANGED),
        ("b", Outcome.RETIRED),
    ]
    with store.unit_of_work() as work:
        held = work.contacts.find()
        assert [(c.id, c.updated_by, str(c.last_checked)) for c in held] == [
            ("c", "Ann", "2026-11-20"),
            ("a", "Ann", "2026-11-20"),
        ]
        actions = {(event.subject_id, event.action) for event in work.audit.find(subject_type="contact")}
        assert actions == {("a", "add"), ("b", "add"), ("c", "add"), ("a", "change"), ("b", "remove")}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param({"id": ""}, "id is empty", id="no id"),
        pytest.param({"value": ""}, "value is empty", id="no value"),
        pytest.param({"channel": ""}, "channel is empty", id="no channel"),
        pytest.param({"nation": "england;france"}, '"france" is not a nation', id="nation"),
        pytest.param({"say": "maybe"}, '"maybe" in say', id="say"),
        pytest.param({"hours_say": "yes"}, '"yes" in hours_say', id="hours_say"),
        pytest.param({"hours": "", "hours_say": "say"}, "there are none", id="hours to say and none"),
        pytest.param({}, "it is on line 2 already", id="the same twice"),
    ],
)
def test_a_bad_row_keeps_everything_out_unless_it_is_skipped(store: Store, row: dict[str, str], says: str) -> None:
    data = contact_file({}, {"id": "bad", **row} if row else {})
    report = importing(store, data)
    assert [(r.line, says in r.detail) for r in report.refused] == [(3, True)]
    with store.unit_of_work() as work:
        assert work.contacts.find() == []
    assert importing(store, data, skip_bad=True).is_applied
    with store.unit_of_work() as work:
        assert [contact.id for contact in work.contacts.find()] == ["uc-phone"]


def test_a_dry_run_changes_nothing(store: Store) -> None:
    assert importing(store, contact_file({}), dry_run=True).counts == {Outcome.ADDED: 1}
    with store.unit_of_work() as work:
        assert work.contacts.find() == []
