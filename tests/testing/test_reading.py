"""Reading is strict: each slip of the pen has its line, what is wrong, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.jobcentre.calendar import LONDON
from bot.testing.page import BadScript
from bot.testing.reading import read
from bot.testing.script import Conversation, Wanted
from tests.testing.conftest import HEAD, Write

TURN = f"{HEAD}  - name: one\n    turns:\n      - "  # the turn stands in line 5


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ("{person: hi, knd: greeting}", "line 5: “knd” is not a name of a turn: did you mean “kind”?"),
        ("{person: hi, kind: greting}", "line 5: “greting” is not one of “kind”: did you mean “greeting”?"),
        ("{person: hi, offices: wakefeild}", "“wakefeild” is not one of “offices”: did you mean “wakefield”?"),
        ("{person: hi, topics: universal_credits}", "did you mean “universal_credit”?"),
        ("{person: hi, handoff: crises}", "did you mean “crisis”?"),
        ("{person: hi, language: fr}", "“fr” is not one of “language”. There are: cy, en"),
        ("{person: hi, redacted: zzz}", "“zzz” is not one of “redacted”. There are: bank_details"),
        ("{person: hi, account: JCPinLeedz, kind: greeting}", "did you mean “JCPinLeeds”?"),
        ("{person: hi, day: tomorrow}", "the day is “tomorrow”: write it like 2026-11-19"),
        ("{person: hi, day: 2026-02-30}", "the day is “2026-02-30”"),
        ("{person: hi, at: noon}", "the clock is “noon”: write a date and a time"),
        ("{person: hi, kind: greeting, clock: noon}", "or how much later, such as +3 days"),
        ("{person: hi, kind: greeting, clock: 2026-11-19}", "the clock is “2026-11-19”"),
        ("{person: hi, kind: greeting, clock: 2027-03-28 01:30}", "the clock is “2027-03-28 01:30”"),
        ("{person: hi}", "a turn needs something to look for in the reply"),
        ("{kind: greeting}", "a turn needs “person”"),
        ("{as: me}", "a turn needs “person”"),
        ("hello", "a turn is written as names and values"),
        ("{person: hi, silent: maybe}", "“maybe” should be true or false"),
        ("{person: hi, words_at_most: many}", "“many” should be a whole number"),
        ("{person: hi, says: {all_of: [a]}}", "“all_of” is not a name of words to be said"),
        ("{person: hi, says: []}", "the list is empty: leave it out"),
        ("{person: hi, kind: {includes: foi}}", "“includes” is not a name of “kind” with conditions"),
        ("{person: , kind: greeting}", 'for a message without words write ""'),
        ("{person: hi, says: }", "nothing is written here: words that begin with # need quotes"),
        ("{person: {a: b}, kind: greeting}", "put words that have a colon or a bracket in quotes"),
        ("{person: hi, kind: greeting, kind: foi}", "“kind” stands here twice"),
        ("{person: hi, staff: closures publsh, kind: foi}", "no command “publsh” for staff: did you mean “publish”?"),
        ("{person: hi, staff: closure list, kind: foi}", "no command “closure” for staff: did you mean “closures”?"),
        ("{person: hi, staff: closures, kind: foi}", "jobcentre closures: say which command: amend"),
        ("{person: hi, staff: run, kind: foi}", "there is no command “run” for staff"),
        (
            "{person: hi, staff: accounts pause --by, kind: foi}",
            "accounts pause --by: Option '--by' requires",
        ),
        ("{person: hi, staff: closures show --help, kind: foi}", "it shows help, and does nothing"),
        ('{person: hi, staff: "closures show \'C1", kind: foi}', "a quotation mark is left open"),
        ("{adviser: klaim}", "an adviser cannot “klaim”: did you mean “claim”?"),
        ("{adviser: {repli: hello}}", "“repli” is not a name of what an adviser does: did you mean “reply”?"),
        ("{person: is it open?, kind: foi}", "put words that have a question mark"),
    ],
)
def test_a_slip_in_a_turn_says_where_and_what_to_write(slips: Callable[[str], str], turn: str, told: str) -> None:
    found = slips(f"{TURN}{turn}\n")
    assert "talk.yml, line 5: " in found
    assert told in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "talk.yml: it is empty: write conversations:"),
        ("# only a comment\n", "it is empty"),
        ("clock: 2026-11-19 10:30\n", "line 1: there are no conversations"),
        ("clok: x\nconversations: []\n", "line 1: “clok” is not a name of a file: did you mean “clock”?"),
        ("- a list\n", "line 1: a file is written as names and values"),
        ("clock: noon\nconversations:\n  - {name: a, turns: []}\n", "line 1: the clock is “noon”"),
        (
            "conversations:\n  - {name: a, turns: [{person: a, kind: foi}]}\n",
            "line 2: there is no clock",
        ),
        (f"{HEAD}  - {{turns: [{{person: a, kind: foi}}]}}\n", "line 3: a conversation needs a name and turns"),
        (f"{HEAD}  - {{name: a}}\n", "line 3: a conversation needs a name and turns"),
        (f"{HEAD}\t- name: a\n", "line 3: there is a tab: YAML is indented with spaces"),
        (f"{HEAD}  - name: a: b\n", "line 3: a second colon in one line"),
        (f"{HEAD}  - [a\n", "inside { } and [ ]"),
        (f"{HEAD}  - name: 'a\n", "this is not YAML: found unexpected end of stream"),
        (
            f"given: {{closure: []}}\n{HEAD}  - name: a\n",
            "“closure” is not a name of what is given: did you mean",
        ),
        (
            f"given: {{closures: [{{office: wakefield, efect: closed}}]}}\n{HEAD}  - name: a\n",
            "line 1: jobcentre closures publish --office wakefield --efect closed --by Staff: No such option '--efect'",
        ),
        (
            f"given: {{closures: [{{effect: shut}}]}}\n{HEAD}  - name: a\n",
            "Invalid value for '--effect': 'shut' is not one of 'closed'",
        ),
    ],
    ids=range(16),
)
def test_a_slip_in_a_file_says_where_and_what_to_write(slips: Callable[[str], str], text: str, told: str) -> None:
    assert told in slips(text)


CONVERSATION = "    turns: [{person: hi, kind: greeting}]\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rules: [9]", "line 4: there is no rule “9” in suite.yml: it names none yet"),
        ("invariance: [shouting]", "line 4: there is no variation “shouting”. There are: another_town, capitals"),
        ("exact: perhaps", "line 4: “perhaps” should be true or false"),
        ("notyet: x", "line 4: “notyet” is not a name of a conversation: did you mean “not_yet”?"),
    ],
)
def test_a_slip_in_a_conversation_says_where_and_what_to_write(
    slips: Callable[[str], str], line: str, told: str
) -> None:
    assert told in slips(f"{HEAD}  - name: one\n    {line}\n{CONVERSATION}")


def test_all_slips_of_all_files_are_told_at_once(write: Write) -> None:
    write(f"{TURN}{{person: hi, knd: x}}\n", "a.yml")
    folder = write(f"{TURN}{{person: hi, kind: x}}\n      - {{person: hi, day: x}}\n", "b.yml").parent
    with pytest.raises(BadScript) as bad:
        read([folder])
    assert [(Path(slip.file).name, slip.line) for slip in bad.value.slips][-2:] == [("b.yml", 5), ("b.yml", 6)]
    assert any("a.yml, line 5: “knd”" in str(slip) for slip in bad.value.slips)


def test_two_conversations_of_one_name_are_told_with_both_lines(slips: Callable[[str], str]) -> None:
    text = f"{HEAD}  - name: one\n{CONVERSATION}  - name: one\n{CONVERSATION}"
    assert "line 5: “one” is also the name in line 3" in slips(text)


def test_a_file_that_is_missing_or_not_text_is_told(tmp_path: Path, write: Write) -> None:
    with pytest.raises(BadScript, match=r"nowhere\.yml: there is no such file or folder"):
        read([tmp_path / "nowhere.yml"])
    with pytest.raises(BadScript, match=r"there are no \.yml files in it"):
        read([tmp_path])
    write("").write_bytes(b"about: caf\xe9\n")
    with pytest.raises(BadScript, match="it is not in UTF-8"):
        read([tmp_path])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("known_failures: 3\n", "“known_failures” is not a name of a suite: did you mean “known_failures_at_most”?"),
        ("known_failures_at_most: few\n", "“few” should be a whole number"),
        ("data: nowhere\n", "there is no offices.csv in"),
        ("unchanged_at_least: {typos: 90}\n", "“typos” is not a name of unchanged_at_least: did you mean “typo”?"),
    ],
)
def test_a_slip_in_the_suite_says_where(write: Write, text: str, told: str) -> None:
    write(text, "suite.yml")
    with pytest.raises(BadScript, match=r"suite\.yml, line 1: ") as bad:
        read([write(f"{HEAD}  - name: one\n{CONVERSATION}")])
    assert told in str(bad.value)


# ------------------------------------------------------------------ what is right


def test_an_empty_suite_is_a_suite(write: Write) -> None:
    write("", "suite.yml")
    assert read([write(f"{HEAD}  - name: one\n{CONVERSATION}")]).suite.known_failures_at_most == 0


def test_everything_is_text_and_quotes_are_not_needed(turns: Callable[[str], Conversation]) -> None:
    conversation = turns("- {person: no, says: [12:30, yes, 2026-11-19]}")
    assert conversation.turns[0].person == ("no",)
    assert conversation.turns[0].expected.says == (("12:30",), ("yes",), ("2026-11-19",))


def test_a_clock_stays_until_it_is_said_to_be_later(turns: Callable[[str], Conversation]) -> None:
    conversation = turns(
        """
- {person: a, kind: foi}
- {person: b, kind: foi, clock: +3 days}
- {person: c, kind: foi}
- {person: d, kind: foi, clock: +90 minutes}
- {person: e, kind: foi, clock: 2027-06-01 09:00}
"""
    )
    clocks = [f"{turn.clock:%m-%d %H:%M}" for turn in conversation.turns]
    assert clocks == ["11-19 10:30", "11-22 10:30", "11-22 10:30", "11-22 12:00", "06-01 09:00"]


def test_days_are_days_on_the_wall_and_hours_are_hours(write: Write) -> None:
    text = "conversations:\n  - name: one\n    clock: 2027-03-27 10:00\n    turns:\n"
    text += "      - {person: a, kind: foi, clock: +1 day}\n      - {person: a, kind: foi, clock: +24 hours}\n"
    (first, second) = read([write(text)]).conversations[0].turns
    assert first.clock == datetime(2027, 3, 28, 10, 0, tzinfo=LONDON)
    assert second.clock == datetime(2027, 3, 29, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("name", "written", "found", "is_allowed"),
    [
        ("kind", "foi", ("foi",), True),
        ("kind", "[foi, press]", ("press",), True),
        ("kind", "[foi, press]", ("jobs",), False),
        ("kind", "{not: [foi, press]}", ("press",), False),
        ("kind", "{not: foi}", ("jobs",), True),
        ("kinds", "[foi, press]", ("press", "foi"), True),
        ("kinds", "[foi, press]", ("press",), False),
        ("kinds", "{includes: foi}", ("press", "foi"), True),
        ("kinds", "{includes: foi, not: press}", ("press", "foi"), False),
        ("offices", "{any_of: [bury, [bury, reading]]}", ("reading", "bury"), True),
        ("offices", "{any_of: [bury, [bury, reading]]}", ("reading",), False),
        ("offices", "nothing", ("nothing",), True),
        ("offices", "nothing", ("bury",), False),
    ],
)
def test_a_list_is_alternatives_for_one_value_and_the_whole_for_several(
    turns: Callable[[str], Conversation], name: str, written: str, found: tuple[str, ...], is_allowed: bool
) -> None:
    conversation = turns(f"- {{person: a, {name}: {written}}}")
    assert conversation.turns[0].expected.facts[name].allows(found) is is_allowed


def test_what_is_wanted_is_told_as_people_say_it() -> None:
    assert str(Wanted((("a", "b"), ("c",)), ("d",), ("e", "f"))) == "a + b or c, with d, not e or f"


def test_what_is_given_becomes_the_commands_of_staff(write: Write) -> None:
    given = """
given:
  closures: [{office: [bury, reading], cause: fire, effect: closed, from: 2026-11-19, until: 2026-11-19, by: Pat}]
  watches: [{everywhere: true, cause: weather, from: 2026-11-19, until: 2026-11-19}]
  hours: {bury: "Mo 09:00-10:00"}
  closed_days: [{day: 2026-11-20, office: bury, title: Party}]
  confirmed: [bury, reading]
  paused: JCPinLeeds
"""
    conversation = read([write(f"{given}{HEAD}  - name: one\n{CONVERSATION}")]).conversations[0]
    assert [" ".join(step.command) for step in conversation.staff] == [
        "closures publish --office bury --office reading --cause fire --effect closed --from 2026-11-19"
        " --until 2026-11-19 --by Pat",
        "closures watch --everywhere --cause weather --from 2026-11-19 --until 2026-11-19 --by Staff",
        "offices hours bury Mo 09:00-10:00 --by Staff",
        "offices closed-day 2026-11-20 bury --title Party --by Staff",
        "offices confirm bury reading --by Staff",
        "accounts pause JCPinLeeds --reason A test --by Staff",
    ]


def test_offices_that_staff_bring_themselves_may_have_any_name(write: Write) -> None:
    write("", "new.csv")
    turn = "{staff: 'offices import {folder}/new.csv --by Pat', person: a, offices: atlantis}"
    conversation = read([write(f"{TURN}{turn}\n")]).conversations[0]
    assert conversation.turns[0].staff[0].command[2].endswith("/new.csv")
    assert conversation.turns[0].expected.facts["offices"].any_of == (("atlantis",),)


def test_files_are_named_from_the_folder_of_their_suite(write: Write, tmp_path: Path) -> None:
    write("about: a suite\n", "suite.yml")
    (tmp_path / "more").mkdir()
    write(f"{HEAD}  - name: one\n{CONVERSATION}", "more/b.yaml")
    file = write(f"{HEAD}  - name: one\n{CONVERSATION}", "a.yml")
    ids = ["a.yml: one", "more/b.yaml: one"]
    assert [conversation.id for conversation in read([tmp_path]).conversations] == ids
    assert [conversation.id for conversation in read([file, tmp_path / "more", file]).conversations] == ids
