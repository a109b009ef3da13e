"""Our accounts, and the areas that they serve."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import HiddenField, RadioField, StringField, SubmitField, TextAreaField

from bot.console import access, drafts
from bot.console.desk import me, now, work
from bot.console.meanwhile import told_change
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict, JobcentreError
from bot.services import accounts as service
from bot.services import channel_lines, scopes, versions
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


class AccountForm(FlaskForm):  # type: ignore[misc]
    handle = StringField("Handle", widget=GovTextInput())
    name = StringField("Name that people know", widget=GovTextInput())
    where = TextAreaField("Which offices does it serve?", widget=GovTextArea())
    language = RadioField(
        "Language, where nothing else says",
        widget=GovRadioInput(),
        choices=[(Language.ENGLISH.value, "English"), (Language.WELSH.value, "Welsh")],
        default=Language.ENGLISH.value,
    )
    version = HiddenField()
    submit = SubmitField("Save", widget=GovSubmitInput())


@blueprint.get("/")
@access.viewers
def index() -> str:
    with work(write=False) as piece:
        found, served = piece.accounts.find_all(), piece.accounts.find_scopes()
        told = scopes.told_all(piece, [served[account.handle] for account in found])
        lines = channel_lines.find(piece, [account.handle for account in found], channel="x", at=now())
    on_x = {line.account: line for line in lines if line.state}
    accounts = list(zip(found, told, strict=True))
    return render_template("accounts.html", accounts=accounts, on_x=on_x, now=now())


@blueprint.route("/new", methods=["GET", "POST"])
@access.administrators
def new() -> Any:
    form = AccountForm()
    if form.validate_on_submit() and not _keep(form, form.handle.data or "", is_new=True) and not form.errors:
        return redirect(url_for("accounts.index"))
    return _form_page(form, "", ())


@blueprint.route("/<handle>", methods=["GET", "POST"])
@access.administrators
def change(handle: str) -> Any:
    with work(write=False) as piece:
        account = service.get(piece, handle)
        version = versions.latest(piece, "account", account.handle)
        held = {"handle": account.handle, "name": account.name, "language": account.language.value}
        held |= {"where": "\n".join(scopes.told(piece, piece.accounts.get_scope(handle))), "version": str(version)}
    form = AccountForm(data=held if request.method == "GET" else None)
    events: tuple[str, ...] = ()
    if form.validate_on_submit():
        events = _keep(form, account.handle, is_new=False)
        if not events and not form.errors:
            return redirect(url_for("accounts.index"))
        form.version.raw_data, form.version.data = None, str(version)
    return _form_page(form, account.handle, events)


def _keep(form: AccountForm, handle: str, *, is_new: bool) -> tuple[str, ...]:
    """Kept, unless the form says what is wrong. Returns what somebody else did meanwhile."""
    field = form.where
    try:
        with work() as piece:
            scope = scopes.Names(piece).read((form.where.data or "").splitlines())
            if scope.is_empty:
                raise BadInput("Enter at least one office, area or district")
            field = form.handle if is_new else form.where
            if is_new:
                _check_new(piece, handle)
            expected = None if is_new else drafts.number(form.version.data)
            language = Language(form.language.data)
            name = form.name.data or ""
            kept = service.add(piece, handle, name, scope, language, by=me().name, at=now(), expected=expected)
    except versions.ChangedMeanwhile as error:
        return tuple(map(told_change, error.events))
    except JobcentreError as error:
        told = str(error)
        field = form.name if "name" in told and "office" not in told else field
        field.errors = [drafts.plain(told)]
        return ()
    flash(f"{kept.handle} serves {len(kept.offices)} office{'' if len(kept.offices) == 1 else 's'}")
    return ()


def _check_new(piece: UnitOfWork, handle: str) -> None:
    taken = {account.handle.casefold() for account in piece.accounts.find_all()}
    if handle.strip().lstrip("@").casefold() in taken:
        raise Conflict(f"there is an account {handle} already")


def _form_page(form: AccountForm, handle: str, events: tuple[str, ...]) -> Any:
    with work(write=False) as piece:
        choices = scopes.Names(piece).choices
    page = render_template("account_form.html", form=form, handle=handle, events=events, choices=choices)
    return page, 409 if events else 400 if form.errors else 200
