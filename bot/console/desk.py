"""What every page has at hand: the database, the assistant's knowledge and words, the clock, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app, g, url_for

from bot.jobcentre.wording import Responses
from bot.services import staff
from bot.services.knowledge import Knowledge
from bot.services.limits import RateLimit
from bot.services.practice import PracticeClock
from bot.store.records import StaffMember
from bot.store.unit_of_work import UnitOfWork

EXTENSION = "jobcentre"


@dataclass(frozen=True)
class Practice:
    """A place to try everything, with nobody outside."""

    clock: PracticeClock
    chat: str
    """Address of its web chat."""


@dataclass(frozen=True)
class Published:
    """What was last made for the public, and of which version of the data."""

    version: Hashable
    text: str


@dataclass(frozen=True)
class Console:
    """What the application was made with."""

    knowledge: Knowledge
    responses: Responses
    clock: Callable[[], datetime]
    is_clock_fixed: bool = False
    """Whether the clock stands still, for tests and for trying things out."""
    practice: Practice | None = None
    """None where what is done is real."""
    can_mail: bool = True
    """Whether there is a mail server: else no contact for the night is ever told."""
    learns_from_x: bool = False
    """Whether training phrases may be made of messages on X, whose terms forbid it."""
    address: str = "http://localhost/"
    """Where people reach it, with a slash at the end. Links that leave it begin so, whatever host a request names."""
    tries: RateLimit = field(default_factory=lambda: RateLimit(burst=20, seconds=15.0))
    """To sign in and failing, from one address. Beside the lock of each name: guessing many names must be as
    useless."""
    known_tries: RateLimit = field(
        default_factory=lambda: RateLimit(burst=staff.TRIES, seconds=staff.LOCKED_FOR.total_seconds() / staff.TRIES)
    )
    """To sign in, in one browser that is known: as often as the lock of a name lets others try."""

    published: dict[str, Published] = field(default_factory=dict)
    """By view."""

    def work(self, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        """One transaction: kept when the block ends, undone when it raises."""
        return self.knowledge.store.unit_of_work(write=write)


def console() -> Console:
    found: Console = current_app.extensions[EXTENSION]
    return found


def work(*, write: bool = True) -> AbstractContextManager[UnitOfWork]:
    return console().work(write=write)


def address_of(view: str, **blanks: Any) -> str:
    """Of a page, for whoever is somewhere else."""
    return console().address + url_for(view, **blanks).lstrip("/")


class _Undone(Exception):
    """Ends a piece of work that was only a try."""


@contextmanager
def trial() -> Iterator[UnitOfWork]:
    """A piece of work that is undone when the block ends: to see what a change would do, exactly."""
    try:
        with work() as piece:
            yield piece
            raise _Undone
    except _Undone:
        pass


def now() -> datetime:
    """The moment of this request: the same wherever a page asks."""
    if "now" not in g:
        g.now = console().clock()
    moment: datetime = g.now
    return moment


def me() -> StaffMember:
    """Who is signed in. Only for pages that need a role."""
    member: StaffMember = g.staff
    return member
