"""Whether a confidence of 0.9 is right nine times in ten, and what makes it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from bot.nlu.classifiers import tempered

BINS = 10
COLDEST, HOTTEST = 0.2, 5.0
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Bin:
    """The messages of which the confidence lies in one tenth."""

    messages: int
    confidence: float
    """Their mean confidence, from 0 to 1."""
    accuracy: float
    """The share of them that was right, from 0 to 1."""


def reliability(confidences: Sequence[float], is_right: Sequence[bool]) -> list[Bin]:
    """The tenths that any message falls into, from the least confident."""
    sure, right = np.asarray(confidences, dtype=float), np.asarray(is_right, dtype=float)
    number = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        Bin(int(held.sum()), float(sure[held].mean()), float(right[held].mean()))
        for one in range(BINS)
        if (held := number == one).any()
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, from 0 to 1: how far confidence and accuracy lie apart, over all messages
    (Guo and others, 2017)."""
    messages = sum(one.messages for one in bins)
    apart = sum(one.messages * abs(one.confidence - one.accuracy) for one in bins)
    return apart / messages if messages else 0.0


def fitted_temperature(shares: Numbers, columns: Sequence[int]) -> float:
    """The temperature that makes the right column of each row likeliest."""
    rows = np.arange(len(columns))

    def loss(temperature: float) -> float:
        return -float(np.log(np.maximum(tempered(shares, temperature)[rows, columns], 1e-12)).mean())

    return float(minimize_scalar(loss, bounds=(COLDEST, HOTTEST), method="bounded").x)
