"""X's limits as we count them: the figures of its documentation in August 2026, corrected by what it tells."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.channels.x.rates import Scope, Windows
from bot.services import quotas
from bot.services.quotas import ALL, Limit
from bot.store.unit_of_work import UnitOfWork

CHANNEL = "x"
_QUARTER, _DAY = timedelta(minutes=15), timedelta(hours=24)
_IN_A_QUARTER, _IN_A_DAY = 15, 1440


def reads_of(account: str) -> Limit:
    """Of the list of all conversations."""
    return Limit(account, "read, 15 minutes", _IN_A_QUARTER, _QUARTER)


def looks_of(account: str) -> Limit:
    """Of the lists of single conversations, which have a count of their own."""
    return Limit(account, "look, 15 minutes", _IN_A_QUARTER, _QUARTER)


def sends_of(account: str) -> dict[Scope, Limit]:
    """All three. The last fifth of each is for what must not wait."""
    return {
        Scope.ACCOUNT_QUARTER: Limit(account, "send, 15 minutes", _IN_A_QUARTER, _QUARTER, _IN_A_QUARTER // 5),
        Scope.ACCOUNT_DAY: Limit(account, "send, 24 hours", _IN_A_DAY, _DAY, _IN_A_DAY // 5),
        Scope.APP_DAY: Limit(ALL, "send, 24 hours", _IN_A_DAY, _DAY, _IN_A_DAY // 5),
    }


def learn(work: UnitOfWork, limits: dict[Scope, Limit], told: Windows | None, *, at: datetime) -> None:
    """What X told with an answer. One call of an account is under way at a time, so what it tells of the account is
    exact; of the app's, others may be on their way."""
    for scope, window in (told or {}).items():
        if scope in limits:
            quotas.learn(
                work,
                limits[scope],
                number=window.limit,
                remaining=window.remaining,
                resets_at=window.resets_at,
                at=at,
                is_exact=scope is not Scope.APP_DAY,
            )
