"""How the channel tells that it is well: asked again and again, so it must cost the same in a year."""

from __future__ import annotations

from bot.channels.x.channel import health
from tests.channels.x.desk import Desk
from tests.fake_x import FakeX
from tests.store.queries import recorded


def test_it_is_told_in_numbers_without_going_through_the_messages(x: FakeX, desk: Desk) -> None:
    x.write("anna", "JCPinLeeds", "are you open today")
    desk.work()
    desk.read()
    with desk.store.unit_of_work(write=False) as work:
        with recorded(desk.store) as queries:
            told = health(work, desk.clock(), desk.board.settings)
        assert not [step for step in queries.scans(work) if "messages" in step]
    assert not [statement for statement, _ in queries if "received_at" in statement]
    assert (told["accounts"], told["ready"], told["waiting_in"], told["failed"]) == (2, 2, 0, 0)
