"""Typed blanks: `{office}`, `{until:moment}`, `{office:is|are}` in a text, filled in its language.

A blank's type is its spec, or where it has none what `TYPES` says of its name, or plain text.
Alternatives (`is|are`) are chosen by what the blank counts:
 - an office blank: one | several, or one | several | one, past | several, past
 - a day or `when`: not past | past, or today | past | to come
 - a number: singular | plural (English); to ten | above ten (Welsh)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any

from bot.jobcentre.conversation import Language
from bot.jobcentre.wording.english import English
from bot.jobcentre.wording.grammar import Grammar, WordingError, is_past, is_single, is_to_come
from bot.jobcentre.wording.welsh import Welsh

GRAMMARS: Mapping[Language, type[Grammar]] = {Language.ENGLISH: English, Language.WELSH: Welsh}

TYPES: Mapping[str, str] = {
    "office": "office",
    "other": "office",
    "where": "where",
    "when": "when",
    "day": "day",
    "opens": "clock",
    "checked": "clock",
    "next": "moment",
    "since": "moment",
    "confirmed": "moment",
    "until": "end",
    "hours": "hours",
    "week": "week",
    "people_hours": "week",
    "cause": "cause",
    "effect": "effect",
    "holiday": "holiday",
    "addresses": "addresses",
    "contacts": "contacts",
    "choices": "choices",
    "facilities": "facilities",
    "topic": "topic",
    "topic_name": "topic",
    "place": "text",
    "message": "sentence",
    "count": "number",
    "total": "number",
}
"""Blank name to type, for blanks that say no type of their own."""

OPTIONAL = frozenset({"where", "holiday", "contacts", "topic", "sentence", "because", "note", "in"})
"""Types that have words, or none, for a blank that is missing or null."""

_STARTS_SENTENCE = frozenset(
    {"office", "when", "day", "plain", "clock", "moment", "hours", "week", "number", "topic", "effect"}
)


class BlankFormatter(Formatter):
    """Fills one text's blanks by one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.types: Mapping[str, Callable[[Any], str]] = {
            "office": grammar.office,
            "name": grammar.office_names,
            "where": grammar.where,
            "when": grammar.when,
            "day": grammar.day,
            "plain": grammar.day_name,
            "clock": grammar.clock,
            "moment": grammar.moment,
            "end": grammar.end,
            "hours": grammar.hours,
            "week": grammar.week,
            "cause": grammar.cause,
            "because": grammar.because,
            "effect": grammar.effect,
            "holiday": grammar.holiday,
            "addresses": grammar.addresses,
            "contacts": grammar.contacts,
            "named": grammar.named_contacts,
            "inline": grammar.inline_contacts,
            "choices": grammar.choices,
            "facilities": grammar.facilities,
            "topic": grammar.topic,
            "text": grammar.text,
            "sentence": grammar.sentence,
            "in": grammar.in_place,
            "soft": grammar.soft_place,
            "number": grammar.number,
        }

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        out = ""
        for literal, name, spec, _ in self.parse(format_string):
            out += literal
            if name is not None:
                out += self._filled(name, spec or "", kwargs, starts=not out or out.endswith((". ", "? ", "\n")))
        return out

    def _filled(self, name: str, spec: str, blanks: Mapping[str, Any], starts: bool) -> str:
        if "|" in spec:
            return _chosen(self._value(name, blanks), spec.split("|"), blanks, self.grammar)
        if spec == "note":
            return self.grammar.note(name, blanks.get(name))
        type_ = spec or TYPES.get(name, "text")
        if type_ not in self.types:
            raise WordingError(f"unknown type of blank: {{{name}:{spec}}}")
        value = blanks.get(name) if type_ in OPTIONAL else self._value(name, blanks)
        text = self.types[type_](value)
        return text[:1].upper() + text[1:] if starts and type_ in _STARTS_SENTENCE else text

    def _value(self, name: str, blanks: Mapping[str, Any]) -> Any:
        value = blanks.get(name)
        if value is None:
            raise WordingError(f"blank {{{name}}} is not given")
        return value


def fill(text: str, blanks: Mapping[str, Any], language: Language, response: str = "") -> str:
    """The text with its blanks filled. Raises WordingError, naming the response, where one is missing or unfit."""
    try:
        grammar = GRAMMARS[language](_today(blanks))
        filled = BlankFormatter(grammar).vformat(text, (), blanks)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise WordingError(f"{response}: {error.__class__.__name__}: {error}") from error
    return grammar.finished("\n".join(line.rstrip() for line in filled.strip().split("\n")))


def _today(blanks: Mapping[str, Any]) -> date | None:
    if blanks.get("today"):
        return date.fromisoformat(blanks["today"])
    for name in ("day", "when"):
        value = blanks.get(name)
        if isinstance(value, Mapping) and value.get("today"):
            return date.fromisoformat(value["today"])
    return None


def _chosen(value: Any, options: list[str], blanks: Mapping[str, Any], grammar: Grammar) -> str:
    if isinstance(value, int):
        return options[grammar.is_many(value)]
    if "names" in value:
        past = len(options) == 4 and is_past(blanks.get("when") or blanks.get("day") or {})
        return options[(not is_single(value)) + 2 * past]
    return options[2 if len(options) == 3 and is_to_come(value) else is_past(value)]
