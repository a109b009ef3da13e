"""`python -m benchmarks.race`: the race on both databases, and one JSON line of what came of it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from benchmarks.race.running import Result, race
from bot.settings import PROJECT
from bot.store.unit_of_work import Store

POSTGRESQL = "JOBCENTRE_TEST_POSTGRESQL"


@contextmanager
def sqlite_database() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield _migrated(f"sqlite:///{folder}/race.db")


@contextmanager
def postgresql_database() -> Iterator[str | None]:
    """A database made for the race and dropped after it; None where there is no server."""
    with _server() as server:
        if server is None:
            yield None
            return
        name = f"jobcentre_race_{os.getpid()}"
        engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            try:
                yield _migrated(make_url(server).set(database=name).render_as_string(hide_password=False))
            finally:
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        engine.dispose()


@contextmanager
def _server() -> Iterator[str | None]:
    if url := os.environ.get(POSTGRESQL):
        yield url
        return
    script = str(PROJECT / "scripts" / "postgresql.sh")
    with tempfile.TemporaryDirectory(prefix="jobcentre-race-") as folder:
        Path(folder).chmod(0o755)  # another user may own the server, who has to reach its folder inside
        own = {**os.environ, "POSTGRESQL_FOLDER": f"{folder}/server"}
        started = subprocess.run([script, "start"], env=own, capture_output=True, text=True, check=False)
        try:
            yield started.stdout.strip() if started.returncode == 0 else None
        finally:
            subprocess.run([script, "stop"], env=own, capture_output=True, check=False)


def _migrated(url: str) -> str:
    store = Store(url)
    store.upgrade()
    store.close()
    return url


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.race", description="Many advisers at one queue, some of them killed."
    )
    parser.add_argument("--advisers", type=int, default=50)
    parser.add_argument("--handoffs", type=int, default=500)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    results: dict[str, Result | None] = {}
    for name, database in (("sqlite", sqlite_database), ("postgresql", postgresql_database)):
        with database() as url:
            options: dict[str, Any] = {"advisers": asked.advisers, "count": asked.handoffs, "kills": asked.kills}
            results[name] = race(url, seed=asked.seed, **options) if url else None
    ran = [result for result in results.values() if result]
    line = {
        "handoffs": asked.handoffs,
        "claimed_twice": sum(result.claimed_twice for result in ran),
        "lost": sum(result.lost for result in ran),
        "replies_of_others": sum(result.replies_of_others for result in ran),
        "advisers": asked.advisers,
        "killed": sum(result.killed for result in ran),
        "databases": {name: asdict(result) if result else None for name, result in results.items()},
    }
    print(json.dumps(line))
    return int(bool(line["claimed_twice"] or line["lost"] or line["replies_of_others"]))


if __name__ == "__main__":
    sys.exit(main())
