"""What every repository is made of: a connection, and the statements that SQL has no common words for.

Statements that every turn needs are made once, at the top of their module: SQLAlchemy takes longer to put one together
than the database to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.dml import Insert

from bot.store import tables


class InsertMissing(Insert):  # type: ignore[misc]
    """An INSERT that passes over rows which would break a unique key. Both databases write it alike; SQLAlchemy's own
    is one for each of them, and is put together anew each time."""

    inherit_cache = True


@compiles(InsertMissing)  # type: ignore[untyped-decorator]
def _compile_insert_missing(statement: Any, compiler: Any, **options: Any) -> str:
    return f"{compiler.visit_insert(statement, **options)} ON CONFLICT DO NOTHING"


OFFICES_REVISION = "offices"

Row = Mapping[str, Any]


class Repository:
    """One connection, inside a transaction that is somebody else's."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _execute(self, statement: Any, values: Row | Sequence[Row] | None = None) -> Any:
        return self._connection.execute(statement, values) if values else self._connection.execute(statement)

    def _rows(self, statement: Any, values: Row | None = None) -> list[Any]:
        """The rows, as mappings by column."""
        return list(self._execute(statement, values).mappings())

    def _add(self, table: Any, row: Row) -> int:
        """Insert the row; returns its number."""
        return int(self._connection.execute(table.insert(), row).inserted_primary_key[0])

    def _upsert(self, table: Any) -> Any:
        """An INSERT that knows `on_conflict_do_update`."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)

    def _put(self, table: Any, rows: Sequence[Row]) -> None:
        """Insert the rows, all with the same columns; those whose primary key is there replace it."""
        if not rows:
            return
        insert = self._upsert(table)
        keys = [column.name for column in table.primary_key]
        changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
        self._execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)

    def _add_missing(self, table: Any, rows: Sequence[Row]) -> None:
        """Insert those of the rows that break no unique key."""
        if rows:
            self._execute(InsertMissing(table).inline(), rows)

    def _add_if_missing(self, table: Any, row: Row) -> bool:
        """Insert the row unless it breaks a unique key; whether it did not."""
        return bool(self._execute(InsertMissing(table).inline(), row).rowcount)

    def _bump(self, name: str = OFFICES_REVISION) -> None:
        """Tell readers who keep a copy in memory that it is stale."""
        table = tables.revisions
        counted = self._upsert(table).values(name=name, number=1)
        self._execute(counted.on_conflict_do_update(index_elements=["name"], set_={"number": table.c.number + 1}))
