"""CSV files that staff hand in or take away: read into rows, what became of each row, and written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, islice
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.office import Nation, Point
from bot.jobcentre.text import clean

CELL_AT_MOST = 2_000
ROWS_OF_A_PART = 500
_FORMULA = re.compile(r"'*[\s\ufeff\u200b]*[=+\-@|%\t\r\n＝＋－＠]")
"""What a spreadsheet would take for a formula, or would after one more apostrophe was taken away. Some take the
full-width signs for the plain ones."""
Value = TypeVar("Value")


class Outcome(str, Enum):
    """What an import makes of one row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    RETIRED = "retired"
    """Held, and missing from a complete file."""
    IGNORED = "ignored"
    """Rightly there, and of no use here."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """One row of a file, its cells cleaned: by column, `None` where the file has no such column."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""
    """Why the row cannot be read at all."""

    def get(self, column: str) -> str | None:
        return self.cells.get(column)

    def text(self, column: str) -> str:
        """The cell, empty where there is none."""
        return self.cells.get(column) or ""

    def needed(self, column: str) -> str:
        """Raises BadInput where the cell is empty."""
        value = self.text(column)
        if not value:
            raise BadInput(f"{column} is empty")
        return value


@dataclass(frozen=True)
class RowReport:
    """What became of one row. `line` is 0 for what is not in the file."""

    line: int
    subject: str
    outcome: Outcome
    detail: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Of a changed row: each column that differs, with its text before and after."""

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.outcome.value} {self.subject}{f' ({self.detail})' if self.detail else ''}"


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would have done, row by row."""

    rows: tuple[RowReport, ...]
    is_applied: bool = False
    counts: Counter[Outcome] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counter(row.outcome for row in self.rows))

    @classmethod
    def of(cls, *reports: Iterable[RowReport]) -> ImportReport:
        """In the order of the file, with what is not in it at the end."""
        return cls(tuple(sorted(chain.from_iterable(reports), key=lambda row: (row.line == 0, row.line))))

    @property
    def refused(self) -> tuple[RowReport, ...]:
        return tuple(row for row in self.rows if row.outcome is Outcome.REFUSED)

    def summary(self) -> str:
        """ "639 added, 2 refused"."""
        counted = [f"{self.counts[outcome]} {outcome.value}" for outcome in Outcome if self.counts[outcome]]
        return ", ".join(counted) or "no rows"

    def may_apply(self, *, skip_bad: bool, dry_run: bool) -> bool:
        return not dry_run and (skip_bad or not self.refused)

    def to_dict(self) -> dict[str, Any]:
        return {
            "applied": self.is_applied,
            "counts": {outcome.value: self.counts[outcome] for outcome in Outcome},
            "rows": [{**vars(row), "outcome": row.outcome.value} for row in self.rows],
        }


def read_rows(data: bytes, name: str, required: Collection[str]) -> list[Row]:
    """The rows of a CSV file in UTF-8 with a header. Raises BadInput that names the file, and the line where one is
    to blame."""
    reader = csv.reader(io.StringIO(_decoded(data, name), newline=""), strict=True)
    try:
        header = _header(next(reader, []), name, required)
        rows = [_row(reader.line_num, header, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: it cannot be read as CSV: {error}") from error
    if not rows:
        raise BadInput(f"{name} has a header and no rows")
    return rows


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f'{name} is a spreadsheet: save it as "CSV UTF-8" and import that')
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(f'{name}, line {line}: it is not in UTF-8: save it as "CSV UTF-8"') from error
    if "\0" in text:
        raise BadInput(f'{name} is not text: save it as "CSV UTF-8"')
    return text


def _header(cells: Sequence[str], name: str, required: Collection[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    if not any(header):
        raise BadInput(f"{name} is empty: its first line must name the columns {', '.join(required)}")
    twice = [column for column, count in Counter(header).items() if column and count > 1]
    if twice:
        raise BadInput(f"{name}, line 1: the column {twice[0]} is there twice")
    missing = [column for column in required if column not in header]
    if missing:
        help_text = "the first line must name the columns, with commas between them"
        raise BadInput(f"{name}, line 1: no column {', '.join(missing)}: {help_text}")
    return header


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    """A row of the wrong length is kept as such, for `checked` to refuse."""
    problem = f"it has {len(cells)} cells and the header has {len(header)}: does a comma need quotes round it?"
    by_column = {column: _cell(cell) for column, cell in zip(header, cells)}  # noqa: B905
    return Row(line, by_column, problem if len(cells) != len(header) else "")


def _cell(text: str) -> str:
    """On one line; without the apostrophe that `write_rows` puts before what looks like a formula."""
    plain = " ".join(clean(text, CELL_AT_MOST).split())
    return plain[1:] if plain.startswith("'") and _FORMULA.match(plain[1:]) else plain


def write_rows(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file that a spreadsheet opens as text: no cell of it is ever run as a formula. `read_rows` reads it back.
    The mark at its start tells spreadsheets that it is UTF-8."""
    return b"".join(write_parts(header, rows))


def write_parts(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same, a part at a time: for a long file that is sent while it is written."""
    lines = chain([header], ([harmless(value) for value in row] for row in rows))
    yield codecs.BOM_UTF8
    while some := list(islice(lines, ROWS_OF_A_PART)):
        out = io.StringIO(newline="")
        csv.writer(out).writerows(some)
        yield out.getvalue().encode()


def harmless(cell: Any) -> Any:
    """A number as it is; a text that a spreadsheet could run with an apostrophe before it, which makes it a text."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def checked(
    rows: Iterable[Row], read: Callable[[Row], Value], subject: Callable[[Row], str]
) -> tuple[list[tuple[Row, Value]], list[RowReport]]:
    """The rows that can be read, and a report of each that cannot."""
    good: list[tuple[Row, Value]] = []
    refused: list[RowReport] = []
    for row in rows:
        try:
            if row.problem:
                raise BadInput(row.problem)
            good.append((row, read(row)))
        except JobcentreError as error:
            refused.append(RowReport(row.line, subject(row), Outcome.REFUSED, str(error)))
    return good, refused


def without_repeats(
    rows: Iterable[tuple[Row, Value]], key: Callable[[Value], str]
) -> tuple[list[tuple[Row, Value]], list[RowReport]]:
    """The rows whose key is new, and a report of each that says again what an earlier line said."""
    first: dict[str, int] = {}
    good: list[tuple[Row, Value]] = []
    refused: list[RowReport] = []
    for row, value in rows:
        if key(value) in first:
            said = f"it is on line {first[key(value)]} already"
            refused.append(RowReport(row.line, key(value), Outcome.REFUSED, said))
        else:
            first[key(value)] = row.line
            good.append((row, value))
    return good, refused


def nation_in(text: str) -> Nation:
    """Read "England", "northern ireland", "northern_ireland". Raises BadInput."""
    word = "_".join(text.lower().replace("_", " ").split())
    try:
        return Nation(word)
    except ValueError as error:
        known = ", ".join(nation.value.replace("_", " ").title() for nation in Nation)
        raise BadInput(f'"{text}" is not a nation: write {known}') from error


def point_in(row: Row) -> Point | None:
    """`lat` and `lon`, WGS84; None where both are empty. Raises BadInput, also for a point that is not in the UK."""
    lat, lon = row.text("lat"), row.text("lon")
    if not lat and not lon:
        return None
    try:
        point = Point(float(lat), float(lon))
    except ValueError as error:
        raise BadInput(f'"{lat}", "{lon}" is not a position: write lat and lon like 53.79820, -1.55380') from error
    if not (49 <= point.lat <= 61.5 and -9 <= point.lon <= 2.5):
        raise BadInput(f"{lat}, {lon} is not in the United Kingdom: are lat and lon the wrong way round?")
    return point


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ ": did you mean leeds-park-place?", or nothing where no known word is near."""
    names = {name.casefold(): name for name in known}
    near = process.extract(word.casefold(), list(names), scorer=fuzz.WRatio, limit=3, score_cutoff=80)
    if not near:
        return ""
    best = [names[name] for name, score, _ in near if score >= near[0][1] - 5]
    return f": did you mean {' or '.join(best)}?"
