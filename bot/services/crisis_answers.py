"""Answers to people at risk: help first, the right lines for each nation, and people told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.contact import Contact, blanks_of
from bot.jobcentre.crisis import Risk
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Question, Thread
from bot.services.desk import Desk
from bot.services.office_answers import Answered

COUNCIL = "c-homeless"
FOOD_BANK = "c-food"
CHILDLINE = "c-childline"
# Where a nation's own help in hardship is; the council is named to everybody (facts 3.16, 3.17).
_HARDSHIP = {
    Nation.ENGLAND: ("c-crf",),
    Nation.WALES: ("c-daf",),
    Nation.SCOTLAND: ("c-swf",),
    Nation.NORTHERN_IRELAND: ("ni-offices",),
}
_RISK_OF_KIND = {
    Kind.CRISIS_LIFE: Risk.LIFE,
    Kind.CRISIS_ABUSE: Risk.ABUSE,
    Kind.CRISIS_HARDSHIP: Risk.HARDSHIP,
}


def help_for(desk: Desk, risks: Sequence[Risk]) -> list[Answer]:
    """Help for the people at risk, most serious first: all of it for the first risk, and the lines for what stands
    beside it. Nothing where nobody is: a threat alone."""
    told = [risk for risk in Risk if risk in risks and risk is not Risk.THREAT]
    if not told:
        return []
    first, *others = told
    answers = _whole_help(desk, first, told)
    if Risk.ABUSE in others and first is Risk.LIFE:
        answers.append(Answer("utter_crisis_abuse_beside", Kind.CRISIS_ABUSE, {"contacts": _abuse_lines(desk)}))
    if Risk.HARDSHIP in others:
        answers += _hardship_lines(desk)
    if not desk.context.is_with_adviser and not desk.people.is_open_at(desk.now):
        answers.append(Answer("utter_crisis_nobody_reading", answers[0].kind))
    return answers


def answer_crisis(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Help again for what was spoken of. Who waits for a person already is not reported a second time."""
    answers = help_for(desk, [_RISK_OF_KIND[question.kind]])
    if desk.context.is_crisis_open:
        answers = [replace(given, handoff=None) for given in answers]
    return answers, desk.remembered(thread, question, desk.located(question)) if question.places else thread


def threat_answers() -> list[Answer]:
    return [Answer("utter_threat", Kind.ABUSE, handoff=HandoffReason.THREAT)]


def _whole_help(desk: Desk, risk: Risk, told: Sequence[Risk]) -> list[Answer]:
    if risk is Risk.LIFE:
        return _life_help(desk)
    if risk is Risk.CHILD:
        kind = Kind.CRISIS_ABUSE if Risk.ABUSE in told else Kind.CRISIS_LIFE
        blanks = {"contacts": desk.contacts(CHILDLINE)}
        return [Answer("utter_child_at_risk", kind, blanks, handoff=HandoffReason.CHILD_AT_RISK)]
    if risk is Risk.ABUSE:
        blanks = {"contacts": _abuse_lines(desk)}
        return [Answer("utter_crisis_abuse", Kind.CRISIS_ABUSE, blanks, handoff=HandoffReason.CRISIS)]
    return _hardship_help(desk)


def _life_help(desk: Desk) -> list[Answer]:
    everywhere, own = _rows(desk, Kind.CRISIS_LIFE)
    blanks = {"contacts": blanks_of(everywhere)}
    first = Answer("utter_crisis_life", Kind.CRISIS_LIFE, blanks, handoff=HandoffReason.CRISIS)
    lines = [
        Answer(f"utter_crisis_life_{nation.value}", Kind.CRISIS_LIFE, {"contacts": blanks_of(_of(nation, own))})
        for nation in _nations(desk)
        if _of(nation, own)
    ]
    return [first, *lines]


def _abuse_lines(desk: Desk) -> list[dict[str, Any]]:
    """The nation's helpline first, then what serves everybody; without labels, which a lock screen might show."""
    everywhere, own = _rows(desk, Kind.CRISIS_ABUSE)
    lines = [
        {**blank, "label": None, "nation": nation.value}
        for nation in _nations(desk)
        for blank in blanks_of(_of(nation, own))
    ]
    return [*lines, *({**blank, "label": None} for blank in blanks_of(everywhere))]


def _hardship_help(desk: Desk) -> list[Answer]:
    kind = Kind.CRISIS_HARDSHIP
    first = Answer("utter_crisis_hardship", kind, {"link": desk.link(COUNCIL)}, handoff=HandoffReason.CRISIS)
    food = desk.contacts(FOOD_BANK)
    return [
        first,
        *_hardship_lines(desk),
        *([Answer("utter_food_bank", kind, {"link": food[0]["value"]})] if food else []),
    ]


def _hardship_lines(desk: Desk) -> list[Answer]:
    lines = ((nation, desk.contacts(*_HARDSHIP[nation])) for nation in _nations(desk))
    return [
        Answer(f"utter_crisis_hardship_{nation.value}", Kind.CRISIS_HARDSHIP, {"contacts": contacts})
        for nation, contacts in lines
        if contacts
    ]


def _rows(desk: Desk, kind: Kind) -> tuple[list[Contact], list[Contact]]:
    """The directory's lines for everybody, and those of a nation. 999 stands in the text itself, whatever it holds."""
    rows = [row for row in desk.work.contacts.find(topic=kind.value) if row.say != "never" and row.value != "999"]
    everywhere = [row for row in rows if len(row.nations) == len(Nation)]
    return everywhere, [row for row in rows if row not in everywhere]


def _nations(desk: Desk) -> tuple[Nation, ...]:
    """Whose lines to tell: the account's nation's, or each one's where it is not known."""
    return tuple(Nation) if desk.nation is None else (desk.nation,)


def _of(nation: Nation, rows: Sequence[Contact]) -> list[Contact]:
    return [row for row in rows if nation.value in row.nations]
