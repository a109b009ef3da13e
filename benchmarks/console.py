"""What the pages of the staff console cost after a busy year: `python -m benchmarks.console`.

    JOBCENTRE_REGISTER=<folder of the register> python -m benchmarks.console
    python -m benchmarks.console --only closures --rounds 15

Every page that can be looked at, asked for again and again by an administrator: the server's time in milliseconds by
the clock and by the processor (on a busy machine the second one counts), its statements, and its size; the dearest
first.
The last line is the same as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import yaml
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.busy_year import fill
from bot.console.application import make_application
from bot.console.desk import Console
from bot.jobcentre.wording import load_responses
from bot.services.knowledge import Knowledge
from bot.settings import PROJECT
from bot.store.records import StaffMember
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import LEEDS, NOW
from tests.console.addresses import addresses
from tests.store.queries import recorded

AIM = 100.0
"""Milliseconds of a page at the median."""
VARIANTS = (
    "/closures/?past=yes",
    "/closures/new?like=snow",
    "/offices/?status=check",
    "/offices/?q=leeds",
    "/history/?about=closures",
    "/history/?office=leeds-park-place",
    "/history/?who=Person+7",
    "/insights/?period=year",
    "/insights/not-understood/?account=JCPinLeeds&period=week",
    "/insights/phrases/?state=accepted",
)
"""Of pages that are asked for in more than one way."""


@dataclass(frozen=True)
class Cost:
    page: str
    clock: float
    processor: float
    statements: int
    kilobytes: float


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="console-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'jobcentre.db'}"
        store = Store(url)
        member = _filled(store)
        app = _application(store)
        with store.unit_of_work(write=False) as work:
            found = [*_examples(app, work), *VARIANTS]
        pages = [page for page in found if options.only in page]
        client = signed_in(app, member)
        costs = sorted((_cost(client, store, page, options.rounds) for page in pages), key=lambda cost: -cost.clock)
        store.close()
    print(_table(costs))
    print(json.dumps({"aim": AIM, "pages": [asdict(cost) for cost in costs]}))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the pages of the staff console cost after a busy year.")
    parser.add_argument("--only", default="", help="pages with this in their address")
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is asked for")
    parser.add_argument("--database", metavar="URL", help="this one, filled if it is empty (else one made for the run)")
    return parser.parse_args()


def _filled(store: Store) -> StaffMember:
    started = time.perf_counter()
    store.upgrade()
    with store.unit_of_work(write=False) as work:
        there = work.staff.find_all()
    member = there[0] if there else fill(store)
    print(f"database ready after {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return member


def _application(store: Store) -> Flask:
    responses = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
    return make_application(Console(Knowledge(store), responses, lambda: NOW))


def _examples(app: Flask, work: UnitOfWork) -> list[str]:
    """The dearest of each sort: the closures and the watch with the most offices."""
    everywhere, *others = work.closures.find(at=NOW)
    cluster = next(closure for closure in others if closure.scope.accounts)
    examples: Mapping[str, object] = {
        "closure_id": cluster.id,
        "watch_id": work.closures.find_watches(at=NOW)[0].id,
        "office_id": LEEDS,
        "contact_id": work.contacts.find()[0].id,
        "handle": "JCPinLeeds",
        "kind": "offices",
        "number": 1,
    }
    wide = [f"/closures/{everywhere.id}", f"/closures/{everywhere.id}/reopen", f"/closures/{everywhere.id}/amend"]
    return [*addresses(app, examples).values(), *wide]


def signed_in(app: Flask, member: StaffMember) -> FlaskClient:
    client = app.test_client()
    seconds = int(NOW.timestamp())
    with client.session_transaction() as session:
        session.update(staff=member.id, version=member.session_version, began=seconds, seen=seconds)
    return client


def _cost(client: FlaskClient, store: Store, page: str, rounds: int) -> Cost:
    with recorded(store) as statements:
        response = client.get(page)  # the first time templates are read, and is not counted
    if response.status_code not in (200, 302):
        raise RuntimeError(f"{response.status_code} at {page}")
    taken = [_times(lambda: client.get(page, buffered=True)) for _ in range(rounds)]  # to the last byte
    clock, processor = (median(times) for times in zip(*taken, strict=True))
    return Cost(page, clock, processor, len(statements), len(response.data) / 1024)


def _times(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    ask()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def _table(costs: list[Cost]) -> str:
    head = f"{'page':56} {'clock':>9} {'processor':>10} {'statements':>11} {'size':>9}"
    rows = [
        f"{cost.page:56} {cost.clock:6.1f} ms {cost.processor:7.1f} ms {cost.statements:11} {cost.kilobytes:6.0f} kB"
        + ("  over" if cost.processor > AIM else "")
        for cost in costs
    ]
    over = sum(1 for cost in costs if cost.processor > AIM)
    return "\n".join([head, *rows, f"{len(costs) - over} of {len(costs)} pages under {AIM:.0f} ms at the median"])


if __name__ == "__main__":
    raise SystemExit(main())
