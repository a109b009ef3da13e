"""One clock for several processes."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fake_x.clock import START, Clock


def test_it_stands_still_until_it_is_advanced() -> None:
    clock = Clock()
    assert clock() == clock() == START
    assert clock.advance(minutes=15) == START + timedelta(minutes=15) == clock()


def test_whoever_opens_the_same_file_reads_the_same_time(tmp_path: Path) -> None:
    here, there = Clock(file=tmp_path / "clock"), Clock(datetime.max.replace(tzinfo=START.tzinfo), tmp_path / "clock")
    here.advance(90)
    assert there() == here() == START + timedelta(seconds=90)


def test_who_sleeps_wakes_once_the_clock_was_advanced_far_enough() -> None:
    clock = Clock()

    async def wake() -> list[str]:
        said: list[str] = []

        async def sleeper() -> None:
            await clock.sleep(60)
            said.append("awake")

        task = asyncio.ensure_future(sleeper())
        for seconds in (59, 1):
            await asyncio.sleep(0.01)
            said.append(f"and {seconds}")
            clock.advance(seconds)
        await task
        return said

    assert asyncio.run(wake()) == ["and 59", "and 1", "awake"]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Clock().set(datetime(2026, 11, 20))  # noqa: DTZ001
