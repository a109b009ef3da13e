"""What people do in the chat, and what they see of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from bot.jobcentre.handoff import HandoffReason
from bot.services import handoffs
from tests.channels.servers import Server
from tests.channels.test_webchat import AT


def replies(page: Page) -> Locator:
    return page.locator(".message.assistant")


def written(page: Page) -> Locator:
    return page.locator(".message.person")


def send(page: Page, text: str) -> None:
    """By keyboard."""
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def ask(page: Page, text: str) -> None:
    """Send it and wait for the reply."""
    before = replies(page).count()
    send(page, text)
    replies(page).nth(before).wait_for()


def look(page: Page) -> None:
    """Come back to the page, which makes it look for news at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def adviser_says(server: Server, page: Page, text: str | None) -> None:
    """An adviser takes over the conversation of the page's last reply and, with a text, writes."""
    message_id = int(replies(page).last.get_attribute("data-id") or 0)
    with server.store.unit_of_work() as work:
        conversation_id = work.messages.get(message_id).conversation_id
        handoff = work.handoffs.unresolved_of(conversation_id)
        handoff = handoff or work.handoffs.open_one(conversation_id, HandoffReason.ASKED, at=AT)
        handoffs.claim(work, handoff.id, by="Ann", at=AT)
        if text:
            handoffs.reply(work, handoff.id, text, by="Ann", at=AT)
    look(page)
