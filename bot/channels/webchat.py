"""The web chat: a plain page, and the small JSON API that its script uses.

`jobcentre run` serves it at `/`; the standard `rasa run` serves the same at `/webhooks/webchat/` (credentials.yml).

    GET  /                      the page; `account` and `lang` (en, cy) choose what it shows
    POST /                      its form, for browsers without script: answers with a redirect to the page
    POST /leave                 forgets who is writing: the next message begins a new conversation
    GET  /health                {"status", "model", "database", "sample", "x"}; 503 unless model and database are there
    POST /messages              JSON {"text", "account", "message_id", "lang"}; only `text` is required
    GET  /messages?account=…    JSON {"messages": […], "is_waiting": bool, "state"}; `after=N`: only what came after N

POST /messages answers 200 {"id", "state": "answered" | "ignored", "reply": message or null} once the message has its
reply (null: nobody is to answer it here, an adviser has the conversation; or it came before and is erased, and `id` is
null as well), or 202 with state "received" where the reply is still to come. The same `message_id` (1 to 64 letters,
digits, "-", "_") is the same message however often it is sent. It needs the page's cookie, and the page's form token in
the header `X-Form-Token`. GET /messages answers 304 to an `If-None-Match` with the `ETag` it gave before. A message is
{"id", "author": "person" | "assistant" | "adviser", "language", "at", "time", "text", "paragraphs", "in_reply_to",
"message_id"}; what a person wrote is as it was kept.
`state` says who speaks: "assistant", "waiting" (for a person), "with_adviser" or "stopped".

A refused request answers 4xx {"error": {"code", "message"}}: 400 bad input, 403 no cookie or token, 413 too long,
429 too quick (with `Retry-After`); 503 means try again later. Nothing of a message is in an address or in a log.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.assistant.turn import Assistant
from bot.channels.answering import Answering
from bot.channels.forms import (
    Sent,
    form_fields,
    json_fields,
    language_of,
    message_id_of,
    number_of,
    query_fields,
    text_of,
)
from bot.channels.limits import Limits
from bot.channels.page import Problem, View, address, chat_page, problem_page
from bot.channels.responses import guard, html, json_of, json_problem, problem_of, redirect, static, tagged
from bot.channels.transcript import Shown, Transcript, find_conversation, find_reply, find_transcript
from bot.channels.visitor import (
    address_of,
    checked_cookie,
    cookie_text,
    find_cookie,
    form_token,
    message_name,
    new_cookie,
    sender_of,
)
from bot.jobcentre.conversation import Account, Incoming, Language, Message, MessageState
from bot.jobcentre.errors import JobcentreError, NotFound
from bot.services import samples
from bot.store.unit_of_work import Store, UnitOfWork

CHANNEL = "webchat"
REQUEST_AT_MOST = 200_000
"""Bytes: the longest message, every character of it escaped."""
ARRIVES_WITHIN = 20
"""Seconds in which the head of a request must have come in."""
ANSWERED_WITHIN = 40
"""Seconds in which its rest must have come in, and have been answered."""
WAIT_SECONDS = 10.0
"""How long a request waits for its reply before it says that it will come."""


class WebChat(InputChannel):
    """The channel. Without an assistant of its own it takes the agent that `rasa run` has loaded, behind our door."""

    def __init__(
        self,
        assistant: Assistant | None = None,
        model: str = "",
        others: Mapping[str, Callable[[UnitOfWork, datetime], Any]] | None = None,
    ) -> None:
        """`others` tell at /health, by name, how channels beside it are."""
        self._others = others or {}
        self._answering = Answering(assistant) if assistant else None
        self._model = model
        self._limits = Limits()

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
        routes.add_route(static, "/static/<name:str>", name="static")
        routes.middleware(guard, attach_to="response")
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
        app.config.REQUEST_TIMEOUT = min(app.config.REQUEST_TIMEOUT, ARRIVES_WITHIN)
        app.config.RESPONSE_TIMEOUT = min(app.config.RESPONSE_TIMEOUT, ANSWERED_WITHIN)
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
        app.config.PROXIES_COUNT = settings.proxies
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
            return redirect(f"{request.path}/")
        return await self._shown(request, query_fields(request))

    async def _form(self, request: Request) -> HTTPResponse:
        fields = form_fields(request)
        try:
            cookie = checked_cookie(request, fields.get("form_token"))
            sent = await self._checked(request, fields, cookie)
            message = await self._receive(cookie, sent)
            if message:
                await self._reply_to(message)
        except Problem as problem:
            return await self._shown(request, fields, problem)
        here = address(sent.account, sent.language or Language.ENGLISH)
        return redirect(f"{here}#m{message.id}" if message else here)

    async def _leave(self, request: Request) -> HTTPResponse:
        fields = form_fields(request)
        checked_cookie(request, fields.get("form_token"))
        here = address(fields.get("account", ""), language_of(fields) or Language.ENGLISH)
        response = redirect(f"{here}&ended=yes")
        response.headers.add("Set-Cookie", cookie_text(request, "", is_over=True))
        return response

    async def _post(self, request: Request) -> HTTPResponse:
        cookie = checked_cookie(request, request.headers.get("x-form-token"))
        sent = await self._checked(request, json_fields(request), cookie)
        message = await self._receive(cookie, sent)
        if message is None:
            return json_of({"id": None, "state": MessageState.IGNORED.value, "reply": None})
        state, reply = await self._reply_to(message)
        language = sent.language or Language.ENGLISH
        told = reply.to_dict(language, self._assistant.clock()) if reply else None
        status = 202 if state is MessageState.RECEIVED else 200
        return json_of({"id": message.id, "state": state.value, "reply": told}, status)

    async def _get(self, request: Request) -> HTTPResponse:
        fields = query_fields(request)
        after, cookie = number_of(fields, "after"), find_cookie(request)
        found: Transcript = await self._look(lambda store: _find(store, cookie, fields.get("account", ""), after))
        language = language_of(fields) or Language.ENGLISH
        return tagged(request, json_of(found.to_dict(language, self._assistant.clock())))

    async def _health(self, request: Request) -> HTTPResponse:
        model = self._model if self._answering else None
        database, sample, others = "unavailable", None, {}
        if self._answering:
            try:
                sample = await self._look(_is_sample)
                others = await self._look(self._tell_others)
                database = "ok"
            except Problem:
                pass
        is_well = model is not None and database == "ok"
        told = {"status": "ok" if is_well else "unavailable", "model": model, "database": database, "sample": sample}
        return json_of({**told, **others}, 200 if is_well else 503)

    def _tell_others(self, store: Store) -> dict[str, Any]:
        if not self._others:
            return {}
        with store.unit_of_work(write=False) as work:
            return {name: tell(work, self._assistant.clock()) for name, tell in self._others.items()}

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

    async def _checked(self, request: Request, fields: Mapping[str, Any], cookie: str) -> Sent:
        """Raises Problem saying what is wrong with it."""
        text, message_id = text_of(fields), message_id_of(fields)
        account = await self._look(lambda store: _find_account(store, fields.get("account")))
        if wait := self._limits.take(sender_of(cookie), address_of(request), time.monotonic()):
            raise Problem("too_many", 429, seconds=wait)
        if self._at_work.is_busy:
            raise Problem("busy", 503)
        return Sent(text, account.handle if account else "", message_id, language_of(fields))

    async def _receive(self, cookie: str, sent: Sent) -> Message | None:
        """Keep it durably. None where it was kept before, and is erased."""
        incoming = Incoming(
            account=sent.account,
            sender=sender_of(cookie),
            text=sent.text,
            sent_at=self._assistant.clock(),
            message_id=message_name(cookie, sent.message_id),
            channel=CHANNEL,
        )

        def keep(store: Store) -> Message | None:
            _begin(store, incoming, sent.language)
            return self._assistant.receive(incoming)

        message: Message | None = await self._look(keep)
        return message

    async def _reply_to(self, message: Message) -> tuple[MessageState, Shown | None]:
        """How far the message has come after its turn, or after the longest wait, and its reply."""
        if message.state is MessageState.RECEIVED:
            turn = asyncio.ensure_future(self._at_work.answer(message.conversation_id))
            await asyncio.wait({turn}, timeout=WAIT_SECONDS)
        found: tuple[MessageState, Shown | None] = await self._look(lambda store: _state_and_reply(store, message))
        return found

    async def _shown(self, request: Request, fields: Mapping[str, str], problem: Problem | None = None) -> HTTPResponse:
        known = find_cookie(request)
        cookie = known or new_cookie()
        view: View = await self._look(lambda store: _view(store, self._assistant, cookie, fields))
        if problem:
            view = replace(view, text=fields.get("text", ""), problem=problem)
        response = html(chat_page(view), problem)
        if known is None:
            response.headers.add("Set-Cookie", cookie_text(request, cookie))
        return response

    async def _tell(self, request: Request, error: Exception) -> HTTPResponse:
        """What went wrong, as the caller reads it."""
        problem = problem_of(error)
        fields = query_fields(request) if request is not None else {}
        language = language_of(fields) or Language.ENGLISH
        if request is None or request.path.endswith(("/messages", "/health")):
            response = json_problem(problem, problem.told(language))
        else:
            response = html(problem_page(problem, language), problem)
        return await guard(request, response)


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
        if work.retention.was_erased(incoming.account, incoming.message_id):
            return
        conversation = work.conversations.get_or_create(incoming.account, incoming.sender, CHANNEL)
        if language and conversation.last_in_at is None:
            work.conversations.save(replace(conversation, language=language))


def _find(store: Store, cookie: str | None, account: str, after: int = 0) -> Transcript:
    if cookie is None:
        return Transcript()
    with store.unit_of_work(write=False) as work:
        return find_transcript(work, find_conversation(work, sender_of(cookie), account, CHANNEL), after)


def _state_and_reply(store: Store, message: Message) -> tuple[MessageState, Shown | None]:
    with store.unit_of_work(write=False) as work:
        reply = find_reply(work, message)
        try:
            return work.messages.get(message.id).state, reply
        except NotFound:  # its own turn erased it: "delete my messages"
            return MessageState.ANSWERED, reply


def _view(store: Store, assistant: Assistant, cookie: str, fields: Mapping[str, str]) -> View:
    """The page. Its next message keeps the id that a form came with: sent again, it is the same message."""
    with store.unit_of_work(write=False) as work:
        accounts = work.accounts.find_all()
        is_sample = samples.is_marked(work)
    account = next((a for a in accounts if a.handle == fields.get("account")), None)
    try:
        message_id = message_id_of(fields)
    except Problem:
        message_id = message_id_of({})
    return View(
        language=language_of(fields) or (account.language if account else Language.ENGLISH),
        now=assistant.clock(),
        is_sample=is_sample,
        accounts=accounts,
        account=account,
        transcript=_find(store, cookie, account.handle if account else ""),
        message_id=message_id,
        form_token=form_token(cookie),
        is_over="ended" in fields,
    )
