"""Our side, in a process that is there to be killed: the channel, and turns that repeat what they hear."""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp

from bot.assistant.loading import quiet
from bot.assistant.reception import Reception
from bot.assistant.turn import Assistant, Engine, Said
from bot.channels.x import switchboard
from bot.channels.x.accounts import find_settings
from bot.channels.x.client import open_session
from bot.channels.x.switchboard import Switchboard
from tests.assistant.worlds import EchoEngine, assistant_with, real_engine, responses
from tests.fake_x.clock import Clock
from tests.soak.simulated import Simulated

TIMEOUT = aiohttp.ClientTimeout(total=0.5, connect=0.5)
"""Real seconds: simulated time stands still meanwhile."""
SENDS_EVERY, RENEWS_EVERY, ANSWERS_EVERY = 15.0, 30.0, 5.0
"""Simulated seconds. The first is one in truth, and the second 15: days would take hours."""


@dataclass(frozen=True)
class Repeating:
    """Says what the engine says, and repeats what it heard: so an answer is known by its question."""

    engine: Engine

    def say(self, conversation_id: str, words: str, dialogue: Mapping[str, Any], turn: dict[str, Any]) -> Said:
        said = self.engine.say(conversation_id, words, dialogue, turn)
        return replace(said, text=f"{said.text}\n\n{words}")

    def hear(self, words: str) -> tuple[str, ...]:
        return self.engine.hear(words)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--model", type=Path)
    asked = parser.parse_args()
    quiet()  # as the service logs
    asyncio.run(_work(asked.folder, asked.seed, asked.model))


async def _work(folder: Path, seed: int, model: Path | None) -> None:
    clock = Clock(file=folder / "clock")
    url = f"sqlite:///{folder / 'jobcentre.db'}"
    engine = Repeating(real_engine(url, model)) if model else EchoEngine(responses())
    assistant = assistant_with(url, engine, clock)
    settings = find_settings(folder / "credentials.yml", {})
    assert settings is not None
    switchboard.SENDS_EVERY, switchboard.RENEWS_EVERY = SENDS_EVERY, RENEWS_EVERY
    board = Switchboard(
        settings,
        Reception(assistant.knowledge),
        assistant.responses,
        clock,
        sleep=lambda seconds: time.sleep(seconds),
        dice=random.Random(seed),
        open=lambda: open_session(TIMEOUT),
    )
    # One loop for each account; the leases, the outbox, the turns.
    time = Simulated(clock, len(settings.accounts) + 3, lambda: bool(board.sender._busy))
    await asyncio.gather(board.run(), _answer(assistant, time), time.run())


async def _answer(assistant: Assistant, time: Simulated) -> None:
    while True:
        while await asyncio.to_thread(assistant.take_turn):
            pass
        await time.sleep(ANSWERS_EVERY)


if __name__ == "__main__":
    main()
