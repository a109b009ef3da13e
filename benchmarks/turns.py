"""What a turn costs beside a stock Rasa, and that it costs no more as things grow: `python -m benchmarks.turns`.

    python -m benchmarks.turns --parts growth,closures --quick
    JOBCENTRE_REGISTER=<folder of the register> python -m benchmarks.turns

Parts: `compare` (needs `.venv-stock`, which it makes), `earlier` (needs `--earlier CHECKOUT`), `growth`, `offices`,
`closures`. A turn goes through everything: the real action, the SQLite store, the way in. What is compared takes turns
in short blocks, A B A B, so that a busy machine burdens both; ratios mean something, single times do not. Needs a
trained model (`jobcentre train`).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.places import many_offices
from benchmarks.stock import environment
from benchmarks.stock.sides import NOW, Earlier, Ours, Side, Stock
from bot.services import samples
from bot.settings import PROJECT
from bot.store.unit_of_work import Store
from tests.builders import keep_offices, keep_past_closures, make_scope
from tests.register import VARIABLE, load_centres, load_offices, load_places

MESSAGES = (
    "is leeds park place open tomorrow",
    "what time does didsbury close on friday",
    "where is the nearest jobcentre to LS9",
    "hello",
    "I have an appointment at 11, do I still come?",
    "universal credit phone number please",
    "how do I make an FOI request",
    "is the plymouth office shut because of the snow",
    "can I bring my dog",
    "thanks",
)
BLOCK = len(MESSAGES)
FLAT = 1.25
"""How much dearer a turn may be by the median, and still be called flat: blocks on a busy machine differ by that."""
SIZE = """
import re, sys
from importlib.metadata import PackageNotFoundError, distribution
todo, seen, size = [sys.argv[1]], set(), 0
while todo:
    name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
    try:
        found = None if name in seen else distribution(name)
    except PackageNotFoundError:
        found = None
    seen.add(name)
    if found is None:
        continue
    files = [found.locate_file(file) for file in found.files or ()]
    size += sum(file.stat().st_size for file in files if file.is_file())
    needs = [need for need in found.requires or () if "extra ==" not in need]
    todo += [re.match(r"[A-Za-z0-9._-]+", need)[0] for need in needs]
print(size / 2**20)
"""
"""MiB of a distribution and all it requires, by the environment's own metadata."""


@dataclass(frozen=True)
class Line:
    """One line of the table. `aim` holds for `ratio`, where there is one."""

    what: str
    ours: str
    other: str = ""
    ratio: float | None = None
    aim: str = ""
    is_met: bool | None = None


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="turns-") as folder:
        lines = [line for part in options.parts for line in PARTS[part](Path(folder), options)]
    if options.json:
        Path(options.json).write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n", encoding="utf-8")
    print(_table(lines))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a turn costs, as ratios in one run.")
    parser.add_argument("--parts", type=_parts, default=list(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer turns: rougher numbers")
    parser.add_argument("--epochs", type=int, default=3, help="of the stock model's training (Rasa's default is 100)")
    parser.add_argument("--stock-model", type=Path, help="a stock model trained before, used instead of training one")
    parser.add_argument("--earlier", type=Path, help="a checkout that is set up and trained, to compare with")
    parser.add_argument("--json", metavar="FILE", help="write the numbers to a file as well")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    unknown = [part for part in text.split(",") if part not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(unknown)}")
    return text.split(",")


# --- beside a stock Rasa ------------------------------------------------------------------------------------------


def compare(folder: Path, options: argparse.Namespace) -> list[Line]:
    python = environment.make_environment()
    model = options.stock_model or environment.train(options.epochs)
    print(f"stock: Rasa's default pipeline and policies, trained for {options.epochs} epochs", file=sys.stderr)
    blocks = 20 if options.quick else 60
    ours, stock = Ours(_database(folder / "ours")), Stock(_database(folder / "stock"), model)
    try:
        times = _alternate({"ours": ours, "stock": stock}, blocks)
        memory = {"ours": ours.memory(), "stock": stock.memory()}
        hop = median(stock.hop() for _ in range(100))
    finally:
        ours.stop()
        stock.stop()
    stock_times = [seconds - hop for seconds in times["stock"]]  # ours has no HTTP in its way here: nor has it then
    return [
        *_speed(times["ours"], stock_times, hop),
        _line("start to first answer", ours.first_answer, stock.first_answer, "s"),
        _line(f"memory after {blocks * BLOCK} turns", memory["ours"], memory["stock"], "MiB"),
        _line("installed", _installed(sys.executable, "jobcentre-assistant"), _installed(str(python), "rasa"), "MiB"),
    ]


def _speed(ours: Sequence[float], stock: Sequence[float], hop: float) -> list[Line]:
    mine, theirs = len(ours) / sum(ours), len(stock) / sum(stock)
    ratio, slowest = mine / theirs, (_p95(ours), _p95(stock))
    note = f"turns a second (stock without its HTTP hop of {hop * 1000:.1f} ms)"
    return [
        Line(note, f"{mine:.1f}", f"{theirs:.1f}", ratio, "at least 5", ratio >= 5),
        _line("p50 of a turn", median(ours) * 1000, median(stock) * 1000, "ms"),
        _aimed("p95 of a turn", *slowest, 1 / 3),
    ]


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _line(what: str, ours: float, other: float, unit: str) -> Line:
    return Line(what, f"{ours:.1f} {unit}", f"{other:.1f} {unit}", ours / other)


def _installed(python: str, name: str) -> float:
    return float(subprocess.run([python, "-c", SIZE, name], check=True, capture_output=True, text=True).stdout)


def _alternate(sides: Mapping[str, Side], blocks: int) -> dict[str, list[float]]:
    """Times of turns, a block on each side in turn; each block is a new conversation. The first block warms up."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for block in range(blocks + 1):
        for name, side in sides.items():
            took = [side.ask(text, f"block {block}") for text in MESSAGES]
            times[name] += took if block else []
    return times


# --- beside an earlier checkout -----------------------------------------------------------------------------------


def earlier(folder: Path, options: argparse.Namespace) -> list[Line]:
    if not options.earlier:
        print("earlier: left out, --earlier names no checkout to compare with", file=sys.stderr)
        return []
    ours = Ours(_database(folder / "now"))
    other = Earlier(folder / "earlier.db", options.earlier.resolve())
    try:
        times = _alternate({"now": ours, "earlier": other}, 20 if options.quick else 60)
        memory = ours.memory(), other.memory()
    finally:
        ours.stop()
        other.stop()
    return [
        _line("p50 of a turn", median(times["now"]) * 1000, median(times["earlier"]) * 1000, "ms"),
        _aimed("p95 of a turn", _p95(times["now"]), _p95(times["earlier"]), 1.5),
        _line("start to first answer", ours.first_answer, other.first_answer, "s"),
        _line("memory after the turns", *memory, "MiB"),
    ]


# --- as things grow -----------------------------------------------------------------------------------------------


def growth(folder: Path, options: argparse.Namespace) -> list[Line]:
    """Turns of long conversations, taken side by side with the first turns of new ones."""
    rounds = 1 if options.quick else 3
    side = Ours(_database(folder / "growth"))
    try:
        windows = [_long_conversation(side, f"long {number}") for number in range(rounds)]
    finally:
        side.stop()
    early, late = (median(median(window[part]) for window in windows) for part in (0, 1))
    return [_aimed("turn 200 beside turn 10", late, early, 1.5)]


def _long_conversation(side: Ours, name: str) -> tuple[list[float], list[float]]:
    """Times about turn 10 and about turn 200: while the last turns run, another conversation takes its 1st to 20th."""
    for turn in range(180):
        side.ask(MESSAGES[turn % BLOCK], name)
    early, late = [], []
    for turn in range(180, 220):
        text = MESSAGES[turn % BLOCK]
        early.append(side.ask(text, f"{name} beside"))
        late.append(side.ask(text, name))
    return early[:20], late[:20]


def offices(folder: Path, options: argparse.Namespace) -> list[Line]:
    if not os.environ.get(VARIABLE):
        print(f"offices: left out, {VARIABLE} does not name the folder of the real register", file=sys.stderr)
        return []
    real, places, centres = load_offices(), load_places(), load_centres()

    def filled(number: int) -> Callable[[Any], None]:
        return lambda work: _put_register(work, list(many_offices(real, places))[:number], places, centres)

    sizes = (len(real), 10 * len(real))
    cases = {"the sample's offices": None, **{f"{size} offices": filled(size) for size in sizes}}
    return _flat(folder, cases, options)


def _put_register(work: Any, listed: Sequence[Any], places: Sequence[Any], centres: Sequence[Any]) -> None:
    held = {office.id for office in work.offices.find_all()}
    keep_offices(work, [office for office in listed if office.id not in held])
    work.places.replace_all(places)
    work.places.replace_centres(centres)


def closures(folder: Path, options: argparse.Namespace) -> list[Line]:
    def fill(work: Any) -> None:
        keep_past_closures(work, 10_000, make_scope("leeds-park-place"))

    return _flat(folder, {"no past closure": None, "10000 past closures": fill}, options)


def _flat(folder: Path, cases: Mapping[str, Callable[[Any], None] | None], options: argparse.Namespace) -> list[Line]:
    """Each case beside the first, by the median turn."""
    sides = {name: Ours(_database(folder / name.replace(" ", "-"), fill)) for name, fill in cases.items()}
    try:
        times = _alternate(sides, 8 if options.quick else 30)
    finally:
        for side in sides.values():
            side.stop()
    first, *others = times
    base = median(times[first])
    return [_aimed(f"{other} beside {first}", median(times[other]), base, FLAT) for other in others]


def _database(folder: Path, fill: Callable[[Any], None] | None = None) -> Path:
    """A new database with the sample, and what `fill` adds."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'jobcentre.db'}")
    store.upgrade()
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=datetime.fromisoformat(NOW))
        if fill is not None:
            fill(work)
    store.close()
    return folder / "jobcentre.db"


def _aimed(what: str, seconds: float, other: float, at_most: float) -> Line:
    ratio = seconds / other
    return Line(what, _ms(seconds), _ms(other), ratio, f"at most {at_most:.2f}", ratio <= at_most)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _table(lines: Sequence[Line]) -> str:
    rows = [("", "this", "other", "ratio", "aim", "")]
    for line in lines:
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        rows.append((line.what, line.ours, line.other, ratio, line.aim, _verdict(line.is_met)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _verdict(is_met: bool | None) -> str:
    return "" if is_met is None else "met" if is_met else "MISSED"


PARTS: dict[str, Callable[[Path, argparse.Namespace], list[Line]]] = {
    "compare": compare,
    "earlier": earlier,
    "growth": growth,
    "offices": offices,
    "closures": closures,
}

if __name__ == "__main__":
    raise SystemExit(main())
