"""A page asks as much of the database for many offices, closures, contacts, changes and handoffs as for a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy import event

from bot.jobcentre.closure import Effect
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.office import Nation
from bot.services import closures, contacts, offices, staff
from bot.services.insights import Served
from bot.store.records import Role
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    HOUR,
    keep_conversation,
    keep_incoming,
    keep_miss,
    keep_offices,
    keep_past_closures,
    keep_phrase,
    make_account,
    make_closure,
    make_contact,
    make_office,
    make_period,
    make_scope,
    make_staff_day,
    make_watch,
)
from tests.console.addresses import addresses
from tests.console.conftest import NOW
from tests.console.visitor import Visitor
from tests.store.queries import recorded

FEW, MANY = 3, 40
OFFICE = "office-000"
EXAMPLES: Mapping[str, object] = {
    "closure_id": "C1",
    "watch_id": "W2",
    "office_id": OFFICE,
    "contact_id": "line-0",
    "handle": "JCP0",
    "kind": "offices",
    "number": 1,
}
"""What stands in the blanks of the pages' addresses."""
VARIANTS = ["/closures/?past=yes", "/offices/?q=office", "/history/?about=people", "/insights/?period=year"]
VARIANTS += ["/insights/not-understood/?account=JCP0&channel=webchat", "/insights/phrases/?state=accepted"]
TELLING = ["/inbox/1/", "/inbox/1/live"]
"""Pages that tell others who is looking at them."""
GROWING = ["/history/export"]
"""A file of all there is, read a part at a time."""


def keep(work: UnitOfWork, numbers: range) -> None:
    """Something of everything, for each of the numbers."""
    says = {"by": "Ann", "at": NOW}
    keep_offices(work, [make_office(f"office-{n:03}", replaced_by=None, district=f"D{n}") for n in numbers])
    for n in numbers:
        office = f"office-{n:03}"
        work.accounts.put(make_account(f"JCP{n}"), make_scope(office, OFFICE))
        work.offices.add_staff_day(make_staff_day(NOW.date() + DAY, scope=make_scope(everywhere=True)), by="Ann")
        work.contacts.put(make_contact(f"line-{n}", topic=f"Line {n}"))
        period = make_period(NOW - HOUR, NOW + HOUR)
        everywhere = make_scope(everywhere=True, excluding=[f"office-{numbers[-1]:03}"])
        moved = {"effect": Effect.MOVED, "moved_to": office, "scope": make_scope(OFFICE, f"office-{numbers[-1]:03}")}
        closures.publish(work, make_closure(period=period, scope=everywhere), **says)
        closures.watch(work, make_watch(period=period, scope=make_scope(accounts=[f"JCP{n}"])), **says)
        closures.publish(work, make_closure(period=period, scope=make_scope(nations=[Nation.ENGLAND])), **says)
        if office not in (OFFICE, f"office-{numbers[-1]:03}"):
            closures.publish(work, make_closure(period=period, **moved), **says)
        offices.confirm(work, [OFFICE, office], **says)
        contacts.check(work, f"line-{n}", **says)
        staff.add(work, f"Person {n}", Role.EDITOR, ["JCP0"], **says)
        work.statistics.add(Tally(NOW.date(), n % 24, f"JCP{n}", "foi", Served.ANSWERED.value, office, 9))
        conversation = keep_conversation(work, sender=f"person-{n}", account=f"JCP{n}")
        keep_phrase(work, keep_miss(work, conversation, f"words of {n}"))
        keep_incoming(work, conversation)
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
    keep_past_closures(work, len(numbers), make_scope(*(f"office-{n:03}" for n in numbers)))


def asked(visitor: Visitor, store: Store, page: str) -> int:
    """How many statements the page takes, once its templates are read and what stays in memory is there."""
    visitor.raw("GET", page)
    with recorded(store) as queries:
        response = visitor.raw("GET", page)
    assert response.status_code in (200, 302), page
    return len(queries)


def test_who_looks_waits_for_nobody_who_writes(app: Flask, administrator: Visitor, staffed: Store) -> None:
    """A page that begins to write stands in a queue with all who change something, and makes them wait for it."""
    with staffed.unit_of_work() as work:
        keep(work, range(FEW))
    begun = []

    def note(connection: Any) -> None:
        if connection.get_execution_options().get("writes", True):
            begun.append(page)

    event.listen(staffed.engine, "begin", note)
    for page in addresses(app, EXAMPLES).values():
        administrator.raw("GET", page)
    assert [page for page in begun if page not in TELLING] == []


def test_pages_ask_as_often_for_much_as_for_little(app: Flask, administrator: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        keep(work, range(FEW))
    pages = [page for page in [*addresses(app, EXAMPLES).values(), *VARIANTS] if page not in GROWING]
    few = {page: asked(administrator, staffed, page) for page in pages}
    with staffed.unit_of_work() as work:
        keep(work, range(FEW, MANY))
    many = {page: asked(administrator, staffed, page) for page in pages}
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}
