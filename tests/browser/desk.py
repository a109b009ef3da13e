"""The staff console, served for a browser; and members of staff who open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, ViewportSize, expect

from bot.store.unit_of_work import Store
from tests.console.conftest import PASSWORD, Clock

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
Member = Callable[..., Page]


@dataclass
class ConsoleServer:
    """A running console on a database of one test alone. Its people are `PEOPLE`, its time is `clock.now`."""

    base: str
    """Where Today is, with "/" at its end."""
    store: Store
    clock: Clock


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Through the form, from wherever it is shown."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def press(page: Page, name: str) -> None:
    """The button, or the link that looks like one, with that name; then the page it leads to is there."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def error_summary(page: Page) -> Locator:
    return page.locator(".govuk-error-summary")


def hand_in(page: Page, text: str, kind: str = "offices") -> None:
    """A file, up to the page that shows what it would change."""
    page.goto(f"./imports/{kind}")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    press(page, "See what would change")
    expect(heading(page)).to_have_text("What would change")
