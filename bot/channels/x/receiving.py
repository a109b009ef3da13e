"""X to inbox: one account's list is read down to what is kept already, and kept oldest first."""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.channels.x import events, limits
from bot.channels.x.books import Books
from bot.channels.x.client import Client
from bot.channels.x.errors import RateLimited
from bot.channels.x.events import Event
from bot.channels.x.inbox import Inbox, Kept, Page
from bot.channels.x.limits import CHANNEL
from bot.channels.x.line import Line
from bot.channels.x.rates import Scope
from bot.services import channel_lines, leases, quotas
from bot.services.channel_lines import Reading
from bot.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=10)
"""How far below the mark pages are turned back: X's lists are late now and then."""
SILENCE = timedelta(hours=2)
"""Without a good reading, after which what waits is a backlog and not a conversation."""
FIRST_REACH = timedelta(days=1)
"""How far back the first reading of an account goes: older messages are not even kept."""
PAGES = (5, 20, 100)
"""How many events a page has: an event costs money the first time on each day, so small ones come first. Where more had
to be read last time, the first page is as large: those events are paid for, and calls are few."""
PAGES_AT_MOST = 60
KEPT_AT_ONCE = 100
"""Events in one piece of work: others wait for the database meanwhile."""
EVERY = (75.0, 90.0)
"""Seconds between two readings where somebody wrote lately. X allows one in 60."""
LATELY = timedelta(hours=1)
SLOWER = 2.0
"""How much longer the pause is elsewhere: a first message waits three minutes at most."""


class Receiver:
    """For all accounts."""

    def __init__(
        self,
        books: Books,
        inbox: Inbox,
        *,
        by: str,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        dice: random.Random,
    ) -> None:
        """`by` names this process in the leases."""
        self._books, self._inbox, self._by = books, inbox, by
        self._clock, self._sleep, self._dice = clock, sleep, dice

    async def read(self, line: Line, client: Client, ours: Collection[str]) -> float:
        """Read what is new and keep it. Returns in how many seconds to read again.

        Raises XError where X did not let us, LostLease, StoreError: the mark is then where it was, or at the end of
        what is kept."""
        reading = await self._books.read(lambda work: channel_lines.get_reading(work, line.handle, channel=CHANNEL))
        began = self._clock()
        found = await self._gather(line, client, reading)
        after_silence = reading.good_at is None or began - reading.good_at > SILENCE
        page = Page(line.handle, line.id, found, ours, began, after_silence)
        parts = [found[start : start + KEPT_AT_ONCE] for start in range(0, len(found), KEPT_AT_ONCE)] or [[]]
        left: list[int] = []
        for part in parts:
            reading = await self._keep(page, part, reading, left, is_last=part is parts[-1])
        return self._pause(reading)

    async def _gather(self, line: Line, client: Client, reading: Reading) -> list[Event]:
        """Every event down to a little below the mark, oldest first: all of them before any is kept, as the newest come
        first."""
        now = self._clock()
        floor = events.id_at(now - FIRST_REACH if reading.mark is None else events.moment_of(reading.mark) - OVERLAP)
        found: dict[int, Event] = {}
        token: str | None = None
        for number in range(PAGES_AT_MOST):
            size = PAGES[min(number, len(PAGES) - 1)]
            page = await self._page(line, client, max(size, line.page_size) if number == 0 else size, token)
            found.update((event.id, event) for event in page.events if event.id >= floor)
            token = page.next_token
            if page.unreadable:
                log.warning("%s: %s events could not be read", line.handle, page.unreadable)
            if token is None or any(event.id < floor for event in page.events):
                line.page_size = min(len(found) + PAGES[0], PAGES[-1])
                return [found[number] for number in sorted(found)]
        log.warning("%s: more than %s pages of events; the oldest are passed over", line.handle, PAGES_AT_MOST)
        return [found[number] for number in sorted(found)]

    async def _page(self, line: Line, client: Client, size: int, token: str | None) -> events.Page:
        """As soon as the limit allows. A refusal for being too many is waited for where pages are behind us."""
        limit = limits.reads_of(line.handle)
        while True:
            await self._take(line)
            client.rates.pop("read", None)
            try:
                page = await client.read(size, token)
            except RateLimited as refused:
                await self._books.write(partial(quotas.exhaust, limit=limit, until=refused.until))
                if token is None:
                    raise
                continue
            told = {Scope.ACCOUNT_QUARTER: limit}
            await self._books.write(partial(limits.learn, limits=told, told=client.rates.get("read"), at=self._clock()))
            return page

    async def _take(self, line: Line) -> None:
        limit = limits.reads_of(line.handle)
        while until := await self._books.write(lambda work: quotas.take(work, [limit], at=self._clock())):
            await self._sleep(max((until - self._clock()).total_seconds(), 1.0))

    async def _keep(
        self, page: Page, part: list[Event], reading: Reading, left: list[int], *, is_last: bool
    ) -> Reading:
        """`left` gathers what can only be told later: the mark does not pass it, so that it is read again."""

        def keep(work: UnitOfWork) -> tuple[Kept, Reading]:
            now = self._clock()
            leases.check(work, page.account, channel=CHANNEL, by=self._by, at=now)
            kept = self._inbox.keep(work, page, part)
            left.extend(kept.left)
            newest = max([event.id for event in part], default=reading.mark or events.id_at(page.at - FIRST_REACH))
            after = replace(
                reading,
                mark=min(left) - 1 if left else max(newest, reading.mark or 0),
                good_at=page.at if is_last else reading.good_at,
                heard_at=part[-1].at if part else reading.heard_at,
            )
            channel_lines.keep_reading(work, page.account, after, channel=CHANNEL)
            return kept, after

        kept, after = await self._books.write(keep)
        if kept.is_redacted:
            await self._books.leave_no_trace()
        return after

    def _pause(self, reading: Reading) -> float:
        """Longer where nobody writes."""
        pause = self._dice.uniform(*EVERY)
        is_lively = reading.heard_at is not None and self._clock() - reading.heard_at <= LATELY
        return pause if is_lively else pause * SLOWER
