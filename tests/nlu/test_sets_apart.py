"""What understanding is measured by is kept apart from what it is taught: a phrase in both would prove nothing."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from bot.settings import PROJECT

FOLDER = Path(__file__).parent
_ANNOTATED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PHRASE = re.compile(r"^\s*-\s+(.*)$", re.MULTILINE)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", _ANNOTATED.sub(r"\1", text).lower()))


def _messages(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row.get("message") or row["text"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv")), ids=lambda file: file.stem)
def test_no_message_of_a_set_is_a_training_phrase(file: Path) -> None:
    files = (PROJECT / "data" / "nlu").glob("*.yml")
    taught = {_plain(phrase) for each in files for phrase in _PHRASE.findall(each.read_text(encoding="utf-8"))}
    messages = _messages(file)
    assert len(messages) > 100
    assert [message for message in messages if _plain(message) in taught] == []
