"""Handoffs, as an adviser works through them: claim, reply, note, release, return, resolve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.contact import sayable_numbers
from bot.jobcentre.conversation import Author, Conversation, Message, MessageState
from bot.jobcentre.errors import BadInput, Conflict
from bot.jobcentre.handoff import Handoff, HandoffState
from bot.jobcentre.personal_data import PersonalData, redact
from bot.jobcentre.text import clean
from bot.services.conversations import SENT_BY_SENDER
from bot.store.records import Note
from bot.store.unit_of_work import UnitOfWork

REPLY_AT_MOST = 10_000
"""What X takes in one Direct Message."""


@dataclass(frozen=True)
class Case:
    """A handoff with all that an adviser needs to see of it."""

    handoff: Handoff
    conversation: Conversation
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()


def find_queue(work: UnitOfWork, *, account: str | None = None, include_trials: bool = False) -> list[Case]:
    """Those that wait, urgent first and then the longest wait, and after them those that an adviser has."""
    waiting = work.handoffs.find_waiting(account=account, include_trials=include_trials)
    assigned = work.handoffs.find_assigned(account=account, include_trials=include_trials)
    handoffs = [*waiting, *assigned]
    ids = {handoff.conversation_id for handoff in handoffs}
    conversations = {c.id: c for c in work.conversations.find(sorted(ids))}
    return [Case(handoff, conversations[handoff.conversation_id]) for handoff in handoffs]


def get(work: UnitOfWork, handoff_id: int) -> Case:
    """With the last messages and every note. Raises NotFound."""
    handoff = work.handoffs.get(handoff_id)
    messages = tuple(work.messages.transcript(handoff.conversation_id))
    notes = tuple(work.handoffs.find_notes(handoff_id))
    return Case(handoff, work.conversations.get(handoff.conversation_id), messages, notes)


def claim(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> Handoff:
    """Make it this adviser's: from now on the assistant is silent. Raises NotFound; Conflict saying who has it."""
    before = work.handoffs.get(handoff_id)
    claimed = work.handoffs.claim(handoff_id, by=by, at=at)
    if before.state is not HandoffState.ASSIGNED:
        _audit(work, "claim", before, claimed, by, at)
    return claimed


def reply(work: UnitOfWork, handoff_id: int, text: str, *, by: str, at: datetime) -> Message:
    """Say something to the person. Raises NotFound; Conflict where it is not this adviser's, or the person has asked
    for no more messages; BadInput for an empty, overlong or too personal text."""
    handoff = _theirs(work, handoff_id, by)
    conversation = work.conversations.get(handoff.conversation_id)
    if conversation.is_stopped:
        raise Conflict("this person has asked for no more messages: nothing can be sent until they write again")
    said = _sayable(work, text)
    state = MessageState.QUEUED if conversation.channel in SENT_BY_SENDER else MessageState.SENT
    message = work.messages.add_outgoing(
        conversation, text=said, at=at, author=Author.ADVISER, author_name=by, state=state
    )
    work.handoffs.note_reply(handoff_id, at=at)
    after = {"message": message.id}
    work.audit.add(by=by, action="reply", subject_type="handoff", subject_id=str(handoff_id), at=at, after=after)
    return message


def _sayable(work: UnitOfWork, text: str) -> str:
    said = clean(text, REPLY_AT_MOST + 1)
    if not said:
        raise BadInput("the reply is empty")
    if len(said) > REPLY_AT_MOST:
        raise BadInput(f"the reply is too long: {REPLY_AT_MOST} characters is the most")
    _check_personal(work, said, "the reply", "X is not private")
    return said


def _check_personal(work: UnitOfWork, text: str, what: str, why: str) -> None:
    """Raises BadInput for a text that holds more of a person than a postcode."""
    found = redact(text, ours=sayable_numbers(work.contacts.find()))
    kinds = [kind for kind in found.kinds if kind is not PersonalData.POSTCODE]
    if kinds:
        named = ", ".join(kind.value.replace("_", " ") for kind in kinds)
        raise BadInput(f"{what} holds what looks like personal data ({named}): leave it out, {why}")


def note(work: UnitOfWork, handoff_id: int, text: str, *, by: str, at: datetime) -> Note:
    """Write something for staff alone. Raises NotFound; BadInput for an empty or too personal text."""
    written = clean(text)
    if not written:
        raise BadInput("the note is empty")
    _check_personal(work, written, "the note", "it belongs in the systems that are made for it")
    kept = work.handoffs.add_note(handoff_id, written, by=by, at=at)
    after = {"note": kept.id}
    work.audit.add(by=by, action="note", subject_type="handoff", subject_id=str(handoff_id), at=at, after=after)
    return kept


def release(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> Handoff:
    """Back to the queue, at the place it had. Raises NotFound; Conflict where nobody has it."""
    before = work.handoffs.get(handoff_id)
    released = work.handoffs.release(handoff_id)
    _audit(work, "release", before, released, by, at)
    return released


def return_to_assistant(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime, text: str = "") -> Handoff:
    """Unresolved: the assistant answers again. Raises NotFound; Conflict where it has ended."""
    if text.strip():
        note(work, handoff_id, text, by=by, at=at)
    return _end(work, handoff_id, "returned", by, at)


def resolve(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> Handoff:
    """Dealt with. Raises NotFound; Conflict where it has ended."""
    return _end(work, handoff_id, "resolved", by, at)


def _end(work: UnitOfWork, handoff_id: int, resolution: str, by: str, at: datetime) -> Handoff:
    before = work.handoffs.get(handoff_id)
    if before.state is HandoffState.ASSIGNED:
        _theirs(work, handoff_id, by)
    ended = work.handoffs.resolve(handoff_id, by=by, at=at, resolution=resolution)
    _audit(work, "return" if resolution == "returned" else "resolve", before, ended, by, at)
    return ended


def _theirs(work: UnitOfWork, handoff_id: int, by: str) -> Handoff:
    """The handoff, if this adviser has it. Raises NotFound and Conflict."""
    handoff = work.handoffs.get(handoff_id)
    if handoff.state is HandoffState.RESOLVED:
        raise Conflict(f"handoff {handoff_id} is resolved already")
    if handoff.state is HandoffState.OPEN:
        raise Conflict(f'nobody has handoff {handoff_id} yet: "jobcentre handoffs claim {handoff_id}" makes it yours')
    if handoff.assignee != by:
        raise Conflict(f"{handoff.assignee} has handoff {handoff_id}")
    return handoff


def _audit(work: UnitOfWork, action: str, before: Handoff, after: Handoff, by: str, at: datetime) -> None:
    work.audit.add(
        by=by,
        action=action,
        subject_type="handoff",
        subject_id=str(after.id),
        at=at,
        before={"state": before.state.value, "assignee": before.assignee},
        after={"state": after.state.value, "assignee": after.assignee},
    )
