"""`jobcentre test`. It stands here, above the other commands, because conversations use those."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.jobcentre.errors import BadInput
from bot.testing.comparison import read_run
from bot.testing.page import BadScript
from bot.testing.playing import Stopped, cores
from bot.testing.result import Played
from bot.testing.run import Run, run

INTERRUPTED = 130
"""What a shell gives a command that Ctrl-C ended."""
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", metavar="PATH …", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--junit", type=FILE, metavar="FILE", help="Write JUnit XML, for CI.")
@click.option("--json", "json_file", type=FILE, metavar="FILE", help="Write all of it as JSON, for --compare.")
@click.option("--html", type=FILE, metavar="FILE", help="Write one page with the transcripts and every table.")
@click.option("--compare", type=FILE, metavar="FILE", help="List what changed since a run kept with --json.")
@click.option("--coverage", is_flag=True, help="Show what no conversation has ever met.")
@click.option("--invariance", is_flag=True, help="Say everything in other ways too: no answer may change.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes to play in. Default: the cores.")
def test(
    paths: tuple[Path, ...],
    junit: Path | None,
    json_file: Path | None,
    html: Path | None,
    compare: Path | None,
    coverage: bool,
    invariance: bool,
    jobs: int | None,
) -> None:
    """Play conversations from YAML files, or folders of them, and say what is not as expected.

    \b
    jobcentre test tests/conversations
    jobcentre test tests/conversations --html report.html --compare last-release.json

    The real assistant answers, with the trained model, on a database of sample data that each conversation has to
    itself. docs/testing-conversations.md says how to write them. Exit codes: 0 all as expected, 1 something is not,
    2 a file cannot be read or a command in it failed.
    """
    reports = {"junit": junit, "json": json_file, "html": html}
    _check_writable(reports)
    earlier = read_run(compare) if compare else None
    try:
        finished = run(paths, jobs or cores(), _watch, every_variation=invariance, earlier=earlier)
    except BadScript as bad:
        click.echo("\n".join(f"Error: {slip}" for slip in bad.slips), err=True)
        sys.exit(2)
    except (Stopped, KeyboardInterrupt) as stopped:
        played = len(stopped.played) if isinstance(stopped, Stopped) else 0
        click.echo(f"Stopped after {played} conversations: no report is written", err=True)
        sys.exit(INTERRUPTED)
    _tell(finished, coverage, compare)
    _write(finished, reports)
    sys.exit(finished.exit_code)


def _watch(played: Played) -> None:
    from bot.testing import text_report

    if words := text_report.told(played):
        _echo(words)


def _tell(finished: Run, coverage: bool, earlier: Path | None) -> None:
    from bot.testing import text_report

    if finished.invariance:
        _echo(text_report.varied(finished.invariance))
    if coverage:
        _echo(text_report.covered(finished.coverage))
    if finished.changes is not None and earlier:
        _echo(text_report.compared(finished.changes, str(earlier)))
    _echo(text_report.summary(finished))


def _echo(text: str) -> None:
    """In colour on a terminal, unless the person who sits there wants none (https://no-color.org)."""
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)


def _check_writable(reports: Mapping[str, Path | None]) -> None:
    """Before anything is played: it would be a pity afterwards."""
    for name, file in reports.items():
        if file and not file.absolute().parent.is_dir():
            raise BadInput(f"--{name}: there is no folder {file.absolute().parent}")


def _write(finished: Run, reports: Mapping[str, Path | None]) -> None:
    if file := reports["json"]:
        file.write_text(_json(finished.to_dict()), encoding="utf-8")
    if file := reports["junit"]:
        from bot.testing.junit import junit

        file.write_bytes(junit(finished))
    if file := reports["html"]:
        from bot.testing.html import html

        file.write_text(html(finished), encoding="utf-8")


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
