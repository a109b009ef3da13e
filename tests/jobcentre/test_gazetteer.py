"""Offices and places in what people write: a small country of our own here, the real register where it is given."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobcentre.errors import NotFound
from bot.jobcentre.gazetteer import Centre, Gazetteer, PlaceKind
from bot.jobcentre.office import Nation, Office, OfficeStatus, Place, Point
from bot.jobcentre.postcode import find_postcodes
from bot.jobcentre.spelling import is_common, key_of, sound_of, unmutated
from tests.jobcentre.place_table import AGAIN, Outcome, Phrasing, load_phrasings, run
from tests.register import load_centres, load_offices, load_places

ENGLAND, WALES, IRELAND = Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND


def office(name: str, lat: float, lon: float, **more: object) -> Office:
    values = {"id": key_of(name), "name": name, "nation": ENGLAND, "point": Point(lat, lon), "town": name} | more
    return Office(**values)  # type: ignore[arg-type]


OFFICES = (
    office("Leeds Park Place", 53.797, -1.552, town="Leeds", address="21-22 Park Place, Leeds"),
    office("Seacroft", 53.824, -1.465, town="Leeds", address="North Parkway, Leeds"),
    office("Leeds Eastgate", 53.799, -1.535, town="Leeds", address="35 Eastgate, Leeds", status=OfficeStatus.CLOSED),
    office("Bury", 53.593, -2.298),
    office("Reading", 51.454, -0.978),
    office("Hove", 50.836, -0.209, status=OfficeStatus.CLOSED, replaced_by="brighton"),
    office("Newport Gwent", 51.588, -2.998, town="Newport", nation=WALES, alternate_names=("Newport",)),
    office("Newport Isle of Wight", 50.70, -1.29, town="Newport", alternate_names=("Newport",)),
    office("Bangor", 53.228, -4.129, nation=WALES),
    office("Caernarfon", 53.139, -4.273, nation=WALES),
    office("Cardiff Charles Street", 51.48, -3.175, town="Cardiff", nation=WALES),
)  # fmt: skip
PLACES = (
    Place("Leeds", ENGLAND, 455_123, Point(53.797, -1.543)),
    Place("Otley", ENGLAND, 14_668, Point(53.905, -1.693)),
    Place("Bangor", IRELAND, 61_011, Point(54.653, -5.669)),
    Place("Belfast", IRELAND, 274_770, Point(54.597, -5.93)),
    Place("Over", ENGLAND, 2_862, Point(52.31, 0.02)),
)
CENTRES = (
    Centre("LS1", Point(53.797, -1.55), ENGLAND, 0.7),
    Centre("LS1 2", Point(53.7975, -1.553), ENGLAND),
    Centre("M1", Point(53.477, -2.234), ENGLAND, 0.8),
    Centre("BT1", Point(54.6, -5.93), IRELAND),
)


SMALL = Gazetteer(OFFICES, PLACES, CENTRES)


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return SMALL


@pytest.fixture(scope="module")
def real() -> Gazetteer:
    return Gazetteer(load_offices(), load_places(), load_centres())


# -------------------------------------------------------- the table over the real register


def phrasings() -> Iterator[object]:
    for phrasing in load_phrasings():
        yield pytest.param(phrasing, id=f"{phrasing.group}: {phrasing.text}")


@pytest.mark.register
@pytest.mark.parametrize("phrasing", phrasings())
def test_finds_what_the_table_expects(real: Gazetteer, phrasing: Phrasing) -> None:
    outcome = Outcome(phrasing, real.find(phrasing.text, ours=phrasing.ours, expecting=phrasing.expecting))
    assert outcome.is_hit, outcome.shown


@pytest.mark.register
def test_finds_most_of_what_was_written_without_a_look_at_the_rules(real: Gazetteer) -> None:
    outcomes = run(real, load_phrasings(AGAIN))
    not_right = [outcome.shown for outcome in outcomes if not outcome.is_hit]
    wrong = [outcome.shown for outcome in outcomes if outcome.is_wrong]
    assert len(not_right) <= 0.10 * len(outcomes), not_right
    assert len(wrong) <= 0.06 * len(outcomes), wrong


@pytest.mark.register
def test_every_running_office_is_found_by_its_own_name(real: Gazetteer) -> None:
    missed = [
        office.name
        for office in load_offices()
        if not any(office.id in m.offices for m in real.find(f"is the {office.name} jobcentre open today"))
    ]
    assert missed == []


@pytest.mark.register
def test_every_office_is_nearest_to_itself(real: Gazetteer) -> None:
    running = [office for office in load_offices() if office.is_running and office.point]
    wrong = [o.id for o in running if o.point and real.nearest(o.point, 1)[0].office_id != o.id]
    assert wrong == []


# -------------------------------------------------------- what a mention says


def test_a_town_gives_its_running_offices_the_ones_named_so_first(small: Gazetteer) -> None:
    (mention,) = small.find("is leeds open")
    assert (mention.kind, mention.name, mention.nation) == (PlaceKind.TOWN, "Leeds", ENGLAND)
    assert mention.offices == ("leedsparkplace", "seacroft")


def test_a_city_is_the_area_of_its_council_and_not_of_its_post_town() -> None:
    offices = (
        office("Exeter Northernhay", 50.72, -3.53, town="Exeter", local_authority="Exeter"),
        office("Topsham", 50.68, -3.47, town="Exeter", local_authority="East Devon"),
        office("Whipton", 50.73, -3.49, town="Exeter", local_authority="Exeter"),
    )
    found = Gazetteer(offices).find
    assert found("are the exeter offices open")[0].offices == ("exeternorthernhay", "whipton")
    assert found("is topsham in exeter open")[0].offices == ("topsham",)


def test_a_closed_office_named_exactly_is_given_as_itself(small: Gazetteer) -> None:
    assert small.find("is leeds eastgate open")[0].offices == ("leedseastgate",)
    assert small.find("the eastgate office in leeds")[0].offices == ("leedseastgate",)
    assert small.find("is hove open")[0].offices == ("hove",)


def test_a_place_without_an_office_gives_the_nearest(small: Gazetteer) -> None:
    (mention,) = small.find("i live in Otley")
    assert mention.kind is PlaceKind.PLACE
    assert mention.offices == ()
    assert [near.office_id for near in mention.nearest] == ["leedsparkplace", "seacroft", "bury"]
    assert 14 < mention.nearest[0].km < 16


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("she lives in leeds but is bury open", ["leeds"]),
        ("the bus from leeds to bury, is bury open", ["leeds"]),
        ("coming over from leeds and otley, is bury open", ["leeds", "otley"]),
        ("i'm in leeds, is bury open", ["leeds"]),
        ("is leeds open or bury", []),
        ("the jobcentre in leeds, is it open", []),
        ("do i go to leeds or to bury", []),
    ],
)
def test_where_somebody_is_or_comes_from_is_marked(small: Gazetteer, text: str, settings: list[str]) -> None:
    assert [mention.text for mention in small.find(text) if mention.is_setting] == settings


def test_a_name_of_several_towns_carries_all_and_says_so(small: Gazetteer) -> None:
    (mention,) = small.find("is newport open")
    assert mention.ambiguous
    assert set(mention.offices) == {"newportgwent", "newportisleofwight"}
    assert set(mention.alternatives) == {"Newport Gwent", "Newport Isle of Wight"}
    assert mention.nation is None


def test_our_own_office_breaks_the_tie(small: Gazetteer) -> None:
    (mention,) = small.find("is newport open", ours=["newportisleofwight"])
    assert (mention.ambiguous, mention.offices) == (False, ("newportisleofwight",))


def test_a_namesake_in_northern_ireland_makes_it_ambiguous(small: Gazetteer) -> None:
    (mention,) = small.find("bangor open?")
    assert mention.ambiguous
    assert "Bangor (Northern Ireland)" in mention.alternatives
    assert small.find("ym Mangor")[0].ambiguous is False


def test_ours_needs_to_be_told_whose(small: Gazetteer) -> None:
    assert small.find("is my jobcentre open") == []
    (mention,) = small.find("is my jobcentre open", ours=["bury"])
    assert (mention.kind, mention.offices, mention.text) == (PlaceKind.OURS, ("bury",), "my jobcentre")


def test_an_odd_spelling_is_not_certain(small: Gazetteer) -> None:
    assert small.find("redding jobcentre open")[0].offices == ("reading",)
    assert small.find("caernarfon open")[0].certain
    assert not small.find("leds jobcentre open")[0].certain


def test_a_place_that_is_plainly_named_and_not_known_is_told(small: Gazetteer) -> None:
    (mention,) = small.find("is there a jobcentre in wibblethorpe", ours=["bury"])
    assert (mention.kind, mention.name, mention.text) == (PlaceKind.UNKNOWN, "Wibblethorpe", "wibblethorpe")
    assert (mention.offices, mention.nearest, mention.nation) == ((), (), None)


def test_a_place_that_is_not_meant_is_marked(small: Gazetteer) -> None:
    assert [m.negated for m in small.find("not leeds, bury")] == [True, False]
    assert [m.negated for m in small.find("not LS1, bury")] == [True, False]
    assert [m.negated for m in small.find("sorry, i wrote leeds and meant bury jobcentre")] == [True, False]
    assert [m.negated for m in small.find("i put leeds and then left")] == [False]
    assert [m.negated for m in small.find("not my usual jobcentre", ours=["bury"])] == [True]


def test_another_one_of_the_name_may_be_any_of_them(small: Gazetteer) -> None:
    (mention,) = small.find("the other newport", ours=["newportgwent"])
    assert set(mention.offices) == {"newportgwent", "newportisleofwight"}


def test_an_unknown_office_is_not_found(small: Gazetteer) -> None:
    assert small.office("bury").name == "Bury"
    with pytest.raises(NotFound, match="nowhere"):
        small.office("nowhere")


def test_nothing_known_finds_nothing() -> None:
    empty = Gazetteer(())
    assert empty.find("is leeds open") == []
    assert empty.nearest(Point(53, -1)) == ()
    assert empty.find("my postcode is LS1 2SL")[0].kind is PlaceKind.UNKNOWN_POSTCODE


# -------------------------------------------------------- words that are also places


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("is bury open", ["bury"]),
        ("Bury?", ["bury"]),
        ("bury jobcentre", ["bury"]),
        ("i sign on in reading", ["reading"]),
        ("leeds or bury", ["leedsparkplace", "bury"]),
        ("bury my head in my hands", []),
        ("i want to bury this", []),
        ("i am reading the letter", []),
        ("reading this makes me sad", []),
        ("mr bury told me", []),
        ("i live on reading road", []),
        ("it's over now", []),
        ("can i move the appointment", []),
    ],
)
def test_a_word_is_a_place_only_where_its_neighbours_say_so(small: Gazetteer, text: str, offices: list[str]) -> None:
    assert [mention.offices[0] for mention in small.find(text)] == offices


def test_a_bare_word_counts_when_we_have_asked(small: Gazetteer) -> None:
    assert small.find("park place", expecting=True)[0].offices == ("leedsparkplace",)
    assert small.find("move", expecting=True) == []


# -------------------------------------------------------- postcodes

KNOWN = frozenset({"LS1", "LS1 2", "M1", "M15", "BT1", "B4", "E1"})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("LS1 2SL", ["LS1 2"]),
        ("ls12sl", ["LS1 2"]),
        ("Ls1 2sL please", ["LS1 2"]),
        ("near LS1 9ZZ", ["LS1"]),
        ("in m15", ["M15"]),
        ("postcode: m1", ["M1"]),
        ("LS1 and M15", ["LS1", "M15"]),
        ("bt1 5aa", ["BT1"]),
        ("my postcode is ZZ9 9ZZ", ["ZZ9"]),
        ("the M1 is shut", []),
        ("b4 5pm", []),
        ("m15 jobcentre", ["M15"]),
        ("nearest jobcentre ls1", ["LS1"]),
        ("m15 is blocked, is the office open", []),
        ("LS 1 2SL", ["LS1 2"]),
        ("open at 1 2pm", []),
        ("see you b4 then", []),
        ("E1 2nd floor", ["E1"]),
        ("LS1 9am", ["LS1"]),
        ("sa100 and p45", []),
        ("QQ 12 34 56 C", []),
        ("A470 ar gau", []),
    ],
)
def test_postcodes_are_read_as_sector_or_outcode(text: str, codes: list[str]) -> None:
    assert [hit.code for hit in find_postcodes(text, KNOWN)] == codes


def test_a_postcode_gives_the_nearest_but_never_itself_in_full(small: Gazetteer) -> None:
    (mention,) = small.find("nearest to ls1 2sl pls")
    assert (mention.kind, mention.name) == (PlaceKind.POSTCODE, "LS1 2")
    assert mention.nearest[0].office_id == "leedsparkplace"
    assert mention.nearest[0].km < 0.5


def test_northern_ireland_comes_before_any_distance(small: Gazetteer) -> None:
    for text in ("bt1 5aa", "is belfast open", "anything open in northern ireland"):
        (mention,) = small.find(text)
        assert (mention.kind, mention.nearest) == (PlaceKind.NORTHERN_IRELAND, ()), text


# -------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("mutated", "radical"),
    [
        ("nghaerdydd", "caerdydd"),
        ("gaerdydd", "caerdydd"),
        ("chaerdydd", "caerdydd"),
        ("mangor", "bangor"),
        ("fangor", "bangor"),
        ("ferthyr", "merthyr"),
        ("nolgellau", "dolgellau"),
        ("ddolgellau", "dolgellau"),
        ("mhwllheli", "pwllheli"),
        ("bwllheli", "pwllheli"),
        ("phwllheli", "pwllheli"),
        ("nhreorci", "treorci"),
        ("dreorci", "treorci"),
        ("lanelli", "llanelli"),
        ("lynebwy", "glynebwy"),
        ("nglynebwy", "glynebwy"),
        ("ryl", "rhyl"),
    ],
)
def test_a_welsh_mutation_is_undone(mutated: str, radical: str) -> None:
    assert radical in set(unmutated(mutated))


@pytest.mark.parametrize(
    ("said", "meant"),
    [("lester", "leicester"), ("wooster", "worcester"), ("edinbura", "edinburgh"), ("middlesboro", "middlesbrough")],
)
def test_spellings_by_ear_share_a_sound(said: str, meant: str) -> None:
    assert sound_of(said) == sound_of(meant)


def test_different_towns_sound_different() -> None:
    names = ["leicester", "chester", "gloucester", "worcester", "doncaster", "lancaster", "edinburgh", "bury"]
    assert len({sound_of(name) for name in names}) == len(names)


@pytest.mark.parametrize("word", ["slow", "move", "begin", "reason", "moved", "cuddling", "weather", "yfory"])
def test_ordinary_words_are_known_as_such(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["leeds", "hove", "glasgo", "caerdydd", "wolverhampton"])
def test_places_are_no_ordinary_words(word: str) -> None:
    assert not is_common(word)


@pytest.mark.parametrize("name", ["Stoke-on-Trent", "stoke on trent", "STOKE ON TRENT", "Stokeontrent"])
def test_spaces_and_hyphens_do_not_count(name: str) -> None:
    assert key_of(name) == "stokeontrent"


# -------------------------------------------------------- whatever is written


PIECES = [
    "is",
    "the",
    "leeds",
    "park place",
    "in",
    "bury",
    "my jobcentre",
    "LS1 2SL",
    ",",
    ".",
    "newport",
    "or",
    "ym Mangor",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(max_size=8),
        max_size=14,
    ).map(" ".join)
)
def test_mentions_are_in_order_apart_and_quote_the_text(words: str) -> None:
    mentions = SMALL.find(words, ours=["bury"])
    assert all(words[m.start : m.end] == m.text != "" for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.floats(50, 59), st.floats(-6, 1)), min_size=1, max_size=40),
    st.tuples(st.floats(50, 59), st.floats(-6, 1)),
)
def test_nearest_agrees_with_measuring_them_all(spots: list[tuple[float, float]], here: tuple[float, float]) -> None:
    offices = [office(f"Office {i}", lat, lon) for i, (lat, lon) in enumerate(spots)]
    point = Point(*here)
    found = [near.km for near in Gazetteer(offices).nearest(point)]
    measured = sorted(point.km_to(each.point) for each in offices if each.point)[:3]
    assert found == pytest.approx(measured)


@pytest.mark.parametrize(
    "piece",
    ["leeds or bury ", "ls1 2sl ", "Xtown ", "jobcentre in Xtown ", "zzblort xqw ", "my jobcentre ", "....", "é’’ "],
)
def test_a_long_message_is_still_quick(small: Gazetteer, piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        small.find(text, ours=["bury"])
        return time.process_time() - start

    seconds(1_000)
    assert seconds(10_000) < 1.5
