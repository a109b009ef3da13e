"""The fake, worked from another process."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.fake_x import FakeX
from tests.fake_x.caller import Caller


def post(x: FakeX, what: str, **told: Any) -> requests.Response:
    return requests.post(f"{x.url}/control/{what}", json=told, timeout=5)


def test_somebody_writes_and_reads_the_answer(x: FakeX, leeds: Caller) -> None:
    post(x, "messages", **{"from": "ben", "to": "JCPinLeeds", "text": "hello"})
    (event,) = leeds.events()
    leeds.send(event["sender_id"], "good morning")
    told = requests.get(f"{x.url}/control/messages", params={"one": "ben", "other": "JCPinLeeds"}, timeout=5).json()
    assert told == [{"from": "ben", "text": "hello"}, {"from": "JCPinLeeds", "text": "good morning"}]


def test_an_account_is_made_and_its_tokens_work(x: FakeX) -> None:
    told = post(x, "accounts", name="JCPinHull").json()
    made = x.world.account_of_token(told["access_token"])
    assert made is not None
    assert Caller(x, made).get("/2/users/me").json()["data"]["id"] == told["id"]


def test_users_change_faults_come_and_go_and_time_passes(x: FakeX, leeds: Caller) -> None:
    post(x, "users/JCPinLeeds", is_revoked=True)
    assert leeds.get("/2/users/me").status_code == 401
    post(x, "users/JCPinLeeds", is_revoked=False)
    post(x, "faults", name="unavailable")
    assert leeds.get("/2/users/me").status_code == 503
    requests.delete(f"{x.url}/control/faults", timeout=5)
    before = x.clock()
    assert post(x, "clock", advance=90).json() == {"now": x.clock().isoformat()}
    assert (x.clock() - before).total_seconds() == 90
    journal = requests.get(f"{x.url}/control/journal", timeout=5).json()
    assert [entry["status"] for entry in journal] == [401, 503]


def test_there_is_a_page_to_write_on(x: FakeX) -> None:
    assert "<textarea" in requests.get(x.url, timeout=5).text
    assert "cut" in requests.get(f"{x.url}/control/faults", timeout=5).json()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("nothing", {}),
        ("messages", {"from": "anna"}),
        ("messages", {"from": "anna", "to": "nobody"}),
        ("faults", {"name": "earthquake"}),
        ("users/anna", {"is_revoked": True}),
        ("users/JCPinLeeds", {"permission": "all"}),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said(x: FakeX, what: str, told: dict[str, Any]) -> None:
    answer = post(x, what, **told)
    assert answer.status_code == 400
    assert answer.json()["error"]
