"""Answers what came in, one turn after the other in one thread, so that the event loop stays free.

Rasa's model serves one turn at a time. What comes in while a turn runs is kept at once, and is part of the next turn.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.assistant.turn import Assistant
from bot.jobcentre.errors import JobcentreError

log = logging.getLogger(__name__)
Found = TypeVar("Found")

LEFTOVERS_EVERY = 3.0
"""Seconds between two looks for messages that nobody answered: a process was killed, or the database was away."""
BUSY_AT = 200
"""Turns asked for and not yet begun, from which on nothing more is taken in."""


class Answering:
    """One assistant at work. `start` and `stop` belong to the server's own."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turns")
        self._asked = 0
        self._leftovers: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether more waits than can be answered soon."""
        return self._asked >= BUSY_AT

    def start(self) -> None:
        self._leftovers = asyncio.get_running_loop().create_task(self._answer_leftovers())

    async def stop(self) -> None:
        """Let the turn under way end. What was not begun is kept, and answered after the next start."""
        if self._leftovers:
            self._leftovers.cancel()
        await asyncio.get_running_loop().run_in_executor(None, lambda: self._turns.shutdown(cancel_futures=True))

    async def look(self, work: Callable[[], Found]) -> Found:
        """Do a short piece of work with the database, away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(None, work)

    async def answer(self, conversation_id: str | None = None) -> bool:
        """Answer what is next, in that conversation or at all. False where nothing is, or where it went wrong: the
        message is still there then, and is tried again with the leftovers."""
        self._asked += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._turns, self.assistant.take_turn, conversation_id) is not None
        except JobcentreError as error:
            log.warning("a turn could not be kept: %s", error)
        except Exception as error:
            log_error(error)
        finally:
            self._asked -= 1
        return False

    async def _answer_leftovers(self) -> None:
        while True:
            while await self.answer():
                pass
            await asyncio.sleep(LEFTOVERS_EVERY)


def log_error(error: BaseException) -> None:
    """What went wrong and where, without the error's own words: people's words may be among them."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s\n%s", type(error).__name__, where)
