"""Every command explains itself, and help is quick."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, cli

THERE = [name for name, (where, _) in COMMANDS.items() if importlib.util.find_spec(where.partition(":")[0])]


def every(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from every(inner, (*path, name))


def all_commands() -> list[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(cli)
    found = []
    for name in THERE:
        command = cli.get_command(context, name)
        assert command is not None
        found += list(every(command, (name,)))
    return found


def test_every_command_and_every_option_has_help() -> None:
    silent = []
    for path, command in all_commands():
        if not command.help:
            silent.append(" ".join(path))
        options = [p for p in command.params if isinstance(p, click.Option)]
        silent += [f"{' '.join(path)} {option.opts[0]}" for option in options if not option.help]
    assert silent == []


def test_help_of_every_command_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBCENTRE_DATABASE_URL", "nonsense")
    for path, _ in all_commands():
        result = CliRunner().invoke(cli, [*path, "--help"])
        assert (result.exit_code, "Usage:" in result.stdout) == (0, True), path


def test_the_first_help_names_every_command_and_what_it_is_for() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).stdout
    assert all(name in shown and help_text[:30] in shown for name, (_, help_text) in COMMANDS.items())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["closures", "publish", "--help"]])
def test_help_imports_neither_rasa_nor_what_is_slow(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from bot.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "slow = {'rasa', 'tensorflow', 'sklearn', 'alembic', 'yaml', 'sanic'} & set(sys.modules)\n"
        "assert not slow, slow\n"
    )
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begun < 5  # the imports above are what keeps it quick; this only catches the absurd


def test_a_wrong_command_or_option_is_told_with_exit_code_2() -> None:
    for arguments in (["clousures"], ["offices", "shwo"], ["offices", "list", "--nope"], ["db", "reset", "--yes", "x"]):
        result = CliRunner().invoke(cli, arguments)
        assert (result.exit_code, "Error: " in result.stderr) == (2, True)
