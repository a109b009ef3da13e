"""The thread that does the chores beside the web chat and the console."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event

import pytest

from bot.cli import chores
from bot.services.chores import Chore
from bot.settings import Settings
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import NOW


def test_they_are_done_while_the_block_runs_and_a_failure_stops_no_other(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "LOOKS_EVERY", 0.01)
    told: list[datetime] = []
    is_done = Event()

    def fail(work: UnitOfWork, now: datetime) -> None:
        raise RuntimeError("their words")

    def note(work: UnitOfWork, now: datetime) -> None:
        told.append(now)
        is_done.set()

    every = timedelta(days=1)
    with (
        caplog.at_level(logging.WARNING),
        chores.doing([Chore("bad", every, fail), Chore("good", every, note)], Store(sqlite_url), lambda: NOW),
    ):
        assert is_done.wait(5)
    assert told == [NOW]
    assert "bad was not done: RuntimeError" in caplog.text
    assert "their words" not in caplog.text


@pytest.mark.parametrize("is_clock_real", [True, False], ids=["the real clock", "a clock that was set"])
def test_a_clock_that_was_set_erases_nothing_by_itself(is_clock_real: bool) -> None:
    found = chores.chores_of(Settings(), is_clock_real=is_clock_real)
    assert any(chore.erases for chore in found) == is_clock_real
