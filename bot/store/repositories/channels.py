"""What a channel has to remember between two starts."""

from __future__ import annotations

from collections.abc import Collection
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
        self._add_missing(_STATE, [{"account": account, "key": key, "value": None}])
        query = select(_STATE.c.value).where(_STATE.c.account == account, _STATE.c.key == key).with_for_update()
        return self._execute(query).scalar()

    def find_states(self, keys: Collection[str]) -> dict[tuple[str, str], Any]:
        """Of every account, by account and key."""
        query = select(_STATE).where(_STATE.c.key.in_(list(keys)), _STATE.c.value.is_not(None))
        return {(row["account"], row["key"]): row["value"] for row in self._rows(query)}

    def put_state(self, account: str, key: str, value: Any) -> None:
        """The id of the last message seen, say."""
        self._put(_STATE, [{"account": account, "key": key, "value": value}])
