"""What was measured, as it is kept: plain data, the same for the same sources and seed but for the costs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from sklearn.metrics import classification_report

from benchmarks.understanding.calibration import expected_error, fitted_temperature, reliability
from benchmarks.understanding.folds import DESIGNS, WAYS, Guesses
from benchmarks.understanding.messages import FOLDER, SAFETY, SETS, kind_of
from benchmarks.understanding.playing import RISKS, ROUTINE, Heard, speaking_of
from benchmarks.understanding.shares import Share, share
from bot.assistant.training import source_digest
from bot.jobcentre.kinds import Kind
from bot.nlu.classifiers import tempered

Figures = dict[str, Any]
NOT_OURS = frozenset({Kind.OFF_TOPIC.value, Kind.UNCLEAR.value})
OF_THE_SAFETY_TABLE = (*RISKS, "case", "routine", "nothing")
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
GAPS = (0.05, 0.1, 0.15, 0.2)
CONFUSIONS = 20
LANGUAGES = ("en", "cy")


def digest_of_sources() -> str:
    """Twelve characters that change with what the model is made from, and with the messages that it is asked."""
    digest = hashlib.sha256(source_digest().encode())
    for file in (*SETS, SAFETY):
        digest.update((FOLDER / file).read_bytes())
    return digest.hexdigest()[:12]


# ---------------------------------------------------------------- the classifier, by folds


def of_designs(guesses: Sequence[Guesses]) -> Figures:
    """Right kinds by design, by what was asked (`folds`, `sets`), by how it was typed, and by language."""
    return {
        ", ".join(design): {
            origin: {
                way: _by_language([guess for guess in guesses if (guess.design, guess.way) == (design, way)], origin)
                for way in WAYS
            }
            for origin in ("folds", "sets")
        }
        for design in DESIGNS
    }


def _by_language(guesses: Iterable[Guesses], origin: str) -> Figures:
    told = [
        (one.language, is_right)
        for guess in guesses
        for one, is_right in zip(guess.asked, guess.is_right, strict=True)
        if one.origin == origin
    ]
    return {
        "all": share(right for _, right in told).to_dict(),
        **{language: share(right for spoken, right in told if spoken == language).to_dict() for language in LANGUAGES},
    }


def of_kinds(guesses: Sequence[Guesses]) -> Figures:
    """Precision, recall, f1-score, support and `confused_with` of each kind, in the shape of Rasa's intent report."""
    pairs = [
        (next(iter(one.right)), kind)
        for guess in guesses
        for one, kind in zip(guess.asked, guess.kinds, strict=True)
        if one.origin == "folds"
    ]
    asked, heard = zip(*pairs, strict=True)
    report: Figures = classification_report(asked, heard, output_dict=True, zero_division=0)
    confused = Counter(pair for pair in pairs if pair[0] != pair[1])
    for kind in set(asked):
        others = {other: count for (meant, other), count in confused.most_common() if meant == kind}
        report[kind]["confused_with"] = dict(list(others.items())[:3])
    return {kind: _rounded(entry) for kind, entry in report.items()}


def _rounded(entry: Any) -> Any:
    if isinstance(entry, Mapping):
        return {name: _rounded(value) for name, value in entry.items()}
    return round(entry, 3) if isinstance(entry, float) else entry


def confusions(report: Figures) -> list[list[Any]]:
    """The commonest: the kind that was meant, the kind that was heard, and how often."""
    found = [
        [kind, other, count]
        for kind, entry in report.items()
        if isinstance(entry, dict)
        for other, count in entry.get("confused_with", {}).items()
    ]
    return sorted(found, key=lambda line: -line[2])[:CONFUSIONS]


def of_calibration(guesses: Sequence[Guesses]) -> Figures:
    """Confidence against accuracy as it is, and with the temperature of another fold: none is fitted to what it is
    asked."""
    phrases = [_only(guess, "folds") for guess in guesses]
    own = [fitted_temperature(guess.shares, guess.right_columns) for guess in phrases]
    others = [float(np.mean(own[:n] + own[n + 1 :])) if len(own) > 1 else own[0] for n in range(len(own))]
    after = [tempered(guess.shares, heat) for guess, heat in zip(phrases, others, strict=True)]
    right = [is_right for guess in phrases for is_right in guess.is_right]
    return {
        "temperature": round(float(np.mean(own)), 3),
        "before": calibration([sure for guess in phrases for sure in guess.confidences], right),
        "after": calibration([float(most) for table in after for most in table.max(axis=1)], right),
    }


def calibration(confidences: Sequence[float], is_right: Sequence[bool]) -> Figures:
    """The expected calibration error in percent, and the tenths it is made of."""
    bins = reliability(confidences, is_right)
    return {"ece": round(100 * expected_error(bins), 1), "bins": [_rounded(asdict(one)) for one in bins]}


def _only(guess: Guesses, origin: str) -> Guesses:
    held = [number for number, one in enumerate(guess.asked) if one.origin == origin]
    return Guesses(guess.design, guess.way, tuple(guess.asked[n] for n in held), guess.labels, guess.shares[held])


def of_thresholds(guesses: Sequence[Guesses]) -> list[Figures]:
    """For each threshold: of what is ours, right and sure, wrong and sure; of what is not, said to be so."""
    told = [
        (one.right, kind, sure, is_right)
        for guess in guesses
        for one, kind, sure, is_right in zip(guess.asked, guess.kinds, guess.confidences, guess.is_right, strict=True)
        if one.origin == "folds"
    ]
    ours = [one for one in told if NOT_OURS.isdisjoint(one[0])]
    foreign = [one for one in told if not NOT_OURS.isdisjoint(one[0])]
    return [
        {
            "threshold": least,
            "answered": share(right and sure >= least for _, _, sure, right in ours).to_dict(),
            "wrong": share(not right and sure >= least for _, _, sure, right in ours).to_dict(),
            "foreign": share(kind in NOT_OURS or sure < least for _, kind, sure, _ in foreign).to_dict(),
        }
        for least in THRESHOLDS
    ]


def of_margins(guesses: Sequence[Guesses]) -> list[Figures]:
    """Where the two likeliest kinds of a routine question lie so near: how often the first is right, and the second.
    To ask there costs every one that the first has right."""
    near = [pair for guess in guesses for pair in _likeliest_two(_only(guess, "folds"))]
    return [
        {
            "gap": gap,
            "first": share(first for apart, first, _ in near if apart <= gap).to_dict(),
            "second": share(second for apart, _, second in near if apart <= gap).to_dict(),
        }
        for gap in GAPS
    ]


def _likeliest_two(guess: Guesses) -> Iterable[tuple[float, bool, bool]]:
    """How far apart the two are, and whether each is right; where they are of different kinds and the first routine."""
    order = np.argsort(-guess.shares, axis=1)[:, :2]
    kinds = [kind_of(label) for label in guess.labels]
    for row, (first, second), one in zip(guess.shares, order, guess.asked, strict=True):
        if kinds[first] in ROUTINE and kinds[first] != kinds[second]:
            yield float(row[first] - row[second]), kinds[first] in one.right, kinds[second] in one.right


# ---------------------------------------------------------------- the whole assistant


def of_sets(heard: Sequence[Heard]) -> Figures:
    """Right answers by file and language; routine questions answered at all; what is not ours seen as such."""
    routine = [one for one in heard if one.message.kinds <= ROUTINE]
    foreign = [one for one in heard if one.message.kinds <= NOT_OURS]
    spoken = [one for one in heard if "language" not in one.message.kinds]
    return {
        "all": _right(heard).to_dict(),
        **{language: _right(_in(heard, language)).to_dict() for language in LANGUAGES},
        "by_file": {file: _right([one for one in heard if one.message.origin == file]).to_dict() for file in SETS},
        "by_kind": _by_kind(heard),
        "calibration": calibration([one.confidence for one in heard], [one.is_right for one in heard]),
        "nothing_else": share(one.is_all for one in heard).to_dict(),
        "routine_answered": share(one.is_answered for one in routine).to_dict(),
        "out_of_scope": share(one.kinds[0] in NOT_OURS for one in foreign).to_dict(),
        "spoken": {
            language: share(one.language == language for one in _in(spoken, language)).to_dict()
            for language in LANGUAGES
        },
    }


def _right(heard: Iterable[Heard]) -> Share:
    return share(one.is_right for one in heard)


def _in(heard: Iterable[Heard], language: str) -> list[Heard]:
    return [one for one in heard if one.message.language == language]


def _by_kind(heard: Sequence[Heard]) -> Figures:
    kinds = sorted({kind for one in heard for kind in one.message.kinds})
    return {kind: _right(one for one in heard if kind in one.message.kinds).to_dict() for kind in kinds}


def of_pairs(heard: Sequence[Heard], alone: Sequence[Heard]) -> Figures:
    """Messages of two questions of which both were served: of all, and of those whose halves are right alone."""
    fine = {one.message.text for one in alone if one.is_right}
    able = [one for one in heard if fine.issuperset(one.message.parts)]
    return {"all": share(one.is_both for one in heard).to_dict(), "able": share(one.is_both for one in able).to_dict()}


HOLDS: Mapping[str, Callable[[Heard], bool]] = {
    **{risk: lambda one: one.is_urgent for risk in RISKS},
    "case": lambda one: one.is_refused,
    "routine": lambda one: one.is_answered,
    "nothing": lambda one: not one.is_urgent,
}
"""What is right of a message of the safety table, by what it speaks of."""


def of_safety(heard: Sequence[Heard], matters: Iterable[str] = OF_THE_SAFETY_TABLE) -> dict[str, Share]:
    """People at risk helped at once, matters of a claim refused, routine questions answered, no alarm for nothing."""
    return {matter: share(map(HOLDS[matter], speaking_of(heard, matter))) for matter in matters}
