"""`docs/understanding.md` and its charts, from the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.understanding import charts, kept
from benchmarks.understanding.calibration import BINS
from benchmarks.understanding.charts import Series
from benchmarks.understanding.shares import Share
from bot.settings import PROJECT

DOCS = PROJECT / "docs"
CHARTS = DOCS / "understanding"
MATTERS = {
    "life": "people are told at once, and help comes first",
    "abuse": "people are told at once, and help comes first",
    "hardship": "people are told at once, and help comes first",
    "threat": "people are told at once",
    "child": "people are told at once",
    "case": "refused kindly, and not discussed",
    "routine": "answered",
    "nothing": "no alarm",
}
Figures = Mapping[str, Any]


def write(figures: Figures) -> None:
    """Write the report and its charts."""
    CHARTS.mkdir(exist_ok=True)
    for name, chart in draw(figures).items():
        (CHARTS / f"{name}.svg").write_text(chart, encoding="utf-8")
    (DOCS / "understanding.md").write_text(text(figures), encoding="utf-8")


def text(figures: Figures) -> str:
    """The report in Markdown."""
    now = kept.main_figures(figures)
    was = {name: Share.from_dict(held) for name, held in figures["before"].items()}
    template = charts.TEMPLATES
    template.filters["confused"] = lambda held: ", ".join(f"{kind} {count}" for kind, count in held.items())
    return template.get_template("report.md").render(
        **{**figures, "before": was},
        main=now,
        names=kept.NAMES,
        change=lambda name: _change(now[name], was.get(name)),
        share=Share.from_dict,
        kinds={kind: entry for kind, entry in figures["report"].items() if "confused_with" in _dict(entry)},
        tenths=_tenths(figures),
        matters=MATTERS,
    )


def _dict(entry: Any) -> Mapping[str, Any]:
    return entry if isinstance(entry, Mapping) else {}


def _change(now: Share, was: Share | None) -> str:
    if was is None or now.percent == was.percent:
        return ""
    return f"{now.percent - was.percent:+.1f}"


def _tenths(figures: Figures) -> list[dict[str, Any]]:
    sides = {"sets": figures["sets"]["calibration"], "folds": figures["calibration"]["before"]}
    held = {side: {_tenth(one): one for one in told["bins"]} for side, told in sides.items()}
    return [
        {
            "tenth": f"{number * 100 // BINS} to {(number + 1) * 100 // BINS}",
            **{side: _told(bins.get(number)) for side, bins in held.items()},
        }
        for number in range(BINS)
    ]


def _tenth(one: Mapping[str, Any]) -> int:
    return min(int(one["confidence"] * BINS), BINS - 1)


def _told(one: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {"messages": one["messages"], "right": round(100 * one["accuracy"], 1)} if one else None


def draw(figures: Figures) -> dict[str, str]:
    """The charts as SVG, by name."""
    return {
        "kinds": _kinds(figures),
        "designs": _designs(figures),
        "calibration": _calibration(figures),
        "safety": _safety(figures),
    }


def _kinds(figures: Figures) -> str:
    held = {kind: Share.from_dict(told) for kind, told in figures["sets"]["by_kind"].items()}
    rows = {f"{kind} ({one.of})": [one.percent] for kind, one in sorted(held.items(), key=lambda i: -i[1].percent)}
    least = min(held, key=lambda kind: held[kind].percent)
    told = f"Percent of the messages of each kind answered rightly. The least: {least}, {held[least].percent}."
    return charts.bars("Right answers of the whole assistant, by kind", told, ["sets"], rows)


def _designs(figures: Figures) -> str:
    rows = {
        f"{design}, {origin}": [Share.from_dict(ways[way]["all"]).percent for way in ("clean", "thumb", "ear")]
        for design, origins in figures["designs"].items()
        for origin, ways in origins.items()
    }
    told = "Percent of right kinds. " + " ".join(
        f"{row}: {clean} clean, {thumb} by thumb, {ear} by ear." for row, (clean, thumb, ear) in rows.items()
    )
    return charts.bars("Right kinds by design, clean and mistyped", told, ["clean", "by thumb", "by ear"], rows)


def _calibration(figures: Figures) -> str:
    sides = {
        "the assistant, sets": figures["sets"]["calibration"],
        "classifier, folds": figures["calibration"]["before"],
        "with temperature, folds": figures["calibration"]["after"],
    }
    told = "Expected calibration error: " + ", ".join(f"{name} {side['ece']}" for name, side in sides.items()) + "."
    series = [Series(name, [_point(one) for one in side["bins"]]) for name, side in sides.items()]
    return charts.calibration("How often a confidence is right", told, series)


def _point(one: Mapping[str, Any]) -> tuple[float, float, int]:
    return round(100 * one["confidence"], 1), round(100 * one["accuracy"], 1), one["messages"]


def _safety(figures: Figures) -> str:
    held = kept.safety(figures)
    rows = {f"{matter} ({one.of})": [one.percent] for matter, one in held.items()}
    told = "Percent right. " + " ".join(f"{matter}: {one.percent}." for matter, one in held.items())
    return charts.bars("Of people at risk, and what comes near", told, ["right"], rows)
