"""Messages that the assistant sends of itself, through the same outbox and in the same order as its replies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.jobcentre.answer import Answer
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.contact import blanks_of
from bot.jobcentre.conversation import Author, Conversation, Language, Message, MessageState
from bot.jobcentre.wording import Responses, render
from bot.store.unit_of_work import UnitOfWork

SENT_BY_SENDER = frozenset({"x"})
"""Channels whose messages a sender delivers. Elsewhere a message has arrived once it is kept."""


def first_state(conversation: Conversation) -> MessageState:
    """The state in which an outgoing message is kept."""
    return MessageState.QUEUED if conversation.channel in SENT_BY_SENDER else MessageState.SENT


def say(
    work: UnitOfWork, conversation: Conversation, answers: Sequence[Answer], responses: Responses, *, at: datetime
) -> Message | None:
    """Tell the person something in their language. None, and nothing sent, after "stop" and to whom staff blocked."""
    if conversation.is_stopped or conversation.is_blocked:
        return None
    language = language_of(work, conversation)
    today = at.astimezone(LONDON).date().isoformat()
    told = [Answer(a.response, a.kind, {"today": today, **a.blanks}) for a in answers]
    return work.messages.add_outgoing(
        conversation,
        text=render(responses, told, language),
        at=at,
        author=Author.ASSISTANT,
        answers=[answer.to_dict() for answer in told],
        state=first_state(conversation),
        details={"language": language.value},
    )


def language_of(work: UnitOfWork, conversation: Conversation) -> Language:
    """The conversation's, else the account's."""
    if conversation.language:
        return conversation.language
    found = (a.language for a in work.accounts.find_all() if a.handle == conversation.account)
    return next(found, Language.ENGLISH)


def link(work: UnitOfWork, contact_id: str) -> str:
    """The address of a directory row that may be said; GOV.UK's own where the row is not held."""
    blanks = blanks_of(work.contacts.find_by_ids([contact_id]))
    return str(blanks[0]["value"]) if blanks else "https://www.gov.uk/"
