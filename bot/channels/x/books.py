"""The database from the event loop: each piece of work is done in a thread, so that no account waits for another's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.store.unit_of_work import Store, UnitOfWork

Found = TypeVar("Found")
THREADS = 4


class Books:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="x")

    async def write(self, work: Callable[[UnitOfWork], Found]) -> Found:
        """Do it in one transaction, which ends before this returns. Raises what the work raises, and StoreError."""
        return await self._do(work, True)

    async def read(self, work: Callable[[UnitOfWork], Found]) -> Found:
        return await self._do(work, False)

    async def leave_no_trace(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self._store.leave_no_trace)

    def close(self) -> None:
        """What was begun is done to its end first."""
        self._threads.shutdown()

    async def _do(self, work: Callable[[UnitOfWork], Found], writes: bool) -> Found:
        def run() -> Found:
            with self._store.unit_of_work(write=writes) as unit:
                return work(unit)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)
