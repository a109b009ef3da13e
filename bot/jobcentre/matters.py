"""What a question of a kind is more closely about: a change to report, a decision, the stage of a complaint …

`data/matters.txt` holds the patterns. They never say more than which of our own answers fits. A few matters settle the
kind too, where the classifier's border is thin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.jobcentre.kinds import Kind
from bot.jobcentre.misspelling import mended, vocabulary
from bot.jobcentre.patterns import sections, stems
from bot.jobcentre.question import Question
from bot.jobcentre.words import speaks_of_foi

_PIECE = "piece "
_LONGEST = 2_000
"""Characters that are looked at: what a long message is about stands near its beginning."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'"})
Patterns = Mapping[Kind, Mapping[str, re.Pattern[str]]]


def find_matter(kind: Kind, text: str) -> str:
    """The matter of a question of that kind; "" where it is none in particular."""
    plain = _plain(text)
    if found := _first(kind, plain):
        return found
    right = mended(plain, _vocabulary())
    return "" if right == plain else _first(kind, right)


def matter_of(question: Question) -> str:
    """The matter that was heard already, else that of its words."""
    return question.matter or find_matter(question.kind, question.text)


def speaks_of(kind: Kind, matter: str, text: str) -> bool:
    """Whether the text speaks of that matter, whatever else it speaks of."""
    return _patterns()[kind][matter].search(_plain(text)) is not None


def _first(kind: Kind, text: str) -> str:
    return next((name for name, pattern in _patterns().get(kind, {}).items() if pattern.search(text)), "")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text[:_LONGEST].translate(_STRAIGHT))


# Matters that settle the kind


@dataclass(frozen=True)
class _Tells:
    """A question heard as one of these kinds that speaks of one of these matters is of that kind."""

    kind: Kind
    matters: tuple[str, ...]
    heard_as: frozenset[Kind]
    is_own: bool = False
    """Whether the words of a routine question must speak of it themselves, and not what stands beside it."""


_VAGUE = frozenset({Kind.UNCLEAR})
_SMALL_TALK = frozenset({Kind.GREETING, Kind.THANKS, Kind.GOODBYE})
_OF_PEOPLE = frozenset({Kind.HANDOFF, Kind.COMPLAINT, Kind.FEEDBACK, Kind.WRONG_INFORMATION, Kind.ABOUT, Kind.PRESS})
_SIGNPOSTED = frozenset({Kind.DATA_REQUEST, Kind.OTHER_SERVICE, Kind.CONTACT_DWP, Kind.BENEFIT_INFO, Kind.SCAM})
_OF_OPENING = frozenset({Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES})
_MISHEARD_ORDERS = (_SIGNPOSTED | {Kind.UNCLEAR, Kind.FEEDBACK, Kind.PRESS, Kind.POLITICS, Kind.LANGUAGE}) - {
    Kind.DATA_REQUEST
}
"""What orders to the assistant are taken for. Its own data and complaints about rules are people's."""
_AT_RISK = {Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE, Kind.CRISIS_HARDSHIP, Kind.ABUSE, Kind.STOP, Kind.PERSONAL_DATA}
"""Kinds that nothing else may take the place of."""
_SPEAKS_OF_PEOPLE = _AT_RISK | {Kind.FOI, Kind.COMPLAINT, Kind.JOBS, Kind.SCAM, Kind.HANDOFF, Kind.LANGUAGE}
"""Kinds in which staff and names are spoken of for reasons of their own."""
_NOT_SOCIAL = (_AT_RISK - {Kind.ABUSE}) | {Kind.OFF_TOPIC, Kind.JOBS, Kind.SCAM}
"""What the wish for a like or a follow is never taken for, or what stands before it."""
_VISITS = ("travel", "bring", "by_phone")
_TELLS = (
    _Tells(
        Kind.ABOUT,
        ("delete",),
        _VAGUE | {Kind.DATA_REQUEST, Kind.FOI, Kind.STOP, Kind.INDIVIDUAL_CASE, Kind.COMPLAINT, Kind.FEEDBACK},
    ),
    _Tells(
        Kind.INDIVIDUAL_CASE,
        ("official", "letter"),
        _VAGUE | _SMALL_TALK | _OF_PEOPLE | _SIGNPOSTED | {Kind.FOI, Kind.OFF_TOPIC},
    ),
    # Whoever says that they report news gets the press office, and nothing more.
    _Tells(
        Kind.PRESS,
        ("journalist",),
        _VAGUE | _SMALL_TALK | _OF_PEOPLE | _SIGNPOSTED | _OF_OPENING | {Kind.POLITICS, Kind.INDIVIDUAL_CASE},
    ),
    _Tells(
        Kind.INDIVIDUAL_CASE,
        ("other_claims",),
        _VAGUE | {Kind.BENEFIT_INFO, Kind.CONTACT_DWP, Kind.CLOSURE_APPOINTMENT},
    ),
    _Tells(
        Kind.INDIVIDUAL_CASE, ("names",), frozenset(Kind) - _SPEAKS_OF_PEOPLE - {Kind.POLITICS, Kind.PRESS}, is_own=True
    ),
    _Tells(Kind.POLITICS, ("ministers",), _VAGUE | {Kind.OFF_TOPIC, Kind.FEEDBACK, Kind.CONTACT_DWP}),
    _Tells(Kind.ABUSE, ("slur",), _VAGUE | {Kind.OFF_TOPIC, Kind.FEEDBACK, Kind.COMPLAINT, Kind.LANGUAGE}),
    _Tells(Kind.ABUSE, ("dismissal",), _VAGUE | _SMALL_TALK | {Kind.OFF_TOPIC, Kind.FEEDBACK}),
    _Tells(Kind.OTHER_SERVICE, ("mp",), _VAGUE | {Kind.PRESS, Kind.OFFICE_FIND}),
    _Tells(Kind.INDIVIDUAL_CASE, ("staff_name",), frozenset({Kind.HANDOFF})),
    _Tells(Kind.INDIVIDUAL_CASE, ("progress",), _VAGUE | {Kind.BENEFIT_INFO, Kind.CONTACT_DWP}),
    _Tells(Kind.INDIVIDUAL_CASE, ("own_trouble",), _VAGUE | {Kind.BENEFIT_INFO}),
    _Tells(Kind.WRONG_INFORMATION, ("contradicted",), _VAGUE | _OF_OPENING),
    _Tells(Kind.CONTACT_DWP, ("text", "email"), _VAGUE),
    _Tells(Kind.CONTACT_DWP, ("text",), frozenset({Kind.SCAM})),
    _Tells(Kind.COMPLAINT, ("dishonest",), frozenset({Kind.UNCLEAR, Kind.BENEFIT_INFO, Kind.CONTACT_DWP})),
    _Tells(
        Kind.OFFICE_FACILITIES,
        ("companion",),
        _VAGUE | {Kind.OTHER_SERVICE, Kind.BENEFIT_INFO, Kind.CLOSURE_APPOINTMENT},
    ),
    _Tells(Kind.BENEFIT_INFO, _VISITS, _VAGUE | {Kind.OFFICE_FACILITIES, Kind.OTHER_SERVICE}),
    _Tells(
        Kind.BENEFIT_INFO,
        ("walk_in",),
        _VAGUE | {Kind.OFFICE_FACILITIES, Kind.OFFICE_CONTACT, Kind.CLOSURE_APPOINTMENT, Kind.INDIVIDUAL_CASE},
    ),
    _Tells(Kind.BENEFIT_INFO, ("cold_weather", "hardship"), _VAGUE | {Kind.OFFICE_FACILITIES}),
    # Pay dates around holidays are a rule; "when is mine" is not (contract, rule 2).
    _Tells(Kind.INDIVIDUAL_CASE, ("own_payday",), _VAGUE | {Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE}),
    _Tells(Kind.BENEFIT_INFO, ("paydays",), _VAGUE),
    _Tells(Kind.BENEFIT_INFO, ("payday_rule",), frozenset({Kind.INDIVIDUAL_CASE})),
    _Tells(Kind.BENEFIT_INFO, ("budgeting", "cold_weather", "hardship", "paydays"), frozenset({Kind.JOBS})),
    _Tells(Kind.COMPLAINT, ("steps",), _VAGUE | {Kind.CONTACT_DWP, Kind.HANDOFF, Kind.OTHER_SERVICE}),
    _Tells(Kind.JOBS, ("employer",), frozenset({Kind.JOBS})),  # wherever they would have it told
    _Tells(Kind.ABOUT, ("profile", "posting"), _VAGUE),
    _Tells(Kind.ABOUT, ("socially",), frozenset(Kind) - _NOT_SOCIAL, is_own=True),
    _Tells(Kind.ABOUT, ("publicly",), frozenset(Kind) - _AT_RISK - {Kind.FEEDBACK}),
    _Tells(Kind.ABOUT, ("profile",), frozenset({Kind.INDIVIDUAL_CASE, Kind.COMPLAINT})),
    _Tells(Kind.OFF_TOPIC, ("orders", "echo", "announce"), _MISHEARD_ORDERS | {Kind.FOI}),
    _Tells(Kind.BENEFIT_INFO, ("bring",), frozenset({Kind.CLOSURE_APPOINTMENT, Kind.OFFICE_FIND})),
    _Tells(Kind.COMPLAINT, ("about_decision",), frozenset({Kind.INDIVIDUAL_CASE})),
    _Tells(Kind.INDIVIDUAL_CASE, ("told",), _VAGUE | {Kind.OFF_TOPIC}),
    _Tells(Kind.COMPLAINT, ("plain",), frozenset({Kind.UNCLEAR, Kind.FEEDBACK})),
    _Tells(Kind.SCAM, ("plain",), frozenset({Kind.UNCLEAR})),
    _Tells(Kind.INDIVIDUAL_CASE, ("account",), frozenset({Kind.BENEFIT_INFO})),
    _Tells(Kind.INDIVIDUAL_CASE, ("representative", "other_person", "change", "evidence", "account"), _VAGUE),
    _Tells(Kind.INDIVIDUAL_CASE, ("decision", "appointment", "sanction"), frozenset({Kind.UNCLEAR})),
    _Tells(Kind.ABOUT, ("robot",), frozenset({Kind.UNCLEAR})),
    _Tells(Kind.JOBS, ("careers", "employer", "fair"), _VAGUE),
    _Tells(Kind.LANGUAGE, ("bsl", "relay", "print", "welsh"), _VAGUE),
    _Tells(Kind.LANGUAGE, ("print",), frozenset({Kind.CONTACT_DWP, Kind.BENEFIT_INFO})),
    _Tells(Kind.LANGUAGE, ("bsl",), frozenset({Kind.CLOSURE_APPOINTMENT, Kind.JOBS})),
    _Tells(Kind.LANGUAGE, ("which",), _VAGUE | {Kind.ABOUT}),
)


def settled_kind(kind: Kind, text: str, own: str = "") -> Kind:
    """The kind that plain words settle, where the classifier heard one that is easily mistaken; else that one. Of a
    longer text its `own` words are those that were heard as it."""
    plain, said = _plain(text), _plain(own or text)
    if kind is Kind.FOI and speaks_of_foi(plain):
        return kind  # a councillor may ask under the Act as anybody may
    for tells in _TELLS:
        words = said if tells.is_own and kind.is_routine else plain
        if kind in tells.heard_as and any(_patterns()[tells.kind][name].search(words) for name in tells.matters):
            return tells.kind
    return kind


# The file


@cache
def _patterns() -> Patterns:
    pieces = {head.removeprefix(_PIECE): ways for head, ways in sections("matters.txt") if head.startswith(_PIECE)}
    out: dict[Kind, dict[str, re.Pattern[str]]] = {}
    for head, ways in sections("matters.txt"):
        *kinds, name = head.split()
        if head.startswith(_PIECE):
            continue
        for kind in kinds:
            out.setdefault(Kind(kind), {})[name] = stems(ways, pieces)
    return out


@cache
def _vocabulary() -> frozenset[str]:
    return vocabulary(pattern.pattern for table in _patterns().values() for pattern in table.values())
