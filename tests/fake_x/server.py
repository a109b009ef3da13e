"""The fake X on a port of this computer: `with FakeX() as x: …`, or `python -m tests.fake_x`.

    x = FakeX(clock)                      the clock that the assistant reads too
    leeds = x.world.add_account("JCPinLeeds")
    anna = x.world.add_person("anna")
    x.write("anna", "JCPinLeeds", "are you open today")
    x.faults.add("done_then_cut", calls="sends", times=1)
    …                                     the assistant polls `x.url`, answers, sends
    x.texts("anna", "JCPinLeeds")         [("anna", "are you open today"), ("JCPinLeeds", "…")]
    x.journal.find(SENDS)                 each attempt to send

All of it can also be done from another process, by the addresses of `control.py`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.fake_x.answer import Answer, Ending
from tests.fake_x.clock import Clock
from tests.fake_x.faults import Faults
from tests.fake_x.journal import Journal
from tests.fake_x.limits import Limits
from tests.fake_x.service import Request, Service
from tests.fake_x.world import Event, World

HOST = "127.0.0.1"


class FakeX:
    """A server in a thread of its own. Whatever touches its state holds `lock`."""

    def __init__(
        self,
        clock: Callable[[], datetime] | None = None,
        *,
        version: str = "2.167",
        limits: Limits | None = None,
        port: int = 0,
        seed: int = 1,
    ) -> None:
        self.clock = clock or Clock()
        self.world = World(self.clock, seed)
        self.service = Service(self.world, version, limits or Limits())
        self.lock = threading.RLock()
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-x", daemon=True)

    @property
    def faults(self) -> Faults:
        return self.service.faults

    @property
    def journal(self) -> Journal:
        return self.service.journal

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    # People and staff

    def write(self, sender: str, to: str, text: str = "", **more: Any) -> Event:
        """By name, as `World.write`."""
        with self.lock:
            return self.world.write(self.world.user_of_name(sender), self.world.user_of_name(to), text, **more)

    def texts(self, one: str, other: str) -> list[tuple[str, str]]:
        """What the two wrote each other, oldest first, as typed."""
        with self.lock:
            return self.world.texts(self.world.user_of_name(one), self.world.user_of_name(other))

    # The server's life

    def __enter__(self) -> FakeX:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _start(self) -> None:
        from tests.fake_x.control import control_routes

        application = web.Application(client_max_size=1_000_000)
        application.add_routes(control_routes(self))
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        asked = Request(
            request.method,
            f"http://{request.host}{request.rel_url.raw_path}"
            + (f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""),
            request.path,
            dict(request.query),
            dict(request.headers),
            body,
            request.rel_url.raw_query_string,
        )
        with self.lock:
            given = self.service.handle(asked)
        return await self._deliver(request, given)

    async def _deliver(self, request: web.Request, given: Answer) -> web.StreamResponse:
        if given.ending is Ending.SILENCE:
            await self._closing.wait()
        if given.ending in (Ending.CUT, Ending.SILENCE):
            _drop(request)
            return web.Response()
        headers = {**given.headers, "Content-Type": given.content_type}
        if given.ending is Ending.WHOLE:
            return web.Response(status=given.status, body=given.body, headers=headers)
        response = web.StreamResponse(status=given.status, headers=headers)
        response.content_length = len(given.body)
        await response.prepare(request)
        await response.write(given.body[: len(given.body) // 2])
        _drop(request)
        return response


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
