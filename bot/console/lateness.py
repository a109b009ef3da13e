"""Who waits too long for an adviser, as Today says it; and what stands in the way of anybody noticing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import access, cases
from bot.console.desk import me, now
from bot.console.pages.inbox import seen_accounts
from bot.services import alarms, inbox, staffing
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Lateness:
    lines: Sequence[cases.Line]
    """Those past their target, urgent first."""
    without_night_contact: Sequence[str]
    """Handles of accounts of which nobody is told at night; for administrators, who can change it."""
    failing: int
    """Alarms that could not be sent so far; for administrators."""

    @property
    def urgent(self) -> int:
        return sum(line.is_urgent for line in self.lines)


def look(work: UnitOfWork) -> Lateness:
    """Of the accounts that whoever is signed in sees."""
    late = [one.case.handoff for one in alarms.find_late(work, at=now(), accounts=seen_accounts(work))]
    is_administrator = access.may("administrator")
    return Lateness(
        [cases.line(entry, now()) for entry in inbox.entries(work, late)],
        [one for one in staffing.without_night_contact(work) if me().may_see(one)] if is_administrator else (),
        len(alarms.find_failing(work)) if is_administrator else 0,
    )
