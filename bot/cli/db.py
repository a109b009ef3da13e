"""`jobcentre db`: the database itself."""

from __future__ import annotations

import click

from bot.cli.session import Session, pass_session
from bot.jobcentre.errors import BadInput
from bot.services import samples


@click.group()
def db() -> None:
    """The database: make it, migrate it, check it, empty it. JOBCENTRE_DATABASE_URL says where it is."""


@db.command()
@pass_session
def upgrade(session: Session) -> None:
    """Make the tables, or bring them to this version. What is held stays."""
    session.store.upgrade()
    click.echo(f"{_named(session)} is ready")


@db.command()
@click.option("--yes", is_flag=True, help="Yes, remove everything that is in it.")
@pass_session
def reset(session: Session, yes: bool) -> None:
    """Remove everything and make the tables anew, empty."""
    if not yes:
        raise BadInput(f"this removes everything in {_named(session)}: add --yes if that is meant")
    session.store.reset()
    click.echo(f"{_named(session)} is empty")


@db.command()
@pass_session
def check(session: Session) -> None:
    """Say whether the database can be used, and what it holds."""
    session.store.check()
    with session.work(write=False) as work:
        offices, accounts = len(work.offices.find_all()), len(work.accounts.find_all())
        sample = " (sample data)" if samples.is_marked(work) else ""
    click.echo(f"{_named(session)}: {offices} offices, {accounts} accounts{sample}")


def _named(session: Session) -> str:
    """The database without its password."""
    return str(session.store.engine.url.render_as_string(hide_password=True))
