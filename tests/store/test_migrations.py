"""The migrations make the tables of `tables.py`, on both databases, and a wrong database is told from a right one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.store import schema
from bot.store.errors import StoreError
from bot.store.tables import metadata
from bot.store.unit_of_work import Store
from tests.builders import make_office
from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database without tables."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'new' / 'jobcentre.db'}")
        store._make_folder()
    else:
        store = Store(request.getfixturevalue("postgresql_empty"))
    yield store
    with store.transaction(write=True) as connection:
        schema.drop(connection)
    store.close()


def table_names(store: Store) -> set[str]:
    with store.transaction(write=True) as connection:
        return {name for name in inspect(connection).get_table_names() if not name.startswith("sqlite_")}


def test_migrations_make_every_table_and_can_be_run_again(empty_store: Store) -> None:
    empty_store.upgrade()
    empty_store.upgrade()
    assert table_names(empty_store) == {*metadata.tables, schema.VERSION_TABLE}
    empty_store.check()


def test_the_newest_migration_leaves_nothing_to_generate(empty_store: Store) -> None:
    empty_store.upgrade()
    with empty_store.transaction(write=True) as connection:
        assert compare_metadata(_comparison(connection), metadata) == []


def test_a_column_that_no_migration_makes_is_noticed(empty_store: Store) -> None:
    empty_store.upgrade()
    with empty_store.transaction(write=True) as connection:
        connection.execute(text("ALTER TABLE offices DROP COLUMN phone"))
        changes = compare_metadata(_comparison(connection), metadata)
    assert [change[0] for change in changes] == ["add_column"]


def test_migrations_can_be_undone(empty_store: Store) -> None:
    empty_store.upgrade()
    with empty_store.transaction(write=True) as connection:
        command.downgrade(_config(connection), "base")
    assert table_names(empty_store) <= {schema.VERSION_TABLE}
    empty_store.upgrade()
    empty_store.check()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = schema.upgrade

    def fail(connection: Any) -> None:
        upgrade(connection)
        raise RuntimeError("a later step failed")

    monkeypatch.setattr(schema, "upgrade", fail)
    with pytest.raises(RuntimeError, match="later step"):
        empty_store.upgrade()
    assert table_names(empty_store) == set()


def test_reset_empties_the_tables_and_leaves_those_of_others(empty_store: Store) -> None:
    empty_store.upgrade()
    with empty_store.unit_of_work() as work:
        work.offices.put([make_office()])
        work.connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    empty_store.reset()
    with empty_store.unit_of_work() as work:
        assert work.offices.find_all() == []
        work.connection.execute(text("DROP TABLE somebody_elses"))


@pytest.mark.parametrize(
    ("number", "message"),
    [
        pytest.param("0000", f'needs {schema.head()}: run "jobcentre db upgrade"', id="behind"),
        pytest.param("9999", "made by a newer version", id="ahead"),
    ],
)
def test_a_database_of_another_version_is_refused_with_what_to_do(
    empty_store: Store, number: str, message: str
) -> None:
    empty_store.upgrade()
    with empty_store.transaction(write=True) as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{number}'"))
    with pytest.raises(StoreError, match=message), empty_store.unit_of_work():
        pass


def test_upgrade_refuses_a_database_made_by_a_newer_version(empty_store: Store) -> None:
    empty_store.upgrade()
    with empty_store.transaction(write=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        empty_store.upgrade()


def test_a_database_without_tables_says_how_to_make_them(empty_store: Store) -> None:
    with empty_store.transaction(write=True) as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS somebody_elses (id INTEGER)"))
    with pytest.raises(StoreError, match='empty: run "jobcentre db upgrade"'):
        empty_store.check()
    with empty_store.transaction(write=True) as connection:
        connection.execute(text("DROP TABLE somebody_elses"))


def test_a_missing_file_is_reported_and_not_made(tmp_path: Path) -> None:
    file = tmp_path / "missing.db"
    with pytest.raises(StoreError, match=r'no database at .*missing.db: run "jobcentre db upgrade"'):
        Store(f"sqlite:///{file}").check()
    assert not file.exists()


def test_a_file_that_is_not_a_database_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are notes, and longer than the header of a database " * 10)
    with pytest.raises(StoreError, match="not a SQLite database"):
        Store(f"sqlite:///{file}").check()


def test_a_server_that_is_not_there_is_reported_without_the_password() -> None:
    store = Store("postgresql://jobcentre:secret@127.0.0.1:1/jobcentre")
    with pytest.raises(StoreError, match=r"cannot be used: .*127\.0\.0\.1") as error:
        store.check()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("not a url", "cannot be read", id="no URL"),
        pytest.param("", "cannot be read", id="nothing"),
        pytest.param("mysql://localhost/jobcentre", '"mysql" is not a database', id="other database"),
        pytest.param("postgres://localhost/jobcentre", '"postgres" is not a database', id="misspelt"),
        pytest.param("sqlite://", "must be a plain file", id="memory"),
        pytest.param("sqlite:///:memory:", "must be a plain file", id="memory, by name"),
        pytest.param("postgresql+pg8000://localhost/jobcentre", "through psycopg2", id="other driver"),
        pytest.param("postgresql://localhost:port/jobcentre", "cannot be read", id="port in words"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_with_how_to_write_it(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as error:
        Store(url)
    assert "JOBCENTRE_DATABASE_URL" in str(error.value)


def test_the_number_of_the_newest_migration_is_that_which_alembic_finds() -> None:
    assert schema.head() == ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()


def _comparison(connection: Any) -> MigrationContext:
    options = {"compare_type": True, "include_name": schema.is_ours}
    return MigrationContext.configure(connection, opts=options)


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    return config
