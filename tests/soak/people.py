"""Who writes what, and when: the same seed has the same people."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.fake_x.clock import START

NUMBER = "QQ123456C"
"""What some of them should not have sent: it may be kept nowhere."""
_LETTERS, _BETWEEN = "bcdfghjklmnp", "aeiouwyqrstv"
"""In turns: of letters that are drawn out, one would be read as two."""
_MOST_AT_ONCE = 4
LAST = timedelta(minutes=5)
"""Before the end of a day nobody begins to write."""


@dataclass(frozen=True)
class Sizes:
    accounts: int = 95
    people: int = 2000
    messages: int = 10_000
    kills: int = 50
    days: int = 7
    hours: float = 2.0
    """In which people write, each day. The nights are passed over: nobody is up, and the process is killed."""

    def opens(self, day: int) -> datetime:
        return START + timedelta(days=day)

    def closes(self, day: int) -> datetime:
        return self.opens(day) + timedelta(hours=self.hours)


@dataclass(frozen=True)
class Letter:
    at: datetime
    mark: str
    """A word of its own. Letters alone: a long number might be taken for somebody's."""
    person: str
    account: str

    @property
    def text(self) -> str:
        return f"{self.mark} {NUMBER}" if self.mark.endswith(_LETTERS[0]) else f"{self.mark} are you open"


def handles(sizes: Sizes) -> list[str]:
    return [f"JCPin{number:03}" for number in range(sizes.accounts)]


def names(sizes: Sizes) -> list[str]:
    return [f"person{number:05}" for number in range(sizes.people)]


def letters(sizes: Sizes, dice: random.Random) -> list[Letter]:
    """Oldest first: several at once now and then, mostly to one account."""
    accounts, people = handles(sizes), names(sizes)
    home = {person: dice.choice(accounts) for person in people}
    found: list[tuple[datetime, str, str]] = []
    while len(found) < sizes.messages:
        person = dice.choice(people)
        account = home[person] if dice.random() < 0.9 else dice.choice(accounts)
        at = sizes.opens(dice.randrange(sizes.days)) + (timedelta(hours=sizes.hours) - LAST) * dice.random()
        for _ in range(min(dice.randint(1, _MOST_AT_ONCE), sizes.messages - len(found))):
            found.append((at, person, account))
            at += timedelta(seconds=dice.uniform(1, 40))
    return [Letter(at, mark_of(number), *who) for number, (at, *who) in enumerate(sorted(found))]


def mark_of(number: int) -> str:
    """In the order of the numbers only by `Letter`, not by the alphabet."""
    told = ""
    for letters_here in (_LETTERS, _BETWEEN) * 3:
        number, rest = divmod(number, len(letters_here))
        told = letters_here[rest] + told
    return f"zz{told}"
