"""Where the body of a request ends, as its head tells it."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request


class FramedRequest(Request):
    """A request whose length is told once, in digits, or else in chunks.

    Sanic takes any number, and reads a body of fewer than no bytes for ever: nobody else is then answered. Two lengths
    that differ, or a length beside chunks, are read in one way by us and in another by a proxy in front of us.
    """

    __slots__ = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Raises InvalidUsage."""
        super().__init__(*args, **kwargs)
        lengths = self.headers.getall("content-length", [])
        encodings = self.headers.getall("transfer-encoding", [])
        if len(lengths) + len(encodings) > 1:
            raise InvalidUsage("the length of the body is told twice")
        if any(not (length.isascii() and length.isdigit()) for length in lengths):
            raise InvalidUsage("the length of the body is no number")
        if any(encoding != "chunked" for encoding in encodings):
            raise InvalidUsage("the body is encoded in an unknown way")
