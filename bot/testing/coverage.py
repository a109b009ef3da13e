"""What the conversations of a run have met, and what none of them ever has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import yaml

from bot.jobcentre.answer import Asks
from bot.jobcentre.closure import Effect
from bot.jobcentre.conversation import ConversationState, Language
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.opening import OpeningState
from bot.jobcentre.personal_data import PersonalData
from bot.jobcentre.wording import load_responses
from bot.settings import PROJECT
from bot.testing.result import Played, PlayedTurn, Status
from bot.testing.stage import WATCH
from bot.testing.suite import Suite

_OF_FACTS: Mapping[str, type[Enum]] = {
    "handoff": HandoffReason,
    "asks": Asks,
    "opening": OpeningState,
    "state": ConversationState,
    "redacted": PersonalData,
}
_TITLES = {
    "handoff": "Handoff reasons",
    "asks": "What replies ask",
    "opening": "Openings",
    "state": "States",
    "redacted": "Personal data",
}
_LANGUAGES = {Language.ENGLISH: "Replies in English", Language.WELSH: "Replies in Welsh"}


@dataclass(frozen=True)
class Group:
    """Things of one sort, and how many turns met each of them and went as expected."""

    name: str
    title: str
    met: Mapping[str, int]

    @property
    def never(self) -> list[str]:
        return [name for name, count in self.met.items() if not count]

    @property
    def percent(self) -> float:
        return 100 * (len(self.met) - len(self.never)) / len(self.met) if self.met else 100.0


def measure(suite: Suite, played: Sequence[Played]) -> list[Group]:
    """Only turns without a fault count: what went wrong proves nothing."""
    turns = [turn for one in played for turn in one.turns if turn.person and not turn.faults]
    groups = [
        _group("kinds", "Kinds", [kind.value for kind in Kind], (k for turn in turns for k in turn.found["kinds"])),
        *_rules(suite, played),
        *(_responses(language, title, turns) for language, title in _LANGUAGES.items()),
        _group(
            "effects",
            "Closure effects",
            [*(effect.value for effect in Effect), WATCH],
            (effect for turn in turns for effect in turn.effects),
        ),
    ]
    for fact, words in _OF_FACTS.items():
        met = (word for turn in turns for word in turn.found[fact])
        groups.append(_group(fact, _TITLES[fact], [str(word.value) for word in words], met))
    return groups


def to_dict(groups: Iterable[Group]) -> dict[str, Any]:
    return {g.name: {"percent": round(g.percent, 1), "met": dict(g.met), "never": g.never} for g in groups}


def _rules(suite: Suite, played: Sequence[Played]) -> list[Group]:
    if not suite.rules:
        return []
    proved = Counter(rule for one in played if one.status is Status.PASSED for rule in one.rules)
    return [Group("rules", "Rules", {f"{number}: {name}": proved[number] for number, name in suite.rules.items()})]


def _responses(language: Language, title: str, turns: Iterable[PlayedTurn]) -> Group:
    said = (name for turn in turns if turn.found["language"] == (language.value,) for name in turn.responses)
    return _group(f"responses_{language.value}", title, response_names(), said)


@lru_cache(maxsize=1)
def response_names() -> tuple[str, ...]:
    """Every response that the assistant can say."""
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    return tuple(load_responses(domain))


def _group(name: str, title: str, known: Iterable[str], met: Iterable[str]) -> Group:
    counts = Counter(met)
    return Group(name, title, {one: counts[one] for one in known})
