"""Our accounts, and which offices each of them serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, literal, select, union_all, update

from bot.jobcentre.closure import Scope
from bot.jobcentre.conversation import Account, Language
from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation
from bot.store import tables
from bot.store.codecs import entities_of, scope_from
from bot.store.repositories.repository import Repository

_ACCOUNTS, _SCOPES, _OFFICES = tables.accounts, tables.account_scopes, tables.offices
_MATCHES = {"office": _OFFICES.c.id, "district": _OFFICES.c.district, "nation": _OFFICES.c.nation}


def account_key(handle: str) -> str:
    """A handle as it is looked up: without "@", and case does not matter."""
    return handle.strip().lstrip("@").casefold()


class Accounts(Repository):
    """Every change raises the revision of offices."""

    def put(self, account: Account, scope: Scope) -> None:
        """Add the account, or replace the one of that handle, with the offices, districts and nations that it serves.
        `account.offices` is not read: it follows from the scope. A pause and the settings stay as they were."""
        key = account_key(account.handle)
        row = {
            "key": key,
            "handle": account.handle.strip().lstrip("@"),
            "name": account.name,
            "nation": account.nation.value,
            "language": account.language.value,
        }
        if not self._execute(update(_ACCOUNTS).where(_ACCOUNTS.c.key == key).values(**row)).rowcount:
            self._execute(insert(_ACCOUNTS).values(**row, settings={}))
        self._set_scope(key, scope)
        self._bump()

    def get(self, handle: str) -> Account:
        """Raises NotFound."""
        found = self._find(_ACCOUNTS.c.key == account_key(handle))
        if not found:
            raise NotFound(_no_account(handle))
        return found[0]

    def find_all(self) -> list[Account]:
        """By handle."""
        return self._find(_ACCOUNTS.c.key == _ACCOUNTS.c.key)

    def get_scope(self, handle: str) -> Scope:
        """What it serves, as it was said. Raises NotFound."""
        self.get(handle)
        rows = self._execute(select(_SCOPES.c.kind, _SCOPES.c.value).where(_SCOPES.c.account == account_key(handle)))
        return scope_from((kind, value, False) for kind, value in rows)

    def find_scopes(self) -> dict[str, Scope]:
        """What each account serves, by handle, in one query."""
        query = select(_ACCOUNTS.c.handle, _SCOPES.c.kind, _SCOPES.c.value).join_from(_ACCOUNTS, _SCOPES, isouter=True)
        found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for handle, kind, value in self._execute(query):
            found[handle] += [(kind, value, False)] if kind else []
        return {handle: scope_from(entities) for handle, entities in found.items()}

    def pause(self, handle: str, *, by: str, at: datetime, reason: str) -> None:
        """The assistant is silent on it. Raises NotFound."""
        self._change(handle, is_paused=True, pause_reason=reason, paused_by=by, paused_at=at)

    def resume(self, handle: str) -> None:
        """Raises NotFound."""
        self._change(handle, is_paused=False, pause_reason="", paused_by=None, paused_at=None)

    def get_settings(self, handle: str) -> dict[str, Any]:
        """Raises NotFound."""
        query = select(_ACCOUNTS.c.settings).where(_ACCOUNTS.c.key == account_key(handle))
        found = self._execute(query).first()
        if found is None:
            raise NotFound(_no_account(handle))
        return dict(found[0])

    def find_settings(self) -> dict[str, dict[str, Any]]:
        """Of every account, by handle."""
        rows = self._execute(select(_ACCOUNTS.c.handle, _ACCOUNTS.c.settings).order_by(_ACCOUNTS.c.key))
        return {handle: dict(settings) for handle, settings in rows}

    def set_settings(self, handle: str, settings: Mapping[str, Any]) -> None:
        """Raises NotFound."""
        self._change(handle, settings=dict(settings))

    def _change(self, handle: str, **values: Any) -> None:
        change = update(_ACCOUNTS).where(_ACCOUNTS.c.key == account_key(handle)).values(**values)
        if not self._execute(change).rowcount:
            raise NotFound(_no_account(handle))
        self._bump()

    def _set_scope(self, key: str, scope: Scope) -> None:
        self._execute(delete(_SCOPES).where(_SCOPES.c.account == key))
        served = [(kind, value) for kind, value, _ in entities_of(scope) if kind in _MATCHES]
        if served:
            rows = [{"account": key, "kind": kind, "value": value} for kind, value in served]
            self._execute(insert(_SCOPES), rows)

    def _find(self, which: Any) -> list[Account]:
        """Two queries."""
        rows = self._rows(select(_ACCOUNTS).where(which).order_by(_ACCOUNTS.c.key))
        offices: dict[str, set[str]] = defaultdict(set)
        for key, office_id in self._execute(_served(which)) if rows else ():
            offices[key].add(office_id)
        return [_account(row, offices[row["key"]]) for row in rows]


def _served(which: Any) -> Any:
    """Account and office, for each way in which the one may serve the other."""
    keys = select(_ACCOUNTS.c.key).where(which)
    return union_all(
        *(
            select(_SCOPES.c.account, _OFFICES.c.id)
            .join_from(_SCOPES, _OFFICES, _SCOPES.c.value == column)
            .where(_SCOPES.c.kind == literal(kind), _SCOPES.c.account.in_(keys))
            for kind, column in _MATCHES.items()
        )
    )


def _account(row: Any, offices: set[str]) -> Account:
    return Account(
        handle=row["handle"],
        name=row["name"],
        nation=Nation(row["nation"]),
        language=Language(row["language"]),
        offices=tuple(sorted(offices)),
        is_paused=row["is_paused"],
        pause_reason=row["pause_reason"],
    )


def _no_account(handle: str) -> str:
    return f'there is no account "{handle}": "jobcentre accounts list" shows them'
