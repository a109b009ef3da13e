"""All accounts at work: who may speak is asked, what is new is read, what is due is sent, each account for itself."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import aiohttp

from bot.assistant.reception import Reception
from bot.channels.answering import log_error
from bot.channels.x import limits
from bot.channels.x.accounts import Standing, State, XAccount, XSettings, check, standing_after
from bot.channels.x.books import Books
from bot.channels.x.client import Client, Tokens, open_session
from bot.channels.x.errors import NotAllowed, RateLimited, XError
from bot.channels.x.inbox import Inbox
from bot.channels.x.limits import CHANNEL
from bot.channels.x.line import Line, key_of
from bot.channels.x.receiving import Receiver
from bot.channels.x.sending import Sender, backoff
from bot.jobcentre.errors import JobcentreError
from bot.jobcentre.wording import Responses
from bot.services import channel_lines, leases, quotas
from bot.services.channel_lines import ALL, LineState
from bot.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

SENDS_EVERY, RENEWS_EVERY = 1.0, 15.0
"""Seconds between two looks at the outbox, and between two renewals of the leases."""
LEFT_BEHIND = timedelta(minutes=2)
"""An attempt of ours that began so long ago has ended, and its end was not kept."""
SPREAD = 20.0
"""Seconds over which the accounts begin."""
WAITS = 5.0
"""Seconds until an account that another process has, or that waits for the app, looks again."""
GOOD_FOR = timedelta(minutes=15)
"""For how long an account that was found ready is not asked again: a process that dies and starts in a loop would use
up its calls."""
ASKS_AFTER = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""When an account that may not speak is asked again: after the first time, the second, and from then on."""
APP_ASKS_EVERY = timedelta(minutes=15)
"""When all are stopped: one of them asks."""
UNREACHABLE_AFTER = 3
"""Failures in a row after which the account is said to be unreachable."""
ENDS_WITHIN = 5.0
"""Seconds that calls under way have when the process stops."""


@dataclass
class Switchboard:
    """The channel at work. The clock, the way to sleep and the dice are given, so that tests run days in seconds."""

    settings: XSettings
    reception: Reception
    responses: Responses
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    dice: random.Random = field(default_factory=random.Random)
    open: Callable[[], aiohttp.ClientSession] = open_session

    def __post_init__(self) -> None:
        self.by = secrets.token_hex(8)
        self.books = Books(self.reception.knowledge.store)
        self.lines = {line.handle: line for line in map(self._line, self.settings.accounts)}
        self.receiver = Receiver(
            self.books,
            Inbox(self.reception, self.responses),
            by=self.by,
            clock=self.clock,
            sleep=self.sleep,
            dice=self.dice,
        )
        self._stopped: Standing | None = None
        """What stops all accounts."""
        self.sender = Sender(
            self.books,
            self.lines,
            by=self.by,
            clock=self.clock,
            dice=self.dice,
            tell=self._tell_of_sending,
            is_stopped=lambda: self._stopped is not None,
        )
        self._app_asks_at: datetime | None = None
        self._session: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """For ever: until it is cancelled. Then what is under way ends, and other processes may take over at once."""
        await self.begin()
        loops = [self._renew(), self._send(), *(self._mind(line) for line in self.lines.values())]
        tasks = [asyncio.get_running_loop().create_task(loop) for loop in loops]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.end()

    async def begin(self) -> None:
        """Connect the accounts; nothing is asked yet."""
        self._session = self.open()
        for line in self.lines.values():
            if line.account.tokens:
                line.client = self._connect(line.account.tokens)
        await self.renew()

    async def end(self) -> None:
        await self.sender.finish(ENDS_WITHIN)
        held = [line.handle for line in self.lines.values() if line.is_held]
        try:
            await self.books.write(partial(leases.release, accounts=held, channel=CHANNEL, by=self.by))
        except JobcentreError as error:
            log.warning("x: the accounts are free in a minute: %s", error)
        if self._session:
            await self._session.close()
        self.books.close()

    def _line(self, account: XAccount) -> Line:
        known = self.reception.knowledge.account(account.handle)
        return Line(account, known.handle if known else account.handle, id=account.id or "")

    def _connect(self, tokens: Tokens) -> Client:
        assert self._session is not None
        return Client(tokens, self._session, self.clock, self.settings.base_url)

    # The loops

    async def _renew(self) -> None:
        while True:
            await self.sleep(RENEWS_EVERY)
            await self._guarded(self.renew())
            await self._guarded(self.reread())

    async def _send(self) -> None:
        while True:
            await self._guarded(self.sender.round())
            await self.sleep(SENDS_EVERY)

    async def _mind(self, line: Line) -> None:
        await self.sleep(self.dice.uniform(0, SPREAD))
        while True:
            await self.sleep(await self.turn(line))

    async def _guarded(self, work: Awaitable[object]) -> None:
        try:
            await work
        except JobcentreError as error:
            log.warning("x: %s", error)
        except Exception as error:
            log_error(error)

    async def renew(self) -> None:
        """Take and keep the accounts that no other process has. What was on its way when one came to us is in doubt."""
        now = self.clock()
        before = {line.handle for line in self.lines.values() if line.is_held}

        def take(work: UnitOfWork) -> set[str]:
            held = leases.take(work, self.lines, channel=CHANNEL, by=self.by, at=now)
            look_at = now + timedelta(seconds=5)
            work.outbox.doubt_all(held - before, channel=CHANNEL, before=now, look_at=look_at)
            work.outbox.doubt_all(held, channel=CHANNEL, before=now - LEFT_BEHIND, look_at=now)
            return held

        held = await self.books.write(take)
        for line in self.lines.values():
            line.is_held = line.handle in held

    async def reread(self) -> None:
        """While an account may not speak: the credentials as they stand now, so that mending them takes no restart.
        Raises BadInput where they cannot be read; then what was read before stays."""
        if self.settings.again is None or all(line.is_ready for line in self.lines.values()):
            return
        found = await asyncio.get_running_loop().run_in_executor(None, self.settings.again)
        given = {account.handle.casefold(): account for account in found.accounts} if found else {}
        for line in self.lines.values():
            account = given.get(line.account.handle.casefold(), line.account)
            if account != line.account:
                log.info("%s: its credentials have changed", line.handle)
                line.begin_again(account, self._connect(account.tokens) if account.tokens else None)
                self._app_asks_at = None

    # One account

    async def turn(self, line: Line) -> float:
        """Do for an account what is to be done now. Returns in how many seconds to come back. Raises nothing."""
        try:
            return await self._turn(line)
        except XError as error:
            return await self._after(line, error)
        except leases.LostLease:
            line.is_held = False
        except JobcentreError as error:
            log.warning("%s: %s", line.handle, error)
        except Exception as error:
            log_error(error)
        return WAITS + self.dice.uniform(0, WAITS)

    async def _turn(self, line: Line) -> float:
        now = self.clock()
        if not line.is_held:
            return WAITS
        if line.asks_at and now < line.asks_at:
            return min((line.asks_at - now).total_seconds(), 60.0)
        if self._is_app_resting(now):
            return WAITS
        if line.client is None or not (line.standing and line.standing.is_ready):
            await self._check(line)
        if line.client is None or not (line.standing and line.standing.is_ready):
            return WAITS
        pause = await self.receiver.read(line, line.client, self._ours())
        await self._works(line)
        return pause

    def _is_app_resting(self, now: datetime) -> bool:
        """Whether all are stopped; the one that comes when it is time asks for all."""
        if self._stopped is None:
            return False
        if self._app_asks_at and now < self._app_asks_at:
            return True
        self._app_asks_at = now + APP_ASKS_EVERY
        return False

    def _ours(self) -> set[str]:
        return {line.id for line in self.lines.values() if line.id}

    async def _check(self, line: Line) -> None:
        """Ask whose tokens these are, unless that was asked a short time ago. Raises XError for what stops all."""
        if await self._is_known_ready(line):
            return
        limit = limits.reads_of(line.handle)
        if line.account.tokens and (until := await self._take(limit)):
            await self._stand(line, Standing(State.WAITING, "the limit of readings is used up", until))
            return
        ours = {account.handle for account in await self.books.read(lambda work: work.accounts.find_all())}
        found = await check(line.account, self._connect, ours)
        line.checked_at = self.clock()
        if found.owner and found.is_ready:
            line.id = found.owner.id
        if found.state.is_of_all:
            await self._stop_all(found)
        else:
            await self._stand(line, found)

    async def _take(self, limit: quotas.Limit) -> datetime | None:
        return await self.books.write(lambda work: quotas.take(work, [limit], at=self.clock()))

    async def _is_known_ready(self, line: Line) -> bool:
        if line.account.tokens is None or line.standing is not None:
            return False
        kept = await self.books.read(lambda work: channel_lines.get_state(work, line.handle, channel=CHANNEL))
        if kept is None or kept.state != State.READY.value or kept.key != key_of(line.account.tokens):
            return False
        is_fresh = kept.checked_at is not None and self.clock() - kept.checked_at <= GOOD_FOR
        if not is_fresh or line.account.id not in (None, kept.id):
            return False
        line.id, line.checked_at, line.since = kept.id, kept.checked_at, kept.since
        line.standing = Standing(State.READY)
        return True

    async def _works(self, line: Line) -> None:
        """A reading has come to its end."""
        if self._stopped:
            log.warning("x: the accounts speak again")
            self._stopped = self._app_asks_at = None
            await self.books.write(partial(channel_lines.keep_state, account=ALL, state=None, channel=CHANNEL))
        line.failures = 0

    async def _after(self, line: Line, error: XError) -> float:
        """What a call that failed means for the account. Returns in how many seconds to come back."""
        found = standing_after(error)
        if found is None:
            return 60.0
        if found.state.is_of_all:
            await self._stop_all(found)
            return WAITS
        if isinstance(error, RateLimited):
            return max((error.until - self.clock()).total_seconds(), 1.0) + self.dice.uniform(0, WAITS)
        if found.state.is_passing and not isinstance(error, NotAllowed):
            line.failures += 1
            if line.failures < UNREACHABLE_AFTER:
                return backoff(line.failures, self.dice).total_seconds()
            await self._stand(line, found)
            return WAITS
        await self._stand(line, self._patient(found, error))
        return WAITS

    def _patient(self, standing: Standing, error: XError) -> Standing:
        """What X's own protection forbids is left alone for long, though time alone may mend it."""
        is_policy = isinstance(error, NotAllowed) and standing.state.is_passing
        return replace(standing, until=self.clock() + ASKS_AFTER[-1]) if is_policy else standing

    async def _stand(self, line: Line, standing: Standing) -> None:
        """From now on the account stands so. One that may not speak is asked again later."""
        now = self.clock()
        is_new = line.stand(standing, now)
        if not standing.is_ready:
            line.failures += 1
            line.asks_at = standing.until or now + self._asks_after(line, standing)
        if is_new:
            level = logging.INFO if standing.is_ready else logging.WARNING
            log.log(level, "%s: %s %s", line.handle, standing.state.value, standing.told)
        await self.books.write(partial(self._keep_state, line=line, standing=standing))

    def _asks_after(self, line: Line, standing: Standing) -> timedelta:
        if standing.state.is_passing:
            return backoff(line.failures, self.dice)
        return ASKS_AFTER[min(line.failures, len(ASKS_AFTER)) - 1]

    def _keep_state(self, work: UnitOfWork, line: Line, standing: Standing) -> None:
        key = key_of(line.account.tokens) if line.account.tokens else ""
        state = LineState(
            standing.state.value, standing.told, line.since, line.checked_at or self.clock(), line.asks_at, line.id, key
        )
        channel_lines.keep_state(work, line.handle, state, channel=CHANNEL)

    async def _stop_all(self, standing: Standing) -> None:
        now = self.clock()
        self._app_asks_at = now + APP_ASKS_EVERY
        if self._stopped and self._stopped.state is standing.state:
            return
        self._stopped = standing
        log.error("x: no account speaks: %s: %s", standing.state.value, standing.told)
        state = LineState(standing.state.value, standing.told, now, now, self._app_asks_at)
        await self.books.write(partial(channel_lines.keep_state, account=ALL, state=state, channel=CHANNEL))

    async def _tell_of_sending(self, line: Line, standing: Standing, error: XError) -> None:
        if standing.state.is_of_all:
            await self._stop_all(standing)
        else:
            await self._stand(line, self._patient(standing, error))
