"""The channel at work against the fake X, step by step: read, answer, send; killed, and started again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp

from bot.assistant.reception import Reception
from bot.assistant.turn import Assistant
from bot.channels.x.accounts import XAccount, XSettings
from bot.channels.x.client import Tokens, open_session
from bot.channels.x.limits import CHANNEL
from bot.channels.x.line import Line
from bot.channels.x.switchboard import Switchboard
from bot.jobcentre.closure import Scope
from bot.jobcentre.conversation import Author, Conversation, Direction, Language, Message, MessageState
from bot.jobcentre.handoff import Handoff
from bot.services import accounts, channel_lines
from bot.services.channel_lines import Line as LineReport
from bot.store.unit_of_work import Store
from tests.fake_x import FakeX
from tests.fake_x.clock import Clock
from tests.fake_x.limits import READS, SENDS

Told = TypeVar("Told")
TIMEOUT = aiohttp.ClientTimeout(total=2, connect=2)


@dataclass
class Desk:
    """Our side of X, on one clock with it. `kill` leaves everything as a killed process would."""

    x: FakeX
    clock: Clock
    assistant: Assistant
    handles: tuple[str, ...] = ("JCPinLeeds", "JCPinYork")
    seed: int = 1
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    board: Switchboard = field(init=False)
    _boards: list[Switchboard] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.assistant.knowledge.store

    def start(self) -> Desk:
        self.board = self.new_board()
        self.does(self.board.begin())
        return self

    def new_board(self) -> Switchboard:
        board = Switchboard(
            XSettings(tuple(map(self._account, self.handles)), self.x.url),
            Reception(self.assistant.knowledge),
            self.assistant.responses,
            self.clock,
            sleep=self._sleep,
            dice=random.Random(self.seed),
            open=lambda: open_session(TIMEOUT),
        )
        self._boards.append(board)
        return board

    def kill(self) -> None:
        """Nothing is given back, nothing ended."""

    def restart(self) -> None:
        """After a kill: another process, once the accounts are free."""
        self.clock.advance(61)
        self.start()

    def close(self) -> None:
        for board in self._boards:
            if board._session:
                self.does(board._session.close())
            board.books.close()
        self.loop.close()
        self.store.close()

    def does(self, work: Awaitable[Told]) -> Told:
        return self.loop.run_until_complete(work)  # type: ignore[arg-type]

    async def _sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.board.renew()

    def _account(self, handle: str) -> XAccount:
        app, account = self.x.world.app, self.x.world.account_of_name(handle)
        tokens = Tokens(app.consumer_key, app.consumer_secret, account.token, account.token_secret)
        return XAccount(handle, account.id, tokens)

    # Steps

    def line(self, handle: str = "JCPinLeeds") -> Line:
        return self.board.lines[handle]

    def read(self, handle: str = "JCPinLeeds") -> float:
        self.does(self.board.renew())
        return self.does(self.board.turn(self.line(handle)))

    def read_all(self) -> None:
        for handle in self.handles:
            self.read(handle)

    def answer(self) -> int:
        """How many turns there were."""
        turns = 0
        while self.assistant.take_turn():
            turns += 1
        return turns

    def send(self) -> None:
        """All that can be sent now."""
        self.does(self.board.renew())
        while tasks := self.does(self.board.sender.round()):
            self.does(asyncio.wait(tasks))

    def work(self) -> None:
        """Read, answer, send."""
        self.read_all()
        self.answer()
        self.send()

    def later(self, *, every: float = 90.0, **time: float) -> None:
        """Pass some time, at work every so many seconds."""
        until = self.clock() + timedelta(**time)
        while self.clock() < until:
            self.clock.advance(min(every, (until - self.clock()).total_seconds()))
            self.work()

    # What is there

    def said(self, person: str = "anna", account: str = "JCPinLeeds") -> list[str]:
        """What that account said to a person, as X has it."""
        return [text for who, text in self.x.texts(person, account) if who == account]

    def conversation(self, person: str = "anna", account: str = "JCPinLeeds") -> Conversation:
        number = self.x.world.user_of_name(person).id
        with self.store.unit_of_work(write=False) as work:
            return next(c for c in work.conversations.find_of_sender(number) if c.account == account)

    def transcript(self, person: str = "anna", account: str = "JCPinLeeds") -> list[Message]:
        conversation = self.conversation(person, account)
        with self.store.unit_of_work(write=False) as work:
            return work.messages.transcript(conversation.id, limit=10_000)

    def states(self, person: str = "anna", **more: Any) -> list[MessageState]:
        """Of what we said."""
        return [message.state for message in self.transcript(person, **more) if message.direction is Direction.OUT]

    def heard(self, person: str = "anna") -> list[tuple[str, MessageState]]:
        return [(m.text, m.state) for m in self.transcript(person) if m.author is Author.PERSON]

    def handoffs(self, person: str = "anna") -> list[Handoff]:
        conversation = self.conversation(person)
        with self.store.unit_of_work(write=False) as work:
            return work.handoffs.find_of(conversation.id)

    def report(self, handle: str = "JCPinLeeds") -> LineReport:
        with self.store.unit_of_work(write=False) as work:
            return channel_lines.find(work, [handle], channel=CHANNEL, at=self.clock())[0]

    def sends(self, account: str | None = None) -> int:
        """How many attempts to send X saw."""
        return len(self.x.journal.find(SENDS, account=account))

    def reads(self, account: str | None = None) -> int:
        return len(self.x.journal.find(READS, account=account))


@contextmanager
def desk_at(x: FakeX, clock: Clock, assistant: Assistant, **more: Any) -> Iterator[Desk]:
    """A desk whose accounts have offices."""
    desk = Desk(x, clock, assistant, **more)
    with desk.store.unit_of_work() as work:
        for handle in desk.handles:
            scope = Scope(offices=frozenset({"leeds-park-place"}))
            accounts.add(work, handle, handle, scope, Language.ENGLISH, by="tests", at=clock())
    try:
        yield desk.start()
    finally:
        desk.close()
