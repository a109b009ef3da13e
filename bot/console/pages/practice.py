"""Practice: what it is, the clock, and everything as on the first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from bot.console import access
from bot.console.desk import Practice, console, me, now, work
from bot.console.telling import clock, weekday
from bot.jobcentre.calendar import LONDON, Division, is_working_day
from bot.jobcentre.errors import BadInput
from bot.jobcentre.typed_times import parse_when
from bot.services import practice as service
from bot.settings import PROJECT

blueprint = Blueprint("practice", __name__, url_prefix="/practice")
SAMPLE = PROJECT / "data" / "sample"


def _working_day(today: date) -> date:
    day = today + timedelta(days=1)
    while not is_working_day(day, Division.ENGLAND_AND_WALES):
        day += timedelta(days=1)
    return day


def _next(today: date, month: int, day: int) -> date:
    found = date(today.year, month, day)
    return found if found > today else date(today.year + 1, month, day)


def _saturday(today: date) -> date:
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


MOMENTS: dict[str, tuple[str, Callable[[date], date], time]] = {
    "early": ("Half past seven on the next working morning: it has snowed", _working_day, time(7, 30)),
    "midday": ("Midday on the next working day", _working_day, time(12)),
    "saturday": ("Saturday morning: offices are shut", _saturday, time(10)),
    "christmas": (
        "Christmas Eve, 2pm: nobody has said when offices close",
        lambda today: _next(today, 12, 24),
        time(14),
    ),
}
"""What there is to choose from: words, the day by today's, the time."""


@blueprint.get("/")
@access.viewers
def index() -> str:
    return _page({})


@blueprint.post("/clock")
@access.viewers
def set_clock() -> Any:
    """It is another time from now on, for everybody who practises here."""
    practice = _practice()
    choice = request.form.get("moment", "")
    if choice == "real":
        practice.clock.follow()
    else:
        try:
            practice.clock.set(_chosen(choice))
        except BadInput as error:
            return _page({"day" if choice == "other" else "moment": str(error)}), 400
    g.pop("now")
    access.begin_session(me())  # or it would have ended long ago, or not begun yet
    flash(f"It is {clock(now())} on {weekday(now())} now")
    return redirect(url_for("practice.index"))


@blueprint.post("/reset")
@access.editors
def reset() -> Any:
    """Everything as on the first day."""
    _practice()
    service.reset(console().knowledge.store, SAMPLE, at=now())
    # Its numbers begin anew: what was made of the data of before could be taken for this.
    console().knowledge.forget()
    console().published.clear()
    with work(write=False) as piece:
        member = piece.staff.get(me().name)
    access.begin_session(member)
    flash("Everything is as on the first day")
    return redirect(url_for("practice.index"))


def _chosen(choice: str) -> datetime:
    """The moment of a choice, or the one that was typed. Raises BadInput."""
    if choice in MOMENTS:
        _, day_of, hour = MOMENTS[choice]
        return datetime.combine(day_of(now().astimezone(LONDON).date()), hour, LONDON)
    if choice != "other":
        raise BadInput("Choose a time")
    day, at = request.form.get("day", "").strip(), request.form.get("time", "").strip()
    if not day or not at:
        raise BadInput("Enter a day and a time")
    return parse_when(f"{day}T{at}")


def _practice() -> Practice:
    """Where it is not practice there is nothing to set."""
    found = console().practice
    if found is None:
        abort(404)
    return found


def _page(wrong: dict[str, str]) -> str:
    practice = console().practice
    asked = {name: request.form.get(name, "") for name in ("moment", "day", "time")}
    return render_template(
        "practice.html",
        practice=practice,
        moments=MOMENTS,
        now=now(),
        wrong=wrong,
        asked=asked,
        local=now().astimezone(LONDON),
    )
