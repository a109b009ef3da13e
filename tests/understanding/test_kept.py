"""What is kept, what may not fall, and the papers that tell it."""

from __future__ import annotations

import copy
import json
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks.understanding import kept, report
from benchmarks.understanding.shares import Share

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figures() -> dict[str, Any]:
    return copy.deepcopy(dict(kept.get()))


def test_nothing_has_fallen_where_nothing_changed(figures: dict[str, Any]) -> None:
    assert kept.fallen(figures, kept.get()) == {}


def test_two_messages_fewer_of_any_safety_figure_are_a_fall(figures: dict[str, Any]) -> None:
    for held in figures["safety"].values():
        held["right"] -= 2
    assert set(kept.fallen(figures, kept.get())) == set(figures["safety"])
    now, was = kept.fallen(figures, kept.get())["life"]
    assert now.right == was.right - 2


def test_a_figure_that_was_not_kept_before_has_not_fallen(figures: dict[str, Any]) -> None:
    figures["safety"]["another"] = Share(0, 10).to_dict()
    assert kept.fallen(figures, kept.get()) == {}


def test_the_papers_say_what_is_kept(figures: dict[str, Any]) -> None:
    assert (report.DOCS / "understanding.md").read_text(encoding="utf-8") == report.text(figures)
    for name, chart in report.draw(figures).items():
        assert (report.CHARTS / f"{name}.svg").read_text(encoding="utf-8") == chart


def test_every_chart_can_be_read_without_being_seen(figures: dict[str, Any]) -> None:
    charts = report.draw(figures)
    for chart in charts.values():
        drawn = ElementTree.fromstring(chart)
        assert drawn.get("role") == "img"
        assert drawn.get("aria-labelledby") == "title desc"
        assert all((drawn.findtext(f"{SVG}{part}") or "").strip() for part in ("title", "desc"))
    assert all(f"](understanding/{name}.svg)" in report.text(figures) for name in charts)


def test_the_last_line_has_every_main_figure(figures: dict[str, Any]) -> None:
    told = json.loads(kept.line(figures))
    assert set(kept.NAMES) < set(told)
    assert "\n" not in kept.line(figures)
