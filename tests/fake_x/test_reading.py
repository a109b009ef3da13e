"""Lists of events as X gives them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.fake_x import Clock, FakeX
from tests.fake_x.caller import Caller
from tests.fake_x.conftest import each_version
from tests.fake_x.world import Person, conversation_of

FIELDS = "id,event_type,text,created_at,dm_conversation_id,attachments,entities"


def texts(events: list[dict[str, Any]]) -> list[str]:
    return [event["text"] for event in events]


@each_version
def test_the_newest_comes_first_and_our_own_messages_are_among_them(leeds: Caller, anna: Person, x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "first")
    leeds.send(anna.id, "second")
    x.write("JCPinLeeds", "anna", "third, typed by staff")
    found = leeds.events(dm_event__fields=FIELDS)
    assert texts(found) == ["third, typed by staff", "second", "first"]
    assert [event["sender_id"] for event in found] == [leeds.account.id, leeds.account.id, anna.id]
    assert {event["dm_conversation_id"] for event in found} == {conversation_of(anna.id, leeds.account.id)}
    assert found[0]["created_at"] == "2026-11-20T09:00:00.000Z"


def test_an_id_tells_when_it_was_made(leeds: Caller, x: FakeX, clock: Clock) -> None:
    clock.advance(hours=1)
    event = x.write("anna", "JCPinLeeds", "hello")
    milliseconds = (event.id >> 22) + 1288834974657
    assert milliseconds == int(clock().timestamp() * 1000)


def test_an_empty_list_has_no_data(leeds: Caller) -> None:
    assert leeds.get("/2/dm_events").json() == {"meta": {"result_count": 0}}


def test_without_being_asked_it_says_not_who_wrote(leeds: Caller, x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "hello")
    assert set(leeds.get("/2/dm_events").json()["data"][0]) == {"id", "event_type", "text"}


def test_pages_reach_the_end_with_each_event_once_whatever_is_written_meanwhile(leeds: Caller, x: FakeX) -> None:
    for number in range(7):
        x.write("anna", "JCPinLeeds", f"{number}")
    first = leeds.get("/2/dm_events", max_results="3").json()
    x.write("anna", "JCPinLeeds", "meanwhile")
    second = leeds.get("/2/dm_events", max_results="3", pagination_token=first["meta"]["next_token"]).json()
    third = leeds.get("/2/dm_events", max_results="3", pagination_token=second["meta"]["next_token"]).json()
    assert [texts(page["data"]) for page in (first, second, third)] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert "next_token" not in third["meta"]


def test_a_token_is_of_one_list_of_one_account(leeds: Caller, york: Caller, x: FakeX, anna: Person) -> None:
    for number in range(3):
        x.write("anna", "JCPinLeeds", f"{number}")
        x.write("anna", "JCPinYork", f"{number}")
    token = leeds.get("/2/dm_events", max_results="1").json()["meta"]["next_token"]
    assert len(token) >= 16
    path = f"/2/dm_conversations/with/{anna.id}/dm_events"
    assert leeds.get(path, pagination_token=token).status_code == 400
    assert york.get("/2/dm_events", pagination_token=token).status_code == 400


@each_version
@pytest.mark.parametrize(
    "query",
    [
        {"max_results": "0"},
        {"max_results": "101"},
        {"max_results": "ten"},
        {"event_types": "Message"},
        {"event_types": "MessageCreate,MessageCreate"},
        {"expansions": "author_id"},
        {"dm_event__fields": "colour"},
        {"pagination_token": "short"},
        {"pagination_token": "AAAAAAAAAAAAAAAAAAAAAAAA"},
        {"since_id": "1"},
    ],
    ids=str,
)
def test_a_query_that_x_does_not_know_is_refused(leeds: Caller, query: dict[str, str]) -> None:
    answer = leeds.get("/2/dm_events", **query)
    (name,) = query
    assert answer.status_code == 400
    assert list(answer.json()["errors"][0]["parameters"]) == [name.replace("__", ".")]


@pytest.mark.parametrize(("x", "status"), [("2.166", 200), ("2.167", 400)], indirect=["x"])
def test_the_sender_is_a_field_in_the_older_version_alone(leeds: Caller, status: int) -> None:
    assert leeds.get("/2/dm_events", dm_event__fields="sender_id").status_code == status


def test_only_thirty_days_are_in_the_list_of_all_and_everything_in_that_of_one(
    leeds: Caller, x: FakeX, clock: Clock, anna: Person
) -> None:
    x.write("anna", "JCPinLeeds", "old")
    clock.advance(days=30, seconds=1)
    x.write("anna", "JCPinLeeds", "new")
    assert texts(leeds.events()) == ["new"]
    assert texts(leeds.events(f"/2/dm_conversations/with/{anna.id}/dm_events")) == ["new", "old"]


def test_an_account_sees_its_own_conversations_alone(leeds: Caller, york: Caller, x: FakeX, anna: Person) -> None:
    x.write("anna", "JCPinLeeds", "to Leeds")
    conversation = conversation_of(anna.id, leeds.account.id)
    assert york.events() == []
    assert york.events(f"/2/dm_conversations/{conversation}/dm_events") == []
    assert texts(leeds.events(f"/2/dm_conversations/{conversation}/dm_events")) == ["to Leeds"]


@each_version
def test_links_are_short_ones_and_the_whole_ones_stand_beside_the_text(leeds: Caller, x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "see gov.uk/find-jobcentre, or https://example.org/a?b=1 now")
    (event,) = leeds.events(dm_event__fields=FIELDS)
    urls = event["entities"]["urls"]
    assert event["text"] == f"see {urls[0]['url']}, or {urls[1]['url']} now"
    assert [event["text"][url["start"] : url["end"]] for url in urls] == [url["url"] for url in urls]
    assert [url["expanded_url"] for url in urls] == ["http://gov.uk/find-jobcentre", "https://example.org/a?b=1"]


def test_what_is_no_text(leeds: Caller, x: FakeX, anna: Person) -> None:
    x.write("anna", "JCPinLeeds", media=1)
    x.write("anna", "JCPinLeeds", "look", shared_post="2100000000000000000")
    group = x.world.add_group(anna, leeds.account, x.world.add_person("ben"))
    x.world.send(anna, group, "hello all")
    x.world.leave_group(x.world.user_of_name("ben"), group)
    expansions = "sender_id,attachments.media_keys,participant_ids,referenced_posts"
    left, in_group, joined, post, picture = leeds.events(dm_event__fields=FIELDS, expansions=expansions)
    assert picture["text"] == picture["entities"]["urls"][0]["url"]
    assert picture["attachments"]["media_keys"]
    assert post["referenced_posts"] == [{"id": "2100000000000000000"}]
    assert post["entities"]["urls"][0]["expanded_url"] == "https://x.com/i/web/status/2100000000000000000"
    assert joined["event_type"] == "ParticipantsJoin"
    assert len(joined["participant_ids"]) == 3
    assert (left["event_type"], len(left["participant_ids"])) == ("ParticipantsLeave", 1)
    assert "-" not in in_group["dm_conversation_id"]


def test_lists_can_be_late(leeds: Caller, x: FakeX, clock: Clock, anna: Person) -> None:
    x.write("anna", "JCPinLeeds", "hello")
    x.world.lateness[leeds.account.id] = timedelta(seconds=30)
    leeds.send(anna.id, "good morning")
    assert texts(leeds.events()) == ["hello"]
    clock.advance(30)
    assert texts(leeds.events()) == ["good morning", "hello"]


def test_what_is_written_in_encrypted_chat_is_in_no_list(leeds: Caller, x: FakeX, anna: Person) -> None:
    x.write("anna", "JCPinLeeds", "open")
    anna.is_encrypted = True
    x.write("anna", "JCPinLeeds", "secret")
    assert texts(leeds.events()) == ["open"]
    assert texts(leeds.events(f"/2/dm_conversations/with/{anna.id}/dm_events")) == ["open"]


def test_one_event_is_read_and_deleted_from_our_view(leeds: Caller, york: Caller, x: FakeX, anna: Person) -> None:
    theirs = x.write("anna", "JCPinLeeds", "hello")
    ours = leeds.send(anna.id, "good morning").json()["data"]["dm_event_id"]
    assert leeds.get(f"/2/dm_events/{ours}").json()["data"]["text"] == "good morning"
    assert york.get(f"/2/dm_events/{ours}").status_code == 404
    assert leeds.ask("DELETE", f"/2/dm_events/{theirs.id}").status_code == 403
    assert leeds.ask("DELETE", f"/2/dm_events/{ours}").json() == {"data": {"deleted": True}}
    assert texts(leeds.events()) == ["hello"]
    assert leeds.get(f"/2/dm_events/{ours}").status_code == 404


def test_users_are_found_by_name(leeds: Caller, anna: Person) -> None:
    anna.is_closed = True
    answer = leeds.get("/2/users/by/username/Anna", user__fields="receives_your_dm").json()
    assert (answer["data"]["id"], answer["data"]["receives_your_dm"]) == (anna.id, False)
    assert leeds.get("/2/users/by/username/nobody").json()["resource_type"] == "user"


def test_another_address_is_not_found(leeds: Caller) -> None:
    assert leeds.get("/2/tweets").status_code == 404
