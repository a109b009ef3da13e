"""One conversation that was handed to people: read it, take it, answer, and end it or give it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, cases, drafts, live
from bot.console.desk import me, now, work
from bot.console.pages.inbox import seen_accounts
from bot.jobcentre.errors import BadInput, Conflict
from bot.services import handoffs as service
from bot.services import inbox
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("conversations", __name__, url_prefix="/inbox/<int:number>")


@blueprint.get("/")
@access.advisers
def show(number: int) -> str:
    return _page(number)


@blueprint.get("/live")
@access.advisers
@access.unattended
def refresh(number: int) -> Any:
    """What is said and who has it, if it has changed."""
    return live.parts("conversation_live.html", **_blanks(number))


@blueprint.post("/claim")
@access.advisers
def claim(number: int) -> Any:
    """Mine from now on: the assistant is silent. The second who tries is told who was quicker."""
    try:
        with work() as piece:
            _check(piece, number)
            service.claim(piece, number, by=me().name, at=now())
    except Conflict as error:
        return _page(number, {"claim": _told(error)}), 409
    flash("You have this conversation. The assistant is silent in it")
    return _back(number)


@blueprint.post("/release")
@access.advisers
def release(number: int) -> Any:
    """Back to those that wait, at the place it had."""
    with work() as piece:
        _check(piece, number)
        service.release(piece, number, by=me().name, at=now())
    flash("It waits again, at the place it had")
    return redirect(url_for("inbox.index"))


@blueprint.post("/reply")
@access.advisers
def reply(number: int) -> Any:
    text = request.form.get("text", "")
    try:
        with work() as piece:
            _check(piece, number)
            service.reply(piece, number, text, by=me().name, at=now())
    except (BadInput, Conflict) as error:
        return _page(number, {"text": _told(error)}, text), 400 if isinstance(error, BadInput) else 409
    return _back(number, "standing", "reply")


@blueprint.post("/note")
@access.advisers
def note(number: int) -> Any:
    """For staff alone."""
    text = request.form.get("note", "")
    try:
        with work() as piece:
            _check(piece, number)
            service.note(piece, number, text, by=me().name, at=now())
    except BadInput as error:
        return _page(number, {"note": _told(error)}, note=text), 400
    return _back(number, "notes", "note")


@blueprint.post("/end")
@access.advisers
def end(number: int) -> Any:
    """Dealt with, or given back to the assistant. What is noted beside stays with staff."""
    how, text = request.form.get("how", ""), request.form.get("end_note", "")
    if how not in ("resolve", "return"):
        return _page(number, {"how": "Choose how it ends"}, end_note=text), 400
    try:
        with work() as piece:
            _check(piece, number)
            if text.strip():
                service.note(piece, number, text, by=me().name, at=now())
            finish = service.resolve if how == "resolve" else service.return_to_assistant
            finish(piece, number, by=me().name, at=now())
    except (BadInput, Conflict) as error:
        field = "end_note" if isinstance(error, BadInput) else "how"
        return _page(number, {field: _told(error)}, end_note=text), 400 if isinstance(error, BadInput) else 409
    flash("Dealt with" if how == "resolve" else "The assistant answers again in this conversation")
    return redirect(url_for("inbox.index", view="mine", done=f"end-{number}"))


def _page(number: int, wrong: dict[str, str] | None = None, text: str = "", note: str = "", end_note: str = "") -> str:
    typed = {"text": text, "note": note, "end_note": end_note}
    return render_template("conversation.html", wrong=wrong or {}, typed=typed, **_blanks(number))


def _blanks(number: int) -> dict[str, Any]:
    with work(write=False) as piece:
        case = _check(piece, number)
        found = inbox.find_open(piece, seen_accounts(piece))
    return {
        "case": case,
        "handoff": case.handoff,
        "reason": cases.REASONS[case.handoff.reason],
        "resolutions": cases.RESOLUTIONS,
        "channel": cases.CHANNELS.get(case.conversation.channel, case.conversation.channel),
        "language": cases.language(case.conversation),
        "lasted": cases.lasted(now() - case.handoff.waiting_since),
        "held_by": cases.holder(case.handoff, me().name),
        "bubbles": cases.bubbles(case.conversation, case.messages),
        "last_written": cases.last_written(case.messages),
        "elsewhere": [one for one in cases.urgent(found) if one != number],
        "now": now(),
    }


def _check(piece: UnitOfWork, number: int) -> service.Case:
    """The conversation, if it is of the member's area."""
    case = service.get(piece, number)
    access.check_area(case.conversation.account)
    return case


def _told(error: Exception) -> str:
    return drafts.plain(str(error))


def _back(number: int, anchor: str | None = None, done: str | None = None) -> Any:
    """To the conversation. `done` says what was kept of what was typed: the page forgets its copy."""
    kept = f"{done}-{number}" if done else None
    return redirect(url_for("conversations.show", number=number, done=kept, _anchor=anchor))
