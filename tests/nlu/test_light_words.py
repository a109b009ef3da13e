"""The words that tell nothing of what is asked are learnt from the phrases."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from bot.nlu.light_words import INTENTS_AT_LEAST, PHRASES_AT_LEAST, LightWords

INTENTS = [f"ask_{number}" for number in range(round(INTENTS_AT_LEAST) + 3)]


def learnt(word: str, phrases: int, intents: int) -> LightWords:
    """From so many phrases with the word, spread over so many of all intents; each intent has as many phrases."""
    held = [(f"{word} it", intent) for intent in islice(cycle(INTENTS[:intents]), phrases)]
    others = [("nothing", intent) for intent in INTENTS for _ in range(phrases)]
    return LightWords(*map(list, zip(*held, *others, strict=True)))


@pytest.mark.parametrize(
    ("phrases", "intents", "is_light"),
    [
        pytest.param(90, len(INTENTS), True, id="of every intent alike"),
        pytest.param(90, 3, False, id="of a few intents"),
        pytest.param(PHRASES_AT_LEAST - 1, len(INTENTS), False, id="too rare to say"),
    ],
)
def test_a_word_is_light_where_it_stands_in_phrases_of_many_intents(phrases: int, intents: int, is_light: bool) -> None:
    assert learnt("send", phrases, intents).among("Send it") == (["it", "send"] if is_light else [])


def test_a_large_intent_counts_as_much_as_a_small_one() -> None:
    texts = [("send", intent) for intent in INTENTS for _ in range(40)] + [("other", INTENTS[0])] * 400
    light = LightWords([text for text, _ in texts], [intent for _, intent in texts])
    assert light.among("send") == ["send"]


def test_words_are_known_whatever_their_case_and_accents() -> None:
    assert learnt("gŵr", 90, len(INTENTS)).among("GWR") == ["gwr"]
