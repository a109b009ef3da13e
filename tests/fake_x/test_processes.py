"""The fake in a process of its own, as `make run-x` and the long proofs have it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.channels.x.accounts import XSettings, check_all, read_settings
from bot.channels.x.client import Client, open_session
from bot.channels.x.errors import TokenRefused
from bot.settings import PROJECT
from tests.fake_x import Clock

ACCOUNTS = ("JCPinLeeds", "JCPinYork")


@pytest.fixture
def shared(tmp_path: Path) -> Clock:
    return Clock(file=tmp_path / "clock")


@pytest.fixture
def url(shared: Clock, tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.fake_x", "--port", "0", "--accounts", *ACCOUNTS]
    command += ["--clock", str(tmp_path / "clock"), "--secrets", str(tmp_path / "secrets")]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().split()[-1].rstrip("/")
        process.terminate()
        assert process.wait(timeout=10) == 0


@pytest.fixture
def settings(url: str, tmp_path: Path) -> XSettings:
    secrets = tmp_path / "secrets"
    section = {name: f"file:{secrets}/{name}" for name in ("consumer_key", "consumer_secret")}
    section |= {name: f"file:{secrets}/{{handle}}/{name}" for name in ("access_token", "access_token_secret")}
    return read_settings({**section, "base_url": url, "accounts": list(ACCOUNTS)}, {})


def test_accounts_are_checked_a_person_writes_and_is_answered(settings: XSettings, shared: Clock) -> None:
    async def answer() -> None:
        async with open_session() as session:
            found = await check_all(
                settings.accounts, lambda tokens: Client(tokens, session, shared, settings.base_url), ACCOUNTS
            )
            assert all(standing.is_ready for standing in found.values())
            (leeds, _) = settings.accounts
            assert leeds.tokens
            client = Client(leeds.tokens, session, shared, settings.base_url)
            (event,) = (await client.read(5)).events
            assert event.at == shared()
            await client.send(event.sender or "", "Until 5pm.")

    shared.advance(hours=5)
    written = {"from": "dafydd", "to": "JCPinLeeds", "text": "tan pryd?"}
    assert requests.post(f"{settings.base_url}/control/messages", json=written, timeout=10).status_code == 200
    asyncio.run(answer())
    told = requests.get(
        f"{settings.base_url}/control/messages", params={"one": "dafydd", "other": "JCPinLeeds"}, timeout=10
    )
    assert [message["text"] for message in told.json()] == ["tan pryd?", "Until 5pm."]


def test_time_that_passes_here_passes_there(settings: XSettings, shared: Clock) -> None:
    apart = Clock(shared())

    async def ask() -> None:
        async with open_session() as session:
            tokens = settings.accounts[0].tokens
            assert tokens
            await Client(tokens, session, shared, settings.base_url).whoami()
            await Client(tokens, session, apart, settings.base_url).whoami()

    asyncio.run(ask())
    shared.advance(hours=1)
    with pytest.raises(TokenRefused, match="clock"):
        asyncio.run(ask())
