"""Names of several words of which some are cut short: "bury st eds", "e ham", "newcastle-u-lyme"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.jobcentre.spelling import is_common

FEWEST, MOST = 2, 4
"""Words in a name that is looked for."""
LEAST_WHOLE = 3
"""Letters of at least one word that is written in full: "b st e" may be anything."""
_LINKS = frozenset("under upon on in super le by of the and y ar".split())  # noqa: SIM905
_SIDES = frozenset({"north", "south", "east", "west"})


class ShortenedNames:
    """Looks for known names, built once."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """`names` are the folded words of each."""
        self._by_initials: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            if FEWEST <= len(name) <= MOST:
                self._by_initials[_initials(name)].add(tuple(name))

    def find(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """The one name, in words, that these folded words cut short; None where there are several or none."""
        known = self._by_initials.get(_initials(words), ()) if all(words) else ()
        found = [name for name in known if _is_cut_short(words, name)]
        return found[0] if len(found) == 1 else None


def _initials(words: Sequence[str]) -> str:
    return "".join(word[:1] for word in words)


def _is_cut_short(words: Sequence[str], name: Sequence[str]) -> bool:
    pairs = list(zip(words, name, strict=True))
    whole = [word for word, full in pairs if word == full]
    is_known_by_one = any(len(word) >= LEAST_WHOLE and word not in _LINKS | _SIDES for word in whole)
    return is_known_by_one and len(whole) < len(name) and all(_is_piece(at, pairs) for at in range(len(pairs)))


def _is_piece(at: int, pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the word there stands for the name's: the same, its beginning, or its first and last letters with some
    between. A single letter only for a link, a side of the compass or the end of a long name."""
    word, full = pairs[at]
    if word == full:
        return True
    if len(word) == 1:
        return full in _LINKS or (at == 0 and full in _SIDES) or at == len(pairs) - 1 >= FEWEST
    return not is_common(word) and (full.startswith(word) or _has_bones(word, full))


def _has_bones(word: str, full: str) -> bool:
    """ "Eds" of Edmunds, "hse" of House."""
    rest = iter(full)
    return len(word) >= LEAST_WHOLE and word[-1] == full[-1] and all(letter in rest for letter in word)
