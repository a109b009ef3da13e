"""`jobcentre test`, the pytest plugin, and the examples of the guide, from outside."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.settings import PROJECT
from bot.testing.playing import play
from bot.testing.reading import read
from bot.testing.result import Status
from bot.testing.run import too_many_known_failures
from bot.testing.stage import Stage
from tests.testing.conftest import HEAD, Write

pytestmark = pytest.mark.xdist_group("conversation kit")
GUIDE = PROJECT / "docs" / "testing-conversations.md"
TALK = f"""{HEAD}
  - name: right
    turns: [{{person: hello, kind: greeting}}]
  - name: wrong
    turns: [{{person: is norwich open tomorrow, kind: office_hours, opening: open}}]
  - name: known
    not_yet: it answers
    turns: [{{person: hello, silent: true}}]
  - name: asks for other ways
    invariance: [capitals, emoji]
    turns: [{{person: is norwich open tomorrow, kind: office_open, opening: open}}]
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["test", *map(str, arguments)])


def test_a_wrong_conversation_fails_and_every_report_is_written(write: Write, tmp_path: Path) -> None:
    file = write(TALK)
    write("known_failures_at_most: 1\n", "suite.yml")
    reports = {name: tmp_path / f"run.{name}" for name in ("json", "junit", "html")}
    options = [option for name, report in reports.items() for option in (f"--{name}", report)]
    result = run(file, "--jobs", 1, "--coverage", *options)
    assert result.exit_code == 1, result.output
    assert "expected  kind: office_hours\n    found     kind: office_open" in result.output
    assert "2 passed, 1 failed, 1 known failure (4 conversations, 4 turns" in result.output
    assert "capitals       100.0 % unchanged" in result.output
    assert "Coverage" in result.output
    kept = json.loads(reports["json"].read_text(encoding="utf-8"))
    assert [one["status"] for one in kept["conversations"]] == ["passed", "failed", "known_failure", "passed"]
    assert ElementTree.parse(reports["junit"]).getroot().get("failures") == "1"
    assert "<h1>Conversation tests</h1>" in reports["html"].read_text(encoding="utf-8")


def test_bad_input_is_told_with_its_line_and_nothing_is_played(write: Write, tmp_path: Path) -> None:
    result = run(write(f"{HEAD}  - name: one\n    turns: [{{person: hi, knd: x}}]\n"))
    assert result.exit_code == 2
    assert "talk.yml, line 4: “knd” is not a name of a turn: did you mean “kind”?" in result.stderr
    assert result.stdout == ""
    assert run(tmp_path / "nowhere.yml").exit_code == 2
    assert "there is no folder" in run(write(TALK), "--html", tmp_path / "no" / "page.html").output
    assert "is not JSON" in run(write(TALK), "--compare", write("{", "old.json")).output
    assert run().exit_code == 2


def test_more_known_failures_than_the_suite_allows_are_a_problem(write: Write) -> None:
    file = write(TALK)
    write("known_failures_at_most: 1\n", "suite.yml")
    assert too_many_known_failures(read([file])) == ""
    write("about: a suite that allows none\n", "suite.yml")
    problem = too_many_known_failures(read([file]))
    assert "1 conversations say not_yet, and suite.yml allows 0: mend one, or raise known_failures_at_most" in problem


def test_pytest_is_not_needed_to_run_it() -> None:
    code = "import sys, bot.testing.command, bot.testing.html, bot.testing.junit; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


@pytest.mark.slow
def test_several_processes_give_the_same_bytes_as_one(write: Write, tmp_path: Path) -> None:
    file = write(TALK)
    alone, several = tmp_path / "alone.json", tmp_path / "several.json"
    run(file, "--jobs", 1, "--json", alone)
    run(file, "--jobs", 3, "--json", several)
    assert alone.read_bytes() == several.read_bytes()


@pytest.mark.slow
def test_ctrl_c_stops_it_cleanly(write: Write) -> None:
    turns = "      - {person: is leeds open, kind: office_open}\n" * 500
    file = write(HEAD + "".join(f"  - name: talk {n}\n    turns:\n{turns}" for n in range(8)))
    command = [sys.executable, "-m", "bot.cli", "test", str(file), "--jobs", "2"]
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(12)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Stopped after" in stderr
    assert "Traceback" not in stderr


# ------------------------------------------------------------------ the plugin


def pytest_on(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "bot.testing.pytest_plugin", "-p", "no:cacheprovider", "-q", "-rA"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [*command, f"--rootdir={folder}", "-c", "/dev/null", str(folder), *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_pytest_collects_the_files_beside_a_suite_and_tells_slips(write: Write, tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    write(TALK, "talks/talk.yml")
    write(TALK, "elsewhere.yml")
    write("known_failures_at_most: 1\n", "talks/suite.yml")
    write(f"{HEAD}  - {{nam: one}}\n", "talks/bad.yml")
    listed = pytest_on(tmp_path, "--collect-only").stdout
    assert "talks/talk.yml::asks for other ways" in listed
    assert "talks/suite.yml::known failures" in listed
    assert "elsewhere" not in listed
    assert "line 3: “nam” is not a name of a conversation" in listed


@pytest.mark.slow
def test_pytest_plays_them_and_holds_known_failures_strictly(write: Write, tmp_path: Path) -> None:
    mended = "  - name: mended\n    not_yet: greetings\n    turns: [{person: hello, kind: greeting}]\n"
    broken = "  - name: broken\n    turns: [{staff: closures withdraw C9 --reason x --by Pat}]\n"
    write(TALK + mended + broken)
    write("known_failures_at_most: 1\n", "suite.yml")
    result = pytest_on(tmp_path)
    assert result.returncode == 1
    told = {name: outcome for outcome, name in re.findall(r"^(\w+) \S*::([\w ]+?)(?: - .*)?$", result.stdout, re.M)}
    assert told == {
        "known failures": "FAILED",
        "right": "PASSED",
        "wrong": "FAILED",
        "known": "XFAIL",
        "asks for other ways": "PASSED",
        "mended": "FAILED",
        "broken": "FAILED",
    }
    assert "found     kind: office_open" in result.stdout
    assert "2 conversations say not_yet, and suite.yml allows 1" in result.stdout


# ------------------------------------------------------------------ the guide


def test_the_guide_names_every_option_and_its_examples_are_right(tmp_path: Path, stage: Stage) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    command = cli.get_command(None, "test")  # type: ignore[arg-type]
    assert command is not None
    for option in (option for parameter in command.params for option in parameter.opts if option.startswith("--")):
        assert option in text, option
    (tmp_path / "suite.yml").write_text("rules: {2: a rule}\n", encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(examples) >= 8
    for number, example in enumerate(examples):
        (tmp_path / f"example-{number}.yml").write_text(example, encoding="utf-8")
    for conversation in read([tmp_path]).conversations:
        played = play(stage, conversation)
        assert played.status is Status.PASSED, (played.id, played.error, [fault.text for fault in played.faults])
