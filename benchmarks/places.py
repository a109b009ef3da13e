"""How well and how fast the gazetteer finds places, over the table of phrasings and the real register.

    JOBCENTRE_REGISTER=<folder of the register> python -m benchmarks.places

Prints the share of phrasings understood (hit), of phrasings in which some place is found that was not meant (wrong),
and of messages without a place in which one is found (false alarm), for the rows that the rules were tuned on and for
those written afterwards; the same for a second table, of which 226 of 261 messages were right when it was first read
(86.6 %), 23 had a place that was not meant and 12 missed one (four slips of the table itself put right), before what
it showed was mended; 59 more (`later`) were written after that, of which 53 were right when first read, 2 wrong and 4
missed; then the time of a message, as a ratio to looking each word up in a dictionary of names.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.jobcentre.gazetteer import Gazetteer
from bot.jobcentre.office import Office, Place, Point
from tests.jobcentre.place_table import AGAIN, Outcome, Phrasing, load_phrasings, run
from tests.register import VARIABLE, load_centres, load_offices, load_places

ROUNDS = 5


def share(outcomes: list[Outcome], is_so: Callable[[Outcome], bool]) -> str:
    count = sum(map(is_so, outcomes))
    return f"{100 * count / max(len(outcomes), 1):5.1f} % ({count} of {len(outcomes)})"


def print_rates(title: str, outcomes: list[Outcome]) -> None:
    naming = [outcome for outcome in outcomes if outcome.phrasing.expected]
    silent = [outcome for outcome in outcomes if not outcome.phrasing.expected]
    print(f"{title:6} hit {share(naming, lambda o: o.is_hit)}   wrong {share(naming, lambda o: o.is_wrong)}   ", end="")
    print(f"false alarm {share(silent, lambda o: bool(o.found))}")


def print_groups(outcomes: list[Outcome]) -> None:
    rows = Counter(outcome.phrasing.group for outcome in outcomes)
    hits = Counter(outcome.phrasing.group for outcome in outcomes if outcome.is_hit)
    print("by group: " + ", ".join(f"{group} {hits[group]}/{count}" for group, count in rows.items()))


def milliseconds(find: Callable[[str], object], texts: list[str]) -> float:
    """The best of a few rounds, for one message."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            find(text)
        best = min(best, time.perf_counter() - start)
    return 1000 * best / len(texts)


def many_offices(offices: tuple[Office, ...], places: tuple[Place, ...]) -> Iterator[Office]:
    """Ten times as many: the real ones, and copies moved to the towns of the list of places, one after another."""
    yield from offices
    for number in range(9 * len(offices)):
        original, place = offices[number % len(offices)], places[number % len(places)]
        copy = number // len(offices) + 1
        name = f"{place.name} {original.name}"
        point = Point(place.point.lat + copy * 0.003, place.point.lon)
        yield replace(original, id=f"{original.id}-{copy}", name=name, town=place.name, point=point, alternate_names=())


def print_costs(phrasings: tuple[Phrasing, ...]) -> None:
    offices, places, centres = load_offices(), load_places(), load_centres()
    texts = [phrasing.text for phrasing in phrasings]
    names = {office.name.lower(): office.id for office in offices}
    baseline = milliseconds(lambda text: [names.get(word) for word in text.lower().split()], texts)
    for listed in (offices, tuple(many_offices(offices, places))):
        start = time.perf_counter()
        gazetteer = Gazetteer(listed, places, centres)
        built = time.perf_counter() - start
        cost = milliseconds(gazetteer.find, texts)
        longest = (" ".join(texts) * 2)[:10_000]
        print(
            f"{len(listed):6,} offices: built in {built:.2f} s; {cost:.3f} ms a message, {cost / baseline:.0f} times a"
            f" dictionary of words; 10,000 characters {milliseconds(gazetteer.find, [longest]):.0f} ms"
        )


def main() -> int:
    if not os.environ.get(VARIABLE):
        print(f"Set {VARIABLE} to the folder of the real register.", file=sys.stderr)
        return 2
    phrasings = load_phrasings()
    outcomes = run(Gazetteer(load_offices(), load_places(), load_centres()), phrasings)
    print_rates("tuned", [outcome for outcome in outcomes if not outcome.phrasing.fresh])
    print_rates("fresh", [outcome for outcome in outcomes if outcome.phrasing.fresh])
    print_groups(outcomes)
    again = run(Gazetteer(load_offices(), load_places(), load_centres()), load_phrasings(AGAIN))
    print_rates("again", again)
    print_groups(again)
    print_costs(phrasings)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
