"""Which process speaks for an account on a channel: one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.jobcentre.errors import Conflict
from bot.store.unit_of_work import UnitOfWork

LASTS = timedelta(seconds=60)
"""How long an account stays with a process that was killed."""


class LostLease(Conflict):
    """Another process speaks for this account now: what this one was about to keep must not be kept."""


def take(work: UnitOfWork, accounts: Iterable[str], *, channel: str, by: str, at: datetime) -> set[str]:
    """Take or renew those that are free or this process's already; returns those that it has from now on."""
    held = work.channels.lock_states(accounts, _key(channel))
    taken = {account for account, lease in held.items() if _is_free(lease, at) or lease["by"] == by}
    work.channels.put_states(taken, _key(channel), {"by": by, "until": (at + LASTS).isoformat()})
    return taken


def check(work: UnitOfWork, account: str, *, channel: str, by: str, at: datetime) -> None:
    """In the piece of work that writes what the lease protects. Raises LostLease."""
    held = work.channels.lock_state(account, _key(channel))
    if _is_free(held, at) or held["by"] != by:
        raise LostLease(f"another process speaks for {account}")


def release(work: UnitOfWork, accounts: Iterable[str], *, channel: str, by: str) -> None:
    """Let others have those that are this process's."""
    held = work.channels.lock_states(accounts, _key(channel))
    work.channels.put_states({name for name, lease in held.items() if lease and lease["by"] == by}, _key(channel), None)


def _is_free(lease: Mapping[str, str] | None, at: datetime) -> bool:
    return not lease or datetime.fromisoformat(lease["until"]) <= at


def _key(channel: str) -> str:
    return f"{channel}.lease"
