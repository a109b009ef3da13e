"""What the processes of `test_race.py` do: many people at once change the same closures, by the services or the forms.

Light to import, for each process imports it anew; whoever uses the forms imports the console too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from time import sleep
from typing import Any, Protocol

from bot.jobcentre.closure import Closure
from bot.jobcentre.errors import Conflict
from bot.services import closures
from bot.store.unit_of_work import Store
from tests.builders import NOW, make_closure

PASSWORD = "plum-anchor-velvet-7"
THINKS_AT_MOST = 0.2
"""Seconds between two changes of one person."""
OFFICES = 5
"""That a closure is about at the start."""
barrier: Any = None


def prepare(shared: Any) -> None:
    """Run once in each process."""
    global barrier
    barrier = shared


@dataclass(frozen=True)
class Tried:
    """One change that somebody wanted to make."""

    by: str
    action: str
    closure_id: str
    seen: Closure | None
    """What they had before them; None where they published."""
    mark: str
    """What only this change says: a note, a reason, or the office that opens again."""
    told: str | None
    """What they were told instead; None where it was made."""


class Person(Protocol):
    """Somebody at work. Each change raises Conflict where somebody else was quicker."""

    def publish(self, note: str) -> str: ...
    def amend(self, seen: Closure, mark: str) -> object: ...
    def reopen(self, seen: Closure, mark: str) -> object: ...
    def withdraw(self, seen: Closure, mark: str) -> object: ...
    def undo(self, seen: Closure, mark: str) -> object: ...


class AtTheService:
    def __init__(self, store: Store, name: str) -> None:
        self.store, self.says = store, {"by": name, "at": NOW}

    def publish(self, note: str) -> str:
        with self.store.unit_of_work() as work:
            return closures.publish(work, make_closure("wakefield", note=note), **self.says).id

    def amend(self, seen: Closure, mark: str) -> object:
        with self.store.unit_of_work() as work:
            draft = replace(seen, note=mark, withdrawn_at=None)
            return closures.amend(work, seen.id, draft, expected_version=seen.version, **self.says)

    def reopen(self, seen: Closure, mark: str) -> object:
        with self.store.unit_of_work() as work:
            return closures.reopen(work, seen.id, [mark], expected_version=seen.version, **self.says)

    def withdraw(self, seen: Closure, mark: str) -> object:
        with self.store.unit_of_work() as work:
            return closures.withdraw(work, seen.id, reason=mark, expected_version=seen.version, **self.says)

    def undo(self, seen: Closure, mark: str) -> object:
        with self.store.unit_of_work() as work:
            return closures.undo(work, seen.id, expected_version=seen.version, **self.says)


def work_at_once(url: str, name: str, steps: int, uses_forms: bool) -> list[Tried]:
    """Change what is there, side by side with all the others; returns what was tried."""
    store, chance = Store(url), Random(name)
    person = at_the_forms(store, name) if uses_forms else AtTheService(store, name)
    seen = _look(store, "C1")
    barrier.wait(120)
    # First all change the same thing, which all have before them: one of them is the quickest.
    tried = [_try(person, name, "amend", seen, f"{name} begins")]
    for step in range(steps):
        sleep(chance.uniform(0, THINKS_AT_MOST))
        if step % 5 == 4:
            tried.append(_publish(person, name, f"{name} publishes {step}"))
        seen = _look(store, chance.choice(_there(store)))
        action, mark = _choose(seen, chance, f"{name} at {step}", store)
        tried.append(_try(person, name, action, seen, mark))
    store.close()
    return tried


def _look(store: Store, closure_id: str) -> Closure:
    with store.unit_of_work(write=False) as work:
        return work.closures.get(closure_id)


def _there(store: Store) -> list[str]:
    with store.unit_of_work(write=False) as work:
        return [closure.id for closure in work.closures.find(include_withdrawn=True)]


def _choose(seen: Closure, chance: Random, mark: str, store: Store) -> tuple[str, str]:
    """Something that can be done to it."""
    if seen.withdrawn_at is not None:
        return "undo", mark
    with store.unit_of_work(write=False) as work:
        shut = [office.id for office in closures.find_offices(work, seen)]
    action = chance.choice(["amend", "amend", "reopen", "withdraw", "undo"])
    if action == "reopen" and len(shut) > 1:
        return action, chance.choice(shut)
    return ("amend" if action == "reopen" else action), mark


def _try(person: Person, name: str, action: str, seen: Closure, mark: str) -> Tried:
    change: Callable[[Closure, str], object] = getattr(person, action)
    try:
        change(seen, mark)
    except Conflict as refusal:
        return Tried(name, action, seen.id, seen, mark, str(refusal))
    return Tried(name, action, seen.id, seen, mark, None)


def _publish(person: Person, name: str, note: str) -> Tried:
    return Tried(name, "publish", person.publish(note), None, note, None)


def at_the_forms(store: Store, name: str) -> Person:
    """Somebody with a browser, signed in."""
    from tests.console.form_racer import AtTheForms

    return AtTheForms(store, name)
