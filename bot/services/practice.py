"""Practice, for whoever is new: the sample's offices in a database of their own, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.jobcentre.errors import Conflict
from bot.services import samples
from bot.store.unit_of_work import Store, UnitOfWork

MARK = "practice"
"""The setting of a database that is for practice alone."""
KEPT = ("console_secret",)
"""Settings that a reset leaves: what sessions are signed with."""


class PracticeClock:
    """Tells the time that was set, and runs on from there; until then the real time."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    def set(self, moment: datetime) -> None:
        """It is that moment now. It needs a zone."""
        self._ahead = moment - self._real()

    def follow(self) -> None:
        """Back to the real time."""
        self._ahead = timedelta(0)

    @property
    def is_real(self) -> bool:
        return not self._ahead


def prepare(store: Store, folder: Path, *, at: datetime) -> None:
    """Make the database, with the sample of that folder in it, unless it is there. Raises Conflict for one that holds
    offices and is not for practice: nothing of it is touched."""
    store.upgrade()
    with store.unit_of_work() as work:
        if samples.is_empty(work):
            samples.load(work, folder, at=at)
            work.settings.put(MARK, True)
        elif not is_for_practice(work):
            raise Conflict("this database is not for practice: choose another one")


def is_for_practice(work: UnitOfWork) -> bool:
    return bool(work.settings.get(MARK, False))


def reset(store: Store, folder: Path, *, at: datetime) -> None:
    """As on the first day, but for the people who may sign in: they stay, and are signed out.

    Raises RuntimeError for a database that is not for practice: nothing of it is touched.
    """
    with store.unit_of_work(write=False) as work:
        if not is_for_practice(work):
            raise RuntimeError("this database is not for practice")
        members, kept = work.staff.find_all(), _kept(work)
    store.reset()
    with store.unit_of_work() as work:
        samples.load(work, folder, at=at)
        work.settings.put(MARK, True)
        for name, value in kept.items():
            work.settings.put(name, value)
        handles = {account.handle for account in work.accounts.find_all()}
        last = max((member.session_version for member in members), default=0)
        for member in members:
            # A number may be somebody else's now: no session of before may be taken for one of today's.
            seen = tuple(handle for handle in member.accounts if handle in handles)
            work.staff.add(replace(member, accounts=seen, session_version=last + 1))


def _kept(work: UnitOfWork) -> Mapping[str, Any]:
    return {name: work.settings.get(name) for name in KEPT if work.settings.get(name) is not None}
