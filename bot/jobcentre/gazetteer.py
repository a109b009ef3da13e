"""Finds offices and places in what people really write.

A name is looked up with spaces, hyphens, accents and apostrophes left out; then by what is left without a Jobcentre
stuck to it, and by what it was before a Welsh mutation; then, if it is no ordinary word, by its likely misspellings.
Words that are also places, and short misspellings, count only where the words around say so (`place_context`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation, Office, Place, Point
from bot.jobcentre.place_context import Context, Standing, word_lists
from bot.jobcentre.place_names import SIDE, PlaceKind, Rank, Sense, names_of
from bot.jobcentre.place_search import UNKNOWN_PEOPLE, Hit, NameSearch
from bot.jobcentre.postcode import PostcodeHit, find_postcodes
from bot.jobcentre.spelling import Word, fold, is_common, join, key_of, words_of

__all__ = ["Centre", "Gazetteer", "NearOffice", "PlaceKind", "PlaceMention"]

LINKS = frozenset(
    {"in", "on", "at", "the", "of", "near", "nr", "outside", "by", "one", "job", "centre", "center", "city", "town"}
    | {"i", "yn", "yng", "ym", "ger", "is", "y"}
)
WITHIN = frozenset({"in", "yn", "yng", "ym"})
CLOSE_TO = frozenset({"near", "nr", "outside", "by", "ger"})
LISTED = frozenset({"or", "and", "neu", "a", "vs", "nor", "to", "not", "nid", "dim"})
NOT_BEFORE = re.compile(r"\b(?:not|isn['’]?t|nid|dim|nage)\s(?:in\s|yn\s)?$", re.IGNORECASE)
NEGATIONS = frozenset({"not", "isnt", "nid", "dim"})
KM_PER_DEGREE = 111.19
OUR_AREA_KM = 30.0
OUR_REGION_KM = 80.0
FAR_KM = 100.0
TOWN_PEOPLE = 2_000
CLEARLY_NEARER = 2.5
"""A town of a shared name in the account's region is meant where the next of that name is so many times as far."""
RIVAL_SHARE = 1.25
"""A namesake without an office must be clearly larger than the town that has one."""
RIVAL_PEOPLE = 10_000
NEAR_KM = 30.0
"""How far apart places may be of which one tells where the other is: "leigh near wigan"."""
MOST_TOLD = 5
"""Offices of a place whose addresses are looked at for words that tell it from another, and places near which one of
several may be."""
LEAST_TELLING = 4


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
    negated: bool = False
    """Whether the person says that they do not mean it: "not leeds, bradford"."""
    is_setting: bool = False
    """Whether it only tells where somebody is or comes from: "I live in leeds", "the bus from leeds"."""
    alternatives: tuple[str, ...] = ()
    """Where ambiguous, what it may mean, in words: "Newport Gwent", "Bangor (Northern Ireland)"."""


@dataclass(frozen=True)
class _Search:
    """One message on its way through the gazetteer."""

    context: Context
    ours: tuple[str, ...]

    @property
    def words(self) -> list[Word]:
        return self.context.words


class Gazetteer:
    """The offices, places and postcodes that are known, by every name people give them.

    Built once from the register; `find` only reads, so one may serve many threads.
    """

    def __init__(self, offices: Iterable[Office], places: Iterable[Place] = (), centres: Iterable[Centre] = ()) -> None:
        listed = list(offices)
        self._offices = {office.id: office for office in listed}
        self._centres = {centre.code: centre for centre in centres}
        self._search = NameSearch(names_of(listed, list(places)))
        running = [(office.point, office.id) for office in listed if office.is_running and office.point]
        self._by_latitude = sorted(running, key=lambda pair: pair[0].lat)
        self._latitudes = [point.lat for point, _ in self._by_latitude]

    def offices(self) -> list[Office]:
        """All of them, in the order they were given."""
        return list(self._offices.values())

    def office(self, office_id: str) -> Office:
        """Raises NotFound."""
        try:
            return self._offices[office_id]
        except KeyError:
            raise NotFound(f"No office has the id {office_id!r}.") from None

    def called_alike(self, office_id: str) -> tuple[str, ...]:
        """The other running offices whose names begin with the same town's: both of Walthamstow, or of Bradford."""
        office = self.office(office_id)
        first = office.name.split()[0]
        if SIDE.fullmatch(first):
            return ()
        return tuple(
            other.id
            for other in self._offices.values()
            if other.is_running
            and other.id != office_id
            and other.town == office.town
            and other.name.split()[0] == first
        )

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
        taken = {at for postcode in postcodes for at in range(postcode.start, postcode.end)}
        words = [word for word in words_of(text) if word.start not in taken]
        search = _Search(Context(text, words, expecting), tuple(ours))
        hits = self._narrowed(search, self._settle(search, self._search.find(search.context)))
        mentions = [self._mention(search, hit) for hit in hits]
        mentions += [self._postcode(text, hit) for hit in postcodes]
        mentions += self._unknown(search, hits)
        mentions += self._own(search, mentions)
        mentions = sorted(mentions, key=lambda mention: mention.start)
        return _with_settings(search.context, _with_negations(search.context, mentions))

    # -------------------------------------------------------- which of them are meant

    def _settle(self, search: _Search, found: list[Hit]) -> list[Hit]:
        """Joins "park place" to "in leeds" and "ashford" to "kent", and drops what is no place where it stands."""
        hits = [replace(hit, standing=self._stands(search, hit)) for hit in found]
        hits = self._merge(search, hits)
        hits = [self._of_same_town(search, hit, hits[max(i - 1, 0) : i + 2]) for i, hit in enumerate(hits)]
        return [hit for i, hit in enumerate(hits) if self._is_meant(search, hit, hits[max(i - 2, 0) : i + 3])]

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
        if not self._may_join(search, first, second, between):
            return None
        both = first.offices & second.offices
        if not between and self._is_only_its_end(search, first, second):
            return replace(first, end=second.end)
        if second.is_area:
            return self._placed(first, second)
        if first.is_area:
            return None
        if not both:
            return self._located(search, first, second) or self._told_by_next(search, first, second)
        senses = sorted(
            (s for s in (*first.senses, *second.senses) if s.offices and set(s.offices) <= both),
            key=lambda s: (len(s.offices), s.rank),
        )
        named = self._as_named(_without_repeats(senses))
        if not named:
            return None
        return Hit(first.start, second.end, named, first.certain and second.certain, Standing.SURE)

    def _may_join(self, search: _Search, first: Hit, second: Hit, between: Sequence[Word]) -> bool:
        if len(between) > 4 or any(not self._is_link(search, word) for word in between):
            return False
        if search.context.before(first.start) in NEGATIONS or not search.context.is_whole(first.start, second.end):
            return False
        is_asked_now = any(word.folded in word_lists()["asks"] for word in between)
        if is_asked_now and first.senses == second.senses:
            return False  # "I stay in johnstone, is johnstone open": said twice
        return Standing.SPOILED not in (first.standing, second.standing) or first.is_part or second.is_part

    def _as_named(self, senses: Iterable[Sense]) -> tuple[Sense, ...]:
        """The senses, those of a street or the like as the office that is meant by it."""
        return tuple(
            replace(sense, rank=Rank.ALSO, name=self._offices[sense.offices[0]].name, kind=PlaceKind.OFFICE)
            if sense.rank is Rank.PART
            else sense
            for sense in senses
        )

    def _located(self, search: _Search, first: Hit, second: Hit) -> Hit | None:
        """ "Leigh near wigan", "bury in manchester", "arnold jobcentre nottingham": the senses of the one that lie near
        the other, which only tells where. What is said to be in a town far from it is no place that we know."""
        between = {word.folded for word in search.words[first.end : second.start]}
        is_within = not between.isdisjoint(WITHIN)
        if first.is_part or second.is_part or Standing.SPOILED in (first.standing, second.standing):
            return None
        if not (is_within or between & CLOSE_TO or self._is_city_of_office(search, first, second)):
            return None
        near = tuple(sense for sense in first.senses if self._is_near(sense, second))
        if near:
            return replace(first, end=second.end, senses=near, standing=Standing.SURE)
        is_elsewhere = is_within and all(sense.point for sense in first.senses)
        return replace(second, start=first.start) if is_elsewhere else None

    def _told_by_next(self, search: _Search, first: Hit, second: Hit) -> Hit | None:
        """ "Ely cardiff", "otley leeds": a suburb or village before the larger place that it is near, of which another
        of its name may be far. Two towns with offices are two."""
        gap, best, other = search.context.gap(second.start), first.senses[0], second.senses[0]
        is_plain = not (first.is_part or second.is_part) and other.kind in (PlaceKind.OFFICE, PlaceKind.TOWN)
        if first.end != second.start or gap.strip(" ,") or not gap or not is_plain or other.rank > Rank.ALSO:
            return None
        if self._is_foreign_before_ours(search, first, second) and gap == " ":
            return replace(second, start=first.start)
        near = tuple(s for s in first.senses if s.rank < Rank.AREA and not s.offices and self._is_near(s, second))
        is_told = bool(near) and not self._is_near(best, second)
        is_smaller = gap == " " and best.kind is PlaceKind.PLACE and best.population * 4 < self._people(second)
        if not near or not (is_told or is_smaller):
            return None
        return replace(first, end=second.end, senses=near, standing=max(first.standing, Standing.LIKELY))

    def _is_foreign_before_ours(self, search: _Search, first: Hit, second: Hit) -> bool:
        """Whether our own town is named right after one far from it: a suburb that we do not know."""
        is_ours = any(set(sense.offices) & set(search.ours) for sense in second.senses)
        kms = [km for sense in first.senses if (km := self._km_from_us(search, sense)) is not None]
        return is_ours and min(kms, default=0) > FAR_KM

    def _people(self, hit: Hit) -> int:
        return max(sense.population for sense in hit.senses)

    def _is_city_of_office(self, search: _Search, first: Hit, second: Hit) -> bool:
        """ "Arnold jobcentre nottingham", but not "arnold jobcentre nottingham jobcentre"."""
        is_city = second.senses[0].kind is PlaceKind.TOWN and len(second.senses[0].offices) > 1
        end = search.context.jobcentre_end(first.end)
        return is_city and first.end < end == second.start and search.context.jobcentre_end(second.end) == second.end

    def _is_near(self, sense: Sense, other: Hit) -> bool:
        points = [each.point for each in other.senses if each.point]
        return any(sense.point and sense.point.km_to(point) <= NEAR_KM for point in points)

    def _is_only_its_end(self, search: _Search, first: Hit, second: Hit) -> bool:
        """ "Fulham broadway": a far village of that name is not meant."""
        best = second.senses[0]
        if search.context.gap(second.start) != " " or best.kind is not PlaceKind.PLACE:
            return False
        near = {office.office_id for sense in second.senses for office in self._near_sense(sense)}
        here = first.offices or {office.office_id for office in self._near_sense(first.senses[0])}
        return not near & here and first.senses[0].rank < Rank.AREA

    def _of_same_town(self, search: _Search, hit: Hit, beside: list[Hit]) -> Hit:
        """ "New walk or wellington street in leicester": the street listed beside an office is of the same town."""
        if not hit.is_part:
            return hit
        for other in beside:
            first, second = sorted((hit, other), key=lambda each: each.start)
            is_office = other.senses[0].kind is PlaceKind.OFFICE and not other.is_part
            if not is_office or not self._follows(search, first, second):
                continue
            towns = {self._offices[office_id].town for office_id in other.offices}
            here = [sense for sense in hit.senses if {self._offices[each].town for each in sense.offices} & towns]
            if here:
                return replace(hit, senses=self._as_named(here), standing=Standing.SURE)
        return hit

    def _near_sense(self, sense: Sense) -> tuple[NearOffice, ...]:
        return self.nearest(sense.point) if sense.point else ()

    def _is_link(self, search: _Search, word: Word) -> bool:
        return word.folded in LINKS or word.folded in word_lists()["jobcentre"] | word_lists()["state"]

    def _placed(self, named: Hit, area: Hit) -> Hit | None:
        """ "Ashford, Kent": the senses of the one that are in the other."""
        if named.is_area or named.is_part:
            return None
        inside = tuple(sense for sense in named.senses if self._is_inside(sense, area.senses[0]))
        inside = inside or tuple(sense for sense in named.senses if self._is_beside(sense, area.senses[0]))
        is_telling = area.senses[0].kind is PlaceKind.DISTRICT
        standing = Standing.SURE if is_telling else named.standing
        return replace(named, end=area.end, senses=inside, standing=standing) if inside else None

    def _is_inside(self, sense: Sense, area: Sense) -> bool:
        if area.kind is not PlaceKind.DISTRICT:
            return sense.nation is area.nation
        offices = set(sense.offices) or (
            {near.office_id for near in self.nearest(sense.point)} if sense.point else set()
        )
        return bool(offices & set(area.offices)) and sense.rank is not Rank.PART

    def _is_beside(self, sense: Sense, area: Sense) -> bool:
        """ "Bury, lancs": what is no longer in the area, or only thought to be, lies near an office of it."""
        points = [point for office_id in area.offices if (point := self._offices[office_id].point)]
        point = sense.point if area.kind is PlaceKind.DISTRICT and sense.rank < Rank.AREA else None
        return point is not None and any(point.km_to(other) <= NEAR_KM for other in points)

    def _is_meant(self, search: _Search, hit: Hit, beside: list[Hit]) -> bool:
        is_loose = hit.is_respelt or hit.senses[0].is_first_words
        if hit.standing is Standing.SPOILED or (is_loose and self._is_far_village(search, hit)):
            return False
        if hit.is_part:
            return self._is_part_meant(search, hit)
        span = search.words[hit.start : hit.end]
        if len(span) > 1 or not is_common(span[0].folded):
            return True
        if self._is_listed(search, hit, beside) or self._is_in_row(search, hit, beside):
            return True
        return hit.standing >= self._needed(hit, span[0].folded)

    def _is_far_village(self, search: _Search, hit: Hit) -> bool:
        """Whether all that it may mean are small places beyond the account's region: of a slip, or of the first words
        of a name ("Clifton upon Teme"), a suburb here that we do not know is likelier."""
        kms = [self._km_from_us(search, sense) for sense in hit.senses]
        is_small = all(not sense.offices and sense.population < RIVAL_PEOPLE for sense in hit.senses)
        return is_small and all(km is not None and km > OUR_REGION_KM for km in kms)

    def _is_part_meant(self, search: _Search, hit: Hit) -> bool:
        """A street, or a name without its town, means an office where one is spoken of or it is one of ours."""
        context = search.context
        is_few = len(hit.offices) <= 3 or any(self._is_ours(search, sense) for sense in hit.senses)
        ours = [sense for sense in hit.senses if set(sense.offices) & set(search.ours)]
        if ours and hit.end - hit.start > 1:
            said = join(search.words[hit.start : hit.end])
            if any(key_of(sense.name).endswith(said) for sense in ours) or context.speaks_of_opening():
                return True
        if context.is_beside_jobcentre(hit.start, hit.end) or context.is_asked_about(hit.start, hit.end):
            return is_few
        return is_few and context.expecting and context.is_alone(hit.start, hit.end)

    def _needed(self, hit: Hit, word: str) -> Standing:
        best = hit.senses[0]
        if word in word_lists()["months"]:
            return Standing.SURE
        return Standing.LIKELY if best.offices or best.kind is PlaceKind.NATION else Standing.SURE

    def _is_listed(self, search: _Search, hit: Hit, beside: list[Hit]) -> bool:
        """ "Leeds or bury", "not leeds, bury": beside a place that is surely one."""
        for other in beside:
            is_instead = other.end == hit.start and "," in search.context.gap(hit.start)
            if is_instead and search.context.is_negated(other.start, other.end):
                return True
            gap = search.words[min(hit.end, other.end) : max(hit.start, other.start)]
            if other is not hit and len(gap) == 1 and gap[0].folded in LISTED:
                first = search.words[other.start]
                return not is_common(first.folded) or other.standing is Standing.SURE
        return False

    def _is_in_row(self, search: _Search, hit: Hit, beside: list[Hit]) -> bool:
        """One of three or more with a comma: "leeds, bury and york"."""
        first = last = beside.index(hit)
        while first and self._follows(search, beside[first - 1], beside[first]):
            first -= 1
        while last + 1 < len(beside) and self._follows(search, beside[last], beside[last + 1]):
            last += 1
        row = beside[first : last + 1]
        return len(row) > 2 and any("," in search.context.gap(other.start) for other in row[1:])

    def _follows(self, search: _Search, first: Hit, second: Hit) -> bool:
        """Whether a comma or a word like "and" is all that stands between."""
        between = search.words[first.end : second.start]
        if not between:
            return "," in search.context.gap(second.start)
        return len(between) == 1 and between[0].folded in LISTED

    # -------------------------------------------------------- what else tells which is meant

    def _narrowed(self, search: _Search, hits: list[Hit]) -> list[Hit]:
        """The hits, those of several towns without the senses that the rest of the message rules out: "is newport
        open, the isle of wight one", "ashton (under lyne, not makerfield)". What rules them out is no place asked
        about."""
        areas = [hit for hit in hits if hit.is_area and not search.context.is_negated(hit.start, hit.end)]
        clear = [hit for hit in hits if len(hit.senses) == 1 and not (hit.is_area or hit.is_part)][:MOST_TOLD]
        narrowed, used = [], set()
        for hit in hits:
            within = next((area for area in areas if area is not hit and self._rules_out(hit, area)), None)
            if within:
                used.add(within.start)
                hit = replace(hit, senses=tuple(s for s in hit.senses if self._is_inside(s, within.senses[0])))
            hit = replace(hit, senses=self._told_apart(search, hit))
            narrowed.append(replace(hit, senses=self._around(hit, clear)))
        return [hit for hit in narrowed if hit.start not in used]

    def _rules_out(self, hit: Hit, area: Hit) -> bool:
        inside = [self._is_inside(sense, area.senses[0]) for sense in hit.senses]
        return any(inside) and not all(inside) and not hit.is_area and not hit.is_part

    def _told_apart(self, search: _Search, hit: Hit) -> tuple[Sense, ...]:
        """The one sense of the hit that words elsewhere in the message are of; all of them where none is."""
        towns = [sense for sense in hit.senses if sense.rank < Rank.AREA]
        if len(towns) < 2:
            return hit.senses
        irish = [sense for sense in towns if sense.kind is PlaceKind.NORTHERN_IRELAND]
        if irish and search.context.after(hit.end) == "ni" and not search.context.is_welsh:
            return tuple(irish)
        said, denied = search.context.said_and_denied
        said -= {word.folded for word in search.words[hit.start : hit.end]}
        known = [self._words_about(sense) for sense in towns]
        own = [words - set().union(*(o for o in known if o is not words)) for words in known]
        left = [(sense, words) for sense, words in zip(towns, own, strict=True) if not words & denied]
        told = [sense for sense, words in left if words & said]
        if not told and len(left) < len(towns):
            told = [sense for sense, _ in left if sense.offices]
        return (told[0],) if len(told) == 1 else hit.senses

    def _around(self, hit: Hit, clear: Sequence[Hit]) -> tuple[Sense, ...]:
        """The one sense of a town's name that is near a place of a clear name: "ryde or newport"; else all of them."""
        towns = [sense for sense in hit.senses if sense.rank < Rank.AREA]
        if len(towns) < 2:
            return hit.senses
        near = [sense for sense in towns if any(self._is_near(sense, other) for other in clear)]
        return tuple(near) if len(near) == 1 else hit.senses

    def _words_about(self, sense: Sense) -> set[str]:
        """Words that only a place like it has in its name or address: "wight", "gwent", "lyne"."""
        offices = [self._offices[office_id] for office_id in sense.offices[:MOST_TOLD]]
        texts = [sense.name, *(f"{o.name} {o.town} {o.address} {o.local_authority} {o.district}" for o in offices)]
        words = {word.folded for text in texts for word in words_of(text)}
        words |= {"island"} if "isle" in words else set()
        return {word for word in words if len(word) >= LEAST_TELLING and (not is_common(word) or word == "island")}

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
        if search.context.is_another(hit.start, hit.end):
            return _without_repeats(s for s in senses if s.offices and s.rank is not Rank.AREA) or senses[:1]
        if near := self._near_us(search, senses):
            return near[:1]
        in_language = [sense for sense in senses if sense.is_welsh is search.context.is_welsh]
        if in_language and any(sense.is_welsh for sense in senses):
            senses = in_language
        best = senses[0]
        if best.rank is Rank.PLACE and (there := self._offices_there(search, hit)):
            return there
        others = [sense for sense in senses[1:] if not set(sense.offices) & set(best.offices)]
        same_rank = [sense for sense in others if sense.rank is best.rank and sense.kind is not PlaceKind.DISTRICT]
        if best.rank is Rank.SHORT:
            return _dominant([best, *same_rank])
        if best.rank is Rank.PLACE:
            return [max([best, *same_rank], key=lambda s: s.population)] if not best.offices else [best]
        if best.kind in (PlaceKind.NATION, PlaceKind.DISTRICT, PlaceKind.NORTHERN_IRELAND):
            return [best]
        if best.is_welsh:
            return [best]
        people = max(best.population, 1) if best.population else UNKNOWN_PEOPLE
        many = max(RIVAL_PEOPLE, RIVAL_SHARE * people)
        namesakes = [s for s in senses[1:] if s.rank is Rank.PLACE and s.population >= many and not s.is_first_words]
        return [best, *same_rank, *[s for s in namesakes if s not in same_rank]]

    def _offices_there(self, search: _Search, hit: Hit) -> list[Sense]:
        """ "Walkden jobcentre": the office whose address or name says that it is there, of a place that has no other.
        In Northern Ireland there are no Jobcentres."""
        if not search.context.is_beside_jobcentre(hit.start, hit.end):
            return []
        is_irish = hit.senses[0].kind is PlaceKind.NORTHERN_IRELAND
        return [s for s in hit.senses if s.rank is Rank.PART and (is_irish or self._is_near(s, hit))]

    def _is_ours(self, search: _Search, sense: Sense) -> bool:
        if set(sense.offices) & set(search.ours):
            return True
        km = self._km_from_us(search, sense)
        return sense.rank is not Rank.AREA and km is not None and km <= OUR_AREA_KM

    def _km_from_us(self, search: _Search, sense: Sense) -> float | None:
        """How far it is from the nearest of the account's offices; None where that is not known."""
        known = [self._offices[office_id] for office_id in search.ours if office_id in self._offices]
        points = [office.point for office in known if office.point]
        return min((sense.point.km_to(point) for point in points), default=None) if sense.point else None

    def _near_us(self, search: _Search, senses: Sequence[Sense]) -> list[Sense]:
        """Of several senses those of our own area; else the one of our region."""
        if not search.ours or len(senses) < 2:
            return []
        near = [sense for sense in senses if self._is_ours(search, sense)]
        if near and near[0].is_first_words:  # a village of a longer name, where an office is called so too
            near.sort(key=lambda sense: not sense.offices)
        return near or self._clearly_nearest(search, senses)

    def _clearly_nearest(self, search: _Search, senses: Iterable[Sense]) -> list[Sense]:
        """ "Bury" to Norwich is Bury St Edmunds, and "gillingham" to Poole the one in Dorset: the town in the account's
        region, where the others of the name are far from it."""
        towns = [s for s in senses if s.rank < Rank.AREA or s.is_first_words]
        least = RIVAL_PEOPLE if any(sense.offices for sense in towns) else TOWN_PEOPLE
        towns = [sense for sense in towns if sense.offices or sense.population >= least]
        by_km = sorted((km, at) for at, s in enumerate(towns) if (km := self._km_from_us(search, s)) is not None)
        if len(by_km) < 2 or by_km[0][0] > OUR_REGION_KM or by_km[1][0] < CLEARLY_NEARER * by_km[0][0]:
            return []
        return [towns[by_km[0][1]]]

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

    def _unknown(self, search: _Search, hits: Sequence[Hit]) -> Iterator[PlaceMention]:
        taken = {at for hit in hits for at in range(hit.start, hit.end)}
        for start, end in search.context.unknown_names(taken):
            first, last = search.words[start].start, search.words[end - 1].end
            said = search.context.text[first:last]
            yield PlaceMention(first, last, said, PlaceKind.UNKNOWN, said if said[0].isupper() else said.title())

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


def _with_negations(context: Context, mentions: Iterable[PlaceMention]) -> list[PlaceMention]:
    """The mentions, in text order, with those marked that are said not to be meant: both of "not leeds or bury"."""
    at = {word.start: index for index, word in enumerate(context.words)}
    ends = {word.end: index + 1 for index, word in enumerate(context.words)}
    marked: list[PlaceMention] = []
    for mention in mentions:
        is_next = marked and fold(context.text[marked[-1].end : mention.start]).strip() in {"or", "nor", "na", "neu"}
        if mention.start in at and mention.end in ends:
            is_negated = context.is_negated(at[mention.start], ends[mention.end])
        else:  # a postcode's words are taken out of the message
            is_negated = NOT_BEFORE.search(context.text, max(mention.start - 24, 0), mention.start) is not None
        marked.append(replace(mention, negated=is_negated or bool(is_next and marked[-1].negated)))
    return marked


def _with_settings(context: Context, mentions: Iterable[PlaceMention]) -> list[PlaceMention]:
    """The mentions, with those marked that only tell where somebody is: both of "from leeds and bury"."""
    at = {word.start: index for index, word in enumerate(context.words)}
    ends = {word.end: index + 1 for index, word in enumerate(context.words)}
    marked: list[PlaceMention] = []
    for mention in mentions:
        is_known = mention.start in at and mention.end in ends
        is_setting = is_known and context.is_setting(at[mention.start], ends[mention.end])
        is_next = marked and fold(context.text[marked[-1].end : mention.start]).strip() in {"and", "a", "ac"}
        marked.append(replace(mention, is_setting=is_setting or bool(is_next and marked[-1].is_setting)))
    return marked


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
        if end == noun > at + 1 and context.before(noun + 1) in {"one", "un"}:
            end += 1
        if end > noun and not any(mark in context.text[word.end : context.words[noun].start] for mark in ".!?"):
            yield at, end, word.folded not in {"the", "y"}


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
