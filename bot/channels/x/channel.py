"""Direct Messages on X, as a part of the server: it begins and ends with it, and tells how it is at /health.

`jobcentre run` starts it where credentials.yml has its section (`accounts.py` says how that is written). What comes in
is kept, and answered by whatever answers on the same database: the web chat's own turns.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic

from bot.assistant.reception import Reception
from bot.channels.x.accounts import State, XSettings, read_settings
from bot.channels.x.limits import CHANNEL
from bot.channels.x.switchboard import Switchboard
from bot.jobcentre.wording import Responses
from bot.services import channel_lines
from bot.services.channel_lines import Line
from bot.services.knowledge import Knowledge, knowledge_at
from bot.settings import Settings
from bot.store.unit_of_work import UnitOfWork


class X(InputChannel):
    """The channel. Without knowledge of its own it takes that of the database which the settings name, and the words of
    the agent that `rasa run` has loaded."""

    def __init__(
        self,
        settings: XSettings,
        knowledge: Knowledge | None = None,
        responses: Responses | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._settings = settings
        self._knowledge, self._responses, self._clock = knowledge, responses, clock
        self._running: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> X:
        """The section of credentials.yml. Raises BadInput."""
        return cls(read_settings(credentials or {}, os.environ))

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]] | None = None) -> Blueprint:
        """No routes: X is asked. `on_new_message` is not used, as it would hand a text to Rasa that the door has not
        seen."""
        routes = Blueprint(CHANNEL)
        routes.listener("after_server_start")(self._start)
        routes.listener("before_server_stop")(self._stop)
        return routes

    async def _start(self, app: Sanic, *_: Any) -> None:
        settings = Settings.read(os.environ)
        knowledge = self._knowledge or knowledge_at(settings.database_url)
        responses = self._responses or _responses_of(app)
        board = Switchboard(self._settings, Reception(knowledge), responses, self._clock or settings.clock)
        self._running = asyncio.get_running_loop().create_task(board.run())

    async def _stop(self, *_: Any) -> None:
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)


def _responses_of(app: Sanic) -> Responses:
    from bot.assistant.rasa_runner import RasaRunner

    return RasaRunner.over(app.ctx.agent.processor).responses


def health(work: UnitOfWork, at: datetime, settings: XSettings) -> dict[str, Any]:
    """How the channel is, in numbers: nothing of any message or person. `polled_seconds` is the age of the oldest good
    reading among the accounts that are ready; null where one was never read."""
    handles = [account.handle for account in settings.accounts]
    lines = channel_lines.find(work, handles, channel=CHANNEL, at=at, with_volumes=False)
    ready = [line for line in lines if line.state and line.state.state == State.READY.value]
    ages = [(at - line.reading.good_at).total_seconds() if line.reading.good_at else None for line in ready]
    left = [quota.remaining for line in lines for quota in line.quotas if quota.account == channel_lines.ALL]
    return {
        "accounts": len(lines),
        "ready": len(ready),
        "polled_seconds": None if None in ages or not ages else round(max(filter(None, ages), default=0.0)),
        "waiting_in": _sum(lines, "received"),
        "waiting_out": _sum(lines, "queued"),
        "on_the_way": _sum(lines, "sending"),
        "failed": _sum(lines, "failed"),
        "uncertain": _sum(lines, "uncertain"),
        "sends_left_today": min(left, default=None),
    }


def _sum(lines: list[Line], state: str) -> int:
    return sum(line.counts.get(state, 0) for line in lines)
