"""A real browser: Debian's chromium, driven by playwright; people who open the chat in it, and staff the console."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.cli.console import answering
from bot.console.desk import EXTENSION, Console, Practice
from bot.services import practice
from bot.services.knowledge import Knowledge
from bot.services.practice import PracticeClock
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.browser.desk import DESK, PHONE, ConsoleServer, Member, sign_in
from tests.browser.keyboard import Keyboard, Somebody
from tests.channels.conftest import models, sample, server
from tests.channels.servers import Server, elsewhere
from tests.channels.test_webchat import LEEDS
from tests.console.conftest import (
    PEOPLE,
    Clock,
    _cheap_hashes,
    app,
    clock,
    made_once,
    responses,
    staffed,
    staffed_template,
)

__all__ = [
    "PHONE",
    "_cheap_hashes",
    "app",
    "chromium",
    "clock",
    "made_once",
    "models",
    "responses",
    "sample",
    "server",
    "staffed",
    "staffed_template",
]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
Opener = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with these tests: while it lasts, playwright's event loop runs, and no other can."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _opening(chromium: Browser, **usual: Any) -> Iterator[Opener]:
    """Opens a browser of a new person. Whatever it complains about fails the test, but for what a test cut off."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **usual, **options})
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert [each for each in complaints if "net::ERR_" not in each and "status of 4" not in each] == []


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Opener]:
    """A browser of a new person, for the web chat."""
    with _opening(chromium, base_url=server.base) as open_one:
        yield lambda **options: open_one(**{"extra_http_headers": elsewhere(), **options})


@pytest.fixture
def page(visit: Opener) -> Page:
    """A new person's page, on a phone."""
    opened = visit().new_page()
    opened.goto(f"./?account={LEEDS}")
    return opened


@pytest.fixture(scope="session")
def console_address(made_once: Flask) -> Iterator[str]:
    """One server for all: `console` gives each test a database of its own behind it."""
    with socket.create_server(("127.0.0.1", 0)) as listener, answering(made_once, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


@pytest.fixture
def console(console_address: str, app: Flask, staffed: Store, clock: Clock) -> ConsoleServer:
    """The console at half past seven on a snowy Friday, with the sample's offices and a member of each role."""
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], address=console_address)
    return ConsoleServer(console_address, staffed, clock)


@pytest.fixture(scope="session")
def remembered() -> dict[Role | None, Any]:
    """The cookies of those who have signed in: each database begins with the same people, so they go on counting."""
    return {}


@pytest.fixture
def member(chromium: Browser, console: ConsoleServer, remembered: dict[Role | None, Any]) -> Iterator[Member]:
    """`member(Role.EDITOR)` is a new page of somebody who has signed in with that role and sees Today; `member(None)`
    is nobody's, at the form for signing in. What else it is given goes to the browser: `viewport=DESK`."""
    with _opening(chromium, base_url=console.base) as open_one:

        def come(role: Role | None, **options: Any) -> Page:
            page = open_one(storage_state=remembered.get(role), **options).new_page()
            page.goto("./")
            if role and role not in remembered:
                sign_in(page, PEOPLE[role])
                expect(page.get_by_role("heading", level=1)).to_have_text("Today")
                remembered[role] = page.context.storage_state()
            return page

        yield come


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def somebody(member: Member, request: pytest.FixtureRequest) -> Somebody:
    """With nothing but a keyboard, at Today; at the form for signing in, who has no role. On a phone and at a desk."""
    return lambda role: Keyboard.of(member(role, viewport=request.param))


@pytest.fixture
def somebody_turning(member: Member) -> Somebody:
    """The same, for long ways: one page is a phone's and the next a desk's, so that no way is gone twice."""
    return lambda role: Keyboard.of(member(role), turns=True)


@pytest.fixture
def practising(console: ConsoleServer, app: Flask, responses: object, clock: Clock) -> Iterator[ConsoleServer]:
    """The console as `jobcentre run --practice` starts it."""
    with console.store.unit_of_work() as work:
        work.settings.put(practice.MARK, True)
    store = Store(str(console.store.engine.url), clock_is_fixed=True)
    set_clock = PracticeClock(clock)
    place = Practice(set_clock, "http://127.0.0.1:5005/")
    app.extensions[EXTENSION] = Console(Knowledge(store), responses, set_clock, practice=place)  # type: ignore[arg-type]
    yield console
    store.close()
