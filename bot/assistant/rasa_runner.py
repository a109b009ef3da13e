"""Holds the trained model and runs it: one message in, Answers out. The one place that runs Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.assistant.nlg import WordingNLG
from bot.assistant.output import AnswerCollector
from bot.assistant.tracker_store import StagedTrackerStore
from bot.assistant.turn import Said, TurnFailed
from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.miss import Guess


class InProcessActions(EndpointConfig):
    """The action server's executor without the HTTP hop (a hop costs more than the action, finding 16)."""

    def __init__(self) -> None:
        # Without the selection the whole domain is copied into every call.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return await self._executor.run(json)


class OwnAction(RemoteAction):
    """A custom action in this process. Rasa checks what comes from an action server against a schema, and the schema
    against its own, at each call: longer than all the rest of a turn, for what rasa_sdk has just made here."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True


class TurnProcessor(MessageProcessor):
    """Rasa's message processor for turns of one action, in this process."""

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = OwnAction(action.name(), action.action_endpoint)
        return action, prediction

    @staticmethod
    def should_predict_another_action(action_name: str) -> bool:
        """Never: after the action comes listening, which would be predicted at a cost and dropped with the tracker."""
        return False


class RasaRunner:
    """One loaded model. Not for several threads at once: the assistant gives it one turn after the other."""

    def __init__(self, processor: MessageProcessor, trackers: StagedTrackerStore) -> None:
        self._processor = processor
        self._trackers = trackers
        self._loop = asyncio.new_event_loop()
        # A thread of its own, begun with the first turn: whoever calls may be inside a loop already.
        self._thread = ThreadPoolExecutor(1, "rasa")

    @classmethod
    def load(cls, model: Path) -> RasaRunner:
        """Load a trained model with the actions in this process."""
        trackers = StagedTrackerStore(Domain.empty())
        processor = TurnProcessor(
            model,
            tracker_store=trackers,
            lock_store=InMemoryLockStore(),
            generator=WordingNLG(None, Domain.empty()),
            action_endpoint=InProcessActions(),
        )
        return cls.over(processor)

    @classmethod
    def over(cls, processor: MessageProcessor) -> RasaRunner:
        """Use a processor that is loaded already (`rasa run` loads its own), with our tracker store and wording."""
        trackers = StagedTrackerStore(processor.domain)
        processor.tracker_store = trackers
        processor.nlg = WordingNLG(None, processor.domain)
        return cls(processor, trackers)

    @property
    def responses(self) -> Mapping[str, list[dict[str, Any]]]:
        """The responses of the trained domain."""
        return dict(self._processor.domain.responses)

    def say(self, conversation_id: str, text: str, dialogue: Mapping[str, Any], turn: dict[str, Any]) -> Said:
        """Run one turn. `turn` is what the pipeline and the action are told beside the words. Raises TurnFailed."""
        said = self._say(conversation_id, text, dialogue, turn)
        return self._thread.submit(self._loop.run_until_complete, said).result()

    def hear(self, text: str) -> tuple[str, ...]:
        """The risks that the pipeline hears in the words, most serious first; no action runs."""
        parsed = self._thread.submit(self._loop.run_until_complete, self._processor.parse_message(UserMessage(text)))
        return tuple(parsed.result().get("risks", ()))

    async def _say(self, conversation_id: str, text: str, dialogue: Mapping[str, Any], turn: dict[str, Any]) -> Said:
        output = AnswerCollector()
        self._trackers.begin(conversation_id, dialogue)
        message = UserMessage(text, output, conversation_id, input_channel="turn", metadata=turn)
        try:
            await self._processor.handle_message(message)
        except Exception as error:
            self._trackers.end(conversation_id)
            raise TurnFailed(type(error).__name__) from error
        kept = self._trackers.end(conversation_id)
        said = next((m for m in output.messages if m.get("answers")), None)
        if said is None or not said.get("text"):
            raise TurnFailed("no answer")
        return Said(
            said["text"],
            tuple(Answer.from_dict(data) for data in said["answers"]),
            Language(said["language"]),
            kept,
            float(said.get("confidence") or 0.0),
            tuple(Guess(intent, confidence) for intent, confidence in said.get("guesses") or ()),
        )
