"""Lists of events as X tells them: fields, expansions, pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from tests.fake_x.world import Event, User, World

ALWAYS = {"id", "event_type", "text"}
_DEFAULT_TYPES = "MessageCreate,ParticipantsLeave,ParticipantsJoin"


class BadToken(ValueError):
    """A pagination token of another list, or none at all."""


def page_of(
    world: World, events: Iterable[Event], query: Mapping[str, str], list_name: str
) -> tuple[dict[str, Any], list[Event]]:
    """The page that a query asks for, and the events in it. `events` are newest first and begin where the token says;
    `list_name` binds tokens to their list."""
    size = int(query.get("max_results", "100"))
    types = query.get("event_types", _DEFAULT_TYPES).split(",")
    found = list(islice((event for event in events if event.event_type in types), size + 1))
    shown, more = found[:size], found[size:]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if more:
        meta["next_token"] = token_of(list_name, shown[-1].id)
    page: dict[str, Any] = {"meta": meta}
    if shown:
        page["data"] = [event_json(event, query) for event in shown]
        page |= _includes(world, shown, query)
    return page, shown


def one_event(world: World, event: Event, query: Mapping[str, str]) -> dict[str, Any]:
    return {"data": event_json(event, query), **_includes(world, [event], query)}


def token_of(list_name: str, before: int) -> str:
    """Opaque to whoever gets it."""
    seal = hashlib.sha256(f"{list_name}:{before}".encode()).digest()[:5]
    return base64.b32encode(before.to_bytes(8, "big") + seal).decode().rstrip("=")


def before_of(list_name: str, token: str | None) -> int | None:
    """Where the page of that token begins; None at the newest. Raises BadToken."""
    if token is None:
        return None
    try:
        before = int.from_bytes(base64.b32decode(token + "=" * (-len(token) % 8))[:8], "big")
    except ValueError as error:
        raise BadToken(token) from error
    if token_of(list_name, before) != token:
        raise BadToken(token)
    return before


def event_json(event: Event, query: Mapping[str, str]) -> dict[str, Any]:
    """An event with the fields asked for; an expansion brings the field that it expands."""
    fields = ALWAYS | _names(query, "dm_event.fields") | _names(query, "expansions")
    told: dict[str, Any] = {"id": str(event.id), "event_type": event.event_type}
    if event.event_type == "MessageCreate":
        told["text"] = event.text
        told |= _message_fields(event, fields)
    elif "participant_ids" in fields:
        told["participant_ids"] = list(event.participants)
    if "sender_id" in fields:
        told["sender_id"] = event.sender
    if "dm_conversation_id" in fields:
        told["dm_conversation_id"] = event.conversation
    if "created_at" in fields:
        told["created_at"] = moment_text(event.at)
    return told


def _message_fields(event: Event, fields: Collection[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "attachments" in fields and event.media:
        told["attachments"] = {"media_keys": list(event.media)}
    if "entities" in fields and event.links:
        told["entities"] = {"urls": [vars(link) for link in event.links]}
    posts = [{"id": event.shared_post}] if event.shared_post else []
    for name, asked in (("referenced_tweets", "referenced_tweets"), ("referenced_posts", "referenced_posts")):
        if posts and any(field.startswith(asked) for field in fields):
            told[name] = posts
    return told


def _includes(world: World, events: list[Event], query: Mapping[str, str]) -> dict[str, Any]:
    expansions = _names(query, "expansions")
    wanted = [event.sender for event in events] if "sender_id" in expansions else []
    if "participant_ids" in expansions:
        wanted += [user for event in events for user in event.participants]
    media = [key for event in events for key in event.media] if "attachments.media_keys" in expansions else []
    includes: dict[str, Any] = {}
    if wanted:
        includes["users"] = [user_json(world.users[user], query) for user in dict.fromkeys(wanted)]
    if media:
        includes["media"] = [{"media_key": key, "type": "photo"} for key in media]
    return {"includes": includes} if includes else {}


def user_json(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"id": user.id, "name": user.username.replace("_", " ").title(), "username": user.username}
    fields = _names(query, "user.fields")
    if "receives_your_dm" in fields:
        told["receives_your_dm"] = not getattr(user, "is_closed", False)
    return told


def moment_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _names(query: Mapping[str, str], parameter: str) -> set[str]:
    return set(query.get(parameter, "").split(",")) - {""}
