"""What can be made to go wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from tests.fake_x import FakeX
from tests.fake_x.caller import Caller
from tests.fake_x.faults import INSTEAD, NAMES
from tests.fake_x.limits import SENDS
from tests.fake_x.world import Person


@pytest.fixture(autouse=True)
def anna_wrote(x: FakeX) -> None:
    for number in range(4):
        x.write("anna", "JCPinLeeds", f"message {number}")


def _patience(fault: str) -> float:
    """Seconds: a busy computer is slow."""
    return 1 if fault.endswith("silence") else 10


def sent(x: FakeX) -> list[str]:
    return [text for sender, text in x.texts("JCPinLeeds", "anna") if sender == "JCPinLeeds"]


@pytest.mark.parametrize(
    ("name", "status", "media"),
    [
        ("unauthorized", 401, "application/problem+json"),
        ("credits", 402, "application/problem+json"),
        ("usage_cap", 429, "application/problem+json"),
        ("forbidden", 403, "application/problem+json"),
        ("not_permitted", 403, "application/problem+json"),
        ("recipient_closed", 403, "application/problem+json"),
        ("permissions", 403, "application/problem+json"),
        ("not_enrolled", 403, "application/problem+json"),
        ("suspended", 403, "application/json"),
        ("not_found", 404, "application/problem+json"),
        ("forbidden_html", 403, "text/html"),
        ("not_found_html", 404, "text/html"),
        ("conflict", 409, "application/problem+json"),
        ("too_many", 429, "application/problem+json"),
        ("too_many_old", 429, "application/json"),
        ("too_many_text", 429, "text/plain"),
        ("too_many_html", 429, "text/html"),
        ("server_error", 500, "text/plain"),
        ("bad_gateway", 502, "text/html"),
        ("unavailable", 503, "application/problem+json"),
        ("unavailable_html", 503, "text/html"),
        ("moved", 301, "text/html"),
        ("not_json", 200, "text/html"),
        ("wrong_shape", 200, "application/json"),
        ("no_data", 200, "application/json"),
    ],
)
def test_an_answer_in_its_place_and_nothing_done(
    x: FakeX, leeds: Caller, anna: Person, name: str, status: int, media: str
) -> None:
    x.faults.add(name, times=1)
    url = f"{x.url}/2/dm_conversations/with/{anna.id}/messages"
    auth = leeds.signature()
    answer = requests.post(url, json={"text": "hi"}, auth=auth, timeout=5, allow_redirects=False)
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (status, media)
    assert sent(x) == []
    assert leeds.send(anna.id).status_code == 201


def test_a_refusal_for_too_many_leaves_nothing_until_its_reset(x: FakeX, leeds: Caller) -> None:
    x.faults.add("too_many")
    headers = leeds.get("/2/dm_events").headers
    assert headers["x-rate-limit-remaining"] == "0"
    assert int(headers["x-rate-limit-reset"]) > x.clock().timestamp()


@pytest.mark.parametrize(
    ("name", "error"), [("cut", requests.ConnectionError), ("silence", requests.ReadTimeout)], ids=["cut", "silence"]
)
def test_no_answer_and_nothing_done(x: FakeX, leeds: Caller, anna: Person, name: str, error: type[Exception]) -> None:
    x.faults.add(name, calls="sends", times=1)
    url = f"{x.url}/2/dm_conversations/with/{anna.id}/messages"
    with pytest.raises(error):
        requests.post(url, json={"text": "hi"}, auth=leeds.signature(), timeout=_patience(name))
    assert sent(x) == []
    assert [entry.status for entry in x.journal.find(SENDS)] == [None]


@pytest.mark.parametrize("name", sorted(name for name in NAMES if name.startswith("done_then_")))
def test_the_message_is_made_and_the_answer_lost(x: FakeX, leeds: Caller, anna: Person, name: str) -> None:
    x.faults.add(name, calls="sends", times=1)
    url = f"{x.url}/2/dm_conversations/with/{anna.id}/messages"
    told = None
    try:
        answer = requests.post(url, json={"text": "hi"}, auth=leeds.signature(), timeout=_patience(name))
        told = answer.json()["data"]["dm_event_id"]
    except (OSError, ValueError, KeyError):  # requests' errors are OSErrors
        pass
    assert told is None
    assert sent(x) == ["hi"]


def _order(events: list[dict[str, str]]) -> list[str]:
    return [event["text"][-1] for event in events]


@pytest.mark.parametrize(
    ("name", "is_met"),
    [
        ("duplicates", lambda events: len(events) > 4 and len({event["id"] for event in events}) == 4),
        ("out_of_order", lambda events: _order(events) != ["3", "2", "1", "0"] and len(events) == 4),
        (
            "first_without_event_type",
            lambda events: ["event_type" in event for event in events] == [False] + [True] * 3,
        ),
        ("without_sender", lambda events: not any("sender_id" in event for event in events)),
        ("new_event_type", lambda events: {event["event_type"] for event in events} == {"ReactionCreate"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_list_is_spoiled(x: FakeX, leeds: Caller, name: str, is_met: Callable[[list[dict[str, str]]], bool]) -> None:
    x.faults.add(name, calls="reads", times=1)
    assert is_met(leeds.events())
    assert _order(leeds.events()) == ["3", "2", "1", "0"]


def test_headers_are_missing_absurd_or_of_the_past(x: FakeX, leeds: Caller) -> None:
    for name in ("no_rate_headers", "odd_rate_headers", "past_rate_headers"):
        x.faults.add(name, times=1)
    told = [leeds.get("/2/dm_events").headers.get("x-rate-limit-reset") for _ in range(3)]
    assert told == [None, "soon", "1"]


def test_a_fault_is_of_one_account_some_calls_and_a_number_of_times(
    x: FakeX, leeds: Caller, york: Caller, anna: Person
) -> None:
    fault = x.faults.add("unavailable", calls="reads", account="JCPinLeeds", times=2)
    assert york.get("/2/dm_events").status_code == 200
    assert leeds.send(anna.id).status_code == 201
    assert [leeds.get("/2/dm_events").status_code for _ in range(3)] == [503, 503, 200]
    assert fault.met == 2


def test_a_fault_is_on_until_it_is_lifted(x: FakeX, leeds: Caller) -> None:
    fault = x.faults.add("unauthorized")
    assert [leeds.get("/2/users/me").status_code for _ in range(3)] == [401] * 3
    fault.lift()
    assert leeds.get("/2/users/me").status_code == 200


def test_by_chance_the_same_calls_meet_the_same_faults() -> None:
    def met(seed: int) -> list[int]:
        with FakeX(seed=seed) as x:
            caller = Caller(x, x.world.add_account("JCPinLeeds"))
            x.faults.add("unavailable", chance=0.5)
            return [caller.get("/2/users/me").status_code for _ in range(20)]

    assert met(1) == met(1)
    assert set(met(1)) == {200, 503}


@pytest.mark.parametrize(("name", "calls"), [("earthquake", ""), ("cut", "everything")])
def test_a_fault_that_there_is_not_is_refused(x: FakeX, name: str, calls: str) -> None:
    with pytest.raises(KeyError):
        x.faults.add(name, calls=calls)


def test_every_fault_that_answers_instead_makes_an_answer() -> None:
    assert {name: make().status for name, make in INSTEAD.items() if make().status not in range(0, 600)} == {}
