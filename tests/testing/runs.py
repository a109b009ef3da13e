"""Runs made by hand, for the reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.testing.checking import find_faults
from bot.testing.result import Played, PlayedTurn
from bot.testing.run import Run
from bot.testing.script import FACTS, NOTHING, Conversation, Expected, Turn, Wanted
from bot.testing.suite import Suite

CLOCK = datetime(2026, 11, 19, 10, 30, tzinfo=LONDON)


def turn(person: str, reply: str | None, *, wants: str = "", kind: str = "office_open", **rest: Any) -> PlayedTurn:
    """A turn answered with that kind; `wants` is the kind that was expected."""
    facts: dict[str, tuple[str, ...]] = {name: (NOTHING,) for name in FACTS}
    facts |= {"kind": (kind,), "kinds": (kind,), "language": ("en",), "state": ("assistant",), **rest.pop("found", {})}
    expected = Expected({"kind": Wanted(((wants,),))} if wants else {}, says=rest.pop("says", ()))
    faults = tuple(find_faults(expected, facts, reply))
    said = Turn(5, CLOCK, "JCPinLeeds", person=(person,), expected=expected)
    return PlayedTurn.of(said, facts, reply, faults=faults, **rest)


def played(name: str, *turns: PlayedTurn, file: str = "talk.yml", **rest: Any) -> Played:
    error = rest.pop("error", "")
    conversation = Conversation(file, name, 3, CLOCK, (), **rest)
    return Played.of(conversation, turns, error=error, seconds=0.25)


def finished(*conversations: Played, **rest: Any) -> Run:
    return replace(Run(Suite(Path("talks")), "jobcentre-0123", conversations), **rest)


RIGHT = played("right", turn("is leeds open", "Yes, it is open.", wants="office_open"))
WRONG = played("wrong", turn("is leeds open", "9am to 5pm.", wants="office_open", kind="office_hours"))
KNOWN = played("known", turn("and bury", "No.", wants="office_find"), not_yet="places that are verbs")
MENDED = played("mended", turn("hello", "Hello.", wants="office_open"), not_yet="greetings")
BROKEN = played("broken", file="other.yml", error="jobcentre closures withdraw C9 ended with 2: no closure C9")
HOSTILE = played("a <b> & \x00", turn("\x00\x1b[31m<script>alert(1)</script>\u202e", "<i>No</i> & no", wants="foi"))
