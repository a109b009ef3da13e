"""The sentences of `domain.yml`: complete in both languages, plain, short, and true to the house style."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from bot.jobcentre.answer import Answer
from bot.jobcentre.closure import Effect
from bot.jobcentre.conversation import Language
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.opening import OpeningState
from bot.jobcentre.wording import load_responses, render

ROOT = Path(__file__).parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES = load_responses(DOMAIN)
TODAY = "2026-11-20"
LONGEST_SENTENCE = 25
LONGEST_REPLY = 60
LANGUAGES = pytest.mark.parametrize("language", list(Language), ids=[language.value for language in Language])
EACH_RESPONSE = pytest.mark.parametrize("name", sorted(RESPONSES))

LEEDS = {"names": ["Leeds Park Place"], "names_cy": ["Leeds Park Place"], "place": None, "all": False, "other": False}
BOTH_IN_LEEDS = {
    "names": ["Leeds Park Place", "Leeds Southern House"],
    "names_cy": ["Leeds Park Place", "Leeds Southern House"],
    "place": "Leeds",
    "all": True,
    "total": 2,
}
NINE_TO_FIVE = [["09:00", "17:00"]]
TOMORROW = {"day": "2026-11-21", "today": TODAY}
MONDAY = {"day": "2026-11-23", "today": TODAY}
PARK_PLACE: dict[str, Any] = {
    "name": "Leeds Park Place",
    "address": "21-22 Park Place, Leeds",
    "postcode": "LS1 2SL",
    "km": 2.3,
}
CREDIT_LINE = {
    "channel": "phone",
    "value": "0800 328 5644",
    "label": "Universal Credit",
    "hours": "Monday to Friday, 8am to 6pm",
}
SAMPLE: dict[str, Any] = {
    "today": TODAY,
    "office": LEEDS,
    "where": None,
    "when": TOMORROW,
    "day": MONDAY,
    "hours": NINE_TO_FIVE,
    "week": [NINE_TO_FIVE] * 5 + [[], []],
    "people_hours": [NINE_TO_FIVE] * 5 + [[], []],
    "checked": "2026-11-20T08:42:00+00:00",
    "confirmed": "2026-11-20T08:42:00+00:00",
    "since": "2026-11-20T07:30:00+00:00",
    "next": "2026-11-23T09:00:00+00:00",
    "until": "2026-11-21T17:00:00+00:00",
    "opens": "09:00",
    "cause": "weather",
    "effect": "closed",
    "holiday": {"title": "Christmas Day", "title_cy": "Dydd Nadolig"},
    "phone": "0113 496 0000",
    "link": "https://example.org/find",
    "addresses": [PARK_PLACE],
    "contacts": [CREDIT_LINE],
    "choices": ["Leeds Park Place", "Leeds Southern House"],
    "facilities": ["computers", "wifi", "step_free"],
    "place": "Leeds",
    "count": 3,
    "total": 28,
    "topic": "universal_credit",
    "topic_name": "universal_credit",
    "text": "31 November",
    "benefit": {"en": "Income Support", "cy": "Cymhorthdal Incwm"},
    "payment": {"en": "Adult Disability Payment", "cy": "Taliad Anabledd Oedolion"},
    "body": {"en": "the Home Office", "cy": "y Swyddfa Gartref"},
    "amount": 25,
    "start": {"day": "2026-11-01", "today": TODAY},
    "end": {"day": "2027-03-31", "today": TODAY},
    "message": {"en": "Use the side door.", "cy": "Defnyddiwch y drws ochr."},
}


def text_of(name: str, language: Language) -> str:
    (text,) = [v["text"] for v in RESPONSES[name] if v["metadata"]["language"] == language.value]
    return str(text)


def kinds_of(name: str) -> list[Kind]:
    kinds = RESPONSES[name][0]["metadata"]["kind"]
    return [Kind(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def blanks_of(text: str) -> set[str]:
    """The blanks that are filled; those that only choose a word are each language's own."""
    return {name for _, name, spec, _ in Formatter().parse(text) if name is not None and "|" not in (spec or "")}


def rendered(name: str, language: Language, **blanks: Any) -> str:
    given = {**SAMPLE, **blanks}
    return render(RESPONSES, [Answer(name, kinds_of(name)[0], given)], language)


def sentences(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in re.split(r"(?<=[.?!])[”]?\s+", line) if part]


def words(text: str) -> int:
    return len(text.split())


# What Rasa reads


def test_it_keeps_one_slot_of_ours_and_leaves_sessions_to_us() -> None:
    assert DOMAIN["version"] == "3.1"
    assert DOMAIN["slots"] == {
        "dialogue": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
    }
    assert DOMAIN["session_config"] == {"session_expiration_time": 0, "carry_over_slots_to_new_session": True}
    assert DOMAIN["actions"] == ["action_answer"]
    assert DOMAIN["entities"] == ["office", "day"]


def test_intents_are_named_once() -> None:
    assert len(set(DOMAIN["intents"])) == len(DOMAIN["intents"])


def test_every_kind_of_answer_has_words() -> None:
    assert {kind for name in RESPONSES for kind in kinds_of(name)} == set(Kind)


# The names that code gives


def _named(tree: ast.AST) -> Iterator[str]:
    """The pattern of each response name that a string of the code is, its blanks by what they may hold."""
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    pieces = {id(piece) for node in joined for piece in node.values}
    for node in joined:
        yield "".join(
            _held(ast.unparse(piece.value))
            if isinstance(piece, ast.FormattedValue)
            else re.escape(ast.literal_eval(piece))
            for piece in node.values
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield re.escape(node.value)


def _held(expression: str) -> str:
    kinds: dict[str, type[Enum]] = {"kind": Kind, "nation": Nation, "effect": Effect, "state": OpeningState}
    of = re.fullmatch(r"(?:.*\.)?(\w+)\.value", expression)
    if of and of[1] in kinds:
        return "(" + "|".join(str(member.value) for member in kinds[of[1]]) + ")"
    return r"utter_\w+" if expression == "response" else r"\w*"


CODE = [path for room in ("bot", "actions") for path in sorted((ROOT / room).rglob("*.py"))]
NAMED = {
    pattern
    for path in CODE
    for pattern in _named(ast.parse(path.read_text(encoding="utf-8")))
    if pattern.startswith("utter_")
}
SAID_NOWHERE = {
    "utter_closures_unconfirmed",
    "utter_confirm_place",
    "utter_offices_nearest_about",
    "utter_which_day",
}
"""Written, and said by no code yet. It may only shrink."""
STEMS = {"utter_answers", "utter_office_access", "utter_office_closed", "utter_office_cut", "utter_office_cut_closed"}
"""Rasa's name for all our answers, and the beginnings of names that are told with their cause or without."""


def test_every_response_is_said_by_some_code() -> None:
    silent = {name for name in RESPONSES if not any(re.fullmatch(pattern, name) for pattern in NAMED)}
    assert silent <= SAID_NOWHERE


def test_every_response_that_code_says_has_words() -> None:
    plain = {pattern for pattern in NAMED if re.fullmatch(r"utter_\w+", pattern)}
    assert plain - STEMS <= set(RESPONSES)


# Both languages


@EACH_RESPONSE
def test_a_response_says_the_same_in_both_languages(name: str) -> None:
    english, welsh = text_of(name, Language.ENGLISH), text_of(name, Language.WELSH)
    assert blanks_of(english) == blanks_of(welsh)
    ours = [{k: v for k, v in variation["metadata"].items() if k != "language"} for variation in RESPONSES[name]]
    assert ours[0] == ours[1]
    assert ours[0].keys() <= {"kind", "follows"}
    assert english != welsh or not re.sub(r"\{.*?\}|\W", "", english)


@EACH_RESPONSE
@LANGUAGES
@pytest.mark.parametrize("office", [LEEDS, BOTH_IN_LEEDS], ids=["one office", "both offices"])
def test_a_response_can_be_said(name: str, language: Language, office: dict[str, Any]) -> None:
    said = rendered(name, language, office=office)
    assert said
    assert not re.search(r"[{}|_]|None| {2}| [.,:]", said)
    assert not said[0].islower()


@EACH_RESPONSE
def test_a_response_can_speak_of_the_past(name: str) -> None:
    yesterday = {"day": "2026-11-19", "today": TODAY, "past": True}
    for language in Language:
        assert rendered(name, language, when=yesterday, day=yesterday)


# Style (GOV.UK)

CONTRACTED = (
    r"\b(can|don|won|isn|aren|doesn|didn|wasn|weren|couldn|shouldn|wouldn|haven|hasn|hadn|mustn)['’]t\b|\w['’]ve\b"
)
UNWANTED = {
    "contraction": CONTRACTED,
    "please": r"\bplease\b",
    "etc or Latin": r"\betc\b|\be\.?g\b|\bi\.?e\b|\bvia\b|\bN\.?B\b|\bper annum\b|\bpro rata\b",
    "an exclamation": r"!",
    "a clock of another style": r"\d ?[ap]\.m\.|\d [ap]m\b|\d[:.]00|\bnoon\b|\bo’clock\b|\b\d?\d:\d\d\b(?![ap]m)",
    "a date with th": r"\b\d{1,2}(st|nd|rd|th)\b",
    "a number in words": r"\b(two|three|four|five|six|seven|eight|nine|ten)\b",
    "full stops in initials": r"\b[A-Z]\.[A-Z]\.",
    "and written as a sign": r" & ",
    "two spaces": r"[^\n]  +",
    "the language of offices": r"\b(shall|hereby|aforementioned|in respect of|with regard to|pursuant)\b",
    "a dash in a range": r"\d\s*(am|pm)?\s*[-–—]\s*\d",
    "an old name": r"\bTwitter\b|Jobcentre Plus|Action Fraud|Household Support Fund",
    "emoji": "[\U0001f300-\U0001faff]",
    "straight apostrophe": r"\w'\w",
    "a promise": r"\bwill not (be sanctioned|lose)\b|\bguarantee|\bas soon as\b|\bwithin (minutes|hours)\b",
}


@pytest.mark.parametrize("pattern", UNWANTED.values(), ids=UNWANTED.keys())
def test_style(pattern: str) -> None:
    texts = {f"{name} {v['metadata']['language']}": v["text"] for name, vs in RESPONSES.items() for v in vs}
    texts |= {
        f"{name} as said in {of.value}": rendered(name, of).replace(PARK_PLACE["address"], "")
        for name in RESPONSES
        for of in Language
    }
    assert [where for where, text in texts.items() if re.search(pattern, text, re.IGNORECASE)] == []


@EACH_RESPONSE
def test_numbers_addresses_and_links_come_from_the_directory(name: str) -> None:
    for language in Language:
        text = re.sub(r"\{.*?\}", "", text_of(name, language))
        assert not re.search(r"https?:|www\.|@|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", text)
        assert set(re.findall(r"\d[\d ]+\d", text)) <= {"999"}


@EACH_RESPONSE
@LANGUAGES
def test_sentences_are_short(name: str, language: Language) -> None:
    long = [part for part in sentences(rendered(name, language)) if words(part) > LONGEST_SENTENCE]
    assert long == []


# Replies as they go out: several answers in one message


def office_is(state: str, **blanks: Any) -> tuple[str, dict[str, Any]]:
    return f"utter_office_{state}", blanks


TYPICAL: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "open tomorrow": [office_is("open")],
    "usually open, first message": [office_is("open_usual"), ("utter_intro", {})],
    "closed now, opens later": [office_is("closed_hours", when={"now": True}), office_is("next_open")],
    "holiday": [office_is("closed_holiday"), office_is("next_open")],
    "closure with appointment": [
        office_is("closed_cause"),
        office_is("until"),
        office_is("message"),
        ("utter_appointment_closed", {}),
    ],
    "closed, no end known": [office_is("closed_no_cause"), office_is("until_unknown")],
    "phone only": [office_is("phone_only_cause"), office_is("phone"), office_is("until")],
    "watch": [office_is("unknown_watch", when={"now": True})],
    "no hours": [office_is("unknown_hours"), ("utter_find_out", {})],
    "shut for good": [office_is("shut_for_good"), office_is("go_instead")],
    "address unsure": [office_is("unknown_address"), ("utter_find_out", {})],
    "hours and what differs": [("utter_office_week", {}), ("utter_week_differs", {}), ("utter_intro", {})],
    "closures": [
        ("utter_closures_some", {"count": 2}),
        ("utter_closure_line", {}),
        ("utter_closure_line", {"effect": "late_opening", "hours": [["11:00", "17:00"]]}),
        ("utter_closures_unconfirmed", {}),
    ],
    "nearest": [
        ("utter_offices_nearest", {"addresses": [PARK_PLACE, {**PARK_PLACE, "name": "Leeds Southern House"}]}),
        ("utter_office_serves", {}),
    ],
    "where": [("utter_office_address", {}), ("utter_address_unsure", {})],
    "office phone": [("utter_office_contact_none", {"contacts": [CREDIT_LINE]})],
    "office phone, office known by name": [("utter_office_contact", {})],
    "Universal Credit": [("utter_contact", {}), ("utter_contact_bank_holiday", {}), ("utter_intro", {})],
    "routine and own claim": [office_is("open"), ("utter_individual_case_beside", {})],
    "own claim": [("utter_individual_case", {}), ("utter_intro", {})],
    "FOI": [("utter_foi", {"contacts": [{"channel": "email", "value": "foi@example.org"}]})],
    "FOI request": [("utter_foi_request", {})],
    "crisis": [("utter_crisis_life", {}), ("utter_crisis_nobody_reading", {})],
    "abuse": [("utter_crisis_abuse", {}), ("utter_crisis_nobody_reading", {})],
    "hardship": [("utter_crisis_hardship", {}), ("utter_crisis_nobody_reading", {})],
    "person wanted for a claim": [("utter_handoff_claim", {})],
    "person, out of hours": [("utter_handoff_closed", {})],
    "complaint": [("utter_complaint", {})],
    "scam": [("utter_scam", {})],
    "about": [("utter_about", {})],
    "unclear": [("utter_unclear", {}), ("utter_intro", {})],
}


@LANGUAGES
@pytest.mark.parametrize("parts", TYPICAL.values(), ids=TYPICAL.keys())
def test_a_typical_reply_is_short(parts: list[tuple[str, dict[str, Any]]], language: Language) -> None:
    answers = [Answer(name, kinds_of(name)[0], {**SAMPLE, **blanks}) for name, blanks in parts]
    reply = render(RESPONSES, answers, language)
    assert words(reply) <= LONGEST_REPLY, reply


def test_a_whole_reply_reads_as_it_should() -> None:
    watch = {"when": {"now": True}, "cause": "flood"}
    answers = [
        Answer("utter_office_unknown_watch", Kind.OFFICE_OPEN, {**SAMPLE, **watch}),
        Answer("utter_find_out", Kind.OFFICE_OPEN, SAMPLE),
        Answer("utter_intro", Kind.ABOUT, SAMPLE),
    ]
    assert render(RESPONSES, answers, Language.ENGLISH) == (
        "Because of flooding, we do not know yet if Leeds Park Place Jobcentre is open now. "
        "Staff have been checking since 7:30am. Check here again before you travel. "
        "You can find out here: https://example.org/find\n\n"
        "This is an automated assistant. Do not send personal details here.\n"
        "We cannot take changes of circumstances here."
    )


# What must never go wrong


@LANGUAGES
@pytest.mark.parametrize(
    "name", ["utter_crisis_life", "utter_crisis_abuse", "utter_crisis_hardship", "utter_child_at_risk"]
)
def test_a_crisis_reply_names_999_even_without_the_directory(name: str, language: Language) -> None:
    assert "999" in rendered(name, language, contacts=[])


@LANGUAGES
def test_the_first_words_to_somebody_abused_say_nothing_of_abuse(language: Language) -> None:
    first = rendered("utter_crisis_abuse", language).split(".")[0]
    assert first in ("Thank you for your message", "Diolch am eich neges")


@LANGUAGES
def test_an_office_is_never_just_said_to_be_open(language: Language) -> None:
    for name in ("utter_office_open", "utter_office_open_usual"):
        assert "8:42am" in rendered(name, language)


@LANGUAGES
def test_the_introduction_is_two_short_lines(language: Language) -> None:
    lines = rendered("utter_intro", language).split("\n")
    assert len(lines) == 2
    assert all(words(line) <= 12 for line in lines)


@LANGUAGES
def test_nothing_dangles_where_the_directory_has_no_contact(language: Language) -> None:
    for name in ("utter_individual_case", "utter_individual_case_beside", "utter_appointment_open", "utter_complaint"):
        assert rendered(name, language, contacts=None).endswith(".")
