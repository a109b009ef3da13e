"""A message in parts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobcentre.clauses import asks, halves, is_negated, split

PARTS = {
    "is leeds open? when is my payment": ["is leeds open?", "when is my payment"],
    "is leeds open and when is my payment": ["is leeds open", "when is my payment"],
    "is leeds open but i want a person": ["is leeds open", "i want a person"],
    "is leeds open\nwhen is my payment": ["is leeds open", "when is my payment"],
    "hi\nis leeds open\nthanks": ["hi", "is leeds open", "thanks"],
    "is it open at 9.30 tomorrow, where is it": ["is it open at 9.30 tomorrow", "where is it"],
    "ydy caerdydd ar agor a ble mae hi": ["ydy caerdydd ar agor", "ble mae hi"],
    "who do i ring n does it cost": ["who do i ring", "does it cost"],
    "fish n chips": ["fish n chips"],
    "is it open an whit's the number": ["is it open", "whit's the number"],
    "is it an hour or an inn": ["is it an hour or an inn"],
    "where is it and its number": ["where is it", "its number"],
    "ble mae o ac a fyddan nhw yno": ["ble mae o", "a fyddan nhw yno"],
    "is it open, and isn't it a disgrace": ["is it open", "isn't it a disgrace"],
    "is it open, and whos hiring": ["is it open", "whos hiring"],
    "does it sit for weeks, which is what mine has done": ["does it sit for weeks, which is what mine has done"],
    "is it open, which bus goes there": ["is it open", "which bus goes there"],
    "salt and pepper": ["salt and pepper"],
    "leeds and bradford": ["leeds and bradford"],
    "": [],
    "?!": [],
}


@pytest.mark.parametrize(("text", "parts"), PARTS.items(), ids=PARTS)
def test_a_message_is_split_where_a_new_question_begins(text: str, parts: list[str]) -> None:
    assert [text[start:end].strip() for start, end in split(text)] == parts


def test_a_place_or_a_day_is_never_cut_through() -> None:
    text = "is st. ives open, is it far"
    assert split(text, [(3, 11)])[0] == (0, 16)


@pytest.mark.parametrize(
    ("text", "language", "cuts"),
    [
        ("your address and any parking", "en", [("your address", "any parking")]),
        ("the fax number, bus stop nearby", "en", [("the fax number", "bus stop nearby")]),
        ("monday and any parking", "en", []),
        ("is there a lift", "en", []),
        ("the fax number / bus stop nearby", "en", [("the fax number", "bus stop nearby")]),
        ("the fax number oh and a bus stop", "en", [("the fax number", "a bus stop")]),
        ("the fax number & a bus stop", "en", [("the fax number", "a bus stop")]),
        ("the fax number – a bus stop", "en", [("the fax number", "a bus stop")]),
        ("the fax number where is it", "en", [("the fax number", "where is it")]),
        ("which of the exits is it near", "en", []),
        ("a taxi rank when do you shut", "en", [("a taxi rank", "when do you shut")]),
        ("is it paid when it was your mistake", "en", []),
        ("a taxi rank my claim is late", "en", [("a taxi rank", "my claim is late")]),
        ("the letters my sister keeps?", "en", []),
        ("a taxi driver and somebody who knows the way", "en", [("a taxi driver", "somebody who knows the way")]),
        ("can you erase what the bank has", "en", []),
        ("rhif ffacs y dref ble mae o", "cy", [("rhif ffacs y dref", "ble mae o")]),
        ("rhif y swyddfa a lle parcio", "cy", [("rhif y swyddfa", "lle parcio")]),
        ("lle parcio ac oriau agor a rhif", "cy", [("lle parcio", "oriau agor a rhif")]),
    ],
)
def test_a_clause_may_be_cut_where_words_are_joined(text: str, language: str, cuts: list[tuple[str, str]]) -> None:
    found = halves(text, 0, len(text), language)
    assert [(text[a:b], text[c:d]) for (a, b), (c, d) in found] == cuts


def test_no_place_is_cut_through() -> None:
    assert halves("open at salt and sea house or not", 0, 33, "en", [(8, 26)]) == []


@given(st.text(alphabet="abc is?.,\n;and ", max_size=80))
def test_clauses_lie_in_order_and_leave_no_word_out_but_what_joins_them(text: str) -> None:
    spans = split(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    assert all(start < end for start, end in spans)
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    between = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    assert set(re.findall(r"\w+", between)) <= {"and", "a"}


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("i'm not asking about my claim", True),
        ("forget my claim", True),
        ("i dont care about my claim", True),
        ("dydw i ddim yn gofyn am arian", True),
        ("is leeds not open", False),
        ("why isnt it open", False),
    ],
)
def test_what_a_person_does_not_ask(text: str, negated: bool) -> None:
    assert is_negated(text) is negated


ASKS = {
    "is it open": True,
    "and is it open": True,
    "it is open?": True,
    "ac a oes ramp yno": True,
    "ac oes ramp yno": True,
    "and it is open": False,
    "pham gafodd e lai": True,
    "a newch chi edrych ar y ffurflen": True,
    "prun sy nesa ata i": True,
    "ers pryd mae o felly": True,
    "odyn nhw'n rhoi benthyg ffôn": True,
    "gawn ni ddod â'r ci": True,
    "all rhywun dan oed ddod": True,
    "di Pwllheli yn brysur": True,
    "chi sy'n rhedeg hwnna": True,
    "chi ta'r cyngor": True,
    "alla i ddim cerdded yno": False,
    "es i allan drwy'r drws": False,
    "all staff left at noon": False,
    "my sister is here": False,
}


@pytest.mark.parametrize(("text", "is_question"), ASKS.items(), ids=ASKS)
def test_a_clause_asks_by_its_first_word_or_its_mark(text: str, is_question: bool) -> None:
    assert asks(text) is is_question
