"""Misspelt words of a small vocabulary."""

from __future__ import annotations

import pytest

from bot.jobcentre.misspelling import mended, vocabulary

WORDS = vocabulary(["pension credit", "universal", "reconsideration", "llythyr|cymhorthdal incwm"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pention credti", "pension credit"),
        ("universl", "universal"),
        ("reconsideraton", "reconsideration"),
        ("tension", "tension"),  # another word, of another first letter
        ("pensioner", "pensioner"),
        ("pen", "pen"),
        ("cymhortdal", "cymhorthdal"),
        ("", ""),
    ],
)
def test_a_misspelt_word_is_put_right_and_others_are_left(text: str, said: str) -> None:
    assert mended(text, WORDS) == said


def test_short_words_are_too_like_others() -> None:
    assert vocabulary(["pip esa credit"]) == {"credit"}
