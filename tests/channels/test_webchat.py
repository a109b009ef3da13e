"""The web chat by real HTTP: the form without script, the JSON that the script uses, and everything wrong with them."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import httpx
import pytest

from bot.jobcentre.calendar import LONDON
from bot.services import handoffs
from tests.channels.servers import NOW, Person, Server, hidden

pytestmark = pytest.mark.xdist_group("webchat")

LEEDS = "JCPinLeeds"
AT = datetime.fromisoformat(NOW).replace(tzinfo=LONDON)


# The page


def test_the_page_says_what_it_is(person: Person) -> None:
    page = person.page()
    for said in ("Sample data", "automated assistant", "Do not send personal details", 'href="tel:999"'):
        assert said in page
    assert page.count("<h1>") == 1


def test_the_page_can_be_welsh(person: Person) -> None:
    page = person.page(lang="cy")
    assert '<html lang="cy">' in page
    assert "Peidiwch ag anfon manylion personol" in page
    assert '<a lang="en" hreflang="en"' in page


def test_a_welsh_account_has_a_welsh_page(person: Person) -> None:
    assert '<html lang="cy">' in person.page("JCPinGwynedd")
    assert '<html lang="en">' in person.page("JCPinGwynedd", "en")


def test_the_page_lists_the_accounts_of_the_database(server: Server, person: Person) -> None:
    with server.store.unit_of_work(write=False) as work:
        handles = [account.handle for account in work.accounts.find_all()]
    page = person.page(handles[1])
    assert re.findall(r'<option value="([^"]+)"', page) == handles
    assert f'<option value="{handles[1]}" selected' in page


def test_everything_named_on_the_page_is_labelled(person: Person) -> None:
    page = person.page(LEEDS)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for control in ("account", "text"):
        assert f'<label for="{control}">' in page
    assert '<p id="error" class="error" role="alert"></p>' in page  # there before it has anything to say
    for reference in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
        assert set(reference.split()) <= set(ids)
    assert 'role="log" aria-live="polite"' in page


def test_every_answer_is_guarded(server: Server, person: Person) -> None:
    responses = [
        person.client.get("./"),
        person.client.get("messages"),
        person.client.get("health"),
        person.client.get("static/chat.js"),
        person.client.get("nowhere"),
        person.post({"text": ""}),
    ]
    for response in responses:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in responses[0].headers["Cache-Control"]


def test_there_is_no_script_or_style_in_the_page(person: Person) -> None:
    person.write("is <b>leeds park place</b> open <script>alert(1)</script>", LEEDS)
    page = person.page(LEEDS)
    assert not re.search(r"<style|style=|\son\w+=|<script(?! src=)", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_cookie_says_nothing_and_no_script_reads_it(server: Server) -> None:
    first, second = (httpx.get(server.base).headers["Set-Cookie"] for _ in range(2))
    assert first != second
    assert re.fullmatch(r"jobcentre_chat=[\w-]{32}; Path=/; HttpOnly; SameSite=Strict", first)


def test_over_https_the_cookie_is_of_this_host_alone(server: Server) -> None:
    https = {"X-Forwarded-Proto": "https"}
    name, _, rest = httpx.get(server.base, headers=https).headers["Set-Cookie"].partition("=")
    assert name == "__Host-jobcentre_chat"
    assert "; Path=/; HttpOnly; SameSite=Strict; Secure" in rest
    # One that came without HTTPS may be somebody else's gift.
    given = {**https, "Cookie": f"jobcentre_chat={'a' * 32}"}
    assert "__Host-jobcentre_chat=" in httpx.get(server.base, headers=given).headers["Set-Cookie"]


def test_the_cookie_is_not_what_is_kept(server: Server, person: Person) -> None:
    reply = person.ask("hello", LEEDS)
    cookie = person.client.cookies["jobcentre_chat"]
    with server.store.unit_of_work(write=False) as work:
        conversation = work.conversations.get(work.messages.get(reply["id"]).conversation_id)
    assert cookie not in f"{conversation}"


@pytest.mark.parametrize("name", ["chat.css", "chat.js", "icon.svg"])
def test_static_files_are_served(person: Person, name: str) -> None:
    assert person.client.get(f"static/{name}").status_code == 200


@pytest.mark.parametrize("path", ["static/../page.py", "static/words.yml", "static/%2e%2e/page.py", "nowhere", "a/b"])
def test_nothing_else_is_served(person: Person, path: str) -> None:
    assert person.client.get(path).status_code == 404


# Without script


def test_a_question_is_answered_without_script(person: Person) -> None:
    sent = person.write("is leeds park place open now?", LEEDS)
    assert sent.status_code == 303
    assert "leeds" not in sent.headers["Location"].replace(LEEDS, "").lower()
    page = person.client.get(sent.headers["Location"]).text
    assert "Leeds Park Place" in page
    assert 'class="message person"' in page
    assert 'class="message assistant"' in page


def test_a_conversation_goes_on_without_script(person: Person) -> None:
    person.write("is leeds park place open now?", LEEDS)
    person.write("and tomorrow?", LEEDS)
    replies = [message for message in person.messages(LEEDS) if message["author"] == "assistant"]
    assert len(replies) == 2
    assert "closed" in replies[1]["text"]


def test_a_form_sent_twice_is_answered_once(person: Person) -> None:
    message_id = hidden(person.page(LEEDS), "message_id")
    for _ in range(2):
        assert person.write("hello", LEEDS, message_id=message_id).status_code == 303
    assert len(person.messages(LEEDS)) == 2


@pytest.mark.parametrize(
    ("text", "lang", "status", "said"),
    [
        ("", "en", 400, "Write a message before you send it"),
        (" \n ", "cy", 400, "Ysgrifennwch neges cyn ei hanfon"),
        ("a" * 10_001, "en", 413, "Your message can have up to 10,000 characters. Take out 1, or send it in parts"),
    ],
    ids=["empty", "blank in Welsh", "too long"],
)
def test_an_error_is_told_on_the_page(person: Person, text: str, lang: str, status: int, said: str) -> None:
    response = person.write(text, LEEDS, lang)
    assert response.status_code == status
    assert re.search(r"<title>(Error|Gwall): ", response.text)
    assert f'<a href="#text">{said}</a>' in response.text
    assert 'role="alert">' in response.text
    assert 'aria-invalid="true"' in response.text
    assert person.messages(LEEDS) == []


def test_what_was_written_is_not_lost_in_an_error(person: Person) -> None:
    response = person.write("my question", "NoSuchAccount")
    assert response.status_code == 400
    assert "\nmy question</textarea>" in response.text


def test_a_form_without_the_pages_token_is_refused_and_offered_again(server: Server, person: Person) -> None:
    response = person.write("hello", LEEDS, form_token="0" * 32)
    assert response.status_code == 403
    assert "hello</textarea>" in response.text
    assert httpx.post(server.base, data={"text": "hello", "form_token": person.token}).status_code == 403
    assert person.messages(LEEDS) == []


def test_another_site_cannot_write_for_a_person(person: Person) -> None:
    assert person.post({"text": "hello"}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert person.post({"text": "hello"}, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://elsewhere.example", 403), ("null", 200), (None, 200), ("own", 200)],
    ids=["another site", "a browser that tells nothing", "none", "our own"],
)
def test_an_older_browser_tells_where_it_comes_from(
    server: Server, person: Person, origin: str | None, status: int
) -> None:
    told = {"Origin": server.base.rstrip("/") if origin == "own" else origin} if origin else {}
    assert person.post({"text": "hello"}, **told).status_code == status


def test_leaving_forgets_who_was_writing(person: Person) -> None:
    person.write("hello", LEEDS)
    left = person.client.post("leave", data={"form_token": person.token, "account": LEEDS, "lang": "cy"})
    assert left.status_code == 303
    assert "jobcentre_chat" not in person.client.cookies
    assert person.messages(LEEDS) == []
    assert "Mae’r sgwrs hon ar ben" in person.client.get(left.headers["Location"]).text


def test_a_form_that_failed_keeps_its_id_for_the_next_try(person: Person) -> None:
    message_id = hidden(person.page(LEEDS), "message_id")
    refused = person.write("hello", LEEDS, message_id=message_id, form_token="0")
    assert hidden(refused.text.split('id="chat"')[1], "message_id") == message_id


def test_a_line_break_is_one_character(person: Person) -> None:
    assert person.write("a\r\n" * 5_000, LEEDS).status_code == 303
    assert person.write("a\r\n" * 5_000 + "a", LEEDS).status_code == 413


# How the conversation stands


def _seen(page: str) -> list[str]:
    """The states that the page tells."""
    return re.findall(r'<p class="notice[^"]*" data-state="(\w+)">', page)


def test_who_said_stop_is_told_how_to_start_again(person: Person) -> None:
    assert _seen(person.page(LEEDS)) == []
    person.write("stop", LEEDS)
    page = person.page(LEEDS)
    assert _seen(page) == ["stopped"]
    assert person.client.get("messages", params={"account": LEEDS}).json()["state"] == "stopped"
    start = page.split('id="start"')[1]
    person.write(hidden(start, "text"), LEEDS, message_id=hidden(start, "message_id"))
    assert _seen(person.page(LEEDS)) == []


# With JSON


def test_a_message_is_answered_at_once(person: Person) -> None:
    response = person.post({"text": "is leeds park place open now?", "account": LEEDS, "message_id": "m-1"})
    assert response.status_code == 200
    told = response.json()
    assert told["state"] == "answered"
    assert told["reply"]["in_reply_to"] == told["id"]
    assert told["reply"]["time"] == "10:30am"
    messages = person.messages(LEEDS)
    assert [message["id"] for message in messages] == [told["id"], told["reply"]["id"]]
    assert [message["message_id"] for message in messages] == ["m-1", None]


def test_a_message_sent_again_has_the_same_reply(person: Person) -> None:
    body = {"text": "is leeds park place open now?", "account": LEEDS, "message_id": "again"}
    first, second = person.post(body).json(), person.post(body).json()
    assert first == second
    assert len(person.messages(LEEDS)) == 2


def test_what_a_person_has_deleted_stays_away_when_it_is_sent_again(server: Server, person: Person) -> None:
    hat = {"text": "is leeds open, mine is the purple hat", "account": LEEDS, "message_id": "hat"}
    delete = {"text": "delete my messages", "account": LEEDS, "message_id": "delete"}
    assert person.post(hat).status_code == 200
    done = person.post(delete)
    assert (done.status_code, done.json()["state"]) == (200, "answered")
    assert "deleted" in done.json()["reply"]["text"]
    for again in (hat, delete):
        told = person.post(again)
        assert (told.status_code, told.json()) == (200, {"id": None, "state": "ignored", "reply": None})
    assert person.write(hat["text"], LEEDS, message_id="hat").status_code == 303
    assert [message["author"] for message in person.messages(LEEDS)] == ["assistant"]


def test_people_do_not_share_message_ids(server: Server) -> None:
    one, other = server.person(), server.person()
    body = {"text": "hello", "account": LEEDS, "message_id": "1"}
    assert one.post(body).json()["id"] != other.post(body).json()["id"]
    assert len(one.messages(LEEDS)) == len(other.messages(LEEDS)) == 2


def test_each_account_is_a_conversation(person: Person) -> None:
    person.ask("hello", LEEDS)
    assert person.messages("JCPinDundee") == []
    assert len(person.messages(LEEDS)) == 2


def test_only_what_is_new_is_given(person: Person) -> None:
    reply = person.ask("hello", LEEDS)
    assert person.messages(LEEDS, after=reply["id"]) == []
    second = person.ask("thanks", LEEDS)
    assert [message["id"] for message in person.messages(LEEDS, after=reply["id"])][-1] == second["id"]


def test_nothing_new_is_said_briefly(person: Person) -> None:
    person.ask("hello", LEEDS)
    first = person.client.get("messages", params={"account": LEEDS})
    again = person.client.get("messages", params={"account": LEEDS}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    person.ask("thanks", LEEDS)
    later = person.client.get("messages", params={"account": LEEDS}, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200


def test_a_message_has_its_language(person: Person) -> None:
    person.ask("Ydy Canolfan Byd Gwaith Caernarfon ar agor yfory?", "JCPinGwynedd")
    assert {message["language"] for message in person.messages("JCPinGwynedd")} == {"cy"}


def test_a_conversation_begins_in_the_language_of_the_page(person: Person) -> None:
    assert person.ask("Leeds Park Place?", LEEDS, lang="cy")["language"] == "cy"
    assert person.ask("Caernarfon?", "JCPinGwynedd", lang="en")["language"] == "en"


def test_personal_data_is_gone_before_anybody_sees_it(server: Server, person: Person) -> None:
    person.ask("my number is QQ 12 34 56 C, is leeds park place open", LEEDS)
    written = person.messages(LEEDS)[0]["text"]
    assert "[National Insurance number removed]" in written
    assert "34 56" not in person.page(LEEDS)


def test_addresses_on_the_web_are_links(person: Person) -> None:
    reply = person.ask("how do i make a freedom of information request?", LEEDS)
    links = {part["href"] for paragraph in reply["paragraphs"] for part in paragraph if part["href"]}
    assert any(link.startswith("https://www.gov.uk/") for link in links)
    assert "".join(part["text"] for part in reply["paragraphs"][0]) in reply["text"]


def test_what_a_person_writes_is_never_a_link(person: Person) -> None:
    person.ask("is https://example.com/jobcentre real?", LEEDS)
    written = person.messages(LEEDS)[0]
    assert [part["href"] for paragraph in written["paragraphs"] for part in paragraph] == [""]


def test_a_burst_is_answered_and_nothing_is_lost(person: Person) -> None:
    texts = ["hello", "is leeds park place open", "today", "thanks"]
    with ThreadPoolExecutor(len(texts)) as pool:
        sent = list(pool.map(lambda text: person.post({"text": text, "account": LEEDS}).status_code, texts))
    assert set(sent) <= {200, 202}
    messages = person.messages(LEEDS)
    written = [message for message in messages if message["author"] == "person"]
    replies = [message for message in messages if message["author"] == "assistant"]
    assert sorted(message["text"] for message in written) == sorted(texts)
    assert 1 <= len(replies) <= len(texts)
    assert max(reply["in_reply_to"] for reply in replies) == written[-1]["id"]


def test_a_reply_by_an_adviser_appears(server: Server, person: Person) -> None:
    reply = person.ask("can i speak to a person please", LEEDS)
    with server.store.unit_of_work() as work:
        conversation_id = work.messages.get(reply["id"]).conversation_id
        handoff = work.handoffs.unresolved_of(conversation_id)
        if handoff is None:
            handoff = work.handoffs.open_one(conversation_id, _asked(), at=AT)
        handoffs.claim(work, handoff.id, by="Ann", at=AT)
        handoffs.reply(work, handoff.id, "We have looked into it.", by="Ann", at=AT)
    assert _seen(person.page(LEEDS)) == ["with_adviser"]
    new = person.messages(LEEDS, after=reply["id"])
    assert [(message["author"], message["text"]) for message in new] == [("adviser", "We have looked into it.")]
    assert "Ann" not in person.page(LEEDS)
    silent = person.post({"text": "thank you", "account": LEEDS})
    assert (silent.status_code, silent.json()["state"], silent.json()["reply"]) == (200, "ignored", None)


def _asked() -> Any:
    from bot.jobcentre.handoff import HandoffReason

    return HandoffReason.ASKED


# What is wrong with it


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "empty"),
        ({"text": ""}, 400, "empty"),
        ({"text": "   \n"}, 400, "empty"),
        ({"text": 7}, 400, "not_understood"),
        ({"text": ["a"]}, 400, "not_understood"),
        ({"text": "a" * 10_001}, 413, "too_long"),
        ({"text": "a", "account": "Nobody"}, 400, "no_account"),
        ({"text": "a", "account": {"x": 1}}, 400, "no_account"),
        ({"text": "a", "message_id": "x" * 65}, 400, "not_understood"),
        ({"text": "a", "message_id": "a/b"}, 400, "not_understood"),
        ({"text": "a", "message_id": 5}, 400, "not_understood"),
        ([], 400, "not_understood"),
        ("text", 400, "not_understood"),
        (None, 400, "not_understood"),
    ],
)
def test_bad_input_is_refused_in_words(person: Person, body: Any, status: int, code: str) -> None:
    response = person.post(body)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]
    assert person.messages() == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": "\\ud800"', b"text=hello", b"\x00"],
    ids=["empty", "half", "not UTF-8", "deep", "lone surrogate", "form", "nought"],
)
def test_what_is_not_json_is_refused(person: Person, content: bytes) -> None:
    response = person.client.post("messages", content=content, headers={"X-Form-Token": person.token})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "not_understood"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe=1", b"&" * 50 + b"a=1&" * 50, b"text", b"\x00\x01"],
    ids=["not UTF-8", "many fields", "no value", "control characters"],
)
def test_what_is_not_the_form_is_refused(person: Person, content: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert person.client.post("./", content=content, headers=headers).status_code in (400, 403)


@pytest.mark.parametrize("size", [200_001, 2_000_000])
def test_what_is_far_too_big_is_refused(person: Person, size: int) -> None:
    response = person.client.post("messages", content=b"a" * size, headers={"X-Form-Token": person.token})
    assert response.status_code == 413


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 30, "", "²"])
def test_a_wrong_number_is_refused(person: Person, after: str) -> None:
    response = person.client.get(f"messages?after={after}")
    assert response.status_code == (200 if after == "" else 400)


@pytest.mark.parametrize("query", ["account=%ff%fe", "account=' OR 1=1 --", "lang=xx", "account=a&account=b", "%"])
def test_a_strange_address_still_has_a_page(person: Person, query: str) -> None:
    assert person.client.get(f"./?{query}").status_code == 200


@pytest.mark.parametrize("cookie", ["jobcentre_chat=short", "=;;;", "jobcentre_chat=" + "é" * 32, '"' * 20])
def test_a_strange_cookie_is_a_new_person(server: Server, cookie: str) -> None:
    response = httpx.get(server.base, headers={"Cookie": cookie.encode("latin-1")})
    assert response.status_code == 200
    assert "jobcentre_chat=" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("text", ["\ud800 hello", "hello\x00there", "/greet", "\u202ehello", "😀" * 5000])
def test_strange_text_is_answered(person: Person, text: str) -> None:
    body = b'{"text": "\\ud800 hello"}' if "\ud800" in text else None
    if body:
        response = person.client.post("messages", content=body, headers={"X-Form-Token": person.token})
    else:
        response = person.post({"text": text})
    assert response.status_code == 200
    assert response.json()["reply"]["text"]


def test_a_method_that_is_not_there_is_refused_in_words(person: Person) -> None:
    response = person.client.delete("messages")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "not_understood"


def test_who_sends_too_quickly_is_asked_to_wait(server: Server, person: Person) -> None:
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: person.post({"text": "hello", "account": LEEDS}), range(16)))
    refused = [response for response in sent if response.status_code == 429]
    assert refused
    assert int(refused[0].headers["Retry-After"]) > 0
    assert "Wait" in refused[0].json()["error"]["message"]
    assert server.person().post({"text": "hello"}).status_code == 200


def test_one_address_cannot_flood_with_new_cookies(server: Server) -> None:
    address = server.person().client.headers["X-Forwarded-For"]

    def pour(_: int) -> set[int]:
        person = server.person()  # each with a cookie of its own, and no more than one visitor may send at once
        person.client.headers["X-Forwarded-For"] = f"10.9.9.9, {address}"  # only the last is our own proxy's
        return {person.post({"text": text}).status_code for text in ["stop", *"123456789"]}

    sent: set[int] = set()
    with ThreadPoolExecutor(4) as pool:
        for _ in range(30):  # on a slow machine some of it is forgiven again meanwhile
            sent |= set().union(*pool.map(pour, range(4)))
            if 429 in sent:
                break
    assert sent == {200, 429}
    assert server.person().post({"text": "hello"}).status_code == 200


_SLOW = [b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"POST /leave HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n"]


@pytest.mark.slow
@pytest.mark.parametrize("sent", _SLOW, ids=["the head", "the body"])
def test_who_sends_too_slowly_loses_the_place(server: Server, sent: bytes) -> None:
    url = httpx.URL(server.base)
    with socket.create_connection((url.host, url.port or 80), timeout=60) as connection:
        connection.sendall(sent)
        until = time.monotonic() + 70
        while time.monotonic() < until:
            try:
                connection.settimeout(1.0)
                if not connection.recv(1000):
                    return
            except TimeoutError:
                with contextlib.suppress(OSError):
                    connection.sendall(b"a")
            except OSError:
                return
    pytest.fail("the connection is still open")


_MISFRAMED = {
    "a length below none": b"Content-Length: -5",
    "no number": b"Content-Length: 1_0",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6",
    "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    "an unknown encoding": b"Transfer-Encoding: gzip",
}


@pytest.mark.parametrize("told", _MISFRAMED.values(), ids=_MISFRAMED)
def test_a_body_without_a_certain_end_is_refused_and_holds_nobody_up(server: Server, told: bytes) -> None:
    url = httpx.URL(server.base)
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        connection.sendall(b"POST /messages HTTP/1.1\r\nHost: a\r\n" + told + b"\r\n\r\nabcdef")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
    assert httpx.get(f"{server.base}health", timeout=10).status_code == 200


def test_health_names_the_model(server: Server) -> None:
    response = httpx.get(f"{server.base}health")
    assert response.status_code == 200
    told = response.json()
    assert (told["status"], told["database"], told["sample"]) == ("ok", "ok", True)
    assert told["model"].startswith("jobcentre-")
    assert httpx.head(f"{server.base}health").status_code == 200


def test_nothing_that_people_write_is_in_the_output(server: Server, person: Person) -> None:
    for text in ("zebra in leeds park place", "x" * 10_001 + "zebra", ""):
        person.write(text, LEEDS)
        person.post({"text": text})
    assert "zebra" not in server.output.read_text()
