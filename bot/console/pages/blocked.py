"""People whom advisers have blocked: nothing is said to them here, but for help in a crisis."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from bot.console import access, cases
from bot.console.desk import console, me, now, work
from bot.console.pages.conversations import check
from bot.console.pages.inbox import seen_accounts
from bot.services import blocks as service

blueprint = Blueprint("blocked", __name__, url_prefix="/inbox")


@blueprint.get("/blocked")
@access.advisers
def index() -> str:
    with work(write=False) as piece:
        found = service.find(piece, seen_accounts(piece))
    return render_template("blocked.html", found=found, reasons=cases.REASONS, channels=cases.CHANNELS, now=now())


@blueprint.route("/<int:number>/block", methods=["GET"])
@access.advisers
def ask(number: int) -> str:
    """What it means, before it is done."""
    with work(write=False) as piece:
        case = check(piece, number)
    return render_template("block.html", handoff=case.handoff)


@blueprint.post("/<int:number>/block")
@access.advisers
def block(number: int) -> Any:
    """Whoever wrote in that conversation is told once, and gets no more answers."""
    with work() as piece:
        check(piece, number)
        service.block(piece, console().responses, number, by=me().name, at=now())
    flash("Blocked. The person was told once, and gets no more answers")
    return redirect(url_for("blocked.index"))


@blueprint.post("/blocked/<conversation_id>/unblock")
@access.advisers
def unblock(conversation_id: str) -> Any:
    """The assistant answers what they write next."""
    with work() as piece:
        access.check_area(piece.conversations.get(conversation_id).account)
        service.unblock(piece, conversation_id, by=me().name, at=now())
    flash("Unblocked. The assistant answers what this person writes next")
    return redirect(url_for("blocked.index"))
