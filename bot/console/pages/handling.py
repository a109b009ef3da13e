"""What else is done with a conversation: give it to somebody, and work through the plan for a crisis."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, request

from bot.console import access
from bot.console.desk import me, now, work
from bot.console.pages.conversations import back, check, page, told
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.six_points import Point
from bot.services import checklists, handoffs

blueprint = Blueprint("handling", __name__, url_prefix="/inbox/<int:number>")


@blueprint.post("/reassign")
@access.advisers
def reassign(number: int) -> Any:
    """Another adviser's from now on. Whoever has it may say so, and editors."""
    to = request.form.get("to", "")
    try:
        with work() as piece:
            check(piece, number)
            handoffs.reassign(piece, number, to=to, by=me().name, at=now(), is_lead=access.may("editor"))
    except (BadInput, Conflict, NotFound) as error:
        return page(number, {"to": told(error) if to else "Choose who is to have it"}), 400
    flash(f"{to} has this conversation now")
    return back(number)


@blueprint.post("/steps/<point>")
@access.advisers
def step(number: int, point: str) -> Any:
    """Tick a step of the plan, or take the tick away: it stands in the record."""
    if point not in {one.value for one in Point}:
        abort(404)
    is_done = request.form.get("done") != "no"
    with work() as piece:
        check(piece, number)
        checklists.tick(piece, number, Point(point), is_done=is_done, by=me().name, at=now())
    return back(number, f"step-{point}")
