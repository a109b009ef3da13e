"""Asks the fake as any program would that signs with OAuth 1.0a: with requests, and nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests
from requests_oauthlib import OAuth1

from tests.fake_x.server import FakeX
from tests.fake_x.world import Account

SECONDS = 5


@dataclass(frozen=True)
class Caller:
    """One account's program. `late` is how far its clock is behind the fake's."""

    x: FakeX
    account: Account
    late: timedelta = timedelta()

    def get(self, path: str, **query: Any) -> requests.Response:
        """Dots in the names of parameters are written as "__"."""
        named = {name.replace("__", "."): value for name, value in query.items()}
        return self.ask("GET", path, params=named)

    def events(self, path: str = "/2/dm_events", **query: Any) -> list[dict[str, Any]]:
        """Of one page. Fails where there is none."""
        answer = self.get(path, **{"expansions": "sender_id", **query})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json().get("data", [])
        return found

    def send(self, to: str, text: str = "hello", **more: Any) -> requests.Response:
        """To the user of that id."""
        return self.ask("POST", f"/2/dm_conversations/with/{to}/messages", json={"text": text, **more})

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return requests.request(method, self.x.url + path, auth=self.signature(), timeout=SECONDS, **more)

    def signature(self, **other: str) -> OAuth1:
        """`other` replaces a key or a secret, or sets the nonce."""
        app, moment = self.x.world.app, self.x.clock() - self.late
        keys: Mapping[str, str] = {
            "client_key": app.consumer_key,
            "client_secret": app.consumer_secret,
            "resource_owner_key": self.account.token,
            "resource_owner_secret": self.account.token_secret,
            "timestamp": str(int(moment.timestamp())),
        }
        return OAuth1(**{**keys, **other})
