"""The watch over the fake sees what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.fake_x.answer import Answer, invalid, json_answer
from tests.fake_x.conformance import Conformance
from tests.fake_x.service import Request

EVENT = {"id": "2101000000000000777", "event_type": "MessageCreate", "text": "hello"}


def told(
    version: str,
    given: Answer,
    query: Mapping[str, str] | None = None,
    body: bytes | None = None,
    fault: str | None = None,
) -> list[str]:
    """What is wrong with reading the list, or with sending where there is a body."""
    path = "/2/dm_events" if body is None else "/2/dm_conversations/with/880011/messages"
    method = "GET" if body is None else "POST"
    conformance = Conformance(version)
    request = Request(method, "http://127.0.0.1" + path, path, query or {}, {}, body or b"")
    conformance.watch(request, given, fault)
    return conformance.wrong


@pytest.mark.parametrize(
    ("version", "given", "asked", "word"),
    [
        ("2.166", json_answer({"data": [], "meta": {"result_count": 0}}), {}, "answered"),
        ("2.166", json_answer({"data": [{"id": "1"}], "meta": {}}), {}, "event_type"),
        ("2.167", json_answer({"data": [{**EVENT, "id": 7}]}), {}, "answered"),
        ("2.167", json_answer({"data": [EVENT]}), {"query": {"max_results": "500"}}, "taken"),
        ("2.167", json_answer({"data": [EVENT]}), {"query": {"dm_event.fields": "sender_id"}}, "taken"),
        ("2.167", invalid("no", max_results=["5"]), {"query": {"max_results": "5"}}, "refused"),
        ("2.167", json_answer({"data": {"dm_event_id": 5}}, 201), {"body": b'{"text": "a"}'}, "answered"),
        ("2.167", json_answer({}, 201), {"body": b'{"text": ""}'}, "taken"),
    ],
)
def test_what_x_would_not_take_or_say_is_kept(version: str, given: Answer, asked: Mapping[str, Any], word: str) -> None:
    wrong = told(version, given, **asked)
    assert len(wrong) == 1
    assert word in wrong[0]


@pytest.mark.parametrize("version", ["2.166", "2.167"])
def test_what_x_would_say_is_not(version: str) -> None:
    assert told(version, json_answer({"data": [EVENT], "meta": {"result_count": 1}}), {"max_results": "5"}) == []
    assert told(version, json_answer({"meta": {"result_count": 0}})) == []
    sent = {"data": {"dm_conversation_id": "880011-990022", "dm_event_id": "2101000000000000999"}}
    assert told(version, json_answer(sent, 201), body=b'{"text": "hello"}') == []


def test_what_a_fault_made_is_let_be() -> None:
    assert told("2.167", json_answer(["data"]), fault="wrong_shape") == []
