"""How much is asked, of what, with what outcome. Numbers alone: nothing in them is of a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from bot.store import tables
from bot.store.repositories.repository import Repository

_STATISTICS = tables.statistics


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
    count: int = 1


class Statistics(Repository):
    def add(self, tally: Tally) -> None:
        """Add its count to what is held."""
        insert = self._upsert(_STATISTICS)
        keys = [column.name for column in _STATISTICS.primary_key]
        total = {"count": _STATISTICS.c.count + insert.excluded.count}
        self._execute(insert.values(**asdict(tally)).on_conflict_do_update(index_elements=keys, set_=total))

    def find(self, first: date, last: date) -> list[Tally]:
        """From the first day to the last, both included, in order."""
        query = select(_STATISTICS).where(_STATISTICS.c.day.between(first, last))
        rows = self._rows(query.order_by(*_STATISTICS.primary_key))
        return [Tally(**row) for row in rows]
