"""Closures: what is closed or different; publish, amend, reopen, end, withdraw, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, drafts
from bot.console.desk import me, now, work
from bot.console.drafts import ClosureForm
from bot.console.paging import Paged, paged, paged_of
from bot.console.sayings import said
from bot.console.told import Told, told_all, told_closure
from bot.jobcentre.closure import Closure, Watch
from bot.jobcentre.errors import BadInput, Conflict
from bot.services import closures as service
from bot.services import scopes, today
from bot.services.previews import preview
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("closures", __name__, url_prefix="/closures")
PAGE = 50


@blueprint.get("/")
@access.viewers
def index() -> str:
    """Those that apply now or later; with ?past=yes those that are over too."""
    is_past = request.args.get("past") == "yes"
    with work(write=False) as piece:
        found = _past(piece) if is_past else paged(piece.closures.find(start=now()), request.args.get("page"), PAGE)
        told = told_all(piece, found.items, now())
    return render_template("closures.html", found=found, closures=told, is_past=is_past, templates=drafts.TEMPLATES)


def _past(piece: UnitOfWork) -> Paged[Closure]:
    def read(first: int, limit: int) -> list[Closure]:
        return piece.closures.find_past(now(), first=first, limit=limit)

    return paged_of(piece.closures.count_past(now()), read, request.args.get("page"), PAGE)


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    """Fill in; see what people will be told; publish."""
    with work(write=False) as piece:
        form = ClosureForm(data=_start_of(piece) if request.method == "GET" else None)
        draft = _read(piece, form) if request.method == "POST" and not _goes_back() else None
        if draft is None:
            return _form_page(piece, form, None)
        if request.form.get("step") != "publish":
            return _preview_page(piece, form, draft, None)
    try:
        with work() as piece:
            kept = service.publish(piece, draft, by=me().name, at=now())
    except BadInput as error:
        return _refused(form, error, None)
    flash(f"Published. People are told from {'now' if kept.period.start <= now() else 'its start'} on")
    return redirect(url_for("closures.show", closure_id=kept.id))


@blueprint.get("/<closure_id>")
@access.viewers
def show(closure_id: str) -> Any:
    if service.is_watch(closure_id):
        return redirect(url_for("watches.show", watch_id=closure_id))
    with work(write=False) as piece:
        closure = piece.closures.get(closure_id)
        told = told_closure(piece, closure, now())
        versions = piece.closures.versions(closure_id)
        overlaps = service.find_overlaps(piece, closure)
        says = [] if closure.withdrawn_at or _is_over(closure) else said(preview(piece, closure, now=now()))
    return render_template(
        "closure.html", told=told, versions=versions, overlaps=overlaps, says=says, now=now(), is_over=_is_over(closure)
    )


@blueprint.route("/<closure_id>/amend", methods=["GET", "POST"])
@access.editors
def amend(closure_id: str) -> Any:
    """Change it. Where somebody else changed it meanwhile, both versions are shown."""
    with work(write=False) as piece:
        held = piece.closures.get(closure_id)
        drafts.check_area(piece, held.scope)
        form = ClosureForm(data=drafts.filled_from(piece, held) if request.method == "GET" else None)
        draft = _read(piece, form) if request.method == "POST" and not _goes_back() else None
        if draft is None:
            return _form_page(piece, form, held)
        if form.version.data != str(held.version):
            return _conflict_page(piece, form, draft, held)
        if request.form.get("step") != "publish":
            return _preview_page(piece, form, drafts.merged(held, draft), held)
    try:
        with work() as piece:
            version = int(str(form.version.data))
            service.amend(piece, held.id, draft, by=me().name, at=now(), expected_version=version)
    except Conflict:
        with work(write=False) as piece:
            return _conflict_page(piece, form, draft, piece.closures.get(held.id))
    except BadInput as error:
        return _refused(form, error, held)
    flash("Changed. The next answer knows")
    return redirect(url_for("closures.show", closure_id=held.id))


@blueprint.route("/<closure_id>/reopen", methods=["GET", "POST"])
@access.editors
def reopen(closure_id: str) -> Any:
    """Take some offices out of it: they are open as usual again."""
    with work(write=request.method == "POST") as piece:
        held = piece.closures.get(closure_id)
        offices = service.find_offices(piece, held)
        drafts.check_area(piece, held.scope)
        chosen = [office for office in offices if office.id in request.form.getlist("office")]
        if request.method == "POST":
            _expect(held, request.form.get("version"))
        if not chosen:
            wrong = "Choose at least one office" if request.method == "POST" else ""
            return render_template("reopen.html", closure=held, offices=offices, wrong=wrong)
        ids = [office.id for office in chosen]
        service.reopen(piece, held.id, ids, by=me().name, at=now(), expected_version=held.version)
        deciding = service.find_deciding(piece, chosen, at=now())
    names = " and ".join(office.name for office in chosen[:3]) + " and others" * (len(chosen) > 3)
    flash(f"{names}: {_as_usual(deciding)}")
    return redirect(url_for("closures.show", closure_id=held.id))


def _as_usual(deciding: list[str]) -> str:
    return f"not all as usual yet, see {', '.join(deciding)}" if deciding else "open as usual again"


@blueprint.post("/<closure_id>/end")
@access.editors
def end(closure_id: str) -> Any:
    """It is over now."""
    with work() as piece:
        held = piece.closures.get(closure_id)
        drafts.check_area(piece, held.scope)
        _expect(held, request.form.get("version"))
        service.end(piece, held.id, by=me().name, at=now(), expected_version=held.version)
        deciding = service.find_deciding(piece, service.find_offices(piece, held), at=now())
    flash(f"Ended. Its offices: {_as_usual(deciding)}")
    return redirect(url_for("closures.show", closure_id=held.id))


@blueprint.route("/<closure_id>/withdraw", methods=["GET", "POST"])
@access.editors
def withdraw(closure_id: str) -> Any:
    """It was a mistake: as if it had never applied."""
    with work(write=request.method == "POST") as piece:
        held = piece.closures.get(closure_id)
        drafts.check_area(piece, held.scope)
        reason = request.form.get("reason", "").strip()
        if request.method == "GET" or not reason:
            wrong = "Say why: it stands in the history" if request.method == "POST" else ""
            return render_template("withdraw.html", told=told_closure(piece, held, now()), wrong=wrong)
        _expect(held, request.form.get("version"))
        seen = held.version
        service.withdraw(piece, closure_id, by=me().name, at=now(), reason=reason, expected_version=seen)
    flash("Withdrawn. People are no longer told of it")
    return redirect(url_for("closures.show", closure_id=held.id))


@blueprint.post("/<closure_id>/undo")
@access.editors
def undo(closure_id: str) -> Any:
    """Take the last change back."""
    with work() as piece:
        held = piece.closures.get(closure_id)
        drafts.check_area(piece, held.scope)
        kept = service.undo(
            piece, closure_id, by=me().name, at=now(), expected_version=drafts.number(request.form.get("version"))
        )
        drafts.check_area(piece, kept.scope)  # what it was before may be about more offices than it is now
    flash("Undone")
    return redirect(url_for("closures.show", closure_id=kept.id))


# The pages of one closure on its way


def _form_page(piece: UnitOfWork, form: ClosureForm, held: Closure | None) -> Any:
    names = scopes.Names(piece)
    drafts.offer_areas(piece, form)
    page = render_template(
        "closure_form.html",
        form=form,
        held=held,
        choices=names.choices,
        offices=[office.name for office in piece.offices.find_all() if office.is_running],
        templates=drafts.TEMPLATES,
        like=request.args.get("like", ""),
        items_of=drafts.items_of,
    )
    return page, 400 if form.errors else 200


def _preview_page(piece: UnitOfWork, form: ClosureForm, draft: Closure, held: Closure | None) -> Any:
    """What people will be told, exactly."""
    try:
        checked = service.check(piece, draft)
    except BadInput as error:
        drafts.tell(form, error)
        return _form_page(piece, form, held)
    return render_template(
        "closure_preview.html",
        form=form,
        held=held,
        told=told_closure(piece, checked, now()),
        says=said(preview(piece, checked, now=now())),
        overlaps=service.find_overlaps(piece, checked),
        warnings=[drafts.plain(warning) for warning in service.warnings(checked)],
        hidden=drafts.hidden(form),
        now=now(),
    )


def _conflict_page(piece: UnitOfWork, form: ClosureForm, draft: Closure, held: Closure) -> Any:
    theirs: Told = told_closure(piece, held, now())
    mine: Told = told_closure(piece, drafts.merged(held, draft), now())
    last = piece.closures.versions(held.id)[-1]
    values = [(name, value) for name, value in drafts.hidden(form) if name != "version"]
    page = render_template("closure_conflict.html", theirs=theirs, mine=mine, last=last, hidden=values, now=now())
    return page, 409


def _refused(form: ClosureForm, error: BadInput, held: Closure | None) -> Any:
    drafts.tell(form, error)
    with work(write=False) as piece:
        return _form_page(piece, form, held)


def _start_of(piece: UnitOfWork) -> dict[str, Any]:
    """What a new closure begins with: a template, a copy, what is left of a watch, or nothing."""
    if request.args.get("watch"):
        return _rest_of(piece, piece.closures.get_watch(request.args["watch"]))
    copied, like = request.args.get("copy"), drafts.TEMPLATES.get(request.args.get("like", ""))
    if copied:
        held = piece.closures.get(copied)
        return {**drafts.filled_from(piece, held), "version": "", "starts": "now", "ends": "today", "review_day": ""}
    where = {"where": request.args["where"]} if request.args.get("where") else {}
    return {**(drafts.filled_by(like) if like else {}), **where}


def _rest_of(piece: UnitOfWork, watch: Watch) -> dict[str, Any]:
    """The offices of a watch of which nobody has said anything yet, closed for its reason."""
    offices = service.find_offices(piece, watch)
    left = today.unconfirmed(piece, watch, offices, piece.closures.find(at=now()))
    like = next((one for one in drafts.TEMPLATES.values() if one.cause is watch.cause), None)
    return {
        **(drafts.filled_by(like) if like else {"cause": watch.cause.value}),
        "where": "\n".join(scopes.told(piece, watch.scope)),
        "without": "\n".join(office.name for office in offices if office not in left),
    }


def _read(piece: UnitOfWork, form: ClosureForm) -> Closure | None:
    """The draft as filled in, without the offices that were unticked in the preview."""
    draft = drafts.read(piece, form, now())
    if draft is None:
        return None
    try:
        drafts.check_area(piece, draft.scope)
    except BadInput as error:
        form.where.errors = [str(error)]
        return None
    if request.form.get("has_ticks"):
        offices = service.find_offices(piece, draft)
        out = [office.name for office in offices if office.id not in request.form.getlist("ticked")]
        if out:
            form.without.data = "\n".join([form.without.data or "", *out]).strip()
            draft = drafts.read(piece, form, now())
    return draft


def _goes_back() -> bool:
    return request.form.get("step") == "change"


def _expect(held: Closure, version: str | None) -> None:
    """Raises Conflict where the page was made of an older version."""
    if drafts.number(version) != held.version:
        raise Conflict(f"{held.id} was changed by somebody else in the meantime. Nothing was done: look at it again")


def _is_over(closure: Closure) -> bool:
    at: datetime = now()
    return closure.withdrawn_at is not None or (closure.period.end is not None and closure.period.end <= at)
