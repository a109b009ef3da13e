"""Conversations handed to people, as advisers read them: why, since when, who said what, and whether it arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobcentre.conversation import Author, Conversation, Direction, Message, MessageState
from bot.jobcentre.handoff import Handoff, HandoffReason, HandoffState, Priority
from bot.jobcentre.personal_data import split_removed
from bot.services.handoffs import BY_HAND, is_by_hand
from bot.services.inbox import Entry

REASONS = {
    HandoffReason.ASKED: "Asked for a person",
    HandoffReason.CRISIS: "May be in danger or need",
    HandoffReason.THREAT: "Threat",
    HandoffReason.FOI_REQUEST: "Freedom of Information request",
    HandoffReason.DATA_REQUEST: "Wants their own data",
    HandoffReason.WRONG_INFORMATION: "Says that we are wrong",
    HandoffReason.NOT_UNDERSTOOD: "Not understood twice",
    HandoffReason.FAILURE: "The assistant failed",
    HandoffReason.OFFICIAL: "Police, MP, solicitor or another body",
    HandoffReason.MISDIRECTED_LETTER: "Letter that reached the wrong person",
    HandoffReason.CHILD_AT_RISK: "A child at risk",
    HandoffReason.COMPLAINT_REPLY_WANTED: "Complaint, wants a reply",
}
RESOLUTIONS = {
    "resolved": "Dealt with",
    "returned": "Given back to the assistant",
    "blocked": "The person was blocked",
    "cancelled": "The person did not want it any more",
}
LANGUAGES = {"en": "English", "cy": "Welsh"}
CHANNELS = {"webchat": "Web chat", "x": "X", "cli": "Command line"}
EXCERPT = 90
"""Characters of a message in a list."""
ARRIVED = {
    MessageState.QUEUED: "Waiting to be sent",
    MessageState.SENDING: "Being sent",
    MessageState.SENT: "Sent",
    MessageState.FAILED: "Not delivered",
    MessageState.UNCERTAIN: "May not have arrived",
    MessageState.STALE: "Not sent: it came too late to be of use",
}
TO_DO = {
    MessageState.FAILED: "The person has not seen this. Send it again. If it fails again, they may have blocked the "
    "account or left: note it, and resolve the conversation.",
    MessageState.UNCERTAIN: "The channel did not say whether it arrived. Look at the account before you write it "
    "again, so that the person does not get it twice.",
}
"""What an adviser does about a message that did not arrive."""


@dataclass(frozen=True)
class Line:
    """One conversation in a list."""

    handoff: Handoff
    conversation: Conversation
    reason: str
    excerpt: str
    """The beginning of what the person wrote last. Empty for a crisis: it is read with help beside it."""
    lasted: str
    """How long the person waits."""
    is_late: bool = False
    """Whether they wait past the target."""

    @property
    def is_urgent(self) -> bool:
        return self.handoff.priority is Priority.URGENT


@dataclass(frozen=True)
class Bubble:
    """One message of a transcript."""

    id: int
    who: str
    """The person, the assistant, or the adviser's name."""
    side: str
    """`person`, `assistant`, `adviser` or `system`: a class name."""
    at: datetime
    parts: tuple[tuple[str, bool], ...]
    """The words, and those that stand in the place of personal data."""
    language: str
    delivery: str
    """Whether it arrived; empty for what came in."""
    to_do: str
    why: str
    """What the channel said, where it did not arrive, or may not have."""
    is_failed: bool
    is_at_risk: bool


def line(entry: Entry, now: datetime, late: Collection[int] = ()) -> Line:
    """`late`: numbers of those that wait past their target."""
    handoff = entry.handoff
    said = entry.written.text if entry.written and handoff.reason is not HandoffReason.CRISIS else ""
    excerpt = " ".join(said.split())
    return Line(
        handoff,
        entry.conversation,
        REASONS[handoff.reason],
        f"{excerpt[:EXCERPT].rstrip()}…" if len(excerpt) > EXCERPT else excerpt,
        lasted(now - handoff.waiting_since),
        handoff.id in late,
    )


def language(conversation: Conversation) -> str:
    """English, Welsh, or that nobody knows."""
    return LANGUAGES[conversation.language.value] if conversation.language else "language not known"


def lasted(time: timedelta) -> str:
    """ "Under a minute", "12 minutes", "3 hours", "2 days"."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    noun, size = next(one for one in (("day", 24 * 60), ("hour", 60), ("minute", 1)) if minutes >= one[1])
    number = minutes // size
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bubbles(conversation: Conversation, messages: Iterable[Message]) -> list[Bubble]:
    return [_bubble(conversation, message) for message in messages]


def last_written(messages: Sequence[Message]) -> int:
    """The number of the person's last message; 0 where there is none."""
    return max((message.id for message in messages if message.direction is Direction.IN), default=0)


def holder(handoff: Handoff, me: str) -> str:
    """Who has it, as the page says it to whoever looks: `nobody`, `me`, `channel` (staff who wrote there), `other`."""
    if handoff.state is HandoffState.OPEN:
        return "nobody"
    if is_by_hand(handoff):
        return "channel"
    return "me" if handoff.state is HandoffState.ASSIGNED and handoff.assignee == me else "other"


def _adviser(name: str | None) -> str:
    return "Staff, in the channel itself" if name == BY_HAND else name or "Adviser"


def _bubble(conversation: Conversation, message: Message) -> Bubble:
    is_out = message.direction is Direction.OUT
    told = {Author.PERSON: "The person", Author.ASSISTANT: "The assistant", Author.SYSTEM: "Automatic message"}
    own = conversation.language.value if conversation.language else "en"
    return Bubble(
        id=message.id,
        who=told.get(message.author) or _adviser(message.author_name),
        side=message.author.value,
        at=message.at,
        parts=tuple(split_removed(message.text)) if message.redacted else ((message.text, False),),
        language=str(message.details.get("language", own)),
        delivery=ARRIVED.get(message.state, "") if is_out else "",
        to_do=TO_DO.get(message.state, "") if is_out else "",
        why=(message.error or "") if is_out and message.state in TO_DO else "",
        is_failed=is_out and message.state is MessageState.FAILED,
        is_at_risk=not is_out and bool(message.risks),
    )
