"""The inbox: which conversations wait for an adviser, which are with whom, and which have ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, cases, drafts, live
from bot.console.desk import me, now, work
from bot.console.paging import Paged, paged
from bot.jobcentre.conversation import Account
from bot.jobcentre.handoff import Handoff, HandoffState, Priority
from bot.services import inbox as service
from bot.services import viewers
from bot.services.inbox import Entry
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")
VIEWS = {"waiting": "Waiting", "mine": "Mine", "all": "All", "resolved": "Resolved"}
PAGE = 25


@dataclass(frozen=True)
class Look:
    """What a list shows."""

    view: str
    account: str
    """A handle; empty for all that the member sees."""
    accounts: tuple[Account, ...]
    lines: Paged[cases.Line]
    counts: dict[str, int]
    """How many there are in each view that is open."""
    urgent: Sequence[int]
    """Numbers of those that wait and are urgent."""
    looking: Mapping[int, Sequence[str]]
    """Names of the others who look at each now."""
    below: int | None
    """Number of the last ended one of this page, where there are older ones."""
    query: dict[str, str]
    """What the address asks for."""


@blueprint.get("/")
@access.advisers
def index() -> str:
    return render_template("inbox.html", look=_look(), views=VIEWS, resolutions=cases.RESOLUTIONS, now=now())


@blueprint.get("/live")
@access.advisers
@access.unattended
def refresh() -> Any:
    """The list again, if it has changed."""
    return live.parts("inbox_live.html", look=_look(), views=VIEWS, resolutions=cases.RESOLUTIONS, now=now())


@blueprint.post("/next")
@access.advisers
def take_next() -> Any:
    """The first that waits becomes mine."""
    with work() as piece:
        taken = service.claim_next(piece, seen_accounts(piece), by=me().name, at=now())
    if taken is None:
        flash("Nobody is waiting")
        return redirect(url_for("inbox.index"))
    return redirect(url_for("conversations.show", number=taken.id))


def seen_accounts(piece: UnitOfWork) -> list[str] | None:
    """Handles of the accounts of the member's area; None for whoever sees all, also messages to no known account."""
    if not me().accounts:
        return None
    return [account.handle for account in piece.accounts.find_all() if me().may_see(account.handle)]


def _look() -> Look:
    view = request.args.get("view", "")
    view = view if view in VIEWS else "waiting"
    with work(write=False) as piece:
        accounts = tuple(account for account in piece.accounts.find_all() if me().may_see(account.handle))
        asked = request.args.get("account", "")
        account = asked if asked in {one.handle for one in accounts} else ""
        wanted = [account] if account else seen_accounts(piece)
        found = service.find_open(piece, wanted)
        page, below = _ended(piece, wanted) if view == "resolved" else (_paged(piece, _of_view(found, view)), None)
        late = service.find_late(piece, page.items, at=now())
        looking = viewers.find(piece, [entry.handoff.id for entry in page.items], at=now(), but=me().name)
    lines = [cases.line(entry, now(), late) for entry in page.items]
    return Look(
        view=view,
        account=account,
        accounts=accounts,
        lines=Paged(lines, page.number, page.pages, page.total),
        counts={name: len(_of_view(found, name)) for name in VIEWS if name != "resolved"},
        urgent=[one.id for one in _of_view(found, "waiting") if one.priority is Priority.URGENT],
        looking=looking,
        below=below,
        query={name: value for name, value in {"view": view, "account": account}.items() if value},
    )


def _paged(piece: UnitOfWork, found: Sequence[Handoff]) -> Paged[Entry]:
    """Of those on the page alone all is read."""
    page = paged(found, request.args.get("page"), PAGE)
    return Paged(service.entries(piece, page.items), page.number, page.pages, page.total)


def _ended(piece: UnitOfWork, accounts: list[str] | None) -> tuple[Paged[Entry], int | None]:
    """A page of those that have ended, and the number of its last one where there are older ones."""
    below = drafts.number(request.args.get("below")) or None
    found = service.find_resolved(piece, accounts, below=below, limit=PAGE + 1)
    page = paged(found[:PAGE], None, PAGE)
    return page, page.items[-1].handoff.id if len(found) > PAGE else None


def _of_view(found: Sequence[Handoff], view: str) -> list[Handoff]:
    if view == "waiting":
        return [handoff for handoff in found if handoff.state is HandoffState.OPEN]
    if view == "mine":
        return [handoff for handoff in found if handoff.assignee == me().name]
    return list(found)
