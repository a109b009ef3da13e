"""The same on PostgreSQL: what is read, answered, sent, in doubt, late and typed by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.worlds import EchoEngine, PostgresqlTemplate, assistant_with, responses
from tests.channels.x.desk import Desk, desk_at
from tests.fake_x import FakeX
from tests.fake_x.clock import Clock

pytestmark = pytest.mark.postgresql


@pytest.fixture
def desk(x: FakeX, clock: Clock, postgresql_server: str) -> Iterator[Desk]:
    template = PostgresqlTemplate(postgresql_server)
    with desk_at(x, clock, assistant_with(template.new(), EchoEngine(responses()), clock)) as opened:
        yield opened
    template.drop()


def test_a_day_on_postgresql(x: FakeX, desk: Desk) -> None:
    x.faults.add("done_then_cut", calls="sends", times=1)
    x.faults.add("duplicates", calls="reads")
    x.write("anna", "JCPinLeeds", "one")
    desk.later(minutes=8)
    assert desk.said() == ["1: one"]
    x.write("anna", "JCPinLeeds", "two")
    desk.clock.advance(90)
    desk.read()
    desk.answer()
    desk.clock.advance(minutes=40)
    desk.send()
    desk.work()
    assert [said.partition(": ")[2] for said in desk.said()] == ["one", "two"]
    x.write("JCPinLeeds", "anna", "This is Rhys.")
    desk.read()
    x.write("anna", "JCPinLeeds", "thank you")
    desk.later(minutes=3)
    desk.restart()
    desk.later(minutes=3)
    assert len(desk.said()) == 3
    assert desk.report().state is not None
    assert desk.report().came_in == 3
