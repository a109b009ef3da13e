"""When people answer on each account, how soon they mean to, and who is told at night."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import HiddenField, StringField

from bot.console import access, drafts
from bot.console.desk import me, now, work
from bot.console.meanwhile import told_change
from bot.console.telling import spans
from bot.console.weeks import DAYS
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import Spans
from bot.jobcentre.staffing import Staffing
from bot.jobcentre.typed_times import spans_in
from bot.services import accounts, versions
from bot.services import staffing as service

blueprint = Blueprint("desk_settings", __name__, url_prefix="/inbox/settings")
ALL = "all"
"""Stands in an address for the settings that hold where an account has none of its own."""
MINUTES = ("urgent_minutes", "normal_minutes", "silent_minutes")


def _day(name: str) -> Any:
    return StringField(name.capitalize(), widget=GovTextInput())


class SettingsForm(FlaskForm):  # type: ignore[misc]
    monday, tuesday, wednesday, thursday = _day("monday"), _day("tuesday"), _day("wednesday"), _day("thursday")
    friday, saturday, sunday = _day("friday"), _day("saturday"), _day("sunday")
    urgent_minutes = StringField("Urgent ones", widget=GovTextInput())
    normal_minutes = StringField("All others", widget=GovTextInput())
    silent_minutes = StringField("A silent adviser", widget=GovTextInput())
    night_contact = StringField("Who is told at night", widget=GovTextInput())
    version = HiddenField()


@blueprint.get("/")
@access.administrators
def index() -> str:
    with work(write=False) as piece:
        roster = service.roster(piece)
        without = service.without_night_contact(piece)
        found = piece.accounts.find_all()
    return render_template(
        "desk_settings.html",
        roster=roster,
        accounts=found,
        without=without,
    )


@blueprint.route("/<handle>", methods=["GET", "POST"])
@access.administrators
def change(handle: str) -> Any:
    """Of one account, or those for all."""
    with work(write=False) as piece:
        account = None if handle == ALL else accounts.get(piece, handle).handle
        roster = service.roster(piece)
        held = roster.of(account) if account else roster.for_all
        version = service.version(piece, account)
    form = SettingsForm(data=_filled_from(held, version) if request.method == "GET" else None)
    events: tuple[str, ...] = ()
    if request.method == "POST":
        events = _keep(form, account)
        if not events and not form.errors:
            flash("Saved. The next promise knows")
            return redirect(url_for("desk_settings.index"))
        form.version.raw_data, form.version.data = None, str(version)
    is_own = account in roster.with_own
    page = render_template("desk_form.html", form=form, account=account, is_own=is_own, days=DAYS, events=events)
    return page, 409 if events else 400 if form.errors else 200


@blueprint.post("/<handle>/follow")
@access.administrators
def follow(handle: str) -> Any:
    """The settings for all hold on this account again."""
    with work() as piece:
        service.follow(piece, handle, by=me().name, at=now())
    flash(f"{handle} has the settings for all accounts again")
    return redirect(url_for("desk_settings.index"))


def _keep(form: SettingsForm, account: str | None) -> tuple[str, ...]:
    """Kept, unless the form says what is wrong. Returns what somebody else did meanwhile."""
    wanted = _read(form) if form.validate_on_submit() else None
    if wanted is None:
        return ()
    try:
        with work() as piece:
            expected = drafts.number(form.version.data)
            service.change(piece, account, wanted, by=me().name, at=now(), expected=expected)
    except versions.ChangedMeanwhile as error:
        return tuple(map(told_change, error.events))
    return ()


def _read(form: SettingsForm) -> Staffing | None:
    """None where something cannot be used: the form then says what, beside its field."""
    week = tuple(_spans(form, name) for name in DAYS)
    minutes: dict[str, Any] = {name: _number(form, name) for name in MINUTES}
    if any(field.errors for field in form):
        return None
    try:
        return Staffing(week=week, night_contact=(form.night_contact.data or "").strip(), **minutes)
    except BadInput as error:
        form[_field_of(str(error))].errors = [drafts.plain(str(error))]
        return None


def _spans(form: SettingsForm, name: str) -> Spans:
    try:
        return spans_in(form[name].data or "")
    except BadInput as error:
        form[name].errors = [drafts.plain(str(error))]
        return ()


def _number(form: SettingsForm, name: str) -> int:
    typed = (form[name].data or "").strip()
    if not typed.isdecimal() or len(typed) > 6:
        form[name].errors = ["Enter a number of minutes, like 30"]
        return 0
    return int(typed)


def _field_of(error: str) -> str:
    """The field beside which an error of the service belongs."""
    found = next((name for name in MINUTES if name.replace("_", " ") in error), None)
    return found or ("night_contact" if "email" in error else DAYS[0])


def _filled_from(held: Staffing, version: int) -> dict[str, Any]:
    week = {name: spans(open_spans) for name, open_spans in zip(DAYS, held.week, strict=True)}
    minutes = {name: str(getattr(held, name)) for name in MINUTES}
    return {**week, **minutes, "night_contact": held.night_contact, "version": str(version)}
