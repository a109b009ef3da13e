"""What a channel has to remember between two starts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select

from bot.store import tables
from bot.store.repositories.repository import Repository

_STATE = tables.channel_state


class Channels(Repository):
    def get_state(self, account: str, key: str, default: Any = None) -> Any:
        """The JSON value, or the default where none is held."""
        query = select(_STATE.c.value).where(_STATE.c.account == account, _STATE.c.key == key)
        found = self._execute(query).first()
        return default if found is None else found[0]

    def lock_state(self, account: str, key: str) -> Any:
        """The value, None where none is held; nobody else changes it until this piece of work ends."""
        return self.lock_states([account], key)[account]

    def lock_states(self, accounts: Iterable[str], key: str) -> dict[str, Any]:
        """The same of several accounts, by account, in one question."""
        ordered = sorted(accounts)  # all lock them in one order
        self._add_missing(_STATE, [{"account": account, "key": key, "value": None} for account in ordered])
        of_them = select(_STATE.c.account, _STATE.c.value).where(_STATE.c.account.in_(ordered), _STATE.c.key == key)
        rows = self._execute(of_them.order_by(_STATE.c.account).with_for_update())
        return {account: value for account, value in rows}

    def find_states(self, keys: Collection[str]) -> dict[tuple[str, str], Any]:
        """Of every account, by account and key."""
        query = select(_STATE).where(_STATE.c.key.in_(list(keys)), _STATE.c.value.is_not(None))
        return {(row["account"], row["key"]): row["value"] for row in self._rows(query)}

    def put_state(self, account: str, key: str, value: Any) -> None:
        """The id of the last message seen, say."""
        self.put_states([account], key, value)

    def put_states(self, accounts: Iterable[str], key: str, value: Any) -> None:
        """The same for several accounts."""
        self._put(_STATE, [{"account": account, "key": key, "value": value} for account in sorted(accounts)])
