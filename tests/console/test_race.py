"""Many people at once on the same closures, as processes: nobody's change is lost, and everybody refused is told why.

Some work through the forms of the console, the others through the services that its pages call.
"""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from bot.jobcentre.closure import Closure
from bot.services import closures, samples, staff
from bot.settings import PROJECT
from bot.store.records import AuditEvent, ClosureVersion, Role
from bot.store.unit_of_work import Store
from tests.builders import NOW, make_closure, make_scope
from tests.console import racers
from tests.console.racers import PASSWORD, Tried

STARTED = 3
"""Closures that are there before anybody begins."""


@dataclass(frozen=True)
class Race:
    """How many use the services, how many the forms, and how many changes each of them wants to make."""

    at_services: int
    at_forms: int
    steps: int
    pool: Any

    @property
    def people(self) -> list[str]:
        return [f"Person {number}" for number in range(self.at_services + self.at_forms)]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((6, 2, 4), id="8 people"),
        pytest.param((36, 4, 6), id="40 people", marks=pytest.mark.slow),
    ],
)
def race(request: pytest.FixtureRequest) -> Iterator[Race]:
    """The processes wait for a race on each of the two databases: each imports all there is anew."""
    context, number = multiprocessing.get_context("spawn"), sum(request.param[:2])
    with context.Pool(number, racers.prepare, (context.Barrier(number),)) as pool:
        yield Race(*request.param, pool)


def test_of_all_that_many_do_at_once_nothing_is_lost(race: Race, each_url: str, each_store: Store) -> None:
    prepare(each_store, race.people[: race.at_forms])
    tried = run(race, each_url)
    made, refused = [t for t in tried if t.told is None], [t for t in tried if t.told is not None]
    with each_store.unit_of_work(write=False) as work:
        kept = {closure.id: closure for closure in work.closures.find(include_withdrawn=True)}
        versions = {number: work.closures.versions(number) for number in kept}
        events = work.audit.find(subject_type="closure", limit=10_000)

    assert {t.closure_id for t in tried} <= kept.keys()
    for number, held in kept.items():
        of_it = [t for t in made if t.closure_id == number]
        check_versions(held, versions[number], of_it)
        check_history(versions[number], [event for event in reversed(events) if event.subject_id == number])
    check_refused(refused, versions)
    first = [t for t in tried if t.mark.endswith("begins")]
    assert len([t for t in first if t.told is None]) == 1, "of all who change one thing at once one is the quickest"
    assert len(made) == sum(map(len, versions.values())) - STARTED


def prepare(store: Store, with_password: Sequence[str]) -> None:
    """The sample's offices, some closures of them, and people who may sign in."""
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=NOW)
        offices = [office.id for office in work.offices.find_all() if office.is_running][: racers.OFFICES]
        for _ in range(STARTED):
            closures.publish(work, make_closure(scope=make_scope(*offices)), by="Ann", at=NOW)
        for name in with_password:
            staff.add(work, name, Role.EDITOR, by="test", at=NOW)
            staff.accept(work, staff.invite(work, name, by="test", at=NOW), PASSWORD, at=NOW)


def run(race: Race, url: str) -> list[Tried]:
    work = [(url, name, race.steps, number < race.at_forms) for number, name in enumerate(race.people)]
    return [tried for ours in race.pool.starmap(racers.work_at_once, work, chunksize=1) for tried in ours]


def check_versions(held: Closure, versions: Sequence[ClosureVersion], made: Sequence[Tried]) -> None:
    """Each change that was taken made one version, of the one that whoever made it had before them; and no other."""
    assert [version.version for version in versions] == list(range(1, len(versions) + 1))
    assert held == versions[-1].closure
    by_version: dict[int, list[Tried]] = defaultdict(list)
    for one in made:
        by_version[one.seen.version + 1 if one.seen else 1].append(one)
    for before, version in zip([None, *versions], versions, strict=False):
        if version.by == "Ann":
            continue
        (one,) = by_version.pop(version.version)
        assert one.by == version.by
        assert one.seen == (before.closure if before else None), "nobody changes what they have not seen"
        check_kept(one, version)
    assert not by_version, "taken, and yet not kept"


def check_kept(one: Tried, version: ClosureVersion) -> None:
    """What they wanted stands in the version, and all else is as it was."""
    closure, seen = version.closure, one.seen
    if one.action in ("publish", "amend"):
        assert closure.note == one.mark
        assert seen is None or (closure.scope, closure.withdrawn_at) == (seen.scope, None)
    if one.action == "reopen":
        assert seen is not None
        assert closure.scope.excluding == seen.scope.excluding | {one.mark}
        assert closure.note == seen.note
    if one.action == "withdraw":
        assert (version.action, version.reason) == ("withdrawn", one.mark)


def check_history(versions: Sequence[ClosureVersion], events: Sequence[AuditEvent]) -> None:
    """An event for each version, and what one of them left is what the next one found."""
    assert [(event.by, event.at) for event in events] == [(version.by, version.at) for version in versions]
    assert events[0].before is None
    for one, following in pairwise(events):
        assert following.before == {name: value for name, value in (one.after or {}).items() if name != "reason"}


def check_refused(refused: Sequence[Tried], versions: dict[str, list[ClosureVersion]]) -> None:
    """Everybody who was refused was told of somebody else, and there was somebody else."""
    assert refused, "they were not in each other's way: it proves nothing"
    for one in refused:
        assert one.seen is not None
        assert "somebody else" in (one.told or "").lower(), one.told
        assert len(versions[one.closure_id]) > one.seen.version
