"""Every report is parsed again, and holds what people sent without being broken by it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import click
import pytest

from bot.testing.comparison import ConversationChange, TurnChange
from bot.testing.coverage import Group
from bot.testing.differences import Mark, compare_words
from bot.testing.html import confusion, html, visible
from bot.testing.invariance import AnswerChange, Invariance, Share
from bot.testing.junit import junit
from bot.testing.result import Status
from bot.testing.run import Run
from bot.testing.text_report import compared, covered, summary, told, varied
from tests.testing.runs import BROKEN, HOSTILE, KNOWN, MENDED, RIGHT, WRONG, finished

EVERYTHING = finished(
    RIGHT,
    WRONG,
    KNOWN,
    MENDED,
    HOSTILE,
    BROKEN,
    coverage=(Group("kinds", "Kinds", {"foi": 2, "press": 0}),),
    invariance=Invariance(
        (Share("typo", 4, 3),),
        (AnswerChange("typo", "talk.yml", "right", 5, ("is leefs <open>",), (("kind", "office_open", "unclear"),)),),
    ),
    changes=(
        ConversationChange(
            "broken", "talk.yml", "wrong", (TurnChange(5, ("hi <b>",), (("kind", "a", "b"),), "one two", "one three"),)
        ),
        ConversationChange("removed", "gone", "all of its 3"),
    ),
    problems=("2 conversations say not_yet, and suite.yml allows 1",),
    notes=("lower it",),
)


# ------------------------------------------------------------------ JUnit


def test_junit_has_a_suite_for_each_file_and_counts_that_add_up() -> None:
    root = ElementTree.fromstring(junit(EVERYTHING))
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == ["talk.yml", "other.yml", "the run as a whole"]
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for tag, total in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(total) == str(len(suite.findall(f"testcase/{tag}"))), (suite.get("name"), tag)
        for case in cases:
            assert set(case.attrib) == {"classname", "name", "time"}
            assert float(case.get("time", "x")) >= 0
            assert len(case) <= 1
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("7", "4", "1", "1")


def test_junit_says_what_was_wrong_in_its_message() -> None:
    root = ElementTree.fromstring(junit(EVERYTHING))
    messages = {case.get("name"): child.get("message") for case in root.iter("testcase") for child in case}
    assert messages["wrong"] == "kind should be office_open, was office_hours"
    assert messages["known"] == "not yet: places that are verbs"
    assert messages["mended"] == "it is right now: take not_yet out of talk.yml"
    assert "no closure C9" in str(messages["broken"])
    text = root.findtext(".//testcase[@name='wrong']/failure") or ""
    assert "is leeds open" in text
    assert "\x1b" not in text


# ------------------------------------------------------------------ HTML


class Page(HTMLParser):
    """What an HTML page is made of; fails where tags do not close in order."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("run", [EVERYTHING, finished(RIGHT), finished()], ids=["everything", "all right", "nothing"])
def test_the_page_is_whole_accessible_and_needs_nothing_else(run: Run) -> None:
    page = Page(html(run))
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("h1")) == 1
    assert len(page.all("title")) == 1
    assert not page.all("script")
    assert not page.all("img")
    assert len(page.all("table")) == len(page.all("caption"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        for name in ("href", "src", "aria-labelledby"):
            value = attributes.get(name) or ""
            assert value == "" or value.lstrip("#") in ids or value == "data:,", (tag, value)
        assert not any(name.startswith("on") for name in attributes)
    assert "http" not in page.text
    assert "@import" not in html(run)
    assert "url(" not in html(run)


def test_the_page_shows_what_went_wrong_before_anything_else() -> None:
    text = Page(html(EVERYTHING)).text
    parts = ["Not as expected", "Changes since", "The suite allows", "Confusion matrix", "never met"]
    places = [text.rindex(part) for part in parts]
    assert places == sorted(places)
    for words in ("office_hours", "no closure C9", "places that are verbs", "is leefs <open>", "one two"):
        assert words in text


def test_what_people_send_is_shown_and_never_obeyed() -> None:
    text = html(EVERYTHING)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert visible("a\x00b\u202ec\nd") == "a␀b[U+202E]c\nd"


def test_the_matrix_counts_expected_against_found() -> None:
    matrix = confusion([RIGHT, WRONG, KNOWN, BROKEN])
    assert matrix.counts == {
        ("office_open", "office_open"): 1,
        ("office_open", "office_hours"): 1,
        ("office_find", "office_open"): 1,
    }
    assert (matrix.right, matrix.total) == (1, 3)
    assert matrix.wrong == [("office_find", "office_open", 1), ("office_open", "office_hours", 1)]
    assert list(matrix.kinds) == ["office_open", "office_hours", "office_find"]


# ------------------------------------------------------------------ at a terminal


def test_the_terminal_shows_said_expected_found_and_reply() -> None:
    lines = [line.strip() for line in click.unstyle(told(WRONG)).splitlines()]
    assert lines == [
        "FAILED talk.yml, line 3: wrong",
        "turn 1, line 5, Thu 19 Nov 2026 10:30, JCPinLeeds",
        "said      is leeds open",
        "expected  kind: office_open",
        "found     kind: office_hours",
        "reply     9am to 5pm.",
    ]


def test_only_what_needs_somebody_is_shown() -> None:
    assert told(RIGHT) == told(KNOWN) == ""
    assert "take “not_yet: greetings” out of talk.yml" in told(MENDED)
    assert "no closure C9" in told(BROKEN)
    assert "places" not in told(KNOWN, every=True)
    assert "known failure" in told(KNOWN, every=True)


def test_the_summary_counts_and_names_problems() -> None:
    text = click.unstyle(summary(EVERYTHING))
    assert "1 passed, 2 failed, 1 mended, 1 cannot be played, 1 known failure (6 conversations, 5 turns" in text
    assert "Problem: 2 conversations say not_yet" in text
    assert "Note: lower it" in text


def test_coverage_variations_and_changes_are_told() -> None:
    assert "50.0 %  1 of 2" in covered(EVERYTHING.coverage)
    assert "never: press" in covered(EVERYTHING.coverage)
    assert EVERYTHING.invariance is not None
    told_varied = click.unstyle(varied(EVERYTHING.invariance))
    assert "75.0 % unchanged, 3 of 4" in told_varied
    assert "kind: office_open → unclear" in told_varied
    told_compared = click.unstyle(compared(EVERYTHING.changes or (), "main.json"))
    assert "broken talk.yml: wrong" in told_compared
    assert "| one [-two-]{+three+}" in told_compared
    assert "nothing" in compared((), "main.json")


def test_words_that_differ_are_marked_and_make_up_both_texts() -> None:
    before, after = "Closed today.\n\nOpen tomorrow at 9am.", "Closed today.\nOpen on Friday at 9am."
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.GONE) == after
    assert [piece.text for piece in compare_words("a b", "a b")] == ["a b"]


# ------------------------------------------------------------------ JSON and exit codes


def test_the_json_is_plain_and_versioned() -> None:
    run = json.loads(json.dumps(EVERYTHING.to_dict()))
    assert (run["format"], run["version"]) == ("jobcentre-conversations", 1)
    assert run["counts"] == {"passed": 1, "failed": 2, "known_failure": 1, "mended": 1, "error": 1}
    assert [conversation["status"] for conversation in run["conversations"]] == [
        *("passed", "failed", "known_failure", "mended", "failed", "error")
    ]
    assert "seconds" not in json.dumps(run)


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (finished(RIGHT, KNOWN), 0),
        (finished(RIGHT, WRONG), 1),
        (finished(MENDED), 1),
        (finished(RIGHT, problems=("too many",)), 1),
        (finished(WRONG, BROKEN), 2),
    ],
)
def test_the_exit_code_is_the_worst_of_it(run: Run, code: int) -> None:
    assert run.exit_code == code


def test_a_known_failure_that_fails_otherwise_is_no_error() -> None:
    assert KNOWN.status is Status.KNOWN_FAILURE
    assert MENDED.status is Status.MENDED
