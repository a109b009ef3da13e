"""A fake X: an HTTP server on this computer that answers as X's API does, refusals, limits and accidents included.

`server.py` has it whole; `world.py` is who and what there is, `service.py` what X does with a request, `faults.py` what
can go wrong. Built on notes of X's documentation (its OpenAPI document is in `openapi/`) and on reports where that is
silent; nothing of it was tried against X itself.
"""

from tests.fake_x.clock import Clock
from tests.fake_x.server import FakeX

__all__ = ["Clock", "FakeX"]
