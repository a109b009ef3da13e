"""Contacts: how to reach DWP and others, what of it may be said, and when somebody last checked it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, SubmitField

from bot.console import access, drafts
from bot.console.changes import Teller
from bot.console.desk import me, now, work
from bot.console.meanwhile import merge, told_change
from bot.console.paging import paged
from bot.console.spreadsheet import sent
from bot.jobcentre.contact import GREAT_BRITAIN, Contact
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation
from bot.jobcentre.topics import NAMES
from bot.services import contacts as service
from bot.services import versions
from bot.services.history import Change

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")
PAGE = 30
SAY = {
    "say": "Said",
    "link": "Only as a link to its page",
    "never": "Never said",
}
HOURS_SAY = {"say": "Said", "never": "Never said: not certain", "none": "It has none"}
CHANNELS = ("phone", "Relay UK", "online", "post", "email", "textphone", "text", "video relay", "none")
NATIONS = [(nation.value, nation.value.replace("_", " ").title()) for nation in Nation]


def _named(topic: str) -> str:
    """A topic as staff know it."""
    named = NAMES[topic][0] if topic in NAMES else topic.replace("_", " ")
    return named[:1].upper() + named[1:]


TOPICS = [("", "Choose one"), *sorted(((topic, _named(topic)) for topic in NAMES), key=lambda one: one[1])]


class ContactForm(FlaskForm):  # type: ignore[misc]
    topic = StringField("What it is for", widget=GovTextInput())
    nation = SelectMultipleField("For people in", widget=GovCheckboxesInput(), choices=NATIONS)
    audience = StringField("For whom", widget=GovTextInput())
    channel = SelectField("Channel", widget=GovSelect(), choices=[(c, c[:1].upper() + c[1:]) for c in CHANNELS])
    value = StringField("Number, link or address", widget=GovTextInput())
    say = RadioField("May it be said?", widget=GovRadioInput(), choices=list(SAY.items()))
    hours = StringField("Hours", widget=GovTextInput())
    hours_say = RadioField("May its hours be said?", widget=GovRadioInput(), choices=list(HOURS_SAY.items()))
    language = StringField("Language", widget=GovTextInput())
    source_url = StringField("Where it is published", widget=GovTextInput())
    source_date = StringField("When that page was seen", widget=GovTextInput())
    certainty = StringField("How certain it is", widget=GovTextInput())
    version = HiddenField()
    submit = SubmitField("Save", widget=GovSubmitInput())


class NewContactForm(ContactForm):
    """Of one that is held, what people ask about stays: it decides which questions it answers."""

    topic_id = SelectField("What people ask about", widget=GovSelect(), choices=TOPICS)


@blueprint.get("/")
@access.viewers
def index() -> str:
    """Those that fit, due ones first."""
    page = request.args.get("page")
    topic, chosen = request.args.get("topic", ""), request.args.get("nation", "")
    nation = Nation(chosen) if chosen in {n.value for n in Nation} else None
    with work(write=False) as piece:
        held = piece.contacts.find()
    topics = sorted({one for contact in held for one in contact.topics})
    found = [
        contact
        for contact in held
        if (not topic or topic in contact.topics) and (nation is None or contact.serves(nation))
    ]
    found.sort(key=lambda contact: (not service.is_due(contact, now()), contact.last_checked or date.min))
    return render_template(
        "contacts.html",
        found=paged([(contact, _where(contact), service.is_due(contact, now())) for contact in found], page, PAGE),
        topics=[(name, _named(name)) for name in topics],
        topic=topic,
        may_change=_may_change(),
        chosen=chosen,
        nations=NATIONS,
        say=SAY,
        hours_say=HOURS_SAY,
    )


@blueprint.get("/export.csv")
@access.viewers
def export() -> Response:
    with work(write=False) as piece:
        return sent("contacts.csv", service.export(piece))


@blueprint.get("/<contact_id>")
@access.viewers
def show(contact_id: str) -> str:
    with work(write=False) as piece:
        contact = piece.contacts.get(contact_id)
        teller = Teller(())
        events = piece.audit.find(subject_type=service.SUBJECT, subject_id=contact_id, limit=20)
        history = [(teller.tell(Change((event,))), event) for event in events]
    return render_template(
        "contact.html",
        contact=contact,
        is_due=service.is_due(contact, now()),
        where=_where(contact),
        topics=[_named(topic) for topic in sorted(contact.topics)],
        history=history,
        say=SAY,
        hours_say=HOURS_SAY,
        may_change=_may_change(),
        now=now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access.editors
def new() -> Any:
    _check_everywhere()
    form = NewContactForm(data=dict(_BLANK) if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            with work() as piece:
                wanted = replace(_wanted(form, Contact("")), topic_id=form.topic_id.data or "")
                contact = service.add(piece, wanted, by=me().name, at=now())
            flash("Added. The next answer knows")
            return redirect(url_for("contacts.show", contact_id=contact.id))
        except BadInput as error:
            form[_field_of(str(error))].errors = [drafts.plain(str(error))]
    return render_template("contact_form.html", form=form, contact=None, events=()), 400 if form.errors else 200


@blueprint.route("/<contact_id>/remove", methods=["GET", "POST"])
@access.editors
def remove(contact_id: str) -> Any:
    """What nobody is told any more; asked first."""
    _check_everywhere()
    if request.method == "POST":
        with work() as piece:
            contact = service.remove(piece, contact_id, by=me().name, at=now())
        flash(f"Removed: {contact.label or contact.id}. The history keeps it")
        return redirect(url_for("contacts.index"))
    with work(write=False) as piece:
        contact = piece.contacts.get(contact_id)
    return render_template("contact_remove.html", contact=contact)


@blueprint.post("/<contact_id>/check")
@access.editors
def check(contact_id: str) -> Any:
    """One tap: compared with its source today, and right."""
    _check_everywhere()
    with work() as piece:
        contact = service.check(piece, contact_id, by=me().name, at=now())
    flash(f"{contact.label or contact.id}: checked today")
    onward = request.form.get("next", "")
    return redirect(onward if access.is_ours(onward) else url_for("contacts.show", contact_id=contact_id))


@blueprint.route("/<contact_id>/change", methods=["GET", "POST"])
@access.editors
def change(contact_id: str) -> Any:
    _check_everywhere()
    with work(write=False) as piece:
        held = piece.contacts.get(contact_id)
        version = versions.latest(piece, service.SUBJECT, contact_id)
    form = ContactForm(data=_filled_from(held, version) if request.method == "GET" else None)
    events: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with work() as piece:
                expected = drafts.number(form.version.data)
                changed = service.change(piece, _wanted(form, held), by=me().name, at=now(), expected=expected)
            also = ", ".join(contact.id for contact in changed[1:])
            flash(f"Saved, and the hours of the same line with {also}" if also else "Saved. The next answer knows")
            return redirect(url_for("contacts.show", contact_id=contact_id))
        except versions.ChangedMeanwhile as error:
            events = tuple(map(told_change, error.events))
            merge(form, _filled_from(_before(error, held), version), _filled_from(held, version))
            form.version.raw_data, form.version.data = None, str(version)
        except BadInput as error:
            form[_field_of(str(error))].errors = [drafts.plain(str(error))]
    page = render_template("contact_form.html", form=form, contact=held, events=events)
    return page, 409 if events else 400 if form.errors else 200


def _may_change() -> bool:
    return access.may("editor") and not me().accounts


def _check_everywhere() -> None:
    if me().accounts:
        raise BadInput("only somebody who sees all accounts can change contacts: every office tells them")


def _where(contact: Contact) -> str:
    """For people in which nations; "" is everywhere."""
    if not contact.nations or contact.nations == {nation.value for nation in Nation}:
        return ""
    if contact.nations == GREAT_BRITAIN:
        return "Great Britain"
    return " and ".join(named for value, named in NATIONS if value in contact.nations)


_BLANK = {"say": "never", "hours_say": "none", "channel": "phone", "language": "English"}
"""Nothing is said that nobody has said is certain."""
_TEXTS = ("topic", "audience", "channel", "value", "say", "hours", "hours_say", "language", "source_url", "source_date")


def _filled_from(held: Contact, version: int) -> dict[str, Any]:
    texts = {name: getattr(held, name) for name in (*_TEXTS, "certainty")}
    return {**texts, "nation": sorted(held.nations), "version": str(version)}


def _before(error: versions.ChangedMeanwhile, held: Contact) -> Contact:
    """The contact as the page showed it."""
    texts = error.events[0].before or {}
    return replace(held, **{name: texts[name] for name in (*_TEXTS, "nation", "certainty") if name in texts})


def _wanted(form: ContactForm, held: Contact) -> Contact:
    texts: dict[str, Any] = {name: form[name].data or "" for name in (*_TEXTS, "certainty")}
    nations = [nation for nation in held.nation.split(";") if nation in (form.nation.data or ())]
    nations += [nation for nation in form.nation.data or () if nation not in nations]
    return replace(held, **texts, nation=";".join(nations))


def _field_of(told: str) -> str:
    """The field beside which an error of the service belongs."""
    for words, field in (
        ("people ask about", "topic_id"),
        ("what it is for", "topic"),
        ("certainty", "certainty"),
        ("hours", "hours"),
        ("topic", "topic"),
    ):
        if words in told:
            return field
    return "value"
