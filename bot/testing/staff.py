"""Staff at their terminal: commands of `jobcentre`, checked before anything is played, and typed while it is."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import click
from click.testing import CliRunner

from bot.cli import cli
from bot.jobcentre.errors import JobcentreError

HANDOFF = "{handoff}"
"""In a command: the number of the handoff that waits, or is with an adviser, for the person who speaks."""
NOT_FOR_STAFF = {"ask", "chat", "run", "train", "test", "db"}
ADVISER = "An adviser"
"""The name under which `adviser:` acts."""


def find_fault(command: Sequence[str]) -> str:
    """What is wrong with a command as typed, without running it; empty where nothing is."""
    words = ["1" if word == HANDOFF else word for word in command]
    context = click.Context(cli, info_name="jobcentre")
    found: click.Command = cli
    while isinstance(found, click.Group):
        name = words.pop(0) if words else ""
        known = [one for one in found.list_commands(context) if one not in NOT_FOR_STAFF]
        below = found.get_command(context, name) if name in known else None
        if below is None:
            return f"jobcentre {' '.join(command)}: {_unknown(name, known)}"
        context, found = click.Context(below, parent=context, info_name=name), below
    try:
        found.make_context(context.info_name, words, parent=context.parent).close()
    except click.ClickException as error:
        return f"jobcentre {' '.join(command)}: {error.format_message()}"
    except JobcentreError as error:
        return f"jobcentre {' '.join(command)}: {error}"
    except click.exceptions.Exit:
        return f"jobcentre {' '.join(command)}: it shows help, and does nothing"
    return ""


def run(command: Sequence[str]) -> str:
    """Type it, with the environment as it is; returns what went wrong and what it printed, or nothing."""
    result = CliRunner().invoke(cli, list(command), prog_name="jobcentre")
    if result.exit_code == 0:
        return ""
    said = result.output.strip() or str(result.exception)
    return f"jobcentre {' '.join(command)} ended with {result.exit_code}: {said}"


def _unknown(name: str, known: Sequence[str]) -> str:
    if not name:
        return f"say which command: {', '.join(known)}"
    return f"there is no command “{name}” for staff{suggestion(name, known)}"


def suggestion(word: str, known: Sequence[str]) -> str:
    """ ": did you mean “kind”?", or what there is where nothing is like it and it is not too much to list."""
    by_folded = {one.casefold(): one for one in known}
    if near := get_close_matches(word.casefold(), by_folded, 1, 0.6):
        return f": did you mean “{by_folded[near[0]]}”?"
    return f". There are: {', '.join(known)}" if len(known) <= 40 else ""
