"""`server` is one real server for all tests of the web chat; each test brings persons of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.worlds import SqliteTemplate, trained_model
from tests.channels.servers import Person, Server, running


@pytest.fixture(scope="session")
def models() -> Path:
    return trained_model().parent


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("webchat"))


@pytest.fixture(scope="session")
def server(sample: SqliteTemplate, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(sample.new(), models, tmp_path_factory.mktemp("server")) as running_server:
        yield running_server


@pytest.fixture
def person(server: Server) -> Person:
    return server.person()
