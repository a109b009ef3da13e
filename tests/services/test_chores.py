"""Chores: done when they are due, once however many processes there are, and again where they failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services.chores import Chore, do_if_due
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import HOUR, NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


def counting(work: UnitOfWork, now: datetime) -> None:
    work.settings.put("done", work.settings.get("done", 0) + 1)


def done(store: Store) -> Any:
    with store.unit_of_work(write=False) as work:
        return work.settings.get("done", 0)


@pytest.mark.parametrize(
    ("later", "is_due"),
    [
        pytest.param(HOUR - timedelta(seconds=1), False, id="too soon"),
        pytest.param(HOUR, True, id="in time"),
        pytest.param(5 * HOUR, True, id="late"),
        pytest.param(-HOUR, True, id="the clock was set back"),
    ],
)
def test_it_is_done_again_when_its_time_has_passed(store: Store, later: timedelta, is_due: bool) -> None:
    chore = Chore("count", HOUR, counting)
    assert do_if_due(store, chore, NOW)
    assert do_if_due(store, chore, NOW + later) == is_due
    assert done(store) == 1 + is_due


def test_what_failed_is_undone_and_still_due(store: Store) -> None:
    def fail(work: UnitOfWork, now: datetime) -> None:
        counting(work, now)
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError):
        do_if_due(store, Chore("count", HOUR, fail), NOW)
    assert done(store) == 0
    assert do_if_due(store, Chore("count", HOUR, counting), NOW + MINUTE)


def test_chores_do_not_wait_for_each_other(store: Store) -> None:
    assert do_if_due(store, Chore("one", HOUR, counting), NOW)
    assert do_if_due(store, Chore("other", HOUR, counting), NOW)


def test_of_many_that_begin_at_once_one_does_it(each_url: str, store: Store) -> None:
    stores = [Store(each_url) for _ in range(6)]
    chore = Chore("count", HOUR, counting)
    with ThreadPoolExecutor(len(stores)) as pool:
        did = list(pool.map(lambda own: do_if_due(own, chore, NOW), stores))
    assert sum(did) == done(store) == 1
    for own in stores:
        own.close()
