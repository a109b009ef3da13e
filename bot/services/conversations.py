"""Conversations: receive a message, take what is next to answer, keep the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.jobcentre.answer import Answer, kinds_of
from bot.jobcentre.conversation import ConversationState, Incoming, Language, Message
from bot.jobcentre.errors import Conflict
from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState, Wanted
from bot.jobcentre.miss import Guess
from bot.jobcentre.personal_data import Redacted
from bot.jobcentre.question import Thread
from bot.services import insights, misses, outcomes, retention
from bot.services.outgoing import first_state
from bot.store.records import Taken
from bot.store.unit_of_work import UnitOfWork

LEASE_SECONDS = 30.0
"""How long a turn may take before another worker tries: a killed process holds its message this long."""
TRIES_AT_MOST = 5
"""How often a turn is begun. Where none came to its end, its words end the workers: then nobody tries them again."""
MAY_BE_CANCELLED = (HandoffReason.ASKED, HandoffReason.NOT_UNDERSTOOD, HandoffReason.COMPLAINT_REPLY_WANTED)
"""Handoffs that "never mind" ends before an adviser claims them. An alarm, a request in law and a failure are not the
person's to end."""
JUST_SAID = timedelta(hours=1)
"""How long after one message another may go on with what it began."""


class WasErased(Conflict):
    """A message came again that was received before and is erased."""


@dataclass(frozen=True)
class Turn:
    """One or several messages of one conversation, to be answered in one reply."""

    taken: Taken
    handoff: Handoff | None
    heard: tuple[str, ...] = ()
    """Risks that the pipeline hears in the words, where it was asked for nothing else."""

    @property
    def messages(self) -> Sequence[Message]:
        return self.taken.messages

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages)

    @property
    def now(self) -> datetime:
        """The clock of the turn: the latest message's."""
        return self.messages[-1].at

    @property
    def redacted(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for message in self.messages for kind in message.redacted))

    @property
    def risks(self) -> tuple[str, ...]:
        found = [risk for message in self.messages for risk in message.risks]
        return tuple(dict.fromkeys([*found, *self.heard]))

    @property
    def is_hopeless(self) -> bool:
        """Whether it was begun so often, and never came to its end, that it must not be tried again."""
        return max(message.attempts for message in self.messages) >= TRIES_AT_MOST

    @property
    def is_in_queue(self) -> bool:
        """Whether the person waits for an adviser and may still say that they need not."""
        return (
            self.handoff is not None
            and self.handoff.state is HandoffState.OPEN
            and self.handoff.reason in MAY_BE_CANCELLED
        )

    @property
    def is_blocked(self) -> bool:
        """Whether staff blocked the sender: nothing but help in a crisis is said to them."""
        return self.taken.conversation.is_blocked

    @property
    def state(self) -> ConversationState:
        return state_of(self.taken.conversation.is_stopped, self.handoff)


def state_of(is_stopped: bool, handoff: Handoff | None) -> ConversationState:
    """Who speaks in a conversation."""
    if handoff is not None and handoff.state is HandoffState.ASSIGNED:
        return ConversationState.WITH_ADVISER
    if is_stopped:
        return ConversationState.STOPPED
    return ConversationState.WAITING if handoff is not None else ConversationState.ASSISTANT


def receive(
    work: UnitOfWork, incoming: Incoming, *, text: str, redacted: Sequence[str], risks: Sequence[str], is_trial: bool
) -> Message:
    """Keep a message as the door left it, once for each account and message id however often it is delivered.

    Raises WasErased for one that was kept before and is erased: then nothing of it may be kept."""
    conversation = work.conversations.get_or_create(
        incoming.account, incoming.sender, incoming.channel, is_trial=is_trial
    )
    message, is_new = work.messages.add_incoming(
        conversation,
        external_id=incoming.message_id,
        text=text,
        at=incoming.at or incoming.sent_at,
        received_at=incoming.sent_at,
        redacted=redacted,
        risks=risks,
    )
    # After it is kept: an erasure under way has ended by then, and is seen.
    if is_new and work.retention.was_erased(incoming.account, incoming.message_id):
        raise WasErased("this message was received before, and has been erased")
    return message


def find_just_said(work: UnitOfWork, incoming: Incoming) -> list[Message]:
    """The person's last few messages before this one, oldest first, answered or not: personal data may have begun in
    them, and go on in this one."""
    since = (incoming.at or incoming.sent_at) - JUST_SAID
    return work.messages.find_last_incoming(
        incoming.account, incoming.sender, incoming.channel, since=since, but=incoming.message_id
    )


def redact_more(work: UnitOfWork, message: Message, left: Redacted) -> None:
    """Keep less of a message, and nothing of its words in the dialogue: what looked innocent was the beginning of
    personal data."""
    kinds = dict.fromkeys((*message.redacted, *(kind.value for kind in left.kinds)))
    work.messages.rewrite(message.id, left.text, list(kinds))
    work.misses.remove_of_message(message.id)  # what was proposed of it may hold the beginning too
    conversation = work.conversations.get(message.conversation_id)
    work.conversations.save(replace(conversation, dialogue=_without_words(conversation.dialogue)))


def take(work: UnitOfWork, clock: datetime, conversation_id: str | None = None) -> Turn | None:
    """What is next to answer: in that conversation, or in the one that has waited longest. None where nothing is."""
    taken = work.conversations.take(clock, LEASE_SECONDS, conversation_id=conversation_id)
    if taken is None:
        return None
    return Turn(taken, work.handoffs.unresolved_of(taken.conversation.id))


def keep_silence(work: UnitOfWork, turn: Turn, *, is_stopped: bool) -> None:
    """The messages are an adviser's to answer, or nobody's after "stop". Who says "stop" to an adviser is sent nothing
    more, and who writes to them again may be answered."""
    conversation = turn.taken.conversation
    work.messages.mark_ignored([message.id for message in turn.messages])
    work.conversations.release(conversation.id, turn.taken.token)
    if is_stopped != conversation.is_stopped:
        dialogue = _kept_dialogue(work, turn, None)
        work.conversations.save(replace(conversation, is_stopped=is_stopped, dialogue=dialogue))


def keep_reply(
    work: UnitOfWork,
    turn: Turn,
    *,
    text: str,
    answers: Sequence[Answer],
    dialogue: dict[str, Any] | None,
    language: Language,
    guesses: Sequence[Guess] = (),
    is_stopped: bool | None = None,
    is_cancelled: bool = False,
    is_forgotten: bool = False,
) -> Handoff | None:
    """Keep a turn whole: the reply with its Answers, the dialogue, any handoff, and that the messages are answered.
    `guesses` are what the classifier took the turn for; `is_cancelled` ends the handoff in whose queue the person was;
    `is_forgotten` erases what was said before the reply.

    Returns the conversation's unresolved handoff. Raises Conflict where another worker took the turn over, or where an
    adviser claimed the handoff that it would end: then nothing of it may be kept.
    """
    conversation = turn.taken.conversation
    work.conversations.release(conversation.id, turn.taken.token)
    reply = work.messages.add_outgoing(
        conversation,
        text=text,
        at=turn.now,
        answers=[answer.to_dict() for answer in answers],
        in_reply_to=turn.messages[-1].id,
        state=first_state(conversation),
        details={"language": language.value},
    )
    work.messages.mark_answered([message.id for message in turn.messages], reply.id)
    insights.count(work, conversation, answers, at=turn.now)
    misses.note(work, turn, answers, guesses, language, at=turn.now)
    work.conversations.save(
        replace(
            conversation,
            language=language,
            dialogue=_kept_dialogue(work, turn, dialogue),
            is_stopped=conversation.is_stopped if is_stopped is None else is_stopped,
        )
    )
    if is_cancelled and turn.handoff is not None:
        ended = work.handoffs.resolve(
            turn.handoff.id,
            by="the person",
            at=turn.now,
            resolution="cancelled",
            expected_version=turn.handoff.version,
        )
        outcomes.keep(work, ended, conversation)
        return None
    handoff = _raise_handoff(work, turn, answers)
    if is_forgotten:
        retention.forget(work, conversation.id, before=reply.id, handoff=handoff, at=turn.now)
    return handoff


def _kept_dialogue(work: UnitOfWork, turn: Turn, dialogue: dict[str, Any] | None) -> dict[str, Any]:
    """As the turn left it; without words where some of them were redacted while it ran."""
    before = turn.taken.conversation.dialogue
    kept = dict(before) if dialogue is None else dialogue
    is_redacted = work.conversations.get(turn.taken.conversation.id).dialogue != before or any(
        work.messages.get(message.id).text != message.text for message in turn.messages
    )
    return _without_words(kept) if is_redacted else kept


def _without_words(dialogue: Mapping[str, Any]) -> dict[str, Any]:
    return Thread.from_dict(dialogue).without_words().to_dict() if dialogue else {}


def _raise_handoff(work: UnitOfWork, turn: Turn, answers: Sequence[Answer]) -> Handoff | None:
    """The most urgent reason counts: one conversation has one handoff."""
    handoff = turn.handoff
    reasons = [answer.handoff for answer in answers if answer.handoff]
    for reason in sorted(reasons, key=lambda r: r.priority.value == "urgent"):
        handoff = work.handoffs.open_one(turn.taken.conversation.id, reason, at=turn.now)
    if handoff and reasons:
        work.handoffs.note_wanted(handoff.id, _wanted(answers), is_threat=HandoffReason.THREAT in reasons)
    return handoff


def _wanted(answers: Sequence[Answer]) -> Wanted:
    return Wanted(
        tuple(kind.value for kind in kinds_of(answers)),
        tuple(dict.fromkeys(topic for answer in answers for topic in answer.topics)),
        tuple(dict.fromkeys(office for answer in answers for office in answer.offices)),
    )
