"""Answers to people at risk: help first, the right lines for each nation, and people told at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.contact import Contact, blanks_of
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Question, Thread
from bot.services.desk import Desk
from bot.services.office_answers import Answered

# Where a nation's own help in hardship is; the council is named to everybody (facts 3.16, 3.17).
_HARDSHIP = {
    Nation.ENGLAND: ("c-crf",),
    Nation.WALES: ("c-daf",),
    Nation.SCOTLAND: ("c-swf",),
    Nation.NORTHERN_IRELAND: (),
}


def crisis_answers(desk: Desk, kind: Kind, reason: HandoffReason = HandoffReason.CRISIS) -> list[Answer]:
    """Help first: what serves everybody and the nation's own lines, each nation's where it is not known."""
    # 999 stands in the text itself, whatever the directory holds.
    rows = [row for row in desk.work.contacts.find(topic=kind.value) if row.say != "never" and row.value != "999"]
    everywhere = [row for row in rows if len(row.nations) == len(Nation)]
    others = [row for row in rows if row not in everywhere]
    nations = tuple(Nation) if desk.nation is None else (desk.nation,)
    if kind is Kind.CRISIS_ABUSE:
        answers = [
            Answer("utter_crisis_abuse", kind, {"contacts": _abuse_lines(nations, others, everywhere)}, handoff=reason)
        ]
    else:
        answers = [_first_help(kind, everywhere, reason), *_own_help(desk, kind, nations, others)]
    if not desk.people.is_open_at(desk.now):
        answers.append(Answer("utter_crisis_nobody_reading", kind))
    return answers


def _abuse_lines(
    nations: Sequence[Nation], own: Sequence[Contact], everywhere: Sequence[Contact]
) -> list[dict[str, Any]]:
    """The nation's helpline first, then what serves everybody; without labels, which a lock screen might show."""
    lines = [
        {**blank, "label": None, "nation": nation.value}
        for nation in nations
        for blank in blanks_of(row for row in own if nation.value in row.nations)
    ]
    return [*lines, *({**blank, "label": None} for blank in blanks_of(everywhere))]


def _first_help(kind: Kind, rows: Sequence[Contact], reason: HandoffReason) -> Answer:
    blanks = blanks_of(rows)
    if kind is Kind.CRISIS_HARDSHIP:
        blanks = [{**blank, "label": None} for blank in blanks]
    return Answer(f"utter_{kind.value}", kind, {"contacts": blanks}, handoff=reason)


def _own_help(desk: Desk, kind: Kind, nations: Sequence[Nation], rows: Sequence[Contact]) -> list[Answer]:
    out = []
    for nation in nations:
        own = _own_lines(desk, kind, nation, rows)
        if own:
            out.append(Answer(f"utter_{kind.value}_{nation.value}", kind, {"contacts": own}))
    return out


def _own_lines(desk: Desk, kind: Kind, nation: Nation, rows: Sequence[Contact]) -> list[dict[str, Any]]:
    if kind is Kind.CRISIS_HARDSHIP:
        return desk.contacts(*_HARDSHIP[nation])
    return blanks_of(row for row in rows if nation.value in row.nations)


def answer_crisis(desk: Desk, question: Question, thread: Thread) -> Answered:
    return crisis_answers(desk, question.kind), thread


def threat_answers() -> list[Answer]:
    return [Answer("utter_threat", Kind.ABUSE, handoff=HandoffReason.THREAT)]
