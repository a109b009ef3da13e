"""`jobcentre run`: how it starts, how it ends, and what it says when it cannot start."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.assistant.door import admit
from bot.jobcentre.conversation import Conversation, Incoming
from bot.services import conversations
from bot.store.unit_of_work import Store
from tests.assistant.worlds import SqliteTemplate
from tests.channels.servers import Server, environment, free_port, launch, running
from tests.channels.test_webchat import AT, LEEDS

pytestmark = pytest.mark.xdist_group("webchat")


def _failed(given: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """The exit code and what was said of a server that cannot start."""
    output = folder / "output.log"
    process = launch(given, output)
    try:
        code = process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return code, output.read_text()


def test_it_prints_its_address_and_ends_cleanly(sample: SqliteTemplate, models: Path, tmp_path: Path) -> None:
    with running(sample.new(), models, tmp_path) as server:
        assert server.stop(signal.SIGINT) == 0
        said = server.output.read_text()
    assert f"Web chat: {server.base}" in said
    assert "sample data" in said
    assert "Traceback" not in said


def test_messages_left_by_a_killed_process_are_answered(sample: SqliteTemplate, models: Path, tmp_path: Path) -> None:
    database = sample.new()
    store = Store(database)
    admitted = admit("is leeds park place open now?")
    incoming = Incoming(LEEDS, "web:somebody", admitted.text, AT, "left-over")
    with store.unit_of_work() as work:
        left = conversations.receive(work, incoming, text=admitted.text, redacted=(), risks=(), is_trial=False)
    store.close()
    with running(database, models, tmp_path) as server:
        person = server.person()
        person.ask("hello", LEEDS)  # by then the older one has had its turn
        with server.store.unit_of_work(write=False) as work:
            replies = work.messages.find_after(left.conversation_id, left.id)
        assert [reply.in_reply_to for reply in replies] == [left.id]
        assert "Leeds Park Place" in replies[0].text
        assert server.stop(signal.SIGTERM) == 0


def test_what_is_old_is_erased_by_itself(sample: SqliteTemplate, models: Path, tmp_path: Path) -> None:
    database = sample.new()
    store = Store(database)
    now = datetime.now(timezone.utc)
    with store.unit_of_work() as work:
        for days in (29, 31):
            conversation = work.conversations.get_or_create(LEEDS, f"web:{days} days ago", "webchat")
            at = now - timedelta(days=days)
            message, _ = work.messages.add_incoming(conversation, external_id=str(days), text="hello", at=at)
            work.messages.mark_ignored([message.id])
    store.close()
    with running(database, models, tmp_path, JOBCENTRE_NOW="") as server:
        until = time.monotonic() + 10
        while _found(server, "web:31 days ago") and time.monotonic() < until:
            time.sleep(0.1)
        assert [bool(_found(server, f"web:{days} days ago")) for days in (29, 31)] == [True, False]
        assert server.stop(signal.SIGTERM) == 0


def _found(server: Server, sender: str) -> list[Conversation]:
    with server.store.unit_of_work(write=False) as work:
        return work.conversations.find_of_sender(sender)


def test_a_port_in_use_is_named(sample: SqliteTemplate, models: Path, tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        code, said = _failed(environment(sample.new(), models, JOBCENTRE_PORT=port), tmp_path)
    assert code == 2
    assert f"ort {port} is in use" in said
    assert "JOBCENTRE_PORT" in said
    assert "Traceback" not in said


def test_a_host_that_is_not_ours_is_named(sample: SqliteTemplate, models: Path, tmp_path: Path) -> None:
    given = environment(sample.new(), models, JOBCENTRE_HOST="192.0.2.1", JOBCENTRE_PORT=str(free_port()))
    code, said = _failed(given, tmp_path)
    assert code == 2
    assert "192.0.2.1" in said
    assert "JOBCENTRE_HOST" in said


def test_a_missing_database_is_named(models: Path, tmp_path: Path) -> None:
    given = environment(f"sqlite:///{tmp_path}/none.db", models, JOBCENTRE_PORT=str(free_port()))
    code, said = _failed(given, tmp_path)
    assert code == 2
    assert "none.db" in said
    assert "jobcentre db upgrade" in said
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("others", [[], ["other.tar.gz"]], ids=["none", "of other sources"])
def test_a_missing_model_is_told(sample: SqliteTemplate, tmp_path: Path, others: list[str]) -> None:
    for name in others:
        (tmp_path / name).touch()
    given = environment(sample.new(), tmp_path, JOBCENTRE_PORT=str(free_port()))
    code, said = _failed(given, tmp_path)
    assert code == 2
    assert "jobcentre train" in said
    assert ("other sources" in said) == bool(others)
