"""Who only thanks for what they were told, in whatever words, and who asks for something more."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.courtesy import before_thanks, without_manners
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance
from bot.jobcentre.thanking import is_thanks

NOW = datetime(2026, 11, 19, 10, 30, tzinfo=LONDON)
TOLD = Thread(asked=(Question(Kind.CONTACT_DWP, "ask_contact"),))
THANKED = {
    "that'll do me then, cheers": ("inform", 0.9),
    "right, i'll use the website. thank you": ("ask_further", 0.7),
    "no problem, thanks for the link": ("cancel", 0.9),
    "ooh smart, ta": ("nlu_fallback", 0.3),
    "fine by me. thanks": ("deny", 0.7),
    "dyna ni te, diolch yn fawr": ("inform", 0.6),
}
NOT_THANKED = {
    "the ramp as well, ta": ("ask_facilities", 0.9),
    "the second one, ta": ("inform", 0.9),
    "opening hours, thanks": ("nlu_fallback", 0.3),
    "no thanks": ("deny", 0.9),
    "i'll just starve then, cheers": ("out_of_scope", 0.6),
    "thanks for nothing": ("insult", 0.4),
    "ta ra": ("goodbye", 0.9),
    "i moved house, thanks": ("ask_individual_case", 0.9),
    "it's shut, thanks": ("report_wrong_information", 0.7),
}


def only_thanks(said: str, heard: tuple[str, float], thread: Thread = TOLD, **context: object) -> bool:
    text = without_manners(said)
    clause = Clause(heard[0], heard[1], text, 0, len(text))
    utterance = Utterance(text, (clause,), before_thanks=before_thanks(said))
    return is_thanks(utterance, Context(NOW, "JCPinLeeds", thread=thread, **context))  # type: ignore[arg-type]


@pytest.mark.parametrize(("said", "heard"), THANKED.items(), ids=THANKED)
def test_thanks_behind_what_asks_nothing_are_thanks(said: str, heard: tuple[str, float]) -> None:
    assert only_thanks(said, heard)
    assert not only_thanks(said, heard, Thread()), "nothing was told"
    assert not only_thanks(said, heard, risks=("life",))


@pytest.mark.parametrize(("said", "heard"), NOT_THANKED.items(), ids=NOT_THANKED)
def test_who_asks_or_says_more_is_not_only_thanked(said: str, heard: tuple[str, float]) -> None:
    assert not only_thanks(said, heard)


def test_who_waits_for_a_person_may_call_that_off_with_thanks() -> None:
    said = ("it's fine, forget it, thanks", ("cancel", 0.9))
    assert only_thanks(*said)
    assert not only_thanks(*said, is_in_queue=True)
