"""`jobcentre ask` as a process of its own: JSON alone on standard output, one line out for each line in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.settings import PROJECT
from bot.store.unit_of_work import Store
from tests.assistant.worlds import DATABASE, MODELS, SqliteTemplate, models_folder

AT = "2026-11-20T10:30"
FIELDS = {
    "id",
    "conversation",
    "reply",
    "kind",
    "kinds",
    "asks",
    "offices",
    "opening",
    "at",
    "topics",
    "language",
    "handoff",
    "state",
    "redacted",
    "confidence",
    "ms",
}


@pytest.fixture(scope="module")
def url(sqlite_sample: SqliteTemplate, model: Path) -> str:
    return sqlite_sample.new()


def ask(url: str, *arguments: str, lines: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    names = {**os.environ, DATABASE: url, MODELS: str(models_folder()), **environment}
    command = [sys.executable, "-m", "bot.cli", "ask", *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, cwd=PROJECT, env=names, check=False)


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Every line of standard output must be JSON."""
    return [json.loads(line) for line in done.stdout.splitlines()]


LEEDS = {"at": AT, "account": "JCPinLeeds"}
BATCH = [
    {"id": "q1", "text": "is leeds park place open", "conversation": "c1", **LEEDS},
    "this is not JSON",
    {"id": "q3", "words": "no text"},
    {"id": "q4", "text": "and bradford eastbrook court?", "conversation": "c1", **LEEDS},
    ["q5"],
    {"id": "q6", "text": "", "at": AT},
    {"id": "q7", "text": "is leeds park place open", "at": "soonish"},
    {"id": "q8", "text": "my NI number is AB 12 34 56 C", "at": AT},
    {"id": 9, "text": "ydy swyddfa caernarfon ar agor", "at": "2026-11-20T10:30:00+00:00", "account": "JCPinGwynedd"},
    {"id": "q10", "text": 5},
    {"text": "and tomorrow?", "at": AT},
    {"id": "q12", "text": "i want to speak to a person", "conversation": "c2", **LEEDS},
]


@pytest.fixture(scope="module")
def batch(url: str) -> subprocess.CompletedProcess[str]:
    lines = "\n\n".join(line if isinstance(line, str) else json.dumps(line) for line in BATCH)
    return ask(url, "--batch", "-", lines=lines)


def test_a_batch_keeps_its_order_and_a_bad_line_gives_an_error_in_its_place(
    batch: subprocess.CompletedProcess[str],
) -> None:
    out = answers(batch)
    assert [line["id"] for line in out] == ["q1", None, "q3", "q4", None, "q6", "q7", "q8", 9, "q10", None, "q12"]
    assert [index for index, line in enumerate(out) if "error" in line] == [1, 2, 4, 6, 9]
    assert all(set(line) == ({"id", "error"} if "error" in line else FIELDS) for line in out)
    assert batch.returncode == 1


def test_a_batch_answers_each_line_by_its_own_account_and_conversation(
    batch: subprocess.CompletedProcess[str],
) -> None:
    out = answers(batch)
    assert (out[0]["offices"], out[0]["conversation"]) == (["leeds-park-place"], "c1")
    assert (out[3]["offices"], out[3]["opening"]) == (["bradford-eastbrook-court"], "open")
    assert (out[5]["kind"], out[5]["asks"]) == ("unclear", "rephrase")
    assert (out[8]["language"], out[8]["offices"]) == ("cy", ["caernarfon"])
    assert (out[10]["offices"], out[10]["asks"]) == ([], "office")
    assert len({line["conversation"] for line in out if "error" not in line}) == 6


def test_nothing_personal_is_printed(batch: subprocess.CompletedProcess[str]) -> None:
    assert answers(batch)[7]["redacted"] == ["national_insurance_number"]
    printed = (batch.stdout + batch.stderr).replace(" ", "")
    assert "123456" not in printed
    assert "leedsparkplaceopen" not in batch.stderr.replace(" ", "")
    assert "Traceback" not in batch.stderr


def test_its_handoffs_raise_no_alarm(url: str, batch: subprocess.CompletedProcess[str]) -> None:
    answer = answers(batch)[11]
    assert (answer["handoff"], answer["state"]) == ({"reason": "asked", "priority": "normal"}, "waiting")
    store = Store(url)
    with store.unit_of_work(write=False) as work:
        assert work.handoffs.find_waiting() == []
        assert len(work.handoffs.find_waiting(include_trials=True)) == 1
    store.close()


def test_a_conversation_goes_on_in_another_process(url: str, batch: subprocess.CompletedProcess[str]) -> None:
    assert answers(batch)[0]["conversation"] == "c1"
    arguments = ("--conversation", "c1", "--at", AT, "--account", "JCPinLeeds", "--json")
    done = ask(url, "and on monday?", *arguments)
    (answer,) = answers(done)
    assert (done.returncode, set(answer), answer["kind"]) == (0, FIELDS, "office_open")
    assert (answer["offices"], answer["opening"]) == (["bradford-eastbrook-court"], "open")
    assert answer["at"] == "2026-11-23T00:00:00+00:00"
    assert (answer["id"], answer["handoff"], answer["state"], answer["language"]) == (None, None, "assistant", "en")
    assert "automated assistant" not in answer["reply"]


@pytest.mark.parametrize(
    ("arguments", "names", "said"),
    [
        ((), {}, "one question in quotes"),
        (("hello", "--batch", "-"), {}, "one question in quotes"),
        (("--batch", "no-such-file.jsonl"), {}, "no-such-file.jsonl"),
        (("hello", "--at", "soonish"), {}, "soonish"),
        (("hello",), {MODELS: "no-such-folder"}, "jobcentre train"),
        (("hello",), {DATABASE: "sqlite:////no/such/folder/jc.db"}, "jobcentre db upgrade"),
    ],
    ids=["nothing", "both", "no file", "no time", "no model", "no database"],
)
def test_a_mistake_is_told_without_a_traceback(
    url: str, arguments: tuple[str, ...], names: dict[str, str], said: str
) -> None:
    done = ask(url, *arguments, **names)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
