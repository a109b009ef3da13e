"""One clock for X, the assistant and the test. It stands still until it is advanced: nobody waits for real hours."""

from __future__ import annotations

import asyncio
import mmap
from datetime import datetime, timedelta, timezone
from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_WIDTH = 8
LOOK_EVERY = 0.002
"""Real seconds."""
START = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc)
"""A Friday."""


class Clock:
    """Calling it gives the time. Processes that open the same file share one: what one advances, the others read."""

    def __init__(self, start: datetime | None = None, file: Path | None = None) -> None:
        """With a file that holds a time already, that time goes on and `start` is not looked at."""
        self._cell: mmap.mmap | bytearray = _mapped(file) if file else bytearray(_WIDTH)
        if not any(self._cell[:_WIDTH]):
            self.set(start or START)

    def __call__(self) -> datetime:
        return _EPOCH + int.from_bytes(self._cell[:_WIDTH], "big") * _MICROSECOND

    def advance(self, seconds: float = 0, **other: float) -> datetime:
        """`other` is as timedelta takes it: minutes, hours, days. Returns the new time."""
        return self.set(self() + timedelta(seconds=seconds, **other))

    async def sleep(self, seconds: float) -> None:
        """Until the clock was advanced that far, here or in another process. Others go on meanwhile."""
        until = self() + timedelta(seconds=seconds)
        while self() < until:
            await asyncio.sleep(LOOK_EVERY)

    def set(self, moment: datetime) -> datetime:
        """Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a zone")
        self._cell[:_WIDTH] = ((moment - _EPOCH) // _MICROSECOND).to_bytes(_WIDTH, "big")
        return self()


def _mapped(file: Path) -> mmap.mmap:
    with file.open("a+b") as opened:
        if opened.tell() < _WIDTH:
            opened.truncate(_WIDTH)
        return mmap.mmap(opened.fileno(), _WIDTH)
