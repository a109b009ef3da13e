"""What may be sent, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.fake_x import FakeX
from tests.fake_x.caller import SECONDS, Caller
from tests.fake_x.conftest import each_version
from tests.fake_x.limits import SENDS
from tests.fake_x.world import Permission, Person, conversation_of


@pytest.fixture(autouse=True)
def anna_wrote(x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "hello")


@each_version
def test_a_message_is_made_and_its_id_told(leeds: Caller, x: FakeX, anna: Person) -> None:
    answer = leeds.send(anna.id, "good morning")
    told = answer.json()["data"]
    assert answer.status_code == 201
    assert told["dm_conversation_id"] == conversation_of(anna.id, leeds.account.id)
    assert leeds.events()[0]["id"] == told["dm_event_id"]
    assert x.texts("JCPinLeeds", "anna") == [("anna", "hello"), ("JCPinLeeds", "good morning")]


def test_a_conversation_can_be_named_instead(leeds: Caller, anna: Person, x: FakeX) -> None:
    path = f"/2/dm_conversations/{conversation_of(anna.id, leeds.account.id)}/messages"
    assert leeds.ask("POST", path, json={"text": "good morning"}).status_code == 201
    assert x.texts("JCPinLeeds", "anna")[-1] == ("JCPinLeeds", "good morning")


@each_version
@pytest.mark.parametrize("text", ["", "a" * 10_001])
def test_a_text_has_one_to_ten_thousand_characters(leeds: Caller, x: FakeX, anna: Person, text: str) -> None:
    x.service.watchers.clear()  # X's document says nothing of the longest
    assert leeds.send(anna.id, text).status_code == 400
    assert len(x.texts("JCPinLeeds", "anna")) == 1
    assert leeds.send(anna.id, "a" * 10_000).status_code == 201


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"hello"', b"{}", b'{"text": 1}', b'{"text": null}'])
def test_a_body_without_a_text_is_refused(leeds: Caller, anna: Person, body: bytes) -> None:
    path = f"{leeds.x.url}/2/dm_conversations/with/{anna.id}/messages"
    headers = {"Content-Type": "application/json"}
    answer = requests.post(path, data=body, headers=headers, auth=leeds.signature(), timeout=SECONDS)
    assert answer.status_code == 400


@pytest.mark.parametrize(("x", "status"), [("2.166", 201), ("2.167", 400)], indirect=["x"])
def test_buttons_are_refused_since_the_newer_version(leeds: Caller, anna: Person, status: int) -> None:
    assert leeds.send(anna.id, "choose", quick_reply={"type": "options"}).status_code == status


def _is_closed(anna: Person, leeds: Any) -> None:
    anna.is_closed = True


def _has_blocked(anna: Person, leeds: Any) -> None:
    anna.blocked.add(leeds.id)


def _is_suspended(anna: Person, leeds: Any) -> None:
    anna.is_suspended = True


@pytest.mark.parametrize("change", [_is_closed, _has_blocked, _is_suspended])
def test_who_takes_no_messages_gets_none(leeds: Caller, anna: Person, change: Callable[[Person, Any], None]) -> None:
    change(anna, leeds.account)
    answer = leeds.send(anna.id)
    assert (answer.status_code, "permission to DM" in answer.json()["detail"]) == (403, True)


def test_who_did_not_write_first_gets_none_unless_they_take_messages_from_anybody(york: Caller, anna: Person) -> None:
    assert york.send(anna.id).status_code == 403
    anna.accepts_strangers = True
    assert york.send(anna.id).status_code == 201


@pytest.mark.parametrize(("to", "status"), [("1", 404), ("anna", 400), ("99999999999999999999", 400)])
def test_nobody_gets_none(leeds: Caller, to: str, status: int) -> None:
    leeds.x.service.watchers.clear()  # 2.167 has no rule for an id in the path that is none
    assert leeds.send(to).status_code == status


def test_an_account_writes_into_its_own_conversations_alone(leeds: Caller, york: Caller, anna: Person) -> None:
    path = f"/2/dm_conversations/{conversation_of(anna.id, leeds.account.id)}/messages"
    assert york.ask("POST", path, json={"text": "hello"}).status_code == 403


def test_another_program_answers_whatever_it_is_sent(leeds: Caller, x: FakeX, anna: Person) -> None:
    anna.echoes = True
    leeds.send(anna.id, "good morning")
    assert x.texts("JCPinLeeds", "anna")[-1] == ("anna", "You said: good morning")


def _not_enrolled(x: FakeX, leeds: Caller) -> None:
    x.world.app.is_enrolled = False


def _suspended(x: FakeX, leeds: Caller) -> None:
    leeds.account.is_suspended = True


def _no_permission(x: FakeX, leeds: Caller) -> None:
    leeds.account.permission = Permission.READ_AND_WRITE


@pytest.mark.parametrize(
    ("change", "word"),
    [(_not_enrolled, "client-forbidden"), (_suspended, "64"), (_no_permission, "oauth1-permissions")],
)
def test_an_app_or_account_that_may_not_is_told_so_and_nothing_is_made(
    x: FakeX, leeds: Caller, anna: Person, change: Callable[[FakeX, Caller], None], word: str
) -> None:
    change(x, leeds)
    for answer in (leeds.send(anna.id), leeds.get("/2/dm_events")):
        assert answer.status_code == 403
        assert word in answer.text
    assert len(x.texts("JCPinLeeds", "anna")) == 1
    assert [entry.status for entry in x.journal.find(SENDS)] == [403]


def test_without_permission_for_messages_an_account_can_still_say_who_it_is(leeds: Caller) -> None:
    leeds.account.permission = Permission.READ_AND_WRITE
    assert leeds.get("/2/users/me").status_code == 200
