"""Messages that were not understood: noted with the turn, for staff to learn from, and for a short time only.

A note holds none of the words. It points to the message, and whatever erases that erases the note.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.jobcentre.answer import Answer, kinds_of
from bot.jobcentre.conversation import Author, Direction, Language, Message
from bot.jobcentre.errors import NotFound
from bot.jobcentre.handoff import Handoff
from bot.jobcentre.miss import Guess, Why, says_missed, says_only_that, why_missed
from bot.jobcentre.personal_data import PersonalData
from bot.services import practice
from bot.services.retention import NEEDED
from bot.store.records import Miss, WantedMisses
from bot.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.services.conversations import Turn

SUBJECT = "miss"
_LOOKED_BACK = 12
"""Messages in which the answer is looked for that somebody says was not to their question."""


def note(
    work: UnitOfWork,
    turn: Turn,
    answers: Sequence[Answer],
    guesses: Sequence[Guess],
    language: Language,
    *,
    at: datetime,
) -> None:
    """Note what was not understood, in the transaction that keeps the answer: this turn, or the one before, where the
    person says that its answer was not to their question.

    Nothing is noted of trials and of practice; of somebody who may be at risk, or whose open case needs the
    conversation; or where personal data was taken out. Of somebody who turns out to be at risk all that was noted goes.
    """
    if _is_grave(turn, answers):
        work.misses.remove_of_conversation(turn.taken.conversation.id)
        return
    why, says = why_missed(answers), says_missed(turn.text)
    if not (why or says) or _is_left_alone(work, turn):
        return
    if says:
        _note_last(work, turn, language, at)
    if why and not says_only_that(turn.text) and _may_be_kept(turn.messages):
        work.misses.add(turn.messages[-1].id, why, language, guesses=guesses, at=at)


def _is_grave(turn: Turn, answers: Collection[Answer]) -> bool:
    return bool(turn.risks) or any(given.kind.is_crisis or given.handoff in NEEDED for given in answers)


def _is_left_alone(work: UnitOfWork, turn: Turn) -> bool:
    return turn.taken.conversation.is_trial or _is_needed(turn.handoff) or practice.is_for_practice(work)


def _is_needed(handoff: Handoff | None) -> bool:
    return handoff is not None and handoff.reason in NEEDED


def _may_be_kept(messages: Collection[Message]) -> bool:
    """Whether nobody was at risk in them, and nothing but a postcode was taken out of them."""
    taken_out = {kind for message in messages for kind in message.redacted} - {PersonalData.POSTCODE.value}
    return not taken_out and not any(message.risks for message in messages)


def _note_last(work: UnitOfWork, turn: Turn, language: Language, at: datetime) -> None:
    """The turn that the assistant answered last, and what it was answered as."""
    before = work.messages.transcript(turn.taken.conversation.id, before=turn.messages[0].id, limit=_LOOKED_BACK)
    replies = [message for message in before if message.author is Author.ASSISTANT and message.in_reply_to]
    if not replies:
        return
    reply = replies[-1]
    asked = [m for m in before if m.direction is Direction.IN and m.id == reply.in_reply_to]
    kinds = kinds_of(map(Answer.from_dict, reply.answers))
    if asked and _may_be_kept(asked) and not any(kind.is_crisis for kind in kinds):
        work.misses.add(asked[0].id, Why.SAID, language, kinds=kinds, at=at)


def find(work: UnitOfWork, wanted: WantedMisses, *, first: int = 0, limit: int = 25) -> list[Miss]:
    """Those that fit, the newest first, from the `first` on (0 is the newest)."""
    return work.misses.find(wanted, first=first, limit=limit)


def count(work: UnitOfWork, wanted: WantedMisses) -> dict[Why, int]:
    """How many fit, by how it is known."""
    return work.misses.count(wanted)


def get(work: UnitOfWork, miss_id: int) -> Miss:
    """Raises NotFound."""
    return work.misses.get(miss_id)


def set_aside(work: UnitOfWork, miss_id: int, *, by: str, at: datetime) -> None:
    """There is nothing to learn from it: it is shown no more, and what was proposed of it goes. Raises NotFound."""
    if not work.misses.remove(miss_id):
        raise NotFound("this message is not kept any more")
    work.audit.add(by=by, action="set aside", subject_type=SUBJECT, subject_id=str(miss_id), at=at)
