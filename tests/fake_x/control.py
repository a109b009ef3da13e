"""The fake's own small API, for people and tests in other processes. It is no part of X.

GET  /                     a page to write on as a person
POST /control/people       {"name"}                                     GET /control/people
POST /control/accounts     {"name"}  → its keys and tokens              GET /control/accounts
POST /control/messages     {"from", "to", "text", "media"}  → {"id"}    GET /control/messages?one=…&other=…
POST /control/users/NAME   {"is_suspended", "is_revoked", "is_closed", "is_encrypted", "accepts_strangers",
                            "echoes", "permission", "blocks": account, "lateness": seconds}
POST /control/app          {"is_enrolled", "credit"}
POST /control/faults       {"name", "calls", "account", "times", "chance"}      GET, DELETE /control/faults
POST /control/clock        {"advance": seconds}  → {"now"}              GET /control/clock
GET  /control/journal      every request
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fake_x.clock import Clock
from tests.fake_x.faults import NAMES
from tests.fake_x.world import Account, NoSuch, Permission, Person, User

if TYPE_CHECKING:
    from tests.fake_x.server import FakeX

Told = Mapping[str, Any]
Handler = Callable[[web.Request], Awaitable[web.Response]]
PAGE = Path(__file__).parent / "page.html"
_SWITCHES = {"is_suspended", "is_revoked", "is_closed", "is_encrypted", "accepts_strangers", "echoes"}


def control_routes(x: FakeX) -> list[web.RouteDef]:
    control = Control(x)
    return [
        web.get("/", _page),
        web.get("/control/{what}", _handler(x, control.get)),
        web.post("/control/{what}", _handler(x, control.post)),
        web.post("/control/users/{name}", _handler(x, control.change_user)),
        web.delete("/control/faults", _handler(x, control.clear_faults)),
    ]


def _handler(x: FakeX, do: Callable[[str, Told], Any]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        told = {**request.query, **(await request.json() if request.can_read_body else {})}
        named = request.match_info.get("what") or request.match_info.get("name") or ""
        try:
            with x.lock:
                return web.json_response(do(named, told))
        except (LookupError, ValueError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    return handle


async def _page(_: web.Request) -> web.Response:
    return web.Response(text=PAGE.read_text(encoding="utf-8"), content_type="text/html")


class Control:
    """What each address does."""

    def __init__(self, x: FakeX) -> None:
        self._x = x

    def get(self, what: str, told: Told) -> Any:
        look: dict[str, Callable[[Told], Any]] = {
            "people": lambda _: [user.username for user in self._x.world.users.values() if isinstance(user, Person)],
            "accounts": lambda _: [self._account(account) for account in self._x.world.accounts()],
            "messages": self._messages,
            "faults": lambda _: sorted(NAMES),
            "clock": lambda _: {"now": self._x.clock().isoformat()},
            "journal": lambda _: [entry.to_dict() for entry in self._x.journal.find()],
        }
        return look[what](told)

    def post(self, what: str, told: Told) -> Any:
        do: dict[str, Callable[[Told], Any]] = {
            "people": lambda told: {"id": self._x.world.add_person(told["name"]).id},
            "accounts": lambda told: self._account(self._x.world.add_account(told["name"])),
            "messages": self._write,
            "app": self._app,
            "faults": self._fault,
            "clock": self._clock,
        }
        return do[what](told)

    def change_user(self, name: str, told: Told) -> Any:
        user = self._x.world.user_of_name(name)
        for switch in _SWITCHES & set(told):
            if not hasattr(user, switch):
                raise NoSuch(f"{switch} of {name}")
            setattr(user, switch, bool(told[switch]))
        if "permission" in told and isinstance(user, Account):
            user.permission = Permission(told["permission"])
        if "blocks" in told and isinstance(user, Person):
            user.blocked.add(self._x.world.account_of_name(told["blocks"]).id)
        if "lateness" in told:
            self._x.world.lateness[user.id] = timedelta(seconds=float(told["lateness"]))
        return {"name": user.username}

    def clear_faults(self, _: str, __: Told) -> Any:
        self._x.faults.clear()
        return {}

    def _account(self, account: Account) -> dict[str, str]:
        app = self._x.world.app
        keys = {"consumer_key": app.consumer_key, "consumer_secret": app.consumer_secret}
        tokens = {"access_token": account.token, "access_token_secret": account.token_secret}
        return {"name": account.username, "id": account.id, **keys, **tokens}

    def _messages(self, told: Told) -> Any:
        texts = self._x.texts(told["one"], told["other"])
        return [{"from": sender, "text": text} for sender, text in texts]

    def _write(self, told: Told) -> Any:
        event = self._x.world.write(
            self._person(told["from"]),
            self._x.world.user_of_name(told["to"]),
            told.get("text", ""),
            media=int(told.get("media", 0)),
        )
        return {"id": str(event.id)}

    def _person(self, name: str) -> User:
        """Whoever it is: somebody new where nobody has the name."""
        try:
            return self._x.world.user_of_name(name)
        except NoSuch:
            return self._x.world.add_person(name)

    def _app(self, told: Told) -> Any:
        app = self._x.world.app
        if "is_enrolled" in told:
            app.is_enrolled = bool(told["is_enrolled"])
        if "credit" in told:
            app.credit = None if told["credit"] is None else Decimal(str(told["credit"]))
        return {"spent": str(app.spent)}

    def _fault(self, told: Told) -> Any:
        fault = self._x.faults.add(**told)
        return {"name": fault.name}

    def _clock(self, told: Told) -> Any:
        if not isinstance(self._x.clock, Clock):
            raise TypeError("this clock goes by itself")
        return {"now": self._x.clock.advance(float(told["advance"])).isoformat()}
