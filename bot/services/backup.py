"""Copies of the whole database, made while it is in use and put back when it is lost.

A backup brings nothing back that was erased after it was made, as far as that is known: the database that it replaces
remembers what was erased on request, and what is older than it is kept goes at once.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.jobcentre.errors import BadInput
from bot.services import retention
from bot.services.retention import USUAL, Keeping
from bot.store import copying, schema
from bot.store.engine import sqlite_file
from bot.store.errors import StoreError
from bot.store.records import Erased, Marks
from bot.store.unit_of_work import Store, UnitOfWork

MADE_AT = "backup_made_at"
"""The setting of a backup that says when it was made."""


@dataclass(frozen=True)
class Restored:
    """What was done to a backup before it took the database's place."""

    made_at: datetime | None
    erased_again: Erased
    """What had been erased on request since it was made."""
    purged: Erased
    """What is older than it is kept."""
    is_complete: bool
    """Whether it is known what was erased since: the database that was replaced could be asked."""


def back_up(store: Store, target: Path, *, at: datetime) -> None:
    """Copy the database to a new SQLite file while it is in use. Raises StoreError; BadInput for a file that is there
    already or cannot be written."""
    store.check()
    if target.exists():
        raise BadInput(f"{target} is there already: name a new file")
    if not target.parent.is_dir():
        raise BadInput(f"there is no folder {target.parent}")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        copying.copy_out(store, part)
        _mark(part, at)
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise BadInput(f"{target} cannot be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def _mark(file: Path, at: datetime) -> None:
    copy = copying.file_store(file)
    with copy.unit_of_work() as work:
        work.settings.put(MADE_AT, at.isoformat())
    copy.close()
    with closing(sqlite3.connect(file)) as whole:  # one file, and no log beside it
        whole.execute("PRAGMA journal_mode = DELETE")


def restore(store: Store, source: Path, keeping: Keeping = USUAL, *, by: str, at: datetime) -> Restored:
    """Put a backup in the place of the database, all of it at once, on the tables of this version.

    Raises BadInput for what is not a whole backup of ours, or made by a newer version; StoreError where the database
    is in use. Then nothing is changed.
    """
    _check(store, source)
    copying.check_unused(store)
    marks = _marks_of(store)
    with tempfile.TemporaryDirectory(dir=_place_for(store)) as folder:
        file = Path(folder) / "restoring.db"
        try:
            with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(file)) as new:
                old.backup(new)
            restored = _prepare(file, marks, keeping, by, at)
            copying.put_in_place(file, store)
        except sqlite3.Error as error:
            raise BadInput(f"{source} cannot be put in place: {error}") from error
    return restored


def _check(store: Store, source: Path) -> None:
    """Raises BadInput unless the file is a sound database of this version or an earlier one, and another."""
    if not source.is_file():
        raise BadInput(f"there is no file {source}")
    target = sqlite_file(store.engine)
    if target is not None and source.resolve() == target.resolve():
        raise BadInput(f"{source} is the database itself: name a backup")
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


def _marks_of(store: Store) -> Marks | None:
    """What the database remembers of what was erased; None where it cannot be asked."""
    try:
        with store.unit_of_work(write=False) as work:
            return work.retention.get_marks()
    except StoreError:
        return None


def _place_for(store: Store) -> Path | None:
    """Where the copy is prepared: beside the file, else where the system has its temporary files."""
    file = sqlite_file(store.engine)
    if file is None:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.parent


def _prepare(file: Path, marks: Marks | None, keeping: Keeping, by: str, at: datetime) -> Restored:
    copy = copying.file_store(file)
    copy.upgrade()
    with copy.unit_of_work() as work:
        told = work.settings.get(MADE_AT)
        made_at = datetime.fromisoformat(told) if told else None
        work.settings.remove(MADE_AT)
        erased = _erase_again(work, marks, made_at, keeping, at)
        purged = retention.purge(work, keeping, by=by, at=at)
        after = {"made_at": told, "erased_again": erased.messages, "purged": purged.messages}
        work.audit.add(by=by, action="restore", subject_type="database", subject_id="", at=at, after=after)
    copy.leave_no_trace()
    copy.close()
    return Restored(made_at, erased, purged, is_complete=marks is not None)


def _erase_again(
    work: UnitOfWork, marks: Marks | None, made_at: datetime | None, keeping: Keeping, at: datetime
) -> Erased:
    if made_at is not None and made_at < at - timedelta(days=keeping.handoff_days):
        # Nobody knows any more what was erased since.
        return work.retention.erase_everybody(at=at)
    return work.retention.erase_again(marks, at=at) if marks else Erased(0, 0)
