"""`jobcentre staff`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bot.cli.console import invitation
from bot.cli.options import Command, Named, by_option, json_option
from bot.cli.output import print_json, print_table
from bot.cli.session import Session, pass_session
from bot.services import staff as service
from bot.services.staff import Role

ROLES = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Members of staff, what they may do, and which accounts they see."""


@staff.command(cls=Command)
@click.argument("name", metavar="NAME", type=Named())
@click.option("--role", required=True, type=ROLES, help="What they may do; each may do what the one before may.")
@click.option("--account", "handles", multiple=True, metavar="HANDLE", help="An account that they see; none is all.")
@by_option(required=False)
@pass_session
def add(session: Session, name: str, role: str, handles: Sequence[str], by: str) -> None:
    """Add a member of staff, and print the link with which they choose a password."""
    with session.work() as work:
        member = service.add(work, name, Role(role), handles, by=by, at=session.now)
        link = invitation(work, session.settings, member.name, by=by, at=session.now)
    click.echo(f"{member.name} is {_article(member.role)} {member.role.value} of {_accounts(member.accounts)}")
    click.echo(f"Give them this link to choose a password (once, within 7 days): {link}")


@staff.command(cls=Command)
@click.argument("name", metavar="NAME", type=Named())
@by_option(required=False)
@pass_session
def invite(session: Session, name: str, by: str) -> None:
    """Print a new link to choose a password: the old one was forgotten, or the first link lost."""
    with session.work() as work:
        click.echo(invitation(work, session.settings, name, by=by, at=session.now))


@staff.command("list")
@json_option()
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """Show the members of staff."""
    with session.work(write=False) as work:
        found = work.staff.find_all()
    if as_json:
        print_json([{"name": m.name, "role": m.role.value, "accounts": list(m.accounts)} for m in found])
        return
    rows = [(m.name, m.role.value, _accounts(m.accounts)) for m in found]
    print_table(("NAME", "ROLE", "ACCOUNTS"), rows, empty='There are none yet: "jobcentre staff add" adds one.')


def _accounts(handles: Sequence[str]) -> str:
    return ", ".join(handles) or "all accounts"


def _article(role: Role) -> str:
    return "an" if role.value[0] in "aeiou" else "a"
