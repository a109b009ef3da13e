"""The real assistant, with the trained model, on a database that has the sample data."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.assistant.turn import Assistant, Outcome
from bot.cli import cli
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Incoming
from bot.services import samples
from bot.settings import PROJECT, Settings
from bot.store.unit_of_work import Store

DATABASE, NOW = "JOBCENTRE_DATABASE_URL", "JOBCENTRE_NOW"
LOADED_AT = datetime(2026, 11, 2, 9, 0, tzinfo=LONDON)


@dataclass
class Stage:
    """Where a conversation is played: the assistant, its database, and staff at their terminal."""

    assistant: Assistant
    database: Path
    template: Path
    messages: int = 0

    def clear(self) -> None:
        """The sample data again, and nothing else."""
        self.assistant.knowledge.store.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.database)
        self.assistant.knowledge.gazetteer()

    def command(self, words: str, at: datetime) -> None:
        """What staff type after `jobcentre`, their clock standing at that time."""
        result = CliRunner().invoke(cli, shlex.split(words), env={NOW: at.isoformat()}, prog_name="jobcentre")
        assert result.exit_code == 0, f"jobcentre {words}\n{result.output}"

    def say(self, words: str, account: str, at: datetime) -> Outcome:
        self.messages += 1
        incoming = Incoming(
            account=account,
            sender="a person",
            text=words,
            sent_at=at,
            message_id=f"message {self.messages}",
            channel="webchat",
            at=at,
        )
        self.assistant.clock = lambda: at
        outcome = self.assistant.answer(incoming)
        assert outcome is not None, "another turn holds the conversation"
        return outcome


def _sample(file: Path) -> Path:
    store = Store(f"sqlite:///{file}")
    store.upgrade()
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=LOADED_AT)
    store.close()
    return file


def _trained(models: Path) -> None:
    """Train unless another process has, or is just doing so."""
    from bot.assistant.loading import quiet

    quiet()
    from bot.assistant.training import train

    models.mkdir(parents=True, exist_ok=True)
    with (models / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        train(models)


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    from bot.assistant.loading import load_assistant

    folder = tmp_path_factory.mktemp("conversations")
    template, database = _sample(folder / "sample.db"), folder / "jobcentre.db"
    shutil.copy(template, database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATABASE, f"sqlite:///{database}")
        settings = Settings.read(os.environ)
        _trained(settings.models)
        return Stage(load_assistant(settings), database, template)


@pytest.fixture
def stage(whole_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage on which nothing has been said or published."""
    monkeypatch.setenv(DATABASE, f"sqlite:///{whole_stage.database}")
    monkeypatch.delenv(NOW, raising=False)
    whole_stage.clear()
    return whole_stage
