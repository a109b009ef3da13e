"""The web chat in a real browser, by keyboard, at the width of a phone and of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope
from bot.services import closures
from tests.channels.servers import Server
from tests.channels.test_webchat import AT, LEEDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("webchat")]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
OFFICE = "leeds-park-place"


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    """A new person's page. Whatever the browser complains about fails the test, but for what a test cut off."""
    context = chromium.new_context(base_url=server.base, viewport=PHONE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"./?account={LEEDS}")
    yield opened
    context.close()
    assert [complaint for complaint in complaints if "net::ERR_FAILED" not in complaint] == []


def _replies(page: Page) -> Locator:
    return page.locator(".message.assistant")


def _send(page: Page, text: str) -> None:
    page.locator("#text").focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_question_is_sent_by_keyboard(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    _send(page, "is leeds park place open now?")
    expect(_replies(page)).to_contain_text("Leeds Park Place")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#status")).to_have_text("")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_is_reached_by_the_tab_key(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        seen = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert seen != "none", f"no focus to be seen on {reached[-1]}"
    assert reached == ["Skip to your message", "Cymraeg", "account", "Choose", "text", "Send"]


def test_two_lines_are_one_message(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("is leeds park place open")
    page.keyboard.press("Enter")
    expect(page.locator(".message.person")).to_have_count(1)
    expect(_replies(page)).to_contain_text("Leeds Park Place")


def test_an_empty_message_is_told_and_the_focus_stays(page: Page) -> None:
    _send(page, "")
    expect(page.get_by_role("alert")).to_contain_text("Write a message before you send it")
    box = page.locator("#text")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title("Error: Ask the Jobcentre assistant – Jobcentre assistant")
    _send(page, "hello")
    expect(_replies(page)).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_message_is_not_lost_when_it_cannot_be_sent(page: Page) -> None:
    page.route("**/messages", lambda route: route.abort())
    _send(page, "hello")
    expect(page.get_by_role("alert")).to_contain_text("Your message was not sent")
    expect(page.locator("#text")).to_have_value("hello")
    page.unroute("**/messages")
    page.keyboard.press("Enter")
    expect(_replies(page)).to_have_count(1)


def test_the_page_turns_welsh(page: Page) -> None:
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gofyn i gynorthwyydd y Ganolfan Byd Gwaith")
    _send(page, "ydy Canolfan Byd Gwaith Leeds Park Place ar agor nawr?")
    expect(_replies(page)).to_contain_text("Leeds Park Place")
    expect(page.locator(".message.assistant .said")).to_have_attribute("lang", "cy")


def test_an_account_is_chosen(page: Page) -> None:
    page.get_by_label("Which account do you want to message?").select_option("JCPinDundee")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_label("Your message to Jobcentre in Dundee")).to_be_visible()


def test_what_was_said_is_there_after_a_reload(page: Page) -> None:
    _send(page, "hello")
    expect(_replies(page)).to_have_count(1)
    page.reload()
    expect(_replies(page)).to_have_count(1)


def test_personal_data_does_not_come_back_to_the_page(page: Page) -> None:
    _send(page, "my number is QQ 12 34 56 C")
    expect(page.locator(".message.person")).to_contain_text("[National Insurance number removed]")
    expect(page.locator("body")).not_to_contain_text("34 56")


def test_a_closure_changes_the_very_next_answer(page: Page, server: Server) -> None:
    _send(page, "is leeds park place open now?")
    expect(_replies(page).first).to_contain_text("open")
    expect(_replies(page).first).not_to_contain_text("flood")
    period = Period(AT, AT + timedelta(hours=3))
    closure = Closure("", Cause.FLOOD, Effect.CLOSED, period, Scope(offices=frozenset([OFFICE])), AT)
    with server.store.unit_of_work() as work:
        published = closures.publish(work, closure, by="Ann", at=AT)
    try:
        _send(page, "is leeds park place open now?")
        expect(_replies(page).nth(1)).to_contain_text("flood")
        expect(_replies(page).nth(1)).to_contain_text("closed")
    finally:
        with server.store.unit_of_work() as work:
            closures.withdraw(work, published.id, by="Ann", at=AT, reason="tested")


def test_the_whole_journey_without_script(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(base_url=server.base, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("./")
    page.get_by_label("Which account do you want to message?").select_option(LEEDS)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a message before you send it")
    page.get_by_label("Your message to Jobcentre in Leeds").fill("is leeds park place open now?")
    page.get_by_role("button", name="Send").click()
    expect(_replies(page)).to_contain_text("Leeds Park Place")
    expect(page.get_by_role("link", name="Check for new messages")).to_be_visible()
    page.get_by_role("button", name="End this chat").click()
    expect(_replies(page)).to_have_count(0)
    context.close()
