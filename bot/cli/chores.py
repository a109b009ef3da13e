"""The chores of a running assistant, done in a thread beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.services import retention
from bot.services.chores import Chore, do_if_due
from bot.settings import Settings
from bot.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

LOOKS_EVERY = 20.0
"""Seconds between two looks for what is due."""
PURGE_EVERY = timedelta(days=1)
BY = "jobcentre run"


def chores_of(settings: Settings, *, is_clock_real: bool) -> list[Chore]:
    """What this assistant does. Nothing is erased for its age by a clock that somebody has set. Raises BadInput."""
    chores: list[Chore] = []
    if is_clock_real:
        chores.append(Chore("purge", PURGE_EVERY, _purge(settings), erases=True))
    return chores


def _purge(settings: Settings) -> Callable[[UnitOfWork, datetime], object]:
    keeping = retention.Keeping(settings.keep_days, settings.keep_handoff_days)
    return lambda work, now: retention.purge(work, keeping, by=BY, at=now)


@contextmanager
def doing(chores: Sequence[Chore], store: Store, clock: Callable[[], datetime]) -> Iterator[None]:
    """The chores are done when they are due while the block runs. The store is closed after it."""
    over = Event()
    thread = Thread(target=_keep_doing, args=(chores, store, clock, over), name="chores", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)
        store.close()


def _keep_doing(chores: Sequence[Chore], store: Store, clock: Callable[[], datetime], over: Event) -> None:
    while True:
        for chore in chores:
            try:
                do_if_due(store, chore, clock())
            except Exception as error:  # the next look tries again, whatever it was
                log.warning("%s was not done: %s", chore.name, type(error).__name__)
        if over.wait(LOOKS_EVERY):
            return
