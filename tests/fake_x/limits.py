"""X's rate limits: how many calls an account and the whole app have left, and the headers that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

QUARTER, DAY = timedelta(minutes=15), timedelta(hours=24)
READS = frozenset({"read", "read_with", "read_conversation", "read_event"})
SENDS = frozenset({"send_with", "send_conversation"})
CALLS = READS | SENDS | {"delete", "me", "user"}


@dataclass(frozen=True)
class Limits:
    """The figures of X's documentation in August 2026. Each list has its own count; both ways to send share theirs."""

    reads: int = 15
    sends: int = 15
    sends_a_day: int = 1440
    app_sends_a_day: int = 1440
    deletions: int = 300
    looks_at_me: int = 75
    looks_at_users: int = 900

    def quarter(self, call: str) -> int:
        """Calls in 15 minutes, for one account."""
        if call in READS:
            return self.reads
        others = {"delete": self.deletions, "me": self.looks_at_me, "user": self.looks_at_users}
        return self.sends if call in SENDS else others[call]


@dataclass
class Window:
    """A count that begins with its first call and begins anew when its time is over."""

    limit: int
    length: timedelta
    used: int = 0
    ends: datetime | None = None

    def at(self, now: datetime) -> Window:
        if self.ends is None or now >= self.ends:
            self.used, self.ends = 0, now + self.length
        return self

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    def headers(self, prefix: str) -> dict[str, str]:
        assert self.ends is not None
        told = {"limit": self.limit, "remaining": self.remaining, "reset": int(self.ends.timestamp())}
        return {f"{prefix}-{name}": str(value) for name, value in told.items()}


@dataclass
class Counts:
    """All windows. A refused call (429) does not count; every other does, whatever becomes of it."""

    limits: Limits = field(default_factory=Limits)
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)

    def take(self, call: str, account: str, now: datetime) -> bool:
        """Count a call; False where it is one too many."""
        windows = self._of(call, account, now)
        if any(not window.remaining for window in windows.values()):
            return False
        for window in windows.values():
            window.used += 1
        return True

    def headers(self, call: str, account: str, now: datetime) -> Mapping[str, str]:
        told: dict[str, str] = {}
        for prefix, window in self._of(call, account, now).items():
            told.update(window.headers(prefix))
        return told

    def exhaust(self, prefix: str, call: str, account: str, now: datetime) -> None:
        """For tests: nothing is left in the window of that header family."""
        window = self._of(call, account, now)[prefix]
        window.used = window.limit

    def _of(self, call: str, account: str, now: datetime) -> dict[str, Window]:
        kind = "send" if call in SENDS else call
        windows = {"x-rate-limit": self._window(kind, account, self.limits.quarter(call), QUARTER)}
        if call in SENDS:
            windows["x-user-limit-24hour"] = self._window("send a day", account, self.limits.sends_a_day, DAY)
            windows["x-app-limit-24hour"] = self._window("send a day", "", self.limits.app_sends_a_day, DAY)
        return {prefix: window.at(now) for prefix, window in windows.items()}

    def _window(self, kind: str, account: str, limit: int, length: timedelta) -> Window:
        return self._windows.setdefault((kind, account), Window(limit, length))
