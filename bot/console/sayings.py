"""What the assistant says to a question, in each language, as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.desk import console
from bot.jobcentre.conversation import Language
from bot.jobcentre.wording import render
from bot.services.previews import Previewed


@dataclass(frozen=True)
class Saying:
    """A question that people will ask, and what they will be told."""

    question: str
    english: str
    welsh: str


def said(previewed: Iterable[Previewed]) -> list[Saying]:
    words = console().responses
    return [
        Saying(
            one.question,
            render(words, one.answers[Language.ENGLISH], Language.ENGLISH),
            render(words, one.answers[Language.WELSH], Language.WELSH),
        )
        for one in previewed
    ]
