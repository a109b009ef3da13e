"""What a sender does with the outbox: which message goes next, whether it is still to be said, and what came of it.

A message leaves at most once unless it is known not to have arrived. Where nobody knows, it is in doubt: it is looked
for at the channel, and nothing else of its conversation is sent until that is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from bot.jobcentre.answer import Answer, kinds_of
from bot.jobcentre.conversation import Author, Conversation, Message, MessageState
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Thread
from bot.services import quotas
from bot.services.quotas import Limit
from bot.store.records import ToSend
from bot.store.unit_of_work import UnitOfWork

LATE = timedelta(minutes=30)
"""After which a reply is made anew, from the same messages and by the clock of then."""
GONE = timedelta(hours=6)
"""After which an answer comes too late to be of use."""
GONE_URGENT = timedelta(hours=24)
"""The same, of help in a crisis and of what people wrote."""
LOOKS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 300))
"""When a message in doubt is looked for, counted from the attempt. The last must outlast the channel's slowest list."""
LOOK_AGAIN = timedelta(minutes=1)
"""After a look that could not be had."""
GIVE_UP = timedelta(hours=1)
"""How long after the attempt a message in doubt that could never be looked for is left uncertain."""
RESENT = "resent"
"""In the details of a message that was in doubt, was not found, and is sent once more."""


class Sort(IntEnum):
    """In the order in which they go."""

    URGENT = 0
    """Help in a crisis, notices of handing over, and what advisers wrote."""
    FIRST = 1
    LATER = 2


@dataclass(frozen=True)
class Begun:
    """What came of beginning to send a message. Neither of the two: it is not to be sent any more."""

    is_sending: bool = False
    ask_again_at: datetime | None = None
    """A limit is used up until then."""


def sort_of(due: ToSend) -> Sort:
    if due.message.author is Author.ADVISER or _is_urgent(due.message):
        return Sort.URGENT
    return Sort.FIRST if due.is_first else Sort.LATER


def find_due(work: UnitOfWork, *, channel: str, accounts: Collection[str], at: datetime) -> list[ToSend]:
    """What those accounts may send now, in the order in which they should: of each conversation the oldest."""
    return sorted(work.outbox.find_due(at, channel=channel, accounts=accounts), key=sort_of)


def begin(work: UnitOfWork, due: ToSend, limits: Sequence[Limit], *, at: datetime) -> Begun:
    """Begin an attempt, unless the message is not to be said any more, or a limit is used up."""
    try:
        message, conversation = work.messages.get(due.message.id), work.conversations.get(due.conversation.id)
    except NotFound:  # erased
        return Begun()
    if message.state is not MessageState.QUEUED:
        return Begun()
    if why := _why_not(message, conversation) or _why_too_late(work, message, at):
        work.outbox.mark_stale(message.id, why=why)
        return Begun()
    if _is_late(message, at) and _make_anew(work, due, conversation, at):
        return Begun()
    wait = quotas.take(work, limits, at=at, may_use_reserve=sort_of(due) is Sort.URGENT)
    if wait:
        return Begun(ask_again_at=wait)
    work.outbox.mark_sending(message.id, at=at)
    return Begun(is_sending=True)


def _why_not(message: Message, conversation: Conversation) -> str | None:
    """Why it must not be said: after "stop" nothing but its confirmation and help in a crisis is."""
    if _kinds(message) & _CRISES:
        return None
    if conversation.is_blocked:
        return "the sender is blocked"
    if conversation.is_stopped and Kind.STOP not in _kinds(message):
        return "the person has asked for no more messages"
    return None


def _why_too_late(work: UnitOfWork, message: Message, at: datetime) -> str | None:
    if not _is_late(message, at):
        return None
    since = work.messages.asked_since(message.conversation_id, [message.id]) or message.at
    is_urgent = message.author is Author.ADVISER or _is_urgent(message)
    return "too late to be of use" if at - since > (GONE_URGENT if is_urgent else GONE) else None


def _is_late(message: Message, at: datetime) -> bool:
    return at - message.at > LATE


def _make_anew(work: UnitOfWork, due: ToSend, conversation: Conversation, at: datetime) -> bool:
    """Have what the conversation's waiting replies answer answered again, in one turn. False where that cannot be: the
    reply is an adviser's or a notice, may have arrived, or its question is erased."""
    if due.message.author is not Author.ASSISTANT or due.message.details.get(RESENT):
        return False
    waiting = [message for message in work.outbox.find_queued(conversation.id) if message.author is Author.ASSISTANT]
    answers = [message.id for message in waiting if message.in_reply_to is not None]
    if due.message.id not in answers or not work.messages.reopen(conversation.id, answers, at=at):
        return False
    for number in answers:
        work.outbox.mark_stale(number, why="made anew")
    thread = Thread.from_dict(conversation.dialogue)  # they never heard what it asks, nor perhaps who speaks
    unheard = replace(thread, pending=None, introduced=thread.introduced and not due.is_first)
    work.conversations.save(replace(conversation, dialogue=unheard.to_dict()))
    return True


# What came of it


def keep_sent(work: UnitOfWork, message_id: int, *, account: str, external_id: str, at: datetime) -> None:
    """The channel took it under that id."""
    try:
        work.outbox.settle(message_id, at=at, external_id=external_id)
    except Conflict:
        if not _is_held(work, message_id):  # erased on its way: the channel will show it again
            work.retention.mark_erased(account, external_id, at=at)


def keep_waiting(work: UnitOfWork, message_id: int, *, until: datetime, error: str) -> None:
    """It surely was not sent, and is tried again then."""
    _if_sending(lambda: work.outbox.mark_failed(message_id, error=error, retry_at=until))


def keep_failed(work: UnitOfWork, due: ToSend, *, error: str, is_closed: bool, at: datetime) -> None:
    """It cannot be sent. `is_closed`: the person takes nothing from us, so what else waits for them is not tried. Else
    people are to look."""
    _if_sending(lambda: work.outbox.mark_failed(due.message.id, error=error))
    if not is_closed:
        work.handoffs.open_one(due.conversation.id, HandoffReason.FAILURE, at=at)
        return
    for message in work.outbox.find_queued(due.conversation.id):
        work.outbox.mark_stale(message.id, why="the person takes no messages from us")


def keep_in_doubt(work: UnitOfWork, due: ToSend, *, error: str, at: datetime) -> None:
    """Nobody knows whether it was sent: it is to be looked for."""
    _doubt(work, due, at + LOOKS[0], error)


def keep_found(work: UnitOfWork, message_id: int, *, external_id: str, at: datetime) -> None:
    """It was sent: the channel shows it. Raises Conflict where it had ended otherwise."""
    work.outbox.settle(message_id, at=at, external_id=external_id)


def keep_not_found(work: UnitOfWork, due: ToSend, *, at: datetime) -> None:
    """The conversation was read, and it is not there. After the last look it was never sent: it is sent again, once."""
    since = due.attempted_at or at
    later = [since + look for look in LOOKS if since + look > at]
    if later:
        _doubt(work, due, later[0], "not found yet")
    elif due.message.details.get(RESENT):
        _if_sending(lambda: work.outbox.mark_uncertain(due.message.id, error="in doubt twice"))
    else:
        _doubt(work, due, at, "not found", is_resent=True)
        keep_waiting(work, due.message.id, until=at, error="not found")


def keep_unseen(work: UnitOfWork, due: ToSend, *, at: datetime) -> None:
    """The conversation could not be read."""
    if at - (due.attempted_at or at) > GIVE_UP:
        error = "the conversation could not be read"
        _if_sending(lambda: work.outbox.mark_uncertain(due.message.id, error=error))
    else:
        _doubt(work, due, at + LOOK_AGAIN, "the conversation could not be read yet")


def _doubt(work: UnitOfWork, due: ToSend, look_at: datetime, error: str, *, is_resent: bool = False) -> None:
    details = {**due.message.details, RESENT: True} if is_resent else due.message.details
    _if_sending(
        lambda: work.outbox.mark_in_doubt(due.message.id, look_at=look_at, details=details, error=error),
    )


def _if_sending(change: Callable[[], None]) -> None:
    """It may have been settled or erased meanwhile: then that counts."""
    try:
        change()
    except Conflict:
        return


def _is_held(work: UnitOfWork, message_id: int) -> bool:
    try:
        work.messages.get(message_id)
    except NotFound:
        return False
    return True


_CRISES = {kind for kind in Kind if kind.is_crisis}


def _is_urgent(message: Message) -> bool:
    return bool(_kinds(message) & {*_CRISES, Kind.HANDOFF}) or any(a.handoff for a in _answers(message))


def _kinds(message: Message) -> set[Kind]:
    return set(kinds_of(_answers(message)))


def _answers(message: Message) -> list[Answer]:
    return [Answer.from_dict(answer) for answer in message.answers]
