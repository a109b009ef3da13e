"""Which of many offices a scope is about, found without asking each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.jobcentre.closure import Scope
from bot.jobcentre.office import Office


class Reach:
    """The offices by all that a scope may name. `of` gives what `Scope.includes` gives one by one, and takes as long as
    what is found is large."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self._offices = tuple(offices)
        self._named: dict[object, list[int]] = defaultdict(list)
        for number, office in enumerate(self._offices):
            keys = {("office", office.id), ("district", office.district), ("nation", office.nation)}
            for key in keys | {("account", handle) for handle in office.accounts}:
                self._named[key].append(number)

    def of(self, scope: Scope) -> tuple[Office, ...]:
        """The offices of the scope, in the order in which they were given."""
        numbers = range(len(self._offices)) if scope.everywhere else self._numbers(scope)
        found = (self._offices[number] for number in numbers)
        return tuple(office for office in found if office.id not in scope.excluding)

    def _numbers(self, scope: Scope) -> list[int]:
        keys = [
            *(("office", office_id) for office_id in scope.offices),
            *(("district", district) for district in scope.districts),
            *(("nation", nation) for nation in scope.nations),
            *(("account", handle) for handle in scope.accounts),
        ]
        return sorted({number for key in keys for number in self._named.get(key, ())})
