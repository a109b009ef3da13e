"""The console on a database that has the sample's offices, and people with each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask

from bot.console.application import make_application
from bot.console.desk import EXTENSION, Console
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.wording import load_responses
from bot.services import samples, staff
from bot.services.knowledge import Knowledge
from bot.settings import PROJECT
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.visitor import Visitor

NOW = datetime(2026, 11, 20, 7, 30, tzinfo=LONDON)
PASSWORD = "plum-anchor-velvet-7"
PEOPLE = {role: f"{role.value.capitalize()} Ann" for role in Role}


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """The real hashes, at the least cost: each is slow on purpose, and these tests sign in often."""
    with pytest.MonkeyPatch.context() as patch:
        hasher = PasswordHasher.from_parameters(CHEAPEST)
        patch.setattr(staff, "_hasher", hasher)
        patch.setattr(staff, "_NOBODYS", hasher.hash("nobody's"))
        yield


class Clock:
    """The time, as a test sets it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def staffed_template(tmp_path_factory: pytest.TempPathFactory, _cheap_hashes: None) -> Path:
    """A database with the sample and one member of each role; hashing their passwords takes a moment."""
    file = tmp_path_factory.mktemp("console") / "jobcentre.db"
    store = Store(f"sqlite:///{file}")
    store.upgrade()
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=NOW)
        for role, name in PEOPLE.items():
            staff.add(work, name, role, by="test", at=NOW)
            staff.accept(work, staff.invite(work, name, by="test", at=NOW), PASSWORD, at=NOW)
    store.close()
    return file


@pytest.fixture
def staffed(staffed_template: Path, tmp_path: Path) -> Iterator[Store]:
    yield from copied(staffed_template, tmp_path)


def copied(template: Path, folder: Path) -> Iterator[Store]:
    """A database of one test alone, as long as it lasts."""
    file = folder / "staffed.db"
    file.write_bytes(template.read_bytes())
    store = Store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.fixture(scope="session")
def responses() -> object:
    return load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def made_once(staffed_template: Path, responses: object, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application: reading its templates takes longer than any test."""
    file = tmp_path_factory.mktemp("application") / "jobcentre.db"
    file.write_bytes(staffed_template.read_bytes())
    return make_application(Console(Knowledge(Store(f"sqlite:///{file}")), responses, Clock()))  # type: ignore[arg-type]


@pytest.fixture
def app(made_once: Flask, staffed: Store, responses: object, clock: Clock) -> Flask:
    """On a database and with a clock of this test alone."""
    made_once.extensions[EXTENSION] = Console(Knowledge(staffed), responses, clock)  # type: ignore[arg-type]
    return made_once


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Nobody: not signed in."""
    return Visitor(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Role], Visitor]:
    """`signed_in(Role.EDITOR)` is a visitor who has signed in with that role."""

    def sign_in(role: Role) -> Visitor:
        visitor = Visitor(app)
        page = visitor.get("/sign-in")
        visitor.press(page, "Sign in", {"name": PEOPLE[role], "password": PASSWORD})
        return visitor

    return sign_in


@pytest.fixture
def editor(signed_in: Callable[[Role], Visitor]) -> Visitor:
    return signed_in(Role.EDITOR)


@pytest.fixture
def administrator(signed_in: Callable[[Role], Visitor]) -> Visitor:
    return signed_in(Role.ADMINISTRATOR)
