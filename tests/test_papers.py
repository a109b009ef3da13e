"""What the papers of the service name is there: commands with their options, pages, settings, files."""

from __future__ import annotations

import re
import shlex

import click
import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from bot.cli import cli
from bot.cli.console import application
from bot.settings import PROJECT, Settings
from bot.store.unit_of_work import Store

PAPERS = ["transparency-record.md", "data-protection.md", "safety.md", "accessibility.md", "runbook.md", "x.md"]
DOCS = PROJECT / "docs"
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
TO_BE_FILLED = "[to be filled by DWP"


def code_of(paper: str) -> list[str]:
    return _CODE.findall((DOCS / paper).read_text(encoding="utf-8"))


def fault_of(line: str) -> str:
    """What is wrong with a command line; "" where there is nothing."""
    _, *words = shlex.split(line)
    command: click.Command = cli
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0]) if words else None
        if found is None:
            return f"no command {' '.join(words) or 'is named'}"
        command, words = found, words[1:]
    known = {option for param in command.params for option in param.opts}
    return ", ".join(word for word in words if word.startswith("--") and word not in known)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_is_there(paper: str) -> None:
    named = [line for line in code_of(paper) if line.startswith("jobcentre")]
    assert {line: fault for line in named if (fault := fault_of(line))} == {}


@pytest.mark.parametrize(
    "line", ["jobcentre accounts stop", "jobcentre data", "jobcentre data erase --person 1", "jobcentre undo"]
)
def test_a_command_that_is_not_there_would_be_found(line: str) -> None:
    assert fault_of(line)


@pytest.fixture
def console(store: Store) -> Flask:
    app: Flask = application(Settings(), store)
    return app


def test_every_page_is_there(console: Flask) -> None:
    pages = {code for paper in PAPERS for code in code_of(paper) if code.startswith("/")}
    assert {"/pause", "/inbox/", "/history/"} <= pages
    assert [page for page in pages if not is_page(console, page)] == []
    assert not is_page(console, "/no-such-page/")


def is_page(console: Flask, path: str) -> bool:
    try:
        console.url_map.bind("localhost").match(path)
    except RequestRedirect:
        return True
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("paper", [*PAPERS, "../README.md"])
def test_every_file_and_every_link_leads_somewhere(paper: str) -> None:
    text = (DOCS / paper).read_text(encoding="utf-8")
    links = [link for link in _LINK.findall(_CODE.sub("", text)) if "://" not in link]
    assert [link for link in links if not (DOCS / paper).parent.joinpath(link).exists()] == []
    files = [code for code in code_of(paper) if re.fullmatch(r"(?:bot|tests|docs|data)/[\w./-]+", code)]
    assert [file for file in files if not (PROJECT / file).exists()] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_setting_is_one(paper: str) -> None:
    settings = (PROJECT / "bot" / "settings.py").read_text(encoding="utf-8")
    assert [code for code in code_of(paper) if code.startswith("JOBCENTRE_") and f'"{code}"' not in settings] == []


def test_the_times_that_are_told_are_those_that_hold() -> None:
    told = (DOCS / "data-protection.md").read_text(encoding="utf-8")
    settings = Settings()
    for days, name in (
        (settings.keep_days, "JOBCENTRE_KEEP_DAYS"),
        (settings.keep_handoff_days, "JOBCENTRE_KEEP_HANDOFF_DAYS"),
        (settings.keep_miss_days, "JOBCENTRE_KEEP_MISS_DAYS"),
    ):
        row = next(line for line in told.splitlines() if f"`{name}`" in line)
        assert f"{days} days" in row


def test_the_safety_note_has_the_floors_that_tests_hold() -> None:
    from tests.nlu.test_safety_phrasings import LEAST_HELPED, MOST_ALARMED

    told = (DOCS / "safety.md").read_text(encoding="utf-8")
    shares = re.findall(r"^\| .* \| (\d+)% \|$", told, re.MULTILINE)
    assert [int(share) for share in shares] == [*LEAST_HELPED.values(), *MOST_ALARMED.values()]


@pytest.mark.parametrize("paper", PAPERS)
def test_what_only_dwp_can_know_is_left_to_dwp(paper: str) -> None:
    assert TO_BE_FILLED in (DOCS / paper).read_text(encoding="utf-8")


def test_the_worst_day_has_one_page() -> None:
    assert len((DOCS / "runbook.md").read_text(encoding="utf-8").split()) <= 750
