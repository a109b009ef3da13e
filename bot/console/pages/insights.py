"""Insights: what people ask, and what comes of it. Numbers alone, and no small ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bot.console import access, charts
from bot.console.desk import me, now, work
from bot.console.spreadsheet import csv_file
from bot.console.telling import clock, day
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Account
from bot.jobcentre.kinds import Kind
from bot.services import insights as service
from bot.services.insights import FEWEST, STEP, Insights, Served, shown_of
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("insights", __name__, url_prefix="/insights")
PERIODS = {"today": ("Today", 1), "week": ("7 days", 7), "month": ("28 days", 28), "year": ("12 months", 365)}
"""What may be looked at: few and fixed, so that no two of them differ by one person's question."""
SERVED = {
    Served.ANSWERED: "Answered",
    Served.REFUSED: "Refused kindly",
    Served.HANDED_OFF: "Handed to people",
    Served.NOT_UNDERSTOOD: "Not understood",
}
KINDS = {
    Kind.CRISIS_LIFE: "Danger to life",
    Kind.CRISIS_ABUSE: "Abuse at home",
    Kind.CRISIS_HARDSHIP: "No food, money or home",
    Kind.ABUSE: "Insults and threats",
    Kind.STOP: "No more messages",
    Kind.OFFICE_OPEN: "Is an office open?",
    Kind.OFFICE_HOURS: "Opening hours",
    Kind.OFFICE_CLOSURES: "What is closed?",
    Kind.OFFICE_FIND: "Where is an office?",
    Kind.OFFICE_CONTACT: "How to reach an office",
    Kind.OFFICE_FACILITIES: "What an office has",
    Kind.CLOSURE_APPOINTMENT: "Appointments when shut",
    Kind.CONTACT_DWP: "How to reach DWP",
    Kind.BENEFIT_INFO: "Benefits in general",
    Kind.FOI: "Freedom of Information",
    Kind.DATA_REQUEST: "Their own data",
    Kind.WRONG_INFORMATION: "Says we are wrong",
    Kind.PRESS: "Journalists",
    Kind.JOBS: "Work and training",
    Kind.ABOUT: "About the assistant",
    Kind.LANGUAGE: "Languages and formats",
    Kind.OTHER_SERVICE: "Other services",
    Kind.SCAM: "Scams",
    Kind.INDIVIDUAL_CASE: "Their own claim",
    Kind.COMPLAINT: "Complaints",
    Kind.HANDOFF: "Asks for a person",
    Kind.POLITICS: "Politics",
    Kind.FEEDBACK: "Praise and ideas",
    Kind.PERSONAL_DATA: "Personal details sent",
    Kind.GREETING: "Hello",
    Kind.THANKS: "Thanks",
    Kind.GOODBYE: "Goodbye",
    Kind.OFF_TOPIC: "Something else",
    Kind.UNCLEAR: "Not understood",
}
"""Each kind of question as staff say it."""
DRAWN_AT_MOST = 12
FEW = f"Fewer than {FEWEST}"


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    period: str
    first: date
    last: date
    account: str
    """A handle; empty for all that the member sees."""
    accounts: tuple[Account, ...]
    found: Insights
    offices: Mapping[str, str]
    """Names by id."""


@blueprint.get("/")
@access.viewers
def index() -> str:
    """As charts, and the same as tables."""
    look = _look()
    found = look.found
    rows = [(KINDS[kind], {served.value: shown[served] or 0 for served in SERVED}) for kind, shown in found.kinds]
    asked: dict[str, Any] = {
        name: value for name, value in {"period": look.period, "account": look.account}.items() if value
    }
    return render_template(
        "insights.html",
        look=look,
        periods=PERIODS,
        served=SERVED,
        kinds=[(KINDS[kind], shown, shown_of(shown)) for kind, shown in found.kinds],
        hours=[(_hour(hour), shown) for hour, shown in found.hours],
        of_kinds=charts.lying(rows[:DRAWN_AT_MOST]),
        of_hours=charts.standing([(_hour(hour), shown or 0) for hour, shown in found.hours], every=6),
        few=FEW,
        fewest=FEWEST,
        step=STEP,
        download=url_for("insights.download", **asked),
        span=_span(look),
    )


@blueprint.get("/download")
@access.viewers
def download() -> Any:
    """The same numbers as a CSV file."""
    look = _look()
    rows: list[tuple[object, ...]] = []
    for kind, shown in look.found.kinds:
        rows += [("kind", KINDS[kind], SERVED[served], _told(shown[served])) for served in SERVED]
    rows += [("office", look.offices.get(one, one), "All", shown) for one, shown in look.found.offices]
    rows += [("hour", _hour(hour), "All", _told(shown)) for hour, shown in look.found.hours]
    name = f"insights-{look.first.isoformat()}-to-{look.last.isoformat()}.csv"
    return csv_file(name, ("By", "What", "What came of it", f"Questions, to the nearest {STEP}"), rows)


def _look() -> Look:
    period = request.args.get("period", "")
    period = period if period in PERIODS else "month"
    last = now().astimezone(LONDON).date()
    first = last - timedelta(days=PERIODS[period][1] - 1)
    with work(write=False) as piece:
        accounts = tuple(account for account in piece.accounts.find_all() if me().may_see(account.handle))
        handles = {account.handle for account in accounts}
        account = request.args.get("account", "")
        account = account if account in handles else ""
        found = service.look(piece, first, last, _wanted(account, handles))
        names = _names(piece, found)
    return Look(period, first, last, account, accounts, found, names)


def _wanted(account: str, handles: set[str]) -> set[str] | None:
    """None for whoever sees all accounts and asks for all: messages without a known account count there too."""
    if account:
        return {account}
    return handles if me().accounts else None


def _names(piece: UnitOfWork, found: Insights) -> dict[str, str]:
    offices = piece.offices.find([office_id for office_id, _ in found.offices])
    return {office.id: office.name for office in offices}


def _hour(hour: int) -> str:
    return clock(time(hour))


def _told(shown: int | None) -> object:
    return FEW if shown is None else shown


def _span(look: Look) -> str:
    """ "20 November 2026", "24 October to 20 November 2026"."""
    if look.first == look.last:
        return day(look.last)
    start = day(look.first)
    return f"{start.rsplit(' ', 1)[0] if look.first.year == look.last.year else start} to {day(look.last)}"
