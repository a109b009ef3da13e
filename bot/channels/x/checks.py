"""Asks X at once how accounts stand, beside whatever runs: counted in the same limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.x import limits
from bot.channels.x.accounts import Standing, State, XAccount, XSettings, check_all
from bot.channels.x.client import Client, open_session
from bot.services import quotas
from bot.store.unit_of_work import Store, UnitOfWork


async def check_now(store: Store, settings: XSettings, clock: Callable[[], datetime]) -> dict[str, Standing]:
    """How each account stands, by handle. Raises StoreError."""
    with store.unit_of_work() as work:
        ours = {account.handle for account in work.accounts.find_all()}
        waits = {account.handle: _take(work, account, clock()) for account in settings.accounts}
    allowed = [account for account in settings.accounts if not waits[account.handle]]
    async with open_session() as session:
        found = await check_all(allowed, lambda tokens: Client(tokens, session, clock, settings.base_url), ours)
    told = "its readings are used up for the moment: look again later"
    return {
        account.handle: found.get(account.handle) or Standing(State.WAITING, told, waits[account.handle])
        for account in settings.accounts
    }


def _take(work: UnitOfWork, account: XAccount, at: datetime) -> datetime | None:
    """None where it may be asked."""
    return quotas.take(work, [limits.reads_of(account.handle)], at=at) if account.tokens else None
