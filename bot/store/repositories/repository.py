"""What every repository is made of: a connection, and the two statements that SQL has no common words for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from bot.store import tables

OFFICES_REVISION = "offices"

Row = Mapping[str, Any]


class Repository:
    """One connection, inside a transaction that is somebody else's."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _execute(self, statement: Any, rows: Sequence[Row] | None = None) -> Any:
        return self._connection.execute(statement, rows) if rows else self._connection.execute(statement)

    def _rows(self, statement: Any) -> list[Any]:
        """The rows, as mappings by column."""
        return list(self._connection.execute(statement).mappings())

    def _insert(self, table: Any) -> Any:
        """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)

    def _put(self, table: Any, rows: Sequence[Row]) -> None:
        """Insert the rows, all with the same columns; those whose primary key is there replace it."""
        if not rows:
            return
        insert = self._insert(table)
        keys = [column.name for column in table.primary_key]
        changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
        self._execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)

    def _add_missing(self, table: Any, rows: Sequence[Row]) -> None:
        """Insert those of the rows that break no unique key."""
        if rows:
            self._execute(self._insert(table).on_conflict_do_nothing(), rows)

    def _bump(self, name: str = OFFICES_REVISION) -> None:
        """Tell readers who keep a copy in memory that it is stale."""
        table = tables.revisions
        counted = self._insert(table).values(name=name, number=1)
        self._execute(counted.on_conflict_do_update(index_elements=["name"], set_={"number": table.c.number + 1}))
