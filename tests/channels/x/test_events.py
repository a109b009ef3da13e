"""What is made of what X tells of messages."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.channels.x.events import Event, Unreadable, moment_of, page_of

EVENT: dict[str, Any] = {
    "id": "2101000000000000777",
    "event_type": "MessageCreate",
    "text": "hello",
    "sender_id": "880011",
    "dm_conversation_id": "880011-990022",
    "created_at": "2026-11-20T09:15:02.000Z",
}


def event(**changes: Any) -> Event:
    """The event with these fields in place of its own; None takes one away."""
    told = {name: value for name, value in {**EVENT, **changes}.items() if value is not None}
    (found,) = page_of({"data": [told], "meta": {}}).events
    return found


def text(seen: str) -> Event:
    return event(text=seen)


def test_an_id_tells_when() -> None:
    """X's own example: the post 1346889436626259968 was "created_at": "2021-01-06T18:40:40.000Z"."""
    assert moment_of(1346889436626259968).replace(microsecond=0) == datetime(
        2021, 1, 6, 18, 40, 40, tzinfo=timezone.utc
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": "seven"},
        {"event_type": None},
        {"sender_id": "../../users/me"},
        {"dm_conversation_id": "1-2/messages"},
        {"entities": "none"},
        {"entities": {"urls": ["https://t.co/a"]}},
    ],
    ids=str,
)
def test_an_event_that_cannot_be_read_is_counted_and_the_others_are_there(changes: dict[str, Any]) -> None:
    bad = {name: value for name, value in {**EVENT, **changes}.items() if value is not None}
    page = page_of({"data": [bad, {**EVENT, "id": "5"}, None, "event"], "meta": {"result_count": 4}})
    assert ([found.id for found in page.events], page.unreadable) == ([5], 3)


@pytest.mark.parametrize(
    "answer", [[], {}, {"data": []}, {"data": {}, "meta": {}}, {"meta": []}, None, "page"], ids=str
)
def test_what_is_no_page_is_refused(answer: Any) -> None:
    with pytest.raises(Unreadable):
        page_of(answer)


@pytest.mark.parametrize("empty", [{"meta": {"result_count": 0}}, {"data": [], "meta": {}}, {"data": None, "meta": {}}])
def test_an_empty_page_is_told_in_several_ways(empty: dict[str, Any]) -> None:
    assert page_of(empty).events == ()
    assert not page_of(empty).lacks_senders


def test_a_page_lacks_senders_only_where_no_message_has_one() -> None:
    without = {name: value for name, value in EVENT.items() if name != "sender_id"}
    joined = {"id": "9", "event_type": "ParticipantsJoin"}
    assert page_of({"data": [without, joined], "meta": {}}).lacks_senders
    assert not page_of({"data": [without, {**EVENT, "id": "8"}], "meta": {}}).lacks_senders
    assert not page_of({"data": [joined], "meta": {}}).lacks_senders


def test_links_are_whole_and_signs_are_signs() -> None:
    urls = [{"url": "https://t.co/abc", "expanded_url": "http://gov.uk/find-jobcentre"}, {"url": "https://t.co/x"}]
    told = event(text="see https://t.co/abc &amp; https://t.co/x", entities={"urls": urls})
    assert told.text == "see http://gov.uk/find-jobcentre & https://t.co/x"


@pytest.mark.parametrize(
    ("changes", "other", "is_group"),
    [
        ({}, "880011", False),
        ({"sender_id": "990022"}, "880011", False),
        ({"dm_conversation_id": "2101000000000000500"}, None, True),
        ({"dm_conversation_id": None}, "880011", False),
        ({"dm_conversation_id": None, "sender_id": "990022"}, None, False),
        ({"dm_conversation_id": "880011-770033"}, None, False),
    ],
)
def test_with_whom_an_account_speaks(changes: dict[str, Any], other: str | None, is_group: bool) -> None:
    told = event(**changes)
    assert (told.other_than("990022"), told.is_group) == (other, is_group)


@pytest.mark.parametrize(
    ("seen", "sent"),
    [
        ("We open at 9am.", "We open at 9am."),
        ("We open at 9am.\n\nBye ", "We open  at 9am.\nBye"),
        ("tea &amp; bread &lt;3", "tea & bread <3"),
        ("see https://t.co/AbC1", "see https://www.gov.uk/contact-jobcentre-plus"),
        ("see https://t.co/AbC1 or https://t.co/dEf2.", "see gov.uk/a or gov.uk/b."),
        ("see http://gov.uk/find-jobcentre.", "see gov.uk/find-jobcentre."),
        ("Llŷn", "Lly\u0302n"),
    ],
)
def test_a_text_of_ours_is_known_again(seen: str, sent: str) -> None:
    assert text(seen).is_text(sent)


@pytest.mark.parametrize(
    ("seen", "sent"),
    [
        ("We open at 9am.", "We open at 10am."),
        ("We open at 9am.", "We open at 9am. Bye"),
        ("see https://t.co/AbC1", "see gov.uk/a now"),
        ("(.*)", "anything"),
        ("", "We open at 9am."),
    ],
)
def test_another_text_is_not(seen: str, sent: str) -> None:
    assert not text(seen).is_text(sent)


@pytest.mark.parametrize(
    ("changes", "media", "post"),
    [
        ({}, False, False),
        ({"text": "", "attachments": {"media_keys": ["3_1"]}}, True, False),
        ({"text": None}, False, False),
    ],
)
def test_what_is_more_than_text(changes: dict[str, Any], media: bool, post: bool) -> None:
    assert (event(**changes).has_media, event(**changes).has_post) == (media, post)


@pytest.mark.parametrize(
    ("link", "text", "media", "post"),
    [
        ("https://twitter.com/messages/media/2101", "look", True, False),
        ("https://x.com/i/web/status/2101", "look", False, True),
        ("https://x.com/JCPinLeeds/status/2101?s=20", "look", False, True),
        ("https://x.com/JCPinLeeds", "look https://x.com/JCPinLeeds", False, False),
        ("https://box.com/a/status/1", "look https://box.com/a/status/1", False, False),
    ],
)
def test_a_link_that_stands_for_a_picture_or_a_post_is_no_text(link: str, text: str, media: bool, post: bool) -> None:
    urls = [{"url": "https://t.co/a", "expanded_url": link}]
    found = event(text="look https://t.co/a", entities={"urls": urls})
    assert (found.text, found.has_media, found.has_post) == (text, media, post)
