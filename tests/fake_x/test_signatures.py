"""Only who has an account's keys is let in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests

from tests.fake_x import FakeX
from tests.fake_x.caller import SECONDS, Caller

ME = "/2/users/me"


def test_a_signed_request_is_let_in(leeds: Caller) -> None:
    assert leeds.get(ME).json()["data"]["username"] == "JCPinLeeds"


def test_what_is_signed_may_hold_commas_colons_and_letters_of_any_alphabet(leeds: Caller) -> None:
    answer = leeds.get("/2/dm_events", dm_event__fields="id,text", event_types="MessageCreate", max_results="5")
    assert answer.status_code == 200
    assert leeds.get("/2/users/by/username/Llŷn:1").status_code == 404


@pytest.mark.parametrize("wrong", ["client_key", "client_secret", "resource_owner_key", "resource_owner_secret"])
def test_a_wrong_key_or_secret_is_refused(leeds: Caller, wrong: str) -> None:
    answer = requests.get(leeds.x.url + ME, auth=leeds.signature(**{wrong: "another"}), timeout=SECONDS)
    assert (answer.status_code, answer.json()["title"]) == (401, "Unauthorized")


def test_the_token_of_one_account_with_the_secret_of_another_is_refused(leeds: Caller, york: Caller) -> None:
    mixed = leeds.signature(resource_owner_secret=york.account.token_secret)
    assert requests.get(leeds.x.url + ME, auth=mixed, timeout=SECONDS).status_code == 401


@pytest.mark.parametrize(("late", "status"), [(-301, 401), (-299, 200), (0, 200), (299, 200), (301, 401)])
def test_a_clock_may_be_five_minutes_wrong(leeds: Caller, late: int, status: int) -> None:
    assert Caller(leeds.x, leeds.account, timedelta(seconds=late)).get(ME).status_code == status


def test_the_answer_says_what_time_it_is_for_x(leeds: Caller) -> None:
    assert leeds.get(ME).headers["Date"] == "Fri, 20 Nov 2026 09:00:00 GMT"


def test_a_nonce_counts_once(leeds: Caller) -> None:
    auth = leeds.signature(nonce="the-same-one")
    assert requests.get(leeds.x.url + ME, auth=auth, timeout=SECONDS).status_code == 200
    assert requests.get(leeds.x.url + ME, auth=auth, timeout=SECONDS).status_code == 401


def _other_query(signed: requests.PreparedRequest) -> None:
    signed.url = str(signed.url).replace("max_results=5", "max_results=6")


def _other_path(signed: requests.PreparedRequest) -> None:
    signed.url = str(signed.url).replace("dm_events", "users/me")


def _other_method(signed: requests.PreparedRequest) -> None:
    signed.method = "DELETE"


@pytest.mark.parametrize("tamper", [_other_query, _other_path, _other_method])
def test_what_was_changed_after_signing_is_refused(
    leeds: Caller, tamper: Callable[[requests.PreparedRequest], None]
) -> None:
    url = f"{leeds.x.url}/2/dm_events?max_results=5"
    signed = requests.Request("GET", url, auth=leeds.signature()).prepare()
    tamper(signed)
    with requests.Session() as session:
        assert session.send(signed, timeout=SECONDS).status_code in (401, 404)
    assert leeds.x.journal.find()[-1].account is None or leeds.x.journal.find()[-1].call == "unknown"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("", 401),
        ("OAuth", 401),
        ("OAuth nonsense", 401),
        ('OAuth oauth_consumer_key="fake-consumer-key"', 401),
        ("Basic abc", 401),
        ("Bearer of-an-app", 403),
    ],
)
def test_no_signature_or_another_sort_is_refused(x: FakeX, header: str | None, status: int) -> None:
    headers = {} if header is None else {"Authorization": header}
    assert requests.get(f"{x.url}/2/dm_events", headers=headers, timeout=SECONDS).status_code == status


def test_a_signature_that_shows_the_secret_is_refused(leeds: Caller) -> None:
    plain = leeds.signature(signature_method="PLAINTEXT")
    assert requests.get(leeds.x.url + ME, auth=plain, timeout=SECONDS).status_code == 401


def test_a_token_that_its_owner_took_back_is_refused(leeds: Caller) -> None:
    leeds.account.is_revoked = True
    assert leeds.get(ME).status_code == 401
