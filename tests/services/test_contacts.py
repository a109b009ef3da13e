"""The contacts directory, as staff import it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import contacts, versions
from bot.services.files import ImportReport, Outcome
from bot.store.unit_of_work import Store
from tests.builders import NOW
from tests.services.rows import contact_file


def importing(store: Store, data: bytes, **options: bool) -> ImportReport:
    with store.unit_of_work() as work:
        return contacts.import_contacts(work, data, "c.csv", by="Ann", at=NOW, **options)


def test_a_file_replaces_what_was_held_in_its_order(store: Store) -> None:
    importing(store, contact_file({"id": "b"}, {"id": "a"}))
    report = importing(
        store, contact_file({"id": "c"}, {"id": "a", "topic": "Jobseeker’s Allowance", "value": "0800 169 0310"})
    )
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
        pytest.param({"value": "0800 12"}, "is not a phone number", id="too short to be dialled"),
        pytest.param({"value": "+33 1 70 18 99 00"}, "is not a phone number", id="not a number of this country"),
        pytest.param({"channel": "online", "value": "our website"}, "is not a link", id="link"),
        pytest.param({"channel": "email", "value": "ask us"}, "is not an email address", id="email"),
        pytest.param({"certainty": "conflict: two sources"}, "what is not certain is never said", id="doubt"),
        pytest.param({"topic": "<b>Credit</b>"}, "markup", id="markup"),
        pytest.param({"value": "0800 169 0310"}, "uc-phone says 0800 328 5644 for the same people", id="two truths"),
    ],
)
def test_a_bad_row_keeps_everything_out_unless_it_is_skipped(store: Store, row: dict[str, str], says: str) -> None:
    data = contact_file({"certainty": ""}, {"id": "bad", **row} if row else {})
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


@pytest.mark.parametrize(
    "value",
    ["999", "116 123", "111, option 2", "101 (Police Scotland)", "0800 1111 (Childline)", "18001 then 0800 328 5644"],
)
def test_numbers_that_can_be_dialled_may_be_said(store: Store, value: str) -> None:
    assert importing(store, contact_file({"value": value}), dry_run=True).refused == ()


HOURS = {"hours": "Monday to Friday, 8am to 6pm", "hours_say": "say"}


def test_hours_of_one_line_change_wherever_they_are_told(store: Store) -> None:
    importing(
        store,
        contact_file({"id": "a", **HOURS}, {"id": "b", "topic": "Another", **HOURS}, {"id": "c", "hours_say": "never"}),
    )
    with store.unit_of_work() as work:
        wanted = replace(work.contacts.get("a"), hours="Monday to Friday, 9am to 5pm")
        changed = contacts.change(work, wanted, by="Ben", at=NOW)
        assert [contact.id for contact in changed] == ["a", "b"]
        assert [c.id for c in work.contacts.find() if c.hours == wanted.hours] == ["a", "b"]
        assert {event.subject_id for event in work.audit.find(action="change")} == {"a", "b"}


def test_a_change_on_an_old_page_is_refused(store: Store) -> None:
    importing(store, contact_file({"id": "a"}))
    with store.unit_of_work() as work:
        seen = versions.latest(work, "contact", "a")
        held = work.contacts.get("a")
        contacts.check(work, "a", by="Cat", at=NOW)  # that it was checked changes nothing of it
        contacts.change(work, replace(held, hours="9am to 5pm"), by="Ann", at=NOW, expected=seen)
        with pytest.raises(versions.ChangedMeanwhile, match="Ann changed a in the meantime"):
            contacts.change(work, replace(held, value="0800 169 0310"), by="Ben", at=NOW, expected=seen)
        assert work.contacts.get("a").value == "0800 328 5644"


def test_a_contact_is_due_90_days_after_it_was_checked(store: Store) -> None:
    importing(store, contact_file({"id": "a"}))
    with store.unit_of_work() as work:
        assert not contacts.is_due(work.contacts.get("a"), NOW + timedelta(days=89))
        assert contacts.is_due(work.contacts.get("a"), NOW + timedelta(days=90))
        contacts.check(work, "a", by="Ann", at=NOW + timedelta(days=90))
        assert not contacts.is_due(work.contacts.get("a"), NOW + timedelta(days=90))


def test_what_is_exported_can_be_imported_and_no_cell_is_a_formula(store: Store) -> None:
    importing(store, contact_file({"id": "a", "audience": "=HYPERLINK(1)", "hours": "+ bank holidays"}))
    with store.unit_of_work() as work:
        exported = contacts.export(work)
        assert b"'=HYPERLINK(1)" in exported
        assert b",=" not in exported
        report = contacts.import_contacts(work, exported, "c.csv", by="Ann", at=NOW)
        assert report.counts == {Outcome.UNCHANGED: 1}
