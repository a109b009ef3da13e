"""Where Rasa's output goes during a turn: into a list, Answers and all."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class AnswerCollector(OutputChannel):
    """Collects what `action_answer` said. Rasa's own collector drops the Answers and splits the text (finding 22)."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "turn"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.messages.append(message)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        self.messages.append({"text": text})
