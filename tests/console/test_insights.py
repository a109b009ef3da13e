"""Insights: the page, its charts and tables, and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.console import charts
from bot.console.pages import insights as pages
from bot.jobcentre.kinds import Kind
from bot.services import staff
from bot.services.insights import Served
from bot.store.records import Role
from bot.store.repositories.statistics import Tally
from bot.store.unit_of_work import Store
from tests.builders import LEEDS
from tests.console.conftest import NOW, PEOPLE
from tests.console.visitor import Page, Visitor

TODAY = date(2026, 11, 20)


def held(
    store: Store,
    number: int,
    kind: str = "office_open",
    outcome: str = "answered",
    *,
    office: str = "",
    hour: int = 8,
    day: date = TODAY,
    account: str = "JCPinLeeds",
) -> None:
    with store.unit_of_work() as work:
        work.statistics.add(Tally(day, hour, account, kind, outcome, office, number))


def table(page: Page, caption: str) -> dict[str, list[str]]:
    """Its rows by their headings."""
    (found,) = [t for t in page.soup.find_all("table") if t.caption and t.caption.get_text(strip=True) == caption]
    rows = found.tbody.find_all("tr") if found.tbody else []
    return {row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")] for row in rows}


def test_questions_are_told_by_kind_hour_and_office(editor: Visitor, staffed: Store) -> None:
    held(staffed, 1_202, office=LEEDS)
    held(staffed, 13, outcome="handed_off", hour=9)
    held(staffed, 41, "individual_case", "refused", hour=23)
    page = editor.get("/insights/")
    kinds = table(page, "Questions by kind, and what came of them")
    few = "Fewer than 5"
    assert kinds["Is an office open?"] == ["1,200", few, "15", few, "1,215"]
    assert kinds["Their own claim"] == [few, "40", few, few, "40"]
    assert table(page, "Questions by hour of the day")["8am"] == ["1,200"]
    assert table(page, "Questions by hour of the day")["11pm"] == ["40"]
    assert table(page, "Questions about one office alone") == {"Leeds Park Place": ["1,200"]}


def test_charts_say_nothing_that_the_tables_do_not(editor: Visitor, staffed: Store) -> None:
    held(staffed, 50)
    held(staffed, 4, "jobs")
    held(staffed, 3, hour=3)
    page = editor.get("/insights/")
    drawings = page.soup.select("svg.console-chart")
    assert len(drawings) == 2
    assert {drawing["aria-hidden"] for drawing in drawings} == {"true"}
    assert [len(drawing.find_all("rect")) for drawing in drawings] == [1, 1]
    assert "Work and training" not in page.main


def test_nothing_asked_often_enough_is_said_so(editor: Visitor, staffed: Store) -> None:
    held(staffed, 4)
    page = editor.get("/insights/")
    assert "Nothing was asked often enough to be shown." in page.main
    assert not page.soup.find("table")


@pytest.mark.parametrize(
    ("period", "total"), [("today", "10"), ("week", "30"), ("month", "60"), ("year", "100"), ("nonsense", "60")]
)
def test_some_days_may_be_looked_at(editor: Visitor, staffed: Store, period: str, total: str) -> None:
    for days, number in ((0, 10), (6, 20), (27, 30), (364, 40), (365, 50)):
        held(staffed, number, day=TODAY - timedelta(days=days))
    page = editor.get(f"/insights/?period={period}")
    assert table(page, "Questions by kind, and what came of them")["Is an office open?"][-1] == total


def test_one_account_is_looked_at(editor: Visitor, staffed: Store) -> None:
    held(staffed, 10)
    held(staffed, 20, account="JCPinPlymouth")
    page = editor.press(editor.get("/insights/"), "Show", {"account": "JCPinPlymouth"})
    assert table(page, "Questions by kind, and what came of them")["Is an office open?"][-1] == "20"


def test_nobody_sees_accounts_that_are_not_theirs(signed_in: Callable[[Role], Visitor], staffed: Store) -> None:
    held(staffed, 10)
    held(staffed, 20, account="JCPinPlymouth")
    held(staffed, 40, account="")
    with staffed.unit_of_work() as work:
        staff.change(work, PEOPLE[Role.EDITOR], Role.EDITOR, ["JCPinLeeds"], True, by="test", at=NOW)
    visitor = signed_in(Role.EDITOR)
    for address in ("/insights/", "/insights/?account=JCPinPlymouth"):
        page = visitor.get(address)
        assert table(page, "Questions by kind, and what came of them")["Is an office open?"][-1] == "10"
        assert "JCPinPlymouth" not in page.main


def test_the_numbers_are_taken_away_with_nothing_more_in_them(editor: Visitor, staffed: Store) -> None:
    held(staffed, 1_202, office=LEEDS)
    held(staffed, 4, "jobs", office="wakefield")
    response = editor.raw("GET", editor.get("/insights/?period=week").link("Download as CSV"))
    assert "insights-2026-11-14-to-2026-11-20.csv" in response.headers["Content-Disposition"]
    rows = [row[1:] for row in csv.reader(io.StringIO(response.get_data().decode("utf-8-sig")))]
    assert ["Is an office open?", "Answered", "1200"] in rows
    assert ["Is an office open?", "Not understood", "Fewer than 5"] in rows
    assert ["Leeds Park Place", "All", "1200"] in rows
    assert not [row for row in rows if row[0] in ("Wakefield", "Work and training")]


def test_every_kind_and_outcome_has_words_for_staff() -> None:
    assert set(pages.KINDS) == set(Kind)
    assert set(pages.SERVED) == set(Served)
    assert all(len(words) <= 24 for words in pages.KINDS.values())


# Drawing


def test_the_longest_bar_fills_the_drawing_and_the_others_keep_the_measure() -> None:
    drawn = charts.lying([("most", {"answered": 30, "refused": 10}), ("half", {"answered": 20, "refused": 0})])
    ends = [bar.x + bar.width for bar in drawn.bars]
    assert ends == [charts.WIDTH * share for share in (0.75, 1, 0.5)]
    assert [bar.series for bar in drawn.bars] == ["answered", "refused", "answered"]


def test_standing_bars_reach_the_ground() -> None:
    drawn = charts.standing([("midnight", 0), ("1am", 5), ("2am", 10)], every=2)
    assert [(bar.y + bar.height, bar.height) for bar in drawn.bars] == [
        (charts.HEIGHT, charts.HEIGHT / 2),
        (charts.HEIGHT, charts.HEIGHT),
    ]
    assert [label.text for label in drawn.labels] == ["midnight", "2am"]


def test_nothing_to_draw_is_no_error() -> None:
    assert charts.lying([]).bars == ()
    assert charts.standing([]).bars == ()
