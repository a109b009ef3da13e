"""Contacts keep their order and their columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.jobcentre.errors import NotFound
from bot.jobcentre.office import Nation
from bot.store.unit_of_work import Store
from tests.builders import make_contact

UC = make_contact("uc-phone", last_checked=date(2026, 11, 1), updated_by="Ann")
UC_RELAY = make_contact("uc-relay", channel="Relay UK")
PIP_NI = make_contact("pip-ni", topic_id="pip;dla", nation="northern_ireland")
PRESS = make_contact("press", topic_id="press", nation="", channel="email")
ALL = [UC, UC_RELAY, PIP_NI, PRESS]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param({}, ALL, id="all, in their order"),
        pytest.param({"topic": "universal_credit"}, [UC, UC_RELAY], id="by topic"),
        pytest.param({"topic": "dla"}, [PIP_NI], id="by one of its topics"),
        pytest.param({"topic": "universal"}, [], id="not by part of a topic"),
        pytest.param({"channel": "Relay UK"}, [UC_RELAY], id="by channel"),
        pytest.param({"nation": Nation.NORTHERN_IRELAND}, [PIP_NI, PRESS], id="by nation, and those for all"),
        pytest.param({"topic": "universal_credit", "nation": Nation.NORTHERN_IRELAND}, [], id="by both"),
    ],
)
def test_contacts_are_found_by_what_they_are_for(
    each_store: Store, wanted: dict[str, Any], expected: list[Any]
) -> None:
    with each_store.unit_of_work() as work:
        work.contacts.replace_all(ALL)
        assert work.contacts.find(**wanted) == expected


def test_contacts_are_found_by_their_ids_in_that_order(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.contacts.replace_all(ALL)
        assert work.contacts.find_by_ids(["press", "nowhere", "uc-phone"]) == [PRESS, UC]


def test_replacing_all_leaves_no_other(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.contacts.replace_all(ALL)
        work.contacts.replace_all([PRESS])
        assert work.contacts.find() == [PRESS]
        with pytest.raises(NotFound, match='no contact "uc-phone"'):
            work.contacts.get("uc-phone")


def test_a_contact_is_replaced_where_it_stands_or_added_at_the_end(each_store: Store) -> None:
    changed, added = replace(UC, value="0800 000 0000"), make_contact("new")
    with each_store.unit_of_work() as work:
        work.contacts.put(UC)
        work.contacts.replace_all(ALL)
        work.contacts.put(changed)
        work.contacts.put(added)
        assert work.contacts.find() == [changed, UC_RELAY, PIP_NI, PRESS, added]
        assert work.contacts.get("uc-phone") == changed
