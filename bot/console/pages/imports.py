"""Files of offices, their names and contacts: every change is seen before any is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovSubmitInput
from wtforms import BooleanField, FileField, SubmitField

from bot.console import access, drafts
from bot.console.desk import me, now, work
from bot.jobcentre.errors import BadInput
from bot.services import contacts, register, uploads
from bot.services.files import ImportReport, Outcome
from bot.services.public_words import tidy
from bot.services.uploads import Upload
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
LINES_AT_MOST = 20_000
"""Thirty times the register: of a file of empty lines each would be told as refused."""
SHOWN = 1_000
"""Rows of one outcome on the page; the rest are counted."""


@dataclass(frozen=True)
class Kind:
    """A file that can be imported."""

    title: str
    columns: str
    importer: Callable[..., ImportReport]
    onward: str
    """The view of what it changed."""
    may_be_complete: bool = False


KINDS = {
    "offices": Kind(
        "Offices",
        f"The first line names the columns: {', '.join(register.REQUIRED)}. Also used: town, district, lat, lon, "
        "hours, phone, facilities, name_cy and replaced_by",
        register.import_register,
        "offices.index",
        may_be_complete=True,
    ),
    "names": Kind(
        "Other names of offices",
        "The first line names the columns: id, alias and perhaps source. No name is ever removed",
        register.import_aliases,
        "offices.index",
    ),
    "contacts": Kind(
        "Contacts",
        f"The first line names the columns: {', '.join(contacts.REQUIRED)}. Contacts that the file lacks are removed",
        contacts.import_contacts,
        "contacts.index",
    ),
}


class FileForm(FlaskForm):  # type: ignore[misc]
    file = FileField("File", widget=GovFileInput())
    is_complete = BooleanField(
        "The file has every office: mark the others as closed for good", widget=GovCheckboxInput()
    )
    submit = SubmitField("See what would change", widget=GovSubmitInput())


@blueprint.get("/")
@access.viewers
def index() -> str:
    return render_template("imports.html", kinds=KINDS)


@blueprint.route("/<kind>", methods=["GET", "POST"])
@access.editors
def new(kind: str) -> Any:
    """Hand a file in. Nothing is changed yet."""
    chosen = _kind(kind)
    form = FileForm()
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            if file is None or not file.filename:
                raise BadInput("choose a file")
            data, name = file.read(), tidy(file.filename)[-80:]
            if max(data.count(b"\n"), data.count(b"\r")) > LINES_AT_MOST:
                raise BadInput(f"{name} has more than {LINES_AT_MOST:,} lines: hand it in as several files")
            with work() as piece:
                _import(piece, chosen, data, name, is_complete=form.is_complete.data, dry_run=True)
                text = data.decode("utf-8-sig")  # `_import` has refused what is no UTF-8
                uploads.keep(piece, kind, me().id, Upload(name, text, now().isoformat(), bool(form.is_complete.data)))
            return redirect(url_for("imports.preview", kind=kind))
        except BadInput as error:
            form.file.errors = [drafts.plain(str(error))]
    return render_template("import_form.html", form=form, kind=kind, chosen=chosen), 400 if form.errors else 200


@blueprint.route("/<kind>/preview", methods=["GET", "POST"])
@access.editors
def preview(kind: str) -> Any:
    """Row by row what the file would do; then do it, unless something changed meanwhile."""
    chosen = _kind(kind)
    with work(write=request.method == "POST") as piece:
        upload = uploads.find(piece, kind, me().id, now())
        if upload is None:
            return redirect(url_for("imports.new", kind=kind))
        bring = partial(_import, piece, chosen, upload.data, upload.name, is_complete=upload.is_complete)
        report = bring(dry_run=True)
        seen = uploads.digest(report)
        is_new = request.method == "POST" and request.form.get("seen") != seen
        if request.method == "POST" and not is_new:
            done = bring(skip_bad=request.form.get("skip") == "yes")
            if done.is_applied:
                uploads.drop(piece, kind, me().id)
                flash(f"Imported: {done.summary()}")
                return redirect(url_for(chosen.onward))
    shown = {outcome: [row for row in report.rows if row.outcome is outcome][:SHOWN] for outcome in Outcome}
    page = render_template(
        "import_preview.html",
        kind=kind,
        chosen=chosen,
        upload=upload,
        report=report,
        shown=shown,
        seen=seen,
        is_new=is_new,
        counts={outcome: report.counts[outcome] for outcome in Outcome},
    )
    return page, 409 if is_new else 200


@blueprint.post("/<kind>/drop")
@access.editors
def drop(kind: str) -> Any:
    """Not this file after all."""
    _kind(kind)
    with work() as piece:
        uploads.drop(piece, kind, me().id)
    flash("Nothing was changed")
    return redirect(url_for("imports.index"))


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        abort(404)
    if me().accounts:
        abort(403)  # a file speaks of every office
    return KINDS[kind]


def _import(
    piece: UnitOfWork, chosen: Kind, data: bytes, name: str, *, is_complete: bool, **options: bool
) -> ImportReport:
    if chosen.may_be_complete:
        options["complete"] = bool(is_complete)
    return chosen.importer(piece, data, name, by=me().name, at=now(), **options)
