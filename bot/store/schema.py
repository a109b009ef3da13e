"""Making, moving and emptying the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, inspect, text

from bot.store.errors import StoreError
from bot.store.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


def head() -> str:
    """The newest migration's number. Read from the file names: a question must not wait for Alembic's import."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def held(connection: Any) -> str | None:
    """The number of the migration that the database is at; None where it has none of our tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    number: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return number


def check(connection: Any) -> None:
    """Raises StoreError where the tables are missing, or not those of this version of the program."""
    number = held(connection)
    if number is None:
        raise StoreError('the database is empty: run "jobcentre db upgrade"')
    if number < head():
        raise StoreError(f'the database is at step {number} and needs {head()}: run "jobcentre db upgrade"')
    if number > head():
        raise StoreError(
            f"the database is at step {number}, made by a newer version of this program (which knows {head()}): "
            "install that version, or use another database"
        )


def upgrade(connection: Any) -> None:
    """Bring the tables to the newest migration, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    if (held(connection) or "") > head():
        check(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic is to compare it: not the tables that SQLite makes for itself."""
    return kind != "table" or not (name or "").startswith("sqlite_")


def drop(connection: Any) -> None:
    """Drop our tables, whatever version they are of, and no one else's."""
    there = MetaData()
    there.reflect(connection)
    ours = {*metadata.tables, VERSION_TABLE}
    there.drop_all(connection, tables=[table for table in there.sorted_tables if table.name in ours])
