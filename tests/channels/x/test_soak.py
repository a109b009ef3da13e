"""A short soak, and what the verdict of any soak sees."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.jobcentre.conversation import Incoming, MessageState
from bot.services import conversations
from bot.store.unit_of_work import Store
from tests.fake_x import FakeX
from tests.soak.people import NUMBER, Letter, Sizes, letters
from tests.soak.running import Soak
from tests.soak.verdict import Verdict, judge

FIRST, SECOND = "zzbbbbbc", "zzbbbbbd"


def test_a_short_soak_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    sizes = Sizes(accounts=4, people=15, messages=40, kills=3, days=1, hours=0.4)
    verdict = Soak(tmp_path, sizes, seed=7).run()
    # On a slow machine a kill can leave open whether a reply went out: then it is shown as uncertain, not sent again.
    settled = replace(verdict, answered_once=verdict.answered_once + verdict.uncertain, uncertain=0)
    assert settled == Verdict(messages=40, answered_once=40, kills=3), (tmp_path / "worker.log").read_text()
    assert verdict.uncertain <= 3 * sizes.kills


def test_people_are_the_same_for_the_same_seed() -> None:
    sizes = Sizes(messages=500)
    found = letters(sizes, random.Random(3))
    assert found == letters(sizes, random.Random(3))
    assert len({letter.mark for letter in found}) == 500
    assert found == sorted(found, key=lambda letter: letter.at)


def _answers(x: FakeX, *texts: str) -> None:
    for text in texts:
        x.write("JCPinLeeds", "anna", text)


@pytest.mark.parametrize(
    ("does", "seen"),
    [
        pytest.param(lambda x: _answers(x, f"1: {FIRST}", f"2: {SECOND}"), {"answered_once": 2}, id="one each"),
        pytest.param(lambda x: _answers(x, f"{FIRST} {SECOND}"), {"answered_once": 2}, id="one for both"),
        pytest.param(lambda x: _answers(x, FIRST, SECOND, FIRST), {"answered_once": 1, "doubled": 1}, id="twice"),
        pytest.param(lambda x: _answers(x, SECOND), {"answered_once": 1, "lost": 1}, id="one is lost"),
        pytest.param(lambda x: _answers(x, SECOND, FIRST), {"answered_once": 2, "out_of_order": 1}, id="disorder"),
        pytest.param(lambda x: _answers(x, FIRST, SECOND, "zzcccccc"), {"answered_once": 2, "leaks": 1}, id="stranger"),
    ],
)
def test_what_x_shows_is_judged(
    x: FakeX, store: Store, tmp_path: Path, does: Callable[[FakeX], None], seen: dict[str, int]
) -> None:
    written = {str(n): Letter(x.clock(), mark, "anna", "JCPinLeeds") for n, mark in enumerate((FIRST, SECOND))}
    does(x)
    assert judge(x, store, written, [], 0) == Verdict(messages=2, **seen)


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (MessageState.RECEIVED, "waiting"),
        (MessageState.IGNORED, "ignored"),
        (MessageState.ANSWERED, "lost"),
    ],
)
def test_what_x_does_not_show_is_as_the_database_has_it(x: FakeX, store: Store, state: MessageState, seen: str) -> None:
    incoming = Incoming("JCPinLeeds", "person", FIRST, x.clock(), "1", "x")
    with store.unit_of_work() as work:
        kept = conversations.receive(work, incoming, text=FIRST, redacted=(), risks=(), is_trial=False)
        if state is MessageState.IGNORED:
            work.messages.mark_ignored([kept.id])
        elif state is MessageState.ANSWERED:
            work.connection.exec_driver_sql(f"UPDATE messages SET state = 'answered' WHERE id = {kept.id}")
    written = {"1": Letter(x.clock(), FIRST, "anna", "JCPinLeeds")}
    assert judge(x, store, written, [], 0) == Verdict(messages=1, **{seen: 1})


def test_words_and_secrets_where_they_do_not_belong_are_leaks(x: FakeX, store: Store, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text(f"INFO: fine\nWARNING: {FIRST} was not kept\nERROR: {NUMBER}\n{x.world.app.consumer_secret}\n")
    assert judge(x, store, {}, [log], 0).leaks == 3
