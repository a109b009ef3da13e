"""How much is asked, of what, with what outcome. Numbers alone: nothing in them is of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.dml import Insert

from bot.store import tables
from bot.store.repositories.repository import Repository

_STATISTICS = tables.statistics
_KEYS = [column.name for column in _STATISTICS.primary_key]


@dataclass(frozen=True)
class Tally:
    """How often one thing happened in one hour."""

    day: date
    hour: int
    """0 to 23, London time."""
    account: str
    kind: str
    outcome: str
    office_id: str = ""
    """The one office that it was about; empty where it was about none or several."""
    count: int = 1


class InsertAdding(Insert):  # type: ignore[misc]
    """An INSERT that adds its count to the row of the same key. Both databases write it alike; SQLAlchemy's own is one
    for each of them, and is put together anew each time."""

    inherit_cache = True


@compiles(InsertAdding)  # type: ignore[untyped-decorator]
def _compile_insert_adding(statement: Any, compiler: Any, **options: Any) -> str:
    inserting = compiler.visit_insert(statement, **options)
    return f"{inserting} ON CONFLICT ({', '.join(_KEYS)}) DO UPDATE SET count = statistics.count + excluded.count"


_ADD = InsertAdding(_STATISTICS).inline()


class Statistics(Repository):
    def add(self, *tallies: Tally) -> None:
        """Add their counts to what is held. In order of their keys: two that add at once never wait for each other."""
        rows = sorted((dict(vars(tally)) for tally in tallies), key=lambda row: [str(row[key]) for key in _KEYS])
        if rows:
            self._execute(_ADD, rows)

    def find(self, first: date, last: date) -> list[Tally]:
        """From the first day to the last, both included, in order."""
        query = select(_STATISTICS).where(_STATISTICS.c.day.between(first, last))
        rows = self._rows(query.order_by(*_STATISTICS.primary_key))
        return [Tally(**row) for row in rows]

    def count(
        self, first: date, last: date, by: Sequence[str], accounts: Collection[str] | None = None
    ) -> dict[tuple[Any, ...], int]:
        """How many in all from the first day to the last, both included, by those columns ("kind", "hour" …); on all
        accounts, or on those handles alone."""
        # For each way of counting an index has the rows of one key together, by day: they are added up as they stand
        # there. GROUP BY would sort all rows of those days first, which takes four times as long.
        columns = [_STATISTICS.c[name] for name in by]
        keys = select(*columns).distinct().subquery("keys")
        query = select(func.sum(_STATISTICS.c.count)).where(_STATISTICS.c.day.between(first, last))
        query = query.where(*(column == keys.c[column.name] for column in columns))
        if accounts is not None:
            query = query.where(_STATISTICS.c.account.in_(list(accounts)))
        rows = self._execute(select(keys, query.scalar_subquery()))
        return {tuple(key): int(number) for *key, number in rows if number}
