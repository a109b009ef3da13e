"""Advisers at one queue, as processes, some of them killed. `make race` is the same with 50 of them."""

from __future__ import annotations

import json
import os

import pytest

from benchmarks.race import __main__ as command
from benchmarks.race.running import race


def test_each_conversation_is_claimed_once_and_none_is_lost(each_url: str) -> None:
    result = race(each_url, advisers=6, count=40, kills=4)
    assert (result.handoffs, result.claimed_twice, result.lost, result.replies_of_others) == (40, 0, 0, 0)
    assert result.killed > 0


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.skipif(not os.environ.get(command.POSTGRESQL), reason=f"{command.POSTGRESQL} names no server")
def test_fifty_advisers_and_five_hundred_conversations(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["handoffs"], line["claimed_twice"], line["lost"]) == (500, 0, 0)
    assert all(result["killed"] > 0 for result in line["databases"].values())
