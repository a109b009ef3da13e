"""What is kept beside the values of `bot.jobcentre`: who said it and when, and what only the store needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.jobcentre.closure import Closure, StaffDay
from bot.jobcentre.conversation import Conversation, Language, Message
from bot.jobcentre.handoff import HandoffReason, Priority
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Guess, Why
from bot.jobcentre.phrase import PhraseState


class NameKind(str, Enum):
    """What another name of an office is."""

    ALIAS = "alias"
    OLD = "old"
    BUILDING = "building"
    WELSH = "welsh"
    NICKNAME = "nickname"


@dataclass(frozen=True)
class OfficeName:
    office_id: str
    name: str
    kind: NameKind = NameKind.ALIAS


@dataclass(frozen=True)
class SaidHours:
    """Hours of one office, and who said so."""

    hours: OpeningHours
    said_at: datetime
    said_by: str
    superseded_at: datetime | None = None
    """When later hours took their place altogether."""


@dataclass(frozen=True)
class SaidDay:
    """What staff said of a day, and who said so."""

    id: int
    staff_day: StaffDay
    said_by: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class ClosureVersion:
    """A closure as it stood after one change."""

    version: int
    action: str
    """`published`, `amended`, `withdrawn` or `restored`."""
    at: datetime
    by: str
    closure: Closure
    reason: str = ""


@dataclass(frozen=True)
class Taken:
    """A conversation that this worker alone may answer for a while, and what waits in it, oldest first."""

    conversation: Conversation
    messages: tuple[Message, ...]
    token: str
    """Proves at the end that nobody took it over meanwhile."""


@dataclass(frozen=True)
class ToSend:
    """An outgoing message that is due, and to whom."""

    message: Message
    conversation: Conversation
    attempts: int
    """How often sending it was begun."""
    attempted_at: datetime | None = None
    """When it was begun last."""
    is_first: bool = True
    """Whether nothing of its conversation has been sent before it."""


@dataclass(frozen=True)
class Quota:
    """A number of calls in a stretch of time."""

    account: str
    """Whose; "" where all accounts share it."""
    window: str
    """Which calls, and how long the stretch is."""
    limit: int
    remaining: int
    reserved: int = 0
    """The last so many are for what must not wait."""
    resets_at: datetime | None = None
    """When the stretch ends; None: it begins with the next call."""


@dataclass(frozen=True)
class Note:
    """What staff wrote for staff."""

    id: int
    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Viewer:
    """A member of staff who looks at a conversation."""

    handoff_id: int
    name: str
    seen_at: datetime


@dataclass(frozen=True)
class CannedReply:
    """A reply that advisers choose instead of writing it anew. `id` is 0 until kept."""

    title: str
    text: str
    text_cy: str = ""
    account: str | None = None
    """Handle of the only account whose advisers see it; None is every account."""
    is_active: bool = True
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int = 0


@dataclass(frozen=True)
class Alarm:
    """A notice that somebody waits too long, on its way to one place. It never holds what they wrote."""

    id: int
    handoff_id: int
    level: str
    way: str
    """`webhook` or `email`."""
    to: str
    """Email addresses; "" for the webhook, whose address is a setting."""
    raised_at: datetime
    attempts: int = 0
    next_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    error: str | None = None
    """Why the last attempt failed."""


@dataclass(frozen=True)
class Outcome:
    """What became of one handoff, in numbers: which one is not known."""

    day: date
    """In London, on which it was opened."""
    account: str
    reason: HandoffReason
    priority: Priority
    resolution: str
    claim_minutes: int | None
    """From waiting to the last claim, as `Staffing.waited` counts; None where nobody claimed it."""
    reply_minutes: int | None
    """To the first reply; None where there was none."""
    end_minutes: int
    was_late: bool
    """Whether it was claimed, or ended unclaimed, past its target."""


@dataclass(frozen=True)
class Miss:
    """What was said in a turn that was not understood. Who said it is not among it."""

    id: int
    at: datetime
    text: str
    """As the door left it."""
    account: str
    channel: str
    language: Language
    why: Why
    guesses: tuple[Guess, ...] = ()
    """What the classifier took it for, the likeliest first."""
    kinds: tuple[Kind, ...] = ()
    """What it was answered as, where the answer was not to what was asked."""
    phrase: Phrase | None = None
    """The last that was made of it."""


@dataclass(frozen=True)
class WantedMisses:
    """What to look for; what is left out matters not."""

    accounts: frozenset[str] | None = None
    """Handles; None is all."""
    channel: str | None = None
    language: Language | None = None
    why: Why | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Phrase:
    """A training phrase that staff made of a message. `id` is 0 until kept."""

    text: str
    """With `{place}` and `{day}` for what the message named."""
    intent: str
    language: Language
    channel: str
    """By which the message came."""
    proposed_at: datetime
    proposed_by: str
    miss_id: int | None = None
    """The message it was made of; None once it is accepted."""
    state: PhraseState = PhraseState.PROPOSED
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""
    """Why it was rejected."""
    id: int = 0


@dataclass(frozen=True)
class AuditEvent:
    """One change: who made it, when, and what it was before and after."""

    id: int
    at: datetime
    by: str
    action: str
    subject_type: str
    subject_id: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    clock_was_fixed: bool = False


class Role(str, Enum):
    """Each may do what the one before it may."""

    VIEWER = "viewer"
    ADVISER = "adviser"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    def includes(self, other: Role) -> bool:
        return list(Role).index(self) >= list(Role).index(other)


@dataclass(frozen=True)
class StaffMember:
    """A member of staff. `id` is 0 until kept."""

    name: str
    role: Role
    email: str | None = None
    accounts: tuple[str, ...] = ()
    """Handles of the accounts they see; none is all."""
    password_hash: str | None = field(default=None, repr=False)
    totp_secret: str | None = field(default=None, repr=False)
    is_active: bool = True
    invited_at: datetime | None = None
    invited_by: str | None = None
    invitation_hash: str | None = field(default=None, repr=False)
    """Of the link with which they choose a password; None where none is open."""
    invitation_expires_at: datetime | None = None
    last_sign_in_at: datetime | None = None
    failed_sign_ins: int = 0
    """In a row."""
    locked_until: datetime | None = None
    session_version: int = 1
    """Sessions of an earlier version have ended."""
    last_code_step: int = 0
    """The half minute, counted from 1970, of the one-time code used last: it and those before it work no more."""
    id: int = 0

    def may_see(self, account: str) -> bool:
        return not self.accounts or account.casefold() in {handle.casefold() for handle in self.accounts}


@dataclass(frozen=True)
class Erased:
    """How much an erasure or a purge removed."""

    conversations: int
    messages: int
    kept: int = 0
    """Conversations of which something stays because an open case needs it."""
    handoffs: int = 0
    """Handoffs that went although their conversation stays, with their reasons, notes and checklists."""
    dialogues: int = 0
    """Conversations whose dialogue was forgotten."""
    misses: int = 0
    """Notes that a message was not understood which went although the message stays."""

    def __add__(self, other: Erased) -> Erased:
        return Erased(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


@dataclass(frozen=True)
class Erasure:
    """What was erased because somebody asked for it."""

    conversation_id: str
    before: int | None
    """Messages with a lower number; None for the whole conversation."""
    at: datetime


@dataclass(frozen=True)
class Marks:
    """What stays of what was erased."""

    erasures: tuple[Erasure, ...]
    """What somebody asked for, the oldest first."""
    fingerprints: Mapping[str, datetime]
    """Of messages, and until when each is known again."""
