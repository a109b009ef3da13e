"""Compares a reply with what a turn expects, and with what no reply may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.jobcentre.calendar import LONDON
from bot.testing.result import Facts, Fault
from bot.testing.script import FACTS, NOTHING, Expected

if TYPE_CHECKING:
    from bot.assistant.turn import Outcome

LONGEST = 1_500
"""Characters. The longest reply that is right names every nation's help in a crisis, beside a routine answer."""
INTRODUCTION = "utter_intro"
_UNFINISHED = re.compile(r"\{\w*\}|\bNone\b|\butter_|\bnull\b|\s{3,}|\.\.|,,|\( | \)")


def facts_of(outcome: Outcome) -> Facts:
    """An outcome in the words of the files. A day alone is its midnight, so `day` and `at` are both there."""
    kinds = [kind.value for kind in outcome.kinds]
    at = outcome.at.astimezone(LONDON) if outcome.at else None
    found: dict[str, Sequence[str | None]] = {
        "kind": kinds[:1],
        "kinds": kinds,
        "offices": outcome.offices,
        "opening": [outcome.opening],
        "day": [at.date().isoformat() if at else None],
        "at": [at.isoformat() if at else None],
        "asks": [outcome.asks.value if outcome.asks else None],
        "topics": outcome.topics,
        "language": [outcome.language.value],
        "handoff": [outcome.handoff.value if outcome.handoff else None],
        "state": [outcome.state.value],
        "redacted": outcome.redacted,
    }
    return {name: tuple(word for word in found[name] if word) or (NOTHING,) for name in FACTS}


def find_faults(expected: Expected, found: Facts, reply: str | None) -> Iterator[Fault]:
    """Where a reply is not what its turn expects."""
    for name, wanted in expected.facts.items():
        if not wanted.allows(found[name]):
            was = " + ".join(found[name])
            yield Fault(name, str(wanted), was, f"{name} should be {wanted}, was {was}")
    if expected.is_silent != (reply is None):
        should = "there should be no reply" if expected.is_silent else "there should be a reply"
        yield Fault("silent", str(expected.is_silent).lower(), str(reply is None).lower(), should)
    elif reply is not None:
        yield from _in_words(expected, reply)


def _in_words(expected: Expected, reply: str) -> Iterator[Fault]:
    flat = flattened(reply)
    if expected.begins and not any(flat.startswith(flattened(words)) for words in expected.begins):
        begins = _quoted(expected.begins)
        yield Fault("begins", begins, f"“{reply[:60]}”", f"the reply should begin {begins}")
    for alternatives in expected.says:
        if not any(flattened(words) in flat for words in alternatives):
            said = _quoted(alternatives)
            yield Fault("says", said, "", f"the reply should say {said}")
    for words in expected.never_says:
        if flattened(words) in flat:
            yield Fault("never_says", f"not “{words}”", f"“{words}”", f"the reply must never say “{words}”")
    count = len(reply.split())
    if expected.words_at_most and count > expected.words_at_most:
        most = expected.words_at_most
        yield Fault("words_at_most", str(most), str(count), f"the reply has {count} words, more than {most}")


def find_blemishes(reply: str, introductions: int) -> Iterator[Fault]:
    """What no reply may have, whatever was asked. `introductions`: how often this person has met the assistant."""
    if unfinished := _UNFINISHED.search(reply):
        yield _blemish(f"the reply is unfinished at “{unfinished.group()}”")
    if len(reply) > LONGEST:
        yield _blemish(f"the reply has {len(reply)} characters: it is too long")
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    for line in dict.fromkeys(lines):
        if lines.count(line) > 1:
            yield _blemish(f"the reply says “{line}” twice")
    if introductions > 1:
        yield _blemish("the assistant introduces itself a second time")


def flattened(words: str) -> str:
    """In small letters, straight quotes and single spaces: a file need not copy the typography."""
    return re.sub(r"\s+", " ", words.replace("’", "'")).casefold().strip()


def _blemish(text: str) -> Fault:
    return Fault("reply", "", "", text)


def _quoted(alternatives: Sequence[str]) -> str:
    return " or ".join(f"“{words}”" for words in alternatives)
