"""Spans of a message that are, or may be misspelt, a name that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA

from bot.jobcentre.office import Nation
from bot.jobcentre.place_context import MANY_PEOPLE, Context, Standing, stem_of_tag, word_lists
from bot.jobcentre.place_names import (
    Names,
    PlaceKind,
    Rank,
    Sense,
    add_gaelic_names,
    add_nicknames,
    add_welsh_names,
)
from bot.jobcentre.shortened import FEWEST, MOST, ShortenedNames
from bot.jobcentre.spelling import Speller, Word, common_words, is_common, join, key_of, sound_of, unmutated, words_of

WIDEST = 6
"""Words in the longest name that is looked for."""
MOST_REPAIRS = 60
"""Strange words of one message that are looked at for misspellings, so that a long message stays fast."""
UNKNOWN_PEOPLE = 20_000
"""What a town with an office counts as where its population is not known."""
LEAST_ALIKE = 0.65
LEAST_WRITTEN_ALIKE = 0.5
"""Below this, two words that sound the same are no spellings of one name."""
CLEARLY_BETTER = 4
LEAST_OTHER_FIRST = 5
"""Letters of a word whose first may be the slip, and the only one: "wold" is not Mold."""
LEAST_BEGINNING = 6
"""Letters in the first words of a name that may be misspelt for the whole: "merthur"."""
LEAST_WITHIN = 5
"""Letters of a word by which the rest of a name is known."""
LEAST_LONGER = 2
"""Letters that the rest of a name has."""
LONG_REST = 5
LONG_WHOLE = 12
"""Letters in a name that may be two slips away."""
LEAST_WHOLE = 7
"""Letters in a name of several words that may be misspelt in any of them."""


@dataclass(frozen=True)
class Hit:
    """The words [start, end) of a message, and what they may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    certain: bool = True
    standing: Standing = Standing.NOTHING
    is_respelt: bool = False
    """Whether it is a slip that was put right."""

    @property
    def offices(self) -> set[str]:
        """All that the name may mean, closed ones of a town included; an area only where it means nothing else."""
        senses = [sense for sense in self.senses if sense.rank is not Rank.AREA] or self.senses
        return {office for sense in senses for office in (*sense.offices, *sense.gone)}

    @property
    def is_part(self) -> bool:
        return all(sense.rank is Rank.PART for sense in self.senses)

    @property
    def is_area(self) -> bool:
        first = self.senses[0]
        is_irish = first.kind is PlaceKind.NORTHERN_IRELAND and first.point is None
        return first.kind in (PlaceKind.DISTRICT, PlaceKind.NATION) or is_irish


@dataclass(frozen=True)
class _Guess:
    """A name that a strange spelling may stand for."""

    name: str
    edits: int
    alike: float
    weight: float

    @property
    def order(self) -> tuple[float, float]:
        return self.alike, self.weight


class NameSearch:
    """Looks for known names, built once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        add_welsh_names(names)
        add_gaelic_names(names)
        spellings = [key for key, senses in names.items() if _may_be_misspelt(key, senses)]
        self._shortened = ShortenedNames(_words_of_names(names))
        add_nicknames(names)
        # Other nicknames are left out: a misspelt word is likelier to be a town than a nickname.
        beginnings = [key for key in names if len(key) >= LEAST_BEGINNING and _begins_its_name(key, names[key][0])]
        self._speller = Speller(dict.fromkeys([*spellings, *beginnings]))
        self._known_words = _words_within(names) | word_lists()["forenames"]
        self._several_words = {
            key for key, senses in names.items() if any(set(s.called.removeprefix("The ")) & set(" -") for s in senses)
        }
        self._longest = max(map(len, names), default=0)
        self._beginnings = {key[:4] for key in names}
        is_common("")  # reads the word list now, and not in the first message

    def find(self, context: Context) -> list[Hit]:
        """Hits in text order, none overlapping; whether they are meant is for others to say."""
        hits = self._look_up(context)
        hits = [*self._repair(context, hits), *hits]
        hits = [hit for hit in hits if context.is_whole(hit.start, hit.end)]
        found: list[Hit] = []
        for hit in sorted(hits, key=lambda hit: hit.start):
            if not found or hit.start >= found[-1].end:
                found.append(self._lengthened(context, hit, found[-1].end if found else 0))
        return found

    # -------------------------------------------------------- as they stand

    def _look_up(self, context: Context) -> list[Hit]:
        hits = []
        at = 0
        while at < len(context.words):
            hit = self._longest_at(context, at) or self._changed(context.words, at)
            hit = self._cut_short_at(context, at, hit.end if hit else at + 1) or hit
            if hit:
                hits.append(hit)
            at = hit.end if hit else at + 1
        return hits

    def _longest_at(self, context: Context, start: int) -> Hit | None:
        found: Hit | None = None
        if not context.words[start].short:
            return None
        for end in range(start + 1, min(start + WIDEST, len(context.words)) + 1):
            span = context.words[start:end]
            key = join(span)
            if len(key) > self._longest + 1 or (len(span) > 1 and key[:4] not in self._beginnings):
                break
            senses = (self._names.get(key) or self._of_possessive(span, key)) if span[-1].short else None
            if senses and not self._is_chance_join(context, start, end):
                found = Hit(start, end, tuple(senses))
        return found

    def _cut_short_at(self, context: Context, start: int, beyond: int) -> Hit | None:
        """A longer name with some of its words cut short: "bury st eds", where "bury" alone is another town."""
        for end in range(min(start + MOST, len(context.words)), max(beyond, start + FEWEST - 1), -1):
            name = self._shortened.find([word.short for word in context.words[start:end]])
            if name and context.standing(start, end) > Standing.NOTHING:
                return Hit(start, end, tuple(self._names[key_of(" ".join(name))]))
        return None

    def _of_possessive(self, span: Sequence[Word], key: str) -> list[Sense] | None:
        """ "Leeds's", "glasgows"."""
        if key.endswith("s") and len(key) > 4 and not is_common(span[-1].folded):
            return self._names.get(key[:-1])
        return None

    def _is_chance_join(self, context: Context, start: int, end: int) -> bool:
        """Words that make up one by chance: "a red car", "too far for far away"."""
        span = context.words[start:end]
        if len(span) == 1 or "-" in context.gap(start + 1):
            return False
        key = join(span)
        is_one_word = key not in self._several_words
        is_led = span[0].folded in word_lists()["before"]  # "at wick" is not Atwick
        is_chance = is_one_word and (is_led or len(key) < 6 or all(is_common(word.folded) for word in span))
        return is_chance and context.standing(start, end) < Standing.SURE

    def _changed(self, words: Sequence[Word], start: int) -> Hit | None:
        """A name with a Jobcentre stuck to it, or with a Welsh mutation."""
        word = words[start].folded
        stem = stem_of_tag(word)
        if stem in self._names:
            return Hit(start, start + 1, tuple(self._names[stem]), standing=Standing.SURE)
        if word in common_words():
            return None
        for end in range(min(start + 4, len(words)), start, -1):
            if not words[end - 1].short:
                continue
            key = join(words[start:end])
            welsh = [s for radical in unmutated(key) for s in self._names.get(radical, ()) if _is_welsh(s)]
            if welsh and len(key) >= 4:
                return Hit(start, end, tuple(welsh))
        return None

    # -------------------------------------------------------- misspelt

    def _repair(self, context: Context, hits: Sequence[Hit]) -> list[Hit]:
        named = [hit for hit in hits if not context.is_end_of_name(hit.start, hit.end)]
        taken = {at for hit in named for at in range(hit.start, hit.end)}
        repaired: list[Hit] = []
        looked_at = 0
        for at, word in enumerate(context.words):
            if at in taken or not _is_strange(word) or word.folded in self._known_words:
                continue
            looked_at += 1
            if looked_at > MOST_REPAIRS:
                break
            if hit := self._respelt(context, at, taken):
                repaired.append(hit)
                taken.update(range(hit.start, hit.end))
        return repaired

    def _respelt(self, context: Context, at: int, taken: set[int]) -> Hit | None:
        """The likeliest name that the word is, or begins, or ends: "miltn keynes", "st hellens"."""
        best: tuple[float, Hit] | None = None
        for start in range(max(at - 1, 0), at + 1):
            for end in range(at + 1, min(at + 3, len(context.words)) + 1):
                if taken.isdisjoint(range(start, end)) and (scored := self._respelt_span(context, start, end)):
                    best = scored if best is None or scored[0] > best[0] else best
        return best[1] if best else None

    def _respelt_span(self, context: Context, start: int, end: int) -> tuple[float, Hit] | None:
        span = context.words[start:end]
        key = join(span)
        stem = stem_of_tag(key) if len(span) == 1 else ""
        key = stem or key
        if not 4 <= len(key) <= self._longest + 2 or not key.isalpha() or not all(word.short for word in span):
            return None
        standing = Standing.SURE if stem else context.standing(start, end)
        # "Burnly" may be "burn" with an ending: no more than one slip or much the same sound, and surely a place.
        is_derived = is_common(key)
        if standing is Standing.SPOILED or (is_derived and standing < Standing.SURE):
            return None
        # Ordinary words beside each other make up a place's name only by chance: "covered in" is not Edinburgh.
        is_loose = len(span) > 1 and any(word.folded in common_words() for word in span)
        guesses = [
            guess
            for guess in self._guesses(key, standing)
            if self._is_fit(guess, key, standing)
            and not (is_loose and guess.name not in self._several_words)
            and not (is_derived and guess.edits > 1 and sound_of(guess.name) != sound_of(key))
        ]
        guesses.sort(key=lambda guess: guess.order, reverse=True)
        if not guesses:
            return None
        certain = _is_certain(guesses, key, standing)
        first = guesses[0]
        return first.alike + 0.01 * len(span), Hit(
            start, end, tuple(self._names[first.name]), certain, standing, is_respelt=True
        )

    def _guesses(self, key: str, standing: Standing) -> list[_Guess]:
        sound = sound_of(key)
        names = {name for name, _ in self._speller.find(key, _edits_allowed(key, standing))}
        if len(sound) >= 3 and len(key) >= 5 and (standing > Standing.NOTHING or len(key) >= 7):
            names.update(name for name in self._speller.find_by_ear(key) if name[0] == key[0])
        return [self._guess(key, sound, name) for name in names]

    def _guess(self, key: str, sound: str, name: str) -> _Guess:
        edits = OSA.distance(key, name)
        alike = 1 - edits / max(len(key), len(name))
        alike += 0.15 if alike >= LEAST_WRITTEN_ALIKE and sound_of(name) == sound else 0.0
        alike += 0.05 if edits == 1 else 0.0  # one slip of a thumb is likelier than a name that sounds much the same
        alike -= 0.1 if name[0] != key[0] else 0.0
        best = self._names[name][0]
        is_small = not best.offices and best.population < MANY_PEOPLE
        return _Guess(name, edits, round(alike - (0.15 if is_small else 0.0), 2), self._weight(name))

    def _is_fit(self, guess: _Guess, key: str, standing: Standing) -> bool:
        """Whether a likely spelling may be believed where it stands."""
        best = self._names[guess.name][0]
        most_left_out = 3 + (sound_of(guess.name) == sound_of(key))  # "gainsbro"
        if guess.alike < LEAST_ALIKE or abs(len(guess.name) - len(key)) > most_left_out:
            return False
        if guess.name[0] != key[0] and (len(key) < LEAST_OTHER_FIRST or guess.edits > 1):
            return False
        if best.rank is Rank.PART and guess.edits > 1:
            return False
        if best.rank is Rank.AREA:
            return standing >= Standing.LIKELY and guess.edits == 1 and len(key) >= 7
        if best.kind is PlaceKind.PLACE and best.population < MANY_PEOPLE:
            return standing >= Standing.LIKELY and guess.edits == 1 and len(key) >= 7
        if standing >= Standing.LIKELY:
            return True
        return len(key) >= 7 and (guess.edits == 1 or len(key) >= 9) and bool(best.offices)

    def _weight(self, name: str) -> float:
        best = self._names[name][0]
        people = max(best.population, UNKNOWN_PEOPLE if best.offices else 0)
        return people * (3 if best.offices else 1)

    def _lengthened(self, context: Context, hit: Hit, floor: int) -> Hit:
        """The hit with the rest of its name, one of whose words is misspelt: "Ashton under line", "yokr monkgate"."""
        best: tuple[int, int, Hit] | None = None
        for start, end in self._around(context, hit, floor):
            key = join(context.words[start:end])
            rest = len(key) - len(join(context.words[hit.start : hit.end]))
            for name, edits in self._whole_names(key, rest) if len(key) >= LEAST_WHOLE else ():
                order = (-edits, len(name), replace(hit, start=start, end=end, senses=tuple(self._names[name])))
                best = order if best is None or order[:2] > best[:2] else best
        return best[2] if best else hit

    def _around(self, context: Context, hit: Hit, floor: int) -> Iterator[tuple[int, int]]:
        """Spans of words with the hit and more in them, that could be one name."""
        begun = len(join(context.words[hit.start : hit.end]))
        for start in range(max(hit.start - 2, floor), hit.start + 1):
            for end in range(hit.end, min(hit.end + 3, len(context.words)) + 1):
                ends = {context.words[start], context.words[end - 1]} - set(context.words[hit.start : hit.end])
                is_longer = sum(len(word.folded) for word in context.words[start:end]) >= begun + LEAST_LONGER
                is_named = all(word.short and word.folded not in _beside_names() for word in ends)
                if ends and is_longer and is_named and context.is_whole(start, end):
                    yield start, end

    def _whole_names(self, key: str, rest: int) -> list[tuple[str, int]]:
        """Names of several words that the key may be a slip for, with the slips; `rest` letters of it are beside what
        is a name already."""
        near = self._speller.find(key, 1 + (len(key) >= LONG_WHOLE and rest >= LONG_REST))
        if len(key) >= LONG_WHOLE - 2 and rest >= LONG_REST:
            near += [(name, 2) for name in self._speller.find_by_ear(key) if OSA.distance(key, name) == 2]
        return [
            (name, edits) for name, edits in near if name in self._several_words and self._may_be_whole(name, edits)
        ]

    def _may_be_whole(self, name: str, edits: int) -> bool:
        best = self._names[name][0]
        is_known = bool(best.offices) or best.population >= MANY_PEOPLE
        return best.rank < Rank.AREA and (is_known or edits <= 1)


def _words_of_names(names: Names) -> Iterator[list[str]]:
    """The names of towns and offices, in words: not of streets, villages or areas."""
    for senses in names.values():
        called = words_of(senses[0].called)
        is_known = bool(senses[0].offices) or senses[0].population >= MANY_PEOPLE
        if senses[0].rank <= Rank.PLACE and is_known and key_of(senses[0].called) in names:
            yield [word.short for word in called if word.short]


def _words_within(names: Names) -> frozenset[str]:
    """Words after the first of names of several: the Makerfield of Ashton-in-Makerfield is no other place misspelt."""
    within = (word.folded for senses in names.values() for word in words_of(senses[0].called)[1:])
    return frozenset(word for word in within if len(word) >= LEAST_WITHIN)


def _begins_its_name(key: str, sense: Sense) -> bool:
    """Whether it is how the name begins, as a word of it, wherever it is said: "Merthyr"."""
    if sense.rank is Rank.PART and sense.is_first_words:
        return False
    words = words_of(sense.name)
    return any(key == join(words[:count]) for count in range(1, len(words)))


@cache
def _beside_names() -> frozenset[str]:
    """Words that mostly stand beside names, and in none: "near", "jobcentre", "open"."""
    lists = word_lists()
    return frozenset().union(*(lists[name] for name in ("asks", "state", "jobcentre", "own", "when", "before")))


def _is_strange(word: Word) -> bool:
    return len(word.folded) >= 3 and word.folded.isalpha() and word.folded not in common_words()


def _is_certain(guesses: Sequence[_Guess], key: str, standing: Standing) -> bool:
    """Whether the best guess is good enough not to be asked about, and far enough from the next."""
    first = guesses[0]
    is_good = (first.edits == 1 and len(key) >= 6) or len(key) >= 9 or (standing is Standing.SURE and len(key) >= 7)
    rivals = [guess for guess in guesses[1:] if guess.alike >= first.alike]
    return is_good and all(first.weight >= CLEARLY_BETTER * rival.weight for rival in rivals)


def _is_welsh(sense: Sense) -> bool:
    return sense.is_welsh or (sense.nation is Nation.WALES and sense.rank < Rank.AREA)


def _may_be_misspelt(key: str, senses: Sequence[Sense]) -> bool:
    first = senses[0]
    return len(key) >= 4 and key.isalpha() and not (first.rank is Rank.PART and len(key) < 8)


def _edits_allowed(key: str, standing: Standing) -> int:
    if len(key) <= 5:
        return 1
    return 2 if len(key) >= 8 or standing is Standing.SURE else 1
