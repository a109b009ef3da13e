"""People who say that the answer was not to what they had asked."""

from __future__ import annotations

import pytest

from bot.jobcentre.miss import says_missed, says_only_that

SAY_IT = [
    "that's not what I asked",
    "thats not wot i was asking mate",
    "no, that isn’t what we meant",
    "nothing to do with what i was on about",
    "you haven't answered my question",
    "that doesnt answer what i asked",
    "you've misunderstood me",
    "I asked about something else",
    "nid dyna be o'n i'n ofyn",
    "Nid dyna ofynnais i",
    "dydych chi ddim wedi ateb fy nghwestiwn",
    "rydych chi wedi camddeall",
]
SAY_OTHER_THINGS = [
    "is that what you asked for",
    "not what I expected to pay",
    "they did not answer the phone",
    "they have not answered my complaint",
    "that is wrong, the door is locked",
    "can you answer my question",
    "nid yw'r swyddfa ar agor",
    "i want to ask something",
]


@pytest.mark.parametrize("text", SAY_IT)
def test_it_is_heard(text: str) -> None:
    assert says_missed(text)
    assert says_only_that(text)


@pytest.mark.parametrize("text", SAY_OTHER_THINGS)
def test_other_things_are_not_taken_for_it(text: str) -> None:
    assert not says_missed(text)


def test_who_goes_on_asks_something() -> None:
    text = f"{SAY_IT[0]}, I want to know whether the lift works at the office in town"
    assert says_missed(text)
    assert not says_only_that(text)
