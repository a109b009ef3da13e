"""Typing errors: as many as said, where said, and the same for the same seed."""

from __future__ import annotations

import pytest

from benchmarks.understanding.edits import EDITS, mistyped

ASKED = "could you tell me what time the office closes on wednesday afternoon before christmas this year"


def changed(text: str, typed: str) -> list[str]:
    return [word for word, other in zip(text.split(), typed.split(), strict=True) if word != other]


@pytest.mark.parametrize("way", EDITS)
def test_one_word_in_every_four_is_mistyped(way: str) -> None:
    for seed in range(20):
        wrong = changed(ASKED, mistyped(ASKED, "en", way, seed))
        assert len(wrong) == len(ASKED.split()) // 4
        assert all(len(word) >= 4 for word in wrong)


@pytest.mark.parametrize("way", EDITS)
def test_the_same_seed_mistypes_the_same(way: str) -> None:
    assert mistyped(ASKED, "en", way, 1) == mistyped(ASKED, "en", way, 1)
    assert len({mistyped(ASKED, "en", way, seed) for seed in range(10)}) > 5


@pytest.mark.parametrize("way", EDITS)
def test_masks_and_short_words_are_left_alone(way: str) -> None:
    assert mistyped("is xplacex on xdayx or u 2", "en", way, 1) == "is xplacex on xdayx or u 2"


def test_a_slip_keeps_the_first_letter_and_is_one_edit() -> None:
    typed = {mistyped("monday", "en", "thumb", seed) for seed in range(50)}
    assert {"mnday", "monnday", "mnoday"} <= typed
    assert all(word.startswith("m") and abs(len(word) - 6) <= 1 for word in typed)


@pytest.mark.parametrize(
    ("word", "language", "spelt"),
    [
        ("phone", "en", "fone"),
        ("station", "en", "stashun"),
        ("knock", "en", "nock"),
        ("swyddfa", "cy", "swydfa"),
        ("lle", "cy", "lle"),
    ],
)
def test_by_ear_letters_change_for_others_of_the_same_sound(word: str, language: str, spelt: str) -> None:
    assert spelt in {mistyped(word, language, "ear", seed) for seed in range(50)}


def test_of_another_language_nothing_is_known_by_ear() -> None:
    assert mistyped("dzień dobry otwarte jutro", "other", "ear", 1) == "dzień dobry otwarte jutro"
