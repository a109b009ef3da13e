"""What is asked of X, and what is made of its answers. Everything goes over real connections to the fake X."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import traceback
import warnings
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.channels.x import client as client_module
from bot.channels.x.client import TIMEOUT, Client, Owner, open_session
from bot.channels.x.errors import (
    BadAnswer,
    CreditsExhausted,
    Misasked,
    NotAllowed,
    NotFound,
    RateLimited,
    Refusal,
    TokenRefused,
    Unavailable,
    Unsure,
    XError,
)
from bot.channels.x.rates import Scope
from tests.channels.x.conftest import Leeds
from tests.fake_x import FakeX
from tests.fake_x.conftest import each_version
from tests.fake_x.limits import SENDS, Limits
from tests.fake_x.world import Person

ANSWER = "our answer to Anna"
IMPATIENT = aiohttp.ClientTimeout(total=1, connect=0.2)
"""Where nothing comes; else the usual one, as a busy computer is slow."""


@pytest.fixture(autouse=True)
def anna_wrote(x: FakeX) -> None:
    x.write("anna", "JCPinLeeds", "are you open, see gov.uk/find-jobcentre?")


def said(x: FakeX) -> list[str]:
    return [text for sender, text in x.texts("JCPinLeeds", "anna") if sender == "JCPinLeeds"]


# What is asked


@each_version
def test_it_reads_what_a_person_wrote(leeds: Leeds, anna: Person) -> None:
    page = leeds.does(lambda client: client.read(5))
    (event,) = page.events
    assert (event.sender, event.kind, event.other_than("1")) == (anna.id, "MessageCreate", None)
    assert event.other_than(leeds.x.world.account_of_name("JCPinLeeds").id) == anna.id
    assert event.text == "are you open, see http://gov.uk/find-jobcentre?"
    assert event.at == leeds.x.clock()
    assert (page.next_token, page.unreadable) == (None, 0)


@each_version
def test_it_sends_and_finds_what_it_sent(leeds: Leeds, anna: Person) -> None:
    text = (
        "Ydym, tan 5pm. Yes 🙂 & <until> 5pm: https://www.gov.uk/contact-jobcentre-plus, or visit gov.uk/find-jobcentre"
    )
    number = leeds.does(lambda client: client.send(anna.id, text))
    page = leeds.does(lambda client: client.read_with(anna.id, 10))
    assert said(leeds.x) == [text]
    assert [event.id for event in page.events if event.is_text(text)] == [number]


@each_version
def test_it_goes_from_page_to_page(leeds: Leeds, anna: Person) -> None:
    for number in range(4):
        leeds.x.write("anna", "JCPinLeeds", f"and {number}")

    async def both(client: Client) -> list[str]:
        newest = await client.read(3)
        older = await client.read(3, newest.next_token)
        return [event.text[-1] for page in (older, newest) for event in page.events]

    assert leeds.does(both) == ["?", "0", "1", "2", "3"]


def test_what_is_no_text_is_told_apart(leeds: Leeds) -> None:
    leeds.x.write("anna", "JCPinLeeds", media=1)
    leeds.x.write("anna", "JCPinLeeds", "is this true", shared_post="2100000000000000000")
    picture, post = leeds.does(lambda client: client.read(2)).events
    assert (picture.text, picture.has_media, picture.has_post) == ("", True, False)
    assert (post.text, post.has_media, post.has_post) == ("is this true", False, True)


def test_an_empty_list_is_an_empty_page(x: FakeX) -> None:
    assert Leeds(x, account="JCPinYork").does(lambda client: client.read(5)).events == ()


def test_it_says_whose_tokens_it_has(leeds: Leeds) -> None:
    account = leeds.x.world.account_of_name("JCPinLeeds")
    assert leeds.does(Client.whoami) == Owner(account.id, "JCPinLeeds")


def test_it_says_who_it_is(leeds: Leeds) -> None:
    leeds.does(Client.whoami)
    assert leeds.x.journal.find()[0].user_agent.startswith("JobcentreAssistant tweepy/")


@pytest.mark.parametrize("x", ["2.166"], indirect=True)
def test_where_the_sender_is_missing_it_asks_in_the_older_way_and_keeps_to_it(leeds: Leeds, anna: Person) -> None:
    leeds.x.service.expansions_bring_fields = False

    async def twice(client: Client) -> list[str | None]:
        return [event.sender for _ in range(2) for event in (await client.read(5)).events]

    assert leeds.does(twice) == [anna.id, anna.id]
    assert len(leeds.x.journal.find()) == 3


@each_version
def test_messages_without_senders_are_refused_loudly(leeds: Leeds) -> None:
    leeds.x.faults.add("without_sender")
    with pytest.raises((BadAnswer, Misasked)):
        leeds.does(lambda client: client.read(5))


@pytest.mark.parametrize(
    ("fault", "texts", "unreadable"),
    [
        ("first_without_event_type", ["one"], 1),
        ("duplicates", ["one", "two"], 0),
        ("out_of_order", ["one", "two"], 0),
        ("without_includes", ["one", "two"], 0),
        ("with_errors", ["one", "two"], 0),
    ],
)
def test_what_is_broken_in_a_page_costs_no_more_than_that(
    leeds: Leeds, fault: str, texts: list[str], unreadable: int
) -> None:
    for text in ("one", "two"):
        leeds.x.write("anna", "JCPinLeeds", text)
    leeds.x.faults.add(fault)
    page = leeds.does(lambda client: client.read(5))
    assert [event.text for event in page.events][-len(texts) :] == texts
    assert (len(page.events), page.unreadable) == (3 - unreadable, unreadable)


# What comes of it

ANSWERS = [
    ("unauthorized", TokenRefused),
    ("credits", CreditsExhausted),
    ("usage_cap", CreditsExhausted),
    ("forbidden", NotAllowed),
    ("not_permitted", NotAllowed),
    ("permissions", NotAllowed),
    ("not_enrolled", NotAllowed),
    ("suspended", NotAllowed),
    ("recipient_closed", NotAllowed),
    ("not_found", NotFound),
    ("conflict", Misasked),
    ("too_many", RateLimited),
    ("too_many_old", RateLimited),
    ("too_many_text", RateLimited),
    ("too_many_html", RateLimited),
    ("forbidden_html", Unavailable),
    ("not_found_html", Unavailable),
]
"""What is the same for reading and sending: surely nothing was done."""
TROUBLES = ["server_error", "bad_gateway", "unavailable", "unavailable_html", "cut", "silence"]
NONSENSE = ["moved", "not_json", "wrong_shape", "no_data"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [*ANSWERS, *((name, Unavailable) for name in TROUBLES), *((name, BadAnswer) for name in NONSENSE)],
)
def test_reading_says_what_went_wrong(leeds: Leeds, fault: str, error: type[XError]) -> None:
    leeds.timeout = IMPATIENT if fault.endswith("silence") else TIMEOUT
    leeds.x.faults.add(fault, times=1)
    with pytest.raises(XError) as caught:
        leeds.does(lambda client: client.read(5))
    assert type(caught.value) is error
    assert len(leeds.does(lambda client: client.read(5)).events) == 1


@pytest.mark.parametrize(("fault", "error"), ANSWERS)
def test_sending_says_when_surely_nothing_was_sent(leeds: Leeds, anna: Person, fault: str, error: type[XError]) -> None:
    leeds.x.faults.add(fault, times=1)
    with pytest.raises(error) as caught:
        leeds.does(lambda client: client.send(anna.id, "we are open"))
    assert type(caught.value) is error
    assert said(leeds.x) == []


@pytest.mark.parametrize(
    ("fault", "is_made"),
    [
        *((name, False) for name in [*TROUBLES, *NONSENSE]),
        ("done_then_cut", True),
        ("done_then_half", True),
        ("done_then_silence", True),
        ("done_then_bad_gateway", True),
        ("done_then_unavailable", True),
        ("done_then_not_json", True),
        ("done_then_no_data", True),
    ],
)
def test_sending_says_when_nobody_knows(leeds: Leeds, anna: Person, fault: str, is_made: bool) -> None:
    leeds.timeout = IMPATIENT if fault.endswith("silence") else TIMEOUT
    leeds.x.faults.add(fault, times=1)
    with pytest.raises(Unsure):
        leeds.does(lambda client: client.send(anna.id, "we are open"))
    page = leeds.does(lambda client: client.read_with(anna.id, 5))
    assert any(event.is_text("we are open") for event in page.events) is is_made
    assert len(leeds.x.journal.find(SENDS)) == 1


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        ("forbidden", Refusal.PERMISSION),
        ("permissions", Refusal.PERMISSION),
        ("not_enrolled", Refusal.APP),
        ("suspended", Refusal.SUSPENDED),
        ("not_permitted", Refusal.POLICY),
        ("recipient_closed", Refusal.RECIPIENT),
    ],
)
def test_a_refusal_says_whom_it_concerns(leeds: Leeds, anna: Person, fault: str, refusal: Refusal) -> None:
    leeds.x.faults.add(fault)
    with pytest.raises(NotAllowed) as caught:
        leeds.does(lambda client: client.send(anna.id, "we are open"))
    assert caught.value.refusal is refusal


def test_where_nobody_listens_nothing_was_sent(leeds: Leeds) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        leeds.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(Unavailable):
            leeds.does(lambda client: client.send("1", "we are open"))


def test_where_no_connection_comes_about_in_time_nothing_was_sent(leeds: Leeds) -> None:
    class Nowhere(aiohttp.abc.AbstractResolver):
        async def resolve(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
            await asyncio.Event().wait()
            raise AssertionError

        async def close(self) -> None:
            pass

    async def send() -> int:
        connector = aiohttp.TCPConnector(resolver=Nowhere())
        async with aiohttp.ClientSession(connector=connector, timeout=IMPATIENT) as session:
            return await Client(leeds.tokens(), session, leeds.clock, "http://x.invalid").send("1", "we are open")

    with pytest.raises(Unavailable):
        asyncio.run(send())


def test_a_redirect_is_not_followed(leeds: Leeds) -> None:
    leeds.x.faults.add("moved")
    with pytest.raises(BadAnswer):
        leeds.does(Client.whoami)
    assert len(leeds.x.journal.find()) == 1


def test_an_answer_without_end_is_not_read(leeds: Leeds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_AT_MOST", 20)
    with pytest.raises(Unavailable):
        leeds.does(lambda client: client.read(5))


def test_a_person_that_takes_no_messages(leeds: Leeds, anna: Person) -> None:
    anna.is_closed = True
    with pytest.raises(NotAllowed) as caught:
        leeds.does(lambda client: client.send(anna.id, "we are open"))
    assert caught.value.refusal is Refusal.RECIPIENT


@pytest.mark.parametrize(
    ("late", "is_told"), [(timedelta(), False), (timedelta(hours=1), True), (timedelta(hours=-1), True)]
)
def test_a_refused_token_says_whether_our_clock_is_wrong(leeds: Leeds, late: timedelta, is_told: bool) -> None:
    leeds.late = late
    leeds.x.world.account_of_name("JCPinLeeds").is_revoked = not late
    with pytest.raises(TokenRefused) as caught:
        leeds.does(Client.whoami)
    assert caught.value.skew == -late
    assert ("clock" in str(caught.value)) is is_told


# Limits


def test_it_keeps_what_x_says_of_its_limits(leeds: Leeds, anna: Person) -> None:
    async def ask(client: Client) -> Client:
        await client.read(5)
        await client.send(anna.id, "we are open")
        return client

    rates = leeds.does(ask).rates
    assert {call: sorted(scope.name for scope in windows) for call, windows in rates.items()} == {
        "read": ["ACCOUNT_QUARTER"],
        "send": ["ACCOUNT_DAY", "ACCOUNT_QUARTER", "APP_DAY"],
    }
    assert rates["read"][Scope.ACCOUNT_QUARTER].remaining == 14
    assert rates["send"][Scope.APP_DAY].remaining == 1439
    assert rates["send"][Scope.ACCOUNT_QUARTER].resets_at == leeds.x.clock() + timedelta(minutes=15)


def _send_until_refused(leeds: Leeds, person: str) -> RateLimited:
    async def send(client: Client) -> None:
        for _ in range(40):
            await client.send(person, "we are open")

    with pytest.raises(RateLimited) as caught:
        leeds.does(send)
    return caught.value


@pytest.mark.parametrize(
    ("limits", "wait", "scope"),
    [
        (Limits(sends=3), timedelta(minutes=15), Scope.ACCOUNT_QUARTER),
        (Limits(sends_a_day=3), timedelta(hours=24), Scope.ACCOUNT_DAY),
        (Limits(app_sends_a_day=3), timedelta(hours=24), Scope.APP_DAY),
        (Limits(sends=3, app_sends_a_day=3), timedelta(hours=24), Scope.APP_DAY),
    ],
)
def test_too_many_says_until_when_and_for_whom(
    leeds: Leeds, anna: Person, limits: Limits, wait: timedelta, scope: Scope
) -> None:
    leeds.x.service.counts.limits = limits
    error = _send_until_refused(leeds, anna.id)
    assert (error.until, error.scope) == (leeds.x.clock() + wait, scope)
    assert len(said(leeds.x)) == 3
    assert len(leeds.x.journal.find(SENDS)) == 4


@pytest.mark.parametrize("headers", ["no_rate_headers", "odd_rate_headers", "past_rate_headers"])
def test_where_x_does_not_say_until_when_it_is_a_quarter_of_an_hour(leeds: Leeds, headers: str) -> None:
    leeds.x.faults.add("too_many")
    leeds.x.faults.add(headers)
    with pytest.raises(RateLimited) as caught:
        leeds.does(lambda client: client.read(5))
    assert caught.value.until == leeds.x.clock() + timedelta(minutes=15)


def test_until_when_is_told_by_our_clock(leeds: Leeds, anna: Person) -> None:
    leeds.late = timedelta(minutes=3)
    leeds.x.service.counts.limits = Limits(sends=1)
    assert _send_until_refused(leeds, anna.id).until == leeds.clock() + timedelta(minutes=15)


# What nobody sees


def test_tokens_and_texts_are_in_no_log_no_error_and_no_repr(
    leeds: Leeds, anna: Person, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in ("done_then_cut", "conflict", "recipient_closed", "unauthorized", "too_many_text", "not_json"):
        leeds.x.faults.add(fault, times=1, calls="sends")

    async def ask(client: Client) -> str:
        told = [repr(client), repr(leeds.tokens())]
        await client.read(5)
        for _ in range(7):
            try:
                await client.send(anna.id, ANSWER)
            except XError as error:
                told += [str(error), repr(error), "".join(traceback.format_exception(error))]
        return "\n".join(told)

    seen = leeds.does(ask) + caplog.text + "".join(capsys.readouterr())
    tokens = leeds.tokens()
    hidden = [tokens.consumer_secret, tokens.access_token, tokens.access_token_secret, ANSWER, "are you open"]
    assert len(said(leeds.x)) == 2
    assert [word for word in hidden if word in seen] == []


def test_one_session_serves_all_calls_and_nothing_is_left_open(leeds: Leeds) -> None:
    leeds.x.faults.add("unavailable_html", times=1)

    async def ask() -> None:
        async with open_session() as session:
            client = Client(leeds.tokens(), session, leeds.clock, leeds.x.url)
            with pytest.raises(Unavailable):
                await client.read(5)
            await client.read(5)
            assert client.session is session

    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        asyncio.run(ask())
        gc.collect()
