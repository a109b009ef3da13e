"""Watching what the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.store.unit_of_work import Store, UnitOfWork


class Queries(list[tuple[str, Any]]):
    """Statements with their parameters, as the driver got them."""

    def plan(self, work: UnitOfWork) -> list[str]:
        """How SQLite would run them: one line for each step."""
        return [
            row[3]
            for statement, parameters in self
            for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    def scans(self, work: UnitOfWork) -> list[str]:
        """The steps that read a whole table or index, or sort what an index does not give in order."""
        return [step for step in self.plan(work) if step.startswith("SCAN") and "SUBQUERY" not in step]


@contextmanager
def recorded(store: Store) -> Iterator[Queries]:
    """What is asked inside the block, beginnings and pragmas apart."""
    queries = Queries()

    def record(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            queries.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", record)
    try:
        yield queries
    finally:
        event.remove(store.engine, "before_cursor_execute", record)
