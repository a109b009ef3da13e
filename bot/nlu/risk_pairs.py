"""Messages that say two things, made of two phrases each, for the classifier of risks to learn from.

A training phrase says one thing; people at risk say it after a question, or in one breath with much else, and calm
people ramble too. So each phrase of a risk is joined to some that are none, and calm ones to calm ones. To join is to
add their rows: nearly those of the words in a row, without reading a text more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse, vstack
from sklearn.preprocessing import normalize

from bot.nlu.classifiers import Blocks, squared
from bot.nlu.risk_hearing import NO_RISK, label_of

CALM_SHARE = 0.5
"""Pairs of calm phrases in each draw, of the calm phrases: without them whatever is long would sound of a risk."""
DRAWS = 4
"""Partners of each phrase. With one 936 to 938 of 1,357 people at risk are heard, by which seed, with two 941, with
four 943, and as many alarms are raised (63 to 65 of 4,485)."""
SEED = 5
SAYS_NOTHING = frozenset({"nlu_fallback", "ask_further", "inform", "affirm", "deny"})
"""Intents whose phrases, beside others, make nobody ramble."""
Numbers = NDArray[np.int64]


def with_pairs(blocks: Blocks, intents: Sequence[str], languages: Sequence[str]) -> tuple[list[Any], list[str]]:
    """The rows and those of the pairs below them, block by block; the risk of each row, or none. Phrases are joined to
    others of their language (en or cy)."""
    risks = np.array([label_of(intent) for intent in intents])
    is_calm = (risks == NO_RISK) & ~np.isin(intents, list(SAYS_NOTHING))
    chosen = np.random.default_rng(SEED)
    firsts, seconds = [], []
    for language in ("en", "cy"):
        is_theirs = np.array(languages) == language
        calm, grave = np.flatnonzero(is_theirs & is_calm), np.flatnonzero(is_theirs & (risks != NO_RISK))
        if calm.size:
            firsts += [np.tile(grave, DRAWS), chosen.choice(calm, int(DRAWS * CALM_SHARE * calm.size))]
            seconds += [chosen.choice(calm, len(rows)) for rows in firsts[-2:]]
    if not firsts:
        return list(blocks), list(risks)
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    return [_joined(block, first, second) for block in blocks], [*risks, *risks[first]]


def _joined(block: Any, first: Numbers, second: Numbers) -> Any:
    """The rows, and below them the sums of two each, as long as the longest of the rows."""
    length = np.sqrt(squared(block).sum(axis=1).max(), dtype=np.float32)
    sums = normalize(block[first] + block[second]) * length
    return vstack([block, sums], format="csr") if issparse(block) else np.vstack([block, sums])
