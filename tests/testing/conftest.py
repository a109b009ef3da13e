"""The kit on itself: one stage for all tests that play, and conversations written on the spot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.testing.page import BadScript
from bot.testing.reading import read
from bot.testing.run import known_world
from bot.testing.script import Conversation
from bot.testing.stage import Stage, ensure_model, make_world
from bot.testing.suite import Suite
from bot.testing.variations import World

Write = Callable[..., Path]
HEAD = "clock: 2026-11-19 10:30\nconversations:\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of conversations: a list of turns each, or a text as it stands."""

    def written(text: str, name: str = "talk.yml") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return written


@pytest.fixture
def turns(write: Write) -> Callable[[str], Conversation]:
    """A conversation of these turns, read."""

    def made(text: str) -> Conversation:
        lines = "".join(f"      {line}\n" for line in text.strip().splitlines())
        return read([write(f"{HEAD}  - name: one\n    turns:\n{lines}")]).conversations[0]

    return made


@pytest.fixture
def slips(write: Write) -> Callable[[str], str]:
    """What is wrong with a file, each slip in a line."""

    def found(text: str, name: str = "talk.yml") -> str:
        with pytest.raises(BadScript) as bad:
            read([write(text, name)])
        return str(bad.value)

    return found


@pytest.fixture(scope="session")
def sample_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    return make_world(Suite(folder).data, folder / "world.db")


@pytest.fixture(scope="session")
def places(sample_world: Path) -> World:
    return known_world(sample_world)


@pytest.fixture(scope="session")
def stage(sample_world: Path) -> Iterator[Stage]:
    ensure_model(Settings.read(os.environ))
    with Stage(sample_world) as opened:
        yield opened
