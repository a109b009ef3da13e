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
_WHOLE = re.compile(r"- text: \|\n\s+(.*)$", re.MULTILINE)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", _ANNOTATED.sub(r"\1", text).lower()))


def _messages(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row.get("message") or row["text"] for row in csv.DictReader(lines)]


def _taught(folder: str) -> set[str]:
    """What a folder of data teaches: `nlu` phrases, `messages` whole messages."""
    form = {"nlu": _PHRASE, "messages": _WHOLE}[folder]
    files = (PROJECT / "data" / folder).glob("*.yml")
    return {_plain(found) for file in files for found in form.findall(file.read_text(encoding="utf-8"))}


def test_no_whole_message_is_a_phrase_too() -> None:
    """What is meant is learnt from messages that the classifier of phrases has not seen: it would be too sure."""
    messages = _taught("messages")
    assert len(messages) > 1000
    assert _taught("nlu") & messages == set()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv")), ids=lambda file: file.stem)
def test_no_message_of_a_set_is_a_training_phrase(file: Path) -> None:
    taught = _taught("nlu") | _taught("messages")
    messages = _messages(file)
    assert len(messages) > 100
    assert [message for message in messages if _plain(message) in taught] == []
