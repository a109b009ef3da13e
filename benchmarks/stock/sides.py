"""The two sides of `benchmarks.turns`, each in processes of its own and asked through its own way in."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.stock.environment import PYTHON, QUIET

PROJECT = Path(__file__).resolve().parents[2]
NOW = "2026-11-19T10:30:00+00:00"
ACCOUNT = "JCPinLeeds"
PATIENCE = 300.0
"""Seconds that a server may take to start."""


class Side:
    """Something that answers messages. `first_answer` is the seconds from its start to its first answer."""

    def __init__(self, database: Path, tree: Path = PROJECT) -> None:
        """`tree` is the checkout that runs."""
        self._database, self._tree = database, tree
        self._processes: list[subprocess.Popen[bytes]] = []
        started = time.perf_counter()
        self._start()
        self.first_answer = time.perf_counter() - started

    def ask(self, text: str, conversation: str) -> float:
        """Seconds for one turn, from asking to having the whole reply."""
        started = time.perf_counter()
        reply = self._reply(text, conversation)
        seconds = time.perf_counter() - started
        if not reply:
            raise RuntimeError(f"{type(self).__name__} gave no reply")
        return seconds

    def memory(self) -> float:
        """Resident MiB of all its processes and theirs."""
        return sum(_resident(pid) for process in self._processes for pid in _family(process.pid)) / 1024

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
            process.wait()

    def _start(self) -> None:
        raise NotImplementedError

    def _reply(self, text: str, conversation: str) -> str | None:
        raise NotImplementedError

    def _run(self, arguments: Sequence[str], **given: Any) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "JOBCENTRE_DATABASE_URL": f"sqlite:///{self._database}", **QUIET}
        process = subprocess.Popen(arguments, cwd=self._tree, env=environment, stderr=subprocess.DEVNULL, **given)
        self._processes.append(process)
        return process


class Ours(Side):
    """This assistant, through `jobcentre ask --batch -`: everything that a message goes through, and no server."""

    _python = sys.executable

    def _start(self) -> None:
        command = [self._python, "-m", "bot.cli", "ask", "--batch", "-"]
        self._process = self._run(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask("hello", "first")

    def _reply(self, text: str, conversation: str) -> str | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"text": text, "conversation": conversation, "at": NOW, "account": ACCOUNT}
        self._process.stdin.write(f"{json.dumps(asked)}\n".encode())
        self._process.stdin.flush()
        reply: str | None = json.loads(self._process.stdout.readline())["reply"]
        return reply


class Earlier(Ours):
    """The same of another checkout, with the environment, the model and the database that are its own."""

    def __init__(self, database: Path, tree: Path) -> None:
        self._python = str(tree / ".venv" / "bin" / "python")
        for command in (["db", "upgrade"], ["data", "load-sample"]):
            environment = {**os.environ, "JOBCENTRE_DATABASE_URL": f"sqlite:///{database}"}
            made = [self._python, "-m", "bot.cli", *command]
            subprocess.run(made, cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)
        super().__init__(database, tree)


class Stock(Side):
    """Rasa's default pipeline: `rasa run` with its REST channel and an SQL tracker store, and `rasa run actions`."""

    def __init__(self, database: Path, model: Path) -> None:
        self._model, self._port, self._actions_port = model, _free_port(), _free_port()
        super().__init__(database)

    def hop(self) -> float:
        """Seconds for a request that asks nothing: what HTTP alone adds to a turn of this side."""
        started = time.perf_counter()
        self._request("GET", "/")
        return time.perf_counter() - started

    def _start(self) -> None:
        folder = self._database.parent
        written = {
            "endpoints": {
                "action_endpoint": {"url": f"http://127.0.0.1:{self._actions_port}/webhook"},
                "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": f"{self._database}.tracker"},
            },
            "credentials": {"rest": {}},
        }
        for name, content in written.items():
            (folder / f"{name}.yml").write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML too
        rasa = [str(PYTHON), "-m", "rasa", "run"]
        quiet = {"stdout": subprocess.DEVNULL}
        self._run(
            [*rasa, "actions", "--port", str(self._actions_port), "--actions", "benchmarks.stock.action"], **quiet
        )
        files = ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
        address = ["-i", "127.0.0.1", "--port", str(self._port)]
        self._run([*rasa, "--model", str(self._model), *files, *address], **quiet)
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        self._wait()

    def _wait(self) -> None:
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            try:
                if self._reply("hello", f"first {time.perf_counter()}"):
                    return
            except OSError:
                self._connection.close()
            time.sleep(0.1)
        raise RuntimeError(f"the stock servers gave no answer in {PATIENCE:.0f} seconds")

    def _reply(self, text: str, conversation: str) -> str | None:
        turn = {"account": ACCOUNT, "now": NOW}
        asked = {"sender": conversation, "message": text, "metadata": turn}
        replies = json.loads(self._request("POST", "/webhooks/rest/webhook", json.dumps(asked)))
        return replies[0]["text"] if replies else None

    def _request(self, method: str, path: str, body: str | None = None) -> bytes:
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        return self._connection.getresponse().read()


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
