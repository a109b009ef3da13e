"""A run for people at a terminal: what was said, what was expected, what was found, in colour where there is any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import click

from bot.testing.comparison import BROKEN, FIXED, NEW, REMOVED, ConversationChange, TurnChange
from bot.testing.coverage import Group
from bot.testing.differences import Mark, Piece
from bot.testing.invariance import Invariance
from bot.testing.result import Fault, Played, PlayedTurn, Status
from bot.testing.run import Run

CHANGES_AT_MOST = 20
"""Changed answers of one variation that are listed: the JSON and the HTML have all."""
_HEADS = {
    Status.FAILED: ("FAILED", "red"),
    Status.MENDED: ("MENDED", "red"),
    Status.ERROR: ("CANNOT BE PLAYED", "red"),
    Status.KNOWN_FAILURE: ("known failure", "yellow"),
}
_COLOURS = {BROKEN: "red", FIXED: "green", NEW: "cyan", REMOVED: "yellow"}


def told(played: Played, *, every: bool = False) -> str:
    """A conversation that went wrong; empty for one that did not. `every`: known failures as well."""
    if played.status is Status.PASSED or (played.status is Status.KNOWN_FAILURE and not every):
        return ""
    head, colour = _HEADS[played.status]
    lines = [f"{click.style(head, fg=colour, bold=True)} {played.file}, line {played.line}: {_bold(played.name)}"]
    if played.status is Status.MENDED:
        lines.append(f"  It is right now: take “not_yet: {played.not_yet}” out of {played.file}")
    if played.error:
        lines += ["  " + line for line in played.error.splitlines()]
    for number, turn in enumerate(played.turns, start=1):
        if turn.faults:
            lines += _turn(number, turn)
    return "\n".join(lines) + "\n"


def _turn(number: int, turn: PlayedTurn) -> Iterator[str]:
    clock = datetime.fromisoformat(turn.at)
    yield f"  turn {number}, line {turn.line}, {clock:%a %-d %b %Y %H:%M}{f', {turn.account}' if turn.account else ''}"
    for command in turn.staff:
        yield f"    staff     jobcentre {command}"
    for words in turn.person:
        yield _block("said", words)
    for fault in turn.faults:
        yield from _fault(fault)
    yield _block("reply", _marked(turn) if turn.reply is not None else "(none)")


def _fault(fault: Fault) -> Iterator[str]:
    if not (fault.expected or fault.found):
        yield _block("wrong", click.style(fault.text, fg="red"))
        return
    yield _block("expected", f"{fault.what}: {click.style(fault.expected, fg='green')}")
    if fault.found:
        yield _block("found", f"{fault.what}: {click.style(fault.found, fg='red')}")


def _marked(turn: PlayedTurn) -> str:
    """The reply with what it must never say in red."""
    reply = turn.reply or ""
    for words in turn.expected.never_says:
        at = reply.casefold().find(words.casefold())
        if at >= 0:
            end = at + len(words)
            reply = reply[:at] + click.style(reply[at:end], fg="red", underline=True) + reply[end:]
    return reply


def _block(name: str, text: str) -> str:
    lines = text.splitlines() or [""]
    return "\n".join([f"    {name:<9} {lines[0]}", *(f"{'':14}{line}".rstrip() for line in lines[1:])])


def _bold(text: str) -> str:
    return click.style(text, bold=True)


# ------------------------------------------------------------------ the run as a whole


def summary(run: Run) -> str:
    """Counts in a line or two, and what is wrong with the run as a whole."""
    counts = run.counts
    parts = [f"{counts[Status.PASSED.value]} passed"]
    for status in (Status.FAILED, Status.MENDED, Status.ERROR, Status.KNOWN_FAILURE):
        if number := counts[status.value]:
            head, colour = _HEADS[status]
            parts.append(click.style(f"{number} {head.lower()}", fg=colour))
    size = f"{len(run.played)} conversations, {run.turns} turns, {run.seconds:.1f} s"
    lines = [f"{', '.join(parts)} ({size}; {run.model})"]
    lines += [click.style(f"Problem: {problem}", fg="red") for problem in run.problems]
    lines += [f"Note: {note}" for note in run.notes]
    return "\n".join(lines)


def covered(groups: Iterable[Group]) -> str:
    """Each group in percent, and by name what was never met."""
    lines = [_bold("Coverage")]
    for group in groups:
        met = len(group.met) - len(group.never)
        lines.append(f"  {group.title:<20} {group.percent:5.1f} %  {met} of {len(group.met)}")
        if group.never:
            lines.append(click.wrap_text(", ".join(group.never), 110, " " * 10 + "never: ", " " * 17))
    return "\n".join(lines) + "\n"


def varied(invariance: Invariance) -> str:
    """The share of answers that each variation left alone, and the others."""
    lines = [_bold("Variations")]
    for share in invariance.shares:
        lines.append(f"  {share.variation:<14} {share.percent:5.1f} % unchanged, {share.unchanged} of {share.turns}")
        changes = [change for change in invariance.changes if change.variation == share.variation]
        for change in changes[:CHANGES_AT_MOST]:
            lines.append(f"    {change.file}, line {change.line}: {' / '.join(change.person)}")
            lines += [f"      {name}: {_change(before, after)}" for name, before, after in change.facts]
        if len(changes) > CHANGES_AT_MOST:
            lines.append(f"    and {len(changes) - CHANGES_AT_MOST} more")
    return "\n".join(lines) + "\n"


def compared(changes: Iterable[ConversationChange], earlier: str) -> str:
    """What changed since the earlier run, and nothing else."""
    lines = [_bold(f"Changed since {earlier}")]
    for change in changes:
        lines.append(f"  {click.style(change.what, fg=_COLOURS.get(change.what))} {change.file}: {change.name}")
        for turn in change.turns:
            lines += _turn_change(turn)
    if len(lines) == 1:
        lines.append("  nothing")
    return "\n".join(lines) + "\n"


def _turn_change(turn: TurnChange) -> Iterator[str]:
    yield f"    line {turn.line}: {' / '.join(turn.person)}"
    for name, before, after in turn.facts:
        yield f"      {name}: {_change(before, after)}"
    if turn.is_reworded:
        yield "\n".join(f"      | {line}" for line in "".join(map(_piece, turn.pieces)).splitlines())


def _change(before: str, after: str) -> str:
    return f"{click.style(before, fg='red')} → {click.style(after, fg='green')}"


def _piece(piece: Piece) -> str:
    """In brackets as well, so that it can be read without colour."""
    if piece.mark is Mark.GONE:
        return click.style(f"[-{piece.words}-]", fg="red") + piece.space
    if piece.mark is Mark.NEW:
        return click.style(f"{{+{piece.words}+}}", fg="green") + piece.space
    return piece.text
