"""`python -m benchmarks.understanding`: measures, compares with what was kept, and keeps it. `--help` says more."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime, timezone
from functools import partial
from multiprocessing import get_context
from typing import Any

from benchmarks.understanding import kept
from benchmarks.understanding.edits import EDITS
from benchmarks.understanding.messages import Message, edited, read_safety, read_sets
from benchmarks.understanding.pairs import make_pairs
from bot.assistant.loading import quiet
from bot.settings import Settings
from bot.testing.stage import ensure_model

WORKERS = 2
FOLDS, PAIRS, ROUNDS = 2, 300, 3
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
QUICK = 4
"""Of a quick run: every so many messages."""


def main() -> int:
    options = _options()
    began = time.perf_counter()
    quiet()
    ensure_model(Settings.read(os.environ))
    figures = _measure(options)
    figures["seconds"] = round(time.perf_counter() - began)
    before = kept.find()
    figures["before"] = {name: held.to_dict() for name, held in kept.main_figures(before).items()} if before else {}
    fallen = kept.fallen(figures, before) if before else {}
    for matter, (now, was) in fallen.items():
        print(f"{matter} has fallen: {now}, kept was {was}", file=sys.stderr)
    if not options.quick and (options.accept or not fallen):
        from benchmarks.understanding import report

        kept.save(figures)
        report.write(figures)
    print(kept.line(figures))
    return 1 if fallen and not options.accept else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.understanding",
        description="How well people are understood. Writes docs/understanding.md and what it is made from.",
    )
    parser.add_argument("--quick", action="store_true", help="one fold and every fourth message; nothing is kept")
    parser.add_argument("--accept", action="store_true", help="keep the figures even where a safety figure has fallen")
    parser.add_argument("--folds", type=int, choices=range(1, 5), default=FOLDS, help="quarters of the phrases to ask")
    parser.add_argument("--stock", type=int, metavar="EPOCHS", help="ask Rasa's default pipeline too, trained so long")
    parser.add_argument("--seed", type=int, default=3, help="of folds, typing errors and pairs")
    options = parser.parse_args()
    if options.quick:
        options.folds = 1
    return options


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.understanding import figures as told
    from benchmarks.understanding.finding import find_days, find_offices
    from benchmarks.understanding.folds import AS_IT_IS, CLEAN
    from bot.nlu.question_finder import QuestionFinder

    every = QUICK if options.quick else 1
    sets = read_sets()[::every]
    asked = _asked(options, sets)
    heard, guesses = _in_processes(options, sets, asked)
    plain = [guess for guess in guesses if (guess.design, guess.way) == (AS_IT_IS, CLEAN)]
    report = told.of_kinds(plain)
    alone = heard["sets"]
    return {
        "made": datetime.now(timezone.utc).date().isoformat(),
        "sources": told.digest_of_sources(),
        "seed": options.seed,
        "folds": options.folds,
        "designs": told.of_designs(guesses),
        "report": report,
        "confusions": told.confusions(report),
        "calibration": told.of_calibration(plain),
        "threshold": QuestionFinder.get_default_config()["threshold"],
        "thresholds": told.of_thresholds(plain),
        "margins": told.of_margins(plain),
        "sets": told.of_sets(alone),
        "mistyped": {way: told.of_sets(heard[way]) for way in EDITS},
        "pairs": told.of_pairs(heard["pairs"], alone),
        "safety": {matter: held.to_dict() for matter, held in told.of_safety(heard["safety"]).items()},
        "offices": _plain(find_offices()),
        "days": _plain(find_days()),
        "cost": _cost(options, sets),
        "stock": _stock(options, sets),
    }


def _asked(options: argparse.Namespace, sets: Sequence[Message]) -> Mapping[str, Sequence[Message]]:
    """The messages that the whole assistant is asked, by name."""
    every = QUICK if options.quick else 1
    return {
        "sets": sets,
        **{way: edited(sets, way, options.seed) for way in EDITS},
        "pairs": make_pairs(read_sets(), PAIRS // every, options.seed),
        "safety": read_safety()[::every],
    }


def _in_processes(options: argparse.Namespace, sets: Sequence[Message], asked: Mapping[str, Sequence[Message]]) -> Any:
    """What the assistant answered by name, and what the designs guessed."""
    from benchmarks.understanding.folds import ask_fold
    from benchmarks.understanding.playing import play

    os.environ |= ONE_THREAD  # there are as many processes as cores
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), quiet) as pool:
        folds = [pool.submit(ask_fold, number, options.seed, sets) for number in range(options.folds)]
        played = {name: pool.submit(play, messages) for name, messages in asked.items()}
        _tell(time.perf_counter(), {**{f"fold {n + 1}": fold for n, fold in enumerate(folds)}, **played})
        return {name: one.result() for name, one in played.items()}, [g for fold in folds for g in fold.result()]


def _tell(began: float, parts: Mapping[str, Future[Any]]) -> None:
    for name, part in parts.items():
        part.add_done_callback(partial(_tell_one, began, name))


def _tell_one(began: float, name: str, part: Future[Any]) -> None:
    print(f"{time.perf_counter() - began:5.0f} s  {name}", file=sys.stderr, flush=True)


def _cost(options: argparse.Namespace, sets: Sequence[Message]) -> dict[str, float]:
    from benchmarks.understanding.cost import measure

    return measure(sets, 1 if options.quick else ROUNDS)


def _stock(options: argparse.Namespace, sets: Sequence[Message]) -> Any:
    """What stock DIET makes of it, or made when it was last asked; None where it never was."""
    if options.stock is None:
        return (kept.find() or {}).get("stock")
    from benchmarks.understanding.figures import digest_of_sources
    from benchmarks.understanding.stock import ask

    return {**ask(options.stock, options.seed, sets), "sources": digest_of_sources()}


def _plain(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: {what: held.to_dict() for what, held in told.items()} for name, told in found.items()}


if __name__ == "__main__":
    raise SystemExit(main())
