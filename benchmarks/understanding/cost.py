"""What the sentence vectors cost a turn: the same messages with vectors that are made, and that are remembered.

In short blocks, A B A B, so that a busy machine burdens both. What is remembered costs nothing, so those turns are
nearly turns with n-grams alone (the nearest phrases are still looked for); and since the vectors are the same, so are
the answers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from benchmarks.understanding.messages import NOW, Message
from bot.nlu.vectors import SentenceVectors
from bot.testing.stage import Stage, make_world
from bot.testing.suite import Suite

BLOCK = 10
MESSAGES = 60
"""Of the sets, evenly taken."""


def measure(messages: Sequence[Message], rounds: int) -> dict[str, float]:
    """The median and the 95th percentile of a turn in milliseconds, and both as ratios to n-grams alone."""
    made, remembered = _milliseconds(messages[:: max(1, len(messages) // MESSAGES)], rounds)
    return {
        "p50_ms": round(median(made), 1),
        "p95_ms": round(_p95(made), 1),
        "p50_ratio": round(median(made) / median(remembered), 2),
        "p95_ratio": round(_p95(made) / _p95(remembered), 2),
    }


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _milliseconds(messages: Sequence[Message], rounds: int) -> tuple[list[float], list[float]]:
    made: list[float] = []
    cheap: list[float] = []
    known: dict[tuple[str, ...], Any] = {}
    make = SentenceVectors.rows

    def remember(self: SentenceVectors, texts: Sequence[str]) -> Any:
        known[tuple(texts)] = make(self, texts)
        return known[tuple(texts)]

    def recall(self: SentenceVectors, texts: Sequence[str]) -> Any:
        return known[tuple(texts)]

    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        world = make_world(Suite(Path(folder)).data, Path(folder) / "world.db")
        with Stage(world) as stage:
            for round_ in range(rounds + 1):  # the first warms up
                for start in range(0, len(messages), BLOCK):
                    for rows, times in ((remember, made), (recall, cheap)):
                        with patch.object(SentenceVectors, "rows", rows):
                            took = _turns(stage, messages[start : start + BLOCK], f"{round_} {rows.__name__} {start}")
                        times += took if round_ else []
    return made, cheap


def _turns(stage: Stage, messages: Sequence[Message], name: str) -> list[float]:
    outcomes = [stage.say([one.text], one.account, f"{name} {n}", NOW) for n, one in enumerate(messages)]
    return [outcome.milliseconds for outcome in outcomes if outcome]
