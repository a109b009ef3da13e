"""X's limits and prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fake_x import Clock, FakeX
from tests.fake_x.caller import Caller
from tests.fake_x.limits import READS, SENDS, Limits
from tests.fake_x.world import Person


@pytest.fixture(autouse=True)
def anna_wrote(x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "hello")
    x.write("anna", "JCPinYork", "hello")


def test_a_list_is_read_fifteen_times_in_fifteen_minutes(leeds: Caller, york: Caller, clock: Clock, x: FakeX) -> None:
    assert [leeds.get("/2/dm_events").status_code for _ in range(16)] == [200] * 15 + [429]
    assert york.get("/2/dm_events").status_code == 200
    clock.advance(minutes=14, seconds=59)
    assert leeds.get("/2/dm_events").status_code == 429
    clock.advance(1)
    assert leeds.get("/2/dm_events").status_code == 200
    assert [entry.account for entry in x.journal.over_limits()] == ["JCPinLeeds"] * 2


def test_each_list_has_a_count_of_its_own(leeds: Caller, anna: Person) -> None:
    for _ in range(15):
        leeds.get("/2/dm_events")
    assert leeds.get(f"/2/dm_conversations/with/{anna.id}/dm_events").status_code == 200


def test_the_headers_tell_what_is_left_and_until_when(leeds: Caller, clock: Clock) -> None:
    first, second = leeds.get("/2/dm_events"), leeds.get("/2/dm_events")
    assert [answer.headers["x-rate-limit-remaining"] for answer in (first, second)] == ["14", "13"]
    assert int(second.headers["x-rate-limit-reset"]) == int(clock().timestamp()) + 900
    assert "x-app-limit-24hour-limit" not in second.headers


def test_both_ways_to_send_share_one_count(leeds: Caller, anna: Person, x: FakeX) -> None:
    conversation = leeds.events(dm_event__fields="dm_conversation_id")[0]["dm_conversation_id"]
    path = f"/2/dm_conversations/{conversation}/messages"
    for _ in range(8):
        leeds.send(anna.id)
        leeds.ask("POST", path, json={"text": "hello"})
    assert [entry.status for entry in x.journal.find(SENDS)] == [201] * 15 + [429]


def test_the_day_s_limit_is_the_app_s_and_its_reset_is_not_the_near_one(
    leeds: Caller, york: Caller, anna: Person, x: FakeX, clock: Clock
) -> None:
    x.service.counts.limits = Limits(app_sends_a_day=3)
    assert [c.send(anna.id).status_code for c in (leeds, york, leeds, york)] == [201, 201, 201, 429]
    refused = leeds.send(anna.id)
    assert refused.headers["x-app-limit-24hour-remaining"] == "0"
    assert refused.headers["x-user-limit-24hour-remaining"] == "1438"
    assert refused.headers["x-rate-limit-remaining"] != "0"
    assert int(refused.headers["x-app-limit-24hour-reset"]) == int(clock().timestamp()) + 24 * 3600
    clock.advance(hours=24)
    assert york.send(anna.id).status_code == 201


@pytest.mark.parametrize("fault", ["unavailable", "unauthorized", "not_json"])
def test_a_call_that_went_wrong_counts_too(leeds: Caller, x: FakeX, fault: str) -> None:
    x.faults.add(fault, times=20)
    assert [leeds.get("/2/dm_events").status_code for _ in range(16)].index(429) == 15
    assert len(x.journal.over_limits()) == 1


def test_a_refusal_for_too_many_does_not(leeds: Caller, x: FakeX) -> None:
    x.faults.add("too_many", times=20)
    for _ in range(20):
        leeds.get("/2/dm_events")
    assert leeds.get("/2/dm_events").headers["x-rate-limit-remaining"] == "14"
    assert x.journal.over_limits() == []


def test_an_event_costs_once_a_day(leeds: Caller, anna: Person, x: FakeX, clock: Clock) -> None:
    leeds.events()
    leeds.events()
    assert x.world.app.spent == Decimal("0.010")
    clock.advance(days=1)
    leeds.events()
    leeds.send(anna.id)
    assert x.world.app.spent == Decimal("0.035")


def test_without_credit_nothing_works_for_anybody(leeds: Caller, york: Caller, anna: Person, x: FakeX) -> None:
    x.world.app.credit = Decimal("0.010")
    assert leeds.get("/2/dm_events").status_code == 200
    assert [york.get("/2/dm_events").status_code, leeds.send(anna.id).status_code] == [402, 402]
    assert leeds.get("/2/users/me").json()["title"] == "CreditsDepleted"


def test_the_journal_finds_by_account_call_status_and_time(leeds: Caller, york: Caller, x: FakeX, clock: Clock) -> None:
    leeds.get("/2/dm_events")
    york.get("/2/users/me")
    clock.advance(60)
    leeds.get("/2/dm_events", max_results="500")
    assert [entry.call for entry in x.journal.find()] == ["read", "me", "read"]
    assert len(x.journal.find(READS, account="JCPinLeeds")) == 2
    assert [entry.query for entry in x.journal.find(status=400)] == ["max_results=500"]
    assert len(x.journal.find(since=clock())) == 1
