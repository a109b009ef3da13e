"""The fake X on its own, with a page on which anybody can write as a person: `python -m tests.fake_x`."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import datetime, timezone
from pathlib import Path

from tests.fake_x.clock import Clock
from tests.fake_x.credentials import write_secrets
from tests.fake_x.server import FakeX


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_x", description=__doc__)
    parser.add_argument("--port", type=int, default=5007)
    parser.add_argument("--accounts", nargs="+", default=["JCPinLeeds", "JCPinYork", "JCPinCardiff"])
    parser.add_argument("--people", nargs="*", default=["anna", "ben", "carys"])
    parser.add_argument("--clock", type=Path, help="a file with the time, shared with others; else the computer's time")
    parser.add_argument("--secrets", type=Path, help="a folder: the app's keys and each account's tokens, as files")
    told = parser.parse_args()
    with FakeX(Clock(file=told.clock) if told.clock else _now, port=told.port) as x:
        for name in told.accounts:
            x.world.add_account(name)
        for name in told.people:
            x.world.add_person(name)
        if told.secrets:
            write_secrets(x, told.secrets)
        sys.stdout.write(f"The fake X: {x.url}/\nCtrl-C stops it.\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


def _now() -> datetime:
    return datetime.now(timezone.utc)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    main()
