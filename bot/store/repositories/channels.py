"""What a channel has to remember between two starts."""

from __future__ import annotations

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

    def put_state(self, account: str, key: str, value: Any) -> None:
        """The id of the last message seen, say."""
        self._put(_STATE, [{"account": account, "key": key, "value": value}])
