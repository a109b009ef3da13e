"""`jobcentre handoffs`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from bot.cli.handoff_settings import settings
from bot.cli.options import by_option, json_option
from bot.cli.output import print_facts, print_json, print_table
from bot.cli.session import Session, pass_session
from bot.cli.wordings import responses
from bot.jobcentre.conversation import Author
from bot.jobcentre.handoff import HandoffState
from bot.jobcentre.staffing import Lapse
from bot.jobcentre.typed_times import told
from bot.services import accounts as accounts_service
from bot.services import alarms, blocks, lapses
from bot.services import handoffs as service

ID = click.argument("handoff_id", metavar="ID", type=click.IntRange(min=1, max=2**62))


@click.group()
def handoffs() -> None:
    """Conversations that wait for a person: claim one, reply, and resolve it or give it back."""


handoffs.add_command(settings)


@handoffs.command("list")
@click.option("--account", metavar="HANDLE", help="Those of one account alone.")
@click.option("--trials", is_flag=True, help="Also those of jobcentre ask, which raise no alarm.")
@json_option()
@pass_session
def list_(session: Session, account: str | None, trials: bool, as_json: bool) -> None:
    """Show those that wait, urgent first, then those that an adviser has."""
    with session.work(write=False) as work:
        handle = accounts_service.get(work, account).handle if account else None
        found = service.find_queue(work, account=handle, include_trials=trials)
    if as_json:
        print_json([_json(case) for case in found])
        return
    rows = [
        (
            case.handoff.id,
            case.handoff.priority.value,
            case.handoff.reason.value.replace("_", " "),
            _waited(case.handoff.waiting_since, session.now),
            case.conversation.account,
            case.handoff.assignee or "waiting",
        )
        for case in found
    ]
    print_table(("ID", "PRIORITY", "REASON", "SINCE", "ACCOUNT", "WITH"), rows, empty="Nobody is waiting.")


@handoffs.command()
@ID
@json_option()
@pass_session
def show(session: Session, handoff_id: int, as_json: bool) -> None:
    """Show one with its conversation and its notes."""
    with session.work(write=False) as work:
        case = service.get(work, handoff_id)
    if as_json:
        print_json(_json(case))
        return
    handoff = case.handoff
    click.echo(f"Handoff {handoff.id}: {handoff.reason.value.replace('_', ' ')} ({handoff.priority.value})")
    with_whom = handoff.assignee or ("resolved" if handoff.state is HandoffState.RESOLVED else "nobody yet")
    print_facts(
        [
            ("Account", case.conversation.account),
            ("Waiting since", told(handoff.waiting_since)),
            ("With", with_whom),
            ("Wants", ", ".join([*handoff.wanted.kinds, *handoff.wanted.topics, *handoff.wanted.offices])),
            ("Stopped", "yes: they asked for no more messages" if case.conversation.is_stopped else ""),
            ("First reply", told(handoff.first_reply_at)),
            ("Ended", f"{handoff.resolution} {told(handoff.resolved_at)}" if handoff.resolved_at else ""),
        ]
    )
    for message in case.messages:
        who = message.author_name or message.author.value
        indent = "" if message.author is Author.PERSON else "    "
        lines = message.text.replace("\n", f"\n{indent}  ")
        click.echo(f"{indent}{told(message.at)} {who}: {lines}")
    for note_held in case.notes:
        click.echo(f"Note, {told(note_held.at)} {note_held.by}: {note_held.text}")


@handoffs.command()
@ID
@by_option()
@pass_session
def claim(session: Session, handoff_id: int, by: str) -> None:
    """Make it yours: from now on the assistant is silent in this conversation."""
    with session.work() as work:
        service.claim(work, handoff_id, by=by, at=session.now)
    click.echo(f"Handoff {handoff_id} is with {by}")


@handoffs.command()
@ID
@click.argument("text", metavar="TEXT")
@by_option()
@pass_session
def reply(session: Session, handoff_id: int, text: str, by: str) -> None:
    """Say something to the person. You must have claimed it."""
    with session.work() as work:
        service.reply(work, handoff_id, text, by=by, at=session.now)
    click.echo("The reply is on its way")


@handoffs.command()
@ID
@click.argument("text", metavar="TEXT")
@by_option()
@pass_session
def note(session: Session, handoff_id: int, text: str, by: str) -> None:
    """Write something for staff alone."""
    with session.work() as work:
        service.note(work, handoff_id, text, by=by, at=session.now)
    click.echo(f"Noted on handoff {handoff_id}")


@handoffs.command()
@ID
@by_option()
@pass_session
def release(session: Session, handoff_id: int, by: str) -> None:
    """Put it back in the queue, at the place it had."""
    with session.work() as work:
        service.release(work, handoff_id, by=by, at=session.now)
    click.echo(f"Handoff {handoff_id} waits again")


@handoffs.command("return")
@ID
@click.option("--note", "text", default="", metavar="TEXT", help="Why, for staff.")
@by_option()
@pass_session
def return_(session: Session, handoff_id: int, text: str, by: str) -> None:
    """Give it back to the assistant, unresolved."""
    with session.work() as work:
        service.return_to_assistant(work, handoff_id, by=by, at=session.now, text=text)
    click.echo(f"The assistant answers again (handoff {handoff_id} returned)")


@handoffs.command()
@ID
@click.option("--to", required=True, metavar="NAME", help="The member of staff who is to have it.")
@by_option()
@pass_session
def reassign(session: Session, handoff_id: int, to: str, by: str) -> None:
    """Give it to another adviser, whoever has it."""
    with session.work() as work:
        moved = service.reassign(work, handoff_id, to=to, by=by, at=session.now, is_lead=True)
    click.echo(f"Handoff {handoff_id} is with {moved.assignee}")


@handoffs.command()
@ID
@by_option()
@pass_session
def block(session: Session, handoff_id: int, by: str) -> None:
    """Block an abusive sender: nothing more is said to them, except in a crisis."""
    with session.work() as work:
        blocks.block(work, responses(), handoff_id, by=by, at=session.now)
    click.echo(f"The sender of handoff {handoff_id} is blocked, and was told so")


@handoffs.command()
@ID
@by_option()
@pass_session
def unblock(session: Session, handoff_id: int, by: str) -> None:
    """The assistant answers them again."""
    with session.work() as work:
        conversation = service.get(work, handoff_id).conversation
        blocks.unblock(work, conversation.id, by=by, at=session.now)
    click.echo(f"The sender of handoff {handoff_id} is unblocked")


@handoffs.command()
@pass_session
def sweep(session: Session) -> None:
    """Put back what advisers left or were silent in, and send alarms about who waits too long.

    While "jobcentre run" runs it does this all the time by itself.
    """
    from bot.channels.alarms import receivers_of, send_due

    with session.work() as work:
        lapsed = lapses.sweep(work, responses(), at=session.now)
        alarms.raise_late(work, receivers_of(session.settings), at=session.now)
        late = alarms.find_late(work, at=session.now)
    sent = send_due(session.store, session.settings, session.now)
    for one in lapsed:
        why = "people have gone home" if one.why is Lapse.CLOSED else f"{one.was_with} was silent for too long"
        click.echo(f"Handoff {one.handoff.id} waits again: {why}")
    click.echo(f"{len(lapsed)} put back, {len(late)} waiting past their target, {sent} alarms sent")


@handoffs.command()
@ID
@by_option()
@pass_session
def resolve(session: Session, handoff_id: int, by: str) -> None:
    """It is dealt with: the assistant answers what comes next."""
    with session.work() as work:
        service.resolve(work, handoff_id, by=by, at=session.now)
    click.echo(f"Handoff {handoff_id} is resolved")


def _waited(since: datetime, now: datetime) -> str:
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes < 24 * 60 else f"{minutes // (24 * 60)} days"


def _json(case: service.Case) -> dict[str, Any]:
    handoff = case.handoff
    return {
        "id": handoff.id,
        "reason": handoff.reason.value,
        "priority": handoff.priority.value,
        "state": handoff.state.value,
        "assignee": handoff.assignee,
        "account": case.conversation.account,
        "channel": case.conversation.channel,
        "wanted": asdict(handoff.wanted),
        "waiting_since": handoff.waiting_since.isoformat(),
        "first_reply_at": handoff.first_reply_at.isoformat() if handoff.first_reply_at else None,
        "resolution": handoff.resolution or None,
        "messages": [
            {"at": m.at.isoformat(), "author": m.author.value, "name": m.author_name, "text": m.text}
            for m in case.messages
        ],
        "notes": [{"at": n.at.isoformat(), "by": n.by, "text": n.text} for n in case.notes],
    }
