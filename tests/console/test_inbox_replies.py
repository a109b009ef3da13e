"""Replies before they are sent: what is looked at again, canned replies, what the channel still takes; and Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.jobcentre.conversation import MessageState
from bot.jobcentre.handoff import HandoffReason
from bot.services import canned_replies, handoffs, sends, staff, staffing
from bot.store.records import CannedReply, Role
from bot.store.unit_of_work import Store
from tests.console.conftest import NOW, PEOPLE, Clock
from tests.console.test_inbox import waits
from tests.console.test_inbox_together import ANN, said, taken
from tests.console.visitor import Page, Visitor

SignedIn = Callable[[Role], Visitor]
BOX = "Send the reply"
BENEFIT = "Your claim was stopped because you missed an appointment."
PROMISE = "You will get the money tomorrow, I promise."


@pytest.fixture
def ann(signed_in: SignedIn) -> Visitor:
    return signed_in(Role.ADVISER)


def typed(page: Page) -> str:
    box = page.soup.select_one("#text")
    assert box
    return box.get_text()


def keep(store: Store, title: str, text: str, text_cy: str = "", account: str | None = None) -> int:
    with store.unit_of_work() as work:
        return canned_replies.put(work, CannedReply(title, text, text_cy, account), by="test", at=NOW).id


# Looked at again


@pytest.mark.parametrize("text", [BENEFIT, PROMISE], ids=["their benefit", "a promise"])
def test_what_may_be_unwise_is_asked_about_and_may_be_sent_anyway(ann: Visitor, staffed: Store, text: str) -> None:
    number = taken(staffed)
    page = ann.press(ann.get(f"/inbox/{number}/"), BOX, {"text": text})
    assert "Look at this before you send it" in page.main
    assert typed(page) == text
    assert len(said(staffed, number)) == 1
    ann.press(page, "Send it anyway")
    assert said(staffed, number)[-1] == text


def test_a_warning_that_was_seen_covers_no_other(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    page = ann.press(ann.get(f"/inbox/{number}/"), BOX, {"text": BENEFIT})
    page = ann.press(page, "Send it anyway", {"text": PROMISE})
    assert "may promise" in page.main
    assert len(said(staffed, number)) == 1


def test_personal_data_and_open_blanks_are_never_sent(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    for text in (f"Your number is QQ123456C. {PROMISE}", f"{{office}} is open. {PROMISE}"):
        page = ann.press(ann.get(f"/inbox/{number}/"), BOX, {"text": text}, 400)
        assert page.errors
        assert not page.soup.find("button", attrs={"name": "anyway"})
        token = page.soup.select("[name=csrf_token]")[0]["value"]
        forced = {"csrf_token": token, "text": text, "anyway": "personal_data blank promise", "seen": "99"}
        ann.post(f"/inbox/{number}/reply", forced, 400)
    assert len(said(staffed, number)) == 1


def test_several_are_warned_about_together(ann: Visitor, staffed: Store) -> None:
    numbers = [waits(staffed, letter) for letter in "ab"]
    page = ann.get(f"/inbox/together/?of={numbers[0]}&of={numbers[1]}")
    page = ann.press(page, "Send it to 2 people", {"text": PROMISE})
    assert "may promise" in page.main
    ann.press(page, "Send it anyway")
    assert [len(said(staffed, number)) for number in numbers] == [2, 2]


# Canned replies


def test_a_canned_reply_is_filled_in_beside_what_is_typed(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    chosen = keep(staffed, "Where", "{office} is at {address}.", "Cyfeiriad {office} yw {address}.")
    page = ann.get(f"/inbox/{number}/")
    page = ann.press(page, "Put it into the reply", {"canned": chosen, "text": "Good morning."})
    assert typed(page).startswith("Good morning.\nLeeds Park Place is at ")
    page = ann.press(page, "Put it into the reply", {"language": "cy", "text": ""})
    assert typed(page).startswith("Cyfeiriad Leeds Park Place yw ")
    assert len(said(staffed, number)) == 1


def test_what_has_no_welsh_is_not_put_into_a_welsh_reply(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    chosen = keep(staffed, "Thanks", "Thank you.")
    page = ann.press(ann.get(f"/inbox/{number}/"), "Put it into the reply", {"canned": chosen, "language": "cy"})
    assert page.errors == ["Choose a canned reply that has that language"]


def test_only_what_is_for_the_account_is_offered(ann: Visitor, staffed: Store) -> None:
    number = taken(staffed)
    keep(staffed, "Only there", "Hello.", account="JCPinPlymouth")
    keep(staffed, "Only here", "Hello.", account="JCPinLeeds")
    options = [option.get_text() for option in ann.get(f"/inbox/{number}/").soup.select("#canned option")]
    assert "Only here (English only)" in options
    assert not [option for option in options if "there" in option]


def test_several_get_their_own_languages(ann: Visitor, staffed: Store) -> None:
    english, welsh = waits(staffed, "a"), waits(staffed, "b", account="JCPinGwynedd")
    chosen = keep(staffed, "Hours", "{people_hours}", "Oriau: {people_hours}")
    page = ann.get(f"/inbox/together/?of={english}&of={welsh}")
    page = ann.press(page, "Put it into the reply", {"canned": chosen})
    assert typed(page) == "Monday to Friday, 9am to 5pm"
    ann.press(page, "Send it to 2 people")
    assert said(staffed, english)[-1] == "Monday to Friday, 9am to 5pm"
    assert said(staffed, welsh)[-1].startswith("Oriau: ")


def test_welsh_alone_is_enough_where_nobody_writes_english(ann: Visitor, staffed: Store) -> None:
    numbers = [waits(staffed, letter, account="JCPinGwynedd") for letter in "ab"]
    page = ann.get(f"/inbox/together/?of={numbers[0]}&of={numbers[1]}")
    ann.press(page, "Send it to 2 people", {"text_cy": "Diolch."})
    assert [said(staffed, number)[-1] for number in numbers] == ["Diolch."] * 2
    only_english = ann.get(f"/inbox/together/?of={waits(staffed, 'c')}")
    assert not only_english.soup.select("#text_cy")


def test_canned_replies_are_added_changed_and_retired(editor: Visitor, staffed: Store) -> None:
    page = editor.get(editor.get("/inbox/canned/").link("Add a reply"))
    page = editor.press(page, "Save", {"title": "Parking", "text": "{parking}"}, 400)
    assert "{parking}" in page.errors[0]
    page = editor.press(page, "Save", {"text": "{office} has no car park."})
    page = editor.get(page.link("Parking"))
    assert "has no car park." in page.soup.select(".console-saying__words")[0].get_text()
    page = editor.press(page, "Save", {"text": "Ask {office} about parking."})
    page = editor.press(editor.get(page.link("Parking")), "Stop offering it")
    assert not page.soup.find("a", string="Parking")


def test_an_editor_of_some_accounts_changes_theirs_alone(staffed: Store, signed_in: SignedIn) -> None:
    everywhere, theirs = keep(staffed, "Every", "Hello."), keep(staffed, "Theirs", "Hello.", account="JCPinLeeds")
    elsewhere = keep(staffed, "Elsewhere", "Hello.", account="JCPinPlymouth")
    with staffed.unit_of_work() as work:
        staff.change(work, PEOPLE[Role.EDITOR], Role.EDITOR, ["JCPinLeeds"], True, by="test", at=NOW)
    editor = signed_in(Role.EDITOR)
    assert "Elsewhere" not in editor.get("/inbox/canned/").main
    for number, status in ((everywhere, 400), (theirs, 200), (elsewhere, 400)):
        editor.get(f"/inbox/canned/{number}", status)
    page = editor.press(editor.get("/inbox/canned/new"), "Save", {"title": "New", "text": "Hello."})
    assert "JCPinLeeds" in page.main


# Arriving


def test_what_was_not_delivered_is_sent_again_once(ann: Visitor, staffed: Store) -> None:
    number = waits(staffed, channel="x")
    with staffed.unit_of_work() as work:
        handoffs.claim(work, number, by=ANN, at=NOW)
        lost = handoffs.reply(work, number, "We are here.", by=ANN, at=NOW)
        work.outbox.mark_sending(lost.id, at=NOW)
        work.outbox.mark_failed(lost.id, error="refused")
    page = ann.get(f"/inbox/{number}/")
    ann.press(page, "Send it again")
    with staffed.unit_of_work(write=False) as work:
        assert work.messages.get(lost.id).state is MessageState.QUEUED
    ann.press(page, "Send it again", status=409)


def test_a_message_of_another_conversation_is_not_sent_again(ann: Visitor, staffed: Store) -> None:
    mine, other = waits(staffed, "a"), waits(staffed, "b")
    with staffed.unit_of_work(write=False) as work:
        message = handoffs.get(work, other).messages[0]
    token = ann.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]
    ann.post(f"/inbox/{mine}/again", {"csrf_token": token, "message": message.id}, 404)


@pytest.mark.parametrize(
    ("channel", "left", "told"),
    [
        ("webchat", None, "No limit on messages here"),
        ("x", None, "How many are left is not known"),
        ("x", 3, "3 more messages can be sent before 7:45am today"),
        ("x", 0, "No more messages until 7:45am today"),
    ],
    ids=["web chat", "not known", "some", "none"],
)
def test_what_the_channel_still_takes_stands_beside_the_box(
    ann: Visitor, staffed: Store, clock: Clock, channel: str, left: int | None, told: str
) -> None:
    number = waits(staffed, channel=channel)
    with staffed.unit_of_work() as work:
        handoffs.claim(work, number, by=ANN, at=NOW)
        if left is not None:
            sends.note_left(work, "JCPinLeeds", left, resets_at=NOW + timedelta(minutes=15))
    assert told in ann.get(f"/inbox/{number}/").main
    clock.now += timedelta(minutes=20)
    assert "7:45am" not in ann.get(f"/inbox/{number}/").main


# Today


def test_who_waits_too_long_stands_on_today(ann: Visitor, staffed: Store, signed_in: SignedIn) -> None:
    waits(staffed, "a", HandoffReason.CRISIS, minutes=4)
    assert "wait too long" not in ann.get("/").main
    waits(staffed, "b", HandoffReason.THREAT, minutes=6)
    page = ann.get("/")
    assert "One person past the target, 1 urgent" in page.main
    assert page.link("Threat , conversation 2") == "/inbox/2/"
    assert "Too long" in ann.get("/inbox/").main
    viewers = signed_in(Role.VIEWER).get("/")
    assert "One person past the target" in viewers.main
    assert "Threat" not in viewers.main


def test_an_administrator_is_told_that_nobody_is_there_at_night(
    administrator: Visitor, editor: Visitor, staffed: Store
) -> None:
    assert "At night nobody is told" in administrator.get("/").main
    assert "At night nobody is told" not in editor.get("/").main
    with staffed.unit_of_work() as work:
        named = staffing.Staffing(night_contact="night@example.org")
        staffing.change(work, None, named, by="test", at=NOW)
    assert "At night nobody is told" not in administrator.get("/").main
