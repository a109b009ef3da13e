"""`jobcentre accounts`."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.options import Command, by_option, json_option, scope_from, scope_options
from bot.cli.output import print_json, print_table
from bot.cli.session import Session, pass_session
from bot.jobcentre.conversation import Language
from bot.services import accounts as service

LANGUAGES = click.Choice([language.value for language in Language])


@click.group()
def accounts() -> None:
    """Our accounts: add them, say which offices they serve, pause and resume the assistant on them."""


@accounts.command(cls=Command)
@click.argument("handle", metavar="HANDLE")
@click.option("--name", required=True, metavar="TEXT", help="What people know it as: Jobcentre in Leeds.")
@scope_options(account=False)
@click.option("--language", type=LANGUAGES, default="en", help="What it speaks where nothing else says: en or cy.")
@by_option(required=False)
@pass_session
def add(session: Session, handle: str, name: str, language: str, by: str, **scope: Any) -> None:
    """Add an account and the offices that it serves, or change the one of that handle."""
    wanted = scope_from(**scope)
    with session.work() as work:
        account = service.add(work, handle, name, wanted, Language(language), by=by, at=session.now)
    count = len(account.offices)
    click.echo(f"{account.handle} serves {count} office{'s' if count != 1 else ''}")


@accounts.command("list")
@json_option()
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """Show the accounts, the number of their offices, and which are paused."""
    with session.work(write=False) as work:
        found = work.accounts.find_all()
    if as_json:
        print_json(
            [
                {
                    "handle": a.handle,
                    "name": a.name,
                    "nation": a.nation.value,
                    "language": a.language.value,
                    "offices": list(a.offices),
                    "is_paused": a.is_paused,
                    "pause_reason": a.pause_reason,
                }
                for a in found
            ]
        )
        return
    rows = [
        (a.handle, a.name, len(a.offices), a.language.value, f"paused: {a.pause_reason}" if a.is_paused else "speaking")
        for a in found
    ]
    header = ("HANDLE", "NAME", "OFFICES", "LANGUAGE", "ASSISTANT")
    print_table(header, rows, empty='There are no accounts yet: "jobcentre accounts add" adds one.')


@accounts.command()
@click.argument("handle", metavar="[HANDLE]", required=False)
@click.option("--reason", required=True, metavar="TEXT", help="Why: it stands in the history.")
@by_option()
@pass_session
def pause(session: Session, handle: str | None, reason: str, by: str) -> None:
    """Make the assistant silent on an account, or on every account."""
    with session.work() as work:
        paused = service.pause(work, handle, by=by, at=session.now, reason=reason)
    click.echo(f"The assistant is silent on {', '.join(account.handle for account in paused)}")


@accounts.command()
@click.argument("handle", metavar="[HANDLE]", required=False)
@by_option(required=False)
@pass_session
def resume(session: Session, handle: str | None, by: str) -> None:
    """Let the assistant speak again on an account, or on every account."""
    with session.work() as work:
        resumed = service.resume(work, handle, by=by, at=session.now)
    click.echo(f"The assistant speaks on {', '.join(account.handle for account in resumed)}")
