"""Somebody who changes closures through the console's forms, in a process of their own."""

from __future__ import annotations

from typing import Any

import yaml
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask
from werkzeug.test import TestResponse

from bot.console.application import make_application
from bot.console.desk import EXTENSION, Console
from bot.jobcentre.closure import Closure
from bot.jobcentre.errors import Conflict
from bot.jobcentre.wording import load_responses
from bot.services import staff
from bot.services.knowledge import Knowledge
from bot.settings import PROJECT
from bot.store.unit_of_work import Store
from tests.builders import NOW
from tests.console.racers import PASSWORD
from tests.console.visitor import Page, Visitor

PREVIEW = "See what people will be told"


class Hurried(Visitor):
    """Raises Conflict with what the page says where somebody else was quicker."""

    def _shown(self, response: TestResponse, status: int) -> Page:
        if response.status_code == 409:
            raise Conflict(Page(response).main)
        return super()._shown(response, status)


class AtTheForms:
    """A `racers.Person`."""

    def __init__(self, store: Store, name: str) -> None:
        self.visitor = Hurried(_application(store))
        self.visitor.press(self.visitor.get("/sign-in"), "Sign in", {"name": name, "password": PASSWORD})

    def publish(self, note: str) -> str:
        page = self._previewed("/closures/new", where="Wakefield", note=note)
        shown = self.visitor.press(page, "Publish")
        return str(shown.response.request.path).rsplit("/", 1)[-1]

    def amend(self, seen: Closure, mark: str) -> object:
        page = self._previewed(f"/closures/{seen.id}/amend", note=mark, version=str(seen.version))
        return self.visitor.press(page, "Publish")

    def reopen(self, seen: Closure, mark: str) -> object:
        page = self.visitor.get(f"/closures/{seen.id}/reopen")
        return self.visitor.press(page, "Reopen them", {"office": [mark], "version": str(seen.version)})

    def withdraw(self, seen: Closure, mark: str) -> object:
        page = self.visitor.get(f"/closures/{seen.id}/withdraw")
        return self.visitor.press(page, "Withdraw", {"reason": mark, "version": str(seen.version)})

    def undo(self, seen: Closure, mark: str) -> object:
        page = self.visitor.get(f"/closures/{seen.id}")
        return self.visitor.press(page, "Undo the last change", {"version": str(seen.version)})

    def _previewed(self, address: str, **values: Any) -> Page:
        return self.visitor.press(self.visitor.get(address), PREVIEW, values)


staff._hasher = PasswordHasher.from_parameters(CHEAPEST)  # the real one is slow on purpose, and is not what is tried
_made: list[Flask] = []
"""The application of this process, once it is made: making it takes longer than a race."""


def _application(store: Store) -> Flask:
    responses = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
    console = Console(Knowledge(store), responses, lambda: NOW)
    if not _made:
        _made.append(make_application(console))
    _made[0].extensions[EXTENSION] = console
    return _made[0]
