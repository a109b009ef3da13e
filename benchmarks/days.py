"""How well and how fast days are found in messages: `python -m benchmarks.days`.

Reads the table of phrasings that the tests hold the rules to. Its `fresh` rows were written after the rules, in
rounds 1 to 5, and what a round showed was mended before the next. As first read, before any mending, 257 of their
276 days were right (93.1 %), 12 wrong (4.3 %) and 7 missed, with 5 false alarms in 104 messages (4.8 %); the last
two rounds together had 78 of 83 right, 2 wrong and 3 missed. Read now, they are no longer fresh: expect new
messages to do as well as that.

A second table (`again`) was written later, every day worked out from the calendar before it was first read: 197 of
its 214 messages were right then (92.1 %), 13 wrong and 4 missed (two slips of the table itself put right); what it
showed was mended. 42 more (`later`) were written after that, of which 37 were right when first read, 3 wrong and 2
missed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import process_time

from dateutil.parser import ParserError, parse

from bot.jobcentre.dates import LONDON, find_days
from tests.jobcentre.test_dates import say

TABLE = Path(__file__).parents[1] / "tests" / "jobcentre" / "day_phrasings.csv"
AGAIN = TABLE.with_name("day_phrasings_again.csv")
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=LONDON)
ROUNDS = 5


def ours(text: str) -> str:
    return "; ".join(say(mention) for mention in find_days(text, NOW))


def by_dateutil(text: str) -> str:
    """The day alone: dateutil's parser always gives a time as well."""
    try:
        return str(parse(text, fuzzy=True, dayfirst=True, default=NOW.replace(tzinfo=None)).date())
    except (ParserError, OverflowError, TypeError):
        return ""


@dataclass(frozen=True)
class Rates:
    """Hits, wrong answers and misses among the messages with a day; false alarms among those without."""

    days: int
    hits: int
    missed: int
    traps: int
    alarms: int

    @property
    def wrong(self) -> int:
        return self.days - self.hits - self.missed

    def __str__(self) -> str:
        hit, wrong, missed = (count / self.days for count in (self.hits, self.wrong, self.missed))
        return (
            f"{self.days:4} with a day: {hit:6.1%} hit, {wrong:5.1%} wrong, {missed:5.1%} missed; "
            f"{self.traps:4} without: {self.alarms / self.traps:5.1%} false alarms"
        )


def load_rows(table: Path = TABLE) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rates(rows: list[dict[str, str]], read: Callable[[str], str] = ours, whole: bool = True) -> Rates:
    """What a reader of days makes of rows of the table; `whole` where it tells times too."""
    days = [row for row in rows if row["expected"]]
    traps = [row for row in rows if not row["expected"]]
    got = [(row["expected"], read(row["text"])) for row in days]
    hits = sum(found == expected or (not whole and found == expected[:10]) for expected, found in got)
    missed = sum(not found for _, found in got)
    return Rates(len(days), hits, missed, len(traps), sum(bool(read(row["text"])) for row in traps))


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    """Processor seconds for one message, the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        for text in texts:
            read(text)
        best = min(best, process_time() - start)
    return best / len(texts)


def main() -> None:
    rows = load_rows()
    for name, chosen in (
        ("tuned", [row for row in rows if not row["fresh"]]),
        ("fresh", [row for row in rows if row["fresh"]]),
        ("english", [row for row in rows if row["language"] == "en"]),
        ("welsh", [row for row in rows if row["language"] == "cy"]),
        ("again", load_rows(AGAIN)),
    ):
        print(f"{name:9}{rates(chosen)}")
    print(f"{'dateutil':9}{rates(rows, by_dateutil, whole=False)} (day alone)")
    texts = [row["text"] for row in rows]
    mine, theirs = seconds(lambda text: find_days(text, NOW), texts), seconds(by_dateutil, texts)
    print(f"a message takes {mine * 1000:.2f} ms, {mine / theirs:.1f} times dateutil.parser.parse(fuzzy=True)")


if __name__ == "__main__":
    main()
