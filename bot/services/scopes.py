"""Scopes as staff name them: offices, towns, our accounts' areas, districts, nations, everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.office import Nation, Office
from bot.services.files import did_you_mean
from bot.store.unit_of_work import UnitOfWork

EVERYWHERE = "Everywhere"


class Names:
    """Every name that means offices, and the scope that each means."""

    def __init__(self, work: UnitOfWork) -> None:
        self._scopes: dict[str, tuple[str, Scope]] = {}
        offices = [office for office in work.offices.find_all() if office.is_running]
        self._add(EVERYWHERE, Scope(everywhere=True))
        for nation in Nation:
            if any(office.nation is nation for office in offices):
                self._add(nation.value.replace("_", " ").title(), Scope(nations=frozenset({nation})))
        for account in work.accounts.find_all():
            self._add(f"{account.name} ({account.handle})", Scope(accounts=frozenset({account.handle})))
            self._add(account.handle, Scope(accounts=frozenset({account.handle})), is_choice=False)
        for district in sorted({office.district for office in offices if office.district}):
            self._add(f"{district} (district)", Scope(districts=frozenset({district})))
            self._add(district, Scope(districts=frozenset({district})), is_choice=False)
        self._add_offices(offices)

    def _add_offices(self, offices: Sequence[Office]) -> None:
        towns: dict[str, list[str]] = defaultdict(list)
        for office in offices:
            towns[office.town].append(office.id)
        several = {town: Scope(offices=frozenset(ids)) for town, ids in towns.items() if town and len(ids) > 1}
        # Offered before its offices. The town's bare name is the office's, where one has it.
        for town, scope in several.items():
            self._add(f"{town}, all {len(scope.offices)} offices", scope)
        for office in offices:
            self._add(office.name, Scope(offices=frozenset({office.id})))
            self._add(office.id, Scope(offices=frozenset({office.id})), is_choice=False)
        for town, scope in several.items():
            self._add(town, scope, is_choice=False)

    def _add(self, name: str, scope: Scope, *, is_choice: bool = True) -> None:
        self._scopes.setdefault(name.casefold(), (name if is_choice else "", scope))

    @property
    def choices(self) -> list[str]:
        """What to offer while somebody types."""
        return [shown for shown, _ in self._scopes.values() if shown]

    def read(self, names: Iterable[str], leaving_out: Iterable[str] = ()) -> Scope:
        """The scope that the names mean together. Raises BadInput with the nearest name for one that means nothing."""
        parts = [self._one(name) for name in names if name.strip()]
        without = [self._one(name) for name in leaving_out if name.strip()]
        return Scope(
            offices=frozenset().union(*(part.offices for part in parts)),
            districts=frozenset().union(*(part.districts for part in parts)),
            nations=frozenset().union(*(part.nations for part in parts)),
            accounts=frozenset().union(*(part.accounts for part in parts)),
            everywhere=any(part.everywhere for part in parts),
            excluding=frozenset().union(*(part.offices for part in without)),
        )

    def _one(self, name: str) -> Scope:
        found = self._scopes.get(" ".join(name.split()).casefold())
        if found:
            return found[1]
        near = did_you_mean(name, self.choices)
        raise BadInput(f"There is no office, area or district called {name.strip()}{near}")


def told(work: UnitOfWork, scope: Scope) -> list[str]:
    """The names of a scope as `Names` reads them, exceptions apart."""
    return told_all(work, [scope])[0]


def told_all(work: UnitOfWork, scopes: Sequence[Scope]) -> list[list[str]]:
    """The names of each, however many there are, in the queries of one."""
    ids = frozenset().union(*(scope.offices for scope in scopes))
    offices = {office.id: office.name for office in work.offices.find(sorted(ids))}
    accounts = {account.handle: f"{account.name} ({account.handle})" for account in work.accounts.find_all()}
    return [
        [
            *([EVERYWHERE] if scope.everywhere else []),
            *sorted(nation.value.replace("_", " ").title() for nation in scope.nations),
            *(f"{district} (district)" for district in sorted(scope.districts)),
            *(accounts.get(handle, handle) for handle in sorted(scope.accounts)),
            *sorted(offices.get(office_id, office_id) for office_id in scope.offices),
        ]
        for scope in scopes
    ]
