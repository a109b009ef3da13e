"""Nothing reads a profile or a timeline: what X is asked for, and what is made of its answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from tweepy import API
from tweepy.asynchronous import AsyncClient

from bot.channels.x.events import page_of
from bot.jobcentre.conversation import Incoming
from bot.settings import PROJECT

ASKED = {"get_me", "get_direct_message_events", "create_direct_message", "request"}
"""All that we ask of X: whose tokens these are, the messages sent to us, and to send one."""
ROUTES = {"/2/users/", "/2/dm_events"}
EXPANSIONS = ["sender_id"]
"""Of what is sent along with messages: only who sent each, by number."""
_X_CAN = {name for client in (AsyncClient, API) for name in dir(client) if not name.startswith("_")}
_ROUTE = re.compile(r"/(?:2|1\.1)/[a-z_/]*")
_FIELDS = re.compile(r"(?:user|tweet|media|place|poll|list|space)_fields")


def found_in(source: str) -> Iterator[str]:
    """What a module asks of X beyond messages sent to us."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in _X_CAN - ASKED:
            yield node.attr
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from {route for route in _ROUTE.findall(node.value) if route not in ROUTES}
        if isinstance(node, ast.JoinedStr) and _ROUTE.search(ast.unparse(node)):
            yield ast.unparse(node)  # whatever is put into it
        if isinstance(node, ast.keyword) and node.arg:
            yield from _asked_along(node)


def _asked_along(keyword: ast.keyword) -> Iterator[str]:
    name = keyword.arg or ""
    is_more = name == "expansions" and not (
        isinstance(keyword.value, ast.List) and ast.literal_eval(keyword.value) == EXPANSIONS
    )
    if is_more or _FIELDS.fullmatch(name):
        yield name


def test_nothing_asks_x_for_more_than_messages_sent_to_us() -> None:
    modules = sorted((PROJECT / "bot" / "channels").rglob("*.py"))
    assert len(modules) > 10
    assert {str(m): found for m in modules if (found := [*found_in(m.read_text(encoding="utf-8"))])} == {}


@pytest.mark.parametrize(
    "source",
    [
        "client.get_user(id=1)",
        "client.get_users_tweets(1)",
        "api.user_timeline(user_id=1)",
        'await client.request("GET", f"/2/tweets/{number}")',
        'await client.request("GET", f"/2/users/{number}/tweets")',
        'route = "/2/users/by/username/" + name',
        'client.get_direct_message_events(user_fields=["description"])',
        'client.get_direct_message_events(expansions=["sender_id", "referenced_tweets.id"])',
    ],
)
def test_whoever_asked_for_more_would_be_found(source: str) -> None:
    assert list(found_in(source))


def test_what_x_tells_of_a_person_unasked_is_not_read() -> None:
    event = {"id": "1", "event_type": "MessageCreate", "text": "are you open", "sender_id": "4417239985"}
    person = {"id": "4417239985", "name": "Jo Bloggs", "username": "jo_b", "description": "out of work since May"}
    page = page_of({"data": [event], "includes": {"users": [person]}, "meta": {"result_count": 1}})
    assert page.events[0].sender == "4417239985"
    assert [told for told in ("Jo Bloggs", "jo_b", "out of work") if told in repr(page)] == []


def test_the_door_takes_no_more_of_a_person_than_the_number_they_write_under() -> None:
    taken = {field.name for field in fields(Incoming)}
    assert taken == {"account", "sender", "text", "sent_at", "message_id", "channel", "at"}
