"""Copies of the database: whole, made while it is in use, and bringing nothing back that was erased."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Direction, Incoming, Language
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.services import backup, conversations, retention
from bot.services.retention import Keeping
from bot.store import copying, tables
from bot.store.errors import StoreError
from bot.store.records import Erased
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, HOUR, LEEDS, NOW, keep_conversation, keep_incoming, keep_offices, make_office
from tests.store.test_migrations import empty_store

__all__ = ["empty_store"]

BESIDE = {f"{name}{suffix}" for name in ("jobcentre.db", "copy of 50%.db") for suffix in ("", "-wal", "-shm")}
"""A database and its log, while somebody has it open."""
SAYS: dict[str, Any] = {"by": "Ann", "at": NOW}


def keep_one(store: Store, office_id: str = LEEDS) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office(office_id)])


def held(store: Store) -> list[str]:
    with store.unit_of_work(write=False) as work:
        return [office.id for office in work.offices.find_all()]


def rows(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, as the program reads it."""
    with store.unit_of_work(write=False) as work:
        return {
            table.name: [tuple(row) for row in work.connection.execute(table.select().order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
        }


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Callable[[Path], Store]]:
    """Opens a backup as a database."""
    opened: list[Store] = []

    def open_copy(file: Path) -> Store:
        opened.append(copying.file_store(file))
        return opened[-1]

    yield open_copy
    for store in opened:
        store.close()


def keep_everything(work: UnitOfWork) -> None:
    """Something of every sort: JSON, moments, days, flags, text that is not ASCII, keys given out and gone."""
    keep_offices(work, [make_office(), make_office("york", name_cy="Efrog 🙂")])
    conversation = keep_conversation(work)
    message = keep_incoming(work, conversation, "ydych chi ar agor? 🙂\n'\"\\", redacted=["postcode"])
    reply = work.messages.add_outgoing(conversation, text="Ydyn.", at=NOW, answers=[{"at": NOW.isoformat(), "n": None}])
    work.messages.mark_answered([message.id], reply.id)
    handoff = work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
    work.handoffs.add_note(handoff.id, "Called", by="Ann", at=NOW)
    gone = keep_conversation(work, "person-2")
    keep_incoming(work, gone)
    retention.erase(work, "person-2", **SAYS)


def test_a_backup_holds_every_row_and_restores_it(
    each_store: Store, copied: Callable[[Path], Store], tmp_path: Path
) -> None:
    with each_store.unit_of_work() as work:
        keep_everything(work)
    before = rows(each_store)
    copy = tmp_path / "copy of 50%.db"
    backup.back_up(each_store, copy, at=NOW)
    in_copy = rows(copied(copy))
    marked = {key: value for key, value in in_copy["settings"] if key == backup.MADE_AT}
    assert marked == {backup.MADE_AT: NOW.isoformat()}
    in_copy["settings"] = [row for row in in_copy["settings"] if row[0] != backup.MADE_AT]
    assert in_copy == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    keep_one(each_store, "hull")
    restored = backup.restore(each_store, copy, **SAYS)
    assert (restored.made_at, restored.is_complete) == (NOW, True)
    after = rows(each_store)
    events = [after.pop("audit_events"), before.pop("audit_events")]
    assert after == before
    assert [row[3] for row in events[0][len(events[1]) :]] == ["purge", "restore"]
    assert {path.name for path in tmp_path.iterdir()} - {copy.name} <= BESIDE


def test_numbers_go_on_after_those_that_were_given_out(each_store: Store, tmp_path: Path) -> None:
    with each_store.unit_of_work() as work:
        last = keep_incoming(work, keep_conversation(work)).id
        retention.erase(work, "person-1", **SAYS)
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    backup.restore(each_store, tmp_path / "copy.db", **SAYS)
    with each_store.unit_of_work() as work:
        assert keep_incoming(work, keep_conversation(work)).id == last + 1
        assert work.handoffs.open_one(keep_conversation(work).id, HandoffReason.ASKED, at=NOW).id == 1


@pytest.mark.postgresql
def test_a_database_moves_from_one_to_the_other(store: Store, postgresql_url: str, tmp_path: Path) -> None:
    with store.unit_of_work() as work:
        keep_everything(work)
    backup.back_up(store, tmp_path / "copy.db", at=NOW)
    other = Store(postgresql_url)
    backup.restore(other, tmp_path / "copy.db", **SAYS)
    there, here = rows(other), rows(store)
    other.close()
    assert {name: found for name, found in there.items() if name != "audit_events"} == {
        name: found for name, found in here.items() if name != "audit_events"
    }


def test_a_lost_database_is_restored(empty_store: Store, tmp_path: Path, sqlite_template: Path) -> None:
    source = copying.file_store(Path(shutil.copy(sqlite_template, tmp_path / "other.db")))
    keep_one(source)
    backup.back_up(source, tmp_path / "copy.db", at=NOW)
    source.close()
    restored = backup.restore(empty_store, tmp_path / "copy.db", **SAYS)
    assert not restored.is_complete  # nobody can say what was erased since
    assert held(empty_store) == [LEEDS]


def test_a_damaged_database_is_replaced(store: Store, tmp_path: Path) -> None:
    with store.unit_of_work() as work:
        keep_everything(work)
    backup.back_up(store, tmp_path / "copy.db", at=NOW)
    store.close()
    file = Path(store.engine.url.database)
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    assert not backup.restore(store, tmp_path / "copy.db", **SAYS).is_complete
    assert held(store) == [LEEDS, "york"]


def test_what_is_no_database_at_all_must_be_moved_away_first(store: Store, tmp_path: Path) -> None:
    backup.back_up(store, tmp_path / "copy.db", at=NOW)
    store.close()
    file = Path(store.engine.url.database)
    file.write_text("these are notes, and longer than the header of a database " * 100)
    with pytest.raises(StoreError, match="move it away"):
        backup.restore(store, tmp_path / "copy.db", **SAYS)
    file.unlink()
    backup.restore(store, tmp_path / "copy.db", **SAYS)
    assert held(store) == []


# While it is in use


def turns(url: str, sender: str, begun: Event, over: Event) -> None:
    """Whole turns of one person, as quickly as they go."""
    store, number = Store(url), 0
    answers = (Answer("utter_greet", Kind.GREETING),)
    while not over.is_set():
        number += 1
        incoming = Incoming("JCPinLeeds", sender, f"message {number}", NOW, f"{sender} {number}")
        with store.unit_of_work() as work:
            said = conversations.receive(work, incoming, text=incoming.text, redacted=(), risks=(), is_trial=False)
        with store.unit_of_work() as work:
            turn = conversations.take(work, NOW, said.conversation_id)
        assert turn is not None
        with store.unit_of_work() as work:
            told: dict[str, Any] = {"text": f"reply {number}", "dialogue": {"turns": number}}
            conversations.keep_reply(work, turn, answers=answers, language=Language.ENGLISH, **told)
        begun.set()
    store.close()


@contextmanager
def people_writing(url: str) -> Iterator[None]:
    """Three people write all the while, and have begun."""
    over, begun = Event(), [Event() for _ in range(3)]
    people = [
        Thread(target=turns, args=(url, f"person-{n}", event, over), daemon=True) for n, event in enumerate(begun)
    ]
    for person in people:
        person.start()
    try:
        assert all(event.wait(20) for event in begun)
        yield
    finally:
        over.set()
        for person in people:
            person.join(30)


def test_a_backup_made_while_messages_flow_is_of_one_moment(
    each_url: str, each_store: Store, copied: Callable[[Path], Store], tmp_path: Path
) -> None:
    copies = [tmp_path / f"copy-{number}.db" for number in range(3)]
    with people_writing(each_url):
        for copy in copies:
            backup.back_up(each_store, copy, at=NOW)
    now = {row[0]: row for row in rows(each_store)["messages"]}
    for copy in copies:
        check_moment(rows(copied(copy)), now)
    backup.restore(each_store, copies[-1], **SAYS)
    restored, copied_rows = rows(each_store), rows(copied(copies[-1]))
    for name in ("conversations", "messages", "statistics", "handoffs"):
        assert restored[name] == copied_rows[name]


def check_moment(found: dict[str, list[Any]], later: dict[int, Any]) -> None:
    """What every moment between two transactions has in common, and that nothing in it was ever otherwise."""
    columns = {column.name: number for number, column in enumerate(tables.messages.c)}

    def value(row: Any, name: str) -> Any:
        return row[columns[name]]

    messages = found["messages"]
    assert messages
    for conversation in found["conversations"]:
        own = [row for row in messages if value(row, "conversation_id") == conversation[0]]
        came = [row for row in own if value(row, "direction") == Direction.IN.value]
        said = [row for row in own if value(row, "direction") == Direction.OUT.value]
        # Each person's messages from the first on, none left out, and each reply with what it answers.
        assert [value(row, "text") for row in came] == [f"message {n}" for n in range(1, len(came) + 1)]
        assert [value(row, "text") for row in said] == [f"reply {n}" for n in range(1, len(said) + 1)]
        assert len(came) - len(said) in (0, 1)
        assert sum(value(row, "state") == "answered" for row in came) == len(said)
        assert dict(zip(tables.conversations.c.keys(), conversation, strict=True))["dialogue"] == (
            {"turns": len(said)} if said else {}
        )
    replies = sum(value(row, "direction") == Direction.OUT.value for row in messages)
    assert sum(row[-1] for row in found["statistics"]) == replies
    stays = ("id", "conversation_id", "text", "at", "direction", "external_id")
    for row in messages:
        assert [value(row, name) for name in stays] == [value(later[row[0]], name) for name in stays]


def test_a_database_that_is_in_use_is_not_replaced(each_url: str, each_store: Store, tmp_path: Path) -> None:
    keep_one(each_store)
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    somebody = Store(each_url)
    keep_one(somebody, "york")  # its connection stays open, at rest
    with pytest.raises(StoreError, match=r"in use.*stop the assistant"):
        backup.restore(each_store, tmp_path / "copy.db", **SAYS)
    assert held(each_store) == [LEEDS, "york"]
    somebody.close()
    backup.restore(each_store, tmp_path / "copy.db", **SAYS)
    assert held(each_store) == [LEEDS]


# What was erased stays erased


def test_what_was_erased_since_is_erased_again(each_store: Store, tmp_path: Path) -> None:
    with each_store.unit_of_work() as work:
        for sender in ("person-1", "person-2", "person-3"):
            keep_incoming(work, keep_conversation(work, sender), f"words of {sender}", external_id=f"of {sender}")
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    with each_store.unit_of_work() as work:
        retention.erase(work, "person-1", **SAYS)
        theirs = keep_conversation(work, "person-2")
        asks = keep_incoming(work, theirs, "delete my messages")
        retention.forget(work, theirs.id, before=asks.id + 1, handoff=None, at=NOW)
    restored = backup.restore(each_store, tmp_path / "copy.db", **SAYS)
    assert restored.erased_again == Erased(1, 2)
    with each_store.unit_of_work() as work:
        found = {n: work.retention.find_of_sender(f"person-{n}") for n in (1, 2, 3)}
        assert found[1] == []
        assert work.messages.transcript(found[2][0].id) == []
        assert [m.text for m in work.messages.transcript(found[3][0].id)] == ["words of person-3"]
        assert work.retention.was_erased("JCPinLeeds", "of person-1")
        assert not work.retention.was_erased("JCPinLeeds", "of person-3")


def test_what_was_erased_before_the_backup_is_not_done_once_more(each_store: Store, tmp_path: Path) -> None:
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        asks = keep_incoming(work, conversation, "delete my messages")
        retention.forget(work, conversation.id, before=asks.id + 100, handoff=None, at=NOW)
        keep_incoming(work, conversation, "written later", external_id="later")
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    restored = backup.restore(each_store, tmp_path / "copy.db", **SAYS)
    assert restored.erased_again == Erased(0, 0)
    with each_store.unit_of_work() as work:
        assert [m.text for m in work.messages.transcript(conversation.id)] == ["written later"]


def test_what_has_grown_old_since_is_purged(each_store: Store, tmp_path: Path) -> None:
    with each_store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work))
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    restored = backup.restore(each_store, tmp_path / "copy.db", Keeping(30, 90), by="Ann", at=NOW + 31 * DAY)
    assert restored.purged == Erased(1, 1)


def test_of_a_backup_older_than_anything_is_kept_nothing_comes_back_that_people_wrote(
    each_store: Store, tmp_path: Path
) -> None:
    keep_one(each_store)
    with each_store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation)
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
    backup.back_up(each_store, tmp_path / "copy.db", at=NOW)
    backup.restore(each_store, tmp_path / "copy.db", by="Ann", at=NOW + 90 * DAY + HOUR)
    found = rows(each_store)
    assert found["messages"] == found["conversations"] == found["handoffs"] == []
    assert held(each_store) == [LEEDS]


# What cannot be


def test_a_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        backup.back_up(store, tmp_path / "there.db", at=NOW)
    with pytest.raises(BadInput, match="there is no folder"):
        backup.back_up(store, tmp_path / "none" / "copy.db", at=NOW)


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
        backup.restore(store, file, **SAYS)
    assert held(store) == [LEEDS]


def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    keep_one(store)
    copy = tmp_path / "copy.db"
    backup.back_up(store, copy, at=NOW)
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xff" * (4096 * 17)
    copy.write_bytes(bytes(content))
    with pytest.raises(BadInput, match=r"is not a backup|is damaged"):
        backup.restore(store, copy, **SAYS)
    assert held(store) == [LEEDS]


def test_a_backup_of_a_newer_version_is_refused(each_store: Store, tmp_path: Path) -> None:
    keep_one(each_store)
    copy = tmp_path / "copy.db"
    backup.back_up(each_store, copy, at=NOW)
    with closing(sqlite3.connect(copy)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(BadInput, match="newer version"):
        backup.restore(each_store, copy, **SAYS)
    assert held(each_store) == [LEEDS]


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(store: Store, tmp_path: Path) -> None:
    from alembic import command

    from tests.store.test_migrations import _config

    keep_one(store)
    copy = tmp_path / "copy.db"
    backup.back_up(store, copy, at=NOW)
    earlier = copying.file_store(copy)
    with earlier.transaction(write=True) as connection:
        command.downgrade(_config(connection), "0001")
    earlier.close()
    backup.restore(store, copy, **SAYS)
    store.check()
    assert held(store) == [LEEDS]


def test_the_database_is_no_backup_of_itself(store: Store) -> None:
    with pytest.raises(BadInput, match="the database itself"):
        backup.restore(store, Path(store.engine.url.database), **SAYS)


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    away = Store("postgresql://jo:secret@127.0.0.1:1/jobcentre")
    with pytest.raises(JobcentreError, match="cannot be used") as raised:
        backup.back_up(away, tmp_path / "copy.db", at=NOW)
    assert "secret" not in str(raised.value)
