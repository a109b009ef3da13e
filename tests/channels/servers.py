"""A real server: `jobcentre run` in a process of its own, on a free port, with the sample data and a trained model."""

from __future__ import annotations

import itertools
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from bot.settings import PROJECT
from bot.store.unit_of_work import Store

STARTS_WITHIN = 60.0
NOW = "2026-11-20T10:30"
"""The clock of every server here: a Friday morning in London."""


_ADDRESSES = itertools.count(1)


def elsewhere() -> dict[str, str]:
    """Headers of somebody at another address than everybody before, as a proxy tells them."""
    number = next(_ADDRESSES)
    return {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    base: str
    """Where the page is, with "/" at its end."""
    database: str
    output: Path
    """What it printed, on both streams."""

    @cached_property
    def store(self) -> Store:
        return Store(self.database)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)

    def person(self) -> Person:
        return Person(httpx.Client(base_url=self.base, timeout=20, headers=elsewhere()))


@dataclass
class Person:
    """A browser without script: one cookie, and the form token of the page it saw."""

    client: httpx.Client
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.token = hidden(self.page(), "form_token")

    def page(self, account: str = "", lang: str = "") -> str:
        return self.client.get("./", params={"account": account, "lang": lang}).text

    def write(self, text: str, account: str = "", lang: str = "en", **fields: str) -> httpx.Response:
        """Fill in the form and send it, without following where it leads."""
        form = {"text": text, "account": account, "lang": lang, "form_token": self.token, **fields}
        return self.client.post("./", data=form)

    def post(self, body: Any, **headers: str) -> httpx.Response:
        """Send JSON, as the page's script does."""
        return self.client.post("messages", json=body, headers={"X-Form-Token": self.token, **headers})

    def ask(self, text: str, account: str = "", **fields: Any) -> dict[str, Any]:
        """The reply to a message."""
        answered = self.post({"text": text, "account": account, **fields})
        assert answered.status_code == 200, answered.text
        reply: dict[str, Any] = answered.json()["reply"]
        return reply

    def messages(self, account: str = "", after: int = 0) -> list[dict[str, Any]]:
        found = self.client.get("messages", params={"account": account, "after": after})
        assert found.status_code == 200, found.text
        messages: list[dict[str, Any]] = found.json()["messages"]
        return messages


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found[1]


def environment(database: str, models: Path, **more: str) -> Mapping[str, str]:
    ours = {
        "JOBCENTRE_DATABASE_URL": database,
        "JOBCENTRE_MODELS": str(models),
        "JOBCENTRE_NOW": NOW,
        "JOBCENTRE_CONSOLE_PORT": str(free_port()),
        "JOBCENTRE_PROXIES": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBCENTRE_")}
    return {**kept, **ours, **more}


def launch(given: Mapping[str, str], output: Path, *options: str) -> subprocess.Popen[str]:
    with output.open("w") as stream:
        command = [sys.executable, "-m", "bot.cli", "run", *options]
        return subprocess.Popen(command, cwd=PROJECT, env=given, stdout=stream, stderr=subprocess.STDOUT, text=True)


@contextmanager
def running(database: str, models: Path, folder: Path, *options: str, **more: str) -> Iterator[Server]:
    """A server that answers, stopped after the block. `options` are those of `jobcentre run`, `more` settings."""
    port = free_port()
    output = folder / f"run-{secrets.token_hex(3)}.log"
    process = launch(environment(database, models, JOBCENTRE_PORT=str(port), **more), output, *options)
    server = Server(process, f"http://127.0.0.1:{port}/", database, output)
    try:
        _wait_for(server)
        yield server
    finally:
        process.kill()
        process.wait(20)
        server.store.close()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended at its start: {server.output.read_text()}")
        try:
            if httpx.get(f"{server.base}health", timeout=STARTS_WITHIN).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {server.output.read_text()}")
