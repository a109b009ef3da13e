"""A conversation as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Author, Conversation, ConversationState, Direction, Language, Message
from bot.jobcentre.wording.blanks import fill
from bot.services.conversations import state_of
from bot.store.unit_of_work import UnitOfWork

SHOWN_AT_MOST = 200
_LINK = re.compile(
    r"(?P<web>https?://[^\s<>]*[^\s<>.,;:!?'\"’”)\]])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    # Relay UK, which is dialled in one go ("18001 then 0800 328 5644"), a whole number, a short one.
    r"|(?P<relay>\b18001 (?:\w+ ){1,3}(?=0))?(?P<phone>(?<![\w£.,/+-])(?:\+44 ?|0)\d(?: ?\d){6,11}(?![\w/-]))"
    r"|(?P<short>(?<![\w£.,/+-])(?:999|116 123|111(?=[,;.)]|$))(?![\w/-]|[.,]\d))"
    r"|(?<=\bSHOUT to )(?P<text>\d{5})\b",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Part:
    """A piece of a paragraph; with `href` it is a link."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Shown:
    """One message as it is shown: what a person wrote is what the door left of it."""

    id: int
    author: str
    """person, assistant or adviser. Which adviser stays with staff."""
    language: Language
    at: datetime
    text: str
    in_reply_to: int | None
    message_id: str | None = None
    """The browser's own id of what a person wrote, by which its script knows it again."""

    @property
    def paragraphs(self) -> list[list[Part]]:
        """A line break inside a paragraph stays in its text. Links only in what we said."""
        return [
            [Part(paragraph)] if self.author == "person" else find_links(paragraph)
            for paragraph in re.split(r"\n{2,}", self.text)
        ]

    def time(self, language: Language, now: datetime) -> str:
        """ "10:30am", with its day where that is not today."""
        today = now.astimezone(LONDON).date().isoformat()
        return fill("{at:moment}", {"at": self.at.astimezone(LONDON).isoformat(), "today": today}, language)

    def to_dict(self, language: Language, now: datetime) -> dict[str, Any]:
        return {
            "id": self.id,
            "author": self.author,
            "language": self.language.value,
            "at": self.at.astimezone(LONDON).isoformat(),
            "time": self.time(language, now),
            "text": self.text,
            "paragraphs": [[vars(part) for part in paragraph] for paragraph in self.paragraphs],
            "in_reply_to": self.in_reply_to,
            "message_id": self.message_id,
        }


@dataclass(frozen=True)
class Transcript:
    """What is shown of a conversation, and how it stands."""

    messages: Sequence[Shown] = ()
    is_waiting: bool = False
    """Whether a message still waits for its reply."""
    state: ConversationState = ConversationState.ASSISTANT

    @property
    def is_cut(self) -> bool:
        """Whether there may be earlier messages."""
        return len(self.messages) == SHOWN_AT_MOST

    def to_dict(self, language: Language, now: datetime) -> dict[str, Any]:
        return {
            "messages": [message.to_dict(language, now) for message in self.messages],
            "is_waiting": self.is_waiting,
            "state": self.state.value,
        }


def find_links(text: str) -> list[Part]:
    """The text in pieces: web and email addresses, and numbers to call, apart."""
    parts: list[Part] = []
    done = 0
    for found in _LINK.finditer(text):
        href = _href(found)
        if not href:
            continue
        if found.start() > done:
            parts.append(Part(text[done : found.start()]))
        parts.append(Part(found[0], href))
        done = found.end()
    if done < len(text):
        parts.append(Part(text[done:]))
    return parts


def _href(found: re.Match[str]) -> str:
    """Where it leads; "" for digits that nobody can call."""
    if found["web"]:
        return found["web"]
    if found["mail"]:
        return f"mailto:{found['mail']}"
    if found["text"]:
        return f"sms:{found['text']}"
    digits = re.sub(r"\D", "", found["short"] or found["phone"])
    if found["phone"] and not phonenumbers.is_valid_number(phonenumbers.parse(found["phone"], "GB")):
        return ""
    plus = "+" if found[0].startswith("+") else ""
    return f"tel:{'18001' if found['relay'] else ''}{plus}{digits}"


def find_conversation(work: UnitOfWork, sender: str, account: str, channel: str) -> Conversation | None:
    """The conversation of that sender and account; None before its first message."""
    found = work.conversations.find_of_sender(sender)
    return next((c for c in found if c.account == account and c.channel == channel), None)


def find_transcript(work: UnitOfWork, conversation: Conversation | None, after: int = 0) -> Transcript:
    """Its last messages, oldest first; with `after`, those with a higher number."""
    if conversation is None:
        return Transcript()
    if after:
        messages = work.messages.find_after(conversation.id, after, limit=SHOWN_AT_MOST)
    else:
        messages = work.messages.transcript(conversation.id, limit=SHOWN_AT_MOST)
    return Transcript(
        [_shown(message, _language(message, messages, conversation)) for message in messages],
        bool(work.messages.find_unanswered(conversation.id)),
        state_of(conversation.is_stopped, work.handoffs.unresolved_of(conversation.id)),
    )


def find_reply(work: UnitOfWork, message: Message) -> Shown | None:
    """The assistant's reply to a message, or to the burst that it was part of. None before it came, or in silence."""
    later = work.messages.find_after(message.conversation_id, message.id)
    reply = _reply_among(later, message.id)
    if reply is None:
        return None
    return _shown(reply, _language(reply, later, work.conversations.get(message.conversation_id)))


def _shown(message: Message, language: Language) -> Shown:
    if message.direction is Direction.IN:
        own_id = (message.external_id or "").rpartition(":")[2] or None
        return Shown(message.id, "person", language, message.at, message.text, None, own_id)
    author = "adviser" if message.author is Author.ADVISER else "assistant"
    return Shown(message.id, author, language, message.at, message.text, message.in_reply_to)


def _language(message: Message, messages: Sequence[Message], conversation: Conversation) -> Language:
    """What the reply was kept with; a person's message has the language of its reply."""
    reply = message if message.direction is Direction.OUT else _reply_among(messages, message.id)
    kept = reply.details.get("language") if reply else None
    return Language(kept) if kept else conversation.language or Language.ENGLISH


def _reply_among(messages: Sequence[Message], message_id: int) -> Message | None:
    replies = (m for m in messages if m.direction is Direction.OUT and m.id > message_id)
    return next((m for m in replies if m.in_reply_to is not None and m.in_reply_to >= message_id), None)
