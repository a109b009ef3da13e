"""Options and arguments that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation
from bot.services.files import nation_in
from bot.settings import DAYS_AT_MOST

Decorator = Callable[[Any], Any]


class Named(click.ParamType[str]):
    """A name as typed, without white space round it, and not empty."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not value.strip():
            self.fail("it is empty", param, ctx)
        return " ".join(value.split())


class Days(click.IntRange):
    """A number of days, at least one."""

    def __init__(self) -> None:
        super().__init__(min=1, max=DAYS_AT_MOST)


class NationType(click.ParamType[Nation]):
    """England, Scotland or Wales, in any case."""

    name = "nation"

    def convert(self, value: str | Nation, param: click.Parameter | None, ctx: click.Context | None) -> Nation:
        try:
            return value if isinstance(value, Nation) else nation_in(value)
        except BadInput as error:
            self.fail(str(error), param, ctx)


class Command(click.Command):
    """A command whose repeated options take several values at once: `--office a b` is `--office a --office b`.

    Not where any number of words may stand by themselves: "--nation England HOURS" must stay what it is.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [param for param in self.params if isinstance(param, click.Option) and param.multiple]
        many = {name for option in options for name in option.opts}
        takes_words = any(isinstance(param, click.Argument) and param.nargs == -1 for param in self.params)
        return super().parse_args(ctx, args if takes_words else _spread(args, many))


def _spread(args: Sequence[str], many: set[str]) -> list[str]:
    spread: list[str] = []
    option, has_value = "", False
    for arg in args:
        if arg.startswith("-"):
            option, has_value = (arg if arg in many else ""), False
        elif option and has_value:
            spread.append(option)
        else:
            has_value = True
        spread.append(arg)
    return spread


def by_option(required: bool = True) -> Decorator:
    """--by: who does it. It stands in the history."""
    rule: dict[str, Any] = {"required": True} if required else {"default": "command line"}
    help_text = "Who does this: the name stands in the history."
    return click.option("--by", type=Named(), metavar="NAME", help=help_text, **rule)


def person_options(*, required: bool) -> Decorator:
    """Whose messages, and perhaps only those to one account or on one channel."""
    help_text = "The person, as their channel knows them."
    options: list[Decorator] = [
        click.option("--sender", required=required, type=Named(), metavar="ID", help=help_text),
        click.option("--account", metavar="HANDLE", help="What they wrote to one account alone."),
        click.option("--channel", metavar="NAME", help="What they wrote on one channel alone: x, webchat."),
    ]
    return partial(_decorated, options=options)


def json_option() -> Decorator:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def scope_options(*, account: bool = True, office: bool = True, excluding: bool = False) -> Decorator:
    """The options that say which offices."""
    options: list[Decorator] = [
        click.option("--district", "districts", multiple=True, metavar="NAME", help="All offices of a DWP district."),
        click.option("--nation", "nations", multiple=True, type=NationType(), metavar="NAME", help="All of a nation."),
        click.option("--everywhere", is_flag=True, help="All offices."),
    ]
    if office:
        options.insert(
            0, click.option("--office", "offices", multiple=True, metavar="ID", help="An office, by its id.")
        )
    if account:
        help_text = "All offices that an account serves."
        options.append(click.option("--account", "accounts", multiple=True, metavar="HANDLE", help=help_text))
    if excluding:
        help_text = "An office that is not meant all the same."
        options.append(click.option("--except", "excluding", multiple=True, metavar="ID", help=help_text))

    return partial(_decorated, options=options)


def _decorated(command: Any, options: Sequence[Decorator]) -> Any:
    """The command with the options, in their order."""
    for option in reversed(options):
        command = option(command)
    return command


def scope_from(
    *,
    offices: Sequence[str] = (),
    districts: Sequence[str] = (),
    nations: Sequence[Nation] = (),
    accounts: Sequence[str] = (),
    everywhere: bool = False,
    excluding: Sequence[str] = (),
) -> Scope:
    """The scope that the options name. Raises BadInput where none is named, or one beside --everywhere."""
    named = (*offices, *districts, *nations, *accounts)
    if not named and not everywhere:
        raise BadInput("say which offices: by id, --district, --nation, --account or --everywhere")
    if named and everywhere:
        raise BadInput("--everywhere means all offices: leave the others out")
    return Scope(
        offices=frozenset(offices),
        districts=frozenset(districts),
        nations=frozenset(nations),
        accounts=frozenset(accounts),
        everywhere=everywhere,
        excluding=frozenset(excluding),
    )


def import_options(command: Any) -> Any:
    """FILE, --skip-bad, --dry-run and --json of every import."""
    options: list[Decorator] = [
        click.argument("file", metavar="FILE"),
        click.option("--skip-bad", is_flag=True, help="Import the good rows although others are refused."),
        click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing."),
        json_option(),
    ]
    return _decorated(command, options)


def read_file(file: str) -> tuple[bytes, str]:
    """The bytes of a file ("-" is standard input) and what to call it. Raises BadInput."""
    if file == "-":
        return sys.stdin.buffer.read(), "standard input"
    try:
        return Path(file).read_bytes(), file
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
