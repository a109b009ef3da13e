"""Killed with -9 at any moment, under load: nothing is lost, nothing is answered twice, everyone is answered in order.

Workers answer while a feeder delivers; both are killed at random moments and started again. The lease of a turn is so
short here that the other worker often takes over what a living one is still about.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.jobcentre.conversation import Direction, MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.settings import PROJECT
from bot.store import tables
from bot.store.unit_of_work import Store
from tests.assistant.worker import CRISIS, PERSON, feed_of
from tests.assistant.worlds import MODELS, Template, models_folder
from tests.conftest import DATABASES

SEED = 20_261_120
PATIENCE = 90.0


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest) -> str:
    """A database of this test alone."""
    template: Template = request.getfixturevalue(f"{request.param}_sample")
    return template.new()


@dataclass
class Nursery:
    """Starts processes, and kills them."""

    process: subprocess.Popen[str]
    kills: int = 0

    def start(self, what: str) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def kill(self, pid: int) -> None:
        """Counts only where it was alive to be killed."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.kills += 1


@contextmanager
def nursery(url: str, engine: str, lease: float, number: int) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.assistant.worker", url, engine, str(lease), str(SEED), str(number)]
    names = {**os.environ, "JOBCENTRE_DATABASE_URL": url, MODELS: str(models_folder())}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=names
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == str(process.pid)
        yield Nursery(process)
        process.kill()


def kill_until_all_is_answered(url: str, engine: str, *, number: int, kills: int, longest: float, lease: float) -> None:
    """Two workers and a feeder, one of them killed every moment; then they are left to finish."""
    chance = random.Random(SEED)
    store = Store(url)
    with nursery(url, engine, lease, number) as mother:
        running = {name: mother.start(name.split("-")[0]) for name in ("work-1", "work-2", "feed")}
        try:
            while mother.kills < kills:
                time.sleep(chance.uniform(0.0, longest))
                name = chance.choice(["work-1", "work-2", "work-1", "work-2", "feed"])
                mother.kill(running[name])
                running[name] = mother.start(name.split("-")[0])
            assert _count(store, MessageState.ANSWERED) > 0
            _wait_until_all_is_answered(store, number)
        finally:
            for pid in running.values():
                mother.kill(pid)
    store.close()


def _count(store: Store, state: MessageState) -> int:
    with store.unit_of_work(write=False) as work:
        query = select(tables.messages.c.id).where(tables.messages.c.state == state.value)
        return len(work.connection.execute(query).all())


def _wait_until_all_is_answered(store: Store, number: int) -> None:
    until = time.monotonic() + PATIENCE
    while _count(store, MessageState.ANSWERED) < number:
        assert time.monotonic() < until, f"{_count(store, MessageState.RECEIVED)} still wait"
        time.sleep(0.05)


def check(url: str, number: int) -> dict[str, list[Any]]:
    """What must be true at the end; returns the replies of each person."""
    store = Store(url)
    with store.unit_of_work(write=False) as work:
        rows = work.connection.execute(select(tables.messages).order_by(tables.messages.c.id)).mappings().all()
        talks = {row["id"]: row for row in work.connection.execute(select(tables.conversations)).mappings()}
        handoffs = work.connection.execute(select(tables.handoffs)).mappings().all()
    store.close()
    incoming = [row for row in rows if row["direction"] == Direction.IN.value]
    replies = {row["id"]: row for row in rows if row["direction"] == Direction.OUT.value}
    fed = feed_of(SEED, number)

    # Each message came in once, in its order, and is answered by one reply; each reply answers something.
    assert [row["external_id"] for row in incoming] == [message.message_id for message in fed]
    assert {row["state"] for row in incoming} == {MessageState.ANSWERED.value}
    assert {row["answered_by"] for row in incoming} == set(replies)

    by_person = defaultdict(list)
    for talk in talks.values():
        theirs = [row for row in incoming if row["conversation_id"] == talk["id"]]
        answered_by = [row["answered_by"] for row in theirs]
        assert answered_by == sorted(answered_by), "answered in order"
        assert talk["taken_by"] is None, "given back"
        for reply in (replies[number] for number in sorted(set(answered_by))):
            assert reply["conversation_id"] == talk["id"]
            assert reply["in_reply_to"] == max(row["id"] for row in theirs if row["answered_by"] == reply["id"])
            by_person[talk["sender"]].append(reply)

    # Nobody who asked for a person, or is in danger, is left without.
    reasons = {talks[row["conversation_id"]]["sender"]: row["reason"] for row in handoffs}
    wanted = {message.sender: HandoffReason.ASKED.value for message in fed if message.text == PERSON}
    wanted |= {message.sender: HandoffReason.CRISIS.value for message in fed if message.text == CRISIS}
    assert wanted
    assert len(handoffs) == len(reasons)
    assert {sender: reasons.get(sender) for sender in wanted} == wanted

    for sender, theirs in by_person.items():
        talk = next(talk for talk in talks.values() if talk["sender"] == sender)
        if "turns" in talk["dialogue"]:
            # What it heard is what was said, and the dialogue was kept with each reply or not at all.
            heard = "\n".join(reply["text"] for reply in theirs)
            assert heard == "\n".join(message.text for message in fed if message.sender == sender)
            assert talk["dialogue"]["turns"] == len(theirs)
    return by_person


def test_a_hundred_kills_around_the_transactions(url: str) -> None:
    kill_until_all_is_answered(url, "echo", number=240, kills=100, longest=0.12, lease=0.3)
    check(url, 240)


def test_a_dozen_kills_of_the_real_assistant(url: str, model: Path) -> None:
    kill_until_all_is_answered(url, "real", number=60, kills=16, longest=0.8, lease=0.5)
    replies = check(url, 60)
    assert not [reply for theirs in replies.values() for reply in theirs if "went wrong" in reply["text"]]


@pytest.mark.slow
def test_many_kills_around_the_transactions(url: str) -> None:
    kill_until_all_is_answered(url, "echo", number=3_000, kills=1_000, longest=0.12, lease=0.3)
    check(url, 3_000)
