"""What is held of offices and places, in memory: read again when the store says that it changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

from bot.jobcentre.conversation import Account
from bot.jobcentre.errors import NotFound
from bot.jobcentre.gazetteer import Gazetteer
from bot.store.unit_of_work import Store, UnitOfWork


class Knowledge:
    """The gazetteer and the accounts of one store. Never stale: each look asks for the store's revision first."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = Lock()
        self._revision: int | None = None
        self._gazetteer = Gazetteer(())
        self._accounts: dict[str, Account] = {}

    def gazetteer(self) -> Gazetteer:
        self._refresh()
        return self._gazetteer

    def account(self, handle: str | None) -> Account | None:
        """The account, by handle in any case, with or without @; None where there is none."""
        self._refresh()
        return self._accounts.get((handle or "").lstrip("@").casefold())

    def offices_of(self, handle: str | None) -> Sequence[str]:
        """Ids of the offices that the account serves; none where there is no such account."""
        account = self.account(handle)
        return account.offices if account else ()

    def _refresh(self) -> None:
        with self.store.unit_of_work(write=False) as work:
            revision = work.offices.revision()
            if revision != self._revision:
                with self._lock:
                    self._read(work)
                    self._revision = revision

    def _read(self, work: UnitOfWork) -> None:
        self._gazetteer = Gazetteer(work.offices.find_all(), work.places.find_all(), work.places.find_centres())
        self._accounts = {account.handle.casefold(): account for account in work.accounts.find_all()}


def get_account(knowledge: Knowledge, handle: str) -> Account:
    """Raises NotFound."""
    account = knowledge.account(handle)
    if account is None:
        raise NotFound(f"There is no account {handle}. `jobcentre accounts list` shows those there are.")
    return account


@lru_cache(maxsize=4)
def knowledge_at(database_url: str) -> Knowledge:
    """One Knowledge a process and database, so that Rasa's components, the actions and the edges share it."""
    return Knowledge(Store(database_url))
