"""How many calls a channel lets us make, and how many of them are left."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from bot.store import tables
from bot.store.records import Quota
from bot.store.repositories.repository import Repository, Row

_QUOTAS = tables.quotas


class Quotas(Repository):
    def lock(self, wanted: Sequence[Quota]) -> list[Quota]:
        """Those of the same accounts and windows as they are held, in the order given; those that are not held are
        from then on, as given. Nobody else changes them until this piece of work ends."""
        keys = sorted({(quota.account, quota.window) for quota in wanted})  # all lock them in one order
        given = {(quota.account, quota.window): _row(quota) for quota in wanted}
        self._add_missing(_QUOTAS, [given[key] for key in keys])
        held = {key: self._lock_one(*key) for key in keys}
        return [held[quota.account, quota.window] for quota in wanted]

    def put(self, quotas: Sequence[Quota]) -> None:
        self._put(_QUOTAS, [_row(quota) for quota in quotas])

    def find(self, accounts: Collection[str]) -> list[Quota]:
        """Those of the accounts, by account and window."""
        query = select(_QUOTAS).where(_QUOTAS.c.account.in_(list(accounts)))
        return [Quota(**row) for row in self._rows(query.order_by(_QUOTAS.c.account, _QUOTAS.c.window))]

    def _lock_one(self, account: str, window: str) -> Quota:
        query = select(_QUOTAS).where(_QUOTAS.c.account == account, _QUOTAS.c.window == window).with_for_update()
        return Quota(**self._rows(query)[0])


def _row(quota: Quota) -> Row:
    return dict(vars(quota))
