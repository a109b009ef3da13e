"""The channel with the trained model: what people on X get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.jobcentre.conversation import MessageState
from bot.jobcentre.handoff import HandoffReason, HandoffState
from bot.services import handoffs
from tests.assistant.worlds import (
    DATABASE,
    EchoEngine,
    SqliteTemplate,
    assistant_with,
    find_trained,
    real_engine,
    responses,
)
from tests.channels.x.desk import Desk, desk_at
from tests.fake_x import FakeX
from tests.fake_x.clock import Clock


@pytest.fixture
def real(
    x: FakeX, clock: Clock, sample: SqliteTemplate, models: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    url = sample.new()
    monkeypatch.setenv(DATABASE, url)
    assistant = assistant_with(url, EchoEngine(responses()), clock)
    with desk_at(x, clock, replace(assistant, engine=real_engine(url, find_trained()))) as opened:
        yield opened


def test_one_answer_with_the_introduction_for_a_burst(x: FakeX, real: Desk) -> None:
    for words in ("hiya", "is park place open on monday"):
        x.write("anna", "JCPinLeeds", words)
    real.work()
    (said,) = real.said()
    assert said.startswith("Leeds Park Place")
    assert "automated assistant" in said


def test_a_person_is_asked_for_and_answers(x: FakeX, real: Desk) -> None:
    x.write("anna", "JCPinLeeds", "can i talk to a human about the lift in your building")
    real.work()
    (handoff,) = real.handoffs()
    assert (handoff.reason, handoff.state) == (HandoffReason.ASKED, HandoffState.OPEN)
    with real.store.unit_of_work() as work:
        handoffs.claim(work, handoff.id, by="Rhys", at=real.clock())
        handoffs.reply(work, handoff.id, "The lift works again.", by="Rhys", at=real.clock())
    real.send()
    x.write("anna", "JCPinLeeds", "great, is park place open today")
    real.later(minutes=3)
    assert real.said()[-1] == "The lift works again."
    assert real.states()[-1] is MessageState.SENT


def test_a_reply_made_anew_introduces_itself_again_where_nothing_was_heard(x: FakeX, real: Desk) -> None:
    x.write("anna", "JCPinLeeds", "is park place open on monday")
    real.read()
    real.answer()
    real.clock.advance(minutes=40)
    real.send()
    real.work()
    (said,) = real.said()
    assert "Leeds Park Place" in said
    assert "automated assistant" in said
    assert real.states() == [MessageState.STALE, MessageState.SENT]
