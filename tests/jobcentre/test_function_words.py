"""The small words that tell English from Welsh."""

from __future__ import annotations

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.function_words import has_language, is_plainly, language_of, language_of_names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ydi jobcentre open fory", Language.WELSH),
        ("wheelchair access yn y swyddfa", Language.WELSH),
        ("Dwi’n hwyr", Language.WELSH),
        ("what are the oriau", Language.ENGLISH),
        ("is canolfan byd gwaith open", Language.ENGLISH),
        ("diolch, and tomorrow", Language.ENGLISH),
        ("can I park fory", None),
        ("stop", None),
        ("am 10", None),
        ("", None),
    ],
)
def test_small_words_tell_the_language_and_nouns_do_not(text: str, language: Language | None) -> None:
    assert language_of(text) is language


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("ok", False),
        ("Hmm...", False),
        ("PIP?", False),
        ("2", False),
        ("x", False),
        ("", False),
        ("ok diolch", True),
        ("fory", True),
    ],
)
def test_some_words_are_of_both_languages(text: str, has: bool) -> None:
    assert has_language(text) is has


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ffôn pip", Language.WELSH),
        ("eira?", Language.WELSH),
        ("snow", Language.ENGLISH),
        ("canolfan byd gwaith bangor", None),
        ("bangor swyddfa hours", None),
        ("", None),
    ],
)
def test_a_word_or_two_tell_the_language_by_what_they_name(text: str, language: Language | None) -> None:
    assert language_of_names(text) is language


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("mae fy nhad yn byw efo ni, all e ddod", True, id="many small words"),
        pytest.param("mae e yma", False, id="one, which may be a slip"),
        pytest.param("mae fy nhad yn asking where the office is", False, id="some of both"),
    ],
)
def test_many_small_words_are_plainly_welsh(text: str, plain: bool) -> None:
    assert is_plainly(Language.WELSH, text) is plain
