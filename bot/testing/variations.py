"""The same conversation said in another way. What it is about, and what comes of it, should not change.

The idea is CheckList's invariance tests (Ribeiro and others, 2020). Every variation is the same at every run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.jobcentre.gazetteer import Gazetteer, PlaceMention
from bot.jobcentre.hours import OpeningHours
from bot.jobcentre.office import Office
from bot.testing.script import Conversation, Step, Turn

BESIDE = {
    **{a: b for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in zip(row, row[1:] + row[-2], strict=True)}
}
"""Each letter's neighbour on the keyboard."""
_WORD = re.compile(r"(?<![\w@./'’-])[a-z]{5,}(?![\w@/'’-]|\.\w)")
"""Words in small letters: not names, numbers, links or short words that a slip makes into others."""
_WIDE_SCOPE = frozenset({"--district", "--nation", "--account", "--everywhere"})


@dataclass(frozen=True)
class Variant:
    """A conversation as varied, and which office stands in it for which."""

    name: str
    conversation: Conversation
    offices: Mapping[str, str] = field(default_factory=dict)
    """An office of the original to the one of the variant."""


@dataclass(frozen=True)
class World:
    """The places that a variation must know, to leave them alone or to swap them."""

    gazetteer: Gazetteer
    offices_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Account to the offices that it serves."""
    hours: Mapping[str, Sequence[OpeningHours]] = field(default_factory=dict)
    """Office to its weekly hours."""


Rewording = Callable[[str, World, random.Random], str]


def vary(conversation: Conversation, name: str, world: World) -> Variant | None:
    """The conversation in that variation; None where it cannot be said in it, or the words are the point."""
    if conversation.is_exact:
        return None
    if name == ANOTHER_TOWN:
        return _in_another_town(conversation, world)
    reword = _REWORDINGS[name]
    turns = tuple(_reworded(turn, reword, world) for turn in conversation.turns)
    if [turn.person for turn in turns] == [turn.person for turn in conversation.turns]:
        return None
    return Variant(name, replace(conversation, turns=turns))


def _reworded(turn: Turn, reword: Rewording, world: World) -> Turn:
    said = tuple(reword(words, world, random.Random(words)) if words.strip() else words for words in turn.person)
    return replace(turn, person=said)


def _with_typo(words: str, world: World, chance: random.Random) -> str:
    """One letter typed as its neighbour, inside one long word that is not part of a place. In fewer than three words
    nothing would be left to tell what was meant."""
    if len(words.split()) < 3:
        return words
    places = [(place.start, place.end) for place in world.gazetteer.find(words)]
    found = [word for word in _WORD.finditer(words) if not _overlaps(word.span(), places)]
    if not found:
        return words
    word = chance.choice(found)
    at = chance.randrange(word.start() + 1, word.end())
    return words[:at] + BESIDE[words[at]] + words[at + 1 :]


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _with_emoji(words: str, world: World, chance: random.Random) -> str:
    return f"{words} {chance.choice('🙂🙏😊👍')}"


def _politely(words: str, world: World, chance: random.Random) -> str:
    """In English around any language: many Welsh speakers thank in English too."""
    return f"{words.rstrip()}{'' if words.rstrip().endswith(('.', '?', '!')) else ','} thanks"


ANOTHER_TOWN = "another_town"
_REWORDINGS: Mapping[str, Rewording] = {
    "typo": _with_typo,
    "capitals": lambda words, world, chance: words.upper(),
    "small_letters": lambda words, world, chance: words.lower(),
    "emoji": _with_emoji,
    "thanks": _politely,
}
VARIATIONS: Mapping[str, str] = {
    "typo": "one key beside the right one, in a word that is no place",
    "capitals": "all in capitals",
    "small_letters": "all in small letters",
    "emoji": "an emoji at the end",
    "thanks": "thanks at the end",
    ANOTHER_TOWN: "another office that is alone in its town, with the same hours and holidays",
}
"""Name to what it does."""


# ------------------------------------------------------------------ another town


def _in_another_town(conversation: Conversation, world: World) -> Variant | None:
    """Where all is about one office, named by its town, and nothing else ties it to that town."""
    office = _only_office(conversation, world)
    if office is None or _is_tied(conversation, office, world):
        return None
    alone = [other for other in _alone_in_town(world.gazetteer) if other != office]
    others = [other for other in alone if _is_alike(office, other, world)]
    if not others:
        return None
    other = random.Random(conversation.id).choice(others)
    turns = tuple(
        replace(
            turn,
            staff=_for_other(turn.staff, office, other),
            person=tuple(_renamed(words, other, world) for words in turn.person),
        )
        for turn in conversation.turns
    )
    moved = replace(conversation, staff=_for_other(conversation.staff, office, other), turns=turns)
    return Variant(ANOTHER_TOWN, moved, {office.id: other.id})


def _is_alike(office: Office, other: Office, world: World) -> bool:
    """Whether what is true of opening is true of both: their nation's holidays, their status and their hours."""
    if (other.nation, other.status) != (office.nation, office.status):
        return False
    return world.hours.get(other.id) == world.hours.get(office.id)


def _only_office(conversation: Conversation, world: World) -> Office | None:
    said = [words for turn in conversation.turns for words in turn.person]
    named = {_office_of(place) for words in said for place in world.gazetteer.find(words)}
    if len(named) != 1:
        return None
    office_id = named.pop()
    alone = {office.id: office for office in _alone_in_town(world.gazetteer)}
    return alone.get(office_id or "")


def _office_of(place: PlaceMention) -> str | None:
    is_plain = place.certain and not place.ambiguous and not place.negated
    return place.offices[0] if is_plain and len(place.offices) == 1 else None


def _alone_in_town(gazetteer: Gazetteer) -> list[Office]:
    """Running offices that are called like their town, and are the only ones in it."""
    offices = gazetteer.offices()
    towns = [office.town for office in offices]
    return [o for o in offices if o.is_running and o.name == o.town and towns.count(o.town) == 1]


def _is_tied(conversation: Conversation, office: Office, world: World) -> bool:
    """By an account with offices of its own, or by what staff say of a whole area or of other offices."""
    if any(world.offices_of.get(turn.account.casefold()) for turn in conversation.turns):
        return True
    known = {other.id for other in world.gazetteer.offices()} - {office.id}
    steps = [*conversation.staff, *(step for turn in conversation.turns for step in turn.staff)]
    return any(_WIDE_SCOPE & set(step.command) or known & set(step.command) for step in steps)


def _for_other(steps: tuple[Step, ...], office: Office, other: Office) -> tuple[Step, ...]:
    return tuple(
        replace(step, command=tuple(other.id if word == office.id else word for word in step.command)) for step in steps
    )


def _renamed(words: str, other: Office, world: World) -> str:
    for place in reversed(world.gazetteer.find(words)):
        words = words[: place.start] + other.name + words[place.end :]
    return words
