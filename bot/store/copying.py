"""Copies of the whole database. A copy is a SQLite file, whichever database it is made from or put back into."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.store import schema
from bot.store.engine import sqlite_file
from bot.store.errors import StoreError
from bot.store.tables import metadata
from bot.store.unit_of_work import Store

ROWS_AT_ONCE = 1_000
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


def copy_out(store: Store, target: Path) -> None:
    """One state of the database into a new file that only its owner may read, while others write. Raises StoreError,
    OSError and sqlite3.Error."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = sqlite_file(store.engine)
    if source is not None:
        _copy_pages(source, target)
        return
    copy = file_store(target)
    try:
        copy.upgrade()
        with store.unit_of_work(write=False) as old, copy.unit_of_work() as new:
            _copy_rows(old.connection, new.connection)
    finally:
        copy.close()


def put_in_place(source: Path, store: Store) -> None:
    """A copy of this version in the place of all that the database holds. Raises StoreError where somebody else has
    the database open; then nothing is changed."""
    store.close()
    target = sqlite_file(store.engine)
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target) as alone, closing(sqlite3.connect(source)) as copy:
            copy.backup(alone)
        return
    copy_store = file_store(source)
    try:
        with copy_store.unit_of_work(write=False) as old, store.transaction(write=True) as connection:
            _check_alone(connection)
            schema.drop(connection)
            schema.upgrade(connection)
            _copy_rows(old.connection, connection)
    finally:
        copy_store.close()


def check_unused(store: Store) -> None:
    """Raises StoreError where somebody else has the database open."""
    store.close()
    file = sqlite_file(store.engine)
    if file is None:
        with store.transaction(write=False) as connection:
            _check_alone(connection)
    elif file.is_file():
        with _alone(file):
            pass


def file_store(file: Path) -> Store:
    """A copy, opened as a database of its own."""
    return Store(f"sqlite:///{file.resolve()}")


# SQLite


def _copy_pages(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


@contextmanager
def _alone(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, to ourselves. Whoever has a write-ahead log open holds a lock, at rest as well."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StoreError(f"{file} is in use: {_STOP}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{file} is not a SQLite database: move it away, and restore again") from error
        yield connection


_STOP = "stop the assistant, and whatever else has it open"

# PostgreSQL


def _check_alone(connection: Any) -> None:
    others = connection.execute(_OTHERS).scalar()
    if others:
        raise StoreError(f"the database is in use by {others} other connections: {_STOP}")


def _copy_rows(old: Any, new: Any) -> None:
    """Every row of ours, and the numbers up to which keys were given out: none is used again."""
    for table in metadata.sorted_tables:
        rows = old.execution_options(stream_results=True).execute(table.select())
        for some in rows.mappings().partitions(ROWS_AT_ONCE):
            new.execute(table.insert(), [dict(row) for row in some])
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement is True:
            _set_last(new, table.name, _last_of(old, table.name))


def _last_of(connection: Any, table: str) -> int:
    """The highest number that was given out as a key; 0 where none was."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table})
        return int(found.scalar() or 0)
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table}).scalar()
    last, is_called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
    return int(last) if is_called else 0


def _set_last(connection: Any, table: str, last: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        values = {"table": table, "last": last}
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values)
        return
    values = {"table": table, "last": max(last, 1), "is_called": last > 0}
    connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last, :is_called)"), values)
