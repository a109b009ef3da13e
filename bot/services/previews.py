"""What the assistant would say of a draft closure: the same answers as people get, with the draft among the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

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
"""Offices shown, where the offices of the closure would be told in too many ways for one reply."""


@dataclass(frozen=True)
class Previewed:
    """One question that people will ask, and its answer in each language."""

    question: str
    answers: Mapping[Language, tuple[Answer, ...]]


def preview(work: UnitOfWork, draft: Closure, *, now: datetime) -> list[Previewed]:
    """The typical questions about the offices of a checked draft. Nothing is stored."""
    offices = find_in(work, draft.scope)
    offices = [office for office in offices if office.is_running] or offices
    known = _known(work, draft, offices)
    named = offices
    if len(offices) > 1 and _is_too_much(work, draft, offices, known, now):
        named = offices[:EXAMPLES]
    name = named[0].name if len(named) == 1 else " and ".join(office.name for office in named[:2])
    name = f"these {len(named)} offices ({name} …)" if len(named) > 2 else name
    verb = "is" if len(named) == 1 else "are"
    questions: list[tuple[str, str, tuple[DayMention, ...]]] = [(f"{verb} {name} open now?", "ask_opening", ())]
    if draft.period.start > now:
        day, said = _start(draft)
        questions.append((f"{verb} {name} open {said}?", "ask_opening", (day,)))
    questions.append((f"what are the opening hours of {name}?", "ask_hours", ()))
    return [
        Previewed(text, _answers(work, draft, named, known, now, Utterance(text, (_clause(intent, text),), days=days)))
        for text, intent, days in questions
    ]


def _known(work: UnitOfWork, draft: Closure, offices: Sequence[Office]) -> Gazetteer:
    """The offices, and those that their people are sent to."""
    others = {office.replaced_by for office in offices} | {draft.moved_to}
    return Gazetteer([*offices, *work.offices.find(sorted(filter(None, others - {o.id for o in offices})))])


def _is_too_much(work: UnitOfWork, draft: Closure, offices: Sequence[Office], known: Gazetteer, now: datetime) -> bool:
    """Whether the assistant would ask which office, instead of telling all of them."""
    asked = Utterance("", (_clause("ask_opening"),))
    return any(a.asks for a in _answers(work, draft, offices, known, now, asked)[Language.ENGLISH])


def _answers(
    work: UnitOfWork, draft: Closure, offices: Sequence[Office], known: Gazetteer, now: datetime, asked: Utterance
) -> dict[Language, tuple[Answer, ...]]:
    found = {}
    for language in Language:
        context = Context(
            now,
            account="",
            ours=tuple(office.id for office in offices),
            nation=offices[0].nation,
            language=language.value,
            thread=Thread(introduced=True),
        )
        found[language] = answer(Desk(work, known, context, (draft,)), asked).answers
    return found


def _clause(intent: str, text: str = "") -> Clause:
    return Clause(intent, 1.0, text, 0, max(len(text), 1))


def _start(draft: Closure) -> tuple[DayMention, str]:
    """The start as a person would name it: a whole day where it is a midnight."""
    start = draft.period.start.astimezone(LONDON)
    clock = None if start.time() == time(0) else start.time()
    said = f"on {start:%A %-d %B}" + (f" at {start:%H:%M}" if clock else "")
    return DayMention(0, 1, "", start.date(), start.date(), at=clock), said
