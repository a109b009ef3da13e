"""Topics that a message names."""

from __future__ import annotations

import pytest

from bot.jobcentre.topics import NAMES, find_shortened, find_topics

NAMED = {
    "uc number": ["universal_credit"],
    "my uni credit journal": ["universal_credit"],
    "pip and uc": ["pip", "universal_credit"],
    "pension credit number": ["pension_credit"],
    "state pension or pension credit": ["state_pension", "pension_credit"],
    "pension credit or state pension": ["pension_credit", "state_pension"],
    "sure start maternity grant": ["maternity_grant"],
    "sure start maternity": ["maternity_grant"],
    "maternity allowance": ["maternity_allowance"],
    "winter fuel payment": ["winter_fuel"],
    "report someone for benefit fraud": ["fraud"],
    "a fella on our stairs is on the sick and plays five a side, can i dob him in": ["fraud"],
    "rhif credyd cynhwysol": ["universal_credit"],
    "credyd pensiwn": ["pension_credit"],
    "national insurance number": ["national_insurance_number"],
    "his brother in law sadly passed away": ["bereavement"],
    "my uncle bob's dead": ["bereavement"],
    "granny passed on thursday": ["bereavement"],
    "bu farw fy chwaer": ["bereavement"],
    "my brother passed his driving test": [],
    "the phone's dead": [],
    "is leeds open tomorrow": [],
    "a pipe burst": [],
    "": [],
}


@pytest.mark.parametrize(("text", "topics"), NAMED.items(), ids=NAMED)
def test_topics_come_in_the_order_of_the_text(text: str, topics: list[str]) -> None:
    assert find_topics(text) == topics
    assert find_topics(text.upper()) == topics


def test_every_topic_found_has_a_name_in_both_languages() -> None:
    found = {topic for text in NAMED for topic in find_topics(text)}
    assert found <= set(NAMES)
    assert all(english and welsh for english, welsh in NAMES.values())


SHORTENED = {
    "carers": ["carers_allowance"],
    "attendance": ["attendance_allowance"],
    "winter fuel?": ["winter_fuel"],
    "pip": ["pip"],
    "parking": [],
}


@pytest.mark.parametrize(("text", "topics"), SHORTENED.items(), ids=SHORTENED)
def test_a_name_cut_short_where_one_was_asked_for(text: str, topics: list[str]) -> None:
    assert find_shortened(text) == topics
