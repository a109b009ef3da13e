"""Conversations as they stand in the YAML files beside this one, read strictly: a slip of the pen is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.jobcentre.calendar import LONDON

FOLDER = Path(__file__).parent
NOTHING = "nothing"
"""In `asks`, `handoff` and `opening`: there is none."""


class BadScript(ValueError):
    """A file says something that the runner does not know."""


@dataclass(frozen=True)
class Turn:
    """What a person says and what the reply must be. A field left out is not looked at."""

    person: str
    clock: datetime
    staff: tuple[str, ...] = ()
    """Commands of `jobcentre` that staff give just before."""
    silent: bool = False
    """Whether the person gets no reply at all."""
    kind: str | None = None
    kinds: tuple[str, ...] | None = None
    """All that the reply serves, the main one first."""
    opening: str | None = None
    offices: tuple[str, ...] | None = None
    """All that the reply names, in any order."""
    day: str | None = None
    """The day asked about."""
    topics: tuple[str, ...] | None = None
    asks: str | None = None
    language: str | None = None
    handoff: str | None = None
    """The reason of one requested in this turn."""
    state: str | None = None
    redacted: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    """Words that stand in the reply, in capitals or not."""
    never_says: tuple[str, ...] = ()
    begins: str | None = None


@dataclass(frozen=True)
class Conversation:
    """One person's conversation with one account."""

    file: str
    name: str
    account: str
    staff: tuple[str, ...]
    """What staff have done before it begins."""
    begins_at: datetime
    turns: tuple[Turn, ...]
    not_yet: str = ""
    """What the assistant still gets wrong in it. When it is right, the test says so, and these words go."""

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"


def find_conversations(folder: Path = FOLDER) -> list[Conversation]:
    """All of the folder's files. Raises BadScript, naming the file."""
    return [conversation for path in sorted(folder.glob("*.yml")) for conversation in _in_file(path)]


def _in_file(path: Path) -> Iterator[Conversation]:
    # Everything as text: 2026-11-19 is a day that we read ourselves, and "no" is a word that people say.
    told = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    _check(told, {"about", "clock", "account", "staff", "conversations"}, path.name)
    for number, conversation in enumerate(told.get("conversations", ()), start=1):
        where = f"{path.name}, conversation {number}"
        _check(conversation, {"name", "clock", "account", "staff", "turns", "not_yet"}, where)
        yield _conversation(path.stem, {**told, **conversation}, where)


def _conversation(file: str, told: Mapping[str, Any], where: str) -> Conversation:
    if not told.get("name") or not told.get("turns"):
        raise BadScript(f"{where} needs a name and turns")
    clock = _moment(told.get("clock"), where)
    turns = []
    for number, turn in enumerate(told["turns"], start=1):
        turns.append(_turn(turn, clock, f"{where}, turn {number}"))
        clock = turns[-1].clock
    return Conversation(
        file,
        str(told["name"]),
        str(told.get("account", "")),
        tuple(told.get("staff", ())),
        _moment(told.get("clock"), where),
        tuple(turns),
        str(told.get("not_yet", "")),
    )


def _turn(told: Any, clock: datetime, where: str) -> Turn:
    known = {field.name: field.type for field in fields(Turn)}
    _check(told, set(known), where)
    if "person" not in told or len(told) == 1:
        raise BadScript(f"{where} needs what the person says and what to look for in the reply")
    values: dict[str, Any] = {}
    for name, value in told.items():
        if name == "clock":
            value = _moment(value, where)
        elif str(known[name]).startswith("tuple"):
            value = tuple(value) if isinstance(value, list) else (value,)
        elif name == "silent":
            value = value == "true"
        values[name] = value
    return Turn(**{"clock": clock, **values})


def _moment(text: Any, where: str) -> datetime:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=LONDON)
    except ValueError as error:
        raise BadScript(f"{where}: the clock is {text!r}: write 2026-11-19 10:30") from error


def _check(told: Any, known: set[str], where: str) -> None:
    if not isinstance(told, dict):
        raise BadScript(f"{where} is not written as names and values")
    if unknown := set(told) - known:
        raise BadScript(f"{where}: {', '.join(sorted(unknown))} is not one of {', '.join(sorted(known))}")
