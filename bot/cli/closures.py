"""`jobcentre closures`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from bot.cli.options import Command, by_option, json_option, scope_from, scope_options
from bot.cli.output import print_facts, print_json, print_table, warn
from bot.cli.session import Session, pass_session
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, Watch
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import clock_text, parse_spans, spans_text
from bot.jobcentre.typed_times import REVIEW_AT, end_of, minutes_in, start_of, told, told_end
from bot.services import closures as service

CAUSES = click.Choice([cause.value for cause in Cause], case_sensitive=False)
EFFECTS = click.Choice([effect.value for effect in Effect], case_sensitive=False)
_SCOPE = ("offices", "districts", "nations", "accounts", "everywhere", "excluding")
_OF_EFFECT = {"opens_at": None, "closes_at": None, "spans": (), "moved_to": None}


@click.group()
def closures() -> None:
    """Closures and watches: publish, amend, withdraw, list.

    A closure says what is wrong at offices and until when. A watch says that something is happening and nobody knows
    yet: its offices are "not known" until each is confirmed (jobcentre offices confirm) or given a closure.
    """


def _details(command: Any) -> Any:
    """The options that say what is wrong, and when, without which of them are needed."""
    options = [
        click.option("--cause", type=CAUSES, metavar="CAUSE", help=f"Why: {', '.join(CAUSES.choices)}."),
        click.option("--effect", type=EFFECTS, metavar="EFFECT", help=f"What: {', '.join(EFFECTS.choices)}."),
        click.option("--from", "starts", metavar="WHEN", help="When it begins: a date is its midnight."),
        click.option("--until", "ends", metavar="WHEN", help="When it ends: a date is the end of that day."),
        click.option(
            "--review-by", "review", metavar="WHEN", help="No end is known: when to look at it again (a date is 9am)."
        ),
        click.option("--opens", metavar="TIME", help="With late_opening: when they open, like 11:00."),
        click.option("--closes", metavar="TIME", help="With early_closing: when they close, like 15:00."),
        click.option("--hours", "spans", metavar="HOURS", help='With reduced_hours: what is left, "10:00-14:00".'),
        click.option("--to", "moved_to", metavar="ID", help="With moved: the office that is open instead."),
        click.option("--message", metavar="TEXT", help="Further words for the public, at most 280 characters."),
        click.option("--message-cy", metavar="TEXT", help="The same in Welsh."),
        click.option("--note", metavar="TEXT", help="For staff alone."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@closures.command(cls=Command)
@scope_options(excluding=True)
@_details
@by_option()
@click.option("--dry-run", is_flag=True, help="Show what the assistant would say, and publish nothing.")
@json_option()
@pass_session
def publish(session: Session, by: str, dry_run: bool, as_json: bool, **options: Any) -> None:
    """Publish a closure. The next question about its offices is answered by it.

    Prints the new id alone on the first line. WHEN is a date like 2026-11-27 or a date and time like 2026-11-27T14:30
    (London), or now, today, tomorrow.
    """
    draft = _draft(session, options)
    if dry_run:
        _rehearse(session, draft, as_json)
        return
    with session.work() as work:
        closure = service.publish(work, draft, by=by, at=session.now)
        count = len(service.find_offices(work, closure))
    _print_kept(closure, count, as_json)


@closures.command(cls=Command)
@click.argument("closure_id", metavar="ID")
@scope_options(excluding=True)
@_details
@by_option()
@json_option()
@pass_session
def amend(session: Session, closure_id: str, by: str, as_json: bool, **options: Any) -> None:
    """Change a closure: what is not given stays as it is."""
    if service.is_watch(closure_id):
        raise BadInput("a watch is not amended: withdraw it and start another")
    if not any(value not in (None, (), False) for value in options.values()):
        raise BadInput("say what changes: --until, --effect, --message …")
    with session.work() as work:
        held = work.closures.get(closure_id)
        draft = _amended(session, held, options)
        closure = service.amend(work, held.id, draft, by=by, at=session.now, expected_version=held.version)
        count = len(service.find_offices(work, closure))
    _print_kept(closure, count, as_json)


@closures.command()
@click.argument("closure_id", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why: it stands in the history.")
@by_option()
@pass_session
def withdraw(session: Session, closure_id: str, reason: str, by: str) -> None:
    """End a closure or a watch now. It stays in the history."""
    with session.work() as work:
        kept = service.withdraw(work, closure_id, by=by, at=session.now, reason=reason)
    click.echo(f"{kept.id} is withdrawn")


@closures.command(cls=Command)
@scope_options(excluding=True)
@click.option("--from", "starts", required=True, metavar="WHEN", help="When it begins: a date is its midnight.")
@click.option("--until", "ends", required=True, metavar="WHEN", help="When it ends: a date is the end of that day.")
@click.option("--cause", required=True, type=CAUSES, metavar="CAUSE", help=f"Why: {', '.join(CAUSES.choices)}.")
@by_option()
@json_option()
@pass_session
def watch(session: Session, starts: str, ends: str, cause: str, by: str, as_json: bool, **scope: Any) -> None:
    """Say that something is happening and nobody knows yet which offices are open.

    Its offices are "not known" until each is confirmed (jobcentre offices confirm) or given a closure.
    """
    period = _period(session, starts, ends)
    draft = Watch("", Cause(cause), period, scope_from(**scope), session.now)
    with session.work() as work:
        kept = service.watch(work, draft, by=by, at=session.now)
        count = len(service.find_offices(work, kept))
    if as_json:
        print_json({"id": kept.id, "offices": count})
        return
    click.echo(kept.id)
    click.echo(f"{_counted(count)}: not known because of {kept.cause.value}, {_when(kept)}")


@closures.command("list")
@click.option("--at", "moment", metavar="WHEN", help="Those that apply then: a date is any time of that day.")
@click.option("--all", "everything", is_flag=True, help="Also those that are over or withdrawn.")
@json_option()
@pass_session
def list_(session: Session, moment: str | None, everything: bool, as_json: bool) -> None:
    """Show closures and watches: those not over yet, those that apply at a time, or all."""
    with session.work(write=False) as work:
        options = _span(session, moment, everything)
        found: list[Closure | Watch] = [*work.closures.find(**options), *work.closures.find_watches(**options)]
    found.sort(key=lambda c: (c.period.start, c.id))
    if as_json:
        print_json([service.to_json(c) for c in found])
        return
    header = ("ID", "WHAT", "CAUSE", "FROM", "UNTIL", "WHERE")
    print_table(header, [_line(c) for c in found], empty="There are none.")


@closures.command()
@click.argument("closure_id", metavar="ID")
@json_option()
@pass_session
def show(session: Session, closure_id: str, as_json: bool) -> None:
    """Show one closure or watch, with its history."""
    with session.work(write=False) as work:
        is_watch = service.is_watch(closure_id)
        found: Closure | Watch = (work.closures.get_watch if is_watch else work.closures.get)(closure_id)
        versions = [] if isinstance(found, Watch) else work.closures.versions(closure_id)
        offices = service.find_offices(work, found)
    history = [(v.version, v.action, v.at, v.by, v.reason) for v in versions]
    if as_json:
        fields = ("version", "action", "at", "by", "reason")
        told_history = [dict(zip(fields, (n, a, m.isoformat(), b, r), strict=True)) for n, a, m, b, r in history]
        print_json({**service.to_json(found), "history": told_history, "offices": [office.id for office in offices]})
        return
    click.echo(f"{found.id}: {', '.join(_line(found)[1:3])}")
    _print_closure(found, [office.name for office in offices])
    for number, action, at, by, reason in history:
        click.echo(f"  {number}. {action} {told(at)} by {by}{f': {reason}' if reason else ''}")


# From options to values


def _draft(session: Session, options: dict[str, Any]) -> Closure:
    needed = {"cause": "--cause", "effect": "--effect", "starts": "--from"}
    missing = [option for name, option in needed.items() if options[name] is None]
    if missing:
        raise BadInput(f"a closure needs {' and '.join(missing)}")
    if (options["ends"] is None) == (options["review"] is None):
        raise BadInput("say either when it ends (--until) or, if that is not known, when to look again (--review-by)")
    return Closure(
        id="",
        cause=Cause(options["cause"]),
        effect=Effect(options["effect"]),
        period=_period(session, options["starts"], options["ends"]),
        scope=scope_from(**{name: options[name] for name in _SCOPE}),
        published_at=session.now,
        review_by=_review(session, options),
        message=options["message"] or "",
        message_cy=options["message_cy"] or "",
        note=options["note"] or "",
        **_of_effect(options),
    )


def _amended(session: Session, held: Closure, options: dict[str, Any]) -> Closure:
    """The closure with what the options change. A new effect drops what belonged to the old one."""
    if options["ends"] and options["review"]:
        raise BadInput("say either when it ends (--until) or when to look again (--review-by), not both")
    changes: dict[str, Any] = {}
    if options["effect"] and Effect(options["effect"]) is not held.effect:
        changes |= _OF_EFFECT | {"effect": Effect(options["effect"])}
    if options["cause"]:
        changes["cause"] = Cause(options["cause"])
    changes |= {name: value for name, value in _of_effect(options).items() if value}
    changes |= {name: options[name] for name in ("message", "message_cy", "note") if options[name] is not None}
    changes |= _new_period(session, held, options)
    if any(options[name] for name in _SCOPE):
        changes["scope"] = _new_scope(held, options)
    return replace(held, **changes)


def _new_period(session: Session, held: Closure, options: dict[str, Any]) -> dict[str, Any]:
    start = start_of(options["starts"], session.now) if options["starts"] else held.period.start
    end = held.period.end
    if options["ends"]:
        return {"period": Period(start, end_of(options["ends"], session.now)), "review_by": None}
    if options["review"]:
        return {"period": Period(start), "review_by": _review(session, options)}
    return {"period": Period(start, end)}


def _new_scope(held: Closure, options: dict[str, Any]) -> Scope:
    named = {name: options[name] for name in _SCOPE}
    if any(named[name] for name in _SCOPE if name != "excluding"):
        return scope_from(**named)
    return replace(held.scope, excluding=held.scope.excluding | frozenset(named["excluding"]))


def _of_effect(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "opens_at": minutes_in(options["opens"]) if options["opens"] else None,
        "closes_at": minutes_in(options["closes"]) if options["closes"] else None,
        "spans": parse_spans(options["spans"]) if options["spans"] else (),
        "moved_to": options["moved_to"],
    }


def _period(session: Session, starts: str, ends: str | None) -> Period:
    return Period(start_of(starts, session.now), end_of(ends, session.now) if ends else None)


def _review(session: Session, options: dict[str, Any]) -> datetime | None:
    """A bare date is 9am that day: somebody must be there to look."""
    return start_of(options["review"], session.now, clock=REVIEW_AT) if options["review"] else None


def _span(session: Session, moment: str | None, everything: bool) -> dict[str, Any]:
    if moment is None:
        return {"include_withdrawn": True} if everything else {"start": session.now}
    start, end = start_of(moment, session.now), end_of(moment, session.now)
    if start == end:
        return {"at": start, "include_withdrawn": everything}
    return {"start": start, "end": end, "include_withdrawn": everything}


# Printing


def _print_kept(closure: Closure, count: int, as_json: bool) -> None:
    for warning in service.warnings(closure):
        warn(warning)
    if as_json:
        print_json({"id": closure.id, "offices": count, "version": closure.version})
        return
    click.echo(closure.id)
    click.echo(f"{_counted(count)}: {_what(closure)} because of {closure.cause.value}, {_when(closure)}")


def _rehearse(session: Session, draft: Closure, as_json: bool) -> None:
    from bot.cli.wordings import words_of
    from bot.services.previews import preview

    with session.work(write=False) as work:
        closure = service.check(work, draft)
        asked = preview(work, closure, now=session.now)
        count = len(service.find_offices(work, closure))
    said = [{"question": a.question, **words_of(a.answers)} for a in asked]
    for warning in service.warnings(closure):
        warn(warning)
    if as_json:
        print_json({"id": None, "offices": count, "says": said})
        return
    click.echo(f"Nothing is published. {_counted(count)}. The assistant would say:")
    for question in said:
        click.echo(f"\n> {question['question']}")
        for language in ("en", "cy"):
            click.echo(f"[{language}] {question[language]}")


def _counted(count: int) -> str:
    return "1 office" if count == 1 else f"{count} offices"


def _what(closure: Closure) -> str:
    details = {
        Effect.LATE_OPENING: clock_text(closure.opens_at or 0),
        Effect.EARLY_CLOSING: clock_text(closure.closes_at or 0),
        Effect.REDUCED_HOURS: spans_text(closure.spans),
        Effect.MOVED: f"to {closure.moved_to}",
    }
    return " ".join(filter(None, [closure.effect.value.replace("_", " "), details.get(closure.effect)]))


def _when(found: Closure | Watch) -> str:
    until = f"until {told_end(found.period.end)}" if found.period.end else "with no end known"
    review = (
        f", to be looked at again {told(found.review_by)}" if isinstance(found, Closure) and found.review_by else ""
    )
    return f"from {told(found.period.start)} {until}{review}"


def _where(scope: Scope) -> str:
    named = service.where(scope)
    shown = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    return shown + (f" except {', '.join(sorted(scope.excluding))}" if scope.excluding else "")


def _line(found: Closure | Watch) -> tuple[str, ...]:
    what = _what(found) if isinstance(found, Closure) else "watch"
    until = told_end(found.period.end) or "not known"
    state = " (withdrawn)" if found.withdrawn_at else ""
    return (found.id, what + state, found.cause.value, told(found.period.start), until, _where(found.scope))


def _print_closure(found: Closure | Watch, names: list[str]) -> None:
    closure = found if isinstance(found, Closure) else None
    watch_held = found if isinstance(found, Watch) else None
    facts: list[tuple[str, Any]] = [
        ("When", _when(found)),
        ("Where", _where(found.scope)),
        ("Offices", f"{_counted(len(names))}: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"),
        ("Message", closure and closure.message),
        ("Message (Welsh)", closure and closure.message_cy),
        ("Note", closure and closure.note),
        ("Confirmed open", watch_held and ", ".join(sorted(watch_held.confirmed))),
        ("Withdrawn", told(found.withdrawn_at)),
    ]
    print_facts(facts)
