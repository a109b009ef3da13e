"""What became of handoffs, in numbers. It stays when what people wrote is erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from sqlalchemy import select

from bot.jobcentre.handoff import HandoffReason, Priority
from bot.store import tables
from bot.store.records import Outcome
from bot.store.repositories.repository import Repository

_OUTCOMES = tables.handoff_outcomes


class Outcomes(Repository):
    def add(self, outcome: Outcome) -> None:
        self._add(_OUTCOMES, {**asdict(outcome), "reason": outcome.reason.value, "priority": outcome.priority.value})

    def find(self, first: date, last: date, accounts: Collection[str] | None = None) -> list[Outcome]:
        """Those of handoffs opened from the first day to the last, both included, on all accounts or those handles."""
        query = select(_OUTCOMES).where(_OUTCOMES.c.day.between(first, last)).order_by(_OUTCOMES.c.id)
        if accounts is not None:
            query = query.where(_OUTCOMES.c.account.in_(list(accounts)))
        return [
            Outcome(
                **{name: value for name, value in row.items() if name != "id"}
                | {"reason": HandoffReason(row["reason"]), "priority": Priority(row["priority"])}
            )
            for row in self._rows(query)
        ]
