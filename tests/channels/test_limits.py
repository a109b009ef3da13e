from __future__ import annotations

from bot.channels.limits import Limits


def test_many_visitors_of_one_address_share_its_limit() -> None:
    limits = Limits()
    waits = [limits.take(f"visitor {number}", "192.0.2.1", 0.0) for number in range(200)]
    assert waits[0] == 0
    assert waits[-1] > 0
    assert limits.take("visitor elsewhere", "192.0.2.2", 0.0) == 0


def test_one_visitor_cannot_use_up_the_address() -> None:
    limits = Limits()
    for _ in range(1000):
        limits.take("flood", "192.0.2.1", 0.0)
    assert limits.take("neighbour", "192.0.2.1", 0.0) == 0
