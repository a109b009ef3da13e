"""What staff write to a person in the channel itself, beside the console: an adviser has spoken."""

from __future__ import annotations

from datetime import datetime

from bot.jobcentre.conversation import Author, Conversation, Message, MessageState
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.services.handoffs import BY_HAND
from bot.store.unit_of_work import UnitOfWork


def keep(
    work: UnitOfWork, conversation: Conversation, text: str, *, external_id: str, at: datetime, takes_over: bool
) -> Message:
    """Enter it in the transcript as an adviser's. With `takes_over` the assistant is silent from then on, until
    somebody hands the conversation back, or it goes back by itself as any other that an adviser left."""
    message = work.messages.add_outgoing(
        conversation,
        text=text,
        at=at,
        author=Author.ADVISER,
        author_name=BY_HAND,
        state=MessageState.SENT,
        external_id=external_id,
    )
    if takes_over:
        _take_over(work, conversation, at)
    return message


def _take_over(work: UnitOfWork, conversation: Conversation, at: datetime) -> None:
    """What the assistant has not sent yet is not sent any more."""
    handoff = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=at)
    if handoff.state is HandoffState.OPEN:
        handoff = work.handoffs.claim(handoff.id, by=BY_HAND, at=at)
        after = {"state": HandoffState.ASSIGNED.value, "assignee": BY_HAND}
        work.audit.add(
            by=BY_HAND, action="claim", subject_type="handoff", subject_id=str(handoff.id), at=at, after=after
        )
    if handoff.assignee:  # whoever of the console has it has been helped
        work.handoffs.note_reply(handoff.id, by=handoff.assignee, at=at)
    for message in work.outbox.find_queued(conversation.id):
        if message.author is Author.ASSISTANT:
            work.outbox.mark_stale(message.id, why="staff have answered by hand")
