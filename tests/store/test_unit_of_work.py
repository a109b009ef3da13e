"""A piece of work is kept whole or not at all, and moments come back as they were."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Conversation
from bot.jobcentre.errors import Conflict, JobcentreError
from bot.store.errors import StoreError
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import NOW, keep_conversation, keep_incoming, make_office


def test_work_is_kept_when_the_block_ends(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.offices.put([make_office()])
    with each_store.unit_of_work(write=False) as work:
        assert work.offices.find_all() == [make_office()]


def test_nothing_of_the_work_is_kept_when_the_block_raises(each_store: Store) -> None:
    def fail_after(work: UnitOfWork) -> None:
        work.offices.put([make_office()])
        raise KeyError

    with pytest.raises(KeyError), each_store.unit_of_work() as work:
        fail_after(work)
    with each_store.unit_of_work(write=False) as work:
        assert work.offices.find_all() == []
        assert work.offices.revision() == 0


def test_reading_work_cannot_write(each_store: Store) -> None:
    with (
        pytest.raises((DBAPIError, JobcentreError), match=r"readonly|read-only"),
        each_store.unit_of_work(write=False) as work,
    ):
        work.offices.put([make_office()])
    with each_store.unit_of_work() as work:
        work.offices.put([make_office()])


def test_reading_work_sees_one_state_throughout(each_store: Store) -> None:
    with each_store.unit_of_work(write=False) as reading:
        before = reading.offices.find_all()
        with each_store.unit_of_work() as writing:
            writing.offices.put([make_office()])
        assert reading.offices.find_all() == before == []
    with each_store.unit_of_work(write=False) as reading:
        assert len(reading.offices.find_all()) == 1


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 7, 1, 9, 0, tzinfo=LONDON), id="summer"),
        pytest.param(datetime(2026, 12, 1, 9, 0, tzinfo=LONDON), id="winter"),
        pytest.param(datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1), id="the second half past one"),
        pytest.param(datetime(2026, 12, 1, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=-5))), id="elsewhere"),
    ],
)
def test_moments_come_back_aware_and_in_utc(each_store: Store, moment: datetime) -> None:
    with each_store.unit_of_work() as work:
        if each_store.engine.dialect.name == "postgresql":
            work.connection.exec_driver_sql("SET LOCAL TIME ZONE 'Europe/London'")
        conversation = keep_conversation(work)
        kept = keep_incoming(work, conversation, at=moment)
        assert kept.at == moment.astimezone(timezone.utc)
        assert kept.at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(each_store: Store) -> None:
    with each_store.unit_of_work() as work, pytest.raises(StatementError, match="has no zone"):
        keep_incoming(work, keep_conversation(work), at=NOW.replace(tzinfo=None))


def test_what_a_person_wrote_is_not_in_the_text_of_a_database_error(each_store: Store) -> None:
    gone = Conversation("gone", "JCPinLeeds", "person-1", "webchat")
    with pytest.raises(Conflict, match="erased in the meantime") as error, each_store.unit_of_work() as work:
        work.messages.add_outgoing(gone, text="my private words", at=NOW)
    assert isinstance(error.value.__cause__, IntegrityError)
    assert "private words" not in f"{error.value} {error.value.__cause__}"


def test_a_writer_that_waits_too_long_for_another_says_so(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY_TIMEOUT_MS", 10)
    store = Store(sqlite_url)
    with store.unit_of_work(), pytest.raises(StoreError, match="locked"), store.unit_of_work():
        pass
    store.close()


def test_the_audit_says_when_the_clock_was_fixed(each_url: str) -> None:
    for is_fixed in (False, True):
        store = Store(each_url, clock_is_fixed=is_fixed)
        with store.unit_of_work() as work:
            work.audit.add(by="Ann", action="publish", subject_type="closure", subject_id="C1", at=NOW)
            assert work.audit.find()[0].clock_was_fixed is is_fixed
        store.close()
