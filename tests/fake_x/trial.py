"""`make run-x`: the assistant on an X of its own, to be tried as a person and as staff without X.

Everything is kept in a folder of the trial: its database with the sample, and the tokens that its X knows.
A killed assistant is started again, so that kill -9 can be tried too.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from bot.settings import PROJECT
from tests.fake_x.credentials import write_credentials, write_secrets
from tests.fake_x.server import FakeX

ACCOUNTS = ("JCPinLeeds", "JCPinManchester", "JCPinGwynedd")
PEOPLE = ("anna", "ben", "carys")
KEPT = ("JOBCENTRE_HOST", "JOBCENTRE_PORT", "JOBCENTRE_CONSOLE_PORT", "JOBCENTRE_MODELS")
"""Settings that a trial takes over. No others: nobody outside is to be told of it."""
COMMAND = (sys.executable, "-m", "bot.cli")
ENDS_WITHIN = 20.0
"""Seconds."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_x.trial", description=__doc__)
    parser.add_argument("--port", type=int, default=5007, help="of the fake X")
    parser.add_argument("--folder", type=Path, default=PROJECT / "var" / "x-trial")
    asked = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with FakeX(lambda: datetime.now(timezone.utc), port=asked.port) as x:
            return _try(x, asked.folder.absolute())
    except OSError as error:
        sys.stderr.write(f"The fake X cannot listen on port {asked.port} ({error.strerror}): choose another --port.\n")
        return 1
    except KeyboardInterrupt:
        return 0


def _try(x: FakeX, folder: Path) -> int:
    for name in ACCOUNTS:
        x.world.add_account(name)
    for name in PEOPLE:
        x.world.add_person(name)
    for name in ACCOUNTS:  # accounts to which nobody writes are read less often
        x.write(PEOPLE[0], name, "hello")
    settings = _prepare(x, folder)
    for command in (("db", "upgrade"), ("data", "load-sample", "--if-empty")):
        subprocess.run((*COMMAND, *command), env=settings, check=True)
    sys.stdout.write(
        f"X:        {x.url}/ (write there as {', '.join(PEOPLE)} or anybody; accounts are read every 75 to 90 seconds, "
        "as on X)\n"
    )
    sys.stdout.flush()
    return _keep_running(settings)


def _prepare(x: FakeX, folder: Path) -> dict[str, str]:
    """Write what the assistant reads. Returns its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    secrets, credentials = folder / "secrets", folder / "credentials.yml"
    write_secrets(x, secrets)
    write_credentials(x, credentials, secrets)
    others = {name: value for name, value in os.environ.items() if not name.startswith("JOBCENTRE_") or name in KEPT}
    database = f"sqlite:///{folder / 'jobcentre.db'}"
    return {**others, "JOBCENTRE_DATABASE_URL": database, "JOBCENTRE_CREDENTIALS": str(credentials)}


def _keep_running(settings: dict[str, str]) -> int:
    while True:
        code = _run(settings)
        if code != -signal.SIGKILL:
            return code
        sys.stdout.write("The assistant was killed; it starts again, and speaks on X within a minute.\n")
        sys.stdout.flush()
        time.sleep(1)


def _run(settings: dict[str, str]) -> int:
    """Its exit code. In a session of its own: Ctrl-C reaches it through us, once."""
    process = subprocess.Popen((*COMMAND, "run"), env=settings, start_new_session=True)
    sys.stdout.write(f"Process:  {process.pid}\n")
    sys.stdout.flush()
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait(ENDS_WITHIN)


if __name__ == "__main__":
    sys.exit(main())
