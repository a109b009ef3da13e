"""What axe-core finds on a page as it stands, and what it does not look for."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from bot.settings import PROJECT


@cache
def _axe() -> str:
    file = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
    assert file.exists(), "axe-core is not there: scripts/setup.sh fetches it"
    return file.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds, best practices too, each with where it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    return page.evaluate(  # type: ignore[no-any-return]
        """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`)"""
    )


def too_small(page: Page, pressed: str = "button, select, textarea, summary, nav a, .look") -> list[str]:
    """What is to be pressed, by its selector, and is less than 44 pixels high or wide. Links in a sentence may be."""
    return page.evaluate(  # type: ignore[no-any-return]
        """(pressed) => [...document.querySelectorAll(pressed)]
            .filter((each) => each.checkVisibility())
            .filter((each) => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)
            .map((each) => each.outerHTML)""",
        pressed,
    )
