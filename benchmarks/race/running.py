"""The race. Advisers are processes: each claims what waits, replies, and writes down what became theirs once the
database has kept it. Meanwhile processes are killed with SIGKILL, at any moment, and others take their places.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Author
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.services import handoffs
from bot.store.errors import StoreError
from bot.store.unit_of_work import Store, UnitOfWork

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=LONDON)
AT_ONCE = 10
"""Of what waits, so many are looked at: advisers crowd at the head of the queue."""
SECONDS_AT_MOST = 300.0


@dataclass(frozen=True)
class Result:
    """What one race came to. All but the first, the kills and the seconds must be 0."""

    handoffs: int
    claimed_twice: int
    """That two advisers took for theirs, or that the history shows to be claimed more than once."""
    lost: int
    """That wait still, or are not with whoever was told that they are."""
    replies_of_others: int
    """Replies by somebody who did not have the conversation."""
    killed: int
    seconds: float


# An adviser


def work_through(url: str, name: str, notebook: str, seed: int) -> None:
    """Claim and reply until nothing waits."""
    store, random = Store(url), Random(seed)
    while numbers := _waiting(store):
        number = random.choice(numbers[:AT_ONCE])
        try:
            with store.unit_of_work() as work:
                handoffs.claim(work, number, by=name, at=NOW)
            _write_down(notebook, number)
            with store.unit_of_work() as work:
                handoffs.reply(work, number, "Hello, how can we help?", by=name, at=NOW)
        except (Conflict, StoreError):
            continue  # somebody was quicker, or the database too busy
    store.close()


def _waiting(store: Store) -> list[int]:
    while True:
        try:
            with store.unit_of_work(write=False) as work:
                return [handoff.id for handoff in work.handoffs.find_waiting()]
        except StoreError:
            time.sleep(0.05)


def _write_down(notebook: str, number: int) -> None:
    """In one write, which a kill cannot part."""
    file = os.open(notebook, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{number}\n".encode())
    os.close(file)


# The race


def race(url: str, *, advisers: int, count: int, kills: int, seed: int = 1) -> Result:
    """On a migrated and empty database."""
    store = Store(url)
    with store.unit_of_work() as work:
        _open_all(work, count)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        killed = _run(url, Path(folder), advisers, count, kills, Random(seed))
        seconds = time.monotonic() - started
        books = {book.name: [int(line) for line in book.read_text().split()] for book in Path(folder).iterdir()}
    with store.unit_of_work(write=False) as work:
        result = _looked_at(work, books, count, killed, round(seconds, 1))
    store.close()
    return result


def _open_all(work: UnitOfWork, count: int) -> None:
    for number in range(count):
        conversation = work.conversations.get_or_create("JCPinLeeds", f"person-{number}", "webchat")
        work.messages.add_incoming(conversation, external_id=f"m{number}", text="I want a person", at=NOW)
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)


def _run(url: str, folder: Path, advisers: int, count: int, kills: int, random: Random) -> int:
    """Let them work until nothing waits, killing some; returns how many were killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])

    def begin(name: str) -> BaseProcess:
        process = context.Process(target=work_through, args=(url, name, str(folder / name), random.random()))
        process.start()
        return process

    running = {name: begin(name) for name in (f"adviser-{number}" for number in range(advisers))}
    killed, ends = 0, time.monotonic() + SECONDS_AT_MOST
    while any(process.is_alive() for process in running.values()):
        if time.monotonic() > ends:
            _stop(running)
            raise TimeoutError("the race did not end")
        time.sleep(random.uniform(0.005, 0.05))
        name = random.choice(sorted(running))
        # Spread over the race, however long it takes.
        is_due = _written_down(folder) * (kills + 1) > count * (killed + 1)
        if killed < kills and is_due and running[name].is_alive():
            os.kill(running[name].pid or 0, signal.SIGKILL)
            running[name].join()
            killed += 1
            running[name] = begin(name)
    return killed


def _written_down(folder: Path) -> int:
    return sum(book.read_bytes().count(b"\n") for book in folder.iterdir())


def _stop(running: dict[str, BaseProcess]) -> None:
    for process in running.values():
        process.kill()


def _looked_at(work: UnitOfWork, books: dict[str, list[int]], count: int, killed: int, seconds: float) -> Result:
    """What the database holds against what the advisers wrote down."""
    claimed = Counter(number for book in books.values() for number in set(book))
    events = Counter(event.subject_id for event in work.audit.find(subject_type="handoff", action="claim", limit=10**6))
    held = {handoff.id: handoff for handoff in work.handoffs.find_assigned()}
    told_otherwise = {n for name, book in books.items() for n in book if n not in held or held[n].assignee != name}
    replies = [
        (handoff.assignee, message.author_name)
        for handoff in held.values()
        for message in work.messages.transcript(handoff.conversation_id)
        if message.author is Author.ADVISER
    ]
    return Result(
        handoffs=count,
        claimed_twice=sum(number > 1 for number in (claimed | events).values()),
        lost=count - sum(one.state is HandoffState.ASSIGNED for one in held.values()) + len(told_otherwise),
        replies_of_others=sum(assignee != author for assignee, author in replies),
        killed=killed,
        seconds=seconds,
    )
