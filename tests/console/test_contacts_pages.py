"""Contacts through the pages: found, checked, mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobcentre.contact import Contact
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.conftest import PASSWORD, PEOPLE, Clock
from tests.console.test_offices_pages import hand_in
from tests.console.visitor import Visitor

LINE = "uc-phone"


def held(store: Store, contact_id: str = LINE) -> Contact:
    with store.unit_of_work(write=False) as work:
        return work.contacts.get(contact_id)


def test_the_directory_is_narrowed_by_topic_and_nation(editor: Visitor) -> None:
    page = editor.get("/contacts/?topic=universal_credit&nation=scotland")
    assert "0800 328 5644" in page.main
    assert "0800 917 2222" not in page.main
    assert "No contact fits" in editor.get("/contacts/?topic=moon").main


def test_due_ones_come_first(editor: Visitor, staffed: Store, clock: Clock) -> None:
    assert "Due" not in [tag.get_text() for tag in editor.get("/contacts/").soup.select("td .govuk-tag")]
    clock.now += timedelta(days=91)
    with staffed.unit_of_work() as work:
        order = [contact.id for contact in work.contacts.find()]
    editor = sign_in_again(editor)
    page = editor.press(editor.get(f"/contacts/{order[0]}"), "I have checked it today")
    rows = editor.get("/contacts/").soup.select("tbody tr")
    last = editor.get("/contacts/?page=99").soup.select("tbody tr")[-1]
    assert "Due" in rows[0].get_text()
    assert "Due" not in last.get_text()
    assert "still right, 19 February 2027, 7:30am" in page.main


def sign_in_again(visitor: Visitor) -> Visitor:
    visitor.press(visitor.get("/sign-in"), "Sign in", {"name": PEOPLE[Role.EDITOR], "password": PASSWORD})
    return visitor


def test_a_contact_is_changed_and_was_checked_with_it(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get(f"/contacts/{LINE}/change"), "Save", {"say": "never", "audience": "new claims"})
    assert (held(staffed).say, held(staffed).audience) == ("never", "new claims")
    assert held(staffed).updated_by == PEOPLE[Role.EDITOR]
    assert "whether it may be said" in page.main


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        pytest.param({"value": "ring us"}, "value", "not a phone number", id="no number"),
        pytest.param({"value": "0800 328 56441234"}, "value", "not a phone number", id="too many digits"),
        pytest.param({"certainty": "conflict: two sources"}, "certainty", "never said", id="not certain"),
        pytest.param({"hours": "", "hours_say": "say"}, "hours", "there are none", id="no hours to say"),
        pytest.param({"topic": "<i>Universal Credit</i>"}, "topic", "markup", id="markup"),
    ],
)
def test_what_could_not_be_told_is_refused(
    editor: Visitor, staffed: Store, values: dict[str, str], field: str, told: str
) -> None:
    page = editor.press(editor.get(f"/contacts/{LINE}/change"), "Save", {"audience": "Typed", **values}, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    assert page.soup.find("input", {"name": "audience"})["value"] == "Typed"  # type: ignore[index]
    assert held(staffed).value == "0800 328 5644"


def test_hours_of_one_line_change_wherever_they_are_told(editor: Visitor, staffed: Store) -> None:
    page = editor.get("/contacts/adp-scotland/change")
    page = editor.press(page, "Save", {"hours": "Monday to Friday, 9am to 5pm"})
    assert "the hours of the same line with" in page.main
    with staffed.unit_of_work(write=False) as work:
        told = {contact.hours for contact in work.contacts.find() if "0800 182 2222" in contact.value}
    assert told == {"Monday to Friday, 9am to 5pm"}


def test_nobody_is_overwritten_unasked(editor: Visitor, administrator: Visitor, staffed: Store) -> None:
    mine = editor.get(f"/contacts/{LINE}/change")
    administrator.press(
        administrator.get(f"/contacts/{LINE}/change"), "Save", {"hours": "Monday to Friday, 9am to 5pm"}
    )
    page = editor.press(mine, "Save", {"value": "0800 169 0310"}, status=409)
    assert "hours from Monday to Friday, 8am to 6pm to Monday to Friday, 9am to 5pm" in page.main
    assert held(staffed).value == "0800 328 5644"
    editor.press(page, "Save")
    assert (held(staffed).value, held(staffed).hours) == ("0800 169 0310", "Monday to Friday, 9am to 5pm")


NEW = {
    "topic_id": "access_to_work",
    "topic": "Access to Work, text relay",
    "channel": "text",
    "value": "0800 121 7479",
    "say": "say",
    "certainty": "high: on GOV.UK",
}


def test_one_contact_is_added_and_taken_away(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/contacts/new"), "Save", NEW)
    assert page.heading == "Access to Work, text relay"
    added = held(staffed, "access-to-work-text-relay-text")
    assert (added.topics, added.say, added.updated_by) == ({"access_to_work"}, "say", PEOPLE[Role.EDITOR])
    page = editor.get(page.link("Remove it"))
    assert "0800 121 7479" in page.main
    page = editor.press(page, "Remove it")
    assert "Removed: Access to Work, text relay" in page.main
    editor.get(f"/contacts/{added.id}", status=404)
    with staffed.unit_of_work(write=False) as work:
        actions = [event.action for event in work.audit.find(subject_type="contact", subject_id=added.id)]
    assert actions == ["remove", "add"]


def test_the_same_words_again_make_another_id(editor: Visitor, staffed: Store) -> None:
    for nation in ("england", "scotland"):
        editor.press(editor.get("/contacts/new"), "Save", {**NEW, "nation": nation})
    assert held(staffed, "access-to-work-text-relay-text-2").nations == {"scotland"}


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        pytest.param({"topic_id": ""}, "topic_id", "Choose what people ask about", id="no topic"),
        pytest.param({"topic": " "}, "topic", "Enter what it is for", id="nothing that it is for"),
        pytest.param({"value": ""}, "value", "Enter a number", id="no number"),
        pytest.param({"channel": "phone", "value": "12"}, "value", "not a phone number", id="a number that is none"),
        pytest.param(
            {
                "topic": "Universal Credit",
                "channel": "phone",
                "nation": ["england", "scotland", "wales"],
                "audience": "GB claimants and new claims",
            },
            "value",
            "only one of them",
            id="a second truth",
        ),
    ],
)
def test_a_contact_that_could_not_be_told_is_not_added(
    editor: Visitor, staffed: Store, values: dict[str, str], field: str, told: str
) -> None:
    with staffed.unit_of_work(write=False) as work:
        before = work.contacts.find()
    page = editor.press(editor.get("/contacts/new"), "Save", {**NEW, **values}, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    with staffed.unit_of_work(write=False) as work:
        assert work.contacts.find() == before


def test_the_last_line_for_people_in_danger_stays(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        lines = [one for one in work.contacts.find(topic="crisis_life") if one.say == "say"]
        kept = max(lines, key=lambda one: len(one.nations))
        for other in lines:
            if other.id != kept.id:
                work.contacts.remove(other.id)
    page = editor.press(editor.get(f"/contacts/{kept.id}/remove"), "Remove it", status=400)
    assert "People in danger are told it" in page.main
    assert held(staffed, kept.id) == kept


def test_the_export_is_a_file_that_changes_nothing(editor: Visitor) -> None:
    data = editor.raw("GET", "/contacts/export.csv").get_data()
    assert "There is nothing to import" in hand_in(editor, data, "contacts").main
