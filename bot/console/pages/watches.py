"""Watches: something is happening, and nobody knows yet which offices are open."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovSubmitInput, GovTextArea
from wtforms import RadioField, SelectField, SubmitField, TextAreaField

from bot.console import access, drafts
from bot.console.desk import me, now, work
from bot.console.telling import CAUSES
from bot.console.told import told_closure
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Period, Scope, Watch
from bot.jobcentre.errors import BadInput
from bot.services import closures as service
from bot.services import offices as office_service
from bot.services import scopes, today
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("watches", __name__, url_prefix="/watches")
ENDS = [("today", "At the end of today"), ("midday", "At midday"), ("tomorrow", "At the end of tomorrow")]


class WatchForm(FlaskForm):  # type: ignore[misc]
    areas = drafts.areas_field()
    where = TextAreaField("Which offices?", widget=GovTextArea())
    cause = SelectField(
        "Why?", widget=GovSelect(), choices=[(c.value, said[:1].upper() + said[1:]) for c, said in CAUSES.items()]
    )
    ends = RadioField("Until when?", widget=GovRadioInput(), choices=ENDS, default="today")
    submit = SubmitField("Start watching", widget=GovSubmitInput())


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    form = WatchForm(data={"where": request.args.get("where", "")} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            with work() as piece:
                scope = _scope(piece, drafts.lines_of(form))
                drafts.check_area(piece, scope)
                period = Period(now(), _end(str(form.ends.data), now()))
                draft = Watch("", Cause(form.cause.data), period, scope, now())
                kept = service.watch(piece, draft, by=me().name, at=now())
            return redirect(url_for("watches.show", watch_id=kept.id))
        except BadInput as error:
            form.where.errors = [drafts.plain(str(error))]
    with work(write=False) as piece:
        drafts.offer_areas(piece, form)
        choices = scopes.Names(piece).choices
    return render_template("watch_form.html", form=form, choices=choices), 400 if form.errors else 200


@blueprint.get("/<watch_id>")
@access.viewers
def show(watch_id: str) -> str:
    with work(write=False) as piece:
        watch = piece.closures.get_watch(watch_id)
        told = told_closure(piece, watch, now())
        closed = [c for c in piece.closures.find(at=now()) if c.effect.shuts or c.effect.limits]
        given = {office.id: c for office in told.offices for c in closed if c.scope.includes(office)}
        left = today.unconfirmed(piece, watch, told.offices, closed)
    return render_template("watch.html", told=told, given=given, left=left, now=now())


@blueprint.post("/<watch_id>/confirm")
@access.editors
def confirm(watch_id: str) -> Any:
    """One tap: this office is open as usual, for the rest of the watch."""
    with work() as piece:
        piece.closures.get_watch(watch_id)
        named = request.form.getlist("office")
        if not named:
            raise BadInput("choose an office")
        drafts.check_area(piece, Scope(offices=frozenset(named)))
        confirmed = office_service.confirm(piece, named, by=me().name, at=now())
    flash(f"{', '.join(one.office.name for one in confirmed)}: open as usual")
    onward = request.form.get("next", "")
    return redirect(onward if access.is_ours(onward) else url_for("watches.show", watch_id=watch_id))


@blueprint.post("/<watch_id>/end")
@access.editors
def end(watch_id: str) -> Any:
    """All is known: its offices are told as usual again, but for what was published."""
    with work() as piece:
        drafts.check_area(piece, piece.closures.get_watch(watch_id).scope)
        service.withdraw(piece, watch_id, by=me().name, at=now(), reason="ended")
    flash("The watch has ended")
    return redirect(url_for("today.board"))


def _scope(piece: UnitOfWork, wanted: list[str]) -> Scope:
    if not wanted:
        raise BadInput("Enter at least one office, area or district")
    return scopes.Names(piece).read(wanted)


def _end(chosen: str, at: datetime) -> datetime:
    local = at.astimezone(LONDON)
    if chosen == "midday":
        return datetime.combine(local.date() + timedelta(days=local.hour >= 12), time(12), LONDON)
    return datetime.combine(local.date() + timedelta(days=2 if chosen == "tomorrow" else 1), time(0), LONDON)
