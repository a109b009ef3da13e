"""Alarms on their way: to a real HTTP server and a real mail server, once each, and again where they failed."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from bot.channels import alarms as sender
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.staffing import Staffing
from bot.services import alarms, handoffs, staffing
from bot.settings import Settings, SettingsError
from bot.store.unit_of_work import Store
from tests.builders import NOW, keep_conversation, keep_incoming, make_account, make_scope
from tests.jobcentre.facts import london

MINUTE = timedelta(minutes=1)
WORDS = "I will jump off the bridge"
ANN = {"by": "Ann", "at": NOW}


class Hook:
    """A webhook that keeps what it was sent, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answers = 204
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.answers)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook?token=secret"


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook()
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


class Post:
    """A mail server that keeps what it takes, and may refuse."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: object, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return "451 try again"
        assert isinstance(envelope.content, bytes)
        self.got.append(message_from_bytes(envelope.content))
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post() -> Iterator[Post]:
    found = Post()
    controller = Controller(found, hostname="127.0.0.1", port=free_port())
    controller.start()
    found.url = f"smtp://127.0.0.1:{controller.port}"  # type: ignore[attr-defined]
    yield found
    controller.stop()


@pytest.fixture
def store(store: Store) -> Store:
    with store.unit_of_work() as work:
        work.accounts.put(make_account(), make_scope(districts=["West Yorkshire"]))
    return store


def opened(store: Store, reason: HandoffReason, at: datetime, sender_: str = "person-1") -> int:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work, sender_)
        keep_incoming(work, conversation, WORDS)
        return work.handoffs.open_one(conversation.id, reason, at=at).id


def minute(store: Store, settings: Settings, at: datetime) -> int:
    """What the running assistant does each minute; returns how many arrived."""
    with store.unit_of_work() as work:
        alarms.raise_late(work, sender.receivers_of(settings), at=at)
    return sender.send_due(store, settings, at)


def test_a_webhook_is_told_once_and_not_what_was_written(store: Store, hook: Hook) -> None:
    settings = Settings(alarm_webhook=hook.address, console_url="https://console.example.org/")
    number = opened(store, HandoffReason.CRISIS, NOW)
    assert [minute(store, settings, NOW + n * MINUTE) for n in (4, 5, 6, 60)] == [0, 1, 0, 0]
    (told,) = hook.got
    assert told == {
        "event": "handoff_late",
        "handoff": number,
        "account": "JCPinLeeds",
        "reason": "crisis",
        "priority": "urgent",
        "waiting_since": "2026-11-20T10:30:00+00:00",
        "minutes": 5,
        "console": f"https://console.example.org/inbox/{number}/",
    }


def test_an_email_goes_to_all_of_them_and_holds_nothing_of_the_person(store: Store, post: Any) -> None:
    settings = Settings(alarm_emails=("a@example.org", "b@example.org"), alarm_from="jc@example.org", smtp=post.url)
    opened(store, HandoffReason.ASKED, NOW)
    assert [minute(store, settings, NOW + n * MINUTE) for n in (119, 120, 121)] == [0, 1, 0]
    (email,) = post.got
    assert (email["To"], email["From"]) == ("a@example.org, b@example.org", "jc@example.org")
    assert email["Subject"] == "Normal: somebody has waited 120 minutes for a person"
    text = email.as_string()
    assert "Account: JCPinLeeds\nWhy: asked\nWaiting since: Fri 20 Nov 2026 10:30" in text
    assert "bridge" not in text
    assert "person-1" not in text


def test_at_night_the_contact_for_the_night_is_told(store: Store, post: Any) -> None:
    with store.unit_of_work() as work:
        staffing.change(work, "JCPinLeeds", Staffing(night_contact="duty@example.org"), **ANN)
    settings = Settings(alarm_from="jc@example.org", smtp=post.url)
    opened(store, HandoffReason.CRISIS, NOW, "by day")
    assert minute(store, settings, NOW + 6 * MINUTE) == 0
    night = london("2026-11-21 23:00")
    opened(store, HandoffReason.CRISIS, night, "by night")
    assert minute(store, settings, night + 5 * MINUTE) == 2  # whoever was left waiting over the day too
    assert {email["To"] for email in post.got} == {"duty@example.org"}


def test_what_failed_is_tried_again_until_it_arrives(store: Store, hook: Hook, post: Any) -> None:
    settings = Settings(
        alarm_webhook=hook.address, alarm_emails=("a@example.org",), alarm_from="jc@example.org", smtp=post.url
    )
    opened(store, HandoffReason.CRISIS, NOW)
    hook.answers, post.refuses = 500, True
    at = NOW + 5 * MINUTE
    assert minute(store, settings, at) == 0
    with store.unit_of_work(write=False) as work:
        errors = [alarm.error for alarm in alarms.find_failing(work)]
    assert errors == ["the webhook answered 500", "the mail server did not take it (SMTPDataError)"]
    hook.answers, post.refuses = 200, False
    assert [minute(store, settings, at + n * MINUTE) for n in (0, 1, 2, 3)] == [0, 2, 0, 0]
    with store.unit_of_work(write=False) as work:
        assert alarms.find_failing(work) == []


def test_it_is_given_up_after_a_while_and_staff_see_that(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(alarm_webhook=f"http://127.0.0.1:{free_port()}/hook?token=secret")
    opened(store, HandoffReason.CRISIS, NOW)
    for n in range(5, 600):
        minute(store, settings, NOW + n * MINUTE)
    with store.unit_of_work(write=False) as work:
        (alarm,) = alarms.find_failing(work)
    assert (alarm.attempts, alarm.next_attempt_at) == (alarms.TRIES_AT_MOST, None)
    assert alarm.error == "the webhook cannot be reached (ConnectionRefusedError)"
    assert "secret" not in caplog.text
    with store.unit_of_work() as work:
        handoffs.claim(work, alarm.handoff_id, by="Ann", at=NOW)
        assert alarms.find_failing(work) == []


def test_nobody_is_told_of_a_wait_that_is_over(store: Store, hook: Hook) -> None:
    settings = Settings(alarm_webhook=hook.address)
    number = opened(store, HandoffReason.CRISIS, NOW)
    hook.answers = 500
    minute(store, settings, NOW + 5 * MINUTE)
    with store.unit_of_work() as work:
        handoffs.claim(work, number, by="Ann", at=NOW + 5 * MINUTE)
    hook.answers = 200
    assert minute(store, settings, NOW + 7 * MINUTE) == 0
    assert len(hook.got) == 1


def test_a_wait_that_becomes_urgent_is_another_alarm(store: Store, hook: Hook) -> None:
    settings = Settings(alarm_webhook=hook.address)
    number = opened(store, HandoffReason.ASKED, NOW)
    assert minute(store, settings, NOW + 120 * MINUTE) == 1
    with store.unit_of_work() as work:
        conversation = work.handoffs.get(number).conversation_id
        work.handoffs.open_one(conversation, HandoffReason.CRISIS, at=NOW + 121 * MINUTE)
    assert minute(store, settings, NOW + 121 * MINUTE) == 1
    assert [told["priority"] for told in hook.got] == ["normal", "urgent"]


def test_what_goes_back_to_the_queue_is_told_anew(store: Store, hook: Hook) -> None:
    settings = Settings(alarm_webhook=hook.address)
    number = opened(store, HandoffReason.CRISIS, NOW)
    assert minute(store, settings, NOW + 5 * MINUTE) == 1
    with store.unit_of_work() as work:
        handoffs.claim(work, number, by="Ann", at=NOW + 6 * MINUTE)
        handoffs.release(work, number, by="Ann", at=NOW + 7 * MINUTE)
    assert [minute(store, settings, NOW + n * MINUTE) for n in (8, 9)] == [1, 0]
    assert [told["minutes"] for told in hook.got] == [5, 8]


def test_trials_raise_no_alarm(store: Store, hook: Hook) -> None:
    with store.unit_of_work() as work:
        conversation = work.conversations.get_or_create("JCPinLeeds", "t", "ask", is_trial=True)
        work.handoffs.open_one(conversation.id, HandoffReason.CRISIS, at=NOW)
    assert minute(store, Settings(alarm_webhook=hook.address), NOW + 60 * MINUTE) == 0


def test_two_processes_send_an_alarm_once(store: Store, hook: Hook) -> None:
    """The second finds that the first has begun, whether or not it has come to its end."""
    settings = Settings(alarm_webhook=hook.address)
    opened(store, HandoffReason.CRISIS, NOW)
    at = NOW + 5 * MINUTE
    with store.unit_of_work() as work:
        alarms.raise_late(work, sender.receivers_of(settings), at=at)
        (first,) = alarms.take_due(work, at=at)
    assert sender.send_due(store, settings, at) == 0
    sender.send(first, settings)
    assert len(hook.got) == 1


@pytest.mark.parametrize("has_account", [True, False])
def test_a_password_is_told_to_no_server_without_encryption(store: Store, has_account: bool) -> None:
    tried: list[str] = []

    def authenticate(*_: Any) -> AuthResult:
        tried.append("password")
        return AuthResult(success=True)

    post = Post()
    controller = Controller(
        post, hostname="127.0.0.1", port=free_port(), authenticator=authenticate, auth_require_tls=False
    )
    controller.start()
    try:
        login = "jc:secret@" if has_account else ""
        url = f"smtp://{login}127.0.0.1:{controller.port}"
        settings = Settings(alarm_emails=("a@example.org",), alarm_from="jc@example.org", smtp=url)
        opened(store, HandoffReason.CRISIS, NOW)
        assert minute(store, settings, NOW + 5 * MINUTE) == (0 if has_account else 1)
    finally:
        controller.stop()
    assert tried == []


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"JOBCENTRE_ALARM_WEBHOOK": "ftp://example.org"}, "JOBCENTRE_ALARM_WEBHOOK is ftp"),
        ({"JOBCENTRE_ALARM_EMAILS": "a@example.org, bob"}, "JOBCENTRE_ALARM_EMAILS has bob"),
        ({"JOBCENTRE_SMTP": "smtp://mail.example.org"}, "set JOBCENTRE_ALARM_FROM"),
        (
            {"JOBCENTRE_SMTP": "mail.example.org:hunter2", "JOBCENTRE_ALARM_FROM": "a@example.org"},
            "JOBCENTRE_SMTP is not the address",
        ),
    ],
)
def test_settings_that_cannot_be_used_are_named(environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says) as error:
        Settings.read(environment)
    assert "hunter2" not in str(error.value)


def test_settings_are_read() -> None:
    found = Settings.read(
        {
            "JOBCENTRE_ALARM_EMAILS": "a@example.org, b@example.org",
            "JOBCENTRE_ALARM_FROM": "jc@example.org",
            "JOBCENTRE_SMTP": "smtps://jc:secret@mail.example.org",
        }
    )
    assert found.alarm_emails == ("a@example.org", "b@example.org")
    assert "secret" not in repr(found)
