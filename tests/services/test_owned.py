"""What staff own, to be read elsewhere."""

from __future__ import annotations

import json

from bot.services import owned
from bot.store.records import Role, StaffMember
from bot.store.repositories.fingerprints import KEY, Fingerprints
from bot.store.unit_of_work import Store
from tests.builders import LEEDS, NOW, keep_conversation, keep_incoming, keep_offices, make_closure, make_office


def test_an_export_has_what_staff_own_and_nothing_that_people_wrote(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(), by="Ann")
        work.staff.add(StaffMember("Bo", Role.EDITOR, password_hash="$scrypt$hash"))
        keep_incoming(work, keep_conversation(work), "my secret words")
        Fingerprints(work.connection).of("makes the key")
        key = work.settings.get(KEY)
        exported = owned.export(work, at=NOW)
    text = json.dumps(exported)
    assert [office["id"] for office in exported["tables"]["offices"]] == [LEEDS]
    assert exported["tables"]["closures"][0]["starts_at"] == "2026-11-20T10:30:00+00:00"
    assert exported["tables"]["staff"][0]["name"] == "Bo"
    assert [told for told in ("my secret words", "scrypt", "person-1", key) if told in text] == []
