"""`jobcentre data`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from bot.cli.contacts import import_contacts as import_contacts_file
from bot.cli.options import Command, Days, by_option, import_options, person_options, read_file
from bot.cli.output import finish_import
from bot.cli.session import Session, pass_session
from bot.jobcentre.errors import BadInput
from bot.services import backup as backups
from bot.services import owned, phrases, places, retention, samples, subject_access
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
@person_options(required=False)
@click.option("--phrases", "only_phrases", is_flag=True, help="The accepted training phrases instead, for Rasa.")
@click.option("--output", metavar="FILE", help="Write it to a new file instead of printing it.")
@by_option(required=False)
@pass_session
def export(
    session: Session,
    sender: str | None,
    account: str | None,
    channel: str | None,
    only_phrases: bool,
    output: str | None,
    by: str,
) -> None:
    """Print everything that staff own as JSON: offices, hours, closures, accounts, contacts, the history.

    Nothing in it was written by the public, and no password is in it. With --sender: all that is held of one person
    and nothing else, for a right-of-access request. The history says that it was done, and does not name them.

    With --phrases: the training phrases that staff made of messages that were not understood, and that somebody else
    accepted, as YAML in the form of the files of data/nlu.
    """
    if sender is None and (account or channel):
        raise BadInput("say whose messages: --sender")
    if only_phrases and sender is not None:
        raise BadInput("choose one: --phrases or --sender")
    with session.work(write=only_phrases or sender is not None) as work:
        if only_phrases:
            text = phrases.export(work, from_x=session.settings.learns_from_x, by=by, at=session.now)
        elif sender is None:
            text = _json(owned.export(work, at=session.now))
        else:
            held = subject_access.export(work, sender, account=account, channel=channel, by=by, at=session.now)
            text = _json(held)
        if output is not None:
            _write_new(output, text)
    click.echo(text if output is None else f"{output} is written")


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


def _write_new(output: str, text: str) -> None:
    """A file that only its owner may read. Raises BadInput."""
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error


@data.command()
@person_options(required=True)
@by_option(required=False)
@pass_session
def erase(session: Session, sender: str, account: str | None, channel: str | None, by: str) -> None:
    """Erase all that is held of a person, except what an open case (FOI, crisis, threat) needs."""
    with session.work() as work:
        erased = retention.erase(work, sender, account=account, channel=channel, by=by, at=session.now)
    session.store.leave_no_trace()
    kept = f"; {erased.kept} kept in part, which an open case needs" if erased.kept else ""
    click.echo(f"{erased.conversations} conversations and {erased.messages} messages are erased{kept}")


@data.command()
@click.option("--days", type=Days(), metavar="N", help="Days to keep what people wrote. [JOBCENTRE_KEEP_DAYS, or 30]")
@click.option(
    "--handoff-days",
    type=Days(),
    metavar="N",
    help="Days to keep what was handed to people, once it is resolved. [JOBCENTRE_KEEP_HANDOFF_DAYS, or 90]",
)
@click.option(
    "--miss-days",
    type=Days(),
    metavar="N",
    help="Days to keep that a message was not understood. [JOBCENTRE_KEEP_MISS_DAYS, or 14; at most --days]",
)
@click.option("--dry-run", is_flag=True, help="Only say how much would be erased.")
@by_option(required=False)
@pass_session
def purge(
    session: Session, days: int | None, handoff_days: int | None, miss_days: int | None, dry_run: bool, by: str
) -> None:
    """Erase what is older than it is kept. Conversations that wait for a person or are with one stay.

    A running assistant does this by itself, once a day. Counts of what people ask stay.
    """
    settings = session.settings
    usual = min(days, settings.keep_miss_days) if days else settings.keep_miss_days
    keeping = retention.Keeping(
        days or settings.keep_days, handoff_days or settings.keep_handoff_days, miss_days or usual
    )
    with session.work() as work:
        erased = retention.purge(work, keeping, by=by, at=session.now, dry_run=dry_run)
    if not dry_run:
        session.store.leave_no_trace()
    click.echo(
        f"{erased.messages} messages, {erased.handoffs} resolved handoffs, what {erased.dialogues} conversations were "
        f"about, {erased.misses} notes of what was not understood and {erased.conversations} empty conversations "
        f"{'would be' if dry_run else 'are'} erased"
    )


@data.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, file: Path) -> None:
    """Copy the whole database to a new file. It may be in use meanwhile. Keep the copy as safe as the database.

    The file is a SQLite database, whether the assistant runs on SQLite or on PostgreSQL.
    """
    backups.back_up(session.store, file, at=session.now)
    click.echo(f"{file} is written")


@data.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Yes, replace everything that is in the database.")
@by_option(required=False)
@pass_session
def restore(session: Session, file: Path, yes: bool, by: str) -> None:
    """Replace the database by a copy that backup made. Stop the assistant first.

    What was erased since the copy was made is erased again, as far as the database that is replaced can tell.
    """
    if not yes:
        raise BadInput("this replaces everything that is in the database: add --yes if that is meant")
    settings = session.settings
    keeping = retention.Keeping(settings.keep_days, settings.keep_handoff_days, settings.keep_miss_days)
    restored = backups.restore(session.store, file, keeping, by=by, at=session.now)
    made = f", as it was on {restored.made_at:%d %B %Y at %H:%M} UTC" if restored.made_at else ""
    click.echo(f"{file} is restored{made}")
    click.echo(f"{restored.erased_again.messages} messages that had been erased since are erased again")
    click.echo(f"{restored.purged.messages} messages that are older than they are kept are erased")
    if not restored.is_complete:
        click.echo(
            "The database that was replaced could not be asked: whoever has been erased since must be erased again"
        )
