"""Training phrases: made of a message that was not understood, looked at by somebody else, taken away as YAML."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import HiddenField, RadioField, SelectField, TextAreaField

from bot.console import access, cases, drafts, labels
from bot.console.desk import console, me, now, work
from bot.console.pages.inbox import seen_accounts
from bot.console.pages.misses import forbidden, seen
from bot.console.paging import paged_of
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.phrase import Part, PhraseState, parts_of
from bot.services import phrases as service
from bot.store.records import Miss, Phrase
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("phrases", __name__, url_prefix="/insights/phrases")
PAGE = 50
READ = "Tick this when you have read every word"


class PhraseForm(FlaskForm):  # type: ignore[misc]
    intent = SelectField("What did the person want?", validate_choice=False)
    language = RadioField(
        "In which language is it?",
        widget=GovRadioInput(),
        choices=list(cases.LANGUAGES.items()),
        validate_choice=False,
    )
    text = TextAreaField("The phrase", widget=GovTextArea())
    read = HiddenField()


@blueprint.get("/")
@access.editors
def index() -> str:
    """Those in one state, a page at a time."""
    wanted = request.args.get("state", "")
    state = PhraseState(wanted) if wanted in {one.value for one in PhraseState} else PhraseState.PROPOSED
    with work(write=False) as piece:
        accounts = seen_accounts(piece)
        counts = service.count(piece, accounts)
        found = paged_of(
            counts[state],
            lambda first, limit: service.find(piece, state, accounts, first=first, limit=limit),
            request.args.get("page"),
            PAGE,
        )
    return render_template(
        "phrases.html",
        found=found,
        state=state,
        counts=counts,
        states=labels.STATES,
        languages=cases.LANGUAGES,
        said=labels.said,
        reason=forbidden,
    )


@blueprint.route("/of/<int:number>", methods=["GET", "POST"])
@access.administrators
def new(number: int) -> Any:
    """Made of a message: the words are changed, what the model learns of them is looked at, and then it is kept."""
    with work(write=False) as piece:
        miss = seen(piece, number)
        if forbidden(miss.channel):
            raise BadInput("no phrases are made of messages on X: its terms forbid to train models with them")
        if miss.phrase and miss.phrase.state is PhraseState.PROPOSED:
            return redirect(url_for("phrases.show", number=miss.phrase.id))
        form = PhraseForm(data=_first(piece, miss) if request.method == "GET" else None)
        if request.method == "GET" or request.form.get("step") == "change":
            return _form_page(form, miss)
        text = _checked(piece, form, miss)
    if form.errors:
        return _form_page(form, miss)
    if request.form.get("step") != "propose":
        return _preview_page(form, miss, text)
    if not form.read.data:
        return _preview_page(form, miss, text, READ)
    return _propose(form, miss)


@blueprint.get("/<int:number>")
@access.editors
def show(number: int) -> str:
    with work(write=False) as piece:
        phrase, miss = _seen(piece, number)
    return _page(phrase, miss)


@blueprint.post("/<int:number>/accept")
@access.editors
def accept(number: int) -> Any:
    """The second look: it is fit to train with."""
    with work(write=False) as piece:
        phrase, miss = _seen(piece, number)
    if not request.form.get("read"):
        return _page(phrase, miss, {"read": READ}), 400
    with work() as piece:
        _seen(piece, number)
        service.accept(piece, number, from_x=console().learns_from_x, by=me().name, at=now())
    flash("Accepted. Nothing leads from it to the message any more, and the message has left the list")
    return redirect(url_for("phrases.show", number=number))


@blueprint.post("/<int:number>/reject")
@access.editors
def reject(number: int) -> Any:
    """The second look: it is not, and why."""
    try:
        with work() as piece:
            _seen(piece, number)
            service.reject(piece, number, request.form.get("reason", ""), by=me().name, at=now())
    except BadInput as error:
        with work(write=False) as piece:
            phrase, miss = _seen(piece, number)
        return _page(phrase, miss, {"reason": drafts.plain(str(error))}), 400
    flash("Rejected. An administrator can make another one of the message")
    return redirect(url_for("phrases.index"))


@blueprint.post("/<int:number>/remove")
@access.administrators
def remove(number: int) -> Any:
    """Gone, whatever became of it."""
    with work() as piece:
        service.remove(piece, number, by=me().name, at=now())
    flash("Removed. If it has been exported before, take it out of the training data too")
    return redirect(url_for("phrases.index"))


@blueprint.post("/download")
@access.administrators
def download() -> Response:
    """The accepted ones as Rasa's training data. Not by a link: the history tells who took them."""
    with work() as piece:
        text = service.export(piece, from_x=console().learns_from_x, by=me().name, at=now())
    headers = {"Content-Disposition": 'attachment; filename="phrases.yml"'}
    return Response(text, mimetype="application/yaml", headers=headers)


def _seen(piece: UnitOfWork, number: int) -> tuple[Phrase, Miss | None]:
    """The phrase, and the message that it was made of, while it is known. Aborts for one of another's accounts."""
    phrase = service.get(piece, number)
    return phrase, seen(piece, phrase.miss_id) if phrase.miss_id else None


def _first(piece: UnitOfWork, miss: Miss) -> dict[str, Any]:
    """What the form begins with: as the last one was that somebody rejected, or the message without what is known."""
    last = miss.phrase
    if last is not None:
        return {"intent": last.intent, "language": last.language.value, "text": last.text}
    text = service.first_text(console().knowledge.held(piece).gazetteer, miss, at=now())
    return {"intent": "", "language": miss.language.value, "text": text}


def _checked(piece: UnitOfWork, form: PhraseForm, miss: Miss) -> str:
    """The phrase as it would be kept; the form says what is wrong with it."""
    if form.language.data not in cases.LANGUAGES:
        form.language.errors = ["Choose English or Welsh"]
        return ""
    gazetteer = console().knowledge.held(piece).gazetteer
    try:
        return service.check(
            piece, gazetteer, miss, form.intent.data or "", form.text.data or "", Language(form.language.data)
        )
    except JobcentreError as error:
        field = form.intent if "wanted" in str(error) else form.text
        field.errors = [drafts.plain(str(error))]
        return ""


def _propose(form: PhraseForm, miss: Miss) -> Any:
    gazetteer = console().knowledge.gazetteer()
    language = Language(form.language.data)
    with work() as piece:
        kept = service.propose(
            piece,
            gazetteer,
            miss.id,
            form.intent.data,
            form.text.data,
            language,
            from_x=console().learns_from_x,
            by=me().name,
            at=now(),
        )
    flash("Proposed. Somebody else has to look at it now")
    return redirect(url_for("phrases.show", number=kept.id))


def _form_page(form: PhraseForm, miss: Miss) -> Any:
    page = render_template("phrase_form.html", form=form, miss=miss, intents=labels.INTENTS, rejected=miss.phrase)
    return page, 400 if form.errors else 200


def _preview_page(form: PhraseForm, miss: Miss, text: str, wrong: str = "") -> Any:
    values = {"intent": form.intent.data, "language": form.language.data, "text": text}
    page = render_template(
        "phrase_preview.html",
        miss=miss,
        values=values,
        parts=told(text),
        intent=labels.said(form.intent.data),
        language=cases.LANGUAGES[form.language.data],
        wrong={"read": wrong} if wrong else {},
    )
    return page, 400 if wrong else 200


def _page(phrase: Phrase, miss: Miss | None, wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "phrase.html",
        phrase=phrase,
        miss=miss,
        parts=told(phrase.text),
        intent=labels.said(phrase.intent),
        languages=cases.LANGUAGES,
        states=labels.STATES,
        is_mine=phrase.proposed_by == me().name,
        reason=forbidden(phrase.channel),
        x_says=service.X_SAYS,
        wrong=wrong or {},
    )


def told(text: str) -> list[Part]:
    """What the model learns of a phrase, with its masks in words."""
    return [Part(labels.MASKS.get(part.text, part.text), part.is_mask) for part in parts_of(text, now())]
