"""The web chat when the network is slow, away, or loses what was said: nothing is lost, and nothing is said twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.steps import ask, look, replies, send, written

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("webchat")]

SENDING = "**/messages"
"""Where messages are sent. What looks for news has a query."""


def test_a_message_that_is_not_delivered_is_tried_again(page: Page) -> None:
    page.route(SENDING, lambda route: route.abort())
    send(page, "is leeds park place open")
    failed = page.locator(".undelivered")
    expect(failed).to_contain_text("is leeds park place open")
    expect(failed).to_contain_text("Not delivered. Check your connection.")
    expect(page.locator("#failed[role=alert]")).to_have_text("Not delivered. Check your connection.")
    expect(page.locator("#text")).to_have_value("")
    page.unroute(SENDING)
    page.get_by_role("button", name="Try again").press("Enter")
    expect(replies(page)).to_have_count(1)
    expect(written(page)).to_have_count(1)
    expect(failed).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()


def test_what_arrived_although_its_answer_was_lost_is_not_said_twice(page: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SENDING, lose)
    send(page, "hello")
    look(page)
    expect(replies(page)).to_have_count(1)
    expect(page.locator(".undelivered")).to_have_count(0)
    expect(written(page)).to_have_count(1)
    page.reload()
    expect(page.locator(".message")).to_have_count(2)


def test_a_slow_network_is_told(page: Page) -> None:
    page.clock.install()
    page.goto(page.url)
    held: list[Route] = []
    page.route(SENDING, lambda route: held.append(route))
    send(page, "hello")
    expect(written(page).locator(".delivery")).to_have_text("Sending…")
    page.clock.run_for(9_000)
    expect(page.locator("#status")).to_have_text("Still sending. Your connection is slow.")
    page.clock.run_for(25_000)
    expect(page.locator(".undelivered")).to_contain_text("Not delivered")
    page.unroute(SENDING)
    page.get_by_role("button", name="Try again").click()
    expect(replies(page)).to_have_count(1)
    expect(written(page)).to_have_count(1)


def test_messages_wait_until_the_person_is_online_again(page: Page) -> None:
    ask(page, "hello")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_contain_text("You are offline")
    for text in ("is leeds park place open", "and tomorrow?"):
        send(page, text)
    expect(page.get_by_text("Waiting for a connection")).to_have_count(2)
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_have_text("")
    expect(page.get_by_text("Waiting for a connection")).to_have_count(0)
    expect(replies(page).last).to_contain_text("tomorrow")
    assert written(page).locator(".said").all_inner_texts() == ["hello", "is leeds park place open", "and tomorrow?"]


def test_a_server_that_is_away_is_told_and_found_again(page: Page) -> None:
    ask(page, "hello")
    page.route("**/messages*", lambda route: route.abort())
    send(page, "is leeds park place open")
    expect(page.locator(".undelivered")).to_be_visible()
    for _ in range(3):
        look(page)
        page.wait_for_timeout(50)
    expect(page.locator("#offline")).to_have_text("We cannot reach the assistant. We are trying again.")
    page.unroute("**/messages*")
    look(page)
    expect(page.locator("#offline")).to_have_text("")
    expect(replies(page)).to_have_count(2)  # sent again without being asked
    expect(page.locator(".undelivered")).to_have_count(0)


def test_who_writes_too_quickly_is_asked_to_wait_and_loses_nothing(page: Page) -> None:
    for _ in range(14):
        send(page, "stop")
    failed = page.locator(".undelivered").first
    expect(failed).to_contain_text("You are sending messages very quickly. Wait")
    expect(failed.get_by_role("button", name="Try again")).to_be_visible()
