"""What the assistant says: Answers, and the texts of `domain.yml`, made into one message.

The sentences are in `domain.yml`; here are only the small words that fill their blanks. Typed blanks are in
`blanks.py`, what English and Welsh share in `grammar.py`, the rest in `english.py` and `welsh.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.kinds import Kind
from bot.jobcentre.wording.blanks import fill
from bot.jobcentre.wording.grammar import WordingError

__all__ = ["Responses", "WordingError", "load_responses", "render"]

Responses = Mapping[str, Sequence[Mapping[str, Any]]]
"""Response name to its variations, one a language: `{"text": …, "metadata": {"kind": …, "language": …}}`.

`metadata.follows` says how it joins what was said before: `true` in the same paragraph, `line` on a line of its own;
without it a new paragraph starts.
"""


def load_responses(domain: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The responses of a parsed `domain.yml`, checked. Raises WordingError naming the response that is wrong."""
    responses = {name: list(variations) for name, variations in (domain.get("responses") or {}).items()}
    for name, variations in responses.items():
        _check(name, variations)
    return responses


def render(responses: Responses, answers: Sequence[Answer], language: Language) -> str:
    """One message that says all the answers, in order. What comes out empty or was just said is left out.

    Raises WordingError where a response or a blank is missing or unknown.
    """
    paragraphs: list[str] = []
    said: set[str] = set()
    variations = [_variation(responses, answer.response, language) for answer in answers]
    listed = ["{contacts}" in variation["text"] for variation in variations]
    for answer, variation in zip(_lines_once(answers, listed), variations, strict=True):
        text = fill(variation["text"], answer.blanks, language, answer.response)
        if answer.blanks.get("contacts") == []:
            text = _LEADS_NOWHERE.sub("", text)
        if not text or text in said:
            continue
        said.add(text)
        follows = variation["metadata"].get("follows")
        if follows and paragraphs:
            paragraphs[-1] = _joined(paragraphs[-1], text, follows)
        else:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


_LEADS_NOWHERE = re.compile(r"(?:^|(?<=[.?!])\s+)[^.?!\n]*:\s*\Z")
"""The sentence at the end that led to a list which is empty: "For State Pension:"."""


def _lines_once(answers: Sequence[Answer], listed: Sequence[bool]) -> Iterator[Answer]:
    """The answers, each without the lines of the directory that one before it told in a list. Help in a crisis is told
    whole, and so is what names another topic for the same lines."""
    told: set[str] = set()
    topics: set[str] = set()
    for answer, is_list in zip(answers, listed, strict=True):
        contacts = answer.blanks.get("contacts") or () if is_list else ()
        left = [contact for contact in contacts if str(contact["value"]) not in told]
        is_whole = answer.kind.is_crisis or (not left and not topics.issuperset(answer.topics))
        told.update(str(contact["value"]) for contact in contacts)
        topics.update(answer.topics)
        is_new = len(left) == len(contacts)
        yield answer if is_whole or is_new else replace(answer, blanks={**answer.blanks, "contacts": left})


def _joined(before: str, text: str, follows: bool | str) -> str:
    """A sentence goes on in its paragraph, but not behind a list, a link or an address."""
    goes_on = follows is True and "\n" not in before and before.endswith((".", "?", "!"))
    return before + (" " if goes_on else "\n") + text


def _variation(responses: Responses, name: str, language: Language) -> Mapping[str, Any]:
    for variation in responses.get(name, ()):
        if variation["metadata"]["language"] == language.value:
            return variation
    raise WordingError(f"no response {name} in language {language.value}")


def _check(name: str, variations: Sequence[Mapping[str, Any]]) -> None:
    languages = [variation.get("metadata", {}).get("language") for variation in variations]
    if sorted(map(str, languages)) != sorted(language.value for language in Language):
        raise WordingError(f"{name} needs one text in each language, has {languages}")
    for variation in variations:
        kinds = variation["metadata"].get("kind")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if kind not in {known.value for known in Kind}:
                raise WordingError(f"{name} has an unknown kind: {kind}")
