"""What changed since an earlier run: only that, and nothing that stayed as it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.jobcentre.errors import BadInput
from bot.testing.differences import Piece, compare_words
from bot.testing.result import FORMAT, VERSION, Status
from bot.testing.script import FACTS

FIXED, BROKEN, NEW, REMOVED, CHANGED = "fixed", "broken", "new", "removed", "changed"
ORDER = (BROKEN, CHANGED, FIXED, NEW, REMOVED)


@dataclass(frozen=True)
class TurnChange:
    """A turn that is answered otherwise than before."""

    line: int
    person: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    """Name, before and after of each fact that changed."""
    before: str
    after: str
    """The replies; the same where only facts changed."""

    @property
    def is_reworded(self) -> bool:
        return self.before != self.after

    @property
    def pieces(self) -> list[Piece]:
        return compare_words(self.before, self.after)


@dataclass(frozen=True)
class ConversationChange:
    """A conversation that is not as it was."""

    what: str
    """One of `ORDER`. One that went from right to wrong is broken, whatever else changed in it."""
    file: str
    name: str
    turns: tuple[TurnChange, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"


def read_run(file: Path) -> dict[str, Any]:
    """A run that was kept with `--json`. Raises BadInput where it is none, or of a later version than this."""
    try:
        run = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(f"{file} is not JSON: {error}") from error
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise BadInput(f"{file} was not made by `jobcentre test --json`")
    if run.get("version") != VERSION:
        raise BadInput(f"{file} is of version {run.get('version')}, and this reads {VERSION}: make it anew")
    return run


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ConversationChange]:
    """Two runs in the form of `--json`. In the order in which people look: what broke stands first."""
    old, new = _by_id(before), _by_id(after)
    changes = list(_removed(old, new))
    for id_, one in new.items():
        if id_ not in old:
            changes.append(ConversationChange(NEW, one["file"], one["name"]))
        elif change := _changed(old[id_], one):
            changes.append(change)
    return sorted(changes, key=lambda change: ORDER.index(change.what))


def _by_id(run: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["file"], one["name"]): one for one in run["conversations"]}


def _removed(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Iterator[ConversationChange]:
    """One by one, but a file that is not played at all in one line."""
    kept, files = set(new), {file for file, _ in new}
    gone = Counter(file for file, _ in old if file not in files)
    yield from (ConversationChange(REMOVED, file, f"all of its {count}") for file, count in gone.items())
    yield from (ConversationChange(REMOVED, *id_) for id_ in old if id_ not in kept and id_[0] in files)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> ConversationChange | None:
    turns = tuple(_turns(before["turns"], after["turns"]))
    # Mended is right as well: it is only the file that has not heard of it.
    was, is_ = (one["status"] in (Status.PASSED, Status.MENDED) for one in (before, after))
    if was == is_ and not turns:
        return None
    what = CHANGED if was == is_ else FIXED if is_ else BROKEN
    return ConversationChange(what, after["file"], after["name"], turns)


def _turns(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[TurnChange]:
    """Turns in which the same was said. Where the words of a test changed, its answers cannot be compared."""
    for old, new in zip(before, after, strict=False):
        if old["person"] != new["person"]:
            return
        facts = tuple(_facts(old["found"], new["found"]))
        if facts or old["reply"] != new["reply"]:
            yield TurnChange(new["line"], tuple(new["person"]), facts, old["reply"] or "", new["reply"] or "")


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in FACTS:
        was, is_ = before.get(name, []), after.get(name, [])
        if was != is_:
            yield name, " + ".join(was), " + ".join(is_)
