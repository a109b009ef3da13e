"""Which process speaks for an account on a channel: one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.jobcentre.errors import Conflict
from bot.store.unit_of_work import UnitOfWork

LASTS = timedelta(seconds=60)
"""How long an account stays with a process that was killed."""


class LostLease(Conflict):
    """Another process speaks for this account now: what this one was about to keep must not be kept."""


def take(work: UnitOfWork, accounts: Iterable[str], *, channel: str, by: str, at: datetime) -> set[str]:
    """Take or renew those that are free or this process's already; returns those that it has from now on."""
    taken = set()
    for account in sorted(accounts):  # all lock them in one order
        held = work.channels.lock_state(account, _key(channel))
        if not held or held["by"] == by or datetime.fromisoformat(held["until"]) <= at:
            work.channels.put_state(account, _key(channel), {"by": by, "until": (at + LASTS).isoformat()})
            taken.add(account)
    return taken


def check(work: UnitOfWork, account: str, *, channel: str, by: str, at: datetime) -> None:
    """In the piece of work that writes what the lease protects. Raises LostLease."""
    held = work.channels.lock_state(account, _key(channel))
    if not held or held["by"] != by or datetime.fromisoformat(held["until"]) <= at:
        raise LostLease(f"another process speaks for {account}")


def release(work: UnitOfWork, accounts: Iterable[str], *, channel: str, by: str) -> None:
    """Let others have those that are this process's."""
    for account in sorted(accounts):
        held = work.channels.lock_state(account, _key(channel))
        if held and held["by"] == by:
            work.channels.put_state(account, _key(channel), None)


def _key(channel: str) -> str:
    return f"{channel}.lease"
