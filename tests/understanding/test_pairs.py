"""Messages of two questions, made of single ones."""

from __future__ import annotations

from benchmarks.understanding.messages import Message, read_sets
from benchmarks.understanding.pairs import LONGEST, make_pairs
from benchmarks.understanding.playing import ROUTINE


def test_pairs_ask_two_routine_things_of_different_kinds_in_one_language() -> None:
    alone = {one.text: one for one in read_sets()}
    pairs = make_pairs(list(alone.values()), 60, seed=5)
    assert len(pairs) == 60
    for pair in pairs:
        first, second = (alone[text] for text in pair.parts)
        assert pair.kinds | pair.also <= ROUTINE
        assert pair.kinds.isdisjoint(pair.also)
        assert first.language == second.language == pair.language
        assert first.account == second.account
        assert all(part.rstrip(" .?!") in pair.text for part in pair.parts)
        assert all(len(part.split()) <= LONGEST for part in pair.parts)


def test_the_same_seed_makes_the_same_pairs() -> None:
    assert make_pairs(read_sets(), 20, seed=5) == make_pairs(read_sets(), 20, seed=5)
    assert make_pairs(read_sets(), 20, seed=5) != make_pairs(read_sets(), 20, seed=6)


def test_what_asks_two_things_already_or_stands_alone_is_no_half() -> None:
    kinds = (("a", "office_open"), ("b", "office_find"), ("c", "greeting"), ("e", "press"))
    single = [Message(text, "en", "set", frozenset([kind])) for text, kind in kinds]
    double = Message("d", "en", "set", frozenset(["scam"]), frozenset(["jobs"]))
    halves = {part for pair in make_pairs([*single, double], 10, seed=1) for part in pair.parts}
    assert halves == {"a", "b"}
