"""The inbox: lists, taking, answering and ending conversations, and how a page keeps itself fresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.jobcentre.conversation import Language
from bot.jobcentre.handoff import HandoffReason
from bot.services import by_hand, handoffs, staff
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.builders import LEEDS, keep_conversation, keep_incoming
from tests.console.conftest import NOW, PASSWORD, PEOPLE, Clock
from tests.console.visitor import Page, Visitor

SignedIn = Callable[[Role], Visitor]
MINE, THEIRS = PEOPLE[Role.ADVISER], PEOPLE[Role.EDITOR]


def waits(
    store: Store,
    text: str = "I want a person",
    reason: HandoffReason = HandoffReason.ASKED,
    *,
    minutes: int = 10,
    account: str = "JCPinLeeds",
    channel: str = "webchat",
    **kept: object,
) -> int:
    """Somebody waits so long; the number of the handoff."""
    with store.unit_of_work() as work:
        conversation = keep_conversation(work, f"{account}-{text}", account=account, channel=channel)
        message = keep_incoming(work, conversation, text, at=NOW - timedelta(minutes=minutes), **kept)
        work.messages.mark_ignored([message.id])
        return work.handoffs.open_one(conversation.id, reason, at=NOW - timedelta(minutes=minutes)).id


def rows(page: Page) -> list[str]:
    return [link.get_text(" ", strip=True) for link in page.soup.select(".console-queue__link")]


@pytest.fixture
def adviser(signed_in: SignedIn) -> Visitor:
    return signed_in(Role.ADVISER)


# Lists


def test_urgent_ones_come_first_and_then_the_longest_wait(adviser: Visitor, staffed: Store) -> None:
    waits(staffed, "one", minutes=5)
    waits(staffed, "two", HandoffReason.WRONG_INFORMATION, minutes=50)
    waits(staffed, "three", HandoffReason.CRISIS, minutes=1)
    page = adviser.get("/inbox/")
    assert [row.split(",")[0].strip() for row in rows(page)] == [
        "May be in danger or need",
        "Says that we are wrong",
        "Asked for a person",
    ]
    assert "3 conversations, 1 waiting and urgent" in page.main
    assert "50 minutes" in page.main


def test_a_list_shows_the_last_words_but_not_those_of_a_crisis(adviser: Visitor, staffed: Store) -> None:
    waits(staffed, "w" * 200)
    waits(staffed, "everything is dark", HandoffReason.CRISIS)
    page = adviser.get("/inbox/")
    assert "w" * 90 + "…" in page.main
    assert "dark" not in page.main


def test_each_list_shows_its_own(adviser: Visitor, staffed: Store) -> None:
    waiting, mine, theirs, ended = (waits(staffed, text) for text in ("a", "b", "c", "d"))
    with staffed.unit_of_work() as work:
        handoffs.claim(work, mine, by=MINE, at=NOW)
        handoffs.claim(work, theirs, by=THEIRS, at=NOW)
        handoffs.resolve(work, ended, by=MINE, at=NOW)
    found = {view: adviser.get(f"/inbox/?view={view}") for view in ("waiting", "mine", "all", "resolved")}
    numbers = {view: {int(row.split()[-1]) for row in rows(page)} for view, page in found.items()}
    assert numbers == {"waiting": {waiting}, "mine": {mine}, "all": {waiting, mine, theirs}, "resolved": {ended}}
    assert "Dealt with" in found["resolved"].main


def test_one_account_alone_can_be_looked_at(adviser: Visitor, staffed: Store) -> None:
    waits(staffed, "a")
    there = waits(staffed, "b", account="JCPinPlymouth")
    page = adviser.press(adviser.get("/inbox/"), "Show", {"account": "JCPinPlymouth"})
    assert [int(row.split()[-1]) for row in rows(page)] == [there]


def test_what_has_ended_is_shown_a_page_at_a_time(adviser: Visitor, staffed: Store) -> None:
    for number in range(30):
        ended = waits(staffed, f"message {number}")
        with staffed.unit_of_work() as work:
            handoffs.resolve(work, ended, by=MINE, at=NOW)
    page = adviser.get("/inbox/?view=resolved")
    older = adviser.get(page.link("Older ones"))
    assert (len(rows(page)), len(rows(older))) == (25, 5)
    assert not set(rows(page)) & set(rows(older))


def test_a_member_of_some_accounts_sees_nothing_of_the_others(
    adviser: Visitor, staffed: Store, signed_in: SignedIn
) -> None:
    here, there = waits(staffed, "a"), waits(staffed, "b", account="JCPinPlymouth")
    with staffed.unit_of_work() as work:
        staff.change(work, MINE, Role.ADVISER, ["JCPinLeeds"], True, by="test", at=NOW)
    adviser = signed_in(Role.ADVISER)
    assert [int(row.split()[-1]) for row in rows(adviser.get("/inbox/?view=all"))] == [here]
    adviser.press(adviser.get("/inbox/"), "Take the next one")
    assert "Nobody is waiting" in adviser.press(adviser.get("/inbox/"), "Take the next one").main
    adviser.get(f"/inbox/{there}/", 404)
    adviser.get(f"/inbox/{there}/live", 404)
    token = {"csrf_token": adviser.get("/inbox/").soup.select("[name=csrf_token]")[0]["value"]}
    for deed in ("claim", "release", "reply", "note"):
        adviser.post(f"/inbox/{there}/{deed}", {**token, "text": "x", "note": "x"}, 404)
    adviser.post(f"/inbox/{there}/end", {**token, "how": "resolve"}, 404)
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(there).version == 1


def test_a_viewer_reads_no_conversation(signed_in: SignedIn, staffed: Store) -> None:
    number = waits(staffed)
    viewer = signed_in(Role.VIEWER)
    viewer.get(f"/inbox/{number}/", 403)
    assert not viewer.get("/").soup.find("a", href="/inbox/")


# Taking


def test_the_first_who_takes_it_has_it_and_the_second_is_told_who(signed_in: SignedIn, staffed: Store) -> None:
    number = waits(staffed)
    ann, bo = signed_in(Role.ADVISER), signed_in(Role.EDITOR)
    seen = bo.get(f"/inbox/{number}/")
    page = ann.press(ann.get(f"/inbox/{number}/"), "Take this conversation")
    assert "You have this conversation" in page.main
    refused = bo.press(seen, "Take this conversation", status=409)
    assert refused.errors == [f"{MINE} has handoff {number}"]
    assert f"{MINE} has this conversation." in refused.main
    assert not refused.soup.find("textarea", id="text")


def test_what_staff_answered_in_the_channel_itself_can_be_taken_here(signed_in: SignedIn, staffed: Store) -> None:
    number = waits(staffed, channel="x")
    with staffed.unit_of_work() as work:
        conversation = work.conversations.get(work.handoffs.get(number).conversation_id)
        by_hand.keep(work, conversation, "I am looking into it.", external_id="7", at=NOW, takes_over=True)
    ann, bo = signed_in(Role.ADVISER), signed_in(Role.EDITOR)
    page, seen = ann.get(f"/inbox/{number}/"), bo.get(f"/inbox/{number}/")
    assert "Staff have answered on X itself. The assistant is silent." in page.main
    assert "Staff, in the channel itself" in page.main
    assert not page.soup.find("input", attrs={"name": "how"}), "it is ended by whoever has it"
    assert "You have this conversation" in ann.press(page, "Take this conversation").main
    assert bo.press(seen, "Take this conversation", status=409).errors == [f"{MINE} has handoff {number}"]
    with staffed.unit_of_work(write=False) as work:
        taken, claim = work.handoffs.get(number), work.audit.find(subject_type="handoff", action="claim")[0]
    assert (taken.assignee, taken.waits, taken.first_reply_at) == (MINE, 1, NOW)
    assert (claim.by, claim.before) == (MINE, {"state": "assigned", "assignee": handoffs.BY_HAND})


def test_the_next_one_is_the_most_urgent(adviser: Visitor, staffed: Store) -> None:
    waits(staffed, "a", minutes=90)
    urgent = waits(staffed, "b", HandoffReason.THREAT, minutes=1)
    page = adviser.press(adviser.get("/inbox/"), "Take the next one")
    assert page.response.request.path == f"/inbox/{urgent}/"
    adviser.press(adviser.get("/inbox/"), "Take the next one")
    assert "Nobody is waiting" in adviser.press(adviser.get("/inbox/"), "Take the next one").main


def test_what_is_put_back_waits_at_the_place_it_had(adviser: Visitor, staffed: Store) -> None:
    first = waits(staffed, "a", minutes=90)
    waits(staffed, "b", minutes=30)
    adviser.press(adviser.get("/inbox/"), "Take the next one")
    page = adviser.press(adviser.get(f"/inbox/{first}/"), "Put it back in the queue")
    assert int(rows(page)[0].split()[-1]) == first


# Reading


def test_who_said_what_and_whether_it_arrived(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed, "is anybody there", channel="x")
    with staffed.unit_of_work() as work:
        handoffs.claim(work, number, by=MINE, at=NOW)
        lost = handoffs.reply(work, number, "We are here.", by=MINE, at=NOW)
        work.outbox.mark_sending(lost.id, at=NOW)
        work.outbox.mark_failed(lost.id, error="refused")
        handoffs.reply(work, number, "Are you there?", by=MINE, at=NOW)
    said = [one.get_text(" ", strip=True) for one in adviser.get(f"/inbox/{number}/").soup.select("#thread > li")]
    assert said[0].startswith("The person 7:20am today is anybody there")
    assert said[1].startswith(f"{MINE} 7:30am today We are here. Not delivered. The person has not seen this.")
    assert said[1].endswith("The reason we have: refused. Send it again")
    assert said[2].endswith("Waiting to be sent")


def test_personal_data_that_was_removed_is_shown_as_such(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed, "ring me on [phone number removed] now", redacted=["phone_number"])
    page = adviser.get(f"/inbox/{number}/")
    assert [mark.get_text() for mark in page.soup.select("mark")] == ["[phone number removed]"]
    assert "ring me on [phone number removed] now" in page.main.replace(" ]", "]")


def test_what_was_erased_is_said_to_be(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    with staffed.unit_of_work() as work:
        work.connection.exec_driver_sql("DELETE FROM messages")
    assert "What was written here has been erased" in adviser.get(f"/inbox/{number}/").main
    assert "Asked for a person" in adviser.get("/inbox/").main


def test_the_words_of_a_person_are_only_words(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed, "<script>alert(1)</script><b>hello</b>")
    assert not adviser.get(f"/inbox/{number}/").soup.select("#thread b, #thread script")


def test_welsh_words_are_marked_as_welsh(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed, "Hoffwn siarad â pherson", account="JCPinGwynedd")
    with staffed.unit_of_work() as work:
        found = work.conversations.get(work.handoffs.get(number).conversation_id)
        work.connection.exec_driver_sql("UPDATE conversations SET language = 'cy' WHERE id = ?", (found.id,))
        assert work.conversations.get(found.id).language is Language.WELSH
    assert "Welsh" in adviser.get("/inbox/").main
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    assert page.soup.select_one("#thread [lang=cy]")
    assert page.soup.select_one("#text[lang=cy]")
    assert "answer in Welsh" in page.main


# Answering


def test_a_reply_reaches_the_person_and_the_transcript(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    page = adviser.press(page, "Send the reply", {"text": "Good morning. How can I help?"})
    assert "Good morning. How can I help?" in page.soup.select("#thread > li")[-1].get_text()
    assert not page.soup.select_one("#text").get_text()  # type: ignore[union-attr]
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).first_reply_at == NOW


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "The reply is empty"), ("Your number is QQ123456C", "personal data")],
    ids=["nothing", "personal data"],
)
def test_what_cannot_be_sent_is_told_and_stays_typed(adviser: Visitor, staffed: Store, text: str, told: str) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    page = adviser.press(page, "Send the reply", {"text": text}, 400)
    assert told in page.errors[0]
    assert page.soup.select_one("#text").get_text() == text  # type: ignore[union-attr]
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).first_reply_at is None


def test_nobody_answers_what_somebody_else_has_taken_over(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    with staffed.unit_of_work() as work:
        handoffs.release(work, number, by=THEIRS, at=NOW, is_lead=True)
        handoffs.claim(work, number, by=THEIRS, at=NOW)
    refused = adviser.press(page, "Send the reply", {"text": "Hello"}, 409)
    assert refused.errors == [f"{THEIRS} has handoff {number}"]
    assert "Hello" in refused.main
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).first_reply_at is None


def test_a_note_stays_with_staff(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Keep the note", {"note": "Rang the office: it is open."})
    assert "Rang the office" in page.soup.select_one("#noted").get_text()  # type: ignore[union-attr]
    assert len(page.soup.select("#thread > li")) == 1
    page = adviser.press(page, "Keep the note", {"note": "Their number is QQ123456C"}, 400)
    assert "personal data" in page.errors[0]


@pytest.mark.parametrize(
    ("how", "resolution"), [("resolve", "resolved"), ("return", "returned")], ids=["dealt with", "given back"]
)
def test_a_conversation_ends_in_either_way(adviser: Visitor, staffed: Store, how: str, resolution: str) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    assert adviser.press(page, "End it", status=400).errors == ["Choose how it ends"]
    page = adviser.press(page, "End it", {"how": how, "end_note": "All told."})
    assert page.heading == "Inbox"
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).resolution == resolution
        assert [note.text for note in work.handoffs.find_notes(number)] == ["All told."]
    ended = adviser.get(f"/inbox/{number}/")
    assert not ended.soup.find("button", string="End it")
    assert f"{MINE} had it" in ended.main


def test_a_note_that_cannot_be_kept_ends_nothing(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed)
    page = adviser.press(adviser.get(f"/inbox/{number}/"), "Take this conversation")
    page = adviser.press(page, "End it", {"how": "resolve", "end_note": "Ring 07700 900123"}, 400)
    assert "personal data" in page.errors[0]
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).resolved_at is None


# Keeping fresh


@pytest.mark.parametrize("path", ["/inbox/live", "/inbox/live?view=all", "/inbox/{}/live"])
def test_a_page_is_told_only_what_is_new(adviser: Visitor, staffed: Store, path: str) -> None:
    number = waits(staffed)
    path = path.format(number)
    first = adviser.raw("GET", path)
    again = adviser.raw("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert b"csrf" not in first.data
    with staffed.unit_of_work() as work:
        handoffs.claim(work, number, by=THEIRS, at=NOW)
    fresh = adviser.raw("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != first.headers["ETag"]


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(adviser: Visitor, staffed: Store, clock: Clock) -> None:
    waits(staffed)
    for _ in range(4):
        clock.now += timedelta(minutes=20)
        response = adviser.raw("GET", "/inbox/live")
    assert response.status_code == 302
    assert "/sign-in" in response.headers["Location"]
    assert PASSWORD not in response.get_data(as_text=True)


def test_the_page_and_what_it_fetches_are_the_same(adviser: Visitor, staffed: Store) -> None:
    number = waits(staffed, f"about {LEEDS}")
    for page, part in (("/inbox/", "/inbox/live?view=waiting"), (f"/inbox/{number}/", f"/inbox/{number}/live")):
        whole = {tag["id"]: str(tag) for tag in adviser.get(page).soup.select("[data-part]")}
        parts = {tag["id"]: str(tag) for tag in Page(adviser.raw("GET", part)).soup.select("[data-part]")}
        assert whole == parts
