"""The Welsh texts use one term for one idea: those of `docs/welsh-terms.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
import yaml

from bot.jobcentre.conversation import Language
from bot.jobcentre.wording import welsh_directory
from bot.jobcentre.wording.english import English
from bot.jobcentre.wording.welsh import Welsh
from bot.settings import PROJECT
from tests.jobcentre.test_wording import sample_contacts
from tests.test_domain import RESPONSES, text_of

_FIRST = {
    "ll": "(?:ll|l)",
    "rh": "(?:rh|r)",
    "c": "(?:c|ch|g|ngh)",
    "p": "(?:p|ph|b|mh)",
    "t": "(?:t|th|d|nh)",
    "b": "(?:b|f|m)",
    "d": "(?:d|dd|n)",
    "g": "(?:g|ng|)",
    "m": "(?:m|f)",
}


@dataclass(frozen=True)
class Term:
    english: re.Pattern[str]
    welsh: re.Pattern[str]
    never: re.Pattern[str] | None


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _mutable(phrase: str) -> str:
    """The phrase with its first letter mutated in any way, and of two nouns the plural too."""
    first = next((letters for letters in _FIRST if phrase.lower().startswith(letters)), "")
    rest = (
        re.escape(phrase[len(first) :])
        .replace("anolfan", "anolfan(?:nau)?")
        .replace(r"udd\-dal", r"udd\-dal(?:iadau)?")
    )
    return _FIRST.get(first, "") + rest


def _terms() -> Iterator[tuple[str, Term]]:
    lines = (PROJECT / "docs" / "welsh-terms.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    for english, welsh, never, *_ in rows[2:]:
        never_said = _any_of(map(_mutable, never.split(", "))) if never else None
        welsh_said = _any_of(map(_mutable, welsh.split(", ")))
        yield english, Term(_any_of(map(re.escape, english.split(", "))), welsh_said, never_said)


TERMS = dict(_terms())


def _twins() -> dict[str, tuple[str, str]]:
    """Everything that is said in both languages: (English, Welsh) by where it stands."""
    page = yaml.safe_load((PROJECT / "bot" / "channels" / "words.yml").read_text(encoding="utf-8"))
    said = {name: (text_of(name, Language.ENGLISH), text_of(name, Language.WELSH)) for name in RESPONSES}
    said |= {f"web chat {name}": (texts["en"], texts["cy"]) for name, texts in page.items()}
    said |= {f"topic {key}": (name, Welsh.TOPICS[key]) for key, name in English.TOPICS.items()}
    labels = {row["topic"].partition(";")[0].strip() for row in sample_contacts()}
    return said | {f"directory {label}": (label, welsh_directory.in_welsh(label)) for label in labels}


TWINS = _twins()


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_an_idea_has_one_term(term: Term) -> None:
    wrong = {
        where: welsh
        for where, (english, welsh) in TWINS.items()
        if term.english.search(re.sub(r"\{.*?\}", "", english)) and not term.welsh.search(welsh)
    }
    assert wrong == {}


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_no_other_form_is_used(term: Term) -> None:
    if term.never is not None:
        assert {where: welsh for where, (_, welsh) in TWINS.items() if term.never.search(welsh)} == {}
