"""What becomes of an event that X shows: whose it is, whether it is kept, and whether it is to be answered.

Everything here is done in one piece of work with the mark of how far the account has read. Events come oldest first,
and may come any number of times.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.assistant.door import admit
from bot.assistant.reception import Reception
from bot.channels.x.events import MESSAGE, Event
from bot.channels.x.limits import CHANNEL
from bot.jobcentre.answer import Answer
from bot.jobcentre.control import control_of
from bot.jobcentre.conversation import Conversation, Incoming, Message, MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.wording import Responses
from bot.services import by_hand, deliveries, outgoing
from bot.services.conversations import WasErased
from bot.store.records import ToSend
from bot.store.unit_of_work import UnitOfWork

OLD = timedelta(minutes=30)
"""A message read so late is answered by the clock of now, as its "now" and "today" are over."""
LAST_WORD = timedelta(days=1)
"""After a long silence of ours, an older question is not answered any more."""
HAND_IS_THERE = timedelta(hours=1)
"""Staff who wrote by hand longer ago, while we could not read, have left again."""
CLOCKS = timedelta(minutes=1)
"""By how much X's clock may be behind ours."""
REPLIES_AT_MOST, IN = 12, timedelta(hours=1)
"""In one conversation: more is another program, or somebody whom the assistant does not help."""
ONCE_IN = timedelta(days=1)
"""How often somebody is told that we read words alone."""
NO_WORDS = "utter_no_words"
IN_PLACE_OF_WORDS = "[picture, voice message or shared post]"


@dataclass(frozen=True)
class Page:
    """Some events of one account, oldest first."""

    account: str
    """Its handle, as the store has it."""
    id: str
    events: Sequence[Event]
    ours: Collection[str]
    """Ids of all our accounts."""
    at: datetime
    after_silence: bool = False
    """Whether we could not read for long."""

    def other(self, event: Event) -> str | None:
        """The person with whom it is; None for what is no message of two, and where another of ours is the other."""
        if event.kind != MESSAGE or event.is_group or event.sender is None:
            return None
        other = event.other_than(self.id)
        return None if other in self.ours or event.sender not in (self.id, other) else other

    def last_words(self) -> dict[str, Event]:
        """The last event with each person."""
        return {other: event for event in self.events if (other := self.other(event))}

    def people_with_words(self) -> set[str]:
        return {event.sender for event in self.events if event.sender and event.text}


@dataclass(frozen=True)
class Kept:
    """What came of keeping a page."""

    left: tuple[int, ...] = ()
    """Ids of events that can only be told once something else is settled."""
    is_redacted: bool = False
    """Whether something was taken out of earlier messages."""


class Inbox:
    def __init__(self, reception: Reception, responses: Responses) -> None:
        self._reception = reception
        self._responses = responses

    def keep(self, work: UnitOfWork, page: Page, part: Sequence[Event]) -> Kept:
        """Keep a part of a page whole."""
        known = work.messages.find_known(page.account, [str(event.id) for event in part])
        last_words, with_words = page.last_words(), page.people_with_words()
        left: list[int] = []
        is_redacted = False
        for event in part:
            other = page.other(event)
            if other is None or str(event.id) in known or work.retention.was_erased(page.account, str(event.id)):
                continue
            if event.sender == page.id:
                is_done = self._own(work, page, event, other)
                left += [] if is_done else [event.id]
            elif not event.text:
                self._wordless(work, page, event, is_alone=other not in with_words)
            else:
                is_redacted |= self._person(work, page, event, last_words[other])
        return Kept(tuple(left), is_redacted)

    # The person

    def _person(self, work: UnitOfWork, page: Page, event: Event, last: Event) -> bool:
        """Whether something was taken out of earlier messages."""
        savepoint = work.connection.begin_nested()
        try:
            message, is_redacted = self._reception.keep(work, _incoming(page, event, event.text))
        except WasErased:
            savepoint.rollback()
            return False
        savepoint.commit()
        if not message.risks and control_of(message.text) is None:
            self._leave_to_others(work, page, message, last)
        return is_redacted

    def _leave_to_others(self, work: UnitOfWork, page: Page, message: Message, last: Event) -> None:
        """After a long silence what was answered by hand, or is old, is passed over; so is what comes without end."""
        if page.after_silence and (page.at - last.at > LAST_WORD or self._is_by_hand(work, page, message, last)):
            work.messages.mark_ignored([message.id])
        elif len(work.messages.find_spoken(message.conversation_id, since=page.at - IN)) >= REPLIES_AT_MOST:
            work.messages.mark_ignored([message.id])
            work.handoffs.open_one(message.conversation_id, HandoffReason.NOT_UNDERSTOOD, at=page.at)

    def _is_by_hand(self, work: UnitOfWork, page: Page, message: Message, last: Event) -> bool:
        """Whether staff had the last word on X. What the assistant sent meanwhile was written without this message."""
        if last.sender != page.id or work.messages.find_known(page.account, [str(last.id)]):
            return False
        return not any(is_of(last, due) for due in work.outbox.find_unsettled(message.conversation_id))

    def _wordless(self, work: UnitOfWork, page: Page, event: Event, *, is_alone: bool) -> None:
        """A picture, a voice message, a shared post: one polite answer in a day, unless words came with it."""
        message, _ = self._reception.keep(work, _incoming(page, event, IN_PLACE_OF_WORDS))
        conversation = work.conversations.get(message.conversation_id)
        told = work.messages.find_spoken(conversation.id, since=page.at - ONCE_IN)
        is_told = any(answer["response"] == NO_WORDS for said in told for answer in said.answers)
        is_theirs = work.handoffs.unresolved_of(conversation.id) is not None
        if is_alone and not is_told and not is_theirs and not page.after_silence:
            answers = [Answer(NO_WORDS, Kind.UNCLEAR)]
            outgoing.say(work, conversation, answers, self._responses, at=page.at)
        work.messages.mark_ignored([message.id])

    # Ourselves

    def _own(self, work: UnitOfWork, page: Page, event: Event, other: str) -> bool:
        """Sent by us, or by staff by hand. False where that cannot be told yet."""
        conversation = work.conversations.get_or_create(page.account, other, CHANNEL)
        unsettled = work.outbox.find_unsettled(conversation.id)
        ours = next((due for due in unsettled if is_of(event, due)), None)
        if ours:
            deliveries.keep_found(work, ours.message.id, external_id=str(event.id), at=event.at)
        elif any(due.message.state is MessageState.SENDING for due in unsettled):
            return False
        else:
            self._hand(work, page, event, conversation)
        return True

    def _hand(self, work: UnitOfWork, page: Page, event: Event, conversation: Conversation) -> None:
        by_hand.keep(
            work,
            conversation,
            admit(event.text).text or IN_PLACE_OF_WORDS,
            external_id=str(event.id),
            at=event.at,
            takes_over=not page.after_silence or page.at - event.at <= HAND_IS_THERE,
        )


def is_of(event: Event, due: ToSend) -> bool:
    """Whether this event of ours is what became of that message."""
    return event.at >= due.message.at - CLOCKS and event.is_text(due.message.text)


def _incoming(page: Page, event: Event, text: str) -> Incoming:
    at = event.at if page.at - event.at <= OLD else page.at
    return Incoming(page.account, event.sender or "", text, event.at, str(event.id), CHANNEL, at)
