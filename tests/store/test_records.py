"""Audit, staff, settings, statistics and what channels remember."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.jobcentre.errors import Conflict, NotFound
from bot.store.records import Role, StaffMember
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store
from tests.builders import HOUR, NOW, keep_offices, make_account, make_closure, make_office, make_scope, make_watch

# Audit


def test_the_audit_says_who_did_what_to_what_and_when(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.audit.add(
            by="Ann", action="amend", subject_type="closure", subject_id="C1", at=NOW, before={"v": 1}, after={"v": 2}
        )
        event = work.audit.find()[0]
    assert (event.by, event.action, event.subject_type, event.subject_id) == ("Ann", "amend", "closure", "C1")
    assert (event.at, event.before, event.after, event.clock_was_fixed) == (NOW, {"v": 1}, {"v": 2}, False)


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        pytest.param({}, ["C2", "leeds", "C1"], id="all, the newest first"),
        pytest.param({"limit": 1}, ["C2"], id="the newest"),
        pytest.param({"subject_type": "closure"}, ["C2", "C1"], id="by type"),
        pytest.param({"subject_type": "closure", "subject_id": "C1"}, ["C1"], id="by subject"),
        pytest.param({"by": "Bob"}, ["leeds"], id="by whom"),
        pytest.param({"action": "withdraw"}, ["C2"], id="by action"),
        pytest.param({"start": NOW + HOUR}, ["C2", "leeds"], id="from its start on"),
        pytest.param({"end": NOW + HOUR}, ["C1"], id="to before its end"),
    ],
)
def test_audit_events_are_found(each_store: Store, which: dict[str, Any], expected: list[str]) -> None:
    with each_store.unit_of_work() as work:
        for index, (by, action, kind, subject) in enumerate(
            [
                ("Ann", "publish", "closure", "C1"),
                ("Bob", "hours", "office", "leeds"),
                ("Ann", "withdraw", "closure", "C2"),
            ]
        ):
            work.audit.add(by=by, action=action, subject_type=kind, subject_id=subject, at=NOW + index * HOUR)
        assert [event.subject_id for event in work.audit.find(**which)] == expected


# Staff


def test_a_member_of_staff_comes_back_as_added(each_store: Store) -> None:
    member = StaffMember(
        "Ann Jones", Role.ADVISER, "ann@example.org", ("JCPinLeeds",), "hash", "secret", invited_at=NOW
    )
    with each_store.unit_of_work() as work:
        work.accounts.put(make_account(), make_scope())
        kept = work.staff.add(member)
        assert replace(kept, id=0) == member
        assert work.staff.get(" ann  JONES ") == kept
        work.staff.save(replace(kept, role=Role.EDITOR, accounts=(), is_active=False))
        assert work.staff.find_all() == [replace(kept, role=Role.EDITOR, accounts=(), is_active=False)]


@pytest.mark.parametrize(
    "member",
    [
        pytest.param(StaffMember("ANN", Role.VIEWER), id="the same name"),
        pytest.param(StaffMember("Bob", Role.VIEWER, "ann@example.org"), id="the same address"),
    ],
)
def test_a_name_is_one_person(each_store: Store, member: StaffMember) -> None:
    with each_store.unit_of_work() as work:
        work.staff.add(StaffMember("Ann", Role.VIEWER, "ann@example.org"))
        with pytest.raises(Conflict, match="already"):
            work.staff.add(member)


def test_somebody_unknown_is_not_found(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        with pytest.raises(NotFound, match='called "Ann"'):
            work.staff.get("Ann")
        with pytest.raises(NotFound, match='called "Ann"'):
            work.staff.save(StaffMember("Ann", Role.VIEWER, id=7))


def test_secrets_are_not_shown() -> None:
    member = StaffMember("Ann", Role.VIEWER, password_hash="pbkdf2", totp_secret="JBSWY3DP")
    assert "pbkdf2" not in repr(member)
    assert "JBSWY3DP" not in repr(member)


# Settings, channels, statistics


@pytest.mark.parametrize("value", [None, True, 0, "text", [1, "a"], {"ŵ": {"deep": None}}], ids=repr)
def test_settings_and_channels_keep_json(each_store: Store, value: Any) -> None:
    with each_store.unit_of_work() as work:
        work.settings.put("key", "before")
        work.settings.put("key", value)
        work.channels.put_state("JCPinLeeds", "last_seen", value)
        assert work.settings.get("key", "default") == value
        assert work.channels.get_state("JCPinLeeds", "last_seen", "default") == value


def test_what_was_never_set_is_the_default(each_store: Store) -> None:
    with each_store.unit_of_work() as work:
        work.settings.put("key", 1)
        work.settings.remove("key")
        assert work.settings.get("key", "default") == "default"
        assert work.channels.get_state("JCPinLeeds", "last_seen") is None


def test_statistics_add_up(each_store: Store) -> None:
    tally = Tally(date(2026, 11, 20), 10, "JCPinLeeds", "office_open", "answered", "leeds-park-place")
    other = replace(tally, day=date(2026, 11, 21), office_id="", count=3)
    with each_store.unit_of_work() as work:
        for each in (tally, tally, other):
            work.statistics.add(each)
        assert work.statistics.find(tally.day, other.day) == [replace(tally, count=2), other]
        assert work.statistics.find(tally.day, tally.day) == [replace(tally, count=2)]


def test_the_audit_is_searched_for_all_that_concerns_an_office(each_store: Store) -> None:
    leeds, pudsey = make_office("leeds-park-place"), make_office("pudsey", district="Elsewhere")
    subjects = ("office", "closure", "watch", "staff_day")
    with each_store.unit_of_work() as work:
        keep_offices(work, [leeds, pudsey])
        scopes = {
            "by name": make_scope("leeds-park-place"),
            "by district": make_scope(districts={"West Yorkshire"}),
            "taken out": make_scope(everywhere=True, excluding={"leeds-park-place"}),
            "another": make_scope("pudsey"),
        }
        for name, scope in scopes.items():
            number = work.closures.add(make_closure(scope=scope), by="Ann")
            work.audit.add(by=name, action="publish", subject_type="closure", subject_id=number, at=NOW)
        watch = work.closures.add_watch(make_watch("leeds-park-place"), by="Ann")
        work.audit.add(by="a watch", action="watch", subject_type="watch", subject_id=watch, at=NOW)
        work.audit.add(by="a day", action="add", subject_type="staff_day", subject_id="7", at=NOW)
        work.audit.add(by="its hours", action="hours", subject_type="office", subject_id="leeds-park-place", at=NOW)
        work.audit.add(by="other hours", action="hours", subject_type="office", subject_id="pudsey", at=NOW)
        found = work.audit.search(subjects, concerning=leeds, days=[7])
        assert [event.by for event in found] == [
            "its hours",
            "a day",
            "a watch",
            "taken out",
            "by district",
            "by name",
        ]
        assert [event.by for event in work.audit.search(subjects, by="HOUR")] == ["other hours", "its hours"]
        assert work.audit.search(subjects, by="%") == []
        assert len(work.audit.search(subjects, without=["hours"], limit=50)) == 6
        assert [event.by for event in work.audit.search(subjects, below=found[-1].id)] == []
        assert work.audit.search([]) == []


def test_statistics_are_counted_by_what_is_asked_for(each_store: Store) -> None:
    tally = Tally(date(2026, 11, 20), 10, "JCPinLeeds", "office_open", "answered", "leeds-park-place", 2)
    with each_store.unit_of_work() as work:
        work.statistics.add(tally, replace(tally, hour=11), replace(tally, account="JCPinHull", kind="jobs"))
        assert work.statistics.count(tally.day, tally.day, ("kind",)) == {("office_open",): 4, ("jobs",): 2}
        assert work.statistics.count(tally.day, tally.day, ("hour", "kind"), ["JCPinLeeds"]) == {
            (10, "office_open"): 2,
            (11, "office_open"): 2,
        }
