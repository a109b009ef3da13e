"""Thanks and "please" at the end never change what is asked; beside nothing but praise they are what is said."""

from __future__ import annotations

import pytest

from bot.jobcentre.courtesy import without_manners

LEFT = {
    "opening times please": "opening times",
    "is it shut today? cheers mate": "is it shut today?",
    "monday, ta": "monday",
    "oriau agor plis": "oriau agor",
}
KEPT = ["smashing, ta", "proper belting that, cheers", "ffab, diolch", "gr8 thx", "thanks", "champion thanks pet"]


@pytest.mark.parametrize(("text", "left"), LEFT.items(), ids=LEFT)
def test_manners_are_left_out_behind_a_question(text: str, left: str) -> None:
    assert without_manners(text) == left


@pytest.mark.parametrize("text", KEPT)
def test_thanks_behind_praise_alone_stay(text: str) -> None:
    assert without_manners(text) == text
