"""Copies of the whole database, and of what staff own in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.jobcentre.errors import BadInput
from bot.store import schema, tables
from bot.store.engine import sqlite_file
from bot.store.unit_of_work import Store, UnitOfWork

OWNED = (
    "offices",
    "office_names",
    "office_hours",
    "office_confirmations",
    "staff_days",
    "places",
    "postcodes",
    "accounts",
    "account_scopes",
    "closures",
    "closure_entities",
    "closure_versions",
    "contacts",
    "staff",
    "staff_accounts",
    "canned_replies",
    "settings",
    "statistics",
    "audit_events",
)
"""What staff made. Nothing in it was written by a member of the public."""
_SECRET = {"password_hash", "totp_secret", "invitation_hash", "invitation_expires_at", "session_version"}
_NOBODY_ELSES = ("console_", "secret_")
"""How settings begin with which the console signs its cookies and keeps what is on its way, and other keys."""


def export(work: UnitOfWork, *, at: datetime) -> dict[str, Any]:
    """Everything that staff own as JSON, table by table; no passwords, and nothing that people wrote."""
    found = {name: _rows(work, tables.metadata.tables[name]) for name in OWNED}
    return {"exported_at": at.isoformat(), "schema": schema.head(), "tables": found}


def _rows(work: UnitOfWork, table: Any) -> list[dict[str, Any]]:
    rows = work.connection.execute(table.select().order_by(*table.primary_key)).mappings()
    ours = (row for row in rows if not str(row.get("key", "")).startswith(_NOBODY_ELSES))
    return [{name: _json(value) for name, value in row.items() if name not in _SECRET} for row in ours]


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def back_up(store: Store, target: Path) -> None:
    """Copy the database to a new file while it is in use. Raises BadInput for a file that is there already or cannot be
    written, and on PostgreSQL, which has its own tools."""
    source = _file_of(store, "pg_dump --format=custom --file=BACKUP")
    store.check()
    if target.exists():
        raise BadInput(f"{target} is there already: name a new file")
    if not target.parent.is_dir():
        raise BadInput(f"there is no folder {target.parent}")
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(source, part)
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BadInput(f"{target} cannot be written: {error}") from error


def restore(store: Store, source: Path) -> None:
    """Put a copy in the place of the database, all of it at once. Raises BadInput for what is not a whole copy of one
    of ours, and on PostgreSQL."""
    target = _file_of(store, "pg_restore --clean --if-exists --dbname=DATABASE BACKUP")
    if not source.is_file():
        raise BadInput(f"there is no file {source}")
    if source.resolve() == target.resolve():
        raise BadInput(f"{source} is the database itself: name a backup")
    _check_copy(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    store.close()
    try:
        _copy(source, target)
    except sqlite3.Error as error:
        raise BadInput(f"{target} cannot be replaced: {error}") from error


def _file_of(store: Store, command: str) -> Path:
    file = sqlite_file(store.engine)
    if file is None:
        url = store.engine.url
        where = f"--host={url.host or 'localhost'} --username={url.username or 'USER'}"
        tool, _, rest = command.partition(" ")
        raise BadInput(f"PostgreSQL has its own tool for this: {tool} {where} {rest.replace('DATABASE', url.database)}")
    return file


def _check_copy(source: Path) -> None:
    """Raises BadInput unless the file is a sound database of this version or an earlier one."""
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA quick_check").fetchone()
            version = copy.execute(f"SELECT version_num FROM {schema.VERSION_TABLE}").fetchone()
    except sqlite3.Error as error:
        raise BadInput(f"{source} is not a backup of this database: {error}") from error
    if sound != ("ok",) or version is None:
        raise BadInput(f"{source} is damaged: choose another backup")
    if version[0] > schema.head():
        raise BadInput(f"{source} was made by a newer version of this program: install that version first")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
