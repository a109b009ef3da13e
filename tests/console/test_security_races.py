"""Two at once, on both databases: nobody slips through between looking and writing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from time import sleep

import pyotp
import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.errors import JobcentreError
from bot.services import staff
from bot.services.staff import SignIn
from bot.store.records import Role
from bot.store.unit_of_work import Store

NOW = datetime(2026, 11, 20, 7, 30, tzinfo=LONDON)
PASSWORD = "plum-anchor-velvet-7"
ANN, BEN = "Ann", "Ben"
Slowed = Callable[[str], None]


@pytest.fixture
def peopled(each_store: Store) -> Store:
    with each_store.unit_of_work() as work:
        for name in (ANN, BEN):
            staff.add(work, name, Role.ADMINISTRATOR, by="test", at=NOW)
            staff.accept(work, staff.invite(work, name, by="test", at=NOW), PASSWORD, at=NOW)
    return each_store


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`slowed("check_password")` makes that part of the service take long enough for somebody else to come between."""

    def slow(name: str) -> None:
        part = getattr(staff, name)

        def slower(*arguments: object, **options: object) -> object:
            found = part(*arguments, **options)
            sleep(0.3)
            return found

        monkeypatch.setattr(staff, name, slower)

    return slow


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What came of each, begun at the same moment; an error of ours is what came of it too."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except JobcentreError as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def test_two_administrators_cannot_take_away_each_others_role(peopled: Store, slowed: Slowed) -> None:
    slowed("_check_an_administrator_is_left")

    def demote(name: str) -> object:
        with peopled.unit_of_work() as work:
            return staff.change(work, name, Role.VIEWER, [], True, by="test", at=NOW)

    came_of = at_once(lambda: demote(ANN), lambda: demote(BEN))
    assert len([one for one in came_of if isinstance(one, JobcentreError)]) == 1
    with peopled.unit_of_work(write=False) as work:
        assert [m.role for m in work.staff.find_all()].count(Role.ADMINISTRATOR) == 1


def sign_in(store: Store, password: str, code: str = "") -> SignIn:
    """As the page does it: what is slow stands between two pieces of work."""
    with store.unit_of_work(write=False) as work:
        kept = staff.find_hash(work, ANN)
    checked = staff.check(kept, password)
    with store.unit_of_work() as work:
        return staff.sign_in(work, ANN, checked, code, at=NOW).result


def test_a_sign_in_undoes_no_removal(peopled: Store, slowed: Slowed) -> None:
    """The removal is under way when the sign-in reads who it is, and done when the sign-in is kept."""
    slowed("replace")

    def sign_in_meanwhile() -> object:
        sleep(0.1)
        return sign_in(peopled, PASSWORD)

    def remove() -> object:
        with peopled.unit_of_work() as work:
            return staff.change(work, ANN, Role.VIEWER, [], False, by="test", at=NOW)

    at_once(sign_in_meanwhile, remove)
    with peopled.unit_of_work(write=False) as work:
        ann = work.staff.get(ANN)
    assert (ann.is_active, ann.role) == (False, Role.VIEWER)


def test_a_link_chooses_one_password(peopled: Store, slowed: Slowed) -> None:
    slowed("check_password")
    with peopled.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=NOW)

    def accept(password: str) -> object:
        with peopled.unit_of_work() as work:
            return staff.accept(work, secret, password, at=NOW)

    came_of = at_once(lambda: accept("lantern-oboe-drizzle"), lambda: accept("gravel-tuba-monsoon"))
    assert len([one for one in came_of if isinstance(one, JobcentreError)]) == 1


def test_a_code_signs_in_once(peopled: Store, slowed: Slowed) -> None:
    slowed("_step_of")
    secret = staff.new_code_secret()
    with peopled.unit_of_work() as work:
        staff.use_codes(work, ANN, secret, pyotp.TOTP(secret).at(NOW.timestamp() - 30), at=NOW)
    code = pyotp.TOTP(secret).at(NOW)

    came_of = at_once(*[lambda: sign_in(peopled, PASSWORD, code)] * 3)
    assert sorted(map(str, came_of)) == sorted(map(str, [SignIn.DONE, SignIn.NEEDS_CODE, SignIn.NEEDS_CODE]))


def test_tries_at_once_are_all_counted(peopled: Store) -> None:
    at_once(*[lambda: sign_in(peopled, "wrong")] * staff.TRIES)
    assert sign_in(peopled, PASSWORD) is SignIn.LOCKED


def test_a_password_changed_since_it_was_checked_is_wrong(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        checked = staff.check(staff.find_hash(work, ANN), PASSWORD)
        staff.accept(work, staff.invite(work, ANN, by="test", at=NOW), "lantern-oboe-drizzle", at=NOW)
        assert checked.is_right
        assert staff.sign_in(work, ANN, checked, at=NOW).result is SignIn.REFUSED
