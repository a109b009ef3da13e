"""Shares, and when one has fallen."""

from __future__ import annotations

import pytest

from benchmarks.understanding.shares import Share, share


def test_a_share_tells_its_percent_and_its_messages() -> None:
    assert str(share([True, True, False])) == "66.7 % (2 of 3)"
    assert Share(2, 3) + Share(1, 1) == Share(3, 4)
    assert share([]).percent == 0.0
    assert Share.from_dict(Share(2, 3).to_dict()) == Share(2, 3)


@pytest.mark.parametrize(
    ("now", "kept", "has_fallen"),
    [
        (Share(90, 100), Share(90, 100), False),
        (Share(89, 100), Share(90, 100), False),
        (Share(88, 100), Share(90, 100), True),
        (Share(179, 200), Share(90, 100), False),
        (Share(177, 200), Share(90, 100), True),
        (Share(0, 5), Share(1, 5), False),
    ],
    ids=["the same", "one message", "two messages", "half of one in a longer table", "two in a longer one", "the last"],
)
def test_one_message_fewer_is_no_fall_and_two_are(now: Share, kept: Share, has_fallen: bool) -> None:
    assert now.has_fallen(kept) is has_fallen
