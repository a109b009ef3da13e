"""History: every change in a plain sentence, to be searched and taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timezone
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bot.console import access
from bot.console.changes import Teller
from bot.console.desk import me, now, work
from bot.console.spreadsheet import long_csv_file
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.office import Office
from bot.services import history as service
from bot.services.history import SUBJECTS, Change, Wanted
from bot.store.records import Role

blueprint = Blueprint("history", __name__, url_prefix="/history")
ABOUT = {
    "closures": ("Closures and watches", frozenset({"closure", "watch"})),
    "offices": ("Offices, hours and days", frozenset({"office", "staff_day"})),
    "contacts": ("Contacts", frozenset({"contact"})),
    "accounts": ("Accounts and pauses", frozenset({"account", "staffing"})),
    "conversations": ("Conversations handed to people", frozenset({"handoff", "canned_reply", "message"})),
    "phrases": ("Messages not understood, training phrases", frozenset({"miss", "phrase"})),
    "people": ("People who may sign in", frozenset({"staff"})),
    "data": ("Imports of places, erased messages and backups", frozenset({"places", "messages", "database"})),
}
"""What somebody may look for: its name, and the subjects of it."""
NEEDS = {
    **dict.fromkeys(("handoff", "message", "canned_reply"), Role.ADVISER),
    **dict.fromkeys(("miss", "phrase"), Role.EDITOR),
    "staff": Role.ADMINISTRATOR,
}
"""Subjects of which not everybody reads."""
PAGES = {
    "closure": ("closures.show", "closure_id"),
    "watch": ("watches.show", "watch_id"),
    "office": ("offices.show", "office_id"),
    "contact": ("contacts.show", "contact_id"),
    "handoff": ("conversations.show", "number"),
}
"""The view that shows a subject, and what it calls the subject's number."""
EXPORTED_AT_MOST = 20_000
PART = 2_000
"""Changes of the exported file that are read at once."""


@dataclass(frozen=True)
class Line:
    """One change as it stands on the page."""

    told: str
    change: Change
    address: str | None
    """Of the page about what was changed."""
    name: str
    """What the link to it says."""


@dataclass(frozen=True)
class Search:
    """What was asked for, and what of it could not be used: by field."""

    wanted: Wanted
    wrong: dict[str, str]


@blueprint.get("/")
@access.viewers
def index() -> Any:
    with work(write=False) as piece:
        offices = piece.offices.find_all()
        search = _search(offices)
        page = service.find(piece, search.wanted, below=_number(request.args.get("below")))
    teller = Teller(offices)
    lines = [Line(teller.tell(change), change, _address(change), teller.name(change)) for change in page.found]
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "below"}
    shown = render_template(
        "history.html",
        lines=lines,
        older=url_for("history.index", **asked, below=page.below) if page.below else None,
        newest=url_for("history.index", **asked) if request.args.get("below") else None,
        export=url_for("history.export", **asked),
        about={name: told for name, (told, subjects) in ABOUT.items() if subjects & _readable()},
        asked=asked,
        wrong=search.wrong,
        offices=[office.name for office in offices],
        now=now(),
    )
    return shown, 400 if search.wrong else 200


@blueprint.get("/export")
@access.viewers
def export() -> Any:
    """All that fits, as a CSV file."""
    with work(write=False) as piece:
        offices = piece.offices.find_all()
    rows = islice(_rows(_changes(_search(offices).wanted), Teller(offices)), EXPORTED_AT_MOST)
    header = ("When (London)", "When (UTC)", "Who", "What happened", "About", "Number", "Practice clock")
    return long_csv_file("history.csv", header, rows)


def _changes(wanted: Wanted) -> Iterator[Change]:
    """All that fits, the newest first, a part in one piece of work each: whoever reads slowly keeps none open. What is
    added meanwhile is newer than the first part, so no part misses anything or has it twice."""
    below = None
    while True:
        with work(write=False) as piece:
            part = service.find(piece, wanted, below=below, limit=PART)
        yield from part.found
        if part.below is None:
            return
        below = part.below


def _rows(changes: Iterable[Change], teller: Teller) -> Iterator[tuple[object, ...]]:
    for change in changes:
        lead = change.lead
        yield (
            f"{lead.at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}",
            f"{lead.at.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}",
            lead.by,
            teller.tell(change),
            lead.subject_type.replace("_", " "),
            ", ".join(event.subject_id for event in change.events[:20]),
            "yes" if lead.clock_was_fixed else "",
        )


def _search(offices: Sequence[Office]) -> Search:
    """What is asked for in the address. What cannot be used is left out, and said."""
    wrong: dict[str, str] = {}
    about = request.args.get("about", "")
    subjects = ABOUT[about][1] if about in ABOUT else SUBJECTS
    office = None
    if named := request.args.get("office", "").strip():
        office = next((one for one in offices if named.casefold() in (one.name.casefold(), one.id)), None)
        wrong |= {} if office else {"office": f"There is no office called {named}"}
    first, last = _day("first", wrong), _day("last", wrong)
    if first and last and last < first:
        wrong["last"] = "The last day must not be before the first"
    wanted = Wanted(
        subjects & _readable(), by=request.args.get("who", "").strip(), office=office, first=first, last=last
    )
    # Who signed in when stands in the history for whoever looks for it.
    return Search(replace(wanted, without=()) if about == "people" else wanted, wrong)


def _readable() -> frozenset[str]:
    return frozenset(subject for subject in SUBJECTS if me().role.includes(NEEDS.get(subject, Role.VIEWER)))


def _day(field: str, wrong: dict[str, str]) -> date | None:
    typed = request.args.get(field, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        wrong[field] = "Enter a date like 2026-11-20"
        return None
    if not 2000 <= day.year <= 2100:
        wrong[field] = "Enter a year from 2000 to 2100"
        return None
    return day


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None


def _address(change: Change) -> str | None:
    """Of the page about the one thing that was changed. What was removed since has a page that says so."""
    page = PAGES.get(change.lead.subject_type)
    if page is None or len({event.subject_id for event in change.events}) > 1:
        return None
    view, name = page
    subject: dict[str, Any] = {name: change.lead.subject_id}
    return url_for(view, **subject)
