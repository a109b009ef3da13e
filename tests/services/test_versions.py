"""Who was quicker: nobody is overwritten unasked, however many change one thing at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.jobcentre.hours import OpeningHours
from bot.services import contacts, office_details, offices, versions
from bot.services.versions import ChangedMeanwhile
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import LEEDS, NOW, keep_offices, make_contact, make_office, make_scope

PEOPLE = [f"Person {number}" for number in range(8)]
LINE = make_contact(hours_say="none")
Change = Callable[[UnitOfWork, str, int], object]


def change_details(work: UnitOfWork, by: str, seen: int) -> object:
    return office_details.change(work, replace(make_office(), town=by), by=by, at=NOW, expected=seen)


def change_hours(work: UnitOfWork, by: str, seen: int) -> object:
    hours = OpeningHours.parse(f"Mo-Fr 09:00-17:{PEOPLE.index(by):02}")
    return offices.set_hours(work, make_scope(LEEDS), hours, by=by, at=NOW, expected=seen)


def change_contact(work: UnitOfWork, by: str, seen: int) -> object:
    return contacts.change(work, replace(LINE, audience=by), by=by, at=NOW, expected=seen)


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        pytest.param(change_details, ("office", LEEDS), id="details"),
        pytest.param(change_hours, ("office", LEEDS), id="hours"),
        pytest.param(change_contact, ("contact", "uc-phone"), id="contact"),
    ],
)
def test_of_many_at_once_one_is_kept_and_the_others_are_told(
    each_store: Store, change: Change, subject: tuple[str, str]
) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.contacts.put(LINE)
        seen = versions.latest(work, *subject)

    def try_it(by: str) -> str | None:
        try:
            with each_store.unit_of_work() as work:
                change(work, by, seen)
        except ChangedMeanwhile:
            return None
        return by

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        kept = [by for by in pool.map(try_it, PEOPLE) if by]
    assert len(kept) == 1
    with each_store.unit_of_work(write=False) as work:
        events = work.audit.find_since(seen, subject[0], [subject[1]])
        assert [event.by for event in events] == kept


def test_what_others_changed_elsewhere_is_in_nobodys_way(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(), make_office("wakefield")])
        seen = versions.latest(work, "office", LEEDS)
        office_details.change(work, make_office("wakefield", town="Elsewhere"), by="Ann", at=NOW)
        offices.confirm(work, [LEEDS], by="Ann", at=NOW)
        assert change_details(work, "Ben", seen)


def test_saving_without_a_difference_writes_nothing(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        before = work.offices.revision()
        office_details.change(work, make_office(), by="Ann", at=NOW)
        assert (work.offices.revision(), work.audit.find()) == (before, [])
