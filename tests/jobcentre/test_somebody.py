"""Whether a question asks after a person by name."""

from __future__ import annotations

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.dates import find_days
from bot.jobcentre.question import Clause, Utterance
from bot.jobcentre.somebody import asks_after_somebody
from tests.builders import NOW

SAID = {
    "is Oksana from the desk in on monday": True,
    "is kieran working thursday": True,
    "does Tunde still work upstairs": True,
    "is philippa wray still signing on": True,
    "ydi Elfed o'r dderbynfa i mewn fory": True,
    "is the manager in tomorrow": False,
    "is anyone in on monday": False,
    "is the lift working": False,
    "is the jobcentre open for signing on": False,
    "is kieran's dog allowed": False,
}


@pytest.mark.parametrize(("said", "is_asked"), SAID.items(), ids=SAID)
def test_who_is_in_or_signs_on_is_asked_of_a_name(said: str, is_asked: bool) -> None:
    days = tuple(find_days(said, NOW.astimezone(LONDON)))
    assert (
        asks_after_somebody(Clause("ask_opening", 0.9, said, 0, len(said)), Utterance(said, (), days=days)) is is_asked
    )
