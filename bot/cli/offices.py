"""`jobcentre offices`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import click

from bot.cli.options import Command, by_option, import_options, json_option, read_file, scope_from, scope_options
from bot.cli.output import finish_import, print_facts, print_json, print_table, warn
from bot.cli.session import Session, pass_session
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.opening import HORIZON, OfficeFacts, opening_at
from bot.jobcentre.typed_times import date_of, told, told_end
from bot.services import offices as service
from bot.services import register


@click.group()
def offices() -> None:
    """Offices: import them, say when they open, confirm that what is held of them is right."""


@offices.command("import", cls=Command)
@import_options
@click.option("--complete", is_flag=True, help="The file has every office: those that it lacks are shut for good.")
@by_option()
@pass_session
def import_(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, complete: bool, by: str) -> None:
    """Add and change offices from a CSV file (UTF-8, with a header).

    It needs the columns id, name, status, nation, address and postcode, and reads town, district, local_authority,
    lat, lon, replaced_by, name_cy, phone, facilities and hours where it has them. Status is open, check (perhaps not at
    that address any more: never said to be open), closed or moved. Hours are like "Mo-Fr 09:00-17:00"; they count as
    usual, not as confirmed. If any row is refused nothing changes, unless --skip-bad.
    """
    data, name = read_file(file)
    with session.work() as work:
        options = {"complete": complete, "skip_bad": skip_bad, "dry_run": dry_run}
        report = register.import_register(work, data, name, by=by, at=session.now, **options)
    finish_import(report, skip_bad=skip_bad, as_json=as_json)


@offices.command("import-aliases", cls=Command)
@import_options
@by_option(required=False)
@pass_session
def import_aliases(session: Session, file: str, skip_bad: bool, dry_run: bool, as_json: bool, by: str) -> None:
    """Add other names that people use for offices, from a CSV file with the columns id and alias."""
    data, name = read_file(file)
    with session.work() as work:
        report = register.import_aliases(work, data, name, by=by, at=session.now, skip_bad=skip_bad, dry_run=dry_run)
    finish_import(report, skip_bad=skip_bad, as_json=as_json)


@offices.command("list", cls=Command)
@scope_options(office=False)
@json_option()
@pass_session
def list_(session: Session, as_json: bool, **scope: Any) -> None:
    """Show the offices, or those of a district, a nation or an account."""
    with session.work(write=False) as work:
        everything = Scope(everywhere=True)
        wanted = service.check_scope(work, scope_from(**scope)) if any(scope.values()) else everything
        found = service.find_in(work, wanted)
    if as_json:
        print_json([service.to_json(office) for office in found])
        return
    rows = [(o.id, o.name, o.status.value, o.nation.value, o.district, ", ".join(o.accounts)) for o in found]
    header = ("ID", "NAME", "STATUS", "NATION", "DISTRICT", "ACCOUNTS")
    print_table(header, rows, empty='There are no offices yet: "jobcentre offices import" adds them.')


@offices.command()
@click.argument("office_id", metavar="ID")
@json_option()
@pass_session
def show(session: Session, office_id: str, as_json: bool) -> None:
    """Show all that is held of one office, and whether it is open now."""
    with session.work(write=False) as work:
        office = service.get_office(work, office_id)
        facts = work.offices.facts([office.id], session.now, session.now + HORIZON + timedelta(days=1))[office.id]
    if as_json:
        print_json(_facts_json(session, facts))
    else:
        _print_office(session, facts)


@offices.command()
@click.argument("office_ids", metavar="ID ...", nargs=-1, required=True)
@by_option()
@pass_session
def confirm(session: Session, office_ids: Sequence[str], by: str) -> None:
    """Say that offices are open as usual.

    During a watch this holds for the rest of that watch. Otherwise it notes that the office's facts were checked now.
    """
    with session.work() as work:
        confirmed = service.confirm(work, office_ids, by=by, at=session.now)
    for c in confirmed:
        what = f"open as usual for the rest of {', '.join(c.watches)}" if c.watches else "checked now"
        click.echo(f"{c.office.id}: {what}")
        if c.closures:
            warn(f"{c.office.id} still has {', '.join(c.closures)}, which decides: withdraw it if it is over")


@offices.command(cls=Command)
@click.argument("words", metavar="[ID ...] HOURS", nargs=-1, required=True)
@scope_options(office=False)
@click.option("--usual", is_flag=True, help='Not checked: replies say "usually".')
@click.option("--from", "starts", metavar="DATE", help="The first day on which they hold. Without it they always did.")
@click.option("--until", "ends", metavar="DATE", help="The last day on which they hold. Without it, until replaced.")
@by_option()
@pass_session
def hours(
    session: Session,
    words: Sequence[str],
    usual: bool,
    starts: str | None,
    ends: str | None,
    by: str,
    **scope: Any,
) -> None:
    """Set the weekly opening hours of offices.

    HOURS are like "Mo-Fr 09:00-17:00" or "Mo-Fr 09:00-17:00; We 10:00-12:30,13:30-17:00": a later part replaces an
    earlier one, and days that are not named are closed.
    """
    *ids, text = words
    if not any(character.isdigit() for character in text) and "off" not in text.lower():
        raise BadInput(f'"{text}" are not hours: the last thing to write is hours like "Mo-Fr 09:00-17:00"')
    today = session.now.astimezone(LONDON).date()
    week = replace(
        OpeningHours.parse(text, Certainty.USUAL if usual else Certainty.CONFIRMED),
        valid_from=date_of(starts, today) if starts else None,
        valid_to=date_of(ends, today) if ends else None,
    )
    with session.work() as work:
        changed = service.set_hours(work, scope_from(offices=ids, **scope), week, by=by, at=session.now)
    certainty = "usual hours" if usual else "hours"
    click.echo(f"{len(changed)} {'office keeps' if len(changed) == 1 else 'offices keep'} these {certainty}: {week}")


@offices.command("closed-day", cls=Command)
@click.argument("day", metavar="DATE")
@click.argument("office_ids", metavar="[ID ...]", nargs=-1)
@scope_options(office=False)
@click.option("--open", "is_open", is_flag=True, help="They are open that day, although it is a holiday.")
@click.option("--title", required=True, metavar="TEXT", help="What the day is called, as people are told.")
@by_option()
@pass_session
def closed_day(
    session: Session, day: str, office_ids: Sequence[str], is_open: bool, title: str, by: str, **scope: Any
) -> None:
    """Say that offices are closed on one day, or (--open) that they open on it after all.

    What was said last of a day counts: to take it back, say the opposite.
    """
    date = date_of(day, session.now.astimezone(LONDON).date())
    wanted = scope_from(offices=office_ids, **scope)
    with session.work() as work:
        number, found = service.say_day(work, date, wanted, title=title, is_open=is_open, by=by, at=session.now)
    state = "open" if is_open else "closed"
    click.echo(
        f"{number}: {len(found)} office{'s' if len(found) != 1 else ''} {state} on {date:%a %-d %b %Y} ({title})"
    )


def _facts_json(session: Session, facts: OfficeFacts) -> dict[str, Any]:
    opening = opening_at(facts, session.now)
    return {
        **service.to_json(facts.office),
        "hours": [
            {
                "hours": str(hours),
                "certainty": hours.certainty.value,
                "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
                "valid_to": hours.valid_to.isoformat() if hours.valid_to else None,
            }
            for hours in facts.hours
        ],
        "closures": [closure.id for closure in facts.closures],
        "watches": [watch.id for watch in facts.watches],
        "confirmed_at": facts.confirmed_at.isoformat() if facts.confirmed_at else None,
        "opening": {"state": opening.state.value, "reason": opening.reason.value, "at": session.now.isoformat()},
    }


def _print_office(session: Session, facts: OfficeFacts) -> None:
    office, opening = facts.office, opening_at(facts, session.now)
    said = {OfficeStatus.OPEN: "", OfficeStatus.CHECK: " (never said to be open)"}
    places = {Nation.ENGLAND: "England", Nation.SCOTLAND: "Scotland", Nation.WALES: "Wales"}
    click.echo(f"{office.name} ({office.id})")
    facts_shown: list[tuple[str, Any]] = [
        ("Status", office.status.value + said.get(office.status, "")),
        ("Replaced by", office.replaced_by),
        ("Now", f"{opening.state.value} ({opening.reason.value.replace('_', ' ')}), {told(session.now)}"),
        ("Address", ", ".join(filter(None, (office.address, office.postcode)))),
        ("District", office.district),
        ("Nation", places.get(office.nation, office.nation.value)),
        ("Phone", office.phone or "none held"),
        ("Welsh name", office.name_cy),
        ("Other names", ", ".join(office.alternate_names)),
        ("Accounts", ", ".join(office.accounts)),
        ("Facilities", ", ".join(office.facilities)),
        *(("Hours", _hours_text(hours)) for hours in facts.hours or (None,)),
        *(("Day", f"{d.day}: {'open' if d.is_open else 'closed'} ({d.title})") for d in facts.staff_days),
        *(("Closure", f"{c.id} {c.effect.value} from {told(c.period.start)}") for c in facts.closures),
        *(("Watch", f"{w.id} until {told_end(w.period.end)}") for w in facts.watches),
        ("Confirmed", told(facts.confirmed_at) or "never"),
    ]
    print_facts(facts_shown)


def _hours_text(hours: OpeningHours | None) -> str:
    if hours is None:
        return "not known"
    dates = [f"from {hours.valid_from}" if hours.valid_from else "", f"to {hours.valid_to}" if hours.valid_to else ""]
    return " ".join(filter(None, [str(hours), f"({hours.certainty.value})", *dates]))
