"""The web chat: a plain page, and the small JSON API that its script uses.

`jobcentre run` serves it at `/`; the standard `rasa run` serves the same at `/webhooks/webchat/` (credentials.yml).

    GET  /                      the page; `account` and `lang` (en, cy) choose what it shows
    POST /                      its form, for browsers without script: answers with a redirect to the page
    POST /leave                 forgets who is writing: the next message begins a new conversation
    GET  /health                {"status", "model", "database", "sample"}; 503 unless model and database are there
    POST /messages              JSON {"text", "account", "message_id", "lang"}; only `text` is required
    GET  /messages?account=…    JSON {"messages": […], "is_waiting": bool}; `after=N`: only those after message N

POST /messages answers 200 {"id", "state": "answered" | "ignored", "reply": message or null} once the message has its
reply (null: nobody is to answer it here, an adviser has the conversation), or 202 with state "received" where the reply
is still to come. The same `message_id` (1 to 64 letters, digits, "-", "_") is the same message however often it is
sent. It needs the page's cookie, and the page's form token in the header `X-Form-Token`. GET /messages answers 304 to
an `If-None-Match` with the `ETag` it gave before. A message is {"id", "author": "person" | "assistant" | "adviser",
"language", "at", "time", "text", "paragraphs", "in_reply_to"}; what a person wrote is given as it was kept.

A refused request answers 4xx {"error": {"code", "message"}}: 400 bad input, 403 no cookie or token, 413 too long,
429 too quick (with `Retry-After`); 503 means try again later. Nothing of a message is in an address or in a log.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound as NoPage
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.assistant.turn import Assistant
from bot.channels.answering import Answering, log_error
from bot.channels.limits import RateLimit
from bot.channels.page import STATIC_TYPES, Problem, View, address, chat_page, problem_page, static_files
from bot.channels.transcript import Shown, find_conversation, find_reply, find_shown
from bot.jobcentre.conversation import Account, Incoming, Language, Message, MessageState
from bot.jobcentre.errors import JobcentreError
from bot.jobcentre.text import LIMIT
from bot.services import samples
from bot.store.unit_of_work import Store

CHANNEL = "webchat"
COOKIE = "jobcentre_chat"
REQUEST_AT_MOST = 200_000
"""Bytes: the longest message, every character of it escaped."""
WAIT_SECONDS = 10.0
"""How long a request waits for its reply before it says that it will come."""

_COOKIE = re.compile(rf"(?:^|;\s*){COOKIE}=([A-Za-z0-9_-]{{32}})(?:;|$)")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
Handler = Callable[..., Awaitable[HTTPResponse]]


@dataclass(frozen=True)
class Sent:
    """What a person sent, checked."""

    text: str
    account: str
    message_id: str
    language: Language | None


class WebChat(InputChannel):
    """The channel. Without an assistant of its own it takes the agent that `rasa run` has loaded, behind our door."""

    def __init__(self, assistant: Assistant | None = None, model: str = "") -> None:
        self._answering = Answering(assistant) if assistant else None
        self._model = model
        self._limit = RateLimit()

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]] | None = None) -> Blueprint:
        """The routes. `on_new_message` is not used: it would hand a text to Rasa that the door has not seen."""
        routes = Blueprint(CHANNEL)
        for handler, path, methods in (
            (self._page, "/", ["GET", "HEAD"]),
            (self._form, "/", ["POST"]),
            (self._leave, "/leave", ["POST"]),
            (self._post, "/messages", ["POST"]),
            (self._get, "/messages", ["GET"]),
            (self._health, "/health", ["GET", "HEAD"]),
        ):
            # A partial, as Sanic writes attributes on its handlers, which methods do not take.
            routes.add_route(partial(handler), path, methods=methods, name=handler.__name__.strip("_"))
        routes.add_route(_static, "/static/<name:str>", name="static")
        routes.middleware(_add_safe_headers, attach_to="response")
        routes.listener("after_server_start")(self._start)
        routes.listener("before_server_stop")(self._stop)
        self.tell_problems(routes)
        return routes

    def tell_problems(self, target: Blueprint | Sanic) -> None:
        """Have what goes wrong told in our words, as a page or as JSON."""
        target.exception(Problem, JobcentreError, SanicException, UnicodeError, Exception)(partial(self._tell))

    # The server's life

    async def _start(self, app: Sanic, *_: Any) -> None:
        app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, REQUEST_AT_MOST)
        if self._answering is None:
            self._answering = self._over_rasa(app)
        if self._answering:
            self._answering.start()

    def _over_rasa(self, app: Sanic) -> Answering | None:
        from bot.assistant.rasa_runner import RasaRunner
        from bot.services.knowledge import knowledge_at
        from bot.settings import Settings

        processor = getattr(getattr(app.ctx, "agent", None), "processor", None)
        if processor is None:
            return None
        settings = Settings.read(os.environ)
        runner = RasaRunner.over(processor)
        self._model = str(processor.model_filename).removesuffix(".tar.gz")
        knowledge = knowledge_at(settings.database_url)
        return Answering(Assistant(knowledge, runner, runner.responses, settings.clock))

    async def _stop(self, *_: Any) -> None:
        if self._answering:
            await self._answering.stop()

    # Routes

    async def _page(self, request: Request) -> HTTPResponse:
        if not request.path.endswith("/"):
            return _redirect(f"{request.path}/")
        return await self._shown(request, _fields(request))

    async def _form(self, request: Request) -> HTTPResponse:
        fields = _form_fields(request)
        try:
            sender = _checked_sender(request, fields.get("form_token"))
            sent = await self._checked(fields, sender)
            message = await self._receive(sender, sent)
            await self._reply_to(message)
        except Problem as problem:
            return await self._shown(request, fields, problem)
        here = address(sent.account, sent.language or Language.ENGLISH)
        return _redirect(f"{here}#m{message.id}")

    async def _leave(self, request: Request) -> HTTPResponse:
        fields = _form_fields(request)
        _checked_sender(request, fields.get("form_token"))
        response = _redirect(address(fields.get("account", ""), _language(fields) or Language.ENGLISH))
        response.headers.add("Set-Cookie", _cookie_text(request, "", "; Max-Age=0"))
        return response

    async def _post(self, request: Request) -> HTTPResponse:
        sender = _checked_sender(request, request.headers.get("x-form-token"))
        sent = await self._checked(_json_fields(request), sender)
        message = await self._receive(sender, sent)
        state, reply = await self._reply_to(message)
        language = sent.language or Language.ENGLISH
        told = reply.to_dict(language, self._assistant.clock()) if reply else None
        status = 202 if state is MessageState.RECEIVED else 200
        return _json({"id": message.id, "state": state.value, "reply": told}, status)

    async def _get(self, request: Request) -> HTTPResponse:
        fields = _fields(request)
        after = fields.get("after", "0")
        if not re.fullmatch("[0-9]{1,18}", after):
            raise Problem("not_understood")
        cookie = _cookie(request)
        shown, is_waiting = await self._look(lambda store: _find(store, cookie, fields.get("account", ""), int(after)))
        now, language = self._assistant.clock(), _language(fields) or Language.ENGLISH
        found = {"messages": [message.to_dict(language, now) for message in shown], "is_waiting": is_waiting}
        response = _json(found)
        tag = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            response = HTTPResponse(status=304)
        response.headers["ETag"] = tag
        return response

    async def _health(self, request: Request) -> HTTPResponse:
        model = self._model if self._answering else None
        database, sample = "unavailable", None
        if self._answering:
            try:
                sample = await self._look(_is_sample)
                database = "ok"
            except Problem:
                pass
        is_well = model is not None and database == "ok"
        told = {"status": "ok" if is_well else "unavailable", "model": model, "database": database, "sample": sample}
        return _json(told, 200 if is_well else 503)

    # What the routes do

    @property
    def _assistant(self) -> Assistant:
        return self._at_work.assistant

    @property
    def _at_work(self) -> Answering:
        if self._answering is None:
            raise Problem("unavailable", 503)
        return self._answering

    async def _look(self, read: Callable[[Store], Any]) -> Any:
        """What the store has. Raises Problem where it cannot be read now."""
        store = self._assistant.knowledge.store
        try:
            return await self._at_work.look(lambda: read(store))
        except JobcentreError as error:
            raise Problem("unavailable", 503) from error

    async def _checked(self, fields: Mapping[str, Any], sender: str) -> Sent:
        """Raises Problem saying what is wrong with it."""
        text = fields.get("text")
        if not isinstance(text, str):
            raise Problem("empty" if text is None else "not_understood")
        if not text.strip():
            raise Problem("empty")
        if len(text) > LIMIT:
            raise Problem("too_long", 413, limit=f"{LIMIT:,}")
        message_id = fields.get("message_id") or secrets.token_hex(16)
        if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise Problem("not_understood")
        account = await self._look(lambda store: _find_account(store, fields.get("account")))
        if wait := self._limit.take(sender, time.monotonic()):
            raise Problem("too_many", 429, seconds=wait)
        if self._at_work.is_busy:
            raise Problem("busy", 503)
        return Sent(text, account.handle if account else "", message_id, _language(fields))

    async def _receive(self, sender: str, sent: Sent) -> Message:
        """Keep it durably."""
        incoming = Incoming(
            account=sent.account,
            sender=sender,
            text=sent.text,
            sent_at=self._assistant.clock(),
            # The channel's ids are one person's own: another's message is never found by guessing its id.
            message_id=f"{sender}:{sent.message_id}",
            channel=CHANNEL,
        )

        def keep(store: Store) -> Message:
            _begin(store, incoming, sent.language)
            return self._assistant.receive(incoming)

        message: Message = await self._look(keep)
        return message

    async def _reply_to(self, message: Message) -> tuple[MessageState, Shown | None]:
        """How far the message has come after its turn, or after the longest wait, and its reply."""
        if message.state is MessageState.RECEIVED:
            turn = asyncio.ensure_future(self._at_work.answer(message.conversation_id))
            await asyncio.wait({turn}, timeout=WAIT_SECONDS)
        found: tuple[MessageState, Shown | None] = await self._look(lambda store: _state_and_reply(store, message))
        return found

    async def _shown(self, request: Request, fields: Mapping[str, str], problem: Problem | None = None) -> HTTPResponse:
        cookie = _cookie(request) or secrets.token_urlsafe(24)
        view: View = await self._look(lambda store: _view(store, self._assistant, cookie, fields))
        text = fields.get("text", "") if problem else ""
        response = _html(chat_page(replace(view, text=text, problem=problem)), problem.status if problem else 200)
        _tell_wait(response, problem)
        if _cookie(request) is None:
            response.headers.add("Set-Cookie", _cookie_text(request, cookie))
        return response

    async def _tell(self, request: Request, error: Exception) -> HTTPResponse:
        """What went wrong, as the caller reads it."""
        problem = _problem(error)
        fields = _fields(request) if request is not None else {}
        language = _language(fields) or Language.ENGLISH
        if request is None or request.path.endswith(("/messages", "/health")):
            response = _json({"error": {"code": problem.code, "message": problem.told(language)}}, problem.status)
        else:
            response = _html(problem_page(problem, language, is_sample=False), problem.status)
        _tell_wait(response, problem)
        return _add_safe_headers(request, response)


async def _static(request: Request, name: str) -> HTTPResponse:
    if name not in STATIC_TYPES:
        raise NoPage("no such file")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HTTPResponse(static_files()[name], content_type=f"{STATIC_TYPES[name]}; charset=utf-8", headers=headers)


# From the store


def _find_account(store: Store, handle: Any) -> Account | None:
    """The account; None where none is named. Raises Problem for one that there is not."""
    if not handle:
        return None
    with store.unit_of_work(write=False) as work:
        found = [a for a in work.accounts.find_all() if isinstance(handle, str) and a.handle == handle.lstrip("@")]
    if not found:
        raise Problem("no_account")
    return found[0]


def _is_sample(store: Store) -> bool:
    store.check()
    with store.unit_of_work(write=False) as work:
        return samples.is_marked(work)


def _begin(store: Store, incoming: Incoming, language: Language | None) -> None:
    """A conversation begins in the page's language, until what the person writes says otherwise."""
    with store.unit_of_work() as work:
        conversation = work.conversations.get_or_create(incoming.account, incoming.sender, CHANNEL)
        if language and conversation.last_in_at is None:
            work.conversations.save(replace(conversation, language=language))


def _find(store: Store, cookie: str | None, account: str, after: int) -> tuple[list[Shown], bool]:
    """The messages, and whether one of them still waits for its reply."""
    if cookie is None:
        return [], False
    with store.unit_of_work(write=False) as work:
        conversation = find_conversation(work, _sender(cookie), account, CHANNEL)
        waits = bool(conversation and work.messages.find_unanswered(conversation.id))
        return find_shown(work, conversation, after), waits


def _state_and_reply(store: Store, message: Message) -> tuple[MessageState, Shown | None]:
    with store.unit_of_work(write=False) as work:
        return work.messages.get(message.id).state, find_reply(work, message)


def _view(store: Store, assistant: Assistant, cookie: str, fields: Mapping[str, str]) -> View:
    with store.unit_of_work(write=False) as work:
        accounts = work.accounts.find_all()
        is_sample = samples.is_marked(work)
    account = next((a for a in accounts if a.handle == fields.get("account")), None)
    messages, is_waiting = _find(store, cookie, account.handle if account else "", 0)
    return View(
        language=_language(fields) or (account.language if account else Language.ENGLISH),
        now=assistant.clock(),
        is_sample=is_sample,
        accounts=accounts,
        account=account,
        messages=messages,
        is_waiting=is_waiting,
        message_id=secrets.token_hex(16),
        form_token=_form_token(cookie),
    )


# Requests and responses


def _fields(request: Request) -> dict[str, str]:
    return {str(name): str(values[0]) for name, values in request.args.items()}


def _form_fields(request: Request) -> dict[str, str]:
    """Raises Problem for what is not a form of the page."""
    try:
        text = request.body.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise Problem("not_understood") from error


def _json_fields(request: Request) -> dict[str, Any]:
    """Raises Problem for what is not a JSON object in UTF-8."""
    try:
        fields = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Problem("not_understood") from error
    if not isinstance(fields, dict):
        raise Problem("not_understood")
    return fields


def _language(fields: Mapping[str, Any]) -> Language | None:
    wanted = fields.get("lang")
    return next((language for language in Language if language.value == wanted), None)


def _cookie(request: Request) -> str | None:
    found = _COOKIE.search(request.headers.get("cookie", ""))
    return found[1] if found else None


def _cookie_text(request: Request, value: str, more: str = "") -> str:
    """It ends with the browser's session, and no script can read it."""
    path = request.path.rsplit("/", 1)[0] + "/"
    is_https = "https" in (request.scheme, request.headers.get("x-forwarded-proto"))
    return f"{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Strict{'; Secure' if is_https else ''}{more}"


def _sender(cookie: str) -> str:
    """The person, as it is kept: from it nobody can make the cookie that speaks for them."""
    return f"web:{hashlib.sha256(cookie.encode()).hexdigest()[:32]}"


def _form_token(cookie: str) -> str:
    """Proves that a request comes from our page: only we and the browser's own page can know it, and it holds after
    a restart."""
    return hmac.new(cookie.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def _checked_sender(request: Request, token: Any) -> str:
    """Who sends it. Raises Problem where it does not come from our page."""
    cookie = _cookie(request)
    is_ours = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    if cookie is None or not is_ours or not hmac.compare_digest(_form_token(cookie).encode(), str(token).encode()):
        raise Problem("expired", 403)
    return _sender(cookie)


def _problem(error: Exception) -> Problem:
    """What an error is to the person who asked."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, SanicException):
        codes = {404: "not_found", 413: "too_big", 503: "unavailable"}
        status = error.status_code or 500
        return Problem(codes.get(status, "not_understood" if status < 500 else "unavailable"), status)
    if isinstance(error, UnicodeError):
        return Problem("not_understood")
    log_error(error)
    return Problem("unavailable", 503 if isinstance(error, JobcentreError) else 500)


def _tell_wait(response: HTTPResponse, problem: Problem | None) -> None:
    if problem and problem.status in (429, 503):
        response.headers["Retry-After"] = str(problem.blanks.get("seconds", 30))


def _html(text: str, status: int = 200) -> HTTPResponse:
    return HTTPResponse(text, status=status, content_type="text/html; charset=utf-8")


def _json(told: Any, status: int = 200) -> HTTPResponse:
    return HTTPResponse(json.dumps(told, ensure_ascii=False), status=status, content_type="application/json")


def _redirect(to: str) -> HTTPResponse:
    return HTTPResponse(status=303, headers={"Location": to})


def _add_safe_headers(request: Request, response: HTTPResponse) -> HTTPResponse:
    for name, value in _SAFE.items():
        response.headers[name] = value
    # Nothing of a conversation stays on a computer that others use.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
