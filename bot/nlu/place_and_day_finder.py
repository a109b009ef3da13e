"""Finds offices, places and days in a message, as entities `office` and `day` with the whole mention beside them."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.jobcentre.calendar import division_of, is_bank_holiday
from bot.jobcentre.dates import find_days
from bot.jobcentre.gazetteer import PlaceMention
from bot.jobcentre.office import Nation
from bot.jobcentre.question import day_to_dict, place_to_dict
from bot.services.knowledge import Knowledge, knowledge_at
from bot.settings import Settings

METADATA = "metadata"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceAndDayFinder(GraphComponent):
    """Asks the gazetteer and the day extractor. The turn's clock and account come with the message."""

    def __init__(self, settings: Settings, knowledge: Knowledge) -> None:
        self._settings = settings
        self._knowledge = knowledge

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlaceAndDayFinder:
        settings = Settings.read(os.environ)
        return cls(settings, knowledge_at(settings.database_url))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = self._entities(text, message.get(METADATA) or {})
                message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages

    def _entities(self, text: str, turn: dict[str, Any]) -> list[dict[str, Any]]:
        now = datetime.fromisoformat(turn["now"]) if turn.get("now") else self._settings.clock()
        asked = turn.get("asked")
        held = self._knowledge.held()
        places = held.gazetteer.find(text, ours=held.offices_of(turn.get("account")), expecting=asked == "office")
        division = division_of(_nation(places, turn))
        days = find_days(text, now, lambda day: is_bank_holiday(day, division), expecting=asked == "day")
        return [_entity("office", p, p.name, place_to_dict(p)) for p in places] + [
            _entity("day", d, d.first.isoformat(), day_to_dict(d)) for d in days
        ]


def _nation(places: list[PlaceMention], turn: dict[str, Any]) -> Nation:
    """Whose bank holidays the words mean: those of the first place named, else of the account."""
    named = next((place.nation for place in places if place.nation), None)
    return named or Nation(turn.get("nation") or Nation.ENGLAND)


def _entity(name: str, mention: Any, value: str, whole: dict[str, Any]) -> dict[str, Any]:
    return {
        "entity": name,
        "start": mention.start,
        "end": mention.end,
        "value": value,
        "extractor": "PlaceAndDayFinder",
        "additional_info": whole,
    }
