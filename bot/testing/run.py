"""One run: conversations read, played, and looked at from every side that was asked for."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.testing import comparison, coverage
from bot.testing.invariance import Invariance, compare_variants, find_variants
from bot.testing.playing import Watcher, play_all
from bot.testing.reading import Script, read
from bot.testing.result import FORMAT, VERSION, Played, Status
from bot.testing.script import Conversation
from bot.testing.stage import ensure_model, make_world, read_world
from bot.testing.suite import FILE, Suite
from bot.testing.variations import World

FINE, WRONG, UNPLAYABLE = 0, 1, 2
"""Exit codes."""


@dataclass(frozen=True)
class Run:
    """All conversations of a run, in the order of their files, and what else was looked at."""

    suite: Suite
    model: str
    """The name of the trained model: it changes with the phrases, the wording, and the code that reads them."""
    played: tuple[Played, ...]
    coverage: tuple[coverage.Group, ...] = ()
    invariance: Invariance | None = None
    changes: tuple[comparison.ConversationChange, ...] | None = None
    """Since an earlier run; None where it was compared with none."""
    problems: tuple[str, ...] = ()
    """What is wrong with the run as a whole, such as more known failures than the suite allows."""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many conversations ended in each status."""
        counted = Counter(played.status for played in self.played)
        return {status.value: counted[status] for status in Status}

    @property
    def turns(self) -> int:
        return sum(bool(turn.person) for played in self.played for turn in played.turns)

    @property
    def exit_code(self) -> int:
        if any(played.status is Status.ERROR for played in self.played):
            return UNPLAYABLE
        return WRONG if self.problems or not all(played.status.is_fine for played in self.played) else FINE

    def to_dict(self) -> dict[str, Any]:
        """What `--json` writes. Two runs of the same conversations with the same assistant give the same bytes."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "model": self.model,
            "counts": self.counts,
            "problems": list(self.problems),
            "conversations": [played.to_dict() for played in self.played],
            "coverage": coverage.to_dict(self.coverage),
            "invariance": self.invariance.to_dict() if self.invariance else None,
        }


def run(
    paths: Sequence[Path],
    jobs: int,
    watch: Watcher,
    *,
    every_variation: bool = False,
    earlier: Mapping[str, Any] | None = None,
) -> Run:
    """Play what the paths hold. `watch` is told of each conversation when it is over.

    Raises BadScript, StoreError, and Stopped on Ctrl-C.
    """
    started = time.perf_counter()
    script = read(paths)
    model = ensure_model(Settings.read(os.environ)).name.removesuffix(".tar.gz")
    with tempfile.TemporaryDirectory(prefix="jobcentre-test-") as folder:
        world = make_world(script.suite.data, Path(folder) / "world.db")
        played, invariance = _play(script, world, jobs, watch, every_variation)
    finished = Run(
        script.suite,
        model,
        played,
        tuple(coverage.measure(script.suite, played)),
        invariance,
        problems=tuple(_problems(script, invariance, every_variation)),
        notes=tuple(_notes(script, paths)),
        seconds=time.perf_counter() - started,
    )
    changes = None if earlier is None else tuple(comparison.compare(earlier, finished.to_dict()))
    return replace(finished, changes=changes)


def _play(
    script: Script, world: Path, jobs: int, watch: Watcher, every_variation: bool
) -> tuple[tuple[Played, ...], Invariance | None]:
    """The conversations, and after them, in the same processes, their variants."""
    originals = script.conversations
    variants = find_variants(originals, known_world(world), every=every_variation)
    count = len(originals)
    told = iter(range(count))

    def watch_originals(played: Played) -> None:
        if next(told, None) is not None:
            watch(played)

    everything: list[Conversation] = [*originals, *(variant.conversation for variant in variants)]
    played = play_all(everything, world, jobs, watch_originals)
    invariance = compare_variants(played[:count], variants, played[count:]) if variants or every_variation else None
    return tuple(played[:count]), invariance


def known_world(world: Path) -> World:
    """The places and accounts of a database."""
    knowledge = read_world(world)
    with knowledge.store.unit_of_work(write=False) as work:
        held = knowledge.held(work)
        hours = {office.id: work.offices.find_hours(office.id) for office in held.gazetteer.offices()}
    knowledge.store.close()
    return World(held.gazetteer, {handle: account.offices for handle, account in held.accounts.items()}, hours)


def find_known_failures(script: Script) -> list[Conversation]:
    return [conversation for conversation in script.conversations if conversation.not_yet]


def too_many_known_failures(script: Script) -> str:
    """What to say where there are more than the suite allows; empty where there are not."""
    count, most = len(find_known_failures(script)), script.suite.known_failures_at_most
    if count <= most:
        return ""
    return (
        f"{count} conversations say not_yet, and {FILE} allows {most}: mend one, or raise known_failures_at_most "
        f"in {script.suite.folder / FILE} and say there why"
    )


def _problems(script: Script, invariance: Invariance | None, every_variation: bool) -> list[str]:
    problems = [problem] if (problem := too_many_known_failures(script)) else []
    if invariance:
        # What conversations ask for themselves is theirs: no share of it may change.
        problems += invariance.find_problems(script.suite.unchanged_at_least if every_variation else {})
    return problems


def _notes(script: Script, paths: Sequence[Path]) -> list[str]:
    count, most = len(find_known_failures(script)), script.suite.known_failures_at_most
    is_whole = any(path.resolve() == script.suite.folder for path in paths)
    return (
        [f"{FILE} allows {most} known failures, and there are {count}: lower it"] if is_whole and count < most else []
    )
