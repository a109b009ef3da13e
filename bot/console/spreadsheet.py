"""CSV files that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from bot.services.files import write_rows


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The rows as a file to keep. Nothing in it is a formula."""
    return sent(name, write_rows(header, rows))


def sent(name: str, data: bytes) -> Response:
    """A CSV file to keep under that name."""
    return Response(data, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
