"""Whether what goes through the fake is as X's own OpenAPI document has it, judged by openapi-core."""

from __future__ import annotations

import json
import warnings
from functools import cache
from typing import Any

from openapi_core import Spec, V30RequestValidator, V30ResponseValidator
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.request.exceptions import SecurityValidationError

from tests.fake_x.answer import JSON, Answer
from tests.fake_x.contract import document
from tests.fake_x.service import Request

HOST = "https://api.x.com"
PROBLEMS_TOLD_IN = "2.166"
"""The later document leaves out problems of type "about:blank", which X's guides still show."""


class Conformance:
    """Watches a fake and keeps what is wrong: a request that X would not take and the fake took, or the other way
    round; an answer that X would not give."""

    def __init__(self, version: str) -> None:
        self._version = version
        self.wrong: list[str] = []
        self.seen = 0

    def watch(self, request: Request, given: Answer, fault: str | None) -> None:
        """What a fault made is not looked at, nor an address that is not X's or errors in the form of version 1.1."""
        is_old = given.status >= 400 and given.content_type == JSON
        if fault or is_old or given.status in (401, 404):
            return
        self.seen += 1
        asked = _asked(request)
        refusals = request_errors(self._version, asked)
        where = f"{request.method} {request.path}?{request.raw_query}"
        if refusals and given.status < 300:
            self.wrong.append(f"{where} was taken: {refusals}")
        if not refusals and given.status == 400 and b"pagination_token" not in given.body:
            self.wrong.append(f"{where} was refused: {given.body!r}")
        self.wrong += [f"{where} was answered {error}" for error in answer_errors(self._version, asked, given)]


def request_errors(version: str, asked: MockRequest) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it does not know the scheme of OAuth 1.0a, which `signatures.py` checks
        errors = list(V30RequestValidator(_specification(version)).iter_errors(asked))
    return [_told(error) for error in errors if not isinstance(error, SecurityValidationError)]


def answer_errors(version: str, asked: MockRequest, given: Answer) -> list[str]:
    if given.status >= 300:
        version = PROBLEMS_TOLD_IN
    media = given.content_type.partition(";")[0]
    response = MockResponse(given.body.decode(), given.status, mimetype=media)
    validator = V30ResponseValidator(_specification(version), extra_media_type_deserializers=_MEDIA)
    return [_told(error) for error in validator.iter_errors(asked, response)]


def _asked(request: Request) -> MockRequest:
    return MockRequest(
        HOST,
        request.method.lower(),
        request.path,
        args=dict(request.query),
        headers={"Authorization": "OAuth"},
        data=request.body.decode(),
    )


def _told(error: BaseException) -> str:
    causes: list[Any] = list(getattr(error.__cause__, "schema_errors", ()))
    return " ".join([repr(error), *(cause.message[:200] for cause in causes)])


_MEDIA = {"application/problem+json": json.loads}


@cache
def _specification(version: str) -> Spec:
    return Spec.from_dict(document(version))
