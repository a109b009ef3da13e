"""Offices: find one, see how it stands and why, and mend what is held of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextInput
from wtforms import RadioField, StringField, SubmitField

from bot.console import access, details, drafts, weeks
from bot.console.changes import Teller
from bot.console.desk import me, now, work
from bot.console.meanwhile import merge, told_change
from bot.console.paging import paged
from bot.console.sayings import said
from bot.console.spreadsheet import sent
from bot.console.told import told_all
from bot.console.told_office import told_dates, told_days, told_now
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure, Scope, Watch
from bot.jobcentre.errors import JobcentreError
from bot.jobcentre.office import Office, OfficeStatus
from bot.jobcentre.opening import HORIZON
from bot.jobcentre.wording.english import English
from bot.services import exports, history, office_details, versions
from bot.services import offices as service
from bot.services.history import Wanted
from bot.services.previews import preview_offices
from bot.services.today import standing
from bot.store.records import NameKind

blueprint = Blueprint("offices", __name__, url_prefix="/offices")
PAGE = 50
HISTORY = 20
NO_HOURS = "no-hours"
"""Chosen beside the statuses: people who ask for these offices are told that we do not know."""
KINDS = [
    (NameKind.ALIAS.value, "Another name"),
    (NameKind.OLD.value, "An old name"),
    (NameKind.BUILDING.value, "The name of its building"),
    (NameKind.WELSH.value, "A Welsh name"),
    (NameKind.NICKNAME.value, "A nickname"),
]


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Name", widget=GovTextInput())
    kind = RadioField("What sort of name is it?", widget=GovRadioInput(), choices=KINDS, default=NameKind.ALIAS.value)
    submit = SubmitField("Add it", widget=GovSubmitInput())


@blueprint.get("/")
@access.viewers
def index() -> str:
    """Those that fit what is looked for, a page at a time."""
    wanted, chosen = request.args.get("q", "").strip()[:100], request.args.get("status", "")
    status = OfficeStatus(chosen) if chosen in {s.value for s in OfficeStatus} else None
    with work(write=False) as piece:
        with_hours = piece.offices.find_ids_with_hours(now().astimezone(LONDON).date())
        fitting = office_details.search(piece, wanted, status)
        if chosen == NO_HOURS:
            fitting = [office for office in fitting if office.is_running and office.id not in with_hours]
        found = paged(fitting, request.args.get("page"), PAGE)
        closures = piece.closures.find(at=now())
        watches = piece.closures.find_watches(at=now())
        standings = {office.id: standing(office, closures, watches, now()) for office in found.items}
    return render_template(
        "offices.html",
        found=found,
        standings=standings,
        with_hours=with_hours,
        wanted=wanted,
        chosen=chosen,
        statuses=[*details.STATUSES, (NO_HOURS, "No hours held")],
    )


@blueprint.get("/export.csv")
@access.viewers
def export() -> Response:
    with work(write=False) as piece:
        return sent("offices.csv", exports.register(piece, now()))


@blueprint.get("/names.csv")
@access.viewers
def export_names() -> Response:
    with work(write=False) as piece:
        return sent("office-names.csv", exports.names(piece))


@blueprint.get("/<office_id>")
@access.viewers
def show(office_id: str) -> str:
    notices: list[Closure | Watch]
    with work(write=False) as piece:
        office = piece.offices.get(office_id)
        facts = piece.offices.facts([office_id], now(), now() + HORIZON)[office_id]
        hours = [one for one in piece.offices.hours_history(office_id) if one.superseded_at is None]
        teller = Teller(piece.offices.find_all())
        changes = history.find(piece, Wanted(office=office), limit=HISTORY).found
        notices = [*facts.closures, *facts.watches]
        said_days = [one.staff_day for one in piece.offices.find_staff_days(now().astimezone(LONDON).date())]
        page = {
            "office": office,
            "staff_days": [day for day in said_days if day.scope.includes(office)],
            "facts": facts,
            "standing": told_now(facts, now()),
            "days": told_days(facts, now()),
            "hours": [(one, told_dates(one.hours, now())) for one in hours],
            "closures": told_all(piece, notices, now()),
            "names": piece.offices.find_names(office_id),
            "instead": piece.offices.find([office.replaced_by] if office.replaced_by else []),
            "accounts": [account for account in piece.accounts.find_all() if account.handle in office.accounts],
            "says": said(preview_offices(piece, [office], now=now())),
            "history": [(teller.tell(change), change.lead) for change in changes],
        }
    return render_template(
        "office.html",
        **page,
        weekdays=[day.capitalize() for day in weeks.DAYS],
        now=now(),
        statuses=dict(details.STATUSES),
        facilities=English.FACILITIES,
        may_change=_may_change(office),
    )


@blueprint.post("/<office_id>/confirm")
@access.editors
def confirm(office_id: str) -> Any:
    """Somebody has checked it now: what is held is right, and where it is watched it is open as usual."""
    with work() as piece:
        drafts.check_area(piece, Scope(offices=frozenset({office_id})))
        (confirmed,) = service.confirm(piece, [office_id], by=me().name, at=now())
    flash("Open as usual while it is watched" if confirmed.watches else "Noted: what is held was checked now")
    return redirect(url_for("offices.show", office_id=office_id))


@blueprint.route("/<office_id>/change", methods=["GET", "POST"])
@access.editors
def change(office_id: str) -> Any:
    """What it is called, where it is, what is there, and whether it is still there."""
    with work(write=False) as piece:
        held = piece.offices.get(office_id)
        version = versions.latest(piece, "office", office_id)
        form = details.DetailsForm(data=details.filled_from(piece, held, version) if request.method == "GET" else None)
        form.facilities.choices = details.facilities_of(held)
    events: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with work() as piece:
                drafts.check_area(piece, Scope(offices=frozenset({office_id})))
                wanted = details.read(piece, form, held)
                expected = drafts.number(form.version.data)
                office_details.change(piece, wanted, by=me().name, at=now(), expected=expected)
            flash("Saved. The next answer knows")
            return redirect(url_for("offices.show", office_id=office_id))
        except versions.ChangedMeanwhile as error:
            events = tuple(map(told_change, error.events))
            with work(write=False) as piece:
                before = details.shown_before(error, held)
                merge(form, details.filled_from(piece, before, version), details.filled_from(piece, held, version))
            form.version.raw_data, form.version.data = None, str(version)
        except JobcentreError as error:
            form[details.field_of(str(error))].errors = [drafts.plain(str(error))]
    with work(write=False) as piece:
        districts, names = piece.offices.find_districts(), [o.name for o in piece.offices.find_all() if o.is_running]
    page = render_template("office_form.html", form=form, office=held, events=events, districts=districts, names=names)
    return page, 409 if events else 400 if form.errors else 200


@blueprint.route("/<office_id>/names", methods=["GET", "POST"])
@access.editors
def names(office_id: str) -> Any:
    """What else people call it."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            with work() as piece:
                drafts.check_area(piece, Scope(offices=frozenset({office_id})))
                kind = NameKind(form.kind.data)
                others = office_details.add_name(piece, office_id, form.name.data, kind, by=me().name, at=now())
            also = ", ".join(office.name for office in others)
            flash(f"Added. {also} is called so too: people are asked which they mean" if also else "Added")
            return redirect(url_for("offices.names", office_id=office_id))
        except JobcentreError as error:
            form.name.errors = [drafts.plain(str(error))]
    with work(write=False) as piece:
        office, held = piece.offices.get(office_id), piece.offices.find_names(office_id)
    page = render_template("office_names.html", form=form, office=office, names=held, kinds=dict(KINDS))
    return page, 400 if form.errors else 200


@blueprint.post("/<office_id>/names/remove")
@access.editors
def remove_name(office_id: str) -> Any:
    name = request.form.get("name", "")
    with work() as piece:
        drafts.check_area(piece, Scope(offices=frozenset({office_id})))
        office_details.remove_name(piece, office_id, name, by=me().name, at=now())
    flash(f"{name} is removed")
    return redirect(url_for("offices.names", office_id=office_id))


def _may_change(office: Office) -> bool:
    return access.may("editor") and (not me().accounts or bool(set(me().accounts) & set(office.accounts)))
