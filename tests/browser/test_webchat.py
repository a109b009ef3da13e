"""The web chat in a real browser, by keyboard, at the width of a phone and of a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope
from bot.services import closures
from tests.browser.conftest import PHONE, Opener
from tests.browser.steps import adviser_says, ask, look, replies, send, written
from tests.channels.servers import Server
from tests.channels.test_webchat import AT, LEEDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("webchat")]

DESK = {"width": 1280, "height": 900}
OFFICE = "leeds-park-place"
LONG = "\n".join(f"line {number}" for number in range(60))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_question_is_sent_by_keyboard(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.locator("#text").focus()
    page.keyboard.type("is leeds park place open now?")
    page.keyboard.press("Enter")
    expect(replies(page)).to_contain_text("Leeds Park Place")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#status")).to_have_text("")
    expect(replies(page).locator(".said")).to_be_in_viewport()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_is_reached_by_the_tab_key(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    ask(page, "hello")
    page.reload()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        styles = "({ boxShadow, outlineStyle }) => boxShadow !== 'none' || outlineStyle !== 'none'"
        assert page.evaluate(f"({styles})(getComputedStyle(document.activeElement))"), f"no focus on {reached[-1]}"
    assert reached == [
        "Skip to your message",
        "Cymraeg",
        "999",
        "What happens to your messages",
        "Choose an account",
        "End this chat",
        "text",
        "Send",
    ]


def test_two_lines_are_one_message(page: Page) -> None:
    page.locator("#text").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("is leeds park place open")
    page.keyboard.press("Enter")
    expect(written(page)).to_have_count(1)
    expect(replies(page)).to_contain_text("Leeds Park Place")


def test_on_a_phone_enter_is_a_new_line_and_the_button_sends(visit: Opener) -> None:
    page = visit(is_mobile=True, has_touch=True).new_page()
    page.goto(f"./?account={LEEDS}")
    page.locator("#text").tap()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    page.keyboard.type("is leeds park place open")
    expect(written(page)).to_have_count(0)
    page.get_by_role("button", name="Send").tap()
    expect(written(page)).to_have_count(1)
    expect(replies(page)).to_contain_text("Leeds Park Place")


def test_an_empty_message_is_told_and_the_focus_stays(page: Page) -> None:
    send(page, "")
    expect(page.locator("#error")).to_have_text("Write a message before you send it")
    box = page.locator("#text")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title("Error: Ask the Jobcentre assistant – Jobcentre assistant")
    ask(page, "hello")
    expect(page.locator("#error")).to_have_text("")
    expect(page).to_have_title("Ask the Jobcentre assistant – Jobcentre assistant")


def test_the_longest_message_is_pasted_and_one_longer_is_told_kindly(page: Page) -> None:
    box = page.locator("#text")
    box.focus()
    page.keyboard.insert_text("😀" * 10_003)
    expect(page.locator("#count")).to_have_text("Characters too many: 3")
    page.keyboard.press("Enter")
    expect(page.locator("#error")).to_contain_text("up to 10,000 characters. Take out 3, or send it in parts")
    expect(written(page)).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("Backspace")
    expect(page.locator("#error")).to_have_text("")
    expect(page.locator("#count")).to_have_text("Characters left: 0")
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(1)
    expect(page.locator("#count")).to_have_text("")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_text_runs_the_way_of_its_letters(page: Page) -> None:
    ask(page, "مرحبا، هل المكتب مفتوح؟")
    expect(written(page).locator("p:not(.head)")).to_have_css("direction", "rtl")
    expect(replies(page).locator(".said p").first).to_have_css("direction", "ltr")


def test_numbers_and_addresses_that_we_give_are_one_tap_away(page: Page) -> None:
    ask(page, "how do i call universal credit? is www.example.com or https://example.com real")
    hrefs = replies(page).locator("a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert any(href.startswith("tel:0800") for href in hrefs)
    expect(written(page).locator("a")).to_have_count(0)


def test_the_page_turns_welsh(page: Page) -> None:
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gofyn i gynorthwyydd y Ganolfan Byd Gwaith")
    send(page, "ydy Canolfan Byd Gwaith Leeds Park Place ar agor nawr?")
    expect(replies(page)).to_contain_text("Leeds Park Place")
    expect(replies(page).locator(".said")).to_have_attribute("lang", "cy")


def test_an_account_is_chosen(page: Page) -> None:
    page.get_by_text("Choose an account").click()
    page.get_by_label("Which account do you want to message?").select_option("JCPinDundee")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_label("Your message to Jobcentre in Dundee")).to_be_visible()


def test_what_was_said_is_there_after_a_reload(page: Page) -> None:
    ask(page, "hello")
    page.reload()
    expect(replies(page)).to_have_count(1)
    expect(replies(page)).to_be_in_viewport()


def test_personal_data_does_not_come_back_to_the_page(page: Page) -> None:
    send(page, "my number is QQ 12 34 56 C")
    expect(written(page)).to_contain_text("[National Insurance number removed]")
    expect(page.locator("body")).not_to_contain_text("34 56")


def test_markup_is_only_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)><b>hello</b>")
    expect(written(page)).to_contain_text("<img src=x onerror=alert(1)><b>hello</b>")
    expect(page.locator(".said img, .said b")).to_have_count(0)


def test_a_closure_changes_the_very_next_answer(page: Page, server: Server) -> None:
    ask(page, "is leeds park place open now?")
    expect(replies(page).first).to_contain_text("open")
    expect(replies(page).first).not_to_contain_text("flood")
    period = Period(AT, AT + timedelta(hours=3))
    closure = Closure("", Cause.FLOOD, Effect.CLOSED, period, Scope(offices=frozenset([OFFICE])), AT)
    with server.store.unit_of_work() as work:
        published = closures.publish(work, closure, by="Ann", at=AT)
    try:
        ask(page, "is leeds park place open now?")
        expect(replies(page).nth(1)).to_contain_text("flood")
        expect(replies(page).nth(1)).to_contain_text("closed")
    finally:
        with server.store.unit_of_work() as work:
            closures.withdraw(work, published.id, by="Ann", at=AT, reason="tested")


# Who is speaking


def test_an_adviser_is_told_from_the_assistant(page: Page, server: Server) -> None:
    ask(page, "hello")
    expect(page.locator("#state p:visible")).to_have_count(0)
    adviser_says(server, page, "Good morning. How can I help?")
    said = page.locator(".message.adviser")
    expect(said).to_contain_text("Adviser, a person")
    expect(said).not_to_contain_text("Ann")
    expect(page.get_by_text("A person, one of our advisers, is answering you here")).to_be_visible()
    assistant, adviser = (page.locator(f".message.{who} .said").first for who in ("assistant", "adviser"))
    colours = [each.evaluate("(said) => getComputedStyle(said).backgroundColor") for each in (assistant, adviser)]
    assert colours[0] != colours[1]


def test_who_said_stop_starts_again_with_a_button(page: Page) -> None:
    ask(page, "stop")
    expect(page.get_by_text("You asked us to stop")).to_be_visible()
    expect(page.locator("#text")).to_be_enabled()  # help in a crisis is never shut away
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("You asked us to stop")).to_be_hidden()
    ask(page, "is leeds park place open now?")


# Where the reader is


def test_a_new_message_does_not_move_who_reads_above(page: Page, server: Server) -> None:
    ask(page, "hello")
    ask(page, f"{LONG}\nis leeds park place open")
    page.evaluate("window.scrollTo(0, 300)")
    adviser_says(server, page, "Good morning.")
    newer = page.get_by_role("button", name="New message")
    expect(newer).to_be_visible()
    assert page.evaluate("window.scrollY") == 300
    expect(page).to_have_title("(1) Ask the Jobcentre assistant – Jobcentre assistant")
    newer.press("Enter")
    expect(page.locator(".message.adviser")).to_be_in_viewport()
    expect(page.locator(".message.adviser")).to_be_focused()
    expect(newer).to_be_hidden()
    expect(page).to_have_title("Ask the Jobcentre assistant – Jobcentre assistant")


def test_a_long_reply_is_read_from_its_beginning(page: Page, server: Server) -> None:
    ask(page, "hello")
    adviser_says(server, page, LONG)
    long = page.locator(".message.adviser")
    expect(long.locator(".head")).to_be_in_viewport()
    edges = "(part) => [part.getBoundingClientRect().top, part.getBoundingClientRect().bottom]"
    box, writing, top = (page.locator(each).evaluate(edges) for each in (".message.adviser", "#writing", ".with"))
    assert top[1] <= box[0] < writing[0]


# More than one page


def test_two_tabs_show_the_same_messages(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    ask(page, "hello")
    ask(other, "is leeds park place open now?")
    for each in (page, other):
        look(each)
        expect(replies(each)).to_have_count(2)
        expect(written(each)).to_have_count(2)
    ids = [each.locator(".message").evaluate_all("(all) => all.map((one) => one.id)") for each in (page, other)]
    assert ids[0] == ids[1]


def test_a_chat_that_was_ended_is_seen_in_no_tab(page: Page) -> None:
    ask(page, "hello")
    other = page.context.new_page()
    other.goto(page.url)
    expect(replies(other)).to_have_count(1)
    page.get_by_role("button", name="End this chat").click()
    expect(page.get_by_text("This chat has ended")).to_be_visible()
    expect(replies(page)).to_have_count(0)
    expect(replies(other)).to_have_count(0)
    page.go_back()
    expect(page.locator("#text")).to_be_visible()
    expect(replies(page)).to_have_count(0)
    ask(other, "hello again")


def test_a_page_joins_the_visit_that_another_tab_began(page: Page) -> None:
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto(page.url)
    ask(page, "is leeds park place open now?")
    look(other)
    expect(replies(other)).to_have_count(1)


def test_the_whole_journey_without_script(visit: Opener) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto("./")
    page.get_by_label("Which account do you want to message?").select_option(LEEDS)
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#summary")).to_contain_text("Write a message before you send it")
    page.get_by_label("Your message to Jobcentre in Leeds").fill("is leeds park place open now?")
    page.get_by_role("button", name="Send").click()
    expect(replies(page)).to_contain_text("Leeds Park Place")
    expect(page.get_by_role("link", name="Check for new messages")).to_be_visible()
    page.get_by_label("Your message to Jobcentre in Leeds").fill("stop")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("You asked us to stop")).to_be_hidden()
    page.get_by_role("button", name="End this chat").click()
    expect(page.get_by_text("This chat has ended")).to_be_visible()
    expect(replies(page)).to_have_count(0)
