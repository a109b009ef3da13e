"""Every page and state, looked at by axe-core, at three widths, in the light and the dark; and what axe cannot see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import too_small, violations
from tests.browser.conftest import Opener
from tests.browser.steps import adviser_says, ask, replies, send
from tests.channels.servers import Server
from tests.channels.test_webchat import LEEDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("webchat")]

VIEWS = [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
LONG = "w" * 300 + " is leeds park place open"


def _empty(page: Page, _: Server) -> None:
    expect(page.get_by_text("You can ask, for example")).to_be_visible()


def _opened(page: Page, _: Server) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def _no_account(page: Page, _: Server) -> None:
    page.goto("./")


def _conversation(page: Page, _: Server) -> None:
    for text in ("how do i call universal credit?", LONG):
        ask(page, text)


def _welsh(page: Page, _: Server) -> None:
    page.goto("./?account=JCPinGwynedd&lang=cy")
    ask(page, "ydy Canolfan Byd Gwaith Caernarfon ar agor nawr?")


def _error(page: Page, _: Server) -> None:
    send(page, "a" * 10_001)


def _undelivered(page: Page, _: Server) -> None:
    page.route("**/messages", lambda route: route.abort())
    send(page, LONG)
    expect(page.locator(".undelivered")).to_be_visible()


def _offline(page: Page, _: Server) -> None:
    page.context.set_offline(True)
    send(page, "hello")


def _stopped(page: Page, _: Server) -> None:
    ask(page, "stop")


def _adviser(page: Page, server: Server) -> None:
    ask(page, "hello")
    adviser_says(server, page, "Good morning. See https://www.gov.uk/contact-jobcentre-plus or call 0800 328 5644.")
    expect(page.locator(".adviser")).to_be_visible()


def _newer(page: Page, server: Server) -> None:
    ask(page, "\n".join(["hello"] * 60))
    page.evaluate("window.scrollTo(0, 0)")
    adviser_says(server, page, "Good morning.")
    expect(page.locator("#newer")).to_be_visible()


def _ended(page: Page, _: Server) -> None:
    ask(page, "hello")
    page.get_by_role("button", name="End this chat").click()


def _nowhere(page: Page, _: Server) -> None:
    page.goto("./nowhere?lang=cy")


STATES = [
    *(_empty, _opened, _no_account, _conversation, _welsh, _error, _undelivered, _offline),
    *(_stopped, _adviser, _newer, _ended, _nowhere),
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_nothing_is_in_anybodys_way(page: Page, server: Server, state: Callable[[Page, Server], None]) -> None:
    state(page, server)
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == [], f"at {width} pixels, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert too_small(page) == []


def test_an_error_page_without_script_is_in_nobodys_way(visit: Opener) -> None:
    context = visit()
    page = context.new_page()
    page.goto(f"./?account={LEEDS}")
    page.evaluate("HTMLFormElement.prototype.submit.call(document.getElementById('chat'))")
    expect(page.locator("#summary")).to_be_visible()
    assert violations(page) == []
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("size", [(320, 256), (320, 180)], ids=["400 % of 1280 by 1024", "400 % of 1280 by 720"])
def test_a_page_magnified_four_times_scrolls_one_way_and_nothing_covers_it(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    ask(page, LONG)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    for fixed in (".with", "#writing"):
        expect(page.locator(fixed)).not_to_have_css("position", "sticky")
    page.locator("#text").blur()
    page.locator("#text").focus()
    expect(page.locator("#text")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_text_twice_as_large_still_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    ask(page, "how do i call universal credit?")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(
        """[...document.querySelectorAll('button, .said, h1, h2, label, summary')]
            .filter((each) => each.checkVisibility()).every((each) => each.scrollWidth <= each.clientWidth + 1)"""
    )


def test_what_is_read_out_has_its_place_before_it_is_said(visit: Opener) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto(f"./?account={LEEDS}")
    for place, role in (("log", "log"), ("status", "status"), ("error", "alert"), ("failed", "alert")):
        expect(page.locator(f"#{place}")).to_have_attribute("role", role)
    expect(page.locator("#status")).to_have_text("")


def test_people_do_not_hear_their_own_words_again(page: Page) -> None:
    ask(page, "hello")
    expect(page.locator(".message.person")).to_have_attribute("aria-live", "off")
    assert replies(page).first.get_attribute("aria-live") is None


def test_the_skip_link_leads_to_the_box(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()


def test_nothing_moves_for_who_wants_it_still(visit: Opener) -> None:
    for motion, scrolling in (("reduce", "auto"), ("no-preference", "smooth")):
        page = visit(reduced_motion=motion).new_page()
        page.goto(f"./?account={LEEDS}")
        expect(page.locator("html")).to_have_css("scroll-behavior", scrolling)


def test_messages_have_edges_where_colours_are_taken_away(page: Page) -> None:
    ask(page, "hello")
    page.emulate_media(forced_colors="active")
    for said in page.locator(".said").all():
        expect(said).not_to_have_css("border-top-color", "rgba(0, 0, 0, 0)")


def test_only_the_messages_are_printed(page: Page) -> None:
    ask(page, "hello")
    page.emulate_media(media="print")
    expect(replies(page)).to_be_visible()
    for each in ("#writing", "#leave", ".languages", "summary"):
        expect(page.locator(each).first).to_be_hidden()
