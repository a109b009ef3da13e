"""What a channel still takes from an account, and messages that did not arrive.

The channel's sender notes what is left (`note_left`); staff see it beside the reply box.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.conversation import Conversation, Message, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.services.outgoing import SENT_BY_SENDER
from bot.store.unit_of_work import UnitOfWork

_KEY = "sends_left"


@dataclass(frozen=True)
class Left:
    """What may still be sent from the account of a conversation."""

    is_limited: bool
    number: int | None = None
    """Messages until `resets_at`; None where the channel has not said."""
    resets_at: datetime | None = None


def note_left(work: UnitOfWork, account: str, number: int, *, resets_at: datetime) -> None:
    """For a channel's sender: so many more messages are taken from the account until then."""
    work.channels.put_state(account, _KEY, {"number": number, "resets_at": resets_at.isoformat()})


def find_left(work: UnitOfWork, conversation: Conversation, *, at: datetime) -> Left:
    """What is known now. What was noted for a time that is over is not known any more."""
    if conversation.channel not in SENT_BY_SENDER:
        return Left(is_limited=False)
    held = work.channels.get_state(conversation.account, _KEY)
    resets_at = datetime.fromisoformat(held["resets_at"]) if held else None
    if held is None or resets_at is None or resets_at <= at:
        return Left(is_limited=True)
    return Left(True, int(held["number"]), resets_at)


def send_again(work: UnitOfWork, conversation_id: str, message_id: int, *, by: str, at: datetime) -> Message:
    """A message that was not delivered waits to be sent once more, after those that wait already.

    Raises NotFound for a message that is not of the conversation; Conflict where it is not known to have failed: one
    that may have arrived is never sent twice.
    """
    message = work.messages.get(message_id)
    if message.conversation_id != conversation_id:
        raise NotFound(f"there is no message {message_id} in this conversation")
    if message.state is not MessageState.FAILED:
        raise Conflict(f"message {message_id} has not failed")
    work.outbox.queue_again(message_id, at=at)
    work.audit.add(by=by, action="send_again", subject_type="message", subject_id=str(message_id), at=at)
    return work.messages.get(message_id)
