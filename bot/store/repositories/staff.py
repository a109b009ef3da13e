"""Members of staff, and the accounts that each of them sees."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.jobcentre.errors import Conflict, NotFound
from bot.store import tables
from bot.store.records import Role, StaffMember
from bot.store.repositories.accounts import account_key
from bot.store.repositories.repository import Repository

_KEPT_AS_IT_IS = (
    "email",
    "password_hash",
    "totp_secret",
    "is_active",
    "invited_at",
    "invited_by",
    "invitation_hash",
    "invitation_expires_at",
    "last_sign_in_at",
    "failed_sign_ins",
    "locked_until",
    "session_version",
)
_STAFF, _STAFF_ACCOUNTS, _ACCOUNTS = tables.staff, tables.staff_accounts, tables.accounts


class StaffMembers(Repository):
    """Names are unique, and case does not matter in them."""

    def add(self, member: StaffMember) -> StaffMember:
        """Returns the member with their number. Raises Conflict where the name is taken."""
        if not self._add_if_missing(_STAFF, _row(member)):
            raise Conflict(f"there is a member of staff called {member.name} already, or one with that email address")
        kept = self.get(member.name)
        self._set_accounts(kept.id, member.accounts)
        return self.get(member.name)

    def save(self, member: StaffMember) -> None:
        """Replace what is held of the member of that number. Raises NotFound."""
        if not self._execute(update(_STAFF).where(_STAFF.c.id == member.id).values(**_row(member))).rowcount:
            raise NotFound(_nobody(member.name))
        self._set_accounts(member.id, member.accounts)

    def get(self, name: str) -> StaffMember:
        """Raises NotFound."""
        found = self._find(_STAFF.c.key == _key(name))
        if not found:
            raise NotFound(_nobody(name))
        return found[0]

    def hold(self, name: str) -> StaffMember:
        """As `get`; until this piece of work ends nobody else changes what is held of them."""
        found = self._find(_STAFF.c.key == _key(name), is_held=True)
        if not found:
            raise NotFound(_nobody(name))
        return found[0]

    def get_by_id(self, number: int) -> StaffMember:
        """Raises NotFound."""
        found = self._find(_STAFF.c.id == number)
        if not found:
            raise NotFound(f"there is no member of staff with the number {number}")
        return found[0]

    def find_invited(self, invitation_hash: str) -> list[StaffMember]:
        """Whoever the link with that hash is for: one or nobody."""
        return self._find(_STAFF.c.invitation_hash == invitation_hash)

    def find_all(self) -> list[StaffMember]:
        """By name."""
        return self._find(_STAFF.c.key == _STAFF.c.key)

    def _find(self, which: Any, *, is_held: bool = False) -> list[StaffMember]:
        query = select(_STAFF).where(which).order_by(_STAFF.c.key)
        rows = self._rows(query.with_for_update() if is_held else query)
        seen = select(_STAFF_ACCOUNTS.c.staff_id, _ACCOUNTS.c.handle).join_from(_STAFF_ACCOUNTS, _ACCOUNTS)
        seen = seen.where(_STAFF_ACCOUNTS.c.staff_id.in_([row["id"] for row in rows])).order_by(_ACCOUNTS.c.key)
        accounts = defaultdict(list)
        for number, handle in self._execute(seen):
            accounts[number].append(handle)
        return [_member(row, tuple(accounts[row["id"]])) for row in rows]

    def _set_accounts(self, number: int, handles: tuple[str, ...]) -> None:
        self._execute(delete(_STAFF_ACCOUNTS).where(_STAFF_ACCOUNTS.c.staff_id == number))
        rows = [{"staff_id": number, "account": key} for key in dict.fromkeys(map(account_key, handles))]
        if rows:
            self._execute(insert(_STAFF_ACCOUNTS), rows)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _row(member: StaffMember) -> dict[str, Any]:
    return {
        "key": _key(member.name),
        "name": " ".join(member.name.split()),
        "role": member.role.value,
        **{name: getattr(member, name) for name in _KEPT_AS_IT_IS},
        "settings": {"last_code_step": member.last_code_step} if member.last_code_step else {},
    }


def _member(row: Any, accounts: tuple[str, ...]) -> StaffMember:
    return StaffMember(
        name=row["name"],
        role=Role(row["role"]),
        accounts=accounts,
        last_code_step=row["settings"].get("last_code_step", 0),
        id=row["id"],
        **{name: row[name] for name in _KEPT_AS_IT_IS},
    )


def _nobody(name: str) -> str:
    return f'there is no member of staff called "{name}"'
