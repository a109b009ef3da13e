"""Accounts, conversations and messages: who speaks with whom, and how far each message has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.jobcentre.office import Nation


class Language(str, Enum):
    ENGLISH = "en"
    WELSH = "cy"


class ConversationState(str, Enum):
    """Who speaks, as `jobcentre ask` names it."""

    ASSISTANT = "assistant"
    WAITING = "waiting"
    """For a person; the assistant still answers routine questions."""
    WITH_ADVISER = "with_adviser"
    """The assistant is silent."""
    STOPPED = "stopped"


class Direction(str, Enum):
    IN = "in"
    OUT = "out"


class Author(str, Enum):
    PERSON = "person"
    ASSISTANT = "assistant"
    ADVISER = "adviser"
    SYSTEM = "system"


class MessageState(str, Enum):
    """Incoming: received → answered, or ignored. Outgoing: queued → sending → sent, or failed, uncertain, stale."""

    RECEIVED = "received"
    ANSWERED = "answered"
    IGNORED = "ignored"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    STALE = "stale"


@dataclass(frozen=True)
class Account:
    """One of our accounts, and the offices it serves."""

    handle: str
    name: str
    nation: Nation = Nation.ENGLAND
    language: Language = Language.ENGLISH
    offices: tuple[str, ...] = ()
    """Ids of the offices it serves, by name, district or nation, as they are now."""
    is_paused: bool = False
    pause_reason: str = ""


@dataclass(frozen=True)
class Incoming:
    """What a transport hands in, before the door has looked at it."""

    account: str
    sender: str
    """The person, as the channel knows them. Opaque: never looked up."""
    text: str
    sent_at: datetime
    message_id: str
    """The channel's own id: the same message delivered twice has the same one."""
    channel: str = "webchat"
    at: datetime | None = None
    """The clock of this turn, where it is not `sent_at` (tests, practice)."""


@dataclass(frozen=True)
class Message:
    """One message as kept: its text is what the door left of it."""

    id: int
    conversation_id: str
    direction: Direction
    author: Author
    text: str
    state: MessageState
    at: datetime
    """The clock of the turn: when it was sent, or the moment the answer speaks from."""
    external_id: str | None = None
    redacted: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    answers: tuple[Mapping[str, Any], ...] = ()
    """Outgoing: the Answers it was rendered from, so that it can be rendered again."""
    author_name: str | None = None
    in_reply_to: int | None = None
    attempts: int = 0
    """How often answering it, or sending it, was begun."""
    error: str | None = None
    """Why sending it failed last, or why it was not sent. Holds nothing of the text."""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """One person with one account. Rasa knows it by its id, which says nothing of the person."""

    id: str
    account: str
    sender: str
    channel: str
    language: Language | None = None
    is_stopped: bool = False
    is_blocked: bool = False
    """Whether staff blocked the sender: nothing but help in a crisis is said to them."""
    is_trial: bool = False
    """Of `jobcentre ask`: raises no alarm and counts in no statistics."""
    dialogue: Mapping[str, Any] = field(default_factory=dict)
    """Rasa's slots, bounded."""
    last_in_at: datetime | None = None
