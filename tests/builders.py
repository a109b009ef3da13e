"""Values with sensible defaults: a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope, StaffDay, Watch
from bot.jobcentre.contact import Contact
from bot.jobcentre.conversation import Account, Conversation, Language, Message
from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.miss import Guess, Why
from bot.jobcentre.office import Nation, Office, Place, Point
from bot.store import tables
from bot.store.codecs import closure_row, entities_of
from bot.store.records import Miss, Phrase
from bot.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=LONDON)
"""A Friday morning, half past ten in London."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LEEDS = "leeds-park-place"
CARDIFF = "cardiff-alexandra-house"
GLASGOW = "glasgow-laurieston"


def make_office(office_id: str = LEEDS, **fields: Any) -> Office:
    """An open office in England, in a district of its own name."""
    name = office_id.replace("-", " ").title()
    defaults = {
        "name": name,
        "nation": Nation.ENGLAND,
        "address": f"1 High Street, {name}",
        "town": name.split()[0],
        "postcode": "LS1 2SL",
        "district": "West Yorkshire",
        "local_authority": name.split()[0],
        "point": Point(53.7982, -1.5538),
    }
    return Office(office_id, **{**defaults, **fields})


def make_offices(number: int, **fields: Any) -> list[Office]:
    return [make_office(f"office-{index:05d}", **fields) for index in range(number)]


def make_scope(*offices: str, **fields: Any) -> Scope:
    """The offices named; other fields may be any collection."""
    sets = {name: value if name == "everywhere" else frozenset(value) for name, value in fields.items()}
    return Scope(offices=frozenset(offices), **sets)


def make_period(start: datetime = NOW, end: datetime | None = NOW + DAY) -> Period:
    return Period(start, end)


def make_hours(text: str = "Mo-Fr 09:00-17:00", **fields: Any) -> OpeningHours:
    """Confirmed, without an end."""
    week = OpeningHours.parse(text).week
    return OpeningHours(week, **{"certainty": Certainty.CONFIRMED, **fields})


def make_closure(*offices: str, **fields: Any) -> Closure:
    """A flood shuts the offices (Leeds Park Place) for a day from NOW. A draft, with no id."""
    defaults: dict[str, Any] = {
        "id": "",
        "cause": Cause.FLOOD,
        "effect": Effect.CLOSED,
        "period": make_period(),
        "scope": make_scope(*(offices or (LEEDS,))),
        "published_at": NOW,
    }
    return Closure(**{**defaults, **fields})


def make_watch(*offices: str, **fields: Any) -> Watch:
    """Snow over the offices (Leeds Park Place) for a day from NOW. A draft, with no id."""
    defaults: dict[str, Any] = {
        "id": "",
        "cause": Cause.WEATHER,
        "period": make_period(),
        "scope": make_scope(*(offices or (LEEDS,))),
        "published_at": NOW,
    }
    return Watch(**{**defaults, **fields})


def make_staff_day(day: date = date(2026, 12, 29), **fields: Any) -> StaffDay:
    """Shut everywhere that day."""
    defaults: dict[str, Any] = {
        "title": "extra closing day",
        "is_open": False,
        "scope": make_scope(everywhere=True),
        "said_at": NOW,
    }
    return StaffDay(day, **{**defaults, **fields})


def make_account(handle: str = "JCPinLeeds", **fields: Any) -> Account:
    return Account(handle, **{"name": "Jobcentre in Leeds", **fields})


def make_place(name: str = "Otley", **fields: Any) -> Place:
    defaults: dict[str, Any] = {"nation": Nation.ENGLAND, "population": 14_000, "point": Point(53.9, -1.7)}
    return Place(name, **{**defaults, **fields})


def make_contact(contact_id: str = "uc-phone", **fields: Any) -> Contact:
    """The Universal Credit line, which may be said."""
    defaults: dict[str, Any] = {
        "topic_id": "universal_credit",
        "topic": "Universal Credit",
        "nation": "england;scotland;wales",
        "channel": "phone",
        "value": "0800 328 5644",
        "say": "say",
    }
    return Contact(contact_id, **{**defaults, **fields})


# What is kept at once


def keep_offices(work: UnitOfWork, offices: Iterable[Office], hours: str | None = "Mo-Fr 09:00-17:00") -> None:
    """The offices, with the same hours each (None: with none held)."""
    held = list(offices)
    work.offices.put(held)
    if hours is not None:
        work.offices.set_hours([office.id for office in held], make_hours(hours), by="Ann", at=NOW)


def keep_past_closures(work: UnitOfWork, number: int, scope: Scope) -> None:
    """So many closures that were over a week before NOW. Put in as rows: publishing each takes longer."""
    closure = make_closure(scope=scope, period=make_period(NOW - 9 * DAY, NOW - 8 * DAY))
    until = {"active_until": closure.period.end}
    first = 1 + (work.connection.execute(select(func.max(tables.closures.c.id))).scalar() or 0)
    numbers = range(first, first + number)
    work.connection.execute(insert(tables.closures), [{**closure_row(closure), **until, "id": n} for n in numbers])
    entities = [
        {"closure_id": n, "kind": kind, "value": value, "is_exception": is_exception, **until}
        for n in numbers
        for kind, value, is_exception in entities_of(scope)
    ]
    work.connection.execute(insert(tables.closure_entities), entities)


def keep_conversation(work: UnitOfWork, sender: str = "person-1", **fields: Any) -> Conversation:
    """A web chat of one person with JCPinLeeds."""
    return work.conversations.get_or_create(
        **{"account": "JCPinLeeds", "sender": sender, "channel": "webchat", **fields}
    )


def keep_incoming(work: UnitOfWork, conversation: Conversation, text: str = "are you open", **fields: Any) -> Message:
    """A message that waits for its answer. Its id of the channel is new unless it is given."""
    count = len(work.messages.transcript(conversation.id, limit=10_000))
    defaults: dict[str, Any] = {"external_id": f"{conversation.id}-{count}", "at": NOW}
    return work.messages.add_incoming(conversation, text=text, **{**defaults, **fields})[0]


def keep_miss(
    work: UnitOfWork, conversation: Conversation, text: str = "wat bout the thing", *, at: datetime = NOW, **fields: Any
) -> Miss:
    """A message that was not understood, and answered as that."""
    message = keep_incoming(work, conversation, text, at=at)
    reply = work.messages.add_outgoing(conversation, text="Can you say it in other words?", at=at)
    work.messages.mark_answered([message.id], reply.id)
    guesses = [Guess("ask_hours", 0.24), Guess("ask_opening", 0.2)]
    told = {"why": Why.REPHRASE, "language": Language.ENGLISH, "guesses": guesses, **fields}
    work.misses.add(message.id, at=at, **told)
    return work.misses.find_of_conversation(conversation.id)[-1]


def keep_phrase(work: UnitOfWork, miss: Miss, text: str = "", **fields: Any) -> Phrase:
    """One proposed by Ann."""
    told = {"intent": "ask_hours", "language": miss.language, "proposed_at": NOW, "proposed_by": "Ann", **fields}
    return work.phrases.propose(Phrase(text or miss.text, channel=miss.channel, miss_id=miss.id, **told))
