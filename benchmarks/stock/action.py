"""The same action on a stock Rasa: run by `rasa run actions --actions benchmarks.stock.action`.

The stock pipeline knows no gazetteer and no calendar, so what `PlaceAndDayFinder` gives the action here is found in the
action itself. Everything after that, the store's reads included, is `action_answer`.
"""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.dates import find_days
from bot.jobcentre.question import day_to_dict, place_to_dict
from bot.jobcentre.wording import render
from bot.services.knowledge import knowledge_at
from bot.settings import PROJECT, Settings


class ActionStockAnswer(ActionAnswer):
    """`action_answer`, given what a stock pipeline leaves for it to find."""

    def name(self) -> str:
        return "action_stock_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        tracker.latest_message = _read(tracker.latest_message)
        events = super().run(dispatcher, tracker, domain)
        dispatcher.messages = [{"text": _said(message)} for message in dispatcher.messages]
        return events


def _read(parsed: dict[str, Any]) -> dict[str, Any]:
    """The stock parse with one clause, its places and days, as our pipeline would have left them."""
    settings, text, turn = Settings.read(os.environ), parsed.get("text") or "", parsed.get("metadata") or {}
    knowledge = knowledge_at(settings.database_url)
    places = knowledge.gazetteer().find(text, ours=knowledge.offices_of(turn.get("account")))
    days = find_days(text, datetime.fromisoformat(turn["now"]))
    intent = parsed.get("intent") or {}
    clause = {
        "intent": intent.get("name") or "nlu_fallback",
        "confidence": intent.get("confidence") or 0.0,
        "text": text,
        "start": 0,
        "end": len(text),
        "negated": False,
    }
    return {**parsed, "clauses": [clause], "entities": _entities(places, days)}


def _entities(places: list[Any], days: list[Any]) -> list[dict[str, Any]]:
    found = [("office", place_to_dict(place)) for place in places] + [("day", day_to_dict(day)) for day in days]
    return [{"entity": name, "additional_info": info} for name, info in found]


def _said(message: dict[str, Any]) -> str:
    answers = [Answer.from_dict(data) for data in message["answers"]]
    return render(_responses(), answers, Language(message["language"]))


@cache
def _responses() -> dict[str, Any]:
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    return dict(domain["responses"])
