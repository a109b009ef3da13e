"""Every request that the fake got: for tests that say "no more than" and "exactly one"."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    at: datetime
    account: str | None
    """Whose signature it had; None for none that counts."""
    call: str
    """As `limits.CALLS` names them; "unknown" for another address."""
    method: str
    path: str
    query: str
    status: int | None
    """None where no answer left the fake whole."""
    fault: str | None
    user_agent: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat()}


class Journal:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def add(self, entry: Entry) -> None:
        with self._lock:
            self._entries.append(entry)

    def find(
        self,
        calls: Collection[str] | None = None,
        *,
        account: str | None = None,
        status: int | None = None,
        since: datetime | None = None,
    ) -> list[Entry]:
        """Oldest first. Nothing named: all of them."""
        with self._lock:
            entries = list(self._entries)
        return [
            entry
            for entry in entries
            if (calls is None or entry.call in calls)
            and account in (None, entry.account)
            and status in (None, entry.status)
            and (since is None or entry.at >= since)
        ]

    def over_limits(self) -> list[Entry]:
        """Calls that X refused because they were too many, and no fault made it so."""
        return [entry for entry in self.find(status=429) if entry.fault is None]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
