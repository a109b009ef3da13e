"""How often one visitor, and one address, may write."""

from __future__ import annotations

from bot.services.limits import RateLimit


class Limits:
    """For a visitor, what a person can type; for an address, what a library full of people can."""

    def __init__(self) -> None:
        self._visitor = RateLimit(burst=10, seconds=2.0)
        self._address = RateLimit(burst=100, seconds=0.2)

    def take(self, sender: str, address: str, now: float) -> int:
        """0, or the whole seconds to wait. A new cookie is a new visitor, but not a new address."""
        return self._visitor.take(sender, now) or self._address.take(address, now)
