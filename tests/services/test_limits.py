from __future__ import annotations

import pytest

from bot.services.limits import RateLimit


def test_a_burst_goes_through_and_then_one_at_a_time() -> None:
    limit = RateLimit(burst=3, seconds=2)
    assert [limit.take("a", 0.0) for _ in range(4)] == [0, 0, 0, 2]
    assert limit.take("a", 1.5) == 1
    assert limit.take("a", 2.0) == 0
    assert limit.take("a", 2.0) == 2


def test_senders_do_not_wait_for_each_other() -> None:
    limit = RateLimit(burst=1, seconds=2)
    assert [limit.take(sender, 0.0) for sender in "aab"] == [0, 2, 0]


@pytest.mark.parametrize("pause", [10.0, 1e9], ids=["a little", "a long time"])
def test_a_pause_fills_the_bucket_and_no_more(pause: float) -> None:
    limit = RateLimit(burst=2, seconds=2)
    limit.take("a", 0.0)
    assert [limit.take("a", pause) for _ in range(3)] == [0, 0, 2]


def test_only_so_many_senders_are_remembered() -> None:
    limit = RateLimit(burst=1, seconds=2, keys=2)
    for sender in "abc":
        limit.take(sender, 0.0)
    assert limit.take("c", 0.0) > 0
    assert limit.take("a", 0.0) == 0
