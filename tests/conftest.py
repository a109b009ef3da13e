"""Databases for tests. `store` is SQLite, for every room; `each_store` runs a test once on each database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.store.tables import metadata
from bot.store.unit_of_work import Store

POSTGRESQL = "JOBCENTRE_TEST_POSTGRESQL"
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and empty file: copying it is quicker than migrating anew."""
    file = tmp_path_factory.mktemp("template") / "jobcentre.db"
    store = Store(f"sqlite:///{file}")
    store.upgrade()
    store.close()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated and empty database of this test alone."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'jobcentre.db')}"


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The URL of a server in which databases may be made."""
    url = os.environ.get(POSTGRESQL)
    if not url:
        pytest.skip(f'{POSTGRESQL} names no PostgreSQL server: "scripts/postgresql.sh start" starts one and prints it')
    return url


@pytest.fixture(scope="session")
def postgresql_empty(postgresql_server: str) -> Iterator[str]:
    """A database without tables, of this worker alone; a test that uses it leaves it without."""
    with _database(postgresql_server, "empty") as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql_server: str) -> Iterator[str]:
    """A database with our tables, of this worker alone."""
    with _database(postgresql_server, "migrated") as url:
        store = Store(url)
        store.upgrade()
        store.close()
        yield url


@pytest.fixture
def postgresql_url(postgresql_migrated: str) -> str:
    """The same database, emptied."""
    store = Store(postgresql_migrated)
    with store.unit_of_work() as work:
        work.connection.exec_driver_sql(_emptying())
    store.close()
    return postgresql_migrated


def _emptying() -> str:
    """Statements that empty every table and count from 1 again: quicker than TRUNCATE, which makes new files."""
    tables = list(reversed(metadata.sorted_tables))
    counted = [table.name for table in tables if "id" in table.c and table.c.id.autoincrement is True]
    deletions = [f"DELETE FROM {table.name}" for table in tables]
    return "; ".join(
        deletions + [f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted]
    )


@pytest.fixture(params=DATABASES)
def each_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated and empty database, once for each of the two."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def each_store(each_url: str) -> Iterator[Store]:
    opened = Store(each_url)
    yield opened
    opened.close()


@contextmanager
def _database(server: str, purpose: str) -> Iterator[str]:
    """A database made for the block and dropped after it."""
    name = f"jobcentre_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    engine.dispose()


STRICT = "JOBCENTRE_STRICT"
"""Set by `.ci/run`: there a skipped test is a failure."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a strict run in which a test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get(STRICT) and skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{skipped} skipped, and {STRICT} allows none: the reasons stand below", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
