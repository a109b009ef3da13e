"""What people ask, in numbers: counted with each turn, and told without telling of anybody.

A count is of questions: a turn that serves two kinds counts one of each. The assistant's own question ("which
office?") is not counted: what the person then gets is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.jobcentre.answer import Answer, Asks, kinds_of
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Conversation
from bot.jobcentre.kinds import Kind
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import UnitOfWork


class Served(str, Enum):
    """What a question came to."""

    ANSWERED = "answered"
    NOT_UNDERSTOOD = "not_understood"
    HANDED_OFF = "handed_off"
    REFUSED = "refused"


_REFUSED = (Kind.INDIVIDUAL_CASE, Kind.PERSONAL_DATA, Kind.POLITICS, Kind.ABUSE, Kind.OFF_TOPIC)
"""Kinds of which the answer says, kindly, that it cannot be dealt with here."""

FEWEST = 5
"""A smaller count, nought included, is not told."""
STEP = 5
"""What is told is rounded to it."""


def count(work: UnitOfWork, conversation: Conversation, answers: Sequence[Answer], *, at: datetime) -> None:
    """Count a turn, in its own transaction. Trials count nowhere."""
    if conversation.is_trial:
        return
    local = at.astimezone(LONDON)
    tallies = []
    for kind in kinds_of(answers):
        of_kind = [answer for answer in answers if answer.kind is kind]
        served = served_of(of_kind)
        if served is not None:
            office = _only(of_kind)
            tallies.append(Tally(local.date(), local.hour, conversation.account, kind.value, served.value, office))
    work.statistics.add(*tallies)


def served_of(answers: Collection[Answer]) -> Served | None:
    """What the answers of one kind came to; None where they only ask the person something first."""
    if any(answer.handoff for answer in answers):
        return Served.HANDED_OFF
    if any(answer.kind is Kind.UNCLEAR or answer.asks is Asks.REPHRASE for answer in answers):
        return Served.NOT_UNDERSTOOD
    if any(answer.asks for answer in answers) and not any(answer.offices and not answer.asks for answer in answers):
        return None
    return Served.REFUSED if any(answer.kind in _REFUSED for answer in answers) else Served.ANSWERED


def _only(answers: Collection[Answer]) -> str:
    """The one office that the answers speak of; empty where there are several, or none."""
    offices = {office for answer in answers for office in answer.offices}
    return offices.pop() if len(offices) == 1 else ""


# Telling it


@dataclass(frozen=True)
class Insights:
    """What was asked over some days, fit to be shown. None stands for fewer than FEWEST.

    Nothing left out can be worked out: every number is rounded, and a total is of the numbers shown beside it.
    """

    kinds: tuple[tuple[Kind, dict[Served, int | None]], ...]
    """By kind, the most asked first; those of which nothing may be shown are left out."""
    offices: tuple[tuple[str, int], ...]
    """Id of the one office that was asked about, the most asked first; those asked about too seldom are left out."""
    hours: tuple[tuple[int, int | None], ...]
    """Of each hour of the day in London, from 0."""

    @property
    def served(self) -> dict[Served, int]:
        """What the questions came to: the sums of what is shown of each kind."""
        return {served: sum(shown[served] or 0 for _, shown in self.kinds) for served in Served}

    @property
    def total(self) -> int:
        return sum(self.served.values())


def look(work: UnitOfWork, first: date, last: date, accounts: Collection[str] | None = None) -> Insights:
    """From the first day to the last, both included; on all accounts, or on those handles alone."""
    by_kind = work.statistics.count(first, last, ("kind", "outcome"), accounts)
    by_office = work.statistics.count(first, last, ("office_id",), accounts)
    by_hour = work.statistics.count(first, last, ("hour",), accounts)
    kinds = {kind: {served: fit(by_kind.get((kind.value, served.value), 0)) for served in Served} for kind in Kind}
    offices = {office: shown for (office,), number in by_office.items() if office and (shown := fit(number))}
    return Insights(
        tuple(sorted(((k, v) for k, v in kinds.items() if any(v.values())), key=lambda row: -shown_of(row[1]))),
        tuple(sorted(offices.items(), key=lambda row: (-row[1], row[0]))),
        tuple((hour, fit(by_hour.get((hour,), 0))) for hour in range(24)),
    )


def fit(number: int) -> int | None:
    """The count as it may be shown."""
    return None if number < FEWEST else (number + STEP // 2) // STEP * STEP


def shown_of(row: dict[Served, int | None]) -> int:
    """The sum of what is shown."""
    return sum(shown or 0 for shown in row.values())
