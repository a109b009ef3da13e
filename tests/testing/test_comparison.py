"""Two runs compared: only what changed is listed, the worst first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.jobcentre.errors import BadInput
from bot.testing.comparison import compare, read_run
from bot.testing.result import Played
from tests.testing.runs import KNOWN, MENDED, RIGHT, WRONG, finished, played, turn


def changed(before: list[Played], after: list[Played]) -> list[tuple[str, str]]:
    return [(c.what, c.id) for c in compare(finished(*before).to_dict(), finished(*after).to_dict())]


def test_the_same_run_has_no_changes() -> None:
    assert changed([RIGHT, WRONG, KNOWN], [RIGHT, WRONG, KNOWN]) == []


def test_each_sort_of_change_is_named_and_what_broke_stands_first() -> None:
    wrong_now = played("right", turn("is leeds open", "Yes, it is open.", wants="office_hours"))
    right_now = played("wrong", turn("is leeds open", "9am to 5pm.", wants="office_hours", kind="office_hours"))
    reworded = played("known", turn("and bury", "No, it is not.", wants="office_find"), not_yet="places")
    before = [RIGHT, WRONG, KNOWN, MENDED]
    after = [wrong_now, right_now, reworded, played("new", turn("hi", "Hello.", wants="greeting"))]
    assert changed(before, after) == [
        ("broken", "talk.yml: right"),
        ("changed", "talk.yml: known"),
        ("fixed", "talk.yml: wrong"),
        ("new", "talk.yml: new"),
        ("removed", "talk.yml: mended"),
    ]


def test_a_known_failure_that_is_mended_counts_as_fixed() -> None:
    mended = played("known", turn("and bury", "No.", wants="office_open"), not_yet="places that are verbs")
    assert changed([KNOWN], [mended]) == [("fixed", "talk.yml: known")]


def test_a_change_has_the_facts_and_the_words_before_and_after() -> None:
    after = played("right", turn("is leeds open", "Yes, till 5pm.", wants="office_open", found={"opening": ("open",)}))
    (change,) = compare(finished(RIGHT).to_dict(), finished(after).to_dict())
    assert change.turns[0].facts == (("opening", "nothing", "open"),)
    assert (change.turns[0].before, change.turns[0].after) == ("Yes, it is open.", "Yes, till 5pm.")


def test_a_file_that_is_not_played_at_all_is_one_line() -> None:
    elsewhere = [replace(one, file="elsewhere") for one in (RIGHT, WRONG)]
    assert changed([RIGHT, *elsewhere], [RIGHT]) == [("removed", "elsewhere: all of its 2")]


def test_turns_whose_words_were_rewritten_are_not_compared() -> None:
    asked_otherwise = played("right", turn("leeds open?", "Yes, indeed.", wants="office_open"))
    assert changed([RIGHT], [asked_otherwise]) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not json", "is not JSON"),
        ("[]", "was not made by `jobcentre test --json`"),
        ('{"format": "jobcentre-conversations", "version": 99}', "is of version 99, and this reads 1"),
    ],
)
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(text)
    with pytest.raises(BadInput, match=told):
        read_run(file)


def test_a_run_that_was_kept_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text(json.dumps(finished(RIGHT).to_dict()))
    assert compare(read_run(file), finished(RIGHT).to_dict()) == []
    with pytest.raises(BadInput, match="cannot be read"):
        read_run(tmp_path / "nowhere.json")
