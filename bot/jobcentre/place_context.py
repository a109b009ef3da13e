"""Whether words stand for a place where they stand: "is bury open", but not "bury my head"."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot.jobcentre.spelling import Word

DATA = Path(__file__).parent / "data"
BREAK = re.compile(r"[.!?;\n]")
JOBCENTRE = re.compile(r"jobc\w{3,12}|j(?:ob)?cp(?:lus)?s?")
JOB = frozenset({"job", "jobs", "jb"})
CENTRE = re.compile(r"c\w{0,2}[nt]\w{0,2}[rt]\w{0,2}|centre?s?|shop|plus")
PAYERS = frozenset({"dole", "benefits", "benefit", "dwp", "unemployment"})
AFFIXES = re.compile(
    r"^(?:jcpin|jcp|jcin|jobcentreplusin|jobcentreplus|jobcentrein|jobcentre|jobcenter|dwpin|dwp)?(.*?)"
    r"(?:jobcentreplus|jobcentres?|jobcenters?|jobcntre|jobcente|jcplus|jcp|dwp|jc|office|branch|doleoffice)?$"
)
MANY_PEOPLE = 10_000


class Standing(IntEnum):
    """How surely the words around say that a place is named."""

    SPOILED = 0
    """They say that it is something else: a surname, a road, a drink."""
    NOTHING = 1
    LIKELY = 2
    SURE = 3


@cache
def word_lists() -> dict[str, frozenset[str]]:
    data: dict[str, Any] = json.loads((DATA / "place_words.json").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items() if name != "about"}


def stem_of_tag(word: str) -> str:
    """What is left of "leedsjobcentre" or "jcpinleeds" without the Jobcentre in it; "" where there is none."""
    match = AFFIXES.match(word)
    stem = match.group(1) if match else ""
    return stem if stem != word else ""


@dataclass(frozen=True)
class Context:
    """A message, ready to be asked about spans of its words."""

    text: str
    words: list[Word]
    expecting: bool = False

    def _at(self, index: int) -> str:
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands between the word and the one before it."""
        if not 0 < index < len(self.words):
            return "."
        return self.text[self.words[index - 1].end : self.words[index].start]

    def before(self, index: int, back: int = 1) -> str:
        """The word `back` before, or "" where a sentence begins in between."""
        if any(BREAK.search(self.gap(i)) for i in range(index - back + 1, index + 1)):
            return ""
        return self._at(index - back)

    def after(self, end: int, on: int = 0) -> str:
        """The word `on` after the end of a span, or "" where the sentence ends first."""
        if any(BREAK.search(self.gap(i)) for i in range(end, end + on + 1)):
            return ""
        return self._at(end + on)

    def jobcentre_end(self, index: int) -> int:
        """Where the words for a Jobcentre that begin here end; `index` itself where there are none."""
        lists = word_lists()
        word, next_word = self._at(index), self._at(index + 1)
        if (word in JOB and CENTRE.fullmatch(next_word)) or (word in PAYERS and next_word in {"office", "offices"}):
            after = index + 2
        elif word in lists["jobcentre"] or JOBCENTRE.fullmatch(word):
            after = index + 1
        else:
            return index
        while self._at(after) in {"plus", "office", "byd", "waith", "gwaith", "+"}:
            after += 1
        return after

    def jobcentre_start(self, end: int) -> int:
        """Where the words for a Jobcentre that end here begin; `end` itself where there are none."""
        for start in range(max(end - 4, 0), end):
            if self.jobcentre_end(start) == end:
                return start
        return end

    def is_one(self, end: int) -> bool:
        return self.after(end) in {"one", "un"}

    # -------------------------------------------------------- judgements

    def standing(self, start: int, end: int) -> Standing:
        """How the span of words [start, end) stands, as the name of a place."""
        if self.is_beside_jobcentre(start, end):
            return Standing.SURE
        if self._is_spoiled(start, end):
            return Standing.SPOILED
        is_alone = self.is_alone(start, end)
        if self.is_asked_about(start, end) or (is_alone and (self.expecting or len(self.words) == end - start)):
            return Standing.SURE
        is_led, is_capital = self._is_led(start, end), self._is_capital(start, end)
        if is_led and (is_capital or self._is_dwelt_in(start)):
            return Standing.SURE
        return Standing.LIKELY if is_led or is_capital or is_alone else Standing.NOTHING

    def is_beside_jobcentre(self, start: int, end: int) -> bool:
        """ "Bury jobcentre", "the jobcentre in Bury", "the bury one"."""
        if self.after(end) and self.jobcentre_end(end) > end:
            return True
        if self.is_one(end) and self.before(start) in {"the", "a", "that", "about", "and", "or"}:
            return True
        lead = self.before(start)
        if lead not in word_lists()["before"] | {"of", "on", "for"} or not self._is_closed_off(end):
            return False
        before = start - 1
        if self._at(before - 1) == "the":
            before -= 1
        return self.jobcentre_start(before) < before or self.before(start, 2) in {"one", "un"}

    def _is_spoiled(self, start: int, end: int) -> bool:
        lists = word_lists()
        before, after = self.before(start), self.after(end)
        if before in lists["titles"] and "," not in self.gap(start):
            return True
        if before in lists["forenames"] and self.gap(start) == " " and after not in lists["state"]:
            return True
        if before in lists["not_after"] or (before == "of" and self.before(start, 2) in lists["not_after"]):
            return True
        if self.gap(end) in {" ", "-"} and after in lists["streets"] | lists["not_before"]:
            return not (after in {"city", "house", "close", "park"} and self._is_closed_off(end + 1))
        return False

    def is_asked_about(self, start: int, end: int) -> bool:
        """ "Is bury open", "what about bury", "bury or leeds?"."""
        lists = word_lists()
        before, after = self.before(start), self.after(end)
        if after in {"still", "even", "gonna", "going"}:
            after = self.after(end, 1)
        if after in lists["state"] and (before in lists["asks"] or start == 0 or not before):
            return True
        return before == "about" and self.before(start, 2) in {"what", "how", "whats"} and self._is_closed_off(end)

    def _is_led(self, start: int, end: int) -> bool:
        """ "In reading", "near bury please", but not "in reading the letter" or "to bury"."""
        lists = word_lists()
        lead = self.before(start)
        if lead not in lists["before"] or not self._is_closed_off(end):
            return False
        return lead not in lists["movement_only"] or self.before(start, 2) in lists["movement"]

    def _is_dwelt_in(self, start: int) -> bool:
        """ "I live in sale", "nearest to street"."""
        back = self.before(start, 2)
        return back in word_lists()["dwelling"] or (
            self.before(start) in {"to", "near", "nr"} and back.startswith(("near", "clos"))
        )

    def _is_closed_off(self, end: int) -> bool:
        """Whether the phrase may end here, so that the words are not the start of a longer one."""
        after = self.after(end)
        return not after or "," in self.gap(end) or after in word_lists()["after"]

    def _is_capital(self, start: int, end: int) -> bool:
        raw = self.words[start].raw
        if not raw[0].isupper() or raw.isupper() or not self.before(start) or self.after(end)[:1].isdigit():
            return False
        others = [word.raw for i, word in enumerate(self.words) if not start <= i < end and word.raw[0].isalpha()]
        return sum(other[0].islower() for other in others) * 2 > len(others) and self.before(start) not in {"my", "a"}

    def is_alone(self, start: int, end: int) -> bool:
        """Whether the message holds nothing else that says something."""
        if len(self.words) - (end - start) > 6:
            return False
        filler = word_lists()["filler"]
        return all(word.folded in filler for i, word in enumerate(self.words) if not start <= i < end)
