"""One conversation that was handed to people: read it, take it, answer, and end it or give it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, canned, cases, drafts, live, second_look
from bot.console.desk import me, now, work
from bot.console.pages.inbox import seen_accounts
from bot.jobcentre.errors import BadInput, Conflict
from bot.jobcentre.handoff import HandoffState
from bot.services import checklists, inbox, sends, viewers
from bot.services import handoffs as service
from bot.store.records import Role
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("conversations", __name__, url_prefix="/inbox/<int:number>")


@blueprint.get("/")
@access.advisers
def show(number: int) -> str:
    return page(number)


@blueprint.get("/live")
@access.advisers
@access.unattended
def refresh(number: int) -> Any:
    """What is said and who has it, if it has changed."""
    return live.parts("conversation_live.html", **_live_blanks(number))


@blueprint.post("/claim")
@access.advisers
def claim(number: int) -> Any:
    """Mine from now on: the assistant is silent. The second who tries is told who was quicker."""
    try:
        with work() as piece:
            check(piece, number)
            service.claim(piece, number, by=me().name, at=now())
    except Conflict as error:
        return page(number, {"claim": told(error)}), 409
    return back(number, "standing")


@blueprint.post("/release")
@access.advisers
def release(number: int) -> Any:
    """Back to those that wait, at the place it had."""
    with work() as piece:
        check(piece, number)
        service.release(piece, number, by=me().name, at=now(), is_lead=access.may("editor"))
    flash("It waits again, at the place it had")
    return redirect(url_for("inbox.index"))


@blueprint.post("/reply")
@access.advisers
def reply(number: int) -> Any:
    """Sent, unless there is something to look at first that whoever writes has not yet said to send anyway."""
    text, anyway = request.form.get("text", ""), request.form.get("anyway")
    try:
        with work() as piece:
            case = check(piece, number)
            has_newer = cases.last_written(case.messages) > drafts.number(request.form.get("seen"))
            found = second_look.look(piece, text, has_newer=has_newer)
            sent = service.reply(piece, number, text, by=me().name, at=now()) if found.is_over(anyway) else None
    except (BadInput, Conflict) as error:
        return page(number, {"text": told(error)}, text=text), 400 if isinstance(error, BadInput) else 409
    if sent is None:
        wrong = {"text": found.wrong} if found.wrong else {}
        return page(number, wrong, warnings=found.warnings, text=text), 400 if wrong else 200
    return back(number, f"message-{sent.id}", "reply")


@blueprint.post("/fill")
@access.advisers
def fill(number: int) -> Any:
    """A canned reply goes into the box, with the facts of an office; what is typed there stays."""
    with work(write=False) as piece:
        case = check(piece, number)
        asked = canned.Asked.read(request.form)
        filled = canned.filled(piece, asked, case.conversation.account)
    text = "\n".join(part for part in (request.form.get("text", "").rstrip(), filled) if part)
    return page(number, {} if filled else {"canned": "Choose a canned reply that has that language"}, text=text)


@blueprint.post("/again")
@access.advisers
def send_again(number: int) -> Any:
    """A message that was not delivered is sent once more."""
    message = drafts.number(request.form.get("message"))
    with work() as piece:
        case = check(piece, number)
        sends.send_again(piece, case.conversation.id, message, by=me().name, at=now())
    return back(number, f"message-{message}")


@blueprint.post("/note")
@access.advisers
def note(number: int) -> Any:
    """For staff alone."""
    text = request.form.get("note", "")
    try:
        with work() as piece:
            check(piece, number)
            service.note(piece, number, text, by=me().name, at=now())
    except BadInput as error:
        return page(number, {"note": told(error)}, note=text), 400
    return back(number, "notes", "note")


@blueprint.post("/end")
@access.advisers
def end(number: int) -> Any:
    """Dealt with, or given back to the assistant. What is noted beside stays with staff."""
    how, text = request.form.get("how", ""), request.form.get("end_note", "")
    if how not in ("resolve", "return"):
        return page(number, {"how": "Choose how it ends"}, end_note=text), 400
    try:
        with work() as piece:
            check(piece, number)
            if text.strip():
                service.note(piece, number, text, by=me().name, at=now())
            finish = service.resolve if how == "resolve" else service.return_to_assistant
            finish(piece, number, by=me().name, at=now())
    except (BadInput, Conflict) as error:
        field = "end_note" if isinstance(error, BadInput) else "how"
        return page(number, {field: told(error)}, end_note=text), 400 if isinstance(error, BadInput) else 409
    flash("Dealt with" if how == "resolve" else "The assistant answers again in this conversation")
    return redirect(url_for("inbox.index", view="mine", done=f"end-{number}"))


def page(
    number: int, wrong: dict[str, str] | None = None, *, warnings: dict[str, str] | None = None, **typed: str
) -> str:
    """The conversation, with what is wrong by field, what to look at before a reply is sent, and what was typed."""
    found = warnings or {}
    return render_template("conversation.html", wrong=wrong or {}, warnings=found, typed=typed, **_blanks(number))


def check(piece: UnitOfWork, number: int) -> service.Case:
    """The conversation, if it is of the member's area."""
    case = service.get(piece, number)
    access.check_area(case.conversation.account)
    return case


def told(error: Exception) -> str:
    """An error of a service, as the page says it."""
    return drafts.plain(str(error))


def back(number: int, anchor: str | None = None, done: str | None = None) -> Any:
    """To the conversation. `done` says what was kept of what was typed: the page forgets its copy."""
    kept = f"{done}-{number}" if done else None
    return redirect(url_for("conversations.show", number=number, done=kept, _anchor=anchor))


def _blanks(number: int) -> dict[str, Any]:
    """Of the whole page."""
    with work() as piece:
        case = check(piece, number)
        return _said(piece, case) | {
            "language": cases.language(case.conversation),
            "earlier": [one for one in piece.handoffs.find_of(case.conversation.id) if one.id < number],
            "others": _others(piece, case),
            "left": sends.find_left(piece, case.conversation, at=now()),
            "choices": canned.choices(piece, [case.conversation]),
            "asked": canned.Asked.read(request.form),
        }


def _live_blanks(number: int) -> dict[str, Any]:
    """Of the parts that are fetched again and again."""
    with work() as piece:
        return _said(piece, check(piece, number))


def _said(piece: UnitOfWork, case: service.Case) -> dict[str, Any]:
    """Also tells the others that whoever asks is looking."""
    handoff = case.handoff
    viewers.see(piece, handoff.id, by=me().name, at=now())
    urgent = inbox.find_urgent(piece, seen_accounts(piece))
    return {
        "case": case,
        "channel": cases.CHANNELS.get(case.conversation.channel, case.conversation.channel),
        "handoff": handoff,
        "reasons": cases.REASONS,
        "resolutions": cases.RESOLUTIONS,
        "lasted": cases.lasted(now() - handoff.waiting_since),
        "held_by": cases.holder(handoff, me().name),
        "bubbles": cases.bubbles(case.conversation, case.messages),
        "last_written": cases.last_written(case.messages),
        "looking": viewers.find(piece, [handoff.id], at=now(), but=me().name).get(handoff.id, []),
        "steps": checklists.find(piece, handoff.id) if checklists.is_wanted(handoff) else [],
        "elsewhere": [one for one in urgent if one != handoff.id],
        "now": now(),
    }


def _others(piece: UnitOfWork, case: service.Case) -> list[str]:
    """Names of those to whom whoever looks may give the conversation; none where they may not."""
    handoff = case.handoff
    if handoff.state is HandoffState.RESOLVED or not (handoff.assignee == me().name or access.may("editor")):
        return []
    members = [member for member in piece.staff.find_all() if member.is_active and member.name != handoff.assignee]
    return [m.name for m in members if m.role.includes(Role.ADVISER) and m.may_see(case.conversation.account)]
