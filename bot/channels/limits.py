"""How often one sender may write: a bucket of tokens each, filled again with time."""

from __future__ import annotations

import math
from collections import OrderedDict


class RateLimit:
    """`burst` messages at once, then one every `seconds`. Remembers the last `senders` senders, in memory alone."""

    def __init__(self, burst: int = 10, seconds: float = 2.0, senders: int = 10_000) -> None:
        self._burst = burst
        self._seconds = seconds
        self._senders = senders
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Sender to the tokens left, and when that was."""

    def take(self, sender: str, now: float) -> int:
        """Take a token at `now` (seconds of a clock that never goes back): 0, or the whole seconds to wait for one."""
        left, then = self._buckets.pop(sender, (float(self._burst), now))
        tokens = min(self._burst, left + (now - then) / self._seconds)
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) * self._seconds)
        self._buckets[sender] = (tokens if wait else tokens - 1, now)
        while len(self._buckets) > self._senders:
            self._buckets.popitem(last=False)
        return wait
