"""The database, and the pieces of work done in it.

    store = Store(settings.database_url)
    with store.unit_of_work() as work:
        closures.publish(work, closure, by="Ann", at=now)

The piece of work is one transaction: kept when the block ends, undone when it raises. A writing one takes SQLite's
lock at once; a reading one (`write=False`) sees one state of the database throughout and cannot write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from bot.jobcentre.errors import Conflict
from bot.store import engine as engines
from bot.store import schema
from bot.store.errors import StoreError
from bot.store.repositories.accounts import Accounts
from bot.store.repositories.alarms import Alarms
from bot.store.repositories.audit import Audit
from bot.store.repositories.canned_replies import CannedReplies
from bot.store.repositories.channels import Channels
from bot.store.repositories.chores import Chores
from bot.store.repositories.closures import Closures
from bot.store.repositories.contacts import Contacts
from bot.store.repositories.conversations import Conversations
from bot.store.repositories.handoffs import Handoffs
from bot.store.repositories.messages import Messages
from bot.store.repositories.misses import Misses
from bot.store.repositories.offices import Offices
from bot.store.repositories.outbox import Outbox
from bot.store.repositories.outcomes import Outcomes
from bot.store.repositories.phrases import Phrases
from bot.store.repositories.places import Places
from bot.store.repositories.quotas import Quotas
from bot.store.repositories.retention import Retention
from bot.store.repositories.settings import SettingsKept
from bot.store.repositories.staff import StaffMembers
from bot.store.repositories.statistics import Statistics
from bot.store.repositories.viewers import Viewers


class UnitOfWork:
    """The repositories on one connection, inside one transaction."""

    def __init__(self, connection: Any, *, clock_is_fixed: bool = False, writes: bool = True) -> None:
        self.connection = connection
        self.offices = Offices(connection, writes=writes)
        self.accounts = Accounts(connection)
        self.places = Places(connection)
        self.closures = Closures(connection)
        self.contacts = Contacts(connection)
        self.conversations = Conversations(connection)
        self.messages = Messages(connection)
        self.misses = Misses(connection)
        self.phrases = Phrases(connection)
        self.outbox = Outbox(connection)
        self.handoffs = Handoffs(connection)
        self.viewers = Viewers(connection)
        self.canned_replies = CannedReplies(connection)
        self.alarms = Alarms(connection)
        self.outcomes = Outcomes(connection)
        self.audit = Audit(connection, clock_is_fixed=clock_is_fixed)
        self.staff = StaffMembers(connection)
        self.settings = SettingsKept(connection)
        self.statistics = Statistics(connection)
        self.channels = Channels(connection)
        self.quotas = Quotas(connection)
        self.retention = Retention(connection)
        self.chores = Chores(connection)


class Store:
    """The database of one process. Opening it does not connect; the first piece of work checks the tables."""

    def __init__(self, url: str, *, clock_is_fixed: bool = False) -> None:
        """Raises StoreError for a URL that cannot be used."""
        self.engine = engines.open_engine(url)
        self._clock_is_fixed = clock_is_fixed
        self._is_checked = False

    @contextmanager
    def unit_of_work(self, *, write: bool = True) -> Iterator[UnitOfWork]:
        """One transaction. Raises StoreError where the database is missing, out of date or out of reach."""
        if not self._is_checked:
            self.check()
        with self.transaction(write) as connection:
            yield UnitOfWork(connection, clock_is_fixed=self._clock_is_fixed, writes=write)

    def check(self) -> None:
        """Raises StoreError unless the database can be reached and has the tables of this version."""
        file = engines.sqlite_file(self.engine)
        if file is not None and not file.is_file():
            raise StoreError(f'there is no database at {file}: run "jobcentre db upgrade"')
        with self.transaction(write=False) as connection:
            schema.check(connection)
        self._is_checked = True

    def upgrade(self) -> None:
        """Make the tables, or bring them to this version; nothing of it stays if any of it fails."""
        self._make_folder()
        with self.transaction(write=True) as connection:
            schema.upgrade(connection)

    def reset(self) -> None:
        """Drop everything that is ours and make it anew, empty."""
        self._make_folder()
        with self.transaction(write=True) as connection:
            schema.drop(connection)
            schema.upgrade(connection)
        self.leave_no_trace()

    def leave_no_trace(self) -> None:
        """Empty SQLite's write-ahead log into the file, where what was erased is overwritten: after an erasure, and
        outside a transaction. A reader in its way is not waited for long; the next one empties it."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        self.engine.dispose()

    def _make_folder(self) -> None:
        file = engines.sqlite_file(self.engine)
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the folder {file.parent} cannot be made: {error.strerror}") from error

    @contextmanager
    def transaction(self, write: bool) -> Iterator[Any]:
        """The bare connection, whatever tables there are. Raises StoreError as `unit_of_work` does."""
        options: dict[str, Any] = {"writes": write}
        if self.engine.dialect.name == "postgresql" and not write:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except (OperationalError, InterfaceError) as error:
            raise StoreError(f"the database cannot be used: {_cause(error)}") from error
        except IntegrityError as error:
            if "foreign key" not in str(error.orig).lower():
                raise
            raise Conflict("what this belongs to was erased in the meantime") from error
        except DBAPIError as error:
            if "file is not a database" in str(error.orig):
                raise StoreError(f"{self.engine.url.database} is not a SQLite database") from error
            if "malformed" in str(error.orig):
                raise StoreError(f'{self.engine.url.database} is damaged: "jobcentre data restore" a backup') from error
            raise


def _cause(error: DBAPIError) -> str:
    """The driver's own first line. It names the server or the file, never a password or what was being written."""
    return str(error.orig).strip().split("\n")[0]
