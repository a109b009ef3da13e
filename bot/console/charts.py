"""Charts drawn on the server: plain bars, of which a table beside them tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 400
"""Pixels of the drawing's own, about as wide as a phone: there words are as large as in the page."""
ROW = 46
LABEL = 22
"""Room for the words above a bar that lies."""
HEIGHT = 140
BASE = 24
"""Room for words under bars that stand."""


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: str
    """What its colour stands for: a class name."""


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def lying(rows: Sequence[tuple[str, Mapping[str, int]]]) -> Chart:
    """A bar for each row from the left, made of its parts one after the other."""
    most = max((sum(parts.values()) for _, parts in rows), default=0) or 1
    scale = WIDTH / most
    bars: list[Bar] = []
    for index, (_, parts) in enumerate(rows):
        x = 0.0
        for series, number in parts.items():
            if number:
                bars.append(Bar(round(x, 1), index * ROW + LABEL, round(number * scale, 1), ROW - LABEL - 6, series))
                x += number * scale
    labels = tuple(Label(0, index * ROW + LABEL - 6, text) for index, (text, _) in enumerate(rows))
    return Chart(WIDTH, max(len(rows), 1) * ROW, tuple(bars), labels)


def standing(columns: Sequence[tuple[str, int]], *, every: int = 1) -> Chart:
    """A bar for each column from the bottom; every so many of them bears its label."""
    most = max((number for _, number in columns), default=0) or 1
    step = WIDTH / max(len(columns), 1)
    bars = [
        Bar(round(index * step + 2, 1), round(HEIGHT - tall, 1), round(step - 4, 1), round(tall, 1), "all")
        for index, (_, number) in enumerate(columns)
        if (tall := number / most * HEIGHT)
    ]
    told = enumerate(columns)
    labels = [
        Label(round(index * step + 2, 1), HEIGHT + BASE - 6, text) for index, (text, _) in told if not index % every
    ]
    return Chart(WIDTH, HEIGHT + BASE, tuple(bars), tuple(labels))
