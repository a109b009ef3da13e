"""Finds offices and places in what people really write.

A name is looked up with spaces, hyphens, accents and apostrophes left out; then by what is left without a Jobcentre
stuck to it, and by what it was before a Welsh mutation; then, if it is no ordinary word, by its likely misspellings.
Words that are also places, and short misspellings, count only where the words around say so (`place_context`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation, Office, Place, Point
from bot.jobcentre.place_context import MANY_PEOPLE, Context, Standing, stem_of_tag, word_lists
from bot.jobcentre.place_names import Names, PlaceKind, Rank, Sense, names_of
from bot.jobcentre.postcode import PostcodeHit, find_postcodes
from bot.jobcentre.spelling import Speller, Word, common_words, fold, is_common, join, unmutated, words_of

__all__ = ["Centre", "Gazetteer", "NearOffice", "PlaceKind", "PlaceMention"]

WIDEST = 6
"""Words in the longest name that is looked for."""
MOST_REPAIRS = 60
"""Strange words of one message that are looked at for misspellings, so that a long message stays fast."""
KM_PER_DEGREE = 111.19
OUR_AREA_KM = 30.0
RIVAL_SHARE = 0.4
RIVAL_PEOPLE = 10_000
UNKNOWN_PEOPLE = 20_000
"""What a town with an office counts as where its population is not known."""


@dataclass(frozen=True)
class Centre:
    """A postcode sector ("LS1 4") or outcode ("LS1") with its centre."""

    code: str
    point: Point
    nation: Nation
    radius_km: float = 0.0
    """Most of its postcodes lie this close to the centre; 0 where that is not known."""


@dataclass(frozen=True)
class NearOffice:
    """A running office, and how far it is as the crow flies."""

    office_id: str
    km: float


@dataclass(frozen=True)
class PlaceMention:
    """A place that somebody named."""

    start: int
    end: int
    """Offsets in the text given: `text[start:end]` is what they wrote."""
    text: str
    kind: PlaceKind
    name: str
    """How we name it: "Leeds", "Leeds Park Place", "LS1 4"."""
    offices: tuple[str, ...] = ()
    """Ids of the offices meant, best first: running ones, save that a closed or moved office named exactly is given
    as itself. Empty for places without an office, postcodes and nations."""
    nearest: tuple[NearOffice, ...] = ()
    """For places without an office and postcodes: up to three running offices."""
    nation: Nation | None = None
    certain: bool = True
    """False where it is spelt so oddly that the assistant should ask."""
    ambiguous: bool = False
    """Whether the name is of several places, whose offices are all in `offices`."""
    alternatives: tuple[str, ...] = ()
    """Where ambiguous, what it may mean, in words: "Newport Gwent", "Bangor (Northern Ireland)"."""


@dataclass(frozen=True)
class Hit:
    """A span of words that is some known name."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    certain: bool = True
    standing: Standing = Standing.NOTHING

    @property
    def offices(self) -> set[str]:
        return {office for sense in self.senses for office in (*sense.offices, *sense.gone)}

    @property
    def is_part(self) -> bool:
        return all(sense.rank is Rank.PART for sense in self.senses)

    @property
    def is_area(self) -> bool:
        return self.senses[0].kind in (PlaceKind.DISTRICT, PlaceKind.NATION) or (
            self.senses[0].kind is PlaceKind.NORTHERN_IRELAND and self.senses[0].point is None
        )


@dataclass
class _Search:
    """One message on its way through the gazetteer."""

    context: Context
    ours: tuple[str, ...]
    hits: list[Hit] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return self.context.words

    def is_free(self, start: int, end: int) -> bool:
        return all(hit.end <= start or hit.start >= end for hit in self.hits)


class Gazetteer:
    """The offices, places and postcodes that are known, by every name people give them.

    Built once from the register; `find` only reads, so one may serve many threads.
    """

    def __init__(self, offices: Iterable[Office], places: Iterable[Place] = (), centres: Iterable[Centre] = ()) -> None:
        listed = list(offices)
        self._offices = {office.id: office for office in listed}
        self._centres = {centre.code: centre for centre in centres}
        self._names: Names = names_of(listed, list(places))
        self._longest = max(map(len, self._names), default=0)
        self._beginnings = {key[:4] for key in self._names}
        self._speller = Speller(key for key, senses in self._names.items() if _may_be_misspelt(key, senses))
        running = [(office.point, office.id) for office in listed if office.is_running and office.point]
        self._by_latitude = sorted(running, key=lambda pair: pair[0].lat)
        self._latitudes = [point.lat for point, _ in self._by_latitude]

    def office(self, office_id: str) -> Office:
        """Raises NotFound."""
        try:
            return self._offices[office_id]
        except KeyError:
            raise NotFound(f"No office has the id {office_id!r}.") from None

    def nearest(self, point: Point, count: int = 3) -> tuple[NearOffice, ...]:
        """The running offices nearest to the point, the nearest first."""
        best: list[NearOffice] = []
        for office_point, office_id in self._by_nearest_latitude(point.lat):
            if len(best) == count and abs(office_point.lat - point.lat) * KM_PER_DEGREE > best[-1].km:
                break
            best.append(NearOffice(office_id, point.km_to(office_point)))
            best = sorted(best, key=lambda near: near.km)[:count]
        return tuple(best)

    def _by_nearest_latitude(self, latitude: float) -> Iterator[tuple[Point, str]]:
        above = bisect_left(self._latitudes, latitude)
        below = above - 1
        while below >= 0 or above < len(self._latitudes):
            gap_above = self._latitudes[above] - latitude if above < len(self._latitudes) else float("inf")
            gap_below = latitude - self._latitudes[below] if below >= 0 else float("inf")
            if gap_above < gap_below:
                yield self._by_latitude[above]
                above += 1
            else:
                yield self._by_latitude[below]
                below -= 1

    # -------------------------------------------------------- finding

    def find(self, text: str, *, ours: Sequence[str] = (), expecting: bool = False) -> list[PlaceMention]:
        """The places named in a message, in text order, none overlapping.

        `ours` are the ids of the account's offices: they are what "my jobcentre" means, and break ties between towns
        of one name. `expecting` says that we have just asked "which office?", so that a bare word may be one.
        """
        postcodes = list(find_postcodes(text, self._centres, expecting=expecting))
        words = [
            word for word in words_of(text) if not any(p.start < word.end and word.start < p.end for p in postcodes)
        ]
        search = _Search(Context(text, words, expecting), tuple(ours))
        self._look_up(search)
        self._repair(search)
        hits = self._settle(search)
        mentions = [self._mention(search, hit) for hit in hits]
        mentions += [self._postcode(text, hit) for hit in postcodes]
        mentions += self._own(search, mentions)
        return sorted(mentions, key=lambda mention: mention.start)

    def _look_up(self, search: _Search) -> None:
        """Spans that are a known name as they stand, the longest first."""
        at = 0
        while at < len(search.words):
            hit = self._longest_at(search, at)
            if hit:
                search.hits.append(hit)
            at = hit.end if hit else at + 1

    def _longest_at(self, search: _Search, start: int) -> Hit | None:
        found: Hit | None = None
        key = ""
        for end in range(start + 1, min(start + WIDEST, len(search.words)) + 1):
            span = search.words[start:end]
            key = join(span)
            if len(key) > self._longest + 3 or (end > start + 1 and len(key) > 5 and not self._may_begin(key)):
                break
            if not span[0].short or not span[-1].short:
                continue
            senses = self._names.get(key) or self._possessive(span, key) or ()
            if senses and not self._is_chance_join(search, start, end):
                found = Hit(start, end, tuple(senses))
        return found or self._changed(search, start)

    def _may_begin(self, key: str) -> bool:
        return key[:4] in self._beginnings

    def _possessive(self, span: Sequence[Word], key: str) -> list[Sense] | None:
        """ "Leeds's", "glasgows"."""
        if key.endswith("s") and len(key) > 4 and not is_common(span[-1].folded):
            return self._names.get(key[:-1])
        return None

    def _is_chance_join(self, search: _Search, start: int, end: int) -> bool:
        """Ordinary words that make up one by chance: "a red car", "too far for far away"."""
        span = search.words[start:end]
        if len(span) == 1 or "-" in search.context.gap(start + 1):
            return False
        key = join(span)
        is_one_word = any(" " not in s.name and "-" not in s.name for s in self._names.get(key, ()))
        if not is_one_word:
            return False
        if all(is_common(word.folded) for word in span) or len(key) < 6:
            return search.context.standing(start, end) < Standing.SURE
        return False

    def _changed(self, search: _Search, start: int) -> Hit | None:
        """One word with a Jobcentre stuck to it, or with a Welsh mutation."""
        word = search.words[start].folded
        stem = stem_of_tag(word)
        if stem and stem in self._names:
            return Hit(start, start + 1, tuple(self._names[stem]), standing=Standing.SURE)
        for end in (start + 4, start + 3, start + 2, start + 1):
            key = join(search.words[start:end]) if end <= len(search.words) else ""
            if len(key) >= 4 and word not in common_words():
                senses = [s for radical in unmutated(key) for s in self._names.get(radical, ()) if _is_welsh(s)]
                if senses:
                    return Hit(start, end, tuple(senses))
        return None

    # -------------------------------------------------------- misspellings

    def _repair(self, search: _Search) -> None:
        repairs = 0
        for at, word in enumerate(search.words):
            if repairs >= MOST_REPAIRS:
                return
            if (
                len(word.folded) < 3
                or word.folded.isdigit()
                or is_common(word.folded)
                or not search.is_free(at, at + 1)
            ):
                continue
            repairs += 1
            if hit := self._respelt(search, at):
                search.hits.append(hit)
        search.hits.sort(key=lambda hit: hit.start)

    def _respelt(self, search: _Search, at: int) -> Hit | None:
        best: tuple[float, Hit] | None = None
        for start in range(max(at - 1, 0), at + 1):
            for end in range(at + 1, min(at + 4, len(search.words)) + 1):
                if not search.is_free(start, end):
                    continue
                scored = self._respelt_span(search, start, end)
                if scored and (best is None or scored[0] > best[0]):
                    best = scored
        return best[1] if best else None

    def _respelt_span(self, search: _Search, start: int, end: int) -> tuple[float, Hit] | None:
        span = search.words[start:end]
        key = (stem_of_tag(span[0].folded) or span[0].folded) if len(span) == 1 else join(span)
        if len(key) < 3 or len(key) > self._longest + 2 or any(w.folded.isdigit() for w in span):
            return None
        standing = search.context.standing(start, end)
        if standing is Standing.SPOILED:
            return None
        if len(span) == 1 and key != span[0].folded:
            standing = Standing.SURE
        return self._best_spelling(key, start, end, standing, search.context.expecting)

    def _best_spelling(
        self, key: str, start: int, end: int, standing: Standing, expecting: bool
    ) -> tuple[float, Hit] | None:
        sure = standing is Standing.SURE
        known = self._speller.find(key, _edits_allowed(key, sure))
        scored = [(1 - edits / len(key), name, edits) for name, edits in known]
        if not scored and len(key) >= 5 and (sure or standing is Standing.LIKELY or len(key) >= 7):
            scored = [(0.6, name, 3) for name in self._speller.find_by_ear(key) if name[0] == key[0]]
        usable = [one for one in scored if self._is_fit(one[1], one[2], key, standing)]
        if not usable:
            return None
        top = max(score for score, _, _ in usable)
        rivals = sorted((one for one in usable if one[0] == top), key=lambda one: self._weight(one[1]), reverse=True)
        senses = self._names[rivals[0][1]]
        certain = (rivals[0][2] == 1 and len(key) >= 6) or len(key) >= 9 or (sure and len(key) >= 7)
        clear = len(rivals) == 1 or self._weight(rivals[0][1]) >= 4 * self._weight(rivals[1][1])
        return top + 0.01 * (end - start), Hit(start, end, tuple(senses), certain and clear, standing)

    def _is_fit(self, name: str, edits: int, key: str, standing: Standing) -> bool:
        """Whether a likely spelling may be believed where it stands."""
        senses = self._names[name]
        if senses[0].kind is PlaceKind.PLACE:
            needed = 6 if senses[0].population >= MANY_PEOPLE else 7
            if (edits > 1 and senses[0].population < MANY_PEOPLE) or len(key) < needed:
                return False
            return standing >= Standing.LIKELY
        if standing >= Standing.LIKELY:
            return True
        return len(key) >= 7 and (edits == 1 or len(key) >= 9)

    def _weight(self, name: str) -> float:
        sense = self._names[name][0]
        return max(sense.population, UNKNOWN_PEOPLE if sense.offices else 0) * (3 if sense.offices else 1)

    # -------------------------------------------------------- which of them are meant

    def _settle(self, search: _Search) -> list[Hit]:
        """Joins "park place" to "in leeds" and "ashford" to "kent", and drops what is no place where it stands."""
        hits = [replace(hit, standing=self._stands(search, hit)) for hit in search.hits]
        hits = self._merge(search, hits)
        return [hit for hit in hits if self._is_meant(search, hit, hits)]

    def _stands(self, search: _Search, hit: Hit) -> Standing:
        if hit.standing is not Standing.NOTHING:
            return hit.standing
        return search.context.standing(hit.start, hit.end)

    def _merge(self, search: _Search, hits: list[Hit]) -> list[Hit]:
        merged: list[Hit] = []
        for hit in hits:
            joined = self._joined(search, merged[-1], hit) if merged else None
            if joined:
                merged[-1] = joined
            else:
                merged.append(hit)
        return merged

    def _joined(self, search: _Search, first: Hit, second: Hit) -> Hit | None:
        """One hit of two that say the same place together."""
        between = search.words[first.end : second.start]
        if len(between) > 4 or any(not self._is_link(search, word) for word in between):
            return None
        if Standing.SPOILED in (first.standing, second.standing) and not (first.is_part or second.is_part):
            return None
        standing = max(first.standing, second.standing, Standing.LIKELY)
        both = first.offices & second.offices
        if second.is_area or first.is_area:
            return self._placed(first, second, standing)
        if not both:
            return None
        senses = sorted(
            (s for s in (*first.senses, *second.senses) if s.offices and set(s.offices) <= both),
            key=lambda s: (len(s.offices), s.rank),
        )
        named = tuple(
            replace(sense, rank=Rank.ALSO, name=self._offices[sense.offices[0]].name, kind=PlaceKind.OFFICE)
            if sense.rank is Rank.PART
            else sense
            for sense in _without_repeats(senses)
        )
        if not named:
            return None
        return Hit(first.start, second.end, named, first.certain and second.certain, Standing.SURE)

    def _is_link(self, search: _Search, word: Word) -> bool:
        lists = word_lists()
        return word.folded in lists["jobcentre"] | {
            "in",
            "on",
            "at",
            "the",
            "of",
            "near",
            "one",
            "job",
            "centre",
            "center",
            "by",
            "jobcentre",
            "i",
            "yn",
        }

    def _placed(self, first: Hit, second: Hit, standing: Standing) -> Hit | None:
        """ "Ashford, Kent": the senses of the one that are in the other."""
        named, area = (first, second) if second.is_area else (second, first)
        if named.is_area or named.is_part:
            return None
        inside = [sense for sense in named.senses if self._is_inside(sense, area.senses[0])]
        if not inside:
            return None
        return replace(named, start=first.start, end=second.end, senses=tuple(inside), standing=Standing.SURE)

    def _is_inside(self, sense: Sense, area: Sense) -> bool:
        if area.kind is not PlaceKind.DISTRICT:
            return sense.nation is area.nation
        offices = set(sense.offices) or (
            {near.office_id for near in self.nearest(sense.point)} if sense.point else set()
        )
        return bool(offices & set(area.offices)) and sense.rank is not Rank.PART

    def _is_meant(self, search: _Search, hit: Hit, hits: list[Hit]) -> bool:
        if hit.standing is Standing.SPOILED:
            return False
        if hit.is_part:
            return self._is_part_meant(search, hit)
        span = search.words[hit.start : hit.end]
        if len(span) > 1 or not is_common(span[0].folded):
            return True
        if self._is_listed(search, hit, hits):
            return True
        return hit.standing >= self._needed(hit, span[0].folded)

    def _is_part_meant(self, search: _Search, hit: Hit) -> bool:
        """A street, or a name without its town, means an office where one is spoken of or it is one of ours."""
        context = search.context
        is_few = len(hit.offices) <= 3 or any(self._is_ours(search, sense) for sense in hit.senses)
        if context.is_beside_jobcentre(hit.start, hit.end) or context.is_asked_about(hit.start, hit.end):
            return is_few
        return is_few and context.expecting and context.is_alone(hit.start, hit.end)

    def _needed(self, hit: Hit, word: str) -> Standing:
        best = hit.senses[0]
        if word in word_lists()["months"]:
            return Standing.SURE
        is_big = best.offices or best.population >= MANY_PEOPLE or best.kind is PlaceKind.NATION
        return Standing.LIKELY if is_big else Standing.SURE

    def _is_listed(self, search: _Search, hit: Hit, hits: list[Hit]) -> bool:
        """ "Leeds or bury": beside a place that is surely one."""
        for other in hits:
            gap = search.words[min(hit.end, other.end) : max(hit.start, other.start)]
            if other is not hit and len(gap) == 1 and gap[0].folded in {"or", "and", "neu", "a", "vs", "nor", "to"}:
                first = search.words[other.start]
                return not is_common(first.folded) or other.standing is Standing.SURE
        return False

    # -------------------------------------------------------- what is said of them

    def _mention(self, search: _Search, hit: Hit) -> PlaceMention:
        start, end = search.words[hit.start].start, search.words[hit.end - 1].end
        rivals = self._rivals(search, hit)
        best = rivals[0]
        said = search.context.text[start:end]
        mention = PlaceMention(start, end, said, best.kind, best.name, best.offices, (), best.nation, hit.certain)
        if best.rank is Rank.PART:
            mention = replace(mention, kind=PlaceKind.OFFICE, name=self._offices[best.offices[0]].name)
        if best.kind is PlaceKind.PLACE and best.point:
            mention = replace(mention, nearest=self.nearest(best.point))
        return self._ambiguous(mention, rivals) if len(rivals) > 1 else mention

    def _ambiguous(self, mention: PlaceMention, rivals: list[Sense]) -> PlaceMention:
        offices = [office for sense in rivals for office in sense.offices or self._first_near(sense)]
        kind = PlaceKind.TOWN if mention.kind is PlaceKind.OFFICE and len(set(offices)) > 1 else mention.kind
        return replace(
            mention,
            kind=kind,
            offices=tuple(dict.fromkeys(offices)),
            nation=mention.nation if len({sense.nation for sense in rivals}) == 1 else None,
            ambiguous=True,
            alternatives=tuple(dict.fromkeys(self._described(sense) for sense in rivals)),
        )

    def _first_near(self, sense: Sense) -> tuple[str, ...]:
        if sense.kind is PlaceKind.NORTHERN_IRELAND or sense.point is None:
            return ()
        return tuple(near.office_id for near in self.nearest(sense.point, 1))

    def _described(self, sense: Sense) -> str:
        if sense.kind is PlaceKind.NORTHERN_IRELAND:
            return f"{sense.name} (Northern Ireland)"
        if sense.offices:
            office = self._offices[sense.offices[0]]
            return office.name if len(sense.offices) == 1 else f"{sense.name} ({office.district or office.town})"
        near = self._first_near(sense)
        return f"{sense.name} (near {self._offices[near[0]].name})" if near else sense.name

    def _rivals(self, search: _Search, hit: Hit) -> list[Sense]:
        """The senses that cannot be told apart here, the likeliest first; one where the name is clear."""
        senses = list(hit.senses)
        if search.ours and len(senses) > 1:
            near = [sense for sense in senses if self._is_ours(search, sense)]
            if near:
                return near[:1]
        best = senses[0]
        same_rank = [sense for sense in senses[1:] if sense.rank is best.rank and sense.kind is not PlaceKind.DISTRICT]
        if best.rank is Rank.SHORT:
            return _dominant([best, *same_rank])
        if best.rank is Rank.PLACE:
            return [max([best, *same_rank], key=lambda s: s.population)] if not best.offices else [best]
        if best.kind in (PlaceKind.NATION, PlaceKind.DISTRICT, PlaceKind.NORTHERN_IRELAND):
            return [best]
        if best.is_welsh:
            return [best]
        people = max(best.population, 1) if best.population else UNKNOWN_PEOPLE
        namesakes = [
            s for s in senses[1:] if s.rank is Rank.PLACE and s.population >= max(RIVAL_PEOPLE, RIVAL_SHARE * people)
        ]
        return [best, *same_rank, *[s for s in namesakes if s not in same_rank]]

    def _is_ours(self, search: _Search, sense: Sense) -> bool:
        if set(sense.offices) & set(search.ours):
            return True
        known = [self._offices[office_id] for office_id in search.ours if office_id in self._offices]
        points = [office.point for office in known if office.point]
        return sense.rank is not Rank.AREA and any(sense.point and sense.point.km_to(p) <= OUR_AREA_KM for p in points)

    # -------------------------------------------------------- postcodes, and our own

    def _postcode(self, text: str, hit: PostcodeHit) -> PlaceMention:
        said = text[hit.start : hit.end]
        centre = self._centres.get(hit.code)
        if hit.code.startswith("BT") or (centre and centre.nation is Nation.NORTHERN_IRELAND):
            return PlaceMention(
                hit.start, hit.end, said, PlaceKind.NORTHERN_IRELAND, hit.code, nation=Nation.NORTHERN_IRELAND
            )
        if centre is None:
            return PlaceMention(hit.start, hit.end, said, PlaceKind.UNKNOWN_POSTCODE, hit.code)
        near = self.nearest(centre.point)
        return PlaceMention(hit.start, hit.end, said, PlaceKind.POSTCODE, hit.code, (), near, centre.nation)

    def _own(self, search: _Search, mentions: list[PlaceMention]) -> Iterator[PlaceMention]:
        """ "My jobcentre", "your office", "here", where no other place says which."""
        if not search.ours:
            return
        for start, end, is_mine in _own_spans(search.context):
            first, last = search.words[start].start, search.words[end - 1].end
            others = [m for m in mentions if m.kind is not PlaceKind.NATION]
            if any(m.start < last and first < m.end for m in others) or (others and not is_mine):
                continue
            if any(0 <= m.start - last <= 12 and _links(search.context.text[last : m.start]) for m in others):
                continue
            said = search.context.text[first:last]
            nations = {self._offices[i].nation for i in search.ours if i in self._offices}
            nation = nations.pop() if len(nations) == 1 else None
            name = self._offices[search.ours[0]].name if search.ours[0] in self._offices else said
            yield PlaceMention(first, last, said, PlaceKind.OURS, name, search.ours, nation=nation)


def _links(between: str) -> bool:
    return fold(between).strip(" ,") in {
        "in",
        "on",
        "at",
        "is",
        "near",
        "yn",
        "of",
        "is in",
        "which is",
        "is the",
        "in the",
        "on the",
        "",
    }


def _own_spans(context: Context) -> Iterator[tuple[int, int, bool]]:
    """Spans of "my local jobcentre" and "here", and whether they say surely whose."""
    lists = word_lists()
    for at, word in enumerate(context.words):
        if word.folded in {"here", "yma"} and context.after(at + 1) not in {"is", "are", "s", "goes", "you", "to"}:
            yield at, at + 1, False
        if word.folded not in lists["own"]:
            continue
        noun = at + 1
        while noun < len(context.words) and context.words[noun].folded in lists["own_between"]:
            noun += 1
        end = context.jobcentre_end(noun)
        if end > noun and not any(mark in context.text[word.end : context.words[noun].start] for mark in ".!?"):
            yield at, end, word.folded not in {"the", "y"}


def _is_welsh(sense: Sense) -> bool:
    return (sense.is_welsh or sense.nation is Nation.WALES) and sense.rank < Rank.AREA


def _may_be_misspelt(key: str, senses: Sequence[Sense]) -> bool:
    return (
        len(key) >= 4 and not (senses[0].rank is Rank.PART and len(key) < 8) and senses[0].kind is not PlaceKind.NATION
    )


def _edits_allowed(key: str, is_sure: bool) -> int:
    if len(key) <= 3:
        return 0
    if len(key) <= 5:
        return 1
    return 2 if len(key) >= 8 or is_sure else 1


def _without_repeats(senses: Iterable[Sense]) -> list[Sense]:
    kept: list[Sense] = []
    for sense in senses:
        if not any(set(sense.offices) & set(other.offices) for other in kept):
            kept.append(sense)
    return kept


def _dominant(senses: list[Sense]) -> list[Sense]:
    """The largest alone where it is twice any other, else all, the largest first."""
    by_people = sorted(senses, key=lambda sense: -sense.population)
    if len(by_people) > 1 and by_people[0].population < 2 * by_people[1].population:
        return by_people
    return by_people[:1]
