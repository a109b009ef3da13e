"""Handoffs, as an adviser works through them: claim, reply, note, release, reassign, return, resolve.

Beside it: `inbox` (the lists), `lapses` (back to the queue by itself), `blocks`, `canned_replies`, `reply_risks`
(warnings before sending), `viewers` (who is looking), `checklists`, `outcomes` (reports), `alarms` (who waits too long)
and `staffing` (settings).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.jobcentre.conversation import Author, Conversation, Language, Message
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState
from bot.jobcentre.reply_risks import ReplyRisk, find_risks
from bot.jobcentre.text import clean
from bot.services import outcomes, reply_risks
from bot.services.outgoing import first_state, language_of
from bot.store.records import Note, Role
from bot.store.unit_of_work import UnitOfWork

AT_RISK = (HandoffReason.CRISIS, HandoffReason.CHILD_AT_RISK)
"""Handoffs of people at risk: they are helped whatever else stands against it."""
_ENDINGS = {"returned": "return", "resolved": "resolve", "blocked": "block"}
"""How it ended, to the action in the history."""
BY_HAND = "staff, by hand"
"""The assignee where staff wrote to the person in the channel itself: any adviser may take it over from there."""
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
    return _cases(work, [*waiting, *assigned])


def find_waiting(work: UnitOfWork, *, account: str | None = None) -> list[Case]:
    """Those that nobody has, urgent first and then the longest wait. Never trials."""
    return _cases(work, work.handoffs.find_waiting(account=account))


def _cases(work: UnitOfWork, handoffs: Sequence[Handoff]) -> list[Case]:
    conversations = {c.id: c for c in work.conversations.find(sorted({h.conversation_id for h in handoffs}))}
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
    if is_by_hand(before):
        claimed = work.handoffs.reassign(handoff_id, to=by, at=at, expected_version=before.version)
    else:
        claimed = work.handoffs.claim(handoff_id, by=by, at=at)
    if claimed.assignee != before.assignee:
        _audit(work, "claim", before, claimed, by, at)
    return claimed


def is_by_hand(handoff: Handoff) -> bool:
    """Whether staff have answered in the channel itself and nobody of the console has it."""
    return handoff.state is HandoffState.ASSIGNED and handoff.assignee == BY_HAND


def reply(work: UnitOfWork, handoff_id: int, text: str, *, by: str, at: datetime) -> Message:
    """Say something to the person. Raises NotFound; Conflict where it is not this adviser's, or the person has asked
    for no more messages; BadInput for an empty, overlong or too personal text."""
    handoff = _theirs(work, handoff_id, by)
    conversation = work.conversations.get(handoff.conversation_id)
    _check_reachable(handoff, conversation)
    said = _sayable(work, text)
    work.handoffs.note_reply(handoff_id, by=by, at=at)
    message = work.messages.add_outgoing(
        conversation, text=said, at=at, author=Author.ADVISER, author_name=by, state=first_state(conversation)
    )
    after = {"message": message.id}
    work.audit.add(by=by, action="reply", subject_type="handoff", subject_id=str(handoff_id), at=at, after=after)
    return message


def _check_reachable(handoff: Handoff, conversation: Conversation) -> None:
    """Raises Conflict for somebody to whom nothing may be sent."""
    if conversation.is_stopped:
        raise Conflict("this person has asked for no more messages: nothing can be sent until they write again")
    if conversation.is_blocked and handoff.reason not in AT_RISK:
        raise Conflict("this person is blocked: unblock them first")


@dataclass(frozen=True)
class Replied:
    """What came of one of several replies."""

    handoff_id: int
    message: Message | None = None
    problem: str = ""
    """Why nothing was sent, for staff to read."""


def reply_to_all(
    work: UnitOfWork, handoff_ids: Sequence[int], text: str, *, by: str, at: datetime, text_cy: str = ""
) -> list[Replied]:
    """Say the same to several who ask alike, each in their language; those that nobody has become this adviser's.

    Where one cannot be replied to (somebody else has it, they asked for no more messages, they write Welsh and there is
    no Welsh text), nothing of theirs is changed and the others get theirs. Raises BadInput for a text that cannot be
    sent to anybody.
    """
    texts = {Language.ENGLISH: _sayable(work, text), Language.WELSH: _sayable(work, text_cy) if text_cy.strip() else ""}
    return [_reply_to_one(work, number, texts, by, at) for number in dict.fromkeys(handoff_ids)]


def _reply_to_one(work: UnitOfWork, number: int, texts: Mapping[Language, str], by: str, at: datetime) -> Replied:
    try:
        handoff = work.handoffs.get(number)
        conversation = work.conversations.get(handoff.conversation_id)
        _check_reachable(handoff, conversation)
        text = texts[language_of(work, conversation)]
        if not text:
            raise Conflict("this person writes in Welsh: write the reply in Welsh too")
        claim(work, number, by=by, at=at)
        return Replied(number, reply(work, number, text, by=by, at=at))
    except (Conflict, NotFound) as error:
        return Replied(number, problem=str(error))


def _sayable(work: UnitOfWork, text: str) -> str:
    said = clean(text, REPLY_AT_MOST + 1)
    if not said:
        raise BadInput("the reply is empty")
    if len(said) > REPLY_AT_MOST:
        raise BadInput(f"the reply is too long: {REPLY_AT_MOST} characters is the most")
    _check_personal(work, said, "the reply", "X is not private")
    blanks = [found.words for found in find_risks(said) if found.risk is ReplyRisk.BLANK]
    if blanks:
        raise BadInput(f"the reply still has the blank {blanks[0]}: write what belongs there")
    return said


def _check_personal(work: UnitOfWork, text: str, what: str, why: str) -> None:
    """Raises BadInput for a text that holds more of a person than a postcode."""
    named = reply_risks.find_personal(work, text)
    if named:
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


def release(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime, is_lead: bool = False) -> Handoff:
    """Back to the queue, at the place it had: by whoever has it, or a lead. Raises NotFound; Conflict where it is not
    theirs."""
    before = work.handoffs.get(handoff_id) if is_lead else _theirs(work, handoff_id, by)
    released = work.handoffs.release(handoff_id, expected_version=before.version)
    _audit(work, "release", before, released, by, at)
    return released


def reassign(work: UnitOfWork, handoff_id: int, *, to: str, by: str, at: datetime, is_lead: bool = False) -> Handoff:
    """Give it to another adviser: whoever has it may, and a lead (an editor, say) whoever has it, or nobody.

    Raises NotFound for a handoff or a member of staff that there is not; Conflict where it is not theirs to give, has
    ended, or is with that adviser already; BadInput for somebody who may not see it.
    """
    before = work.handoffs.get(handoff_id) if is_lead else _theirs(work, handoff_id, by)
    member = work.staff.get(to)
    conversation = work.conversations.get(before.conversation_id)
    if not (member.is_active and member.role.includes(Role.ADVISER) and member.may_see(conversation.account)):
        raise BadInput(f"{member.name} cannot be given it: they do not answer people on {conversation.account}")
    after = work.handoffs.reassign(handoff_id, to=member.name, at=at, expected_version=before.version)
    _audit(work, "reassign", before, after, by, at)
    return after


def return_to_assistant(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime, text: str = "") -> Handoff:
    """Unresolved: the assistant answers again. Raises NotFound; Conflict where it has ended."""
    if text.strip():
        note(work, handoff_id, text, by=by, at=at)
    return end(work, handoff_id, "returned", by=by, at=at)


def resolve(work: UnitOfWork, handoff_id: int, *, by: str, at: datetime) -> Handoff:
    """Dealt with. Raises NotFound; Conflict where it has ended."""
    return end(work, handoff_id, "resolved", by=by, at=at)


def end(work: UnitOfWork, handoff_id: int, resolution: str, *, by: str, at: datetime) -> Handoff:
    """End it: `resolved`, `returned` or `blocked`. Raises NotFound; Conflict where another has it, or it ended."""
    before = work.handoffs.get(handoff_id)
    if before.state is HandoffState.ASSIGNED:
        _theirs(work, handoff_id, by)
    ended = work.handoffs.resolve(handoff_id, by=by, at=at, resolution=resolution, expected_version=before.version)
    outcomes.keep(work, ended, work.conversations.get(ended.conversation_id))
    _audit(work, _ENDINGS[resolution], before, ended, by, at)
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
