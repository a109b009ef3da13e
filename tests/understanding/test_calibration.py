"""Reliability, its error, and the temperature, on cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.understanding.calibration import Bin, expected_error, fitted_temperature, reliability
from bot.nlu.classifiers import tempered


def test_messages_fall_into_tenths_of_confidence() -> None:
    bins = reliability([0.05, 0.91, 0.95, 1.0], [False, True, True, False])
    assert [one.messages for one in bins] == [1, 3]
    assert bins[1].confidence == pytest.approx(0.9533, abs=1e-4)
    assert bins[1].accuracy == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("bins", "error"),
    [
        ([Bin(10, 0.9, 0.9)], 0.0),
        ([Bin(10, 0.9, 0.5)], 0.4),
        ([Bin(30, 0.9, 0.8), Bin(10, 0.3, 0.7)], (30 * 0.1 + 10 * 0.4) / 40),
        ([], 0.0),
    ],
    ids=["just right", "too sure", "weighed by messages", "none"],
)
def test_the_expected_calibration_error(bins: list[Bin], error: float) -> None:
    assert expected_error(bins) == pytest.approx(error)


def test_a_temperature_of_one_changes_nothing_and_below_one_is_surer() -> None:
    shares = np.array([[0.6, 0.3, 0.1]])
    assert tempered(shares, 1.0) == pytest.approx(shares)
    surer = tempered(shares, 0.5)
    assert surer[0] == pytest.approx(np.array([0.36, 0.09, 0.01]) / 0.46)


def test_the_temperature_undoes_what_made_a_table_too_timid() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(scale=3, size=(20_000, 4))
    true = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    columns = [int(chance.choice(4, p=row)) for row in true]
    assert fitted_temperature(true, columns) == pytest.approx(1.0, abs=0.05)
    assert fitted_temperature(tempered(true, 2.0), columns) == pytest.approx(0.5, abs=0.03)
