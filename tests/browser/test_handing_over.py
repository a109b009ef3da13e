"""A person on the web chat and two advisers, each in a browser of their own: from the first question, through a crisis
and the end of the working day, to the assistant's answer after the weekend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.jobcentre.calendar import LONDON
from bot.services import staff
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.browser.desk import DESK, PHONE, sign_in
from tests.browser.steps import ask, look, replies, send, written
from tests.channels.servers import elsewhere, free_port, running
from tests.channels.test_webchat import LEEDS
from tests.console.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("handing-over")]
FRIDAY = "2026-11-20T16:30"
SWEPT_WITHIN = 45_000
"""Milliseconds. Who waits is looked after each minute of the clock, at looks 20 seconds apart."""


@dataclass
class Place:
    """A running practice: its clock is set on a page of the console."""

    chat: str
    console: str


@pytest.fixture(scope="module")
def place(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("handing-over")
    database, port = f"sqlite:///{folder / 'practice.db'}", free_port()
    settings = {
        "JOBCENTRE_PRACTICE_DATABASE_URL": database,
        "JOBCENTRE_CONSOLE_PORT": str(port),
        "JOBCENTRE_NOW": FRIDAY,
    }
    with running(database, models, folder, "--practice", **settings) as server:
        add_advisers(server.store)
        yield Place(server.base, f"http://127.0.0.1:{port}/")


def add_advisers(store: Store) -> None:
    at = datetime.fromisoformat(FRIDAY).replace(tzinfo=LONDON)
    with store.unit_of_work() as work:
        for name in ("Ann", "Bo"):
            staff.add(work, name, Role.ADVISER, by="test", at=at)
            staff.accept(work, staff.invite(work, name, by="test", at=at), PASSWORD, at=at)


@pytest.fixture
def person(chromium: Browser, place: Place) -> Iterator[Page]:
    context = chromium.new_context(base_url=place.chat, viewport=PHONE, extra_http_headers=elsewhere())
    page = context.new_page()
    page.goto(f"./?account={LEEDS}")
    yield page
    context.close()


@pytest.fixture
def advisers(chromium: Browser, place: Place) -> Iterator[dict[str, Page]]:
    contexts = {name: chromium.new_context(base_url=place.console, viewport=DESK) for name in ("Ann", "Bo")}
    pages = {}
    for name, context in contexts.items():
        pages[name] = context.new_page()
        pages[name].goto("./inbox/")
        sign_in(pages[name], name)
    yield pages
    for context in contexts.values():
        context.close()


def set_clock(page: Page, day: str, time: str) -> None:
    """In a tab of its own."""
    other = page.context.new_page()
    other.goto("./practice/")
    other.get_by_label("Another time").check()
    other.get_by_label("Day", exact=True).fill(day)
    other.get_by_label("Time", exact=True).fill(time)
    other.get_by_role("button", name="Set the clock").click()
    expect(other.locator(".govuk-notification-banner")).to_contain_text("now")
    other.close()


def race(ann: Page, bo: Page) -> tuple[Page, Page]:
    """Both press at once: who has it, and who was told so."""
    for page in (ann, bo):
        page.evaluate("setTimeout(() => document.querySelector('[data-key=\"t\"]').click(), 50)")
    for page in (ann, bo):
        expect(page.locator("#standing")).to_contain_text(re.compile("(has|have) this conversation[.]"))
        expect(page.locator("#standing")).not_to_contain_text("Nobody")
    mine = [page for page in (ann, bo) if page.get_by_text("You have this conversation.", exact=True).is_visible()]
    assert len(mine) == 1, "one of them has it"
    return mine[0], bo if mine[0] is ann else ann


def test_a_person_is_handed_over_and_back(person: Page, advisers: dict[str, Page]) -> None:
    ann, bo = advisers["Ann"], advisers["Bo"]

    # The assistant answers, and hands over.
    ask(person, "is leeds park place open now?")
    expect(replies(person).last).to_contain_text("Leeds Park Place")
    ask(person, "can I talk to a person please")
    expect(replies(person).last).to_contain_text("in the queue for a person")

    # Both advisers see it without doing anything, and both want it.
    for page in (ann, bo):
        expect(page.locator(".console-queue__link")).to_have_count(1, timeout=10_000)
        page.locator(".console-queue__link").click()
    holder, other = race(ann, bo)
    name = "Ann" if holder is ann else "Bo"
    expect(other.locator(".govuk-error-summary")).to_contain_text(f"{name} has handoff")
    expect(other.get_by_label("Your reply")).to_have_count(0)

    # From now on the assistant is silent.
    answered = replies(person).count()
    send(person, "is it open tomorrow?")
    expect(holder.locator("#thread li").last).to_contain_text("is it open tomorrow?", timeout=10_000)
    holder.get_by_label("Your reply").fill("Good afternoon. No, it is shut on Saturdays.")
    holder.get_by_role("button", name="Send the reply").click()
    look(person)
    expect(person.locator(".message.adviser")).to_contain_text("it is shut on Saturdays")
    expect(replies(person)).to_have_count(answered)

    # A crisis in the middle gets help at once, and the adviser sees what it is.
    send(person, "I want to end my life")
    expect(replies(person)).to_have_count(answered + 1)
    expect(replies(person).last).to_contain_text("999")
    expect(holder.locator("#standing")).to_contain_text("Urgent", timeout=10_000)
    expect(holder.get_by_role("heading", name="Six Point Plan")).to_be_visible()
    expect(holder.get_by_role("heading", level=1)).to_contain_text("May be in danger or need")
    holder.get_by_role("button", name="Take it seriously").click()
    expect(holder.locator("#standing")).to_contain_text("1 of 6 done")
    holder.get_by_label("Your reply").fill("I am here. Are you safe right now?")
    holder.get_by_role("button", name="Send the reply").click()
    look(person)
    expect(person.locator(".message.adviser")).to_have_count(2)

    # People go home: it waits again, the person is told, and nobody promises a time.
    other.goto("./inbox/")
    set_clock(other, "2026-11-20", "17:29")
    expect(other.locator(".console-queue__link")).to_have_count(1, timeout=SWEPT_WITHIN)
    expect(other).to_have_title("(1 urgent) Waiting, inbox – Jobcentre Assistant staff console")
    look(person)
    expect(replies(person).last).to_contain_text("Nobody is reading messages here now", timeout=10_000)
    expect(replies(person).last).to_contain_text("999")

    # On Monday the other adviser takes it, and gives it back.
    set_clock(other, "2026-11-23", "09:05")
    other.goto("./inbox/")
    other.get_by_role("button", name="Take the next one").click()
    expect(other.locator("#thread")).to_contain_text("I am here. Are you safe right now?")
    expect(other.locator("#standing")).to_contain_text("1 of 6 done")
    other.get_by_label("Give it back to the assistant").check()
    other.get_by_label("Last note, if there is one").fill("They are safe, and with their sister.")
    other.get_by_role("button", name="End it").click()
    expect(other.get_by_text("The assistant answers again in this conversation")).to_be_visible()

    # The assistant answers again, with what is true now.
    ask(person, "is leeds park place open now?")
    expect(replies(person).last).to_contain_text("Leeds Park Place")
    expect(replies(person).last).to_contain_text("9:0")
    assert written(person).count() == 5
