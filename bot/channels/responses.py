"""What the web chat sends back: pages, JSON and files, all of them guarded; and an error in a person's words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sanic.exceptions import NotFound, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.answering import log_error
from bot.channels.page import STATIC_TYPES, Problem, static_files
from bot.jobcentre.errors import JobcentreError

_SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


async def guard(request: Request, response: HTTPResponse) -> HTTPResponse:
    """Middleware: the headers of every response."""
    for name, value in _SAFE.items():
        response.headers[name] = value
    # Nothing of a conversation stays on a computer that others use.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def html(text: str, problem: Problem | None = None) -> HTTPResponse:
    status = problem.status if problem else 200
    return _waiting(HTTPResponse(text, status=status, content_type="text/html; charset=utf-8"), problem)


def json_of(told: Any, status: int = 200) -> HTTPResponse:
    return HTTPResponse(json.dumps(told, ensure_ascii=False), status=status, content_type="application/json")


def json_problem(problem: Problem, message: str) -> HTTPResponse:
    told = {"error": {"code": problem.code, "message": message}}
    return _waiting(json_of(told, problem.status), problem)


def tagged(request: Request, response: HTTPResponse) -> HTTPResponse:
    """The same with an ETag; 304 and empty for a browser that has it."""
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == tag:
        response = HTTPResponse(status=304)
    response.headers["ETag"] = tag
    return response


def redirect(to: str) -> HTTPResponse:
    return HTTPResponse(status=303, headers={"Location": to})


async def static(request: Request, name: str) -> HTTPResponse:
    """One of our files. Raises NotFound for every other."""
    if name not in STATIC_TYPES:
        raise NotFound("no such file")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HTTPResponse(static_files()[name], content_type=f"{STATIC_TYPES[name]}; charset=utf-8", headers=headers)


def problem_of(error: Exception) -> Problem:
    """What an error is to the person who asked."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, SanicException):
        codes = {404: "not_found", 408: "too_slow", 413: "too_big", 503: "unavailable"}
        status = error.status_code or 500
        return Problem(codes.get(status, "not_understood" if status < 500 else "unavailable"), status)
    if isinstance(error, UnicodeError):
        return Problem("not_understood")
    log_error(error)
    return Problem("unavailable", 503 if isinstance(error, JobcentreError) else 500)


def _waiting(response: HTTPResponse, problem: Problem | None) -> HTTPResponse:
    """With the time after which it is worth another try."""
    if problem and problem.status in (429, 503):
        response.headers["Retry-After"] = str(problem.blanks.get("seconds", 30))
    return response
