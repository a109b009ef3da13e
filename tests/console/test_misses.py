"""Messages not understood, and training phrases: the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from flask import Flask

from bot.console import labels
from bot.console.desk import EXTENSION
from bot.jobcentre.conversation import Language
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import BODY, DAY, HABIT, PLACE, SHOP
from bot.jobcentre.miss import Guess, Why
from bot.jobcentre.phrase import INTENTS, PhraseState
from bot.services import staff
from bot.services.phrases import X_SAYS
from bot.store.records import Miss, Phrase, Role
from bot.store.unit_of_work import Store
from tests.builders import DAY as A_DAY
from tests.builders import keep_conversation, keep_miss, keep_phrase
from tests.console.conftest import NOW, PEOPLE, Clock
from tests.console.visitor import Page, Visitor

LIST = "/insights/not-understood/"
PHRASES = "/insights/phrases/"
WORDS = "wat bout the thing at leeds park place tomorrow"
LOOK = "See what is learnt from it"
PROPOSE = "Send it for a second look"
SignedIn = Callable[[Role], Visitor]


def missed(store: Store, text: str = WORDS, sender: str = "person-1", *, at: Any = NOW, **fields: Any) -> Miss:
    about = {name: fields.pop(name) for name in ("account", "channel") if name in fields}
    with store.unit_of_work() as work:
        return keep_miss(work, keep_conversation(work, sender, **about), text, at=at, **fields)


def proposed(store: Store, text: str = "about the thing", *, by: str = "Ann", **fields: Any) -> Phrase:
    miss = missed(store, **fields)
    with store.unit_of_work() as work:
        return keep_phrase(work, miss, text, proposed_by=by)


def limited(store: Store, *handles: str) -> None:
    """The editor is given those accounts alone."""
    with store.unit_of_work() as work:
        staff.change(work, PEOPLE[Role.EDITOR], Role.EDITOR, handles, True, by="test", at=NOW)


def rows(page: Page) -> list[str]:
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page.soup.select("tbody tr")]


# The list


def test_the_list_says_what_was_said_and_what_it_was_taken_for(editor: Visitor, staffed: Store) -> None:
    missed(staffed)
    missed(staffed, "hull?", "person-2", account="JCPinPlymouth", channel="x", why=Why.SAID, kinds=[Kind.OFFICE_OPEN])
    page = editor.get(editor.get("/insights/").link("Messages not understood"))
    assert rows(page) == [
        "hull? Answered as: Is an office open? JCPinPlymouth X, English 20 November 2026",
        f"{WORDS} Opening hours (24% sure) JCPinLeeds Web chat, English 20 November 2026",
    ]
    assert "2 messages" in page.main


def test_nothing_tells_who_wrote_it(editor: Visitor, staffed: Store) -> None:
    miss = missed(staffed, sender="person-4711")
    with staffed.unit_of_work(write=False) as work:
        (conversation,) = work.conversations.find_of_sender("person-4711")
    for address in (LIST, f"{LIST}{miss.id}"):
        sent = editor.raw("GET", address).get_data(as_text=True)
        assert "person-4711" not in sent
        assert conversation.id not in sent
        assert "7:30am" not in sent


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"account": "JCPinPlymouth"}, ["plymouth"]),
        ({"channel": "x"}, ["on x"]),
        ({"language": "cy"}, ["cymraeg"]),
        ({"why": "said"}, ["plymouth"]),
        ({"period": "today"}, ["cymraeg", "on x", "plymouth"]),
        ({"account": "JCPinPlymouth", "channel": "x"}, []),
    ],
    ids=str,
)
def test_some_of_them_are_looked_at(editor: Visitor, staffed: Store, asked: dict[str, str], shown: list[str]) -> None:
    missed(staffed, "plymouth", "1", account="JCPinPlymouth", why=Why.SAID, kinds=[Kind.FOI])
    missed(staffed, "on x", "2", channel="x")
    missed(staffed, "cymraeg", "3", language=Language.WELSH)
    missed(staffed, "long ago", "4", at=NOW - 3 * A_DAY)
    page = editor.press(editor.get(LIST), "Show", asked)
    assert [row for row in rows(page) if not any(row.startswith(text) for text in shown)] == []
    assert len(rows(page)) == len(shown)


def test_what_makes_no_sense_in_the_address_is_passed_over(editor: Visitor, staffed: Store) -> None:
    missed(staffed)
    page = editor.get(f"{LIST}?account=nobody&channel=fax&language=xx&why=x&period=ever&page=99")
    assert len(rows(page)) == 1


def test_long_lists_have_pages_that_keep_the_filter(editor: Visitor, staffed: Store) -> None:
    for number in range(30):
        missed(staffed, f"number {number}", f"person-{number}")
    page = editor.get(f"{LIST}?channel=webchat")
    assert len(rows(page)) == 25
    following = page.soup.find("a", rel="next")
    assert following is not None
    assert "channel=webchat" in str(following["href"])
    assert len(rows(editor.get(str(following["href"])))) == 5


def test_an_editor_of_some_accounts_sees_those_alone(signed_in: SignedIn, staffed: Store) -> None:
    theirs, others = missed(staffed, "theirs"), missed(staffed, "others", "person-2", account="JCPinPlymouth")
    limited(staffed, "JCPinLeeds")
    visitor = signed_in(Role.EDITOR)
    for address in (LIST, f"{LIST}?account=JCPinPlymouth"):
        page = visitor.get(address)
        assert [row.split()[0] for row in rows(page)] == ["theirs"]
        assert "JCPinPlymouth" not in page.main
    visitor.get(f"{LIST}{theirs.id}")
    visitor.get(f"{LIST}{others.id}", 404)
    token = visitor.get(LIST).soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    visitor.post(f"{LIST}{others.id}/set-aside", {"csrf_token": token}, 404)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADVISER], ids=lambda role: role.value)
def test_others_are_shown_no_way_to_it(signed_in: SignedIn, role: Role) -> None:
    visitor = signed_in(role)
    assert "Messages not understood" not in visitor.get("/insights/").main
    visitor.get(LIST, 403)


def test_one_is_taken_off_the_list(editor: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    page = editor.press(editor.get(f"{LIST}{miss.id}"), "Nothing to learn: take it off the list")
    assert "There are none." in page.main
    editor.get(f"{LIST}{miss.id}", 404)
    assert "took a message that was not understood off the list" in editor.get("/history/").main


def test_what_was_taken_out_is_marked(editor: Visitor, staffed: Store) -> None:
    miss = missed(staffed, "i am near [postcode removed]")
    page = editor.get(f"{LIST}{miss.id}")
    assert [mark.get_text() for mark in page.soup.find_all("mark")] == ["[postcode removed]"]


# A phrase


def test_a_message_becomes_a_phrase(administrator: Visitor, editor: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    form = administrator.get(administrator.get(f"{LIST}{miss.id}").link("Make a training phrase"))
    assert form.soup.textarea is not None
    assert form.soup.textarea.get_text().strip() == "wat bout the thing at {place} {day}"
    preview = administrator.press(form, LOOK, {"intent": "ask_facilities"})
    assert [mark.get_text() for mark in preview.soup.find_all("mark")] == ["a place", "a day"]
    with staffed.unit_of_work(write=False) as work:
        assert set(work.phrases.count().values()) == {0}
    page = administrator.press(preview, PROPOSE, {"read": "yes"})
    assert "You proposed it. Somebody else has to look at it" in page.main
    waiting = editor.get(editor.get(PHRASES).link("wat bout the thing at {place} {day}"))
    assert WORDS in waiting.main
    accepted = editor.press(waiting, "Accept", {"read": "yes"})
    assert WORDS not in accepted.main
    assert f"Accepted {PEOPLE[Role.EDITOR]}" in accepted.main
    assert "There are none." in editor.get(LIST).main
    told = editor.get("/history/?about=phrases").main
    assert "Administrator Ann proposed a training phrase for “What an office has" in told
    assert "Editor Ann accepted a training phrase for “What an office has" in told
    assert "wat bout" not in told


def test_what_is_wrong_is_said_where_it_is(administrator: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    form = administrator.get(f"{PHRASES}of/{miss.id}")
    assert administrator.press(form, LOOK, status=400).errors == ["Choose what the person wanted"]
    wrong = {"intent": "ask_hours", "text": "is leeds park place open"}
    (error,) = administrator.press(form, LOOK, wrong, 400).errors
    assert error.startswith("The phrase names a place (leeds park place)")
    (error,) = administrator.press(form, LOOK, {**wrong, "text": "i am QQ123456C"}, 400).errors
    assert "personal data" in error
    (error,) = administrator.press(form, LOOK, {**wrong, "language": "xx"}, 400).errors
    assert error == "Choose English or Welsh"


def test_every_word_must_be_read(administrator: Visitor, editor: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    preview = administrator.press(administrator.get(f"{PHRASES}of/{miss.id}"), LOOK, {"intent": "ask_hours"})
    assert administrator.press(preview, PROPOSE, status=400).errors == ["Tick this when you have read every word"]
    page = editor.get(f"{PHRASES}{proposed(staffed, sender='person-2').id}")
    assert editor.press(page, "Accept", status=400).errors == ["Tick this when you have read every word"]


def test_the_preview_can_be_gone_back_from(administrator: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    form = administrator.get(f"{PHRASES}of/{miss.id}")
    preview = administrator.press(form, LOOK, {"intent": "ask_hours", "text": "something else"})
    again = administrator.press(preview, "Go back and change it")
    assert again.soup.textarea is not None
    assert again.soup.textarea.get_text().strip() == "something else"
    chosen = again.soup.select_one("option[selected]")
    assert chosen is not None
    assert chosen["value"] == "ask_hours"


def test_a_hand_made_request_is_checked_too(administrator: Visitor, staffed: Store) -> None:
    miss = missed(staffed)
    preview = administrator.press(administrator.get(f"{PHRASES}of/{miss.id}"), LOOK, {"intent": "ask_hours"})
    forged = {"read": "yes", "text": "is leeds park place open"}
    assert administrator.press(preview, PROPOSE, forged, 400).errors


def test_a_rejected_phrase_says_why_and_is_the_start_of_the_next(
    administrator: Visitor, editor: Visitor, staffed: Store
) -> None:
    phrase = proposed(staffed, "about the street", by=PEOPLE[Role.ADMINISTRATOR])
    page = editor.get(f"{PHRASES}{phrase.id}")
    assert editor.press(page, "Reject", status=400).errors == ["Say why: whoever proposed it reads it"]
    editor.press(page, "Reject", {"reason": "it names a street"})
    assert "it names a street" in administrator.get(f"{LIST}{phrase.miss_id}").main
    form = administrator.get(f"{PHRASES}of/{phrase.miss_id}")
    assert "Editor Ann rejected the last phrase: it names a street" in form.main
    assert form.soup.textarea is not None
    assert form.soup.textarea.get_text().strip() == "about the street"


def test_whoever_proposed_it_does_not_accept_it(administrator: Visitor, staffed: Store) -> None:
    phrase = proposed(staffed, by=PEOPLE[Role.ADMINISTRATOR])
    page = administrator.get(f"{PHRASES}{phrase.id}")
    assert "Accept" not in [button.get_text(strip=True) for button in page.soup.find_all("button")]
    token = page.soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    administrator.post(f"{PHRASES}{phrase.id}/accept", {"csrf_token": token, "read": "yes"}, 409)
    administrator.post(f"{PHRASES}{phrase.id}/reject", {"csrf_token": token, "reason": "x"}, 409)


def test_who_looks_twice_is_shown_what_waits(administrator: Visitor, staffed: Store) -> None:
    phrase = proposed(staffed)
    assert administrator.get(f"{PHRASES}of/{phrase.miss_id}").heading == "Training phrase"


def test_an_editor_of_other_accounts_does_not_decide(signed_in: SignedIn, staffed: Store) -> None:
    phrase = proposed(staffed, account="JCPinPlymouth")
    limited(staffed, "JCPinLeeds")
    visitor = signed_in(Role.EDITOR)
    assert "about the thing" not in visitor.get(PHRASES).main
    visitor.get(f"{PHRASES}{phrase.id}", 404)
    token = visitor.get(PHRASES).soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    visitor.post(f"{PHRASES}{phrase.id}/accept", {"csrf_token": token, "read": "yes"}, 404)
    visitor.post(f"{PHRASES}{phrase.id}/reject", {"csrf_token": token, "reason": "x"}, 404)


def test_accepted_phrases_are_taken_away(administrator: Visitor, editor: Visitor, staffed: Store) -> None:
    phrase = proposed(staffed, "when is the {place} thing {day}")
    editor.press(editor.get(f"{PHRASES}{phrase.id}"), "Accept", {"read": "yes"})
    page = administrator.get(f"{PHRASES}?state=accepted")
    form = page.form("Download as YAML, for Rasa")
    token = page.soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    response = administrator.raw("POST", str(form["action"]), data={"csrf_token": token})
    assert "phrases.yml" in response.headers["Content-Disposition"]
    (block,) = yaml.safe_load(response.get_data(as_text=True))["nlu"]
    assert block["examples"] == "- when is the [leeds](office) thing [tomorrow](day)\n"
    assert "took away one training phrase" in administrator.get("/history/").main
    assert "Download as YAML" not in editor.get(f"{PHRASES}?state=accepted").main


def test_a_phrase_is_taken_out(administrator: Visitor, staffed: Store) -> None:
    phrase = proposed(staffed, by=PEOPLE[Role.ADMINISTRATOR])
    page = administrator.press(administrator.get(f"{PHRASES}{phrase.id}"), "Remove it")
    assert "take it out of the training data too" in page.main
    administrator.get(f"{PHRASES}{phrase.id}", 404)


def test_what_is_erased_meanwhile_is_not_there(administrator: Visitor, staffed: Store) -> None:
    phrase = proposed(staffed)
    page = administrator.get(f"{PHRASES}{phrase.id}")
    with staffed.unit_of_work() as work:
        work.misses.remove(phrase.miss_id or 0)
    administrator.press(page, "Accept", {"read": "yes"}, 404)


# X


def test_nothing_is_learnt_from_x_and_the_page_says_why(administrator: Visitor, staffed: Store) -> None:
    miss = missed(staffed, channel="x")
    page = administrator.get(f"{LIST}{miss.id}")
    assert X_SAYS in page.main
    assert "Make a training phrase" not in page.main
    administrator.get(f"{PHRASES}of/{miss.id}", 400)


def test_a_setting_allows_it(app: Flask, administrator: Visitor, staffed: Store) -> None:
    miss = missed(staffed, channel="x")
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], learns_from_x=True)
    page = administrator.get(f"{LIST}{miss.id}")
    assert X_SAYS not in page.main
    preview = administrator.press(administrator.get(page.link("Make a training phrase")), LOOK, {"intent": "ask_hours"})
    assert administrator.press(preview, PROPOSE, {"read": "yes"}).heading == "Training phrase"
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], learns_from_x=False)
    assert "From X: left out" in administrator.get(PHRASES).main


# Words


def test_everything_has_words_for_staff() -> None:
    assert set(labels.WORDS) == INTENTS
    assert len(labels.WORDS) == sum(map(len, labels.INTENTS.values()))
    assert len(set(labels.WORDS.values())) == len(labels.WORDS)
    assert set(labels.WHYS) == set(Why)
    assert set(labels.MASKS) == {PLACE, DAY, HABIT, SHOP, BODY}
    assert set(labels.STATES) == set(PhraseState)


def test_an_intent_that_is_no_more_is_shown_as_it_is(editor: Visitor, staffed: Store, clock: Clock) -> None:
    miss = missed(staffed, guesses=[Guess("ask_weather", 0.3)])
    assert "ask_weather: 30% sure" in editor.get(f"{LIST}{miss.id}").main
