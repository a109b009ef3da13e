"""The engine: one way of beginning a transaction on each of the two databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from bot.store.errors import StoreError

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for the others: forty people at once on a slow machine are served, not refused."""
CONNECT_TIMEOUT_S = 5
_HELP = "write sqlite:///path/to/file.db or postgresql://user@host/database in JOBCENTRE_DATABASE_URL"


def open_engine(url: str) -> Any:
    """An engine that has not connected yet. Raises StoreError for a URL that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"the database URL cannot be read: {_HELP}") from error
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgresql(parsed)
    raise StoreError(f'"{parsed.get_backend_name()}" is not a database that works here: {_HELP}')


def sqlite_file(engine: Any) -> Path | None:
    """The file of a SQLite database; None on PostgreSQL."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" else None


def _open_sqlite(url: Any) -> Any:
    if not url.database or url.database == ":memory:" or url.query:
        raise StoreError(f"a SQLite database must be a plain file, or it is gone when the command ends: {_HELP}")
    # hide_parameters: people's words must not reach a log inside an error's text.
    engine = create_engine(
        url, future=True, hide_parameters=True, poolclass=QueuePool, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgresql(url: Any) -> Any:
    options = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_TIMEOUT_S}
    try:
        return create_engine(
            url,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            executemany_mode="values_plus_batch",  # an import of thousands of rows is else a journey for each
            connect_args=options,
        )
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(f"PostgreSQL is reached through psycopg2, not {url.drivername}: {_HELP}") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite would begin by itself, late and deferred
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        "secure_delete = ON",  # what is erased or redacted leaves the file, and not only the table
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """A writer takes the lock at once, so that what it has read cannot change before it writes."""
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
