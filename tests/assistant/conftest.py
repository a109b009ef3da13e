"""Worlds for turns: `world` runs the trained model on SQLite, `each_world` on each database, `quick` needs no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.assistant.worlds import (
    DATABASE,
    EchoEngine,
    PostgresqlTemplate,
    SqliteTemplate,
    Template,
    World,
    assistant_with,
    real_engine,
    responses,
    trained_model,
)
from tests.conftest import DATABASES


@pytest.fixture(scope="session")
def model() -> Path:
    return trained_model()


@pytest.fixture(scope="session")
def sqlite_sample(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def postgresql_sample(postgresql_server: str) -> Iterator[PostgresqlTemplate]:
    template = PostgresqlTemplate(postgresql_server)
    yield template
    template.drop()


def _new_world(template: Template, model: Path) -> World:
    url = template.new()
    world = World(url, assistant_with(url, EchoEngine(responses()), lambda: world.clock), template)
    world.assistant.engine = real_engine(url, model)
    return world


@pytest.fixture(scope="session")
def sqlite_world(sqlite_sample: SqliteTemplate, model: Path) -> World:
    return _new_world(sqlite_sample, model)


@pytest.fixture(scope="session")
def postgresql_world(postgresql_sample: PostgresqlTemplate, model: Path) -> World:
    return _new_world(postgresql_sample, model)


@pytest.fixture
def world(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The real assistant, on the sample data alone."""
    return _restored(sqlite_world, monkeypatch)


@pytest.fixture(params=DATABASES)
def each_world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same, once on each of the two databases."""
    return _restored(request.getfixturevalue(f"{request.param}_world"), monkeypatch)


def _restored(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv(DATABASE, world.url)
    world.restore()
    # A copy, for a test may break its assistant.
    copy = replace(world, assistant=replace(world.assistant))
    copy.assistant.clock = lambda: copy.clock
    return copy


@pytest.fixture
def quick(sqlite_sample: SqliteTemplate) -> Iterator[World]:
    """An assistant that answers in a moment, without a model: for what happens around the answer."""
    url = sqlite_sample.new()
    world = World(url, assistant_with(url, EchoEngine(responses()), lambda: world.clock), sqlite_sample)
    yield world
    world.store.close()
