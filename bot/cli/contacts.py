"""`jobcentre contacts`."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.cli.options import Command, by_option, import_options, json_option, read_file
from bot.cli.output import finish_import, print_json, print_table
from bot.cli.session import Session, pass_session
from bot.services import contacts as service


@click.group()
def contacts() -> None:
    """The contacts: how to reach DWP and others about a topic, and what of it the assistant may say."""


@contacts.command("import", cls=Command)
@import_options
@by_option(required=False)
@pass_session
def import_(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """Hold the contacts of a CSV file and no others.

    Columns: id, topic_id, topic, nation, channel, value, say (say, link or never), hours, hours_say (say, never or
    none) and language; audience, source_url, source_date and certainty where there are any.
    """
    import_contacts(session, file, skip_bad=skip_bad, dry_run=dry_run, as_json=as_json, by=by)


def import_contacts(session: Session, file: str, *, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """What `contacts import` and `data import-contacts` do."""
    data, name = read_file(file)
    with session.work() as work:
        report = service.import_contacts(work, data, name, by=by, at=session.now, skip_bad=skip_bad, dry_run=dry_run)
    finish_import(report, skip_bad=skip_bad, as_json=as_json)


@contacts.command("list")
@click.option("--topic", metavar="TOPIC", help="Those of a topic alone: universal_credit.")
@json_option()
@pass_session
def list_(session: Session, topic: str | None, as_json: bool) -> None:
    """Show the contacts, and what of each may be said."""
    with session.work(write=False) as work:
        found = work.contacts.find(topic=topic)
    if as_json:
        print_json(
            [{**asdict(c), "last_checked": c.last_checked.isoformat() if c.last_checked else None} for c in found]
        )
        return
    header = ("ID", "TOPIC", "CHANNEL", "SAY", "VALUE")
    rows = [(c.id, c.topic_id, c.channel, c.say, c.value[:60]) for c in found]
    print_table(header, rows, empty='There are no such contacts: "jobcentre contacts import" adds them.')
