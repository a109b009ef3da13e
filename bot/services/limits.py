"""How often somebody may do something: a bucket of tokens each, filled again with time."""

from __future__ import annotations

import math
from collections import OrderedDict
from threading import Lock


class RateLimit:
    """`burst` times at once, then one every `seconds`. Remembers the last `keys` in memory alone."""

    def __init__(self, burst: int, seconds: float, keys: int = 10_000) -> None:
        self._burst = burst
        self._seconds = seconds
        self._keys = keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Key to the tokens left, and when that was."""
        self._lock = Lock()

    def take(self, key: str, now: float) -> int:
        """Take a token at `now` (seconds of a clock that never goes back): 0, or the whole seconds to wait for one."""
        with self._lock:  # of two threads the second would find a full bucket
            left, then = self._buckets.pop(key, (float(self._burst), now))
            tokens = min(self._burst, left + (now - then) / self._seconds)
            wait = 0 if tokens >= 1 else math.ceil((1 - tokens) * self._seconds)
            self._buckets[key] = (tokens if wait else tokens - 1, now)
            while len(self._buckets) > self._keys:
                self._buckets.popitem(last=False)
            return wait

    def give_back(self, key: str) -> None:
        """A token that was taken need not count after all."""
        with self._lock:
            if key in self._buckets:
                left, then = self._buckets[key]
                self._buckets[key] = (left + 1, then)
