"""The assistant's own words, for commands that show what it would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import yaml

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.wording import Responses, load_responses, render
from bot.settings import PROJECT


def words_of(answers: Mapping[Language, Sequence[Answer]]) -> dict[str, str]:
    """What would be said, by language: `{"en": …, "cy": …}`."""
    return {language.value: render(responses(), said, language) for language, said in answers.items()}


@lru_cache(maxsize=1)
def responses() -> Responses:
    """The texts of `domain.yml`."""
    text = (PROJECT / "domain.yml").read_text(encoding="utf-8")
    return load_responses(yaml.safe_load(text))
