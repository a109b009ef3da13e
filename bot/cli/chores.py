"""The chores of a running assistant, done in a thread beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.channels.alarms import receivers_of, send_due
from bot.cli.wordings import responses
from bot.services import alarms, lapses, retention, viewers
from bot.services.chores import Chore, do_if_due
from bot.settings import Settings
from bot.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

LOOKS_EVERY = 20.0
"""Seconds between two looks for what is due."""
LOOKED_AFTER_EVERY = timedelta(seconds=30)
"""How often those who wait for a person are looked after."""
PURGE_EVERY = timedelta(days=1)
BY = "jobcentre run"


def chores_of(settings: Settings, *, is_clock_real: bool) -> list[Chore]:
    """What this assistant does. By a clock that somebody has set nothing is erased for its age, and nobody outside is
    told anything. Raises BadInput."""
    chores = [Chore("lapses", LOOKED_AFTER_EVERY, sweep)]
    if is_clock_real:
        chores.append(Chore("alarms", LOOKED_AFTER_EVERY, _raise_alarms(settings), after=_send_alarms(settings)))
        chores.append(Chore("purge", PURGE_EVERY, _purge(settings), erases=True))
    return chores


def sweep(work: UnitOfWork, now: datetime) -> list[lapses.Lapsed]:
    """Put back what an adviser left, or was silent in for too long."""
    viewers.forget(work, at=now)
    return lapses.sweep(work, responses(), at=now)


def _raise_alarms(settings: Settings) -> Callable[[UnitOfWork, datetime], object]:
    return lambda work, now: alarms.raise_late(work, receivers_of(settings), at=now)


def _send_alarms(settings: Settings) -> Callable[[Store, datetime], object]:
    return lambda store, now: send_due(store, settings, now)


def _purge(settings: Settings) -> Callable[[UnitOfWork, datetime], object]:
    keeping = retention.Keeping(settings.keep_days, settings.keep_handoff_days, settings.keep_miss_days)
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
