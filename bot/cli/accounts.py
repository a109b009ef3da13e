"""`jobcentre accounts`."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from bot.cli.options import Command, by_option, json_option, scope_from, scope_options
from bot.cli.output import print_json, print_table, warn
from bot.cli.session import Session, pass_session
from bot.jobcentre.conversation import Account, Language
from bot.jobcentre.errors import BadInput
from bot.services import accounts as service
from bot.services import channel_lines
from bot.services.channel_lines import Line

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
    """Show the accounts, the number of their offices, which are paused, and how they stand on X."""
    with session.work(write=False) as work:
        found = work.accounts.find_all()
        lines = channel_lines.find(work, [account.handle for account in found], channel="x", at=session.now)
    if as_json:
        print_json([_told(account, line) for account, line in zip(found, lines, strict=True)])
        return
    header = ("HANDLE", "NAME", "OFFICES", "LANGUAGE", "ASSISTANT", "ON X", "READ", "IN", "OUT", "LEFT")
    rows = [_row(account, line, session.now) for account, line in zip(found, lines, strict=True)]
    print_table(header, rows, empty='There are no accounts yet: "jobcentre accounts add" adds one.')
    for account, line in zip(found, lines, strict=True):
        if line.state and line.state.told:
            warn(f"{account.handle}: {line.state.state}: {line.state.told}")


def _row(account: Account, line: Line, now: datetime) -> tuple[Any, ...]:
    """`READ` is how long ago messages were read, `IN` and `OUT` what waits to be answered and to be sent, `LEFT` how
    much may still be sent."""
    return (
        account.handle,
        account.name,
        len(account.offices),
        account.language.value,
        f"paused: {account.pause_reason}" if account.is_paused else "speaking",
        line.state.state if line.state else "-",
        _age(line.reading.good_at, now),
        line.counts.get("received", 0),
        line.counts.get("queued", 0) + line.counts.get("sending", 0),
        "-" if line.sends_left is None else line.sends_left,
    )


def _age(then: datetime | None, now: datetime) -> str:
    if then is None:
        return "-"
    minutes = int((now - then).total_seconds()) // 60
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def _told(account: Account, line: Line) -> dict[str, Any]:
    return {
        "handle": account.handle,
        "name": account.name,
        "nation": account.nation.value,
        "language": account.language.value,
        "offices": list(account.offices),
        "is_paused": account.is_paused,
        "pause_reason": account.pause_reason,
        "x": line.to_dict() if line.state else None,
    }


@accounts.command()
@click.argument("handles", metavar="[HANDLE]...", nargs=-1)
@json_option()
@pass_session
def check(session: Session, handles: tuple[str, ...], as_json: bool) -> None:
    """Ask X now whether accounts may speak: their tokens, whose they are, and what they allow. Sends nothing.

    Without a handle: all in credentials.yml. The exit code is 1 where one of them may not.
    """
    from bot.channels.x.accounts import find_settings
    from bot.channels.x.checks import check_now

    settings = find_settings(session.settings.credentials, os.environ)
    if settings is None:
        raise BadInput(f"{session.settings.credentials} says nothing of X: there is no account to ask about")
    wanted = {handle.lstrip("@").casefold() for handle in handles}
    asked = [account for account in settings.accounts if not wanted or account.handle.casefold() in wanted]
    if unknown := wanted - {account.handle.casefold() for account in asked}:
        raise BadInput(f"{sorted(unknown)[0]} is not in {session.settings.credentials}")
    found = asyncio.run(check_now(session.store, replace(settings, accounts=tuple(asked)), session.settings.clock))
    if as_json:
        print_json([{"handle": handle, "state": s.state.value, "told": s.told} for handle, s in found.items()])
    else:
        print_table(("HANDLE", "STATE", "WHAT TO DO"), [(h, s.state.value, s.told) for h, s in found.items()], empty="")
    if not all(standing.is_ready for standing in found.values()):
        raise SystemExit(1)


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
