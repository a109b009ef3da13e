"""Messages that only name another place or day, in whatever small words: "so is Dewsbury ok", "right so monday then".

After a question about an office they ask that again. A classifier that hears them alone takes their small words for
a goodbye, a "never mind" or nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.aspect_words import small_words, words_besides_names
from bot.jobcentre.intent import FURTHER, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Thread, Utterance, wanted

_WORDS_AT_MOST = 10
_SURE = 0.6
_GOOD = (
    "alright matter matters bother worries worry probs problem problems different better worse chance possible well "
    "free easier suits suit gwell gwahanol poeni ots haws"
)
_ANY_GOOD = frozenset(_GOOD.split())
"""Whether a place or a day will do, and that the one before will not."""
_HOURS = "wot wat whn wen time times hours til till until pryd amser faint gloch"
_OF_HOURS = frozenset(_HOURS.split())
"""Since when, or until when, it is open there or then."""
_SAYS_LITTLE = frozenset(
    {"goodbye", "cancel", "deny", "affirm", "greet", "inform", "give_feedback", "out_of_scope", "nlu_fallback", FURTHER}
)
"""What small words are taken for."""


def as_named_alone(utterance: Utterance, thread: Thread) -> Utterance:
    """The utterance; as one that informs of the place or day, where that is all it says and an office was spoken of."""
    is_until = _UNTIL.fullmatch(utterance.text) is not None
    if not _is_of_office(thread) or not (is_until or _only_names(utterance)):
        return utterance
    whole = Clause("ask_hours" if is_until else "inform", 1.0, utterance.text, 0, len(utterance.text))
    return replace(utterance, clauses=(whole,))


_UNTIL = re.compile(r"\W*(?:(?:and|so|ok|a|ac)\W+)*(?:til|till|untill?|tan)\W*", re.IGNORECASE)
"""Asks when it closes, in a word that is no farewell."""


def _is_of_office(thread: Thread) -> bool:
    is_told = thread.kind is not None and thread.kind.is_about_offices
    return is_told and bool(thread.offices or thread.kind is Kind.OFFICE_CLOSURES)


def _only_names(utterance: Utterance) -> bool:
    named = wanted(utterance.places) or [day for day in utterance.days if not (day.past or day.now)]
    if not named or utterance.topics or len(utterance.text.split()) > _WORDS_AT_MOST:
        return False
    is_little = all(clause.intent in _SAYS_LITTLE or clause.confidence < _SURE for clause in utterance.clauses)
    is_calm = not any((kind := KIND_OF_INTENT.get(clause.intent)) and kind.is_crisis for clause in utterance.clauses)
    return is_little and is_calm and not words_besides_names(utterance) - small_words() - _ANY_GOOD - _OF_HOURS
