"""Somebody without a mouse: all they do is press keys, and whatever a step of theirs comes to is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from bot.store.records import Role
from tests.browser.desk import DESK, PHONE

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
TABLET = 641
"""Pixels. Where it is narrower the navigation is folded away."""
PATIENCE = 10_000
"""Milliseconds, for a page on a busy machine."""
DRAWN_TWICE = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STEPS_AT_MOST = 150
"""To what is looked for. A page with more to step through has a skip link, and a way to fold or to filter."""


@dataclass
class Keyboard:
    """One person's keys on one page. Whatever is gone to has to be seen to have the focus, in the order of the page."""

    page: Page
    turns: bool = False
    """Whether each page is another width than the one before: a phone's, then a desk's."""

    @classmethod
    def of(cls, page: Page, *, turns: bool = False) -> Keyboard:
        """On this page, and on those that it leads to."""
        page.set_default_timeout(PATIENCE)
        page.wait_for_load_state()
        page.add_init_script(SCRIPT)
        page.evaluate(SCRIPT)
        return cls(page, turns)

    # Going

    def go(self, where: Locator) -> None:
        """By Tab, or by Shift+Tab to what is behind; past the header by the skip link. To one radio of a group is to
        the group."""
        wanted, pressed, passed = where.element_handle(), "", 0
        for _ in range(STEPS_AT_MOST):
            here = self._step(wanted, pressed)
            if here["isThere"]:
                return
            passed += here["isNowhere"] and bool(pressed)  # a page begins nowhere
            assert passed < 3, f"the Tab key goes past {where}"
            pressed = here["next"]
            self.page.keyboard.press(pressed)
            if pressed == "Enter":
                self.page.evaluate(DRAWN_TWICE)  # the focus goes where the skip link leads as that is drawn
        raise AssertionError(f"the Tab key does not lead to {where}")

    def _step(self, wanted: Any, pressed: str) -> dict[str, Any]:
        here: dict[str, Any] = self.page.evaluate("([wanted, key]) => keyboard.step(wanted, key)", [wanted, pressed])
        assert here["wrong"] == [], f"{self.page.url}: {here['wrong']}"
        return here

    def open(self, name: str) -> None:
        """A page, by the navigation, which a phone folds away."""
        if self.is_narrow():
            self.go(self.page.get_by_role("button", name="Menu"))
            self.page.keyboard.press("Space")
        self.go(self.page.get_by_role("navigation", name="Console").get_by_role("link", name=name, exact=True))
        self.enter()

    def walk(self, key: str) -> list[str]:
        """From the beginning to the end of the page, or with Shift+Tab from there back: what was come to, each once for
        all the parts of it, like those of a day."""
        found: list[str] = []
        for _ in range(STEPS_AT_MOST):
            self.page.keyboard.press(key)
            name = self.page.evaluate("keyboard.here()")
            if name is None or (len(found) > 1 and name == found[0]):
                return found  # out of the page, or round to where it began
            self._step(None, key)
            found += [name] if found[-1:] != [name] else []
        raise AssertionError(f"the {key} key does not lead to the end of {self.page.url}")

    def stops(self) -> list[str]:
        """What the Tab key has to come to, in the order of the page."""
        found: list[str] = self.page.evaluate("keyboard.stops()")
        return found

    # Filling in

    def write(self, field: Locator, text: str) -> None:
        """Instead of what is there."""
        self.go(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def set_day(self, field: Locator, day: date) -> None:
        """Into the browser's own field for a day: this one begins with the month."""
        self.go(field)
        self.page.keyboard.type(f"{day:%m%d%Y}")
        expect(field).to_have_value(day.isoformat())

    def set_time(self, field: Locator, at: time) -> None:
        """Into the browser's own field for a time: this one has mornings and afternoons."""
        self.go(field)
        self.page.keyboard.type(f"{at:%I%M%p}")
        expect(field).to_have_value(f"{at:%H:%M}")

    def tick(self, box: Locator) -> None:
        """Or take the tick away."""
        before = box.is_checked()
        self.go(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked(checked=not before)

    def choose(self, radio: Locator) -> None:
        """With the arrows; the space bar, where none is chosen yet."""
        self.go(radio)
        wanted = radio.element_handle()
        for _ in range(12):
            if wanted.evaluate("(one) => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not radio.is_checked():
            self.page.keyboard.press("Space")
        expect(radio).to_be_checked()

    def select(self, field: Locator, label: str) -> None:
        """By typing how it begins."""
        self.go(field)
        self.page.keyboard.type(label)
        expect(field.locator("option:checked")).to_have_text(label)

    # Doing

    def press(self, name: str, key: str = "Space") -> None:
        """The button with that name, or the link that looks like one, up to the page that it leads to."""
        self.go(self.page.get_by_role("button", name=name, exact=True))
        self.enter(key)

    def follow(self, name: str) -> None:
        """The link with that name."""
        self.go(self.page.get_by_role("link", name=name, exact=True))
        self.enter()

    def enter(self, key: str = "Enter") -> None:
        """Press a key that leads to another page. What came of it is told there by the title, or where the focus is."""
        before = self.page.title()
        with self.page.expect_event("load"):
            self.page.keyboard.press(key)
        if self.turns:
            self.page.set_viewport_size(DESK if self.is_narrow() else PHONE)
        is_told = self.page.title() != before or not self.is_nowhere()
        assert is_told, f"{self.page.url}: nothing tells whoever does not see it that something was done"

    def is_narrow(self) -> bool:
        return (self.page.viewport_size or DESK)["width"] < TABLET

    def is_nowhere(self) -> bool:
        return bool(self.page.evaluate("document.activeElement === document.body"))

    def mend(self, told: str) -> None:
        """From the summary of what is wrong, which has the focus, to the field that it is about."""
        expect(self.page.locator(".govuk-error-summary")).to_be_focused()
        assert self.page.title().startswith("Error: ")
        self.go(self.page.locator(".govuk-error-summary a").filter(has_text=told))
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main :is(input, select, textarea):focus")).to_be_in_viewport()

    def expect_told(self, told: str) -> None:
        """The banner that says what was done has the focus."""
        banner = self.page.locator(".govuk-notification-banner")
        expect(banner).to_be_focused()
        expect(banner).to_contain_text(told)


Somebody = Callable[[Role | None], Keyboard]
