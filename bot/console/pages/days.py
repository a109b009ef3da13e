"""Days on which offices are closed, or open although it is a holiday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import RadioField, StringField, TextAreaField

from bot.console import access, drafts, weeks
from bot.console.desk import me, now, trial, work
from bot.console.sayings import said
from bot.jobcentre.calendar import LONDON, Division, SpecialDay, special_day
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.office import Office
from bot.jobcentre.typed_times import date_of
from bot.services import offices as service
from bot.services import scopes
from bot.services.previews import preview_offices
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("days", __name__, url_prefix="/days")
AHEAD = timedelta(days=120)
"""How far ahead the calendar's own days are shown."""
DIVISIONS = {Division.ENGLAND_AND_WALES: ("England", "Wales"), Division.SCOTLAND: ("Scotland",)}


class DayForm(FlaskForm):  # type: ignore[misc]
    where = TextAreaField("Which offices?", widget=GovTextArea())
    day = StringField("Which day?", widget=GovTextInput())
    is_open = RadioField(
        "Are they open?",
        widget=GovRadioInput(),
        choices=[("no", "Closed all day"), ("yes", "Open, although it is a holiday")],
        default="no",
    )
    title = StringField("What is it called?", widget=GovTextInput())


@blueprint.get("/")
@access.viewers
def index() -> str:
    """What staff said of days to come, and what the calendar says where they said nothing."""
    today = now().astimezone(LONDON).date()
    with work(write=False) as piece:
        found = piece.offices.find_staff_days(today)
        told = scopes.told_all(piece, [said.staff_day.scope for said in found])
    where = [", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "") for named in told]
    return render_template("days.html", found=list(zip(found, where, strict=True)), calendar=_calendar(today))


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    names = ("where", "day", "title")
    given = {name: request.args[name] for name in names if request.args.get(name)} if request.method == "GET" else None
    form = DayForm(data=given)
    step = request.form.get("step")
    if form.validate_on_submit() and step != "change":
        page = _publish(form) if step == "publish" else _preview(form)
        if page is not None:
            return page
    with work(write=False) as piece:
        choices = scopes.Names(piece).choices
    return render_template("day_form.html", form=form, choices=choices), 400 if form.errors else 200


@blueprint.post("/<int:number>/withdraw")
@access.editors
def withdraw(number: int) -> Any:
    """It counts no longer: the calendar does, or what was said before."""
    with work() as piece:
        said = next((said for said in piece.offices.find_staff_days() if said.id == number), None)
        if said:
            drafts.check_area(piece, said.staff_day.scope)
        service.withdraw_day(piece, number, by=me().name, at=now())
    flash("Withdrawn. The calendar counts again")
    return redirect(url_for("days.index"))


def _publish(form: DayForm) -> Any:
    """Kept; None where the form says what is wrong."""
    with work() as piece:
        if _say(piece, form) is None:
            return None
    flash("Published. The next answer knows")
    return redirect(url_for("days.index"))


def _preview(form: DayForm) -> Any:
    """What people would be told; None where the form says what is wrong."""
    with trial() as piece:
        said_of = _say(piece, form)
        if said_of is None:
            return None
        day, offices = said_of
        says = said(preview_offices(piece, offices, now=now(), day=day))
    return render_template(
        "day_preview.html", form=form, day=day, offices=offices, says=says, hidden=weeks.hidden(form)
    )


def _say(piece: UnitOfWork, form: DayForm) -> tuple[date, list[Office]] | None:
    """The day, and the offices of which the form's words are said now; else the form says what is wrong."""
    field = form.day
    try:
        if not form.day.data:
            raise BadInput("Enter a day")
        day = date_of(form.day.data, now().astimezone(LONDON).date())
        field = form.where
        scope = scopes.Names(piece).read((form.where.data or "").splitlines())
        if scope.is_empty:
            raise BadInput("Enter at least one office, area or district")
        drafts.check_area(piece, scope)
        field = form.title
        title, is_open = form.title.data or "", form.is_open.data == "yes"
        _, offices = service.say_day(piece, day, scope, title=title, is_open=is_open, by=me().name, at=now())
    except JobcentreError as error:
        field.errors = [drafts.plain(str(error))]
        return None
    return day, [office for office in offices if office.is_running] or offices


def _calendar(today: date) -> list[tuple[SpecialDay, tuple[str, ...]]]:
    """The calendar's special days to come, each with the nations where it counts."""
    found: dict[SpecialDay, tuple[str, ...]] = {}
    for number in range(AHEAD.days):
        for division, nations in DIVISIONS.items():
            special = special_day(today + timedelta(days=number), division)
            if special is not None:
                found[special] = (*found.get(special, ()), *nations)
    return list(found.items())
