"""A database as it is after a busy year: every office of the register, 10,000 past closures with their history, 100,000
messages with what was counted of them and who was handed on, and 30 closures and 2 watches in force.

Put in as rows: saying it all through the services would take an hour.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from bot.jobcentre.closure import Cause, Closure, Effect, Scope, Watch
from bot.jobcentre.conversation import Author, Direction, MessageState
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Why
from bot.jobcentre.office import Nation, Office
from bot.services import closures, samples, staff
from bot.services.insights import Served
from bot.settings import PROJECT
from bot.store import tables
from bot.store.codecs import body_of, closure_row, entities_of
from bot.store.records import Role, StaffMember
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, HOUR, NOW, keep_offices, make_account, make_closure, make_period, make_scope, make_watch
from tests.register import VARIABLE, load_centres, load_offices, load_places

PAST_CLOSURES = 10_000
LIVE_CLOSURES = 30
MESSAGES = 100_000
OF_A_CONVERSATION = 5
HANDOFFS = 4_000
STILL_WAITING = 60
MISSES = 3_000
PHRASES = 2_000
DAYS = 365
CLUSTER = 11
"""Offices that an account serves, and that one closure is about: Leeds has so many."""
_EFFECTS = (Effect.CLOSED, Effect.CLOSED, Effect.URGENT_ONLY, Effect.APPOINTMENTS_ONLY, Effect.ACCESS_PROBLEM)
_CAUSES = (Cause.WEATHER, Cause.FLOOD, Cause.POWER, Cause.STRIKE, Cause.TRAINING)


def fill(store: Store) -> StaffMember:
    """All of it, in an empty database; returns an administrator. Without the register: the sample's offices."""
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=NOW - DAYS * DAY)
        if os.environ.get(VARIABLE):
            _put_register(work)
        offices = [office for office in work.offices.find_all() if office.is_running]
        _put_past_closures(work, offices)
        _put_messages(work)
        _put_statistics(work, offices)
        _put_live_closures(work, offices)
        for number in range(40):
            staff.add(work, f"Person {number}", Role.EDITOR, by="set-up", at=NOW - DAYS * DAY)
        return staff.add(work, "Ann", Role.ADMINISTRATOR, by="set-up", at=NOW - DAYS * DAY)


def _put_register(work: UnitOfWork) -> None:
    """The register in place of the sample's offices, with hours for all and an account for each cluster."""
    held = {office.id for office in work.offices.find_all()}
    keep_offices(work, [office for office in load_offices() if office.id not in held])
    work.places.replace_all(load_places())
    work.places.replace_centres(load_centres())
    offices = work.offices.find_all()
    for first in range(0, len(offices), CLUSTER):
        account = make_account(f"JCPCluster{first // CLUSTER}", name=f"Cluster {first // CLUSTER}")
        work.accounts.put(account, make_scope(*(office.id for office in offices[first : first + CLUSTER])))


# Closures


def _put_past_closures(work: UnitOfWork, offices: list[Office]) -> None:
    first = 1 + (work.connection.execute(select(func.max(tables.closures.c.id))).scalar() or 0)
    drafts = list(islice(_past_closures(offices), PAST_CLOSURES))
    numbered = list(enumerate(drafts, first))
    _insert(work, tables.closures, ({**closure_row(c), "active_until": c.period.end, "id": n} for n, c in numbered))
    _insert(work, tables.closure_entities, (row for n, c in numbered for row in _entities(n, c)))
    _insert(work, tables.closure_versions, (_version(n, c) for n, c in numbered))
    _insert(work, tables.audit_events, (_event(n, c) for n, c in numbered))


def _past_closures(offices: list[Office]) -> Iterator[Closure]:
    """Spread over the year, of one office or a cluster each."""
    causes, effects = cycle(_CAUSES), cycle(_EFFECTS)
    for number in range(PAST_CLOSURES):
        start = NOW - DAYS * DAY * (PAST_CLOSURES - number) / PAST_CLOSURES - DAY
        of = [offices[(number * 7 + step) % len(offices)].id for step in range(CLUSTER if number % 10 == 0 else 1)]
        said = {"cause": next(causes), "effect": next(effects), "published_at": start}
        yield make_closure(scope=make_scope(*of), period=make_period(start, start + 8 * HOUR), **said)


def _entities(number: int, closure: Closure) -> Iterator[Mapping[str, Any]]:
    for kind, value, out in entities_of(closure.scope):
        row = {"closure_id": number, "kind": kind, "value": value, "is_exception": out}
        yield {**row, "active_until": closure.period.end}


def _version(number: int, closure: Closure) -> Mapping[str, Any]:
    said = {"at": closure.published_at, "by": f"Person {number % 40}"}
    body = body_of(closure_row(closure), closure.scope)
    return {"closure_id": number, "version": 1, "action": "published", **said, "reason": "", "body": body}


def _event(number: int, closure: Closure) -> Mapping[str, Any]:
    subject = {"subject_type": "closure", "subject_id": f"C{number}", "action": "publish"}
    version = _version(number, closure)
    return {**subject, "at": version["at"], "by": version["by"], "before": None, "after": version["body"]}


def _put_live_closures(work: UnitOfWork, offices: list[Office]) -> None:
    """Of everywhere, a nation, two districts, clusters and single offices; with two watches."""
    accounts = [account.handle for account in work.accounts.find_all() if len(account.offices) > 1]
    wide = [Scope(everywhere=True), Scope(nations=frozenset({Nation.SCOTLAND}))]
    wide += [Scope(districts=frozenset({office.district})) for office in offices[::300]]
    wide += [Scope(accounts=frozenset({handle})) for handle in accounts[:10]]
    scopes = [*wide, *(make_scope(office.id) for office in offices[5::7])][:LIVE_CLOSURES]
    for scope, effect in zip(scopes, cycle([Effect.ACCESS_PROBLEM, *_EFFECTS])):
        draft = make_closure(scope=scope, effect=effect, period=make_period(NOW - HOUR, NOW + 6 * HOUR))
        _say(work, draft)
    for scope in wide[1], wide[-1]:
        _say(work, make_watch(scope=scope, period=make_period(NOW - HOUR, NOW + 6 * HOUR)))


def _say(work: UnitOfWork, draft: Closure | Watch) -> None:
    if isinstance(draft, Watch):
        closures.watch(work, draft, by="Ann", at=NOW - HOUR)
    else:
        closures.publish(work, replace(draft, cause=Cause.WEATHER), by="Ann", at=NOW - HOUR)


# Messages


def _put_messages(work: UnitOfWork) -> None:
    accounts = [account.handle for account in work.accounts.find_all()]
    number = MESSAGES // OF_A_CONVERSATION
    said = [(f"c{n:06}", accounts[n % len(accounts)], NOW - DAYS * DAY * (number - n) / number) for n in range(number)]
    _insert(work, tables.conversations, (_conversation(n, *one) for n, one in enumerate(said)))
    _insert(work, tables.messages, (row for one in said for row in _messages(*one)))
    _insert(work, tables.handoffs, (_handoff(n, *one) for n, one in enumerate(said[-HANDOFFS:])))
    _put_misses(work)


def _conversation(number: int, name: str, account: str, at: datetime) -> Mapping[str, Any]:
    person = {"sender": f"person-{number}", "channel": "webchat", "language": "en"}
    return {"id": name, "account": account, **person, "dialogue": {}, "last_in_at": at}


def _messages(name: str, account: str, at: datetime) -> Iterator[Mapping[str, Any]]:
    for number in range(OF_A_CONVERSATION):
        is_in = number % 2 == 0
        state = MessageState.ANSWERED if is_in else MessageState.SENT
        moment = at + timedelta(seconds=20 * number)
        yield {
            "conversation_id": name,
            "account": account,
            "direction": (Direction.IN if is_in else Direction.OUT).value,
            "author": (Author.PERSON if is_in else Author.ASSISTANT).value,
            "text": "is the office open tomorrow" if is_in else "Yes, it is open from 9am to 5pm.",
            "state": state.value,
            "at": moment,
            "received_at": moment if is_in else None,
            "sent_at": None if is_in else moment,
            "external_id": f"{name}-{number}" if is_in else None,
            **{"redacted": [], "risks": [], "answers": [], "details": {}},
        }


def _handoff(number: int, name: str, _account: str, at: datetime) -> Mapping[str, Any]:
    is_waiting = number >= HANDOFFS - STILL_WAITING
    taken = is_waiting and number % 2 == 0
    state = HandoffState.ASSIGNED if taken else HandoffState.OPEN if is_waiting else HandoffState.RESOLVED
    return {
        "conversation_id": name,
        "reason": list(HandoffReason)[number % len(HandoffReason)].value,
        "priority": "normal",
        "state": state.value,
        "waiting_since": at,
        "assignee": "Ann" if taken else None,
        "assigned_at": at + HOUR if taken else None,
        "resolved_at": None if is_waiting else at + HOUR,
        "resolved_by": None if is_waiting else "Ann",
        "resolution": "" if is_waiting else "answered",
        "details": {},
    }


def _put_misses(work: UnitOfWork) -> None:
    """The last that people wrote was not understood; of each tenth a phrase is proposed, and many are accepted."""
    written = select(tables.messages.c.id).where(tables.messages.c.direction == Direction.IN.value)
    latest = work.connection.execute(written.order_by(tables.messages.c.id.desc()).limit(MISSES)).scalars().all()
    miss = {"why": Why.REPHRASE.value, "language": "en", "kinds": [], "at": NOW - HOUR}
    guesses = [{"intent": "ask_hours", "confidence": 0.24}]
    _insert(work, tables.misses, ({"message_id": number, "guesses": guesses, **miss} for number in sorted(latest)))
    phrase = {"intent": "ask_hours", "language": "en", "channel": "webchat", "proposed_at": NOW, "proposed_by": "Bo"}
    waiting = ({"miss_id": n, "text": f"phrase {n}", "state": "proposed", **phrase} for n in range(1, MISSES, 10))
    accepted = ({"miss_id": None, "text": f"known {n}", "state": "accepted", **phrase} for n in range(PHRASES))
    _insert(work, tables.phrases, [*waiting, *accepted])


def _put_statistics(work: UnitOfWork, offices: list[Office]) -> None:
    """What was counted of the messages: so many questions on an account, of an office, in an hour."""
    chance, accounts, held = Random(4), [a.handle for a in work.accounts.find_all()], dict[tuple[Any, ...], Tally]()
    for _ in range(MESSAGES // 2):
        day = (NOW - chance.randrange(DAYS) * DAY).date()
        kind, served = chance.choice(list(Kind)).value, chance.choice(list(Served)).value
        office = chance.choice(offices).id if chance.random() < 0.7 else ""
        tally = Tally(day, chance.randrange(24), chance.choice(accounts), kind, served, office)
        held[tuple(vars(tally).values())] = tally
    work.statistics.add(*held.values())


def _insert(work: UnitOfWork, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    work.connection.execute(insert(table), list(rows))
