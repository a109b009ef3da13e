"""What the sentence vectors read of a text: of Welsh, its English.

They were made to read English, and most of our phrases are English. So they read Welsh word by word in English
(`bot/jobcentre/glossary.py`). The n-grams read what was written.
"""

from __future__ import annotations

from bot.jobcentre.conversation import Language
from bot.jobcentre.glossary import in_english


def for_vectors(text: str, language: str | None) -> str:
    return in_english(text) if language == Language.WELSH.value else text
