"""Days in minutes: time goes on when everything waits for it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.fake_x.clock import Clock

TOGETHER = timedelta(seconds=2)
"""What would wake within this time wakes at once, so that accounts meet each other."""
LOOK_EVERY = 0.0005
"""Real seconds."""


class Simulated:
    """Gives loops a way to sleep. `loops` is how many of them there are."""

    def __init__(self, clock: Clock, loops: int, is_busy: Callable[[], bool]) -> None:
        self._clock, self._loops, self._is_busy = clock, loops, is_busy
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._clock() + timedelta(seconds=seconds), next(self._numbers), woken))
        await woken

    async def run(self) -> None:
        """For ever."""
        while True:
            while len(self._waiting) < self._loops or self._is_busy():
                await asyncio.sleep(LOOK_EVERY)
            self._clock.set(max(self._clock(), self._waiting[0][0]))
            while self._waiting and self._waiting[0][0] <= self._clock() + TOGETHER:
                _, _, woken = heapq.heappop(self._waiting)
                if not woken.done():
                    woken.set_result(None)
            await asyncio.sleep(0)
