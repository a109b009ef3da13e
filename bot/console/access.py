"""Who may see a page: every view says so with a decorator, and the application refuses to start where one does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for

from bot.console.desk import console, me, now
from bot.services import staff
from bot.store.records import Role, StaffMember

IDLE_FOR = timedelta(hours=1)
"""A session without a request for so long has ended."""
AT_MOST = timedelta(hours=12)
"""So has one of this age."""

FILES = ("static", "assets")

View = Callable[..., Any]


def for_everybody(view: View) -> View:
    """A page that needs nobody to be signed in."""
    view.access = None  # type: ignore[attr-defined]
    return view


def for_role(role: Role) -> Callable[[View], View]:
    """A page for members of staff with that role, or one that may do more."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*arguments: Any, **options: Any) -> Any:
            if g.get("staff") is None:
                return redirect(url_for("sign_in.form", next=_here()))
            if not me().role.includes(role):
                abort(403)
            return view(*arguments, **options)

        checked.access = role  # type: ignore[attr-defined]
        return checked

    return decorate


def unattended(view: View) -> View:
    """Of what a page asks for by itself: no sign that anybody is still there, so a session ends as if it were not."""
    view.is_unattended = True  # type: ignore[attr-defined]
    return view


viewers = for_role(Role.VIEWER)
advisers = for_role(Role.ADVISER)
editors = for_role(Role.EDITOR)
administrators = for_role(Role.ADMINISTRATOR)


def check_every_view(app: Flask) -> None:
    """Raises RuntimeError for a view that does not say who may see it."""
    without = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    if without:
        raise RuntimeError(f"these views do not say who may see them: {', '.join(sorted(without))}")


def may(role: str) -> bool:
    """Whether whoever is signed in has that role: for templates."""
    return g.get("staff") is not None and me().role.includes(Role(role))


def check_area(account: str) -> None:
    """A page about an account that the member does not see is not there for them."""
    if not me().may_see(account):
        abort(404)


# Sessions. A signed cookie holds a number and a version; whether it still counts is looked up with each request.


def begin_session(member: StaffMember) -> None:
    """A new session: nothing of an older one is left in it."""
    session.clear()
    session.update(staff=member.id, version=member.session_version, began=_seconds(now()), seen=_seconds(now()))


def find_member() -> None:
    """Before each request: who is signed in, if the session has not ended."""
    g.staff = None
    # Files are the same for everybody, and caches keep them: no cookie may be among them.
    if request.endpoint in FILES or "staff" not in session:
        return
    if _has_ended(now()):
        session.clear()
        return
    with console().work(write=False) as work:
        g.staff = staff.find_signed_in(work, int(session["staff"]), int(session["version"]))
    if g.staff is None:
        session.clear()
    elif not getattr(current_app.view_functions.get(request.endpoint or ""), "is_unattended", False):
        session["seen"] = _seconds(now())


def _has_ended(at: datetime) -> bool:
    seconds = _seconds(at)
    idle = seconds - int(session.get("seen", 0))
    age = seconds - int(session.get("began", 0))
    return idle > IDLE_FOR.total_seconds() or age > AT_MOST.total_seconds()


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _here() -> str | None:
    """This page, to come back to after signing in. Only pages that are looked at: a form is not sent twice."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def is_ours(address: str) -> bool:
    """Whether it is a path of this site and nothing else, so that nobody is sent away by a link."""
    return re.fullmatch(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*", address) is not None
