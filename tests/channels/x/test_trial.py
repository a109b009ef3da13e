"""`make run-x`: the whole of it, written to as a person."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import PROJECT
from tests.channels.servers import free_port

STARTS_WITHIN, ANSWERS_WITHIN = 60.0, 120.0
"""Seconds."""


def _soon(look: Callable[[], Any], within: float) -> Any:
    """What it finds, once it finds something. Fails where nothing is found in time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if found := look():
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("nothing in time")


@pytest.mark.slow
def test_a_message_is_answered_and_all_of_it_ends(models: Path, tmp_path: Path) -> None:
    port = free_port()
    console, chat = free_port(), free_port()
    own = {"JOBCENTRE_PORT": str(chat), "JOBCENTRE_CONSOLE_PORT": str(console), "JOBCENTRE_MODELS": str(models)}
    command = [sys.executable, "-m", "tests.fake_x.trial", "--port", str(port), "--folder", str(tmp_path)]
    output = tmp_path / "output.log"
    with output.open("w") as stream:
        process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **own}, stdout=stream, stderr=stream)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as x:
            told = {"from": "ben", "to": "JCPinLeeds", "text": "what is the address of leeds park place"}
            _soon(lambda: "JCPinLeeds" in x.get("/control/accounts").text, STARTS_WITHIN)
            x.post("/control/messages", json=told).raise_for_status()
            asked = {"one": "ben", "other": "JCPinLeeds"}
            said = _soon(lambda: x.get("/control/messages", params=asked).json()[1:], ANSWERS_WITHIN)
        assert [message["from"] for message in said] == ["JCPinLeeds"]
        assert "Park Place" in said[0]["text"]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        printed = output.read_text()
        assert f"http://127.0.0.1:{port}/" in printed
        assert f"http://127.0.0.1:{console}/invitation/" in printed
        assert "Traceback" not in printed
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{chat}/health")
    finally:
        process.kill()
        process.wait(20)
