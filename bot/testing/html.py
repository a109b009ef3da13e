"""A run as one page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.jobcentre.kinds import Kind
from bot.testing.comparison import ORDER
from bot.testing.result import Played, Status, expected_kind
from bot.testing.run import Run
from bot.testing.script import NOTHING

STATUSES: Mapping[Status, str] = {
    Status.FAILED: "failed",
    Status.MENDED: "mended",
    Status.ERROR: "cannot be played",
    Status.KNOWN_FAILURE: "known failure",
    Status.PASSED: "passed",
}
"""In the order in which people look at them, with their names."""
_KINDS = [*(kind.value for kind in Kind), NOTHING]
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}


@dataclass(frozen=True)
class Confusion:
    """The kinds that turns expected, against those that they got."""

    counts: Mapping[tuple[str, str], int]
    """Expected kind and found kind to how many turns."""
    kinds: Sequence[str]
    """Those that occur, in their usual order."""

    @property
    def right(self) -> int:
        return sum(count for (expected, found), count in self.counts.items() if expected == found)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def wrong(self) -> list[tuple[str, str, int]]:
        """Expected, found and how often, the most frequent first."""
        pairs = [(*pair, count) for pair, count in self.counts.items() if pair[0] != pair[1]]
        return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


def confusion(played: Iterable[Played]) -> Confusion:
    """Over all turns that name a kind, known failures included: they are failures."""
    counts: Counter[tuple[str, str]] = Counter()
    for turn in (turn for one in played for turn in one.turns):
        found = turn.found["kind"][0]
        if expected := expected_kind(turn.expected.facts.get("kind"), found):
            counts[expected, found] += 1
    met = {kind for pair in counts for kind in pair}
    return Confusion(counts, [kind for kind in _KINDS if kind in met])


def html(run: Run) -> str:
    """The page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,  # Markup is ours, and a subclass
    )
    environment.filters["clock"] = _clock
    wrong = [status for status in STATUSES if not status.is_fine]
    return environment.get_template("report.html").render(
        run=run,
        statuses=[(status.value, name, run.counts[status.value]) for status, name in STATUSES.items()],
        status_names={status.value: name for status, name in STATUSES.items()},
        wrong=[played for status in wrong for played in run.played if played.status is status],
        known=[played for played in run.played if played.status is Status.KNOWN_FAILURE],
        files=[(file, list(played)) for file, played in groupby(run.played, key=lambda played: played.file)],
        confusion=confusion(run.played),
        change_order=ORDER,
    )


def visible(text: str) -> str:
    """Every character shown: control characters as their pictures, and what would turn or hide text by its number."""
    shown = text.translate(_CONTROLS)
    return "".join(
        f"[U+{ord(c):04X}]" if unicodedata.category(c) in ("Cf", "Cs", "Cc") and c not in "\n\t\u200d" else c
        for c in shown
    )


def _clock(at: str) -> str:
    return f"{datetime.fromisoformat(at):%a %-d %b %Y, %H:%M}"
