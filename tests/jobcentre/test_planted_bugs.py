"""Bugs planted on purpose in a copy of the core: the tests of its edges fail on each, and pass on the copy alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).parents[2]
CORE = Path("bot/jobcentre")
TESTS = Path("tests/jobcentre")
EDGE_TESTS = ("test_opening.py", "test_hours.py", "test_handoff.py", "test_closure.py", "test_calendar.py")
FAILED = 1
"""What pytest returns where tests ran and some failed; a bug that breaks the import is 2, and proves nothing."""


class Bug(NamedTuple):
    module: str
    right: str
    wrong: str


BUGS = {
    "open at closing time": Bug(
        "opening", "span.opens_at <= minute < span.closes_at", "span.opens_at <= minute <= span.closes_at"
    ),
    "closed at opening time": Bug("opening", "span.opens_at <= minute <", "span.opens_at < minute <"),
    "UTC for London": Bug(
        "opening",
        "local = moment.astimezone(LONDON)\n    day, minute",
        "local = moment.astimezone(timezone.utc)\n    day, minute",
    ),
    "changes told in UTC": Bug("opening", "until=change.astimezone(LONDON)", "until=change"),
    "holidays forgotten": Bug(
        "opening",
        "if special and special.rule is DayRule.CLOSED:\n        return replace(plain",
        "if special and special.rule is DayRule.OPEN:\n        return replace(plain",
    ),
    "staff's first word wins": Bug("opening", "max(said, key=", "min(said, key="),
    "staff's day of other offices": Bug("opening", "s.day == day and s.scope.includes(self.office)", "s.day == day"),
    "the calendar before staff": Bug(
        "opening", "        if said:\n", "        if said and not special_day(day, division_of(self.office.nation)):\n"
    ),
    "a confirmation does not end a watch": Bug(
        "opening", "if said is None and not _spoken_since(", "if not _spoken_since("
    ),
    "another office's confirmation ends a watch": Bug(
        "opening", "watch.confirmed.get(facts.office.id)", "next(iter(watch.confirmed.values()), None)"
    ),
    "an earlier closure ends a watch": Bug("opening", "c.published_at >= watch.published_at", "c.published_at"),
    "a watch by night": Bug(
        "opening", "if opening.state is not OpeningState.OPEN:", "if opening.state is OpeningState.LIMITED:"
    ),
    "the weakest closure decides": Bug("opening", "key=Closure.rank, reverse=True", "key=Closure.rank"),
    "only the strongest closure cuts the hours": Bug(
        "opening", "cutting = tuple(c for c in closures if", "cutting = tuple(c for c in closures[:1] if"
    ),
    "Christmas Eve a minute too long": Bug(
        "opening", "minute >= CHRISTMAS_EVE_SURE_UNTIL", "minute > CHRISTMAS_EVE_SURE_UNTIL"
    ),
    "an unsettled day is open": Bug("opening", "if special and special.rule is DayRule.UNKNOWN:", "if False:"),
    "no hours is closed": Bug(
        "opening",
        "state=OpeningState.UNKNOWN, reason=Reason.NO_HOURS",
        "state=OpeningState.CLOSED, reason=Reason.NO_HOURS",
    ),
    "phone only by night": Bug(
        "opening",
        "    if base.state is OpeningState.CLOSED:\n",
        "    if base.state is OpeningState.CLOSED and not closures:\n",
    ),
    "every edge is a change": Bug("opening", "if later.state is not now.state:", "if later is not now:"),
    "the hour that is skipped": Bug("opening", "if is_skipped else moment", "if False else moment"),
    "the hour that comes twice": Bug("opening", "for fold in (0, 1)}", "for fold in (0,)}"),
    "a night's closure explains the day": Bug("opening", "1 if stretch.in_hours else -1", "1"),
    "a night's closure shortens the day": Bug(
        "opening", "            s.in_hours and s.opening", "            s.opening"
    ),
    "an unsure address may be open": Bug(
        "opening", "OfficeStatus.CHECK: (OpeningState.UNKNOWN", "OfficeStatus.CHECK: (OpeningState.OPEN"
    ),
    "a closure includes its end": Bug("closure", "at < self.end)", "at <= self.end)"),
    "a closure leaves out its start": Bug("closure", "return self.start <= at", "return self.start < at"),
    "closures without an end are over": Bug("closure", "(self.end is None or at <", "(self.end is not None and at <"),
    "exceptions ignored": Bug("closure", "if office.id in self.excluding:", "if office.id in ():"),
    "exceptions for offices named alone": Bug(
        "closure", "if office.id in self.excluding:", "if office.id in self.excluding and not self.everywhere:"
    ),
    "a district for its nation": Bug("closure", "or office.district in self.districts", "or bool(self.districts)"),
    "strength reversed": Bug("closure", "return -list(Effect).index(self)", "return list(Effect).index(self)"),
    "the wider scope wins": Bug("closure", "-self.scope.breadth", "self.scope.breadth"),
    "withdrawn and still told": Bug(
        "closure", "if self.withdrawn_at is not None or office.id == self.moved_to:", "if office.id == self.moved_to:"
    ),
    "the office to go to is shut too": Bug("closure", " or office.id == self.moved_to:", ":"),
    "early closing forgotten": Bug("closure", "self.closes_at or DAY_MINUTES", "DAY_MINUTES"),
    "Scotland has England's holidays": Bug("calendar", "return Division.SCOTLAND", "return Division.ENGLAND_AND_WALES"),
    "St Andrew's Day is known": Bug("calendar", "unsaid = division is Division.SCOTLAND and", "unsaid = False and"),
    "the extra Christmas day in Scotland too": Bug(
        "calendar", "if division is Division.ENGLAND_AND_WALES and day ==", "if day =="
    ),
    "open on a Saturday Christmas Day": Bug("calendar", "return _FIXED.get((day.month, day.day))", "return None"),
    "hours end a day early": Bug("hours", "day <= self.valid_to", "day < self.valid_to"),
    "old hours before new": Bug("hours", "return max(valid,", "return min(valid,"),
    "a range leaves out its last day": Bug("hours", "(end - start) % 7 + 1", "(end - start) % 7"),
    "people until a second after 5pm": Bug("handoff", "any(start <= utc < end for", "any(start <= utc <= end for"),
    "people on bank holidays": Bug("handoff", "(is_working_day(day, self.division) or", "(day.weekday() < 5 or"),
}

ALWAYS = {
    "open at closing time",
    "UTC for London",
    "a confirmation does not end a watch",
    "exceptions ignored",
    "strength reversed",
    "a closure includes its end",
    "Scotland has England's holidays",
    "hours end a day early",
}
"""Those planted in every run; `slow` plants them all."""


def copy_of_the_core(folder: Path, bug: Bug | None = None) -> Path:
    """Copy the core and the tests of its edges, with the bug planted."""
    shutil.copytree(PROJECT / CORE, folder / CORE, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / TESTS).mkdir(parents=True)
    for package in (folder / "bot", folder / "tests", folder / TESTS):
        (package / "__init__.py").touch()
    for name in ("facts.py", *EDGE_TESTS):
        shutil.copy(PROJECT / TESTS / name, folder / TESTS / name)
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    if bug:
        source = folder / CORE / f"{bug.module}.py"
        text = source.read_text(encoding="utf-8")
        assert text.count(bug.right) == 1, f"{bug.right!r} is there {text.count(bug.right)} times: plant it anew"
        source.write_text(text.replace(bug.right, bug.wrong), encoding="utf-8")
    return folder


def run_edge_tests(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run them there, in a process of its own, until the first failure."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-c", "pytest.ini", "--tb=line"]
    return subprocess.run(
        [*command, *(str(TESTS / name) for name in EDGE_TESTS)],
        cwd=folder,
        env={
            **settings,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_copy_without_a_bug_passes(tmp_path: Path) -> None:
    done = run_edge_tests(copy_of_the_core(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "bug",
    [pytest.param(bug, id=name, marks=() if name in ALWAYS else pytest.mark.slow) for name, bug in BUGS.items()],
)
def test_a_planted_bug_is_caught(bug: Bug, tmp_path: Path) -> None:
    done = run_edge_tests(copy_of_the_core(tmp_path, bug))
    assert done.returncode == FAILED, done.stdout + done.stderr
