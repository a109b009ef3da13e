"""Asks X one thing at a time, and says honestly what came of it.

tweepy knows X's addresses and parameters; this subclass of its AsyncClient does the talking. tweepy's own `request`
fixes the host, waits for up to five minutes, hides the status of an error that is not JSON, opens a session for each
call and leaves it open, may sleep or repeat itself without end on a rate limit, and logs tokens and texts.
"""

from __future__ import annotations

import asyncio
import json as json_module
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import tweepy
from oauthlib.oauth1 import Client as Signer
from tweepy.asynchronous import AsyncClient
from yarl import URL

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
from bot.channels.x.events import Page, Unreadable, page_of
from bot.channels.x.rates import Windows, skew_of, wait_of, windows_of

BASE_URL = "https://api.x.com"
USER_AGENT = "JobcentreAssistant"
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
"""Seconds. Without a limit of its own on reading: `_exchange` takes a ServerTimeoutError for one of connecting."""
ANSWER_AT_MOST = 4_000_000
"""Bytes. A hundred of the longest messages have a quarter of that."""
SKEW_AT_MOST = timedelta(minutes=4)
"""X takes signatures of five minutes to either side."""
FIELDS = ("id", "event_type", "text", "created_at", "dm_conversation_id", "attachments", "entities")
"""Valid in every version of X's API that is known; who sent it is asked for as an expansion."""


@dataclass(frozen=True)
class Tokens:
    """What lets us act for one account (OAuth 1.0a). Never shown."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)


@dataclass(frozen=True)
class Owner:
    """Whose tokens they are."""

    id: str
    username: str


@dataclass(frozen=True)
class _Answer:
    """What tweepy expects of a response."""

    value: Any

    async def json(self) -> Any:
        return self.value


def open_session(timeout: aiohttp.ClientTimeout = TIMEOUT) -> aiohttp.ClientSession:
    """One for all accounts; whoever opens it closes it. It keeps no cookies, so that no account is seen as another."""
    for name in ("tweepy", "oauthlib"):  # at debug level they write down what is signed and with which token
        logging.getLogger(name).setLevel(logging.INFO)
    return aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=True)


class Client(AsyncClient):
    """One account. Every call raises an XError that says what to do next, and nothing else."""

    def __init__(
        self,
        tokens: Tokens,
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
        base_url: str = BASE_URL,
    ) -> None:
        super().__init__(
            consumer_key=tokens.consumer_key,
            consumer_secret=tokens.consumer_secret,
            access_token=tokens.access_token,
            access_token_secret=tokens.access_token_secret,
            return_type=dict,
        )
        self.session = session
        self.user_agent = f"{USER_AGENT} tweepy/{tweepy.__version__}"
        self.rates: dict[str, Windows] = {}
        """What X said last of its limits, by call: "read", "read_with", "send", "me"."""
        self._clock = clock
        self._base_url = base_url.rstrip("/")
        self._fields: tuple[str, ...] = FIELDS

    # What the channel asks

    async def whoami(self) -> Owner:
        """Whose tokens these are."""
        told = await self.get_me(user_auth=True)
        try:
            return Owner(str(told["data"]["id"]), str(told["data"]["username"]))
        except (KeyError, TypeError) as error:
            raise BadAnswer("nobody's name") from error

    async def read(self, at_most: int, token: str | None = None) -> Page:
        """The newest events of all conversations of the last 30 days, our own messages too; `token` is of the page
        before. `at_most` is 1 to 100: each event that is read costs money, once a day."""
        return await self._page({"max_results": at_most, "pagination_token": token})

    async def read_with(self, person: str, at_most: int, token: str | None = None) -> Page:
        """The newest events of the conversation with one person, whose id is given."""
        return await self._page({"participant_id": person, "max_results": at_most, "pagination_token": token})

    async def send(self, person: str, text: str) -> int:
        """Send a message; returns its id. Raises Unsure where it may or may not have been sent."""
        told = await self.create_direct_message(participant_id=person, text=text, user_auth=True)
        try:
            return int(told["data"]["dm_event_id"])
        except (KeyError, TypeError, ValueError) as error:
            raise Unsure("it was taken, and its id cannot be read") from error

    async def _page(self, asked: Mapping[str, Any]) -> Page:
        page = await self._read(asked)
        if page.lacks_senders and "sender_id" not in self._fields:
            page = await self._read_older(asked)
        if page.lacks_senders:
            raise BadAnswer("messages come without their sender")
        return page

    async def _read_older(self, asked: Mapping[str, Any]) -> Page:
        """As an older form of the API wants to be asked, from now on if that is the one."""
        self._fields = (*FIELDS, "sender_id")
        try:
            return await self._read(asked)
        except Misasked as error:
            self._fields = FIELDS
            raise BadAnswer("messages come without their sender") from error

    async def _read(self, asked: Mapping[str, Any]) -> Page:
        given = {name: value for name, value in asked.items() if value is not None}
        told = await self.get_direct_message_events(
            **given, dm_event_fields=list(self._fields), expansions=["sender_id"], user_auth=True
        )
        try:
            return page_of(told)
        except Unreadable as error:
            raise BadAnswer(str(error)) from error

    # How it is asked

    async def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        user_auth: bool = True,
    ) -> _Answer:
        """In place of tweepy's: one signed request, whose answer is JSON. Raises XError."""
        changes = method != "GET"
        url = f"{self._base_url}{route}"
        if params:
            url += "?" + urlencode(sorted(params.items()), quote_via=quote, safe="")
        status, headers, body = await self._exchange(method, url, json)
        now = self._clock()
        windows = windows_of(headers, now)
        if windows:
            self.rates[_call_of(method, route)] = windows
        told = _json_of(body)
        if 200 <= status < 300 and isinstance(told, dict):
            return _Answer(told)
        if status == 429 and _kind_of(told) != "usage-capped":
            raise RateLimited(*wait_of(windows, headers, now))
        if status == 401:
            skew = skew_of(headers, now)
            raise TokenRefused(_title_of(told), skew if abs(skew) > SKEW_AT_MOST else timedelta())
        raise _error_of(status, told, changes=changes)

    async def _exchange(self, method: str, url: str, json: Any) -> tuple[int, Mapping[str, str], bytes]:
        """Send it and read the answer whole. Raises Unavailable where it surely never left; where there is no whole
        answer, Unsure if it changes something."""
        headers = self._headers(method, url)
        try:
            async with self.session.request(
                method, URL(url, encoded=True), json=json, headers=headers, allow_redirects=False
            ) as response:
                return response.status, response.headers, await _read_whole(response)
        except (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.ServerTimeoutError) as error:
            raise Unavailable(f"X cannot be reached: {type(error).__name__}") from error
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            raise (Unavailable if method == "GET" else Unsure)(f"no whole answer: {type(error).__name__}") from error

    def _headers(self, method: str, url: str) -> dict[str, str]:
        """Signed by our own clock, which tests set."""
        signer = Signer(
            self.consumer_key,
            self.consumer_secret,
            self.access_token,
            self.access_token_secret,
            timestamp=str(int(self._clock().timestamp())),
        )
        _, headers, _ = signer.sign(url, method, headers={"User-Agent": self.user_agent})
        return dict(headers)


async def _read_whole(response: aiohttp.ClientResponse) -> bytes:
    """Raises ValueError for one that is too long to be X's."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > ANSWER_AT_MOST:
            raise ValueError("too long")
    return bytes(body)


def _call_of(method: str, route: str) -> str:
    if method == "POST":
        return "send"
    if route.startswith("/2/users/"):
        return "me"
    return "read" if route == "/2/dm_events" else "read_with"


def _json_of(body: bytes) -> Any:
    """None for what is no JSON."""
    try:
        return json_module.loads(body)
    except ValueError:
        return None


# What an answer means


def _error_of(status: int, told: Any, *, changes: bool) -> XError:
    """Whatever is no success, no rate limit and no refused token."""
    title = _title_of(told)
    if status == 402 or _kind_of(told) == "usage-capped":
        return CreditsExhausted(title, status)
    if 400 <= status < 500 and status != 408:
        return _error_of_ours(status, told, title)
    if changes:
        return Unsure("nobody knows whether it was done", status)
    return BadAnswer("no JSON", status) if status < 400 else Unavailable(title, status)


def _error_of_ours(status: int, told: Any, title: str) -> XError:
    """X understood, and refuses. What is no JSON comes from something in between, which knows nothing of us."""
    if not isinstance(told, dict):
        return Unavailable("refused on the way", status)
    if status == 403:
        return NotAllowed(title, _refusal_of(told))
    return NotFound(title, status) if status == 404 else Misasked(title, status)


_KINDS = {"client-forbidden": Refusal.APP, "oauth1-permissions": Refusal.PERMISSION}
_CODES = {
    **dict.fromkeys((63, 64, 326), Refusal.SUSPENDED),
    **dict.fromkeys((150, 151, 349), Refusal.RECIPIENT),
    453: Refusal.APP,
}
"""Of version 1.1, which still shows through."""


def _refusal_of(told: Mapping[str, Any]) -> Refusal:
    """By its type where it has one, else by its words: X gives no better sign."""
    if found := _KINDS.get(_kind_of(told)):
        return found
    if code := next((code for code in _codes_of(told) if code in _CODES), None):
        return _CODES[code]
    detail = str(told.get("detail", "")).casefold()
    if "permission to dm" in detail:
        return Refusal.RECIPIENT
    if "suspended" in detail or "locked" in detail:
        return Refusal.SUSPENDED
    return Refusal.POLICY if "not permitted" in detail else Refusal.PERMISSION


def _kind_of(told: Any) -> str:
    """The last part of a problem's type: its host has changed before."""
    return str(told.get("type", "")).rpartition("/")[2] if isinstance(told, dict) else ""


def _codes_of(told: Mapping[str, Any]) -> list[int]:
    errors = told.get("errors")
    return [e["code"] for e in errors if isinstance(e, dict) and "code" in e] if isinstance(errors, list) else []


def _title_of(told: Any) -> str:
    """A few words of X's own, for the log: never its detail, which may quote what was sent."""
    if not isinstance(told, dict):
        return "no reason given"
    codes = ", ".join(f"code {code}" for code in _codes_of(told))
    return " ".join(filter(None, (str(told.get("title", ""))[:60], _kind_of(told)[:60], codes))) or "no reason given"
