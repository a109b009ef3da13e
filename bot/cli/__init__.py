"""The command line. Commands are loaded when they are asked for, so that help and staff commands start at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from bot.jobcentre.errors import JobcentreError
from bot.settings import SettingsError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "ask": ("bot.cli.ask:ask", "Put one question or many to the assistant, without servers."),
    "chat": ("bot.cli.chat:chat", "Talk to the assistant in this terminal."),
    "test": ("bot.testing.command:test", "Play conversations from YAML files, and say what is not as expected."),
    "run": ("bot.cli.run:run", "Start the assistant with its web chat."),
    "train": ("bot.cli.train:train", "Train the model from the phrases in data/."),
    "offices": ("bot.cli.offices:offices", "Offices: import them, say when they open, confirm them."),
    "closures": ("bot.cli.closures:closures", "Closures and watches: publish, amend, withdraw, list."),
    "contacts": ("bot.cli.contacts:contacts", "The contacts that the assistant may give."),
    "accounts": ("bot.cli.accounts:accounts", "Our accounts: add, list, pause and resume."),
    "staff": ("bot.cli.staff:staff", "Members of staff."),
    "handoffs": ("bot.cli.handoffs:handoffs", "Conversations that wait for a person."),
    "data": ("bot.cli.data:data", "Import, export, erase, purge, back up and restore."),
    "db": ("bot.cli.db:db", "The database: make it, migrate it, check it, empty it."),
}
"""Name to where the command is and its help in one line."""


class UserError(click.ClickException):
    """What a person can put right: told on stderr without a traceback."""

    exit_code = 2


class Jobcentre(click.Group):
    """The commands of `COMMANDS`, each imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if any(arg.encode("utf-8", "replace").decode() != arg for arg in args):
            raise click.UsageError("what was typed is not in UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (JobcentreError, SettingsError) as error:
            raise UserError(sentence(str(error))) from error


def sentence(text: str) -> str:
    """With a capital, unless it begins with a name of ours (an id, an option, a setting)."""
    first = text.split(" ", 1)[0].rstrip(",:")
    return text[:1].upper() + text[1:] if first.isalpha() else text


@click.group(cls=Jobcentre, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jobcentre-assistant", prog_name="jobcentre")
def cli() -> None:
    """Answers messages to Jobcentre accounts: is my office open, when, where, and how to reach DWP.

    Settings come from the environment (JOBCENTRE_…); the README lists them. Times without an offset are London time.
    Exit codes: 0 done, 1 a check found problems, 2 something to put right (the message says what).
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """The `jobcentre` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli.main(args=list(arguments) if arguments is not None else None, prog_name="jobcentre")
