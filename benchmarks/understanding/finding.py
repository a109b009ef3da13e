"""Offices and days found in messages, by the tables of `tests/jobcentre`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.days import load_rows, rates
from benchmarks.understanding.shares import Share, share
from bot.jobcentre.gazetteer import Gazetteer
from bot.testing.stage import make_world, read_world
from bot.testing.suite import Suite
from tests.jobcentre.place_table import Outcome, Phrasing, load_phrasings, run
from tests.register import VARIABLE, load_centres, load_offices, load_places

SAMPLE, REGISTER = "sample", "register"


def find_offices() -> dict[str, dict[str, Share]]:
    """By the data that was searched: the sample, and the real register where it is given."""
    found = {SAMPLE: _told(_in_sample())}
    if os.environ.get(VARIABLE):
        gazetteer = Gazetteer(load_offices(), load_places(), load_centres())
        found[REGISTER] = _told(run(gazetteer, load_phrasings()))
    return found


def _in_sample() -> list[Outcome]:
    """The phrasings of which all offices are in the sample, and those without any."""
    with tempfile.TemporaryDirectory(prefix="understanding-") as folder:
        world = read_world(make_world(Suite(Path(folder)).data, Path(folder) / "world.db"))
        gazetteer = world.gazetteer()
        world.store.close()
    known = {office.id for office in gazetteer.offices()}
    return run(gazetteer, tuple(p for p in load_phrasings() if _is_known(p, known)))


def _is_known(phrasing: Phrasing, known: set[str]) -> bool:
    return known.issuperset(phrasing.ours) and all(one.removeprefix("!") in known for one in phrasing.expected)


def _told(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Of phrasings that name a place: all found; something else found. Of the others: nothing found."""
    naming = [outcome for outcome in outcomes if outcome.phrasing.expected]
    silent = [outcome for outcome in outcomes if not outcome.phrasing.expected]
    return {
        "found": share(outcome.is_hit for outcome in naming),
        "wrong": share(outcome.is_wrong for outcome in naming),
        "quiet": share(not outcome.found for outcome in silent),
    }


def find_days() -> dict[str, dict[str, Share]]:
    """By language: of messages with a day, right and wrong ones; of the others, those in which none was found."""
    rows = load_rows()
    told = {language: rates([row for row in rows if row["language"] == language]) for language in ("en", "cy")}
    return {
        language: {
            "found": Share(one.hits, one.days),
            "wrong": Share(one.wrong, one.days),
            "quiet": Share(one.traps - one.alarms, one.traps),
        }
        for language, one in told.items()
    }
