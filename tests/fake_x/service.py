"""What X does with a request, from signature to answer. Nothing here waits, and nothing knows of sockets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import takewhile
from typing import Any

from tests.fake_x import answer, contract, faults
from tests.fake_x.answer import Answer, Ending, json_answer
from tests.fake_x.faults import Faults
from tests.fake_x.journal import Entry, Journal
from tests.fake_x.limits import QUARTER, READS, SENDS, Counts, Limits
from tests.fake_x.pages import BadToken, before_of, one_event, page_of, user_json
from tests.fake_x.signatures import Signatures
from tests.fake_x.world import Account, Event, NoSuch, Permission, World

TEXT_AT_MOST = 10_000
REACH = timedelta(days=30)
"""How far back the list of all conversations goes."""
_USER_ID = re.compile(r"[0-9]{1,19}")
_CONVERSATION_ID = re.compile(r"[0-9]{1,19}-[0-9]{1,19}|[0-9]{15,19}")


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    url: str
    """With scheme, host and query, as the client signed it."""
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    raw_query: str = ""


@dataclass(frozen=True)
class Route:
    """`path` as X's own document writes it."""

    call: str
    method: str
    path: str

    def match(self, method: str, path: str) -> dict[str, str] | None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groupdict() if found else None


ROUTES = (
    Route("read", "GET", "/2/dm_events"),
    Route("read_with", "GET", "/2/dm_conversations/with/{participant_id}/dm_events"),
    Route("read_conversation", "GET", "/2/dm_conversations/{id}/dm_events"),
    Route("read_event", "GET", "/2/dm_events/{event_id}"),
    Route("delete", "DELETE", "/2/dm_events/{event_id}"),
    Route("send_with", "POST", "/2/dm_conversations/with/{participant_id}/messages"),
    Route("send_conversation", "POST", "/2/dm_conversations/{dm_conversation_id}/messages"),
    Route("me", "GET", "/2/users/me"),
    Route("user", "GET", "/2/users/by/username/{username}"),
)


@dataclass(frozen=True)
class Call:
    """A request that X lets in."""

    name: str
    account: Account
    query: Mapping[str, str]
    body: bytes
    named: Mapping[str, str]
    """What stands in the path."""


@dataclass
class Service:
    """X, without its sockets."""

    world: World
    version: str = "2.167"
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self.journal = Journal()
        self.faults = Faults(self.world.random)
        self.counts = Counts(self.limits)
        self.expansions_bring_fields = True
        """Whether an expansion brings the field that it expands; else `sender_id` comes only where it is a field asked
        for, as the older version allows."""
        self.watchers: list[Callable[[Request, Answer, str | None], None]] = []
        """Told of every request, what is answered, and the fault that was met."""
        self._signatures = Signatures(self.world)
        self._do: Mapping[str, Callable[[Call], Answer]] = {
            "read": self._read,
            "read_with": self._read_with,
            "read_conversation": self._read_conversation,
            "read_event": self._read_event,
            "delete": self._delete,
            "send_with": self._send_with,
            "send_conversation": self._send_conversation,
            "me": self._me,
            "user": self._user,
        }

    def handle(self, request: Request) -> Answer:
        """Do it and say what is answered; every request gets an entry in the journal."""
        route, named = _route_of(request)
        account = self._signatures.find_signer(request.method, request.url, request.headers)
        name = route.call if route else "unknown"
        fault, given = self._answer(request, route, named, account)
        given = self._with_headers(name, account, given, fault)
        self.journal.add(
            Entry(
                self.world.clock(),
                account.username if account else None,
                name,
                request.method,
                request.path,
                request.raw_query,
                given.status if given.ending is Ending.WHOLE else None,
                fault,
                request.headers.get("User-Agent", ""),
            )
        )
        for watch in self.watchers:
            watch(request, given, fault)
        return given

    def _answer(
        self, request: Request, route: Route | None, named: Mapping[str, str], account: Account | None
    ) -> tuple[str | None, Answer]:
        """The fault that was met, if one was, and the answer."""
        if route is None:
            return None, answer.problem(404, "Not Found", "Not Found")
        who = account.username if account else None
        if instead := self.faults.take(faults.INSTEAD, route.call, who):
            return self._instead(instead, route.call, account)
        refused = self._refused(request, route, account)
        if refused or account is None:
            return None, refused or answer.unauthorized()
        given = self._do[route.call](Call(route.call, account, request.query, request.body, named))
        if after := self.faults.take(faults.AFTER, route.call, who):
            return after, faults.AFTER[after](given)
        if route.call in READS and given.status == 200:
            return self._changed_page(route.call, account, given)
        return None, given

    def _instead(self, fault: str, name: str, account: Account | None) -> tuple[str | None, Answer]:
        """What went wrong counts as a call too."""
        if account and fault not in faults.TOO_MANY and not self.counts.take(name, account.id, self.world.clock()):
            return None, answer.too_many()
        return fault, faults.INSTEAD[fault]()

    def _refused(self, request: Request, route: Route, account: Account | None) -> Answer | None:
        """What is wrong with a request before anybody looks at what it wants."""
        if account is None:
            is_bearer = request.headers.get("Authorization", "").startswith("Bearer ")
            return answer.unsupported_authentication() if is_bearer else answer.unauthorized()
        if refusal := self._not_allowed(route, account):
            return refusal
        if self.world.is_out_of_credit:
            return answer.credits_depleted()
        if not self.counts.take(route.call, account.id, self.world.clock()):
            return answer.too_many()
        try:
            contract.check_query(self.version, route.path, route.method, request.query)
        except contract.Invalid as wrong:
            return answer.invalid(wrong.message, **{wrong.parameter.replace(".", "__"): [wrong.value]})
        return None

    def _not_allowed(self, route: Route, account: Account) -> Answer | None:
        if not self.world.app.is_enrolled:
            return answer.not_enrolled()
        if account.is_suspended:
            return answer.account_suspended()
        needs_messages = route.call in READS | SENDS | {"delete"}
        if needs_messages and account.permission is not Permission.READ_WRITE_AND_MESSAGES:
            return answer.permissions_missing()
        return None

    def _changed_page(self, name: str, account: Account, given: Answer) -> tuple[str | None, Answer]:
        fault = self.faults.take(faults.PAGES, name, account.username)
        if fault is None:
            return None, given
        page = faults.PAGES[fault](json.loads(given.body), self.world.random)
        return fault, replace(given, body=json.dumps(page, ensure_ascii=False).encode())

    def _with_headers(self, name: str, account: Account | None, given: Answer, fault: str | None) -> Answer:
        now = self.world.clock()
        headers = dict(given.headers)
        if account is not None and name != "unknown":
            told = self.counts.headers(name, account.id, now)
            if fault in faults.TOO_MANY:
                told = _exhausted(told, now.timestamp())
            if change := self.faults.take(faults.HEADERS, name, account.username):
                told = faults.HEADERS[change](told)
            headers |= told
        return replace(given, headers={**headers, "Date": format_datetime(now, usegmt=True)})

    # Reading

    def _read(self, call: Call) -> Answer:
        oldest = self.world.clock() - REACH

        def found(before: int | None) -> Any:
            return takewhile(lambda event: event.at >= oldest, self.world.seen_by(call.account, before))

        return self._page(call, f"all:{call.account.id}", found)

    def _read_with(self, call: Call) -> Answer:
        other = call.named["participant_id"]
        if not _USER_ID.fullmatch(other):
            return answer.invalid("The `participant_id` is not valid", participant_id=[other])
        return self._page_of_conversation(call, self.world.conversation_with(call.account, other))

    def _read_conversation(self, call: Call) -> Answer:
        conversation = call.named["id"]
        if not _CONVERSATION_ID.fullmatch(conversation):
            return answer.invalid("The `id` is not valid", id=[conversation])
        return self._page_of_conversation(call, conversation)

    def _page_of_conversation(self, call: Call, conversation: str) -> Answer:
        if not self.world.is_member(call.account, conversation):
            return json_answer({"meta": {"result_count": 0}})
        return self._page(
            call,
            f"{conversation}:{call.account.id}",
            lambda before: self.world.in_conversation(conversation, call.account, before),
        )

    def _page(self, call: Call, list_name: str, found: Callable[[int | None], Any]) -> Answer:
        token = call.query.get("pagination_token")
        try:
            before = before_of(list_name, token)
        except BadToken:
            return answer.invalid("The `pagination_token` is not valid", pagination_token=[token or ""])
        query = call.query if self.expansions_bring_fields else {**call.query, "expansions": ""}
        page, shown = page_of(self.world, found(before), query, list_name)
        self.world.charge_reading(shown)
        return json_answer(page)

    def _read_event(self, call: Call) -> Answer:
        event = self._event(call)
        if event is None:
            return answer.not_found("dm_event", "event_id", call.named["event_id"])
        self.world.charge_reading([event])
        return json_answer(one_event(self.world, event, call.query))

    def _delete(self, call: Call) -> Answer:
        event = self._event(call)
        if event is None:
            return answer.not_found("dm_event", "event_id", call.named["event_id"])
        if event.sender != call.account.id:
            return answer.forbidden()
        self.world.delete(event, call.account)
        return json_answer({"data": {"deleted": True}})

    def _event(self, call: Call) -> Event | None:
        number = call.named["event_id"]
        event = self.world.events.get(int(number)) if number.isascii() and number.isdigit() else None
        if event is None or not self.world.is_member(call.account, event.conversation):
            return None
        return event if event.is_seen_by(call.account.id, self.world.clock()) else None

    # Sending

    def _send_with(self, call: Call) -> Answer:
        other = call.named["participant_id"]
        if not _USER_ID.fullmatch(other):
            return answer.invalid("The `participant_id` is not valid", participant_id=[other])
        if other not in self.world.users:
            return answer.not_found("user", "participant_id", other)
        return self._send(call, self.world.conversation_with(call.account, other))

    def _send_conversation(self, call: Call) -> Answer:
        conversation = call.named["dm_conversation_id"]
        if not self.world.is_member(call.account, conversation):
            return answer.recipient_closed()
        return self._send(call, conversation)

    def _send(self, call: Call, conversation: str) -> Answer:
        try:
            text = _text_in(call.body, is_strict=self.version != "2.166")
        except contract.Invalid as wrong:
            return answer.invalid(wrong.message, **{wrong.parameter: [wrong.value]})
        others = self.world.others_of(call.account, conversation)
        if not all(self.world.may_write(call.account, other) for other in others):
            return answer.recipient_closed()
        self.world.charge_sending()
        event = self.world.send(call.account, conversation, text)
        return json_answer({"data": {"dm_conversation_id": conversation, "dm_event_id": str(event.id)}}, 201)

    # Users

    def _me(self, call: Call) -> Answer:
        return json_answer({"data": user_json(call.account, call.query)})

    def _user(self, call: Call) -> Answer:
        username = call.named["username"]
        try:
            return json_answer({"data": user_json(self.world.user_of_name(username), call.query)})
        except NoSuch:
            return answer.not_found("user", "username", username)


def _route_of(request: Request) -> tuple[Route | None, dict[str, str]]:
    for route in ROUTES:
        named = route.match(request.method, request.path)
        if named is not None:
            return route, named
    return None, {}


def _text_in(body: bytes, *, is_strict: bool) -> str:
    """The text of a message to send. Raises contract.Invalid for a body that X does not take."""
    try:
        told = json.loads(body)
    except ValueError as error:
        raise contract.Invalid("body", "", "The body is not JSON") from error
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise contract.Invalid("text", "", "The body has no text")
    if is_strict and (strange := sorted(set(told) - {"text", "attachments"})):
        raise contract.Invalid(strange[0], "", "The body has a property that is not known")
    text: str = told["text"]
    if not 1 <= len(text) <= TEXT_AT_MOST:
        raise contract.Invalid("text", str(len(text)), f"The text is not between 1 and {TEXT_AT_MOST} characters long")
    return text


def _exhausted(headers: Mapping[str, str], now: float) -> dict[str, str]:
    """Headers of a 429 that a fault made: nothing left until the window is over."""
    reset = max(int(headers["x-rate-limit-reset"]), int(now + QUARTER.total_seconds()))
    return {**headers, "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
