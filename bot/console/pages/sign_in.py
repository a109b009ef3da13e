"""Sign in, sign out, choose a password with a link, and one-time codes."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from markupsafe import Markup
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired

from bot.console import access, browsers
from bot.console.desk import console, me, now, work
from bot.jobcentre.errors import BadInput
from bot.services import staff
from bot.services.staff import SignedIn, SignIn
from bot.store.records import StaffMember

blueprint = Blueprint("sign_in", __name__)
_CODE_SECRET = "code_secret"


class SignInForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Your name", widget=GovTextInput(), validators=[InputRequired("Enter your name")])
    password = PasswordField("Password", widget=GovPasswordInput(), validators=[InputRequired("Enter your password")])
    code = StringField("One-time code", widget=GovTextInput())
    submit = SubmitField("Sign in", widget=GovSubmitInput())


class PasswordForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField("Password", widget=GovPasswordInput(), validators=[InputRequired("Enter a password")])
    submit = SubmitField("Save and sign in", widget=GovSubmitInput())


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField("Code", widget=GovTextInput(), validators=[InputRequired("Enter the code from your app")])
    submit = SubmitField("Use codes", widget=GovSubmitInput())


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.for_everybody
def form() -> Any:
    signing_in = SignInForm()
    if not signing_in.validate_on_submit():
        return render_template("sign_in.html", form=signing_in, asks_code=False)
    came_of = _try(signing_in)
    if came_of.result is SignIn.DONE and came_of.member:
        access.begin_session(came_of.member)
        onward = request.args.get("next", "")
        response = redirect(onward if access.is_ours(onward) else url_for("today.board"))
        browsers.remember(response, came_of.member)
        return response
    asks_code = came_of.result is SignIn.NEEDS_CODE
    _tell(signing_in, came_of.result)
    return render_template("sign_in.html", form=signing_in, asks_code=asks_code), 200 if asks_code else 401


def _try(signing_in: SignInForm) -> SignedIn:
    address = request.remote_addr or ""
    if console().tries.take(address, now().timestamp()):
        abort(429)
    name, password, code = (str(signing_in[field].data or "") for field in ("name", "password", "code"))
    with work(write=False) as piece:
        kept = staff.find_hash(piece, name)
    checked = staff.check(kept, password)
    with work() as piece:
        came_of = staff.sign_in(piece, name, checked, code, at=now(), known_to=browsers.known_members())
    if came_of.result is SignIn.DONE:
        console().tries.give_back(address)  # on a morning of snow a whole building signs in from one address
    return came_of


def _tell(signing_in: SignInForm, result: SignIn) -> None:
    if result is SignIn.NEEDS_CODE:
        told = "That code is not right. Enter the one your app shows now" if signing_in.code.data else "Enter your code"
        signing_in.code.errors = [told]
    else:
        # The same for a name that waits: a name that nobody has never does.
        told = f"After {staff.TRIES} wrong tries, wait {staff.LOCKED_FOR.seconds // 60} minutes"
        signing_in.name.errors = [f"The name or the password is not right. {told}"]


@blueprint.post("/sign-out")
@access.for_everybody
def sign_out() -> Any:
    """Everywhere: a cookie that somebody copied ends too."""
    if g.get("staff"):
        with work() as piece:
            staff.end_sessions(piece, me())
    session.clear()
    return redirect(url_for("sign_in.form"))


@blueprint.route("/invitation/<secret>", methods=["GET", "POST"])
@access.for_everybody
def invitation(secret: str) -> Any:
    """Choose a password: the first one, or a new one."""
    with work(write=False) as piece:
        invited = staff.find_invited(piece, secret, at=now())
    if invited is None:
        return render_template("invitation_over.html"), 404
    choosing = PasswordForm()
    if choosing.validate_on_submit():
        try:
            with work() as piece:
                member = staff.accept(piece, secret, choosing.password.data, at=now())
            return _signed_in_with_link(member)
        except BadInput as error:
            choosing.password.errors = [str(error)]
    return render_template("invitation.html", form=choosing, invited=invited)


def _signed_in_with_link(member: StaffMember) -> Any:
    """Whoever uses codes still needs one: a link is in the hands of others too."""
    if member.totp_secret:
        session.clear()
        flash("Your password is saved. Sign in with it and a code")
        return redirect(url_for("sign_in.form"))
    access.begin_session(member)
    response = redirect(url_for("today.board"))
    browsers.remember(response, member)
    return response


@blueprint.route("/codes", methods=["GET", "POST"])
@access.viewers
def codes() -> Any:
    """Ask for a one-time code as well when I sign in."""
    using = CodeForm()
    secret = session.setdefault(_CODE_SECRET, staff.new_code_secret())
    if using.validate_on_submit():
        try:
            with work() as piece:
                member = staff.use_codes(piece, me().name, secret, using.code.data, at=now())
            access.begin_session(member)
            flash("From now on you need a code from your app to sign in")
            return redirect(url_for("today.board"))
        except BadInput as error:
            using.code.errors = [str(error)]
    image = segno.make(staff.code_address(me(), secret), error="m")
    drawn = Markup(image.svg_inline(scale=5, border=2, title="QR code for your authenticator app"))
    return render_template("codes.html", form=using, secret=secret, drawn=drawn)
