"""What is held of offices and places, in memory: read again when the store says that it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from bot.jobcentre.conversation import Account
from bot.jobcentre.gazetteer import Gazetteer
from bot.store.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True)
class Held:
    """The gazetteer and the accounts as the store had them at one moment."""

    gazetteer: Gazetteer
    accounts: Mapping[str, Account]

    def account(self, handle: str | None) -> Account | None:
        """The account, by handle in any case, with or without @; None where there is none."""
        return self.accounts.get((handle or "").lstrip("@").casefold())

    def offices_of(self, handle: str | None) -> Sequence[str]:
        """Ids of the offices that the account serves; none where there is no such account."""
        account = self.account(handle)
        return account.offices if account else ()


class Knowledge:
    """The gazetteer and the accounts of one store. Never stale: each look asks for the store's revision first."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = Lock()
        self._revision: int | None = None
        self._held = Held(Gazetteer(()), {})

    def held(self, work: UnitOfWork | None = None) -> Held:
        """All at once, for whoever needs several things of one moment: each look is a transaction. A piece of work that
        is open already saves it, if it only reads: others should not wait while the gazetteer is made."""
        if work is None:
            with self.store.unit_of_work(write=False) as reading:
                return self._read(reading)
        return self._read(work)

    def gazetteer(self) -> Gazetteer:
        return self.held().gazetteer

    def account(self, handle: str | None) -> Account | None:
        """The account, by handle in any case, with or without @; None where there is none."""
        return self.held().account(handle)

    def offices_of(self, handle: str | None) -> Sequence[str]:
        """Ids of the offices that the account serves; none where there is no such account."""
        return self.held().offices_of(handle)

    def forget(self) -> None:
        """Read all again at the next look: another database stands in the store's place, whatever its revision."""
        with self._lock:
            self._revision = None

    def _read(self, work: UnitOfWork) -> Held:
        revision = work.offices.revision()
        with self._lock:
            if revision != self._revision:
                gazetteer = Gazetteer(work.offices.find_all(), work.places.find_all(), work.places.find_centres())
                self._held = Held(gazetteer, {a.handle.casefold(): a for a in work.accounts.find_all()})
                self._revision = revision
            return self._held


@lru_cache(maxsize=4)
def knowledge_at(database_url: str) -> Knowledge:
    """One Knowledge a process and database, so that Rasa's components, the actions and the edges share it."""
    return Knowledge(Store(database_url))
