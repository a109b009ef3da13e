"""Two questions in one message, made by seed from single ones of the sets."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.understanding.messages import Message
from benchmarks.understanding.playing import ROUTINE

JOINS = {
    "en": ("{}. {}", "{} and {}", "{}? also {}", "{}, and {}", "{}\n{}"),
    "cy": ("{}. {}", "{} a {}", "{}? hefyd {}", "{}, a {}", "{}\n{}"),
}
LONGEST = 25
"""Words of either question: two rants in one message are no test of anything."""
ALONE = frozenset({"press", "foi", "wrong_information"})
"""Kinds that nobody asks another thing with: the press gets its route and nothing more, a request under the Act is the
whole message, and who reports a state is answered about it."""


def make_pairs(messages: Sequence[Message], count: int, seed: int) -> list[Message]:
    """So many messages that each ask two routine things of different kinds, in one language, of one account."""
    chance = random.Random(seed)
    able = [one for one in messages if _is_able(one)]
    return [_joined(*pair, chance) for pair in _pairs(able, chance, count)]


def _is_able(one: Message) -> bool:
    return len(one.kinds) == 1 and one.kinds <= ROUTINE - ALONE and not one.also and len(one.text.split()) <= LONGEST


def _pairs(able: Sequence[Message], chance: random.Random, count: int) -> Iterator[tuple[Message, Message]]:
    made = 0
    while made < count:
        first, second = chance.sample(able, 2)
        if first.kinds != second.kinds and (first.language, first.account) == (second.language, second.account):
            made += 1
            yield first, second


def _joined(first: Message, second: Message, chance: random.Random) -> Message:
    join = chance.choice(JOINS[first.language])
    text = join.format(first.text.rstrip(" .?!"), second.text)
    return replace(first, text=text, also=second.kinds, origin="pairs", parts=(first.text, second.text))
