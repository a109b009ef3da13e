"""Canned replies: what advisers choose instead of writing it anew, in both languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import HiddenField, SelectField, StringField, SubmitField, TextAreaField

from bot.console import access, drafts
from bot.console.desk import console, me, now, work
from bot.console.meanwhile import told_change
from bot.console.pages.inbox import seen_accounts
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.services import canned_replies as service
from bot.services import versions
from bot.store.records import CannedReply
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("canned", __name__, url_prefix="/inbox/canned")


class CannedForm(FlaskForm):  # type: ignore[misc]
    title = StringField("Title, for advisers", widget=GovTextInput())
    account = SelectField("For which account?", widget=GovSelect())
    text = TextAreaField("The reply", widget=GovTextArea())
    text_cy = TextAreaField("The reply in Welsh", widget=GovTextArea())
    version = HiddenField()
    submit = SubmitField("Save", widget=GovSubmitInput())


@blueprint.get("/")
@access.advisers
def index() -> str:
    with work(write=False) as piece:
        replies = service.find(piece, seen_accounts(piece))
    return render_template("canned.html", replies=replies, may_change=_may_change)


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    return _form_page(None)


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@access.editors
def change(number: int) -> Any:
    with work(write=False) as piece:
        held = service.get(piece, number)
    _check_area(held)
    return _form_page(held)


@blueprint.post("/<int:number>/retire")
@access.editors
def retire(number: int) -> Any:
    """Not offered any more."""
    with work() as piece:
        _check_area(service.get(piece, number))
        kept = service.retire(piece, number, by=me().name, at=now())
    flash(f"“{kept.title}” is not offered any more")
    return redirect(url_for("canned.index"))


def _form_page(held: CannedReply | None) -> Any:
    """Filled in, looked at with an office's facts, and kept."""
    with work(write=False) as piece:
        version = service.version(piece, held.id) if held else 0
        handles = [one.handle for one in piece.accounts.find_all() if me().may_see(one.handle)]
    form = CannedForm(data=_filled_from(held, version) if request.method == "GET" and held else None)
    form.account.choices = [*([("", "Every account")] if not me().accounts else []), *((h, h) for h in handles)]
    events: tuple[str, ...] = ()
    if form.validate_on_submit():
        wanted = _read(form, held)
        events = _keep(form, wanted)
        if not events and not form.errors:
            flash("Saved. Advisers can choose it now")
            return redirect(url_for("canned.index"))
        form.version.raw_data, form.version.data = None, str(version)
    with work(write=False) as piece:
        shown = _shown(piece, held) if held else []
    blanks = service.BLANKS.items()
    page = render_template("canned_form.html", form=form, held=held, events=events, blanks=blanks, shown=shown)
    return page, 409 if events else 400 if form.errors else 200


def _read(form: CannedForm, held: CannedReply | None) -> CannedReply:
    return CannedReply(
        title=form.title.data or "",
        text=form.text.data or "",
        text_cy=form.text_cy.data or "",
        account=form.account.data or None,
        id=held.id if held else 0,
    )


def _keep(form: CannedForm, wanted: CannedReply) -> tuple[str, ...]:
    """Kept, unless the form says what is wrong. Returns what somebody else did meanwhile."""
    try:
        _check_area(wanted)
        with work() as piece:
            service.put(piece, wanted, by=me().name, at=now(), expected=drafts.number(form.version.data))
    except versions.ChangedMeanwhile as error:
        return tuple(map(told_change, error.events))
    except JobcentreError as error:
        told = str(error)
        field = form.title if "title" in told else form.text_cy if "Welsh" in told else form.text
        field.errors = [drafts.plain(told)]
    return ()


def _shown(piece: UnitOfWork, held: CannedReply) -> list[tuple[str, str]]:
    """As a person would get it, of the first office of its account, by language."""
    accounts = piece.accounts.find_all()
    account = next((one for one in accounts if one.handle == held.account), accounts[0] if accounts else None)
    if account is None:
        return []
    office = account.offices[0] if account.offices else None
    filled = [
        (
            language.value,
            service.fill(
                piece, console().responses, held, language, account=account.handle, office_id=office, at=now()
            ).text,
        )
        for language in Language
    ]
    return [(language, text) for language, text in filled if text]


def _may_change(reply: CannedReply) -> bool:
    return access.may("editor") and (not me().accounts or (reply.account is not None and me().may_see(reply.account)))


def _check_area(reply: CannedReply) -> None:
    if not _may_change(reply):
        raise BadInput("only somebody who sees all accounts can change what is for every account")


def _filled_from(held: CannedReply, version: int) -> dict[str, Any]:
    texts = {name: getattr(held, name) for name in ("title", "text", "text_cy")}
    return {**texts, "account": held.account or "", "version": str(version)}
