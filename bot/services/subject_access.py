"""What is held of one person, for whoever answers their request to see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.jobcentre.conversation import Author, Conversation, Message
from bot.jobcentre.handoff import Handoff
from bot.services import retention
from bot.store.records import Miss
from bot.store.unit_of_work import UnitOfWork

AT_MOST = 100_000
"""Messages of one conversation."""


def export(
    work: UnitOfWork,
    sender: str,
    *,
    account: str | None = None,
    channel: str | None = None,
    by: str,
    at: datetime,
) -> dict[str, Any]:
    """All that is held of a person, as JSON; the names of our staff are left out. The history says that it was done,
    and does not name them. Raises BadInput where nobody is named."""
    found = retention.find_of_sender(work, sender, account=account, channel=channel)
    conversations = [_conversation(work, conversation) for conversation in found]
    messages = sum(len(conversation["messages"]) for conversation in conversations)
    after = {"conversations": len(found), "messages": messages}
    work.audit.add(by=by, action="export", subject_type="messages", subject_id="", at=at, after=after)
    return {"sender": sender, "exported_at": at.isoformat(), "conversations": conversations}


def _conversation(work: UnitOfWork, conversation: Conversation) -> dict[str, Any]:
    return {
        "account": conversation.account,
        "channel": conversation.channel,
        "language": conversation.language.value if conversation.language else None,
        "has_asked_for_no_more_messages": conversation.is_stopped,
        "last_wrote_at": _moment(conversation.last_in_at),
        "what_it_is_about": dict(conversation.dialogue),
        "messages": [_message(message) for message in work.messages.transcript(conversation.id, limit=AT_MOST)],
        "not_understood": [_miss(miss) for miss in work.misses.find_of_conversation(conversation.id)],
        "handed_to_people": [_handoff(work, handoff) for handoff in work.handoffs.find_of(conversation.id)],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "at": message.at.isoformat(),
        "written_by": "adviser" if message.author is Author.ADVISER else message.author.value,
        "text": message.text,
        "state": message.state.value,
        "removed_from_it": list(message.redacted),
        "risks_heard_in_it": list(message.risks),
        "made_from": [dict(answer) for answer in message.answers],
    }


def _miss(miss: Miss) -> dict[str, Any]:
    return {
        "at": miss.at.isoformat(),
        "known_by": miss.why.value,
        "taken_for": [[guess.intent, guess.confidence] for guess in miss.guesses],
        "answered_as": [kind.value for kind in miss.kinds],
        "phrase_made_of_it": miss.phrase.text if miss.phrase else None,
    }


def _handoff(work: UnitOfWork, handoff: Handoff) -> dict[str, Any]:
    notes = work.handoffs.find_notes(handoff.id)
    return {
        "reason": handoff.reason.value,
        "priority": handoff.priority.value,
        "state": handoff.state.value,
        "waiting_since": handoff.waiting_since.isoformat(),
        "first_reply_at": _moment(handoff.first_reply_at),
        "resolved_at": _moment(handoff.resolved_at),
        "resolution": handoff.resolution,
        "record": _without_names(work.handoffs.get_details(handoff.id)),
        "notes": [{"at": note.at.isoformat(), "text": note.text} for note in notes],
    }


def _without_names(record: Any) -> Any:
    """A record without who of our staff made it."""
    if isinstance(record, dict):
        return {key: _without_names(value) for key, value in record.items() if key != "by"}
    return [_without_names(value) for value in record] if isinstance(record, list) else record


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
