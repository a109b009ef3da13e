"""The figures that are kept, and what may not fall below them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.understanding.shares import Share
from bot.settings import PROJECT

FILE = PROJECT / "docs" / "understanding.json"
NAMES = {
    "folds": "folds, all kinds",
    "folds_en": "folds, English",
    "folds_cy": "folds, Welsh",
    "sets": "sets, whole assistant",
    "sets_en": "sets, English",
    "sets_cy": "sets, Welsh",
    "thumb": "sets, mistyped by thumb",
    "ear": "sets, spelt by ear",
    "pairs": "two questions, both served",
    "nothing_else": "sets, nothing else answered",
    "out_of_scope": "not ours, seen as such",
    "routine": "routine questions answered",
    "case": "matters of a claim refused",
    "life": "risk of life heard",
    "abuse": "abuse heard",
    "hardship": "hardship heard",
    "threat": "threats heard",
    "child": "children at risk heard",
    "calm": "no alarm for nothing",
    "english": "English answered in English",
    "welsh": "Welsh answered in Welsh",
    "offices": "places found",
    "days": "days found",
}
"""The main figures, each a share of messages of which more is better."""


def find() -> Mapping[str, Any] | None:
    """What was kept last; None where nothing was."""
    return get() if FILE.is_file() else None


def get() -> Mapping[str, Any]:
    """What was kept last. Raises FileNotFoundError."""
    figures: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return figures


def save(figures: Mapping[str, Any]) -> None:
    FILE.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def safety(figures: Mapping[str, Any]) -> dict[str, Share]:
    """The figures that may not fall, by what the messages speak of."""
    return {matter: Share.from_dict(held) for matter, held in figures["safety"].items()}


def fallen(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, tuple[Share, Share]]:
    """Safety figures that are lower than the kept ones by more than one message: what they are, and were."""
    kept = safety(before)
    return {
        matter: (held, kept[matter])
        for matter, held in safety(now).items()
        if matter in kept and held.has_fallen(kept[matter])
    }


def main_figures(figures: Mapping[str, Any]) -> dict[str, Share]:
    """The figures of `NAMES`."""
    *_, design = figures["designs"].values()  # the assistant's is the last
    folds = design["folds"]["clean"]
    sets, safe = figures["sets"], figures["safety"]
    offices = figures["offices"].get("register") or figures["offices"]["sample"]
    days = figures["days"]
    found = {
        "folds": folds["all"],
        "folds_en": folds["en"],
        "folds_cy": folds["cy"],
        "sets": sets["all"],
        "sets_en": sets["en"],
        "sets_cy": sets["cy"],
        "thumb": figures["mistyped"]["thumb"]["all"],
        "ear": figures["mistyped"]["ear"]["all"],
        "pairs": figures["pairs"]["all"],
        "nothing_else": sets["nothing_else"],
        "out_of_scope": sets["out_of_scope"],
        "english": sets["spoken"]["en"],
        "welsh": sets["spoken"]["cy"],
        "offices": offices["found"],
    }
    shares = {name: Share.from_dict(held) for name, held in found.items()}
    shares["routine"] = Share.from_dict(sets["routine_answered"]) + Share.from_dict(safe["routine"])
    shares["calm"] = Share.from_dict(safe["nothing"])
    shares |= {matter: held for matter, held in safety(figures).items() if matter in NAMES and matter not in shares}
    shares["days"] = Share.from_dict(days["en"]["found"]) + Share.from_dict(days["cy"]["found"])
    return {name: shares[name] for name in NAMES}


def line(figures: Mapping[str, Any]) -> str:
    """The main figures in percent, the calibration and the cost, as one line of JSON."""
    told: dict[str, Any] = {name: held.percent for name, held in main_figures(figures).items()}
    told["ece"] = figures["sets"]["calibration"]["ece"]
    told["p95_ratio"] = figures["cost"]["p95_ratio"]
    return json.dumps({**told, "sources": figures["sources"], "seconds": figures["seconds"]})
