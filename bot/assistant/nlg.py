"""Rasa's language generator: the one wording that everything uses."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.wording import render


class WordingNLG(TemplatedNaturalLanguageGenerator):
    """Renders the Answers that `action_answer` gives. Named in `endpoints.yml`.

    Rasa builds it before it has a domain, and then sets `responses` as it does on its own generator.
    """

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        language = Language(kwargs.get("language") or Language.ENGLISH)
        given = kwargs.get("answers")
        answers = [Answer.from_dict(data) for data in given] if given else []
        return {"text": render(self.responses, answers, language)} if answers else None
