"""Which of the things heard in a message are meant for us to answer.

Heard alone, a clause is taken for something even where it only leads up to the question ("my nan's appointment at the
eye hospital overran, is Bury still open"), and a whole message for one thing even where it asks two. What is meant is
learnt from whole messages, written with all that they ask (`data/messages`), by how each intent is heard in the whole,
in its clauses and in the halves of these, and what is heard around it.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import ThreadpoolController

from bot.jobcentre.clauses import Span, asks, is_negated
from bot.jobcentre.intent import FOLLOW_UPS, FURTHER
from bot.jobcentre.masks import DAY, HABIT, PLACE
from bot.nlu.classifiers import Ranking
from bot.nlu.risk_hearing import RISK_OF_INTENT

Part = tuple[Span, str, Ranking]
"""A stretch of a message: its span, its masked words, and what they were taken for."""
Row = list[float]

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("ask_opening", "ask_hours", "ask_closures"),
    ("ask_office", "ask_office_contact", "ask_facilities"),
    ("ask_closure_appointment",),
    ("ask_contact",),
    ("ask_benefit_info",),
    ("ask_individual_case",),
    ("ask_after_somebody", "ask_as_official", "report_stray_letter"),
    ("complain", "give_feedback", "report_wrong_information"),
    ("ask_foi", "ask_own_data", "ask_press"),
    ("ask_jobs", "ask_other_service", "ask_language"),
    ("ask_scam",),
    ("ask_about_assistant", "ask_for_person", "ask_to_post", "stop"),
    ("ask_politics", "insult", "insult_a_group"),
    ("greet", "thank", "goodbye"),
    ("out_of_scope", "nlu_fallback"),
)
"""Intents that stand to the others of a message alike."""
FAMILY_OF = {intent: number for number, family in enumerate(FAMILIES) for intent in family}
_OF_SELF = re.compile(
    r"\b(?:i|im|ive|i[’']m|i[’']ve|me|my|mine|we|our|us|dwi|rwy|fy|fi|gen i|gynno i|ni|ein)\b", re.IGNORECASE
)
TOLD_APART = FOLLOW_UPS | {FURTHER}
"""What only the conversation explains is said wherever a clause says it."""
LIKELIEST_OF_WHOLE = 3
LIKELIEST_OF_PART = 2
"""So many intents of each are weighed: of 900 messages written apart, 96 in 100 have all that they ask among them."""
_LEAST = 1e-4
ROUNDS, LEAVES, OF_A_LEAF, RATE = 400, 20, 50, 0.03
"""Many small steps: what is meant hangs less on the third decimal of what is heard (docs/decisions/0018)."""
OF_INTENT = 0
"""Where in a row the intent itself stands, by its number: some are meant where they are heard faintly, some are not."""


@dataclass(frozen=True)
class Parts:
    """A message, its clauses (none where it is one itself), and the halves into which they may be cut."""

    whole: Part
    clauses: Sequence[Part]
    halves: Sequence[Part]


class MeantClassifier:
    """Tells how likely each intent that is heard in a message is to be meant."""

    def __init__(self, messages: Sequence[tuple[Parts, Collection[str]]]) -> None:
        """Learn from messages and the intents that each asks."""
        rows: list[Row] = []
        is_meant = []
        for parts, asked in messages:
            for intent, row in _rows(parts).items():
                rows.append(row)
                is_meant.append(intent in asked)
        self._trees = HistGradientBoostingClassifier(
            max_iter=ROUNDS,
            max_leaf_nodes=LEAVES,
            min_samples_leaf=OF_A_LEAF,
            learning_rate=RATE,
            l2_regularization=5,
            categorical_features=[OF_INTENT],
            early_stopping=False,
            random_state=0,
        ).fit(np.array(rows), np.array(is_meant))

    def __getstate__(self) -> dict[str, bytes]:
        """The trees as one: a mapped array holds a file open, and four hundred trees have a thousand of them."""
        return {"trees": pickle.dumps(self._trees)}

    def __setstate__(self, state: Mapping[str, bytes]) -> None:
        self._trees = pickle.loads(state["trees"])

    def rank(self, parts: Parts) -> Ranking:
        """The intents that are heard in the message, with how likely each is meant; the likeliest first. Risks and what
        only the conversation explains are not among them: others tell those."""
        rows = _rows(parts)
        if not rows:
            return []
        with _threads().limit(limits=1):
            chances = self._trees.predict_proba(np.array(list(rows.values())))[:, 1]
        return sorted(zip(rows, map(float, chances), strict=True), key=lambda pair: -pair[1])


@cache
def _threads() -> ThreadpoolController:
    """Of the libraries that count: each of the two hundred trees would wait for all threads to wake, thirty times as
    long as it takes to read the few rows of a message."""
    return ThreadpoolController()


def _rows(parts: Parts) -> dict[str, Row]:
    """What is known of each intent that may be meant."""
    heard = _Heard(parts)
    return {intent: heard.row(intent) for intent in heard.candidates()}


class _Heard:
    """The parts as matrices (parts x intents)."""

    def __init__(self, parts: Parts) -> None:
        self._intents = sorted(intent for intent, _ in parts.whole[2] if _may_be_meant(intent))
        self._column = {intent: number for number, intent in enumerate(self._intents)}
        clauses = parts.clauses or [parts.whole]
        self._words = [phrase for _, phrase, _ in clauses]
        self._whole = self._shares([parts.whole])[0]
        self._clauses = self._shares(clauses)
        self._halves = self._shares(parts.halves)
        self._asking = np.array([asks(phrase) for phrase in self._words])
        self._tops = self._clauses.argmax(axis=1)
        self._families = np.array([FAMILY_OF[intent] for intent in self._intents])
        message = parts.whole[1]
        self._of_message = [
            float(len(parts.clauses)),
            float(len(message.split())),
            float(asks(message)),
            float("?" in message),
            float(_OF_SELF.search(message) is not None),
        ]

    def _shares(self, parts: Sequence[Part]) -> NDArray[np.float64]:
        shares = np.zeros((len(parts), len(self._intents)))
        for row, (_, _, ranking) in zip(shares, parts, strict=True):
            for intent, share in ranking:
                if intent in self._column:
                    row[self._column[intent]] = share
        return shares

    def candidates(self) -> list[str]:
        """The likeliest of the whole and of each part."""
        numbers = list(np.argsort(-self._whole)[:LIKELIEST_OF_WHOLE])
        for row in (*self._clauses, *self._halves):
            numbers += list(np.argsort(-row)[:LIKELIEST_OF_PART])
        return [self._intents[number] for number in dict.fromkeys(numbers)]

    def row(self, intent: str) -> Row:
        own = self._column[intent]
        others = np.arange(len(self._intents)) != own
        best = int(self._clauses[:, own].argmax())
        elsewhere = [row.max() for at, row in enumerate(self._clauses) if at != best and self._asking[at]]
        chances = [
            self._whole[own],
            self._clauses[best, own],
            self._clauses[:, own].mean(),
            _most(self._halves[:, own]),
            _most(self._clauses[self._asking, own]),
            _most(self._clauses[~self._asking, own]),
            self._whole[others].max(),
            self._clauses[best, others].max(),
            _most(np.array(elsewhere)),
            *self._of_families(others),
        ]
        return [float(own), *map(_log_odds, chances), *self._of_best(best), *self._of_message, *self._standing(own)]

    def _of_families(self, others: NDArray[np.bool_]) -> list[float]:
        """How likely each family is without the intent itself: in the whole, and in any clause."""
        found = []
        for family in range(len(FAMILIES)):
            of_it = others & (self._families == family)
            found += [self._whole[of_it].sum(), _most(self._clauses[:, of_it].ravel())]
        return found

    def _of_best(self, best: int) -> Row:
        """The clause in which it is heard best."""
        words = self._words[best]
        return [
            float(len(words.split())),
            float(self._asking[best]),
            float(any(mask in words for mask in (PLACE, DAY, HABIT))),
            float(best == 0),
            float(best == len(self._words) - 1),
            float(_OF_SELF.search(words) is not None),
            float(is_negated(words)),
        ]

    def _standing(self, own: int) -> Row:
        """In how many parts it comes first, and of which family it is."""
        return [
            float(self._whole.argmax() == own),
            float((self._tops == own).sum()),
            float((self._halves.argmax(axis=1) == own).sum()) if len(self._halves) else 0.0,
            *(float(self._families[own] == family) for family in range(len(FAMILIES))),
        ]


def _may_be_meant(intent: str) -> bool:
    return intent not in RISK_OF_INTENT and intent not in TOLD_APART


def _most(shares: NDArray[np.float64]) -> float:
    return float(shares.max()) if shares.size else 0.0


def _log_odds(share: float) -> float:
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return float(np.log(kept / (1 - kept)))
