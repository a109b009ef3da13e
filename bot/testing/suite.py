"""What a folder of conversations is held to: its `suite.yml`, in that folder or in one above."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.jobcentre.topics import NAMES
from bot.settings import PROJECT

FILE = "suite.yml"
SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True)
class Suite:
    """The settings of some conversations, and the world in which each of them begins."""

    folder: Path
    """File names in reports are told from here."""
    data: Path = PROJECT / "data" / "sample"
    """Offices, accounts, contacts and places, as CSV files in the form of `data/sample`."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Number to name of each rule that conversations may prove."""
    known_failures_at_most: int = 0
    """So many conversations may say `not_yet`. The number only ever goes down."""
    unchanged_at_least: Mapping[str, int] = field(default_factory=dict)
    """Variation to the share of answers, in percent, that it must leave as they are; 100 where it is not named."""

    def offices(self) -> set[str]:
        return _column(self.data / "offices.csv", "id")

    def accounts(self) -> set[str]:
        return _column(self.data / "accounts.csv", "handle")

    def topics(self) -> set[str]:
        """Those that have a name of their own, and more where the directory has more."""
        held = _column(self.data / "contacts.csv", "topic_id")
        return set(NAMES) | {topic for cell in held for topic in cell.split(";")}


def find_suite_file(path: Path) -> Path | None:
    """The nearest `suite.yml` above a file or in a folder; None where there is none."""
    path = path.resolve()
    folders = [path, *path.parents] if path.is_dir() else path.parents
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The conversation files in folders, and files that are named themselves; each once, in a fixed order."""
    found: dict[Path, Path] = {}
    for path in paths:
        within = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES) if path.is_dir() else [path]
        for file in within:
            if file.name != FILE:
                found.setdefault(file.resolve(), file)
    return list(found.values())


def _column(file: Path, name: str) -> set[str]:
    if not file.is_file():
        return set()
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return {row[name] for row in csv.DictReader(rows) if row.get(name)}
