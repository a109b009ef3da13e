"""How people are answered: how long they wait, why, and what comes of it. Numbers alone, and no small ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bot.console import access, charts
from bot.console.cases import REASONS, RESOLUTIONS
from bot.console.desk import me, now, work
from bot.console.pages.inbox import seen_accounts
from bot.console.spreadsheet import csv_file
from bot.console.telling import day
from bot.jobcentre.calendar import LONDON
from bot.services import outcomes as service
from bot.services.insights import FEWEST, STEP
from bot.services.outcomes import Report

blueprint = Blueprint("answering", __name__, url_prefix="/insights/answering")
PERIODS = {"4": "4 weeks", "13": "13 weeks", "52": "52 weeks"}
"""Whole weeks: few and fixed, so that no two of them differ by one person's conversation."""
DRAWN_AT_MOST = 13
FEW = f"Fewer than {FEWEST}"


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    period: str
    account: str
    accounts: tuple[str, ...]
    reports: Sequence[Report]
    """By week, the newest first, and account."""

    @property
    def shown(self) -> list[Report]:
        """Those of which something may be told."""
        return [report for report in self.reports if report.number is not None]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Over all that is shown, the most frequent first."""
        return _summed((REASONS[reason], number) for report in self.shown for reason, number in report.reasons)

    @property
    def resolutions(self) -> list[tuple[str, int]]:
        """As `reasons`."""
        found = ((RESOLUTIONS.get(n, n), number) for report in self.shown for n, number in report.resolutions)
        return _summed(found)


def _summed(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    summed: Counter[str] = Counter()
    for name, number in counts:
        summed[name] += number
    return summed.most_common()


@blueprint.get("/")
@access.viewers
def index() -> str:
    """As charts, and the same as a table."""
    look = _look()
    drawn = look.shown[:DRAWN_AT_MOST]
    waits = [(_name(one, look), {"all": one.claim_minutes or 0}) for one in drawn]
    return render_template(
        "answering.html",
        look=look,
        periods=PERIODS,
        of_waits=charts.lying(waits),
        of_reasons=charts.lying([(name, {"all": number}) for name, number in look.reasons]),
        told=told,
        few=FEW,
        fewest=FEWEST,
        step=STEP,
        download=url_for("answering.download", weeks=look.period, account=look.account or None),
    )


@blueprint.get("/download")
@access.viewers
def download() -> Any:
    """The same numbers as a CSV file; waits in minutes."""
    header = ("Week from", "Account", "Conversations", "Taken within target (%)")
    waits = ("Minutes until taken", "Minutes until first reply", "Minutes until ended", "Reasons", "What came of it")
    rows = [
        (
            report.week.isoformat(),
            report.account,
            FEW if report.number is None else report.number,
            *(_or_few(value) for value in (report.within_target, report.claim_minutes, report.reply_minutes)),
            _or_few(report.end_minutes),
            "; ".join(f"{REASONS[reason]}: {number}" for reason, number in report.reasons),
            "; ".join(f"{RESOLUTIONS.get(name, name)}: {number}" for name, number in report.resolutions),
        )
        for report in _look().reports
    ]
    return csv_file("answering.csv", (*header, *waits), rows)


def told(minutes: int | None) -> str:
    """ "1 hour 20 minutes"; that there are too few where it may not be told."""
    if minutes is None:
        return FEW
    hours, rest = divmod(minutes, 60)
    parts = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in ((hours, "hour"), (rest, "minute"))]
    return " ".join(part for part in parts if not part.startswith("0 ")) or "under a minute"


def _look() -> Look:
    period = request.args.get("weeks", "")
    period = period if period in PERIODS else "13"
    today = now().astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    with work(write=False) as piece:
        accounts = tuple(one.handle for one in piece.accounts.find_all() if me().may_see(one.handle))
        asked = request.args.get("account", "")
        account = asked if asked in accounts else ""
        wanted = [account] if account else seen_accounts(piece)
        reports = service.look(piece, monday - timedelta(weeks=int(period) - 1), today, wanted)
    return Look(period, account, accounts, reports)


def _name(report: Report, look: Look) -> str:
    return f"{day(report.week)}" if look.account else f"{day(report.week)}, {report.account}"


def _or_few(value: int | None) -> object:
    return FEW if value is None else value
