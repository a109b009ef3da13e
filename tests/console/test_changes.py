"""Every change there is has a sentence of its own in the history."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.changes import Teller
from bot.jobcentre.six_points import Point
from bot.services.history import SUBJECTS, Change
from bot.settings import PROJECT
from bot.store.codecs import scope_to_json
from bot.store.records import AuditEvent
from tests.builders import LEEDS, make_office, make_scope
from tests.console.conftest import NOW

WHERE = {"scope": scope_to_json(make_scope(LEEDS))}
SNOW = {
    **WHERE,
    "cause": "weather",
    "effect": "closed",
    "starts_at": NOW.isoformat(),
    "ends_at": "2026-11-20T12:00+00:00",
}
DAY = {**WHERE, "day": "2026-12-24", "title": "Christmas Eve", "is_open": True}
HOURS = {"hours": "Mo-Fr 09:00-17:00", "certainty": "confirmed"}
LINE = {"topic": "PIP", "channel": "phone"}
BEA = {"name": "Bea", "role": "editor", "accounts": [], "is_active": True}
HOURS_ASKED = {"intent": "ask_hours", "language": "en"}
STEP = {"point": next(iter(Point)).value}

SENTENCES: list[tuple[str, str, Any, Any, str]] = [
    # subject, action, before, after, what the history says
    ("closure", "publish", None, SNOW, "closed Leeds Park Place until midday because of bad weather"),
    ("closure", "amend", SNOW, {**SNOW, "note": "x"}, "changed “closed for Leeds Park Place”: another note for staff"),
    ("closure", "withdraw", SNOW, {**SNOW, "reason": "a mistake"}, "withdrew “closed for Leeds Park Place”: a mistake"),
    (
        "closure",
        "undo",
        SNOW,
        {**SNOW, "note": "x"},
        "took back the last change to “closed for Leeds Park Place”: another note for staff",
    ),
    ("watch", "watch", None, SNOW, "started to watch Leeds Park Place until midday because of bad weather"),
    ("watch", "withdraw", None, SNOW, "stopped watching Leeds Park Place"),
    ("office", "add", None, {}, "added Leeds Park Place"),
    ("office", "change", {"town": "a"}, {"town": "b"}, "changed Leeds Park Place: town"),
    ("office", "retire", None, {}, "marked Leeds Park Place as shut for good: not in the register any more"),
    ("office", "hours", None, HOURS, "said that Leeds Park Place keeps these hours: Monday to Friday 9am to 5pm"),
    ("office", "confirm", None, {"watches": []}, "checked what we hold of Leeds Park Place"),
    ("office", "add_names", None, {"names": ["Dole"]}, "added one other name of Leeds Park Place: Dole"),
    ("office", "remove_names", {"names": ["Dole"]}, None, "removed one other name of Leeds Park Place: Dole"),
    ("staff_day", "add", None, DAY, "said that Leeds Park Place is open on Thursday 24 December 2026: Christmas Eve"),
    (
        "staff_day",
        "withdraw",
        DAY,
        None,
        "took back that Leeds Park Place is open on Thursday 24 December 2026: Christmas Eve",
    ),
    ("contact", "add", None, LINE, "added the contact PIP (phone)"),
    ("contact", "change", LINE, {**LINE, "hours": "x"}, "changed the contact PIP (phone): hours"),
    ("contact", "check", LINE, LINE, "checked the contact PIP (phone): still right"),
    ("contact", "remove", LINE, None, "removed the contact PIP (phone)"),
    ("account", "add", None, WHERE, "added the account JCPinLeeds: it serves Leeds Park Place"),
    ("account", "change", WHERE, WHERE, "changed the account JCPinLeeds: it serves Leeds Park Place"),
    ("account", "pause", None, {"reason": "wrong"}, "paused the assistant on JCPinLeeds: wrong"),
    ("account", "resume", None, {}, "let the assistant answer again on JCPinLeeds"),
    ("staff", "add", None, BEA, "added Bea as an editor of all accounts"),
    ("staff", "change", BEA, {**BEA, "role": "viewer"}, "made Bea a viewer of all accounts"),
    ("staff", "invite", BEA, BEA, "made a link for Bea to choose a password"),
    ("staff", "choose password", BEA, BEA, "chose a password"),
    ("staff", "sign in", None, BEA, "signed in"),
    ("staff", "use codes", BEA, BEA, "signs in with one-time codes from now on"),
    ("staff", "drop codes", BEA, BEA, "took one-time codes off Bea"),
    ("staff", "lock", None, BEA, "was locked out after too many wrong tries"),
    ("staffing", "change", {"urgent": 1}, {"urgent": 2}, "changed when and how people answer on JCPinLeeds: urgent"),
    ("staffing", "follow", {"urgent": 1}, None, "let JCPinLeeds have the settings for all accounts again"),
    ("canned_reply", "add", None, {"title": "Hello"}, "wrote the canned reply “Hello”"),
    ("canned_reply", "change", None, {"title": "Hello"}, "changed the canned reply “Hello”"),
    ("canned_reply", "retire", None, {"title": "Hello"}, "retired the canned reply “Hello”"),
    ("handoff", "claim", None, None, "took conversation 7 over from the assistant"),
    ("handoff", "reply", None, None, "replied in conversation 7"),
    ("handoff", "note", None, None, "wrote a note on conversation 7"),
    ("handoff", "release", None, None, "put conversation 7 back into the queue"),
    ("handoff", "lapse", None, {"why": "closed"}, "put conversation 7 back into the queue: people went home"),
    ("handoff", "reassign", None, {"assignee": "Bea"}, "gave conversation 7 to Bea"),
    ("handoff", "return", None, None, "gave conversation 7 back to the assistant"),
    ("handoff", "resolve", None, None, "finished conversation 7"),
    ("handoff", "block", None, None, "blocked the sender of conversation 7"),
    ("handoff", "unblock", None, None, "unblocked the sender of conversation 7"),
    ("handoff", "tick", None, STEP, "ticked a step of the plan for conversation 7: "),
    ("handoff", "untick", None, STEP, "took a tick off the plan for conversation 7: "),
    ("places", "import", None, {"count": 2}, "imported 2 towns and villages"),
    ("message", "send_again", None, None, "had a message sent again that was not delivered"),
    ("messages", "erase", None, {"messages": 2}, "erased 2 messages that somebody wrote"),
    ("messages", "purge", None, {"messages": 2, "days": 30}, "erased 2 messages older than 30 days"),
    ("database", "restore", None, {"made_at": NOW.isoformat()}, "brought back a backup made 20 November 2026, 7:30am"),
    ("miss", "set aside", None, None, "took a message that was not understood off the list"),
    ("phrase", "propose", None, HOURS_ASKED, "proposed a training phrase for “Opening hours”"),
    ("phrase", "accept", None, HOURS_ASKED, "accepted a training phrase for “Opening hours”"),
    ("phrase", "reject", None, HOURS_ASKED, "rejected a training phrase for “Opening hours”"),
    ("phrase", "remove", None, HOURS_ASKED, "removed a training phrase for “Opening hours”"),
    ("phrase", "export", None, {"phrases": 2}, "took away 2 training phrases"),
    ("messages", "export", None, {"messages": 2}, "made a copy of 2 messages for the person who wrote them"),
]
NUMBERS = {"office": LEEDS, "account": "JCPinLeeds", "staffing": "JCPinLeeds", "places": "places"}
"""What an event is about, where that is told."""


@pytest.mark.parametrize(
    ("subject", "action", "before", "after", "says"), SENTENCES, ids=[f"{row[0]} {row[1]}" for row in SENTENCES]
)
def test_a_change_is_told_in_a_sentence(subject: str, action: str, before: Any, after: Any, says: str) -> None:
    event = AuditEvent(
        id=1,
        at=NOW,
        by="Ann",
        action=action,
        subject_type=subject,
        subject_id=NUMBERS.get(subject, "7"),
        before=before,
        after=after,
        clock_was_fixed=False,
    )
    told = Teller([make_office()]).tell(Change((event,)))
    assert told.startswith(f"Ann {says}") if says.endswith(": ") else told == f"Ann {says}"


def test_every_change_there_is_has_one() -> None:
    told = defaultdict(set)
    for subject, action, *_ in SENTENCES:
        told[subject].add(action)
    assert told.keys() == SUBJECTS
    everything = set().union(*told.values())
    for file in sorted((PROJECT / "bot" / "services").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        subjects = set(_said(tree, "subject_type"))
        assert subjects <= SUBJECTS, f"{file.name}: the history does not know these subjects"
        known = set().union(*(told[subject] for subject in subjects)) or everything
        assert set(_done(tree)) <= known, f"{file.name}: say in SENTENCES how these changes are told"


def test_the_changes_are_found_in_the_code() -> None:
    tree = ast.parse(Path(PROJECT / "bot" / "services" / "accounts.py").read_text(encoding="utf-8"))
    assert set(_done(tree)) == {"add", "change", "pause", "resume"}
    assert set(_said(tree, "subject_type")) == {"account"}


def _done(tree: ast.AST) -> Iterator[str]:
    """What is written into the history as done: said to `audit.add`, or to a function of the module that calls it."""
    yield from _said(tree, "action")
    writers = {
        node.name: [argument.arg for argument in node.args.args].index("action")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "action" in [argument.arg for argument in node.args.args]
    }
    writers.setdefault("audit", 1)  # of bot/services/offices.py
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in writers:
            place = writers[node.func.id]
            yield from _strings(node.args[place]) if len(node.args) > place else ()


def _said(tree: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == name:
            yield from _strings(node.value)


def _strings(node: ast.expr) -> Iterator[str]:
    """The texts that it may be, as far as they stand there: "change" if before else "add"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
