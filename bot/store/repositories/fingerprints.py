"""Keyed hashes: by them something is known again of which nothing else is kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets

from sqlalchemy import select

from bot.store import tables
from bot.store.repositories.repository import Repository

KEY = "secret_of_fingerprints"
"""The setting that holds the key. It never leaves the database but in a backup."""
_SETTINGS = tables.settings
_GET_KEY = select(_SETTINGS.c.value).where(_SETTINGS.c.key == KEY)


class Fingerprints(Repository):
    def of(self, *parts: str) -> str:
        """64 hexadecimal digits of HMAC-SHA-256. Makes the key at first: only in a piece of work that writes."""
        return hmac.new(self._key(), json.dumps(parts).encode(), hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        # Not a cached_property: before Python 3.12 all threads share its lock, while they wait for each other's rows.
        held = self._execute(_GET_KEY).scalar()
        if held is None:
            self._add_if_missing(_SETTINGS, {"key": KEY, "value": secrets.token_hex(32)})
            held = self._execute(_GET_KEY).scalar()
        return bytes.fromhex(held)
