"""The console as a Flask application."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, abort, g, render_template, request, send_from_directory, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as NotFoundPage
from werkzeug.routing import IntegerConverter, Map

from bot.console import access, drafts, telling
from bot.console.desk import EXTENSION, Console, console, me, now
from bot.console.pages import (
    accounts,
    answering,
    blocked,
    canned,
    closures,
    contacts,
    conversations,
    days,
    desk_settings,
    handling,
    history,
    hours,
    imports,
    inbox,
    insights,
    misses,
    offices,
    open_data,
    people,
    phrases,
    practice,
    sign_in,
    today,
    together,
    watches,
)
from bot.jobcentre.errors import Conflict, JobcentreError, NotFound
from bot.settings import PROJECT
from bot.store.records import Role

PAGES = (
    sign_in,
    today,
    inbox,
    conversations,
    handling,
    together,
    blocked,
    canned,
    desk_settings,
    closures,
    watches,
    offices,
    hours,
    days,
    accounts,
    contacts,
    imports,
    history,
    insights,
    answering,
    misses,
    phrases,
    open_data,
    practice,
    people,
)
NAVIGATION = (
    ("today", "board", "Today", Role.VIEWER),
    ("inbox", "index", "Inbox", Role.ADVISER),
    ("closures", "index", "Closures", Role.VIEWER),
    ("offices", "index", "Offices", Role.VIEWER),
    ("contacts", "index", "Contacts", Role.VIEWER),
    ("history", "index", "History", Role.VIEWER),
    ("insights", "index", "Insights", Role.VIEWER),
    ("practice", "index", "Practice", Role.VIEWER),
    ("people", "index", "People", Role.ADMINISTRATOR),
)
"""Blueprint, view, what the link says, and who sees it. Practice is there only while it is practice."""
PART_OF = {
    "watches": "closures",
    **dict.fromkeys(("answering", "misses", "phrases"), "insights"),
    **dict.fromkeys(("conversations", "handling", "together", "blocked", "canned", "desk_settings"), "inbox"),
    **dict.fromkeys(("hours", "days", "accounts", "imports"), "offices"),
}
"""Blueprints that the navigation shows as part of another."""
ASSETS = PROJECT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "assets"
BUILT = PROJECT / "var" / "assets"
"""The style sheet and script that set-up makes of govuk-frontend's."""
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes. A register of ten thousand offices is two million."""
SECRET = "console_secret"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _Number(IntegerConverter):
    """Of a page: none that no table has."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


class _Application(Flask):
    def log_exception(self, exc_info: Any) -> None:
        """Without the address: a link to choose a password is one."""
        self.logger.error("Exception in %s [%s]", request.endpoint, request.method, exc_info=exc_info)


def make_application(console: Console, *, is_https: bool = False) -> Flask:
    """The pages, with sign-in, CSRF protection and headers. `is_https`: whether people reach it by https."""
    app = _Application("bot.console")
    app.url_map.converters["int"] = _Number
    app.extensions[EXTENSION] = console
    app.config.update(
        SECRET_KEY=_secret(console),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        SESSION_COOKIE_NAME="__Host-jobcentre" if is_https else "jobcentre",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.static_url_path = "/static"
    CSRFProtect(app)
    WTFormsHelpers(app)
    _dress(app)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    app.add_url_rule("/assets/<path:name>", "assets", access.for_everybody(_asset))
    access.for_everybody(app.view_functions["static"])
    app.before_request(_refuse_what_cannot_be_typed)
    app.before_request(access.find_member)
    app.after_request(lambda response: _with_headers(response, is_https))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(JobcentreError, _refused)
    access.check_every_view(app)
    return app


def _refuse_what_cannot_be_typed() -> None:
    """NUL, which PostgreSQL keeps in no text."""
    typed = (request.path, *request.args.values(), *(value for values in request.form.listvalues() for value in values))
    if any("\0" in text for text in typed):
        abort(400)


def _secret(console: Console) -> str:
    """What cookies are signed with. Made once and kept, so that a restart signs nobody out."""
    with console.work() as work:
        found = work.settings.get(SECRET)
        if not found:
            found = secrets.token_urlsafe(48)
            work.settings.put(SECRET, found)
    return str(found)


def _dress(app: Flask) -> None:
    """Templates: ours, then GOV.UK’s components, whose macros ask for blanks that nobody need fill."""
    app.jinja_env.undefined = ChainableUndefined
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("bot.console"),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(telling.FILTERS)
    app.context_processor(_blanks)


def _blanks() -> dict[str, Any]:
    # Not under the names that pages use for blanks of their own.
    return {
        "staff": g.get("staff"),
        "may": access.may,
        "navigation": _navigation,
        "console": console(),
        "the_time": now,
    }


def _navigation() -> list[dict[str, Any]]:
    """The pages that whoever is signed in may see, for GOV.UK's service navigation."""
    blueprint = (request.endpoint or "").split(".")[0]
    here = PART_OF.get(blueprint, blueprint)
    return [
        {"text": text, "href": url_for(f"{name}.{view}"), "active": here == name}
        for name, view, text, role in NAVIGATION
        if me().role.includes(role) and (name != "practice" or console().practice)
    ]


def _asset(name: str) -> Response:
    try:
        return send_from_directory(BUILT, name, max_age=3600)
    except (NotFoundPage, OSError):
        pass  # it is one of govuk-frontend's own, or none: a name may also be too long for any file
    try:
        return send_from_directory(ASSETS, name, max_age=3600)
    except OSError:
        abort(404)


def _with_headers(response: Response, is_https: bool) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


# Errors, told so that the next step is clear


def _http_error(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    told = {
        403: ("You cannot see this page", "Your role does not allow it. An administrator can change your role."),
        404: ("Page not found", "If you typed the address, check it. Closures and offices are found from Today."),
        405: ("Page not found", "It cannot be reached in that way. Closures and offices are found from Today."),
        413: ("The file is too large", "Files can be up to 4 megabytes."),
        429: ("Too many tries", "Wait a few minutes, then try again."),
    }
    title, text = told.get(error.code or 500, ("Something went wrong", "Nothing was changed. Try again."))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return render_template("error.html", title=title, text=text), error.code or 500, headers


def _csrf_error(_: CSRFError) -> tuple[str, int]:
    text = "You were signed out, or the page was open for too long. Nothing was changed. Go back, reload and try again."
    return render_template("error.html", title="This page is too old", text=text), 400


def _refused(error: JobcentreError) -> tuple[str, int]:
    code = 404 if isinstance(error, NotFound) else 409 if isinstance(error, Conflict) else 400
    title = {404: "Not found", 409: "Somebody else was quicker"}.get(code, "That cannot be done")
    return render_template("error.html", title=title, text=f"{drafts.plain(str(error))}."), code
