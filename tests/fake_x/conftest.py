"""`x` is a fake X of the newest version with two accounts and a person; whatever goes through it is checked against X's
own document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fake_x import Clock, FakeX
from tests.fake_x.caller import Caller
from tests.fake_x.conformance import Conformance
from tests.fake_x.contract import VERSIONS
from tests.fake_x.world import Person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["2.167"])
def x(clock: Clock, request: pytest.FixtureRequest) -> Iterator[FakeX]:
    conformance = Conformance(request.param)
    with FakeX(clock, version=request.param) as fake:
        fake.service.watchers.append(conformance.watch)
        fake.world.add_account("JCPinLeeds")
        fake.world.add_account("JCPinYork")
        fake.world.add_person("anna")
        yield fake
    assert conformance.wrong == []


@pytest.fixture
def leeds(x: FakeX) -> Caller:
    return Caller(x, x.world.account_of_name("JCPinLeeds"))


@pytest.fixture
def york(x: FakeX) -> Caller:
    return Caller(x, x.world.account_of_name("JCPinYork"))


@pytest.fixture
def anna(x: FakeX) -> Person:
    found = x.world.user_of_name("anna")
    assert isinstance(found, Person)
    return found


each_version = pytest.mark.parametrize("x", VERSIONS, indirect=True)
