"""Today: what is closed or different now and soon, what needs somebody, and the pause button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from bot.console import access, drafts, lateness
from bot.console.desk import me, now, work
from bot.console.map import draw
from bot.console.told import Told, told_all
from bot.jobcentre.calendar import Division
from bot.jobcentre.closure import Closure, Scope, Watch
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation
from bot.services import accounts, offices, today
from bot.services.today import Standing
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("today", __name__)
NATIONS = {
    Division.ENGLAND_AND_WALES: frozenset({Nation.ENGLAND, Nation.WALES}),
    Division.SCOTLAND: frozenset({Nation.SCOTLAND}),
}


@blueprint.get("/")
@access.viewers
def board() -> str:
    with work(write=False) as piece:
        found = today.board(piece, now())
        running = [office for office, _ in found.standings]
        told = _told(piece, {"now": found.now, "soon": found.soon, "watches": found.watches})
        people = lateness.look(piece)
        waiting = {w.id: today.unconfirmed(piece, w, running, found.now) for w in found.watches}
    return render_template(
        "today.html",
        board=found,
        told=told,
        waiting=waiting,
        waiting_people=people,
        drawn=draw(found.standings),
        different=[(office, standing) for office, standing in found.standings if standing is not Standing.AS_USUAL],
        now=now(),
        templates=drafts.TEMPLATES,
        seen=[account.handle for account in found.paused if me().may_see(account.handle)],
    )


def _told(piece: UnitOfWork, lists: Mapping[str, Sequence[Closure | Watch]]) -> dict[str, list[Told]]:
    told = iter(told_all(piece, [notice for found in lists.values() for notice in found], now()))
    return {name: list(islice(told, len(found))) for name, found in lists.items()}


@blueprint.post("/days/<day>")
@access.editors
def decide(day: str) -> Any:
    """Whether a division's offices open on an uncertain day."""
    try:
        chosen = date.fromisoformat(day)
        division = Division(request.form.get("division", ""))
        nations = NATIONS[division]
    except (ValueError, KeyError):
        abort(404)
    is_open = request.form.get("is_open") == "yes"
    if me().accounts:
        raise BadInput("only somebody who sees all accounts can decide for a nation")
    with work() as piece:
        title = request.form.get("title", "").strip()
        offices.say_day(piece, chosen, Scope(nations=nations), title=title, is_open=is_open, by=me().name, at=now())
    flash(f"{title}: offices are {'open' if is_open else 'closed'}")
    return redirect(url_for("today.board"))


@blueprint.route("/pause", methods=["GET", "POST"])
@access.editors
def pause() -> Any:
    """Stop the assistant on one account, or on all that the member sees. People in danger still get help."""
    with work(write=False) as piece:
        seen = [account for account in piece.accounts.find_all() if me().may_see(account.handle)]
    reason, handle = request.form.get("reason", "").strip(), request.form.get("account", "")
    if request.method == "POST" and reason and handle in {"all", *(account.handle for account in seen)}:
        named = [account.handle for account in seen if not account.is_paused] if handle == "all" else [handle]
        with work() as piece:
            for one in named:
                accounts.pause(piece, one, by=me().name, at=now(), reason=reason)
        flash("The assistant is paused. People are told where else to look")
        return redirect(url_for("today.board"))
    wrong = "Say why: it stands in the history" if request.method == "POST" else ""
    return render_template("pause.html", accounts=seen, wrong=wrong, chosen=handle)


@blueprint.post("/resume")
@access.editors
def resume() -> Any:
    """Let the assistant answer again, on one account or several."""
    handles = [handle for handle in request.form.getlist("account") if handle]
    if not handles:
        raise BadInput("choose an account")
    for handle in handles:
        access.check_area(handle)
    with work() as piece:
        resumed = [one for handle in handles for one in accounts.resume(piece, handle, by=me().name, at=now())]
    flash(f"The assistant answers again on {', '.join(account.handle for account in resumed)}")
    return redirect(url_for("today.board"))
