"""Received once, in order, and only what is to be answered."""

from __future__ import annotations

from tests.channels.x.desk import Desk
from tests.fake_x import FakeX


def test_a_question_is_answered_once(x: FakeX, desk: Desk) -> None:
    x.write("anna", "JCPinLeeds", "are you open today")
    desk.work()
    assert desk.said() == ["1: are you open today"]
    desk.later(minutes=30)
    assert desk.said() == ["1: are you open today"]
