"""`x` is the fake X of `tests/fake_x`, with an account, another and a person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import aiohttp
import pytest

from bot.channels.x.client import TIMEOUT, Client, Tokens, open_session
from tests.assistant.worlds import EchoEngine, SqliteTemplate, assistant_with, responses
from tests.channels.x.desk import Desk, desk_at
from tests.fake_x import FakeX
from tests.fake_x.clock import Clock
from tests.fake_x.conftest import anna, clock, x  # noqa: F401

Told = TypeVar("Told")


@dataclass
class Leeds:
    """The client of the first account, opened for each thing that is asked of it."""

    x: FakeX
    late: timedelta = timedelta()
    """How far its clock is behind X's."""
    url: str | None = None
    timeout: aiohttp.ClientTimeout = TIMEOUT
    account: str = "JCPinLeeds"

    def tokens(self) -> Tokens:
        app, account = self.x.world.app, self.x.world.account_of_name(self.account)
        return Tokens(app.consumer_key, app.consumer_secret, account.token, account.token_secret)

    def clock(self) -> datetime:
        return self.x.clock() - self.late

    def does(self, what: Callable[[Client], Awaitable[Told]]) -> Told:
        async def run() -> Told:
            async with open_session(self.timeout) as session:
                return await what(Client(self.tokens(), session, self.clock, self.url or self.x.url))

        return asyncio.run(run())


@pytest.fixture
def leeds(x: FakeX) -> Leeds:  # noqa: F811
    return Leeds(x)


@pytest.fixture
def engine() -> EchoEngine:
    return EchoEngine(responses())


@pytest.fixture
def desk(x: FakeX, clock: Clock, sample: SqliteTemplate, engine: EchoEngine) -> Iterator[Desk]:  # noqa: F811
    """The channel against the fake X, with an engine that needs no model."""
    with desk_at(x, clock, assistant_with(sample.new(), engine, clock)) as opened:
        yield opened
