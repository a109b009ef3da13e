"""Browsers in which somebody has signed in before. Whoever tries a name elsewhere locks its owner out there alone."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug import Response

from bot.console.desk import console, now
from bot.store.records import StaffMember

LASTS = timedelta(days=90)
MEMBERS_AT_MOST = 8
"""On one shared computer; of more, those who signed in last."""
_SALT = "known browser"


def known_members() -> tuple[int, ...]:
    """Numbers of those who have signed in here, while there are tries left: five wrong ones, then one in three
    minutes, as everywhere. The caller's try is taken."""
    found = _read()
    is_known = found["until"] > now().timestamp() and not console().known_tries.take(found["key"], now().timestamp())
    return tuple(found["members"]) if is_known else ()


def remember(response: Response, member: StaffMember) -> None:
    """From now on the member is known in this browser."""
    others = [number for number in _read()["members"] if number != member.id]
    marked = {
        "members": [member.id, *others][:MEMBERS_AT_MOST],
        "key": secrets.token_urlsafe(9),
        "until": (now() + LASTS).timestamp(),
    }
    is_https = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _cookie(),
        _signer().dumps(marked),
        max_age=LASTS,
        secure=is_https,
        httponly=True,
        samesite="Strict",
    )


def _read() -> dict[str, Any]:
    try:
        found: dict[str, Any] = _signer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return {"members": [], "key": "", "until": 0}
    return found


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_SALT)
