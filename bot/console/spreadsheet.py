"""CSV files that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

from bot.services.files import write_parts, write_rows


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The rows as a file to keep. Nothing in it is a formula."""
    return sent(name, write_rows(header, rows))


def long_csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The same of many rows, sent while they are read."""
    return sent(name, stream_with_context(write_parts(header, rows)))


def sent(name: str, data: bytes | Iterable[bytes]) -> Response:
    """A CSV file to keep under that name."""
    return Response(data, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
