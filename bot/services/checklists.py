"""The Six Point Plan, ticked off into the record of a handoff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.handoff import Handoff
from bot.jobcentre.six_points import Point
from bot.services.handoffs import AT_RISK
from bot.store.unit_of_work import UnitOfWork

_KEY = "six_points"


@dataclass(frozen=True)
class Step:
    """One step of the plan, and who did it when; None while nobody has."""

    point: Point
    by: str | None = None
    at: datetime | None = None


def is_wanted(handoff: Handoff) -> bool:
    """Whether the plan is for it: somebody may be at risk."""
    return handoff.reason in AT_RISK


def find(work: UnitOfWork, handoff_id: int) -> list[Step]:
    """All six, in their order. Raises NotFound."""
    ticked = work.handoffs.get_details(handoff_id).get(_KEY, {})
    return [
        Step(point, ticked[point.value]["by"], datetime.fromisoformat(ticked[point.value]["at"]))
        if point.value in ticked
        else Step(point)
        for point in Point
    ]


def tick(work: UnitOfWork, handoff_id: int, point: Point, *, is_done: bool = True, by: str, at: datetime) -> list[Step]:
    """Tick a step, or take the tick away; to do it twice changes nothing. Any adviser may, also afterwards.

    Raises NotFound; Conflict where somebody ticked another at the same moment: try again.
    """
    handoff = work.handoffs.get(handoff_id)
    details = work.handoffs.get_details(handoff_id)
    ticked = dict(details.get(_KEY, {}))
    if is_done is (point.value in ticked):
        return find(work, handoff_id)
    if is_done:
        ticked[point.value] = {"by": by, "at": at.isoformat()}
    else:
        del ticked[point.value]
    work.handoffs.set_details(handoff_id, {**details, _KEY: ticked}, expected_version=handoff.version)
    action = "tick" if is_done else "untick"
    after = {"point": point.value}
    work.audit.add(by=by, action=action, subject_type="handoff", subject_id=str(handoff_id), at=at, after=after)
    return find(work, handoff_id)
