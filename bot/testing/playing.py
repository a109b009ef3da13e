"""Plays conversations: one on a stage, or many in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from bot.jobcentre.errors import JobcentreError
from bot.testing.checking import INTRODUCTION, facts_of, find_blemishes, find_faults
from bot.testing.result import Fault, Played, PlayedTurn
from bot.testing.script import FACTS, NOTHING, Conversation, Turn
from bot.testing.stage import Stage, StepFailed

Watcher = Callable[[Played], None]
"""Told of each conversation when it is over, in their order."""
_stage: Stage | None = None
"""Of a worker process: loaded once, for all that it plays."""
_is_stopping = False
"""Of a worker process: Ctrl-C was pressed, and nobody waits for what it plays."""
_NO_FACTS = {name: (NOTHING,) for name in FACTS}


class Stopped(Exception):
    """Ctrl-C. What had been played by then is in it."""

    def __init__(self, played: Sequence[Played]) -> None:
        super().__init__()
        self.played = tuple(played)


def play(stage: Stage, conversation: Conversation) -> Played:
    """One conversation, in a world of its own."""
    started = time.perf_counter()
    turns: list[PlayedTurn] = []
    error = ""
    try:
        with stage.environment():
            turns.extend(_turns(stage, conversation))
    except StepFailed as failed:
        error = str(failed)
    return Played.of(conversation, turns, error=error, seconds=time.perf_counter() - started)


def _turns(stage: Stage, conversation: Conversation) -> Iterator[PlayedTurn]:
    stage.clear()
    introductions: Counter[tuple[str, str]] = Counter()
    for step in conversation.staff:
        stage.command(step.command, conversation.begins_at)
    for turn in conversation.turns:
        if _is_stopping:
            return
        for step in turn.staff:
            stage.command(step.command, turn.clock, turn.account, turn.sender)
        yield _turn(stage, turn, introductions) if turn.person else PlayedTurn.of(turn, _NO_FACTS, None)


def _turn(stage: Stage, turn: Turn, introductions: Counter[tuple[str, str]]) -> PlayedTurn:
    outcome = stage.say(turn.person, turn.account, turn.sender, turn.clock)
    if outcome is None:
        lost = Fault("reply", "", "", "nothing came of the message: another turn holds the conversation")
        return PlayedTurn.of(turn, _NO_FACTS, None, faults=(lost,))
    found = facts_of(outcome)
    responses = tuple(answer.response for answer in outcome.answers)
    introductions[turn.sender, turn.account] += INTRODUCTION in responses
    met = introductions[turn.sender, turn.account] if INTRODUCTION in responses else 0
    faults = [*find_faults(turn.expected, found, outcome.reply), *find_blemishes(outcome.reply or "", met)]
    effects = stage.effects_on(outcome.offices, outcome.at or turn.clock) if outcome.offices else []
    return PlayedTurn.of(turn, found, outcome.reply, responses=responses, effects=tuple(effects), faults=tuple(faults))


# ------------------------------------------------------------------ several processes


def play_all(conversations: Sequence[Conversation], world: Path, jobs: int, watch: Watcher) -> list[Played]:
    """All of them, in their order, however many processes play them. Raises Stopped on Ctrl-C, and
    JobcentreError where a process died."""
    jobs = min(jobs, len(conversations))
    played: list[Played] = []
    with _plays(conversations, world, jobs) as results:
        try:
            for result in results:
                played.append(result)
                watch(result)
        except KeyboardInterrupt:
            raise Stopped(played) from None
        except BrokenProcessPool as broken:
            raise JobcentreError("a process that was playing died (was there memory for it?): try --jobs 1") from broken
    return played


@contextmanager
def _plays(conversations: Sequence[Conversation], world: Path, jobs: int) -> Iterator[Iterator[Played]]:
    if jobs <= 1:
        with Stage(world) as stage:
            yield (play(stage, conversation) for conversation in conversations)
        return
    # A new interpreter for each: Rasa runs threads, and a process that is forked from threads may wait for ever.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, spawn, _begin_worker, (world,))
    # Processes begin with what is ignored here, so that Ctrl-C while they load does not end them with a traceback.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        results = pool.map(_play_in_worker, conversations)
        signal.signal(signal.SIGINT, before)
        yield results
    finally:
        signal.signal(signal.SIGINT, before)
        pool.shutdown(cancel_futures=True)


def _begin_worker(world: Path) -> None:
    global _stage
    signal.signal(signal.SIGINT, _stop)
    _stage = Stage(world).__enter__()


def _stop(*_: object) -> None:
    """A process that is killed in the middle leaves the pool broken: it ends by itself, at the next turn."""
    global _is_stopping
    _is_stopping = True


def _play_in_worker(conversation: Conversation) -> Played:
    assert _stage is not None
    return play(_stage, conversation)


def cores() -> int:
    """How many processes can really run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
