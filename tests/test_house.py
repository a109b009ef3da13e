"""The house checks itself: which room may import which, and what every part of it must have."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.settings import PROJECT


def test_imports_run_one_way() -> None:
    """The contracts are in pyproject.toml."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=PROJECT, capture_output=True, text=True, check=True)
    return [PROJECT / line for line in listed.stdout.splitlines() if (PROJECT / line).is_file()]


@pytest.mark.parametrize("room", ["bot/jobcentre", "bot/store", "bot/services", "bot/nlu", "actions"])
def test_no_room_inside_reads_the_clock(room: str) -> None:
    reads = re.compile(r"\b(?:datetime\.now|date\.today|time\.time|utcnow)\(")
    found = [file.name for file in tracked(f"{room}/**.py") if reads.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_every_intent_has_a_file_of_its_name_and_a_kind_or_a_part_in_the_dialogue() -> None:
    intents = {file.stem for file in (PROJECT / "data" / "nlu").glob("*.yml")}
    assert intents == set(KIND_OF_INTENT) | FOLLOW_UPS


def test_every_intent_is_answered_by_a_rule() -> None:
    rules = (PROJECT / "data" / "rules" / "rules.yml").read_text(encoding="utf-8")
    answered = set(re.findall(r"- intent: (\w+)", rules))
    assert answered == set(KIND_OF_INTENT) | FOLLOW_UPS


def test_every_response_that_the_code_names_is_in_the_domain() -> None:
    domain = (PROJECT / "domain.yml").read_text(encoding="utf-8")
    held = set(re.findall(r"^  (utter_\w+):", domain, re.MULTILINE))
    named: set[str] = set()
    for file in tracked("bot/**.py", "actions/**.py"):
        named |= set(re.findall(r'"(utter_\w*[a-z])"', file.read_text(encoding="utf-8")))
    endings = ("", "_cause", "_no_cause")
    missing = {name for name in named - {"utter_answers"} if not any(name + ending in held for ending in endings)}
    assert missing == set()


def test_the_lock_has_hashes_and_names_no_index() -> None:
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 100
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "://" not in lock
    assert not re.search(r"^(tensorflow|keras)", lock, re.MULTILINE)
