"""One soak: X, the people, the process that is killed, and at the end the verdict."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.jobcentre.closure import Scope
from bot.jobcentre.conversation import Language
from bot.services import accounts
from bot.settings import PROJECT
from bot.store.tables import messages
from bot.store.unit_of_work import Store
from tests.assistant.worlds import load_sample
from tests.fake_x.clock import Clock
from tests.fake_x.credentials import write_credentials, write_secrets
from tests.fake_x.server import FakeX
from tests.soak.people import Letter, Sizes, handles, letters, names
from tests.soak.verdict import WAITING, Verdict, judge

READS_GO_WRONG = {
    "duplicates": 0.05,
    "out_of_order": 0.05,
    "no_rate_headers": 0.02,
    "too_many": 0.002,
    "too_many_text": 0.001,
    "server_error": 0.005,
    "unavailable_html": 0.005,
    "cut": 0.003,
    "silence": 0.0005,
}
SENDS_GO_WRONG = {
    "too_many": 0.005,
    "too_many_html": 0.005,
    "no_rate_headers": 0.02,
    "server_error": 0.01,
    "bad_gateway": 0.01,
    "cut": 0.01,
    "silence": 0.005,
    "done_then_cut": 0.02,
    "done_then_half": 0.01,
    "done_then_silence": 0.005,
    "done_then_bad_gateway": 0.01,
    "done_then_not_json": 0.01,
}
"""Faults by their chance."""
SETTLES, LOOKS_AGAIN = timedelta(hours=3), timedelta(minutes=5)
"""At the end, without faults: until nothing waits any more, but so long at most."""
LOOKS_EVERY, STUCK_AFTER = 0.002, 120.0
"""Real seconds."""


class Stuck(RuntimeError):
    """Simulated time does not go on, or the process has ended by itself."""


@dataclass
class Soak:
    folder: Path
    sizes: Sizes
    seed: int = 1
    model: Path | None = None
    kills: int = 0
    written: dict[str, Letter] = field(default_factory=dict)
    """By X's id."""
    _process: subprocess.Popen[bytes] | None = None
    _is_armed: bool = False

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.folder / 'jobcentre.db'}"

    def run(self) -> Verdict:
        self.clock = Clock(file=self.folder / "clock")
        self.dice = random.Random(self.seed)
        with FakeX(self.clock, seed=self.seed) as self.x:
            self._store = self._prepare()
            self._live()
            verdict = judge(self.x, self._store, self.written, [self.folder / "worker.log"], self.kills)
            self._store.close()
        return verdict

    def _prepare(self) -> Store:
        for handle in handles(self.sizes):
            account = self.x.world.add_account(handle)
            self.x.world.lateness[account.id] = timedelta(seconds=self.dice.choice((0, 0, 0, 5, 30)))
        for name in names(self.sizes):
            self.x.world.add_person(name)
        write_secrets(self.x, self.folder / "secrets")
        write_credentials(self.x, self.folder / "credentials.yml", self.folder / "secrets")
        load_sample(self._database)
        store = Store(self._database)
        with store.unit_of_work() as work:
            for handle in handles(self.sizes):
                scope = Scope(offices=frozenset({"leeds-park-place"}))
                accounts.add(work, handle, handle, scope, Language.ENGLISH, by="soak", at=self.clock())
        self.x.service.watchers.append(self._watch)
        return store

    # Days

    def _live(self) -> None:
        waiting = letters(self.sizes, self.dice)
        for calls, faults in (("reads", READS_GO_WRONG), ("sends", SENDS_GO_WRONG)):
            for name, chance in faults.items():
                self.x.faults.add(name, calls=calls, chance=chance)
        try:
            for day in range(self.sizes.days):
                self._day(day, waiting)
            with self.x.lock:
                self.x.faults.clear()
            self._start()
            self._settle()
        finally:
            self._kill()

    def _day(self, day: int, waiting: list[Letter]) -> None:
        """The process that does the night is killed with the evening's answers half sent."""
        self.clock.set(max(self.clock(), self.sizes.opens(day)))
        opens, closes = self.clock(), self.sizes.closes(day)
        here = self.sizes.kills * (day + 1) // self.sizes.days - self.sizes.kills * day // self.sizes.days - 1
        moments = sorted(opens + (closes - opens) * self.dice.random() for _ in range(max(here, 0)))
        self._start()
        self._let_pass(closes, waiting, moments)
        self._count_kill()

    def _settle(self) -> None:
        until = self.clock() + SETTLES
        while self.clock() < until and self._waits():
            self._let_pass(self.clock() + LOOKS_AGAIN, [], [])

    def _waits(self) -> bool:
        """Whether something is not read yet, or on its way."""
        with self._store.unit_of_work(write=False) as work:
            counts: Counter[str] = Counter()
            for states in work.messages.count_by_account("x").values():
                counts.update(states)
            kept = work.connection.execute(
                select(func.count()).select_from(messages).where(messages.c.direction == "in")
            ).scalar_one()
        return kept < len(self.written) or any(counts[state.value] for state in WAITING)

    def _let_pass(self, until: datetime, waiting: list[Letter], moments: list[datetime]) -> None:
        """People write and the process is killed when it is time."""
        while (now := self.clock()) < until:
            while waiting and waiting[0].at <= now:
                letter = waiting.pop(0)
                self.written[str(self.x.write(letter.person, letter.account, letter.text).id)] = letter
            if moments and moments[0] <= now:
                moments.pop(0)
                self._surprise()
            self._check_life(now)
            time.sleep(LOOKS_EVERY)

    def _surprise(self) -> None:
        """Half of the kills come while X has done what was asked and nobody has heard of it; the others anywhere."""
        if self.dice.random() < 0.5:
            with self.x.lock:
                self._is_armed = True
            before, limit = self.clock(), self.clock() + timedelta(minutes=10)
            while self._is_armed and self.clock() < limit:
                time.sleep(LOOKS_EVERY)
                self._check_life(before, is_killed=not self._is_armed)
            with self.x.lock:
                self._is_armed = False
        else:
            time.sleep(self.dice.uniform(0, 0.05))
        self._count_kill()
        self._start()

    def _watch(self, request: Any, *_: Any) -> None:
        if self._is_armed and request.method == "POST" and self._process:
            self._is_armed = False
            self._process.kill()

    # The process

    def _start(self) -> None:
        command = [sys.executable, "-m", "tests.soak.worker", "--folder", str(self.folder)]
        command += ["--seed", str(self.seed * 1000 + self.kills)]
        command += ["--model", str(self.model)] if self.model else []
        with (self.folder / "worker.log").open("ab") as log:
            own = {**os.environ, "JOBCENTRE_DATABASE_URL": self._database}  # the pipeline reads it for itself
            self._process = subprocess.Popen(command, cwd=PROJECT, env=own, stdout=log, stderr=log)
        self._moved = (self.clock(), time.monotonic())

    def _count_kill(self) -> None:
        self._kill()
        self.kills += 1

    def _kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def _check_life(self, now: datetime, is_killed: bool = False) -> None:
        """Raises Stuck."""
        assert self._process
        told = self.folder / "worker.log"
        if self._process.poll() is not None and not is_killed:
            raise Stuck(f"the process has ended by itself: see {told}")
        if now != self._moved[0]:
            self._moved = (now, time.monotonic())
        elif time.monotonic() - self._moved[1] > STUCK_AFTER:
            raise Stuck(f"time stands still at {now}: see {told}")
