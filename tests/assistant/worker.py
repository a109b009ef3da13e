"""Processes to be killed: each line of standard input starts one, and its number is printed.

    python -m tests.assistant.worker URL echo|real LEASE_SECONDS SEED NUMBER_OF_MESSAGES

`work` answers whatever waits, for ever. `feed` delivers every message of `feed_of`, from the first on, however often
others have delivered it before: as a channel does that never heard that it arrived. They are forked from one process
that has the model loaded, so that a test can kill many.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from datetime import datetime, timezone
from typing import Any

from bot.assistant.door import admit
from bot.assistant.turn import Assistant, Said
from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Incoming, Language
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.services import conversations
from bot.services.knowledge import knowledge_at
from bot.store.errors import StoreError
from tests.assistant.worlds import ACCOUNT, NOW, assistant_with, find_trained, real_engine

CONVERSATIONS = 12
PERSON, CRISIS = "i want to speak to a person", "i want to kill myself"
# Nothing of a claim: whoever asks for a person in the same turn as that is first told that people cannot discuss it.
ASKED = ("is leeds park place open", "and tomorrow?", "what about bradford eastbrook court", "how do i complain", "hi")


class SlowEcho:
    """In place of Rasa: says what it heard, counts its turns in the dialogue, and gives a kill time to come between."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def say(self, conversation_id: str, words: str, dialogue: Any, turn: dict[str, Any]) -> Said:
        time.sleep(self._random.expovariate(200))
        turns = int(dialogue.get("turns", 0)) + 1
        reason = {PERSON: HandoffReason.ASKED, CRISIS: HandoffReason.CRISIS}
        reasons = [found for said, found in reason.items() if said in words]
        answers = (Answer("utter_greet", Kind.GREETING, handoff=reasons[-1] if reasons else None),)
        return Said(words, answers, Language.ENGLISH, {"turns": turns}, 1.0)

    def hear(self, words: str) -> tuple[str, ...]:
        return ()


def feed_of(seed: int, number: int) -> list[Incoming]:
    """The messages, in the order in which they come. Every third conversation asks for a person, every fourth is a
    crisis."""
    chance = random.Random(seed)
    said: dict[int, int] = {}
    out = []
    for index in range(number):
        who = chance.randrange(CONVERSATIONS)
        said[who] = said.get(who, 0) + 1
        words = f"{ASKED[said[who] % len(ASKED)]}"
        if said[who] == 2 and who % 3 == 0:
            words = PERSON
        if said[who] == 3 and who % 4 == 0:
            words = CRISIS
        out.append(Incoming(ACCOUNT, f"person-{who}", words, NOW, f"m{index:04d}", "webchat", NOW))
    return out


def work(assistant: Assistant) -> None:
    while True:
        try:
            outcome = assistant.take_turn()
        except StoreError:
            continue  # another process had the lock for long: what was under way is undone, and taken again
        if outcome is None:
            time.sleep(0.005)


def feed(assistant: Assistant, messages: list[Incoming], pause: float) -> None:
    for incoming in messages:
        assistant.receive(incoming)
        time.sleep(pause)


def _new(url: str, engine: str, seed: int) -> Assistant:
    assistant = assistant_with(url, SlowEcho(seed), lambda: datetime.now(timezone.utc))
    if engine == "real":
        assistant.engine = real_engine(url, find_trained())
    return assistant


def _warm(assistant: Assistant, url: str) -> None:
    """Read what does not change, so that a child answers at once. Connections are closed: each child has its own."""
    for knowledge in (assistant.knowledge, knowledge_at(url)):
        knowledge.gazetteer()
        knowledge.store.close()
    admit("hello")


def main(url: str, engine: str, lease: str, seed: str, number: str) -> None:
    conversations.LEASE_SECONDS = float(lease)
    conversations.TRIES_AT_MOST = 1_000  # so short a lease is lost by living workers too, again and again
    assistant = _new(url, engine, int(seed))
    _warm(assistant, url)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print(os.getpid(), flush=True)  # noqa: T201 — the parent reads it
    for line in sys.stdin:
        child = os.fork()
        if child:
            print(child, flush=True)  # noqa: T201
            continue
        if engine == "real":
            assistant.engine._loop = asyncio.new_event_loop()  # type: ignore[attr-defined]
        pause = 0.004 if engine == "echo" else 0.05
        if line.strip() == "feed":
            feed(assistant, feed_of(int(seed), int(number)), pause)
        else:
            work(assistant)
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
