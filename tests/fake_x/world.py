"""Who is on the fake X, what they may, and every message they wrote. Nothing here knows of HTTP."""

from __future__ import annotations

import hashlib
import html
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import TypeVar

EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=timezone.utc)
"""X's ids count milliseconds from here, above 22 bits that tell those of one millisecond apart."""
READ_PRICE, SEND_PRICE = Decimal("0.010"), Decimal("0.015")
"""US dollars for an event read (once a day, UTC) and for a message sent."""
_LINK = re.compile(
    r"\b(?:https?://|www\.)?(?:[a-z0-9-]+\.)+(?:gov\.uk|org\.uk|co\.uk|com|org|uk|wales)\b[^\s,;)]*", re.I
)


class NoSuch(LookupError):
    """There is nobody of that name."""


class Permission(Enum):
    """What the app may do for an account, as chosen in X's developer pages when the account authorised it."""

    READ_WRITE_AND_MESSAGES = "read, write and direct messages"
    READ_AND_WRITE = "read and write"


@dataclass
class User:
    """Anybody on X."""

    id: str
    username: str
    is_suspended: bool = False


@dataclass
class Person(User):
    """Somebody who writes to accounts."""

    accepts_strangers: bool = False
    """Whether accounts may write first."""
    is_closed: bool = False
    """Takes no messages any more, not even from those they wrote to."""
    is_encrypted: bool = False
    """Has moved to encrypted chat: what they write from then on is in no list."""
    blocked: set[str] = field(default_factory=set)
    """Ids of accounts."""
    echoes: bool = False
    """Is a program that answers whatever it is sent, at once and for ever."""


@dataclass
class Account(User):
    """One of ours, with what its owner gave the app."""

    token: str = ""
    token_secret: str = ""
    is_revoked: bool = False
    permission: Permission = Permission.READ_WRITE_AND_MESSAGES


Added = TypeVar("Added", Person, Account)


@dataclass
class App:
    """The developer's app. All accounts share its daily limit and its credit."""

    consumer_key: str = "fake-consumer-key"
    consumer_secret: str = "fake-consumer-secret"
    is_enrolled: bool = True
    credit: Decimal | None = None
    """US dollars left; None: more than will ever be spent."""
    spent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Link:
    start: int
    end: int
    url: str
    """What stands in the text: X's own short form."""
    expanded_url: str


@dataclass
class Event:
    """Something in a conversation, mostly a message. `text` is as X gives it back: links are t.co's."""

    id: int
    event_type: str
    sender: str
    conversation: str
    at: datetime
    text: str = ""
    links: tuple[Link, ...] = ()
    media: tuple[str, ...] = ()
    shared_post: str | None = None
    participants: tuple[str, ...] = ()
    written: str = ""
    """The text as its writer typed it."""
    visible_from: datetime | None = None
    deleted_for: set[str] = field(default_factory=set)

    def is_seen_by(self, user: str, now: datetime) -> bool:
        """The sender's list too can be late."""
        return user not in self.deleted_for and (self.visible_from is None or self.visible_from <= now)


class World:
    """Users and conversations. Everything is made in the order of the calls: the same calls make the same ids."""

    def __init__(self, clock: Callable[[], datetime], seed: int = 1) -> None:
        self.clock = clock
        self.app = App()
        self.random = random.Random(seed)
        self.users: dict[str, User] = {}
        self.events: dict[int, Event] = {}
        self.lateness: dict[str, timedelta] = {}
        """Of what is written from now on, by id of the account in whose conversations it is: how late lists show it."""
        self.is_escaping = False
        """Whether "&", "<" and ">" come back as in HTML, as they do from some of X's addresses."""
        self._seen: dict[str, list[int]] = defaultdict(list)
        self._conversations: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, User] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._last_id = 0
        self._billed: dict[str, set[int]] = defaultdict(set)

    # Who there is

    def add_account(self, username: str) -> Account:
        made = Account(self._new_user_id(), username)
        made.token = f"{made.id}-{_digest('token', username)}"
        made.token_secret = _digest("secret", username)
        return self._added(made)

    def add_person(self, username: str) -> Person:
        return self._added(Person(self._new_user_id(), username))

    def _added(self, user: Added) -> Added:
        """Raises ValueError where somebody has the name."""
        if self._names.setdefault(user.username.casefold(), user) is not user:
            raise ValueError(f"{user.username} is there already")
        self.users[user.id] = user
        return user

    def accounts(self) -> list[Account]:
        return [user for user in self.users.values() if isinstance(user, Account)]

    def user_of_name(self, username: str) -> User:
        """Raises NoSuch."""
        try:
            return self._names[username.lstrip("@").casefold()]
        except KeyError:
            raise NoSuch(username) from None

    def account_of_name(self, username: str) -> Account:
        """Raises NoSuch."""
        user = self.user_of_name(username)
        if not isinstance(user, Account):
            raise NoSuch(username)
        return user

    def account_of_token(self, token: str) -> Account | None:
        user = self.users.get(token.partition("-")[0])
        return user if isinstance(user, Account) and user.token == token else None

    def _new_user_id(self) -> str:
        return str(880_001 + 7 * len(self.users))

    # What they write

    def write(self, sender: User, to: User, text: str = "", *, media: int = 0, shared_post: str | None = None) -> Event:
        """One user to another: a person to an account, staff of an account by hand, or an account to another.
        `media` is how many pictures or voice notes it has."""
        conversation = conversation_of(sender.id, to.id)
        self._members[conversation] = (sender.id, to.id)
        event = self._keep(sender, conversation, text, media, shared_post)
        if isinstance(sender, Person) and sender.is_encrypted:
            event.deleted_for.update((sender.id, to.id))
        return event

    def add_group(self, *members: User) -> str:
        """A group conversation; returns its id, which has no dash. Everybody has joined, as its first events say."""
        conversation = str(self._new_event_id())
        self._members[conversation] = tuple(user.id for user in members)
        first = members[0]
        joined = self._keep(first, conversation, "", 0, None, event_type="ParticipantsJoin")
        joined.participants = self._members[conversation]
        return conversation

    def send(self, sender: User, conversation: str, text: str) -> Event:
        """Into a conversation that there is."""
        sent = self._keep(sender, conversation, text, 0, None)
        for other in self.others_of(sender, conversation):
            if isinstance(other, Person) and other.echoes:
                self._keep(other, conversation, f"You said: {text}", 0, None)
        return sent

    def leave_group(self, user: User, conversation: str) -> Event:
        left = self._keep(user, conversation, "", 0, None, event_type="ParticipantsLeave")
        left.participants = (user.id,)
        self._members[conversation] = tuple(other.id for other in self.others_of(user, conversation))
        return left

    def delete(self, event: Event, account: Account) -> None:
        """From that account's own view alone."""
        event.deleted_for.add(account.id)

    def _keep(
        self,
        sender: User,
        conversation: str,
        text: str,
        media: int,
        shared_post: str | None,
        *,
        event_type: str = "MessageCreate",
    ) -> Event:
        now = self.clock()
        number = self._new_event_id()
        pictures = [f"3_{number + n}" for n in range(media)]
        beside = [f"https://x.com/messages/media/{key}" for key in pictures]
        if shared_post:
            beside.append(f"https://x.com/i/web/status/{shared_post}")
        written, text = text, " ".join(filter(None, (text, *beside)))
        shown, links = shortened(html.escape(text, quote=False) if self.is_escaping else text)
        event = Event(number, event_type, sender.id, conversation, now, shown, links, tuple(pictures), written=written)
        event.shared_post = shared_post
        late = max((self.lateness.get(user, timedelta()) for user in self._members[conversation]), default=timedelta())
        event.visible_from = now + late if late else None
        self.events[number] = event
        self._conversations[conversation].append(number)
        for user in set(self._members[conversation]):
            self._seen[user].append(number)
        return event

    def _new_event_id(self) -> int:
        milliseconds = (self.clock() - EPOCH) // timedelta(milliseconds=1)
        self._last_id = max(self._last_id + 1, milliseconds << 22)
        return self._last_id

    # What is there to read

    def seen_by(self, user: User, before: int | None = None) -> Iterator[Event]:
        """Newest first, of all its conversations; with `before`, only older ones."""
        return self._newest_first(self._seen[user.id], user, before)

    def in_conversation(self, conversation: str, user: User, before: int | None = None) -> Iterator[Event]:
        """Newest first, as that member sees them."""
        return self._newest_first(self._conversations.get(conversation, []), user, before)

    def _newest_first(self, numbers: list[int], user: User, before: int | None) -> Iterator[Event]:
        now = self.clock()
        for number in reversed(numbers):
            if (before is None or number < before) and self.events[number].is_seen_by(user.id, now):
                yield self.events[number]

    def is_member(self, user: User, conversation: str) -> bool:
        return user.id in self._members.get(conversation, ())

    def others_of(self, user: User, conversation: str) -> list[User]:
        return [self.users[member] for member in self._members.get(conversation, ()) if member != user.id]

    def conversation_with(self, user: User, other: str) -> str:
        """The id of the conversation of the two, which begins where there was none."""
        conversation = conversation_of(user.id, other)
        if other in self.users:
            self._members.setdefault(conversation, (user.id, other))
        return conversation

    def texts(self, one: User, other: User) -> list[tuple[str, str]]:
        """For tests: who wrote what in the conversation of the two, oldest first, as they typed it."""
        numbers = self._conversations.get(conversation_of(one.id, other.id), [])
        events = [self.events[number] for number in numbers]
        return [(self.users[event.sender].username, event.written) for event in events]

    def may_write(self, account: Account, to: User) -> bool:
        """Whether X lets that account write to somebody."""
        if to.is_suspended:
            return False
        if not isinstance(to, Person):
            return True
        if to.is_closed or account.id in to.blocked:
            return False
        wrote = any(event.sender == to.id for event in self.in_conversation(conversation_of(account.id, to.id), to))
        return wrote or to.accepts_strangers

    # What it costs

    def charge_reading(self, events: list[Event]) -> None:
        """An event costs once a day (UTC), however often it is read."""
        today = self._billed[self.clock().date().isoformat()]
        new = {event.id for event in events} - today
        today |= new
        self._charge(READ_PRICE * len(new))

    def charge_sending(self) -> None:
        self._charge(SEND_PRICE)

    @property
    def is_out_of_credit(self) -> bool:
        return self.app.credit is not None and self.app.credit <= 0

    def _charge(self, price: Decimal) -> None:
        self.app.spent += price
        if self.app.credit is not None:
            self.app.credit -= price

    def count_by_sender(self) -> Counter[str]:
        """How many messages each user wrote, by name."""
        return Counter(self.users[event.sender].username for event in self.events.values())


def conversation_of(one: str, other: str) -> str:
    """The id of the conversation of two users: the smaller id first."""
    return "-".join(sorted((one, other), key=int))


def shortened(text: str) -> tuple[str, tuple[Link, ...]]:
    """The text with its links as t.co's, as X keeps it."""
    parts: list[str] = []
    links: list[Link] = []
    done = length = 0
    for found in _LINK.finditer(text):
        short = f"https://t.co/{_digest(found.group())[:10]}"
        before = text[done : found.start()]
        length += len(before)
        full = found.group() if "://" in found.group() else f"http://{found.group()}"
        links.append(Link(length, length + len(short), short, full))
        parts += [before, short]
        length += len(short)
        done = found.end()
    return "".join([*parts, text[done:]]), tuple(links)


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]
