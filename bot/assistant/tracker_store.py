"""Rasa's tracker store, staged: it never commits. The turn keeps what it staged together with the reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

SLOT = "dialogue"


class StagedTrackerStore(TrackerStore):
    """Holds the trackers of turns under way, each made anew from the one slot that a conversation keeps.

    A tracker so never grows with its conversation (a stock one makes turn 200 several times as dear as turn 1), and
    holds no text but the current message's.
    """

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain, None)
        self._staged: dict[str, DialogueStateTracker] = {}

    def begin(self, conversation_id: str, dialogue: Mapping[str, Any]) -> None:
        """Stage a conversation as its slot has it."""
        events = [
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            SlotSet(SLOT, dict(dialogue) or None),
            ActionExecuted(ACTION_LISTEN_NAME),
        ]
        self._staged[conversation_id] = DialogueStateTracker.from_events(
            conversation_id, events, self.domain.slots, sender_source="turn"
        )

    def end(self, conversation_id: str) -> dict[str, Any] | None:
        """The slot as the turn left it; None where the turn did not come so far."""
        tracker = self._staged.pop(conversation_id, None)
        value = tracker.get_slot(SLOT) if tracker else None
        return dict(value) if value else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._staged[tracker.sender_id] = tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._staged.get(sender_id)

    async def keys(self) -> Iterable[str]:
        return list(self._staged)
