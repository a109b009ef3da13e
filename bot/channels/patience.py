"""How long the server waits for a request to come in."""

from __future__ import annotations

from sanic.http import Stage
from sanic.server import HttpProtocol


class Patience(HttpProtocol):
    """Counts from the first byte of a request. Sanic counts from the latest: a byte every few seconds would hold a
    connection for ever."""

    _time: float

    def data_received(self, data: bytes) -> None:
        began = self._time
        super().data_received(data)
        connection = getattr(self, "_http", None)  # not there before the first request, and false while one is read
        if connection is not None and connection.stage in (Stage.REQUEST, Stage.HANDLER):
            self._time = began
