"""The door: what strangers send is made plain, made safe, and kept without what is personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from bot.assistant.door import admit
from bot.jobcentre.conversation import Direction
from bot.jobcentre.text import LIMIT
from tests.assistant.worlds import EchoEngine, World
from tests.jobcentre.test_personal_data import disguised

NI = "national_insurance_number"


def kept(world: World, sender: str = "ann") -> list[str]:
    return [message.text for message in world.transcript(sender) if message.direction is Direction.IN]


def on_disk(world: World) -> str:
    """Everything of the database that lies on disk, the write-ahead log included."""
    file = Path(str(make_url(world.url).database))
    return "".join(part.read_bytes().decode("utf-8", "replace") for part in file.parent.glob(f"{file.name}*"))


def heard(world: World) -> list[str]:
    """What the model was given."""
    assert isinstance(world.assistant.engine, EchoEngine)
    return world.assistant.engine.heard


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["AB 12 34", "56 C"], id="two halves"),
        pytest.param(["my ni number is AB 12", "34", "56 C thanks"], id="three pieces"),
        pytest.param(["it is AB 12 34", "then 56 C"], id="joined by a word"),
        pytest.param(["АВ １２ 34", "5\u200b6 С"], id="in disguise"),
        pytest.param(["alpha bravo one two three", "four five six charlie"], id="dictated"),
        pytest.param(["my national insurance number", "123456"], id="named first"),
    ],
)
@pytest.mark.parametrize("is_answered", [False, True], ids=["burst", "each answered"])
def test_a_number_in_pieces_is_taken_out_of_all_of_them(quick: World, parts: list[str], is_answered: bool) -> None:
    for part in parts:
        quick.send(part)
        if is_answered:
            quick.assistant.take_turn()
    quick.assistant.take_turn()
    incoming = [message for message in quick.transcript() if message.direction is Direction.IN]
    assert "[National Insurance number removed]" in kept(quick)[-1]
    assert not any(character.isdigit() for text in kept(quick) for character in text)
    assert "three" not in "".join(kept(quick))
    assert NI in incoming[-1].redacted
    if not is_answered:
        assert not any(character.isdigit() for words in heard(quick) for character in words)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("is leeds open on 24/12", "2026 i mean"),
        ("is 0800 328 5644 the right number", "or 0800 169 0310"),
        ("my account is locked", "are you open 24 12 2026"),
        ("i lost my national insurance number", "is leeds open 24/12/26"),
        ("i was born in leeds", "is it open 24/12/2026"),
        ("nearest to LS1", "2 of us are coming"),
        ("is it open at 10", "30 12"),
        ("Leeds", "2"),
    ],
)
def test_innocent_messages_stay_as_they_are(quick: World, first: str, second: str) -> None:
    quick.send(first)
    quick.send(second)
    assert kept(quick) == [first, second]


def test_another_persons_number_is_not_put_together_with_mine(quick: World) -> None:
    quick.send("AB 12 34", "ann")
    quick.send("56 C", "ben")
    assert kept(quick, "ben") == ["56 C"]


def test_a_message_of_long_ago_is_left_alone(quick: World) -> None:
    quick.send("the bus is AB 12 34")
    quick.later(days=1)
    quick.send("56 C")
    assert kept(quick) == ["the bus is AB 12 34", "56 C"]


def test_the_same_message_delivered_twice_is_not_its_own_beginning(quick: World) -> None:
    for _ in range(2):
        quick.send("07700 9001", message_id="same")
    assert kept(quick) == ["07700 9001"]


def test_the_whole_is_nowhere_on_disk(quick: World) -> None:
    quick.send("it is AB 12 34")
    quick.send("56 C")
    assert "56 C" not in on_disk(quick)
    quick.store.close()  # the last connection folds the log into the file
    assert "AB 12 34" not in on_disk(quick)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=disguised())
def test_no_disguise_of_a_number_gets_past_the_door(quick: World, case: tuple[str, str]) -> None:
    _past_the_door(quick, *case)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=disguised())
def test_no_disguise_of_a_number_gets_past_the_door_however_often(quick: World, case: tuple[str, str]) -> None:
    _past_the_door(quick, *case)


def _past_the_door(world: World, number: str, message: str) -> None:
    sender = f"person {world.sent}"
    world.send(message, sender)
    outcome = world.assistant.take_turn()
    assert outcome is not None
    assert NI in outcome.redacted
    places = {"kept": kept(world, sender)[0], "heard": heard(world)[-1], "reply": outcome.reply or ""}
    for place, text in places.items():
        assert message not in text, place
        assert number[2:8] not in "".join(filter(str.isalnum, text)), place


HOSTILE = [
    "",
    "   \n\t ",
    "\u200b\u202e\ufeff",
    "\x00\x01\x02",
    "\ud800\udfff",
    "😀😀😀",
    "?",
    "/restart",
    '/ask_opening{"office": "leeds"}',
    "EXTERNAL: reminder",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "{{7*7}} ${7*7} #{7*7} %s %(x)s {office} {0.__class__}",
    "'; DROP TABLE messages; --",
    '{"id": 1, "text": "hello"}',
    "https://evil.example/leeds?x=1",
    "Z̸̢̛͔̈́̅͗a̷l̵g̶o̸" * 30,
    "\u202eneppo sdeel si",
    "هل المكتب مفتوح غدا",
    "a" * LIMIT,
    "is leeds open " * 8000,
    "\n" * 100_000,
    "👩‍👩‍👧" * 5000,
    "(" * 20_000 + ")" * 20_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=[ascii(words[:24]) for words in HOSTILE])
def test_whatever_is_sent_is_let_in_as_plain_text(words: str) -> None:
    admitted = admit(words)
    assert len(admitted.text) <= LIMIT
    assert not admitted.text.startswith("/")
    assert admitted.text.isprintable() or set(filter(lambda c: not c.isprintable(), admitted.text)) <= set("\n\u200d")
    admitted.text.encode("utf-8")
    assert admit(admitted.text).text == admitted.text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_is_let_in(words: str) -> None:
    admitted = admit(words)
    admitted.text.encode("utf-8")
    assert admit(admitted.text).text == admitted.text


def test_a_crisis_is_heard_although_personal_data_is_taken_out() -> None:
    admitted = admit("i am going to kill myself my number is 07700 900123")
    assert admitted.risks[0] == "crisis_life" or "life" in admitted.risks[0]
    assert admitted.redacted == ("phone_number",)
    assert "07700" not in admitted.text


def test_a_number_at_the_very_end_of_what_is_kept_is_not_cut_in_two() -> None:
    admitted = admit("x " * (LIMIT // 2 - 4) + "AB123456C")
    assert "1234" not in admitted.text


def test_a_number_goes_on_from_the_end_of_a_long_message_which_else_stays_as_it_is() -> None:
    long = "is leeds open. " * 500
    admitted = admit("34 56 C thanks", before=[f"{long}my ni is AB 12"])
    assert admitted.redacted == ("national_insurance_number",)
    assert admitted.before[0].text == f"{long}my ni is [National Insurance number removed]"
    assert admit("thanks", before=[long]).before[0].text == long
