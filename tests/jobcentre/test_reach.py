"""Offices found by a scope are those that the scope includes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.jobcentre.closure import Scope
from bot.jobcentre.office import Nation
from bot.jobcentre.reach import Reach
from tests.builders import make_office

IDS = [f"office-{number}" for number in range(6)]
DISTRICTS = ["North", "South", ""]
HANDLES = ["JCPinLeeds", "JCPinYork"]

offices = st.lists(st.sampled_from(IDS), unique=True).flatmap(
    lambda ids: st.tuples(
        *(
            st.builds(
                make_office,
                st.just(office_id),
                district=st.sampled_from(DISTRICTS),
                nation=st.sampled_from(Nation),
                accounts=st.lists(st.sampled_from(HANDLES), unique=True).map(tuple),
            )
            for office_id in ids
        )
    )
)
scopes = st.builds(
    Scope,
    offices=st.frozensets(st.sampled_from([*IDS, "gone"]), max_size=3),
    districts=st.frozensets(st.sampled_from(DISTRICTS), max_size=1),
    nations=st.frozensets(st.sampled_from(Nation), max_size=1),
    accounts=st.frozensets(st.sampled_from(HANDLES), max_size=1),
    everywhere=st.booleans(),
    excluding=st.frozensets(st.sampled_from(IDS), max_size=2),
)


@given(offices, scopes)
def test_it_finds_what_the_scope_includes_in_order(given_offices: tuple, scope: Scope) -> None:  # type: ignore[type-arg]
    assert Reach(given_offices).of(scope) == tuple(office for office in given_offices if scope.includes(office))
