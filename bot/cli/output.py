"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from bot.jobcentre.errors import BadInput
from bot.services.files import ImportReport, Outcome

_COLOURS = {Outcome.REFUSED: "red", Outcome.ADDED: "green", Outcome.RETIRED: "yellow", Outcome.CHANGED: "cyan"}


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(header: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str) -> None:
    """Columns side by side; a sentence instead where there is nothing."""
    lines = [tuple(map(str, row)) for row in rows]
    if not lines:
        click.echo(empty)
        return
    widths = [max(len(line[column]) for line in [header, *lines]) for column in range(len(header))]
    for line in [tuple(header), *lines]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_facts(facts: Iterable[tuple[str, Any]]) -> None:
    """One fact a line; those without a value are left out."""
    for name, value in facts:
        if value not in (None, "", (), []):
            click.echo(f"{name + ':':<16} {value}")


def warn(text: str) -> None:
    click.echo(f"Note: {text}", err=True)


def finish_import(report: ImportReport, *, skip_bad: bool, as_json: bool, rows: bool = True) -> None:
    """Print what an import did, refused rows on stderr. Raises BadInput where they kept it from changing anything."""
    if as_json:
        print_json(report.to_dict())
    for row in report.rows if rows and not as_json else ():
        if row.outcome not in (Outcome.UNCHANGED, Outcome.REFUSED):
            click.secho(str(row), fg=_COLOURS.get(row.outcome))
    for row in report.refused:
        click.secho(str(row), fg="red", err=True)
    if not as_json:
        click.echo(report.summary() + ("" if report.is_applied else "; nothing was changed"))
    if report.refused and not skip_bad:
        count = len(report.refused)
        refused = "1 row is refused: mend it" if count == 1 else f"{count} rows are refused: mend them"
        raise BadInput(f"{refused}, or add --skip-bad to import the others")
