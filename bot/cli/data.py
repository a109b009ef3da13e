"""`jobcentre data`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.contacts import import_contacts as import_contacts_file
from bot.cli.options import Command, Named, by_option, import_options, read_file
from bot.cli.output import finish_import
from bot.cli.session import Session, pass_session
from bot.jobcentre.errors import BadInput
from bot.services import backup as backups
from bot.services import places, retention, samples
from bot.settings import PROJECT


@click.group()
def data() -> None:
    """Data: import places, postcodes and contacts; export, erase, purge, back up and restore."""


@data.command("import-places", cls=Command)
@import_options
@by_option(required=False)
@pass_session
def import_places(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """Hold the towns and villages of a CSV file and no others. Columns: name, nation, population, lat, lon."""
    content, name = read_file(file)
    with session.work() as work:
        report = places.import_places(work, content, name, by=by, at=session.now, skip_bad=skip_bad, dry_run=dry_run)
    finish_import(report, skip_bad=skip_bad, as_json=as_json, rows=False)


@data.command("import-postcodes", cls=Command)
@import_options
@by_option(required=False)
@pass_session
def import_postcodes(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """Hold the postcode centres of a CSV file and no others of that sort.

    Outcodes have the columns outcode, lat, lon, nation and perhaps radius90_km; sectors have sector, lat and lon.
    Import the outcodes first: a sector is in the nation of its outcode.
    """
    content, name = read_file(file)
    with session.work() as work:
        report = places.import_postcodes(work, content, name, by=by, at=session.now, skip_bad=skip_bad, dry_run=dry_run)
    finish_import(report, skip_bad=skip_bad, as_json=as_json, rows=False)


@data.command("import-contacts", cls=Command)
@import_options
@by_option(required=False)
@pass_session
def import_contacts(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """Hold the contacts of a CSV file and no others (as jobcentre contacts import)."""
    import_contacts_file(session, file, skip_bad=skip_bad, dry_run=dry_run, as_json=as_json, by=by)


@data.command("load-sample")
@click.option("--if-empty", is_flag=True, help="Do nothing, and call it done, where there are offices already.")
@pass_session
def load_sample(session: Session, if_empty: bool) -> None:
    """Put the sample of data/sample/ into an empty database. It is marked as sample data wherever it shows."""
    with session.work() as work:
        if if_empty and not samples.is_empty(work):
            click.echo("There are offices already: the sample is left out")
            return
        offices = samples.load(work, PROJECT / "data" / "sample", at=session.now)
    click.echo(f"{offices} sample offices are in the database")


@data.command()
@click.option("--output", metavar="FILE", help="Write it to a new file instead of printing it.")
@pass_session
def export(session: Session, output: str | None) -> None:
    """Print everything that staff own as JSON: offices, hours, closures, accounts, contacts, the history.

    Nothing in it was written by the public, and no password is in it.
    """
    with session.work(write=False) as work:
        text = json.dumps(backups.export(work, at=session.now), ensure_ascii=False, indent=1)
    if output is None:
        click.echo(text)
        return
    try:
        with Path(output).open("x", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{output} is written")


@data.command()
@click.option("--sender", required=True, type=Named(), metavar="ID", help="The person, as their channel knows them.")
@click.option("--account", metavar="HANDLE", help="What they wrote to one account alone.")
@click.option("--channel", metavar="NAME", help="What they wrote on one channel alone: x, webchat.")
@by_option(required=False)
@pass_session
def erase(session: Session, sender: str, account: str | None, channel: str | None, by: str) -> None:
    """Erase all that is held of a person, except what an open case (FOI, crisis, threat) needs."""
    with session.work() as work:
        erased = retention.erase(work, sender, account=account, channel=channel, by=by, at=session.now)
    session.store.leave_no_trace()
    kept = f"; {erased.kept} kept, which an open case needs" if erased.kept else ""
    click.echo(f"{erased.conversations} conversations and {erased.messages} messages are erased{kept}")


@data.command()
@click.option(
    "--days",
    type=click.IntRange(min=1, max=36_500),
    default=retention.DAYS_KEPT,
    show_default=True,
    help="Days to keep.",
)
@by_option(required=False)
@pass_session
def purge(session: Session, days: int, by: str) -> None:
    """Erase messages older than so many days. Conversations that wait for a person or are with one stay."""
    with session.work() as work:
        erased = retention.purge(work, days=days, by=by, at=session.now)
    session.store.leave_no_trace()
    click.echo(f"{erased.messages} messages and {erased.conversations} empty conversations are erased")


@data.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Copy the whole database to a new file. It may be in use meanwhile. Keep the copy as safe as the database."""
    backups.back_up(session.store, file)
    click.echo(f"{file} is written")


@data.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Yes, replace everything that is in the database.")
@pass_session
def restore(session: Session, file: Path, yes: bool) -> None:
    """Replace the database by a copy that backup made. Stop the assistant first."""
    if not yes:
        raise BadInput("this replaces everything that is in the database: add --yes if that is meant")
    backups.restore(session.store, file)
    click.echo(f'{file} is restored: "jobcentre db upgrade" brings it to this version, if it is older')
