"""action_answer: the assistant's one action. It reads, decides through the service, and gives Answers as data."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.jobcentre.conversation import Language
from bot.jobcentre.courtesy import before_thanks, without_manners
from bot.jobcentre.crisis import FIGURATIVE, Risk, in_order
from bot.jobcentre.dates import find_impossible
from bot.jobcentre.office import Nation
from bot.jobcentre.personal_data import without_details
from bot.jobcentre.question import Clause, Context, Thread, Utterance, day_from_dict, place_from_dict
from bot.jobcentre.topics import find_topics
from bot.services.answers import answer
from bot.services.desk import Desk
from bot.services.knowledge import knowledge_at
from bot.settings import Settings

SLOT = "dialogue"
GUESSES = 3
SPOKEN = tuple(language.value for language in Language)


class ActionAnswer(Action):
    """Answers every question of the message, in turn."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        settings = Settings.read(os.environ)
        knowledge = knowledge_at(settings.database_url)
        parsed = tracker.latest_message
        turn = parsed.get("metadata") or {}
        now = datetime.fromisoformat(turn["now"]) if turn.get("now") else settings.clock()
        utterance = _utterance(parsed, now)
        thread = Thread.from_dict(tracker.get_slot(SLOT))
        spoken = utterance.language if utterance.language in SPOKEN else None
        is_other = utterance.language is not None and spoken is None
        language = spoken or ("en" if is_other else thread.language or turn.get("language") or "en")
        with knowledge.store.unit_of_work(write=False) as work:
            held = knowledge.held(work)
            account = held.account(turn.get("account"))
            context = Context(
                now=now,
                account=account.handle if account else "",
                ours=account.offices if account else (),
                nation=account.nation if account else Nation.ENGLAND,
                language=language,
                thread=thread,
                risks=risks_of(turn, parsed),
                redacted=tuple(turn.get("redacted", ())),
                is_crisis_open=bool(turn.get("is_crisis_open")),
                is_threat_open=bool(turn.get("is_threat_open")),
                is_in_queue=bool(turn.get("is_in_queue")),
                has_open_case=bool(turn.get("has_open_case")),
                speaks_other=is_other,
            )
            reply = answer(Desk(work, held.gazetteer, context), utterance)
        language = reply.language or language
        dispatcher.utter_message(
            response="utter_answers",
            answers=[given.to_dict() for given in reply.answers],
            language=language,
            confidence=(parsed.get("intent") or {}).get("confidence"),
            guesses=_guesses(parsed),
        )
        return [SlotSet(SLOT, {**reply.thread.to_dict(), "language": language})]


def risks_of(turn: dict[str, Any], parsed: dict[str, Any]) -> tuple[str, ...]:
    """What the crisis check found at the door, and what the pipeline hears besides. What was found holds where the
    pipeline hears nothing; not of figures of speech ("battered five nil") where it is sure of something else."""
    read = (Risk(risk) for risk in turn.get("risks", ()))
    meant = (risk for risk in read if not (parsed.get("is_calm") and risk in FIGURATIVE))
    found = in_order((*meant, *map(Risk, parsed.get("risks", ()))))
    return tuple(risk.value for risk in found)


def _guesses(parsed: dict[str, Any]) -> list[tuple[str, float]]:
    """The likeliest intents of the whole message, with their probabilities."""
    ranking = parsed.get("intent_ranking") or ()
    return [(str(one["name"]), round(float(one["confidence"]), 3)) for one in ranking[:GUESSES]]


def _utterance(parsed: dict[str, Any], now: datetime) -> Utterance:
    text = without_manners(parsed.get("text") or "")
    entities = parsed.get("entities", [])
    mentions = [(e["entity"], e["additional_info"]) for e in entities if e.get("additional_info")]
    return Utterance(
        text=text,
        clauses=tuple(Clause(**clause) for clause in parsed.get("clauses", ())),
        places=tuple(place_from_dict(info) for name, info in mentions if name == "office"),
        days=tuple(day_from_dict(info) for name, info in mentions if name == "day"),
        topics=tuple(find_topics(without_details(text))),
        language=parsed.get("language"),
        impossible_days=tuple(find_impossible(text, now)),
        light=frozenset(parsed.get("light", ())),
        before_thanks=before_thanks(parsed.get("text") or ""),
    )
