"""Practice: marked on every page, with a clock that can be set, and never the real thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from bot.console.desk import EXTENSION, Console, Practice
from bot.console.pages.practice import MOMENTS
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Period
from bot.jobcentre.errors import Conflict
from bot.services import closures, practice, samples
from bot.services.knowledge import Knowledge
from bot.services.practice import PracticeClock
from bot.settings import PROJECT
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.builders import HOUR, make_closure
from tests.console.conftest import NOW, PASSWORD, PEOPLE, Clock
from tests.console.visitor import Visitor

SAMPLE = PROJECT / "data" / "sample"


@pytest.fixture
def practising(app: Flask, staffed: Store, responses: object, clock: Clock) -> Iterator[PracticeClock]:
    """The application as `jobcentre run --practice` starts it; its clock, which the real one drives."""
    with staffed.unit_of_work() as work:
        work.settings.put(practice.MARK, True)
    store = Store(str(staffed.engine.url), clock_is_fixed=True)
    set_clock = PracticeClock(clock)
    place = Practice(set_clock, "http://127.0.0.1:5005/")
    app.extensions[EXTENSION] = Console(Knowledge(store), responses, set_clock, practice=place)  # type: ignore[arg-type]
    yield set_clock
    store.close()


def sign_in(app: Flask, role: Role = Role.EDITOR) -> Visitor:
    visitor = Visitor(app)
    visitor.press(visitor.get("/sign-in"), "Sign in", {"name": PEOPLE[role], "password": PASSWORD})
    return visitor


def test_every_page_of_practice_is_marked(app: Flask, practising: PracticeClock) -> None:
    visitor = sign_in(app, Role.ADMINISTRATOR)
    for path in (
        "/",
        "/closures/",
        "/closures/new",
        "/history/",
        "/insights/",
        "/people/",
        "/practice/",
        "/no-such-page",
    ):
        page = visitor.get(path, 404 if "no-such" in path else 200)
        marks = [mark.get_text(" ", strip=True) for mark in page.soup.select(".console-practice")]
        assert marks == [
            "Practice It is 7:30am on Friday 20 November here. "
            "The offices are a sample, and nobody outside is told what you do."
        ], path
    assert "/practice/" in {str(link["href"]) for link in page.soup.find_all("a", href=True)}


def test_what_is_real_is_not_marked_and_says_how_to_practise(editor: Visitor) -> None:
    page = editor.get("/practice/")
    assert "jobcentre run --practice" in page.main
    assert not page.soup.select(".console-practice")
    assert not page.soup.find("main").find("form")  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/practice/clock", "/practice/reset"])
def test_what_is_real_can_be_neither_set_nor_reset(editor: Visitor, staffed: Store, path: str) -> None:
    token = editor.get("/").soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    assert editor.raw("POST", path, data={"csrf_token": token, "moment": "early"}).status_code == 404
    with pytest.raises(RuntimeError, match="not for practice"):
        practice.reset(staffed, SAMPLE, at=NOW)
    with staffed.unit_of_work(write=False) as work:
        assert work.staff.find_all()


@pytest.mark.parametrize(
    ("chosen", "moment"),
    [
        ("early", datetime(2026, 11, 23, 7, 30, tzinfo=LONDON)),
        ("midday", datetime(2026, 11, 23, 12, tzinfo=LONDON)),
        ("saturday", datetime(2026, 11, 21, 10, tzinfo=LONDON)),
        ("christmas", datetime(2026, 12, 24, 14, tzinfo=LONDON)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_clock_is_set_and_runs_on(
    app: Flask, practising: PracticeClock, clock: Clock, chosen: str, moment: datetime
) -> None:
    visitor = sign_in(app)
    page = visitor.press(visitor.get("/practice/"), "Set the clock", {"moment": chosen})
    assert page.heading == "Practice", "whoever set it is still signed in"
    assert practising() == moment
    clock.now += timedelta(minutes=5)
    assert practising() == moment + timedelta(minutes=5)
    visitor.press(visitor.get("/practice/"), "Set the clock", {"moment": "real"})
    assert practising() == clock.now
    assert practising.is_real


def test_every_choice_is_tried_above() -> None:
    assert set(MOMENTS) == {"early", "midday", "saturday", "christmas"}


def test_any_time_can_be_typed(app: Flask, practising: PracticeClock) -> None:
    visitor = sign_in(app)
    typed = {"moment": "other", "day": "2026-12-29", "time": "09:15"}
    visitor.press(visitor.get("/practice/"), "Set the clock", typed)
    assert practising() == datetime(2026, 12, 29, 9, 15, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        pytest.param({}, "Choose a time", id="nothing"),
        pytest.param({"moment": "other", "day": "", "time": "09:00"}, "Enter a day and a time", id="no day"),
        pytest.param(
            {"moment": "other", "day": "2026-02-30", "time": "09:00"}, 'there is no day "2026-02-30"', id="no such day"
        ),
        pytest.param(
            {"moment": "other", "day": "2027-03-28", "time": "01:30"},
            'there is no time "2027-03-28T01:30"',
            id="skipped",
        ),
    ],
)
def test_a_time_that_there_is_not_is_refused(
    app: Flask, practising: PracticeClock, typed: dict[str, str], error: str
) -> None:
    visitor = sign_in(app)
    page = visitor.press(visitor.get("/practice/"), "Set the clock", typed, status=400)
    assert page.errors[0].startswith(error)
    assert practising() == NOW


def test_what_is_done_in_practice_says_so_in_the_history(app: Flask, practising: PracticeClock) -> None:
    visitor = sign_in(app)
    page = visitor.get("/pause")
    visitor.press(page, "Pause it", {"account": "JCPinLeeds", "reason": "to try it"})
    page = visitor.get("/history/?about=accounts&who=Editor")
    assert "paused the assistant on JCPinLeeds: to try it. Practice clock" in page.main


def test_everything_can_begin_again_and_people_stay(app: Flask, practising: PracticeClock, staffed: Store) -> None:
    visitor, other = sign_in(app), sign_in(app, Role.VIEWER)
    with staffed.unit_of_work() as work:
        draft = make_closure("wakefield", cause=Cause.WEATHER, period=Period(NOW, NOW + HOUR))
        closures.publish(work, draft, by="Ann", at=NOW)
    page = visitor.press(visitor.get("/practice/"), "Begin again")
    assert "Everything is as on the first day" in page.main
    assert "Nothing is closed or different." in visitor.get("/").main
    assert other.get("/").heading == "Sign in"
    assert sign_in(app, Role.VIEWER).get("/").heading == "Today"
    with staffed.unit_of_work(write=False) as work:
        assert samples.is_marked(work)
        assert practice.is_for_practice(work)


def test_a_viewer_does_not_begin_again(app: Flask, practising: PracticeClock) -> None:
    visitor = sign_in(app, Role.VIEWER)
    page = visitor.get("/practice/")
    assert "Begin again" not in page.main
    token = page.soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    assert visitor.raw("POST", "/practice/reset", data={"csrf_token": token}).status_code == 403


def test_the_database_of_practice_is_made_once(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'practice.db'}", clock_is_fixed=True)
    practice.prepare(store, SAMPLE, at=NOW)
    with store.unit_of_work() as work:
        work.settings.put("tried", True)
    practice.prepare(store, SAMPLE, at=NOW)
    with store.unit_of_work(write=False) as work:
        assert work.settings.get("tried")
        assert practice.is_for_practice(work)
        assert len(work.offices.find_all()) == 44
    store.close()


def test_no_other_database_becomes_one_of_practice(staffed: Store) -> None:
    with pytest.raises(Conflict, match="not for practice"):
        practice.prepare(staffed, SAMPLE, at=NOW)
    with staffed.unit_of_work(write=False) as work:
        assert not practice.is_for_practice(work)


def test_a_clock_that_stands_still_is_told(
    app: Flask, staffed: Store, responses: object, clock: Clock, signed_in: Callable[[Role], Visitor]
) -> None:
    app.extensions[EXTENSION] = Console(Knowledge(staffed), responses, clock, is_clock_fixed=True)  # type: ignore[arg-type]
    assert "It is always 7:30am on Friday 20 November here." in signed_in(Role.VIEWER).get("/").soup.get_text(" ")
