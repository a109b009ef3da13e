"""Work that nobody asks for and that is due again and again: erasing what is old, looking after who waits.

Several processes may run the same chores on one database: each time, one of them does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True)
class Chore:
    """A piece of work, done in a transaction of its own."""

    name: str
    every: timedelta
    do: Callable[[UnitOfWork, datetime], object]
    """Given the time at which it is done."""
    erases: bool = False
    """Whether it removes what must not be found again on disk."""
    after: Callable[[Store, datetime], object] | None = None
    """What is done then, outside of the transaction: whatever waits for the network."""


def do_if_due(store: Store, chore: Chore, now: datetime) -> bool:
    """Do it, unless it was done so short a time ago. If it raises, nothing of it is kept and it is still due."""
    with store.unit_of_work() as work:
        if not work.chores.begin(chore.name, every=chore.every, at=now):
            return False
        chore.do(work, now)
    if chore.erases:
        store.leave_no_trace()
    if chore.after:
        chore.after(store, now)
    return True
