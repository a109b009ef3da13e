"""A real browser: Debian's chromium, driven by playwright; and people who open the chat in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.channels.conftest import models, sample, server
from tests.channels.servers import Server, elsewhere
from tests.channels.test_webchat import LEEDS

__all__ = ["chromium", "models", "sample", "server"]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE = {"width": 360, "height": 740}
Opener = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Opener]:
    """Opens a browser of a new person. Whatever it complains about fails the test, but for what a test cut off."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        given: dict[str, Any] = {"viewport": PHONE, "reduced_motion": "reduce", "extra_http_headers": elsewhere()}
        context = chromium.new_context(base_url=server.base, **{**given, **options})
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert [each for each in complaints if "net::ERR_" not in each and "status of 4" not in each] == []


@pytest.fixture
def page(visit: Opener) -> Page:
    """A new person's page, on a phone."""
    opened = visit().new_page()
    opened.goto(f"./?account={LEEDS}")
    return opened
