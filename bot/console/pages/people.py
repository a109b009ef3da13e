"""People: who may sign in, what they may do, and which accounts they see."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovSubmitInput, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, SubmitField
from wtforms.validators import InputRequired

from bot.console import access, drafts
from bot.console.desk import address_of, me, now, work
from bot.jobcentre.errors import BadInput, Conflict
from bot.services import staff
from bot.store.records import Role, StaffMember

blueprint = Blueprint("people", __name__, url_prefix="/people")
ROLES = [
    (Role.VIEWER.value, "Viewer: sees everything but conversations"),
    (Role.ADVISER.value, "Adviser: also answers people"),
    (Role.EDITOR.value, "Editor: also changes closures, hours and contacts"),
    (Role.ADMINISTRATOR.value, "Administrator: also changes who may sign in"),
]


class MemberForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Name", widget=GovTextInput(), validators=[InputRequired("Enter a name")])
    role = RadioField("Role", widget=GovRadioInput(), choices=ROLES, default=Role.EDITOR.value)
    accounts = SelectMultipleField("Accounts", widget=GovCheckboxesInput(), choices=[])
    submit = SubmitField("Save", widget=GovSubmitInput())


@blueprint.get("/")
@access.administrators
def index() -> str:
    with work(write=False) as piece:
        members = piece.staff.find_all()
    return render_template("people.html", members=members, now=now())


@blueprint.route("/new", methods=["GET", "POST"])
@access.administrators
def new() -> Any:
    adding = _form()
    if adding.validate_on_submit():
        try:
            with work() as piece:
                member = staff.add(
                    piece, adding.name.data, Role(adding.role.data), adding.accounts.data, by=me().name, at=now()
                )
                secret = staff.invite(piece, member.name, by=me().name, at=now())
            return _link_page(member, secret)
        except (BadInput, Conflict) as error:
            _tell(adding, error)
    return render_template("person.html", form=adding, member=None)


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@access.administrators
def change(number: int) -> Any:
    member = _member(number)
    changing = _form(obj=None, data={"name": member.name, "role": member.role.value, "accounts": list(member.accounts)})
    if changing.validate_on_submit():
        try:
            _change(member, Role(changing.role.data), changing.accounts.data, None)
            flash(f"{member.name}: saved")
            return redirect(url_for("people.index"))
        except (BadInput, Conflict) as error:
            _tell(changing, error)
    return render_template("person.html", form=changing, member=member)


@blueprint.post("/<int:number>/link")
@access.administrators
def link(number: int) -> str:
    """A new link: for a forgotten password, or an invitation that was lost."""
    member = _member(number)
    with work() as piece:
        secret = staff.invite(piece, member.name, by=me().name, at=now())
    return _link_page(member, secret)


@blueprint.post("/<int:number>/codes/drop")
@access.administrators
def drop_codes(number: int) -> Any:
    """The phone with the app is lost."""
    member = _member(number)
    with work() as piece:
        staff.drop_codes(piece, member.name, by=me().name, at=now())
    flash(f"{member.name} signs in without codes")
    return redirect(url_for("people.change", number=number))


@blueprint.post("/<int:number>/<any(in, out):way>")
@access.administrators
def shut(number: int, way: str) -> Any:
    """Shut somebody out, or let them in again."""
    member = _member(number)
    _change(member, None, None, way == "in")
    flash(f"{member.name} {'can sign in again' if way == 'in' else 'is shut out'}")
    return redirect(url_for("people.index"))


def _change(member: StaffMember, role: Role | None, accounts: list[str] | None, is_active: bool | None) -> None:
    """What is None stays as it is held then: it is not put back to what another page showed."""
    with work() as piece:
        held = piece.staff.hold(member.name)
        staff.change(
            piece,
            held.name,
            held.role if role is None else role,
            held.accounts if accounts is None else accounts,
            held.is_active if is_active is None else is_active,
            by=me().name,
            at=now(),
        )


def _tell(form: MemberForm, error: Exception) -> None:
    field = form.accounts if "sees all accounts" in str(error) else form.role if "only" in str(error) else form.name
    field.errors = [drafts.plain(str(error))]


def _form(**options: Any) -> MemberForm:
    form = MemberForm(**options)
    with work(write=False) as piece:
        form.accounts.choices = [(account.handle, account.name) for account in piece.accounts.find_all()]
    return form


def _member(number: int) -> StaffMember:
    with work(write=False) as piece:
        found = [member for member in piece.staff.find_all() if member.id == number]
    if not found:
        abort(404)
    return found[0]


def _link_page(member: StaffMember, secret: str) -> str:
    address = address_of("sign_in.invitation", secret=secret)
    return render_template("person_link.html", member=member, address=address)
