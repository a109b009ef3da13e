"""Charts as SVG: bars and points with their numbers beside them, so that no colour has to be told from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

COLOURS = ("#1d70b8", "#f47738", "#505a5f")
"""GOV.UK's blue, orange and dark grey: each 2.7 to 1 or more on white, and unlike in brightness."""
TEMPLATES = Environment(
    loader=PackageLoader("benchmarks.understanding"),
    autoescape=lambda name: bool(name and name.endswith(".svg")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Series:
    """Points of one sort: percent across, percent up, and how many messages each stands for."""

    name: str
    points: Sequence[tuple[float, float, int]]


def bars(title: str, told: str, names: Sequence[str], rows: Mapping[str, Sequence[float]]) -> str:
    """A chart of percentages: for each row a bar for each name."""
    return TEMPLATES.get_template("bars.svg").render(title=title, told=told, names=names, rows=rows, colours=COLOURS)


def calibration(title: str, told: str, series: Sequence[Series]) -> str:
    """Accuracy over confidence, with the line on which both are the same."""
    return TEMPLATES.get_template("calibration.svg").render(title=title, told=told, series=series, colours=COLOURS)
