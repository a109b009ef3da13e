"""What the fake answers: status, headers, body, and whether the answer arrives. Bodies are as X sends them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

PROBLEMS = "https://api.x.com/2/problems/"
JSON = "application/json; charset=utf-8"
PROBLEM_JSON = "application/problem+json; charset=utf-8"
HTML = "text/html; charset=utf-8"


class Ending(Enum):
    """How far an answer comes."""

    WHOLE = "whole"
    CUT = "cut"
    """The connection is dropped before the first byte."""
    HALF = "half"
    """It is dropped in the middle of the body."""
    SILENCE = "silence"
    """Nothing comes, and the connection stays open."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: Ending = Ending.WHOLE


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, _encoded(value))


def problem(status: int, title: str, detail: str, kind: str | None = None, **more: Any) -> Answer:
    """A problem (RFC 7807). `kind` is the last part of its type; None is "about:blank"."""
    told = {"title": title, "detail": detail, "type": PROBLEMS + kind if kind else "about:blank", "status": status}
    return Answer(status, _encoded({**told, **more}), PROBLEM_JSON)


def old_problem(status: int, code: int, message: str) -> Answer:
    """An error as version 1.1 told it, which version 2 still does now and then."""
    return Answer(status, _encoded({"errors": [{"code": code, "message": message}]}))


def invalid(message: str, **parameters: Sequence[str]) -> Answer:
    """400: `parameters` are those that are wrong, with what was sent ("." in their names written as "__")."""
    named = {name.replace("__", "."): list(values) for name, values in parameters.items()}
    errors = [{"message": message, "parameters": named}]
    detail = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", detail, "invalid-request", errors=errors)


def not_found(sort: str, parameter: str, value: str) -> Answer:
    detail = f"Could not find {sort} with {parameter}: [{value}]."
    told = {"resource_type": sort, "resource_id": value, "parameter": parameter, "value": value}
    return problem(404, "Not Found Error", detail, "resource-not-found", **told)


def unauthorized() -> Answer:
    return problem(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str = "Forbidden") -> Answer:
    return problem(403, "Forbidden", detail)


def recipient_closed() -> Answer:
    return forbidden("You do not have permission to DM one or more participants.")


def permissions_missing() -> Answer:
    detail = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
    return problem(403, "Forbidden", detail, "oauth1-permissions")


def not_enrolled() -> Answer:
    detail = "You must use keys and tokens from a developer App that is attached to a Project."
    return problem(403, "Client Forbidden", detail, "client-forbidden", reason="client-not-enrolled")


def unsupported_authentication() -> Answer:
    detail = "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint."
    return problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def account_suspended() -> Answer:
    return old_problem(403, 64, "Your account is suspended and is not permitted to access this feature.")


def too_many() -> Answer:
    return problem(429, "Too Many Requests", "Too Many Requests")


def credits_depleted() -> Answer:
    detail = "Your enrolled account [1] does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", detail, "credits")


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
