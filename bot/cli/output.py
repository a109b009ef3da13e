"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

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


def finish_import(report: ImportReport, *, dry_run: bool, as_json: bool, rows: bool = True) -> None:
    """Print what an import did. Ends with exit code 2 where a refused row kept it from changing anything."""
    if as_json:
        print_json(report.to_dict())
    elif rows:
        for row in report.rows:
            if row.outcome not in (Outcome.UNCHANGED, Outcome.REFUSED):
                click.secho(str(row), fg=_COLOURS.get(row.outcome))
    for row in report.refused:
        click.secho(str(row), fg="red", err=True)
    if not as_json:
        click.echo(report.summary() + ("" if report.is_applied else "; nothing was changed"))
    if report.is_applied or (dry_run and not report.refused):
        return
    count = len(report.refused)
    refused = f"{count} row{'s are' if count > 1 else ' is'} refused"
    raise click.exceptions.Exit(_refused(f"{refused}: mend {'them' if count > 1 else 'it'}, or use --skip-bad"))


def _refused(text: str) -> int:
    click.echo(f"Error: {text}", err=True)
    return 2
