"""Members of staff, as an administrator adds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.jobcentre.errors import BadInput
from bot.services import accounts
from bot.store.records import Role, StaffMember
from bot.store.unit_of_work import UnitOfWork

__all__ = ["Role", "StaffMember", "add"]


def add(work: UnitOfWork, name: str, role: Role, handles: Sequence[str] = (), *, by: str, at: datetime) -> StaffMember:
    """Add a member of staff who sees those accounts, or all. They cannot sign in to the console until they are invited.

    Raises NotFound for an account that there is not, Conflict where the name is taken.
    """
    name = " ".join(name.split())
    if not name:
        raise BadInput("a member of staff needs a name")
    seen = tuple(dict.fromkeys(accounts.get(work, handle).handle for handle in handles))
    member = work.staff.add(StaffMember(name, role, accounts=seen))
    after = {"name": member.name, "role": role.value, "accounts": list(member.accounts)}
    work.audit.add(by=by, action="add", subject_type="staff", subject_id=str(member.id), at=at, after=after)
    return member
