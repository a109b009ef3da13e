"""What a channel lets us do in a stretch of time, counted before it is done and kept across restarts.

A call takes one from each limit that it counts against. What the channel tells of its limits corrects our count:
downwards always, upwards only where nothing is on its way that it may not have counted yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.store.records import Quota
from bot.store.unit_of_work import UnitOfWork

ALL = ""
"""In place of an account: what all accounts share."""
MARGIN = timedelta(seconds=5)
"""By how much a stretch of ours outlasts its length: the channel's begins when the call arrives, by another clock."""
_SAME = timedelta(minutes=2)
"""Two moments at which a stretch ends are of the same stretch when they are no further apart."""


@dataclass(frozen=True)
class Limit:
    """So many calls of a sort in so long."""

    account: str
    window: str
    number: int
    length: timedelta
    reserved: int = 0
    """The last so many are for what must not wait."""

    def begun(self) -> Quota:
        return Quota(self.account, self.window, self.number, self.number, self.reserved)


def take(work: UnitOfWork, limits: Sequence[Limit], *, at: datetime, may_use_reserve: bool = True) -> datetime | None:
    """Take one from each of the limits. Where one has none left, nothing is taken, and the moment is returned at which
    to ask again."""
    held = [_at(quota, limit, at) for quota, limit in zip(_lock(work, limits), limits, strict=True)]
    floors = [0 if may_use_reserve else quota.reserved for quota in held]
    used_up = [quota.resets_at for quota, floor in zip(held, floors, strict=True) if quota.remaining <= floor]
    if used_up:
        return max(moment or at for moment in used_up)
    work.quotas.put([replace(quota, remaining=quota.remaining - 1) for quota in held])
    return None


def give_back(work: UnitOfWork, limits: Sequence[Limit]) -> None:
    """A call that was taken for was never made."""
    held = _lock(work, limits)
    work.quotas.put([replace(quota, remaining=min(quota.remaining + 1, quota.limit)) for quota in held])


def learn(
    work: UnitOfWork, limit: Limit, *, number: int, remaining: int, resets_at: datetime, at: datetime, is_exact: bool
) -> None:
    """The channel has told of a limit. `is_exact`: nothing is on its way that it may not have counted."""
    held = _at(_lock(work, [limit])[0], limit, at)
    ends = resets_at + MARGIN
    is_same = held.resets_at is not None and abs(held.resets_at - ends) <= _SAME
    if not is_same and held.resets_at is not None and ends < held.resets_at and not is_exact:
        return  # told of a stretch that is over
    left = remaining if is_exact else min(remaining, held.remaining)
    reserved = limit.reserved * number // max(limit.number, 1)
    work.quotas.put([Quota(limit.account, limit.window, number, max(left, 0), reserved, ends)])


def exhaust(work: UnitOfWork, limit: Limit, *, until: datetime) -> None:
    """The channel has refused: nothing is left of it until then."""
    held, ends = _lock(work, [limit])[0], until + MARGIN
    if held.resets_at and held.remaining <= 0:
        ends = max(ends, held.resets_at)
    work.quotas.put([replace(held, remaining=0, resets_at=ends)])


def _lock(work: UnitOfWork, limits: Sequence[Limit]) -> list[Quota]:
    return work.quotas.lock([limit.begun() for limit in limits])


def _at(quota: Quota, limit: Limit, at: datetime) -> Quota:
    """As it stands then: full where its stretch is over, and a new one begins."""
    if quota.resets_at is not None and at < quota.resets_at:
        return quota
    return replace(quota, remaining=quota.limit, resets_at=at + limit.length + MARGIN)
