"""The command line, run in this process on a database of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from tests.services.rows import register

Jobcentre = Callable[..., Result]
CLOCK = "2026-11-20T10:30"


@pytest.fixture
def jobcentre(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Jobcentre:
    """Runs a command; `code` is the exit code that it must end with, `stdin` what it reads."""
    return runner(sqlite_url, monkeypatch)


@pytest.fixture
def stocked(jobcentre: Jobcentre, stocked_template: Path, sqlite_url: str) -> Jobcentre:
    """The same with three offices: two in Leeds (England), one in Cardiff (Wales); hours in England alone."""
    shutil.copy(stocked_template, sqlite_url.removeprefix("sqlite:///"))
    return jobcentre


@pytest.fixture(scope="session")
def stocked_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stocked")
    database = folder / "jobcentre.db"
    shutil.copy(sqlite_template, database)
    southern = {"id": "leeds-southern-house", "name": "Leeds Southern House"}
    cardiff = {"id": "cardiff", "name": "Cardiff", "nation": "Wales", "district": "South Wales", "town": "Cardiff"}
    (folder / "register.csv").write_bytes(register({}, southern, cardiff))
    with pytest.MonkeyPatch.context() as patch:
        run = runner(f"sqlite:///{database}", patch)
        run("offices", "import", str(folder / "register.csv"), "--by", "Ann")
        run("offices", "hours", "--nation", "England", "Mo-Fr 09:00-17:00", "--by", "Ann")
    return database


def runner(url: str, patch: pytest.MonkeyPatch) -> Jobcentre:
    patch.setenv("JOBCENTRE_DATABASE_URL", url)
    patch.setenv("JOBCENTRE_NOW", CLOCK)
    patch.delenv("JOBCENTRE_SETTINGS", raising=False)

    def run(*arguments: str, code: int = 0, stdin: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
        assert result.exit_code == code, (arguments, result.output, result.exception)
        if code == 2:
            assert "Error: " in result.stderr
            assert "Traceback" not in result.output
        return result

    return run


def read_json(result: Result) -> Any:
    return json.loads(result.stdout)
