"""Settings that staff change while it runs. Those of the process are in `bot.settings`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from bot.store import tables
from bot.store.repositories.repository import Repository

_SETTINGS = tables.settings


class SettingsKept(Repository):
    """Key to a JSON value."""

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default where none is held."""
        found = self._execute(select(_SETTINGS.c.value).where(_SETTINGS.c.key == key)).first()
        return default if found is None else found[0]

    def put(self, key: str, value: Any) -> None:
        self._put(_SETTINGS, [{"key": key, "value": value}])

    def remove(self, key: str) -> None:
        self._execute(delete(_SETTINGS).where(_SETTINGS.c.key == key))
