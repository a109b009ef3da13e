"""Weekly hours: of one office, several, a district or a nation; seen before they count."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, drafts, weeks
from bot.console.desk import me, now, trial, work
from bot.console.meanwhile import told_change
from bot.console.sayings import said
from bot.console.telling import day
from bot.console.weeks import HoursForm
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.opening import HORIZON
from bot.services import offices as service
from bot.services import scopes, versions
from bot.services.previews import preview_offices
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("hours", __name__, url_prefix="/hours")


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    """Fill in; see what changes and what people will be told; publish."""
    with work(write=False) as piece:
        form = HoursForm(data=_start_of(piece) if request.method == "GET" else None)
        if request.method == "GET" or request.form.get("step") == "change":
            return _form_page(piece, form)
        read = weeks.read(piece, form, now())
        if read is None or not _may(piece, form, read[0]):
            return _form_page(piece, form)
    if request.form.get("step") != "publish":
        return _preview_page(form, *read)
    try:
        with work() as piece:
            expected = drafts.number(form.version.data)
            changed = service.set_hours(piece, *read, by=me().name, at=now(), expected=expected)
    except versions.ChangedMeanwhile as error:
        return _preview_page(form, *read, tuple(map(told_change, error.events)))
    flash(f"Published. {'One office has' if len(changed) == 1 else f'{len(changed)} offices have'} new hours")
    if len(changed) == 1:
        return redirect(url_for("offices.show", office_id=changed[0].id))
    return redirect(url_for("offices.index"))


def _start_of(piece: UnitOfWork) -> dict[str, Any]:
    """What the form begins with: an office, and the hours that it has."""
    found = piece.offices.find([request.args.get("office", "")])
    if not found:
        return {}
    facts = piece.offices.facts([found[0].id], now(), now())[found[0].id]
    return {"where": found[0].name, **weeks.filled_from(facts.hours_on(now().astimezone(LONDON).date()))}


def _may(piece: UnitOfWork, form: HoursForm, scope: Scope) -> bool:
    """Whether all of the offices are there, and of those whom the member looks after; else the form says so."""
    try:
        drafts.check_area(piece, service.check_scope(piece, scope))
        if not any(office.is_running for office in service.find_in(piece, scope)):
            raise BadInput("all of these offices are shut for good or have moved: they keep no hours")
    except BadInput as error:
        form.where.errors = [drafts.plain(str(error))]
        return False
    return True


def _form_page(piece: UnitOfWork, form: HoursForm) -> Any:
    page = render_template("hours_form.html", form=form, choices=scopes.Names(piece).choices, days=weeks.DAYS)
    return page, 400 if form.errors else 200


def _dates(hours: OpeningHours) -> str:
    """ "from today to 11 December 2026"."""
    today = now().astimezone(LONDON).date()
    first = "today" if hours.valid_from == today else day(hours.valid_from or today)
    return f"from {first}" + (f" to {day(hours.valid_to)}" if hours.valid_to else "")


def _preview_page(form: HoursForm, scope: Scope, hours: OpeningHours, events: tuple[str, ...] = ()) -> Any:
    """What is held now beside what would be held, and exactly what people would be told."""
    first = hours.valid_from or now().astimezone(LONDON).date()
    with trial() as piece:
        offices = [office for office in service.find_in(piece, scope) if office.is_running]
        ids = [office.id for office in offices]
        version = versions.latest(piece, "office", *ids)
        facts = piece.offices.facts(ids, now(), now() + HORIZON)
        before = {office_id: facts[office_id].hours_on(first) for office_id in ids}
        service.set_hours(piece, scope, hours, by=me().name, at=now())
        later = first if first > now().astimezone(LONDON).date() else None
        says = said(preview_offices(piece, offices, now=now(), day=later))
    page = render_template(
        "hours_preview.html",
        form=form,
        offices=offices,
        before=before,
        hours=hours,
        dates=_dates(hours),
        days=[name.capitalize() for name in weeks.DAYS],
        says=says,
        events=events,
        version=version,
        hidden=weeks.hidden(form),
    )
    return page, 409 if events else 200
