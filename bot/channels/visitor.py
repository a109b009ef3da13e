"""Who writes in the web chat: a cookie that only their browser holds, and the proof that a request is our page's."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from sanic.request import Request

from bot.channels.page import Problem

COOKIE = "jobcentre_chat"
_VALUE = re.compile(r"[A-Za-z0-9_-]{32}")


def new_cookie() -> str:
    return secrets.token_urlsafe(24)


def find_cookie(request: Request) -> str | None:
    """The cookie's value; None where there is none that can be ours."""
    wanted = _name(request)
    for pair in request.headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted and _VALUE.fullmatch(value):
            return str(value)
    return None


def cookie_text(request: Request, value: str, *, is_over: bool = False) -> str:
    """A Set-Cookie header. The cookie ends with the browser's session, and no script can read it."""
    secure = "; Secure" if _is_https(request) else ""
    over = "; Max-Age=0" if is_over else ""
    return f"{_name(request)}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{over}"


def sender_of(cookie: str) -> str:
    """The person, as they are kept: from it nobody can make the cookie that speaks for them."""
    return f"web:{hashlib.sha256(cookie.encode()).hexdigest()[:32]}"


def message_name(cookie: str, message_id: str) -> str:
    """What a message of theirs is called here. It stands beside what they wrote, and does not say who they are; no
    other person's message can be called by it."""
    proof = hmac.new(cookie.encode(), f"message {message_id}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"{proof}:{message_id}"


def form_token(cookie: str) -> str:
    """Proves that a request comes from our page: only we and the browser's own page can know it, and it holds after
    a restart."""
    return hmac.new(cookie.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def checked_cookie(request: Request, token: Any) -> str:
    """The cookie of whoever sends it. Raises Problem where it does not come from our page."""
    cookie = find_cookie(request)
    if cookie is None or not _is_from_our_page(request):
        raise Problem("expired", 403)
    if not hmac.compare_digest(form_token(cookie).encode(), str(token).encode()):
        raise Problem("expired", 403)
    return cookie


def address_of(request: Request) -> str:
    """Where it comes from, as far as our own proxies tell. One home has many IPv6 addresses: their /64 is one."""
    told = request.remote_addr or request.ip or ""
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


def _name(request: Request) -> str:
    """Over HTTPS browsers take a name with this prefix from nobody but this very host: no neighbour, and nobody on an
    unsafe network, can give a person a cookie that they know."""
    return f"__Host-{COOKIE}" if _is_https(request) else COOKIE


def _is_https(request: Request) -> bool:
    return "https" in (request.scheme, request.headers.get("x-forwarded-proto"))


def _is_from_our_page(request: Request) -> bool:
    """What the browser says, where it says it. A form's Origin is "null" here, as our pages send no referrer."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    return origin == "null" or urlsplit(origin).netloc in hosts
