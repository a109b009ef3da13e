"""What the trained assistant does not understand is noted for staff, and goes when the person has it deleted."""

from __future__ import annotations

from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Why
from bot.jobcentre.phrase import INTENTS
from bot.store.records import Miss, WantedMisses
from tests.assistant.worlds import World

NONSENSE = "zzz florb wuggle"


def noted(world: World) -> list[Miss]:
    with world.store.unit_of_work(write=False) as work:
        return work.misses.find(WantedMisses())


def test_what_is_not_understood_is_noted_with_what_it_was_taken_for(each_world: World) -> None:
    assert each_world.say(NONSENSE).kinds == [Kind.UNCLEAR]
    (miss,) = noted(each_world)
    assert (miss.text, miss.why, miss.account) == (NONSENSE, Why.REPHRASE, "JCPinLeeds")
    assert len(miss.guesses) == 3
    assert {guess.intent for guess in miss.guesses} <= INTENTS
    assert 1 >= miss.guesses[0].confidence >= miss.guesses[-1].confidence >= 0


def test_what_is_understood_is_not(world: World) -> None:
    for words in ("is leeds park place open tomorrow", "hello", "thanks"):
        world.say(words)
    assert noted(world) == []


def test_of_whoever_is_at_risk_nothing_stays(world: World) -> None:
    world.say(NONSENSE)
    world.say(NONSENSE, "ben")
    world.later(minutes=1)
    world.say("i want to kill myself")
    assert len(noted(world)) == 1


def test_trials_are_not_noted(world: World) -> None:
    world.assistant.answer(world.incoming(NONSENSE), is_trial=True)
    assert noted(world) == []


def test_who_says_that_it_is_not_what_they_asked_tells_of_the_answer_before(world: World) -> None:
    world.say("is leeds park place open tomorrow")
    world.later(minutes=1)
    assert world.say("that's not what i asked").kinds == [Kind.UNCLEAR]
    (miss,) = noted(world)
    assert (miss.why, miss.kinds) == (Why.SAID, (Kind.OFFICE_OPEN,))


def test_it_goes_when_the_person_has_it_deleted(each_world: World) -> None:
    each_world.say(NONSENSE)
    each_world.later(minutes=1)
    each_world.say("delete my messages")
    assert noted(each_world) == []
