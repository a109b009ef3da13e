"""A world for a turn: a database with the sample data, and an assistant on it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.assistant.turn import Assistant, Engine, Outcome, Said
from bot.jobcentre.answer import Answer
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Conversation, Direction, Incoming, Language, Message
from bot.jobcentre.handoff import Handoff
from bot.jobcentre.kinds import Kind
from bot.jobcentre.wording import Responses, load_responses
from bot.services import samples
from bot.services.knowledge import Knowledge, knowledge_at
from bot.settings import PROJECT
from bot.store.unit_of_work import Store

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=LONDON)
"""A Friday morning."""
ACCOUNT = "JCPinLeeds"
DATABASE, MODELS = "JOBCENTRE_DATABASE_URL", "JOBCENTRE_MODELS"


def models_folder() -> Path:
    """Where trained models are kept from one run of the tests to the next."""
    return Path(os.environ.get(MODELS) or PROJECT / "models")


def trained_model() -> Path:
    """The model of these sources, trained by whichever process comes first."""
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import train

    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return train(folder)


def find_trained() -> Path:
    """The model that `trained_model` left."""
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import find_model

    return find_model(models_folder())


@lru_cache(maxsize=1)
def responses() -> Responses:
    """Every sentence of the assistant."""
    return load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))


def load_sample(url: str) -> None:
    """Make the tables and put the sample data in."""
    store = Store(url)
    store.upgrade()
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=NOW)
    store.close()


class SqliteTemplate:
    """A file with the sample data, and how to put another back to it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        load_sample(f"sqlite:///{self._file}")
        self._copies = folder

    def new(self) -> str:
        """The URL of a database like it."""
        file = self._copies / f"{secrets.token_hex(4)}.db"
        shutil.copy(self._file, file)
        return f"sqlite:///{file}"

    def restore(self, url: str) -> None:
        """Nothing may be connected to it."""
        file = Path(str(make_url(url).database))
        for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            part.unlink(missing_ok=True)
        shutil.copy(self._file, file)

    def drop(self) -> None:
        """The temporary folder goes as a whole."""


class PostgresqlTemplate:
    """A database with the sample data, which the server copies in a moment."""

    def __init__(self, server: str) -> None:
        self._server, self._names = server, [f"jobcentre_turns_{os.getpid()}_{secrets.token_hex(3)}"]
        self._run(f'CREATE DATABASE "{self._names[0]}"')
        load_sample(self._url(self._names[0]))

    def new(self) -> str:
        name = f"{self._names[0]}_{len(self._names)}"
        self._names.append(name)
        url = self._url(name)
        self.restore(url)
        return url

    def restore(self, url: str) -> None:
        name = make_url(url).database
        self._run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{self._names[0]}"'
        )

    def drop(self) -> None:
        self._run(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self._names))

    def _url(self, name: str) -> str:
        return str(make_url(self._server).set(database=name).render_as_string(hide_password=False))

    def _run(self, *statements: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT", future=True)
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


Template = SqliteTemplate | PostgresqlTemplate


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """With these names in the environment, as they were before afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@dataclass
class World:
    """One database and the assistant on it. `clock` is the time of every message that names none."""

    url: str
    assistant: Assistant
    template: Template
    clock: datetime = NOW
    sent: int = 0

    @property
    def store(self) -> Store:
        return self.assistant.knowledge.store

    def restore(self) -> None:
        """The sample data again, and nothing else."""
        self.store.close()
        knowledge_at(self.url).store.close()
        self.template.restore(self.url)
        self.clock, self.sent = NOW, 0
        self.assistant.knowledge.gazetteer()

    def incoming(self, words: str, sender: str = "ann", **fields: Any) -> Incoming:
        self.sent += 1
        defaults = {"account": ACCOUNT, "message_id": f"m{self.sent}", "channel": "webchat"}
        at = fields.pop("at", self.clock)
        return Incoming(sender=sender, text=words, sent_at=at, at=at, **{**defaults, **fields})

    def send(self, words: str, sender: str = "ann", **fields: Any) -> Message:
        """Let a message in at the door; nobody answers it yet."""
        message = self.assistant.receive(self.incoming(words, sender, **fields))
        assert message is not None
        return message

    def say(self, words: str, sender: str = "ann", **fields: Any) -> Outcome:
        """Send a message and take its turn."""
        outcome = self.assistant.answer(self.incoming(words, sender, **fields))
        assert outcome is not None
        return outcome

    def later(self, **passed: float) -> None:
        self.clock += timedelta(**passed)

    def conversation(self, sender: str = "ann") -> Conversation:
        with self.store.unit_of_work(write=False) as work:
            return work.conversations.find_of_sender(sender)[0]

    def transcript(self, sender: str = "ann") -> list[Message]:
        conversation = self.conversation(sender)
        with self.store.unit_of_work(write=False) as work:
            return work.messages.transcript(conversation.id, limit=10_000)

    def replies(self, sender: str = "ann") -> list[str]:
        return [message.text for message in self.transcript(sender) if message.direction is Direction.OUT]

    def handoffs(self, sender: str = "ann") -> list[Handoff]:
        conversation = self.conversation(sender)
        with self.store.unit_of_work(write=False) as work:
            return work.handoffs.find_of(conversation.id)

    def claim(self, sender: str = "ann", by: str = "Rhys") -> None:
        """An adviser takes the conversation."""
        number = self.handoffs(sender)[-1].id
        with self.store.unit_of_work() as work:
            work.handoffs.claim(number, by=by, at=self.clock)


@dataclass
class EchoEngine:
    """An engine in place of Rasa: greets, counts its turns in the dialogue, and hands off where it is asked to."""

    responses: Responses
    heard: list[str] = field(default_factory=list)

    def say(self, conversation_id: str, words: str, dialogue: Mapping[str, Any], turn: Mapping[str, Any]) -> Said:
        self.heard.append(words)
        answers = (Answer("utter_greet", Kind.GREETING),)
        turns = int(dict(dialogue).get("turns", 0)) + 1
        return Said(f"{turns}: {words}", answers, Language.ENGLISH, {"turns": turns}, 1.0)

    def hear(self, words: str) -> tuple[str, ...]:
        return ()


@dataclass
class BrokenEngine:
    """An engine that fails as it is told to."""

    how: Callable[[str], Said]

    def say(self, conversation_id: str, words: str, dialogue: Mapping[str, Any], turn: Mapping[str, Any]) -> Said:
        return self.how(words)

    def hear(self, words: str) -> tuple[str, ...]:
        raise RuntimeError("deaf")


def assistant_with(url: str, engine: Engine, clock: Callable[[], datetime]) -> Assistant:
    return Assistant(Knowledge(Store(url)), engine, responses(), clock)


def real_engine(url: str, model: Path) -> Engine:
    """The trained model, reading that database."""
    with environment(**{DATABASE: url}):
        from bot.assistant.rasa_runner import RasaRunner

        return RasaRunner.load(model)


def personal(outcome: Outcome) -> str:
    """Everything that an outcome says, for searching."""
    return json.dumps([answer.to_dict() for answer in outcome.answers]) + (outcome.reply or "")


def kinds(outcome: Outcome) -> Sequence[str]:
    return [kind.value for kind in outcome.kinds]
