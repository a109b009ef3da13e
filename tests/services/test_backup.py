"""Copies of the database, and what staff own in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.jobcentre.errors import BadInput
from bot.services import backup
from bot.store.records import Role, StaffMember
from bot.store.unit_of_work import Store
from tests.builders import LEEDS, NOW, keep_conversation, keep_incoming, keep_offices, make_closure, make_office


def keep_one(store: Store, office_id: str = LEEDS) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(office_id)])


def held(store: Store) -> list[str]:
    with store.unit_of_work(write=False) as work:
        return [office.id for office in work.offices.find_all()]


def test_a_backup_holds_what_was_there_and_restores_it(store: Store, tmp_path: Path) -> None:
    keep_one(store)
    copy = tmp_path / "copy of 50%.db"
    backup.back_up(store, copy)
    keep_one(store, "york")
    backup.restore(store, copy)
    assert held(store) == [LEEDS]
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_is_taken_while_somebody_writes(store: Store, tmp_path: Path) -> None:
    keep_one(store)
    with store.unit_of_work() as work:
        keep_offices(work, [make_office("york")])
        backup.back_up(store, tmp_path / "copy.db")
    copy = Store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert held(copy) == [LEEDS]
    copy.close()


def test_a_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        backup.back_up(store, tmp_path / "there.db")
    with pytest.raises(BadInput, match="there is no folder"):
        backup.back_up(store, tmp_path / "none" / "copy.db")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "there is no file", id="missing"),
        pytest.param(b"not a database at all, only words", "is not a backup", id="text"),
        pytest.param(b"", "is not a backup", id="empty"),
    ],
)
def test_what_is_no_backup_changes_nothing(store: Store, tmp_path: Path, content: bytes | None, says: str) -> None:
    keep_one(store)
    file = tmp_path / "copy.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        backup.restore(store, file)
    assert held(store) == [LEEDS]


def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    keep_one(store)
    copy = tmp_path / "copy.db"
    backup.back_up(store, copy)
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xff" * (4096 * 17)
    copy.write_bytes(bytes(content))
    with pytest.raises(BadInput, match=r"is not a backup|is damaged"):
        backup.restore(store, copy)
    assert held(store) == [LEEDS]


def test_the_database_is_no_backup_of_itself(store: Store) -> None:
    with pytest.raises(BadInput, match="the database itself"):
        backup.restore(store, Path(store.engine.url.database))


def test_postgresql_names_its_own_tool_and_no_password(tmp_path: Path) -> None:
    postgresql = Store("postgresql://jo:secret@db.example/jobcentre")
    with pytest.raises(BadInput, match=r"pg_dump --host=db.example --username=jo") as raised:
        backup.back_up(postgresql, tmp_path / "copy")
    assert "secret" not in str(raised.value)
    with pytest.raises(BadInput, match="pg_restore"):
        backup.restore(postgresql, tmp_path / "copy")


def test_an_export_has_what_staff_own_and_nothing_that_people_wrote(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.closures.add(make_closure(), by="Ann")
        work.staff.add(StaffMember("Bo", Role.EDITOR, password_hash="$scrypt$hash"))
        keep_incoming(work, keep_conversation(work), "my secret words")
        exported = backup.export(work, at=NOW)
    text = json.dumps(exported)
    assert [office["id"] for office in exported["tables"]["offices"]] == [LEEDS]
    assert exported["tables"]["closures"][0]["starts_at"] == "2026-11-20T10:30:00+00:00"
    assert exported["tables"]["staff"][0]["name"] == "Bo"
    assert "my secret words" not in text
    assert "scrypt" not in text
    assert "person-1" not in text
