"""What of the directory may be said, and to whom."""

from __future__ import annotations

import pytest

from bot.jobcentre.contact import blanks_of, choose, sayable_numbers
from bot.jobcentre.office import Nation
from bot.jobcentre.personal_data import redact
from tests.builders import make_contact

LINE = make_contact()


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({}, "0800 328 5644"),
        ({"say": "never"}, None),
        ({"say": "link"}, None),
        ({"say": "link", "source_url": "https://www.gov.uk/pip"}, "https://www.gov.uk/pip"),
        ({"say": "link", "source_url": "https://example.org/pip"}, None),
    ],
)
def test_only_what_may_be_said_is(fields: dict[str, str], value: str | None) -> None:
    blank = make_contact(**fields).blank()
    assert (blank and blank["value"]) == value


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({"hours_say": "say"}, "8am to 6pm"),
        ({"hours_say": "never"}, None),
        ({"hours_say": "none"}, None),
        ({"hours_say": "say", "channel": "online"}, None),
    ],
)
def test_hours_are_said_where_they_are_certain_and_of_a_line(fields: dict[str, str], hours: str | None) -> None:
    blank = make_contact(hours="8am to 6pm", **fields).blank()
    assert blank is not None
    assert blank["hours"] == hours


def test_a_line_serves_its_nations_and_any_where_the_nation_is_not_known() -> None:
    line = make_contact(nation="england;wales")
    assert [line.serves(nation) for nation in (Nation.ENGLAND, Nation.SCOTLAND, None)] == [True, False, True]
    assert make_contact(nation="").serves(Nation.NORTHERN_IRELAND)
    assert not make_contact(nation="northern_ireland").serves(None)


def test_welsh_speakers_get_the_welsh_line_and_nobody_else_does() -> None:
    welsh = make_contact("uc-welsh", value="0800 328 1744", language="Welsh")
    chosen = {
        is_welsh: [c["value"] for c in choose([LINE, welsh], nation=None, welsh=is_welsh)] for is_welsh in (True, False)
    }
    assert chosen == {True: ["0800 328 1744"], False: ["0800 328 5644"]}


def test_the_channel_asked_for_comes_first() -> None:
    online = make_contact("web", channel="online", value="https://www.gov.uk/uc")
    relay = make_contact("relay", channel="Relay UK", value="18001 then 0800 328 5644")
    told = [c["channel"] for c in choose([LINE, online, relay], nation=None, welsh=False)]
    assert told == ["phone", "online"]
    asked = [c["channel"] for c in choose([LINE, online, relay], nation=None, welsh=False, channels=["Relay UK"])]
    assert asked[0] == "Relay UK"


def test_a_value_is_said_once() -> None:
    assert len(blanks_of([LINE, make_contact("other")])) == 1


def test_numbers_of_ours_stay_and_links_save_nobodys_number() -> None:
    link = make_contact("web", channel="online", value="https://www.gov.uk/uc")
    ours = sayable_numbers([LINE, link, make_contact("secret", value="0800 111 222", say="never")])
    assert ours == {"0800 328 5644"}
    assert redact("ring 0800 328 5644", ours=ours).kinds == ()
    assert redact("my NI number is AB 12 34 56 C", ours=ours).kinds != ()
