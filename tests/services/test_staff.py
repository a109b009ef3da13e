"""Members of staff."""

from __future__ import annotations

import pytest

from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.services import staff
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.builders import LEEDS, NOW, keep_offices, make_account, make_office, make_scope

SAYS = {"by": "Ann", "at": NOW}


def test_a_member_sees_the_accounts_named(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_offices(work, [make_office()])
        work.accounts.put(make_account(), make_scope(LEEDS))
        member = staff.add(work, " Bo  Jones ", Role.EDITOR, ["@jcpinleeds", "JCPinLeeds"], **SAYS)
        assert (member.name, member.role, member.accounts) == ("Bo Jones", Role.EDITOR, ("JCPinLeeds",))
        assert work.audit.find(subject_type="staff")[0].action == "add"
        with pytest.raises(Conflict, match="called bo jones already"):
            staff.add(work, "bo jones", Role.VIEWER, **SAYS)


def test_an_unknown_account_or_no_name_is_refused(store: Store) -> None:
    with store.unit_of_work() as work:
        with pytest.raises(NotFound, match="JCPinMars"):
            staff.add(work, "Bo", Role.VIEWER, ["JCPinMars"], **SAYS)
        with pytest.raises(BadInput, match="needs a name"):
            staff.add(work, "  ", Role.VIEWER, **SAYS)
