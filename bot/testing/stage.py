"""Where conversations are played: the real assistant with its trained model, its database, and its clock."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Incoming
from bot.services import handoffs, samples
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from bot.store.unit_of_work import Store
from bot.testing import staff

if TYPE_CHECKING:
    from bot.assistant.turn import Assistant, Outcome

DATABASE, NOW = "JOBCENTRE_DATABASE_URL", "JOBCENTRE_NOW"
LOADED_AT = datetime(2026, 11, 2, 9, 0, tzinfo=LONDON)
"""When the facts of the world were told, which an answer may say."""
CHANNEL = "webchat"
WATCH = "watch"
"""Stands beside the effects of closures."""


class StepFailed(Exception):
    """A command of staff failed, in the middle of a conversation. The message says which, and what it printed."""


def make_world(data: Path, file: Path) -> Path:
    """Make the database with which every conversation begins. Raises BadInput where the data is not whole."""
    store = Store(f"sqlite:///{file}")
    store.upgrade()
    with store.unit_of_work() as work:
        samples.load(work, data, at=LOADED_AT)
    store.close()
    return file


def read_world(file: Path) -> Knowledge:
    """What such a database knows of places and accounts."""
    return Knowledge(Store(f"sqlite:///{file}"))


def ensure_model(settings: Settings) -> Path:
    """The trained model of these sources; trains one where there is none, once however many processes ask."""
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import train

    settings.models.mkdir(parents=True, exist_ok=True)
    with (settings.models / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return train(settings.models)


class Stage:
    """One process's assistant. Use it as a context manager."""

    def __init__(self, world: Path) -> None:
        """`world` is a database of `make_world`: it is copied, never changed."""
        self._world = world
        self._stack = ExitStack()
        self._messages = 0

    def __enter__(self) -> Stage:
        # Beside the world, so that who made that folder also clears up after a process that was killed.
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir=self._world.parent)))
        self._database = folder / "jobcentre.db"
        shutil.copy(self._world, self._database)
        from bot.assistant.loading import load_assistant

        with self.environment():
            self._assistant: Assistant = load_assistant(Settings.read(os.environ))
        self._began_at = self._revision()
        self._stack.callback(self._assistant.knowledge.store.close)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._stack.close()

    @contextmanager
    def environment(self, now: datetime | None = None) -> Iterator[None]:
        """While it holds, whoever reads the environment finds this stage's database, and the clock that is given."""
        values = {DATABASE: f"sqlite:///{self._database}", NOW: now.isoformat() if now else ""}
        before = {name: os.environ.get(name) for name in values}
        os.environ.update(values)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})

    def clear(self) -> None:
        """The world as it began: nothing was said, and nothing published."""
        if self._revision() != self._began_at:  # the next world's changes would have the numbers of this one's
            self._assistant.knowledge.forget()
        self._assistant.knowledge.store.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._database}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._world, self._database)

    def _revision(self) -> int:
        with self._assistant.knowledge.store.unit_of_work(write=False) as work:
            return work.offices.revision()

    def command(self, command: Sequence[str], at: datetime, account: str = "", sender: str = "") -> None:
        """What staff type, their clock standing at that time. Raises StepFailed."""
        if staff.HANDOFF in command:
            number = str(self._handoff(account, sender))
            command = [number if word == staff.HANDOFF else word for word in command]
        with self.environment(at):
            fault = staff.run(command)
        if fault:
            raise StepFailed(fault)

    def _handoff(self, account: str, sender: str) -> int:
        with self._assistant.knowledge.store.unit_of_work(write=False) as work:
            for case in handoffs.find_queue(work):
                about = case.conversation
                if about.sender == sender and about.account.casefold() == account.casefold():
                    return case.handoff.id
        raise StepFailed(f"there is no handoff: {sender} does not wait for anybody, and is with nobody")

    def say(self, messages: Sequence[str], account: str, sender: str, at: datetime) -> Outcome | None:
        """One message, or a burst that was written before anybody looked. None where nothing came of it at all."""
        self._assistant.clock = lambda: at
        *before, last = [self._incoming(text, account, sender, at) for text in messages]
        with self.environment():  # the action and the pipeline find the database there
            for incoming in before:
                self._assistant.receive(incoming)
            return self._assistant.answer(last)

    def _incoming(self, text: str, account: str, sender: str, at: datetime) -> Incoming:
        self._messages += 1
        return Incoming(account, sender, text, at, f"message {self._messages}", CHANNEL, at)

    def effects_on(self, offices: Sequence[str], at: datetime) -> list[str]:
        """The effects of closures that bear on one of the offices that day; `watch` for a watch."""
        knowledge = self._assistant.knowledge
        meant = [office for office in knowledge.gazetteer().offices() if office.id in offices]
        day = at.astimezone(LONDON).date()
        start, end = (datetime.combine(day + timedelta(days=days), time(0), LONDON) for days in (0, 1))
        with knowledge.store.unit_of_work(write=False) as work:
            closures = work.closures.find(start=start, end=end)
            watches = work.closures.find_watches(start=start, end=end)
        effects = {c.effect.value for c in closures if any(c.scope.includes(office) for office in meant)}
        if any(watch.scope.includes(office) for watch in watches for office in meant):
            effects.add(WATCH)
        return sorted(effects)
