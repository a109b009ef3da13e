"""One account at work, as both the receiver and the sender know it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.channels.x.accounts import Standing, State, XAccount
from bot.channels.x.client import Client, Tokens


@dataclass
class Line:
    account: XAccount
    handle: str
    """As the store has it."""
    client: Client | None = None
    """None where it has no tokens."""
    id: str = ""
    """X's id of the account."""
    standing: Standing | None = None
    """None: not asked yet."""
    since: datetime | None = None
    """When it came to stand so."""
    checked_at: datetime | None = None
    is_held: bool = False
    """Whether this process speaks for it."""
    asks_at: datetime | None = None
    """When to look again at what does not work."""
    rests_until: datetime | None = None
    """Nothing is sent before then."""
    page_size: int = 0
    """How many events the first page should have to reach down to what is kept."""
    failures: int = 0
    """Of calls, in a row."""

    @property
    def is_ready(self) -> bool:
        return self.is_held and self.standing is not None and self.standing.is_ready

    def is_resting(self, at: datetime) -> bool:
        return self.rests_until is not None and at < self.rests_until

    def begin_again(self, account: XAccount, client: Client | None) -> None:
        """With other credentials: it is asked at once how it stands with them."""
        self.account, self.client, self.id = account, client, account.id or ""
        self.standing = self.asks_at = self.rests_until = None
        self.failures = 0

    def stand(self, standing: Standing, at: datetime) -> bool:
        """Whether that is new."""
        is_new = self.standing is None or self.standing.state is not standing.state
        self.standing = standing
        if is_new:
            self.since = at
        if standing.state is State.READY:
            self.failures, self.asks_at = 0, None
        return is_new


def key_of(tokens: Tokens) -> str:
    """Tells tokens from others without holding them."""
    words = "\n".join((tokens.consumer_key, tokens.access_token, tokens.access_token_secret))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
