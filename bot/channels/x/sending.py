"""Outbox to X: one message of an account at a time, within what X allows, and never twice without having looked."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.channels.answering import log_error
from bot.channels.x import limits
from bot.channels.x.accounts import Standing, State, standing_after
from bot.channels.x.books import Books
from bot.channels.x.client import Client
from bot.channels.x.errors import Misasked, NotAllowed, RateLimited, Unsure, XError
from bot.channels.x.inbox import is_of
from bot.channels.x.limits import CHANNEL
from bot.channels.x.line import Line
from bot.channels.x.rates import Scope, Windows
from bot.jobcentre.errors import JobcentreError
from bot.services import deliveries, leases, quotas, sends
from bot.services.deliveries import Begun, Sort
from bot.store.records import ToSend
from bot.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

LOOK_AT = 20
"""Events of a conversation in which a message in doubt is looked for."""
BACKOFF = (5.0, 300.0)
"""Seconds to wait after the first failure, and at most."""


def backoff(failures: int, dice: random.Random) -> timedelta:
    """Doubling, with jitter: those that failed together do not come back together."""
    first, most = BACKOFF
    return timedelta(seconds=min(first * 2 ** min(failures - 1, 10), most) * dice.uniform(0.5, 1.0))


def _is_of_one(error: XError) -> bool:
    """Whether it says something of one message or person alone."""
    return isinstance(error, Misasked) or standing_after(error) is None


class Sender:
    """For all accounts."""

    def __init__(
        self,
        books: Books,
        lines: Mapping[str, Line],
        *,
        by: str,
        clock: Callable[[], datetime],
        dice: random.Random,
        tell: Callable[[Line, Standing, XError], Awaitable[None]],
        is_stopped: Callable[[], bool],
    ) -> None:
        """`tell` is told how an account stands where a call has shown that it does not work;
        `is_stopped` says whether nothing may be sent at all."""
        self._books, self._lines, self._by = books, lines, by
        self._clock, self._dice, self._tell, self._is_stopped = clock, dice, tell, is_stopped
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._used_up: dict[tuple[str, bool], datetime] = {}
        """Until when an account has nothing left, of all or of what is not reserved."""

    async def round(self) -> list[asyncio.Task[None]]:
        """Begin what can be begun now: at most one call for each account. Returns the calls under way."""
        now = self._clock()
        free = [line.handle for line in self._lines.values() if self._is_free(line, now)]
        doubts, due = await self._books.read(
            lambda work: (
                work.outbox.find_in_doubt(now, channel=CHANNEL, accounts=free),
                deliveries.find_due(work, channel=CHANNEL, accounts=free, at=now),
            )
        )
        for one in doubts:
            self._begin(one, self._look, now)
        for one in due:
            until = self._used_up.get((one.conversation.account, deliveries.sort_of(one) is Sort.URGENT))
            if until is None or until <= now:
                self._begin(one, self._send, now)
        return list(self._busy.values())

    async def finish(self, seconds: float) -> None:
        """Let what is under way end; what does not is in doubt, and looked for after the next start."""
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=seconds)
        for task in list(self._busy.values()):
            task.cancel()

    def _begin(self, due: ToSend, do: Callable[[Line, Client, ToSend], Awaitable[None]], now: datetime) -> None:
        line = self._lines[due.conversation.account]
        if line.client is not None and self._is_free(line, now):
            task = asyncio.get_running_loop().create_task(self._guarded(line, do(line, line.client, due)))
            self._busy[line.handle] = task

    def _is_free(self, line: Line, now: datetime) -> bool:
        is_able = line.is_ready and not self._is_stopped() and not line.is_resting(now)
        return is_able and line.handle not in self._busy

    async def _guarded(self, line: Line, call: Awaitable[None]) -> None:
        """Whatever goes wrong is this account's alone."""
        try:
            await call
        except leases.LostLease:
            line.is_held = False
        except JobcentreError as error:
            self._rest(line)
            log.warning("%s: sending: %s", line.handle, error)
        except Exception as error:
            self._rest(line)
            log_error(error)
        finally:
            del self._busy[line.handle]

    # Sending

    async def _send(self, line: Line, client: Client, due: ToSend) -> None:
        begun = await self._books.write(partial(self._start, line=line, due=due))
        if begun.ask_again_at:
            self._used_up[line.handle, deliveries.sort_of(due) is Sort.URGENT] = begun.ask_again_at
        if not begun.is_sending:
            return
        client.rates.pop("send", None)
        try:
            number = await client.send(due.conversation.sender, due.message.text)
        except XError as error:
            await self._books.write(partial(self._keep_failure, line=line, due=due, error=error))
            await self._after(line, error)
            if isinstance(error, RateLimited):
                return
        else:
            line.failures = 0
            await self._books.write(
                partial(
                    deliveries.keep_sent,
                    message_id=due.message.id,
                    account=line.handle,
                    external_id=str(number),
                    at=self._clock(),
                )
            )
        told = client.rates.get("send")
        await self._books.write(partial(self._learn, account=line.handle, told=told))

    def _start(self, work: UnitOfWork, line: Line, due: ToSend) -> Begun:
        now = self._clock()
        leases.check(work, line.handle, channel=CHANNEL, by=self._by, at=now)
        return deliveries.begin(work, due, list(limits.sends_of(line.handle).values()), at=now)

    def _learn(self, work: UnitOfWork, account: str, told: Windows | None) -> None:
        now, counted = self._clock(), limits.sends_of(account)
        limits.learn(work, counted, told, at=now)
        held = work.quotas.lock([limit.begun() for limit in counted.values()])
        tightest = min(held, key=lambda quota: quota.remaining)
        if tightest.resets_at:
            sends.note_left(work, account, tightest.remaining, resets_at=tightest.resets_at)

    def _keep_failure(self, work: UnitOfWork, line: Line, due: ToSend, error: XError) -> None:
        """What becomes of the message."""
        now, counted, told = self._clock(), limits.sends_of(line.handle), str(error)
        if isinstance(error, Unsure):
            deliveries.keep_in_doubt(work, due, error=told, at=now)
        elif _is_of_one(error):
            is_closed = not isinstance(error, Misasked)
            deliveries.keep_failed(work, due, error=told, is_closed=is_closed, at=now)
        else:
            deliveries.keep_waiting(work, due.message.id, until=self._next_try(error, due, now), error=told)
        if isinstance(error, RateLimited):
            quotas.exhaust(work, counted[error.scope or Scope.ACCOUNT_QUARTER], until=error.until)
        elif error.status is None and not isinstance(error, Unsure):
            quotas.give_back(work, list(counted.values()))  # it never left

    def _next_try(self, error: XError, due: ToSend, now: datetime) -> datetime:
        if isinstance(error, RateLimited):
            return error.until
        return now + backoff(due.attempts + 1, self._dice)

    async def _after(self, line: Line, error: XError) -> None:
        """What becomes of the account."""
        if isinstance(error, (Unsure, RateLimited)) or _is_of_one(error):
            return
        standing = standing_after(error) or Standing(State.UNREACHABLE, str(error))
        if standing.state.is_passing and not isinstance(error, NotAllowed):
            self._rest(line)
        else:
            await self._tell(line, standing, error)

    def _rest(self, line: Line) -> None:
        line.failures += 1
        line.rests_until = self._clock() + backoff(line.failures, self._dice)

    # Looking for what is in doubt

    async def _look(self, line: Line, client: Client, due: ToSend) -> None:
        limit = limits.looks_of(line.handle)
        if await self._books.write(lambda work: quotas.take(work, [limit], at=self._clock())):
            await self._books.write(partial(deliveries.keep_unseen, due=due, at=self._clock()))
            return
        try:
            page = await client.read_with(due.conversation.sender, LOOK_AT)
        except XError as error:
            await self._books.write(partial(deliveries.keep_unseen, due=due, at=self._clock()))
            await self._after(line, error)
            return
        found = [event for event in page.events if event.sender == line.id and is_of(event, due)]
        await self._books.write(partial(self._keep_look, line=line, due=due, found=[(e.id, e.at) for e in found]))

    def _keep_look(self, work: UnitOfWork, line: Line, due: ToSend, found: list[tuple[int, datetime]]) -> None:
        known = work.messages.find_known(line.handle, [str(number) for number, _ in found])
        new = [(number, at) for number, at in found if str(number) not in known]
        if new:
            number, at = new[0]
            deliveries.keep_sent(work, due.message.id, account=line.handle, external_id=str(number), at=at)
        else:
            deliveries.keep_not_found(work, due, at=self._clock())
