"""What the assistant would say of a draft closure, or of offices as they are held: the same answers as people get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.jobcentre.answer import Answer
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure
from bot.jobcentre.conversation import Language
from bot.jobcentre.dates import DayMention
from bot.jobcentre.gazetteer import Gazetteer
from bot.jobcentre.office import Office
from bot.jobcentre.question import Clause, Context, Thread, Utterance
from bot.services.answers import answer
from bot.services.desk import Desk
from bot.services.offices import find_in
from bot.store.unit_of_work import UnitOfWork

EXAMPLES = 3
"""Offices shown, where there are more than people ask about at once, or they are told in too many ways for a reply."""
TOGETHER = 12
"""Offices that people may ask about at once: those of an account, a town or a district."""


@dataclass(frozen=True)
class Previewed:
    """One question that people will ask, and its answer in each language."""

    question: str
    answers: Mapping[Language, tuple[Answer, ...]]


def preview(work: UnitOfWork, draft: Closure, *, now: datetime) -> list[Previewed]:
    """The typical questions about the offices of a checked draft. Nothing is stored."""
    offices = find_in(work, draft.scope)
    offices = [office for office in offices if office.is_running] or offices
    days = [_start(draft)] if draft.period.start > now else []
    return _typical(work, offices, now, days, (draft,))


def preview_offices(
    work: UnitOfWork, offices: Sequence[Office], *, now: datetime, day: date | None = None
) -> list[Previewed]:
    """The typical questions about the offices as they are held in this piece of work, and about the day."""
    days = [(DayMention(0, 1, "", day, day), f"on {day:%A %-d %B}")] if day else []
    return _typical(work, offices, now, days)


def _typical(
    work: UnitOfWork,
    offices: Sequence[Office],
    now: datetime,
    days: Sequence[tuple[DayMention, str]],
    drafts: Sequence[Closure] = (),
) -> list[Previewed]:
    """Open now, open on each of the days, and the hours."""
    named = offices if len(offices) <= TOGETHER else offices[:EXAMPLES]
    found = _asked(_desk(work, named, now, drafts), days)
    if len(named) > EXAMPLES and any(one.asks for one in found[0].answers[Language.ENGLISH]):
        # The assistant would ask which office, instead of telling all of them.
        return _asked(_desk(work, named[:EXAMPLES], now, drafts), days)
    return found


def _desk(work: UnitOfWork, offices: Sequence[Office], now: datetime, drafts: Sequence[Closure]) -> Desk:
    """Where questions about these offices are answered."""
    context = Context(
        now,
        account="",
        ours=tuple(office.id for office in offices),
        nation=offices[0].nation,
        language=Language.ENGLISH.value,
        thread=Thread(introduced=True),
    )
    return Desk(work, _known(work, offices, drafts), context, tuple(drafts))


def _asked(desk: Desk, days: Sequence[tuple[DayMention, str]]) -> list[Previewed]:
    """The questions, with what is answered to each in each language."""
    named = desk.offices(desk.context.ours)
    name = named[0].name if len(named) == 1 else " and ".join(office.name for office in named[:2])
    name = f"these {len(named)} offices ({name} …)" if len(named) > 2 else name
    verb = "is" if len(named) == 1 else "are"
    questions: list[tuple[str, str, tuple[DayMention, ...]]] = [
        (f"{verb} {name} open now?", "ask_opening", ()),
        *((f"{verb} {name} open {said}?", "ask_opening", (day,)) for day, said in days),
        (f"what are the opening hours of {name}?", "ask_hours", ()),
    ]
    return [
        Previewed(text, _answers(desk, Utterance(text, (_clause(intent, text),), days=mentioned)))
        for text, intent, mentioned in questions
    ]


def _answers(desk: Desk, asked: Utterance) -> dict[Language, tuple[Answer, ...]]:
    return {
        language: answer(replace(desk, context=replace(desk.context, language=language.value)), asked).answers
        for language in Language
    }


def _known(work: UnitOfWork, offices: Sequence[Office], drafts: Sequence[Closure]) -> Gazetteer:
    """The offices, and those that their people are sent to."""
    others = {office.replaced_by for office in offices} | {draft.moved_to for draft in drafts}
    return Gazetteer([*offices, *work.offices.find(sorted(filter(None, others - {o.id for o in offices})))])


def _clause(intent: str, text: str) -> Clause:
    return Clause(intent, 1.0, text, 0, len(text))


def _start(draft: Closure) -> tuple[DayMention, str]:
    """The start as a person would name it: a whole day where it is a midnight."""
    start = draft.period.start.astimezone(LONDON)
    clock = None if start.time() == time(0) else start.time()
    said = f"on {start:%A %-d %B}" + (f" at {start:%H:%M}" if clock else "")
    return DayMention(0, 1, "", start.date(), start.date(), at=clock), said
