"""Whether words stand for a place where they stand: "is bury open", but not "bury my head"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bot.jobcentre.spelling import Word, is_common, is_nearly_common

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
WELSH_OFFICES = frozenset("swyddfa canolfan ganolfan nghanolfan chanolfan swyddfeydd".split())  # noqa: SIM905
MOST_NAMES = 20
"""Strange words of one message that are looked at as names of unknown places, so that a long message stays fast."""
DRAWN_OUT = re.compile(r"(.)\1\1")
LONG_NAME = 8
"""Letters from which on a strange word in small letters is more likely a name than a slip."""
EXCEPT = frozenset(
    {"instead of", "rather than", "other than", "apart from", "anywhere but", "anything but", "heblaw am", "yn lle"}
)
TRANSPORT = frozenset({"train", "trains", "bus", "buses", "tram", "trams", "metro", "ferry", "tren", "bws"})
GOES = frozenset({"go", "going", "went", "sign", "signed", "signing", "attend", "come", "mynd", "arwyddo"})
MOSTLY = frozenset({"normally", "usually", "used", "always", "mostly", "arfer", "wastad"})
CENTRAL = frozenset({"city", "town", "centre", "center", "central", "main"})
NEAREST = frozenset({"nearest", "closest"})
MANY_PEOPLE = 10_000


_SAID = frozenset({"wrote", "said", "put", "typed", "sent", "asked", "sgwennais", "ddwedais", "ddudais"})
_MEANT = frozenset({"meant", "mean", "feddwl", "meddwl"})
_NO = frozenset({"na", "nage"})


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

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the words [start, end) stand together: no postcode was taken out between them."""
        return not any(character.isalnum() for index in range(start + 1, end) for character in self.gap(index))

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

    def is_end_of_name(self, start: int, end: int) -> bool:
        """The Street of "Frobisher Street", the Hill of "cheetam hill": no place of its own."""
        before = self.before(start)
        if end - start > 1 or self._at(start) not in word_lists()["ends_of_names"] or self.gap(start) not in " -":
            return False
        if not before or before in word_lists()["before"] | word_lists()["asks"] | word_lists()["before_names"]:
            return False
        return self._at(start) in word_lists()["streets"] or not is_common(before)

    def is_setting(self, start: int, end: int) -> bool:
        """Whether the words only tell where somebody is, comes from or mostly goes: "she lives in bury", "the bus from
        bury", "the train to bury is off", "I usually sign on in bury"."""
        lists, lead = word_lists(), self.before(start)
        if lead in {"from", "fae", "frae"} or self._is_habit(start, end):
            return True
        if lead in {"to", "into", "i"} and self.before(start, 2) in TRANSPORT:
            return self.after(end) in lists["linking"] | lists["person_does"] | {"isnt", "delayed", "late"}
        if lead not in lists["setting_before"]:
            return False
        for back in range(2, 6):
            word = self.before(start, back)
            if word in lists["setting"]:
                return True
            if word not in lists["setting_links"]:
                return False
        return False

    def _is_habit(self, start: int, end: int) -> bool:
        """ "I go to bury normally", "used to sign at bury", "I mostly use bury"."""
        if self.before(start) in {"use", "used", "defnyddio"} and self.before(start, 2) in MOSTLY:
            return True
        if self.before(start) not in {"to", "at", "in", "i", "yn", "ym", "yng"}:
            return False
        back = {self.before(start, nth) for nth in range(2, 6)}
        around = back | {self.after(end), self.after(end, 1)}
        return not back.isdisjoint(GOES) and not around.isdisjoint(MOSTLY)

    def standing(self, start: int, end: int) -> Standing:
        """How the span of words [start, end) stands, as the name of a place."""
        if self.is_end_of_name(start, end):
            return Standing.SPOILED
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
        """ "Bury jobcentre", "bury town centre jobcentre", "the jobcentre in Bury", "the bury one", "canolfan Bury"."""
        at = end
        while at < end + 2 and self.after(at) in CENTRAL:
            at += 1
        if self.after(at) and self.jobcentre_end(at) > at:
            return True
        if self._at(self.jobcentre_start(start)) in WELSH_OFFICES and self._is_closed_off(end):
            return True  # "canolfan waith Bury"
        if self.is_one(end) and self.before(start) in {"the", "a", "that", "about", "and", "or"}:
            return True
        start -= self.before(start).isdigit()  # "at 79 corporation road"
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
        if "name" in {self.before(start, 2), self.before(start, 3)} and "is" in {before, self.before(start, 2)}:
            return True  # "my name is Chester Hamilton"
        if before in lists["forenames"] and self.gap(start) == " " and not self._is_predicate(end):
            return True
        if before and not is_common(before) and self.gap(start) == " " and after in lists["says"]:
            return True  # "hayley doncaster said"
        if end - start == 1 and self._at(start) in lists["people_too"] and self._is_a_person(start, end):
            return True
        if before in {"with", "at"} and lists["saving"] & {self.before(start, 2), self.before(start, 3)}:
            return True
        if before in lists["not_after"] or (before == "of" and self.before(start, 2) in lists["not_after"]):
            return True
        if self._is_abroad(start, end) or self._is_a_feast(start, end):
            return True
        if self.gap(end) in {" ", "-"} and after in lists["streets"] | lists["not_before"]:
            return not (after in {"city", "house", "close", "park"} and self._is_closed_off(end + 1))
        return False

    def _is_abroad(self, start: int, end: int) -> bool:
        """Whether a country or state of another part of the world follows, or it is one itself: "perth australia",
        "boston, new england", "new south wales"."""
        if f"{self.before(start)}-{self._at(start)}" in word_lists()["abroad"]:
            return True
        at = end + (self.after(end) == "in")
        word, lists = self.after(at), word_lists()
        return word in lists["abroad"] or f"{word}-{self.after(at, 1)}" in lists["abroad"]

    def _is_a_feast(self, start: int, end: int) -> bool:
        """ "Shut on st andrews": towns are not places to be on."""
        return end - start == 2 and self.before(start) == "on" and self._at(start) in {"st", "saint"}

    def is_asked_about(self, start: int, end: int) -> bool:
        """ "Is bury open", "will bury be open", "hours for bury", "what about bury"."""
        lists = word_lists()
        before = self.before(start)
        if self._is_said_to_be(end) and (before in lists["asks"] or not before):
            return True
        if not self._is_closed_off(end):
            return False
        if before in lists["times"]:
            return True
        of_what = {
            "agor": lists["times"],
            "for": lists["times"] | {"right", "true", "same"},
            "of": lists["times"],
            "about": {"what", "how", "whats"},
        }
        return self.before(start, 2) in of_what.get(before, ())

    def _is_said_to_be(self, end: int) -> bool:
        """Whether the words [.., end) are said or asked to be open: "bury be open", "bury still gonna be open"."""
        lists = word_lists()
        for on in range(4):
            word = self.after(end, on)
            if word in lists["state"]:
                return True
            if word not in lists["linking"]:
                return False
        return False

    def is_another(self, start: int, end: int) -> bool:
        """ "The other stratford", "y stratford arall"."""
        return "other" in {self.before(start), self.before(start, 2)} or self.after(end) == "arall"

    def is_negated(self, start: int, end: int) -> bool:
        """Whether the words around say that the place is not meant: "not leeds", "isn't in leeds I mean bury", "I
        wrote leeds and meant bury"."""
        lists = word_lists()
        if self.before(start) in _SAID and _MEANT & {self.after(end, nth) for nth in range(3)}:
            return True
        for back in range(1, 6):
            word, further = self.before(start, back), self.before(start, back + 1)
            if not self.is_whole(max(start - back, 0), end):
                return False
            if word in _NO and start == back:
                return False  # "na, Llandudno" says no, and then which
            if word in lists["negations"]:
                is_asked = word in lists["negated_verbs"] and self._is_said_to_be(self.jobcentre_end(end))
                is_asked = is_asked or (further in {"is", "are"} and not self.before(start, back + 2))
                return not is_asked and further not in lists["no_negation_after"]
            if f"{further} {word}" in EXCEPT:
                return True
            if word not in lists["negation_links"] or (back > 1 and "," in self.gap(start - back + 1)):
                return False
        return False

    def _is_predicate(self, end: int) -> bool:
        """Whether the sentence goes on as one about a place does: "will bury have parking"."""
        return self._is_said_to_be(end) or self.after(end) in word_lists()["verbs"] | {
            "office",
            "jobcentre",
            "or",
            "and",
        }

    def _is_a_person(self, start: int, end: int) -> bool:
        """ "Thanks nelson", "is beverley in today", "i spoke to barry": a first name that is a town's too."""
        lists = word_lists()
        if self._is_said_to_be(end):
            return False
        if self.before(start) in lists["greetings"] and "," not in self.gap(start):
            return True
        if self.before(start) in {"to", "with", "by", "efo", "gyda", "wrth"}:
            return bool({self.before(start, 2), self.before(start, 3)} & (lists["speaking"] | lists["thanking"]))
        if self.after(end) == "in":
            return self.after(end, 1) in lists["when"] | {""}
        return self.after(end) in lists["person_does"]

    def unknown_names(self, taken: Set[int]) -> Iterator[tuple[int, int]]:
        """Spans of words, none of them `taken`, that are plainly the name of a place: "the jobcentre in Xtown"."""
        at = looked_at = 0
        while at < len(self.words) and looked_at < MOST_NAMES:
            end = self._name_end(at, taken)
            looked_at += end > at
            if end > at and self._at(end) in word_lists()["streets"] and end not in taken and self.gap(end) == " ":
                end += 1  # "Frobisher Street"
            while end - at in (1, 2) and end not in taken and self._is_capital_after(end):
                end += 1  # "Ockerby Fold"
            start = self._name_start(at, taken) if end > at else at
            beside = {start - 1, end} | ({start - 2} if self.before(start) in word_lists()["before"] else set())
            if end > at and taken.isdisjoint(beside) and self._is_called_a_place(start, end):
                yield start, end
            at = max(end, at + 1)

    def _is_capital_after(self, at: int) -> bool:
        """Whether the word goes on with the name before it, in its writing: neither begins a sentence."""
        if self.gap(at) != " " or not self._at(at).isalpha() or self.jobcentre_end(at) > at:
            return False
        raw, last = self.words[at].raw, self.words[at - 1].raw
        return raw[0].isupper() and last[0].isupper() and not (raw.isupper() or last.isupper())

    def _name_start(self, at: int, taken: Set[int]) -> int:
        """Where the name begins that ends so strangely: "Little Wibblethorpe"."""
        start = at
        while (
            at - start < 2 and start - 1 not in taken and self.gap(start) == " " and self._is_capital(start - 1, start)
        ):
            start -= 1
        return start

    def _name_end(self, start: int, taken: Set[int]) -> int:
        """Where the strange words that begin here end, after three at most; `start` where there are none."""
        end = start
        while end < min(start + 3, len(self.words)) and end not in taken and self._is_strange(end):
            if end > start and (self.gap(end) not in " -" or not self.words[end].raw[0].isupper()):
                break
            end += 1
        return end

    def _is_strange(self, at: int) -> bool:
        word, lists = self.words[at], word_lists()
        if len(word.folded) < 4 or not word.folded.isalpha() or is_common(word.folded) or DRAWN_OUT.search(word.folded):
            return False
        if word.folded in lists["no_town"] | lists["forenames"] | lists["filler"] or self.jobcentre_end(at) > at:
            return False
        if not is_nearly_common(word.folded):
            return True
        return self.is_beside_jobcentre(at, at + 1) and self._is_capital(at, at + 1)

    def _is_called_a_place(self, start: int, end: int) -> bool:
        lists = word_lists()
        if self._is_spoiled(start, end):
            return False
        is_capital = self.words[start].raw[0].isupper() and not self.words[start].raw.isupper()
        lead = self.before(start)
        if self.after(end) and self.jobcentre_end(end) > end:
            is_english = self._at(end) not in WELSH_OFFICES  # in Welsh the name comes after
            return is_capital or (is_english and (lead in {"is", "the", "in", "at", "to", "for"} or start == 0))
        if self.expecting and self.is_alone(start, end):
            return True
        if lead not in lists["before"] | {"than"} | NEAREST or not self._is_closed_off(end):
            is_asked = self.is_asked_about(start, end) and bool(lead)
            return is_asked and (is_capital or len(self._at(start)) >= LONG_NAME)
        if not is_capital and lead == "yn":  # "yn gyflym" is an adverb
            return False
        is_near = lead in NEAREST or self.before(start, 2) in NEAREST | {"nearer", "closer", "near"} | lists["dwelling"]
        return is_near or self.is_beside_jobcentre(start, end) or (is_capital and self.speaks_of_opening())

    def speaks_of_opening(self) -> bool:
        lists = word_lists()
        return any(word.folded in lists["state"] or self.jobcentre_end(at) > at for at, word in enumerate(self.words))

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
        ours = [word.raw for word in self.words[start:end] if word.raw[0].isalpha()]
        small, all_words = self._beginnings
        small, all_words = small - sum(word[0].islower() for word in ours), all_words - len(ours)
        return small * 2 > all_words and self.before(start) not in {"my", "a"}

    @cached_property
    def _beginnings(self) -> tuple[int, int]:
        """How many words begin with a small letter, and how many with any letter."""
        first = [word.raw[0] for word in self.words if word.raw[0].isalpha()]
        return sum(letter.islower() for letter in first), len(first)

    @cached_property
    def is_welsh(self) -> bool:
        """Whether a small word of Welsh is said, so that "ni" is we."""
        return any(word.folded in word_lists()["welsh"] for word in self.words)

    @cached_property
    def said_and_denied(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words, but for those that the person says they do not mean; and those."""
        said = frozenset(word.folded for at, word in enumerate(self.words) if not self.is_negated(at, at + 1))
        return said, frozenset(word.folded for word in self.words) - said

    def is_alone(self, start: int, end: int) -> bool:
        """Whether the message holds nothing else that says something."""
        if len(self.words) - (end - start) > 6:
            return False
        filler = word_lists()["filler"]
        return all(word.folded in filler for i, word in enumerate(self.words) if not start <= i < end)
