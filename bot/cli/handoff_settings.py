"""`jobcentre handoffs settings`: when people answer on an account, how soon, and who is told at night."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from bot.cli.options import Decorator, by_option, json_option
from bot.cli.output import print_facts, print_json
from bot.cli.session import Session, pass_session
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.staffing import Staffing
from bot.services import accounts, staffing

BY_NOBODY = "command line"


def _minutes(name: str, text: str) -> Decorator:
    kind = click.IntRange(min=1)
    return click.option(f"--{name}", f"{name}_minutes", type=kind, metavar="MINUTES", help=text)


@click.command("settings")
@click.option("--account", metavar="HANDLE", help="Of one account; without it, those that hold for all others.")
@click.option("--hours", metavar="TEXT", help='When people answer: "Mo-Fr 09:00-17:00". Holidays are left out.')
@_minutes("urgent", "How long somebody urgent should wait at most.")
@_minutes("normal", "How long others should wait at most, in people's hours.")
@_minutes("silent", "After how long without a word a conversation goes back to the queue.")
@click.option("--night", "night_contact", metavar="EMAIL", help='Who is told at night; "" is nobody.')
@click.option("--as-others", is_flag=True, help="The account has the settings for all again.")
@by_option(required=False)
@json_option()
@pass_session
def settings(session: Session, account: str | None, as_others: bool, by: str, as_json: bool, **given: Any) -> None:
    """Show when people answer and how soon, or change it."""
    wanted = {name: value for name, value in given.items() if value is not None}
    if by == BY_NOBODY and (wanted or as_others):
        raise BadInput("say who changes it: --by NAME")
    with session.work(write=bool(wanted or as_others)) as work:
        handle = accounts.get(work, account).handle if account else None
        held = staffing.get(work, handle or "")
        if as_others:
            held = staffing.follow(work, _account(handle), by=by, at=session.now)
        elif wanted:
            held = staffing.change(work, handle, _changed(held, wanted), by=by, at=session.now)
    if as_json:
        print_json({"account": handle, **held.to_dict()})
        return
    print_facts(
        [
            ("Account", handle or "all without settings of their own"),
            ("People answer", held.to_dict()["week"]),
            ("Urgent", f"{held.urgent_minutes} minutes"),
            ("Others", f"{held.normal_minutes} minutes in which people answer"),
            ("Silent adviser", f"{held.silent_minutes} minutes"),
            ("At night", held.night_contact or "nobody is told: give somebody before you go live"),
        ]
    )


def _account(handle: str | None) -> str:
    if handle is None:
        raise BadInput("say which account: --account HANDLE")
    return handle


def _changed(held: Staffing, wanted: dict[str, Any]) -> Staffing:
    if "hours" in wanted:
        wanted["week"] = OpeningHours.parse(wanted.pop("hours")).week
    return replace(held, **wanted)
