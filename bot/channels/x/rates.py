"""X's rate limits as its headers tell them: what is left, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from enum import Enum


class Scope(Enum):
    """Which limit."""

    ACCOUNT_QUARTER = "account, 15 minutes"
    ACCOUNT_DAY = "account, 24 hours"
    APP_DAY = "app, 24 hours"


_PREFIXES = {
    Scope.ACCOUNT_QUARTER: "x-rate-limit",
    Scope.ACCOUNT_DAY: "x-user-limit-24hour",
    Scope.APP_DAY: "x-app-limit-24hour",
}
UNTOLD = timedelta(minutes=15)
"""How long to wait where X does not say: the length of its shorter window."""
_LONGEST = timedelta(hours=25)


@dataclass(frozen=True)
class Window:
    """One limit as X told it last. Nothing is left of it from `remaining == 0` to `resets_at`, by our clock."""

    limit: int
    remaining: int
    resets_at: datetime


Windows = Mapping[Scope, Window]


def skew_of(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How far our clock is ahead of X's, by the `Date` header; nothing where there is none that can be read."""
    try:
        return now - parsedate_to_datetime(headers["Date"]).astimezone(timezone.utc)
    except (KeyError, ValueError, TypeError):
        return timedelta()


def windows_of(headers: Mapping[str, str], now: datetime) -> dict[Scope, Window]:
    """Those that the headers tell in full. Times are turned to our clock; what is over, or absurd, is left out."""
    skew = skew_of(headers, now)
    found = {scope: _window(headers, prefix, skew) for scope, prefix in _PREFIXES.items()}
    return {scope: w for scope, w in found.items() if w and now < w.resets_at <= now + _LONGEST}


def wait_of(windows: Windows, headers: Mapping[str, str], now: datetime) -> tuple[datetime, Scope | None]:
    """Until when a refused call has to wait, and for which limit. Where a day's limit is used up, the quarter's headers
    may still speak of a reset that is near: the latest of those that are used up counts."""
    used_up = {scope: window.resets_at for scope, window in windows.items() if window.remaining <= 0}
    if used_up:
        scope = max(used_up, key=lambda s: used_up[s])
        return used_up[scope], scope
    told = headers.get("Retry-After", "")
    seconds = int(told) if told.isascii() and told.isdigit() else 0
    return now + (min(timedelta(seconds=seconds), _LONGEST) or UNTOLD), None


def _window(headers: Mapping[str, str], prefix: str, skew: timedelta) -> Window | None:
    try:
        limit, remaining, reset = (int(headers[f"{prefix}-{name}"]) for name in ("limit", "remaining", "reset"))
        return Window(limit, remaining, datetime.fromtimestamp(reset, timezone.utc) + skew)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
